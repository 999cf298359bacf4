//! What was typed while no session could hear it: found in its channel once a new session begins, and answered once.

use super::{HELP, Running, SHOP, channel, options, person, sandbox, shown, until};
use crate::support::witness::judge;
use shellia::app::Bot;
use shellia::sandbox::{Fault, Kind, Sandbox, Switch, World};
use std::time::Duration;
use tempfile::{TempDir, tempdir};

const ASK: &str = "!shellia_help";
/// After so long the session is written as it stands.
const SAVED: Duration = Duration::from_millis(1500);

/// How often messages of a channel were read.
fn readings(world: &Sandbox, channel: u64) -> usize {
    let path = format!("/channels/{channel}/messages");
    world.log(0).iter().filter(|e| e.method == "GET" && e.path.starts_with(&path)).count()
}

/// The gateway is away, and forgets every session; what people do meanwhile, no session tells.
async fn away(world: &Sandbox, bot: &Running) {
    let ended = bot.discord.counters().disconnects.get();
    world.gateway(Switch::CloseAtOnce(true));
    world.gateway(Switch::InvalidateSessions);
    until("the connection ends", || bot.discord.counters().disconnects.get() > ended).await;
}

/// Answers in a channel are never shown, and the one that asked waits for it.
fn hang_answers(world: &Sandbox, channel: u64) {
    let path = format!("^/channels/{channel}/messages$");
    let hangs =
        Fault { method: Some("POST".into()), path_regex: Some(path), hang_ms: Some(60_000), ..Fault::default() };
    world.fault(Fault { status: 500, ..hangs });
}

/// Types a command whose answer hangs, and waits until the session is written while it is under way.
async fn under_way(world: &Sandbox, bot: &Running, channel: u64) {
    hang_answers(world, channel);
    person(world, "marie").say(channel, ASK).await.unwrap();
    until("it is under way", || bot.discord.status().under_way == 1).await;
    tokio::time::sleep(SAVED).await;
}

async fn shellia(world: &Sandbox, data: &TempDir) -> Running {
    Running::shellia(options(world, Bot::Shellia, data.path())).await.ready().await
}

#[tokio::test]
async fn what_was_typed_while_no_session_heard_it_is_answered_once() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, jean) = (person(&world, "marie"), person(&world, "jean"));
    let (place, other, quiet) = (channel(&world, "discussion"), channel(&world, "support"), channel(&world, "staff"));
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("the first is answered", || shown(&world, place, HELP) == 1).await;
    away(&world, &bot).await;
    for text in ["bonjour", ASK, "quelqu’un ?", ASK] {
        marie.say(place, text).await.unwrap();
    }
    jean.say(other, ASK).await.unwrap();
    world.gateway(Switch::CloseAtOnce(false));
    until("the others are answered", || shown(&world, place, HELP) == 3 && shown(&world, other, HELP) == 1).await;
    let counters = bot.discord.counters();
    assert_eq!((counters.identified.get(), counters.caught_up.get()), (2, 3));
    assert_eq!(readings(&world, quiet), 0, "where nothing was written, nothing is read");
    // What comes from here on is heard as ever.
    marie.say(place, ASK).await.unwrap();
    until("it answers", || shown(&world, place, HELP) == 4).await;
    assert_eq!((counters.calls.get(), counters.caught_up.get()), (5, 3));
    bot.halt().await.unwrap();
    judge(&world).await;
}

#[tokio::test]
async fn after_a_restart_that_came_too_late_for_a_resume_nothing_is_lost() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    marie.say(place, ASK).await.unwrap();
    // Longer than what is looked at again before the mark.
    tokio::time::sleep(Duration::from_millis(3100)).await;
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    bot.halt().await.unwrap();
    assert_eq!(readings(&world, place), 0, "what was typed before the very first session is left");
    world.gateway(Switch::InvalidateSessions);
    marie.say(place, ASK).await.unwrap();
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, HELP) == 2).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!((bot.discord.counters().calls.get(), bot.discord.counters().caught_up.get()), (1, 1));
    bot.halt().await.unwrap();
    // Resumed, there is nothing to look for.
    let before = readings(&world, place);
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("it is answered", || shown(&world, place, HELP) == 3).await;
    assert_eq!((bot.discord.counters().resumed.get(), readings(&world, place)), (1, before));
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_crash_in_the_middle_of_catching_up_loses_nothing() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    bot.halt().await.unwrap();
    world.gateway(Switch::InvalidateSessions);
    marie.say(place, ASK).await.unwrap();
    let reading = format!("^/channels/{place}/messages$");
    let hangs =
        Fault { method: Some("GET".into()), path_regex: Some(reading), hang_ms: Some(60_000), ..Fault::default() };
    world.fault(Fault { status: 500, ..hangs });
    let bot = shellia(&world, &data).await;
    // The session that has begun is written, so that the next start resumes it.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    bot.crash().await;
    world.clear_faults();
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, HELP) == 2).await;
    assert_eq!(bot.discord.counters().resumed.get(), 1);
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 2);
}

