//! The worker of the payment provider's tasks: claims, asks the provider outside any transaction, writes down what it found.
//!
//! It is also what a person who waits runs for one object ([`look`]). Whatever the reason to look, the same few lines make our
//! rows agree with the provider's word, so a lost or repeated event makes no difference.

mod asked;

use super::backoff;
use super::pace::Failures;
use crate::app::App;
use crate::db::Tx;
use crate::domain::payments::tasks::{self, Claimed, Kind};
use crate::domain::payments::{Refused, SessionStatus};
use crate::domain::shop::orders::{paid, refunds, settle};
use crate::domain::shop::{SubscriptionState, endings, reclaims, subscriptions};
use crate::kernel::{Actor, GuildId, Result, System};
use asked::{Found, ask};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a claimed task belongs to its worker: longer than all calls that one task makes may take together.
const LEASE: SignedDuration = SignedDuration::from_secs(90);
/// How long the calls of one task may take.
const PATIENCE: Duration = Duration::from_secs(75);
/// Tasks worked on side by side: far below what the provider allows (Stripe, "Rate limits": 100 a second).
const AT_ONCE: usize = 8;
/// How often to look without being woken.
const POLL: Duration = Duration::from_secs(1);
/// How long tasks under way may go on after the shutdown.
const GRACE: Duration = Duration::from_secs(3);
/// How often a task whose outcome is not known is tried: for some six hours. A refund and a credit to set back are tried for ever, and staff are told.
const ATTEMPTS: u32 = 40;

/// Runs until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    if !app.gateway.is_on() {
        stop.cancelled().await;
        return;
    }
    let asked = app.db.payments_asked();
    let mut running = JoinSet::new();
    let mut failures = Failures::new("payments");
    loop {
        // Registered before looking: what is asked for from here on wakes us.
        let woken = asked.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        let wait = match claim(&app, AT_ONCE.saturating_sub(running.len())).await {
            Ok(claimed) => {
                failures.over();
                for task in claimed {
                    let app = app.clone();
                    running.spawn(async move { handle(&app, &task).await });
                }
                POLL
            }
            Err(error) => failures.seen(&error),
        };
        tokio::select! {
            () = stop.cancelled() => break,
            Some(ended) = running.join_next() => report(ended),
            () = &mut woken, if failures.none() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    let all = async {
        while let Some(ended) = running.join_next().await {
            report(ended);
        }
    };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        tracing::warn!(left = running.len(), "payment tasks did not end in time; their leases bring them back");
    }
}

fn report(ended: std::result::Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a payment task ended by a fault of ours");
    }
}

async fn claim(app: &App, room: usize) -> Result<Vec<Claimed>> {
    let limit = i64::try_from(room).unwrap_or(0);
    if limit == 0 {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let claimed = tasks::claim(&mut tx, (now, lease(now)), limit).await?;
    tx.commit().await?;
    Ok(claimed)
}

fn lease(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(now)
}

/// Looks at one object now, for a person who waits; `false` when another worker is at it or the provider can't be asked.
///
/// # Errors
/// As the database.
pub async fn look(app: &App, kind: Kind, object: &str, guild: GuildId) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let claimed = tasks::claim_one(&mut tx, (kind, object), guild, (now, lease(now))).await?;
    if claimed.is_none() {
        // Who is at it may have looked before what we know of happened.
        tasks::ask(&mut tx, kind, object, Some(guild), now);
    }
    tx.commit().await?;
    match claimed {
        Some(task) => carry_out(app, &task).await,
        None => Ok(false),
    }
}

async fn handle(app: &App, task: &Claimed) {
    if let Err(error) = carry_out(app, task).await {
        tracing::warn!(task = task.id, kind = task.kind.as_str(), %error, "what a payment task found could not be written down");
    }
}

/// Carries out a claimed task; tells whether it came to its end. What could not be written down is asked for again soon.
async fn carry_out(app: &App, task: &Claimed) -> Result<bool> {
    let outcome = try_carry_out(app, task).await;
    if outcome.is_err()
        && let Err(error) = give_back(app, task).await
    {
        // The lease ends by itself, and the same question is asked again.
        tracing::warn!(task = task.id, %error, "a payment task could not be given back");
    }
    outcome
}

/// Gives a task back whose transaction failed: nothing of it was kept, or all of it and then it is no longer ours.
async fn give_back(app: &App, task: &Claimed) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    put_off(&mut tx, task, "not_written", None, app.clock.now());
    tx.commit().await
}

async fn try_carry_out(app: &App, task: &Claimed) -> Result<bool> {
    let asked = tokio::time::timeout(PATIENCE, ask(app, task)).await;
    let found = match asked {
        Ok(found) => found?,
        Err(_) => Err(Refused::Unknown),
    };
    let actor = match task.guild {
        Some(guild) => Actor::system_in(System::Payments, guild),
        None => Actor::system(System::Payments),
    };
    let mut tx = app.db.begin(&actor).await?;
    let now = app.clock.now();
    let ended = match found {
        Ok(found) => {
            // Before what was found is written: a worker whose lease was lost writes nothing.
            let (outcome, done) = match apply(app, &mut tx, task, found, now).await? {
                Applied::Done(word) => (word, true),
                Applied::Again(word) => (word, false),
            };
            if done {
                tasks::finish(&mut tx, task, outcome, now).await?;
                true
            } else if task.kind == Kind::Cancel && task.attempts >= ATTEMPTS {
                tracing::error!(task = task.id, outcome, "the payment provider does not end a subscription");
                give_up(&mut tx, task, outcome, now).await?;
                true
            } else {
                put_off(&mut tx, task, outcome, None, now);
                false
            }
        }
        Err(refused) => refuse(&mut tx, task, &refused, now).await?,
    };
    tx.commit().await?;
    Ok(ended)
}

