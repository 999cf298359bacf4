//! Promotions on the shop's pages, and prices that change while one runs.

use super::world::*;
use shellia::commands::Raw;
use shellia::kernel::Locale;

/// A shop with a role for 5 € and two variants of a badge, and 20 % off everything.
async fn on_offer() -> World {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    world.sells("Badge", "role", "10", &[("role", Raw::Id(78))]).await;
    world.asks(&boss(), "variant_add", &[("product", t("badge")), ("name", t("Or")), ("price", t("20"))]).await;
    let given = [("value", t("20 %")), ("target", t("tout")), ("duration", t("48h")), ("promo_reason", t("Été"))];
    let made = world.asks(&boss(), "promo_create", &given).await;
    assert!(words(&made).contains("lancée"), "{}", words(&made));
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_strikes_the_earlier_price_through_and_says_the_lowest_and_until_when() {
    let world = on_offer().await;
    let shop = words(&world.asks(&marie(), "shop", &[]).await);
    for part in ["~~5,00", "4,00", "prix le plus bas des 30 derniers jours : 5,00", "jusqu’au <t:"] {
        assert!(shop.contains(part), "{part}: {shop}");
    }
    let mut reader = marie();
    reader.person.locale = Some(Locale::En);
    let badge = words(&world.asks(&reader, "shop", &[("product", t("badge"))]).await);
    for part in ["~~€10.00~~ €8.00", "~~€20.00~~ €16.00", "lowest price of the last 30 days: €20.00", "until <t:"]
    {
        assert!(badge.contains(part), "{part}: {badge}");
    }
    let plans = words(&world.asks(&marie(), "plans", &[]).await);
    for part in ["~~9,99", "le premier mois, puis 9,99", "prix le plus bas des 30 derniers jours : 9,99"] {
        assert!(plans.contains(part), "{part}: {plans}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changes_while_a_promotion_runs_is_recorded_as_it_is_asked() {
    let world = on_offer().await;
    let vip = "from price_history where item = 'product/vip/standard'";
    let count = async |what: &str| world.database.count(&format!("select count(*) as n {vip} {what}")).await;
    assert_eq!((count("").await, count("and until is null and amount_minor = 400").await), (2, 1));
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("name", t("Cercle"))]).await;
    assert_eq!(count("").await, 2, "another name is no other price");
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("10"))]).await;
    assert_eq!((count("").await, count("and until is null and amount_minor = 800").await), (3, 1));
    let raised = world.asks(&marie(), "shop", &[("product", t("vip"))]).await;
    assert!(words(&raised).contains("8,00") && !words(&raised).contains("~~"), "no reduction: {}", words(&raised));
    world.asks(&boss(), "product_remove", &[("product", t("vip"))]).await;
    assert_eq!(count("and until is null").await, 0);
    world.asks(&boss(), "promo_stop", &[("promotion", n(1))]).await;
    assert_eq!(count("").await, 3, "nothing is asked for what is off sale");
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("on_sale", t("yes"))]).await;
    assert_eq!((count("").await, count("and until is null and amount_minor = 1000").await), (4, 1));
}
