//! What the panel shows of somebody who was erased: that there was somebody, and no figure that staff didn't earn.

use super::stage::Stage;
use super::tickets::opens;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_is_named_as_such_can_be_left_out_and_counts_for_no_success() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Paiement refusé", "Ma carte est refusée.").await;
    opens(&stage, "jean", "Autre", "Bonjour").await;
    let (lea, sam) = (stage.signed_in("lea").await, stage.signed_in("sam").await);
    sam.does("POST", &stage.of_shop("/tickets/1/claim"), json!({})).await;
    let overview = stage.of_shop("/overview");
    let before = lea.json(&overview).await;

    let marie = stage.maxis.person("marie", "support");
    marie.uses("privacy", json!({})).await;
    marie.presses("privacy_erase").await;
    marie.presses("privacy_ask").await;
    let preview = lea.json(&stage.of_shop("/privacy/1/preview")).await;
    let (status, told) =
        lea.does("POST", &stage.of_shop("/privacy/1/confirm"), json!({"confirm": preview["token"]})).await;
    assert_eq!(status, 200, "{told}");
    stage.until("select count(*) as n from privacy_requests where state = 'done'", 1).await;
    assert_eq!(stage.maxis.database.count("select count(*) as n from tickets where state = 'closed'").await, 1);

    // Pages that show it hear of it, and nothing more is written in it.
    assert_eq!(stage.maxis.database.count("select count(*) as n from events where kind = 'erased'").await, 1);
    // Asked, agreed to, done: so do the pages of members and of requests.
    assert_eq!(stage.maxis.database.count("select count(*) as n from events where kind = 'privacy'").await, 3);
    let ticket = sam.json(&stage.of_shop("/tickets/1")).await;
    assert_eq!(ticket["may"], json!([]));
    for (deed, body) in
        [("reopen", json!({})), ("replies", json!({"body": "Marie ?"})), ("notes", json!({"body": "Marie"}))]
    {
        let (status, refused) = sam.does("POST", &stage.of_shop(&format!("/tickets/1/{deed}")), body).await;
        assert_eq!(status, 409, "{deed}: {refused}");
    }

    // Nobody solved her ticket: it ended with her.
    let after = lea.json(&overview).await;
    let resolved =
        |of: &Value| of["days"].as_array().unwrap().iter().map(|day| day["resolved"].as_i64().unwrap()).sum::<i64>();
    assert_eq!((resolved(&before), resolved(&after)), (0, 0));
    assert_eq!(
        (&after["resolution_s"], &after["satisfaction"], &after["open"]),
        (&json!(null), &json!(null), &json!(1))
    );
    let agent = &after["agents"][0];
    assert_eq!((&agent["name"], &agent["resolved"], &agent["resolution_s"]), (&json!("Sam"), &json!(0), &json!(null)));
    // What staff did solve counts.
    sam.does("POST", &stage.of_shop("/tickets/2/claim"), json!({})).await;
    sam.does("POST", &stage.of_shop("/tickets/2/close"), json!({})).await;
    assert_eq!(resolved(&lea.json(&overview).await), 1);

    let found = async |query: &str| lea.json(&stage.of_shop(&format!("/members?{query}"))).await["members"].clone();
    let all = found("").await;
    let erased = &all[1];
    assert_eq!((&all[0]["name"], &all[0]["erased"], all.as_array().unwrap().len()), (&json!("Jean"), &json!(false), 2));
    let (id, name) = (erased["id"].as_str().unwrap(), erased["name"].as_str().unwrap());
    assert_eq!((name, &erased["erased"]), (format!("membre effacé n° {}", &id[id.len() - 4..]).as_str(), &json!(true)));
    assert_eq!(found("erased=no").await, json!([all[0]]));
    let member = lea.json(&stage.of_shop(&format!("/members/{id}"))).await;
    assert_eq!((&member["user"], &member["may"]), (erased, &json!([])));
    assert_eq!(lea.ask("GET", &stage.of_shop("/members?erased=yes"), None).await.status(), 400);
    let audit = lea.json(&stage.of_shop("/audit?what=a%20ouvert%20le%20ticket")).await;
    assert_eq!(audit["lines"].as_array().unwrap().last().unwrap()["by"]["name"], json!(name));
    stage.close().await;
}
