//! Copies the bytes of attachments, whose addresses at Discord expire within a day.
//!
//! Type and size as Discord stated them, and the member's quota, were checked when the message was written; here counts what
//! really arrives.

use super::{Result, Undone};
use crate::app::App;
use crate::domain::notifications::{self, Claimed, Kind, Notice, Outcome, Undelivered};
use crate::domain::tickets::files::{self, PendingFile};
use crate::kernel::{Actor, Result as OurResult, System};
use futures_util::{StreamExt, stream};

/// How many files of a message are fetched side by side, so that one that hangs doesn't hold up the others.
const SIDE_BY_SIDE: usize = 2;

/// What became of a file.
enum Copied {
    Stored,
    Lost,
    Undone(Undone),
}

pub(super) async fn deliver(app: &App, claimed: &Claimed) -> Result {
    let mut pending = pending(app, claimed).await?;
    // What hung at the last try may hang again: each try begins with another file.
    let tries = usize::try_from(claimed.attempts).unwrap_or(0);
    if let Some(first) = tries.checked_rem(pending.len()) {
        pending.rotate_left(first);
    }
    let (mut lost, mut undone) = (false, None);
    let mut copies =
        stream::iter(pending.into_iter().map(|file| copy(app, claimed, file))).buffer_unordered(SIDE_BY_SIDE);
    while let Some(copied) = copies.next().await {
        match copied? {
            Copied::Stored => {}
            Copied::Lost => lost = true,
            Copied::Undone(later) => undone = Some(later),
        }
    }
    match (undone, lost) {
        (Some(undone), _) => Err(undone),
        (None, true) => Ok(Outcome::Failed("file_lost").into()),
        (None, false) => Ok(Outcome::Stored.into()),
    }
}

async fn copy(app: &App, claimed: &Claimed, file: PendingFile) -> OurResult<Copied> {
    match app.courier.fetch(&file.source_url, app.tickets.attachment_max_bytes).await {
        Ok(bytes) => settle(app, claimed, file.id, Some(bytes)).await?,
        Err(Undelivered::Later(after)) => return Ok(Copied::Undone(Undone::later("later", after))),
        Err(refusal) => {
            tracing::info!(notice = claimed.id, %refusal, "an attachment could not be copied");
            settle(app, claimed, file.id, None).await?;
            return Ok(Copied::Lost);
        }
    }
    Ok(Copied::Stored)
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
    // The card says which files are being copied.
    let card = Notice { kind: Kind::Card, message: None, recipient: None, ..notice };
    notifications::queue(&mut tx, card, app.clock.now());
    tx.commit().await
}
