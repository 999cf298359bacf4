//! What people read while they buy.

use super::world::*;
use insta::assert_snapshot;
use shellia::commands;
use shellia::kernel::Locale;

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_from_its_price_to_its_delivery() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month"))]).await;
    assert_snapshot!(timeless(&offer), @"
    [🛒 Pro · au mois]
    9,99 € par mois. Se renouvelle chaque mois jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.

    En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Total = 9,99 €
    ✅ J’accepte, payer |  Non
    ");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert_snapshot!(timeless(&paying), @r"
    🧾 Commande #1 : **Pro** · 9,99 €
    Payez sur la page sécurisée, qui se ferme ⌚. Ce que vous achetez vous est remis dès le paiement ; si rien n’arrive, appuyez sur « J’ai payé ».
    💳 Payer | 🔄 J’ai payé | ✖️ Annuler la commande
    ");
    let early = world.presses(MARIE, &paying, "J’ai payé").await;
    assert_snapshot!(timeless(&early), @"
    ⏳ Aucun paiement pour l’instant. Si vous venez de payer, attendez quelques secondes puis vérifiez à nouveau.
    [🧾 Commande #1 · Pro · au mois]
    État = ⏳ En attente de paiement
    Date = ⌚
    Total = 9,99 €
    Votre accord = Version 1, le ⌚
    > En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    💳 Payer | 🔄 Vérifier mon paiement | ✖️ Annuler la commande | 🆘 Obtenir de l’aide
    ");
    assert!(world.provider.pay(0, true));
    world.app.clock.advance(jiff::SignedDuration::from_secs(11));
    let verified = world.presses(MARIE, &early, "Vérifier mon paiement").await;
    assert_snapshot!(timeless(&verified), @"
    ✅ Paiement reçu, tout est livré.
    [🧾 Commande #1 · Pro · au mois]
    État = ✅ Payée et livrée
    Date = ⌚
    Total = 9,99 €
    Payé = 9,99 €
    Taxes = s’il y en a, comprises dans ce qui a été payé
    Votre accord = Version 1, le ⌚
    > En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Rétractation = Ce droit a pris fin à la livraison, que vous avez demandée tout de suite. Un souci avec votre achat ? « Obtenir de l’aide » ouvre un ticket sur cette commande.
    📦 Voir ma livraison | 🔁 Mon abonnement | 🆘 Obtenir de l’aide
    ");
    let delivered = world.presses(MARIE, &verified, "Voir ma livraison").await;
    assert_snapshot!(timeless(&delivered), @"
    [📦 Commande #1 · Pro]
    ⭐ Formule **Pro**
    Jusqu’au ⌚
    ");
    world.work().await;
    let list = world.asks(MARIE, "orders", &[]).await;
    assert_snapshot!(timeless(&list), @"
    [🧾 Vos commandes]
    **#1** Pro · 9,99 € · ✅ Payée et livrée · ⌚
     #1 Pro
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_on_a_ticket_which_plan_its_opener_pays_for() {
    let world = World::new().await;
    let ticket = [("subject", t("Aide")), ("description", t("Bonjour"))];
    world.asks(MARIE, "ticket_create", &ticket).await;
    world.owns(MARIE, "plan/pro/month").await;
    world.asks(MARIE, "ticket_create", &ticket).await;
    world.asks(JEAN, "ticket_create", &ticket).await;
    let plans = [("free", 2), ("pro", 1)];
    for (plan, expected) in plans {
        let query = format!("select count(*) as n from tickets where plan = '{plan}'");
        assert_eq!(world.count(&query).await, expected, "{plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_typed_leaves_nothing_in_public() {
    let world = World::new().await;
    let commands::Answer::Say { reply: stub, remove_source } = world.types(MARIE, "!acheter clé").await else {
        panic!()
    };
    assert!(remove_source);
    assert_snapshot!(timeless(&stub), @"
    📬 <@10>, votre réponse à `!acheter` est prête, visible de vous uniquement.
    📬 Lire la réponse
    ");
    let offer = world.presses(MARIE, &stub, "Lire la réponse").await;
    assert_snapshot!(timeless(&offer), @"
    [🛒 Clé]
    Un seul paiement de 15,00 €, sans abonnement.

    En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Total = 15,00 €
    ✅ J’accepte, payer |  Non
    ");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(world.provider.pay(0, true));
    let verified = world.presses(MARIE, &paying, "J’ai payé").await;
    let delivered = world.presses(MARIE, &verified, "Voir ma livraison").await;
    assert_snapshot!(timeless(&delivered), @"
    [📦 Commande #1 · Clé]
    🔑 Votre clé :
    ```
    K-1
    ```
    K-1
    ");
    let order = world.says(MARIE, "!commande 1").await;
    assert!(words(&order).contains("Payée et livrée"), "{order:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_speaker_buys_in_english() {
    let world = World::new().await;
    let mut call = world.call(JEAN, "buy", &[("item", t("Ultra · yearly"))]);
    call.person.locale = Some(Locale::En);
    let offer = world.answer(&call).await;
    assert_snapshot!(timeless(&offer), @"
    [🛒 Ultra · yearly]
    €287.90 per year. Renews every year until cancelled; cancel any time with `/subscription`.

    By paying, I ask for this digital content to be delivered immediately, and I acknowledge that I lose my 14-day right of withdrawal once it is delivered.
    Total = €287.90
    ✅ I agree and pay |  No
    ");
    let mut press = world.press(JEAN, &offer, "I agree and pay");
    press.person.locale = Some(Locale::En);
    assert_snapshot!(timeless(&world.answer(&press).await), @r"
    🧾 Order #1: **Ultra** · €287.90
    Pay on the secure page; it closes ⌚. What you buy is yours as soon as it is paid; if nothing comes, press “I have paid”.
    💳 Pay | 🔄 I have paid | ✖️ Cancel the order
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_reaches_its_recipient_without_its_price() {
    let world = World::new().await;
    let jean = shellia::commands::Raw::Member(someone(JEAN));
    let offer = world.asks(MARIE, "gift", &[("member", jean), ("item", t("plan/pro/month"))]).await;
    assert_snapshot!(timeless(&offer), @"
    [🛒 Pro · au mois]
    Un seul paiement : un mois offert, sans renouvellement.

    En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Total = 9,99 €
    Pour = <@11>
    ✅ J’accepte, payer |  Non
    ");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(world.provider.pay(0, true));
    let verified = world.presses(MARIE, &paying, "J’ai payé").await;
    assert_snapshot!(timeless(&verified), @"
    ✅ Paiement reçu, tout est livré.
    [🧾 Commande #1 · Pro · au mois]
    État = ✅ Payée et livrée
    Date = ⌚
    Cadeau = <@10> → <@11>
    Total = 9,99 €
    Payé = 9,99 €
    Taxes = s’il y en a, comprises dans ce qui a été payé
    Votre accord = Version 1, le ⌚
    > En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Rétractation = Ce droit a pris fin à la livraison, que vous avez demandée tout de suite. Un souci avec votre achat ? « Obtenir de l’aide » ouvre un ticket sur cette commande.
    🆘 Obtenir de l’aide
    ");
    world.work().await;
    let seen = world.asks(JEAN, "order", &[("order", n(1))]).await;
    assert_snapshot!(timeless(&seen), @"
    [🧾 Commande #1 · Pro · au mois]
    État = ✅ Cadeau reçu
    Date = ⌚
    Cadeau = <@10> → <@11>
    📦 Voir ma livraison | 🆘 Obtenir de l’aide
    ");
    let list = world.asks(JEAN, "orders", &[]).await;
    assert_snapshot!(timeless(&list), @"
    [🧾 Vos commandes]
    **#1** Pro · 🎁 <@10> · ✅ Cadeau reçu · ⌚
     #1 Pro
    ");
    assert!(words(&world.presses(JEAN, &seen, "Voir ma livraison").await).contains("Formule **Pro**"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_nothing_is_handed_over_at_once_even_where_no_payment_is_taken() {
    let world = World::without_payments().await;
    let got = world.asks(MARIE, "buy", &[("item", t("Guide"))]).await;
    assert_snapshot!(timeless(&got), @"
    ✅ Commande #1 : **Guide** est à vous, sans rien payer.
    📦 Voir ma livraison | 🧾 Voir la commande
    ");
    let delivered = world.presses(MARIE, &got, "Voir ma livraison").await;
    assert_snapshot!(timeless(&delivered), @"
    [📦 Commande #1 · Guide]
    📎 Votre fichier est joint.
    x
    ");
    let paid = world.asks(MARIE, "buy", &[("item", t("plan/pro/month"))]).await;
    assert_snapshot!(timeless(&paid), @"💤 Les paiements ne sont pas encore ouverts ici. Rien n’a été commandé ; revenez plus tard.");
    assert_eq!(world.count("select count(*) as n from orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plans_offer_nothing_that_can_only_be_refused() {
    let world = World::new().await;
    let shown = async || labels(&world.asks(MARIE, "plans", &[]).await);
    // The money of an order is on its way: no second order for a plan.
    world.buys(MARIE, "plan/pro/month").await;
    crate::support::db::run(&mut world.database.owner().await, "update orders set state = 'awaiting'").await;
    assert_eq!(shown().await, ["🔁 Voir à l’année", "🧾 Mes commandes"]);
    crate::support::db::run(&mut world.database.owner().await, "update orders set state = 'pending'").await;
    assert!(world.provider.pay(0, true));
    world.asks(MARIE, "order_verify", &[("order", n(1))]).await;
    world.work().await;
    assert_eq!(shown().await, ["🔁 Voir à l’année", "⬆️ Passer à Ultra"]);
    for state in ["past_due", "unpaid", "paused"] {
        let change = format!("update subscriptions set state = '{state}'");
        crate::support::db::run(&mut world.database.owner().await, &change).await;
        assert_eq!(shown().await, ["🔁 Voir à l’année", "🔁 Mon abonnement"], "{state}");
    }
    let own = world.presses(MARIE, &world.asks(MARIE, "plans", &[]).await, "Mon abonnement").await;
    assert!(words(&own).contains("Abonnement"), "{own:?}");
    crate::support::db::run(&mut world.database.owner().await, "update subscriptions set state = 'canceled'").await;
    assert!(shown().await.contains(&"⬆️ Passer à Ultra".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_the_shop_and_of_the_plans_lead_to_what_they_name() {
    let world = World::new().await;
    let shop = world.asks(MARIE, "shop", &[]).await;
    let product = world.presses(MARIE, &shop, "Clé").await;
    let offer = world.presses(MARIE, &product, "Acheter · 15,00\u{a0}€").await;
    assert!(words(&offer).contains("[🛒 Clé]") && words(&offer).contains("Total = 15,00"), "{offer:?}");
    let yearly = world.presses(MARIE, &world.asks(MARIE, "plans", &[]).await, "Voir à l’année").await;
    let offer = world.presses(MARIE, &yearly, "Choisir Ultra").await;
    assert!(words(&offer).contains("[🛒 Ultra · à l’année]"), "{offer:?}");
    let monthly = world.presses(MARIE, &yearly, "Voir au mois").await;
    let offer = world.presses(MARIE, &monthly, "Choisir Pro").await;
    assert!(words(&offer).contains("[🛒 Pro · au mois]"), "{offer:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 0, "nothing is ordered before he agrees");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(world.provider.pay(0, true));
    assert!(words(&world.presses(MARIE, &paying, "J’ai payé").await).contains("tout est livré"));
    world.work().await;
    // Whoever pays for a plan already is asked whether he wants to change to the other one.
    let plans = world.asks(MARIE, "plans", &[]).await;
    let switch = world.presses(MARIE, &plans, "Passer à Ultra").await;
    assert!(words(&switch).contains("Passer à **Ultra · au mois**"), "{switch:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_takes_off_what_the_offer_says_and_no_trial_comes_with_it() {
    let world = World::new().await;
    let promotion = "insert into promotion_counters values (7, 1);
        insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, code, starts_at, ends_at, made_by,
          reason, request, state, created_at, updated_at)
        values (7, 1, 'manual', 2000, 'eur', 'everything', 'RENTREE', now() - interval '1 hour', now() + interval '2 days', 22,
          'rentrée', 'p1', 'active', now(), now())";
    crate::support::db::run(&mut world.database.owner().await, promotion).await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("code", t(" rentree "))]).await;
    assert_snapshot!(timeless(&offer), @"
    [🛒 Pro · au mois]
    🏷️ Première période à 7,99 €, puis le prix ci-dessous.
    9,99 € par mois. Se renouvelle chaque mois jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.

    En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    Prix = 9,99 €
    Réduction = −2,00 €
    Total = 7,99 €
    ✅ J’accepte, payer |  Non
    ");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("7,99"), "{paying:?}");
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "J’ai payé").await;
    world.work().await;
    assert_eq!(
        world.count("select count(*) as n from orders where state = 'fulfilled' and total_minor = 799").await,
        1
    );
    assert_eq!(world.count("select count(*) as n from promotion_uses where state = 'used'").await, 1);
    let both = [("item", t("plan/pro/month")), ("code", t("RENTREE")), ("trial", t("yes"))];
    let refused = words(&world.asks(JEAN, "buy", &both).await);
    assert!(refused.contains("Choisissez l’un des deux"), "{refused}");
    let unknown = words(&world.asks(JEAN, "buy", &[("item", t("texte")), ("code", t("RIEN"))]).await);
    assert!(unknown.contains("Ce code n’existe pas"), "{unknown}");
}
