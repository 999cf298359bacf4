//! A shard's place: what it is doing, and what is kept of its session.

use super::behind::Behind;
use super::progress::{Progress, UnderWay};
use super::session::{File, Kept, Typed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use twilight_gateway::{Intents, Latency, Session, ShardId};

/// How often it is told at most that a session can't be written, which is tried each second.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// What a shard is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It dials, or waits for its turn to begin a session.
    Connecting,
    /// It hears events.
    Ready,
    /// It waits before it dials again.
    Waiting,
    /// It has ended.
    Stopped,
}

#[derive(Debug)]
struct Running {
    session: String,
    resume_url: Option<String>,
    intents: Intents,
    progress: Progress,
    /// The number that its beginning had.
    began: u64,
    /// Sessions of this run before it, as long as what they told is under way.
    earlier: Vec<Progress>,
}

impl Running {
    /// The number from which a restarted program asks to be told again. What an earlier session told isn't told again by this
    /// one: until it is done, this one is resumed from its beginning, where its guilds come again and are looked into.
    fn resume_from(&mut self) -> u64 {
        self.earlier.retain(Progress::is_busy);
        if self.earlier.is_empty() { self.progress.handled() } else { self.began }
    }
}

#[derive(Debug)]
struct Inner {
    state: State,
    latency_ms: Option<u64>,
    running: Option<Running>,
    /// Typed messages over all sessions; `None` before the first.
    typed: Option<Progress>,
    saved: Option<Kept>,
    /// When it was told last that it can't be written.
    told: Option<Instant>,
}

/// An event that is being handled, and the message that it brought; both count as handled once it is dropped.
#[derive(Debug)]
pub(in crate::discord) struct Handling {
    event: Option<Arc<UnderWay>>,
    _message: Option<UnderWay>,
}

impl Handling {
    /// A message that was found because of this event, which is under way as long as the message is.
    pub(in crate::discord) fn found(&self, message: UnderWay) -> Self {
        Self { event: self.event.clone(), _message: Some(message) }
    }
}

/// A shard's place.
#[derive(Debug)]
pub(in crate::discord) struct Seat {
    pub(in crate::discord) id: ShardId,
    file: File,
    // Never held over an await.
    inner: Mutex<Inner>,
}

impl Seat {
    pub(super) fn new(id: ShardId, file: File) -> Self {
        let inner =
            Inner { state: State::Connecting, latency_ms: None, running: None, typed: None, saved: None, told: None };
        Self { id, file, inner: Mutex::new(inner) }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the shard is doing, and the newest round-trip time in milliseconds.
    pub(in crate::discord) fn look(&self) -> (State, Option<u64>) {
        let inner = self.inner();
        (inner.state, inner.latency_ms)
    }

    pub(super) fn set(&self, state: State) {
        self.inner().state = state;
    }

    pub(super) fn measure(&self, latency: &Latency) {
        let newest = latency.recent().first().and_then(|time| u64::try_from(time.as_millis()).ok());
        self.inner().latency_ms = newest;
    }

    /// The session of the last run of the program, if it can be resumed with these intents.
    pub(super) fn kept(&self, intents: Intents) -> Option<(Session, Option<String>)> {
        let kept = self.file.load()?;
        self.inner().typed =
            kept.typed.as_ref().map(|typed| Progress::resumed(typed.handled, typed.ended.iter().copied()));
        if !kept.fits(intents) {
            return None;
        }
        let running = Running {
            session: kept.session.clone(),
            resume_url: kept.resume_url.clone(),
            intents,
            progress: Progress::from(kept.sequence),
            began: kept.sequence,
            earlier: Vec::new(),
        };
        self.inner().running = Some(running);
        Some((Session::new(kept.sequence, kept.session), kept.resume_url))
    }

    /// A session began.
    pub(super) fn begin(&self, session: &Session, resume_url: Option<&str>, intents: Intents) {
        let mut inner = self.inner();
        inner.state = State::Ready;
        let earlier = inner.running.take().into_iter();
        let earlier = earlier.flat_map(|before| before.earlier.into_iter().chain([before.progress]));
        let earlier = earlier.filter(Progress::is_busy).collect();
        inner.running = Some(Running {
            session: session.id().to_owned(),
            resume_url: resume_url.map(str::to_owned),
            intents,
            progress: Progress::from(session.sequence()),
            began: session.sequence(),
            earlier,
        });
        inner.typed.get_or_insert_with(|| Progress::from(0));
    }

    /// What a connection may have to catch up with; `None` when nothing was ever heard here.
    pub(super) fn behind(&self) -> Option<Behind> {
        self.inner().typed.as_ref().map(Behind::new)
    }

    /// An event was heard, which may bring a message; it is under way until the answer is dropped.
    pub(super) fn heard(&self, event: Option<u64>, message: Option<u64>) -> Handling {
        let inner = self.inner();
        let event = event.and_then(|number| Some(inner.running.as_ref()?.progress.begin(number)));
        let message = message.and_then(|id| Some(inner.typed.as_ref()?.begin(id)));
        Handling { event: event.map(Arc::new), _message: message }
    }

    /// A message was heard that asks for nothing.
    pub(super) fn passed(&self, message: u64) {
        if let Some(typed) = &self.inner().typed {
            typed.hear(message);
        }
    }

    /// Writes the session if it moved since.
    pub(super) async fn save(&self) {
        let now = {
            let mut inner = self.inner();
            // Read before the events' marks: what ends in between is told again, not lost.
            let typed = inner.typed.as_ref().map(|typed| Typed { handled: typed.handled(), ended: typed.ended() });
            let Some(running) = &mut inner.running else { return };
            let sequence = running.resume_from();
            let kept = Kept {
                session: running.session.clone(),
                resume_url: running.resume_url.clone(),
                sequence,
                intents: running.intents.bits(),
                typed,
            };
            if inner.saved.as_ref() == Some(&kept) {
                return;
            }
            kept
        };
        match self.file.save(&now).await {
            Ok(()) => self.inner().saved = Some(now),
            Err(error) if self.is_worth_telling(Instant::now()) => {
                tracing::warn!(shard = %self.id, %error, "the gateway session could not be written; a restart may miss events");
            }
            Err(_) => {}
        }
    }

    /// Whether it is time to tell that the session can't be written.
    fn is_worth_telling(&self, now: Instant) -> bool {
        let mut inner = self.inner();
        let told_lately = inner.told.is_some_and(|at| now.duration_since(at) < TOLD_EVERY);
        if !told_lately {
            inner.told = Some(now);
        }
        !told_lately
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_written_is_told_once_a_minute() {
        let seat = Seat::new(ShardId::ONE, File::of(std::path::Path::new("x"), 1, ShardId::ONE));
        let start = Instant::now();
        let told = [0, 1, 30, 59, 60, 61].map(|s| seat.is_worth_telling(start + Duration::from_secs(s)));
        assert_eq!(told, [true, false, false, false, true, false]);
    }
}
