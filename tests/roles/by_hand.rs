//! What staff give by hand, or take back: its member is told what it is and until when, and not why.

use super::words::plain;
use super::world::World;
use shellia::commands::Raw;
use shellia::kernel::{Locale, UserId};

fn of(user: u64, plan: &str, days: Option<i64>) -> Vec<(String, Raw)> {
    let t = |text: &str| Raw::Text(text.to_owned());
    let mut given = vec![("member".to_owned(), Raw::Id(user)), ("given_plan".to_owned(), t(plan))];
    given.extend(days.map(|days| ("given_days".to_owned(), Raw::Int(days))));
    given.push(("reason".to_owned(), t("Un essai raté")));
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_something_by_the_team_is_told_and_so_is_who_loses_it() {
    let world = World::new().await;
    let worker = world.start();
    for (command, days) in [("grant", Some(30)), ("revoke", None), ("grant", None)] {
        let said = plain(&world.asks(world.jean, command, (true, of(world.marie, "pro", days))).await);
        assert!(said.contains("**Pro**"), "{said}");
        world.until_idle().await;
    }
    let told = world.told(world.marie).iter().map(|text| super::why::blank(text)).collect::<Vec<_>>();
    assert!(!told.iter().any(|text| text.contains("raté")), "what staff wrote is theirs: {told:?}");
    insta::assert_snapshot!(told.join("\n—\n"), @r"
    🌍 🎁 L’équipe vous donne la formule **Pro**, jusqu’au <t:……:D>. Vous n’avez rien à payer, et rien ne se renouvelle.
    [⭐ Ce que j’ai]
    —
    🌍 🔚 L’équipe a repris la formule **Pro**. Rien ne vous est prélevé. Une question ? `/ticket_créer`, sur le serveur.
    —
    🌍 🎁 L’équipe vous donne la formule **Pro**, sans limite de durée. Vous n’avez rien à payer.
    [⭐ Ce que j’ai]
    ");
    // In her own language, once it is known.
    world.app().guilds.languages.hear(world.guild_id(), UserId::new(world.marie).unwrap(), Locale::En);
    world.asks(world.jean, "revoke", (true, of(world.marie, "pro", None))).await;
    world.until_idle().await;
    insta::assert_snapshot!(world.told(world.marie).last().unwrap(), @"🌍 🔚 The team took back the plan **Pro**. Nothing is charged. A question? `/ticket_create`, on the server.");
    worker.stop().await;
}
