//! Webhooks: retries, rotation, and every switch that makes the way a bad one; the pages and the JSON for outsiders.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use shellia::sandbox::stripe::How;

use super::{Got, Mailbox, PATIENCE, Shop, id};

async fn shop() -> (Shop, Mailbox, String) {
    let shop = Shop::open().await;
    let (mailbox, url) = Mailbox::open().await;
    shop.stripe.mail(|mail| {
        mail.at_once = 1;
        mail.retry_ms = 20;
    });
    let endpoint = shop.stripe.webhook(&url, "whsec_test");
    (shop, mailbox, endpoint)
}

fn kinds(mailbox: &Mailbox) -> Vec<String> {
    mailbox.got().iter().map(Got::kind).collect()
}

#[tokio::test]
async fn an_event_that_was_not_taken_comes_again() {
    let (shop, mailbox, _) = shop().await;
    mailbox.answer_next(&[500, 302]);
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert_eq!(kinds(&mailbox), ["customer.created"; 3]);
    let tries: Vec<_> = shop.stripe.deliveries().iter().map(|attempt| (attempt.number, attempt.status)).collect();
    assert_eq!(tries, [(1, Some(500)), (2, Some(302)), (3, Some(200))]);
    shop.stripe.mail(|mail| mail.tries = 1);
    mailbox.answer_next(&[500]);
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    let failed = shop.seen("events?delivery_success=false").await;
    assert_eq!((failed["data"].as_array().unwrap().len(), &failed["data"][0]["pending_webhooks"]), (1, &json!(1)));
    assert_eq!(shop.seen("events?delivery_success=true").await["data"].as_array().unwrap().len(), 1);
    assert!(shop.stripe.resend(&id(&failed["data"][0])));
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert_eq!(shop.seen("events?delivery_success=false").await["data"], json!([]));
}

#[tokio::test]
async fn events_are_dropped_doubled_and_turned_around_on_request() {
    let (shop, mailbox, _) = shop().await;
    shop.stripe.mail(|mail| mail.drop_next = 1);
    shop.customer().await;
    shop.stripe.mail(|mail| mail.copies = 2);
    shop.customer().await;
    shop.stripe.mail(|mail| mail.copies = 1);
    assert!(shop.stripe.delivered(PATIENCE).await);
    let got: Vec<Value> = mailbox.got().iter().map(Got::event).collect();
    assert_eq!((got.len(), &got[0]["id"]), (2, &got[1]["id"]));
    assert_eq!(shop.seen("events?delivery_success=false").await["data"].as_array().unwrap().len(), 1);
    shop.stripe.mail(|mail| mail.drop_types = vec!["product.created".to_owned()]);
    shop.made("products", &[("id", "pro"), ("name", "Pro")]).await;
    shop.stripe.mail(|mail| {
        mail.drop_types.clear();
        mail.reorder = true;
    });
    shop.made("prices", &[("product", "pro"), ("currency", "eur"), ("unit_amount", "5")]).await;
    shop.made("coupons", &[("percent_off", "5")]).await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert_eq!(kinds(&mailbox)[2..], ["coupon.created", "price.created"]);
    shop.stripe.mail(|mail| mail.drop_all = true);
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert_eq!(mailbox.got().len(), 4);
}

#[tokio::test]
async fn an_event_can_be_late_forged_or_from_live_mode() {
    let (shop, mailbox, _) = shop().await;
    shop.stripe.mail(|mail| mail.delay_ms = 150);
    let asked = std::time::Instant::now();
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert!(asked.elapsed() >= Duration::from_millis(150));
    shop.stripe.mail(|mail| {
        mail.delay_ms = 0;
        mail.livemode = true;
        mail.bad_body = true;
        mail.signature_age_s = 600;
    });
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    let (good, bad) = (mailbox.got()[0].clone(), mailbox.got()[1].clone());
    assert_eq!((&good.event()["livemode"], &bad.event()["livemode"]), (&json!(false), &json!(true)));
    assert_eq!((&good.event()["object"], &bad.event()["object"]), (&json!("event"), &json!("Event")));
    let time = |got: &Got| got.signature[2..].split(',').next().unwrap().parse::<u64>().unwrap();
    assert!(time(&good) > time(&bad) + 500);
}

