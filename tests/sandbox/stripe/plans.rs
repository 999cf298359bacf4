//! Subscriptions: trials, renewals, failures, cancelling, changing the plan.

use std::time::Duration;

use serde_json::{Value, json};
use shellia::sandbox::stripe::{AfterRetries, How};

use super::{Shop, id};

const DAY: u64 = 24 * 3600;

/// Longer than any month and its invoice's draft.
const MONTH: Duration = Duration::from_secs(31 * DAY + 2 * 3600);

impl Shop {
    async fn subscription(&self, id: &str) -> Value {
        self.seen(&format!("subscriptions/{id}")).await
    }
}

fn end(subscription: &Value) -> u64 {
    subscription["items"]["data"][0]["current_period_end"].as_u64().unwrap()
}

#[tokio::test]
async fn a_subscription_is_active_once_its_first_invoice_is_paid() {
    let shop = Shop::open().await;
    let id = shop.subscriber(How::Card).await;
    let expected = [
        "payment_method.attached",
        "customer.subscription.created",
        "invoice.created",
        "invoice.finalized",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "invoice_payment.paid",
        "invoice.paid",
        "invoice.payment_succeeded",
        "customer.subscription.updated",
        "checkout.session.completed",
    ];
    assert_eq!(shop.told(), expected);
    let subscription = shop.seen(&format!("subscriptions/{id}?expand[]=latest_invoice.payments")).await;
    assert_eq!((&subscription["status"], &subscription["metadata"]), (&json!("active"), &json!({"plan": "pro"})));
    assert!(subscription.get("current_period_end").is_none());
    let days = (end(&subscription) - subscription["start_date"].as_u64().unwrap()) / DAY;
    assert!((28..=31).contains(&days));
    let invoice = &subscription["latest_invoice"];
    assert_eq!((&invoice["billing_reason"], &invoice["amount_paid"]), (&json!("subscription_create"), &json!(999)));
    assert_eq!(invoice["parent"]["subscription_details"]["subscription"], id);
    let intent = invoice["payments"]["data"][0]["payment"]["payment_intent"].as_str().unwrap();
    let found =
        shop.seen(&format!("invoice_payments?payment[type]=payment_intent&payment[payment_intent]={intent}")).await;
    assert_eq!(found["data"][0]["invoice"], invoice["id"]);
}

#[tokio::test]
async fn a_subscription_renews_with_a_draft_that_is_paid_an_hour_later() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::Card).await;
    let before = end(&shop.subscription(&subscription).await);
    let seen = shop.told().len();
    shop.stripe.advance(Duration::from_secs(before - shop.stripe.now() + 1));
    assert_eq!(shop.told_since(seen), ["customer.subscription.updated", "invoice.created"]);
    let event = shop.stripe.events().into_iter().rev().find(|e| e["type"] == "customer.subscription.updated").unwrap();
    assert_eq!(event["created"], before);
    assert_eq!(event["data"]["previous_attributes"]["items"]["data"][0]["current_period_end"], before);
    assert_eq!(shop.seen("invoices?status=draft").await["data"].as_array().unwrap().len(), 1);
    shop.stripe.advance(Duration::from_secs(3_600));
    let told = shop.told_since(seen);
    assert!(told.contains(&"invoice.paid".to_owned()), "{told:?}");
    let invoice = shop.seen(&format!("invoices?subscription={subscription}&limit=1")).await["data"][0].clone();
    assert_eq!((&invoice["billing_reason"], &invoice["status"]), (&json!("subscription_cycle"), &json!("paid")));
    assert_eq!(end(&shop.subscription(&subscription).await), invoice["lines"]["data"][0]["period"]["end"]);
    for _ in 0..12 {
        shop.stripe.advance(MONTH);
    }
    let all = shop.seen(&format!("invoices?subscription={subscription}&limit=100")).await;
    assert_eq!(all["data"].as_array().unwrap().len(), 14);
}

