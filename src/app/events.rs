//! The event log as Shellia is told it: the kinds that she is told, with numbers and amounts.
//!
//! While it waits it holds no connection. It is woken by this process' commits; what another wrote is seen within a second.

use super::App;
use crate::control::{Amount, Batch, Event, EventKind};
use crate::domain::notifications::events::{self, Line, Page, Position};
use crate::kernel::error::Problem;
use crate::kernel::{Actor, Error, Result, System};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// How often to look without being woken.
const POLL: Duration = Duration::from_secs(1);
/// Most events at once.
const MOST: i64 = 100;

/// The words of the event log that are told.
const KINDS: [(&str, EventKind); 15] = [
    ("sale", EventKind::Sale),
    ("trial_begun", EventKind::TrialBegun),
    ("order_refunded", EventKind::Refunded),
    ("refund_returned", EventKind::RefundReturned),
    ("dispute_opened", EventKind::DisputeOpened),
    ("dispute_won", EventKind::DisputeWon),
    ("dispute_lost", EventKind::DisputeLost),
    ("breached", EventKind::SlaBreached),
    ("giveaway_drawn", EventKind::GiveawayDrawn),
    ("promotion_begun", EventKind::PromotionBegun),
    ("promotion_ended", EventKind::PromotionEnded),
    ("promotion_stopped", EventKind::PromotionEnded),
    ("decision", EventKind::Decision),
    ("agent_stopped", EventKind::Stopped),
    ("agent_resumed", EventKind::Resumed),
];

/// The events behind a position, or from now on; waits for some so long.
///
/// # Errors
/// [`Error::Argument`] for what is no position, [`Error::Conflict`] for one of another database, [`Error::Unavailable`] once the
/// program ends; as [`crate::db::Tx::load`].
pub async fn told_events(app: &App, after: Option<&str>, wait: Duration, stop: &CancellationToken) -> Result<Batch> {
    let wrong = |_| Error::Argument { option: "after", problem: Problem::Unknown };
    let mut from: Option<Position> = after.map(str::parse).transpose().map_err(wrong)?;
    let until = Instant::now() + wait;
    let written = app.db.events_written();
    loop {
        // Registered before looking: what is written from here on wakes us.
        let woken = written.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        let page = look(app, from).await?;
        let told: Vec<Event> = page.lines.iter().filter_map(told).collect();
        if !told.is_empty() || page.more || Instant::now() >= until {
            return Ok(Batch { events: told, reached: page.reached.to_string() });
        }
        from = Some(page.reached);
        tokio::select! {
            () = stop.cancelled() => return Err(Error::Unavailable {
                what: "the event stream",
                cause: crate::kernel::error::Cause::new("the program ends"),
            }),
            // It is over time: the last look is made then.
            _ = timeout_at(until.min(Instant::now() + POLL), woken) => {}
        }
    }
}

async fn look(app: &App, from: Option<Position>) -> Result<Page> {
    let kinds = KINDS.map(|(word, _)| word);
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    let page = events::after(&mut tx, from, &kinds, MOST).await?;
    tx.end().await?;
    page.ok_or(Error::Conflict("error-event-position"))
}

fn told(line: &Line) -> Option<Event> {
    let (_, kind) = KINDS.iter().find(|(word, _)| *word == line.kind)?;
    let number = line.figures.number;
    let (giveaway, promotion) = match kind {
        EventKind::GiveawayDrawn => (number, None),
        // One person's promotion has no number here, and is nobody else's business.
        EventKind::PromotionBegun | EventKind::PromotionEnded => (None, Some(number?)),
        _ => (None, None),
    };
    let plan = number.filter(|_| *kind == EventKind::Decision);
    Some(Event {
        number: line.position.to_string(),
        at: line.at,
        guild: line.guild,
        kind: *kind,
        order: line.figures.order,
        ticket: line.ticket,
        giveaway,
        promotion,
        plan,
        amount: line
            .figures
            .amount
            .map(|amount| Amount { minor: amount.minor(), currency: amount.currency().code().to_owned() }),
    })
}
