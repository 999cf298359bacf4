//! What time does to tickets: due times, reminders, pauses, closing by itself, the window to reopen.

use super::world::*;

async fn count(world: &World, what: &str) -> i64 {
    world.database.count(&format!("select count(*) as n from {what}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_reminded_once_and_told_once_that_the_time_is_up() {
    let world = World::new().await;
    let given = [("subject", t("Urgent")), ("description", t("d")), ("priority", t("critical"))];
    world.asks(&marie(), "ticket_create", &given).await;
    world.wait_hours(8);
    assert_eq!(world.tick().await, [0, 0, 0]);
    world.wait_hours(1);
    assert_eq!(world.tick().await, [1, 0, 0]);
    assert_eq!(world.tick().await, [0, 0, 0]);
    world.wait_hours(3);
    assert_eq!(world.tick().await, [0, 1, 0]);
    assert_eq!(world.tick().await, [0, 0, 0]);
    assert_eq!(count(&world, "outbox where kind = 'sla_reminder'").await, 1);
    assert_eq!(count(&world, "outbox where kind = 'sla_breach'").await, 1);
    assert_eq!(count(&world, "ticket_audit where action in ('reminded', 'breached') and actor_id is null").await, 2);
    let view = words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("Échéance = ⚠️ dépassée"), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_stands_still_while_the_member_is_asked() {
    let world = World::new().await;
    let given = [("subject", t("Urgent")), ("description", t("d")), ("priority", t("critical"))];
    world.asks(&marie(), "ticket_create", &given).await;
    world.wait_hours(2);
    world.asks(&paul(), "ticket_reply", &[("id", n(1)), ("message", t("?"))]).await;
    let view = words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("Échéance = en pause, reste 9 h 59 min") || view.contains("reste 10 h 0 min"), "{view}");
    world.wait_hours(24 * 3);
    assert_eq!(world.tick().await, [0, 0, 0]);
    world.asks(&marie(), "ticket_reply", &[("id", n(1)), ("message", t("!"))]).await;
    world.wait_hours(6);
    assert_eq!(world.tick().await, [0, 0, 0]);
    world.wait_hours(1);
    assert_eq!(world.tick().await, [1, 0, 0], "nine hours were used");
    world.asks(&paul(), "ticket_priority", &[("id", n(1)), ("priority", t("low"))]).await;
    world.wait_hours(44);
    assert_eq!(world.tick().await, [0, 0, 0], "72 hours now, 53 of them used");
    world.wait_hours(1);
    assert_eq!(world.tick().await, [1, 0, 0], "54 of 72 hours: the reminder is due again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answers_closes_by_itself() {
    let world = World::new().await;
    for subject in ["résolu", "attend", "répondu", "ouvert"] {
        world.opens(&marie(), subject).await;
    }
    world.asks(&paul(), "ticket_resolve", &[("id", n(1))]).await;
    world.asks(&paul(), "ticket_reply", &[("id", n(2)), ("message", t("?"))]).await;
    world.asks(&paul(), "ticket_reply", &[("id", n(3)), ("message", t("?"))]).await;
    world.wait_hours(24);
    world.asks(&marie(), "ticket_reply", &[("id", n(3)), ("message", t("!"))]).await;
    world.wait_hours(24 * 6 - 1);
    assert_eq!(world.tick().await[2], 0);
    world.wait_hours(2);
    assert_eq!(world.tick().await[2], 2);
    assert_eq!(world.tick().await[2], 0);
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("de lui-même, sans nouvelle réponse"), "{view}");
    assert_eq!(count(&world, "outbox where kind = 'state_change' and recipient_id = 10").await, 3);
    assert_eq!(count(&world, "tickets where number in (3, 4) and state = 'closed'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn reopening_ends_after_seven_days() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    let close = world.asks(&marie(), "ticket_close", &[("id", n(1))]).await;
    world.presses(&marie(), &close, "2").await;
    world.wait_hours(24 * 7 - 1);
    let reopened = world.presses(&marie(), &close, "Rouvrir").await;
    assert!(words(&reopened).contains("rouvert"));
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("État = 🆕 Ouvert") && view.contains("Avis = ⭐⭐\n"), "{view}");
    let close = world.asks(&paul(), "ticket_close", &[("id", n(1))]).await;
    assert!(labels(&close).iter().all(|label| !label.contains('⭐')), "stars are the opener's");
    world.wait_hours(24 * 7 + 1);
    assert!(words(&world.presses(&paul(), &close, "Rouvrir").await).contains("trop tard"));
    let first = words(&world.asks(&marie(), "ticket_rate", &[("id", n(1)), ("stars", n(4))]).await);
    assert!(first.contains("⭐⭐⭐⭐ C’est changé"), "{first}");
    let second = words(&world.asks(&marie(), "ticket_rate", &[("id", n(1)), ("stars", n(1))]).await);
    assert!(second.contains("ne peut plus changer"), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn thanks_after_the_solution_do_not_reopen() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    world.asks(&paul(), "ticket_resolve", &[("id", n(1))]).await;
    let thanks = world.asks(&marie(), "ticket_reply", &[("id", n(1)), ("message", t("merci"))]).await;
    assert!(words(&thanks).contains("reste résolu"), "{thanks:?}");
    let reopened = world.presses(&marie(), &thanks, "Rouvrir").await;
    assert!(words(&reopened).contains("rouvert"));
}
