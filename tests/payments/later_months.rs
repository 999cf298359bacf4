//! A subscription's later months: their refunds and disputes, and its end where nothing is given for it any more.

use super::provider::Fault;
use super::world::World;
use shellia::domain::payments::DisputeState;
use shellia::domain::shop::endings;
use shellia::domain::shop::orders::later::{self, Later};
use shellia::jobs::payments;
use shellia::kernel::Actor;

const ALERTS: &str = "select count(*) as n from outbox where kind = 'shop_alert' and order_number = 1";

impl World {
    /// A month goes by and is paid.
    async fn renews(&self) {
        self.pass(24 * 31);
        assert!(self.shop.provider.renew(0, true));
        self.work().await;
    }

    /// Looks until nothing follows from what was found.
    async fn looks(&self) {
        for _ in 0..3 {
            self.work().await;
        }
    }

    /// How many people may use something at that many days from now.
    async fn held_in(&self, days: i64) -> i64 {
        let at = self.shop.app.clock.now() + jiff::SignedDuration::from_hours(24 * days);
        let held = "select count(*) as n from entitlements where revoked_at is null and suspended_at is null";
        self.count(&format!("{held} and ends_at > '{at}'")).await
    }

    fn runs(&self) -> bool {
        self.shop.provider.state.lock().unwrap().subs[0].view.state != "canceled"
    }

    /// Ending the subscription meets this fault at its last try.
    async fn ending_fails(&self, fault: Fault) {
        self.behind(
            "update payment_tasks set lease_until = null, attempts = 39, due_at = now() \
                     where kind = 'cancel'",
        )
        .await;
        self.faults(&[fault]);
        payments::work_off(&self.shop.app).await.unwrap();
    }

    /// All the money of the first order goes back, and nobody takes the ending of its subscription up yet.
    async fn goes_back_and_is_not_ended(&self) {
        let number = self.owns(10, "plan/pro/month", "r1").await;
        let sub = self.shop.provider.state.lock().unwrap().subs[0].view.id.clone();
        self.behind(&format!(
            "insert into payment_tasks (kind, object, guild_id, state, lease_until, due_at, created_at) \
             values ('cancel', '{sub}', 100, 'pending', now() + interval '1 year', now(), now())"
        ))
        .await;
        self.refunds(number).await.unwrap();
        self.looks().await;
        assert_eq!(self.count("select count(*) as n from orders where state = 'refunded'").await, 1);
    }

    /// What staff read of the later months of the first order.
    async fn later(&self) -> Later {
        let order = self.fresh(1).await;
        let mut tx = self.shop.app.db.begin(&Actor::staff_channel(self.shop.guild)).await.unwrap();
        let later = later::of(&mut tx, &order).await.unwrap();
        tx.end().await.unwrap();
        later
    }

