//! The gateway: intents, resume, switches, what a blind bot sees.

use std::time::Duration;

use futures_util::StreamExt as _;
use shellia::sandbox::{Options, Sandbox, Switch, World};
use twilight_gateway::{CloseFrame, Event, EventTypeFlags, Intents, Message, StreamExt as _};

use super::bot::{intents, shard};
use super::{Bot, sandbox};

#[tokio::test]
async fn a_dropped_connection_resumes_and_loses_nothing() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let marie = sandbox.person_named("marie").unwrap();
    for n in 0..10 {
        marie.say(support, &format!("avant {n}")).await.unwrap();
    }
    sandbox.gateway(Switch::DropAll);
    marie.say(support, "pendant").await.unwrap();
    for n in 0..10 {
        assert_eq!(bot.hears().await.content, format!("avant {n}"));
    }
    assert_eq!(bot.hears().await.content, "pendant");
    sandbox.gateway(Switch::Reconnect);
    marie.say(support, "après").await.unwrap();
    assert_eq!(bot.hears().await.content, "après");
}

#[tokio::test]
async fn a_session_is_taken_up_by_another_process() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let marie = sandbox.person_named("marie").unwrap();
    bot.shard.close(CloseFrame::RESUME);
    while let Some(Ok(message)) = bot.shard.next().await {
        if matches!(message, Message::Close(_)) {
            break;
        }
    }
    let (session, url) = (bot.shard.session().unwrap().clone(), bot.shard.resume_url().unwrap().to_owned());
    marie.say(support, "personne n’écoute").await.unwrap();
    let config = twilight_gateway::ConfigBuilder::new("Bot sandbox-maxis".to_owned(), intents())
        .proxy_url(sandbox.gateway_url())
        .resume_url(url)
        .session(session)
        .build();
    bot.shard = twilight_gateway::Shard::with_config(twilight_gateway::ShardId::ONE, config);
    assert_eq!(bot.hears().await.content, "personne n’écoute");
}

#[tokio::test]
async fn an_invalidated_session_identifies_anew() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    sandbox.gateway(Switch::InvalidateSessions);
    bot.until(|event| matches!(event, Event::Ready(_))).await;
}

#[tokio::test]
async fn refused_intents_close_with_4014() {
    let sandbox = sandbox().await;
    sandbox.gateway(Switch::RefuseIntents(true));
    let mut shard = shard(&sandbox, "sandbox-maxis", intents());
    let mut code = None;
    while let Some(Ok(message)) = shard.next().await {
        if let Message::Close(Some(frame)) = message {
            code = Some(frame.code);
        }
    }
    assert_eq!(code, Some(4014));
}

#[tokio::test]
async fn without_the_content_intent_only_mentions_are_readable() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    bot.shard = shard(&sandbox, "sandbox-maxis", Intents::GUILDS | Intents::GUILD_MESSAGES);
    bot.until(|event| matches!(event, Event::Ready(_))).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let marie = sandbox.person_named("marie").unwrap();
    marie.say(support, "secret").await.unwrap();
    assert_eq!(bot.hears().await.content, "");
    let maxis = sandbox.bot_user(bot.app.get()).unwrap();
    let mention = format!("<@{maxis}> aide");
    marie.say(support, &mention).await.unwrap();
    assert_eq!(bot.hears().await.content, mention);
}

#[tokio::test]
async fn members_come_and_go() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let jean = sandbox.user_id("jean").unwrap();
    sandbox.set_member(guild, jean, None, false).unwrap();
    bot.until(|event| matches!(event, Event::MemberRemove(m) if m.user.id.get() == jean)).await;
    sandbox.set_member(guild, jean, None, true).unwrap();
    bot.until(|event| matches!(event, Event::MemberAdd(m) if m.member.user.id.get() == jean)).await;
    let premium = sandbox.role_id(guild, "Premium").unwrap();
    sandbox.set_member(guild, jean, Some(vec![premium]), true).unwrap();
    bot.until(|event| matches!(event, Event::MemberUpdate(m) if m.roles.len() == 1)).await;
}

#[tokio::test]
async fn a_second_identify_comes_too_soon() {
    let sandbox = Sandbox::start(Options::new(World::demo())).await.unwrap();
    let mut bot = Bot::connect(&sandbox).await;
    bot.shard = shard(&sandbox, "sandbox-maxis", intents());
    let refused = bot.until(|event| matches!(event, Event::GatewayInvalidateSession(_) | Event::Ready(_))).await;
    assert!(matches!(refused, Event::GatewayInvalidateSession(false)));
    assert_eq!(sandbox.connections(), 2);
}

#[tokio::test]
async fn a_connection_closed_at_once_is_counted() {
    let sandbox = sandbox().await;
    sandbox.gateway(Switch::CloseAtOnce(true));
    let mut shard = shard(&sandbox, "sandbox-maxis", intents());
    assert!(matches!(shard.next().await, Some(Ok(Message::Close(_)))));
    assert_eq!(sandbox.connections(), 1);
}

#[tokio::test]
async fn events_are_redelivered_and_reordered_on_request() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let marie = sandbox.person_named("marie").unwrap();
    marie.say(support, "un").await.unwrap();
    sandbox.gateway(Switch::RedeliverLast(1));
    assert_eq!(bot.hears().await.id, bot.hears().await.id);
    sandbox.gateway(Switch::Reorder(true));
    marie.say(support, "deux").await.unwrap();
    marie.say(support, "trois").await.unwrap();
    assert_eq!((bot.hears().await.content, bot.hears().await.content), ("trois".to_owned(), "deux".to_owned()));
}

#[tokio::test]
async fn a_webhook_and_another_bot_are_heard_as_such() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    sandbox.webhook_says(support, "Journal", "!ticket_create x y").unwrap();
    let heard = bot.until(|event| matches!(event, Event::MessageCreate(_))).await;
    let Event::MessageCreate(heard) = heard else { unreachable!("only messages fit") };
    assert!(heard.webhook_id.is_some() && heard.author.bot && heard.member.is_none());
}

#[tokio::test]
async fn a_bad_frame_is_an_error_and_the_connection_goes_on() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    sandbox.gateway(Switch::BadFrame);
    let next = tokio::time::timeout(Duration::from_secs(5), bot.shard.next_event(EventTypeFlags::all()));
    assert!(next.await.unwrap().unwrap().is_err());
}
