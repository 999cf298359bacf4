//! What Shellia does by herself: she follows the events of each Maxis, posts what channels follow, watches how each is, posts the recap
//! of the week, finds out what became of orders whose answer was lost, and has the cards of plans show what was decided elsewhere.
//!
//! Each Maxis has loops of its own: one that is down holds up no other.

mod cards;
mod follow;
mod notice;
mod orders;
mod watch;
mod weekly;

pub use watch::{LATE, PACE};

use super::GRACE;
use super::pace::Loops;
use crate::app::App;
use crate::kernel::ChannelId;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Runs the loops of every Maxis until `shutdown`, watching it each `pace`; returns how many did not stop in time.
pub async fn run(app: Arc<App>, pace: Duration, shutdown: CancellationToken) -> usize {
    let mut loops = Loops::default();
    for (at, _) in app.pilot.peers().iter().enumerate() {
        let (of, stop) = (app.clone(), shutdown.clone());
        loops.start("events", shutdown.clone(), move || follow::run(of.clone(), at, stop.clone()));
        let (of, stop) = (app.clone(), shutdown.clone());
        loops.start("orders", shutdown.clone(), move || orders::run(of.clone(), at, stop.clone()));
        let (of, stop) = (app.clone(), shutdown.clone());
        loops.start("watch", shutdown.clone(), move || watch::run(of.clone(), at, pace, stop.clone()));
        let (of, stop) = (app.clone(), shutdown.clone());
        loops.start("recap", shutdown.clone(), move || weekly::run(of.clone(), at, pace, stop.clone()));
    }
    shutdown.cancelled().await;
    let left = loops.stopped_within(GRACE).await;
    app.pilot.save().await;
    left
}

/// The nonce of a post: the same for the same news in the same channel, so that Discord takes a repeat for the first.
fn nonce(maxis: &str, news: &str, channel: ChannelId) -> String {
    let digest = Sha256::digest(format!("{maxis}\n{news}\n{channel}"));
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
