//! Sessions, reconnects, intents, shards.

use super::{HELP, Running, SHOP, channel, options, person, sandbox, shown, until};
use shellia::app::Bot;
use shellia::config::Shards;
use shellia::discord::{ConnectError, Discord, Options, State};
use shellia::sandbox::{Switch, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::tempdir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use twilight_model::gateway::CloseCode;

const ASK: &str = "!shellia_help";

#[tokio::test]
async fn a_message_sent_while_the_bot_was_away_is_answered_after_the_restart() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    // The gateway's address as Discord tells it, and for the resume as the session told it.
    let options = |world| Options { gateway_url: None, ..options(world, Bot::Shellia, data.path()) };
    let bot = Running::shellia(options(&world)).await.ready().await;
    marie.say(place, ASK).await.unwrap();
    until("the first is answered", || shown(&world, place, HELP) == 1).await;
    bot.halt().await.unwrap();
    marie.say(place, ASK).await.unwrap();
    marie.say(place, ASK).await.unwrap();
    let bot = Running::shellia(options(&world)).await.ready().await;
    until("the others are answered", || shown(&world, place, HELP) == 3).await;
    let counters = bot.discord.counters();
    assert_eq!((counters.identified.get(), counters.resumed.get()), (0, 1));
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 3);
}

#[tokio::test]
async fn after_a_crash_every_message_is_answered_and_shown_once() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let mut sent = 0;
    for round in 0..6 {
        let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
        for _ in 0..5 {
            marie.say(place, ASK).await.unwrap();
            sent += 1;
            tokio::time::sleep(Duration::from_millis(3 * round)).await;
        }
        bot.crash().await;
    }
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    until("all are answered", || shown(&world, place, HELP) >= sent).await;
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), sent);
}

#[tokio::test]
async fn broken_refused_and_ended_connections_are_taken_up_again() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    let counters = bot.discord.counters();
    for (round, (switch, resumed)) in
        [(Switch::DropAll, 1), (Switch::Reconnect, 2), (Switch::InvalidateSessions, 2)].into_iter().enumerate()
    {
        world.gateway(switch);
        let ended = u64::try_from(round).unwrap() + 1;
        until(&format!("the connection ends: {switch:?}"), || counters.disconnects.get() >= ended).await;
        until("the bot is back", || bot.discord.status().is_ready()).await;
        assert_eq!(counters.resumed.get(), resumed, "{switch:?}");
        marie.say(place, ASK).await.unwrap();
        until("it answers", || shown(&world, place, HELP) == round + 1).await;
    }
    assert_eq!(counters.identified.get(), 2);
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn a_redelivered_event_is_shown_once() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    marie.say(place, ASK).await.unwrap();
    until("it answers", || shown(&world, place, HELP) == 1).await;
    let calls = bot.discord.counters().calls.get();
    world.gateway(Switch::RedeliverLast(10));
    until("it hears it again", || bot.discord.counters().calls.get() > calls).await;
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1);
}

/// How a server ends each connection at once.
#[derive(Debug, Clone, Copy)]
enum Slam {
    /// Before any word.
    Silent,
    /// After the handshake, with nothing said.
    Greeted,
    /// After the handshake and the first frame, without a close frame.
    Hello,
}

/// A server that ends every connection at once; answers its address, how often it was dialled and how often it was spoken to.
async fn slamming_door(how: Slam) -> (String, Arc<AtomicU32>, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("ws://{}", listener.local_addr().unwrap());
    let (dials, spoken) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let counted = (dials.clone(), spoken.clone());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            counted.0.fetch_add(1, Ordering::Relaxed);
            if matches!(how, Slam::Silent) {
                continue;
            }
            let mut request = vec![0; 4096];
            let Ok(length @ 1..) = socket.read(&mut request).await else { continue };
            counted.1.fetch_add(1, Ordering::Relaxed);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let key = request.lines().find_map(|line| {
                line.to_lowercase()
                    .starts_with("sec-websocket-key")
                    .then(|| line.split_once(':').unwrap().1.trim().to_owned())
            });
            let mut greeting = format!(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
                 sec-websocket-accept: {}\r\n\r\n",
                accept_of(&key.unwrap())
            )
            .into_bytes();
            if matches!(how, Slam::Hello) {
                let hello = br#"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}"#;
                greeting.extend([0x81, u8::try_from(hello.len()).unwrap()]);
                greeting.extend(hello);
            }
            socket.write_all(&greeting).await.unwrap();
        }
    });
    (address, dials, spoken)
}

