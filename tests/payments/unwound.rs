//! Money behind a subscription that goes back or never comes: what changes of plan made of it is undone. At the local Stripe.

use super::till::{Till, guild};
use crate::purchases::world::{BOSS, MARIE, n, t, words};
use jiff::SignedDuration;
use shellia::domain::payments::{Change, Gateway, NewRefund};
use shellia::domain::shop::reclaims::{self, Short};
use shellia::jobs::janitor;
use shellia::kernel::{Actor, Currency, Money};
use shellia::sandbox::Fault;
use shellia::sandbox::stripe::{Dispute, How};

const PRO: &str = "plan/pro/month";
const ULTRA: &str = "plan/ultra/year";
const DONE: &str = "select count(*) as n from reclaims where state = 'done'";
const CANCELED: &str = "select count(*) as n from subscriptions where state = 'canceled'";

impl Till {
    /// The only subscription's name at Stripe.
    fn subscription(&self) -> String {
        let events = self.maxis.sandbox.stripe().events();
        let made = events.iter().find(|event| event["type"] == "customer.subscription.created").unwrap();
        made["data"]["object"]["id"].as_str().unwrap().to_owned()
    }

    /// Its plan is changed in Stripe's dashboard, where nothing of ours forbids it.
    async fn changes_there(&self, item: &str, minor: i64, interval: &'static str) {
        let id = self.subscription();
        let line = self.gateway.subscription(&id).await.unwrap().line.unwrap();
        let unit = Money::new(minor, Currency::EUR).unwrap();
        let change = Change::Switch { line, item: item.to_owned(), title: item.to_owned(), unit, interval };
        self.gateway.change_subscription("in-the-dashboard", &id, &change).await.unwrap();
    }

    async fn loses(&self, minor: i64) {
        let stripe = self.maxis.sandbox.stripe();
        let dispute = stripe.open_dispute(&self.charge(minor), "fraudulent").unwrap();
        self.until("select count(*) as n from invoices where dispute = 'open'", 1).await;
        stripe.close_dispute(dispute["id"].as_str().unwrap(), Dispute::Lost).unwrap();
        self.until(CANCELED, 1).await;
    }

    /// What staff read of an order's credit.
    async fn short(&self, number: i64) -> Option<Short> {
        let mut tx = self.app.db.begin(&Actor::staff_channel(guild())).await.unwrap();
        let short = reclaims::short(&mut tx, guild(), number, self.clock.now()).await.unwrap();
        tx.end().await.unwrap();
        short
    }

    /// How often a customer's credit was set back.
    fn set_back(&self, customer: &str) -> usize {
        let log = self.maxis.sandbox.stripe().log(0);
        let path = format!("/v1/customers/{customer}/balance_transactions");
        log.iter().filter(|one| one.method == "POST" && one.path == path && !one.replayed && one.status == 200).count()
    }
}

