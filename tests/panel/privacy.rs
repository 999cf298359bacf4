//! Requests to be erased and times of keeping at the panel: shown whole, confirmed as shown, by operators of that guild alone.

use super::stage::Stage;
use super::tickets::opens;
use crate::support::db::run;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_shown_in_counts_confirmed_as_shown_and_done_once() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Paiement refusé", "Ma carte ZEBRAWORT est refusée.").await;
    opens(&stage, "jean", "Autre", "Affaire de Jean").await;
    let marie = stage.maxis.person("marie", "support");
    marie.uses("privacy", json!({})).await;
    marie.presses("privacy_erase").await;
    marie.presses("privacy_ask").await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/privacy");
    // She was refused once, with words about her.
    let first = lea.json(&path).await["requests"][0]["id"].as_i64().unwrap();
    let refusal = json!({"reason": "REFUSWORT Marie"});
    assert_eq!(lea.does("POST", &format!("{path}/{first}/refuse"), refusal).await.0, 200);
    marie.uses("privacy", json!({})).await;
    marie.presses("privacy_erase").await;
    marie.presses("privacy_ask").await;
    let list = lea.json(&path).await;
    let row = &list["requests"][0];
    assert_eq!(
        (&row["kind"], &row["state"], &row["member"]["name"], &row["may"]),
        (&json!("erasure"), &json!("asked"), &json!("Marie"), &json!(["confirm", "refuse"]))
    );
    assert!(row["state_name"].as_str().unwrap().starts_with("en attente"), "{row}");
    let id = row["id"].as_i64().unwrap();
    let (preview_path, confirm_path) = (format!("{path}/{id}/preview"), format!("{path}/{id}/confirm"));
    let preview = lea.json(&preview_path).await;
    let whats: Vec<&str> =
        preview["erased"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    insta::assert_snapshot!(format!("{}\n{}", preview["text"].as_str().unwrap(), whats.join("\n")), @r"
    Demande n° 2 : ce qui est gardé de Marie est effacé dans la minute, sans retour, et le membre est prévenu.
    1 ticket, avec son sujet et le nom qu’il porte
    1 message ou note
    3 réponses récentes du bot
    1 choix (langue, rappels, codes)
    ");

    // Without a look nothing is done; nor when what was shown isn't so any more.
    let (status, told) = lea.does("POST", &confirm_path, json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("confirm")), "{told}");
    assert_eq!(told["preview"]["erased"], preview["erased"]);
    marie.uses("ticket_reply", json!({"id": 1, "message": "Encore moi"})).await;
    let (status, told) = lea.does("POST", &confirm_path, json!({"confirm": preview["token"]})).await;
    assert_eq!((status, &told["error"]), (409, &json!("changed")), "{told}");
    assert_ne!(told["preview"]["erased"], preview["erased"]);
    let (status, told) = lea.does("POST", &confirm_path, json!({"confirm": "7b7d"})).await;
    assert_eq!((status, &told["error"]), (409, &json!("changed")), "{told}");
    let count = "select count(*) as n from ticket_messages where body like '%ZEBRAWORT%'";
    assert_eq!(stage.maxis.database.count(count).await, 1);

    let preview = lea.json(&preview_path).await;
    let key = [("Idempotency-Key", "erase-marie-1")];
    for _ in 0..2 {
        let body = json!({"confirm": preview["token"]});
        let answer = lea.ask_with("POST", &confirm_path, Some(body), &key).await;
        assert_eq!(answer.status(), 200, "a repeat gets the same answer");
    }
    stage.until("select count(*) as n from privacy_requests where state = 'done'", 1).await;
    assert_eq!(stage.maxis.database.count(count).await, 0);
    let of_refusal = "select count(*) as n from privacy_requests where reason like '%REFUSWORT%'";
    assert_eq!(stage.maxis.database.count(of_refusal).await, 0);
    assert!(lea.json(&path).await["requests"].as_array().unwrap().iter().all(|one| one["member"].is_null()));
    let row = lea.json(&path).await["requests"][0].clone();
    assert_eq!((&row["state"], &row["member"], &row["may"]), (&json!("done"), &json!(null), &json!([])));
    let (status, told) = lea.does("POST", &confirm_path, json!({"confirm": preview["token"]})).await;
    assert_eq!(status, 409, "{told}");
    // What is Jean's is as it was.
    assert_eq!(lea.json(&stage.of_shop("/tickets/2")).await["messages"][0]["body"], "Affaire de Jean");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_refused_with_a_reason_that_its_member_reads() {
    let stage = Stage::open().await;
    let jean = stage.maxis.person("jean", "support");
    jean.uses("privacy", json!({})).await;
    jean.presses("privacy_erase").await;
    jean.presses("privacy_ask").await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/privacy");
    let id = lea.json(&path).await["requests"][0]["id"].as_i64().unwrap();
    let (status, told) = lea.does("POST", &format!("{path}/{id}/refuse"), json!({"reason": "  "})).await;
    assert_eq!((status, &told["field"]), (400, &json!("reason")), "{told}");
    let (status, row) =
        lea.does("POST", &format!("{path}/{id}/refuse"), json!({"reason": "Une facture est en cours"})).await;
    assert_eq!(
        (status, &row["state"], &row["text"]),
        (200, &json!("refused"), &json!("Une facture est en cours")),
        "{row}"
    );
    let (status, _) = lea.does("POST", &format!("{path}/{id}/refuse"), json!({"reason": "Encore"})).await;
    assert_eq!(status, 409);
    // Another guild sees none of it.
    let paul = stage.signed_in("paul").await;
    let other = format!("/api/admin/guilds/{}/privacy", stage.club);
    assert_eq!(paul.json(&other).await["requests"], json!([]));
    assert_eq!(paul.ask("GET", &format!("{other}/{id}/preview"), None).await.status(), 409);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_data_is_kept_changes_only_after_it_was_seen_what_goes() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Vieux", "Un vieux souci").await;
    run(
        &mut stage.maxis.database.owner().await,
        "update tickets set state = 'closed', closed_at = now() - interval '100 days', closed_by = 1, resolved_at = now() - interval '100 days'",
    )
    .await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/retention");
    let rules = lea.json(&path).await["rules"].as_array().unwrap().clone();
    let of = |what: &str| rules.iter().find(|one| one["what"] == what).unwrap().clone();
    assert_eq!((&of("tickets")["days"], &of("tickets")["may"]), (&json!(1095), &json!(["change"])));
    assert_eq!(of("accounting")["may"], json!([]));
    let tickets = format!("{path}/tickets");
    let (status, preview) = lea.does("POST", &format!("{tickets}/preview"), json!({"days": 60})).await;
    assert_eq!(status, 200, "{preview}");
    insta::assert_snapshot!(preview["text"].as_str().unwrap(), @"Sujets et messages des tickets fermés : 60 jours désormais. 1 élément est plus vieux : il est effacé maintenant, sans retour.");
    let (status, told) = lea.does("PATCH", &tickets, json!({"days": 60})).await;
    assert_eq!((status, &told["error"]), (409, &json!("confirm")), "{told}");
    let (status, told) = lea.does("PATCH", &tickets, json!({"confirm": preview["token"]})).await;
    assert_eq!(status, 200, "{told}");
    let rules = lea.json(&path).await["rules"].as_array().unwrap().clone();
    assert_eq!(rules.iter().find(|one| one["what"] == "tickets").unwrap()["days"], 60);
    let (status, preview) = lea.does("POST", &format!("{tickets}/preview"), json!({"days": null})).await;
    assert_eq!(status, 200, "{preview}");
    insta::assert_snapshot!(preview["text"].as_str().unwrap(), @"Sujets et messages des tickets fermés : gardé sans limite désormais.");
    for days in [json!(29), json!(3651), json!(-1)] {
        let (status, told) = lea.does("POST", &format!("{tickets}/preview"), json!({"days": days})).await;
        assert_eq!((status, &told["field"]), (400, &json!("days")), "{told}");
    }
    for what in ["accounting", "nothing"] {
        assert_eq!(lea.does("PATCH", &format!("{path}/{what}"), json!({"days": 60})).await.0, 404);
    }
    stage.close().await;
}
