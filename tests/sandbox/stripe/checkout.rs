//! Checkout sessions: how they are paid, expire, are discounted; refunds and disputes.

use std::time::Duration;

use serde_json::{Value, json};
use shellia::sandbox::stripe::{Dispute, How};

use super::{Shop, id};

const DAY: u64 = 24 * 3600;

#[tokio::test]
async fn an_open_session_expires_after_a_day_or_as_told() {
    let shop = Shop::open().await;
    let usual = id(&shop.session("500", &[]).await);
    let soon = (shop.stripe.now() + 1_800).to_string();
    let short = id(&shop.session("500", &[("expires_at", &soon)]).await);
    for wrong in [shop.stripe.now() + 1_700, shop.stripe.now() + DAY + 60] {
        let wrong = wrong.to_string();
        let form = [
            ("mode", "payment"),
            ("success_url", "http://a.b/"),
            ("expires_at", &wrong),
            ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][price_data][unit_amount]", "500"),
            ("line_items[0][price_data][product_data][name]", "x"),
            ("line_items[0][quantity]", "1"),
        ];
        assert_eq!(shop.refused("checkout/sessions", &form).await["param"], "expires_at");
    }
    shop.stripe.advance(Duration::from_secs(1_801));
    assert_eq!(shop.told(), ["checkout.session.expired"]);
    assert_eq!(shop.seen(&format!("checkout/sessions/{short}")).await["status"], "expired");
    assert!(shop.stripe.pay(&short, How::Card).is_err());
    shop.stripe.pay(&usual, How::Card).unwrap();
    let refused = shop.refused(&format!("checkout/sessions/{usual}/expire"), &[]).await;
    assert!(refused["message"].as_str().unwrap().contains("complete"));
    let third = id(&shop.session("500", &[]).await);
    assert_eq!(shop.made(&format!("checkout/sessions/{third}/expire"), &[]).await["status"], "expired");
    let seen = shop.told().len();
    shop.stripe.advance(Duration::from_secs(2 * DAY));
    assert!(shop.told_since(seen).is_empty());
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open() {
    let shop = Shop::open().await;
    let session = id(&shop.session("500", &[]).await);
    let after = shop.stripe.pay(&session, How::Decline).unwrap();
    assert_eq!((&after["status"], &after["payment_intent"]), (&json!("open"), &Value::Null));
    assert_eq!(shop.told(), ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]);
    let paid = shop.stripe.pay(&session, How::Card).unwrap();
    assert_eq!(paid["payment_status"], "paid");
    let intents = shop.seen("payment_intents").await;
    assert_eq!(intents["data"].as_array().unwrap().len(), 1);
    assert!(shop.stripe.pay(&session, How::Card).is_err());
}

#[tokio::test]
async fn a_bank_may_ask_for_a_confirmation_first() {
    let shop = Shop::open().await;
    let session = id(&shop.session("500", &[]).await);
    assert!(shop.stripe.pay(&session, How::Confirm).is_err());
    shop.stripe.pay(&session, How::ThreeDSecure).unwrap();
    assert_eq!(shop.stripe.pay(&session, How::Fail).unwrap()["status"], "open");
    shop.stripe.pay(&session, How::ThreeDSecure).unwrap();
    assert_eq!(shop.stripe.pay(&session, How::Confirm).unwrap()["payment_status"], "paid");
    assert!(shop.told().contains(&"payment_intent.requires_action".to_owned()));
}

#[tokio::test]
async fn a_bank_debit_is_unpaid_until_it_settles() {
    let shop = Shop::open().await;
    for (how, event, status) in [
        (How::Sepa, "checkout.session.async_payment_succeeded", "paid"),
        (How::SepaFails, "checkout.session.async_payment_failed", "unpaid"),
    ] {
        let session = id(&shop.session("500", &[]).await);
        let after = shop.stripe.pay(&session, how).unwrap();
        assert_eq!((&after["status"], &after["payment_status"]), (&json!("complete"), &json!("unpaid")));
        shop.stripe.advance(Duration::from_secs(3 * DAY + 1));
        assert_eq!(shop.told().last().unwrap(), event);
        assert_eq!(shop.seen(&format!("checkout/sessions/{session}")).await["payment_status"], status);
    }
    let session = id(&shop.session("500", &[]).await);
    shop.stripe.pay(&session, How::Sepa).unwrap();
    shop.stripe.settle(&session, false).unwrap();
    assert!(shop.stripe.settle(&session, true).is_err());
    let card_only = id(&shop.session("500", &[("payment_method_types[0]", "card")]).await);
    assert!(shop.stripe.pay(&card_only, How::Sepa).is_err());
}