#[tokio::test]
async fn a_failed_renewal_is_tried_again_and_then_ends_the_subscription() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::CardFailsLater).await;
    let seen = shop.told().len();
    shop.stripe.advance(MONTH);
    assert_eq!(shop.subscription(&subscription).await["status"], "past_due");
    let told = shop.told_since(seen);
    assert!(told.contains(&"invoice.payment_failed".to_owned()), "{told:?}");
    let invoice = shop.seen("invoices?status=open").await["data"][0].clone();
    assert_eq!((&invoice["attempt_count"], invoice["next_payment_attempt"].is_u64()), (&json!(1), true));
    shop.advance_days(9);
    assert_eq!(shop.subscription(&subscription).await["status"], "past_due");
    shop.advance_days(7);
    let over = shop.subscription(&subscription).await;
    assert_eq!(
        (&over["status"], &over["cancellation_details"]["reason"]),
        (&json!("canceled"), &json!("payment_failed"))
    );
    assert_eq!(shop.told().last().unwrap(), "customer.subscription.deleted");
}

#[tokio::test]
async fn another_card_pays_what_is_open() {
    let shop = Shop::open().await;
    shop.stripe.rules(|rules| rules.after_retries = AfterRetries::Unpaid);
    let subscription = shop.subscriber(How::CardFailsLater).await;
    shop.stripe.advance(MONTH);
    let customer = shop.subscription(&subscription).await["customer"].as_str().unwrap().to_owned();
    shop.stripe.change_card(&customer, false).unwrap();
    shop.advance_days(4);
    assert_eq!(shop.subscription(&subscription).await["status"], "active");
    shop.stripe.change_card(&customer, true).unwrap();
    shop.stripe.advance(MONTH);
    shop.advance_days(16);
    assert_eq!(shop.subscription(&subscription).await["status"], "unpaid");
    let open = shop.seen("invoices?status=open").await["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(shop.stripe.pay_invoice(&open).unwrap()["status"], "paid");
    assert_eq!(shop.subscription(&subscription).await["status"], "active");
}

#[tokio::test]
async fn a_cancelled_subscription_runs_to_the_end_of_its_period() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::Card).await;
    let path = format!("subscriptions/{subscription}");
    let cancelled = shop.made(&path, &[("cancel_at_period_end", "true")]).await;
    assert_eq!((&cancelled["status"], cancelled["cancel_at"].as_u64()), (&json!("active"), Some(end(&cancelled))));
    let event = shop.stripe.events().pop().unwrap();
    assert_eq!(event["data"]["previous_attributes"]["cancel_at_period_end"], false);
    assert_eq!(shop.made(&path, &[("cancel_at_period_end", "false")]).await["cancel_at"], Value::Null);
    shop.made(&path, &[("cancel_at_period_end", "true")]).await;
    shop.stripe.advance(MONTH);
    let over = shop.subscription(&subscription).await;
    assert_eq!((&over["status"], &over["ended_at"]), (&json!("canceled"), &cancelled["cancel_at"]));
    assert_eq!(shop.told().last().unwrap(), "customer.subscription.deleted");
    assert_eq!(shop.seen("subscriptions").await["data"], json!([]));
    assert_eq!(shop.seen("subscriptions?status=all").await["data"].as_array().unwrap().len(), 1);
    shop.refused(&path, &[("cancel_at_period_end", "false")]).await;
}

#[tokio::test]
async fn a_subscription_can_be_cancelled_at_once() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::Card).await;
    let url = format!("{}/v1/subscriptions/{subscription}", shop.stripe.url());
    let delete = || shop.client.delete(&url).bearer_auth("sk_test_sandbox").send();
    let gone: Value = delete().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&gone["status"], &gone["cancellation_details"]["reason"]),
        (&json!("canceled"), &json!("cancellation_requested"))
    );
    assert_eq!(delete().await.unwrap().status(), 404);
    let seen = shop.told().len();
    shop.stripe.advance(MONTH);
    assert!(shop.told_since(seen).is_empty());
}

