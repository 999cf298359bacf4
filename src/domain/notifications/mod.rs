//! What must be told after a commit: the outbox, and the event log.
//!
//! A notice is a row written in the transaction of the change; it names what to tell, never the words: those are read when it
//! is delivered, under the identity of whoever is told. Delivering is `jobs::outbox`'s; how is the [`Courier`]'s.

pub mod answers;
pub mod calls;
mod courier;
pub mod events;
pub mod projection;
pub mod removal;
pub mod shop;
mod store;
mod sweep;
mod told;

pub use courier::{Courier, Undelivered, Unwired};
pub use shop::{OrderNotice, ShopKind, queue_order, queue_person, queue_promotion};
pub use store::{Backlog, Claimed, Delivery, Outcome, backlog, claim, deliveries, finish, retry, told_from};
pub use sweep::{Swept, sweep};
pub use told::{ToldReply, actors, replies_told};

use crate::db::Tx;
use crate::kernel::{GuildId, UserId};
use jiff::Timestamp;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The ticket's card in the staff channel must show the present state.
    Card,
    /// Staff answered: the opener is told.
    Reply,
    /// The ticket's state changed in a way that its opener should know (closed, resolved).
    StateChange,
    /// An SLA will be missed soon: staff are told.
    SlaReminder,
    /// An SLA was missed: staff are told.
    SlaBreach,
    /// A ticket was assigned: the agent is told.
    Assigned,
    /// An attachment's bytes must be copied.
    Attachment,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Card,
        Self::Reply,
        Self::StateChange,
        Self::SlaReminder,
        Self::SlaBreach,
        Self::Assigned,
        Self::Attachment,
    ];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Reply => "reply",
            Self::StateChange => "state_change",
            Self::SlaReminder => "sla_reminder",
            Self::SlaBreach => "sla_breach",
            Self::Assigned => "assigned",
            Self::Attachment => "attachment",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A notice to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The guild.
    pub guild: GuildId,
    /// What it is about.
    pub kind: Kind,
    /// The ticket's number.
    pub ticket: i64,
    /// The message of the ticket that it is about, or the attachment's message.
    pub message: Option<i64>,
    /// The person told, where it is one.
    pub recipient: Option<UserId>,
}

/// Writes a notice at the commit and wakes the worker after it.
pub fn queue(tx: &mut Tx, notice: Notice, now: Timestamp) {
    store::insert(tx, notice, now);
    tx.wake_outbox();
}

/// Adds a line about an order to the event log at the commit.
pub fn record_order(tx: &mut Tx, guild: GuildId, kind: &'static str, order: i64, now: Timestamp) {
    store::insert_order_event(tx, guild, kind, order, now);
    tx.wake_events();
}

/// Adds a line to the event log at the commit.
pub fn record(tx: &mut Tx, guild: GuildId, kind: &'static str, ticket: Option<i64>, now: Timestamp) {
    store::insert_event(tx, guild, kind, ticket, now);
    tx.wake_events();
}
