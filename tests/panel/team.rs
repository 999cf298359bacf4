//! The team at the panel: to whom a ticket may be given, and who looked at it.

use super::stage::Stage;
use super::tickets::opens;
use serde_json::{Value, json};

fn staff(info: &Value) -> Vec<(&str, bool)> {
    let mates = info["staff"].as_array().unwrap();
    mates.iter().map(|one| (one["name"].as_str().unwrap(), one["here"].as_bool().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_role_of_the_team_is_offered_also_who_was_never_seen_at_work() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/guild");
    assert_eq!(staff(&lea.json(&path).await), [("Léa", false), ("Sam", false)]);
    // Who has the panel open comes first, and is marked.
    let sam = stage.signed_in("sam").await;
    let open = sam.ask("GET", &stage.of_shop("/stream"), None).await;
    assert_eq!(open.status(), 200);
    assert_eq!(staff(&lea.json(&path).await), [("Sam", true), ("Léa", false)]);
    drop(open);
    let to = json!({"to": stage.user("sam").to_string()});
    let (_, assigned) = lea.does("POST", &stage.of_shop("/tickets/1/assign"), to).await;
    assert_eq!(assigned["assignee"]["name"], "Sam");
    // Another guild's panel has a team of its own.
    let paul = stage.signed_in("paul").await;
    let club = paul.json(&format!("/api/admin/guilds/{}/guild", stage.club)).await;
    assert!(staff(&club).iter().all(|(name, _)| ["Paul", "Nora"].contains(name)), "{club}");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_discord_lists_nobody_those_are_offered_who_were_seen_at_work() {
    let stage = Stage::with(&[("DISCORD_GUILD_MEMBERS", "false")]).await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let lea = stage.signed_in("lea").await;
    stage.signed_in("sam").await.does("POST", &stage.of_shop("/tickets/1/claim"), json!({})).await;
    let info = lea.json(&stage.of_shop("/guild")).await;
    let mut names: Vec<&str> = staff(&info).into_iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Léa", "Sam"]);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_told_together_in_a_tickets_history_and_each_by_itself_in_the_audit() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let (lea, sam) = (stage.signed_in("lea").await, stage.signed_in("sam").await);
    let (ticket, history) = (stage.of_shop("/tickets/1"), stage.of_shop("/tickets/1/history"));
    sam.does("POST", &stage.of_shop("/tickets/1/claim"), json!({})).await;
    for _ in 0..3 {
        sam.json(&ticket).await;
    }
    lea.json(&ticket).await;
    lea.json(&history).await;
    let page = lea.json(&history).await;
    let deeds: Vec<&str> =
        page["lines"].as_array().unwrap().iter().map(|line| line["deed"].as_str().unwrap()).collect();
    assert_eq!(deeds, ["claimed", "created"]);
    let looks: Vec<(&str, i64)> = page["looks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|look| (look["by"]["name"].as_str().unwrap(), look["times"].as_i64().unwrap()))
        .collect();
    let of = |who| looks.iter().find(|(name, _)| *name == who).map(|(_, times)| *times).unwrap();
    assert!(of("Sam") >= 3 && of("Léa") >= 2 && looks[0].0 == "Léa", "{looks:?}");
    let audit = lea.json(&stage.of_shop("/audit?what=viewed")).await;
    let each = audit["lines"].as_array().unwrap().iter().filter(|line| line["by"]["name"] == "Sam").count();
    assert!(each >= 3, "{audit}");
    stage.close().await;
}
