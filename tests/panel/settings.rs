//! The settings at the panel, by the rules of `/setup`, and what its check finds.

use super::stage::Stage;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_shown_with_choices_and_changed_under_the_setups_rules() {
    let stage = Stage::open().await;
    let lea = stage.signed_in("lea").await;
    let all = lea.json(&stage.of_shop("/settings")).await;
    let of = |key: &str| all["settings"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap().clone();
    let shown: Vec<String> = all["settings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} ({}): {}",
                one["name"].as_str().unwrap(),
                one["kind"].as_str().unwrap(),
                one["shown"].as_str().unwrap_or("—")
            )
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    Salon de support (channel): #support
    Salon du staff (channel): #staff
    Rôle support (role): @Support
    Rôle opérateur (role): @Admin
    Langue (choice): français
    Fuseau horaire (text): Europe/Paris
    Devise (choice): Euro (€)
    ");
    let support = of("support_channel");
    let channels: Vec<&str> =
        support["choices"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(channels, ["#accueil", "#boutique", "#discussion", "#staff", "#support"]);
    assert!(of("time_zone")["choices"].is_null());

    let channel = |name: &str| stage.maxis.sandbox.channel_id(stage.shop, name).unwrap().to_string();
    let set = async |key: &str, value: Value| {
        lea.does("PATCH", &stage.of_shop(&format!("/settings/{key}")), json!({"value": value})).await
    };
    let (status, setting) = set("support_channel", json!(channel("discussion"))).await;
    assert_eq!((status, &setting["shown"]), (200, &json!("#discussion")), "{setting}");
    assert_eq!(set("support_channel", json!(channel("discussion"))).await.0, 200, "a repeat changes nothing");
    let (status, setting) = set("language", json!("en")).await;
    assert_eq!((status, &setting["value"]), (200, &json!("en")));
    let (status, setting) = set("currency", json!("usd")).await;
    assert_eq!((status, &setting["value"]), (200, &json!("usd")), "{setting}");
    let (status, told) = set("time_zone", json!("new york")).await;
    assert_eq!(status, 400);
    assert!(told["text"].as_str().unwrap().contains("America/New_York"), "{told}");
    let (status, setting) = set("time_zone", json!("America/New_York")).await;
    assert_eq!((status, &setting["value"]), (200, &json!("America/New_York")), "{setting}");

    // What would show tickets to everybody is not kept.
    let (status, told) = set("staff_channel", json!(channel("accueil"))).await;
    assert_eq!((status, &told["error"]), (409, &json!("setup-open-staff-channel")), "{told}");
    for (key, value) in [
        ("time_zone", json!("Atlantide")),
        ("language", json!("xx")),
        ("support_channel", Value::Null),
        ("support_role", json!("Nul")),
    ] {
        let (status, told) = set(key, value).await;
        assert_eq!((status, &told["field"]), (400, &json!("value")), "{key}: {told}");
        assert!(!told["text"].as_str().unwrap().is_empty());
    }
    assert_eq!(set("nothing", json!("1")).await.0, 404);
    let other = stage.signed_in("paul").await.json(&format!("/api/admin/guilds/{}/settings", stage.club)).await;
    assert_ne!(other["settings"][0]["value"], json!(channel("discussion")));

    let check = lea.json(&stage.of_shop("/check")).await;
    let found: Vec<String> = check["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}: {}", one["level"].as_str().unwrap(), one["text"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    ok: Tout est prêt. Si ce n’est pas encore fait, postez le bouton d’ouverture des tickets dans un salon : /ticket_panneau, dans Discord.
    warning: 5 articles n’ont pas de prix dans cette devise : ils ne sont pas vendus tant qu’ils n’en ont pas.
    ");
    stage.close().await;
}
