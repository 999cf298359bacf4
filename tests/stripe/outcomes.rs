//! What each way to fail means for the caller.

use super::requests::guild;
use super::stub::{Given, Stub};
use jiff::Timestamp;
use serde_json::json;
use shellia::config::Secret;
use shellia::domain::payments::{Gateway, NewRefund, Refused};
use shellia::stripe::{Options, PATIENCE, StripeGateway, check};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

fn refund() -> NewRefund {
    NewRefund { payment: "pi_1".into(), amount_minor: 100, refund: (guild(), 1) }
}

fn gateway(address: &str) -> StripeGateway {
    let api_url = Url::parse(address).unwrap();
    let patience = Duration::from_millis(300);
    StripeGateway::new(Options { api_url, key: Secret::new("sk_test_1"), tax: false, patience }).unwrap()
}

#[tokio::test]
async fn an_answer_of_stripe_that_is_no_success_has_one_meaning() {
    let stub = Stub::start().await;
    let gateway = stub.gateway();
    let error = |code: &str| json!({"error": {"type": "invalid_request_error", "code": code, "message": "Marie"}});
    let busy = || Given::new(429, &error("rate_limit")).header("Retry-After", "7");
    for (given, meaning) in [
        (Given::new(500, &json!({"error": {"type": "api_error"}})), Refused::Fault),
        (Given::text(502, "<html>"), Refused::Fault),
        (busy(), Refused::Later(Some(Duration::from_secs(7)))),
        (Given::new(409, &error("idempotency_key_in_use")), Refused::Later(None)),
        (Given::new(404, &error("resource_missing")), Refused::Missing),
        (Given::new(400, &error("charge_already_refunded")), Refused::No("charge_already_refunded".into())),
        (Given::new(401, &error("x y")), Refused::No("http_401".into())),
        (Given::text(200, "not JSON"), Refused::Strange("a refund")),
        (Given::new(200, &json!({"object": "refund"})), Refused::Strange("a refund")),
    ] {
        stub.will("POST /v1/refunds", given);
        assert_eq!(gateway.refund("k", &refund()).await, Err(meaning));
    }
    // Each was sent once, with the key: repeating is the caller's.
    assert_eq!(stub.seen().len(), 9);
    assert!(stub.seen().iter().all(|seen| seen.headers["idempotency-key"] == "k"));
    stub.stop().await;
}

#[tokio::test]
async fn a_redirect_of_stripe_is_not_followed() {
    let stub = Stub::start().await;
    stub.will("POST /v1/refunds", Given::text(307, "").header("Location", "/stripe/v1/elsewhere"));
    assert!(matches!(stub.gateway().refund("k", &refund()).await, Err(Refused::Strange(_))));
    assert_eq!(stub.seen().len(), 1);
    stub.stop().await;
}

#[tokio::test]
async fn an_answer_of_stripe_that_comes_too_late_leaves_the_outcome_unknown() {
    let stub = Stub::start().await;
    let late = Given::new(200, &json!({"id": "re_1", "amount": 100, "created": 1})).after(Duration::from_secs(2));
    stub.will("POST /v1/refunds", late);
    let outcome = stub.gateway_with(false, Duration::from_millis(200)).refund("k", &refund()).await;
    assert_eq!(outcome, Err(Refused::Unknown));
    assert_eq!(stub.seen().len(), 1);
    stub.stop().await;
}

#[tokio::test]
async fn a_connection_to_stripe_that_was_refused_sent_nothing() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    assert_eq!(gateway(&address).refund("k", &refund()).await, Err(Refused::Later(None)));
}

#[tokio::test]
async fn a_connection_to_stripe_that_is_cut_leaves_the_outcome_unknown() {
    for half in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            stream.write_all(half.as_bytes()).await.unwrap();
            drop(stream);
            tokio::time::timeout(Duration::from_millis(300), listener.accept()).await.is_ok()
        });
        assert_eq!(gateway(&address).refund("k", &refund()).await, Err(Refused::Unknown));
        assert!(!server.await.unwrap(), "it was sent twice");
    }
}

#[tokio::test]
async fn connections_to_stripe_are_kept_for_the_next_call() {
    let stub = Stub::start().await;
    let gateway = stub.gateway_with(false, PATIENCE);
    for _ in 0..3 {
        stub.gives("POST /v1/refunds", &json!({"id": "re_1", "amount": 100, "status": "succeeded", "created": 1}));
        gateway.refund("k", &refund()).await.unwrap();
    }
    let ports: std::collections::BTreeSet<String> = stub.seen().into_iter().map(|seen| seen.peer).collect();
    assert_eq!(ports.len(), 1);
    stub.stop().await;
}

#[tokio::test]
async fn check_tells_what_is_wrong_with_a_key_and_what_to_do() {
    let stub = Stub::start().await;
    let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
    let empty = json!({"object": "list", "url": "/v1/events", "has_more": false, "data": []});
    stub.will("GET /v1/events", Given::new(200, &empty));
    assert!(check(&stub.gateway(), now).await.is_none());
    let refused = json!({"error": {"type": "invalid_request_error", "message": "sk_test_secret"}});
    for (given, what, remedy) in [
        (Given::new(401, &refused), "doesn't know", "Copy it again"),
        (Given::new(403, &refused), "let read events", "restricted key"),
        (Given::new(500, &refused), "doesn't answer", "try again"),
    ] {
        stub.will("GET /v1/events", given);
        let told = check(&stub.gateway(), now).await.unwrap().to_string();
        assert!(told.contains("STRIPE_SECRET_KEY") && told.contains(what) && told.contains(remedy), "{told}");
        assert!(!told.contains("sk_test"), "{told}");
    }
    assert!(check(&gateway("http://127.0.0.1:9"), now).await.unwrap().to_string().contains("doesn't answer"));
    stub.stop().await;
}
