//! Nothing is doubled and nothing is left out.

use super::world::*;
use shellia::commands::{self, Call, Way};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_members_at_once_get_the_numbers_one_to_a_hundred() {
    let world = Arc::new(World::new().await);
    let opening = (0..100).map(|at| {
        let world = world.clone();
        tokio::spawn(async move { world.opens(&member(1000 + at, "Quelqu’un"), "En même temps").await })
    });
    let mut numbers = Vec::new();
    for task in opening.collect::<Vec<_>>() {
        numbers.push(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<i64>>());
    assert_eq!(world.database.count("select count(*) as n from ticket_messages where kind = 'opening'").await, 100);
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'card'").await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_gets_the_same_answer_and_one_ticket() {
    let world = World::new().await;
    let call = world.call(&marie(), "ticket_create", &[("subject", t("Une fois")), ("description", t("d"))]);
    let first = commands::answer(&world.app, &call).await;
    let again = commands::answer(&world.app, &call).await;
    assert_eq!(first, again);
    let mut at_once = Vec::new();
    let twin = world.call(&jean(), "ticket_create", &[("subject", t("Deux fois")), ("description", t("d"))]);
    for _ in 0..8 {
        let (app, twin) = (world.app.clone(), twin.clone());
        at_once.push(tokio::spawn(async move { commands::answer(&app, &twin).await }));
    }
    let mut answers = Vec::new();
    for task in at_once {
        answers.push(task.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(world.database.count("select count(*) as n from tickets").await, 2);
    assert_eq!(world.opens(&marie(), "Suivant").await, 3, "a repeat takes no number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_closing_is_no_error() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    let call = Call { way: Way::Form, ..world.call(&marie(), "ticket_close", &[("id", t("1"))]) };
    let first = commands::answer(&world.app, &call).await;
    assert_eq!(commands::answer(&world.app, &call).await, first);
    let other = words(&world.asks(&marie(), "ticket_close", &[("id", n(1))]).await);
    assert!(other.contains("déjà fermé"), "{other}");
    assert_eq!(world.database.count("select count(*) as n from ticket_audit where action = 'closed'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_claims_at_once_have_one_winner() {
    let world = World::new().await;
    for round in 1..=10 {
        world.opens(&marie(), "x").await;
        let claim = |who: Someone| {
            let call = world.call(&who, "ticket_claim", &[("id", n(round))]);
            let app = world.app.clone();
            tokio::spawn(async move { words(&said(commands::answer(&app, &call).await)) })
        };
        let (one, two) = (claim(paul()), claim(ines()));
        let answers = [one.await.unwrap(), two.await.unwrap()];
        let won = answers.iter().filter(|answer| answer.contains("est à vous")).count();
        assert_eq!(won, 1, "{answers:?}");
        assert!(answers.iter().any(|answer| answer.contains("déjà pris")), "{answers:?}");
    }
}
