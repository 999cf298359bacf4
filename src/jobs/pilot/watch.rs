//! Watches how one Maxis is and tells of changes in the channels that follow that.

use super::follow::settle;
use super::{nonce, notice};
use crate::app::App;
use crate::control::{self, Asker, Failed, State, Status};
use crate::domain::notifications::Undelivered;
use crate::jobs::pace::sleep;
use crate::pilot::{Alert, Level, Piloted, Reading, Topic, Why};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How often a Maxis is asked how it is.
pub const PACE: Duration = Duration::from_secs(30);
/// From how long an answer on is late.
pub const LATE: Duration = Duration::from_secs(3);
/// How often readings without a change are written down.
const NOTED: Duration = Duration::from_secs(5 * 60);

/// Runs until `stop`, asking each `pace`.
pub(super) async fn run(app: Arc<App>, at: usize, pace: Duration, stop: CancellationToken) {
    let Some(maxis) = app.pilot.peers().get(at).cloned() else { return };
    let mut noted = Instant::now();
    while !stop.is_cancelled() {
        let began = Instant::now();
        let asked = tokio::select! {
            asked = control::status(&*maxis.peer, Asker::watch()) => asked,
            () = stop.cancelled() => return,
        };
        let Some((level, why)) = judge(asked, began.elapsed()) else { return stop.cancelled().await };
        let reading = Reading { level, why, at: app.clock.now() };
        let changed = app.pilot.change(&maxis.name, |kept| {
            let change = kept.watched.read(reading)?;
            let (now, channels) = (change.now, kept.followers(None, Topic::Outage));
            let at = reading.at;
            kept.alert(Alert { at, level, why, since: now.since, away_s: change.away_s, channels });
            Some(now)
        });
        if let Some(now) = changed {
            tracing::info!(maxis = maxis.name, level = ?now.level, why = ?now.why, "how it is has changed");
        }
        let posted = post(&app, &maxis).await;
        if changed.is_some() || posted || noted.elapsed() >= NOTED {
            app.pilot.save().await;
            noted = Instant::now();
        }
        if !sleep(pace.saturating_sub(began.elapsed()), &stop).await {
            return;
        }
    }
}

/// What an answer says; none: no Maxis is set.
fn judge(asked: Result<Status, Failed>, took: Duration) -> Option<(Level, Option<Why>)> {
    match asked {
        Ok(status) => Some(match status.state {
            State::Up if took < LATE => (Level::Up, None),
            State::Up => (Level::Degraded, Some(Why::Late)),
            State::Degraded if !status.database.ok => (Level::Degraded, Some(Why::Database)),
            State::Degraded => (Level::Degraded, Some(Why::Discord)),
        }),
        Err(Failed::Unreached(why)) => Why::of(why).map(|why| (Level::Down, Some(why))),
        // It answers, though not this: another version.
        Err(Failed::Denied(_)) => Some((Level::Down, Some(Why::Absent))),
    }
}

/// Posts what waits, in order; what can't be posted yet waits for the next time. Tells whether anything was.
async fn post(app: &App, maxis: &Piloted) -> bool {
    let name = (app.pilot.peers().len() > 1).then_some(maxis.name.as_str());
    let mut any = false;
    let waiting = app.pilot.kept(&maxis.name).alerts;
    for alert in waiting {
        for (channel, locale) in &alert.channels {
            let reply = notice::alert(&app.words.speak(*locale), name, &alert);
            let nonce = nonce(&maxis.name, &format!("alert {}", alert.at), *channel);
            let outcome = app.courier.post(*channel, &reply, &nonce).await;
            if matches!(outcome, Err(Undelivered::Later(_))) {
                return any;
            }
            settle(app, maxis, *channel, outcome.err());
            any = true;
            app.pilot.change(&maxis.name, |kept| {
                for one in kept.alerts.iter_mut().filter(|one| one.at == alert.at) {
                    one.channels.retain(|(other, _)| other != channel);
                }
                kept.alerts.retain(|one| !one.channels.is_empty());
            });
        }
    }
    any
}
