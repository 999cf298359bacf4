//! What the channel reads of the winners.

use super::stage::{Stage, user};
use std::time::{Duration, Instant};

async fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn winners_are_named_first_however_many_were_passed_over() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| new.winners = 10).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=120).await;
    for id in 11..=120 {
        stage.world.members.leave(user(id));
    }
    stage.draw(number).await;
    until("the winners are named", || stage.saying("🏆") == 1).await;
    let said = stage.said().into_iter().find(|reply| reply.text.contains("🏆")).unwrap();
    assert!(said.text.starts_with("🏆") && said.text.chars().count() < 2_000, "{}", said.text);
    assert!((1..=10).all(|id| said.text.contains(&format!("<@{id}>"))), "{}", said.text);
    assert!(said.text.contains("places passées") && said.text.contains("Journal du tirage"), "{}", said.text);
    assert_eq!(said.mentions.len(), 10);
    worker.stop().await;
}
