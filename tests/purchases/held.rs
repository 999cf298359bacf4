//! A plan stays what it is while its money isn't here or goes back; and what is said of a subscription then, and at its end. At
//! the local Stripe.

use super::world::*;
use crate::payments::till::Till;
use shellia::domain::payments::Gateway;
use shellia::sandbox::Fault;
use shellia::sandbox::stripe::{Dispute, How};

const PRO: &str = "plan/pro/month";
const ULTRA: &str = "plan/ultra/year";
const SWITCHES: &str = "select count(*) as n from subscription_changes where kind = 'switch'";
const OWES: &str = "select count(*) as n from subscriptions where owes";

impl Till {
    /// A change is offered with these words, once what was heard of the payment is taken in.
    async fn offers(&self, who: u64, item: &str, with: &str) {
        let mut read = String::new();
        let offered = async {
            loop {
                read = words(&self.switches(who, item).await);
                if read.contains(with) {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        let in_time = tokio::time::timeout(crate::payments::till::PATIENCE, offered).await;
        assert!(in_time.is_ok(), "{read}");
    }

    /// A change is refused in these words, the page of the subscription doesn't offer it, and says this instead.
    async fn holds(&self, who: u64, item: &str, why: &str, page: &str) {
        let refused = words(&self.switches(who, item).await);
        assert!(refused.contains(why), "{refused}");
        let shown = self.asks(who, "subscription", &[]).await;
        assert!(!labels(&shown).iter().any(|label| label.contains("Changer de formule")), "{shown:?}");
        assert!(words(&shown).contains(page), "{}", words(&shown));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_plan_is_changed_before_its_first_payment_is_here() {
    let till = Till::open().await;
    let (_, customer) = till.owns(MARIE, PRO, How::SepaFails).await;
    // A card that pays would be charged for the change at once.
    till.maxis.sandbox.stripe().change_card(&customer, false).unwrap();
    till.until("select count(*) as n from subscriptions where state = 'active'", 1).await;
    till.holds(MARIE, ULTRA, "Votre premier paiement n’est pas encore arrivé", "votre accès commence dès qu’il l’est")
        .await;
    assert_eq!(till.count(SWITCHES).await, 0);
    // Who ends it meanwhile is told what still comes.
    let ended = words(&till.asks(MARIE, "subscription_end", &[]).await);
    for part in ["Le premier paiement, déjà lancé, sera encore prélevé", "ne se renouvelle pas"] {
        assert!(ended.contains(part), "{part}: {ended}");
    }
    assert!(!ended.contains("Votre accès continue"), "{ended}");
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_plan_is_changed_while_a_renewal_is_on_its_way() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    till.owns(MARIE, PRO, How::Sepa).await;
    till.advance(24 * 4);
    till.until("select count(*) as n from orders where state = 'fulfilled'", 1).await;
    till.until(OWES, 0).await;
    till.offers(MARIE, ULTRA, "À payer maintenant").await;
    // A month that begins is billed an hour later.
    stripe.rules(|rules| rules.draft_s = 3600);
    till.advance(24 * 28);
    till.until(OWES, 1).await;
    let why = "Le paiement de la période en cours n’est pas encore arrivé";
    till.holds(MARIE, ULTRA, why, "Actif").await;
    till.advance(24);
    till.until("select count(*) as n from invoices", 1).await;
    till.holds(MARIE, ULTRA, why, "Actif").await;
    let ended = words(&till.asks(MARIE, "subscription_end", &[]).await);
    assert!(ended.contains("Le paiement de la période en cours, déjà lancé, sera encore prélevé"), "{ended}");
    till.advance(24 * 3);
    till.until("select count(*) as n from invoices", 2).await;
    till.until(OWES, 0).await;
    till.offers(MARIE, ULTRA, "À payer maintenant").await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_plan_is_changed_while_its_money_goes_back() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    let (order, _) = till.owns(MARIE, ULTRA, How::Card).await;
    // Offered before, and pressed after the refund was asked for, which isn't through.
    let offered = till.switches(MARIE, PRO).await;
    let path_regex = Some("refunds".to_owned());
    stripe.fault(Fault { method: Some("POST".to_owned()), status: 500, path_regex, ..Fault::default() });
    till.refunds(order.number, None, "refund-1").await;
    till.holds(MARIE, PRO, "Un remboursement de cet abonnement est en cours", "Actif").await;
    let pressed = words(&till.presses(MARIE, &offered, "Changer").await);
    assert!(pressed.contains("Un remboursement de cet abonnement est en cours"), "{pressed}");
    assert_eq!(till.count(SWITCHES).await, 0);
    stripe.clear_faults();
    till.until("select count(*) as n from subscriptions where state = 'canceled'", 1).await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_plan_is_changed_while_a_bank_looks_into_a_payment() {
    let till = Till::open().await;
    let stripe = till.maxis.sandbox.stripe();
    till.owns(MARIE, ULTRA, How::Card).await;
    let dispute = stripe.open_dispute(&till.charge(28_790), "fraudulent").unwrap();
    till.until("select count(*) as n from orders where dispute = 'open'", 1).await;
    till.holds(MARIE, PRO, "Votre banque examine un paiement", "votre accès est suspendu jusqu’à sa décision").await;
    stripe.close_dispute(dispute["id"].as_str().unwrap(), Dispute::Won).unwrap();
    till.until("select count(*) as n from orders where dispute = 'won'", 1).await;
    till.offers(MARIE, PRO, "restent à votre crédit").await;
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_back_in_part_is_not_credited_a_second_time() {
    let till = Till::open().await;
    let (ultra, _) = till.owns(MARIE, ULTRA, How::Card).await;
    let offered = till.switches(MARIE, PRO).await;
    till.refunds(ultra.number, Some(20_000), "refund-1").await;
    let back = "select count(*) as n from invoices where refunded_minor > 0";
    till.until(back, 1).await;
    let why = "passer à une formule moins chère la rendrait une seconde fois";
    let refused = words(&till.switches(MARIE, PRO).await);
    assert!(refused.contains(why), "{refused}");
    let pressed = words(&till.presses(MARIE, &offered, "Changer").await);
    assert!(pressed.contains(why), "{pressed}");
    let listed = words(&till.asks(MARIE, "subscription_switch", &[]).await);
    assert!(listed.contains(why), "nothing is offered: {listed}");
    // Something dearer gives nothing back.
    let (pro, _) = till.owns(JEAN, PRO, How::Card).await;
    till.refunds(pro.number, Some(500), "refund-2").await;
    till.until(back, 2).await;
    let switched = till.switched(JEAN, ULTRA).await;
    assert!(switched.contains("Abonnement Ultra"), "{switched}");
    assert_eq!(till.count(SWITCHES).await, 1);
    till.close().await;
}

/// Who ends what he didn't pay is charged nothing for it later.
#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_subscription_ends_at_once_and_its_payment_is_not_tried_again() {
    let till = Till::open().await;
    let (_, customer) = till.owns(MARIE, PRO, How::CardFailsLater).await;
    till.advance(24 * 31 + 12);
    till.until("select count(*) as n from subscriptions where state = 'past_due'", 1).await;
    let shown = words(&till.asks(MARIE, "subscription", &[]).await);
    assert!(shown.contains("Résilier arrête tout de suite l’accès et les tentatives"), "{shown}");
    // The card would pay the next time.
    till.maxis.sandbox.stripe().change_card(&customer, false).unwrap();
    let ended = words(&till.asks(MARIE, "subscription_end", &[]).await);
    assert!(ended.contains("le paiement qui n’était pas passé n’est plus retenté"), "{ended}");
    assert!(!ended.contains("continue"), "{ended}");
    till.advance(24 * 10);
    till.until("select count(*) as n from subscriptions where state = 'canceled'", 1).await;
    assert_eq!(till.count("select count(*) as n from invoices where amount_minor > 0").await, 1);
    let held =
        "select count(*) as n from entitlements where revoked_at is null and ends_at > now() + interval '40 days'";
    assert_eq!(till.count(held).await, 0);
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_grace_nobody_reads_that_access_goes_on() {
    let till = Till::open().await;
    till.maxis.sandbox.stripe().rules(|rules| rules.retries_s = vec![20 * 24 * 3600]);
    till.owns(MARIE, PRO, How::CardFailsLater).await;
    till.advance(24 * 31 + 12);
    till.until("select count(*) as n from subscriptions where state = 'past_due'", 1).await;
    till.advance(24 * 5);
    let shown = words(&till.asks(MARIE, "subscription", &[]).await);
    assert!(shown.contains("le délai de grâce est fini") && !shown.contains("continue"), "{shown}");
    assert!(!shown.contains("Accès jusqu"), "{shown}");
    let buying = words(&till.asks(MARIE, "buy", &[("item", t(ULTRA))]).await);
    assert!(buying.contains("s’il est impayé") && buying.contains("résiliez-le d’abord"), "{buying}");
    let ended = words(&till.asks(MARIE, "subscription_end", &[]).await);
    assert!(ended.contains("C’est résilié, tout de suite"), "{ended}");
    let buying = words(&till.asks(MARIE, "buy", &[("item", t(ULTRA))]).await);
    assert!(buying.contains("287,90"), "{buying}");
    let open = till.gateway.invoices(&sub(&till).await).await.unwrap();
    assert_eq!(open.iter().filter(|one| one.paid).count(), 1);
    till.close().await;
}

async fn sub(till: &Till) -> String {
    let events = till.maxis.sandbox.stripe().events();
    let made = events.iter().find(|event| event["type"] == "customer.subscription.created").unwrap();
    made["data"]["object"]["id"].as_str().unwrap().to_owned()
}
