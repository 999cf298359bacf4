//! What can't be bought, and what isn't one's own.

use super::world::*;
use shellia::commands::Raw;

/// A command, what is given to it, and what is said.
type Mistake<'a> = (&'a str, Vec<(&'a str, Raw)>, &'a str);

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_explained_and_nothing_is_ordered() {
    let world = World::new().await;
    let jean = || Raw::Member(someone(JEAN));
    let table: Vec<Mistake<'_>> = vec![
        ("buy", vec![("item", t("plan/pro/month")), ("quantity", n(0))], "un nombre de 1 à 100"),
        ("buy", vec![("item", t("plan/pro/month")), ("quantity", n(-1))], "un nombre de 1 à 100"),
        ("buy", vec![("item", t("plan/pro/month")), ("quantity", n(1_000_000_000))], "un nombre de 1 à 100"),
        ("buy", vec![("item", t("plan/pro/month")), ("quantity", n(2))], "un nombre de 1 à 1"),
        ("buy", vec![("item", t("plan/founder/month"))], "pas en vente"),
        ("buy", vec![("item", t("plan/old/month"))], "pas en vente"),
        ("buy", vec![("item", t("plan/none/month"))], "pas en vente"),
        ("buy", vec![("item", t("Fondateur"))], "je ne connais pas ce nom"),
        ("buy", vec![("item", t("plan/ultra/year")), ("trial", t("yes"))], "L’essai gratuit n’est pas possible"),
        ("buy_agree", vec![("from", t("424242")), ("consent", t("1"))], "Cette offre a expiré"),
        ("gift", vec![("member", Raw::Id(JEAN)), ("item", t("plan/pro/month"))], "Choisissez un membre"),
        (
            "gift",
            vec![("member", Raw::Member(someone(MARIE))), ("item", t("plan/pro/month"))],
            "pour quelqu’un d’autre",
        ),
        ("gift", vec![("member", jean()), ("item", t("plan/founder/month"))], "pas en vente"),
        ("order", vec![("order", n(99))], "Aucune commande sous ce numéro"),
        ("order", vec![("order", n(0))], "donnez le numéro"),
    ];
    for (command, given, expected) in table {
        let said = words(&world.asks(MARIE, command, &given).await);
        assert!(said.contains(expected), "{command} {given:?}: {said}");
    }
    let mut bot = someone(JEAN);
    bot.bot = true;
    let said = world.asks(MARIE, "gift", &[("member", Raw::Member(bot)), ("item", t("plan/pro/month"))]).await;
    assert!(words(&said).contains("Un bot ne peut rien recevoir"), "{said:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_nothing_is_ordered() {
    let world = World::new().await;
    let call = world.call(MARIE, "buy", &[("item", t("plan/pro/month"))]);
    world.answer(&call).await;
    let said = world.asks(MARIE, "buy_agree", &[("from", t(&call.request))]).await;
    assert!(words(&said).contains("Sans votre accord"), "{said:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_button_reaches_nobody_elses_order_or_offer() {
    let world = World::new().await;
    let call = world.call(MARIE, "buy", &[("item", t("product/text/standard"))]);
    let offer = world.answer(&call).await;
    world.presses(MARIE, &offer, "J’accepte, payer").await;
    for command in ["order", "order_pay", "order_verify", "order_cancel", "order_withdraw", "order_delivery"] {
        let foreign = world.asks(JEAN, command, &[("order", n(1))]).await;
        let unknown = world.asks(JEAN, command, &[("order", n(99))]).await;
        assert_eq!(foreign, unknown, "{command}");
    }
    let stolen = world.asks(JEAN, "buy_agree", &[("from", t(&call.request)), ("consent", t("1"))]).await;
    assert!(words(&stolen).contains("Cette offre a expiré"), "{stolen:?}");
    let paid = world.asks(JEAN, "order_help", &[("order", n(1)), ("description", t("à moi"))]).await;
    assert!(words(&paid).contains("Aucune commande sous ce numéro"), "{paid:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_subscription_is_led_to_it() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let again = world.asks(MARIE, "buy", &[("item", t("plan/ultra/year"))]).await;
    assert!(words(&again).contains("Vous avez déjà un abonnement"), "{again:?}");
    assert_eq!(labels(&again), ["🔀 Changer de formule", "🔁 Mon abonnement"]);
    let switch = world.presses(MARIE, &again, "Changer de formule").await;
    assert!(words(&switch).contains("Passer à **Ultra · à l’année**"), "{switch:?}");
    let same = world.asks(MARIE, "buy", &[("item", t("plan/pro/month"))]).await;
    let shown = world.presses(MARIE, &same, "Changer de formule").await;
    assert!(words(&shown).contains("Abonnement"), "what he has is shown: {shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_finds_items_by_their_name() {
    let world = World::new().await;
    for (typed, expected) in [("", 7), ("ult", 2), ("fondateur", 0), ("cle", 1)] {
        let found = shellia::commands::suggest(&world.app, &world.call(MARIE, "buy", &[]), "item", typed).await;
        assert_eq!(found.len(), expected, "{typed}: {found:?}");
    }
}
