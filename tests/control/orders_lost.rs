//! A commit whose answer is lost is never sent again by itself, and what became of it is told once; a stop acts at once, also while
//! Maxis is away.

use super::orders::{count, open, read};
use super::real::OPERATOR;
use super::wired::{Meets, Wired};
use super::world::channel;
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::app::{Limits, Rates};
use shellia::kernel::Locale::{En, Fr};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_is_read_back_at_once() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::LosesAnswer)]);
    let done = wired.real.presses(OPERATOR, &card, "Approuver").await;
    assert_snapshot!(done.text, @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    assert_eq!((wired.way.sent("/commit"), count(&wired.real, "promotions").await), (1, 1));
    assert!(wired.real.shellia.pilot.kept("maxis").unsettled.is_empty());
    assert_eq!(wired.channels.tries(), 0, "told where it was asked, and nowhere else");
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_maxis_is_away_it_is_kept_and_told_once_he_is_back() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::CutsBehind)]);
    let pressed = wired.real.presses(OPERATOR, &card, "Approuver").await;
    assert_snapshot!(read(&pressed), @r"
    ❔ Plan #1 : envoyé, mais aucune réponse n’est venue. Je ne le renvoie pas : je regarde chez Maxis ce qu’il est devenu, et je vous le dis ici.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 1 sur 1 · <@22>
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ");
    assert_eq!(wired.real.shellia.pilot.kept("maxis").unsettled.len(), 1);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(120));
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 0);
    wired.way.is(&[]);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(120));
    let told = wired.channels.holds(channel(50), 1).await;
    assert_snapshot!(told[0], @r"
    J’ai retrouvé le plan #1, dont la réponse s’était perdue : il est bien fait, une seule fois.
    ✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.
    [📋 Plan #1]
    ");
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 1, "told once");
    assert_eq!((wired.way.sent("/commit"), count(&wired.real, "promotions").await), (1, 1));
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_arrived_is_told_as_not_done_with_its_button() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, En, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::Cut)]);
    let pressed = wired.real.presses(OPERATOR, &card, "Approve").await;
    assert_snapshot!(pressed.text, @"❔ Plan #1 : envoyé, mais aucune réponse n’est venue. Je ne le renvoie pas : je regarde chez Maxis ce qu’il est devenu, et je vous le dis ici.");
    wired.way.is(&[]);
    // As long as it could still arrive, it isn't said that it didn't.
    tokio::time::sleep(Duration::from_millis(3500)).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 0);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(100));
    let told = wired.channels.holds(channel(50), 1).await;
    assert_snapshot!(told[0], @r"
    J’ai retrouvé le plan #1, dont la réponse s’était perdue : il n’est pas fait, rien n’a changé. Approuvez de nouveau si vous le voulez toujours.
    [📋 Plan #1]
    ");
    assert_eq!(count(&wired.real, "promotions").await, 0);
    // The same card once more.
    let done = wired.real.presses(OPERATOR, &card, "Approve").await;
    assert_snapshot!(done.text, @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    assert_eq!(count(&wired.real, "promotions").await, 1);
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_acts_within_a_second_on_what_is_under_way_and_on_what_comes() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    // The commit hangs on its way; everything is stopped meanwhile, by a sentence, with Maxis away.
    wired.way.is(&[("/commit", Meets::Late(Duration::from_secs(30))), ("/stop", Meets::Cut)]);
    let began = Instant::now();
    let stopping = async {
        while wired.way.sent("/commit") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let at = Instant::now();
        let stopped = wired.real.types(OPERATOR, 7, Fr, "arrête tout").await;
        (stopped, at.elapsed())
    };
    let (pressed, (stopped, took)) = tokio::join!(wired.real.presses(OPERATOR, &card, "Approuver"), stopping);
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(began.elapsed() < Duration::from_secs(10), "what hung is taken back");
    assert_snapshot!(stopped.text, @"⛔ Je suis arrêtée : je n’envoie plus rien. Mais Maxis ne répond pas et n’a pas pu être prévenu : je continue d’essayer, et je vous dis ici quand c’est fait.");
    assert_snapshot!(pressed.text, @"❔ Plan #1 : envoyé, mais aucune réponse n’est venue. Je ne le renvoie pas : je regarde chez Maxis ce qu’il est devenu, et je vous le dis ici.");
    // Nothing leaves any more, though Maxis could be reached.
    wired.way.is(&[("/stop", Meets::Cut)]);
    let before = wired.way.sent("");
    for text in ["!maxis promo 10% basic 48h", "!maxis approuver 1", "lance une promo de 10 % sur Basic pendant 48h"] {
        assert_eq!(
            wired.real.types(OPERATOR, 7, Fr, text).await.text,
            "⛔ Tout est arrêté : je n’envoie rien. Pour reprendre : `!maxis reprendre`, puis faites approuver."
        );
    }
    assert_eq!(wired.way.sent(""), before);
    assert_eq!(count(&wired.real, "promotions").await, 0);
    assert_eq!(count(&wired.real, "agent_switch where stopped_at is not null").await, 0);
    // Once Maxis is back he is told, and it is said.
    wired.way.is(&[]);
    wired.real.shellia.clock.advance(SignedDuration::from_secs(90));
    let told = wired.channels.holds(channel(50), 1).await;
    assert_snapshot!(told[0], @"⛔ Maxis est prévenu : tout est arrêté chez lui aussi.");
    assert_eq!(count(&wired.real, "agent_switch where stopped_at is not null").await, 1);
    // It goes on by a plan alone.
    let plan = wired.real.types(OPERATOR, 7, Fr, "!maxis reprendre").await;
    let done = wired.real.presses(OPERATOR, &plan, "Approuver").await;
    assert_snapshot!(done.text, @"✅ Plan #2 exécuté. Tout reprend.");
    assert!(wired.real.types(OPERATOR, 7, Fr, "!maxis promo 10% basic 48h").await.text.starts_with("Plan #3"));
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_tells_again_after_a_restart_is_not_sent_again_and_told_once() {
    let wired = Wired::start(open().await);
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.way.is(&[("/commit", Meets::CutsBehind)]);
    wired.real.presses(OPERATOR, &card, "Approuver").await;
    // As after a restart: what left stands in the file. Somebody presses again.
    wired.way.is(&[]);
    let again = wired.real.presses(OPERATOR, &card, "Approuver").await;
    assert_snapshot!(again.text, @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    assert_eq!((wired.way.sent("/commit"), count(&wired.real, "promotions").await), (1, 1));
    wired.real.shellia.clock.advance(SignedDuration::from_secs(240));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 0, "who read it once isn't told again");
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_heard_however_much_was_asked_before() {
    let mut real = open().await;
    Arc::get_mut(&mut real.shellia).unwrap().limits = Limits::new(Rates::default());
    let asks = |text: &'static str| real.asks(OPERATOR, 7, Fr, text);
    for _ in 0..60 {
        asks("!maxis promos").await;
    }
    assert!(asks("!maxis promos").await.is_none(), "he asks too fast, and was told so");
    assert!(asks("!shellia combien de ventes hier ?").await.is_none());
    for text in ["!maxis stop", "!shellia arrête tout"] {
        let stopped = asks(text).await.expect("it is heard");
        assert!(stopped.text.starts_with('⛔'), "{}", stopped.text);
    }
    assert_eq!(count(&real, "agent_switch where stopped_at is not null").await, 1);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_tells_again_after_a_crash_is_not_carried_out_again() {
    let wired = Wired::start(open().await);
    let real = &wired.real;
    let card = real.types(OPERATOR, 7, Fr, "!maxis stop").await;
    assert!(card.text.starts_with('⛔'));
    let plan = real.types(OPERATOR, 7, Fr, "!maxis reprendre").await;
    real.presses(OPERATOR, &plan, "Approuver").await;
    let stopped = "agent_switch where stopped_at is not null";
    assert_eq!(count(real, stopped).await, 0);
    // The gateway is resumed from before, so the same messages come once more.
    real.tells_again();
    assert!(real.asks(OPERATOR, 7, Fr, "!maxis stop").await.is_none());
    assert!(real.asks(OPERATOR, 7, Fr, "!maxis reprendre").await.is_none());
    assert_eq!((count(real, stopped).await, count(real, "agent_plans").await), (0, 1));
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_of_the_shop_stands_in_the_way_of_a_stop() {
    let real = open().await;
    real.shop
        .sql(
            "insert into products (guild_id, code, name, kind, created_at, updated_at) values
                 (7, 'stop', 'Stop', 'text', now(), now()), (7, 'all', 'everything', 'text', now(), now())",
        )
        .await;
    for text in ["stop", "Stop", "stop tout", "stop everything", "please stop"] {
        let said = real.types(OPERATOR, 7, Fr, text).await;
        assert!(said.text.starts_with('⛔'), "{text}: {}", said.text);
    }
    real.server.stop().await;
}
