//! Promotions at the panel: prices before and after, then made as they were shown, once; and stopped.

use super::stage::Stage;
use crate::support::db::run;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_is_made_as_it_was_shown_once_and_stopped() {
    let stage = Stage::open().await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/promotions");
    let typed =
        json!({"value": "15 %", "target": "Pro", "duration": "48h", "reason": "Rentrée", "uses": 50, "code": null});
    let (status, preview) = lea.does("POST", &format!("{path}/preview"), typed.clone()).await;
    assert_eq!(status, 200, "{preview}");
    let prices = preview["prices"].as_array().unwrap();
    let month = prices.iter().find(|one| one["item"] == "Pro · au mois").unwrap_or_else(|| panic!("{preview}"));
    let minor = |price: &Value| price["minor"].as_i64().unwrap();
    let (before, after) = (minor(&month["before"]), minor(&month["after"]));
    // A part of a cent is the buyer's.
    assert_eq!(after, before * 85 / 100, "{month}");
    assert_eq!(stage.maxis.database.count("select count(*) as n from promotions").await, 0);
    let text = preview["text"].as_str().unwrap();
    assert!(text.starts_with("Une promotion commence : −15\u{a0}% sur"), "{text}");
    assert_eq!(preview["warnings"], json!([]));

    let (status, told) = lea.does("POST", &path, json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("refused")));
    // A price that changed meanwhile is shown anew before anything is made.
    let mut owner = stage.maxis.database.owner().await;
    run(&mut owner, "update prices set amount_minor = amount_minor + 100 where item = 'plan/pro/month'").await;
    let (status, changed) = lea.does("POST", &path, json!({"confirm": preview["token"]})).await;
    assert_eq!((status, &changed["error"]), (409, &json!("changed")), "{changed}");
    let now =
        changed["preview"]["prices"].as_array().unwrap().iter().find(|one| one["item"] == "Pro · au mois").unwrap();
    assert_eq!(minor(&now["before"]), before + 100);
    assert_eq!(stage.maxis.database.count("select count(*) as n from promotions").await, 0);
    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];
    for _ in 0..2 {
        let confirm = json!({"confirm": changed["preview"]["token"]});
        let answer = lea.ask_with("POST", &path, Some(confirm), &key).await;
        let (status, row) = (answer.status().as_u16(), answer.json::<Value>().await.unwrap());
        assert_eq!((status, &row["number"], &row["state"]), (201, &json!(1), &json!("active")), "{row}");
    }
    let list = lea.json(&path).await;
    let row = &list["promotions"][0];
    assert_eq!((&row["what"], &row["uses_allowed"], &row["why"]), (&json!("15\u{a0}%"), &json!(50), &json!("Rentrée")));
    assert_eq!((&row["by"]["name"], &row["may"], &row["spent"]["minor"]), (&json!("Léa"), &json!(["stop"]), &json!(0)));
    assert_eq!(list["promotions"].as_array().unwrap().len(), 1);

    let stop = stage.of_shop("/promotions/1/stop");
    let (status, told) = lea.does("POST", &stop, json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("confirm")));
    let shown =
        told["preview"]["prices"].as_array().unwrap().iter().find(|one| one["item"] == "Pro · au mois").unwrap();
    assert_eq!(minor(&shown["after"]), before + 100, "{told}");
    let (status, preview) = lea.does("POST", &format!("{stop}/preview"), json!({})).await;
    assert_eq!(status, 200);
    insta::assert_snapshot!(preview["text"].as_str().unwrap().lines().next().unwrap(), @"La promotion n° 1 s’arrête : la formule Pro.");
    for _ in 0..2 {
        let (status, row) = lea.does("POST", &stop, json!({"confirm": preview["token"]})).await;
        assert_eq!((status, &row["state"], &row["may"]), (200, &json!("stopped"), &json!([])), "{row}");
    }
    let (status, told) = lea.does("POST", &format!("{stop}/preview"), json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-promo-over")));
    assert_eq!(lea.json(&stage.of_shop("/promotions?state=active")).await["promotions"], json!([]));
    let paul = stage.signed_in("paul").await;
    let club = format!("/api/admin/guilds/{}/promotions/1/stop", stage.club);
    assert_eq!(paul.does("POST", &format!("{club}/preview"), json!({})).await.0, 404);
    // The word is hers.
    assert_eq!(paul.does("POST", &club, json!({"confirm": preview["token"]})).await.0, 409);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_promotion_may_be_is_said_beside_its_field() {
    let stage = Stage::open().await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/promotions/preview");
    let with = |field: &str, value: Value| {
        let mut typed = json!({"value": "10 %", "target": "Pro", "duration": "48h", "reason": "Essai"});
        typed[field] = value;
        typed
    };
    let mut told = Vec::new();
    for (field, value) in [
        ("value", json!("beaucoup")),
        ("value", json!("95 %")),
        ("value", Value::Null),
        ("target", json!("Rien de tel")),
        ("duration", json!("bientôt")),
        ("duration", Value::Null),
        ("code", json!("a b")),
        ("budget", json!("cher")),
        ("starts", json!("hier peut-être")),
        ("reason", Value::Null),
    ] {
        let (status, refused) = lea.does("POST", &path, with(field, value.clone())).await;
        assert_eq!((status, &refused["field"]), (400, &json!(field)), "{value}: {refused}");
        told.push(format!("{field}: {}", refused["text"].as_str().unwrap()));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    value: Valeur doit être un pourcentage ou un montant, comme 20 % ou 5 €.
    value: Valeur : une promotion retire au plus 30 % du prix. Écrivez 30 % ou moins.
    value: Remplissez ce champ : il ne peut pas rester vide.
    target: Sur : je ne connais pas ce nom.
    duration: Durée doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    duration: Remplissez ce champ : il ne peut pas rester vide.
    code: Code à saisir doit avoir de 3 à 30 signes.
    budget: Budget doit être un montant, comme 50 €.
    starts: Début doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    reason: Remplissez ce champ : il ne peut pas rester vide.
    ");
    let (status, refused) = lea.does("POST", &path, with("duration", json!("400d"))).await;
    assert_eq!((status, &refused["error"]), (409, &json!("error-promo-too-long")), "{refused}");
    let (status, preview) = lea.does("POST", &path, with("target", Value::Null)).await;
    assert_eq!(status, 200);
    assert_eq!(preview["warnings"].as_array().unwrap().len(), 1, "nothing bounds it: {preview}");
    stage.close().await;
}
