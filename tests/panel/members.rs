//! Members at the panel: who is found, one with what he holds and why, what is given and taken.

use super::stage::Stage;
use super::tickets::opens;
use crate::support::maxis::CLUB;
use serde_json::{Value, json};

const KEY: [(&str, &str); 1] = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];

fn names(list: &Value) -> Vec<&str> {
    list["members"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_found_by_name_and_id_and_those_alone_who_are_known_here() {
    let stage = Stage::open().await;
    for name in ["marie", "jean", "chloe"] {
        opens(&stage, name, "Aide", "Bonjour").await;
    }
    let olga = stage.maxis.person_in(CLUB, "olga", "aide");
    olga.uses("ticket_create", json!({"subject": "Au club", "description": "Bonjour"})).await;
    let amina = stage.user("amina").to_string();
    stage
        .maxis
        .person("lea", "support")
        .uses("grant", json!({"member": amina, "given_plan": "pro", "reason": "Concours"}))
        .await;
    stage.maxis.settled().await;
    let sam = stage.signed_in("sam").await;
    let found = async |query: &str| sam.json(&stage.of_shop(&format!("/members?{query}"))).await;

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = found(&format!("limit=3&cursor={cursor}")).await;
        seen.extend(names(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        cursor = next.to_owned();
    }
    seen.sort_unstable();
    assert_eq!(seen, ["Amina", "Chloé", "Jean", "Marie"]);
    assert_eq!(names(&found("q=mari").await), ["Marie"]);
    assert_eq!(names(&found("q=CHLO%C3%89").await), ["Chloé"]);
    assert_eq!(names(&found("q=olga").await), Vec::<&str>::new());
    // Who did nothing here yet is found by how his name begins, a bot never.
    assert_eq!(names(&found("q=HUG").await), ["Hugo"]);
    assert_eq!(names(&found("q=maxis").await), Vec::<&str>::new());
    assert_eq!(names(&found(&format!("q={amina}")).await), ["Amina"]);
    // A member who is not known yet is found by his id; somebody of another guild isn't.
    assert_eq!(names(&found(&format!("q={}", stage.user("hugo"))).await), ["Hugo"]);
    assert_eq!(names(&found(&format!("q={}", stage.user("olga"))).await), Vec::<&str>::new());
    for query in ["cursor=x", "limit=101", &format!("q={}", "x".repeat(201))] {
        assert_eq!(sam.ask("GET", &stage.of_shop(&format!("/members?{query}")), None).await.status(), 400, "{query}");
    }
    for id in ["0", "x", "999999", &stage.user("olga").to_string()] {
        assert_eq!(sam.ask("GET", &stage.of_shop(&format!("/members/{id}")), None).await.status(), 404, "{id}");
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_given_a_plan_once_is_told_why_he_has_its_role_and_it_is_taken_again() {
    let stage = Stage::open().await;
    let (role, marie) = (stage.maxis.sandbox.role_id(stage.shop, "Premium").unwrap(), stage.user("marie"));
    stage.maxis.person("lea", "support").uses("plan_edit", json!({"plan": "pro", "role": role.to_string()})).await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let (sam, lea) = (stage.signed_in("sam").await, stage.signed_in("lea").await);
    let of = |rest: &str| stage.of_shop(&format!("/members/{marie}{rest}"));

    let before = sam.json(&of("")).await;
    assert_eq!(before["user"], json!({"id": marie.to_string(), "name": "Marie", "erased": false}));
    assert_eq!((&before["plan"], &before["roles"], &before["may"]), (&Value::Null, &json!([]), &json!([])));
    assert_eq!(before["tickets"][0]["subject"], "Aide");

    // What can't be is told beside its field.
    for (body, status, field) in [
        (json!({"plan": "pro", "days": 30, "reason": null}), 400, json!("reason")),
        (json!({"plan": "pro", "days": 0, "reason": "Geste"}), 400, json!("days")),
        (json!({"plan": "prro", "reason": "Geste"}), 400, json!("what")),
        (json!({"role": "Inconnu", "reason": "Geste"}), 400, json!("what")),
        (json!({"plan": "pro", "role": "Premium", "reason": "Geste"}), 409, Value::Null),
        (json!({"plan": "free", "reason": "Geste"}), 409, Value::Null),
        (json!({"role": "Support", "reason": "Geste"}), 409, Value::Null),
    ] {
        let (found, refused) = lea.does("POST", &of("/grant"), body.clone()).await;
        assert_eq!((found, &refused["field"]), (status, &field), "{body}: {refused}");
        assert!(!refused["text"].as_str().unwrap().contains("**"), "{refused}");
    }
    let give = json!({"plan": "pro", "days": 30, "reason": "Concours"});
    assert_eq!(sam.does("POST", &of("/grant"), give.clone()).await.0, 403);
    assert_eq!(stage.maxis.database.count("select count(*) as n from entitlements").await, 0);

    // Somebody who was never here, and what no page of ours sends.
    let (status, told) = lea.does("POST", &stage.of_shop("/members/4242/grant"), give.clone()).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-grant-left")), "{told}");
    let bot = stage.of_shop(&format!("/members/{}/grant", stage.maxis.bot()));
    let (status, told) = lea.does("POST", &bot, give.clone()).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-gift-bot")), "{told}");
    for body in [json!([]), json!(["pro"]), json!(7), json!({"plan": {"a": 1}})] {
        let (status, told) = lea.does("POST", &of("/grant"), body.clone()).await;
        assert_eq!((status, &told["error"]), (400, &json!("unreadable")), "{body}: {told}");
        assert!(told["text"].as_str().unwrap().starts_with("La page a envoyé") && told["detail"].is_string(), "{told}");
    }
    assert_eq!(stage.maxis.database.count("select count(*) as n from entitlements").await, 0);

    let mut told = Vec::new();
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &of("/grant"), Some(give.clone()), &KEY).await;
        assert_eq!(answer.status(), 200);
        told.push(answer.json::<Value>().await.unwrap()["text"].as_str().unwrap().to_owned());
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].contains("@Marie") && told[0].contains("Pro"), "{}", told[0]);
    stage.maxis.settled().await;
    assert_eq!(stage.maxis.database.count("select count(*) as n from entitlements where source = 'grant'").await, 1);
    let held = sam.json(&of("")).await;
    assert_eq!((&held["plan"], &held["entitlements"][0]["what"]), (&json!("Pro"), &json!("Pro")));
    let one = &held["entitlements"][0];
    assert_eq!((&one["state"], &one["source"]), (&json!("active"), &json!("don de l’équipe")));
    assert_eq!(one["revokes"], "plan/pro");
    let shown = &held["roles"][0];
    assert_eq!(shown["role"], json!({"id": role.to_string(), "name": "Premium"}));
    assert_eq!((&shown["should"], &shown["has"]), (&json!(true), &json!(true)));
    let why = shown["why"].as_str().unwrap();
    assert!(why.contains("@Premium") && !why.contains('<') && !why.contains('*'), "{why}");
    let english = sam.ask_with("GET", &of(""), None, &[("X-Lang", "en")]).await;
    assert_eq!(english.status(), 200);

    // Another guild's staff neither see nor give.
    let paul = stage.signed_in("paul").await;
    assert_eq!(paul.ask("GET", &of(""), None).await.status(), 404);
    assert_eq!(paul.does("POST", &of("/grant"), give).await.0, 404);
    let elsewhere = format!("/api/admin/guilds/{}/members/{marie}", stage.club);
    assert_eq!(paul.ask("GET", &elsewhere, None).await.status(), 404);

    let take = json!({"plan": "pro", "reason": "Erreur"});
    assert_eq!(sam.does("POST", &of("/revoke"), take.clone()).await.0, 403);
    let (status, taken) = lea.does("POST", &of("/revoke"), take.clone()).await;
    assert_eq!(status, 200, "{taken}");
    stage.maxis.settled().await;
    let after = sam.json(&of("")).await;
    let one = &after["entitlements"][0];
    assert_eq!((&after["plan"], &one["state"]), (&Value::Null, &json!("revoked")));
    assert_eq!((&one["reason"], &one["revokes"]), (&json!("Erreur"), &Value::Null));
    assert_eq!(after["roles"][0]["should"], false);
    let (status, refused) = lea.does("POST", &of("/revoke"), take).await;
    assert_eq!((status, &refused["error"]), (409, &json!("error-revoke-none")));
    let day = regex_lite::Regex::new(r"\d{2}/\d{2}/\d{4}( \d{2}:\d{2})?").unwrap();
    let (taken, refused) = (taken["text"].as_str().unwrap(), refused["text"].as_str().unwrap());
    insta::assert_snapshot!(day.replace_all(&format!("{why}\n──\n{taken}\n──\n{refused}"), "…"));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_lacks_nothing_a_role_by_another_hand_is_named_and_a_bot_is_no_member() {
    let stage = Stage::open().await;
    let role = stage.maxis.sandbox.role_id(stage.shop, "Premium").unwrap();
    let boss = stage.maxis.person("lea", "support");
    boss.uses("plan_edit", json!({"plan": "pro", "role": role.to_string()})).await;
    let [hugo, marie] = ["hugo", "marie"].map(|name| stage.user(name));
    boss.uses("grant", json!({"member": hugo.to_string(), "given_plan": "pro", "reason": "Geste"})).await;
    stage.maxis.settled().await;
    stage.maxis.sandbox.set_member(stage.shop, hugo, None, false).unwrap();
    stage.maxis.sandbox.set_member(stage.shop, marie, Some(vec![role]), true).unwrap();
    let sam = stage.signed_in("sam").await;
    let gone = sam.json(&stage.of_shop(&format!("/members/{hugo}"))).await;
    assert_eq!(
        (&gone["left"], &gone["user"]["name"], &gone["roles"][0]["should"]),
        (&json!(true), &json!("Hugo"), &json!(false))
    );
    assert!(gone["roles"][0]["why"].as_str().unwrap().starts_with("A quitté le serveur"), "{gone}");
    let other = sam.json(&stage.of_shop(&format!("/members/{marie}"))).await;
    let held = &other["roles"][0];
    assert_eq!(
        (&held["should"], &held["has"], &other["left"]),
        (&json!(false), &json!(true), &json!(false)),
        "{other}"
    );
    assert!(held["why"].as_str().unwrap().contains("@Premium"), "{other}");
    let bot = stage.maxis.bot();
    assert_eq!(names(&sam.json(&stage.of_shop(&format!("/members?q={bot}"))).await), Vec::<&str>::new());
    stage.close().await;
}
