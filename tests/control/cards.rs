//! What is decided elsewhere, at the panel or in another channel, is shown on the cards of Shellia, and a stop is told.

use super::orders::{open, read};
use super::real::{OPERATOR, OUT, SECOND, STRAY, asker};
use super::wired::Wired;
use super::world::{channel, guild};
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::control::PlanDesk;
use shellia::control::plans::{Bound, NewPlan, PlanState};
use shellia::control::wanted::{Wanted, WantedResume};
use shellia::domain::notifications::Undelivered;
use shellia::kernel::Locale::Fr;
use shellia::kernel::MessageId;
use shellia::kernel::reply::Reply;
use shellia::pilot::{Follow, Topic};
use std::time::Duration;

/// Waits until a card is another one.
async fn changed(wired: &Wired, id: MessageId, before: &Reply) -> Reply {
    for _ in 0..400 {
        let now = wired.channels.shown(id);
        if now != *before {
            return now;
        }
        wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the card stays: {before:?}");
}

/// Waits until no card is kept any more.
async fn settled(wired: &Wired) {
    for _ in 0..400 {
        if wired.real.shellia.pilot.kept("maxis").cards.is_empty() {
            return;
        }
        wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?}", wired.real.shellia.pilot.kept("maxis").cards);
}

async fn listens(wired: &Wired) {
    while wired.real.shellia.pilot.kept("maxis").after.is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Somebody approves and commits as the panel does: by the desk, without Shellia.
async fn approves(wired: &Wired, who: u64, number: i64) -> PlanState {
    let desk = wired.real.desk.clone();
    let plan = desk.plan(asker(7, who), number).await.unwrap();
    let bound = || Bound { digest: plan.digest.clone() };
    let approved = desk.approve_plan(asker(7, who), number, bound()).await.unwrap();
    if approved.state == PlanState::Approved {
        return desk.commit_plan(asker(7, who), number, bound()).await.unwrap().state;
    }
    approved.state
}

/// What is asked for at the panel for all to go on.
fn going_on(key: &str) -> NewPlan {
    NewPlan { key: key.to_owned(), wanted: Wanted::Resume(WantedResume {}) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_approved_at_the_panel_is_shown_as_done_on_every_card_of_it() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    let first = wired.channels.shows(channel(50), &card);
    let again = wired.real.types(SECOND, 7, Fr, "!maxis plans 1").await;
    let second = wired.channels.shows(channel(50), &again);
    wired.real.goes_elsewhere();
    let beside = wired.channels.shows(channel(51), &wired.real.types(SECOND, 7, Fr, "!maxis plans 1").await);
    assert_eq!(wired.real.shellia.pilot.kept("maxis").cards.len(), 2, "one for each channel");
    // Discord is away at first.
    wired.channels.edits_meet(vec![Undelivered::Later(None)]);
    assert_eq!(approves(&wired, OPERATOR, 1).await, PlanState::Committed);
    let done = changed(&wired, first, &card).await;
    assert_snapshot!(read(&done), @r"
    ✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 1 sur 1 · <@22>
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ");
    assert_eq!(done.buttons, []);
    assert_eq!(changed(&wired, second, &again).await, done);
    assert_eq!(changed(&wired, beside, &again).await, done);
    settled(&wired).await;
    assert_eq!((wired.channels.read(channel(50)).len(), wired.channels.read(channel(51)).len()), (0, 0));
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_a_plan_whose_card_lies_too_far_back_is_said_anew_and_that_nobody_decided_isnt() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    wired.real.types(OPERATOR, 7, Fr, "!maxis promo 10% basic 48h").await;
    // Neither card is found.
    assert_eq!(approves(&wired, OPERATOR, 1).await, PlanState::Committed);
    while wired.channels.read(channel(50)).is_empty() {
        wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    wired.real.shellia.clock.advance(SignedDuration::from_mins(16));
    settled(&wired).await;
    let told = wired.channels.read(channel(50));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Plan #1 exécuté"), "{told:?}");
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_who_is_no_operator_any_more_leads_nobody_astray() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    let card = wired.real.types(STRAY, 7, Fr, "!maxis promo 20% pro 48h").await;
    let id = wired.channels.shows(channel(50), &card);
    OUT.store(true, std::sync::atomic::Ordering::Relaxed);
    wired.real.desk.reject_plan(asker(7, OPERATOR), 1).await.unwrap();
    let moved = changed(&wired, id, &card).await;
    assert_snapshot!(moved.text, @"📋 Plan #1 : quelque chose en a été décidé ailleurs. Un opérateur peut voir où il en est.");
    assert_eq!(moved.buttons.len(), 1);
    settled(&wired).await;
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_approvals_a_rejection_and_the_end_of_its_time_are_shown_after_a_restart_too() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 25% pro 48h").await;
    let id = wired.channels.shows(channel(50), &card);
    let wired = wired.restarts().await;
    assert_eq!(approves(&wired, OPERATOR, 1).await, PlanState::Waiting);
    let half = changed(&wired, id, &card).await;
    assert_snapshot!(half.text, @"📋 Plan #1 : une approbation est là, il manque encore celle d’un autre opérateur.");
    assert_eq!(half.buttons.len(), 2);
    wired.real.desk.reject_plan(asker(7, SECOND), 1).await.unwrap();
    let rejected = changed(&wired, id, &half).await;
    assert_snapshot!(rejected.text, @"✖️ Plan #1 : il est rejeté, rien n’a changé.");
    assert_eq!(rejected.buttons, []);
    settled(&wired).await;
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 10% pro 48h").await;
    let id = wired.channels.shows(channel(50), &card);
    wired.real.shellia.clock.advance(SignedDuration::from_mins(16));
    let expired = changed(&wired, id, &card).await;
    assert_snapshot!(expired.text, @"⌛ Plan #2 : il a expiré, rien n’a changé. Refaites la demande si elle tient toujours.");
    assert_eq!(expired.buttons, []);
    settled(&wired).await;
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pressed_here_is_answered_once_and_nothing_is_edited_after_it() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 25% pro 48h").await;
    let id = wired.channels.shows(channel(50), &card);
    let half = wired.real.presses(OPERATOR, &card, "Approuver").await;
    assert!(half.replaces);
    // An edit would be one too many.
    wired.channels.edits_meet(vec![Undelivered::Later(None)]);
    for _ in 0..8 {
        wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    assert_eq!(wired.real.shellia.pilot.kept("maxis").cards.iter().map(|card| card.tries).sum::<u32>(), 0);
    assert_eq!(wired.channels.shown(id), card);
    wired.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_at_the_panel_is_told_where_it_is_followed_and_what_goes_on_there_goes_on_here() {
    let wired = Wired::start(open().await);
    listens(&wired).await;
    let pilot = &wired.real.shellia.pilot;
    for at in [50, 51] {
        let topics = [Topic::Outage].into();
        let follow = Follow { guild: guild(7), channel: channel(at), topics, locale: Fr, ended: None };
        pilot.change("maxis", |kept| kept.follow(follow)).unwrap();
    }
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis promo 20% pro 48h").await;
    let id = wired.channels.shows(channel(50), &card);
    wired.real.desk.stop_plans(asker(7, SECOND)).await.unwrap();
    assert_snapshot!(wired.channels.holds(channel(51), 1).await[0], @"⛔ Tout est arrêté chez Maxis : plus rien n’est exécuté, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.");
    assert_snapshot!(changed(&wired, id, &card).await.text, @"✖️ Plan #1 : il est rejeté, rien n’a changé.");
    assert_eq!(wired.channels.holds(channel(50), 1).await, wired.channels.read(channel(51)));
    // Stopped here as well, where that is answered.
    wired.real.types(OPERATOR, 7, Fr, "!maxis stop").await;
    assert!(pilot.leave("maxis", guild(7)).is_none());
    let plan = wired.real.desk.make_plan(asker(7, SECOND), going_on("resume")).await.unwrap();
    wired.real.shellia.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(approves(&wired, SECOND, plan.number).await, PlanState::Committed);
    assert_snapshot!(wired.channels.holds(channel(51), 2).await[1], @"▶️ Tout reprend chez Maxis : ce qui est approuvé est de nouveau exécuté.");
    assert_eq!(wired.channels.holds(channel(50), 2).await, wired.channels.read(channel(51)));
    assert!(pilot.leave("maxis", guild(7)).is_some(), "nothing is stopped here any more");
    // A card that is still there, of another plan to go on, hides nothing.
    wired.real.desk.stop_plans(asker(7, SECOND)).await.unwrap();
    wired.channels.holds(channel(50), 3).await;
    wired.real.types(OPERATOR, 7, Fr, "!maxis reprendre").await;
    let plan = wired.real.desk.make_plan(asker(7, SECOND), going_on("resume-again")).await.unwrap();
    assert_eq!(approves(&wired, SECOND, plan.number).await, PlanState::Committed);
    assert_eq!(wired.channels.holds(channel(50), 4).await, wired.channels.holds(channel(51), 4).await);
    // A stop that is said here is answered here, and told elsewhere alone.
    wired.real.types(OPERATOR, 7, Fr, "!maxis stop").await;
    wired.channels.holds(channel(51), 5).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 4);
    // And so is what goes on.
    let card = wired.real.types(OPERATOR, 7, Fr, "!maxis reprendre").await;
    wired.real.presses(OPERATOR, &card, "Approuver").await;
    wired.channels.holds(channel(51), 6).await;
    assert_eq!(wired.channels.read(channel(50)).len(), 4);
    wired.end().await;
}
