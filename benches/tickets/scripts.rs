//! What pgbench runs: the statements of each command, written by hand beside this file and proven to be those that the
//! program sends.

use crate::fill::{Data, FIRST_MEMBER, GUILD};
use crate::load;
use crate::support::Outcome;
use crate::support::proof;
use crate::support::server::Server;
use shellia::kernel::{GuildId, Locale, UserId};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    Create,
    List,
    View,
    Reply,
}

impl Command {
    pub(crate) const ALL: [Self; 4] = [Self::Create, Self::List, Self::View, Self::Reply];

    /// Its name in the program.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "ticket_create",
            Self::List => "ticket_list",
            Self::View => "ticket_view",
            Self::Reply => "ticket_reply",
        }
    }

    /// Its script for pgbench.
    pub(crate) const fn script(self) -> &'static str {
        match self {
            Self::Create => include_str!("create.sql"),
            Self::List => include_str!("list.sql"),
            Self::View => include_str!("view.sql"),
            Self::Reply => include_str!("reply.sql"),
        }
    }
}

/// Proves that a command's script is what the program sends; gives the command's answer as JSON, for the script to keep.
pub(crate) async fn check(server: &Server, data: &Data, command: Command) -> Outcome<String> {
    let app = load::app(server, 1)?;
    // The guild's settings are asked for once in a while, not by each command.
    load::once(&app, command, data).await?;
    let watched = load::app(server, 1)?;
    let guild = GuildId::try_from(GUILD)?;
    if let Some(settings) = app.guilds.get(guild) {
        watched.guilds.keep((*settings).clone());
    }
    // And so are the languages that people were heard in.
    let members = (0..data.members).map(|n| Ok((UserId::try_from(FIRST_MEMBER + n)?, Locale::Fr)));
    watched.guilds.languages.take(guild, members.collect::<Outcome<Vec<_>>>()?);
    let script = (command.name(), command.script());
    let reply = proof::same(server, script, load::once(&watched, command, data)).await?;
    Ok(serde_json::to_string(&reply)?)
}
