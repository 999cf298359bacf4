//! The outbox's worker: claims notices, has them delivered, and writes down what became of them.
//!
//! Claiming and finishing are two short transactions; the delivery lies between them. A worker that dies in between loses
//! nothing: its lease ends, another takes over, and the repeat is recognised by its nonce.

use super::backoff;
use super::deliver::{self, Delivered, Undone};
use super::pace::Failures;
use super::removal;
use super::shop as orders;
use crate::app::App;
use crate::domain::notifications::removal::{self as messages, Removal};
use crate::domain::notifications::shop::{self, ClaimedNotice};
use crate::domain::notifications::{self, Claimed, Kind, Notice, Outcome, ShopKind, calls, projection};
use crate::domain::tickets;
use crate::kernel::{Actor, Result, System};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a claimed notice belongs to its worker.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long one delivery may take: less than the lease, so that no two workers deliver the same notice.
const PATIENCE: Duration = Duration::from_secs(50);
/// What may wait without holding up the rest: a channel whose rate limit is reached, a slow download.
const LANES: [(&[Kind], usize); 3] = [
    (&[Kind::Reply, Kind::StateChange, Kind::Assigned, Kind::SlaReminder, Kind::SlaBreach], 8),
    (&[Kind::Card], 4),
    // Each may take the memory of the largest attachment.
    (&[Kind::Attachment], 2),
];
/// How many messages are deleted side by side.
const REMOVALS: usize = 4;
/// How many notices of the shop are told side by side.
const ORDERS: usize = 4;
/// How many people's roles are put right side by side.
const ROLES: usize = 4;
/// The notices of the shop that are told to somebody.
const TOLD: [ShopKind; 19] = [
    ShopKind::OrderDone,
    ShopKind::Gift,
    ShopKind::GiftState,
    ShopKind::OrderTrouble,
    ShopKind::Refunded,
    ShopKind::Disputed,
    ShopKind::CheckoutLeft,
    ShopKind::CheckoutClosed,
    ShopKind::RenewalFailed,
    ShopKind::TrialEnds,
    ShopKind::TrialPaid,
    ShopKind::PlanChanged,
    ShopKind::PlanBroken,
    ShopKind::AccessEnded,
    ShopKind::Granted,
    ShopKind::Sale,
    ShopKind::ShopAlert,
    ShopKind::PrivacyAsked,
    ShopKind::PrivacyTold,
];
/// How often to look without being woken: for other processes' notices and for due retries.
const POLL: Duration = Duration::from_secs(1);
/// How long deliveries under way may go on after the shutdown.
const GRACE: Duration = Duration::from_secs(3);

/// Notices that are delivered side by side.
struct Lane {
    kinds: &'static [Kind],
    room: Arc<Semaphore>,
}

/// What was claimed, each with its room.
enum Work {
    Notice(Claimed),
    Removal(Removal),
    Order(ClaimedNotice),
}

/// How much of each may go on side by side.
struct Rooms {
    lanes: [Lane; LANES.len()],
    removals: Arc<Semaphore>,
    orders: Arc<Semaphore>,
    roles: Arc<Semaphore>,
}

impl Rooms {
    fn new() -> Self {
        let room = |at_once| Arc::new(Semaphore::new(at_once));
        Self {
            lanes: LANES.map(|(kinds, at_once)| Lane { kinds, room: room(at_once) }),
            removals: room(REMOVALS),
            orders: room(ORDERS),
            roles: room(ROLES),
        }
    }
}

/// How many more may go on.
fn free(room: &Semaphore) -> i64 {
    i64::try_from(room.available_permits()).unwrap_or(0)
}

/// Gives each its room. Only the one loop takes room, so there is as much as was counted.
fn with_room<T>(
    claimed: Vec<T>,
    room: &Arc<Semaphore>,
    work: fn(T) -> Work,
) -> impl Iterator<Item = (Work, OwnedSemaphorePermit)> {
    claimed.into_iter().filter_map(move |one| Some((work(one), room.clone().try_acquire_owned().ok()?)))
}

