//! Days of a plan that somebody won who pays for it already: they wait, and he is told so.

use super::stage::{Stage, user};
use shellia::domain::giveaways::{Also, Prize};

#[tokio::test(flavor = "multi_thread")]
async fn days_of_a_plan_that_is_paid_for_wait_and_their_winner_is_told() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let prize = Prize::Plan { code: "pro".to_owned(), days: 30 };
    let number = stage.makes(|new| (new.prize, new.claim_hours) = (prize, 0)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage
        .world
        .behind(
            "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
             select 7, n, 'plan', 'pro', 'subscription', 'sub/' || n, now(), now() + interval '20 days', now(), now() \
             from generate_series(1, 3) n",
        )
        .await;
    stage.pass_to_end(number).await;
    stage.until_over(number).await;
    let waits = "select count(*) as n from entitlements p join entitlements s on s.user_id = p.user_id and s.source = 'subscription' \
                 where p.source = 'prize' and p.starts_at = s.ends_at and p.ends_at = s.ends_at + interval '30 days'";
    assert_eq!(stage.world.database.count(waits).await, 1);
    let winner = stage.holders(number).await[0];
    let told = stage.world.courier.shown(crate::notices::courier::direct(user(winner)));
    let told: Vec<&str> = told.iter().map(|reply| reply.text.as_str()).collect();
    assert!(told.iter().any(|text| text.contains("quand votre abonnement prendra fin")), "{told:?}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_come_beside_a_prize_and_wait_are_told_of_too() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let role = shellia::kernel::RoleId::new(77).unwrap();
    let also = Also { plan: Some(("pro".to_owned(), 3)), role: None };
    let prize = Prize::Role { role, days: None };
    let number = stage.makes(|new| (new.prize, new.also, new.claim_hours) = (prize, also, 0)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage
        .world
        .behind(
            "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
             select 7, n, 'plan', 'pro', 'subscription', 'sub/' || n, now(), now() + interval '20 days', now(), now() \
             from generate_series(1, 3) n",
        )
        .await;
    stage.pass_to_end(number).await;
    stage.until_over(number).await;
    let winner = stage.holders(number).await[0];
    let told = stage.world.courier.shown(crate::notices::courier::direct(user(winner)));
    let told: Vec<&str> = told.iter().map(|reply| reply.text.as_str()).collect();
    assert!(told.iter().any(|text| text.contains("la formule que vous gagnez en plus")), "{told:?}");
    worker.stop().await;
}
