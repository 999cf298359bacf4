//! Answers: shown once, in time, whatever Discord or the database does.

use super::{HELP, PATIENCE, Running, channel, nowhere, options, person, sandbox as quick, shown, until};
use crate::support::db::{Database, run};
use crate::support::witness::judge;
use serde_json::json;
use shellia::app::Bot;
use shellia::sandbox::{self, Fault, Switch, World};
use std::time::{Duration, Instant};
use tempfile::tempdir;

const ASK: &str = "!shellia_help";

fn fault(method: &str, path: &str, status: u16) -> Fault {
    Fault {
        method: Some(method.to_owned()),
        path_regex: Some(path.to_owned()),
        status,
        times: Some(1),
        ..Fault::default()
    }
}

#[tokio::test]
async fn commands_are_registered_once_and_only_when_they_differ() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let app = world.app_id("Maxis").unwrap();
    let written = || world.log(0).iter().filter(|e| e.method == "PUT" && e.path.ends_with("/commands")).count();
    for _ in 0..2 {
        let read = || world.log(0).iter().filter(|e| e.method == "GET" && e.path.ends_with("/commands")).count();
        let before = read();
        let bot = Running::start(options(&world, Bot::Maxis, data.path()), Bot::Maxis, nowhere()).await;
        until("they are looked at", || read() > before && !world.commands(app, None).is_empty()).await;
        bot.ready().await.halt().await.unwrap();
    }
    assert_eq!(written(), 1);
    let commands = world.commands(app, None);
    let setup = commands.iter().find(|command| command["name"] == "setup").unwrap();
    assert!(setup["description"].as_str().unwrap().starts_with("Régler"));
    assert!(setup["description_localizations"]["en-US"].is_string());
    assert_eq!(setup["contexts"], json!([0]));
    judge(&world).await;
}

#[tokio::test]
async fn an_answer_whose_acknowledgement_fails_or_is_lost_is_shown_once() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let app = world.app_id("Shellia").unwrap();
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    for (round, after) in [false, true].into_iter().enumerate() {
        world.fault(Fault { after, ..fault("POST", "/callback$", 500) });
        let slash = marie.slash(place, app, "shellia_help", json!({})).await.unwrap();
        assert!(marie.wait_answer(slash).await.message().unwrap().to_string().contains(HELP), "after: {after}");
        assert_eq!(shown(&world, place, HELP), round + 1);
    }
    bot.halt().await.unwrap();
    judge(&world).await;
}

#[tokio::test]
async fn a_typed_command_is_answered_in_spite_of_a_passing_outage() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    for (round, after) in [false, true].into_iter().enumerate() {
        world.fault(Fault { after, ..fault("POST", "/messages$", 500) });
        marie.say(place, ASK).await.unwrap();
        until("it is answered", || shown(&world, place, HELP) > round).await;
    }
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!(shown(&world, place, HELP), 2);
    assert_eq!(bot.discord.counters().lost_answers.get(), 0);
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn where_the_bot_may_not_write_the_answer_comes_by_direct_message() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    world.fault(Fault { code: Some(50013), ..fault("POST", &format!("/channels/{place}/messages$"), 403) });
    marie.say(place, ASK).await.unwrap();
    let direct = marie.direct(bot.discord.user_id().unwrap().get());
    until("it comes", || shown(&world, direct, HELP) == 1).await;
    bot.halt().await.unwrap();
    judge(&world).await;
}

#[tokio::test]
async fn in_direct_messages_a_command_is_answered_kindly() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let marie = person(&world, "marie");
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    let me = bot.discord.user_id().unwrap().get();
    marie.dm(me, "bonjour").await.unwrap();
    marie.dm(me, "!maxis status").await.unwrap();
    let direct = marie.direct(me);
    until("it is answered", || world.messages(direct).len() == 3).await;
    bot.halt().await.unwrap();
    let answer = world.messages(direct)[2]["content"].as_str().unwrap().to_owned();
    assert!(answer.contains("serveur"), "{answer}");
    judge(&world).await;
}

#[tokio::test]
async fn bots_are_not_answered_and_unknown_commands_get_the_nearest() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    marie.say(place, "!shellia_hepl").await.unwrap();
    marie.say(place, "bonjour !maxis status").await.unwrap();
    until("it helps", || shown(&world, place, "shellia_help") == 1).await;
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 0);
}

