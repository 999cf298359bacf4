//! Many at once: the last use goes to one, uses and budget are never exceeded.

use super::shop::{Shop, euros, game, pro};
use futures_util::StreamExt;
use shellia::domain::promotions::service::NewPromotion;
use shellia::kernel::Error;
use std::collections::BTreeMap;

/// Buyers who ask at the same time; the pool holds fewer connections.
const AT_ONCE: usize = 40;

/// Lets members buy at once and counts how each try ended.
async fn crowd(shop: &Shop, members: impl Iterator<Item = u64>) -> BTreeMap<String, usize> {
    let tries = members.map(|member| async move {
        match shop.buys(member, &game(), Some("DERNIER")).await {
            Ok(order) => format!("reserved {}", order.discount.minor()),
            Err(Error::Conflict(text)) => text.to_owned(),
            Err(other) => panic!("{other}"),
        }
    });
    let mut ends = BTreeMap::new();
    let mut running = futures_util::stream::iter(tries).buffer_unordered(AT_ONCE);
    while let Some(end) = running.next().await {
        *ends.entry(end).or_default() += 1;
    }
    ends
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_wanted_by_a_thousand_goes_to_one() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { uses: Some(1), ..shop.coded("DERNIER") }).await.unwrap();
    let ends = crowd(&shop, 1000..2000).await;
    assert_eq!(ends, BTreeMap::from([("error-promo-used-up".to_owned(), 999), ("reserved 400".to_owned(), 1)]));
    assert_eq!(shop.database.count("select count(*) as n from promotion_uses where state = 'reserved'").await, 1);
    assert_eq!(shop.database.count("select count(*) as n from orders where discount_minor > 0").await, 1);
    assert_eq!(shop.field(1, "uses_held").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_and_a_members_share_hold_against_a_crowd() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { budget: Some(euros(2100)), per_member: Some(2), ..shop.coded("DERNIER") })
        .await
        .unwrap();
    // One member tries ten times at once, then everybody.
    let ends = crowd(&shop, std::iter::repeat_n(10, 10)).await;
    assert_eq!(ends, BTreeMap::from([("error-promo-member-cap".to_owned(), 8), ("reserved 400".to_owned(), 2)]));
    let ends = crowd(&shop, 11..60).await;
    assert_eq!(ends, BTreeMap::from([("error-promo-budget-spent".to_owned(), 46), ("reserved 400".to_owned(), 3)]));
    assert_eq!(shop.field(1, "spent_minor").await, 2000);
    let sum = "select sum(amount_minor)::bigint as n from promotion_uses where state <> 'released'";
    assert_eq!(shop.database.count(sum).await, 2000);
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_never_exceed_what_is_allowed_while_orders_come_and_go() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { uses: Some(5), ..shop.coded("DERNIER") }).await.unwrap();
    let shop = &shop;
    let lives = (10u64..70).map(|member| async move {
        let item = if member % 2 == 0 { game() } else { pro() };
        let Ok(order) = shop.buys(member, &item, Some("DERNIER")).await else { return };
        let held = shop.field(1, "uses_held").await;
        assert!((0..=5).contains(&held), "{held}");
        match member % 3 {
            0 => drop(shop.pays(&order).await),
            1 => drop(shop.lets_expire(&order).await),
            _ => {
                shop.lets_expire(&order).await;
                shop.pays(&order).await;
            }
        }
    });
    futures_util::stream::iter(lives).buffer_unordered(20).collect::<Vec<()>>().await;
    let held = shop.field(1, "uses_held").await;
    let counted = "select count(*) as n from promotion_uses where state <> 'released'";
    assert_eq!(shop.database.count(counted).await, held);
    assert!((1..=5).contains(&held), "{held}");
    let spent = "select coalesce(sum(amount_minor), 0)::bigint as n from promotion_uses where state <> 'released'";
    assert_eq!(shop.database.count(spent).await, shop.field(1, "spent_minor").await);
}
