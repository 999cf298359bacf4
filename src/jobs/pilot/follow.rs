//! Follows the events of one Maxis and posts each in the channels that follow it, once and in order.
//!
//! What is kept moves on after the post. A post that is tried again bears the same nonce, and channels that had it are left out; so
//! neither a broken stream nor a restart of either program loses or doubles one.

use super::{nonce, notice};
use crate::app::App;
use crate::control::events::News;
use crate::control::{self, Event, EventKind, Failed, Unreached, Why};
use crate::domain::notifications::Undelivered;
use crate::jobs::pace::sleep;
use crate::kernel::{ChannelId, Locale};
use crate::pilot::{Ended, Kept, Piloted, Posted, Topic};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Pauses before a stream that broke is opened again, and before a post is tried again.
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(30);
/// How often a position without events is written down.
const NOTED: Duration = Duration::from_secs(60);

/// Why the stream is left.
enum Left {
    /// It ended in order, or broke after it had brought something.
    Again,
    /// It could not be had.
    Failed(Failed),
    /// The program ends.
    Stopped,
}

/// Runs until `stop`.
pub(super) async fn run(app: Arc<App>, at: usize, stop: CancellationToken) {
    let Some(maxis) = app.pilot.peers().get(at).cloned() else { return };
    let mut pause = FIRST;
    while !stop.is_cancelled() {
        match stream(&app, &maxis, &stop).await {
            Left::Again => pause = FIRST,
            Left::Stopped => return,
            Left::Failed(Failed::Denied(denied)) if denied.why == Why::Conflict => {
                tracing::warn!(maxis = maxis.name, "its events begin anew: it doesn't know how far they were read");
                app.pilot.change(&maxis.name, |kept| (kept.after, kept.posted) = (None, None));
                app.pilot.save().await;
            }
            // The watch tells what is wrong.
            Left::Failed(Failed::Unreached(Unreached::Off)) => return stop.cancelled().await,
            Left::Failed(error) => {
                tracing::debug!(maxis = maxis.name, %error, "its events can't be followed for now");
                pause = (pause * 2).min(LONGEST);
            }
        }
        if !sleep(pause, &stop).await {
            return;
        }
    }
}

async fn stream(app: &App, maxis: &Piloted, stop: &CancellationToken) -> Left {
    let after = app.pilot.kept(&maxis.name).after;
    let opening = control::events(&*maxis.peer, after.as_deref());
    let opened = tokio::select! {
        opened = opening => opened,
        () = stop.cancelled() => return Left::Stopped,
    };
    let mut stream = match opened {
        Ok(stream) => stream,
        Err(failed) => return Left::Failed(failed),
    };
    let (mut noted, mut brought) = (Instant::now(), false);
    loop {
        let news = tokio::select! {
            news = stream.next() => news,
            () = stop.cancelled() => return Left::Stopped,
        };
        match news {
            Ok(Some(News::Event(event))) => {
                if !tell(app, maxis, &event, stop).await {
                    return Left::Stopped;
                }
            }
            Ok(Some(News::Reached(position))) => {
                let first = app.pilot.change(&maxis.name, |kept| kept.after.replace(position).is_none());
                if first || noted.elapsed() >= NOTED {
                    app.pilot.save().await;
                    noted = Instant::now();
                }
            }
            Ok(None) => return Left::Again,
            Err(_) if brought => return Left::Again,
            Err(unreached) => return Left::Failed(unreached.into()),
        }
        brought = true;
    }
}

/// Posts an event where it is followed and notes it; tells whether to go on.
async fn tell(app: &App, maxis: &Piloted, event: &Event, stop: &CancellationToken) -> bool {
    if event.kind == EventKind::Resumed {
        app.pilot.went_on(&maxis.name, event.guild, event.at);
    }
    for (channel, locale) in app.pilot.change(&maxis.name, |kept| {
        let had = kept.posted.as_ref().filter(|posted| posted.event == event.number);
        let had = had.map(|posted| posted.channels.clone()).unwrap_or_default();
        let topic = Topic::of(event.kind);
        let mut all = topic.map(|topic| kept.followers(Some(event.guild), topic)).unwrap_or_default();
        let known = known(kept, event);
        all.retain(|(channel, _)| !had.contains(channel) && !known.contains(channel));
        all
    }) {
        if !post(app, maxis, event, (channel, locale), stop).await {
            return false;
        }
        app.pilot.change(&maxis.name, |kept| match &mut kept.posted {
            Some(posted) if posted.event == event.number => posted.channels.push(channel),
            other => *other = Some(Posted { event: event.number.clone(), channels: vec![channel] }),
        });
        app.pilot.save().await;
    }
    let now = app.clock.now();
    app.pilot.change(&maxis.name, |kept| {
        match event.kind {
            EventKind::Decision if event.plan.is_some() => kept.moves(event.guild, event.plan, now),
            EventKind::Stopped => kept.moves(event.guild, None, now),
            _ => {}
        }
        kept.after = Some(event.number.clone());
        kept.posted = None;
    });
    app.pilot.save().await;
    true
}

/// The channels that know of an event already: where it was asked for.
fn known(kept: &mut Kept, event: &Event) -> Vec<ChannelId> {
    match event.kind {
        EventKind::Stopped => kept.halt_of(event.guild).map(|halt| halt.by.channel).into_iter().collect(),
        EventKind::Resumed => kept.resumed(event.guild).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Posts an event in one channel, however long Discord is away; tells whether to go on.
async fn post(
    app: &App,
    maxis: &Piloted,
    event: &Event,
    (channel, locale): (ChannelId, Locale),
    stop: &CancellationToken,
) -> bool {
    let name = (app.pilot.peers().len() > 1).then_some(maxis.name.as_str());
    let Some(reply) = notice::event(&app.words.speak(locale), name, event) else { return true };
    let nonce = nonce(&maxis.name, &event.number, channel);
    let mut pause = FIRST;
    loop {
        // A post under way is waited for: what became of it must be known.
        match app.courier.post(channel, &reply, &nonce).await {
            Err(Undelivered::Later(after)) => {
                let wait = after.unwrap_or(pause).max(pause);
                pause = (pause * 2).min(LONGEST);
                if !sleep(wait, stop).await {
                    return false;
                }
            }
            outcome => {
                settle(app, maxis, channel, outcome.err());
                return true;
            }
        }
    }
}

/// What a post that can't be repeated means for the channel.
pub(super) fn settle(app: &App, maxis: &Piloted, channel: ChannelId, failed: Option<Undelivered>) {
    let ended = match failed {
        None => return,
        Some(Undelivered::Gone) => Ended::Gone,
        Some(Undelivered::NoAccess | Undelivered::NoPermission) => Ended::Closed,
        Some(error) => {
            tracing::warn!(maxis = maxis.name, %channel, %error, "news could not be posted");
            return;
        }
    };
    tracing::info!(maxis = maxis.name, %channel, ?ended, "a channel follows no more");
    app.pilot.change(&maxis.name, |kept| kept.end(channel, ended));
}
