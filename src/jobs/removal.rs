//! Deletes a message that is to go, and writes down what became of that. A repeat finds the message gone, which is as good.

use super::backoff;
use crate::app::App;
use crate::domain::notifications::removal::Removal;
use crate::domain::notifications::{self, Outcome, Undelivered};
use crate::kernel::{Actor, Result, System};
use jiff::SignedDuration;
use std::time::Duration;

/// How long one attempt may take: less than the lease.
const PATIENCE: Duration = Duration::from_secs(50);

/// Deletes a claimed message.
pub(super) async fn handle(app: &App, removal: Removal) {
    let place = removal.place;
    let tried = tokio::time::timeout(PATIENCE, app.courier.remove(place.channel, place.message, removal.asked)).await;
    let written = match tried.unwrap_or(Err(Undelivered::Later(None))) {
        Ok(()) | Err(Undelivered::Gone) => end(app, removal, Outcome::Removed).await,
        Err(Undelivered::Later(after)) => again(app, removal, after).await,
        // It stays: only those who set the bot's permissions can change that, and may want it so.
        Err(Undelivered::NoAccess | Undelivered::NoPermission) => end(app, removal, Outcome::Stays).await,
        Err(refusal @ (Undelivered::DmShut | Undelivered::Refused(_) | Undelivered::TooLarge)) => {
            tracing::error!(notice = removal.id, %refusal, "Discord refused to delete a message");
            end(app, removal, Outcome::Failed("refused")).await
        }
    };
    if let Err(error) = written {
        // The lease ends by itself, and the message is found gone.
        tracing::warn!(notice = removal.id, %error, "what became of a removal could not be written down");
    }
}

async fn end(app: &App, removal: Removal, outcome: Outcome) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    notifications::finish(&mut tx, removal.id, outcome, app.clock.now());
    tx.commit().await
}

async fn again(app: &App, removal: Removal, after: Option<Duration>) -> Result<()> {
    let (now, attempts) = (app.clock.now(), removal.attempts);
    if backoff::is_hopeless(attempts, false, removal.created_at, now) {
        tracing::warn!(notice = removal.id, attempts, "a removal was given up");
        return end(app, removal, Outcome::Failed("later")).await;
    }
    let wait = backoff::wait(attempts, after, rand::random());
    let due = SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now);
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    notifications::retry(&mut tx, removal.id, due, "later");
    tx.commit().await
}
