//! A member of staff with a ticket of his own, and what is said where nothing is to be had: each says what to do instead.

use super::world::*;
use crate::support::db::run;
use shellia::commands::{FileRef, Raw};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_exist_is_the_last_one() {
    let world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    for (command, holds) in [("ticket_history", "a ouvert le ticket"), ("ticket_view", "Détails")] {
        let read = world.asks(&paul(), command, &[("id", n(id)), ("page", n(99_999))]).await;
        assert!(words(&read).contains(holds), "{command}: {read:?}");
        assert!(!labels(&read).iter().any(|label| label.contains("Plus récents")), "{command}: {read:?}");
        let nothing = world.asks(&paul(), command, &[("id", n(99)), ("page", n(99_999))]).await;
        assert!(words(&nothing).contains("Rien sous ce numéro"), "{command}: {nothing:?}");
    }
    let end = world.asks(&marie(), "ticket_list", &[("before", n(id))]).await;
    assert!(words(&end).contains("Rien de plus ici"));
    let newest = world.presses(&marie(), &end, "Les plus récents").await;
    assert!(words(&newest).contains("**#1**"), "{newest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_to_do_instead() {
    let world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    let same = words(&world.asks(&paul(), "ticket_category", &[("id", n(id)), ("category", t("general"))]).await);
    assert!(same.contains("rien n’a changé") && same.contains("/ticket_voir"), "{same}");
    let close = [("id", n(id)), ("reason", t("fini"))];
    world.asks(&marie(), "ticket_close", &close).await;
    let again = words(&world.asks(&marie(), "ticket_close", &close).await);
    assert!(again.contains("déjà fermé") && again.contains("/ticket_rouvrir"), "{again}");
    world.wait_hours(8 * 24);
    let reply = [("id", n(id)), ("message", t("Encore"))];
    for (command, given) in
        [("ticket_reply", &reply[..]), ("ticket_reopen", &reply[..1]), ("ticket_claim", &reply[..1])]
    {
        let told = words(&world.asks(&paul(), command, given).await);
        assert!(told.contains("Demandez au membre") && !told.contains("ticket_créer"), "{command}: {told}");
    }
    for (command, given) in [("ticket_reply", &reply[..]), ("ticket_reopen", &reply[..1])] {
        let told = words(&world.asks(&marie(), command, given).await);
        assert!(told.contains("ticket_créer"), "{command}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_discords_is_refused_and_the_ticket_is_kept() {
    let world = World::new().await;
    for (at, url) in
        ["https://evil.example/a.png", "http://127.0.0.1.evil.example/a.png", "a.png"].into_iter().enumerate()
    {
        let (name, content_type) = ("a.png".to_owned(), "image/png".to_owned());
        let file = Raw::File(FileRef { name, content_type, size: 12, url: url.to_owned() });
        let given = [("subject", t("x")), ("description", t("y")), ("file", file)];
        let said = words(&world.asks(&marie(), "ticket_create", &given).await);
        assert!(said.contains(&format!("#{}", at + 1)) && said.contains("ne vient pas de Discord"), "{url}: {said}");
    }
}
