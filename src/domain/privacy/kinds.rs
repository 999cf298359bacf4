//! The closed lists of requests, with their words in the database, and a request as it is read.

use crate::kernel::{GuildId, Locale, UserId};
use jiff::Timestamp;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// A copy of what is kept.
    Export,
    /// That it is erased.
    Erasure,
}

impl RequestKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Export, Self::Erasure];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Erasure => "erasure",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// It waits for an operator.
    Asked,
    /// An operator agreed; it is carried out as soon as it can be.
    Confirmed,
    /// It was carried out.
    Done,
    /// An operator refused, with a reason.
    Refused,
    /// The member took it back.
    Withdrawn,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Asked, Self::Confirmed, Self::Done, Self::Refused, Self::Withdrawn];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether something is still to come of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Confirmed)
    }
}

/// What must come to its end before somebody can be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Obstacle {
    /// A subscription goes on.
    Subscription,
    /// An order is neither paid, handed over nor given up.
    Order,
    /// Money is on its way back.
    Refund,
    /// A bank looks into a payment.
    Dispute,
    /// He takes part in a giveaway that is being drawn, or has won something that is not handed over.
    Giveaway,
}

impl Obstacle {
    /// Every obstacle.
    pub const ALL: [Self; 5] = [Self::Subscription, Self::Order, Self::Refund, Self::Dispute, Self::Giveaway];

    /// Its word in queries and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::Order => "order",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
            Self::Giveaway => "giveaway",
        }
    }
}

/// A request of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The guild.
    pub guild: GuildId,
    /// Its number.
    pub id: i64,
    /// The member; his pseudonym once he is erased.
    pub user: UserId,
    /// What he asked for.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// His language when he asked.
    pub locale: Locale,
    /// When he asked.
    pub asked_at: Timestamp,
    /// By when it must be answered.
    pub due_at: Timestamp,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Who decided, and when.
    pub decided: Option<(UserId, Timestamp)>,
    /// When it was carried out.
    pub done_at: Option<Timestamp>,
}
