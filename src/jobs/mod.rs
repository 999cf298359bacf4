//! What the program does by itself: delivers the outbox, acts when due times come, rebuilds what is missing.
//!
//! Each loop may run in several processes at once. No call to the outside is made while a transaction is open.

mod backoff;
mod deliver;
mod outbox;
mod pace;
mod reconcile;
mod schedule;

use crate::app::App;
use pace::Loops;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long the loops have to stop.
const GRACE: Duration = Duration::from_secs(4);

/// Runs every loop until `shutdown`; returns how many loops did not stop in time.
///
/// What they were doing then is safe: a claim ends with its lease, and a repeated delivery is recognised.
pub async fn run(app: Arc<App>, shutdown: CancellationToken) -> usize {
    let mut loops = Loops::default();
    loops.start("outbox", outbox::run(app.clone(), shutdown.clone()));
    loops.start("schedule", schedule::run(app.clone(), shutdown.clone()));
    loops.start("sweep", schedule::sweep(app.clone(), shutdown.clone()));
    loops.start("reconcile", reconcile::run(app, shutdown.clone()));
    shutdown.cancelled().await;
    loops.stopped_within(GRACE).await
}