/// The answer to a websocket client's key, as the server's library makes it.
fn accept_of(key: &str) -> String {
    let (request, mut body) = actix_web::test::TestRequest::get()
        .insert_header(("upgrade", "websocket"))
        .insert_header(("connection", "upgrade"))
        .insert_header(("sec-websocket-version", "13"))
        .insert_header(("sec-websocket-key", key))
        .to_http_parts();
    let payload =
        <actix_web::web::Payload as actix_web::FromRequest>::from_request(&request, &mut body).into_inner().unwrap();
    let (response, ..) = actix_ws::handle(&request, payload).unwrap();
    response.headers().get("sec-websocket-accept").unwrap().to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_server_that_closes_at_once_is_dialled_ever_more_slowly() {
    let world = sandbox(World::demo()).await;
    for (how, most) in [(Slam::Silent, 3), (Slam::Greeted, 3), (Slam::Hello, 3)] {
        let (data, (address, dials, spoken)) = (tempdir().unwrap(), slamming_door(how).await);
        let mut options = options(&world, Bot::Shellia, data.path());
        options.gateway_url = Some(address.parse().unwrap());
        let bot = Running::shellia(options).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        // At 0 s, after 1 to 1.5 s, and after 2 to 3 s more.
        let own = bot.discord.counters().dials.get();
        assert!((2..=most).contains(&own), "{how:?}: {own} dials in 5 s, {dials:?} connections, {spoken:?} spoken to");
        assert!(u64::from(spoken.load(Ordering::Relaxed)) <= own);
        // Where it ends without a farewell, the library has opened one more socket each time before it is stopped.
        assert!(u64::from(dials.load(Ordering::Relaxed)) <= 2 * own);
        assert!(!bot.discord.status().is_ready());
        bot.halt().await.unwrap();
    }
}

#[tokio::test]
async fn a_gateway_that_closes_for_a_while_is_found_again() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    world.gateway(Switch::CloseAtOnce(true));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let dials = bot.discord.counters().dials.get();
    assert!((1..=2).contains(&dials), "{dials} dials in 2 s");
    world.gateway(Switch::CloseAtOnce(false));
    bot.ready().await.halt().await.unwrap();
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_is_counted_and_skipped() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    world.gateway(Switch::BadFrame);
    until("it is counted", || bot.discord.counters().unparsed.get() == 1).await;
    marie.say(place, ASK).await.unwrap();
    until("it answers", || shown(&world, place, HELP) == 1).await;
    assert_eq!(bot.discord.counters().disconnects.get(), 0);
    bot.halt().await.unwrap();
}

#[tokio::test]
async fn without_the_message_intent_only_slash_commands_work_and_the_status_says_so() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    world.gateway(Switch::RefuseIntents(true));
    let (marie, place) = (person(&world, "marie"), channel(&world, "discussion"));
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    assert!(bot.discord.status().slash_only);
    let app = world.app_id("Shellia").unwrap();
    until("the commands are known", || !world.commands(app, None).is_empty()).await;
    marie.say(place, ASK).await.unwrap();
    let slash = marie.slash(place, app, "shellia_help", serde_json::json!({})).await.unwrap();
    assert!(marie.wait_answer(slash).await.message().unwrap().to_string().contains(HELP));
    bot.halt().await.unwrap();
    assert_eq!(shown(&world, place, HELP), 1, "the slash command's answer, and no other");
}

#[tokio::test]
async fn a_close_for_good_ends_the_bot_and_says_why() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let bot = Running::shellia(options(&world, Bot::Shellia, data.path())).await.ready().await;
    world.gateway(Switch::CloseAll(4004));
    let ended = tokio::time::timeout(Duration::from_secs(10), bot.task).await.unwrap().unwrap();
    let fatal = ended.unwrap_err();
    assert_eq!(fatal.code, CloseCode::AuthenticationFailed);
    assert!(fatal.to_string().contains("token"), "{fatal}");
    assert!(bot.discord.status().shards.iter().all(|shard| shard.state == State::Stopped));
}

#[tokio::test]
async fn a_wrong_token_and_an_absent_discord_are_told_apart() {
    let (world, data) = (sandbox(World::demo()).await, tempdir().unwrap());
    let mut wrong = options(&world, Bot::Shellia, data.path());
    wrong.token = shellia::config::Secret::new("nobody");
    assert!(matches!(Discord::connect(wrong).await.err(), Some(ConnectError::BadToken)));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut absent = options(&world, Bot::Shellia, data.path());
    absent.api_url = Some(format!("http://{free}").parse().unwrap());
    assert!(matches!(Discord::connect(absent).await.err(), Some(ConnectError::Unreachable { .. })));
}

#[tokio::test]
async fn processes_that_share_the_shards_answer_each_guild_once() {
    let (world, data) = (sandbox(World::two_guilds()).await, tempdir().unwrap());
    let shop = world.guild_id(SHOP).unwrap();
    let club = world.guild_id("Le Club de Paul").unwrap();
    // Discord's rule: (guild id >> 22) mod shards.
    let home = |guild: u64, total: u32| u32::try_from((guild >> 22) % u64::from(total)).unwrap();
    let total = (2..16).find(|total| home(shop, *total) != home(club, *total)).unwrap();
    let cut = home(shop, total).max(home(club, total));
    let mut bots = Vec::new();
    for plan in [format!("0-{}/{total}", cut - 1), format!("{cut}-{}/{total}", total - 1)] {
        let mut options = options(&world, Bot::Shellia, data.path());
        options.shards = plan.parse::<Shards>().unwrap();
        bots.push(Running::shellia(options).await);
    }
    let mut ready = Vec::new();
    for bot in bots {
        // Sessions of one bucket begin five seconds apart.
        tokio::time::timeout(Duration::from_secs(60), async {
            while !bot.discord.status().is_ready() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
        .await
        .unwrap();
        ready.push(bot);
    }
    let jean = person(&world, "jean");
    let places = [channel(&world, "discussion"), world.channel_id(club, "salon").unwrap()];
    for place in places {
        jean.say(place, ASK).await.unwrap();
        until("it is answered", || shown(&world, place, HELP) == 1).await;
    }
    for bot in ready {
        assert!(bot.discord.counters().calls.get() == 1, "each process has one of the guilds");
        bot.halt().await.unwrap();
    }
    assert_eq!(places.map(|place| shown(&world, place, HELP)), [1, 1]);
}
