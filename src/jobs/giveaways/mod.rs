//! Sees giveaways through: announces them, keeps their cards, freezes and draws them, and sees to the prizes.
//!
//! Everything stands on rows: a turn reads a giveaway, acts in Discord or asks the beacon, and writes down what came of it where
//! the giveaway still stands as it was. So whoever dies in between loses nothing: what was posted is found again by its nonce or
//! its button, and a draw that is made again is the same.

mod again;
mod draw;
pub(super) mod milestones;
mod post;
mod prizes;
mod weigh;

use super::pace::Failures;
use crate::app::App;
use crate::db::Tx;
use crate::domain::giveaways::freezing::{self, Froze};
use crate::domain::giveaways::{Giveaway, State, Trouble, work};
use crate::kernel::{Actor, Error, Result as OurResult, System};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use weigh::Weighed;

/// How often to look for giveaways that are due.
const LOOK: Duration = Duration::from_millis(500);
/// How long a claimed giveaway belongs to its worker.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long one turn may take: less than the lease.
const PATIENCE: Duration = Duration::from_secs(50);
/// Giveaways that are seen to side by side.
const AT_ONCE: usize = 8;
/// Steps of one giveaway in one turn.
const STEPS: usize = 12;
/// How long turns under way may go on after the shutdown.
const GRACE: Duration = Duration::from_secs(3);

/// Why a turn did not come to its end.
enum Undone {
    /// It may work later; its channel may be at fault.
    Later(Option<Trouble>),
    /// A fault of ours, or the database's.
    Fault(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

type Result<T> = std::result::Result<T, Undone>;

/// Runs until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    let begun = app.clock.now();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let mut failures = Failures::new("giveaways");
    while !stop.is_cancelled() {
        if let Err(error) = again::begin_due(&app).await {
            tracing::warn!(%error, "giveaways that come back could not be made; they are when they can be");
        }
        let wait = match claim(&app, room.available_permits()).await {
            Ok(claimed) => {
                failures.over();
                for giveaway in claimed {
                    // Only this loop takes room, so there is as much as was counted.
                    let Ok(place) = room.clone().try_acquire_owned() else { break };
                    let app = app.clone();
                    running.spawn(async move {
                        turn(&app, giveaway, begun).await;
                        drop(place);
                    });
                }
                LOOK
            }
            Err(error) => failures.seen(&error).max(LOOK),
        };
        tokio::select! {
            () = stop.cancelled() => break,
            Some(ended) = running.join_next() => report(ended),
            () = tokio::time::sleep(wait) => {}
        }
    }
    let all = async {
        while let Some(ended) = running.join_next().await {
            report(ended);
        }
    };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        tracing::warn!("giveaways did not come to the end of their turns; their leases bring them back");
    }
}

fn report(ended: std::result::Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a giveaway's turn ended by a fault of ours");
    }
}

