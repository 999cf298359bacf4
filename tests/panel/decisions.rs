//! Shellia's plans at the panel: shown whole, approved as they were shown, carried out once; the switch.

use super::stage::{Browser, Stage};
use serde_json::{Value, json};
use shellia::config::Secret;
use shellia::control::plans::{self, NewPlan, Plan};
use shellia::control::wanted::{Wanted, WantedEnd, WantedOff, WantedPromotion};
use shellia::control::{Asker, Signer};
use shellia::kernel::{Clock, GuildId, Locale, UserId};
use shellia::peer_http::HttpPeer;
use std::time::Duration;
use url::Url;

const KEY: &str = "the-key-of-both-machines";

async fn open() -> Stage {
    Stage::with(&[("MAXIS_API_KEY", KEY)]).await
}

/// Shellia asks for a promotion on everything that somebody wants.
async fn planned(stage: &Stage, who: &str, key: &str, hundredths: u16) -> Plan {
    let signer = Signer::new(&Secret::new(KEY), "maxis");
    let base = Url::parse(&format!("{}/api", stage.base)).unwrap();
    let peer = HttpPeer::new(base, signer, Clock::new(), Duration::from_secs(20)).unwrap();
    let (guild, user) = (GuildId::new(stage.shop).unwrap(), UserId::new(stage.user(who)).unwrap());
    let wanted = WantedPromotion {
        off: WantedOff::PercentHundredths(hundredths),
        target: "everything".to_owned(),
        ends: WantedEnd::Minutes(48 * 60),
        billing: None,
        first_purchase: false,
        code: None,
        max_uses: Some(50),
        per_member: None,
        budget: None,
        reason: None,
    };
    let new = NewPlan { key: key.to_owned(), wanted: Wanted::Promotion(wanted) };
    plans::make_plan(&peer, Asker::person(guild, user, Locale::Fr), &new).await.unwrap()
}

/// Makes somebody an operator.
fn promote(stage: &Stage, who: &str) {
    let admin = stage.maxis.sandbox.role_id(stage.shop, "Admin").unwrap();
    stage.maxis.sandbox.set_member(stage.shop, stage.user(who), Some(vec![admin]), true).unwrap();
}