#[tokio::test]
async fn a_command_under_way_at_a_crash_is_found_by_the_session_that_begins_after() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let place = channel(&world, "discussion");
    let bot = shellia(&world, &data).await;
    under_way(&world, &bot, place).await;
    bot.crash().await;
    world.clear_faults();
    world.gateway(Switch::InvalidateSessions);
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!((bot.discord.counters().resumed.get(), bot.discord.counters().caught_up.get()), (0, 1));
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1);
}

#[tokio::test]
async fn a_command_that_was_caught_up_with_and_cut_off_is_found_by_the_start_that_resumes() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    shellia(&world, &data).await.halt().await.unwrap();
    world.gateway(Switch::InvalidateSessions);
    marie.say(place, ASK).await.unwrap();
    hang_answers(&world, place);
    let bot = shellia(&world, &data).await;
    until("it is found", || bot.discord.counters().caught_up.get() == 1).await;
    tokio::time::sleep(SAVED).await;
    bot.crash().await;
    world.clear_faults();
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    assert_eq!((bot.discord.counters().resumed.get(), bot.discord.counters().caught_up.get()), (1, 1));
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    bot.halt().await.unwrap();
    // Done, it is looked for no more.
    let before = readings(&world, place);
    let bot = shellia(&world, &data).await;
    until("it resumes", || bot.discord.counters().resumed.get() == 1).await;
    assert_eq!(readings(&world, place), before);
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1);
}

#[tokio::test]
async fn a_command_of_a_session_before_is_found_by_the_start_that_resumes_the_next() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let place = channel(&world, "discussion");
    let bot = shellia(&world, &data).await;
    under_way(&world, &bot, place).await;
    away(&world, &bot).await;
    world.gateway(Switch::CloseAtOnce(false));
    until("a new session begins", || bot.discord.counters().identified.get() == 2).await;
    tokio::time::sleep(SAVED).await;
    assert_eq!((bot.discord.status().under_way, bot.discord.counters().caught_up.get()), (1, 0), "it is known");
    bot.crash().await;
    world.clear_faults();
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    assert_eq!((bot.discord.counters().resumed.get(), bot.discord.counters().caught_up.get()), (1, 1));
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1);
}

#[tokio::test]
async fn channels_that_are_shut_are_passed_over_and_a_passing_outage_is_waited_out() {
    let mut plan = World::demo();
    let shop = sandbox(plan.clone()).await.guild_id(SHOP).unwrap();
    let hidden = plan.channel(shop, "caché", Kind::Text);
    plan.only_for(hidden, &[]);
    let (world, data) = (sandbox(plan).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = shellia(&world, &data).await;
    away(&world, &bot).await;
    person(&world, "lea").say(hidden, ASK).await.unwrap();
    marie.say(place, ASK).await.unwrap();
    world.fault(Fault {
        method: Some("GET".to_owned()),
        path_regex: Some(format!("^/channels/{place}/messages$")),
        status: 500,
        times: Some(1),
        ..Fault::default()
    });
    world.gateway(Switch::CloseAtOnce(false));
    until("it is answered", || shown(&world, place, HELP) == 1).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!(bot.discord.counters().caught_up.get(), 1);
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_flood_of_chatter_hides_no_command_and_what_is_too_much_keeps_no_other_channel_waiting() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let marie = person(&world, "marie");
    let (much, more) = (channel(&world, "discussion"), channel(&world, "boutique"));
    let bot = shellia(&world, &data).await;
    away(&world, &bot).await;
    for (place, messages) in [(much, 720), (more, 5100)] {
        for n in 0..messages {
            marie.say(place, &format!("bavardage {n}")).await.unwrap();
        }
        marie.say(place, ASK).await.unwrap();
    }
    world.gateway(Switch::CloseAtOnce(false));
    until("the one is answered, the other given up", || {
        shown(&world, much, HELP) == 1 && bot.discord.counters().given_up.get() == 1
    })
    .await;
    assert_eq!((readings(&world, much), readings(&world, more), shown(&world, more, HELP)), (8, 50, 0));
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn more_than_one_page_of_chatter_hides_no_command() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = shellia(&world, &data).await;
    away(&world, &bot).await;
    for n in 0..230 {
        marie.say(place, &format!("bavardage {n}")).await.unwrap();
        if n % 100 == 50 {
            marie.say(place, ASK).await.unwrap();
        }
    }
    world.gateway(Switch::CloseAtOnce(false));
    until("all are answered", || shown(&world, place, HELP) == 2).await;
    let members = world.log(0).iter().filter(|e| e.path.contains("/members/")).count();
    assert_eq!((readings(&world, place), members), (3, 1), "chatter costs nothing but its pages");
    bot.halt().await.unwrap();
}
