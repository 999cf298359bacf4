//! How a Maxis is, as channels are told: up, not quite, slow, with another key, another clock, away; and what flaps.

use super::stage::{KEY, Maxis, healthy, peer};
use super::world::{Channels, Shellia, channel};
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::control::{Database, State, Status};
use shellia::kernel::{Clock, Locale};
use shellia::pilot::{Level, Piloted, Topic, Why};
use std::sync::Arc;
use std::time::Duration;

const PACE: Duration = Duration::from_millis(50);

struct Scene {
    channels: Arc<Channels>,
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { channels: Arc::default(), dir: tempfile::tempdir().unwrap() }
    }

    fn watches(&self, maxis: &Maxis, key: &str, clock: &Clock) -> Shellia {
        let peers = vec![Piloted { name: "maxis".to_owned(), peer: Arc::new(peer(maxis.base(), key, clock)) }];
        let shellia = Shellia::start(peers, &self.channels, self.dir.path(), PACE);
        shellia.follows(7, 50, &[Topic::Outage]);
        shellia
    }

    /// Waits for so many lines, and shows them without their times.
    async fn told(&self, count: usize) -> String {
        let mut text = self.channels.holds(channel(50), count).await.join("\n");
        while let Some(start) = text.find("<t:") {
            let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
            text.replace_range(start..end, "⌚");
        }
        text
    }
}

async fn stands(shellia: &Shellia, level: Level) -> Option<Why> {
    let reached = async {
        loop {
            match shellia.app.pilot.kept("maxis").watched.standing() {
                Some(standing) if standing.level == level => return standing.why,
                _ => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), reached).await.expect("it is seen")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_told_once_and_what_went_before_a_restart_isnt_told_again() {
    let (scene, maxis) = (Scene::new(), Maxis::start());
    let shellia = scene.watches(&maxis, KEY, &maxis.clock);
    assert_eq!(stands(&shellia, Level::Up).await, None);
    let weak = Status { state: State::Degraded, database: Database { ok: false, ..healthy().database }, ..healthy() };
    *maxis.desk.status.lock().unwrap() = weak;
    assert_eq!(stands(&shellia, Level::Degraded).await, Some(Why::Database));
    *maxis.desk.after.lock().unwrap() = Duration::from_secs(5);
    assert_eq!(stands(&shellia, Level::Down).await, Some(Why::Slow));
    scene.told(2).await;
    shellia.stop().await;
    *maxis.desk.after.lock().unwrap() = Duration::ZERO;
    *maxis.desk.status.lock().unwrap() = healthy();
    let shellia = scene.watches(&maxis, KEY, &maxis.clock);
    stands(&shellia, Level::Up).await;
    let told = scene.told(3).await;
    let seconds = told.rsplit("après ").next().unwrap().to_owned();
    assert!(seconds.trim_end_matches('.').trim_end_matches(" s").parse::<u32>().is_ok(), "{told}");
    assert_snapshot!(told.replace(&seconds, "… s."), @r"
    🟠 Tout ne marche pas chez Maxis depuis ⌚.
    Sa base de données ne répond pas.
    🔴 Maxis ne répond plus depuis ⌚.
    Il est joignable, mais met trop de temps à répondre. Regardez la charge de sa machine et sa base de données.
    🟢 Maxis va de nouveau bien, après … s.
    ");
    maxis.server.stop().await;
    assert_eq!(stands(&shellia, Level::Down).await, Some(Why::Network));
    scene.told(4).await;
    shellia.stop().await;
    assert_eq!(scene.channels.read(channel(50)).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_and_another_clock_are_told_apart() {
    let maxis = Maxis::start();
    let scene = Scene::new();
    let shellia = scene.watches(&maxis, "another-key-altogether", &maxis.clock);
    assert_eq!(stands(&shellia, Level::Down).await, Some(Why::Key));
    assert_snapshot!(scene.told(1).await, @r"
    🔴 Maxis ne répond plus depuis ⌚.
    Il ne nous laisse pas entrer : `MAXIS_API_KEY` et `MAXIS_NAME` doivent être les mêmes sur les deux machines, et `MAXIS_API_ALLOW` sur la sienne, s’il est réglé, doit contenir mon adresse.
    ");
    shellia.stop().await;
    let (scene, ahead) = (Scene::new(), Clock::new());
    ahead.advance(SignedDuration::from_mins(5));
    let shellia = scene.watches(&maxis, KEY, &ahead);
    let why = stands(&shellia, Level::Down).await;
    assert!(matches!(why, Some(Why::Clock(299..=301))), "{why:?}");
    shellia.stop().await;
    maxis.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_down_holds_up_no_other() {
    let (scene, slow, well) = (Scene::new(), Maxis::start(), Maxis::start());
    *slow.desk.after.lock().unwrap() = Duration::from_secs(60);
    let way = |maxis: &Maxis, name: &str| Piloted {
        name: name.to_owned(),
        peer: Arc::new(peer(maxis.base(), KEY, &maxis.clock)),
    };
    let peers = vec![way(&slow, "eu"), way(&well, "maxis")];
    let shellia = Shellia::start(peers, &scene.channels, scene.dir.path(), PACE);
    let follow = shellia::pilot::Follow {
        guild: super::world::guild(7),
        channel: channel(50),
        topics: [Topic::Outage].into(),
        locale: Locale::En,
        ended: None,
    };
    shellia.app.pilot.change("eu", |kept| kept.follow(follow)).unwrap();
    assert_eq!(stands(&shellia, Level::Up).await, None);
    assert_snapshot!(scene.told(1).await, @r"
    **eu** · 🔴 Maxis hasn’t answered since ⌚.
    It can be reached, but takes too long to answer. Look at its machine’s load and at its database.
    ");
    shellia.stop().await;
    slow.server.stop().await;
    well.server.stop().await;
}
