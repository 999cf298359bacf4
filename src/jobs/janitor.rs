//! Finds what no event told: events missed while the program was away, and everything that stands at the provider.
//!
//! It decides nothing: it only asks for looks (`payments::tasks`), so it can run as often as one likes. The events catch up at
//! the start and hourly; a whole reconciliation runs daily (Stripe, "Webhooks: undelivered events": kept for 30 days).

use super::pace;
use crate::app::App;
use crate::domain::payments::tasks::{self, Kind};
use crate::domain::payments::{EventRef, Listing, Refused, newest_event, receive};
use crate::domain::shop::{entitlements, orders};
use crate::kernel::{Actor, Error, Result, System, error::Cause};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often events are caught up.
const CATCH_UP: Duration = Duration::from_secs(3600);
/// How far before the newest known event the catching up begins: events are made in another order than they arrive.
const OVERLAP: SignedDuration = SignedDuration::from_hours(2);
/// How far back the first catching up goes, and a reconciliation of checkouts and payments.
const FAR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How often everything is reconciled, in seconds.
const DAY_S: i64 = 24 * 3600;
/// How often due times of the shop are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Rows in one short transaction.
const BATCH: i64 = 100;
/// Pages of one pass: more than any shop of ours has, so that a provider that pages for ever is left.
const PAGES: usize = 10_000;

/// Catches up hourly and reconciles daily, until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    if !app.gateway.is_on() {
        stop.cancelled().await;
        return;
    }
    let reconciled = AtomicI64::new(0);
    pace::every("janitor", CATCH_UP, &stop, || pass(&app, &reconciled)).await;
}

/// Acts on due times of the shop, until `stop`.
pub(super) async fn due(app: Arc<App>, stop: CancellationToken) {
    pace::every("shop", LOOK, &stop, || lapse(&app)).await;
}

async fn pass(app: &App, reconciled: &AtomicI64) -> Result<bool> {
    let caught = catch_up(app).await?;
    let now = app.clock.now().as_second();
    let mut asked = 0;
    if now - reconciled.load(Ordering::Relaxed) >= DAY_S {
        asked = reconcile(app).await?;
        reconciled.store(now, Ordering::Relaxed);
    }
    tracing::info!(events = caught, asked, "looked for what the payment provider's events did not tell");
    Ok(false)
}

/// Acts on everything of the shop that is due now; for tests.
///
/// # Errors
/// As the database.
pub async fn due_now(app: &App) -> Result<()> {
    while lapse(app).await? {}
    Ok(())
}

async fn lapse(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let ended = entitlements::lapse(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let expired = orders::settle::expire(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let full = |count: usize| i64::try_from(count).is_ok_and(|count| count >= BATCH);
    Ok(full(ended) || full(expired))
}

fn unanswered(refused: Refused) -> Error {
    Error::Unavailable { what: "asking the payment provider", cause: Cause::new(refused) }
}

/// Takes up the events made since the newest that is known; tells how many were new.
///
/// # Errors
/// [`Error::Unavailable`] when the provider or the database can't be reached: what was taken up stays.
pub async fn catch_up(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let newest = newest_event(&mut tx).await?;
    tx.end().await?;
    let back = |from: Timestamp, by: SignedDuration| from.checked_sub(by).unwrap_or(from);
    let since = newest.map_or_else(|| back(now, FAR), |newest| back(newest, OVERLAP));
    let (mut after, mut taken) = (None::<String>, 0);
    for _ in 0..PAGES {
        let page = app.gateway.events(since, after.as_deref()).await.map_err(unanswered)?;
        taken += take_up(app, &page.events, now).await?;
        after = page.events.last().map(|event| event.id.clone());
        if !page.more || after.is_none() {
            break;
        }
    }
    Ok(taken)
}

async fn take_up(app: &App, events: &[EventRef], now: Timestamp) -> Result<usize> {
    let mut taken = 0;
    for event in events {
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
        let received = receive(&mut tx, event, now).await?;
        tx.commit().await?;
        taken += usize::from(received == crate::domain::payments::Received::Taken);
    }
    Ok(taken)
}

/// Asks for a look at everything that stands at the provider, and at every subscription of ours; tells how many looks.
///
/// # Errors
/// As [`catch_up`].
pub async fn reconcile(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let far = now.checked_sub(FAR).unwrap_or(now);
    let mut asked = 0;
    for (listing, kind, since) in [
        (Listing::Sessions, Kind::Session, far),
        (Listing::Subscriptions, Kind::Subscription, Timestamp::UNIX_EPOCH),
        (Listing::Payments, Kind::Payment, far),
    ] {
        let mut after = None::<String>;
        for _ in 0..PAGES {
            let page = app.gateway.list(listing, since, after.as_deref()).await.map_err(unanswered)?;
            let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
            for id in &page.ids {
                tasks::ask(&mut tx, kind, id, None, now);
            }
            tx.commit().await?;
            asked += page.ids.len();
            after = page.after;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(asked)
}
