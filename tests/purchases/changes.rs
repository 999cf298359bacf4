//! A subscription's plan changes: what is shown, what it costs, what is refused, and what a trial doesn't bring along.

use super::world::*;
use crate::payments::provider::Fault;
use insta::assert_snapshot;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_the_new_plan_is_shown_though_a_worker_is_at_it() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let asked = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await;
    // The change's own event may have set a worker to it, which looked before and is not through.
    let held = "update payment_tasks set state = 'pending', lease_until = now() + interval '90 seconds' where kind = 'subscription'";
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, held).await;
    let through = async {
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        crate::support::db::run(&mut owner, "update payment_tasks set lease_until = null where kind = 'subscription'")
            .await;
    };
    let press = world.press(MARIE, &asked, "Changer");
    let (switched, ()) = tokio::join!(world.answer(&press), through);
    assert!(words(&switched).contains("Abonnement Ultra · à l’année"), "{switched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn during_a_trial_a_change_of_plan_costs_nothing_before_its_end() {
    let world = World::new().await;
    let tried = "update plans set trial_days = 3 where code = 'ultra'";
    crate::support::db::run(&mut world.database.owner().await, tried).await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("trial", t("yes"))]).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "C’est fait").await;
    world.work().await;
    let to = |item: &'static str| [("item", t(item))];
    let asked = world.asks(MARIE, "subscription_switch", &to("plan/ultra/year")).await;
    assert_snapshot!(timeless(&asked), @r"
    Passer à **Ultra · à l’année** ? Votre essai continue jusqu’au ⌚ et rien n’est prélevé d’ici là : ensuite, 287,90 € par période.

    En changeant, je demande la livraison immédiate du contenu numérique de la nouvelle formule et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    ✅ Changer |  Non
    ");
    world.asks(MARIE, "subscription_end", &[]).await;
    let ends = words(&world.asks(MARIE, "subscription_switch", &to("plan/ultra/month")).await);
    assert!(ends.contains("Il est résilié : rien n’est prélevé"), "{ends}");
    // Who pays already reads what is charged at once, and what comes next.
    world.owns(JEAN, "plan/pro/month").await;
    let paid = words(&world.asks(JEAN, "subscription_switch", &to("plan/ultra/month")).await);
    assert!(paid.contains("À payer maintenant : environ **20,00"), "{paid}");
    let end = world
        .count("select floor(extract(epoch from period_end))::bigint as n from subscriptions where user_id = 11")
        .await;
    assert!(paid.contains(&format!("Prochaine facture : 29,99\u{A0}€ le <t:{end}:D>")), "{paid}");
    // Half a month on, half of the difference; a smaller plan leaves something to his credit.
    world.wait_hours(24 * 15);
    let half = words(&world.asks(JEAN, "subscription_switch", &to("plan/ultra/month")).await);
    assert!(half.contains("environ **10,") || half.contains("environ **9,"), "{half}");
    world.asks(BOSS, "plan_edit", &[("plan", t("ultra")), ("month_price", t("4"))]).await;
    let less = words(&world.asks(JEAN, "subscription_switch", &to("plan/ultra/month")).await);
    assert!(
        less.contains("Rien à payer maintenant : environ **") && less.contains("déduits de vos prochaines"),
        "{less}"
    );
    world.asks(JEAN, "subscription_end", &[]).await;
    let asked = world.asks(JEAN, "subscription_switch", &to("plan/ultra/month")).await;
    let over = words(&asked);
    assert!(over.contains("Il reste résilié") && !over.contains("Prochaine facture"), "{over}");
    // No invoice takes off what is left to his credit, and none comes next.
    assert!(over.contains("aucune facture ne viendra") && !over.contains("déduits de vos prochaines"), "{over}");
    let done = words(&world.presses(JEAN, &asked, "Changer").await);
    assert!(done.contains("C’est changé. Il reste résilié") && !done.contains("Prochain paiement le"), "{done}");
}

