//! Every route of the local Stripe, asked with raw forms and judged by Stripe's own description; its signatures, judged
//! by Stripe's own libraries.

use std::process::Stdio;

use serde_json::{Value, json};
use shellia::sandbox::Fault;
use shellia::sandbox::stripe::{Dispute, How};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::sandbox::stripe::{Mailbox, PATIENCE, Shop, id};
use crate::support::witness::{judge_stripe, place, stripe_verdict};

impl Shop {
    /// Reads all events, has everything judged, and ends.
    async fn close(self) {
        let mut after = String::new();
        loop {
            let page = self.seen(&format!("events?limit=100{after}")).await;
            let Some(last) = page["data"].as_array().unwrap().last() else { break };
            after = format!("&starting_after={}", id(last));
        }
        judge_stripe(&self.sandbox).await;
        self.sandbox.stop().await;
    }

    async fn delete(&self, path: &str) -> u16 {
        let request = self.client.delete(format!("{}/v1/{path}", self.stripe.url()));
        request.bearer_auth("sk_test_sandbox").send().await.unwrap().status().as_u16()
    }
}

#[tokio::test]
async fn the_catalogue() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    shop.seen(&format!("customers/{customer}?expand[]=subscriptions")).await;
    shop.seen("customers?email=marie@example.com&limit=3&created[gte]=1").await;
    shop.made("products", &[("id", "pro"), ("name", "Pro"), ("description", "Tout"), ("metadata[plan]", "pro")]).await;
    shop.made("products/pro", &[("active", "true"), ("name", "Pro+")]).await;
    shop.seen("products?active=true&ids[]=pro").await;
    let form = [("product", "pro"), ("currency", "eur"), ("unit_amount", "999"), ("recurring[interval]", "month")];
    let price = id(&shop.made("prices", &form).await);
    shop.made(&format!("prices/{price}"), &[("nickname", "mensuel")]).await;
    shop.seen(&format!("prices/{price}?expand[]=product")).await;
    shop.seen("prices?product=pro&type=recurring").await;
    let form = [("id", "TEN"), ("percent_off", "12.5"), ("duration", "repeating"), ("duration_in_months", "3")];
    shop.made("coupons", &form).await;
    let form = [("amount_off", "300"), ("currency", "eur"), ("name", "Trois"), ("max_redemptions", "5")];
    let three = id(&shop.made("coupons", &form).await);
    shop.made("coupons/TEN", &[("name", "Dix")]).await;
    shop.seen("coupons?limit=5").await;
    let form = [
        ("promotion[type]", "coupon"),
        ("promotion[coupon]", &three),
        ("code", "TROIS"),
        ("customer", &customer),
        ("restrictions[first_time_transaction]", "true"),
    ];
    let code = id(&shop.made("promotion_codes", &form).await);
    shop.seen(&format!("promotion_codes/{code}?expand[]=promotion.coupon")).await;
    shop.seen("promotion_codes?active=true&coupon=TEN").await;
    shop.made(&format!("promotion_codes/{code}"), &[("active", "false")]).await;
    assert_eq!(shop.delete("coupons/TEN").await, 200);
    assert_eq!(shop.get("coupons/TEN").await.0, 404);
    shop.close().await;
}

