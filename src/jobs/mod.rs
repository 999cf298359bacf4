//! What the program does by itself: delivers the outbox, acts when due times come, rebuilds what is missing.
//!
//! Each loop may run in several processes at once. No call to the outside is made while a transaction is open.

mod backoff;
mod deliver;
mod giveaways;
pub mod janitor;
mod outbox;
mod pace;
pub mod payments;
pub mod pilot;
pub mod privacy;
mod reconcile;
mod removal;
pub mod roles;
mod schedule;
mod shop;

pub use reconcile::rebuild;

use crate::app::App;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pace::Loops;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long the loops have to stop.
const GRACE: Duration = Duration::from_millis(2500);

/// A loop that runs until it is told to stop.
type Job = fn(Arc<App>, CancellationToken) -> BoxFuture<'static, ()>;

const JOBS: [(&str, Job); 12] = [
    ("outbox", |app, stop| outbox::run(app, stop).boxed()),
    ("janitor", |app, stop| janitor::run(app, stop).boxed()),
    ("shop", |app, stop| janitor::due(app, stop).boxed()),
    ("news", |app, stop| roles::news(app, stop).boxed()),
    ("roles", |app, stop| roles::walk(app, stop).boxed()),
    ("payments", |app, stop| payments::run(app, stop).boxed()),
    ("giveaways", |app, stop| giveaways::run(app, stop).boxed()),
    ("milestones", |app, stop| giveaways::milestones::run(app, stop).boxed()),
    ("privacy", |app, stop| privacy::run(app, stop).boxed()),
    ("schedule", |app, stop| schedule::run(app, stop).boxed()),
    ("sweep", |app, stop| schedule::sweep(app, stop).boxed()),
    ("reconcile", |app, stop| reconcile::run(app, stop).boxed()),
];

/// Runs every loop until `shutdown`; returns how many loops did not stop in time.
///
/// What they were doing then is safe: a claim ends with its lease, and a repeated delivery is recognised.
pub async fn run(app: Arc<App>, shutdown: CancellationToken) -> usize {
    let mut loops = Loops::default();
    for (name, job) in JOBS {
        let (app, stop) = (app.clone(), shutdown.clone());
        loops.start(name, shutdown.clone(), move || job(app.clone(), stop.clone()));
    }
    shutdown.cancelled().await;
    loops.stopped_within(GRACE).await
}