#[tokio::test]
async fn nothing_to_pay_needs_no_payment() {
    let shop = Shop::open().await;
    shop.made("coupons", &[("id", "FREE"), ("percent_off", "100")]).await;
    let session = shop.session("500", &[("discounts[0][coupon]", "FREE")]).await;
    assert_eq!(session["amount_total"], 0);
    let done = shop.stripe.pay(&id(&session), How::Card).unwrap();
    assert_eq!((&done["payment_status"], &done["payment_intent"]), (&json!("no_payment_required"), &Value::Null));
    let error = {
        let form = [
            ("mode", "payment"),
            ("success_url", "http://a.b/"),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][price_data][unit_amount]", "49"),
            ("line_items[0][price_data][product_data][name]", "x"),
        ];
        shop.refused("checkout/sessions", &form).await
    };
    assert_eq!(error["code"], "amount_too_small");
}

#[tokio::test]
async fn the_last_use_of_a_coupon_is_for_one_alone() {
    let shop = Shop::open().await;
    let form = [("id", "LAST"), ("amount_off", "100"), ("currency", "eur"), ("max_redemptions", "1")];
    shop.made("coupons", &form).await;
    let one = id(&shop.session("500", &[("discounts[0][coupon]", "LAST")]).await);
    let two = id(&shop.session("500", &[("discounts[0][coupon]", "LAST")]).await);
    assert_eq!(shop.stripe.pay(&one, How::Card).unwrap()["amount_total"], 400);
    assert!(shop.stripe.pay(&two, How::Card).is_err());
    assert_eq!(shop.seen(&format!("checkout/sessions/{two}")).await["status"], "open");
    assert_eq!(shop.seen("coupons/LAST").await["valid"], false);
    let items = shop.seen(&format!("checkout/sessions/{one}/line_items")).await;
    assert_eq!((&items["data"][0]["amount_discount"], &items["data"][0]["amount_total"]), (&json!(100), &json!(400)));
}

#[tokio::test]
async fn a_coupon_that_came_to_its_day_is_refused() {
    let shop = Shop::open().await;
    let until = (shop.stripe.now() + 100).to_string();
    shop.made("coupons", &[("id", "SOON"), ("percent_off", "12.5"), ("redeem_by", &until)]).await;
    let session = shop.session("999", &[("discounts[0][coupon]", "SOON")]).await;
    assert_eq!(session["total_details"]["amount_discount"], 125);
    shop.stripe.advance(Duration::from_secs(101));
    assert!(shop.stripe.pay(&id(&session), How::Card).is_err());
    assert_eq!(shop.seen("coupons/SOON").await["valid"], false);
}

#[tokio::test]
async fn refunds_never_exceed_the_payment() {
    let shop = Shop::open().await;
    let charge = shop.charge("1000").await;
    let (charge, seen) = (id(&charge), shop.told().len());
    let part =
        shop.made("refunds", &[("charge", &charge), ("amount", "400"), ("reason", "requested_by_customer")]).await;
    assert_eq!((&part["status"], &part["amount"]), (&json!("succeeded"), &json!(400)));
    let told = shop.told_since(seen);
    assert_eq!(told, ["refund.created", "charge.refunded", "refund.updated", "charge.refund.updated"]);
    assert_eq!(shop.refused("refunds", &[("charge", &charge), ("amount", "601")]).await["param"], "amount");
    let intent = shop.seen(&format!("charges/{charge}?expand[]=refunds")).await;
    assert_eq!(intent["refunds"]["data"].as_array().unwrap().len(), 1);
    let intent = intent["payment_intent"].as_str().unwrap().to_owned();
    let rest = shop.made("refunds", &[("payment_intent", &intent)]).await;
    assert_eq!(rest["amount"], 600);
    assert_eq!(shop.seen(&format!("charges/{charge}")).await["refunded"], true);
    assert_eq!(shop.refused("refunds", &[("charge", &charge)]).await["code"], "charge_already_refunded");
    shop.stripe.fail_refund(&id(&rest)).unwrap();
    assert_eq!(shop.seen(&format!("charges/{charge}")).await["amount_refunded"], 400);
    assert!(shop.told().contains(&"refund.failed".to_owned()));
}

#[tokio::test]
async fn a_disputed_charge_is_refunded_only_when_the_dispute_was_won() {
    let shop = Shop::open().await;
    for (end, refunded) in [(Dispute::Lost, false), (Dispute::Won, true)] {
        let charge = id(&shop.charge("1000").await);
        let dispute = id(&shop.stripe.open_dispute(&charge, "fraudulent").unwrap());
        assert!(shop.stripe.open_dispute(&charge, "fraudulent").is_err());
        assert_eq!(shop.refused("refunds", &[("charge", &charge)]).await["code"], "charge_disputed");
        let closed = shop.stripe.close_dispute(&dispute, end).unwrap();
        assert_eq!(closed["is_charge_refundable"], refunded);
        assert!(shop.stripe.close_dispute(&dispute, end).is_err());
        assert_eq!(shop.post("refunds", &[("charge", &charge)]).await.0 == 200, refunded);
        assert_eq!(shop.seen(&format!("disputes?charge={charge}")).await["data"][0]["id"], dispute);
        let kind = if refunded { "charge.dispute.funds_reinstated" } else { "charge.dispute.closed" };
        assert!(shop.told().contains(&kind.to_owned()));
    }
    assert!(shop.told().contains(&"charge.dispute.funds_withdrawn".to_owned()));
}