#[tokio::test]
async fn two_secrets_sign_while_one_follows_the_other() {
    let (shop, mailbox, endpoint) = shop().await;
    shop.stripe.rotate_secret(&endpoint, "whsec_next");
    shop.customer().await;
    shop.stripe.retire_secret(&endpoint);
    assert!(shop.stripe.delivered(PATIENCE).await);
    shop.customer().await;
    assert!(shop.stripe.delivered(PATIENCE).await);
    let seals: Vec<usize> = mailbox.got().iter().map(|got| got.signature.matches("v1=").count()).collect();
    assert_eq!(seals[1], 1);
    assert!((1..=2).contains(&seals[0]));
}

#[tokio::test]
async fn an_endpoint_gets_what_it_wants() {
    let shop = Shop::open().await;
    let (mailbox, url) = Mailbox::open().await;
    shop.stripe.webhook_for(&url, "whsec_test", &["checkout.session.completed"]);
    let session = shop.session("500", &[]).await;
    shop.stripe.pay(&id(&session), How::Card).unwrap();
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert_eq!(kinds(&mailbox), ["checkout.session.completed"]);
}

#[tokio::test]
async fn many_events_arrive_several_at_a_time() {
    let (shop, mailbox, _) = shop().await;
    shop.stripe.mail(|mail| mail.at_once = 8);
    for _ in 0..50 {
        shop.customer().await;
    }
    assert!(shop.stripe.delivered(PATIENCE).await);
    let ids: BTreeSet<String> = mailbox.got().iter().map(|got| id(&got.event())).collect();
    assert_eq!(ids.len(), 50);
}

async fn page(shop: &Shop, link: &str) -> String {
    let answer = shop.client.get(link).send().await.unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    answer.text().await.unwrap()
}

async fn press(link: &str, form: &str) -> (u16, String) {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client.post(link).header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned());
    let answer = request.send().await.unwrap();
    let place = answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
    (answer.status().as_u16(), place.unwrap_or_default())
}

#[tokio::test]
async fn a_person_pays_on_the_hosted_page() {
    let shop = Shop::open().await;
    let name = ("line_items[0][price_data][product_data][name]", "<script>Guide</script>");
    let session = shop.session("1999", &[name]).await;
    let link = session["url"].as_str().unwrap().to_owned();
    let html = page(&shop, &link).await;
    assert!(html.contains("&lt;script&gt;Guide") && !html.contains("<script"));
    assert!(html.contains("19,99\u{a0}€") && html.contains("lang=\"fr\""));
    assert_eq!(press(&link, "how=back").await, (303, "http://127.0.0.1:9/back".to_owned()));
    assert_eq!(press(&link, "how=decline").await.0, 200);
    assert_eq!(press(&link, "how=three_d_secure").await.0, 303);
    assert!(page(&shop, &link).await.contains("value=\"confirm\""));
    let done = format!("http://127.0.0.1:9/done?s={}", id(&session));
    assert_eq!(press(&link, "how=confirm").await, (303, done));
    assert!(page(&shop, &link).await.contains("plus active"));
    assert_eq!(press(&link, "how=card").await.0, 400);
    let english = shop.session("500", &[("locale", "en")]).await;
    assert!(page(&shop, english["url"].as_str().unwrap()).await.contains("Pay by card"));
    assert_eq!(shop.client.get(format!("{}/pay/cs_none", shop.stripe.url())).send().await.unwrap().status(), 404);
    let css = reqwest::get(format!("{}/sandbox/stripe.css", shop.sandbox.url())).await.unwrap();
    assert_eq!(css.status(), 200);
}

