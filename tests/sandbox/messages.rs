//! Messages, permissions, nonces, direct messages, rate limits, faults.

use std::time::Duration;

use shellia::sandbox::{Draft, Fault, Limits, Options, Sandbox, Upload, World};
use twilight_model::channel::message::{AllowedMentions, Embed};
use twilight_model::http::attachment::Attachment;
use twilight_model::id::Id;

use super::bot::{code, http};
use super::{Bot, sandbox};

const SECOND: Duration = Duration::from_secs(5);

fn guild(sandbox: &Sandbox) -> u64 {
    sandbox.guild_id("La Boutique de Léa").unwrap()
}

fn channel(sandbox: &Sandbox, name: &str) -> u64 {
    sandbox.channel_id(guild(sandbox), name).unwrap()
}

#[tokio::test]
async fn a_bot_hears_a_person_and_answers() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let marie = sandbox.person_named("marie").unwrap();
    let support = channel(&sandbox, "support");
    let said = marie.say(support, "!ticket_create \"Paiement refusé\" 💳").await.unwrap();
    let heard = bot.hears().await;
    assert_eq!(heard.content, "!ticket_create \"Paiement refusé\" 💳");
    assert_eq!(heard.id.get(), said);
    assert_eq!(heard.guild_id.unwrap().get(), guild(&sandbox));
    assert!(heard.member.is_some());
    bot.http
        .create_message(heard.channel_id)
        .content("Bonjour Marie")
        .reply(heard.id)
        .allowed_mentions(Some(&AllowedMentions::default()))
        .await
        .unwrap();
    let seen = marie.notified(support, SECOND, |seen| seen.len() == 2).await.unwrap();
    assert_eq!(seen[1]["content"], "Bonjour Marie");
    assert_eq!(seen[1]["referenced_message"]["id"], said.to_string());
    assert_eq!(seen[1]["mentions"], serde_json::json!([]));
    sandbox.stop().await;
}

#[tokio::test]
async fn an_enforced_nonce_gives_the_same_message() {
    let sandbox = sandbox().await;
    let bot = http(&sandbox, "sandbox-maxis");
    let support: Id<_> = Id::new(channel(&sandbox, "support"));
    let path = format!("{}/api/v10/channels/{support}/messages", sandbox.url());
    let client = reqwest::Client::new();
    let mut ids = Vec::new();
    for _ in 0..3 {
        let body = serde_json::json!({"content": "une fois", "nonce": "abc", "enforce_nonce": true});
        let sent = client.post(&path).header("Authorization", "Bot sandbox-maxis").body(body.to_string());
        let sent = sent.header("Content-Type", "application/json").send().await.unwrap();
        let message: serde_json::Value = serde_json::from_str(&sent.text().await.unwrap()).unwrap();
        ids.push(message["id"].as_str().unwrap().to_owned());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_eq!(bot.channel_messages(support).await.unwrap().models().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_discord_refuses_is_refused_with_its_codes() {
    let sandbox = sandbox().await;
    let maxis = http(&sandbox, "sandbox-maxis");
    let support: Id<_> = Id::new(channel(&sandbox, "support"));
    let long = "é".repeat(2001);
    assert_eq!(code(&maxis.create_message(Id::new(7)).content("x").await.unwrap_err()), 10003);
    assert_eq!(code(&maxis.create_message(support).content("  \n ").await.unwrap_err()), 50006);
    // twilight checks lengths itself, so this one is sent by hand.
    let path = format!("{}/api/v10/channels/{support}/messages", sandbox.url());
    let sent = reqwest::Client::new()
        .post(&path)
        .header("Authorization", "Bot sandbox-maxis")
        .header("Content-Type", "application/json")
        .body(serde_json::json!({"content": long}).to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 400);
    assert!(sent.text().await.unwrap().contains("BASE_TYPE_MAX_LENGTH"));
    assert_eq!(code(&maxis.message(support, Id::new(9)).await.unwrap_err()), 10008);
    assert_eq!(code(&maxis.guild_member(Id::new(guild(&sandbox)), Id::new(3)).await.unwrap_err()), 10013);
    let nobody = http(&sandbox, "wrong");
    assert!(nobody.current_user().await.is_err());
}

#[tokio::test]
async fn roles_and_overwrites_decide_who_sees_and_who_may() {
    let sandbox = sandbox().await;
    let maxis = http(&sandbox, "sandbox-maxis");
    let shellia = http(&sandbox, "sandbox-shellia");
    let (guild, staff) = (guild(&sandbox), channel(&sandbox, "staff"));
    let (marie, sam) = (sandbox.person_named("marie").unwrap(), sandbox.person_named("sam").unwrap());
    assert!(marie.say(staff, "coucou").await.is_err());
    let said = sam.say(staff, "entre nous").await.unwrap();
    maxis.create_message(Id::new(staff)).content("vu").await.unwrap();
    assert!(marie.visible(staff).is_empty());
    assert_eq!(sam.visible(staff).len(), 2);
    let role = |name: &str| Id::new(sandbox.role_id(guild, name).unwrap());
    let marie_id = Id::new(marie.id());
    maxis.add_guild_member_role(Id::new(guild), marie_id, role("Premium")).await.unwrap();
    let above = maxis.add_guild_member_role(Id::new(guild), marie_id, role("Admin")).await.unwrap_err();
    assert_eq!(code(&above), 50013);
    let without = shellia.add_guild_member_role(Id::new(guild), marie_id, role("Premium")).await.unwrap_err();
    assert_eq!(code(&without), 50013);
    maxis.delete_message(Id::new(staff), Id::new(said)).await.unwrap();
    assert_eq!(sam.visible(staff).len(), 1);
}

#[tokio::test]
async fn shut_direct_messages_are_refused() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let jean = sandbox.person_named("jean").unwrap();
    let channel = bot.http.create_private_channel(Id::new(jean.id())).await.unwrap().model().await.unwrap().id;
    bot.http.create_message(channel).content("Bonjour").await.unwrap();
    jean.set_dms(false);
    assert_eq!(code(&bot.http.create_message(channel).content("Encore").await.unwrap_err()), 50007);
    let maxis = sandbox.bot_user(bot.app.get()).unwrap();
    jean.dm(maxis, "!ticket_list").await.unwrap();
    let heard = bot.hears().await;
    assert_eq!((heard.content.as_str(), heard.guild_id), ("!ticket_list", None));
    assert_eq!(jean.visible(channel.get()).len(), 2);
}

#[tokio::test]
async fn files_come_and_go_and_their_links_expire() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let marie = sandbox.person_named("marie").unwrap();
    let support = channel(&sandbox, "support");
    let upload = Upload { filename: "reçu.txt".to_owned(), content_type: None, bytes: "payé".into() };
    let draft = Draft { content: String::new(), attachments: vec![upload], ..Draft::default() };
    marie.send(support, draft).await.unwrap();
    let heard = bot.hears().await;
    let url = heard.attachments[0].url.clone();
    assert_eq!(reqwest::get(&url).await.unwrap().text().await.unwrap(), "payé");
    sandbox.advance(Duration::from_secs(25 * 3600));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 404);
    let file = Attachment::from_bytes("note.txt".to_owned(), b"corps".to_vec(), 0);
    let embed = Embed {
        description: Some("Voir la pièce".to_owned()),
        ..serde_json::from_value(serde_json::json!({"type": "rich"})).unwrap()
    };
    let sent = bot.http.create_message(Id::new(support)).embeds(&[embed]).attachments(&[file]).await.unwrap();
    let sent = sent.model().await.unwrap();
    assert_eq!(reqwest::get(&sent.attachments[0].url).await.unwrap().text().await.unwrap(), "corps");
}

