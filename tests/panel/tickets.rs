//! The life of a ticket between the chat and the panel.

use super::stage::Stage;
use serde_json::{Value, json};
use std::time::Duration;

pub async fn opens(stage: &Stage, who: &str, subject: &str, description: &str) {
    let options = json!({"subject": subject, "description": description});
    stage.maxis.person(who, "support").uses("ticket_create", options).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_lives_between_the_chat_and_the_panel() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Paiement refusé", "Ma carte est refusée <b>depuis hier</b>.").await;
    let sam = stage.signed_in("sam").await;
    let list = sam.json(&stage.of_shop("/tickets")).await;
    let row = &list["tickets"][0];
    assert_eq!(
        (&row["number"], &row["subject"], &row["state"]),
        (&json!(1), &json!("Paiement refusé"), &json!("open"))
    );
    assert_eq!((&row["last_from"], &row["unread"], &row["messages"]), (&json!("member"), &json!(true), &json!(1)));
    assert_eq!((&row["opener"]["name"], &row["sla"], &list["next"]), (&json!("Marie"), &json!("ok"), &Value::Null));

    let ticket = sam.json(&stage.of_shop("/tickets/1")).await;
    assert_eq!(ticket["messages"][0]["body"], "Ma carte est refusée <b>depuis hier</b>.");
    assert_eq!(ticket["may"], json!(["reply", "note", "claim", "assign", "priority", "category", "resolve", "close"]));
    let seen = ticket["messages"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(sam.json(&stage.of_shop("/tickets")).await["tickets"][0]["unread"], false);

    // A note stays among staff, an answer reaches the opener.
    let (status, note) = sam.does("POST", &stage.of_shop("/tickets/1/notes"), json!({"body": "CLIENTE PÉNIBLE"})).await;
    assert_eq!((status, &note["kind"], &note["delivery"]), (201, &json!("note"), &Value::Null));
    let reply = stage.of_shop(&format!("/tickets/1/replies?seen={seen}"));
    let (status, said) = sam.does("POST", &reply, json!({"body": "Bonjour, nous regardons."})).await;
    assert_eq!((status, &said["kind"], &said["from_staff"]), (201, &json!("reply"), &json!(true)), "{said}");
    let marie = stage.maxis.person("marie", "support");
    let told = marie.is_told("nous regardons").await;
    assert!(!told.contains("PÉNIBLE"), "{told}");
    let delivered = async {
        loop {
            let ticket = sam.json(&stage.of_shop("/tickets/1")).await;
            let last = ticket["messages"].as_array().unwrap().last().unwrap().clone();
            if last["delivery"]["state"] == "delivered" {
                return (ticket, last);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let (ticket, last) = tokio::time::timeout(super::stage::PATIENCE, delivered).await.expect("it is delivered");
    assert_eq!((&last["delivery"]["why"], &ticket["ticket"]["state"]), (&json!("dm"), &json!("waiting_user")));
    assert_eq!(ticket["ticket"]["assignee"]["name"], "Sam");
    let seen_by_marie = marie.uses("ticket_view", json!({"id": "1"})).await;
    assert!(seen_by_marie.contains("nous regardons") && !seen_by_marie.contains("PÉNIBLE"), "{seen_by_marie}");

    // Somebody else answers meanwhile: whoever is slower is told, and may answer all the same.
    let lea = stage.signed_in("lea").await;
    let (status, conflict) = lea.does("POST", &reply, json!({"body": "Je m’en occupe."})).await;
    assert_eq!((status, &conflict["error"]), (409, &json!("someone-answered")));
    assert_eq!(conflict["message"]["body"], "Bonjour, nous regardons.");
    let (status, _) = lea.does("POST", &format!("{reply}&force=true"), json!({"body": "Je m’en occupe."})).await;
    assert_eq!(status, 201);

    // What is done, and what can't be.
    let (status, gone) = sam.does("POST", &stage.of_shop("/tickets/1/claim"), json!({})).await;
    assert_eq!(status, 409, "{gone}");
    let (_, changed) = sam.does("POST", &stage.of_shop("/tickets/1/priority"), json!({"priority": "high"})).await;
    assert_eq!(changed["priority"], "high");
    let assign = json!({"to": stage.user("marie").to_string()});
    let (status, refused) = sam.does("POST", &stage.of_shop("/tickets/1/assign"), assign).await;
    assert_eq!((status, &refused["error"]), (409, &json!("error-agent-not-staff")));
    let (_, changed) =
        sam.does("POST", &stage.of_shop("/tickets/1/assign"), json!({"to": stage.user("lea").to_string()})).await;
    assert_eq!(changed["assignee"]["name"], "Léa");
    let (_, closed) = sam.does("POST", &stage.of_shop("/tickets/1/close"), json!({"reason": "Réglé"})).await;
    assert_eq!((&closed["state"], &closed["closing"]["reason"]), (&json!("closed"), &json!("Réglé")));
    assert_eq!(closed["closing"]["by"]["name"], "Sam");
    let history = sam.json(&stage.of_shop("/tickets/1/history")).await;
    let deeds: Vec<&str> =
        history["lines"].as_array().unwrap().iter().map(|line| line["deed"].as_str().unwrap()).collect();
    assert!(deeds.starts_with(&["closed", "assigned", "priority_changed"]), "{deeds:?}");
    assert_eq!(history["lines"][2]["text"], "a changé la priorité (🟡 Moyenne → 🟠 Haute)");

    let transcript = sam.ask("GET", &stage.of_shop("/tickets/1/transcript"), None).await;
    assert!(transcript.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let transcript = transcript.text().await.unwrap();
    assert!(transcript.contains("&lt;b&gt;depuis hier&lt;/b&gt;") && !transcript.contains("PÉNIBLE"));
    let all = sam.ask("GET", &stage.of_shop("/tickets/1/transcript?notes=true"), None).await.text().await.unwrap();
    assert!(all.contains("PÉNIBLE"));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_writes_once_and_bad_input_is_told_kindly() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let sam = stage.signed_in("sam").await;
    let path = stage.of_shop("/tickets/1/replies");
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];
    let mut ids = Vec::new();
    for _ in 0..3 {
        let answer = sam.ask_with("POST", &path, Some(json!({"body": "Une fois"})), &key).await;
        assert_eq!(answer.status(), 201);
        ids.push(answer.json::<Value>().await.unwrap()["id"].clone());
    }
    assert!(ids[0] == ids[1] && ids[1] == ids[2]);
    let written = "select count(*) as n from ticket_messages where body = 'Une fois'";
    assert_eq!(stage.maxis.database.count(written).await, 1);
    // At the same time, too.
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-000000000000")];
    let twice = || sam.ask_with("POST", &path, Some(json!({"body": "Ensemble"})), &key);
    let (one, two) = tokio::join!(twice(), twice());
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (201, 201));
    let written = "select count(*) as n from ticket_messages where body = 'Ensemble'";
    assert_eq!(stage.maxis.database.count(written).await, 1);

    let long = json!({"body": "é".repeat(10_000)});
    let (status, told) = sam.does("POST", &path, long).await;
    assert_eq!((status, &told["field"], &told["error"]), (400, &json!("body"), &json!("bad-input")));
    assert!(told["text"].as_str().unwrap().contains("4000"), "{told}");
    let (status, told) = sam.does("POST", &path, json!({"body": " \u{200b} "})).await;
    assert_eq!((status, &told["field"]), (400, &json!("body")));
    for query in [
        "cursor=abc",
        "cursor=updated_desc_1_1&sort=due",
        "limit=0",
        "limit=x",
        "state=asleep",
        "sort=age",
        "sla=late",
        "opener=x",
    ] {
        assert_eq!(sam.ask("GET", &stage.of_shop(&format!("/tickets?{query}")), None).await.status(), 400, "{query}");
    }
    let english = sam.ask_with("GET", &stage.of_shop("/tickets/77"), None, &[("X-Lang", "en")]).await;
    assert_eq!(english.status(), 404);
    // The header that the page sends comes first.
    let told: Value = english.json().await.unwrap();
    insta::assert_snapshot!(told["text"].as_str().unwrap(), @"Il n’y a pas de ticket sous ce numéro sur ce serveur. Revenez à la liste.");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_paged_filtered_counted_and_changed_together() {
    let stage = Stage::open().await;
    for n in 1..=7 {
        opens(&stage, if n % 2 == 0 { "jean" } else { "marie" }, &format!("Sujet {n}"), "Bonjour").await;
    }
    let sam = stage.signed_in("sam").await;
    for (sort, dir) in
        [("updated", "desc"), ("created", "asc"), ("due", "asc"), ("priority", "desc"), ("created", "desc")]
    {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = stage.of_shop(&format!("/tickets?limit=3&sort={sort}&dir={dir}&cursor={cursor}"));
            let page = sam.json(&path).await;
            seen.extend(page["tickets"].as_array().unwrap().iter().map(|row| row["number"].as_i64().unwrap()));
            let Some(next) = page["next"].as_str() else { break };
            cursor = next.to_owned();
        }
        let mut all = seen.clone();
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4, 5, 6, 7], "{sort} {dir}: {seen:?}");
        if sort == "created" {
            let up = seen.is_sorted();
            assert_eq!(up, dir == "asc");
        }
    }
    let bulk = json!({"numbers": [1, 2, 99], "do": "priority", "value": "critical"});
    let (status, bulked) = sam.does("POST", &stage.of_shop("/tickets/bulk"), bulk).await;
    assert_eq!((status, &bulked["done"]), (200, &json!([1, 2])));
    assert_eq!((&bulked["refused"][0]["number"], &bulked["refused"][0]["error"]), (&json!(99), &json!("not_found")));
    let urgent = sam.json(&stage.of_shop("/tickets?priority=critical&sort=created")).await;
    assert_eq!(urgent["tickets"].as_array().unwrap().len(), 2);
    let jeans = sam.json(&stage.of_shop(&format!("/tickets?opener={}", stage.user("jean")))).await;
    assert_eq!(jeans["tickets"].as_array().unwrap().len(), 3);
    let counts = sam.json(&stage.of_shop("/tickets/counts?priority=critical")).await;
    assert_eq!(
        (&counts["total"], &counts["priority"]["medium"], &counts["state"]["open"]),
        (&json!(2), &json!(5), &json!(2))
    );
    assert_eq!((&counts["assignee"]["none"], &counts["capped"]), (&json!(2), &json!(false)));
    bought(&stage).await;
    let opener = sam.json(&stage.of_shop("/tickets/2/opener")).await;
    assert_eq!((&opener["user"]["name"], opener["tickets"].as_array().unwrap().len()), (&json!("Jean"), 2));
    // His orders stand there in words, and a gift says from whom.
    let of = |n: usize| {
        let order = &opener["orders"][n];
        (order["what"].clone(), order["state"].clone(), order["from"]["name"].clone(), order["to"]["name"].clone())
    };
    assert_eq!(of(0), (json!("Cadeau"), json!("Payée et livrée"), json!("Marie"), Value::Null));
    assert_eq!(of(1), (json!("Sien"), json!("Remboursée"), Value::Null, Value::Null));
    let overview = sam.json(&stage.of_shop("/overview?days=7")).await;
    assert_eq!((&overview["open"], &overview["critical"], &overview["unassigned"]), (&json!(7), &json!(2), &json!(7)));
    assert_eq!(overview["days"].as_array().unwrap().len(), 7);
    assert_eq!(overview["days"][6]["opened"], 7);

    // Canned replies are the team's, saved views one's own.
    let (_, canned) =
        sam.does("POST", &stage.of_shop("/canned"), json!({"title": "Merci", "body": "Bonjour {{name}}"})).await;
    let id = canned["id"].as_str().unwrap().to_owned();
    let (_, view) =
        sam.does("POST", &stage.of_shop("/views"), json!({"name": "Urgents", "query": "priority=critical"})).await;
    let lea = stage.signed_in("lea").await;
    // Sent twice, it is there once; another text or filter needs another name.
    for (path, same, other, wrong) in [
        (
            "/canned",
            json!({"title": "Merci", "body": "Bonjour {{name}}"}),
            json!({"title": "Merci", "body": "!"}),
            "panel-canned-called-so",
        ),
        (
            "/views",
            json!({"name": "Urgents", "query": "priority=critical"}),
            json!({"name": "Urgents", "query": "state=open"}),
            "panel-view-called-so",
        ),
    ] {
        let path = stage.of_shop(path);
        let (first, again) = tokio::join!(sam.does("POST", &path, same.clone()), sam.does("POST", &path, same.clone()));
        assert_eq!((first.0, &first.1), (200, &again.1));
        let (status, told) = sam.does("POST", &path, other).await;
        assert_eq!((status, &told["error"]), (409, &json!(wrong)), "{told}");
    }
    let (_, second) = sam.does("POST", &stage.of_shop("/canned"), json!({"title": "Adieu", "body": "Bonjour"})).await;
    let second = stage.of_shop(&format!("/canned/{}", second["id"].as_str().unwrap()));
    let (status, told) = lea.does("PUT", &second, json!({"title": "Merci", "body": "Bonjour"})).await;
    assert_eq!((status, &told["error"]), (409, &json!("panel-canned-called-so")), "{told}");
    assert_eq!(sam.ask("DELETE", &second, None).await.status(), 204);
    let canned = stage.of_shop(&format!("/canned/{id}"));
    let (status, changed) = lea.does("PUT", &canned, json!({"title": "Merci !", "body": "Bonjour"})).await;
    assert_eq!((status, &changed["title"]), (200, &json!("Merci !")));
    assert_eq!(lea.json(&stage.of_shop("/canned")).await["canned"].as_array().unwrap().len(), 1);
    assert_eq!(lea.json(&stage.of_shop("/views")).await["views"], json!([]));
    let view = stage.of_shop(&format!("/views/{}", view["id"].as_str().unwrap()));
    assert_eq!(lea.ask("DELETE", &view, None).await.status(), 404);
    assert_eq!(sam.ask("DELETE", &view, None).await.status(), 204);
    assert_eq!(sam.ask("DELETE", &canned, None).await.status(), 204);
    stage.close().await;
}

/// Jean bought something, which was refunded; Marie gave him something.
async fn bought(stage: &Stage) {
    let (guild, jean, marie) = (stage.shop, stage.user("jean"), stage.user("marie"));
    let row = |n: i64, buyer: u64, title: &str, state: &str| {
        format!(
            "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, \
               title, currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, updated_at) \
             values ({guild}, {n}, {buyer}, {jean}, 'x', 'fr', 'o{n}', 'product', 'payment', 'x', 'standard', '{title}', 'eur', 500, \
               500, '{state}', false, 'key-{n}', now(), now(), now());"
        )
    };
    let rows = row(900, jean, "Sien", "refunded") + &row(901, marie, "Cadeau", "fulfilled");
    crate::support::db::run(&mut stage.maxis.database.owner().await, &rows).await;
}
