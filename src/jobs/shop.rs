//! Carries out one notice of the shop and writes down what became of it. A repeat is recognised by its nonce, or finds the roles
//! as they should be.

use super::backoff;
use super::deliver::{Undone, shop as delivery};
use crate::app::App;
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::{self, ClaimedNotice};
use crate::kernel::{Actor, Result, System};
use jiff::SignedDuration;
use std::time::Duration;

/// How long one attempt may take: less than the lease.
const PATIENCE: Duration = Duration::from_secs(50);

/// Carries out a claimed notice.
pub(super) async fn handle(app: &App, claimed: &ClaimedNotice) {
    let tried = tokio::time::timeout(PATIENCE, delivery::deliver(app, claimed)).await;
    let written = match tried.unwrap_or(Err(Undone::later("later", None))) {
        Ok(outcome) => end(app, claimed, outcome).await,
        Err(undone) => give_back(app, claimed, undone).await,
    };
    if let Err(error) = written {
        // The lease ends by itself and it is carried out again, which does no harm.
        tracing::warn!(notice = claimed.id, %error, "what became of a notice of the shop could not be written down");
    }
}

async fn end(app: &App, claimed: &ClaimedNotice, outcome: Outcome) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    shop::finish(&mut tx, claimed, outcome, app.clock.now());
    tx.commit().await
}

async fn give_back(app: &App, claimed: &ClaimedNotice, undone: Undone) -> Result<()> {
    let now = app.clock.now();
    let Undone { why, after, cause } = undone;
    let (notice, kind, attempts) = (claimed.id, claimed.notice.kind.as_str(), claimed.attempts);
    if backoff::is_hopeless(attempts, false, claimed.created_at, now) {
        tracing::warn!(notice, kind, attempts, why, "a notice of the shop was given up");
        return end(app, claimed, Outcome::Failed(why)).await;
    }
    match cause {
        Some(error) => tracing::warn!(notice, kind, attempts, %error, "a notice of the shop could not be prepared"),
        None => tracing::info!(notice, kind, attempts, why, "a notice of the shop is tried again later"),
    }
    let wait = backoff::wait(attempts, after, rand::random());
    let due = SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now);
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    shop::retry(&mut tx, claimed, due, why);
    tx.commit().await
}