#[tokio::test]
async fn a_slow_database_puts_the_answer_off_and_loses_nothing() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (lea, place) = (person(&world, "lea"), channel(&world, "discussion"));
    let database = Database::fresh().await;
    let app = world.app_id("Maxis").unwrap();
    let bot = Running::start(options(&world, Bot::Maxis, data.path()), Bot::Maxis, database.open()).await.ready().await;
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    let mut owner = database.owner().await;
    run(&mut owner, "begin; lock table guilds in access exclusive mode").await;
    let asked = Instant::now();
    let slash = lea.slash(place, app, "help", json!({})).await.unwrap();
    tokio::time::sleep(Duration::from_millis(3500)).await;
    run(&mut owner, "rollback").await;
    let answer = lea.wait_answer_for(slash, PATIENCE).await;
    assert!(answer.message().is_some_and(|message| !message["embeds"].as_array().unwrap().is_empty()), "{answer:?}");
    assert!(asked.elapsed() > Duration::from_secs(3));
    assert_eq!(bot.discord.counters().deferred.get(), 1);
    assert_eq!(bot.discord.counters().late.get(), 0);
    bot.halt().await.unwrap();
    judge(&world).await;
}

#[tokio::test]
async fn a_command_that_was_acknowledged_before_a_crash_is_answered_after_it() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (lea, place) = (person(&world, "lea"), channel(&world, "discussion"));
    let database = Database::fresh().await;
    let app = world.app_id("Maxis").unwrap();
    let start = || Running::start(options(&world, Bot::Maxis, data.path()), Bot::Maxis, database.open());
    let bot = start().await.ready().await;
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    let mut owner = database.owner().await;
    run(&mut owner, "begin; lock table guilds in access exclusive mode").await;
    let slash = lea.slash(place, app, "help", json!({})).await.unwrap();
    let acknowledged = || world.log(0).iter().any(|e| e.path.ends_with("/callback") && e.status < 300);
    until("it is put off", acknowledged).await;
    bot.crash().await;
    run(&mut owner, "rollback").await;
    let bot = start().await.ready().await;
    let answer = lea.wait_answer_for(slash, PATIENCE).await;
    assert!(answer.message().is_some_and(|message| !message["embeds"].as_array().unwrap().is_empty()), "{answer:?}");
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_command_for_which_nobody_waits_any_more_is_not_carried_out() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let app = world.app_id("Shellia").unwrap();
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    let slash = marie.slash(place, app, "shellia_help", json!({})).await.unwrap();
    assert!(marie.wait_answer(slash).await.message().unwrap().to_string().contains(HELP));
    // It is told again later, as after a restart, and Discord knows nothing of it any more.
    tokio::time::sleep(Duration::from_secs(2)).await;
    world.fault(Fault { code: Some(10062), ..fault("POST", "/callback$", 404) });
    world.gateway(Switch::RedeliverLast(2));
    until("it is heard again", || bot.discord.counters().late.get() == 1).await;
    until("nothing is under way", || bot.discord.status().under_way == 0).await;
    assert_eq!(bot.discord.counters().calls.get(), 1);
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1);
}

#[tokio::test]
async fn one_person_is_answered_in_the_order_of_asking() {
    let (world, data) = (quick(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    for n in 0..10 {
        let ask = if n % 2 == 0 { "!shellia_help" } else { "!shellia_hepl" };
        marie.say(place, ask).await.unwrap();
    }
    until("all are answered", || shown(&world, place, HELP) == 5 && shown(&world, place, "`!shellia_help`") == 5).await;
    let order: Vec<bool> = world
        .messages(place)
        .iter()
        .filter(|message| message["author"]["bot"] == json!(true))
        .map(|message| message.to_string().contains(HELP))
        .collect();
    assert_eq!(order, [true, false, true, false, true, false, true, false, true, false]);
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_hundred_people_at_once_are_acknowledged_in_time_under_discords_limits() {
    let mut plan = World::demo();
    let shop = quick(plan.clone()).await.guild_id(super::SHOP).unwrap();
    let crowd = plan.crowd(shop, "client", 100);
    let world = sandbox::Sandbox::start(sandbox::Options::new(plan)).await.unwrap();
    let (place, data) = (channel(&world, "discussion"), tempdir().unwrap());
    let app = world.app_id("Shellia").unwrap();
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    let mut asked = Vec::new();
    for user in crowd {
        let person = world.person(user);
        let slash = person.slash(place, app, "shellia_help", json!({})).await.unwrap();
        asked.push((person, slash));
    }
    for (person, slash) in asked {
        let answer = person.wait_answer(slash).await;
        assert!(answer.message().unwrap().to_string().contains(HELP), "{answer:?}");
    }
    assert_eq!(bot.discord.counters().calls.get(), 100);
    assert_eq!(bot.discord.counters().lost_answers.get(), 0);
    bot.halt().await.unwrap();
}
