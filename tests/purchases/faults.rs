//! The provider fails, requests come twice: there is one order, one checkout, one price.

use super::world::*;
use crate::payments::provider::Fault;
use crate::support::db::run;
use insta::assert_snapshot;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_provider_does_trying_again_finds_the_same_order_and_checkout() {
    for fault in [Fault::LostAnswer, Fault::Nothing, Fault::Later] {
        let world = World::new().await;
        let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month"))]).await;
        // The last one pushed meets the first call, which makes the customer; the first meets the checkout.
        world.fault(fault);
        world.fault(fault);
        let mut said = world.presses(MARIE, &offer, "J’accepte, payer").await;
        assert!(words(&said).contains("Votre commande #1 est gardée"), "{fault:?}: {said:?}");
        said = world.presses(MARIE, &said, "Réessayer").await;
        assert!(words(&said).contains("est gardée"), "{fault:?}: {said:?}");
        said = world.presses(MARIE, &said, "Réessayer").await;
        assert!(words(&said).contains("Payez sur la page sécurisée"), "{fault:?}: {said:?}");
        assert_eq!(world.count("select count(*) as n from orders").await, 1);
        assert_eq!(world.provider.state.lock().unwrap().sessions.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_twice_it_is_one_order_and_repeated_it_is_the_first_answer() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("product/text/standard"))]).await;
    let press = world.press(MARIE, &offer, "J’accepte, payer");
    let first = world.answer(&press).await;
    assert_eq!(world.answer(&press).await, first);
    let again = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert_eq!(words(&again), words(&first));
    assert_eq!(world.count("select count(*) as n from orders").await, 1);
    let asked = world.call(MARIE, "buy", &[("item", t("product/text/standard"))]);
    let (one, other) = tokio::join!(world.answer(&asked), world.answer(&asked));
    assert_eq!(one, other);
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_twice_the_same_checkout_is_shown_though_the_first_press_took_the_last_that_he_may_buy() {
    let world = World::new().await;
    world.asks(BOSS, "product_edit", &[("product", t("text")), ("member_limit", n(1))]).await;
    // Of the role there is one.
    for item in ["product/text/standard", "product/role/standard"] {
        let offer = world.asks(MARIE, "buy", &[("item", t(item))]).await;
        let first = world.presses(MARIE, &offer, "J’accepte, payer").await;
        let second = world.presses(MARIE, &offer, "J’accepte, payer").await;
        assert!(words(&first).contains("Payez sur la page sécurisée"), "{first:?}");
        assert_eq!(words(&first), words(&second));
        assert_eq!(first.buttons, second.buttons, "the same checkout");
    }
    assert_eq!(world.count("select count(*) as n from orders").await, 2);
    // Once its checkout can't be paid any more, it says so.
    let offer = world.asks(JEAN, "buy", &[("item", t("product/text/standard"))]).await;
    world.presses(JEAN, &offer, "J’accepte, payer").await;
    world.wait_hours(2);
    let late = world.presses(JEAN, &offer, "J’accepte, payer").await;
    assert_eq!(labels(&late), ["🛒 Commander à nouveau"], "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changed_meanwhile_is_shown_before_anything_is_ordered() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("product/text/standard"))]).await;
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, "update prices set amount_minor = 400 where item = 'product/text/standard'")
        .await;
    let changed = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert_snapshot!(timeless(&changed), @"
    ⚠️ Le prix a changé entre-temps. Voici le nouveau.
    [🛒 Texte]
    Un seul paiement de 4,00 €, sans abonnement.

    En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Total = 4,00 €
    ✅ J’accepte, payer |  Non
    ");
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
    let paying = world.presses(MARIE, &changed, "J’accepte, payer").await;
    assert!(words(&paying).contains("4,00\u{a0}€"), "{paying:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_price_changed_meanwhile_is_shown_at_its_new_price_before_the_change() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let asked = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/month"))]).await;
    world.asks(BOSS, "plan_edit", &[("plan", t("ultra")), ("month_price", t("35"))]).await;
    let changed = world.presses(MARIE, &asked, "Changer").await;
    assert_snapshot!(timeless(&changed), @r"
    ⚠️ Le prix a changé entre-temps. Voici le nouveau.
    Passer à **Ultra · au mois** (35,00 € par période) tout de suite ?
    💶 À payer maintenant : environ **25,01 €**, ce qui reste de la période actuelle étant déduit. S’il vous reste un avoir d’un changement précédent, il est déduit aussi.
    📅 Prochaine facture : 35,00 € le ⌚.

    En changeant, je demande la livraison immédiate du contenu numérique de la nouvelle formule et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    ✅ Changer |  Non
    ");
    assert_eq!(world.count("select count(*) as n from subscriptions where plan = 'pro'").await, 1);
    // The offer of the old price stays refused, the new one is taken.
    let again = world.presses(MARIE, &asked, "Changer").await;
    assert_eq!(words(&again), words(&changed));
    let switched = world.presses(MARIE, &again, "Changer").await;
    assert!(words(&switched).contains("Abonnement Ultra"), "{switched:?}");
    assert_eq!(world.provider.state.lock().unwrap().subs[0].view.amount.map(|price| price.minor()), Some(3500));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_looked_at_once_in_ten_seconds() {
    let world = World::new().await;
    let paying = world.buys(MARIE, "product/text/standard").await;
    world.presses(MARIE, &paying, "J’ai payé").await;
    assert!(world.provider.pay(0, true));
    let soon = world.presses(MARIE, &paying, "J’ai payé").await;
    assert!(words(&soon).contains("Aucun paiement pour l’instant"), "{soon:?}");
    world.app.clock.advance(jiff::SignedDuration::from_secs(11));
    let later = world.presses(MARIE, &paying, "J’ai payé").await;
    assert!(words(&later).contains("tout est livré"), "{later:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_too_old_to_be_paid_says_so() {
    let world = World::new().await;
    world.buys(MARIE, "product/text/standard").await;
    world.wait_hours(2);
    let late = world.asks(MARIE, "order_pay", &[("order", n(1))]).await;
    assert_snapshot!(timeless(&late), @"
    ⌛ La commande #1 ne peut plus être payée : son délai est passé. Rien n’a été débité.
    🛒 Commander à nouveau
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_number_in_another_currency_is_another_price() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    world.asks(BOSS, "shop_settings", &[("currency", t("xof"))]).await;
    world.asks(BOSS, "product_edit", &[("product", t("text")), ("price", t("5000"))]).await;
    world.asks(BOSS, "plan_edit", &[("plan", t("ultra")), ("month_price", t("5000"))]).await;
    let offer = world.asks(MARIE, "buy", &[("item", t("product/text/standard"))]).await;
    // A subscription keeps the currency that it began in.
    let change = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/month"))]).await;
    assert!(words(&change).contains("un abonnement garde la sienne") && change.buttons.is_empty(), "{change:?}");
    world.asks(BOSS, "shop_settings", &[("currency", t("eur"))]).await;
    world.asks(BOSS, "product_edit", &[("product", t("text")), ("price", t("50"))]).await;
    world.asks(BOSS, "plan_edit", &[("plan", t("ultra")), ("month_price", t("50"))]).await;
    let shown = words(&world.presses(MARIE, &offer, "J’accepte, payer").await);
    assert!(shown.contains("prix a changé") && shown.contains("50,00"), "{shown}");
    assert_eq!(world.count("select count(*) as n from orders where product = 'text'").await, 0);
    assert_eq!(world.count("select count(*) as n from subscriptions where plan = 'ultra'").await, 0);
}

/// The provider opens no checkout that ends within half an hour: trying again would be refused for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_that_could_not_be_opened_in_its_first_half_hour_is_ordered_again() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("product/role/standard"))]).await;
    world.fault(Fault::Nothing);
    let kept = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&kept).contains("Votre commande #1 est gardée"), "{kept:?}");
    world.app.clock.advance(jiff::SignedDuration::from_mins(31));
    world.fault(Fault::Nothing);
    let late = world.presses(MARIE, &kept, "Réessayer").await;
    assert!(words(&late).contains("ne peut plus être payée"), "{late:?}");
    assert_eq!(labels(&late), ["🛒 Commander à nouveau"]);
    assert_eq!(world.count("select count(*) as n from orders where state = 'canceled'").await, 1);
    // Of the role there is one: the order that ended gave it back.
    let offer = world.presses(MARIE, &late, "Commander à nouveau").await;
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée"), "{paying:?}");
}

/// Of two transactions that wait for each other the server ends one. What staff asked for is kept before, so they read that.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_could_not_be_sent_at_once_is_told_as_asked_for() {
    let world = World::new().await;
    world.owns(MARIE, "product/key/standard").await;
    let asking = [("order", n(1)), ("amount", t("6")), ("reason", t("Geste"))];
    let asked = world.asks(PAUL, "refund", &asking).await;
    let mut owner = world.database.owner().await;
    let broken = "create function refuse() returns trigger language plpgsql as $$ begin \
                    raise exception 'deadlock detected' using errcode = '40P01'; end $$;
                  create trigger refuse before update on refunds for each row execute function refuse()";
    run(&mut owner, broken).await;
    let said = words(&world.presses(PAUL, &asked, "Rembourser").await);
    assert!(said.contains("6,00\u{A0}€ en cours de remboursement"), "{said}");
    run(&mut owner, "drop trigger refuse on refunds").await;
    world.app.clock.advance(jiff::SignedDuration::from_secs(10));
    world.work().await;
    assert_eq!(world.count("select refunded_minor as n from orders").await, 600);
}