/// Ultra by the year, changed to Pro by the month: what is left of the year is hers.
async fn with_credit(till: &Till) -> (i64, String) {
    let (order, customer) = till.owns(MARIE, ULTRA, How::Card).await;
    let said = till.switched(MARIE, PRO).await;
    assert!(said.contains("Abonnement Pro") && said.contains("Votre avoir = 277,91"), "{said}");
    assert_eq!(till.credit(&customer), 27_791);
    (order.number, customer)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_was_charged_goes_back_where_the_first_debit_fails() {
    let till = Till::open().await;
    let (_, customer) = till.owns(MARIE, PRO, How::SepaFails).await;
    till.maxis.sandbox.stripe().change_card(&customer, false).unwrap();
    till.changes_there("plan/ultra", 28_790, "year").await;
    till.until("select count(*) as n from invoices where amount_minor > 20000", 1).await;
    // It is no first payment: nothing is handed over for it.
    assert_eq!(till.count("select coalesce(sum(paid_minor), 0)::bigint as n from orders").await, 0);
    till.advance(24 * 4);
    till.until("select count(*) as n from orders where state = 'failed' and paid_minor = 0", 1).await;
    till.until(CANCELED, 1).await;
    till.until("select count(*) as n from invoices where amount_minor > 20000 and refunded_minor = amount_minor", 1)
        .await;
    till.until("select count(*) as n from refunds where state = 'done' and reason = 'change_undone'", 1).await;
    let net = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger where account in ('revenue', 'refunds')";
    assert_eq!(till.count(net).await, 0);
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_of_money_that_never_came_is_set_back() {
    let till = Till::open().await;
    let (_, customer) = till.owns(MARIE, ULTRA, How::SepaFails).await;
    till.changes_there("plan/pro", 999, "month").await;
    assert_eq!(till.credit(&customer), 27_791);
    till.advance(24 * 4);
    till.until(DONE, 1).await;
    assert_eq!((till.credit(&customer), till.set_back(&customer)), (0, 1));
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_is_set_back_where_a_bank_takes_the_money() {
    let till = Till::open().await;
    let (number, customer) = with_credit(&till).await;
    till.loses(28_790).await;
    till.until(DONE, 1).await;
    assert_eq!((till.credit(&customer), till.short(number).await), (0, None));
    // What she buys anew she pays.
    till.owns(MARIE, PRO, How::Card).await;
    assert_eq!(till.count("select count(*) as n from invoices where amount_minor = 999").await, 1);
    // Looked at again, nothing more is taken.
    janitor::reconcile(&till.app).await.unwrap();
    till.maxis.sandbox.stripe().delivered(super::till::PATIENCE).await;
    assert_eq!(till.set_back(&customer), 1);
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_is_set_back_where_the_money_is_refunded_in_the_dashboard_and_comes_again_with_it() {
    let till = Till::open().await;
    let (_, customer) = with_credit(&till).await;
    let payment = till.maxis.sandbox.stripe().object(&till.charge(28_790)).unwrap();
    let payment = payment["payment_intent"].as_str().unwrap().to_owned();
    let new = NewRefund { payment: payment.clone(), amount_minor: 28_790, refund: (guild(), 99) };
    till.gateway.refund("in-the-dashboard", &new).await.unwrap();
    till.until(CANCELED, 1).await;
    till.until(DONE, 1).await;
    assert_eq!(till.credit(&customer), 0);
    // The bank returns it: the money is here again, and so is what she had.
    let made = till.maxis.sandbox.stripe().events();
    let refund = made.iter().find(|event| event["type"] == "refund.created").unwrap();
    till.maxis.sandbox.stripe().fail_refund(refund["data"]["object"]["id"].as_str().unwrap()).unwrap();
    till.until(DONE, 2).await;
    assert_eq!(till.credit(&customer), 27_791);
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_how_much_of_a_credit_is_spent_already_and_whose_it_was() {
    let till = Till::open().await;
    let (number, customer) = with_credit(&till).await;
    till.advance(24 * 32);
    till.until("select count(*) as n from invoices where credit_minor = 999", 1).await;
    assert_eq!(till.credit(&customer), 26_792);
    till.loses(28_790).await;
    till.until(DONE, 1).await;
    assert_eq!(till.credit(&customer), 0);
    let short = till.short(number).await.unwrap();
    assert_eq!((short.missing.minor(), short.owed.minor(), short.customer.0.as_str()), (999, 0, customer.as_str()));
    assert!(!short.late);
    let told = format!("select count(*) as n from outbox where kind = 'shop_alert' and order_number = {number}");
    assert!(till.count(&told).await > 2, "beside the dispute's two");
    till.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_was_charged_on_top_of_lost_money_goes_back() {
    let till = Till::open().await;
    till.owns(MARIE, PRO, How::Card).await;
    till.switched(MARIE, ULTRA).await;
    till.until("select count(*) as n from invoices where amount_minor > 20000", 1).await;
    // She has it for a day, and the bank then takes back what the first month cost.
    till.advance(24);
    till.loses(999).await;
    let day = "select count(*) as n from invoices where amount_minor - refunded_minor between 74 and 78 and amount_minor > 20000";
    till.until(day, 1).await;
    till.close().await;
}

/// However the answers go: it is set back, and once.
#[tokio::test(flavor = "multi_thread")]
async fn credit_is_set_back_once_whatever_becomes_of_the_answers() {
    for (status, after) in [(0, true), (500, true)] {
        let till = Till::open().await;
        let (_, customer) = with_credit(&till).await;
        let path_regex = Some("balance_transactions".to_owned());
        let method = Some("POST".to_owned());
        let fault = Fault { method, path_regex, status, after, times: Some(1), ..Fault::default() };
        till.maxis.sandbox.stripe().fault(fault);
        till.loses(28_790).await;
        let asked = "select count(*) as n from payment_tasks where kind = 'reclaim' and (state = 'done' or outcome is not null)";
        till.until(asked, 1).await;
        // Later tries come later by the program's clock.
        for _ in 0..5 {
            till.clock.advance(SignedDuration::from_mins(5));
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        till.until(DONE, 1).await;
        assert_eq!(till.credit(&customer), 0, "{status} {after}");
        till.close().await;
    }
}

/// What is said of credit before it is given is what is given.
#[tokio::test(flavor = "multi_thread")]
async fn credit_that_is_left_is_told_of_at_the_end_and_where_it_pays() {
    let till = Till::open().await;
    let (_, customer) = with_credit(&till).await;
    let ended = words(&till.asks(MARIE, "subscription_end", &[]).await);
    assert!(ended.contains("Il vous reste un avoir de 277,91"), "{ended}");
    till.advance(24 * 32);
    till.until(CANCELED, 1).await;
    let (order, _) = till.owns(MARIE, "plan/pro/month", How::Card).await;
    assert_eq!(till.credit(&customer), 27_791 - 999);
    let card = words(&till.asks(MARIE, "order", &[("order", n(order.number))]).await);
    assert!(card.contains("Réglé par votre avoir = 9,99"), "{card}");
    let given = [("order", n(order.number)), ("reason", t("Erreur"))];
    let refund = words(&till.asks(BOSS, "refund", &given).await);
    assert!(refund.contains("réglée par un avoir du membre (9,99") && refund.contains("abonnement `sub_"), "{refund}");
    till.close().await;
}
