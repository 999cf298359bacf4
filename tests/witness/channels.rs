//! The bot itself, guilds, their members and roles, channels and threads.

use serde_json::json;
use twilight_model::channel::ChannelType;
use twilight_model::channel::thread::AutoArchiveDuration;
use twilight_model::guild::Permissions;
use twilight_model::http::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};

use super::{Scene, model};

#[tokio::test]
async fn the_bot_and_its_gateway() {
    let scene = Scene::open().await;
    let http = &scene.bot.http;
    http.current_user().await.unwrap().model().await.unwrap();
    http.current_user_application().await.unwrap().model().await.unwrap();
    http.current_user_guilds().await.unwrap().model().await.unwrap();
    http.user(scene.user("marie")).await.unwrap().model().await.unwrap();
    http.gateway().await.unwrap().model().await.unwrap();
    http.gateway().authed().await.unwrap().model().await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn a_guild_with_its_members_and_roles() {
    let scene = Scene::open().await;
    let (http, guild, marie) = (&scene.bot.http, scene.guild, scene.user("marie"));
    http.guild(guild).await.unwrap().model().await.unwrap();
    http.guild(guild).with_counts(true).await.unwrap().model().await.unwrap();
    http.guild_channels(guild).await.unwrap().model().await.unwrap();
    http.roles(guild).await.unwrap().model().await.unwrap();
    http.guild_members(guild).limit(1000).await.unwrap().model().await.unwrap();
    http.guild_members(guild).after(marie).await.unwrap().model().await.unwrap();
    http.search_guild_members(guild, "ma").limit(5).await.unwrap().model().await.unwrap();
    http.guild_member(guild, marie).await.unwrap().model().await.unwrap();
    http.add_guild_member_role(guild, marie, scene.role("Premium")).await.unwrap();
    http.remove_guild_member_role(guild, marie, scene.role("Premium")).await.unwrap();
    http.update_guild_member(guild, marie).roles(&[scene.role("Membre")]).await.unwrap();
    let role = http.create_role(guild).name("Acheteur").color(0x11_22_33).mentionable(true).await.unwrap();
    let role = role.model().await.unwrap().id;
    http.update_role(guild, role).name(Some("Client")).permissions(Permissions::empty()).await.unwrap();
    http.delete_role(guild, role).await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn channels_with_their_overwrites() {
    let scene = Scene::open().await;
    let (http, guild) = (&scene.bot.http, scene.guild);
    let category = http.create_guild_channel(guild, "Tickets").kind(ChannelType::GuildCategory).await.unwrap();
    let category = category.model().await.unwrap().id;
    let bot = scene.sandbox.bot_user(scene.bot.app.get()).unwrap();
    let overwrites = model::<Vec<_>>(json!([
        {"id": guild.to_string(), "type": 0, "allow": "0", "deny": "1024"},
        {"id": scene.user("marie").to_string(), "type": 1, "allow": "3072", "deny": "0"},
        {"id": bot.to_string(), "type": 1, "allow": "3072", "deny": "0"},
    ]));
    let made = http.create_guild_channel(guild, "ticket-1").kind(ChannelType::GuildText).parent_id(category);
    let made = made.topic("Un ticket").permission_overwrites(&overwrites).nsfw(false).await.unwrap();
    let channel = made.model().await.unwrap().id;
    http.channel(channel).await.unwrap().model().await.unwrap();
    http.update_channel(channel).name("ticket-1-clos").topic("Clos").parent_id(None).await.unwrap();
    let overwrite = PermissionOverwrite {
        allow: Some(Permissions::VIEW_CHANNEL),
        deny: Some(Permissions::SEND_MESSAGES),
        id: scene.user("jean").cast(),
        kind: PermissionOverwriteType::Member,
    };
    http.update_channel_permission(channel, &overwrite).await.unwrap();
    http.delete_channel_permission(channel).member(scene.user("jean")).await.unwrap();
    http.delete_channel(channel).await.unwrap();
    http.delete_channel(category).await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn threads() {
    let scene = Scene::open().await;
    let (http, channel) = (&scene.bot.http, scene.channel("support"));
    let private = http.create_thread(channel, "ticket-2", ChannelType::PrivateThread).invitable(false);
    let private = private.auto_archive_duration(AutoArchiveDuration::Day).await.unwrap().model().await.unwrap().id;
    http.add_thread_member(private, scene.user("marie")).await.unwrap();
    http.create_message(private).content("Bonjour").await.unwrap().model().await.unwrap();
    http.remove_thread_member(private, scene.user("marie")).await.unwrap();
    let said = http.create_message(channel).content("Annonce").await.unwrap().model().await.unwrap().id;
    http.create_thread_from_message(channel, said, "annonce").await.unwrap().model().await.unwrap();
    http.message(channel, said).await.unwrap();
    http.active_threads(scene.guild).await.unwrap().model().await.unwrap();
    http.channel(private).await.unwrap().model().await.unwrap();
    http.update_thread(private).name("ticket-2-clos").archived(true).locked(true).await.unwrap();
    http.delete_channel(private).await.unwrap();
    scene.close().await;
}
