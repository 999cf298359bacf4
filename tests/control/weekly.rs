//! The recap of the week, posted by itself: at its hour in the shop's zone, once a week, whatever restarts.

use super::world::{Channels, Meets, Shellia, channel, guild};
use async_trait::async_trait;
use insta::assert_snapshot;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shellia::control::{Asker, Bytestream, Denied, Failed, Peer, Request, Unreached, Why};
use shellia::domain::notifications::Undelivered;
use shellia::kernel::{Locale, UserId};
use shellia::pilot::{Follow, Piloted, Topic};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PACE: Duration = Duration::from_millis(20);

/// A Maxis that knows its zone and a recap.
struct Week {
    zone: Mutex<&'static str>,
    failed: Mutex<Option<Failed>>,
    asked: Mutex<Vec<(Asker, String)>>,
}

impl Default for Week {
    fn default() -> Self {
        Self { zone: Mutex::new("Europe/Paris"), failed: Mutex::default(), asked: Mutex::default() }
    }
}

fn recap(first: &str, last: &str) -> Value {
    json!({
        "period": { "first": first, "last": last }, "currency": "eur", "members": 1234, "gross": 12_000, "gross_before": 10_000,
        "net": 9_000, "mrr": 4_000, "mrr_before": 3_500, "orders": { "placed": 12, "paid": 9, "conversion_tenths": 750 },
        "new": 3, "churned": 1, "giveaways": { "made": 1, "entries": 40, "drawn": 1 },
        "promotions": { "ran": 1, "uses": 2, "discount": 400, "revenue": 1_600 }, "tickets_resolved": 5
    })
}

#[async_trait]
impl Peer for Week {
    async fn send(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
        if request.path == "/status" {
            return Err(Failed::Unreached(Unreached::Network));
        }
        if let Some(failed) = &*self.failed.lock().unwrap() {
            return Err(failed.clone());
        }
        let answer = match request.path.split_once('?') {
            None => json!({ "locale": "fr", "time_zone": *self.zone.lock().unwrap() }),
            Some((_, days)) => {
                let day = |name: &str| days.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap().to_owned();
                self.asked.lock().unwrap().push((asker, days.to_owned()));
                recap(&day("from="), &day("to="))
            }
        };
        Ok(serde_json::to_vec(&answer).unwrap())
    }

    async fn stream(&self, _: Asker, _: String) -> Result<Bytestream, Failed> {
        Err(Failed::Unreached(Unreached::Network))
    }
}

