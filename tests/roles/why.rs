//! `/why`: the evidence, for oneself or for staff.

use super::world::World;
use shellia::commands::Raw;

fn of(user: u64) -> Vec<(String, Raw)> {
    vec![("person".to_owned(), Raw::Id(user))]
}

/// Times in a text, blanked.
pub fn blank(text: &str) -> String {
    let mut parts = text.split("<t:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("<t:…");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_is_told_to_oneself_and_to_staff() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "product/role/standard").await;
    world.buys(world.marie, "plan/pro/month").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    let why = world.why(world.marie, false, Vec::new()).await;
    // The day is the subscription's own, not the end of the grace behind it.
    let end =
        world.database.count("select floor(extract(epoch from period_end))::bigint as n from subscriptions").await;
    assert!(why.contains(&format!("se renouvelle le <t:{end}:D>")), "{why}");
    insta::assert_snapshot!("why_a_member_holds_a_role", blank(&why));
    // Staff ask about her; what Discord says of her did not come with the question.
    insta::assert_snapshot!("why_as_staff_see_it", blank(&world.why(world.jean, true, of(world.marie)).await));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_away_is_told_with_its_reason() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "product/role/standard").await;
    world.until_idle().await;
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.looks().await;
    world.until("select count(*) as n from entitlements where revoked_at is not null", 1).await;
    world.until_idle().await;
    insta::assert_snapshot!("why_a_role_was_taken", blank(&world.why(world.marie, false, Vec::new()).await));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_asks_about_nobody_else() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "product/role/standard").await;
    world.until_idle().await;
    let refused = world.why(world.jean, false, of(world.marie)).await;
    assert!(refused.contains("réservée à l’équipe"), "{refused}");
    let own = world.why(world.jean, false, of(world.jean)).await;
    assert!(own.contains("Rien à expliquer") && !own.contains("Premium"), "{own}");
    worker.stop().await;
}

/// Who asks on the server is there: Discord doesn't tell every bot who comes back.
#[tokio::test(flavor = "multi_thread")]
async fn who_came_back_unnoticed_is_not_told_that_he_is_away_and_gets_his_role() {
    let world = World::new().await;
    let worker = world.start();
    world.sandbox.set_member(world.guild, world.marie, None, false).unwrap();
    world.buys(world.marie, "product/role/standard").await;
    world.until("select count(*) as n from granted_roles where state = 'left'", 1).await;
    world.sandbox.set_member(world.guild, world.marie, Some(Vec::new()), true).unwrap();
    let why = world.why(world.marie, false, Vec::new()).await;
    assert!(why.contains("j’y travaille") && !why.contains("n’est pas sur le serveur"), "{why}");
    world.until_holds(world.marie, world.premium, true).await;
    worker.stop().await;
}
