//! Going back on an order: before it is paid, before it is delivered, and after.

use super::world::*;
use insta::assert_snapshot;
use shellia::commands;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_canceled_and_what_it_held_is_free_again() {
    let world = World::new().await;
    let late = world.asks(JEAN, "buy", &[("item", t("product/role/standard"))]).await;
    let paying = world.buys(MARIE, "product/role/standard").await;
    let refused = world.presses(JEAN, &late, "J’accepte, payer").await;
    assert_snapshot!(timeless(&refused), @"C’est épuisé, et rien n’est débité. Ce qui est encore en vente est dans `/boutique`.");
    let canceled = world.presses(MARIE, &paying, "Annuler la commande").await;
    assert_snapshot!(timeless(&canceled), @"✖️ Commande #1 annulée. Rien ne sera débité.");
    world.work().await;
    assert!(!world.provider.pay(0, true), "its checkout can't be paid any more");
    world.buys(JEAN, "product/role/standard").await;
    assert_eq!(world.count("select count(*) as n from orders where state = 'pending' and user_id = 11").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_right_of_withdrawal_has_ended_the_order_says_why_and_leads_to_help() {
    let world = World::new().await;
    let owned = world.owns(MARIE, "product/text/standard").await;
    assert!(!labels(&owned).iter().any(|label| label.contains("rétracter")), "{:?}", labels(&owned));
    assert!(words(&owned).contains("Ce droit a pris fin à la livraison"), "{owned:?}");
    // A button of an order that was shown before says the same.
    let withdrawn = world.asks(MARIE, "order_withdraw", &[("order", n(1))]).await;
    assert_snapshot!(timeless(&withdrawn), @"
    Pour la commande #1, vous avez demandé la livraison immédiate : le droit de rétractation a pris fin à la livraison. Un souci avec votre achat ? L’équipe regarde ce qu’elle peut faire.
    🆘 Obtenir de l’aide
    ");
    let call = world.press(MARIE, &owned, "Obtenir de l’aide");
    let commands::Answer::Ask(form) = commands::answer(&world.app, &call).await else { panic!() };
    assert_eq!(form.action.to_string(), "order_help?order=1");
    let given = [("order", n(1)), ("description", t("Rien reçu"))];
    let opened = world.asks(MARIE, "order_help", &given).await;
    assert!(words(&opened).contains("Ticket #1 créé"), "{opened:?}");
    assert_eq!(
        world
            .count("select count(*) as n from tickets where category = 'billing' and subject = 'Commande #1 · Texte'")
            .await,
        1
    );
    // After two weeks nobody has the right any more, and nothing is said of it.
    world.wait_hours(24 * 15);
    assert!(!words(&world.asks(MARIE, "order", &[("order", n(1))]).await).contains("Rétractation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_delivered_is_withdrawn_from_by_a_button() {
    let world = World::new().await;
    world.buys(MARIE, "product/text/standard").await;
    world.provider.state.lock().unwrap().sessions[0].view.total =
        shellia::kernel::Money::new(299, shellia::kernel::Currency::EUR).ok();
    assert!(world.provider.pay(0, true));
    world.asks(MARIE, "order_verify", &[("order", n(1))]).await;
    let order = world.asks(MARIE, "order", &[("order", n(1))]).await;
    let sure = world.presses(MARIE, &order, "Me rétracter").await;
    let done = world.presses(MARIE, &sure, "Confirmer ma rétractation").await;
    assert!(words(&done).contains("Rétractation de la commande #1 enregistrée"), "{done:?}");
}