struct Scene {
    maxis: Arc<Week>,
    channels: Arc<Channels>,
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { maxis: Arc::default(), channels: Arc::default(), dir: tempfile::tempdir().unwrap() }
    }

    /// A Shellia whose clock shows this; the first one has a channel follow.
    fn starts(&self, now: &str) -> Shellia {
        let peers = vec![Piloted { name: "maxis".to_owned(), peer: self.maxis.clone() }];
        let shellia = Shellia::start(peers, &self.channels, self.dir.path(), PACE);
        let now: Timestamp = now.parse().unwrap();
        shellia.app.clock.advance(now.duration_since(shellia.app.clock.now()));
        shellia
    }

    fn follows(&self, shellia: &Shellia, week: &str) {
        shellia.app.pilot.change("maxis", |kept| {
            let topics = [Topic::Report].into();
            kept.follow(Follow { guild: guild(7), channel: channel(50), topics, locale: Locale::Fr, ended: None })
                .unwrap();
            kept.report(channel(50), UserId::new(22).unwrap(), week.parse().unwrap());
        });
    }

    fn posts(&self) -> Vec<String> {
        self.channels.read(channel(50))
    }

    /// Long enough to look several times.
    async fn waits(&self) {
        tokio::time::sleep(PACE * 15).await;
    }

    /// A moment passes, in which so many are there in the end.
    async fn at(&self, shellia: &Shellia, hours: i64, count: usize) {
        shellia.app.clock.advance(SignedDuration::from_hours(hours));
        self.channels.holds(channel(50), count).await;
        self.waits().await;
        assert_eq!(self.posts().len(), count, "{:?}", self.posts());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_at_its_hour_once_a_week_over_restarts_and_over_summer_time() {
    let scene = Scene::new();
    // Monday morning in Paris, an hour before; the clocks go forward the Sunday after.
    let shellia = scene.starts("2027-03-22T07:00:00Z");
    scene.follows(&shellia, "2027-03-08");
    scene.waits().await;
    assert_eq!(scene.posts(), [""; 0]);
    scene.at(&shellia, 1, 1).await;
    shellia.stop().await;
    let shellia = scene.starts("2027-03-22T09:00:00Z");
    scene.waits().await;
    // A day less an hour of summer time later, the next week's hour is 7:00 UTC.
    shellia.app.clock.advance(SignedDuration::from_hours(7 * 24 - 3));
    scene.waits().await;
    assert_eq!(scene.posts().len(), 1);
    scene.at(&shellia, 1, 2).await;
    // Away over two weeks, it posts the last one, and that late.
    shellia.dies().await;
    let shellia = scene.starts("2027-04-15T12:00:00Z");
    scene.at(&shellia, 0, 3).await;
    shellia.stop().await;
    assert_snapshot!(scene.posts().join("\n"), @r"
    [🗓️ Le bilan · 15/03/2027 – 21/03/2027]
    [🗓️ Le bilan · 22/03/2027 – 28/03/2027]
    [🗓️ Le bilan · 05/04/2027 – 11/04/2027]
    ");
    let asked = scene.maxis.asked.lock().unwrap();
    let days: Vec<&str> = asked.iter().map(|(_, days)| days.as_str()).collect();
    assert_eq!(
        days,
        ["from=2027-03-15&to=2027-03-21", "from=2027-03-22&to=2027-03-28", "from=2027-04-05&to=2027-04-11"]
    );
    let lea = Asker::person(guild(7), UserId::new(22).unwrap(), Locale::Fr);
    assert!(asked.iter().all(|(asker, _)| *asker == lea), "on behalf of who typed it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_tried_again_and_nothing_is_posted_twice() {
    let scene = Scene::new();
    *scene.maxis.failed.lock().unwrap() = Some(Failed::Unreached(Unreached::Network));
    let shellia = scene.starts("2026-11-23T08:00:00Z");
    scene.follows(&shellia, "2026-11-09");
    scene.waits().await;
    assert_eq!(scene.posts(), [""; 0]);
    // Maxis is back; Discord refuses once, then takes it and says nothing.
    let away = || Meets::Refusal(Undelivered::Later(None));
    scene.channels.meets(channel(50), vec![Meets::LostAnswer, away(), away()]);
    *scene.maxis.failed.lock().unwrap() = None;
    scene.at(&shellia, 0, 1).await;
    // Another zone, in which the hour comes once more.
    *scene.maxis.zone.lock().unwrap() = "America/Montreal";
    scene.at(&shellia, 6, 1).await;
    // Written down as begun, and long ago: it may be there.
    let begun = Some(("2026-11-23".parse().unwrap(), shellia.app.clock.now()));
    shellia.app.pilot.change("maxis", |kept| kept.weekly(channel(50), |one| one.begun = begun));
    scene.at(&shellia, 7 * 24, 1).await;
    scene.at(&shellia, 7 * 24, 2).await;
    shellia.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_operator_any_more_is_not_asked_for_and_the_channel_is_told() {
    let scene = Scene::new();
    let denied = Denied { why: Why::NotAllowed, error: "not_allowed".to_owned(), text: String::new() };
    *scene.maxis.failed.lock().unwrap() = Some(Failed::Denied(denied));
    let shellia = scene.starts("2026-11-23T08:00:00Z");
    scene.follows(&shellia, "2026-11-09");
    scene.at(&shellia, 0, 1).await;
    assert_snapshot!(scene.posts().join("\n"), @"📊 Je ne publie plus le bilan de la semaine ici : <@22> l’avait demandé et n’est plus opérateur. Un opérateur peut le redemander avec `!maxis follow report`.");
    scene.at(&shellia, 7 * 24, 1).await;
    assert_eq!(shellia.app.pilot.kept("maxis").follows, []);
    shellia.stop().await;
}
