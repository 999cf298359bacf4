//! The provider answers with a fault, and with the same fault again under the same key: nobody is locked out by it, and no money
//! goes back twice or not at all. What comes late gives nothing before it is here.

use super::provider::Fault;
use super::shop;
use super::world::{HELD, World};
use shellia::commands::purchases::checkout::{self, Opened};
use shellia::domain::payments::{PaymentStatus, Refused};
use shellia::jobs::payments;
use shellia::kernel::Error;

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_is_repeated_locks_nobody_out() {
    for fault in [Fault::Broken, Fault::DoneBroken] {
        let world = World::new().await;
        let order = world.shop.place(&shop::order(world.shop.guild, 10, "product/text/standard", "r1")).await.unwrap();
        // The last one pushed meets the first call, which makes the customer; the other meets the checkout.
        world.faults(&[fault, fault]);
        for _ in 0..2 {
            let order = world.fresh(order.number).await;
            assert_eq!(checkout::open(&world.shop.app, &order).await.unwrap(), Opened::NotNow(Refused::Fault));
        }
        let order = world.fresh(order.number).await;
        let opened = checkout::open(&world.shop.app, &order).await.unwrap();
        assert!(matches!(opened, Opened::At(_)), "{fault:?}: {opened:?}");
        assert_eq!(world.count("select count(*) as n from orders").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_meets_a_fault_goes_back_once() {
    for fault in [Fault::Broken, Fault::DoneBroken] {
        let world = World::new().await;
        let number = world.owns(10, "product/text/standard", "r1").await;
        world.refunds(number).await.unwrap();
        world.faults(&[fault]);
        for _ in 0..4 {
            world.pass(1);
            world.work().await;
        }
        assert_eq!(world.back(), [300], "{fault:?}");
        assert_eq!(world.count("select count(*) as n from orders where state = 'refunded'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_never_given_up_and_staff_hear_of_it() {
    let world = World::new().await;
    let number = world.owns(10, "product/text/standard", "r1").await;
    world.refunds(number).await.unwrap();
    world.behind("update payment_tasks set attempts = 39 where kind = 'refund'").await;
    // Nobody knows whether it was done, for two days: the key is forgotten meanwhile.
    for _ in 0..3 {
        world.faults(&[Fault::Nothing]);
        payments::work_off(&world.shop.app).await.unwrap();
        world.pass(1);
    }
    let alerts = "select count(*) as n from outbox where kind = 'shop_alert' and order_number = 1";
    assert_eq!(world.count(alerts).await, 1, "staff hear once");
    world.pass(30);
    for _ in 0..3 {
        payments::work_off(&world.shop.app).await.unwrap();
        world.pass(1);
    }
    assert_eq!(world.back(), [300]);
    assert_eq!(world.count("select count(*) as n from refunds where state = 'done' and resends = 1").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debit_for_a_subscription_gives_nothing_before_it_arrives() {
    let world = World::new().await;
    let (_, _) = world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", "r1")).await.unwrap();
    assert!(world.shop.provider.pay(0, true));
    let invoices = {
        let mut state = world.shop.provider.state.lock().unwrap();
        state.sessions[0].view.payment_status = PaymentStatus::Unpaid;
        std::mem::take(&mut state.subs[0].invoices)
    };
    world.work().await;
    assert_eq!(world.count("select count(*) as n from orders where state = 'awaiting'").await, 1);
    assert_eq!(world.count(HELD).await, 0, "nothing before the money");
    {
        let mut state = world.shop.provider.state.lock().unwrap();
        state.sessions[0].view.payment_status = PaymentStatus::Paid;
        state.subs[0].invoices = invoices;
    }
    world.work().await;
    assert_eq!(world.count(HELD).await, 1);
    assert_eq!(world.count("select count(*) as n from orders where state = 'fulfilled'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debit_for_a_subscription_that_bounces_ends_both() {
    let world = World::new().await;
    world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", "r1")).await.unwrap();
    assert!(world.shop.provider.pay(0, true));
    {
        let mut state = world.shop.provider.state.lock().unwrap();
        state.sessions[0].view.payment_status = PaymentStatus::Unpaid;
        state.subs[0].invoices.clear();
    }
    world.work().await;
    world.shop.provider.state.lock().unwrap().subs[0].view.state = "past_due".to_owned();
    world.work().await;
    world.work().await;
    assert_eq!(world.count("select count(*) as n from orders where state = 'failed'").await, 1);
    assert_eq!(world.shop.provider.state.lock().unwrap().subs[0].view.state, "canceled");
    assert_eq!(world.count(HELD).await, 0);
    // He may buy again.
    world.owns(10, "plan/pro/month", "r2").await;
    assert_eq!(world.count(HELD).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_behind_others_move_up_when_those_are_given_back() {
    let world = World::new().await;
    world.behind("update variants set stock = null").await;
    let first = world.owns(10, "product/role/standard", "r1").await;
    world.owns(10, "product/role/standard", "r2").await;
    let left = "select count(*) as n from entitlements where revoked_at is null and ends_at between \
                now() + interval '59 days' and now() + interval '61 days'";
    assert_eq!(world.count(left).await, 1, "one behind the other");
    world.refunds(first).await.unwrap();
    world.work().await;
    let held = "select count(*) as n from entitlements where revoked_at is null and starts_at <= now() + interval '1 minute' \
                and ends_at between now() + interval '29 days' and now() + interval '31 days'";
    assert_eq!(world.count(held).await, 1);
    world.work().await;
    assert_eq!(world.count(held).await, 1, "told again, nothing moves");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_gives_the_days_that_were_on_sale_when_it_was_placed() {
    let world = World::new().await;
    world.shop.buy(&shop::order(world.shop.guild, 10, "product/role/standard", "r1")).await.unwrap();
    world.behind("update products set days = 1 where code = 'role'").await;
    assert!(world.shop.provider.pay(0, true));
    world.work().await;
    let thirty = "select count(*) as n from entitlements where ends_at > now() + interval '29 days'";
    assert_eq!(world.count(thirty).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_bring_nothing_is_not_sold() {
    let world = World::new().await;
    world.owns(10, "plan/pro/month", "r1").await;
    let gift = |from, to, item, request| {
        let mut new = shop::order(world.shop.guild, from, item, request);
        new.recipient = shellia::kernel::UserId::new(to);
        new
    };
    let refused = world.shop.place(&gift(11, 10, "plan/pro/month", "r2")).await;
    assert!(matches!(refused, Err(Error::Conflict("error-shop-gift-in-vain"))), "{refused:?}");
    world.shop.place(&gift(11, 12, "plan/pro/month", "r3")).await.unwrap();
    world.behind("update products set days = null where code = 'role'; update variants set stock = null").await;
    world.owns(10, "product/role/standard", "r4").await;
    let refused = world.shop.place(&shop::order(world.shop.guild, 10, "product/role/standard", "r5")).await;
    assert!(matches!(refused, Err(Error::Conflict("error-shop-in-vain"))), "{refused:?}");
    world.behind("insert into role_alerts values (100, 902, 'gone', now())").await;
    let refused = world.shop.place(&shop::order(world.shop.guild, 13, "product/role/standard", "r6")).await;
    assert!(matches!(refused, Err(Error::Conflict("error-shop-role-gone"))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_moved_on_is_given_back_where_its_payments_are() {
    let world = World::new().await;
    let number = world.owns(10, "plan/pro/month", "r1").await;
    world
        .behind(
            "insert into subscription_changes (guild_id, user_id, subscription_id, request, kind, item, change_key, created_at) \
             select 100, 10, id, 'x', 'switch', 'plan/ultra/year', 'k', now() from subscriptions",
        )
        .await;
    let refused = world.refunds(number).await;
    assert!(matches!(refused, Err(Error::Conflict("error-refund-invoices"))), "{refused:?}");
    world.behind("update subscription_changes set state = 'refused', done_at = now()").await;
    world.refunds(number).await.unwrap();
}
