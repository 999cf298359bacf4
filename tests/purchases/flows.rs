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
    assert_snapshot!(timeless(&paying), @"
    🧾 Commande #1 : **Pro** · 9,99 €
    Payez sur la page sécurisée, qui se ferme ⌚. Le contenu vous arrive en message privé dès le paiement ; s’il tarde, appuyez sur « J’ai payé ».
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
    Taxes = détaillées sur le reçu du paiement
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
async fn a_trial_is_not_called_paid() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("trial", t("yes"))]).await;
    let shown = words(&offer);
    assert!(shown.contains("Aujourd’hui = 0,00") && shown.contains("Après l’essai = 9,99"), "{shown}");
    assert!(shown.contains("En commençant l’essai, je demande la livraison immédiate") && !shown.contains("En payant"));
    let from = world.app.clock.now() + jiff::SignedDuration::from_hours(72);
    let then = "Gratuit pendant 3 jours** : 0,00\u{A0}€ aujourd’hui, puis 9,99\u{A0}€ par mois à partir du <t:";
    let day = shown.split(then).nth(1).and_then(|rest| rest.split(':').next()?.parse::<i64>().ok());
    assert!(day.is_some_and(|day| (from.as_second() - day).abs() <= 60), "{shown}");
    assert!(shown.contains("Résiliez avant cette date avec `/abonnement` : rien n’est prélevé"), "{shown}");
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    let asked = words(&paying);
    assert!(asked.contains("essai gratuit de 3 jours, 0,00\u{A0}€ aujourd’hui") && !asked.contains("Payez"), "{asked}");
    assert_eq!(labels(&paying)[..2], ["💳 Commencer l’essai", "🔄 C’est fait"]);
    let waits = world.asks(MARIE, "order", &[("order", n(1))]).await;
    let kept = words(&waits);
    assert!(kept.contains("Essai pas encore commencé") && kept.contains("> En commençant l’essai"), "{kept}");
    assert_eq!(labels(&waits)[0], "💳 Commencer l’essai");
    assert!(world.provider.pay(0, true));
    let begun = words(&world.presses(MARIE, &paying, "C’est fait").await);
    assert!(begun.contains("Votre essai a commencé") && begun.contains("Essai en cours"), "{begun}");
    assert!(!begun.contains("Payé"), "{begun}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_typed_leaves_nothing_in_public() {
    let world = World::new().await;
    let commands::Answer::Say { reply: stub, remove_source } = world.types(MARIE, "!acheter clé").await else {
        panic!()
    };
    assert!(remove_source);
    assert_snapshot!(timeless(&stub), @"
    📬 <@10>, votre réponse est prête, visible de vous uniquement.
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
    assert_snapshot!(timeless(&world.answer(&press).await), @"
    🧾 Order #1: **Ultra** · €287.90
    Pay on the secure page; it closes ⌚. What you bought reaches you by direct message once it is paid; if it takes long, press “I have paid”.
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
    Taxes = détaillées sur le reçu du paiement
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
    🏷️ Première période à 7,99 €, puis le prix normal.
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

/// A code that he checked is for a purchase that costs something; a trial neither uses it up nor loses it in silence.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_kept_is_spoken_of_with_a_trial() {
    let world = World::new().await;
    let made = [
        ("value", t("20 %")),
        ("target", t("tout")),
        ("duration", t("48h")),
        ("promo_reason", t("essai")),
        ("promo_code", t("RENTREE")),
    ];
    world.asks(BOSS, "promo_create", &made).await;
    world.asks(MARIE, "redeem", &[("promo_code", t("RENTREE"))]).await;
    let trial = [("item", t("plan/pro/month")), ("trial", t("yes"))];
    let offer = world.asks(MARIE, "buy", &trial).await;
    let said = words(&offer);
    assert!(said.contains("Votre code **RENTREE** ne réduit ni l’essai ni l’abonnement qui le suit"), "{said}");
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "C’est fait").await;
    world.work().await;
    assert_eq!(world.count("select count(*) as n from remembered_codes").await, 1, "it is kept, as was said");
    let without = words(&world.asks(JEAN, "buy", &trial).await);
    assert!(!without.contains("Votre code"), "{without}");
}

/// Nothing was paid for a trial: neither the paid orders nor what was sold count it before its first payment.
#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_no_sale_in_the_figures_before_its_first_payment() {
    let world = World::new().await;
    world.owns(JEAN, "product/text/standard").await;
    let before = words(&world.asks(BOSS, "stats", &[]).await);
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("trial", t("yes"))]).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    assert!(world.provider.pay(1, true));
    world.presses(MARIE, &paying, "C’est fait").await;
    world.work().await;
    assert_eq!(
        world.count("select count(*) as n from orders where trial_days is not null and state = 'fulfilled'").await,
        1
    );
    let figures = |said: &str| {
        let of = |name: &str| said.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        [of("Commandes"), of("Dont payées"), of("Conversion"), of("Meilleures ventes")]
    };
    let during = words(&world.asks(BOSS, "stats", &[]).await);
    assert!(figures(&before).iter().take(3).all(|line| !line.is_empty()), "{before}");
    assert_eq!(figures(&during), figures(&before));
    world.wait_hours(24 * 3 + 1);
    assert!(world.provider.renew(0, true));
    let told =
        "update payment_tasks set state = 'pending', version = version + 1, due_at = now() where kind = 'subscription'";
    crate::support::db::run(&mut world.database.owner().await, told).await;
    world.work().await;
    assert_eq!(world.count("select paid_minor as n from orders where trial_days is not null").await, 999);
    let after = words(&world.asks(BOSS, "stats", &[]).await);
    assert_ne!(figures(&after)[1], figures(&before)[1], "{after}");
}
