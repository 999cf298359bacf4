//! The caps hold whoever asks; what is refused says why and changes nothing.

use super::shop::{BOSS, GUILD, Shop, code, euros, why};
use crate::tickets::world::{guild, user};
use jiff::SignedDuration;
use shellia::domain::promotions::service::{self, NewPromotion};
use shellia::domain::promotions::{Discount, PromotionRules, Target};
use shellia::kernel::error::Problem;
use shellia::kernel::{Actor, Error, Rank};

fn percent(text: &str) -> Discount {
    Discount::parse(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_promotion_may_be_is_refused_with_the_reason() {
    let shop = Shop::open().await;
    let hours = |n: i64| shop.now() + SignedDuration::from_hours(n);
    let table: Vec<(NewPromotion, &str)> = vec![
        (NewPromotion { ends_at: hours(-1), ..shop.twenty() }, "error-promo-ends-first"),
        (NewPromotion { starts_at: hours(10), ends_at: hours(9), ..shop.coded("AVANT") }, "error-promo-ends-first"),
        (NewPromotion { ends_at: hours(100 * 365 * 24), ..shop.twenty() }, "error-promo-too-long"),
        (NewPromotion { ends_at: hours(90 * 24 + 1), ..shop.coded("LONG") }, "error-promo-too-long"),
        (NewPromotion { target: Target::parse("plan/rien").unwrap(), ..shop.twenty() }, "error-promo-nothing-there"),
        (NewPromotion { discount: percent("$5"), ..shop.twenty() }, "error-promo-currency"),
        (NewPromotion { budget: Some(euros(100)), ..shop.twenty() }, "error-promo-budget-small"),
        (
            NewPromotion { budget: Some(euros(400)), target: Target::parse("plans").unwrap(), ..shop.twenty() },
            "error-promo-budget-dearest",
        ),
        (NewPromotion { uses: Some(0), ..shop.coded("JAMAIS") }, "error-promo-no-use"),
        (NewPromotion { per_member: Some(0), ..shop.coded("JAMAIS") }, "error-promo-no-use"),
        (NewPromotion { ends_at: hours(8 * 24), ..shop.twenty() }, "error-promo-too-busy"),
    ];
    for (new, expected) in table {
        assert_eq!(why(shop.makes(&new).await), expected);
    }
    for (value, problem) in [
        ("31 %", Problem::OverCap { cap: 30, of: None }),
        ("99 %", Problem::OverCap { cap: 30, of: None }),
        // More than the cap of the cheapest price, and more than the price.
        ("3 €", Problem::OverCap { cap: 30, of: Some(("9,99\u{A0}€".to_owned(), "3,00\u{A0}€".to_owned())) }),
        ("3,01 €", Problem::OverCap { cap: 30, of: Some(("9,99\u{A0}€".to_owned(), "3,00\u{A0}€".to_owned())) }),
        ("500 €", Problem::OverCap { cap: 30, of: Some(("9,99\u{A0}€".to_owned(), "3,00\u{A0}€".to_owned())) }),
    ] {
        let made = shop.makes(&NewPromotion { discount: percent(value), ..shop.twenty() }).await;
        if value == "3 €" {
            assert!(made.is_ok(), "the cap itself is allowed");
            shop.stops(1).await.unwrap();
            continue;
        }
        match made {
            Err(Error::Argument { option: "value", problem: found }) => assert_eq!(found, problem, "{value}"),
            other => panic!("{value}: {other:?}"),
        }
    }
    assert_eq!(shop.database.count("select count(*) as n from promotions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_cap_is_a_setting() {
    let shop = Shop::open().await;
    let forty = NewPromotion { discount: percent("40 %"), ..shop.twenty() };
    let mut tx = shop.boss().await;
    assert!(service::preview(&mut tx, &forty, &PromotionRules::default(), shop.now()).await.is_err());
    let preview = service::preview(&mut tx, &forty, &PromotionRules { cap_percent: 40 }, shop.now()).await.unwrap();
    assert_eq!((preview.prices, preview.cheapest, preview.off), (4, euros(999), euros(400)));
    tx.rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_rests_and_a_code_is_one_at_a_time() {
    let shop = Shop::open().await;
    let games = || Target::parse("produit/jeu").unwrap();
    shop.makes(&NewPromotion { target: games(), ..shop.twenty() }).await.unwrap();
    let again = NewPromotion { target: games(), discount: percent("25 %"), ..shop.twenty() };
    assert_eq!(why(shop.makes(&again).await), "error-promo-cooldown");
    shop.makes(&NewPromotion { target: games(), ..shop.coded("JEU") }).await.unwrap();
    assert_eq!(why(shop.makes(&shop.coded("jeu")).await), "error-promo-code-taken");
    shop.stops(1).await.unwrap();
    assert_eq!(
        why(shop.makes(&NewPromotion { request: shop.request(), ..again.clone() }).await),
        "error-promo-cooldown"
    );
    for wider in [Target::Products, Target::Everything] {
        let wider = NewPromotion { target: wider, discount: percent("25 %"), ..shop.twenty() };
        assert_eq!(why(shop.makes(&wider).await), "error-promo-cooldown", "what was reduced rests under any target");
    }
    shop.makes(&NewPromotion { target: Target::Plans, ..shop.twenty() }).await.unwrap();
    // After a week the target has rested; the code is free once its promotion is over.
    shop.wait_hours(7 * 24 + 1);
    shop.tick().await;
    let again = NewPromotion { target: games(), discount: percent("25 %"), ..shop.twenty() };
    shop.makes(&again).await.unwrap();
    shop.makes(&shop.coded("jeu")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_intent_makes_one_promotion_even_at_once() {
    let shop = Shop::open().await;
    let new = shop.twenty();
    let tries = (0..8).map(|_| shop.makes(&new));
    let made: Vec<i64> =
        futures_util::future::join_all(tries).await.into_iter().map(|made| made.unwrap().number).collect();
    assert!(made.iter().all(|number| *number == made[0]), "{made:?}");
    let others =
        (0..8).map(|n| NewPromotion { request: format!("other-{n}"), ..shop.coded("UNE") }).collect::<Vec<_>>();
    let tries = others.iter().map(|new| shop.makes(new));
    let made = futures_util::future::join_all(tries).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(made, 1);
    assert_eq!(shop.database.count("select count(*) as n from promotions").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_operators_make_and_only_their_guild_stops() {
    let shop = Shop::open().await;
    shop.makes(&shop.coded("ICI")).await.unwrap();
    for actor in [Actor::staff(guild(8), user(BOSS), Rank::Operator), Actor::member(guild(GUILD), user(10))] {
        let mut tx = shop.db.begin(&actor).await.unwrap();
        assert!(service::stop(&mut tx, guild(GUILD), 1, shop.now()).await.is_err());
        tx.rollback().await.unwrap();
    }
    let mut tx = shop.db.begin(&Actor::staff(guild(GUILD), user(20), Rank::Support)).await.unwrap();
    assert!(service::create(&mut tx, &shop.coded("LAA"), &PromotionRules::default(), shop.now()).await.is_err());
    drop(tx);
    assert_eq!(shop.database.count("select count(*) as n from promotions where state = 'active'").await, 1);
    assert_eq!(shop.stops(1).await.unwrap().code, Some(code("ICI")));
    assert!(shop.stops(1).await.is_ok(), "stopping twice is harmless");
}
