//! Support tickets: what they are, what may be done to them, how they are kept.
//!
//! `state` holds the rules, `sla` the clock, `service` the changes, `reading` what people look at, `files` the attachments,
//! `schedule` what the clock does by itself, `leaving` what becomes of who left, `stats` the figures, `flow` those of any days; `store` and `pages` hold the queries. Who is told of a
//! change is `notifications`'; words are the caller's.

pub mod desk;
pub mod files;
pub mod flow;
mod kinds;
pub mod leaving;
mod pages;
pub mod reading;
mod rules;
pub mod schedule;
pub mod service;
mod sla;
mod state;
pub mod stats;
mod store;

pub use files::{Attachment, FileState, NewFile, RefusedFile, Unfit};
pub use kinds::{Category, Deed, Priority, Stars, State};
pub use reading::{Assigned, Cursor, Filter, HistoryLine, Page, Standing, Suggestion, View};
pub use rules::TicketRules;
pub use service::{NewTicket, Opened, Post, Posted, Step};
pub use sla::{Allowance, Hands, Sla};
pub use stats::{AgentStats, Stats};

use crate::kernel::error::Problem;
use crate::kernel::text::{Body, clean, shorten};
use crate::kernel::{GuildId, Locale, UserId};
use jiff::Timestamp;

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The guild it belongs to.
    pub guild: GuildId,
    /// Its number in that guild.
    pub number: i64,
    /// Who opened it.
    pub opener: UserId,
    /// His name when he did.
    pub opener_name: String,
    /// His language when he did.
    pub opener_locale: Locale,
    /// The plan that he held when he opened it.
    pub plan: String,
    /// What it is about, in one line.
    pub subject: String,
    /// What it is about, by kind.
    pub category: Category,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether it is that urgent because of the plan.
    pub priority_by_plan: bool,
    /// Where it stands.
    pub state: State,
    /// Who of staff answers it.
    pub assignee: Option<UserId>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed in a way that its opener may see.
    pub updated_at: Timestamp,
    /// When staff first answered.
    pub first_response_at: Option<Timestamp>,
    /// The clock of its time to resolution.
    pub sla: Sla,
    /// When it was solved.
    pub resolved_at: Option<Timestamp>,
    /// How it was closed.
    pub closing: Option<Closing>,
    /// When it closes by itself.
    pub auto_close_at: Option<Timestamp>,
    /// How satisfied its opener was.
    pub rating: Option<Rating>,
}

/// How a ticket was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// By whom; `None` where the clock did it.
    pub by: Option<UserId>,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
}

/// The stars that the opener gave, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// How many.
    pub stars: Stars,
    /// When.
    pub at: Timestamp,
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// The description that the ticket was opened with.
    Opening,
    /// An answer, by the opener or by staff.
    Reply,
    /// A note among staff.
    Note,
}

impl MessageKind {
    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Opening, Self::Reply, Self::Note].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A message of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number in the database.
    pub id: i64,
    /// Who wrote it.
    pub author: UserId,
    /// His name when he did.
    pub author_name: DisplayName,
    /// What kind it is.
    pub kind: MessageKind,
    /// Whether it speaks for staff.
    pub from_staff: bool,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// The files that came with it.
    pub attachments: Vec<Attachment>,
}

/// A person's name as the guild shows it, made harmless and never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// Longest name kept, in characters.
    pub const MAX: usize = 100;

    /// Takes whatever Discord sent.
    pub fn new(shown: &str) -> Self {
        let joined = clean(shown).split_whitespace().collect::<Vec<_>>().join(" ");
        Self(if joined.is_empty() { "?".to_owned() } else { shorten(&joined, Self::MAX) })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a ticket is closed, in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// Longest reason, in characters.
    pub const MAX: usize = 500;

    /// Checks a reason; line breaks become spaces.
    ///
    /// # Errors
    /// [`Problem::Empty`] without a visible character, [`Problem::TooLong`] over the limit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let joined = Body::parse(typed)?.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        let found = joined.chars().count();
        if found > Self::MAX { Err(Problem::TooLong { max: Self::MAX, found }) } else { Ok(Self(joined)) }
    }

    /// The reason.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_empty_nor_too_long() {
        assert_eq!(DisplayName::new(" \u{200B}\n").as_str(), "?");
        assert_eq!(DisplayName::new("Zoé\u{202E} \n 🎈").as_str(), "Zoé 🎈");
        assert_eq!(DisplayName::new(&"é".repeat(300)).as_str().chars().count(), DisplayName::MAX);
    }
}
