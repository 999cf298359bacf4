//! Idempotency keys and faults of the API.

use std::time::Duration;

use serde_json::{Value, json};
use shellia::sandbox::Fault;

use super::Shop;

async fn keyed(shop: &Shop, key: &str, email: &str) -> (u16, bool, Value) {
    let answer = shop.request("customers", &[("email", email)]).header("Idempotency-Key", key).send().await.unwrap();
    let status = answer.status().as_u16();
    let replayed = answer.headers().get("Idempotent-Replayed").is_some_and(|value| value == "true");
    (status, replayed, answer.json().await.unwrap())
}

async fn customers(shop: &Shop) -> usize {
    shop.seen("customers?limit=100").await["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_for_a_day() {
    let shop = Shop::open().await;
    let (_, first_time, first) = keyed(&shop, "k1", "a@example.com").await;
    let (_, again, second) = keyed(&shop, "k1", "a@example.com").await;
    assert_eq!((first_time, again, &first["id"]), (false, true, &second["id"]));
    let (status, _, body) = keyed(&shop, "k1", "b@example.com").await;
    assert_eq!((status, &body["error"]["type"]), (400, &json!("idempotency_error")));
    assert_eq!(customers(&shop).await, 1);
    let event = shop.stripe.events().pop().unwrap();
    assert_eq!(event["request"]["idempotency_key"], "k1");
    shop.stripe.advance(Duration::from_secs(24 * 3600 + 1));
    let (_, again, third) = keyed(&shop, "k1", "a@example.com").await;
    assert!(!again && third["id"] != first["id"]);
}

#[tokio::test]
async fn a_refusal_is_replayed_but_a_malformed_request_is_not_kept() {
    let shop = Shop::open().await;
    let refund = |charge: &'static str| shop.request("refunds", &[("charge", charge)]).header("Idempotency-Key", "k2");
    assert_eq!(refund("ch_none").send().await.unwrap().status(), 400);
    assert!(refund("ch_none").send().await.unwrap().headers().contains_key("Idempotent-Replayed"));
    let wrong = shop.request("customers", &[("mail", "x")]).header("Idempotency-Key", "k3");
    assert_eq!(wrong.send().await.unwrap().status(), 400);
    let right = shop.request("customers", &[("email", "x@example.com")]).header("Idempotency-Key", "k3");
    assert_eq!(right.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_500_is_replayed_though_everything_was_done() {
    let shop = Shop::open().await;
    shop.stripe.fault(Fault { status: 500, times: Some(1), after: true, ..Fault::default() });
    let (status, _, body) = keyed(&shop, "k4", "a@example.com").await;
    assert_eq!((status, &body["error"]["type"]), (500, &json!("api_error")));
    assert_eq!(customers(&shop).await, 1);
    let (status, replayed, _) = keyed(&shop, "k4", "a@example.com").await;
    assert_eq!((status, replayed), (500, true));
    assert_eq!(customers(&shop).await, 1);
}

#[tokio::test]
async fn a_429_does_nothing_and_is_not_kept() {
    let shop = Shop::open().await;
    let path_regex = Some("^/v1/customers$".to_owned());
    shop.stripe.fault(Fault { status: 429, times: Some(1), path_regex, ..Fault::default() });
    let (status, _, body) = keyed(&shop, "k5", "a@example.com").await;
    assert_eq!((status, &body["error"]["code"]), (429, &json!("rate_limit")));
    let (status, replayed, _) = keyed(&shop, "k5", "a@example.com").await;
    assert_eq!((status, replayed), (200, false));
}

#[tokio::test]
async fn a_request_that_times_out_after_its_success_is_replayed() {
    let shop = Shop::open().await;
    shop.stripe.fault(Fault { status: 0, times: Some(2), after: true, ..Fault::default() });
    for _ in 0..2 {
        let cut = shop.request("customers", &[("email", "a@example.com")]).header("Idempotency-Key", "k6").send().await;
        assert!(cut.is_err() || cut.unwrap().bytes().await.is_err());
    }
    let (status, replayed, _) = keyed(&shop, "k6", "a@example.com").await;
    assert_eq!((status, replayed), (200, true));
    shop.stripe.fault(Fault { status: 200, times: Some(1), after: true, hang_ms: Some(5_000), ..Fault::default() });
    let late = shop.request("customers", &[("email", "b@example.com")]).timeout(Duration::from_millis(200));
    assert!(late.send().await.unwrap_err().is_timeout());
    assert_eq!(customers(&shop).await, 2);
}

#[tokio::test]
async fn a_key_in_use_is_refused_until_its_request_is_over() {
    let shop = Shop::open().await;
    shop.stripe.fault(Fault { status: 200, times: Some(1), hang_ms: Some(700), ..Fault::default() });
    let first = shop.request("customers", &[("email", "a@example.com")]).header("Idempotency-Key", "k7");
    let first = tokio::spawn(first.send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let (status, _, body) = keyed(&shop, "k7", "a@example.com").await;
    assert_eq!((status, &body["error"]["code"]), (409, &json!("idempotency_key_in_use")));
    assert_eq!(first.await.unwrap().unwrap().status(), 200);
    let (status, replayed, _) = keyed(&shop, "k7", "a@example.com").await;
    assert_eq!((status, replayed), (200, true));
}

#[tokio::test]
async fn a_request_goes_on_when_its_asker_hangs_up() {
    let shop = Shop::open().await;
    shop.stripe.fault(Fault { status: 200, times: Some(1), hang_ms: Some(600), ..Fault::default() });
    let first = shop.request("customers", &[("email", "a@example.com")]).header("Idempotency-Key", "k8");
    assert!(first.timeout(Duration::from_millis(100)).send().await.unwrap_err().is_timeout());
    let end = std::time::Instant::now() + super::PATIENCE;
    loop {
        match keyed(&shop, "k8", "a@example.com").await {
            (409, _, _) => assert!(std::time::Instant::now() < end, "the key stays in use"),
            answer => {
                assert_eq!((answer.0, answer.1), (200, true));
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(customers(&shop).await, 1);
}

#[tokio::test]
async fn every_exchange_is_kept_for_the_witness() {
    let shop = Shop::open().await;
    keyed(&shop, "k9", "a@example.com").await;
    shop.get("customers?limit=3").await;
    let log = shop.stripe.log(0);
    assert_eq!((log[0].method.as_str(), log[0].path.as_str(), log[0].status), ("POST", "/v1/customers", 200));
    assert_eq!((log[0].form.as_str(), log[0].key.as_deref()), ("email=a%40example.com", Some("k9")));
    assert_eq!(log[1].query, "limit=3");
    let outside = reqwest::get(format!("{}/sandbox/log?since=1", shop.stripe.url())).await.unwrap();
    let outside: Value = outside.json().await.unwrap();
    assert_eq!(outside["exchanges"][0]["path"], "/v1/customers");
}
