//! The judge itself: it sees what is wrong, and lets refusals and faults on request pass.

use serde_json::{Value, json};
use shellia::sandbox::{Fault, Limits, Options, Sandbox, World};
use twilight_http::error::ErrorType;
use twilight_model::id::Id;

use super::Scene;
use crate::support::witness::{judge, verdict};

fn sent(request: Value, response: Value) -> Value {
    json!({"method": "POST", "path": "/channels/12/messages", "status": 200, "request": request, "response": response})
}

#[tokio::test]
async fn what_is_wrong_is_reported() {
    let text = || json!({"content": "x"});
    let answered = |change: &dyn Fn(&mut Value)| {
        let mut message = message();
        change(&mut message);
        sent(text(), message)
    };
    let right = answered(&|_| ());
    assert!(verdict(std::slice::from_ref(&right)).await.right);
    let listed = |query: &str| json!({"method": "GET", "path": "/channels/12/messages", "query": query, "status": 200, "response": []});
    let mut created = right.clone();
    created["status"] = json!(201);
    let wrong = [
        (sent(json!({"embeds": [{"title": 3}]}), message()), "request/embeds/0/title"),
        (sent(json!({"contents": "x"}), message()), "request/contents: unknown field"),
        (sent(json!({"nonce": "x".repeat(26)}), message()), "request/nonce"),
        (sent(text(), Value::Null), "answer 200: "),
        (answered(&|m| drop(m.as_object_mut().unwrap().remove("id"))), "answer 200/id"),
        (answered(&|m| m["author"]["id"] = json!(5)), "answer 200/author/id"),
        (answered(&|m| m["timestamp"] = json!("hier")), "answer 200/timestamp"),
        (answered(&|m| m["surprise"] = json!(1)), "answer 200/surprise: unknown field"),
        (created, "answer 201: this status is not described"),
        (json!({"method": "GET", "path": "/tickets/1", "status": 404}), "GET /tickets/1: unknown route"),
        (listed("limit=all"), "query/limit"),
        (listed("page=2"), "query/page: unknown field"),
    ];
    let exchanges: Vec<Value> = wrong.iter().map(|(exchange, _)| exchange.clone()).collect();
    let verdict = verdict(&exchanges).await;
    assert!(!verdict.right);
    assert_eq!(verdict.violations.len(), wrong.len(), "{verdict:#?}");
    for ((_, expected), line) in wrong.iter().zip(&verdict.violations) {
        assert!(line.contains(expected), "{expected} in {line}");
    }
    assert_eq!(verdict.summary, "judged 11 requests and 11 answers, 1 unknown routes");
}

#[tokio::test]
async fn a_verdict_tells_no_content_and_no_token() {
    let secret = "aW50ZXJhY3Rpb246c2VjcmV0";
    let exchange = json!({
        "method": "POST", "path": format!("/interactions/1/{secret}/callback"), "status": 204,
        "request": {"type": 4, "data": {"content": ["Mon mot de passe"]}}, "response": null,
    });
    let lost = json!({"method": "POST", "path": format!("/nowhere/{secret}"), "status": 404, "response": null});
    let verdict = verdict(&[exchange, lost]).await;
    assert_eq!(verdict.violations.len(), 2, "{verdict:?}");
    assert!(verdict.violations.iter().all(|line| !line.contains(secret) && !line.contains("passe")), "{verdict:?}");
}

#[tokio::test]
async fn refusals_have_the_shape_of_discords() {
    let scene = Scene::open().await;
    let (http, channel) = (&scene.bot.http, scene.channel("support"));
    assert_eq!(status(http.channel(Id::new(99)).await), 404);
    assert_eq!(status(http.message(channel, Id::new(99)).await), 404);
    assert_eq!(status(http.guild_member(scene.guild, Id::new(99)).await), 404);
    assert_eq!(status(http.remove_guild_member(scene.guild, scene.user("lea")).await), 403);
    assert_eq!(status(http.create_message(channel).await), 400);
    scene.close().await;
}

#[tokio::test]
async fn a_request_over_the_limit_is_answered_as_by_discord() {
    let options = Options { limits: Limits::real(), ..Options::new(World::demo()) };
    let sandbox = Sandbox::start(options).await.unwrap();
    let path = format!("{}/api/v10/gateway/bot", sandbox.url());
    // Another test of this process may have been first.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
    let client = reqwest::Client::new();
    for wanted in [200, 200, 429] {
        let answer = client.get(&path).header("Authorization", "Bot sandbox-maxis").send().await.unwrap();
        assert_eq!(answer.status(), wanted);
    }
    judge(&sandbox).await;
}

#[tokio::test]
async fn an_answer_on_request_is_not_judged_but_its_question_is() {
    let scene = Scene::open().await;
    let (http, channel) = (&scene.bot.http, scene.channel("support"));
    for wanted in [500, 418] {
        scene.sandbox.fault(Fault { status: wanted, times: Some(1), ..Fault::default() });
        assert_eq!(status(http.create_message(channel).content("Bonjour").await), wanted);
    }
    let log = scene.sandbox.log(0);
    assert!(log.iter().filter(|exchange| exchange.fault).all(|exchange| exchange.request["content"] == "Bonjour"));
    scene.close().await;
}

fn status<T>(answer: Result<T, twilight_http::Error>) -> u16 {
    match answer.map(|_| ()).unwrap_err().kind() {
        ErrorType::Response { status, .. } => status.get(),
        other => panic!("no refusal of Discord: {other:?}"),
    }
}

fn message() -> Value {
    json!({
        "id": "1", "channel_id": "12", "type": 0, "content": "x", "flags": 0, "pinned": false, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "components": [], "timestamp": "2026-11-23T08:00:00.000000+00:00", "edited_timestamp": null,
        "author": {
            "id": "5", "username": "maxis", "discriminator": "0000", "avatar": null, "global_name": null,
            "public_flags": 0, "flags": 0, "bot": true, "primary_guild": null,
        },
    })
}