/// Runs until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    let written = app.db.outbox_written();
    let rooms = Rooms::new();
    let mut running = JoinSet::new();
    let mut failures = Failures::new("outbox");
    loop {
        // Registered before looking: what is written from here on wakes us.
        let woken = written.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        let wait = match claim(&app, &rooms).await {
            Ok(claimed) => {
                failures.over();
                for (work, room) in claimed {
                    let app = app.clone();
                    running.spawn(async move {
                        match work {
                            Work::Notice(notice) => handle(&app, notice).await,
                            Work::Removal(removal) => removal::handle(&app, removal).await,
                            Work::Order(notice) => orders::handle(&app, &notice).await,
                        }
                        drop(room);
                    });
                }
                POLL
            }
            Err(error) => failures.seen(&error),
        };
        tokio::select! {
            () = stop.cancelled() => break,
            // A finished delivery makes room, and the next notice of its ticket may go, or what waits for its files.
            Some(ended) = running.join_next() => report(ended),
            () = &mut woken, if failures.none() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    finish_running(running).await;
}

/// Claims what there is room for.
async fn claim(app: &App, rooms: &Rooms) -> Result<Vec<(Work, OwnedSemaphorePermit)>> {
    let now = app.clock.now();
    let time = (now, now.checked_add(LEASE).unwrap_or(now));
    let mut all = Vec::new();
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    for lane in &rooms.lanes {
        if free(&lane.room) > 0 {
            let claimed = notifications::claim(&mut tx, lane.kinds, time, free(&lane.room)).await?;
            all.extend(with_room(claimed, &lane.room, Work::Notice));
        }
    }
    if free(&rooms.removals) > 0 {
        let claimed = messages::claim(&mut tx, time, free(&rooms.removals)).await?;
        all.extend(with_room(claimed, &rooms.removals, Work::Removal));
    }
    if free(&rooms.orders) > 0 {
        let claimed = shop::claim(&mut tx, &TOLD, time, free(&rooms.orders)).await?;
        all.extend(with_room(claimed, &rooms.orders, Work::Order));
    }
    if free(&rooms.roles) > 0 {
        let claimed = shop::claim_roles(&mut tx, time, free(&rooms.roles)).await?;
        all.extend(with_room(claimed, &rooms.roles, Work::Order));
    }
    tx.commit().await?;
    Ok(all)
}

/// Delivers one notice and writes down what became of it.
async fn handle(app: &App, claimed: Claimed) {
    let tried = tokio::time::timeout(PATIENCE, deliver::deliver(app, &claimed)).await;
    let tried = tried.unwrap_or(Err(Undone::later("later", None)));
    let written = match tried {
        Ok(delivered) => end(app, &claimed, delivered).await,
        Err(undone) => give_back(app, &claimed, undone).await,
    };
    if let Err(error) = written {
        // The lease ends by itself and the notice is delivered again, which its nonce makes harmless.
        tracing::warn!(notice = claimed.id, %error, "what became of a notice could not be written down");
    }
}

async fn end(app: &App, claimed: &Claimed, delivered: Delivered) -> Result<()> {
    let Delivered { outcome, card, call } = delivered;
    let notice = claimed.notice;
    let now = app.clock.now();
    // Only the schedule writes into the event log.
    let duty = if outcome == Outcome::Freed { System::Schedule } else { System::Outbox };
    let mut tx = app.db.begin(&Actor::system(duty)).await?;
    if let (Outcome::Freed, Some(agent)) = (outcome, notice.recipient) {
        tickets::leaving::trace(&mut tx, notice.guild, notice.ticket, agent, now);
    }
    if let Some(card) = card {
        projection::keep(&mut tx, notice.guild, notice.ticket, card.place, card.read_at);
        projection::finish(&mut tx, card.covered, outcome, now);
    }
    if let (Some(place), Some(called)) = (call, notice.recipient) {
        calls::keep(&mut tx, (notice.guild, notice.ticket), called, place, now);
    }
    notifications::finish(&mut tx, claimed.id, outcome, now);
    if staff_should_see(notice.kind, outcome) {
        let card = Notice { kind: Kind::Card, message: None, recipient: None, ..notice };
        notifications::queue(&mut tx, card, now);
    }
    tx.commit().await
}

/// Whether the card must show how this ended: the good ends are the rule and spare an edit.
const fn staff_should_see(kind: Kind, outcome: Outcome) -> bool {
    match (kind, outcome) {
        (Kind::Card, _) => false,
        (_, Outcome::Ping | Outcome::Freed | Outcome::Failed(_)) => true,
        (
            _,
            Outcome::Dm
            | Outcome::Channel
            | Outcome::Unneeded
            | Outcome::Stored
            | Outcome::Removed
            | Outcome::Stays
            | Outcome::DmShut
            | Outcome::Right
            | Outcome::Left,
        ) => false,
    }
}

async fn give_back(app: &App, claimed: &Claimed, undone: Undone) -> Result<()> {
    let now = app.clock.now();
    let Undone { why, after, cause } = undone;
    let kind = claimed.notice.kind;
    let (notice, attempts) = (claimed.id, claimed.attempts);
    if backoff::is_hopeless(attempts, kind == Kind::Card, claimed.created_at, now) {
        tracing::warn!(notice, kind = kind.as_str(), attempts, why, "a notice was given up");
        if kind == Kind::Attachment {
            deliver::give_up_files(app, claimed).await?;
        }
        return end(app, claimed, Outcome::Failed(why).into()).await;
    }
    if let Some(error) = cause {
        tracing::warn!(notice, kind = kind.as_str(), attempts, %error, "a notice could not be prepared");
    } else {
        tracing::info!(notice, kind = kind.as_str(), attempts, why, "a notice is tried again later");
    }
    let wait = backoff::wait(attempts, after, rand::random());
    let due = SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now);
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    notifications::retry(&mut tx, claimed.id, due, why);
    tx.commit().await
}

fn report(ended: std::result::Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a delivery ended by a fault of ours");
    }
}

/// Lets deliveries under way come to their end; counts those that don't.
async fn finish_running(mut running: JoinSet<()>) {
    let all = async {
        while let Some(ended) = running.join_next().await {
            report(ended);
        }
    };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        tracing::warn!(left = running.len(), "deliveries did not end in time; their leases bring them back");
    }
}
