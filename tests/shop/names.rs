//! Staff name what they mean as they read it: by its name or its code, typed or chosen.

use super::world::*;
use shellia::commands::Raw;

/// Two products of one name, one with accents and spaces, one with variants.
async fn shelves() -> World {
    let world = World::new().await;
    world.sells("Guide du débutant", "key", "5", &[]).await;
    for price in ["10", "12"] {
        world.sells("Jeu", "key", price, &[]).await;
    }
    world.sells("Badge", "role", "3", &[("role", Raw::Id(77))]).await;
    for name in ["Rouge vif", "Bleu"] {
        let given = [("product", t("badge")), ("name", t(name)), ("price", t("4"))];
        world.asks(&boss(), "variant_add", &given).await;
    }
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_command_finds_a_product_by_its_name() {
    let world = shelves().await;
    for (typed, expected) in [
        ("!produit_modifier \"guide du debutant\" prix=6", "6,00\u{A0}€"),
        ("!produit_clés \"GUIDE DU DÉBUTANT\" AAAA-BBBB", "1 en stock"),
        ("!produit_clés guide-du-debutant CCCC-DDDD", "2 en stock"),
        ("!produit_stock badge 7 variante=\"rouge VIF\"", "rouge-vif"),
        ("!variante_ajouter Badge Vert 4", "Vert"),
        ("!produit_liste Guide  du débutant", "guide-du-debutant"),
        ("!produit_retirer Guide du débutant", "Pas en vente"),
        ("!formule_modifier PRO prix_mois=12", "12,00\u{A0}€"),
        ("!formule_retirer Ultra", "n’est plus en vente"),
    ] {
        let said = words(&world.says(&boss(), typed).await);
        assert!(said.contains(expected), "{typed}: {said}");
    }
    let kept = "select count(*) as n from variants where product = 'badge' and code = 'rouge-vif' and stock = 7";
    assert_eq!(world.database.count(kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_several_bear_lists_them_with_their_codes_and_changes_nothing() {
    let world = shelves().await;
    let count = "select count(*) as n from prices where item like 'product/jeu%' and amount_minor = 100";
    let said = words(&world.asks(&boss(), "product_edit", &[("product", t("JEU ")), ("price", t("1"))]).await);
    assert!(said.contains("plusieurs portent ce nom") && said.contains("Jeu (`jeu`), Jeu (`jeu-2`)"), "{said}");
    assert_eq!(world.database.count(count).await, 0);
    // A code is that thing's, whatever others are called.
    world.asks(&boss(), "product_edit", &[("product", t("jeu")), ("price", t("1"))]).await;
    assert_eq!(world.database.count(count).await, 1);
    let near = words(&world.asks(&boss(), "product_stock", &[("product", t("guide")), ("stock", n(1))]).await);
    assert!(near.contains("Vouliez-vous dire : Guide du débutant (`guide-du-debutant`)"), "{near}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_is_made_on_what_its_maker_names() {
    let world = shelves().await;
    for (typed, target) in [
        ("!promo_creer 20% \"produit guide du DEBUTANT\" 48h essai", "product/guide-du-debutant"),
        ("!promo_creer 20% \"formule PRO\" 48h essai", "plan/pro"),
    ] {
        let said = words(&world.says(&boss(), typed).await);
        assert!(said.contains("lancée"), "{typed}: {said}");
        let made = format!("select count(*) as n from promotions where target = '{target}'");
        assert_eq!(world.database.count(&made).await, 1, "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_a_product_that_takes_the_name_of_a_plan() {
    let world = World::new().await;
    let given = [("name", t("  PRO ")), ("kind", t("key")), ("price", t("5"))];
    let said = words(&world.asks(&boss(), "product_add", &given).await);
    assert!(said.contains("Une formule porte déjà ce nom\u{A0}: Pro (`pro`)"), "{said}");
    world.sells("Jeu", "key", "5", &[]).await;
    let renamed = |name: &str| [("product", t("jeu")), ("name", t(name))];
    let said = words(&world.asks(&boss(), "product_edit", &renamed("Ultra")).await);
    assert!(said.contains("Une formule porte déjà ce nom\u{A0}: Ultra (`ultra`)"), "{said}");
    let said = words(&world.asks(&boss(), "product_edit", &renamed("Jeu de cartes")).await);
    assert!(!said.contains("porte déjà ce nom"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_a_plan_that_takes_the_name_of_a_product_or_plan() {
    let world = World::new().await;
    world.sells("Jeu", "key", "5", &[]).await;
    let given = [("name", t(" JEU ")), ("month_price", t("5"))];
    let said = words(&world.asks(&boss(), "plan_add", &given).await);
    assert!(said.contains("Un produit porte déjà ce nom\u{A0}: Jeu (`jeu`)"), "{said}");
    let renamed = |name: &str| [("plan", t("basic")), ("name", t(name))];
    let said = words(&world.asks(&boss(), "plan_edit", &renamed("pro")).await);
    assert!(said.contains("Une autre formule porte déjà ce nom\u{A0}: Pro (`pro`)"), "{said}");
    let said = words(&world.asks(&boss(), "plan_edit", &renamed("Débutant")).await);
    assert!(!said.contains("porte déjà ce nom"), "{said}");
}
