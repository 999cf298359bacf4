//! A member of staff with a ticket of his own.

use super::world::*;
use crate::support::db::run;

fn has_stars(reply: &shellia::kernel::reply::Reply) -> bool {
    labels(reply).iter().any(|label| label.contains('⭐'))
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_give_themselves_no_stars() {
    let world = World::new().await;
    let rates = |id: i64| [("id", n(id)), ("stars", n(5))];
    let own = world.opens(&paul(), "à moi").await;
    world.asks(&paul(), "ticket_claim", &[("id", n(own))]).await;
    let resolved = world.asks(&paul(), "ticket_resolve", &[("id", n(own))]).await;
    assert!(words(&resolved).contains("résolu") && !words(&resolved).contains("prévenu"), "{resolved:?}");
    assert!(!has_stars(&world.asks(&paul(), "ticket_view", &[("id", n(own))]).await));
    let refused = words(&world.asks(&paul(), "ticket_rate", &rates(own)).await);
    assert!(refused.contains("Vous avez traité ce ticket vous-même"), "{refused}");
    let nobodys = world.opens(&paul(), "à personne").await;
    let closed = world.asks(&paul(), "ticket_close", &[("id", n(nobodys)), ("reason", t("fini"))]).await;
    assert!(words(&closed).contains("fermé") && !has_stars(&closed), "{closed:?}");
    let refused = words(&world.asks(&paul(), "ticket_rate", &rates(nobodys)).await);
    assert!(refused.contains("Vous avez traité ce ticket vous-même"), "{refused}");
    assert_eq!(world.database.count("select count(*) as n from tickets where rating is not null").await, 0);
    // Another's help may be rated, and a member's own ticket as ever.
    let helped = world.opens(&paul(), "aidé").await;
    world.asks(&ines(), "ticket_claim", &[("id", n(helped))]).await;
    world.asks(&ines(), "ticket_resolve", &[("id", n(helped))]).await;
    assert!(words(&world.asks(&paul(), "ticket_rate", &rates(helped)).await).contains("Merci"));
    let maries = world.opens(&marie(), "Aide").await;
    let closed = world.asks(&marie(), "ticket_close", &[("id", n(maries)), ("reason", t("fini"))]).await;
    assert!(has_stars(&closed));
    // What was given before that was refused doesn't count.
    let given = format!("update tickets set rating = 1, rated_at = now() where number = {own}");
    run(&mut world.database.owner().await, &given).await;
    let figures = words(&world.asks(&boss(), "ticket_stats", &[]).await);
    assert!(figures.contains("5,0 ⭐") && !figures.contains("3,0 ⭐") && !figures.contains("1,0 ⭐"), "{figures}");
}