#[tokio::test]
async fn too_many_requests_meet_a_429_and_its_headers() {
    let sandbox = Sandbox::start(Options { limits: Limits::real(), ..Options::new(World::demo()) }).await.unwrap();
    let bot = http(&sandbox, "sandbox-maxis");
    let support: Id<_> = Id::new(channel(&sandbox, "support"));
    for n in 0..5 {
        bot.create_message(support).content(&format!("{n}")).await.unwrap();
    }
    let path = format!("{}/api/v10/channels/{support}/messages", sandbox.url());
    let sent = reqwest::Client::new()
        .post(&path)
        .header("Authorization", "Bot sandbox-maxis")
        .header("Content-Type", "application/json")
        .body(r#"{"content":"6"}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 429);
    assert_eq!(sent.headers()["x-ratelimit-limit"], "5");
    assert_eq!(sent.headers()["x-ratelimit-remaining"], "0");
    assert_eq!(sent.headers()["x-ratelimit-scope"], "user");
    let body: serde_json::Value = serde_json::from_str(&sent.text().await.unwrap()).unwrap();
    assert_eq!(body["global"], false);
    assert!(body["retry_after"].as_f64().unwrap() > 0.0);
}

#[tokio::test]
async fn a_fault_after_the_effect_leaves_the_effect() {
    let sandbox = sandbox().await;
    let bot = http(&sandbox, "sandbox-maxis");
    let support: Id<_> = Id::new(channel(&sandbox, "support"));
    let path_regex = Some("messages$".to_owned());
    sandbox.fault(Fault { path_regex, status: 500, times: Some(1), after: true, ..Fault::default() });
    assert!(bot.create_message(support).content("perdu ?").await.is_err());
    assert_eq!(sandbox.messages(support.get()).len(), 1);
    sandbox.fault(Fault { status: 0, times: Some(1), after: true, ..Fault::default() });
    assert!(bot.create_message(support).content("coupé").await.is_err());
    assert_eq!(sandbox.messages(support.get()).len(), 2);
    let log = sandbox.log(0);
    assert_eq!(log.last().unwrap().route, "/channels/{channel}/messages");
}
