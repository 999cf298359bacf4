//! How many open tickets a member may have at once.

use super::world::*;
use shellia::app::TicketRules;
use shellia::kernel::reply::Reply;

const TICKETS: &str = "select count(*) as n from tickets";

async fn two_at_once() -> World {
    World::with(TicketRules { open_max: 2, ..TicketRules::default() }).await
}

fn is_refused(reply: &Reply) -> bool {
    words(reply).contains("beaucoup de tickets ouverts") && words(reply).contains("`/ticket_liste`")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_has_many_open_tickets_opens_no_other_by_any_way_and_loses_nothing_of_what_he_wrote() {
    let world = two_at_once().await;
    let form = world.form(&marie(), "ticket_create", &[]).await;
    world.opens(&marie(), "Un").await;
    world.opens(&marie(), "Deux").await;
    let given = [("subject", t("Trois")), ("description", t("Détails"))];
    assert!(is_refused(&world.asks(&marie(), "ticket_create", &given).await));
    let typed = world.says(&marie(), "!ticket_create Trois Tous les détails").await;
    assert!(is_refused(&typed) && words(&typed).contains("Tous les détails"), "{}", words(&typed));
    let sent = world.sends(&marie(), &form, &[("subject", "Trois"), ("description", "Tous les détails")]).await;
    assert!(is_refused(&sent) && words(&sent).contains("Tous les détails"), "{}", words(&sent));
    assert_eq!(world.database.count(TICKETS).await, 2);
    assert_eq!(world.opens(&jean(), "Un").await, 3, "no number was taken, and others go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_done_with_makes_room() {
    let world = two_at_once().await;
    world.opens(&marie(), "Un").await;
    world.opens(&marie(), "Deux").await;
    world.asks(&marie(), "ticket_close", &[("id", n(1))]).await;
    assert_eq!(world.opens(&marie(), "Trois").await, 3);
    let given = [("subject", t("Quatre")), ("description", t("Détails"))];
    assert!(is_refused(&world.asks(&marie(), "ticket_create", &given).await));
    world.asks(&paul(), "ticket_resolve", &[("id", n(2))]).await;
    assert_eq!(world.opens(&marie(), "Quatre").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_open_as_many_as_they_like() {
    let world = two_at_once().await;
    for who in [paul(), boss()] {
        for _ in 0..4 {
            world.opens(&who, "Encore").await;
        }
    }
    assert_eq!(world.database.count(TICKETS).await, 8);
}
