//! What may be followed in a channel: kinds of events under one word.

use crate::control::EventKind;
use serde::{Deserialize, Serialize};

/// A kind of news that a channel follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Sales, trials, and money that goes back.
    Sale,
    /// Disputes.
    Dispute,
    /// Tickets that missed their time.
    Sla,
    /// Giveaways.
    Giveaway,
    /// Promotions that begin or end.
    Promotion,
    /// Whether Maxis itself is there, and whether everything is stopped.
    Outage,
    /// The recap of the week.
    Report,
}

impl Topic {
    /// Each of them.
    pub const ALL: [Self; 7] =
        [Self::Sale, Self::Dispute, Self::Sla, Self::Giveaway, Self::Promotion, Self::Outage, Self::Report];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Dispute => "dispute",
            Self::Sla => "sla",
            Self::Giveaway => "giveaway",
            Self::Promotion => "promotion",
            Self::Outage => "outage",
            Self::Report => "report",
        }
    }

    /// The one of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }

    /// What an event belongs to; none: nobody can follow it yet.
    pub const fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Sale | EventKind::TrialBegun | EventKind::Refunded | EventKind::RefundReturned => {
                Some(Self::Sale)
            }
            EventKind::DisputeOpened | EventKind::DisputeWon | EventKind::DisputeLost => Some(Self::Dispute),
            EventKind::SlaBreached => Some(Self::Sla),
            EventKind::GiveawayDrawn => Some(Self::Giveaway),
            EventKind::PromotionBegun | EventKind::PromotionEnded => Some(Self::Promotion),
            EventKind::Stopped | EventKind::Resumed => Some(Self::Outage),
            // It is shown on the plan's cards.
            EventKind::Decision | EventKind::Other => None,
        }
    }
}
