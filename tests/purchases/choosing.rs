//! Between a product's name and the order: its variants.

use super::world::*;
use shellia::commands::Raw;

#[tokio::test(flavor = "multi_thread")]
async fn the_bare_name_of_a_product_with_variants_shows_them_to_choose_from() {
    let world = World::new().await;
    let variant = [("product", t("texte")), ("name", t("Édition d’or")), ("price", t("7"))];
    assert!(words(&world.asks(BOSS, "variant_add", &variant).await).contains("ajoutée"));
    let card = world.says(MARIE, "!acheter TEXTE 2").await;
    assert!(words(&card).contains("Laquelle voulez-vous") && words(&card).contains("Édition d’or"), "{card:?}");
    assert_eq!(labels(&card), ["🛒 Standard · 3,00\u{A0}€", "🛒 Édition d’or · 7,00\u{A0}€"]);
    let offer = world.presses(MARIE, &card, "Édition d’or · 7,00\u{A0}€").await;
    assert!(words(&offer).contains("2 × 7,00\u{A0}€"), "{offer:?}");
    let gift = [("member", Raw::Member(someone(JEAN))), ("item", t("texte"))];
    let said = words(&world.asks(MARIE, "gift", &gift).await);
    assert!(said.contains("Texte · Standard") && said.contains("Texte · Édition d’or"), "{said}");
    let only = world.says(MARIE, "!acheter cle").await;
    assert!(words(&only).contains("[🛒 Clé]"), "{only:?}");
}
