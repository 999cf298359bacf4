//! The list of giveaways page by page, nobody in numbers, and what everybody has.

use crate::tickets::world::*;
use insta::assert_snapshot;
use shellia::commands::Raw;

async fn makes(world: &World, more: &[(&'static str, Raw)]) -> String {
    let mut given = vec![("prize", t("Un jeu")), ("winners", n(1)), ("duration", t("48h"))];
    given.extend(more.iter().cloned());
    words(&world.asks(&boss(), "giveaway_create", &given).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everybody_has_is_no_requirement() {
    let world = World::new().await;
    let everyone = format!("<@&{GUILD}>");
    for more in [
        [("any_role", t(&everyone))].as_slice(),
        &[("all_roles", t(&everyone))],
        &[("no_role", t(&everyone))],
        &[("bonus_role", Raw::Id(GUILD)), ("bonus_entries", n(3))],
    ] {
        assert!(makes(&world, more).await.starts_with("Le rôle @everyone est celui de tout le monde"), "{more:?}");
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_that_run_come_first_and_the_others_on_further_pages() {
    let world = World::new().await;
    for _ in 0..7 {
        makes(&world, &[]).await;
    }
    // Five wait for claims, two run.
    let root = "ab".repeat(32);
    crate::support::db::run(
        &mut world.database.owner().await,
        &format!(
            "update giveaways set state = 'drawn', root = '{root}', commitment = '{root}', entries = 1 where number <= 5; \
             update giveaways set state = 'open' where number > 5"
        ),
    )
    .await;
    let first = world.asks(&boss(), "giveaway", &[]).await;
    let numbers = |reply: &shellia::kernel::reply::Reply| {
        reply.cards.iter().map(|card| card.footer.clone()).collect::<Vec<_>>().join(", ")
    };
    assert_snapshot!(first.text, @"Page 1 sur 2 : 7 concours, d’abord ceux en cours.");
    assert_snapshot!(numbers(&first), @"Concours #6, Concours #7, Concours #1, Concours #2, Concours #3");
    let second = world.presses(&boss(), &first, "Suivant").await;
    assert_snapshot!(numbers(&second), @"Concours #4, Concours #5");
    // A member sees those that run, on one page.
    let own = world.asks(&marie(), "giveaway", &[]).await;
    assert_snapshot!(format!("{}{}", own.text, numbers(&own)), @"Concours #6, Concours #7");
    let nobody = world.asks(&boss(), "giveaway_entrants", &[("giveaway", n(6))]).await;
    assert_snapshot!(nobody.cards[0].title, @"👥 Un jeu : 0 participant, 0 chance");
}
