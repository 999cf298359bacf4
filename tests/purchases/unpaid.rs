//! An order that waits to be paid and stands in the way of another: who asks is led to it.

use super::world::*;
use insta::assert_snapshot;
use shellia::kernel::Locale;
use shellia::kernel::reply::Reply;

/// Asks for the text in English.
async fn in_english(world: &World) -> Reply {
    let mut call = world.call(MARIE, "buy", &[("item", t("product/text/standard"))]);
    call.person.locale = Some(Locale::En);
    world.answer(&call).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_buy_no_more_because_of_an_unpaid_order_may_pay_or_cancel_it_there() {
    let world = World::new().await;
    world.asks(BOSS, "product_edit", &[("product", t("text")), ("member_limit", n(1))]).await;
    world.buys(MARIE, "product/text/standard").await;
    let refused = world.says(MARIE, "!acheter texte").await;
    assert_snapshot!(timeless(&refused), @r"
    Une commande à vous pour cet article attend son paiement, et avec elle vous avez atteint le nombre permis par membre. Payez-la, ou annulez-la pour en passer une autre : elle est dans `/commandes`.
    [🧾 Commande #1 · Texte]
    État = ⏳ En attente de paiement
    Date = ⌚
    Total = 3,00 €
    Votre accord = Version 1, le ⌚
    > En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    💳 Payer | 🔄 Vérifier mon paiement | ✖️ Annuler la commande | 🆘 Obtenir de l’aide
    ");
    assert_snapshot!(timeless(&in_english(&world).await), @r"
    An order of yours for this item isn’t paid yet, and with it you have reached the number allowed per member. Pay it, or cancel it to order anew: it is in `/orders`.
    [🧾 Order #1 · Texte]
    State = ⏳ Waiting to be paid
    Date = ⌚
    Total = €3.00
    Your consent = Version 1, on ⌚
    > En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    💳 Pay | 🔄 Verify my payment | ✖️ Cancel the order | 🆘 Get help
    ");
    world.presses(MARIE, &refused, "Annuler la commande").await;
    let offer = words(&world.says(MARIE, "!acheter texte").await);
    assert!(offer.contains("Total = 3,00"), "{offer}");
    // What was paid is bought, and nothing waits any more.
    world.owns(MARIE, "product/text/standard").await;
    let over = words(&world.says(MARIE, "!acheter texte").await);
    assert!(over.contains("Vous avez atteint le nombre permis"), "{over}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_the_last_one_unpaid_is_shown_that_order() {
    let world = World::new().await;
    world.buys(MARIE, "product/role/standard").await;
    let again = world.says(MARIE, "!acheter role").await;
    assert!(words(&again).contains("pas encore payée") && words(&again).contains("Commande #1"), "{again:?}");
    assert!(labels(&again).iter().any(|label| label.contains("Annuler")), "{again:?}");
}
