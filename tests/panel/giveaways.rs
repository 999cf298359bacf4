//! Giveaways at the panel: made, changed and looked at; a winner who is replaced, and the proof.

use super::stage::{Browser, PATIENCE, Stage};
use serde_json::{Value, json};
use std::time::Duration;

async fn makes(browser: &Browser, stage: &Stage, options: Value) -> (u16, Value) {
    browser.does("POST", &stage.of_shop("/giveaways"), options).await
}

/// Waits until a giveaway stands there.
async fn until(browser: &Browser, stage: &Stage, number: i64, state: &str) -> Value {
    let waits = async {
        loop {
            let shown = browser.json(&stage.of_shop(&format!("/giveaways/{number}"))).await;
            if shown["state"] == state {
                return shown;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waits).await.expect(state)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giveaway_is_made_and_changed_under_the_commands_rules() {
    let stage = Stage::open().await;
    let (lea, sam) = (stage.signed_in("lea").await, stage.signed_in("sam").await);
    assert_eq!(lea.json(&stage.of_shop("/giveaways")).await, json!({"giveaways": [], "next": null, "may": ["create"]}));
    for (options, field) in [
        (json!({"winners": 1, "duration": "2d", "giveaway_channel": "discussion"}), "prize"),
        (json!({"prize": "Un jeu", "winners": 1, "duration": "2d"}), "giveaway_channel"),
        (json!({"prize": "Un jeu", "winners": 1, "duration": "bientôt", "giveaway_channel": "discussion"}), "duration"),
        (json!({"prize": "Un jeu", "winners": 0, "duration": "2d", "giveaway_channel": "discussion"}), "winners"),
        (
            json!({"prize": "Un jeu", "winners": 1, "duration": "2d", "giveaway_channel": "nulle-part"}),
            "giveaway_channel",
        ),
        (json!({"prize": "Un jeu", "winners": [2], "duration": "2d", "giveaway_channel": "discussion"}), "winners"),
    ] {
        let (status, told) = makes(&lea, &stage, options).await;
        assert_eq!((status, &told["field"]), (400, &json!(field)), "{told}");
    }
    let options = json!({
        "prize": "Un *jeu*", "winners": 2, "duration": "2d", "giveaway_channel": "#Discussion", "giveaway_text": null,
        "any_role": "premium, Membre", "member_days": null, "fairness": "fair_secret", "claim_hours": 24
    });
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &stage.of_shop("/giveaways"), Some(options.clone()), &key).await;
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.json::<Value>().await.unwrap()["number"], 1);
    }
    let shown = until(&sam, &stage, 1, "open").await;
    assert_eq!(
        (&shown["title"], &shown["channel"], &shown["winners"]),
        (&json!("Un *jeu*"), &json!("discussion"), &json!(2))
    );
    assert_eq!(shown["requirements"], json!(["Avoir l’un de ces rôles\u{a0}: @Membre, @Premium"]));
    assert_eq!(
        (&shown["prize"], &shown["may"], &shown["entries"]),
        (&json!("Remis par l’équipe"), &json!([]), &json!(0))
    );
    assert_eq!(
        lea.json(&stage.of_shop("/giveaways")).await["giveaways"][0]["may"],
        json!(["end", "pause", "extend", "cancel"])
    );
    let deed = |deed: &str| stage.of_shop(&format!("/giveaways/1/{deed}"));

    // What is paused stays paused, however often it is asked for.
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-111111111111")];
    let paused = lea.ask_with("POST", &deed("pause"), Some(json!({})), &key).await.json::<Value>().await.unwrap();
    for _ in 0..2 {
        let (status, done) = lea.does("POST", &deed("pause"), json!({})).await;
        assert_eq!(status, 200, "{done}");
        assert!(done["text"].as_str().unwrap().contains("Un *jeu* est en pause"), "{done}");
    }
    assert_eq!(until(&lea, &stage, 1, "paused").await["may"], json!(["resume", "extend", "cancel"]));
    for _ in 0..2 {
        assert_eq!(lea.does("POST", &deed("resume"), json!({})).await.0, 200);
    }
    // A repeat that comes late pauses nothing again.
    let late = lea.ask_with("POST", &deed("pause"), Some(json!({})), &key).await.json::<Value>().await.unwrap();
    assert_eq!(late, paused);
    // Nor do repeats that come at once, with somebody's word between them.
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-222222222222")];
    let (path, resume, body) = (deed("pause"), deed("resume"), Some(json!({})));
    let again = || lea.ask_with("POST", &path, body.clone(), &key);
    let resumed = lea.does("POST", &resume, json!({}));
    let done = tokio::join!(again(), again(), resumed, again(), again());
    assert_eq!((done.0.status().as_u16(), done.2.0, done.4.status().as_u16()), (200, 200, 200));
    assert_eq!(lea.does("POST", &deed("resume"), json!({})).await.0, 200);
    let before = until(&lea, &stage, 1, "open").await["ends_at"].clone();
    let (status, told) = lea.does("POST", &deed("extend"), json!({"duration": null})).await;
    assert_eq!((status, &told["field"]), (400, &json!("duration")));
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-000000000000")];
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &deed("extend"), Some(json!({"duration": "24h"})), &key).await;
        assert_eq!(answer.status(), 200);
    }
    let after = lea.json(&stage.of_shop("/giveaways/1")).await;
    let at = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert_eq!(at(&after["ends_at"]).duration_since(at(&before)).as_hours(), 24);
    let log: Vec<&str> = after["log"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    insta::assert_snapshot!(log.join("\n"), @r"
    Léa a prolongé un concours
    Léa a repris un concours
    Léa a mis un concours en pause
    Léa a repris un concours
    Léa a mis un concours en pause
    Léa a lancé un concours · Un *jeu*
    ");
    let (status, told) = lea.does("POST", &deed("reroll/preview"), json!({"reason": "declined"})).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-giveaway-not-drawn")), "{told}");
    assert_eq!(lea.does("POST", &deed("cancel"), json!({})).await.0, 200);
    assert_eq!(until(&lea, &stage, 1, "cancelled").await["may"], json!([]));
    let (status, told) = lea.does("POST", &deed("end"), json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-giveaway-over")), "{told}");

    assert_eq!(lea.json(&stage.of_shop("/giveaways?state=open")).await["giveaways"], json!([]));
    assert_eq!(lea.ask("GET", &stage.of_shop("/giveaways?state=asleep"), None).await.status(), 400);
    let paul = stage.signed_in("paul").await;
    let club = |rest: &str| format!("/api/admin/guilds/{}{rest}", stage.club);
    for (method, path) in [
        ("GET", "/giveaways/1"),
        ("POST", "/giveaways/1/end"),
        ("POST", "/giveaways/1/pause"),
        ("GET", "/giveaways/1/proof"),
    ] {
        let body = (method == "POST").then(|| json!({}));
        assert_eq!(paul.ask(method, &club(path), body).await.status(), 404, "{path}");
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_winner_is_replaced_as_it_was_shown_and_the_draw_is_proved() {
    let stage = Stage::open().await;
    let lea = stage.signed_in("lea").await;
    let options = json!({"prize": "Un jeu", "winners": 1, "duration": "2d", "giveaway_channel": "discussion", "fairness": "fair_secret"});
    assert_eq!(makes(&lea, &stage, options).await.0, 201);
    until(&lea, &stage, 1, "open").await;
    let channel = stage.maxis.sandbox.channel_id(stage.shop, "discussion").unwrap();
    for who in ["marie", "jean"] {
        stage.maxis.person(who, "discussion").presses_in(channel, "giveaway_enter?").await;
    }
    assert_eq!(lea.json(&stage.of_shop("/giveaways/1")).await["entries"], 2);
    assert_eq!(lea.does("POST", &stage.of_shop("/giveaways/1/end"), json!({})).await.0, 200);
    let drawn = until(&lea, &stage, 1, "drawn").await;
    assert_eq!(drawn["may"], json!(["reroll", "proof"]));
    let (winner, name) =
        (drawn["holders"][0]["user"]["id"].clone(), drawn["holders"][0]["user"]["name"].as_str().unwrap().to_owned());
    assert!(["Marie", "Jean"].contains(&name.as_str()));

    let reroll = stage.of_shop("/giveaways/1/reroll");
    let (status, told) = lea.does("POST", &format!("{reroll}/preview"), json!({"reason": "parce que"})).await;
    assert_eq!((status, &told["field"]), (400, &json!("reason")), "{told}");
    let asked = json!({"reason": "declined", "member": winner, "note": "ne joue pas"});
    let (status, preview) = lea.does("POST", &format!("{reroll}/preview"), asked.clone()).await;
    assert_eq!(status, 200, "{preview}");
    assert!(preview["text"].as_str().unwrap().contains(&format!("@{name} perd sa place")), "{preview}");
    let (status, told) = lea.does("POST", &reroll, asked).await;
    assert_eq!((status, &told["error"], &told["preview"]["text"]), (409, &json!("confirm"), &preview["text"]));
    assert_eq!(lea.does("POST", &reroll, json!({"confirm": "7b7d"})).await.0, 409);
    let asked_for = "select count(*) as n from giveaway_places where reroll_reason = 'declined'";
    assert_eq!(stage.maxis.database.count(asked_for).await, 0, "a preview keeps nothing");
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];
    for _ in 0..2 {
        let confirm = json!({"confirm": preview["token"]});
        let answer = lea.ask_with("POST", &reroll, Some(confirm), &key).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }
    let replaced = async {
        while lea.json(&stage.of_shop("/giveaways/1")).await["holders"][0]["user"]["id"] == winner {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, replaced).await.expect("the next has the place");

    let sam = stage.signed_in("sam").await;
    let proof = sam.ask("GET", &stage.of_shop("/giveaways/1/proof?lang=en"), None).await;
    assert_eq!(proof.status(), 200);
    let named = proof.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(named.starts_with("attachment; filename=\"giveaway-1-open.json\""), "{named}");
    assert_eq!(proof.json::<Value>().await.unwrap()["ranking"].as_array().map(Vec::len), Some(2));
    stage.close().await;
}
