//! What is read of the answers: present and former shapes, and what nobody has heard of yet.

use super::changes::subscription;
use super::requests::guild;
use super::stub::Stub;
use serde_json::{Value, json};
use shellia::domain::payments::{
    CustomerId, DisputeState, Gateway, PaymentStatus, RefundState, Refused, SessionStatus,
};
use shellia::kernel::{Currency, Money};

fn time(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(seconds).unwrap()
}

fn euros(minor: i64) -> Option<Money> {
    Money::new(minor, Currency::EUR).ok()
}

fn session() -> Value {
    json!({
        "id": "cs_1", "object": "checkout.session", "status": "complete", "payment_status": "paid",
        "metadata": {"guild": "77", "order": "5"}, "customer": {"id": "cus_1", "object": "customer"},
        "amount_total": 999, "currency": "eur", "total_details": {"amount_tax": 166, "amount_discount": 0},
        "url": "https://checkout.stripe.com/c/1", "payment_intent": {"id": "pi_1", "status": "succeeded"},
        "subscription": null, "invoice": null, "ui_mode": "a_mode_of_tomorrow",
    })
}

#[tokio::test]
async fn a_stripe_checkout_is_read_with_what_it_made() {
    let stub = Stub::start().await;
    stub.gives("GET /v1/checkout/sessions/cs_1", &session());
    let view = stub.gateway().session("cs_1").await.unwrap();
    assert_eq!(stub.last().form["expand[0]"], "payment_intent");
    assert_eq!((view.status, view.payment_status), (SessionStatus::Complete, PaymentStatus::Paid));
    assert_eq!(view.order, Some((guild(), 5)));
    assert_eq!(view.customer, Some(CustomerId("cus_1".into())));
    assert_eq!((view.total, view.tax_minor), (euros(999), 166));
    assert_eq!((view.payment.as_deref(), view.url, view.failed), (Some("pi_1"), None, false));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_checkout_has_failed_only_when_its_money_can_not_come_any_more() {
    let stub = Stub::start().await;
    let gateway = stub.gateway();
    let bounced = json!({"id": "pi_1", "status": "requires_payment_method", "last_payment_error": {"code": "x"}});
    for (status, paid, intent, failed) in [
        ("complete", "unpaid", bounced.clone(), true),
        ("complete", "unpaid", json!({"id": "pi_1", "status": "canceled", "last_payment_error": null}), true),
        ("complete", "unpaid", json!({"id": "pi_1", "status": "processing"}), false),
        ("complete", "unpaid", json!({"id": "pi_1", "status": "requires_payment_method"}), false),
        ("complete", "unpaid", json!("pi_1"), false),
        ("complete", "paid", bounced.clone(), false),
        ("open", "unpaid", bounced, false),
        ("expired", "unpaid", json!(null), false),
    ] {
        let mut one = session();
        (one["status"], one["payment_status"], one["payment_intent"]) = (json!(status), json!(paid), intent.clone());
        stub.gives("GET /v1/checkout/sessions/cs_1", &one);
        let view = gateway.session("cs_1").await.unwrap();
        assert_eq!(view.failed, failed, "{status} {paid} {intent}");
        assert_eq!(view.url.is_some(), status == "open");
    }
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_checkout_in_a_state_of_tomorrow_is_not_decided_by() {
    let stub = Stub::start().await;
    for field in ["status", "payment_status"] {
        let mut one = session();
        one[field] = json!("levitating");
        stub.gives("GET /v1/checkout/sessions/cs_1", &one);
        assert!(matches!(stub.gateway().session("cs_1").await, Err(Refused::Strange(_))));
    }
    let foreign = json!({"id": "cs_1", "status": "complete", "payment_status": "no_payment_required",
                         "amount_total": 5, "currency": "xyz"});
    stub.gives("GET /v1/checkout/sessions/cs_1", &foreign);
    let view = stub.gateway().session("cs_1").await.unwrap();
    assert_eq!((view.order, view.total, view.payment_status), (None, None, PaymentStatus::NotRequired));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_subscription_is_read_in_present_and_former_shapes() {
    let stub = Stub::start().await;
    let gateway = stub.gateway();
    let mut former = subscription();
    let line = former["items"]["data"][0].as_object_mut().unwrap();
    let (start, end) = (line.remove("current_period_start"), line.remove("current_period_end"));
    line["price"]["product"] = json!("shellia_77_plan_pro");
    (former["current_period_start"], former["current_period_end"]) = (start.unwrap(), end.unwrap());
    for shape in [subscription(), former] {
        stub.gives("GET /v1/subscriptions/sub_1", &shape);
        let view = gateway.subscription("sub_1").await.unwrap();
        assert_eq!((view.period_start, view.period_end), (time(1_790_000_000), time(1_792_592_000)));
        assert_eq!((view.item.as_deref(), view.interval.as_deref()), (Some("plan/pro"), Some("month")));
        assert_eq!((view.line.as_deref(), view.amount), (Some("si_1"), euros(999)));
        assert_eq!((view.state.as_str(), view.order), ("active", Some((guild(), 5))));
        assert_eq!((view.latest_invoice.as_deref(), view.started_at), (Some("in_1"), time(1_790_000_000)));
        assert_eq!(view.fingerprint.as_deref(), Some("f1"));
    }
    // A bank account is told from others as a card is.
    let mut debited = subscription();
    debited["default_payment_method"] =
        json!({"id": "pm_2", "type": "sepa_debit", "sepa_debit": {"fingerprint": "f2", "last4": "3000"}});
    stub.gives("GET /v1/subscriptions/sub_1", &debited);
    assert_eq!(gateway.subscription("sub_1").await.unwrap().fingerprint.as_deref(), Some("f2"));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_subscription_changed_by_hand_does_not_pass_for_a_plan() {
    let stub = Stub::start().await;
    let mut strange = subscription();
    let price = &mut strange["items"]["data"][0]["price"];
    price["product"] = json!({"id": "prod_N1", "metadata": {}});
    price["recurring"]["interval_count"] = json!(3);
    price["unit_amount"] = json!(null);
    stub.gives("GET /v1/subscriptions/sub_1", &strange);
    let view = stub.gateway().subscription("sub_1").await.unwrap();
    assert_eq!((view.item, view.interval, view.amount), (None, None, None));
    strange["items"] = json!({"data": []});
    stub.gives("GET /v1/subscriptions/sub_1", &strange);
    assert_eq!(stub.gateway().subscription("sub_1").await, Err(Refused::Strange("a period")));
    stub.stop().await;
}

#[tokio::test]
async fn stripe_invoices_are_read_in_present_and_former_shapes() {
    let stub = Stub::start().await;
    let payments = json!({"data": [
        {"id": "inpay_2", "status": "canceled", "payment": {"type": "payment_intent", "payment_intent": "pi_0"}},
        {"id": "inpay_1", "status": "paid", "payment": {"type": "payment_intent", "payment_intent": "pi_1"}},
    ]});
    let present = json!({
        "id": "in_1", "status": "paid", "amount_paid": 999, "currency": "eur", "created": 1,
        "total_taxes": [{"amount": 100, "type": "tax_rate_details"}, {"amount": 66}], "payments": payments,
        "parent": {"type": "subscription_details", "subscription_details": {"subscription": "sub_1"}},
        "hosted_invoice_url": "https://invoice.stripe.com/i/1", "status_transitions": {"paid_at": 7},
    });
    let former = json!({
        "id": "in_1", "status": "paid", "paid": true, "amount_paid": 999, "currency": "eur", "created": 1, "tax": 166,
        "payment_intent": "pi_1", "subscription": "sub_1", "hosted_invoice_url": "https://invoice.stripe.com/i/1",
        "status_transitions": {"paid_at": 7},
    });
    let free = json!({
        "id": "in_0", "status": "paid", "amount_paid": 0, "currency": "eur", "created": 1, "total_taxes": [{"amount": 9}],
        "payments": {"data": []}, "parent": null,
    });
    stub.gives("GET /v1/invoices", &json!({"data": [present, former, free], "has_more": false}));
    let all = stub.gateway().invoices("sub_1").await.unwrap();
    let form = stub.last().form;
    // Those that aren't paid, too: they keep a plan from being changed.
    assert_eq!((form["subscription"].as_str(), form.get("status")), ("sub_1", None));
    assert_eq!((form["limit"].as_str(), form["expand[0]"].as_str()), ("100", "data.payments"));
    assert_eq!(all[0], all[1]);
    assert_eq!((all[0].payment.as_deref(), all[0].subscription.as_deref()), (Some("pi_1"), Some("sub_1")));
    assert_eq!((all[0].total, all[0].tax_minor, all[0].at), (euros(999), 166, time(7)));
    assert_eq!((all[2].total, all[2].tax_minor, all[2].payment.clone()), (euros(0), 0, None));
    stub.stop().await;
}

fn intent() -> Value {
    json!({
        "id": "pi_1", "status": "succeeded", "amount_received": 999, "currency": "eur", "created": 5,
        "latest_charge": {
            "id": "ch_1", "balance_transaction": {"id": "txn_1", "fee": 40, "currency": "eur"},
            "payment_method_details": {"type": "card", "card": {"fingerprint": "fp_1", "last4": "4242"}},
        },
    })
}

#[tokio::test]
async fn a_stripe_payment_by_debit_is_told_from_others_by_its_account() {
    let stub = Stub::start().await;
    let mut debited = intent();
    debited["latest_charge"]["payment_method_details"] =
        json!({"type": "sepa_debit", "sepa_debit": {"fingerprint": "fp_2", "last4": "3000"}});
    stub.gives("GET /v1/payment_intents/pi_1", &debited);
    for path in ["GET /v1/refunds", "GET /v1/disputes"] {
        stub.gives(path, &json!({"data": []}));
    }
    assert_eq!(stub.gateway().payment("pi_1").await.unwrap().fingerprint.as_deref(), Some("fp_2"));
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_payment_is_read_with_its_refunds_and_dispute() {
    let stub = Stub::start().await;
    stub.gives("GET /v1/payment_intents/pi_1", &intent());
    let refund = |id: &str, status: Value| json!({"id": id, "amount": 10, "status": status, "created": 6});
    let refunds = ["pending", "requires_action", "succeeded", "failed", "canceled", "a_word_of_tomorrow"];
    let refunds: Vec<Value> = refunds.iter().map(|status| refund("re_1", json!(status))).collect();
    stub.gives("GET /v1/refunds", &json!({"data": refunds}));
    let disputes = json!({"data": [
        {"id": "du_3", "amount": 999, "status": "warning_under_review", "created": 9},
        {"id": "du_2", "amount": 999, "status": "needs_response", "created": 8, "balance_transactions": [
            {"id": "txn_1", "fee": 2000, "currency": "eur", "created": 8},
        ]},
        {"id": "du_1", "amount": 999, "status": "lost", "created": 7, "balance_transactions": [
            {"id": "txn_2", "fee": 1500, "currency": "eur", "created": 7},
            {"id": "txn_3", "fee": 0, "currency": "eur", "created": 7},
            {"id": "txn_4", "fee": 1700, "currency": "usd", "created": 7},
        ]},
    ]});
    stub.gives("GET /v1/disputes", &disputes);
    let payment = stub.gateway().payment("pi_1").await.unwrap();
    assert_eq!((payment.received, payment.fee_minor, payment.at), (euros(999), Some(40), time(5)));
    assert_eq!(payment.fingerprint.as_deref(), Some("fp_1"));
    assert_eq!(payment.dispute, Some(("du_2".to_owned(), DisputeState::Open, 999, time(8))));
    let fees: Vec<_> = payment.dispute_fees.iter().map(|fee| (fee.id.as_str(), fee.amount_minor, fee.at)).collect();
    assert_eq!(
        fees,
        [("txn_1", 2000, time(8)), ("txn_2", 1500, time(7))],
        "none, and of another currency, are no fees of ours"
    );
    use RefundState::{Failed, Pending, Succeeded};
    let states: Vec<RefundState> = payment.refunds.iter().map(|refund| refund.state).collect();
    assert_eq!(states, [Pending, Pending, Succeeded, Failed, Failed, Pending]);
    for seen in stub.seen() {
        let expected = if seen.line.contains("payment_intents") {
            ("expand[0]", "latest_charge.balance_transaction")
        } else {
            ("payment_intent", "pi_1")
        };
        assert_eq!(seen.form[expected.0], expected.1);
    }
    stub.stop().await;
}

#[tokio::test]
async fn a_stripe_payment_that_brought_nothing_says_so() {
    let stub = Stub::start().await;
    for (charge, currency) in [(json!(null), "eur"), (json!("ch_1"), "eur"), (intent()["latest_charge"].clone(), "usd")]
    {
        let mut one = intent();
        (one["amount_received"], one["latest_charge"], one["currency"]) = (json!(0), charge, json!(currency));
        stub.gives("GET /v1/payment_intents/pi_1", &one);
        stub.gives("GET /v1/refunds", &json!({"data": []}));
        stub.gives("GET /v1/disputes", &json!({"data": []}));
        let payment = stub.gateway().payment("pi_1").await.unwrap();
        assert_eq!((payment.received, payment.fee_minor, payment.dispute), (None, None, None));
    }
    stub.stop().await;
}

fn event(n: u32) -> Value {
    json!({"id": format!("evt_{n}"), "type": "invoice.paid", "created": n, "livemode": false,
           "data": {"object": {"id": "in_1", "subscription": "sub_1"}}})
}

#[tokio::test]
async fn stripe_events_come_oldest_first_whichever_way_they_are_asked_for() {
    let stub = Stub::start().await;
    let gateway = stub.gateway();
    let line = "GET /v1/events";
    stub.gives(line, &json!({"data": [event(6), event(5)], "has_more": true}));
    stub.gives(line, &json!({"data": [event(4), event(3)], "has_more": true}));
    stub.gives(line, &json!({"data": [event(2), event(1)], "has_more": false}));
    let first = gateway.events(time(1), None).await.unwrap();
    let names =
        |events: &[shellia::domain::payments::EventRef]| events.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    assert_eq!((names(&first.events), first.more), (vec!["evt_1".to_owned(), "evt_2".to_owned()], true));
    let asked: Vec<_> = stub.seen().iter().map(|seen| seen.form.get("starting_after").cloned()).collect();
    assert_eq!(asked, [None, Some("evt_5".to_owned()), Some("evt_3".to_owned())]);
    stub.gives(line, &json!({"data": [event(4), event(3)], "has_more": true}));
    let second = gateway.events(time(1), Some("evt_2")).await.unwrap();
    assert_eq!((names(&second.events), second.more), (vec!["evt_3".to_owned(), "evt_4".to_owned()], true));
    let form = stub.last().form;
    assert_eq!((form["ending_before"].as_str(), form["created[gte]"].as_str()), ("evt_2", "1"));
    assert_eq!(form.keys().filter(|name| name.starts_with("types[")).count(), 20);
    stub.gives(line, &json!({"data": [], "has_more": false}));
    let none = gateway.events(time(1), None).await.unwrap();
    assert!(none.events.is_empty() && !none.more);
    stub.stop().await;
}
