//! Copies the bytes of attachments, whose addresses at Discord expire within a day.
//!
//! Type and size as Discord stated them, and the member's quota, were checked when the message was written; here counts what
//! really arrives.

use super::{Result, Undone};
use crate::app::App;
use crate::domain::notifications::{Claimed, Outcome, Undelivered};
use crate::domain::tickets::files::{self, PendingFile};
use crate::kernel::{Actor, Result as OurResult, System};

pub(super) async fn deliver(app: &App, claimed: &Claimed) -> Result {
    let pending = pending(app, claimed).await?;
    let mut lost = false;
    let mut undone = None;
    for file in pending {
        match app.courier.fetch(&file.source_url, app.tickets.attachment_max_bytes).await {
            Ok(bytes) => settle(app, claimed, file.id, Some(bytes)).await?,
            Err(Undelivered::Later(after)) => undone = Some(Undone::later("later", after)),
            Err(refusal) => {
                tracing::info!(notice = claimed.id, %refusal, "an attachment could not be copied");
                settle(app, claimed, file.id, None).await?;
                lost = true;
            }
        }
    }
    match (undone, lost) {
        (Some(undone), _) => Err(undone),
        (None, true) => Ok(Outcome::Failed("file_lost").into()),
        (None, false) => Ok(Outcome::Stored.into()),
    }
}

/// Gives up the files that could not be fetched in time.
pub(in crate::jobs) async fn give_up(app: &App, claimed: &Claimed) -> OurResult<()> {
    for file in pending(app, claimed).await? {
        settle(app, claimed, file.id, None).await?;
    }
    Ok(())
}

async fn pending(app: &App, claimed: &Claimed) -> OurResult<Vec<PendingFile>> {
    let notice = claimed.notice;
    let Some(message) = notice.message else { return Ok(Vec::new()) };
    let mut tx = app.db.begin(&Actor::system_in(System::Outbox, notice.guild)).await?;
    let pending = files::pending(&mut tx, notice.guild, notice.ticket, message).await?;
    tx.commit().await?;
    Ok(pending)
}

async fn settle(app: &App, claimed: &Claimed, file: i64, bytes: Option<Vec<u8>>) -> OurResult<()> {
    let notice = claimed.notice;
    let Some(message) = notice.message else { return Ok(()) };
    let mut tx = app.db.begin(&Actor::system_in(System::Outbox, notice.guild)).await?;
    files::settle(&mut tx, notice.guild, notice.ticket, message, (file, bytes));
    tx.commit().await
}
