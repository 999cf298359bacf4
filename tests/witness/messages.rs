//! Messages with all that they may carry, in channels and in private.

use serde_json::json;
use twilight_http::Client;
use twilight_model::channel::message::{AllowedMentions, Component, Embed, MessageFlags};
use twilight_model::http::attachment::Attachment;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::{Scene, model};

fn embed() -> Embed {
    model(json!({
        "type": "rich", "title": "Ticket n° 1", "description": "Paiement refusé", "color": 0x3b_a5_5d,
        "url": "https://example.org/tickets/1", "timestamp": "2026-11-23T08:00:00+00:00",
        "author": {"name": "Marie", "url": "https://example.org/", "icon_url": "https://example.org/marie.png"},
        "footer": {"text": "Maxis", "icon_url": "https://example.org/maxis.png"},
        "image": {"url": "https://example.org/one.png"}, "thumbnail": {"url": "attachment://notes.txt"},
        "fields": [{"name": "État", "value": "🟢 Ouvert", "inline": true}, {"name": "Plan", "value": "—", "inline": false}],
    }))
}

pub(super) fn rows() -> Vec<Component> {
    model(json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Prendre", "custom_id": "claim:1"},
            {"type": 2, "style": 2, "label": "Répondre", "custom_id": "reply:1", "emoji": {"name": "✏️"}},
            {"type": 2, "style": 3, "label": "Voir", "custom_id": "view:1", "disabled": true},
            {"type": 2, "style": 4, "emoji": {"name": "🗑️"}, "custom_id": "close:1"},
            {"type": 2, "style": 5, "label": "Site", "url": "https://example.org/"},
        ]},
        {"type": 1, "components": [{
            "type": 3, "custom_id": "category", "placeholder": "Catégorie", "min_values": 0, "max_values": 2,
            "options": [
                {"label": "Bug", "value": "bug", "description": "Signalement", "emoji": {"name": "🐛"}},
                {"label": "Compte", "value": "account", "default": true},
            ],
        }]},
        {"type": 1, "components": [{"type": 5, "custom_id": "agent", "default_values": [{"id": "1", "type": "user"}]}]},
        {"type": 1, "components": [{"type": 6, "custom_id": "role"}]},
        {"type": 1, "components": [{"type": 8, "custom_id": "where", "channel_types": [0, 5]}]},
    ]))
}

fn layout() -> Vec<Component> {
    model(json!([
        {"type": 10, "content": "# Ticket n° 1"},
        {"type": 17, "accent_color": 0x3b_a5_5d, "spoiler": false, "components": [
            {"type": 9, "components": [{"type": 10, "content": "Paiement refusé"}],
             "accessory": {"type": 2, "style": 1, "label": "Voir", "custom_id": "view:1"}},
            {"type": 14, "divider": true, "spacing": 1},
            {"type": 1, "components": [{"type": 2, "style": 3, "label": "Prendre", "custom_id": "claim:1"}]},
        ]},
    ]))
}

async fn post(http: &Client, channel: Id<ChannelMarker>, content: &str) -> Id<MessageMarker> {
    http.create_message(channel).content(content).await.unwrap().model().await.unwrap().id
}

#[tokio::test]
async fn messages_with_embeds_components_and_files() {
    let scene = Scene::open().await;
    let (http, channel) = (&scene.bot.http, scene.channel("support"));
    let said = scene.sandbox.person(scene.user("marie").get()).say(channel.get(), "Bonjour <@1> @here").await.unwrap();
    let mentions: AllowedMentions =
        model(json!({"parse": [], "users": [scene.user("marie").to_string()], "replied_user": true}));
    let files = [Attachment::from_bytes("notes.txt".to_owned(), b"un\ndeux".to_vec(), 0)];
    let sent = http.create_message(channel).content("Bonjour Marie").reply(Id::new(said)).fail_if_not_exists(false);
    let sent = sent.allowed_mentions(Some(&mentions)).embeds(&[embed()]).components(&rows()).attachments(&files).await;
    let sent = sent.unwrap().model().await.unwrap();
    http.create_message(channel).flags(MessageFlags::IS_COMPONENTS_V2).components(&layout()).await.unwrap();
    let silent = MessageFlags::SUPPRESS_NOTIFICATIONS | MessageFlags::SUPPRESS_EMBEDS;
    http.create_message(channel).content("Chut").flags(silent).nonce(12).tts(false).await.unwrap();
    for _ in 0..2 {
        let once = json!({"content": "une fois", "nonce": "1234567890123456789", "enforce_nonce": true}).to_string();
        http.create_message(channel).payload_json(once.as_bytes()).await.unwrap();
    }
    http.update_message(channel, sent.id).content(Some("Bonjour")).embeds(None).components(Some(&[])).await.unwrap();
    let kept: Vec<_> = sent.attachments.iter().map(|file| file.id).collect();
    http.update_message(channel, sent.id)
        .content(None)
        .embeds(Some(&[embed()]))
        .keep_attachment_ids(&kept)
        .await
        .unwrap();
    http.update_message(channel, sent.id).attachments(&files).allowed_mentions(None).await.unwrap();
    http.message(channel, sent.id).await.unwrap();
    http.message(channel, Id::new(said)).await.unwrap();
    http.channel_messages(channel).limit(10).await.unwrap();
    http.channel_messages(channel).before(sent.id).limit(1).await.unwrap();
    http.channel_messages(channel).after(sent.id).await.unwrap();
    http.channel_messages(channel).around(sent.id).await.unwrap();
    http.create_typing_trigger(channel).await.unwrap();
    http.delete_message(channel, sent.id).await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn messages_deleted_together() {
    let scene = Scene::open().await;
    let (http, channel) = (&scene.bot.http, scene.channel("discussion"));
    let (one, two) = (post(http, channel, "un").await, post(http, channel, "deux").await);
    http.delete_messages(channel, &[one, two]).await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn direct_messages() {
    let scene = Scene::open().await;
    let http = &scene.bot.http;
    let marie = scene.sandbox.person(scene.user("marie").get());
    let direct = http.create_private_channel(scene.user("marie")).await.unwrap().model().await.unwrap().id;
    let first = post(http, direct, "Votre ticket a une réponse").await;
    marie.say(direct.get(), "merci").await.unwrap();
    http.create_message(direct).embeds(&[embed()]).components(&rows()).reply(first).await.unwrap();
    http.channel(direct).await.unwrap();
    http.channel_messages(direct).await.unwrap();
    http.delete_message(direct, first).await.unwrap();
    http.delete_channel(direct).await.unwrap();
    scene.close().await;
}
