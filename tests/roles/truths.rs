//! What is said of an order whose subscription was changed, has ended, or was given back is still so.

use super::words::{plain, says};
use super::world::World;
use crate::payments::provider::Dashboard;
use shellia::commands::Raw;
use shellia::domain::payments::DisputeState;
use shellia::kernel::{Currency, Money};

const PRO: &str = "plan/pro/month";

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_subscription_is_over_has_no_present_plan() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, PRO).await;
    world.until_idle().await;
    world.changes(world.marie, "plan/ultra/year", Some(27791)).await;
    says(&world.order(world.marie, number).await, &["Formule actuelle: Ultra", "Mon abonnement"], &["Dernière"]);
    assert!(world.shop.provider.dispute(0, DisputeState::Open));
    assert!(world.shop.provider.dispute(0, DisputeState::Lost));
    assert!(world.shop.provider.change_in_dashboard(0, Dashboard::End));
    world.settles().await;
    let card = world.order(world.marie, number).await;
    says(&card, &["Dernière formule: Ultra"], &["Formule actuelle", "Mon abonnement", "Ce droit a pris fin"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_that_was_changed_tells_what_the_new_plan_costs_after_it() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.tries(world.marie, 3).await;
    says(&world.order(world.marie, number).await, &["Après l’essai: 9,99"], &[]);
    {
        let mut state = world.shop.provider.state.lock().unwrap();
        state.subs[0].view.item = Some("plan/ultra".to_owned());
        state.subs[0].view.amount = Some(Money::new(2999, Currency::EUR).unwrap());
    }
    world.settles().await;
    says(&world.order(world.marie, number).await, &["Après l’essai: 29,99"], &["Après l’essai: 9,99"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_all_of_his_present_month_back_reads_that_his_subscription_ends() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, PRO).await;
    world.until_idle().await;
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.settles().await;
    says(world.told(world.marie).last().unwrap(), &["remboursés en totalité", "Votre abonnement prend fin"], &[]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_payment_that_went_back_is_not_part_of_itself() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, PRO).await;
    world.until_idle().await;
    world.pass(24 * 32);
    assert!(world.shop.provider.renew(0, true));
    world.settles().await;
    assert!(world.shop.provider.refund_in_dashboard(0, 100));
    world.settles().await;
    let card = world.order(world.marie, number).await;
    says(&card, &["premier paiement remboursé : 9,99"], &["en partie", "sur 9,99"]);
    worker.stop().await;
}

/// The provider carried a change out, and its answer was lost: what was agreed to with it stands in what is told of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_answer_was_lost_is_confirmed_with_what_was_agreed_to() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, PRO).await;
    world.until_idle().await;
    world.changes(world.marie, "plan/ultra/year", Some(27791)).await;
    world.behind("update subscription_changes set state = 'asked', done_at = null").await;
    says(&world.evidence(number).await, &["Changement de formule : plan/ultra/year", "version 1-change"], &[]);
    worker.stop().await;
}

/// What a change to a smaller plan leaves stands to his credit, and the next payment is less by it.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_have_credit_reads_that_it_counts() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, PRO).await;
    world.until_idle().await;
    let wants = async |who: u64| {
        let given = vec![("item".to_owned(), Raw::Text("plan/ultra/year".to_owned()))];
        plain(&world.asks(who, "buy", (false, given)).await)
    };
    {
        let mut state = world.shop.provider.state.lock().unwrap();
        let customer = state.subs[0].view.customer.clone().unwrap();
        state.credits.insert(customer.0, 2499);
    }
    world.changes(world.marie, "plan/ultra/year", None).await;
    world.until("select count(*) as n from outbox where kind = 'plan_changed' and state = 'done'", 1).await;
    says(world.told(world.marie).last().unwrap(), &["Prochain paiement", "Votre avoir : 24,99"], &["S’il vous reste"]);
    assert!(world.shop.provider.change_in_dashboard(0, Dashboard::End));
    world.settles().await;
    says(&wants(world.marie).await, &["S’il vous reste un avoir d’un changement"], &[]);
    says(&wants(world.jean).await, &["287,90"], &["avoir"]);
    worker.stop().await;
}
