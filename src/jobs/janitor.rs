//! Finds what no event told: events missed while the program was away, and everything that stands at the provider.
//!
//! It decides nothing: it only asks for looks (`payments::tasks`), so it can run as often as one likes. The events catch up at
//! the start and hourly; a whole reconciliation runs daily (Stripe, "Webhooks: undelivered events": kept for 30 days).

use super::pace;
use crate::app::App;
use crate::domain::payments::marks::{self, Mark};
use crate::domain::payments::tasks::{self, Kind};
use crate::domain::payments::{EventRef, Listing, Refused, receive};
use crate::domain::shop::{lapse, orders, roles, subscriptions};
use crate::kernel::{Actor, Error, Result, System, error::Cause};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often events are caught up.
const CATCH_UP: Duration = Duration::from_secs(3600);
/// How far before what was gone through the next time begins: the provider's clock is another, and what it made shows a little
/// later in its lists.
const OVERLAP: SignedDuration = SignedDuration::from_hours(2);
/// How far back the first catching up goes, and at least a reconciliation of checkouts and payments, which change for so long.
const FAR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How often everything is reconciled, in seconds.
const DAY_S: i64 = 24 * 3600;
/// How often due times of the shop are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Rows in one short transaction.
const BATCH: i64 = 100;
/// Most open disputes that one reconciliation looks at.
const DISPUTES: i64 = 1000;
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
    pace::every("shop", LOOK, &stop, || act(&app)).await;
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
    while act(app).await? {}
    Ok(())
}

async fn act(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let ended = lapse::lapse(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let expired = orders::settle::expire(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let reminded = subscriptions::remind_of_end(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let warned = roles::warn_of_charges(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let full = |count: usize| i64::try_from(count).is_ok_and(|count| count >= BATCH);
    Ok([ended, expired, reminded, warned].into_iter().any(full))
}

fn unanswered(refused: Refused) -> Error {
    Error::Unavailable { what: "asking the payment provider", cause: Cause::new(refused) }
}

/// Takes up the events made since they were last listed to the end; tells how many were new.
///
/// # Errors
/// [`Error::Unavailable`] when the provider or the database can't be reached: what was taken up stays, and the next time begins
/// where this one did.
pub async fn catch_up(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let since = mark(app, Mark::Events).await?.map_or_else(|| back(now, FAR), |listed| back(listed, OVERLAP));
    let (mut after, mut taken) = (None::<String>, 0);
    for _ in 0..PAGES {
        let page = app.gateway.events(since, after.as_deref()).await.map_err(unanswered)?;
        taken += take_up(app, &page.events, now).await?;
        after = page.events.last().map(|event| event.id.clone());
        if !page.more || after.is_none() {
            move_mark(app, Mark::Events, now).await?;
            break;
        }
    }
    Ok(taken)
}

fn back(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.checked_sub(by).unwrap_or(from)
}

async fn mark(app: &App, mark: Mark) -> Result<Option<Timestamp>> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let at = marks::read(&mut tx, mark).await?;
    tx.end().await?;
    Ok(at)
}

async fn move_mark(app: &App, mark: Mark, to: Timestamp) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    marks::move_to(&mut tx, mark, to);
    tx.commit().await
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
/// What went back and what was disputed is found by when that happened, however old the payment is.
///
/// # Errors
/// As [`catch_up`].
pub async fn reconcile(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let last = mark(app, Mark::Reconciled).await?.map(|last| back(last, OVERLAP));
    let far = last.map_or_else(|| back(now, FAR), |last| last.min(back(now, FAR)));
    let since_last = last.unwrap_or(Timestamp::UNIX_EPOCH);
    let (mut asked, mut whole) = (0, true);
    for (listing, kind, since) in [
        (Listing::Sessions, Kind::Session, far),
        (Listing::Subscriptions, Kind::Subscription, Timestamp::UNIX_EPOCH),
        (Listing::Payments, Kind::Payment, far),
        (Listing::Refunds, Kind::Payment, since_last),
        (Listing::Disputes, Kind::Payment, since_last),
    ] {
        let mut after = None::<String>;
        for _ in 0..PAGES {
            let page = app.gateway.list(listing, since, after.as_deref()).await.map_err(unanswered)?;
            asked += ask(app, kind, &page.ids, now).await?;
            after = page.after;
            if after.is_none() {
                break;
            }
        }
        whole &= after.is_none();
    }
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let disputed = orders::paid::disputed(&mut tx, DISPUTES).await?;
    tx.end().await?;
    asked += ask(app, Kind::Payment, &disputed, now).await?;
    if whole {
        move_mark(app, Mark::Reconciled, now).await?;
    }
    Ok(asked)
}

async fn ask(app: &App, kind: Kind, ids: &[String], now: Timestamp) -> Result<usize> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    for id in ids {
        tasks::ask(&mut tx, kind, id, None, now);
    }
    tx.commit().await?;
    Ok(ids.len())
}
