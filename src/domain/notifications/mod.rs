//! What must be told after a commit: the outbox, and the event log.
//!
//! A notice is a row written in the transaction of the change; it names what to tell, never the words: those are read when it
//! is delivered, under the identity of whoever is told. Delivering is `jobs::outbox`'s; how is the [`Courier`]'s.

pub mod answers;
mod courier;
pub mod projection;
pub mod removal;
mod store;
mod sweep;

pub use courier::{Courier, Undelivered, Unwired};
pub use store::{Claimed, Delivery, Outcome, claim, deliveries, finish, retry};
pub use sweep::{Swept, sweep};

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
    /// A person's roles must agree with what he holds.
    Roles,
    /// An order was handed over: its buyer is told.
    OrderDone,
    /// A gift arrived: its recipient is told.
    Gift,
    /// An order was paid and could not be handed over: its buyer is told what becomes of his money.
    OrderTrouble,
    /// Money went back: the buyer is told.
    Refunded,
    /// A renewal was not paid: the member is told what to do.
    RenewalFailed,
    /// What a member held has ended: he is told.
    AccessEnded,
    /// Staff are told of a sale.
    Sale,
    /// Staff are told of an order that needs them: trouble, a dispute, a refund that failed.
    ShopAlert,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Card,
        Self::Reply,
        Self::StateChange,
        Self::SlaReminder,
        Self::SlaBreach,
        Self::Assigned,
        Self::Attachment,
        Self::Roles,
        Self::OrderDone,
        Self::Gift,
        Self::OrderTrouble,
        Self::Refunded,
        Self::RenewalFailed,
        Self::AccessEnded,
        Self::Sale,
        Self::ShopAlert,
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
            Self::Roles => "roles",
            Self::OrderDone => "order_done",
            Self::Gift => "gift",
            Self::OrderTrouble => "order_trouble",
            Self::Refunded => "refunded",
            Self::RenewalFailed => "renewal_failed",
            Self::AccessEnded => "access_ended",
            Self::Sale => "sale",
            Self::ShopAlert => "shop_alert",
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

/// A notice of the shop to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderNotice {
    /// The guild.
    pub guild: GuildId,
    /// What it is about.
    pub kind: Kind,
    /// The order's number, where it is about one.
    pub order: Option<i64>,
    /// The person told, where it is one.
    pub recipient: Option<UserId>,
}

/// Writes a notice of the shop at the commit and wakes the worker after it.
pub fn queue_order(tx: &mut Tx, notice: OrderNotice, now: Timestamp) {
    store::insert_order(tx, notice, now);
    tx.wake_outbox();
}

/// Adds a line about an order to the event log at the commit.
pub fn record_order(tx: &mut Tx, guild: GuildId, kind: &'static str, order: i64, now: Timestamp) {
    store::insert_order_event(tx, guild, kind, order, now);
}

/// Adds a line to the event log at the commit.
pub fn record(tx: &mut Tx, guild: GuildId, kind: &'static str, ticket: Option<i64>, now: Timestamp) {
    store::insert_event(tx, guild, kind, ticket, now);
}