/// What an earlier change left to a member's credit is an amount wherever he looks at his subscription, and the way to it is one
/// look: nobody who never changed his plan is asked about at the provider.
#[tokio::test(flavor = "multi_thread")]
async fn credit_that_a_change_left_is_an_amount_in_the_subscription() {
    let world = World::new().await;
    world.owns(MARIE, "plan/ultra/month").await;
    world.fault(Fault::Nothing);
    assert!(!words(&world.asks(MARIE, "subscription", &[]).await).contains("avoir"));
    assert_eq!(world.provider.state.lock().unwrap().faults.len(), 1, "it was not asked");
    world.provider.state.lock().unwrap().faults.clear();
    let customer = world.provider.state.lock().unwrap().subs[0].view.customer.clone().unwrap().0;
    let asked = world.asks(MARIE, "subscription_switch", &[("item", t("plan/pro/month"))]).await;
    world.provider.state.lock().unwrap().credits.insert(customer, 2499);
    let switched = world.presses(MARIE, &asked, "Changer").await;
    assert_snapshot!(timeless(&switched), @r"
    🔀 C’est changé. Prochain paiement le ⌚.
    [🔁 Abonnement Pro · au mois]
    ✅ Actif, se renouvelle tout seul.
    Prix par période = 9,99 €
    Prochain paiement = ⌚
    Votre avoir = 24,99 € : vos prochains paiements en sont pris d’abord, et rien n’est prélevé tant qu’il suffit.
    💳 Changer de carte | 🔀 Changer de formule | ⏹️ Résilier
    ");
    let mut call = world.call(MARIE, "subscription", &[]);
    call.person.locale = Some(shellia::kernel::Locale::En);
    assert_snapshot!(timeless(&world.answer(&call).await), @r"
    [🔁 Subscription Pro · monthly]
    ✅ Active, renews by itself.
    Price per period = €9.99
    Next payment = ⌚
    Your credit = €24.99: your next payments are taken from it first, and nothing is charged as long as it lasts.
    💳 Change card | 🔀 Change plan | ⏹️ Cancel
    ");
    // Where the provider doesn't tell, the rest is shown.
    world.fault(Fault::Nothing);
    let silent = words(&world.asks(MARIE, "subscription", &[]).await);
    assert!(silent.contains("Abonnement Pro") && !silent.contains("avoir"), "{silent}");
    world.asks(MARIE, "subscription_end", &[]).await;
    let ended = words(&world.asks(MARIE, "subscription", &[]).await);
    assert!(ended.contains("Votre avoir = 24,99\u{A0}€ : il sert si vous reprenez"), "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_refused_changes_nothing_and_says_so() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let asked = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await;
    world.fault(Fault::Declined);
    let refused = world.presses(MARIE, &asked, "Changer").await;
    assert_snapshot!(timeless(&refused), @"
    💳 Votre carte a été refusée : rien n’a changé et rien n’est prélevé. Changez de carte, ou voyez avec votre banque, puis recommencez.
    💳 Changer de carte | 🔁 Mon abonnement
    ");
    assert_eq!(world.count("select count(*) as n from subscription_changes where state = 'refused'").await, 1);
    assert_eq!(world.count("select count(*) as n from subscriptions where plan = 'pro'").await, 1);
    // With another card the same wish is a new one.
    let again = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await;
    let switched = world.presses(MARIE, &again, "Changer").await;
    assert!(words(&switched).contains("Abonnement Ultra"), "{switched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_answer_is_lost_is_tried_again_with_its_key() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    world.fault(Fault::LostAnswer);
    let lost = world.asks(MARIE, "subscription_end", &[]).await;
    assert!(words(&lost).contains("ne répond pas comme prévu"), "{lost:?}");
    let again = world.asks(MARIE, "subscription_end", &[]).await;
    assert!(words(&again).contains("C’est résilié"), "{again:?}");
    assert_eq!(world.count("select count(*) as n from subscription_changes").await, 1);
}

/// Who tries a plan for free does not get a higher one, which nobody may try, for the rest of his trial.
#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_not_taken_along_to_a_higher_plan_without_one() {
    let world = World::new().await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/pro/month")), ("trial", t("yes"))]).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, commencer l’essai").await;
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "C’est fait").await;
    world.work().await;
    let refused = words(&world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await);
    assert!(refused.contains("n’a pas d’essai gratuit") && refused.contains("dès que le vôtre"), "{refused}");
    let listed = world.asks(MARIE, "subscription_switch", &[]).await;
    assert!(labels(&listed).iter().all(|label| !label.contains("Ultra")), "{listed:?}");
    // A lower one may follow, and so may one that has a trial.
    let mut owner = world.database.owner().await;
    for set in ["level = 1", "level = 3, trial_days = 3"] {
        crate::support::db::run(&mut owner, &format!("update plans set {set} where code = 'ultra'")).await;
        let asked = words(&world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await);
        assert!(asked.contains("Passer à **Ultra"), "{set}: {asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_held_for_good_is_not_sold_again_by_a_change() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let given = [("member", shellia::commands::Raw::Id(MARIE)), ("given_plan", t("ultra")), ("reason", t("Merci"))];
    world.asks(BOSS, "grant", &given).await;
    let listed = world.asks(MARIE, "subscription_switch", &[]).await;
    assert!(labels(&listed).iter().all(|label| !label.contains("Ultra")), "{listed:?}");
    let refused = words(&world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await);
    assert!(refused.contains("Vous avez déjà cette formule, sans limite de durée"), "{refused}");
    assert_eq!(world.count("select count(*) as n from subscription_changes").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_in_another_currency_than_the_subscriptions_is_not_offered() {
    let world = World::new().await;
    world.owns(MARIE, "plan/pro/month").await;
    let asked = world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await;
    let yen = "update shops set currency = 'jpy' where guild_id = 7; \
               insert into prices (guild_id, item, currency, amount_minor, updated_at) values (7, 'plan/ultra/year', 'jpy', 30000, now())";
    crate::support::db::run(&mut world.database.owner().await, yen).await;
    let refused = [
        world.asks(MARIE, "subscription_switch", &[]).await,
        world.asks(MARIE, "subscription_switch", &[("item", t("plan/ultra/year"))]).await,
        world.presses(MARIE, &asked, "Changer").await,
    ];
    for reply in refused {
        assert!(words(&reply).contains("un abonnement garde la sienne"), "{reply:?}");
        assert!(labels(&reply).iter().all(|label| !label.contains("Ultra")), "{reply:?}");
    }
    assert_eq!(world.count("select count(*) as n from subscription_changes").await, 0);
}
