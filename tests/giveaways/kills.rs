//! Killed at random moments between the beginning and the last prize: one draw, each prize once, and a file that holds.

use super::stage::Stage;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use shellia::domain::giveaways::Prize;
use std::time::Duration;

/// How often the process is killed; `GIVEAWAY_KILLS` sets another number, and `make kills` 300.
const KILLS: u32 = 100;
/// The most kills of one giveaway.
const EACH: u32 = 40;

fn wanted() -> u32 {
    std::env::var("GIVEAWAY_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

/// Lets what a killed worker held be free, and time pass to when something is to be done.
async fn push(stage: &Stage, number: i64) {
    stage.world.behind("update giveaways set lease_until = null").await;
    let giveaway = stage.giveaway(number).await;
    let due: Option<Timestamp> = giveaway.look_at;
    if let Some(wait) = due.map(|due| due.duration_since(stage.now())).filter(|wait| wait.is_positive()) {
        stage.world.pass(wait + SignedDuration::from_millis(5));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nobody_is_drawn_twice_and_no_prize_is_lost() {
    let stage = Stage::new().await;
    let (mut kills, mut round) = (0, 0);
    while kills < wanted() {
        let cle = Prize::Product { code: "cle".to_owned(), variant: "standard".to_owned() };
        let number = stage
            .makes(|new| {
                new.request = format!("k{round}");
                new.claim_hours = 0;
                new.winners = 3;
                new.prize = cle;
                new.ends_at += SignedDuration::from_secs(i64::from(round));
            })
            .await;
        let worker = stage.world.start();
        stage.until_state(number, "open").await;
        stage.enter(number, 1..=8).await;
        worker.kill().await;
        stage.pass_to_end(number).await;
        for _ in 0..EACH {
            push(&stage, number).await;
            let worker = stage.world.start();
            let moment = rand::rng().random_range(0..40);
            tokio::time::sleep(Duration::from_millis(moment)).await;
            worker.kill().await;
            kills += 1;
            if stage.giveaway(number).await.look_at.is_none() {
                break;
            }
        }
        let worker = stage.world.start();
        for _ in 0..200 {
            push(&stage, number).await;
            let giveaway = stage.giveaway(number).await;
            if giveaway.look_at.is_none() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        stage.until_over(number).await;
        worker.stop().await;
        let holders = stage.holders(number).await;
        assert_eq!(holders.len(), 3);
        assert_eq!(stage.verified(number).await, holders);
        let orders = format!(
            "select count(*) as n from orders where request like 'prize/{number}/%' and state = 'fulfilled' and mode = 'free'"
        );
        assert_eq!(stage.world.database.count(&orders).await, 3);
        let keys = "select count(*) as n from product_keys where order_number is not null";
        assert_eq!(stage.world.database.count(keys).await, i64::from(round + 1) * 3);
        let drawn = format!("select count(*) as n from giveaway_log where giveaway = {number} and event ? 'drawn'");
        assert_eq!(stage.world.database.count(&drawn).await, 1);
        round += 1;
    }
    println!("{kills} kills in {round} giveaways");
}
