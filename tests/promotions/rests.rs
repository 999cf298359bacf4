//! What a promotion must rest from: who is refused reads which one it was, on what, and from when it is possible.

use super::conversation::world;
use super::shop::{Shop, why};
use crate::tickets::world::*;
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::commands::Raw;
use shellia::domain::promotions::schedule;
use shellia::domain::promotions::service::NewPromotion;
use shellia::domain::promotions::{Discount, Target};
use shellia::kernel::{Actor, Locale, System};

/// A promotion on a target.
fn asked(value: &str, target: &str) -> Vec<(&'static str, Raw)> {
    vec![("value", t(value)), ("target", t(target)), ("duration", t("48h")), ("promo_reason", t("Essai"))]
}

fn in_english() -> Someone {
    let mut chief = boss();
    chief.person.locale = Some(Locale::En);
    chief
}

async fn passes(world: &World, hours: i64) {
    world.app.clock.advance(SignedDuration::from_hours(hours));
    let mut tx = world.app.db.begin(&Actor::system(System::Payments)).await.unwrap();
    schedule::run(&mut tx, world.app.clock.now(), 100).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_wait_reads_for_which_promotion_and_until_when() {
    let world = world().await;
    world.asks(&boss(), "promo_create", &asked("10 %", "produits")).await;
    let runs = world.asks(&boss(), "promo_create", &asked("20 %", "produits")).await;
    assert_snapshot!(timeless(&runs), @"La promotion #1 (tous les produits) va jusqu’au ⌚, et une semaine de repos suit : c’est possible à partir du ⌚. Voyez-la avec `/promo_voir`, mettez un code à celle-ci, ou visez autre chose.");
    let ends = world.database.count("select floor(extract(epoch from ends_at))::bigint as n from promotions").await;
    assert!(words(&runs).contains(&format!("possible à partir du <t:{}:f>", ends + 7 * 86_400)), "{runs:?}");
    world.asks(&boss(), "promo_stop", &[("promotion", n(1))]).await;
    let stopped = world.asks(&boss(), "promo_create", &asked("20 %", "produit jeu")).await;
    assert_snapshot!(timeless(&stopped), @"La promotion #1 (tous les produits) s’est arrêtée le ⌚, et une semaine de repos suit : c’est possible à partir du ⌚. D’ici là, mettez un code, ou visez autre chose.");
    assert_snapshot!(timeless(&world.asks(&in_english(), "promo_create", &asked("20%", "product jeu")).await), @"Promotion #1 (all products) was over on ⌚, and a week’s rest follows: it is possible from ⌚ on. Until then, use a code, or aim at something else.");
    // On the day that it names, it is possible.
    passes(&world, 7 * 24 + 1).await;
    assert!(words(&world.asks(&boss(), "promo_create", &asked("20 %", "produit jeu")).await).contains("lancée"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_would_reduce_nothing_reads_which_article_was_as_cheap() {
    let world = world().await;
    world.asks(&boss(), "promo_create", &asked("20 %", "formule pro")).await;
    assert_snapshot!(timeless(&world.asks(&boss(), "promo_create", &asked("5 %", "tout")).await), @"**Pro · au mois** a été proposé à 7,99 € ces 30 derniers jours : à 9,49 €, ce ne serait pas une vraie réduction. Une promotion en cours le met encore à un prix aussi bas : retirez davantage, ou visez autre chose.");
    passes(&world, 48 + 7 * 24 + 1).await;
    assert_snapshot!(timeless(&world.asks(&boss(), "promo_create", &asked("20 %", "formule pro")).await), @"**Pro · au mois** a été proposé à 7,99 € ces 30 derniers jours : à 7,99 €, ce ne serait pas une vraie réduction. Ce le sera à partir du ⌚. D’ici là, retirez davantage, ou visez autre chose.");
    assert_snapshot!(timeless(&world.asks(&in_english(), "promo_create", &asked("15%", "all plans")).await), @"**Pro · monthly** was offered at €7.99 in the last 30 days: at €8.49 it wouldn’t be a real reduction. It will be from ⌚ on. Until then, take off more, or aim at something else.");
    passes(&world, 30 * 24).await;
    assert!(words(&world.asks(&boss(), "promo_create", &asked("20 %", "formule pro")).await).contains("lancée"));
}

/// A mistyped code that nobody used is stopped and made anew; one that was used, or stood for an hour, and what everybody saw at a
/// lower price, rests.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_nobody_used_is_made_anew_within_the_hour() {
    let shop = Shop::open().await;
    let games = || Target::parse("produit/jeu").unwrap();
    let coded = |text: &str| NewPromotion { target: games(), ..shop.coded(text) };
    shop.makes(&coded("NOEEL")).await.unwrap();
    shop.stops(1).await.unwrap();
    shop.makes(&coded("NOEL")).await.unwrap();
    assert_eq!(why(shop.makes(&coded("AUTRE")).await), "error-promo-cooldown", "one at a time");
    shop.wait_hours(1);
    shop.stops(2).await.unwrap();
    assert_eq!(why(shop.makes(&coded("AUTRE")).await), "error-promo-cooldown", "it stood for an hour");
    let shop = Shop::open().await;
    let coded = |text: &str| NewPromotion { target: games(), ..shop.coded(text) };
    shop.makes(&coded("NOEL")).await.unwrap();
    let used = "update promotions set uses_held = 1 where number = 1";
    crate::support::db::run(&mut shop.database.owner().await, used).await;
    shop.stops(1).await.unwrap();
    assert_eq!(why(shop.makes(&coded("AUTRE")).await), "error-promo-cooldown", "somebody used it");
    let all = NewPromotion { target: games(), ..shop.twenty() };
    shop.makes(&all).await.unwrap();
    shop.stops(2).await.unwrap();
    let more = NewPromotion { target: games(), discount: Discount::parse("25 %").unwrap(), ..shop.twenty() };
    assert_eq!(why(shop.makes(&more).await), "error-promo-cooldown", "everybody saw it");
}