#[tokio::test]
async fn a_trial_costs_nothing_is_announced_and_ends() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let session = shop.plan_session(&customer, "999", &[("subscription_data[trial_period_days]", "7")]).await;
    assert_eq!(session["amount_total"], 0);
    let done = shop.stripe.pay(&id(&session), How::Card).unwrap();
    assert_eq!(done["payment_status"], "no_payment_required");
    let subscription = done["subscription"].as_str().unwrap().to_owned();
    assert_eq!(shop.subscription(&subscription).await["status"], "trialing");
    shop.advance_days(3);
    assert!(!shop.told().contains(&"customer.subscription.trial_will_end".to_owned()));
    shop.advance_days(2);
    assert!(shop.told().contains(&"customer.subscription.trial_will_end".to_owned()));
    shop.advance_days(3);
    let after = shop.subscription(&subscription).await;
    assert_eq!(after["status"], "active");
    let invoices = shop.seen("invoices").await;
    let sums: Vec<i64> =
        invoices["data"].as_array().unwrap().iter().map(|i| i["amount_paid"].as_i64().unwrap()).collect();
    assert_eq!(sums, [999, 0]);
}

#[tokio::test]
async fn a_trial_can_be_ended_at_once() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let session = shop.plan_session(&customer, "999", &[("subscription_data[trial_period_days]", "3")]).await;
    let done = shop.stripe.pay(&id(&session), How::Card).unwrap();
    let path = format!("subscriptions/{}", done["subscription"].as_str().unwrap());
    let now = shop.made(&path, &[("trial_end", "now")]).await;
    assert_eq!(now["status"], "active");
    assert_eq!(shop.seen("invoices?limit=1").await["data"][0]["amount_paid"], 999);
    assert_eq!(shop.told().iter().filter(|kind| *kind == "customer.subscription.trial_will_end").count(), 1);
}

#[tokio::test]
async fn a_trial_without_a_card_is_paused_and_resumed() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let more = [
        ("subscription_data[trial_period_days]", "3"),
        ("payment_method_collection", "if_required"),
        ("subscription_data[trial_settings][end_behavior][missing_payment_method]", "pause"),
    ];
    let done = shop.stripe.pay(&id(&shop.plan_session(&customer, "999", &more).await), How::Card).unwrap();
    let subscription = done["subscription"].as_str().unwrap().to_owned();
    shop.advance_days(4);
    assert_eq!(shop.subscription(&subscription).await["status"], "paused");
    assert!(shop.told().contains(&"customer.subscription.paused".to_owned()));
    shop.stripe.change_card(&customer, false).unwrap();
    let resumed = shop.made(&format!("subscriptions/{subscription}/resume"), &[]).await;
    assert_eq!(resumed["status"], "active");
    assert!(shop.told().contains(&"customer.subscription.resumed".to_owned()));
    shop.refused(&format!("subscriptions/{subscription}/resume"), &[]).await;
}

#[tokio::test]
async fn a_paused_collection_makes_invoices_that_nobody_pays() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::Card).await;
    let path = format!("subscriptions/{subscription}");
    shop.made(&path, &[("pause_collection[behavior]", "void")]).await;
    shop.stripe.advance(MONTH);
    assert_eq!(shop.seen("invoices?status=void").await["data"].as_array().unwrap().len(), 1);
    assert_eq!(shop.subscription(&subscription).await["status"], "active");
    assert_eq!(shop.made(&path, &[("pause_collection", "")]).await["pause_collection"], Value::Null);
}