#[tokio::test]
async fn payments_refunds_and_disputes() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    shop.made("coupons", &[("id", "TEN"), ("percent_off", "10")]).await;
    let more = [
        ("customer", customer.as_str()),
        ("discounts[0][coupon]", "TEN"),
        ("locale", "fr"),
        ("automatic_tax[enabled]", "true"),
        ("consent_collection[terms_of_service]", "required"),
        ("custom_text[terms_of_service_acceptance][message]", "J’accepte"),
        ("payment_method_types[0]", "card"),
        ("payment_method_types[1]", "sepa_debit"),
        ("expand[0]", "line_items"),
    ];
    let session = id(&shop.session("1999", &more).await);
    for how in [How::Decline, How::ThreeDSecure, How::Fail, How::ThreeDSecure, How::Confirm] {
        shop.stripe.pay(&session, how).unwrap();
        shop.seen("payment_intents?limit=1&expand[]=data.latest_charge").await;
    }
    let path = format!(
        "checkout/sessions/{session}?expand[]=customer&expand[]=payment_intent.latest_charge.balance_transaction"
    );
    let seen = shop.seen(&path).await;
    shop.seen(&format!("checkout/sessions/{session}/line_items?limit=10")).await;
    shop.seen(&format!("checkout/sessions?customer={customer}&status=complete")).await;
    let charge = seen["payment_intent"]["latest_charge"].clone();
    let intent = id(&seen["payment_intent"]);
    let refund = shop.made("refunds", &[("payment_intent", &intent), ("amount", "500"), ("metadata[why]", "x")]).await;
    shop.seen(&format!("refunds/{}?expand[]=charge&expand[]=balance_transaction", id(&refund))).await;
    shop.seen(&format!("refunds?charge={}", id(&charge))).await;
    shop.stripe.fail_refund(&id(&refund)).unwrap();
    shop.seen(&format!("refunds?payment_intent={intent}")).await;
    shop.seen(&format!("charges/{}?expand[]=refunds&expand[]=customer", id(&charge))).await;
    shop.seen(&format!("charges?payment_intent={intent}")).await;
    for end in [Dispute::Won, Dispute::Lost] {
        let charge = id(&shop.charge("1000").await);
        let dispute = id(&shop.stripe.open_dispute(&charge, "fraudulent").unwrap());
        shop.seen(&format!("disputes/{dispute}?expand[]=charge")).await;
        shop.refused("refunds", &[("charge", &charge)]).await;
        shop.stripe.close_dispute(&dispute, end).unwrap();
        shop.seen(&format!("disputes?charge={charge}")).await;
    }
    for how in [How::Sepa, How::SepaFails] {
        let session = id(&shop.session("700", &[]).await);
        shop.stripe.pay(&session, how).unwrap();
        shop.seen("charges?limit=1").await;
        shop.advance_days(4);
        shop.seen("payment_intents?limit=1&expand[]=data.payment_method").await;
        shop.seen("charges?limit=1").await;
    }
    let methods = shop.seen("payment_intents?limit=100").await;
    let method =
        methods["data"].as_array().unwrap().iter().find_map(|intent| intent["payment_method"].as_str()).unwrap();
    shop.seen(&format!("payment_methods/{method}")).await;
    let all = shop.seen("balance_transactions?limit=100&currency=eur").await;
    shop.seen(&format!("balance_transactions/{}?expand[]=source", id(&all["data"][0]))).await;
    let open = id(&shop.session("700", &[]).await);
    shop.made(&format!("checkout/sessions/{open}/expire"), &[]).await;
    shop.close().await;
}

#[tokio::test]
async fn subscriptions_and_invoices() {
    let shop = Shop::open().await;
    shop.made("products", &[("id", "ultra"), ("name", "Ultra")]).await;
    shop.made("coupons", &[("id", "ONCE"), ("percent_off", "20"), ("duration", "once")]).await;
    let customer = shop.customer().await;
    let more = [
        ("discounts[0][coupon]", "ONCE"),
        ("subscription_data[trial_period_days]", "7"),
        ("subscription_data[trial_settings][end_behavior][missing_payment_method]", "cancel"),
        ("payment_method_collection", "always"),
    ];
    let session = shop.plan_session(&customer, "999", &more).await;
    let done = shop.stripe.pay(&id(&session), How::Card).unwrap();
    let subscription = done["subscription"].as_str().unwrap().to_owned();
    let path = format!("subscriptions/{subscription}");
    shop.seen(&format!(
        "{path}?expand[]=latest_invoice&expand[]=customer&expand[]=discounts&expand[]=default_payment_method"
    ))
    .await;
    shop.made(&path, &[("trial_end", "now"), ("expand[]", "latest_invoice.payments")]).await;
    let item = shop.seen(&path).await["items"]["data"][0]["id"].as_str().unwrap().to_owned();
    for (amount, proration) in [("2999", "always_invoice"), ("999", "create_prorations"), ("1999", "none")] {
        let form = [
            ("items[0][id]", item.as_str()),
            ("items[0][price_data][currency]", "eur"),
            ("items[0][price_data][product]", "ultra"),
            ("items[0][price_data][unit_amount]", amount),
            ("items[0][price_data][recurring][interval]", "month"),
            ("proration_behavior", proration),
            ("metadata[plan]", "ultra"),
        ];
        shop.made(&path, &form).await;
        shop.advance_days(3);
    }
    shop.advance_days(40);
    shop.made(&path, &[("pause_collection[behavior]", "void")]).await;
    shop.advance_days(31);
    shop.made(
        &path,
        &[("pause_collection", ""), ("cancel_at_period_end", "true"), ("cancellation_details[comment]", "x")],
    )
    .await;
    shop.seen("subscriptions?status=all&limit=3").await;
    let invoices = shop.seen(&format!("invoices?subscription={subscription}&limit=100&expand[]=data.payments")).await;
    shop.seen(&format!("invoices/{}?expand[]=customer&expand[]=discounts", id(&invoices["data"][0]))).await;
    let payments = shop.seen("invoice_payments?limit=100").await;
    shop.seen(&format!("invoice_payments/{}?expand[]=payment.payment_intent", id(&payments["data"][0]))).await;
    let failing = shop.subscriber(How::CardFailsLater).await;
    shop.advance_days(33);
    shop.seen(&format!("invoices?subscription={failing}")).await;
    shop.advance_days(16);
    assert_eq!(shop.seen(&format!("subscriptions/{failing}")).await["status"], "canceled");
    let form = [("customer", customer.as_str()), ("return_url", "http://127.0.0.1:9/"), ("locale", "fr")];
    shop.made("billing_portal/sessions", &form).await;
    let last = shop.subscriber(How::Card).await;
    assert_eq!(shop.delete(&format!("subscriptions/{last}")).await, 200);
    shop.close().await;
}

