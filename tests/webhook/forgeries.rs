//! Deliveries that are not believed, or can't be: each is refused with a body that tells nothing, and leaves no row.

use super::endpoint::{Endpoint, FORMER, SECRET, event, header, now, signature};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_delivery_without_a_right_signature_is_refused() {
    let endpoint = Endpoint::open().await;
    let body = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"})).to_string();
    let bytes = body.as_bytes();
    let right = signature(SECRET, now(), bytes);
    for (header, word) in [
        (None, "signature_missing"),
        (Some("nonsense".to_owned()), "signature_malformed"),
        (Some(format!("t={},v0={right}", now())), "signature_malformed"),
        (Some(format!("v1={right}")), "signature_malformed"),
        (Some(header(&[SECRET], now() - 330, bytes)), "signature_old"),
        (Some(header(&[SECRET], now() + 330, bytes)), "signature_future"),
        (Some(header(&["whsec_other"], now(), bytes)), "signature_wrong"),
        (Some(header(&[SECRET], now(), b"another body")), "signature_wrong"),
    ] {
        let before = endpoint.figure(word).await;
        let answer = endpoint.send(header.as_deref(), body.clone()).await;
        assert_eq!(answer, (400, "refused".to_owned()), "{header:?}");
        assert_eq!(endpoint.figure(word).await, before + 1, "{word}");
    }
    assert_eq!(endpoint.kept().await, (0, 0));
    endpoint.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_takes_either_secret_while_they_are_rolled_over() {
    let endpoint = Endpoint::open().await;
    for (id, secrets) in [("evt_1", vec![SECRET]), ("evt_2", vec![FORMER]), ("evt_3", vec!["whsec_other", SECRET])] {
        let body = event(id, "checkout.session.completed", json!({"id": "cs_1"})).to_string();
        let answer = endpoint.send(Some(&header(&secrets, now(), body.as_bytes())), body).await;
        assert_eq!(answer, (200, "taken".to_owned()), "{secrets:?}");
    }
    assert_eq!(endpoint.kept().await, (3, 1));
    endpoint.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_refuses_what_is_rightly_signed_and_no_event_of_its_mode() {
    let endpoint = Endpoint::open().await;
    let mut live = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"}));
    live["livemode"] = json!(true);
    let not_text = b"{\"id\":\"evt_\xff\xfe\"}".to_vec();
    for (body, word) in [
        (not_text, "unreadable"),
        (b"{\"id\":".to_vec(), "unreadable"),
        (b"".to_vec(), "unreadable"),
        (b"[1]".to_vec(), "unreadable"),
        (b"{\"id\":\"evt_1\"}".to_vec(), "unreadable"),
        (live.to_string().into_bytes(), "wrong_mode"),
    ] {
        let before = endpoint.figure(word).await;
        let answer = endpoint.send(Some(&header(&[SECRET], now(), &body)), body).await;
        assert_eq!((answer.0, endpoint.figure(word).await), (400, before + 1), "{word}");
    }
    assert_eq!(endpoint.kept().await, (0, 0));
    endpoint.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_delivery_of_a_megabyte_is_refused_before_it_is_read() {
    let endpoint = Endpoint::open().await;
    let body = vec![b' '; 1 << 20];
    assert_eq!(endpoint.send(Some(&header(&[SECRET], now(), &body)), body).await.0, 413);
    assert_eq!(endpoint.figure("too_large").await, 1);
    let mut large = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"}));
    large["data"]["object"]["note"] = json!("x".repeat(400 << 10));
    assert_eq!(endpoint.deliver(&large).await, 200);
    endpoint.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_shut_without_a_key_or_without_a_secret() {
    for set in [vec![], vec![("STRIPE_SECRET_KEY", "sk_test_1")], vec![("STRIPE_WEBHOOK_SECRET", SECRET)]] {
        let endpoint = Endpoint::with(&set).await;
        let body = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"})).to_string();
        let answer = endpoint.send(Some(&header(&[SECRET], now(), body.as_bytes())), body).await;
        assert_eq!(answer, (503, "not set up".to_owned()));
        assert_eq!((endpoint.kept().await, endpoint.figure("off").await), ((0, 0), 1));
        endpoint.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_with_a_live_key_takes_live_events_only() {
    let endpoint = Endpoint::with(&[
        ("STRIPE_SECRET_KEY", "rk_live_1"),
        ("STRIPE_WEBHOOK_SECRET", SECRET),
        ("STRIPE_API_URL", "https://127.0.0.1:9"),
    ])
    .await;
    let test = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"}));
    let mut live = test.clone();
    live["livemode"] = json!(true);
    assert_eq!((endpoint.deliver(&test).await, endpoint.deliver(&live).await), (400, 200));
    endpoint.close().await;
}
