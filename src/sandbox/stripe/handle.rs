//! The handle of the local Stripe that tests and the demo hold.

use std::time::{Duration, Instant};

use actix_web::web::Data;
use serde_json::Value;

use super::Books;
use super::deeds::{Dispute, How};
use super::log::StripeExchange;
use super::object::own;
use super::payments::Temper;
use super::post::{Attempt, Mail};
use super::refusal::Refusal;
use super::rules::Rules;
use super::store::Kind;
use crate::sandbox::faults::Fault;
use crate::sandbox::{Refused, Shared};

/// How often waiting looks again.
const LOOK: Duration = Duration::from_millis(10);

/// The local Stripe.
#[derive(Clone)]
pub struct Stripe {
    shared: Data<Shared>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.status, refusal.message().to_owned())
    }
}

impl Stripe {
    pub(crate) fn new(shared: Data<Shared>) -> Self {
        Self { shared }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Books) -> T) -> T {
        self.shared.stripe(act)
    }

    /// What `STRIPE_API_URL` is: `http://127.0.0.1:PORT/stripe`.
    pub fn url(&self) -> String {
        self.with(|books| books.base.clone())
    }

    /// Registers a webhook endpoint for all types of events; gives its id.
    pub fn webhook(&self, url: &str, secret: &str) -> String {
        self.webhook_for(url, secret, &[])
    }

    /// Registers a webhook endpoint for some types of events; gives its id.
    pub fn webhook_for(&self, url: &str, secret: &str, types: &[&str]) -> String {
        let types: Vec<String> = types.iter().map(|kind| (*kind).to_owned()).collect();
        self.with(|books| books.post.register(url, secret, &types))
    }

    /// Gives an endpoint a new secret; until [`Stripe::retire_secret`] both sign.
    pub fn rotate_secret(&self, endpoint: &str, secret: &str) {
        self.with(|books| books.post.rotate(endpoint, secret));
    }

    /// Ends the use of an endpoint's old secret.
    pub fn retire_secret(&self, endpoint: &str) {
        self.with(|books| books.post.retire(endpoint));
    }

    /// Takes an endpoint away.
    pub fn remove_webhook(&self, endpoint: &str) {
        self.with(|books| books.post.remove(endpoint));
    }

    /// Presses a button of a session's page; gives the session. A declined card leaves it open and is no error.
    ///
    /// # Errors
    /// The session is unknown or closed, its discount is used up, or its page has no such button.
    pub fn pay(&self, session: &str, how: How) -> Result<Value, Refused> {
        self.with(|books| books.pay(session, how, None)).map_err(Refused::from)
    }

    /// The same with a card or an account of one's own, told from others by its fingerprint.
    ///
    /// # Errors
    /// As [`Stripe::pay`].
    pub fn pay_with(&self, session: &str, how: How, fingerprint: &str) -> Result<Value, Refused> {
        self.with(|books| books.pay(session, how, Some(fingerprint))).map_err(Refused::from)
    }

    /// Settles a session's bank debit now.
    ///
    /// # Errors
    /// The session is unknown, or no debit of it is under way.
    pub fn settle(&self, session: &str, paid: bool) -> Result<Value, Refused> {
        self.with(|books| books.settle(session, Some(paid))).map_err(Refused::from)
    }

    /// Lets the holder of a card dispute a charge (`fraudulent`, `product_not_received`, …); gives the dispute.
    ///
    /// # Errors
    /// The charge is unknown, did not succeed, or is disputed already.
    pub fn open_dispute(&self, charge: &str, reason: &str) -> Result<Value, Refused> {
        self.with(|books| books.open_dispute(charge, reason)).map_err(Refused::from)
    }

    /// Lets the bank decide about a dispute.
    ///
    /// # Errors
    /// The dispute is unknown or closed.
    pub fn close_dispute(&self, dispute: &str, end: Dispute) -> Result<Value, Refused> {
        self.with(|books| books.close_dispute(dispute, end)).map_err(Refused::from)
    }

    /// Lets a refund fail after all.
    ///
    /// # Errors
    /// The refund is unknown or failed before.
    pub fn fail_refund(&self, refund: &str) -> Result<Value, Refused> {
        self.with(|books| books.fail_refund(refund)).map_err(Refused::from)
    }

    /// Gives a customer and all their subscriptions another card; `fails` is one that declines whatever is not paid in
    /// person.
    ///
    /// # Errors
    /// The customer is unknown.
    pub fn change_card(&self, customer: &str, fails: bool) -> Result<(), Refused> {
        self.with(|books| books.change_card(customer, fails)).map_err(Refused::from)
    }

    /// Pays an open invoice, as a person does on its page.
    ///
    /// # Errors
    /// The invoice is unknown or not open.
    pub fn pay_invoice(&self, invoice: &str) -> Result<Value, Refused> {
        self.with(|books| books.pay_invoice(invoice)).map_err(Refused::from)
    }

    /// Moves the clock of the whole sandbox; everything of Stripe that becomes due happens, in order, before this ends.
    pub fn advance(&self, by: Duration) {
        crate::sandbox::person::advance(&self.shared, by);
    }

    /// The present moment of the sandbox, in seconds since the Unix epoch.
    pub fn now(&self) -> u64 {
        self.with(|books| books.now)
    }

    /// Changes how webhooks travel.
    pub fn mail(&self, change: impl FnOnce(&mut Mail)) {
        self.with(|books| change(&mut books.post.mail));
    }

    /// Changes how the account is set up.
    pub fn rules(&self, change: impl FnOnce(&mut Rules)) {
        self.with(|books| change(&mut books.rules));
    }

    /// Sets a fault of the API. Its paths begin with `/v1`; `hang_ms` waits before the deed, or after it with `after`.
    pub fn fault(&self, fault: Fault) {
        self.with(|books| books.faults.add(fault));
    }

    /// Clears all faults of the API.
    pub fn clear_faults(&self) {
        self.with(|books| books.faults.clear());
    }

    /// Sends an event once more to all endpoints that want it; false when it is unknown or nobody does.
    pub fn resend(&self, event: &str) -> bool {
        self.with(|books| {
            let kind = books.store.get(Kind::Event, event).map(|event| own(event, "type"));
            kind.is_ok_and(|kind| books.post.resend(event, &kind))
        })
    }

    /// All events so far, the oldest first.
    pub fn events(&self) -> Vec<Value> {
        self.with(|books| books.store.all(Kind::Event).map(|row| row.object.clone()).collect())
    }

    /// Any object by its id, of whatever kind; products and coupons are not found so.
    pub fn object(&self, id: &str) -> Option<Value> {
        self.with(|books| books.store.named("", id).cloned())
    }

    /// The tries to deliver events so far, the oldest first.
    pub fn deliveries(&self) -> Vec<Attempt> {
        self.with(|books| books.post.attempts())
    }

    /// Waits until no event is on its way and none waits for a new try; false when patience ends first.
    pub async fn delivered(&self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        while !self.with(|books| books.post.idle()) {
            if Instant::now() >= end {
                return false;
            }
            tokio::time::sleep(LOOK).await;
        }
        true
    }

    /// The exchanges with programs after a number; 0 gives all that are kept.
    pub fn log(&self, since: u64) -> Vec<StripeExchange> {
        self.with(|books| books.log.since(since))
    }
}

impl Books {
    /// Gives a customer another card.
    pub(crate) fn change_card(&mut self, customer: &str, fails: bool) -> Result<(), Refusal> {
        self.store.get(Kind::Customer, customer)?;
        let temper = if fails { Temper::FailsLater } else { Temper::Good };
        let method = self.make_method(temper, Some(customer), None);
        self.replace_card(customer, &method)
    }

    /// Pays an open invoice with the person there.
    pub(crate) fn pay_invoice(&mut self, invoice: &str) -> Result<Value, Refusal> {
        let object = self.get(Kind::Invoice, invoice)?;
        if own(&object, "status") != "open" {
            return Err(Refusal::invalid("This invoice is not open."));
        }
        let method = self.make_method(Temper::Good, Some(&own(&object, "customer")), None);
        self.collect(invoice, Some(&method), true)?;
        self.get(Kind::Invoice, invoice)
    }
}
