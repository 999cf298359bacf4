//! Checks a bot's access to Discord for `shellia check`: token, intents, servers, permissions; every problem with its remedy.

use super::calm::calmly;
use super::inspector::{self, NEEDED};
use super::{ConnectError, Discord, Options};
use crate::config::Problem;
use std::time::Duration;
use twilight_model::guild::Permissions;
use twilight_model::oauth::ApplicationFlags;
use twilight_model::user::CurrentUserGuild;

/// How long all questions together may take.
const ALL: Duration = Duration::from_secs(20);

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The bot's name, where Discord told it.
    pub bot: Option<String>,
    /// The names of the servers it is in (the first 200).
    pub servers: Vec<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Checks the bot whose token is set as `setting`.
pub async fn check(options: Options, setting: &str) -> Report {
    let slow = |_| Report {
        problems: vec![Problem::new("discord", "Discord takes too long to answer", "Try again in a moment")],
        ..Report::default()
    };
    tokio::time::timeout(ALL, look(options, setting)).await.unwrap_or_else(slow)
}

async fn look(options: Options, setting: &str) -> Report {
    let (content, members) = (options.message_content, options.guild_members);
    let discord = match Discord::connect(options).await {
        Ok(discord) => discord,
        Err(error) => return Report { problems: vec![no_connection(&error, setting)], ..Report::default() },
    };
    let mut report = Report { bot: Some(discord.name.clone()), ..Report::default() };
    let flags = flags(&discord).await;
    if content && !allowed(flags, MESSAGES) {
        report.problems.push(Problem::new(
            "discord.message_content",
            "Discord doesn't allow this bot to read messages, so only slash commands will work",
            "Switch on the Message Content Intent in the developer portal (Bot, Privileged Gateway Intents), or set \
             DISCORD_MESSAGE_CONTENT=false",
        ));
    }
    if members && !allowed(flags, MEMBERS) {
        report.problems.push(Problem::new(
            "discord.guild_members",
            "Discord doesn't allow this bot to hear of members, so roles moved by hand are put right within six hours",
            "Switch on the Server Members Intent in the developer portal (Bot, Privileged Gateway Intents), or set \
             DISCORD_GUILD_MEMBERS=false",
        ));
    }
    let invitation = invitation(&discord);
    match servers(&discord).await {
        None => report.problems.push(Problem::new(
            "discord",
            "Discord didn't tell which servers the bot is in",
            "Try again in a moment",
        )),
        Some(servers) if servers.is_empty() => report.problems.push(Problem::new(
            setting,
            "The bot is in no server",
            format!("Invite it with {invitation}"),
        )),
        Some(servers) => {
            report.problems.extend(servers.iter().filter_map(|server| lacks(server, &invitation)));
            report.servers = servers.into_iter().map(|server| server.name).collect();
        }
    }
    report
}

fn no_connection(error: &ConnectError, setting: &str) -> Problem {
    match error {
        ConnectError::BadToken => Problem::new(
            setting,
            "Discord refuses this token",
            "Copy it anew from the developer portal (Bot, Reset Token)",
        ),
        ConnectError::BadAddress => Problem::new("discord.api_url", "The address has no host", "Correct or unset it"),
        ConnectError::Unreachable { at } => Problem::new(
            "discord",
            format!("Discord can't be reached at {at}"),
            "Check the network, DISCORD_API_URL and any proxy",
        ),
        ConnectError::Refused(fault) => Problem::new("discord", fault.to_string(), "Try again in a moment"),
        ConnectError::Ours(error) => Problem::new("discord", error.to_string(), "Report this fault"),
    }
}

/// The message-content intent, in a large bot and in a small one.
const MESSAGES: ApplicationFlags =
    ApplicationFlags::GATEWAY_MESSAGE_CONTENT.union(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED);
/// The server-members intent, likewise.
const MEMBERS: ApplicationFlags =
    ApplicationFlags::GATEWAY_GUILD_MEMBERS.union(ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED);

/// Whether an intent is switched on; true where Discord doesn't tell.
fn allowed(flags: Option<ApplicationFlags>, intent: ApplicationFlags) -> bool {
    flags.is_none_or(|flags| flags.intersects(intent))
}

async fn flags(discord: &Discord) -> Option<ApplicationFlags> {
    let response = calmly(discord.http().current_user_application()).await.ok()?;
    response.model().await.ok().and_then(|application| application.flags)
}

async fn servers(discord: &Discord) -> Option<Vec<CurrentUserGuild>> {
    calmly(discord.http().current_user_guilds()).await.ok()?.model().await.ok()
}

fn lacks(server: &CurrentUserGuild, invitation: &str) -> Option<Problem> {
    let all = server.owner || server.permissions.contains(Permissions::ADMINISTRATOR);
    let has = if all { Permissions::all() } else { server.permissions };
    let missing = inspector::lacking(None, has)?.permissions.join(", ");
    let remedy = format!("Give the bot's role these permissions, or invite it again with {invitation}");
    Some(Problem::new(format!("server {}", server.name), format!("The bot lacks {missing}"), remedy))
}

/// The address that invites the bot with what it needs.
fn invitation(discord: &Discord) -> String {
    let needed = NEEDED.iter().fold(Permissions::empty(), |sum, (permission, _)| sum | *permission);
    let (id, bits) = (discord.application, needed.bits());
    format!("https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={bits}")
}