enum Applied {
    Done(&'static str),
    Again(&'static str),
}

/// Makes our rows agree with what the provider said.
async fn apply(app: &App, tx: &mut Tx, task: &Claimed, found: Found, now: Timestamp) -> Result<Applied> {
    Ok(Applied::Done(match found {
        Found::Session(view, left) => {
            let open = view.status == SessionStatus::Open;
            let outcome = settle::session(tx, &view, left, now).await?;
            if task.kind == Kind::Expire && open {
                return Ok(Applied::Again("still_open"));
            }
            outcome
        }
        Found::Subscription(view, invoices) => {
            let outcome = subscriptions::settle(tx, &view, &invoices, &app.shop, now).await?;
            let runs = SubscriptionState::from_word(&view.state).is_some_and(|state| !state.is_over());
            if task.kind == Kind::Cancel && runs {
                return Ok(Applied::Again("still_running"));
            }
            outcome
        }
        Found::Payment(view, of) => {
            if let Some(Found::Subscription(of, invoices)) = of.map(|of| *of) {
                subscriptions::settle(tx, &of, &invoices, &app.shop, now).await?;
                tx.flush().await?;
            }
            paid::payment(tx, &view, now).await?
        }
        Found::Refund(to_send, outcome) => {
            refunds::sent(tx, &to_send, outcome.as_ref().map_err(String::as_str), now).await?;
            "sent"
        }
        Found::Unsent(to_send) => {
            refunds::send_anew(tx, &to_send, now);
            if task.attempts == ATTEMPTS {
                refunds::is_late(tx, &to_send, now);
            }
            return Ok(Applied::Again("fault"));
        }
        Found::Reclaim(to_send, outcome) => {
            reclaims::sent(tx, &to_send, outcome.as_ref().copied().map_err(String::as_str), now);
            "sent"
        }
        Found::Unclaimed(to_send) => {
            reclaims::send_anew(tx, &to_send, now);
            if task.attempts == ATTEMPTS {
                reclaims::is_late(tx, &to_send, now);
            }
            return Ok(Applied::Again("fault"));
        }
        Found::Nothing => "nothing_to_do",
    }))
}

/// The provider did not do what was asked; tells whether that is the end of it.
async fn refuse(tx: &mut Tx, task: &Claimed, refused: &Refused, now: Timestamp) -> Result<bool> {
    let (why, after) = match refused {
        Refused::Unknown => ("unknown", None),
        Refused::Fault => ("fault", None),
        Refused::Later(after) => ("later", *after),
        Refused::Off => ("off", None),
        Refused::Missing => return tasks::finish(tx, task, "missing", now).await.map(|()| true),
        Refused::No(code) | Refused::Card(code) => {
            tracing::warn!(task = task.id, kind = task.kind.as_str(), code, "the payment provider refused a task");
            return give_up(tx, task, "refused", now).await.map(|()| true);
        }
        Refused::Strange(what) => {
            tracing::error!(
                task = task.id,
                kind = task.kind.as_str(),
                what,
                "the payment provider's answer can't be read"
            );
            ("strange", None)
        }
    };
    if task.kind == Kind::Refund {
        // Nobody else gives this money back.
        if task.attempts == ATTEMPTS
            && let Some(to_send) = refunds::to_send(tx, &task.object).await?
        {
            refunds::is_late(tx, &to_send, now);
        }
    } else if task.kind == Kind::Reclaim {
        if task.attempts == ATTEMPTS
            && let Some(to_send) = reclaims::to_send(tx, &task.object).await?
        {
            reclaims::is_late(tx, &to_send, now);
        }
    } else if task.attempts >= ATTEMPTS {
        tracing::error!(task = task.id, kind = task.kind.as_str(), why, "a payment task was given up");
        return give_up(tx, task, why, now).await.map(|()| true);
    }
    put_off(tx, task, why, after, now);
    Ok(false)
}

/// Gives a task up; where it was to end a subscription, staff are told, because it charges on.
async fn give_up(tx: &mut Tx, task: &Claimed, why: &'static str, now: Timestamp) -> Result<()> {
    tasks::give_up(tx, task, why, now).await?;
    if task.kind == Kind::Cancel { endings::failed(tx, &task.object, now).await } else { Ok(()) }
}

fn put_off(tx: &mut Tx, task: &Claimed, why: &'static str, after: Option<Duration>, now: Timestamp) {
    let wait = backoff::wait(task.attempts, after, rand::random());
    let due = SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now);
    tasks::retry(tx, task, why, due);
}

/// Works off every task that is due, until none is; for tests and for a start after an outage. Tells how many were claimed.
///
/// # Errors
/// As the database.
pub async fn work_off(app: &App) -> Result<usize> {
    let mut worked = 0;
    loop {
        let claimed = claim(app, AT_ONCE).await?;
        if claimed.is_empty() {
            return Ok(worked);
        }
        worked += claimed.len();
        for task in &claimed {
            handle(app, task).await;
        }
    }
}
