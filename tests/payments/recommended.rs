//! A friend who begins with the free trial: the credit for him is due once his first invoice is really paid.

use super::shop;
use super::world::World;

const SEEN: &str = "select count(*) as n from referrals where state = ";

impl World {
    /// The member 10 recommended the shop to 11, who begins with the trial.
    async fn tries(&self) {
        self.behind(
            "insert into referral_codes values (100, 10, 'R-MARIE', now());
             insert into referrals (guild_id, user_id, friend_id, state, created_at, updated_at) \
             values (100, 10, 11, 'waiting', now(), now())",
        )
        .await;
        let mut new = shop::order(self.shop.guild, 11, "plan/pro/month", "r1");
        new.trial = true;
        self.shop.buy(&new).await.unwrap();
        assert!(self.shop.provider.pay(0, true));
        self.work().await;
    }

    async fn referrals(&self, state: &str) -> i64 {
        self.count(&format!("{SEEN} '{state}'")).await
    }

    async fn clock_credits(&self) {
        let app = &self.shop.app;
        let mut tx = app.db.begin(&shellia::kernel::Actor::system(shellia::kernel::System::Payments)).await.unwrap();
        shellia::domain::promotions::schedule::run(&mut tx, app.clock.now(), 10).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_invoice_after_a_trial_brings_the_credit_and_holds_it_from_then() {
    let world = World::new().await;
    world.tries().await;
    assert_eq!(world.referrals("waiting").await, 1, "a trial has paid nothing");
    world.pass(24 * 3 + 1);
    assert!(world.shop.provider.renew(0, true));
    world.work().await;
    world.work().await;
    let held = "select count(*) as n from referrals where state = 'held' and amount_minor = 100 and order_number = 1";
    assert_eq!(world.count(held).await, 1, "a tenth of 9.99, rounded");
    world.pass(24 * 14 - 1);
    world.clock_credits().await;
    assert_eq!(world.referrals("held").await, 1);
    world.pass(2);
    world.clock_credits().await;
    assert_eq!(world.referrals("credited").await, 1);
    // The next invoice brings nothing more; the first one's refund takes it back.
    world.pass(24 * 17);
    assert!(world.shop.provider.renew(0, true));
    world.work().await;
    assert_eq!(world.count("select count(*) as n from referrals where amount_minor = 100").await, 1);
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.work().await;
    let left =
        "select coalesce(sum(amount_minor - back_minor), 0)::bigint as n from referrals where state <> 'reversed'";
    assert_eq!(world.count(left).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_that_is_never_paid_brings_nothing() {
    let world = World::new().await;
    world.tries().await;
    world.pass(24 * 3 + 1);
    assert!(world.shop.provider.renew(0, false));
    world.work().await;
    world.pass(24 * 20);
    world.clock_credits().await;
    assert_eq!(world.referrals("waiting").await, 1);
    // Paid late after all, it counts from then.
    assert!(world.shop.provider.try_again(0, true));
    world.work().await;
    world.clock_credits().await;
    assert_eq!(world.referrals("held").await, 1);
}
