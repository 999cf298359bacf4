//! A bank returns a refund that was made: the money is here again, and so is what was bought.

use super::world::World;

const ALERTS: &str = "select count(*) as n from outbox where kind = 'shop_alert' and order_number = 1";
const KEPT: &str = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger where account = 'provider'";
const BACK: &str = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger where account = 'refunds'";

impl World {
    /// What people may use now.
    async fn held(&self) -> i64 {
        let now = self.shop.app.clock.now();
        let held = "select count(*) as n from entitlements where revoked_at is null and suspended_at is null";
        self.count(&format!("{held} and ends_at > '{now}'")).await
    }

    /// What people may use in so many days, wherever it begins.
    async fn held_on(&self, days: i64) -> i64 {
        let at = self.shop.app.clock.now() + jiff::SignedDuration::from_hours(24 * days);
        let held = "select count(*) as n from entitlements where revoked_at is null and suspended_at is null";
        self.count(&format!("{held} and starts_at <= '{at}' and ends_at > '{at}'")).await
    }

    /// Looks until nothing follows from what was found.
    async fn settles(&self) {
        for _ in 0..3 {
            self.work().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_bought_once_comes_back() {
    let world = World::new().await;
    let number = world.owns(10, "product/role/standard", "r1").await;
    let kept = world.count(KEPT).await;
    world.refunds(number).await.unwrap();
    world.settles().await;
    assert_eq!((world.held().await, world.count(BACK).await), (0, 500));
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    assert_eq!((world.held().await, world.count(BACK).await, world.count(KEPT).await), (1, 0, kept));
    assert_eq!(world.count("select count(*) as n from deliveries where revoked_at is null").await, 1);
    assert_eq!(world.count(ALERTS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_the_refund_ended_gives_access_to_the_end_of_what_was_paid() {
    let world = World::new().await;
    let number = world.owns(10, "plan/pro/month", "r1").await;
    let kept = world.count(KEPT).await;
    world.refunds(number).await.unwrap();
    world.settles().await;
    let ended = "select count(*) as n from subscriptions where state = 'canceled'";
    assert_eq!((world.held().await, world.count(ended).await), (0, 1));
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    assert_eq!((world.held().await, world.count(ended).await), (1, 1), "access, and the subscription stays ended");
    let to_the_end = "select count(*) as n from entitlements e join subscriptions s on e.source_key = 'sub/' || s.id \
                      where e.ends_at = s.period_end";
    assert_eq!(world.count(to_the_end).await, 1);
    assert_eq!((world.count(BACK).await, world.count(KEPT).await), (0, kept));
    assert_eq!(world.count(ALERTS).await, 1);
    // Looked at again it stays, and it ends with the period.
    world.settles().await;
    assert_eq!(world.held().await, 1);
    world.pass(24 * 32);
    assert_eq!(world.held().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_is_made_again_takes_it_all_away() {
    let world = World::new().await;
    let number = world.owns(10, "plan/pro/month", "r1").await;
    world.refunds(number).await.unwrap();
    world.settles().await;
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    assert_eq!(world.held().await, 1);
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.settles().await;
    assert_eq!((world.held().await, world.count(BACK).await), (0, 999));
    assert_eq!(world.count("select count(*) as n from orders where refund_returned").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_was_not_paid_gives_nothing() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.pass(24 * 32);
    assert!(world.shop.provider.renew(0, false));
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.settles().await;
    assert_eq!(world.count("select count(*) as n from subscriptions where state = 'canceled'").await, 1);
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    assert_eq!(world.count("select count(*) as n from orders where refund_returned").await, 1);
    assert_eq!(world.held().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_that_were_taken_come_back() {
    let world = World::new().await;
    let number = world.owns(10, "product/role/standard", "r1").await;
    world.pass(24);
    world.refunds(number).await.unwrap();
    world.settles().await;
    world.pass(28 * 24);
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    // Thirty were paid, and one was had.
    assert_eq!((world.held_on(0).await, world.held_on(28).await, world.held_on(30).await), (1, 1, 0));
    // Looked at again, it stays so.
    world.pass(24);
    world.settles().await;
    assert_eq!((world.held_on(27).await, world.held_on(29).await), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_moved_up_stay_and_those_that_come_back_follow_them() {
    let world = World::new().await;
    world.behind("update variants set stock = 5 where product = 'role'").await;
    let first = world.owns(10, "product/role/standard", "r1").await;
    world.owns(10, "product/role/standard", "r2").await;
    assert_eq!((world.held_on(1).await, world.held_on(59).await), (1, 1), "one behind the other");
    world.refunds(first).await.unwrap();
    world.settles().await;
    assert_eq!((world.held_on(29).await, world.held_on(31).await), (1, 0), "they moved up");
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    let held = (world.held_on(0).await, world.held_on(29).await, world.held_on(31).await, world.held_on(59).await);
    assert_eq!(held, (1, 1, 1, 1), "sixty days were paid, and one at a time is had");
    assert_eq!(world.held_on(61).await, 0);
}
