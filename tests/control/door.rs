//! Who is let in to the control API, and that everybody else learns nothing.

use super::stage::{KEY, Maxis};
use jiff::SignedDuration;
use reqwest::{Client, StatusCode};
use shellia::config::Secret;
use shellia::control::{Behalf, Question, Signer, Verifier};
use std::num::NonZeroU32;

const STATUS: Question<'static> = Question { method: "GET", path: "/api/status", body: b"" };

fn signer() -> Signer {
    Signer::new(&Secret::new(KEY), "maxis")
}

impl Maxis {
    fn pass(&self, signer: &Signer, question: Question<'_>) -> String {
        format!("Bearer {}", signer.sign(question, Behalf::Watch, self.clock.now()).unwrap())
    }

    /// Asks for the status with this header: what it answers, and with which body.
    async fn asks(&self, header: Option<&str>) -> (StatusCode, String) {
        let request = Client::builder().no_proxy().build().unwrap().get(format!("{}/status", self.base()));
        let request = header.iter().fold(request, |request, header| request.header("Authorization", *header));
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }
}

#[tokio::test]
async fn a_signed_request_is_answered_once_and_anything_else_alike() {
    let maxis = Maxis::start();
    let good = maxis.pass(&signer(), STATUS);
    let (code, body) = maxis.asks(Some(&good)).await;
    assert_eq!(code, StatusCode::OK);
    assert!(body.contains(r#""state":"up""#), "{body}");
    let other_key = maxis.pass(&Signer::new(&Secret::new("another-key-altogether"), "maxis"), STATUS);
    let other_name = maxis.pass(&Signer::new(&Secret::new(KEY), "maxis-eu"), STATUS);
    let other_path = maxis.pass(&signer(), Question { path: "/api/status?all=1", ..STATUS });
    let with_body = maxis.pass(&signer(), Question { body: b"x", ..STATUS });
    for (header, reason) in [
        (Some(good.as_str()), "replayed"),
        (None, "missing"),
        (Some("Basic bWF4aXM6bWF4aXM="), "malformed"),
        (Some("Bearer"), "malformed"),
        (Some(KEY), "malformed"),
        (Some(other_key.as_str()), "\"key\""),
        (Some(other_name.as_str()), "audience"),
        (Some(other_path.as_str()), "altered"),
        (Some(with_body.as_str()), "altered"),
    ] {
        let before = maxis.counted(reason);
        let (code, body) = maxis.asks(header).await;
        assert_eq!((code, body.as_str()), (StatusCode::UNAUTHORIZED, r#"{"error":"not let in"}"#), "{reason}");
        assert_eq!(maxis.counted(reason), before + 1, "{reason}");
    }
    assert_eq!(maxis.counted("requests_total"), 1);
    maxis.server.stop().await;
}

#[tokio::test]
async fn a_pass_runs_out_and_one_of_before_the_start_opens_nothing() {
    let maxis = Maxis::start();
    let early = maxis.pass(&signer(), STATUS);
    maxis.clock.advance(SignedDuration::from_secs(95));
    assert_eq!(maxis.asks(Some(&early)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(maxis.counted("expired"), 1);
    maxis.clock.advance(SignedDuration::from_secs(-110));
    let before = maxis.pass(&signer(), STATUS);
    assert_eq!(maxis.asks(Some(&before)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(maxis.counted("\"time\""), 1);
    maxis.server.stop().await;
}

#[tokio::test]
async fn while_a_key_follows_another_both_open() {
    let maxis = Maxis::with(|rules, clock| {
        let (new, old) = (Secret::new("the-key-of-tomorrow"), Secret::new(KEY));
        rules.verifier = Some(Verifier::new("maxis", &new, Some(&old), clock.now()));
    });
    for key in [KEY, "the-key-of-tomorrow"] {
        let pass = maxis.pass(&Signer::new(&Secret::new(key), "maxis"), STATUS);
        assert_eq!(maxis.asks(Some(&pass)).await.0, StatusCode::OK, "{key}");
    }
    maxis.server.stop().await;
}

#[tokio::test]
async fn an_address_may_ask_so_often_and_without_a_key_nobody_may() {
    let maxis = Maxis::with(|rules, _| rules.per_minute = NonZeroU32::new(3).unwrap());
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(maxis.asks(Some(&maxis.pass(&signer(), STATUS))).await.0.as_u16());
    }
    assert_eq!(codes, [200, 200, 200, 429]);
    assert_eq!(maxis.counted("too_often"), 1);
    maxis.server.stop().await;
    let shut = Maxis::with(|rules, _| rules.verifier = None);
    assert_eq!(shut.asks(Some(&shut.pass(&signer(), STATUS))).await.0, StatusCode::UNAUTHORIZED);
    shut.server.stop().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_and_no_other_method_is_served() {
    let maxis = Maxis::start();
    let client = Client::builder().no_proxy().build().unwrap();
    let address = format!("{}/status", maxis.base());
    let large = vec![b'x'; 300 << 10];
    let pass = maxis.pass(&signer(), Question { body: &large, ..STATUS });
    let answer = client.get(&address).header("Authorization", &pass).body(large).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let pass = maxis.pass(&signer(), Question { method: "POST", ..STATUS });
    let answer = client.post(&address).header("Authorization", &pass).send().await.unwrap();
    assert!(answer.status().is_client_error(), "{}", answer.status());
    let description = client.get(format!("{}/openapi.json", maxis.base())).send().await.unwrap();
    let description: serde_json::Value = serde_json::from_str(&description.text().await.unwrap()).unwrap();
    // Whatever is described lies behind the door, but for the admin panel, which has one of its own.
    let described = description["paths"].as_object().unwrap();
    assert!(described.contains_key("/api/status"));
    for (path, methods) in described.iter().filter(|(path, _)| !path.starts_with("/api/admin/")) {
        let address = maxis.base().join(&path.replace(['{', '}'], "")).unwrap();
        for method in methods.as_object().unwrap().keys() {
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = client.request(method, address.clone()).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
        }
    }
    maxis.server.stop().await;
}

#[tokio::test]
async fn what_stands_behind_the_path_is_read_or_said_to_be_unreadable() {
    let maxis = Maxis::start();
    let asks = async |path: &str| {
        let pass = maxis.pass(&signer(), Question { path: &format!("/api{path}"), ..STATUS });
        let request = Client::builder().no_proxy().build().unwrap().get(format!("{}{path}", maxis.base()));
        let answer = request.header("Authorization", pass).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    assert_eq!(asks("/giveaways?before=7").await, (StatusCode::OK, r#"{"giveaways":[]}"#.to_owned()));
    let (code, body) = asks("/giveaways?before=seven").await;
    assert_eq!(code, StatusCode::BAD_REQUEST);
    assert!(body.starts_with(r#"{"why":"bad_input","error":"unreadable","text":""#), "{body}");
    maxis.server.stop().await;
}
