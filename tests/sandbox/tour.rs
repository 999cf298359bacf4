//! Every REST route once, with the real client, which must read every answer.

use std::time::Duration;

use serde_json::json;
use shellia::sandbox::{Options, Sandbox, World};
use twilight_model::application::command::Command;
use twilight_model::channel::ChannelType;
use twilight_model::channel::thread::AutoArchiveDuration;
use twilight_model::guild::Permissions;
use twilight_model::http::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::{Bot, sandbox};

struct Tour {
    sandbox: Sandbox,
    bot: Bot,
    guild: Id<GuildMarker>,
    support: Id<ChannelMarker>,
}

async fn tour() -> Tour {
    let sandbox = sandbox().await;
    let bot = Bot::connect(&sandbox).await;
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = Id::new(sandbox.channel_id(guild, "support").unwrap());
    Tour { sandbox, bot, guild: Id::new(guild), support }
}

#[tokio::test]
async fn the_client_reads_the_bot_and_its_guilds() {
    let Tour { sandbox, bot, guild, .. } = tour().await;
    let http = &bot.http;
    let me = http.current_user().await.unwrap().model().await.unwrap();
    assert_eq!(me.id.get(), sandbox.bot_user(bot.app.get()).unwrap());
    assert_eq!(http.current_user_guilds().await.unwrap().models().await.unwrap().len(), 1);
    assert_eq!(http.current_user_application().await.unwrap().model().await.unwrap().id, bot.app);
    let gateway = http.gateway().authed().await.unwrap().model().await.unwrap();
    assert_eq!(gateway.url, sandbox.gateway_url());
    http.gateway().await.unwrap().model().await.unwrap();
    http.user(me.id).await.unwrap().model().await.unwrap();
    let found = http.guild(guild).with_counts(true).await.unwrap().model().await.unwrap();
    assert_eq!(found.approximate_member_count, Some(16));
    assert_eq!(http.guild_channels(guild).await.unwrap().models().await.unwrap().len(), 5);
    assert_eq!(http.roles(guild).await.unwrap().models().await.unwrap().len(), 7);
    assert_eq!(http.guild_members(guild).limit(1000).await.unwrap().models().await.unwrap().len(), 16);
    let found = http.search_guild_members(guild, "mar").limit(5).await.unwrap().models().await.unwrap();
    assert_eq!(found.len(), 1);
    http.guild_member(guild, found[0].user.id).await.unwrap().model().await.unwrap();
}

#[tokio::test]
async fn the_client_changes_members_roles_and_channels() {
    let Tour { sandbox, bot, guild, .. } = tour().await;
    let http = &bot.http;
    let marie = Id::new(sandbox.user_id("marie").unwrap());
    let role = http.create_role(guild).name("VIP").color(0xff).await.unwrap().model().await.unwrap();
    http.update_role(guild, role.id).name(Some("Très VIP")).await.unwrap().model().await.unwrap();
    http.add_guild_member_role(guild, marie, role.id).await.unwrap();
    let member = http.guild_member(guild, marie).await.unwrap().model().await.unwrap();
    assert!(member.roles.contains(&role.id));
    http.remove_guild_member_role(guild, marie, role.id).await.unwrap();
    let admin = Id::new(sandbox.role_id(guild.get(), "Admin").unwrap());
    http.update_guild_member(guild, marie).roles(&[admin]).await.unwrap_err();
    http.delete_role(guild, role.id).await.unwrap();
    let category = http.create_guild_channel(guild, "Tickets").kind(ChannelType::GuildCategory);
    let category = category.await.unwrap().model().await.unwrap();
    let channel = http.create_guild_channel(guild, "Ticket 1").parent_id(category.id).topic("Sujet");
    let channel = channel.await.unwrap().model().await.unwrap();
    assert_eq!(channel.name.as_deref(), Some("ticket-1"));
    let overwrite = PermissionOverwrite {
        allow: Some(Permissions::VIEW_CHANNEL),
        deny: None,
        id: marie.cast(),
        kind: PermissionOverwriteType::Member,
    };
    http.update_channel_permission(channel.id, &overwrite).await.unwrap();
    let seen = http.channel(channel.id).await.unwrap().model().await.unwrap();
    assert_eq!(seen.permission_overwrites.unwrap().len(), 1);
    http.update_channel(channel.id).name("ticket-un").await.unwrap().model().await.unwrap();
    http.delete_channel_permission(channel.id).member(marie).await.unwrap();
    http.create_typing_trigger(channel.id).await.unwrap();
    http.delete_channel(channel.id).await.unwrap();
    http.channel(channel.id).await.unwrap_err();
    http.remove_guild_member(guild, marie).await.unwrap_err();
}

