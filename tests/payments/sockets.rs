//! Purchases over real sockets: the program's own client and webhook against the local Stripe, every exchange judged by
//! Stripe's own description.

use super::shop;
use super::till::{Till, guild};
use crate::support::db::run;
use shellia::domain::payments::{Change, Gateway, NewRefund, Refused};
use shellia::domain::shop::orders::refunds;
use shellia::jobs::{janitor, payments};
use shellia::kernel::{Actor, Currency, Locale, Money, System};
use shellia::sandbox::stripe::{Dispute, How};

const FULFILLED: &str = "select count(*) as n from orders where state = 'fulfilled'";
const ACTIVE: &str = "select count(*) as n from entitlements where revoked_at is null and suspended_at is null";

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_paid_delivered_and_given_back() {
    let till = Till::open().await;
    let (order, session) = till.buy(&shop::order(guild(), 50, "product/role/standard", "r1")).await;
    let stripe = till.maxis.sandbox.stripe();
    stripe.pay(&session, How::Decline).unwrap();
    assert_eq!(till.maxis.database.count(FULFILLED).await, 0);
    stripe.pay(&session, How::ThreeDSecure).unwrap();
    stripe.pay(&session, How::Confirm).unwrap();
    till.until(FULFILLED, 1).await;
    till.until(ACTIVE, 1).await;
    till.until("select count(*) as n from ledger where account = 'fees'", 1).await;
    let mut tx = till.app.db.begin(&Actor::system_in(System::Payments, guild())).await.unwrap();
    refunds::refund(&mut tx, (guild(), order.number), None, ("test", "refund-key"), None, till.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    till.until("select count(*) as n from orders where state = 'refunded' and refunded_minor = 500", 1).await;
    till.until(ACTIVE, 0).await;
    till.until("select count(*) as n from refunds where state = 'done' and provider_id is not null", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debit_that_takes_days_is_handed_over_when_it_arrives_and_not_when_it_bounces() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (_, arrives) = till.buy(&shop::order(guild(), 50, "product/text/standard", "r1")).await;
    let (_, bounces) = till.buy(&shop::order(guild(), 51, "product/key/standard", "r1")).await;
    stripe.pay(&arrives, How::Sepa).unwrap();
    stripe.pay(&bounces, How::SepaFails).unwrap();
    till.until("select count(*) as n from orders where state = 'awaiting'", 2).await;
    stripe.settle(&arrives, true).unwrap();
    stripe.settle(&bounces, false).unwrap();
    till.until(FULFILLED, 1).await;
    till.until("select count(*) as n from orders where state = 'failed'", 1).await;
    till.until("select count(*) as n from product_keys where order_number is null", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_begins_renews_fails_and_ends() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (_, session) = till.buy(&shop::order(guild(), 50, "plan/pro/month", "r1")).await;
    stripe.pay(&session, How::CardFailsLater).unwrap();
    till.until("select count(*) as n from subscriptions where state = 'active' and plan = 'pro'", 1).await;
    till.until("select count(*) as n from entitlements where plan = 'pro' and source = 'subscription'", 1).await;
    till.until("select count(*) as n from invoices where amount_minor = 999", 1).await;
    till.advance(24 * 32);
    till.until("select count(*) as n from subscriptions where state = 'past_due'", 1).await;
    till.until("select count(*) as n from outbox where kind = 'renewal_failed'", 1).await;
    let customer =
        stripe.events().iter().find_map(|event| event["data"]["object"]["customer"].as_str().map(str::to_owned));
    stripe.change_card(&customer.unwrap(), false).unwrap();
    till.advance(24 * 4);
    till.until("select count(*) as n from subscriptions where state = 'active'", 1).await;
    till.until("select count(*) as n from invoices", 2).await;
    let id: Vec<serde_json::Value> =
        stripe.events().into_iter().filter(|e| e["type"] == "customer.subscription.created").collect();
    let id = id[0]["data"]["object"]["id"].as_str().unwrap().to_owned();
    till.gateway.change_subscription("change-1", &id, &Change::EndWithPeriod).await.unwrap();
    till.until("select count(*) as n from subscriptions where cancel_at_period_end", 1).await;
    till.advance(24 * 32);
    till.until("select count(*) as n from subscriptions where state = 'canceled'", 1).await;
    till.until("select count(*) as n from entitlements where ends_at is not null and lapsed", 1).await;
    till.close().await;
}

/// A change to the big plan, by the year.
async fn to_ultra(till: &Till, key: &str) -> Result<(), Refused> {
    let stripe = till.maxis.sandbox.stripe();
    let made = stripe.events().into_iter().find(|event| event["type"] == "customer.subscription.created").unwrap();
    let id = made["data"]["object"]["id"].as_str().unwrap().to_owned();
    let line = till.gateway.subscription(&id).await.unwrap().line.unwrap();
    let unit = Money::new(28_790, Currency::EUR).unwrap();
    let change = Change::Switch { line, item: "plan/ultra".into(), title: "Ultra".into(), unit, interval: "year" };
    till.gateway.change_subscription(key, &id, &change).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_plan_that_the_card_does_not_pay_is_not_made() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (_, session) = till.buy(&shop::order(guild(), 50, "plan/pro/month", "r1")).await;
    stripe.pay(&session, How::CardFailsLater).unwrap();
    till.until("select count(*) as n from subscriptions where state = 'active' and plan = 'pro'", 1).await;
    till.until("select count(*) as n from invoices where amount_minor = 999", 1).await;
    assert_eq!(to_ultra(&till, "switch-1").await, Err(Refused::Card("card_declined".into())));
    let customer = till.gateway.session(&session).await.unwrap().customer.unwrap();
    stripe.change_card(&customer.0, false).unwrap();
    // The refusal is what the same key gets; another is carried out.
    assert_eq!(to_ultra(&till, "switch-1").await, Err(Refused::Card("card_declined".into())));
    assert_eq!(till.maxis.database.count("select count(*) as n from subscriptions where plan = 'pro'").await, 1);
    to_ultra(&till, "switch-2").await.unwrap();
    till.until("select count(*) as n from subscriptions where plan = 'ultra' and state = 'active'", 1).await;
    till.until("select count(*) as n from invoices where amount_minor > 20000", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_plan_during_a_trial_is_charged_when_it_ends() {
    let till = Till::open().await;
    let mut new = shop::order(guild(), 50, "plan/pro/month", "r1");
    new.trial = true;
    let (_, session) = till.buy(&new).await;
    till.maxis.sandbox.stripe().pay(&session, How::Card).unwrap();
    till.until("select count(*) as n from subscriptions where state = 'trialing' and plan = 'pro'", 1).await;
    to_ultra(&till, "switch-1").await.unwrap();
    till.until("select count(*) as n from subscriptions where state = 'trialing' and plan = 'ultra'", 1).await;
    let paid = "select count(*) as n from invoices where amount_minor > 0";
    assert_eq!(till.maxis.database.count(paid).await, 0);
    till.advance(24 * 4);
    till.until("select count(*) as n from subscriptions where state = 'active' and plan = 'ultra'", 1).await;
    till.until("select count(*) as n from invoices where amount_minor = 28790", 1).await;
    assert_eq!(till.maxis.database.count(paid).await, 1);
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_had_its_trial_gets_no_second_one_as_somebody_else() {
    one_trial_each(How::Card).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_account_that_had_its_trial_gets_no_second_one_as_somebody_else() {
    one_trial_each(How::Sepa).await;
}

async fn one_trial_each(how: How) {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let mut orders = Vec::new();
    for (user, card) in [(50, "one"), (51, "one"), (52, "two")] {
        let mut new = shop::order(guild(), user, "plan/pro/month", "r1");
        new.trial = true;
        let (order, session) = till.buy(&new).await;
        stripe.pay_with(&session, how, card).unwrap();
        let settled = format!("select count(*) as n from trials t where fingerprint = '{card}'");
        till.until(&settled, 1).await;
        orders.push(order);
    }
    let refused = format!(
        "select count(*) as n from orders where number = {} and state = 'canceled' and problem = 'trial_used'",
        orders[1].number
    );
    till.until(&refused, 1).await;
    till.until("select count(*) as n from subscriptions where state = 'canceled'", 1).await;
    till.until("select count(*) as n from subscriptions where state = 'trialing'", 2).await;
    let access = "select count(*) as n from entitlements where revoked_at is null and ends_at > now()";
    till.until(access, 2).await;
    till.until("select count(*) as n from deliveries where revoked_at is not null", 1).await;
    till.until("select count(*) as n from outbox where kind = 'order_trouble' and recipient_id = 51", 1).await;
    // With a card of his own he may try.
    let mut new = shop::order(guild(), 51, "plan/pro/month", "r2");
    new.trial = true;
    let (_, session) = till.buy(&new).await;
    stripe.pay_with(&session, how, "three").unwrap();
    till.until("select count(*) as n from subscriptions where state = 'trialing'", 3).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_takes_access_away_and_its_end_decides() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (_, session) = till.buy(&shop::order(guild(), 50, "product/role/standard", "r1")).await;
    stripe.pay(&session, How::Card).unwrap();
    till.until(ACTIVE, 1).await;
    let charge = stripe.events().into_iter().find(|event| event["type"] == "charge.succeeded").unwrap();
    let charge = charge["data"]["object"]["id"].as_str().unwrap().to_owned();
    let dispute = stripe.open_dispute(&charge, "fraudulent").unwrap();
    till.until("select count(*) as n from entitlements where suspended_at is not null", 1).await;
    stripe.close_dispute(dispute["id"].as_str().unwrap(), Dispute::Won).unwrap();
    till.until(ACTIVE, 1).await;
    till.until("select count(*) as n from orders where dispute = 'won'", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_never_came_are_caught_up_and_doubled_ones_change_nothing() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    stripe.mail(|mail| mail.drop_all = true);
    let (_, session) = till.buy(&shop::order(guild(), 50, "product/text/standard", "r1")).await;
    stripe.pay(&session, How::Card).unwrap();
    assert_eq!(till.maxis.database.count(FULFILLED).await, 0);
    assert!(janitor::catch_up(&till.app).await.unwrap() > 0);
    till.until(FULFILLED, 1).await;
    stripe.mail(|mail| {
        mail.drop_all = false;
        mail.copies = 3;
        mail.reorder = true;
    });
    let (_, session) = till.buy(&shop::order(guild(), 51, "product/text/standard", "r1")).await;
    stripe.pay(&session, How::Card).unwrap();
    till.until(FULFILLED, 2).await;
    assert!(janitor::reconcile(&till.app).await.unwrap() > 0);
    till.until("select count(*) as n from payment_tasks where state = 'pending'", 0).await;
    assert_eq!(till.maxis.database.count("select count(*) as n from deliveries").await, 2);
    payments::work_off(&till.app).await.unwrap();
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_came_after_an_outage_hides_none_of_those_before_it() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    till.until("select count(*) as n from provider_marks where name = 'events'", 1).await;
    let (_, missed) = till.buy(&shop::order(guild(), 50, "product/text/standard", "r1")).await;
    // Maxis looks at an order by himself when its time is over, which is not what is tried here.
    let later = "update orders set expires_at = expires_at + interval '1 day'";
    run(&mut till.maxis.database.owner().await, later).await;
    stripe.mail(|mail| mail.drop_all = true);
    stripe.pay(&missed, How::Card).unwrap();
    // Longer than what is looked at twice; then the endpoint is back, and a purchase of another is told.
    till.advance(5);
    stripe.mail(|mail| mail.drop_all = false);
    let (_, told) = till.buy(&shop::order(guild(), 51, "product/text/standard", "r1")).await;
    stripe.pay(&told, How::Card).unwrap();
    till.until("select count(*) as n from orders where user_id = 51 and state = 'fulfilled'", 1).await;
    assert_eq!(till.maxis.database.count(FULFILLED).await, 1);
    assert!(janitor::catch_up(&till.app).await.unwrap() > 0);
    till.until(FULFILLED, 2).await;
    assert_eq!(janitor::catch_up(&till.app).await.unwrap(), 0, "nothing is left");
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_back_of_an_old_payment_is_found_by_the_reconciliation() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let mut payments = Vec::new();
    for user in [50, 51] {
        let (_, session) = till.buy(&shop::order(guild(), user, "product/text/standard", "r1")).await;
        stripe.pay(&session, How::Card).unwrap();
        payments.push(till.gateway.session(&session).await.unwrap().payment.unwrap());
    }
    till.until(FULFILLED, 2).await;
    // Past what is listed by the time of the payment; nothing that happens then is told.
    till.advance(24 * 40);
    janitor::reconcile(&till.app).await.unwrap();
    till.until("select count(*) as n from payment_tasks where state = 'pending'", 0).await;
    stripe.mail(|mail| mail.drop_all = true);
    till.advance(24 * 2);
    let refund = NewRefund { payment: payments[0].clone(), amount_minor: 200, refund: (guild(), 99) };
    till.gateway.refund("by-hand", &refund).await.unwrap();
    let charged = |event: &serde_json::Value| {
        event["type"] == "charge.succeeded" && event["data"]["object"]["payment_intent"] == payments[1]
    };
    let charge = stripe.events().into_iter().find(charged).unwrap();
    let dispute = stripe.open_dispute(charge["data"]["object"]["id"].as_str().unwrap(), "fraudulent").unwrap();
    janitor::reconcile(&till.app).await.unwrap();
    till.until("select count(*) as n from orders where refunded_minor = 200", 1).await;
    till.until("select count(*) as n from orders where dispute = 'open'", 1).await;
    // How a dispute ends makes nothing new that could be listed.
    till.advance(24 * 2);
    stripe.close_dispute(dispute["id"].as_str().unwrap(), Dispute::Won).unwrap();
    janitor::reconcile(&till.app).await.unwrap();
    till.until("select count(*) as n from orders where dispute = 'won'", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_checkout_is_found_again_after_a_lost_answer_and_expires_in_time() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (order, session) = till.buy(&shop::order(guild(), 50, "product/role/standard", "r1")).await;
    assert_eq!(till.open_again(&order).await, session);
    let customer = till.gateway.session(&session).await.unwrap().customer.unwrap();
    assert!(
        till.gateway
            .portal(&customer, "https://discord.com/channels/@me", Locale::Fr)
            .await
            .unwrap()
            .starts_with("http")
    );
    till.advance(2);
    till.until("select count(*) as n from orders where state = 'expired'", 1).await;
    till.until("select stock::bigint as n from variants where product = 'role'", 1).await;
    assert!(stripe.pay(&session, How::Card).is_err());
    till.close().await;
}
