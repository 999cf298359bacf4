//! A shard's place: what it is doing, and what is kept of its session.

use super::progress::{Progress, UnderWay};
use super::session::{File, Kept};
use std::sync::{Mutex, MutexGuard, PoisonError};
use twilight_gateway::{Intents, Latency, Session, ShardId};

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
}

#[derive(Debug)]
struct Inner {
    state: State,
    latency_ms: Option<u64>,
    running: Option<Running>,
    saved: Option<Kept>,
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
        let inner = Inner { state: State::Connecting, latency_ms: None, running: None, saved: None };
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
        let kept = self.file.load(intents)?;
        let running = Running {
            session: kept.session.clone(),
            resume_url: kept.resume_url.clone(),
            intents,
            progress: Progress::from(kept.sequence),
        };
        self.inner().running = Some(running);
        Some((Session::new(kept.sequence, kept.session), kept.resume_url))
    }

    /// A session began.
    pub(super) fn begin(&self, session: &Session, resume_url: Option<&str>, intents: Intents) {
        let mut inner = self.inner();
        inner.state = State::Ready;
        inner.running = Some(Running {
            session: session.id().to_owned(),
            resume_url: resume_url.map(str::to_owned),
            intents,
            progress: Progress::from(session.sequence()),
        });
    }

    /// An event was heard; it is under way until the answer is dropped.
    pub(super) fn heard(&self, number: u64) -> Option<UnderWay> {
        self.inner().running.as_ref().map(|running| running.progress.begin(number))
    }

    /// Writes the session if it moved since.
    pub(super) async fn save(&self) {
        let now = {
            let inner = self.inner();
            let Some(running) = &inner.running else { return };
            let kept = Kept {
                session: running.session.clone(),
                resume_url: running.resume_url.clone(),
                sequence: running.progress.handled(),
                intents: running.intents.bits(),
            };
            if inner.saved.as_ref() == Some(&kept) {
                return;
            }
            kept
        };
        match self.file.save(&now).await {
            Ok(()) => self.inner().saved = Some(now),
            Err(error) => {
                tracing::warn!(shard = %self.id, %error, "the gateway session could not be written; a restart may miss events");
            }
        }
    }
}
