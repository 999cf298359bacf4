//! A call from the admin panel: the same command as in Discord, with its limits, rules, kept answers and repeats.
//!
//! It isn't a way of its own to any rule. Only what is refused comes back as an error, because a page shows it beside the field that
//! it is about, and there are no forms: a page has its own.

use super::call::{Answer, Call, Way};
use super::dispatch::carry_out;
use super::{Raw, find};
use crate::app::App;
use crate::domain::accounts::{Guild, Person};
use crate::kernel::reply::{Action, Reply};
use crate::kernel::{ChannelId, Error, Result};

/// Something to do, as a page asks for it.
#[derive(Debug, Clone)]
pub struct Order {
    /// Name of the command.
    pub command: String,
    /// Its options.
    pub given: Vec<(String, Raw)>,
    /// Under which a repeat is known: letters and digits, at most 60.
    pub request: String,
}

impl Order {
    /// A command without options, under a request.
    pub fn new(command: &str, request: String) -> Self {
        Self { command: command.to_owned(), given: Vec::new(), request }
    }

    /// Adds an option, unless there is nothing to it.
    #[must_use]
    pub fn with(mut self, option: &str, value: Option<impl ToString>) -> Self {
        self.given.extend(value.map(|value| (option.to_owned(), Raw::Text(value.to_string()))));
        self
    }

    /// What a button's action does, under a request of its own.
    pub fn pressed(action: &Action, request: String) -> Self {
        let given = action.options.iter().map(|(name, value)| (name.clone(), Raw::Text(value.clone()))).collect();
        Self { command: action.command.clone(), given, request }
    }
}

/// Carries out what somebody asks for at the panel.
///
/// # Errors
/// Whatever the command refuses; [`Error::NotFound`] for a command that isn't there.
pub async fn ordered(app: &App, guild: &Guild, person: Person, order: Order) -> Result<Reply> {
    let spec = find(app.bot, &order.command).ok_or(Error::NotFound("command"))?;
    // There is no channel here: what would go where it is asked for names its own.
    let channel = guild.staff_channel.or_else(|| ChannelId::new(guild.id.get()));
    let call = Call {
        request: order.request,
        command: order.command,
        given: order.given,
        person,
        guild: Some(guild.id),
        channel: channel.ok_or(Error::NotFound("guild"))?,
        way: Way::Page,
        typed: String::new(),
    };
    match carry_out(app, spec, &call).await? {
        Answer::Say { reply, .. } => Ok(reply),
        // No way leads here: forms are opened before, and nothing is said to nobody where others read.
        Answer::Ask(_) | Answer::Nothing => Err(Error::NotFound("answer")),
    }
}
