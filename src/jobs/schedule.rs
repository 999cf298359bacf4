//! Acts when due times have come, and removes what is past its time.
//!
//! Due times stand on rows, so a restart loses none; a row is due for one process only (`skip locked`), so several may run.

use super::pace;
use crate::app::App;
use crate::domain::shop::orders;
use crate::domain::{notifications, payments, promotions, tickets};
use crate::kernel::{Actor, Result, System};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often due times are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often old rows are looked for.
const SWEEP: Duration = Duration::from_secs(10 * 60);
/// Rows in one short transaction.
const BATCH: i64 = 100;

/// Acts on due tickets until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    pace::every("schedule", LOOK, &stop, || due(&app)).await;
}

/// Removes old rows until `stop`.
pub(super) async fn sweep(app: Arc<App>, stop: CancellationToken) {
    pace::every("sweep", SWEEP, &stop, || clean(&app)).await;
}

/// Handles a batch of each kind; tells whether a batch was full.
async fn due(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
    let reminded = tickets::schedule::remind(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
    let breached = tickets::schedule::breach(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
    let closed = tickets::schedule::close_idle(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let promoted = promotions::schedule::run(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let left = orders::left::remind(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    if !promoted.is_nothing() {
        let promotions::schedule::Done { begun, ended, gone, credited } = promoted;
        tracing::info!(begun, ended, gone, credited, "promotions began or ended");
    }
    if reminded + breached + closed + left > 0 {
        tracing::info!(reminded, breached, closed, checkouts_left = left, "due times came");
    }
    Ok([reminded, breached, closed, promoted.most(), left].into_iter().any(is_full))
}

async fn clean(app: &App) -> Result<bool> {
    let now = app.clock.now();
    app.limits.sweep();
    let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
    let swept = notifications::sweep(&mut tx, now, BATCH).await?;
    tx.commit().await?;
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let merged = payments::sums::merge(&mut tx, BATCH).await?;
    tx.commit().await?;
    let retained = super::privacy::retain(app).await?;
    let mut expired = 0;
    if app.tickets.attachment_days > 0 {
        let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
        expired = tickets::files::expire(&mut tx, &app.tickets, now, BATCH).await?;
        tx.commit().await?;
    }
    if expired > 0 || !swept.is_nothing() {
        tracing::info!(
            answers = swept.answers,
            notices = swept.notices,
            files = expired,
            "removed what is past its time"
        );
    }
    Ok(!swept.is_nothing() || retained || is_full(expired) || is_full(merged))
}

fn is_full(count: usize) -> bool {
    i64::try_from(count).is_ok_and(|count| count >= BATCH)
}
