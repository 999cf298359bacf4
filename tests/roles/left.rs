//! Who left a checkout is reminded: once, if he agreed, while it can be paid.

use super::world::World;
use crate::payments::shop;
use shellia::domain::shop::orders::left;
use shellia::kernel::{Actor, System};

/// Both agree to be reminded, or only Marie.
async fn agree(world: &World, who: &[u64]) {
    for user in who {
        world.behind(&format!("insert into reminders values ({}, {user}, now())", world.guild)).await;
    }
}

/// Somebody opens a checkout and does not pay it.
async fn leaves(world: &World, user: u64, request: &str) -> i64 {
    let new = shop::order(world.shop.guild, user, "product/text/standard", request);
    world.shop.buy(&new).await.unwrap().0.number
}

async fn minutes(world: &World, minutes: i64) -> usize {
    world.app().clock.advance(jiff::SignedDuration::from_mins(minutes));
    let mut tx = world.app().db.begin(&Actor::system(System::Payments)).await.unwrap();
    let reminded = left::remind(&mut tx, world.app().clock.now(), 100).await.unwrap();
    tx.commit().await.unwrap();
    reminded
}

#[tokio::test(flavor = "multi_thread")]
async fn who_agreed_is_reminded_once_and_nobody_else() {
    let world = World::new().await;
    agree(&world, &[world.marie]).await;
    leaves(&world, world.marie, "a").await;
    leaves(&world, world.marie, "b").await;
    leaves(&world, world.jean, "c").await;
    assert_eq!(minutes(&world, 1).await, 0);
    assert_eq!(minutes(&world, 40).await, 1);
    assert_eq!(minutes(&world, 1).await, 0, "one a member and day");
    let worker = world.start();
    world.until_idle().await;
    insta::assert_snapshot!("who_left_a_checkout_is_reminded", world.told(world.marie).join("\n—\n"));
    assert_eq!(world.told(world.jean), Vec::<String>::new());
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_over_or_not_wanted_any_more_is_not_called_to_mind() {
    let world = World::new().await;
    agree(&world, &[world.marie, world.jean]).await;
    leaves(&world, world.marie, "a").await;
    leaves(&world, world.jean, "b").await;
    assert_eq!(minutes(&world, 40).await, 2);
    // Between the look and the message one pays, the other changes his mind.
    world.behind(&format!("delete from reminders where user_id = {}", world.jean)).await;
    assert!(world.shop.provider.pay(0, true));
    world.behind("update orders set state = 'awaiting' where number = 1").await;
    let worker = world.start();
    world.until("select count(*) as n from outbox where kind = 'checkout_left' and outcome = 'unneeded'", 2).await;
    worker.stop().await;
    // What can't be paid any more isn't either.
    leaves(&world, world.marie, "c").await;
    assert_eq!(minutes(&world, 25 * 60).await, 0);
}
