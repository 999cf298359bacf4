//! Settings that operators choose: what is understood, what is proposed.

use super::world::*;
use shellia::commands;

#[tokio::test(flavor = "multi_thread")]
async fn every_time_zone_of_the_world_may_be_chosen_whatever_its_case() {
    let world = World::new().await;
    for (typed, zone) in [("Asia/Tokyo", "Asia/Tokyo"), ("pacific/noumea", "Pacific/Noumea"), ("UTC", "UTC")] {
        let set = world.asks(&boss(), "setup", &[("time_zone", t(typed))]).await;
        assert!(words(&set).contains(zone), "{typed}: {set:?}");
        let kept = format!("select count(*) as n from guilds where time_zone = '{zone}'");
        assert_eq!(world.database.count(&kept).await, 1, "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_time_zone_is_answered_with_the_nearest_ones() {
    let world = World::new().await;
    let refused = words(&world.asks(&boss(), "setup", &[("time_zone", t("Asia/Tokio"))]).await);
    assert!(refused.contains("je ne connais pas ce nom. Vouliez-vous dire : Asia/Tokyo"), "{refused}");
    let refused = words(&world.asks(&boss(), "setup", &[("time_zone", t("xyzzy"))]).await);
    assert!(refused.contains("je ne connais pas ce nom.") && !refused.contains("Vouliez-vous"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_zones_are_proposed_while_they_are_typed() {
    let world = World::new().await;
    let call = world.call(&boss(), "setup", &[]);
    for (typed, first) in [("", "Europe/Paris"), ("tok", "Asia/Tokyo"), ("new y", "America/New_York")] {
        let proposed = commands::suggest(&world.app, &call, "time_zone", typed).await;
        assert!(proposed.len() <= 25, "{typed}");
        assert_eq!(proposed.first().map(|(_, value)| value.as_str()), Some(first), "{typed}");
    }
    assert_eq!(commands::suggest(&world.app, &call, "language", "f").await, Vec::new());
}
