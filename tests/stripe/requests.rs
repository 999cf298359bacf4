//! What is sent: paths, fields and headers.

use super::stub::{Given, Seen, Stub};
use serde_json::{Value, json};
use shellia::domain::payments::{
    CheckoutMode, CustomerId, Discount, Gateway, Listing, NewCheckout, NewCustomer, NewRefund, Refused,
};
use shellia::kernel::{Currency, GuildId, Locale, Money, UserId};
use std::fmt::Write as _;

pub fn guild() -> GuildId {
    GuildId::new(77).unwrap()
}

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

fn time(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(seconds).unwrap()
}

/// A request as text: what a person checks against Stripe's pages.
fn told(seen: &Seen) -> String {
    let mut text = format!("{}\n", seen.line);
    if let Some(key) = seen.headers.get("idempotency-key") {
        writeln!(text, "key: {key}").unwrap();
    }
    for (name, value) in &seen.form {
        writeln!(text, "{name} = {value}").unwrap();
    }
    text
}

fn checkout() -> NewCheckout {
    NewCheckout {
        guild: guild(),
        order: 5,
        customer: CustomerId("cus_1".into()),
        mode: CheckoutMode::Payment,
        item: "product/theme".into(),
        title: "Thème d’été".into(),
        unit: euros(450),
        quantity: 2,
        discount: None,
        locale: Locale::Fr,
        expires_at: time(1_800_000_000),
        return_url: "https://discord.com/channels/@me".into(),
    }
}

fn open_session() -> Value {
    json!({"id": "cs_1", "status": "open", "payment_status": "unpaid", "url": "https://checkout.stripe.com/c/1"})
}

