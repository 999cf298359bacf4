//! A change that must be paid at once or not be made: `payment_behavior=error_if_incomplete`.
//!
//! Stripe keeps the charge that failed; here nothing at all stays of the try.

use serde_json::Value;

use super::Books;
use super::agenda::Agenda;
use super::object::own;
use super::payments::Temper;
use super::post::Post;
use super::refusal::Refusal;
use super::store::{Kind, Store};
use crate::sandbox::json::text;

/// What there was before a change that may not stand.
pub(crate) struct Before {
    store: Store,
    agenda: Agenda,
    post: Post,
}

impl Books {
    /// Keeps what there is, for a subscription whose card may decline; none where it pays whatever comes.
    pub(crate) fn before(&self, subscription: &Value) -> Option<Before> {
        let pays = self
            .card_of(subscription, &own(subscription, "customer"))
            .is_some_and(|method| !matches!(self.temper(&method), Temper::Declines | Temper::FailsLater));
        (!pays).then(|| Before { store: self.store.clone(), agenda: self.agenda.clone(), post: self.post.clone() })
    }

    /// Takes a change back whose invoice was not paid.
    ///
    /// # Errors
    /// It was not: the card's refusal.
    pub(crate) fn stand_or_undo(&mut self, present: &Value, id: &str, before: Before) -> Result<(), Refusal> {
        let after = self.get(Kind::Subscription, id)?;
        let newest = own(&after, "latest_invoice");
        if text(present, "latest_invoice") == Some(newest.as_str()) {
            return Ok(());
        }
        let invoice = self.get(Kind::Invoice, &newest)?;
        if text(&invoice, "status") != Some("open") {
            return Ok(());
        }
        let refusal = match self.method_for(&invoice) {
            Some(_) => Refusal::declined(),
            None => Refusal::no_method(),
        };
        self.store = before.store;
        self.agenda = before.agenda;
        self.post = before.post;
        Err(refusal)
    }
}
