//! How long what is kept: rules, changing them, and what goes.

use super::life::*;
use crate::support::db::run;
use crate::tickets::world::*;
use insta::assert_snapshot;
use shellia::jobs::privacy;

const OLD_H: i64 = 1096 * 24;

#[tokio::test(flavor = "multi_thread")]
async fn old_tickets_lose_their_words_and_open_ones_keep_them() {
    let world = world().await;
    world.asks(&paul(), "ticket_close", &[("id", n(1)), ("reason", t(WORD))]).await;
    world.wait_hours(OLD_H - 48);
    privacy::retain(&world.app).await.unwrap();
    assert!(tables_with(&world.database, &[WORD]).await.contains(&"ticket_messages".to_owned()));
    world.wait_hours(72);
    while privacy::retain(&world.app).await.unwrap() {}
    let left = tables_with(&world.database, &[WORD, NOTE]).await;
    for table in ["tickets", "ticket_messages", "ticket_words", "ticket_attachments", "ticket_audit"] {
        assert!(!left.contains(&table.to_owned()), "{table}: {left:?}");
    }
    assert_eq!(world.database.count("select count(*) as n from tickets where subject = 'Autre'").await, 1);
    let cards = "select count(*) as n from outbox where kind = 'card' and ticket_number = 1 and created_at > now() + interval '1000 days'";
    assert_eq!(world.database.count(cards).await, 1, "the card in Discord loses the words too");
    // Whose it was and how it went is counted still.
    let kept = format!("select count(*) as n from tickets where opener_id = {WHO} and closed_at is not null");
    assert_eq!(world.database.count(&kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_was_opened_again_is_emptied_again() {
    let world = world().await;
    world.asks(&paul(), "ticket_close", &[("id", n(1)), ("reason", t("fini"))]).await;
    run(
        &mut world.database.owner().await,
        "update tickets set emptied_at = now() - interval '2 days', closed_at = now() - interval '1 day' where number = 1",
    )
    .await;
    privacy::retain(&world.app).await.unwrap();
    assert!(tables_with(&world.database, &[WORD]).await.contains(&"ticket_messages".to_owned()));
    world.wait_hours(OLD_H);
    while privacy::retain(&world.app).await.unwrap() {}
    assert!(!tables_with(&world.database, &[WORD]).await.contains(&"ticket_messages".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_and_changes_the_rules_and_is_asked_back() {
    let world = world().await;
    let seen = world.asks(&boss(), "retention", &[]).await;
    assert_snapshot!(timeless(&seen));
    world.asks(&paul(), "ticket_close", &[("id", n(1)), ("reason", t("fini"))]).await;
    world.wait_hours(40 * 24);
    let wrong = world.asks(&boss(), "retention", &days("kept_tickets", 3)).await;
    assert_snapshot!(words(&wrong));
    let asked = world.asks(&boss(), "retention", &days("kept_tickets", 30)).await;
    assert_snapshot!(timeless(&asked));
    assert_eq!(world.database.count("select count(*) as n from retention").await, 0);
    let done = world.presses(&boss(), &asked, "Oui, effacer").await;
    assert_snapshot!(words(&done));
    privacy::retain(&world.app).await.unwrap();
    assert!(!tables_with(&world.database, &[NOTE]).await.contains(&"ticket_messages".to_owned()));
    let longer = world.asks(&boss(), "retention", &days("kept_audit", 0)).await;
    assert_eq!(words(&longer), "✅ Journal des tickets et de la boutique : sans limite.");
    assert_eq!(world.database.count("select count(*) as n from shop_audit where action = 'retention_set'").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_and_events_of_the_provider_go_when_they_are_old() {
    let world = world().await;
    let owner = &mut world.database.owner().await;
    crate::support::db::run(
        owner,
        "insert into provider_events values ('evt_old', 'x', 'y', true, now() - interval '500 days', now() - interval '500 days'),
                                            ('evt_new', 'x', 'y', true, now(), now());
         update shop_audit set at = now() - interval '1100 days';",
    )
    .await;
    while privacy::retain(&world.app).await.unwrap() {}
    assert_eq!(world.database.count("select count(*) as n from provider_events").await, 1);
    assert_eq!(world.database.count("select count(*) as n from shop_audit").await, 0);
    assert!(world.database.count("select count(*) as n from ticket_audit").await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_by_the_guilds_own_time() {
    let world = world().await;
    world.asks(&boss(), "retention", &days("kept_files", 120)).await;
    world.wait_hours(100 * 24);
    privacy::retain(&world.app).await.unwrap();
    let files = "select count(*) as n from ticket_attachments where bytes is not null";
    assert_eq!(world.database.count(files).await, 1);
    world.wait_hours(30 * 24);
    privacy::retain(&world.app).await.unwrap();
    assert_eq!(world.database.count("select count(*) as n from ticket_attachments").await, 0);
}
