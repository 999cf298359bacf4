//! Deliveries that are believed: each is kept once, and leads to one look at the object that it is about.

use super::endpoint::{Endpoint, event};
use serde_json::{Value, json};

/// Events about one subscription's invoice, one payment and one checkout, as the API of 2024-06-20 writes them.
fn of_2024() -> Vec<Value> {
    let checkout = json!({
        "id": "cs_test_1", "object": "checkout.session", "mode": "subscription", "status": "complete",
        "payment_status": "paid", "customer": "cus_1", "subscription": "sub_1", "invoice": "in_1",
        "payment_intent": null, "metadata": {"guild": "1", "order": "1"},
    });
    let invoice = json!({
        "id": "in_1", "object": "invoice", "status": "paid", "paid": true, "customer": "cus_1", "subscription": "sub_1",
        "payment_intent": "pi_1", "charge": "ch_1", "amount_paid": 999, "currency": "eur", "tax": null,
    });
    let subscription = json!({
        "id": "sub_1", "object": "subscription", "status": "active", "customer": "cus_1",
        "current_period_start": 1_790_000_000, "current_period_end": 1_792_592_000,
        "items": {"object": "list", "data": [{"id": "si_1", "object": "subscription_item"}], "has_more": false},
    });
    let charge = json!({
        "id": "ch_1", "object": "charge", "payment_intent": "pi_1", "invoice": "in_1", "refunded": true,
        "amount_refunded": 999, "currency": "eur",
    });
    vec![
        with_version(event("evt_a1", "checkout.session.completed", checkout), "2024-06-20"),
        with_version(event("evt_a2", "invoice.paid", invoice), "2024-06-20"),
        with_version(event("evt_a3", "customer.subscription.updated", subscription), "2024-06-20"),
        with_version(event("evt_a4", "charge.refunded", charge), "2024-06-20"),
    ]
}

/// The same as the API of 2026-09-30 writes them.
fn of_2026() -> Vec<Value> {
    let checkout = json!({
        "id": "cs_test_1", "object": "checkout.session", "mode": "subscription", "status": "complete",
        "payment_status": "paid", "customer": "cus_1", "subscription": "sub_1", "invoice": "in_1",
        "payment_intent": null, "ui_mode": "hosted_page", "metadata": {"guild": "1", "order": "1"},
    });
    let parent = json!({
        "type": "subscription_details", "quote_details": null,
        "subscription_details": {"subscription": "sub_1", "metadata": {"guild": "1", "order": "1"}},
    });
    let invoice = json!({
        "id": "in_1", "object": "invoice", "status": "paid", "customer": "cus_1", "parent": parent, "amount_paid": 999,
        "currency": "eur", "total_taxes": [],
    });
    let line = json!({
        "id": "si_1", "object": "subscription_item", "current_period_start": 1_790_000_000,
        "current_period_end": 1_792_592_000,
    });
    let subscription = json!({
        "id": "sub_1", "object": "subscription", "status": "active", "customer": "cus_1",
        "billing_mode": {"type": "flexible"}, "items": {"object": "list", "data": [line], "has_more": false},
    });
    let refund = json!({
        "id": "re_1", "object": "refund", "charge": "ch_1", "payment_intent": "pi_1", "status": "succeeded",
        "amount": 999, "currency": "eur",
    });
    vec![
        event("evt_b1", "checkout.session.completed", checkout),
        event("evt_b2", "invoice.paid", invoice),
        event("evt_b3", "customer.subscription.updated", subscription),
        event("evt_b4", "refund.updated", refund),
    ]
}

fn with_version(mut event: Value, version: &str) -> Value {
    event["api_version"] = json!(version);
    event
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_reads_two_versions_of_the_api_alike() {
    for events in [of_2024(), of_2026()] {
        let endpoint = Endpoint::open().await;
        for event in &events {
            assert_eq!(endpoint.deliver(event).await, 200, "{event}");
        }
        let named = "select count(*) as n from payment_tasks where (kind, object) in \
                     (('session', 'cs_test_1'), ('subscription', 'sub_1'), ('payment', 'pi_1'))";
        assert_eq!((endpoint.count(named).await, endpoint.kept().await), (3, (4, 3)));
        assert_eq!(endpoint.figure("taken").await, 4);
        endpoint.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_keeps_an_event_that_comes_twice_and_at_once_only_once() {
    let endpoint = Endpoint::open().await;
    let paid = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"}));
    let all = futures_util::future::join_all((0..8).map(|_| endpoint.deliver(&paid))).await;
    assert!(all.iter().all(|status| *status == 200), "{all:?}");
    assert_eq!(endpoint.deliver(&paid).await, 200);
    assert_eq!(endpoint.kept().await, (1, 1));
    let version = "select version as n from payment_tasks";
    assert_eq!(endpoint.count(version).await, 1, "a repeat is no reason to look again");
    assert_eq!((endpoint.figure("taken").await, endpoint.figure("repeated").await), (1, 8));
    let other = event("evt_2", "checkout.session.async_payment_succeeded", json!({"id": "cs_1"}));
    assert_eq!(endpoint.deliver(&other).await, 200);
    assert_eq!((endpoint.kept().await, endpoint.count(version).await), ((2, 1), 2));
    endpoint.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_takes_what_it_does_not_know_and_does_nothing() {
    let endpoint = Endpoint::open().await;
    let thin = json!({
        "id": "evt_3", "object": "v2.core.event", "type": "v2.core.account.updated", "livemode": false,
        "created": "2026-09-17T06:20:52.246Z", "related_object": {"id": "acct_1", "type": "v2.core.account"},
    });
    for unknown in [
        event("evt_1", "hologram.projected", json!({"id": "x_1", "object": "hologram"})),
        event("evt_2", "invoice.paid", json!({"id": "in_1", "object": "invoice", "parent": null})),
        thin,
    ] {
        assert_eq!(endpoint.deliver(&unknown).await, 200, "{unknown}");
    }
    assert_eq!((endpoint.kept().await, endpoint.figure("unknown").await), ((3, 0), 3));
    assert_eq!(endpoint.count("select count(*) as n from provider_events where known").await, 0);
    endpoint.close().await;
}