    async fn staff_read_that_it_runs_on(&self) -> bool {
        let mut tx = self.shop.app.db.begin(&Actor::staff_channel(self.shop.guild)).await.unwrap();
        let runs = endings::runs_on(&mut tx, self.shop.guild, 1).await.unwrap();
        tx.end().await.unwrap();
        runs
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_whose_money_went_back_ends_however_long_the_provider_was_away() {
    let world = World::new().await;
    world.goes_back_and_is_not_ended().await;
    world.ending_fails(Fault::Nothing).await;
    let given_up = "select count(*) as n from payment_tasks where kind = 'cancel' and state = 'failed'";
    assert_eq!((world.count(given_up).await, world.count(ALERTS).await, world.runs()), (1, 1, true));
    assert!(world.staff_read_that_it_runs_on().await);
    // The provider is well again, and a month of daily reconciliations passes.
    for _ in 0..32 {
        world.pass(24);
        world.work().await;
    }
    assert!(!world.runs());
    assert!(!world.shop.provider.renew(0, true), "nothing is charged again");
    assert_eq!((world.held_in(0).await, world.count(ALERTS).await), (0, 1));
    assert!(!world.staff_read_that_it_runs_on().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_hear_when_the_provider_refuses_to_end_a_subscription() {
    let world = World::new().await;
    world.goes_back_and_is_not_ended().await;
    world.ending_fails(Fault::Declined).await;
    assert_eq!((world.count(ALERTS).await, world.runs()), (1, true));
    assert!(world.staff_read_that_it_runs_on().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_leaves_an_ending_that_is_under_way_its_pace() {
    let world = World::new().await;
    world.goes_back_and_is_not_ended().await;
    let sub = world.shop.provider.state.lock().unwrap().subs[0].view.id.clone();
    let later = "update payment_tasks set lease_until = null, attempts = 7, due_at = now() + interval '1 year' where kind = 'cancel'";
    world.behind(later).await;
    world.hears("customer.subscription.updated", &sub).await;
    world.looks().await;
    let same = "select count(*) as n from payment_tasks where kind = 'cancel' and attempts = 7 and due_at > now() + interval '300 days'";
    assert_eq!((world.count(same).await, world.runs()), (1, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_whose_later_month_was_lost_to_the_bank_charges_nothing_more() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    world.renews().await;
    assert!(world.shop.provider.dispute(1, DisputeState::Open));
    world.work().await;
    assert!(world.runs(), "the bank has not decided");
    assert!(world.shop.provider.dispute(1, DisputeState::Lost));
    world.looks().await;
    assert_eq!((world.runs(), world.held_in(0).await), (false, 0));
    world.pass(24 * 32);
    assert!(!world.shop.provider.renew(0, true));
}

const TOLD: &str = "select count(*) as n from outbox where kind = 'refunded' and recipient_id = 10";

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_each_turn_of_a_later_months_dispute() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    assert!(world.shop.provider.dispute(1, DisputeState::Open));
    world.looks().await;
    assert_eq!((world.count(ALERTS).await, world.later().await.dispute), (1, Some(DisputeState::Open)));
    assert_eq!(world.held_in(0).await, 0);
    assert!(world.shop.provider.dispute(1, DisputeState::Won));
    world.looks().await;
    assert_eq!((world.count(ALERTS).await, world.later().await.dispute), (2, Some(DisputeState::Won)));
    assert_eq!(world.held_in(0).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_is_told_of_each_part_of_a_later_month_that_goes_back() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    for (part, back) in [(50, 499), (100, 999)] {
        assert!(world.shop.provider.refund_in_dashboard(1, part));
        world.looks().await;
        let later = world.later().await;
        assert_eq!((later.paid_minor, later.refunded_minor), (999, back));
    }
    assert_eq!((world.count(TOLD).await, world.count(ALERTS).await), (2, 0));
    let rows = "select count(*) as n from refunds where order_number = 1 and state = 'done'";
    assert_eq!(world.count(rows).await, 2, "its receipt shows both");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_a_later_months_refund_that_the_bank_returns() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    assert!(world.shop.provider.refund_in_dashboard(1, 50));
    world.looks().await;
    assert!(world.shop.provider.refund_fails(1));
    world.looks().await;
    assert_eq!((world.later().await.refunded_minor, world.count(ALERTS).await), (0, 1));
    assert_eq!(world.count("select count(*) as n from refunds where order_number = 1 and state = 'failed'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_of_an_earlier_month_takes_nothing_of_the_present_one() {
    let world = World::new().await;
    let number = world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    let refused = format!("{:?}", world.refunds(number).await.unwrap_err());
    assert!(refused.contains("error-refund-invoices"), "staff are sent to the dashboard: {refused}");
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.looks().await;
    assert_eq!((world.held_in(20).await, world.runs(), world.count(TOLD).await), (1, true, 1));
    assert_eq!(
        world.count("select count(*) as n from orders where state = 'fulfilled' and refunded_minor = 999").await,
        1
    );
    assert_eq!(world.count("select count(*) as n from deliveries where revoked_at is null").await, 1);
    // The next month too is paid and given.
    world.renews().await;
    assert_eq!(world.held_in(20).await, 1);
}

impl World {
    /// Marie pays a month and it renews; the first month goes back in full. Looks at each as soon as it happened, or hears of the
    /// refund while nothing tells of the renewal yet.
    async fn first_month_goes_back(&self, in_order: bool) {
        self.owns(10, "plan/pro/month", "r1").await;
        self.pass(24 * 31);
        assert!(self.shop.provider.renew(0, true));
        if in_order {
            self.work().await;
        }
        assert!(self.shop.provider.refund_in_dashboard(0, 100));
        let payment = self.shop.provider.state.lock().unwrap().payments[0].id.clone();
        self.hears("charge.refunded", &payment).await;
        payments::work_off(&self.shop.app).await.unwrap();
        self.looks().await;
    }

    /// How everything stands: what is held, what runs and is kept, what was told, and how the order stands.
    async fn standing(&self) -> Vec<i64> {
        let mut all = vec![self.held_in(20).await, i64::from(self.runs())];
        for count in [
            "select count(*) as n from orders where state = 'fulfilled' and refunded_minor = 999 and not refund_returned",
            "select count(*) as n from deliveries where revoked_at is null",
            "select count(*) as n from subscriptions where state = 'active'",
            "select count(*) as n from invoices",
            "select coalesce(sum(amount_minor), 0)::bigint as n from ledger where account = 'provider'",
            "select count(*) as n from payment_tasks where kind = 'cancel'",
            TOLD,
            ALERTS,
        ] {
            all.push(self.count(count).await);
        }
        all
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_months_refund_that_is_seen_before_its_renewal_ends_as_in_order() {
    let (ordered, late) = (World::new().await, World::new().await);
    ordered.first_month_goes_back(true).await;
    late.first_month_goes_back(false).await;
    let kept = 999 - 2 * (25 + 999 / 70);
    assert_eq!(ordered.standing().await, [1, 1, 1, 1, 1, 2, kept, 0, 1, 0]);
    assert_eq!(late.standing().await, ordered.standing().await);
    // Nothing of it changes when the next month is paid.
    late.renews().await;
    assert_eq!((late.held_in(20).await, late.runs()), (1, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_of_the_present_month_ends_what_it_paid() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    assert!(world.shop.provider.refund_in_dashboard(1, 50));
    world.looks().await;
    assert_eq!((world.held_in(20).await, world.runs()), (1, true), "a part of it ends nothing");
    assert!(world.shop.provider.refund_in_dashboard(1, 100));
    world.looks().await;
    assert_eq!((world.held_in(0).await, world.runs()), (0, false));
    assert_eq!(world.count("select count(*) as n from entitlements where reason = 'refunded'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_present_month_that_the_bank_returns_is_given_to_its_end() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    assert!(world.shop.provider.refund_in_dashboard(1, 100));
    world.looks().await;
    assert_eq!(world.held_in(0).await, 0);
    assert!(world.shop.provider.refund_fails(1));
    world.looks().await;
    assert_eq!((world.held_in(20).await, world.held_in(32).await, world.runs()), (1, 0, false));
    assert_eq!(world.count(ALERTS).await, 1);
    assert!(world.shop.provider.refund_in_dashboard(1, 100));
    world.looks().await;
    assert_eq!(world.held_in(0).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_months_given_back_leave_nothing() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    world.renews().await;
    for month in [1, 0] {
        assert!(world.shop.provider.refund_in_dashboard(month, 100));
        world.looks().await;
        assert_eq!((world.held_in(0).await, world.runs()), (0, false));
    }
    assert_eq!(world.count("select count(*) as n from orders where state = 'refunded'").await, 1);
}
