//! What came in another order, or is gone at the provider, is found or made again.

use super::shop;
use super::world::{HELD, World};
use shellia::commands::purchases::checkout::{self, Opened};
use shellia::domain::payments::Refused;
use shellia::jobs::payments;

#[tokio::test(flavor = "multi_thread")]
async fn the_fee_of_an_invoice_is_booked_though_its_payments_event_came_first() {
    let world = World::new().await;
    world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", "r1")).await.unwrap();
    assert!(world.shop.provider.pay(0, true));
    let (session, payment) = {
        let state = world.shop.provider.state.lock().unwrap();
        (state.sessions[0].view.id.clone(), state.payments[0].id.clone())
    };
    world.hears("payment_intent.succeeded", &payment).await;
    payments::work_off(&world.shop.app).await.unwrap();
    assert_eq!(world.count("select count(*) as n from payment_tasks where outcome = 'not_ours'").await, 1);
    world.hears("checkout.session.completed", &session).await;
    payments::work_off(&world.shop.app).await.unwrap();
    let fees = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger where account = 'fees'";
    assert_eq!(world.count(fees).await, 25 + 999 / 70);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_that_the_provider_lost_is_made_anew() {
    let world = World::new().await;
    world.owns(10, "product/text/standard", "r1").await;
    let lost = world.shop.provider.lose_customer(0);
    let order = world.shop.place(&shop::order(world.shop.guild, 10, "product/text/standard", "r2")).await.unwrap();
    let refused = checkout::open(&world.shop.app, &order).await.unwrap();
    assert_eq!(refused, Opened::NotNow(Refused::Missing));
    let opened = checkout::open(&world.shop.app, &world.fresh(order.number).await).await.unwrap();
    assert!(matches!(opened, Opened::At(_)), "{opened:?}");
    let anew = world.shop.provider.state.lock().unwrap().sessions[1].new.customer.clone();
    assert_ne!(anew, lost);
    let kept = format!("select count(*) as n from customers where user_id = 10 and customer_id = '{}'", anew.0);
    assert_eq!(world.count(&kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_plans_that_are_seen_before_their_checkouts_one_is_handed_over() {
    let world = World::new().await;
    for request in ["r1", "r2"] {
        world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", request)).await.unwrap();
    }
    assert!(world.shop.provider.pay(0, true) && world.shop.provider.pay(1, true));
    // The first checkout gave way to the second; that it is closed comes late.
    world.behind("update payment_tasks set due_at = now() + interval '1 hour' where kind = 'expire'").await;
    let (subs, sessions): (Vec<String>, Vec<String>) = {
        let state = world.shop.provider.state.lock().unwrap();
        let subs = state.subs.iter().map(|sub| sub.view.id.clone()).collect();
        (subs, state.sessions.iter().map(|session| session.view.id.clone()).collect())
    };
    for sub in &subs {
        world.hears("customer.subscription.created", sub).await;
    }
    payments::work_off(&world.shop.app).await.unwrap();
    for session in &sessions {
        world.hears("checkout.session.completed", session).await;
    }
    for _ in 0..3 {
        payments::work_off(&world.shop.app).await.unwrap();
    }
    assert_eq!(world.count("select count(*) as n from orders where state = 'fulfilled'").await, 1);
    assert_eq!(
        world.count("select count(*) as n from orders where state = 'refunded' and problem = 'double'").await,
        1
    );
    assert_eq!(world.count(HELD).await, 1);
    assert_eq!(world.back(), [999]);
}
