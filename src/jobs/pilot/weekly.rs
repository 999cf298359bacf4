//! Posts the recap of each week in the channels that follow it, once a week, at the hour that is set, in the shop's time zone.
//!
//! It is asked for on behalf of who typed `maxis follow report`: once he is no operator any more, the channel is told so and follows it
//! no more. What was missed while either program was away is posted late, but for the last week alone.

use super::follow::settle;
use super::nonce;
use crate::app::App;
use crate::commands::weekly;
use crate::control::{self, Asker, Failed, Wanted, Why};
use crate::domain::analytics;
use crate::domain::notifications::Undelivered;
use crate::jobs::pace::sleep;
use crate::kernel::reply::Reply;
use crate::kernel::{ChannelId, GuildId};
use crate::pilot::{Due, Follow, Piloted, Topic, Weekly};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How long a shop's time zone is taken for what it was, where no recap is due by it.
const ZONE: Duration = Duration::from_secs(60 * 60);

/// The time zones of shops, and when they were asked for.
type Zones = HashMap<GuildId, (TimeZone, Instant)>;

/// Runs until `stop`, looking each `pace`.
pub(super) async fn run(app: Arc<App>, at: usize, pace: Duration, stop: CancellationToken) {
    let Some(maxis) = app.pilot.peers().get(at).cloned() else { return };
    let mut zones = Zones::new();
    while !stop.is_cancelled() {
        for (follow, kept) in app.pilot.change(&maxis.name, |kept| kept.reported()) {
            // A post under way is waited for: what became of it must be known.
            if let Err(failed) = see_to(&app, &maxis, &mut zones, (&follow, &kept)).await {
                tracing::debug!(maxis = maxis.name, error = %failed, "the recap can't be asked for now");
            }
        }
        if !sleep(pace, &stop).await {
            return;
        }
    }
}

/// Posts a week in one channel, where one is due.
async fn see_to(
    app: &App,
    maxis: &Piloted,
    zones: &mut Zones,
    (follow, kept): (&Follow, &Weekly),
) -> Result<(), Failed> {
    let asker = Asker::person(follow.guild, kept.by, follow.locale);
    let (now, at) = (app.clock.now(), app.pilot.report_at());
    let known = zones.get(&follow.guild).filter(|(_, asked)| asked.elapsed() < ZONE);
    if let Some((zone, _)) = known
        && at.last_week(now, zone).is_none_or(|week| kept.due(week, now) == Due::No)
    {
        return Ok(());
    }
    let zone = match control::guild(&*maxis.peer, asker).await {
        Ok(settings) => analytics::zone(&settings.time_zone),
        Err(failed) => return ended(app, maxis, (follow, kept), failed).await,
    };
    zones.insert(follow.guild, (zone.clone(), Instant::now()));
    let Some(week) = at.last_week(now, &zone) else { return Ok(()) };
    match kept.due(week, now) {
        Due::No => return Ok(()),
        Due::Post => {}
        Due::Unsure => {
            tracing::warn!(maxis = maxis.name, channel = %follow.channel, "a recap may have been posted before a crash; it isn't repeated");
            note(app, maxis, follow.channel, |one| (one.week, one.begun) = (week, None)).await;
            return Ok(());
        }
    }
    let wanted = Wanted { from: Some(week), to: week.checked_add(6.days()).ok(), ..Wanted::default() };
    let report = match control::report(&*maxis.peer, asker, &wanted).await {
        Ok(report) => report,
        Err(failed) => return ended(app, maxis, (follow, kept), failed).await,
    };
    let name = (app.pilot.peers().len() > 1).then_some(maxis.name.as_str());
    let Some(reply) = weekly(&app.words.speak(follow.locale), name, &report) else { return Ok(()) };
    note(app, maxis, follow.channel, |one| one.begin(week, now)).await;
    let posted = post(app, maxis, follow.channel, (&reply, &format!("report {week}"))).await;
    let up_to = if posted { week } else { kept.week };
    note(app, maxis, follow.channel, |one| (one.week, one.begun) = (up_to, None)).await;
    Ok(())
}

/// Posts it once; tells whether it is there, or never will be.
async fn post(app: &App, maxis: &Piloted, channel: ChannelId, (reply, news): (&Reply, &str)) -> bool {
    let nonce = nonce(&maxis.name, news, channel);
    match app.courier.post(channel, reply, &nonce).await {
        Err(Undelivered::Later(_)) => false,
        outcome => {
            settle(app, maxis, channel, outcome.err());
            true
        }
    }
}

/// Who asked for it may not know it any more: the channel is told. Whatever else fails, fails for now.
async fn ended(app: &App, maxis: &Piloted, (follow, kept): (&Follow, &Weekly), failed: Failed) -> Result<(), Failed> {
    let is_over = matches!(&failed, Failed::Denied(denied) if denied.why == Why::NotAllowed);
    if !is_over {
        return Err(failed);
    }
    let say = app.words.speak(follow.locale);
    let reply = Reply::public(say.with("weekly-no-operator", &[("person", (&format!("<@{}>", kept.by)).into())]));
    if post(app, maxis, follow.channel, (&reply, &format!("report over {}", kept.week))).await {
        app.pilot.change(&maxis.name, |kept| drop(kept.unfollow(follow.channel, &[Topic::Report].into())));
        app.pilot.save().await;
    }
    Ok(())
}

async fn note(app: &App, maxis: &Piloted, channel: ChannelId, change: impl FnOnce(&mut Weekly)) {
    app.pilot.change(&maxis.name, |kept| kept.weekly(channel, change));
    app.pilot.save().await;
}
