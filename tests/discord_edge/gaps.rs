//! What was typed while no session could hear it: found in its channel once a new session begins, and answered once.

use super::{NONE, Running, SHOP, channel, options, person, sandbox, shown, until};
use crate::support::witness::judge;
use shellia::app::Bot;
use shellia::sandbox::{Fault, Kind, Sandbox, Switch, World};
use std::time::Duration;
use tempfile::{TempDir, tempdir};

const ASK: &str = "!maxis status";

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
    until("the first is answered", || shown(&world, place, NONE) == 1).await;
    away(&world, &bot).await;
    for text in ["bonjour", ASK, "quelqu’un ?", ASK] {
        marie.say(place, text).await.unwrap();
    }
    jean.say(other, ASK).await.unwrap();
    world.gateway(Switch::CloseAtOnce(false));
    until("the others are answered", || shown(&world, place, NONE) == 3 && shown(&world, other, NONE) == 1).await;
    let counters = bot.discord.counters();
    assert_eq!((counters.identified.get(), counters.caught_up.get()), (2, 3));
    assert_eq!(readings(&world, quiet), 0, "where nothing was written, nothing is read");
    // What comes from here on is heard as ever.
    marie.say(place, ASK).await.unwrap();
    until("it answers", || shown(&world, place, NONE) == 4).await;
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
    until("it is answered", || shown(&world, place, NONE) == 1).await;
    bot.halt().await.unwrap();
    assert_eq!(readings(&world, place), 0, "what was typed before the very first session is left");
    world.gateway(Switch::InvalidateSessions);
    marie.say(place, ASK).await.unwrap();
    let bot = shellia(&world, &data).await;
    until("it is answered", || shown(&world, place, NONE) == 2).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!((bot.discord.counters().calls.get(), bot.discord.counters().caught_up.get()), (1, 1));
    bot.halt().await.unwrap();
    // Resumed, there is nothing to look for.
    let before = readings(&world, place);
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("it is answered", || shown(&world, place, NONE) == 3).await;
    assert_eq!((bot.discord.counters().resumed.get(), readings(&world, place)), (1, before));
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_crash_in_the_middle_of_catching_up_loses_nothing() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = shellia(&world, &data).await;
    marie.say(place, ASK).await.unwrap();
    until("it is answered", || shown(&world, place, NONE) == 1).await;
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
    until("it is answered", || shown(&world, place, NONE) == 2).await;
    assert_eq!(bot.discord.counters().resumed.get(), 1);
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, NONE), 2);
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
    until("it is answered", || shown(&world, place, NONE) == 1).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!(bot.discord.counters().caught_up.get(), 1);
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
    until("all are answered", || shown(&world, place, NONE) == 2).await;
    let members = world.log(0).iter().filter(|e| e.path.contains("/members/")).count();
    assert_eq!((readings(&world, place), members), (3, 1), "chatter costs nothing but its pages");
    bot.halt().await.unwrap();
}
