//! Changes of a subscription: what is sent for each, and that a repeat after a lost answer does no harm.

use super::stub::{Given, Stub};
use serde_json::{Value, json};
use shellia::domain::payments::{Change, Gateway, Refused};
use shellia::kernel::{Currency, Money};

/// A subscription as the API of 2026-09-30 writes it, as far as it is read.
pub fn subscription() -> Value {
    json!({
        "id": "sub_1", "object": "subscription", "status": "active", "customer": "cus_1", "created": 1_790_000_000,
        "start_date": 1_790_000_000, "cancel_at_period_end": false, "cancel_at": null, "ended_at": null,
        "trial_end": null, "latest_invoice": "in_1",
        "default_payment_method": {"id": "pm_1", "type": "card", "card": {"fingerprint": "f1"}},
        "metadata": {"guild": "77", "order": "5"}, "a_new_field": {"x": 1},
        "items": {"object": "list", "has_more": false, "data": [{
            "id": "si_1", "quantity": 1, "current_period_start": 1_790_000_000, "current_period_end": 1_792_592_000,
            "price": {
                "id": "price_1", "unit_amount": 999, "currency": "eur",
                "recurring": {"interval": "month", "interval_count": 1},
                "product": {"id": "shellia_77_plan_pro", "object": "product", "metadata": {"item": "plan/pro"}},
            },
        }]},
    })
}

const ONE: &str = "POST /v1/subscriptions/sub_1";
const LOOK: &str = "GET /v1/subscriptions/sub_1";

#[tokio::test]
async fn a_stripe_subscription_ends_with_its_period() {
    let stub = Stub::start().await;
    let mut ending = subscription();
    ending["cancel_at_period_end"] = json!(true);
    stub.gives(ONE, &ending);
    let view = stub.gateway().change_subscription("k", "sub_1", &Change::EndWithPeriod).await.unwrap();
    assert!(view.cancel_at_period_end);
    let seen = stub.last();
    assert_eq!(seen.form["cancel_at_period_end"], "true");
    assert_eq!(seen.form["expand[0]"], "items.data.price.product");
    assert_eq!(seen.headers["idempotency-key"], "k");
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_subscription_goes_on_whichever_way_its_end_was_set() {
    let mut with_period = subscription();
    with_period["cancel_at_period_end"] = json!(true);
    let mut at_date = subscription();
    at_date["cancel_at"] = json!(1_792_592_000);
    for (present, name, value) in [(with_period, "cancel_at_period_end", "false"), (at_date, "cancel_at", "")] {
        let stub = Stub::start().await;
        let gateway = stub.gateway();
        stub.gives(LOOK, &present);
        assert!(gateway.subscription("sub_1").await.unwrap().cancel_at_period_end);
        stub.gives(LOOK, &present);
        stub.gives(ONE, &subscription());
        let view = gateway.change_subscription("k", "sub_1", &Change::GoOn).await.unwrap();
        assert!(!view.cancel_at_period_end);
        assert_eq!(stub.last().form[name], value);
        // The answer was lost and the change is asked for again: there is nothing left to change.
        stub.gives(LOOK, &subscription());
        gateway.change_subscription("k", "sub_1", &Change::GoOn).await.unwrap();
        assert_eq!(stub.last().line, LOOK);
        stub.stop().await;
    }
}

#[tokio::test]
async fn a_stripe_subscription_that_is_ended_twice_is_ended() {
    let stub = Stub::start().await;
    let mut ended = subscription();
    ended["status"] = json!("canceled");
    ended["ended_at"] = json!(1_791_000_000);
    stub.gives("DELETE /v1/subscriptions/sub_1", &ended);
    let gateway = stub.gateway();
    assert_eq!(gateway.change_subscription("k", "sub_1", &Change::EndNow).await.unwrap().state, "canceled");
    // Nothing is asked for beyond the defaults: no invoice, nothing given back.
    assert_eq!(stub.last().form.keys().collect::<Vec<_>>(), ["expand[0]", "expand[1]"]);
    let missing = json!({"error": {"type": "invalid_request_error", "code": "resource_missing"}});
    stub.will("DELETE /v1/subscriptions/sub_1", Given::new(404, &missing));
    stub.gives(LOOK, &ended);
    let again = gateway.change_subscription("k", "sub_1", &Change::EndNow).await.unwrap();
    assert_eq!((again.state.as_str(), again.ended_at.is_some()), ("canceled", true));
    stub.will("DELETE /v1/subscriptions/sub_1", Given::new(404, &missing));
    stub.will(LOOK, Given::new(404, &missing));
    assert_eq!(gateway.change_subscription("k", "sub_1", &Change::EndNow).await, Err(Refused::Missing));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_subscription_is_switched_to_the_product_of_the_new_plan() {
    let stub = Stub::start().await;
    stub.gives(LOOK, &subscription());
    stub.gives("POST /v1/products", &json!({"id": "shellia_77_plan_ultra"}));
    stub.gives(ONE, &subscription());
    let change = Change::Switch {
        line: "si_1".into(),
        item: "plan/ultra".into(),
        title: "Ultra".into(),
        unit: Money::new(28_790, Currency::EUR).unwrap(),
        interval: "year",
    };
    stub.gateway().change_subscription("k", "sub_1", &change).await.unwrap();
    let form: Vec<String> = stub.last().form.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    insta::assert_snapshot!(form.join("\n"), @r"
    expand[0] = items.data.price.product
    expand[1] = default_payment_method
    items[0][id] = si_1
    items[0][price_data][currency] = eur
    items[0][price_data][product] = shellia_77_plan_ultra
    items[0][price_data][recurring][interval] = year
    items[0][price_data][unit_amount] = 28790
    payment_behavior = error_if_incomplete
    proration_behavior = always_invoice
    ");
    let declined = json!({"error": {"type": "card_error", "code": "card_declined"}});
    let gateway = stub.gateway();
    stub.gives(LOOK, &subscription());
    stub.gives("POST /v1/products", &json!({"id": "shellia_77_plan_ultra"}));
    stub.will(ONE, Given::new(402, &declined));
    let refused = gateway.change_subscription("k2", "sub_1", &change).await;
    assert_eq!(refused, Err(Refused::Card("card_declined".into())));
    stub.stop().await;
}
