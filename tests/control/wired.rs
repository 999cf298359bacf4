//! A Shellia with all that she does by herself, over a way to the real Maxis that can be cut, slowed, or lose an answer.

use super::real::Real;
use super::world::Channels;
use async_trait::async_trait;
use shellia::app::App;
use shellia::control::{Asker, Bytestream, Failed, Peer, Request, Unreached};
use shellia::jobs;
use shellia::pilot::{Pilot, Piloted};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What a request meets on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    Nothing,
    /// It doesn't arrive.
    Cut,
    /// It arrives, and its answer doesn't.
    LosesAnswer,
    /// As before, and nothing after it arrives.
    CutsBehind,
    /// It arrives after so long.
    Late(Duration),
}

/// The way.
pub struct Way {
    inner: Arc<dyn Peer>,
    /// What requests meet whose path ends so; the first that fits counts.
    pub meets: Mutex<Vec<(&'static str, Meets)>>,
    /// The changes that were sent, by their path.
    pub sent: Mutex<Vec<String>>,
}

impl Way {
    pub fn is(&self, meets: &[(&'static str, Meets)]) {
        *self.meets.lock().unwrap() = meets.to_vec();
    }

    /// How many changes were sent whose path ends so.
    pub fn sent(&self, end: &str) -> usize {
        self.sent.lock().unwrap().iter().filter(|path| path.ends_with(end)).count()
    }
}

#[async_trait]
impl Peer for Way {
    async fn send(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
        let path = request.path.split('?').next().unwrap().to_owned();
        let fits = |(end, _): &&(&str, Meets)| path.ends_with(end);
        let met = self.meets.lock().unwrap().iter().find(fits).map_or(Meets::Nothing, |(_, meets)| *meets);
        if request.body.is_some() && met != Meets::Cut {
            self.sent.lock().unwrap().push(path);
        }
        match met {
            Meets::Cut => return Err(Failed::Unreached(Unreached::Network)),
            Meets::Late(after) => tokio::time::sleep(after).await,
            Meets::Nothing | Meets::LosesAnswer | Meets::CutsBehind => {}
        }
        let answer = self.inner.send(asker, request).await;
        if met == Meets::CutsBehind {
            self.is(&[("", Meets::Cut)]);
        }
        if matches!(met, Meets::LosesAnswer | Meets::CutsBehind) {
            return Err(Failed::Unreached(Unreached::Network));
        }
        answer
    }

    async fn stream(&self, asker: Asker, path: String) -> Result<Bytestream, Failed> {
        self.inner.stream(asker, path).await
    }
}

/// A Shellia who also does what she does by herself.
pub struct Wired {
    pub real: Real,
    pub way: Arc<Way>,
    pub channels: Arc<Channels>,
    stop: CancellationToken,
    task: JoinHandle<usize>,
    kept: tempfile::TempDir,
}

impl Wired {
    pub fn start(mut real: Real) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let channels = Arc::new(Channels::default());
        let way = Arc::new(Way { inner: real.shellia.peer.clone(), meets: Mutex::default(), sent: Mutex::default() });
        let app: &mut App = Arc::get_mut(&mut real.shellia).unwrap();
        app.peer = way.clone();
        app.courier = channels.clone();
        Self::run(real, way, channels, kept)
    }

    fn run(mut real: Real, way: Arc<Way>, channels: Arc<Channels>, kept: tempfile::TempDir) -> Self {
        let one = Piloted { name: "maxis".to_owned(), peer: way.clone() };
        Arc::get_mut(&mut real.shellia).unwrap().pilot = Arc::new(Pilot::open(vec![one], kept.path()).unwrap());
        let stop = CancellationToken::new();
        let task = tokio::spawn(jobs::pilot::run(real.shellia.clone(), Duration::from_secs(60), stop.clone()));
        Self { real, way, channels, stop, task, kept }
    }

    /// Another process goes on with what stands in the file.
    pub async fn restarts(self) -> Self {
        let Self { real, way, channels, stop, task, kept } = self;
        stop.cancel();
        task.await.unwrap();
        Self::run(real, way, channels, kept)
    }

    pub async fn end(self) {
        self.stop.cancel();
        assert_eq!(self.task.await.unwrap(), 0, "every loop stops in time");
        self.real.server.stop().await;
    }
}