async fn approves(browser: &Browser, stage: &Stage, plan: &Plan, digest: &str) -> (u16, Value) {
    let path = stage.of_shop(&format!("/decisions/{}/approve", plan.number));
    browser.does("POST", &path, json!({"digest": digest})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_shown_whole_and_done_once_by_as_many_as_it_needs() {
    let stage = open().await;
    promote(&stage, "amina");
    let boss = stage.maxis.person("lea", "staff");
    for name in ["Guide", "Carte", "Livre", "Jeu"] {
        boss.uses("product_add", json!({"name": name, "kind": "key", "price": "5,00"})).await;
    }
    let (lea, amina) = (stage.signed_in("lea").await, stage.signed_in("amina").await);
    let plan = planned(&stage, "lea", "first", 2_500).await;
    let list = lea.json(&stage.of_shop("/decisions")).await;
    assert_eq!((&list["stopped"], &list["may"], &list["next"]), (&Value::Null, &json!(["stop"]), &Value::Null));
    let shown = &list["plans"][0];
    assert_eq!((&shown["id"], &shown["digest"]), (&json!(plan.number.to_string()), &json!(plan.digest)));
    assert_eq!((&shown["tier"], &shown["needed"], &shown["state"]), (&json!("two"), &json!(2), &json!("waiting")));
    assert_eq!((&shown["by"]["name"], &shown["may"]), (&json!("Léa"), &json!(["approve", "reject"])));
    let effects: Vec<&str> = shown["effect"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let prices = match &plan.effect {
        shellia::control::effect::Effect::Promotion(effect) => effect.prices.len(),
        other => panic!("{other:?}"),
    };
    assert!(prices > 8, "a card would hide some: {prices}");
    assert_eq!(effects.iter().filter(|line| line.contains('→') && line.contains('€')).count(), prices, "{effects:#?}");
    let what = shown["what"].as_str().unwrap();
    insta::assert_snapshot!(format!("{what}\n{}\n{}", shown["text"].as_str().unwrap(), effects[..2].join("\n")), @r"
    Une promotion commence : −25 % sur toute la boutique.
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    Pour qui : Tout le monde · 50 utilisations au plus
    Personne n’en a acheté ces 30 derniers jours
    ");

    // Another digest than the one that was shown approves nothing.
    let (status, changed) = approves(&lea, &stage, &plan, &"0".repeat(64)).await;
    assert_eq!((status, &changed["error"], &changed["plan"]["digest"]), (409, &json!("changed"), &shown["digest"]));
    let (status, told) = lea.does("POST", &stage.of_shop("/decisions/1/approve"), json!({})).await;
    assert_eq!((status, &told["field"]), (400, &json!("digest")));

    let (status, once) = approves(&lea, &stage, &plan, &plan.digest).await;
    assert_eq!((status, &once["state"], &once["may"]), (200, &json!("waiting"), &json!(["reject"])), "{once}");
    let twice = approves(&lea, &stage, &plan, &plan.digest).await;
    assert_eq!((twice.0, &twice.1["approvals"].as_array().unwrap().len()), (200, &1));
    let made = "select count(*) as n from promotions";
    assert_eq!(stage.maxis.database.count(made).await, 0);
    let (status, done) = approves(&amina, &stage, &plan, &plan.digest).await;
    assert_eq!((status, &done["state"], &done["may"]), (200, &json!("committed"), &json!([])), "{done}");
    assert_eq!(done["approvals"][1]["name"], "Amina");
    insta::assert_snapshot!(done["text"].as_str().unwrap(), @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    // A repeat finds what came of it.
    let again = approves(&amina, &stage, &plan, &plan.digest).await;
    assert_eq!((again.0, &again.1["state"]), (200, &json!("committed")));
    assert_eq!(stage.maxis.database.count(made).await, 1);

    assert_eq!(lea.json(&stage.of_shop("/decisions")).await["plans"], json!([]));
    let over = lea.json(&stage.of_shop("/decisions?state=done")).await;
    assert_eq!(over["plans"].as_array().unwrap().len(), 1);
    let one = lea.json(&stage.of_shop("/decisions?state=all&id=1")).await;
    assert_eq!(one["plans"][0]["id"], "1");
    assert_eq!(lea.json(&stage.of_shop("/decisions?state=all&id=9")).await["plans"], json!([]));
    for query in ["state=asleep", "id=x", "limit=101", "cursor=x"] {
        assert_eq!(lea.ask("GET", &stage.of_shop(&format!("/decisions?{query}")), None).await.status(), 400, "{query}");
    }
    // Another guild has no such plan, and support sees none.
    let paul = stage.signed_in("paul").await;
    let club = |rest: &str| format!("/api/admin/guilds/{}{rest}", stage.club);
    let (status, told) = paul.does("POST", &club("/decisions/1/approve"), json!({"digest": plan.digest})).await;
    assert_eq!((status, &told["error"]), (404, &json!("not_found")), "{told}");
    assert_eq!(paul.json(&club("/decisions?state=all")).await["plans"], json!([]));
    let sam = stage.signed_in("sam").await;
    let refused = sam.does("POST", &stage.of_shop("/stop"), json!({})).await;
    assert_eq!((refused.0, &refused.1["error"]), (403, &json!("not_allowed")));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_rejected_and_everything_stopped_until_going_on_is_approved() {
    let stage = open().await;
    let lea = stage.signed_in("lea").await;
    let first = planned(&stage, "lea", "first", 1_500).await;
    let path = stage.of_shop(&format!("/decisions/{}/reject", first.number));
    for _ in 0..2 {
        let (status, rejected) = lea.does("POST", &path, json!({})).await;
        assert_eq!((status, &rejected["state"], &rejected["may"]), (200, &json!("rejected"), &json!([])));
    }
    let (status, told) = approves(&lea, &stage, &first, &first.digest).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-plan-rejected")), "{told}");

    let second = planned(&stage, "lea", "second", 1_500).await;
    let (status, stopped) = lea.does("POST", &stage.of_shop("/stop"), json!({})).await;
    assert_eq!((status, &stopped["stopped"]["by"]["name"]), (200, &json!("Léa")), "{stopped}");
    assert_eq!(stopped["may"], json!(["resume"]));
    assert_eq!(lea.does("POST", &stage.of_shop("/stop"), json!({})).await.0, 200);
    let list = lea.json(&stage.of_shop("/decisions?state=all")).await;
    assert_eq!((&list["plans"][0]["id"], &list["plans"][0]["state"]), (&json!("2"), &json!("rejected")));
    let (status, told) = approves(&lea, &stage, &second, &second.digest).await;
    assert_eq!(status, 409, "{told}");

    let key = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &stage.of_shop("/resume"), Some(json!({})), &key).await;
        assert_eq!(answer.status(), 200);
        let asked: Value = answer.json().await.unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(asked["text"].as_str().unwrap(), @"La reprise est le plan #3, visible ici pendant dix minutes : rien ne repart tant qu’un opérateur ne l’a pas approuvé.");
        }
        numbers.push(asked["plan"]["id"].clone());
    }
    assert_eq!(numbers, [json!("3"), json!("3")]);
    let waits = lea.json(&stage.of_shop("/decisions")).await;
    assert_eq!((&waits["plans"][0]["id"], &waits["stopped"]["by"]["name"]), (&json!("3"), &json!("Léa")));
    let digest = json!({"digest": waits["plans"][0]["digest"]});
    let (status, done) = lea.does("POST", &stage.of_shop("/decisions/3/approve"), digest).await;
    assert_eq!((status, &done["state"]), (200, &json!("committed")), "{done}");
    let list = lea.json(&stage.of_shop("/decisions")).await;
    assert_eq!((&list["stopped"], &list["autonomy"]), (&Value::Null, &json!("Approbation")));
    let (status, told) = lea.does("POST", &stage.of_shop("/resume"), json!({})).await;
    assert_eq!((status, &told["error"]), (409, &json!("error-agent-not-stopped")));
    let page = lea.json(&stage.of_shop("/decisions?state=all&limit=2")).await;
    let next = page["next"].as_str().unwrap();
    let rest = lea.json(&stage.of_shop(&format!("/decisions?state=all&limit=2&cursor={next}"))).await;
    assert_eq!((&rest["plans"][0]["id"], &rest["next"]), (&json!("1"), &Value::Null));
    stage.close().await;
}