#[tokio::test]
async fn a_stripe_checkout_for_once_names_everything() {
    let stub = Stub::start().await;
    stub.gives("POST /v1/products", &json!({"id": "shellia_77_product_theme"}));
    stub.gives("POST /v1/checkout/sessions", &open_session());
    stub.gateway().open_checkout("order/77/5", &checkout()).await.unwrap();
    let all: Vec<String> = stub.seen().iter().map(told).collect();
    insta::assert_snapshot!(all.join("\n"));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_checkout_of_a_plan_has_a_trial_a_coupon_and_tax() {
    let stub = Stub::start().await;
    stub.gives("POST /v1/products", &json!({"id": "shellia_77_plan_pro"}));
    stub.gives("POST /v1/coupons", &json!({"id": "x"}));
    stub.gives("POST /v1/checkout/sessions", &open_session());
    let name = "Une remise dont le nom est plus long que ce que Stripe accepte".to_owned();
    let plan = NewCheckout {
        mode: CheckoutMode::Subscription { interval: "year", trial_days: Some(3) },
        item: "plan/pro".into(),
        title: "Pro".into(),
        unit: Money::new(9590, "jpy".parse().unwrap()).unwrap(),
        quantity: 1,
        discount: Some(Discount {
            amount: Money::new(1918, "jpy".parse().unwrap()).unwrap(),
            name,
            every_period: true,
        }),
        locale: Locale::En,
        ..checkout()
    };
    stub.gateway_with(true, shellia::stripe::PATIENCE).open_checkout("order/77/5", &plan).await.unwrap();
    let all: Vec<String> = stub.seen().iter().map(told).collect();
    insta::assert_snapshot!(all.join("\n"));
    stub.stop().await;
}

#[tokio::test]
async fn stripe_products_are_made_once_and_may_exist_already() {
    let stub = Stub::start().await;
    let exists = json!({"error": {"type": "invalid_request_error", "code": "resource_already_exists"}});
    stub.will("POST /v1/products", Given::new(400, &exists));
    stub.gives("POST /v1/checkout/sessions", &open_session());
    stub.gives("POST /v1/checkout/sessions", &open_session());
    let gateway = stub.gateway();
    gateway.open_checkout("a", &checkout()).await.unwrap();
    gateway.open_checkout("b", &checkout()).await.unwrap();
    let lines: Vec<String> = stub.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(lines, ["POST /v1/products", "POST /v1/checkout/sessions", "POST /v1/checkout/sessions"]);
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_coupon_that_exists_is_the_one_of_an_earlier_try() {
    let stub = Stub::start().await;
    stub.gives("POST /v1/products", &json!({"id": "p"}));
    let exists = json!({"error": {"type": "invalid_request_error", "code": "resource_already_exists"}});
    stub.will("POST /v1/coupons", Given::new(400, &exists));
    stub.gives("POST /v1/checkout/sessions", &open_session());
    let discount = Some(Discount { amount: euros(100), name: "Bienvenue".into(), every_period: false });
    stub.gateway().open_checkout("a", &NewCheckout { discount, ..checkout() }).await.unwrap();
    let seen = stub.seen();
    assert_eq!(seen[1].form["duration"], "once");
    assert_eq!(seen[2].form["discounts[0][coupon]"], seen[1].form["id"]);
    stub.stop().await;
}

#[tokio::test]
async fn every_request_to_stripe_is_signed_for_and_pinned_to_one_version() {
    let stub = Stub::start().await;
    stub.gives("POST /v1/customers", &json!({"id": "cus_1", "object": "customer"}));
    let new = NewCustomer { guild: guild(), user: UserId::new(11).unwrap(), locale: Locale::Fr };
    assert_eq!(stub.gateway().create_customer("customer/77/11", &new).await, Ok(CustomerId("cus_1".into())));
    let seen = stub.last();
    assert_eq!(seen.headers["authorization"], "Bearer sk_test_secret");
    assert_eq!(seen.headers["stripe-version"], "2026-09-30.endive");
    assert_eq!(seen.headers["content-type"], "application/x-www-form-urlencoded");
    insta::assert_snapshot!(told(&seen), @r"
    POST /v1/customers
    key: customer/77/11
    metadata[guild] = 77
    metadata[user] = 11
    preferred_locales[0] = fr
    ");
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_refund_and_a_portal_say_whose_they_are() {
    let stub = Stub::start().await;
    stub.gives("POST /v1/refunds", &json!({"id": "re_1", "amount": 300, "status": "pending", "created": 1}));
    stub.gives("POST /v1/billing_portal/sessions", &json!({"url": "https://billing.stripe.com/p/1"}));
    let gateway = stub.gateway();
    let new = NewRefund { payment: "pi_1".into(), amount_minor: 300, refund: (guild(), 9) };
    assert_eq!(gateway.refund("refund/77/9", &new).await.unwrap().id, "re_1");
    insta::assert_snapshot!(told(&stub.last()), @r"
    POST /v1/refunds
    key: refund/77/9
    amount = 300
    metadata[guild] = 77
    metadata[refund] = 9
    payment_intent = pi_1
    ");
    let customer = CustomerId("cus_1".into());
    let page = gateway.portal(&customer, "https://discord.com/x", Locale::En).await.unwrap();
    assert_eq!(page, "https://billing.stripe.com/p/1");
    insta::assert_snapshot!(told(&stub.last()), @r"
    POST /v1/billing_portal/sessions
    customer = cus_1
    locale = en
    return_url = https://discord.com/x
    ");
    stub.stop().await;
}

#[tokio::test]
async fn stripe_lists_are_gone_through_by_name_and_time() {
    let stub = Stub::start().await;
    let two = json!({"data": [{"id": "sub_2"}, {"id": "sub_1"}], "has_more": true});
    stub.gives("GET /v1/subscriptions", &two);
    stub.gives("GET /v1/payment_intents", &json!({"data": [{"id": "pi_1"}], "has_more": false}));
    stub.gives("GET /v1/checkout/sessions", &json!({"data": []}));
    let gateway = stub.gateway();
    let listed = gateway.list(Listing::Subscriptions, time(1000), Some("sub_3")).await.unwrap();
    assert_eq!((listed.ids.len(), listed.after.as_deref()), (2, Some("sub_1")));
    insta::assert_snapshot!(told(&stub.last()), @r"
    GET /v1/subscriptions
    created[gte] = 1000
    limit = 100
    starting_after = sub_3
    status = all
    ");
    let listed = gateway.list(Listing::Payments, time(1000), None).await.unwrap();
    assert_eq!((listed.ids, listed.after), (vec!["pi_1".to_owned()], None));
    assert!(gateway.list(Listing::Sessions, time(1000), None).await.unwrap().ids.is_empty());
    // Of what went back and what was disputed the payments count, and the page goes on behind the refund.
    let refunds = json!({"data": [{"id": "re_2", "payment_intent": "pi_1"}, {"id": "re_1", "payment_intent": null}], "has_more": true});
    stub.gives("GET /v1/refunds", &refunds);
    let whole = json!({"data": [{"id": "dp_1", "payment_intent": {"id": "pi_2", "object": "payment_intent"}}]});
    stub.gives("GET /v1/disputes", &whole);
    let listed = gateway.list(Listing::Refunds, time(1000), None).await.unwrap();
    assert_eq!((listed.ids, listed.after), (vec!["pi_1".to_owned()], Some("re_1".to_owned())));
    let listed = gateway.list(Listing::Disputes, time(1000), None).await.unwrap();
    assert_eq!((listed.ids, listed.after), (vec!["pi_2".to_owned()], None));
    insta::assert_snapshot!(told(&stub.last()), @r"
    GET /v1/disputes
    created[gte] = 1000
    limit = 100
    ");
    stub.stop().await;
}

#[tokio::test]
async fn a_name_that_could_lead_a_request_to_stripe_elsewhere_is_missing() {
    let stub = Stub::start().await;
    let gateway = stub.gateway();
    for odd in ["", "../refunds", "cs_1?expand[]=x", "cs 1", "cs_1/expire", "é", &"x".repeat(256)] {
        assert_eq!(gateway.session(odd).await, Err(Refused::Missing), "{odd}");
        assert_eq!(gateway.payment(odd).await, Err(Refused::Missing), "{odd}");
        assert_eq!(gateway.subscription(odd).await, Err(Refused::Missing), "{odd}");
    }
    assert!(stub.seen().is_empty());
    stub.stop().await;
}