async fn claim(app: &App, room: usize) -> OurResult<Vec<Giveaway>> {
    if room == 0 {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let time = (now, now.checked_add(LEASE).unwrap_or(now));
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let claimed = work::claim(&mut tx, time, i64::try_from(room).unwrap_or(1)).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Begins a transaction in which a giveaway may change.
async fn begin(app: &App, giveaway: &Giveaway) -> OurResult<Tx> {
    app.db.begin(&Actor::system_in(System::Payments, giveaway.guild)).await
}

/// Changes a giveaway that still stands as it was seen.
async fn change(app: &App, seen: &Giveaway, change: impl FnOnce(&mut Giveaway) + Send) -> OurResult<Option<Giveaway>> {
    let mut tx = begin(app, seen).await?;
    let changed = work::change(&mut tx, seen, app.clock.now(), change).await?;
    tx.commit().await?;
    Ok(changed)
}

/// One turn: as many steps as there are to take now. Since `begun` somebody looks.
async fn turn(app: &App, giveaway: Giveaway, begun: Timestamp) {
    let first = giveaway.clone();
    let steps = async {
        let mut giveaway = giveaway;
        for _ in 0..STEPS {
            match step(app, &giveaway, begun).await {
                Ok(Some(next)) => giveaway = next,
                Ok(None) => return Ok(()),
                Err(undone) => return Err((giveaway, undone)),
            }
        }
        Ok(())
    };
    let late = Err((first.clone(), Undone::Later(None)));
    let done = tokio::time::timeout(PATIENCE, steps).await.unwrap_or(late);
    let written = match done {
        Ok(()) => give_back(app, &first).await,
        Err((giveaway, undone)) => put_off(app, &giveaway, undone).await,
    };
    if let Err(error) = written {
        // Its lease ends by itself.
        tracing::warn!(guild = %first.guild, giveaway = first.number, %error, "what became of a giveaway's turn is not written down");
    }
}

async fn give_back(app: &App, giveaway: &Giveaway) -> OurResult<()> {
    let mut tx = begin(app, giveaway).await?;
    work::release(&mut tx, giveaway);
    tx.commit().await
}

async fn put_off(app: &App, giveaway: &Giveaway, undone: Undone) -> OurResult<()> {
    let trouble = match undone {
        Undone::Later(trouble) => trouble,
        Undone::Fault(error) => {
            tracing::error!(guild = %giveaway.guild, giveaway = giveaway.number, %error, "a giveaway could not go on");
            None
        }
    };
    let mut tx = begin(app, giveaway).await?;
    work::put_off(&mut tx, giveaway, trouble, app.clock.now()).await?;
    work::release(&mut tx, giveaway);
    tx.commit().await?;
    // Of one that was called off nothing is left to be done.
    let told = giveaway.state == State::Cancelled;
    if let Some(trouble) =
        trouble.filter(|trouble| !told && (giveaway.trouble != Some(*trouble) || !giveaway.trouble_told))
        && post::tell_staff_of(app, giveaway, trouble).await?
    {
        let mut tx = begin(app, giveaway).await?;
        work::trouble_told(&mut tx, giveaway, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes the next step; gives the giveaway as it then stands where there may be more to do.
async fn step(app: &App, giveaway: &Giveaway, begun: Timestamp) -> Result<Option<Giveaway>> {
    let now = app.clock.now();
    match giveaway.state {
        State::Scheduled if giveaway.ends_at <= now => {
            Ok(change(app, giveaway, |giveaway| work::move_whole(giveaway, now)).await?)
        }
        State::Scheduled if !giveaway.is_announced() => post::terms(app, giveaway).await,
        State::Scheduled => {
            let next = work::next_look(giveaway, now);
            post::card(app, giveaway, Some(next)).await?;
            Ok(None)
        }
        State::Open if giveaway.ends_at <= now => match weigh::step(app, giveaway).await {
            Ok(Weighed::All) => freeze(app, giveaway).await,
            Ok(Weighed::Some(then)) => Ok(then.map(|then| *then)),
            Err(Undone::Later(_)) => draw::wait(app, giveaway, draw::For::Members).await,
            Err(fault) => Err(fault),
        },
        State::Open if !giveaway.is_announced() => post::terms(app, giveaway).await,
        State::Open => {
            let next = work::next_look(giveaway, now);
            post::card(app, giveaway, Some(next)).await?;
            Ok(None)
        }
        State::Paused | State::Cancelled => {
            post::last_card(app, giveaway).await?;
            Ok(None)
        }
        State::Drawing => draw::step(app, giveaway).await,
        State::Drawn => prizes::step(app, giveaway, begun).await,
        State::Done => prizes::end(app, giveaway, begun).await.map(|()| None),
    }
}

async fn freeze(app: &App, giveaway: &Giveaway) -> Result<Option<Giveaway>> {
    let mut tx = begin(app, giveaway).await?;
    let froze = freezing::freeze(&mut tx, giveaway, app.clock.now()).await?;
    tx.commit().await?;
    match froze {
        Froze::Frozen(giveaway) | Froze::Nobody(giveaway) => Ok(Some(*giveaway)),
        Froze::Moved(giveaway) => {
            tracing::info!(guild = %giveaway.guild, giveaway = giveaway.number, "a giveaway's end was moved: its round was missed");
            Ok(Some(*giveaway))
        }
        Froze::Nothing => Ok(None),
    }
}