#[tokio::test]
async fn the_client_reads_and_removes_messages_and_threads() {
    let Tour { sandbox, bot, guild, support } = tour().await;
    let http = &bot.http;
    let mut ids = Vec::new();
    for n in 0..6 {
        let sent = http.create_message(support).content(&format!("message {n}")).await.unwrap();
        ids.push(sent.model().await.unwrap().id);
    }
    let page = http.channel_messages(support).limit(2).await.unwrap().models().await.unwrap();
    assert_eq!((page[0].id, page.len()), (ids[5], 2));
    let page = http.channel_messages(support).before(ids[2]).limit(9).await.unwrap().models().await.unwrap();
    assert_eq!(page.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
    let page = http.channel_messages(support).after(ids[2]).limit(2).await.unwrap().models().await.unwrap();
    assert_eq!(page.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[4], ids[3]]);
    let page = http.channel_messages(support).around(ids[2]).limit(3).await.unwrap().models().await.unwrap();
    assert_eq!(page.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[3], ids[2], ids[1]]);
    let edited = http.update_message(support, ids[0]).content(Some("changé")).await.unwrap().model().await.unwrap();
    assert!(edited.edited_timestamp.is_some());
    assert_eq!(http.message(support, ids[0]).await.unwrap().model().await.unwrap().content, "changé");
    http.delete_message(support, ids[5]).await.unwrap();
    http.delete_messages(support, &ids[1..3]).await.unwrap();
    assert_eq!(sandbox.messages(support.get()).len(), 3);
    let from = http.create_thread_from_message(support, ids[0], "Suite").await.unwrap().model().await.unwrap();
    assert_eq!(from.id.get(), ids[0].get());
    let thread = http.create_thread(support, "Ticket 7", ChannelType::PrivateThread);
    let thread = thread.auto_archive_duration(AutoArchiveDuration::Day).await.unwrap().model().await.unwrap();
    let jean = sandbox.person_named("jean").unwrap();
    assert!(jean.say(thread.id.get(), "bonjour").await.is_err());
    http.add_thread_member(thread.id, Id::new(jean.id())).await.unwrap();
    jean.say(thread.id.get(), "bonjour").await.unwrap();
    assert_eq!(http.active_threads(guild).await.unwrap().model().await.unwrap().threads.len(), 2);
    http.update_thread(thread.id).archived(true).locked(true).await.unwrap().model().await.unwrap();
    assert!(jean.say(thread.id.get(), "encore").await.is_err());
    http.remove_thread_member(thread.id, Id::new(jean.id())).await.unwrap();
}

#[tokio::test]
async fn the_client_registers_commands() {
    let Tour { sandbox, bot, guild, .. } = tour().await;
    let command = |name: &str| -> Command {
        serde_json::from_value(json!({
            "name": name, "description": "Une commande", "type": 1, "version": "1",
            "name_localizations": {"en-US": format!("{name}_en")}, "default_member_permissions": "8", "contexts": [0],
            "options": [
                {"type": 1, "name": "voir", "description": "Voir", "options": [
                    {"type": 4, "name": "id", "description": "Numéro", "required": true, "min_value": 1},
                ]},
            ],
        }))
        .unwrap()
    };
    let client = bot.interactions();
    let all = client.set_global_commands(&[command("ticket"), command("plan")]).await.unwrap().models().await.unwrap();
    let again = client.set_global_commands(&[command("ticket")]).await.unwrap().models().await.unwrap();
    assert_eq!(all[0].id, again[0].id);
    assert_eq!(client.global_commands().await.unwrap().models().await.unwrap().len(), 1);
    client.global_command(again[0].id.unwrap()).await.unwrap().model().await.unwrap();
    client.set_guild_commands(guild, &[command("local")]).await.unwrap().models().await.unwrap();
    let local = client.guild_commands(guild).with_localizations(true).await.unwrap().models().await.unwrap();
    client.delete_guild_command(guild, local[0].id.unwrap()).await.unwrap();
    client.delete_global_command(again[0].id.unwrap()).await.unwrap();
    let (lea, marie) = (sandbox.person_named("lea").unwrap(), sandbox.person_named("marie").unwrap());
    client.set_global_commands(&[command("ticket")]).await.unwrap();
    assert_eq!(lea.commands(Some(guild.get())).len(), 1);
    assert!(marie.commands(Some(guild.get())).is_empty());
    assert!(lea.commands(None).is_empty());
}

#[tokio::test]
async fn two_guilds_are_apart() {
    let sandbox = Sandbox::start(Options::new(World::two_guilds())).await.unwrap();
    let maxis = sandbox.app_id("Maxis").unwrap();
    assert!(!sandbox.wait_connected(maxis, Duration::from_millis(10)).await);
    let bot = Bot::connect(&sandbox).await;
    assert!(sandbox.wait_connected(maxis, Duration::from_secs(5)).await);
    let club = sandbox.guild_id("Le Club de Paul").unwrap();
    let (nora, marie) = (sandbox.person_named("nora").unwrap(), sandbox.person_named("marie").unwrap());
    let aide = sandbox.channel_id(club, "aide").unwrap();
    nora.say(aide, "bonjour").await.unwrap();
    assert!(marie.say(aide, "bonjour").await.is_err());
    assert!(marie.visible(aide).is_empty());
    assert_eq!(bot.http.channel_messages(Id::new(aide)).await.unwrap().models().await.unwrap().len(), 1);
    sandbox.stop().await;
}
