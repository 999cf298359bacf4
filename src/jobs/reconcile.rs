//! Rebuilds what Discord should show: tickets without a card, or with one that shows an older state, get one.
//!
//! A notice that is pending does that anyway; this is for what was given up, lost, or is in another channel than now.

use super::pace;
use crate::app::App;
use crate::domain::notifications::{self, Kind, Notice, projection};
use crate::kernel::{Actor, Result, System};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const LOOK: Duration = Duration::from_secs(10 * 60);
/// Cards asked for at once: more would crowd out notices to people.
const BATCH: i64 = 200;

/// Looks at the start and every ten minutes until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    pace::every("reconcile", LOOK, &stop, || rebuild(&app, None)).await;
}

/// Has every card built again that is missing, or that was posted before `lost`.
///
/// # Errors
/// As [`crate::db::Tx::load`].
pub async fn rebuild(app: &App, lost: Option<Timestamp>) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Schedule)).await?;
    let missing = projection::missing(&mut tx, now, lost, BATCH).await?;
    for (guild, ticket) in &missing {
        let notice = Notice { guild: *guild, kind: Kind::Card, ticket: *ticket, message: None, recipient: None };
        notifications::queue(&mut tx, notice, now);
    }
    tx.commit().await?;
    if !missing.is_empty() {
        tracing::info!(cards = missing.len(), "cards are built again");
    }
    Ok(false)
}
