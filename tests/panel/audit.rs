//! The audit at the panel: tickets', shop's, Shellia's and who came in, as one list.

use super::stage::Stage;
use super::tickets::opens;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_one_list_that_is_narrowed_and_paged() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let (lea, sam) = (stage.signed_in("lea").await, stage.signed_in("sam").await);
    sam.does("POST", &stage.of_shop("/tickets/1/priority"), json!({"priority": "high"})).await;
    lea.does("POST", &stage.of_shop("/stop"), json!({})).await;
    let giveaway = json!({"prize": "Un jeu", "winners": 1, "duration": "2d", "giveaway_channel": "discussion"});
    lea.does("POST", &stage.of_shop("/giveaways"), giveaway).await;
    let boss = stage.maxis.person("lea", "support");
    boss.uses("plan_edit", json!({"plan": "pro", "month_price": "12,90"})).await;
    let grant = json!({"member": stage.user("amina").to_string(), "given_plan": "pro", "reason": "Concours"});
    boss.uses("grant", grant).await;
    lea.json(&stage.of_shop("/tickets")).await;
    stage.maxis.settled().await;

    let path = stage.of_shop("/audit");
    let lines = |page: &Value| page["lines"].as_array().unwrap().clone();
    let said = |line: &Value| {
        let text = |key: &str| line[key].as_str().unwrap_or("—").to_owned();
        format!(
            "{} {} [{} · {}] {} → {}",
            line["by"]["name"].as_str().unwrap_or("—"),
            text("text"),
            text("deed"),
            text("subject"),
            text("old"),
            text("new")
        )
    };
    let whole = lines(&lea.json(&path).await);
    insta::assert_snapshot!(whole.iter().map(said).collect::<Vec<_>>().join("\n"), @r"
    Léa a donné un accès [shop.granted · @Amina] — → la formule Pro · Concours
    Léa a modifié une formule [shop.plan_edited · Pro] Prix par mois : 9,99 € → 12,90 €
    — a chargé le catalogue de départ [shop.catalogue_loaded · ] — → Gratuit, Basic, Pro, Ultra, Fondateur
    Léa a lancé un concours [shop.giveaway_made · #1 · Un jeu] — → Un jeu
    Léa a tout arrêté [agent.stopped · ] — → —
    Sam a changé la priorité [ticket.priority_changed · #1] 🟡 Moyenne → 🟠 Haute
    Sam s’est connecté au panneau [panel.sign_in_in · par Discord · 127.0.0.0/24] — → —
    Léa s’est connecté au panneau [panel.sign_in_in · par Discord · 127.0.0.0/24] — → —
    Marie a ouvert le ticket [ticket.created · #1] — → ❓ Général 🟡 Moyenne
    ");
    assert_eq!(whole.iter().find(|line| line["deed"] == "ticket.created").unwrap()["link"], "tickets.html?ticket=1");

    // Page by page it is the same, and no line is there twice.
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = lea.json(&format!("{path}?limit=2&cursor={cursor}")).await;
        seen.extend(lines(&page));
        let Some(next) = page["next"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(seen, whole);
    let what = lines(&lea.json(&format!("{path}?what=concours")).await);
    assert_eq!(what.iter().map(|line| line["deed"].as_str().unwrap()).collect::<Vec<_>>(), ["shop.giveaway_made"]);
    let who = lines(&lea.json(&format!("{path}?who={}", stage.user("sam"))).await);
    assert!(!who.is_empty() && who.iter().all(|line| line["by"]["name"] == "Sam"), "{who:?}");
    assert!(lines(&lea.json(&format!("{path}?what=abracadabra")).await).is_empty());
    assert!(
        lines(&lea.json(&format!("{path}?what=lu%20la%20liste")).await).len() == 1,
        "what only reads is asked for by name"
    );
    assert!(lines(&lea.json(&format!("{path}?to=2020-01-01")).await).is_empty());
    assert_eq!(lines(&lea.json(&format!("{path}?from=2020-01-01")).await), whole);
    for query in ["who=x", "from=hier", "to=0000-01-01", "cursor=abc", "limit=0"] {
        assert_eq!(lea.ask("GET", &format!("{path}?{query}"), None).await.status(), 400, "{query}");
    }
    // Another guild's operators see none of it, nor who came in here.
    let paul = stage.signed_in("paul").await;
    let club = lines(&paul.json(&format!("/api/admin/guilds/{}/audit", stage.club)).await);
    assert!(club.iter().all(|line| line["by"]["name"] == "Paul"), "{club:?}");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_the_server_is_named_still_and_can_be_asked_for() {
    let stage = Stage::open().await;
    opens(&stage, "jean", "Aide", "Bonjour").await;
    let jean = stage.user("jean");
    stage.maxis.sandbox.set_member(stage.shop, jean, None, false).unwrap();
    let lea = stage.signed_in("lea").await;
    let found = lea.json(&stage.of_shop(&format!("/audit?who={jean}"))).await;
    let lines = found["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["by"], json!({"id": jean.to_string(), "name": "Jean"}));
    let member = lea.ask("GET", &stage.of_shop(&format!("/members/{jean}")), None).await;
    assert_eq!(member.status(), 200, "he is known by his ticket");
    stage.close().await;
}