#[tokio::test]
async fn another_plan_is_credited_and_charged_for_the_rest_of_the_period() {
    let shop = Shop::open().await;
    shop.made("products", &[("id", "ultra"), ("name", "Ultra")]).await;
    let subscription = shop.subscriber(How::Card).await;
    let path = format!("subscriptions/{subscription}");
    let before = shop.subscription(&subscription).await;
    let item = before["items"]["data"][0]["id"].as_str().unwrap().to_owned();
    let half = (end(&before) - shop.stripe.now()) / 2;
    shop.stripe.advance(Duration::from_secs(half));
    let form = [
        ("items[0][id]", item.as_str()),
        ("items[0][price_data][currency]", "eur"),
        ("items[0][price_data][product]", "ultra"),
        ("items[0][price_data][unit_amount]", "2999"),
        ("items[0][price_data][recurring][interval]", "month"),
        ("proration_behavior", "always_invoice"),
    ];
    let moved = shop.made(&path, &form).await;
    assert_eq!(moved["items"]["data"][0]["price"]["unit_amount"], 2999);
    assert_eq!((id(&moved["items"]["data"][0]), end(&moved)), (item.clone(), end(&before)));
    let invoice = shop.seen("invoices?limit=1").await["data"][0].clone();
    assert_eq!(invoice["billing_reason"], "subscription_update");
    let paid = invoice["amount_paid"].as_i64().unwrap();
    assert!((995..=1005).contains(&paid), "{paid}");
    let wrong = [("items[0][id]", "si_other"), ("items[0][quantity]", "2")];
    assert_eq!(shop.refused(&path, &wrong).await["code"], "resource_missing");
    let mut later = form;
    later[3].1 = "999";
    later[5].1 = "create_prorations";
    let count = shop.seen("invoices?limit=100").await["data"].as_array().unwrap().len();
    shop.made(&path, &later).await;
    assert_eq!(shop.seen("invoices?limit=100").await["data"].as_array().unwrap().len(), count);
    shop.stripe.advance(MONTH);
    let next = shop.seen("invoices?limit=1").await["data"][0].clone();
    assert!(next["total"].as_i64().unwrap() < 999, "{next}");
}

#[tokio::test]
async fn a_change_that_the_card_does_not_pay_is_not_made_where_it_must_be_paid() {
    let shop = Shop::open().await;
    shop.made("products", &[("id", "ultra"), ("name", "Ultra")]).await;
    for interval in ["month", "year"] {
        let subscription = shop.subscriber(How::CardFailsLater).await;
        let path = format!("subscriptions/{subscription}");
        let before = shop.subscription(&subscription).await;
        let item = before["items"]["data"][0]["id"].as_str().unwrap().to_owned();
        let mut form = vec![
            ("items[0][id]", item.as_str()),
            ("items[0][price_data][currency]", "eur"),
            ("items[0][price_data][product]", "ultra"),
            ("items[0][price_data][unit_amount]", "2999"),
            ("items[0][price_data][recurring][interval]", interval),
            ("proration_behavior", "always_invoice"),
            ("payment_behavior", "error_if_incomplete"),
        ];
        let told = shop.told().len();
        let (status, body) = shop.post(&path, &form).await;
        assert_eq!((status, &body["error"]["type"]), (402, &json!("card_error")));
        assert_eq!(
            (&body["error"]["code"], &body["error"]["decline_code"]),
            (&json!("card_declined"), &json!("generic_decline"))
        );
        assert_eq!(shop.subscription(&subscription).await, before);
        assert!(shop.told_since(told).is_empty());
        let invoices = format!("invoices?subscription={subscription}");
        assert_eq!(shop.seen(&invoices).await["data"].as_array().unwrap().len(), 1);
        // What costs less is paid by what is credited.
        form[3].1 = "100";
        form[4].1 = "month";
        assert_eq!(shop.made(&path, &form).await["items"]["data"][0]["price"]["unit_amount"], 100);
        // Where it need not be paid at once, it is made and owed.
        form[3].1 = "9999";
        form[6].1 = "allow_incomplete";
        assert_eq!(shop.made(&path, &form).await["status"], "past_due");
    }
}