#[tokio::test]
async fn a_person_cancels_and_resumes_on_the_portal() {
    let shop = Shop::open().await;
    let subscription = shop.subscriber(How::Card).await;
    let path = format!("subscriptions/{subscription}");
    let customer = shop.seen(&path).await["customer"].as_str().unwrap().to_owned();
    let form = [("customer", customer.as_str()), ("return_url", "http://127.0.0.1:9/back")];
    let link = shop.made("billing_portal/sessions", &form).await["url"].as_str().unwrap().to_owned();
    assert!(page(&shop, &link).await.contains("Résilier"));
    assert_eq!(press(&link, &format!("how=cancel&subscription={subscription}")).await.0, 303);
    assert_eq!(shop.seen(&path).await["cancel_at_period_end"], true);
    assert!(page(&shop, &link).await.contains("Reprendre"));
    press(&link, &format!("how=resume&subscription={subscription}")).await;
    assert_eq!(shop.seen(&path).await["cancel_at_period_end"], false);
    let card = shop.seen(&path).await["default_payment_method"].clone();
    press(&link, "how=bad_card").await;
    assert_ne!(shop.seen(&path).await["default_payment_method"], card);
    let other = shop.subscriber(How::Card).await;
    assert_eq!(press(&link, &format!("how=cancel&subscription={other}")).await.0, 404);
    let invoice = shop.seen("invoices?limit=1").await["data"][0]["hosted_invoice_url"].as_str().unwrap().to_owned();
    assert!(page(&shop, &invoice).await.contains("Facture"));
}

#[tokio::test]
async fn outsiders_do_the_same_by_json() {
    let shop = Shop::open().await;
    let (mailbox, url) = Mailbox::open().await;
    let deed = |path: &str, body: Value| {
        let request = shop.client.post(format!("{}/sandbox/{path}", shop.stripe.url())).json(&body);
        async move {
            let answer = request.send().await.unwrap();
            (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
        }
    };
    let (_, endpoint) = deed("webhooks", json!({"url": url, "secret": "whsec_test"})).await;
    assert!(endpoint["id"].as_str().unwrap().starts_with("we_"));
    assert_eq!(deed("switches", json!({"at_once": 1, "copies": 2})).await.1["copies"], 2);
    assert_eq!(deed("switches", json!({"copies": 1})).await.1["at_once"], 1);
    let session = shop.session("500", &[]).await;
    let pay = |how: &str| json!({"session": session["id"], "how": how, "fingerprint": "cardOfJean"});
    assert_eq!(deed("pay", pay("nothing")).await.0, 400);
    let (_, paid) = deed("pay", pay("card")).await;
    assert_eq!(paid["payment_status"], "paid");
    let intent = shop
        .seen(&format!("payment_intents/{}?expand[]=payment_method", paid["payment_intent"].as_str().unwrap()))
        .await;
    assert_eq!(intent["payment_method"]["card"]["fingerprint"], "cardOfJean");
    let (_, dispute) = deed("disputes", json!({"charge": intent["latest_charge"]})).await;
    let (_, closed) = deed(&format!("disputes/{}", id(&dispute)), json!({"won": true})).await;
    assert_eq!(closed["status"], "won");
    assert_eq!(deed("rules", json!({"after_retries": "never"})).await.0, 400);
    assert_eq!(deed("rules", json!({"draft_s": 0})).await.1["draft_s"], 0);
    assert_eq!(deed("faults", json!({"status": 500, "times": 1})).await.0, 200);
    assert_eq!(shop.get("customers").await.0, 500);
    assert!(shop.stripe.delivered(PATIENCE).await);
    assert!(kinds(&mailbox).contains(&"charge.dispute.closed".to_owned()));
    let clock = format!("{}/sandbox/api/clock", shop.sandbox.url());
    let before = shop.stripe.now();
    shop.client.post(clock).json(&json!({"advance_s": 1000})).send().await.unwrap();
    assert!(shop.stripe.now() >= before + 1000);
}