#[tokio::test]
async fn refusals_and_faults() {
    let shop = Shop::open().await;
    shop.get("customers/cus_none").await;
    shop.refused("checkout/sessions", &[("mode", "payment"), ("success_url", "http://a.b/")]).await;
    shop.refused("refunds", &[("charge", "ch_none")]).await;
    shop.stripe.fault(Fault { status: 500, times: Some(1), ..Fault::default() });
    assert_eq!(shop.get("customers").await.0, 500);
    shop.stripe.fault(Fault { status: 429, times: Some(1), ..Fault::default() });
    assert_eq!(shop.get("customers").await.0, 429);
    let ask = shop.client.get(format!("{}/v1/customers", shop.stripe.url()));
    assert_eq!(ask.bearer_auth("sk_other").send().await.unwrap().status(), 401);
    judge_stripe(&shop.sandbox).await;
}

#[tokio::test]
async fn the_judge_of_stripe_sees_what_is_wrong() {
    let customer = json!({
        "id": "cus_1", "object": "customer", "created": 1, "livemode": false, "email": null, "metadata": {},
    });
    let answered = |change: Value| {
        let mut customer = customer.clone();
        customer.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({"method": "GET", "path": "/v1/customers/cus_1", "status": 200, "response": customer})
    };
    let asked = |form: &str| json!({"method": "POST", "path": "/v1/checkout/sessions", "form": form, "status": 500, "fault": true});
    assert!(stripe_verdict(&[answered(json!({}))]).await.right);
    assert!(stripe_verdict(&[asked("mode=payment&line_items[0][price]=x&expand[]=customer")]).await.right);
    let wrong = [
        (answered(json!({"created": "hier"})), "answer 200/created: must be integer"),
        (answered(json!({"surprise": 1})), "answer 200/surprise: unknown field"),
        (answered(json!({"tax_exempt": "often"})), "answer 200/tax_exempt"),
        (answered(json!({"default_source": {"object": "card", "id": 1}})), "answer 200/default_source"),
        (asked("mode=gift"), "request/mode"),
        (asked("line_items[0][cost]=1"), "request/line_items/0/cost: unknown field"),
        (asked("line_items[0][quantity]=many"), "request/line_items/0/quantity: must be integer"),
        (
            json!({"method": "GET", "path": "/v1/events", "query": "limit=all", "status": 500, "fault": true}),
            "request/limit",
        ),
        (json!({"method": "GET", "path": "/v1/gifts", "status": 404}), "GET /v1/gifts: unknown route"),
    ];
    for (exchange, expected) in wrong {
        let verdict = stripe_verdict(&[exchange]).await;
        assert!(
            !verdict.right && verdict.violations.iter().any(|line| line.contains(expected)),
            "{expected}: {verdict:#?}"
        );
    }
}

/// What one of Stripe's libraries says about what a mailbox got.
async fn opinion(mut command: Command, secret: &str, mailbox: &Mailbox) -> Vec<String> {
    let lines =
        mailbox.got().into_iter().map(|got| json!({"body": got.body, "signature": got.signature, "secret": secret}));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    let mut asked = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut stdin = asked.stdin.take().unwrap();
    stdin.write_all(lines.as_bytes()).await.unwrap();
    drop(stdin);
    let said = asked.wait_with_output().await.unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn stripes_own_libraries_take_the_good_signatures_and_no_others() {
    let shop = Shop::open().await;
    let (mailbox, url) = Mailbox::open().await;
    shop.stripe.mail(|mail| mail.at_once = 1);
    let endpoint = shop.stripe.webhook(&url, "whsec_old");
    shop.stripe.rotate_secret(&endpoint, "whsec_new");
    for wrong in 0..4 {
        shop.stripe.mail(|mail| {
            mail.bad_signature = wrong == 1;
            mail.bad_body = wrong == 2;
            mail.signature_age_s = if wrong == 3 { 301 } else { 0 };
        });
        shop.made("customers", &[("name", "Zoé « l’été »")]).await;
        assert!(shop.stripe.delivered(PATIENCE).await);
    }
    for secret in ["whsec_old", "whsec_new"] {
        let mut node = Command::new("node");
        node.arg(place().join("stripe/verify.mjs"));
        let mut python = Command::new("python3");
        python.arg(place().join("stripe/verify.py")).env("PYTHONPATH", place().join("python"));
        for (library, command) in [("node", node), ("python", python)] {
            let said = opinion(command, secret, &mailbox).await;
            let good: Vec<bool> = said.iter().map(|word| word == "good").collect();
            assert_eq!(good, [true, false, false, false], "{library}: {said:?}");
        }
    }
    let mut other = Command::new("node");
    other.arg(place().join("stripe/verify.mjs"));
    assert!(opinion(other, "whsec_other", &mailbox).await.iter().all(|word| word != "good"));
}