#[tokio::test]
async fn a_coupon_for_one_month_is_gone_in_the_second() {
    let shop = Shop::open().await;
    shop.made("coupons", &[("id", "ONCE"), ("percent_off", "20"), ("duration", "once")]).await;
    shop.made("coupons", &[("id", "EVER"), ("percent_off", "10"), ("duration", "forever")]).await;
    for (coupon, sums) in [("ONCE", [799, 999]), ("EVER", [899, 899])] {
        let customer = shop.customer().await;
        let session = shop.plan_session(&customer, "999", &[("discounts[0][coupon]", coupon)]).await;
        let done = shop.stripe.pay(&id(&session), How::Card).unwrap();
        let subscription = done["subscription"].as_str().unwrap().to_owned();
        shop.stripe.advance(MONTH);
        let invoices = shop.seen(&format!("invoices?subscription={subscription}")).await;
        let paid = |n: usize| invoices["data"][n]["amount_paid"].as_i64().unwrap();
        assert_eq!([paid(1), paid(0)], sums, "{coupon}");
    }
}

#[tokio::test]
async fn a_declined_first_payment_leaves_no_subscription() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let session = id(&shop.plan_session(&customer, "999", &[]).await);
    assert_eq!(shop.stripe.pay(&session, How::Decline).unwrap()["status"], "open");
    assert_eq!(shop.seen("subscriptions?status=all").await["data"], json!([]));
    let done = shop.stripe.pay(&session, How::Card).unwrap();
    assert_eq!(done["payment_status"], "paid");
    assert_eq!(shop.seen("payment_intents").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_first_debit_that_fails_makes_a_subscription_past_due() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let session = id(&shop.plan_session(&customer, "999", &[]).await);
    let done = shop.stripe.pay(&session, How::SepaFails).unwrap();
    assert_eq!(done["payment_status"], "unpaid");
    shop.advance_days(4);
    assert_eq!(shop.told().last().unwrap(), "checkout.session.async_payment_failed");
    assert_eq!(shop.subscription(done["subscription"].as_str().unwrap()).await["status"], "past_due");
}

/// What is credited is what was billed (Stripe, "Compare classic and flexible billing mode").
#[tokio::test]
async fn a_discount_of_the_first_invoice_comes_off_the_credit_of_a_change() {
    let shop = Shop::open().await;
    shop.made("coupons", &[("id", "THIRTY"), ("percent_off", "30"), ("duration", "once")]).await;
    let customer = shop.customer().await;
    let price = |amount: &'static str, interval: &'static str| {
        [
            ("currency", "eur"),
            ("unit_amount", amount),
            ("recurring[interval]", interval),
            ("product_data[name]", "Plan"),
        ]
    };
    let year = id(&shop.made("prices", &price("28790", "year")).await);
    let month = id(&shop.made("prices", &price("499", "month")).await);
    let form = [
        ("mode", "subscription"),
        ("customer", customer.as_str()),
        ("success_url", "https://example.com"),
        ("line_items[0][price]", year.as_str()),
        ("line_items[0][quantity]", "1"),
        ("discounts[0][coupon]", "THIRTY"),
    ];
    let session = id(&shop.made("checkout/sessions", &form).await);
    shop.stripe.pay(&session, How::Card).unwrap();
    let subscription =
        shop.seen(&format!("checkout/sessions/{session}")).await["subscription"].as_str().unwrap().to_owned();
    let item = shop.subscription(&subscription).await["items"]["data"][0]["id"].as_str().unwrap().to_owned();
    let change =
        [("items[0][id]", item.as_str()), ("items[0][price]", &month), ("proration_behavior", "always_invoice")];
    shop.made(&format!("subscriptions/{subscription}"), &change).await;
    // 201.53 was paid, and 4.99 is due for the first month.
    assert_eq!(shop.seen(&format!("customers/{customer}")).await["balance"], -(20_153 - 499));
}
