//! What happens beside tickets, as open pages hear it: which row of which page to load anew. What became of it, the page asks.

use crate::domain::notifications::events::Line;
use crate::kernel::Rank;
use serde::Serialize;

/// The words of the event log that pages are told beside those of tickets, each with the event that it is to them.
pub(super) const KINDS: [(&str, &str); 28] = [
    ("order_placed", "order"),
    ("order_state", "order"),
    ("order_fulfilled", "order"),
    ("order_refunded", "order"),
    ("order_stuck", "order"),
    ("order_ended", "order"),
    ("refund_returned", "order"),
    ("dispute_opened", "order"),
    ("dispute_won", "order"),
    ("dispute_lost", "order"),
    ("promotion_made", "promotion"),
    ("promotion_begun", "promotion"),
    ("promotion_stopped", "promotion"),
    ("promotion_ended", "promotion"),
    ("giveaway_made", "giveaway"),
    ("giveaway_ended", "giveaway"),
    ("giveaway_extended", "giveaway"),
    ("giveaway_paused", "giveaway"),
    ("giveaway_resumed", "giveaway"),
    ("giveaway_cancelled", "giveaway"),
    ("giveaway_moved", "giveaway"),
    ("giveaway_frozen", "giveaway"),
    ("giveaway_drawn", "giveaway"),
    ("giveaway_done", "giveaway"),
    ("decision", "decision"),
    ("agent_stopped", "decision"),
    ("agent_resumed", "decision"),
    ("privacy", "privacy"),
];
/// Those that somebody is to act on.
const ALERTS: [&str; 2] = ["order_stuck", "dispute_opened"];

/// That something happened to a row.
#[derive(Debug, Clone, Serialize)]
pub struct RowHappened {
    /// The event's name.
    #[serde(skip)]
    pub event: &'static str,
    /// The row's number, where it has one.
    pub number: Option<i64>,
    /// What happened, in a word.
    pub kind: &'static str,
}

impl RowHappened {
    /// Who may hear of it.
    pub fn least(&self) -> Rank {
        if matches!(self.event, "order" | "giveaway" | "privacy") { Rank::Support } else { Rank::Operator }
    }
}

/// What a line of the event log is to pages; nothing where it is of no page, or of a row that has no number to be told.
pub(super) fn happened(line: &Line) -> Vec<RowHappened> {
    let Some((kind, event)) = KINDS.iter().find(|(word, _)| *word == line.kind) else { return Vec::new() };
    let number = if *event == "order" { line.figures.order } else { line.figures.number };
    // Everything that was stopped at once has no number of its own, and who is erased none at all.
    if number.is_none() && !matches!(*event, "decision" | "privacy") {
        return Vec::new();
    }
    let alert = ALERTS.contains(kind).then_some(RowHappened { event: "alert", number, kind });
    [RowHappened { event, number, kind }].into_iter().chain(alert).collect()
}
