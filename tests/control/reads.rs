//! Shellia's commands over a real shop: what operators read in French and English, and what everybody else is told.

use super::real::{MEMBER, OPERATOR, Real, SUPPORT, asker};
use crate::analytics::conversation::busy;
use crate::tickets::world::timeless;
use insta::assert_snapshot;
use shellia::control::{Failed, Wanted, Why, analytics, catalogue, promotions, report, settings, tickets};
use shellia::kernel::Locale::{En, Fr};
use shellia::kernel::reply::Reply;

/// What somebody reads, and the files with it.
fn read(reply: &Reply) -> String {
    let mut bare = reply.clone();
    bare.files.clear();
    let files: String = reply.files.iter().map(|file| format!("\n📎 {}", file.name)).collect();
    timeless(&bare) + &files
}

/// A small shop with a promotion, a giveaway and tickets.
async fn lively() -> Real {
    let shop = busy().await;
    shop.sql(
        "insert into promotions (guild_id, number, kind, percent_hundredths, cap_hundredths, currency, target, code, starts_at,
             ends_at, uses_allowed, uses_held, spent_minor, made_by, reason, request, state, started_at, created_at, updated_at)
         values (7, 1, 'manual', 2000, 3000, 'eur', 'plan/pro', 'NOEL20', '2026-11-20T00:00Z', '2026-12-01T00:00Z', 50, 1, 200, 22,
             'Noël', 'p1', 'active', '2026-11-20T00:00Z', '2026-11-20T00:00Z', '2026-11-20T00:00Z');
         insert into promotion_uses values (7, 5, 1, 10, 'used', 200, 'eur', '2026-11-25T23:30Z', '2026-11-25T23:30Z');
         insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements,
             claim_hours, source, state, starts_at, ends_at, created_at, updated_at)
         values (7, 1, 22, 'g1', 50, 'Nitro', '', 2, 'hand', '{}', 0, 'quicknet', 'open', '2026-11-24T00:00Z', '2026-11-30T00:00Z',
             '2026-11-24T00:00Z', '2026-11-24T00:00Z');
         insert into giveaway_entries (guild_id, giveaway, user_id, weight, entered_at)
         values (7, 1, 10, 1, '2026-11-25T08:00Z'), (7, 1, 11, 1, '2026-11-25T09:00Z');",
    )
    .await;
    // Opened, answered after so many minutes, solved after so many (0: not yet), with so many stars.
    for (number, answered, solved, stars) in [(1, 20, 50, 5), (2, 40, 90, 4), (3, 30, 0, 0)] {
        let after = |minutes: i64| format!("timestamptz '2026-11-25T10:00Z' + interval '{minutes} min'");
        let (state, resolved) = if solved == 0 { ("open", "null".to_owned()) } else { ("resolved", after(solved)) };
        let breached = if number == 2 { after(60) } else { "null".to_owned() };
        let (rating, rated) =
            if stars == 0 { ("null".to_owned(), "null".to_owned()) } else { (stars.to_string(), after(95)) };
        shop.sql(&format!(
            "insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
                 assignee_id, created_at, updated_at, first_response_at, sla_left_ms, sla_breached_at, resolved_at, rating, rated_at)
             values (7, {number}, 10, 'Marie', 'fr', 'x', 'general', 'medium', '{state}', 20, '2026-11-25T10:00Z', '2026-11-25T10:00Z',
                 {}, 0, {breached}, {resolved}, {rating}, {rated})",
            after(answered)
        ))
        .await;
    }
    Real::serve(shop)
}

#[tokio::test(flavor = "multi_thread")]
async fn analytics_are_a_card_with_a_chart() {
    let real = lively().await;
    let reply = real.types(OPERATOR, 7, Fr, "!maxis analytics").await;
    assert!(reply.files[0].bytes.starts_with(b"\x89PNG"));
    assert_snapshot!(read(&reply), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis analytics yesterday").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis chiffres la semaine dernière jpy").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis analytics hiver").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis analytics 900d").await), @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recap_is_of_the_last_whole_week() {
    let real = lively().await;
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis rapport").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis report 7d").await), @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn promotions_giveaways_tickets_and_settings_are_listed() {
    let real = lively().await;
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis promos").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis promos").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis concours").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis giveaways").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis tickets 7j").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis tickets 7d").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis config").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis config").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis config langue").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis config color").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis météo").await), @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_shop_is_told_so() {
    let shop = crate::analytics::world::Shop::open().await;
    shop.now_is("2026-11-26T15:00:00Z");
    let real = Real::serve(shop);
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis analytics").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis promos").await), @"");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis concours").await), @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_operator_for_maxis_is_told_nothing_whatever_shellia_thinks() {
    let real = lively().await;
    // Shellia takes each of them for an operator: it is Maxis who says no.
    for who in [MEMBER, SUPPORT, 99] {
        for asked in ["analytics", "report", "promos", "giveaways", "tickets", "config"] {
            let reply = real.types(who, 7, Fr, &format!("!maxis {asked}")).await;
            assert_eq!(read(&reply), "Cette commande est réservée aux opérateurs.", "{who} {asked}");
        }
        let said = real.types(who, 7, En, "how many sales yesterday?").await;
        assert_eq!(read(&said), "This command is for operators.", "{who}");
        let peer = &*real.shellia.peer;
        let of = |why: Result<(), Failed>| match why {
            Err(Failed::Denied(denied)) => denied.why,
            other => panic!("{who}: {other:?}"),
        };
        let (asker, all) = (asker(7, who), Wanted::default());
        for why in [
            of(analytics(peer, asker, &all).await.map(|_| ())),
            of(report(peer, asker, &all).await.map(|_| ())),
            of(promotions(peer, asker, None).await.map(|_| ())),
            of(tickets(peer, asker, None).await.map(|_| ())),
            of(catalogue(peer, asker).await.map(|_| ())),
            of(settings(peer, asker).await.map(|_| ())),
        ] {
            assert_eq!(why, Why::NotAllowed, "{who}");
        }
    }
    // A guild that this Maxis doesn't know, and one that has nothing to do with the shop's.
    let unknown = analytics(&*real.shellia.peer, asker(777, OPERATOR), &Wanted::default()).await.unwrap_err();
    assert!(matches!(unknown, Failed::Denied(denied) if denied.why == Why::NotFound));
    real.shop.guild_with(1000, "Europe/Paris").await;
    let other = analytics(&*real.shellia.peer, asker(1000, OPERATOR), &Wanted::default()).await.unwrap();
    assert_eq!((other.now.money.gross, other.plans.len(), other.others.len()), (0, 0, 0));
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_cant_be_are_refused_kindly() {
    let real = lively().await;
    for wanted in [
        Wanted::period("all_time"),
        Wanted::period("1999"),
        Wanted::period("'; drop table orders"),
        Wanted {
            from: Some("2026-01-02".parse().unwrap()),
            to: Some("2026-01-01".parse().unwrap()),
            ..Wanted::default()
        },
        Wanted { from: Some("-9999-01-01".parse().unwrap()), ..Wanted::default() },
        Wanted { to: Some("9999-12-31".parse().unwrap()), ..Wanted::default() },
        Wanted { from: Some("2026-01-02".parse().unwrap()), ..Wanted::period("today") },
        Wanted { currency: Some("xyz".to_owned()), ..Wanted::default() },
    ] {
        match analytics(&*real.shellia.peer, asker(7, OPERATOR), &wanted).await {
            Err(Failed::Denied(denied)) => assert_eq!(denied.why, Why::BadInput, "{wanted:?}"),
            other => panic!("{wanted:?}: {other:?}"),
        }
    }
    real.server.stop().await;
}
