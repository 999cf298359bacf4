//! A call as an edge hands it in, and what goes back.

use super::args::Raw;
use crate::domain::accounts::Person;
use crate::kernel::reply::{Form, Reply};
use crate::kernel::{ChannelId, GuildId, Locale};

/// How a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A typed message, which others may see.
    Text,
    /// A message typed in direct messages, where nobody else reads.
    Direct,
    /// A slash command.
    Slash,
    /// A button or a menu.
    Button,
    /// A filled form.
    Form,
    /// A page of the panel, which has forms of its own.
    Page,
}

/// A person asks for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Id of the interaction or message: a repeat carries the same.
    pub request: String,
    /// Name of the command.
    pub command: String,
    /// Options as they came.
    pub given: Vec<(String, Raw)>,
    /// Who asks, checked by Discord.
    pub person: Person,
    /// The guild where he asks; in direct messages the one that he means, where that is known.
    pub guild: Option<GuildId>,
    /// The channel where he asks.
    pub channel: ChannelId,
    /// How it came.
    pub way: Way,
    /// The whole message of a typed command; empty for the other ways, and for a message that is no command.
    pub typed: String,
}

impl Call {
    /// The language of the answer: the person's, else French.
    pub fn locale(&self) -> Locale {
        self.person.locale.unwrap_or_default()
    }
}

/// What goes back to the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Say this. What asked may be removed: a typed command that could hold something private, a button that was used up.
    Say {
        /// What to say.
        reply: Reply,
        /// Whether the message that asked should be deleted now, where the bot may: the typed one, or the one with the button.
        /// A typed message with files goes by the outbox.
        remove_source: bool,
    },
    /// Show this form.
    Ask(Form),
    /// Say nothing: he was told the same a moment ago, where others read.
    Nothing,
}

impl Answer {
    /// Says something and leaves the message that asked.
    pub const fn say(reply: Reply) -> Self {
        Self::Say { reply, remove_source: false }
    }
}
