//! A member's copy: everything of his, nothing of others, no internal note.

use super::life::*;
use crate::tickets::world::*;
use serde_json::Value;

async fn copy_of(world: &World, who: &Someone) -> (String, Value) {
    let reply = world.asks(who, "privacy_export", &[]).await;
    assert_eq!(reply.files.len(), 1, "{reply:?}");
    let text = String::from_utf8(reply.files[0].bytes.clone()).unwrap();
    let read = serde_json::from_str(&text).unwrap();
    (text, read)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_what_is_his_and_nothing_else() {
    let world = world().await;
    let (text, copy) = copy_of(&world, &zoe()).await;
    assert!(!text.contains(NOTE) && !text.contains("Affaire de Jean") && !text.contains("\"11\""), "{text}");
    assert_eq!(copy["messages"].as_array().unwrap().len(), 3);
    assert_eq!(copy["messages"][1]["from"], "team");
    assert_eq!(copy["keys"][0]["key"], "SCHLUESSEL-1");
    assert_eq!(copy["you"], WHO.to_string());
    let empty: Vec<&str> = copy
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, part)| part.as_array().is_some_and(Vec::is_empty))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(empty, ["prizes", "roles"]);
    assert!(copy["about"][0].as_str().unwrap().contains("copie"), "{}", copy["about"]);
    let kept = "select count(*) as n from privacy_requests where kind = 'export' and state = 'done'";
    assert_eq!(world.database.count(kept).await, 1);
    // The file is not kept with the answers.
    assert_eq!(
        world.database.count("select count(*) as n from answers where reply::text like '%SCHLUESSEL%'").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_get_their_own_alone() {
    let world = world().await;
    let (text, copy) = copy_of(&world, &boss()).await;
    assert!(!text.contains(WORD) && !text.contains("Affaire de Jean"), "{text}");
    assert_eq!(copy["orders"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_an_hour() {
    let world = world().await;
    copy_of(&world, &zoe()).await;
    let again = world.asks(&zoe(), "privacy_export", &[]).await;
    assert_eq!(words(&again), "Vous avez déjà reçu une copie il y a moins d’une heure. Réessayez un peu plus tard.");
    world.wait_hours(2);
    copy_of(&world, &zoe()).await;
}
