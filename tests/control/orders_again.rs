//! Orders that cross: what ends before it is answered, what several people ask for, a stop while something goes on, and the crowd.

use super::orders::{count, open};
use super::real::{OPERATOR, SECOND, STRANGER};
use super::wired::{Meets, Wired};
use super::world::channel;
use jiff::SignedDuration;
use shellia::app::{Limits, Rates};
use shellia::kernel::Locale::Fr;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_heard_and_not_answered_before_the_end_is_told_once_and_not_done() {
    let wired = Wired::start(open().await);
    wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("plans/1", Meets::Late(Duration::from_secs(30)))]);
    let asked = wired.real.asks(OPERATOR, 7, Fr, "!maxis approuver 1");
    assert!(tokio::time::timeout(Duration::from_millis(700), asked).await.is_err(), "the process ends meanwhile");
    assert_eq!(wired.channels.read(channel(50)).len(), 0);
    wired.way.is(&[]);
    let wired = wired.restarts().await;
    let told = wired.channels.holds(channel(50), 1).await;
    assert!(told[0].contains("<@22> J’ai redémarré avant d’avoir répondu"), "{}", told[0]);
    assert!(told[0].contains("`!maxis plans`"), "{}", told[0]);
    // Neither after one more restart, nor when Discord tells it again.
    let wired = wired.restarts().await;
    wired.real.tells_again();
    wired.real.types_nothing(OPERATOR, &["!maxis promo 20% pro 48h", "!maxis approuver 1"]).await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 1);
    assert_eq!(count(&wired.real, "agent_plans where state = 'waiting'").await, 1);
    let done = wired.real.types(OPERATOR, 7, Fr, "!maxis approuver 1").await;
    assert!(done.text.starts_with("✅ Plan #1"), "{}", done.text);
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_first_is_told_too_where_he_asked() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::CutsBehind)]);
    wired.real.presses(OPERATOR, &card, "Approuver").await;
    wired.way.is(&[]);
    wired.real.goes_elsewhere();
    let read = wired.real.types(SECOND, 7, Fr, "!maxis approuver 1").await;
    assert!(read.text.starts_with("✅ Plan #1 exécuté."), "{}", read.text);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(240));
    let told = wired.channels.holds(channel(50), 1).await;
    assert!(told[0].starts_with("J’ai retrouvé le plan #1"), "{}", told[0]);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!((wired.channels.read(channel(50)).len(), wired.channels.read(channel(51)).len()), (1, 0));
    assert_eq!(count(&wired.real, "promotions").await, 1);
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_what_is_not_settled_is_told_where_he_asks_as_well() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::Cut)]);
    wired.real.presses(OPERATOR, &card, "Approuver").await;
    wired.real.goes_elsewhere();
    let unsure = wired.real.types(SECOND, 7, Fr, "!maxis approuver 1").await;
    assert!(unsure.text.ends_with("je vous le dis ici."), "{}", unsure.text);
    wired.way.is(&[]);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(120));
    for at in [50, 51] {
        let told = wired.channels.holds(channel(at), 1).await;
        assert!(told[0].contains("il n’est pas fait"), "{at}: {}", told[0]);
    }
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!((wired.channels.read(channel(50)).len(), wired.channels.read(channel(51)).len()), (1, 1));
    assert!(wired.real.shellia.pilot.kept("maxis").unsettled.is_empty());
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_is_said_while_all_is_going_on_again_stands() {
    let wired = Wired::start(open().await);
    wired.real.types(OPERATOR, 7, Fr, "!maxis stop").await;
    let plan = wired.real.types(OPERATOR, 7, Fr, "!maxis reprendre").await;
    wired.way.is(&[("/commit", Meets::Late(Duration::from_millis(1500)))]);
    let stopping = async {
        while wired.way.sent("/commit") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
        wired.way.is(&[("/stop", Meets::Cut)]);
        wired.real.types(SECOND, 7, Fr, "!maxis stop").await
    };
    let (resumed, stopped) = tokio::join!(wired.real.presses(OPERATOR, &plan, "Approuver"), stopping);
    assert!(stopped.text.contains("je continue d’essayer"), "{}", stopped.text);
    assert!(resumed.text.contains("⛔ Tout est arrêté"), "{}", resumed.text);
    let refused = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 10% basic 48h").await;
    assert!(refused.text.starts_with("⛔ Tout est arrêté"), "{}", refused.text);
    wired.way.is(&[]);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(90));
    let told = wired.channels.holds(channel(50), 1).await;
    assert!(told[0].starts_with("⛔ Maxis est prévenu"), "{}", told[0]);
    assert_eq!(count(&wired.real, "agent_switch where stopped_at is not null").await, 1);
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_may_not_is_refused_a_few_times_and_a_long_stop_is_heard_at_any_time() {
    let mut real = open().await;
    Arc::get_mut(&mut real.shellia).unwrap().limits = Limits::new(Rates::default());
    let mut said = 0;
    for _ in 0..200 {
        said += usize::from(real.asks(STRANGER, 7, Fr, "!maxis status").await.is_some());
    }
    assert!((1..=8).contains(&said), "{said}");
    for _ in 0..60 {
        real.asks(OPERATOR, 7, Fr, "!maxis promos").await;
    }
    for text in
        ["s'il te plaît arrête absolument tout maintenant merci beaucoup Shellia", "!shellia turn everything off"]
    {
        let stopped = real.asks(OPERATOR, 7, Fr, text).await.expect("it is heard");
        assert!(stopped.text.starts_with('⛔'), "{text}: {}", stopped.text);
    }
    real.server.stop().await;
}
