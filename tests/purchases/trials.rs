//! Trials: free at first, said to be, and no sale before their first payment.

use super::world::*;

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

/// A code for a first purchase is refused to who has bought, and a trial that runs is no purchase.
#[tokio::test(flavor = "multi_thread")]
async fn who_only_tries_a_plan_may_use_a_code_for_a_first_purchase() {
    let world = World::new().await;
    let made = [
        ("value", t("20 %")),
        ("target", t("tout")),
        ("duration", t("48h")),
        ("promo_reason", t("essai")),
        ("promo_code", t("BIENVENUE")),
        ("first_purchase", t("yes")),
    ];
    world.asks(BOSS, "promo_create", &made).await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("trial", t("yes"))]).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "C’est fait").await;
    world.work().await;
    let given = [("item", t("product/text/standard")), ("code", t("BIENVENUE"))];
    let offer = world.asks(MARIE, "buy", &given).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("2,40"), "{paying:?}");
    assert_eq!(world.count("select discount_minor as n from orders where product = 'text'").await, 60);
    world.owns(JEAN, "product/text/standard").await;
    let late = words(&world.asks(JEAN, "buy", &given).await);
    assert!(late.contains("premier achat"), "{late}");
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
