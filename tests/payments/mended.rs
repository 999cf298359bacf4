//! Faults that were found by trying the shop: clocks that differ, limits that late money passes, days of a plan whose role is gone.

use super::shop;
use super::world::World;
use jiff::SignedDuration;
use shellia::domain::shop::{OrderState, Trouble};
use shellia::kernel::Error;

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_of_a_clock_that_is_ahead_is_held_now() {
    let world = World::new().await;
    world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", "r1")).await.unwrap();
    assert!(world.shop.provider.pay(0, true));
    let now = world.shop.app.clock.now();
    world.shop.provider.state.lock().unwrap().subs[0].view.started_at = now + SignedDuration::from_mins(5);
    world.work().await;
    let now = world.shop.app.clock.now();
    let held = format!("select count(*) as n from entitlements where source = 'subscription' and starts_at <= '{now}'");
    assert_eq!(world.count(&held).await, 1);
}
