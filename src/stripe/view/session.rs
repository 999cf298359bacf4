//! A checkout as it stands.

use super::{Metadata, Named, Ref, customer_of, id_of, money};
use crate::domain::payments::{PaymentStatus, Refused, SessionStatus, SessionView};
use serde::Deserialize;
use serde_json::Value;

/// The fields of a checkout session; its payment must be expanded for [`SessionView::failed`].
#[derive(Deserialize)]
pub(in crate::stripe) struct Session {
    id: String,
    #[serde(default)]
    metadata: Metadata,
    customer: Option<Ref>,
    status: Option<String>,
    payment_status: Option<String>,
    amount_total: Option<i64>,
    currency: Option<String>,
    total_details: Option<Totals>,
    url: Option<String>,
    payment_intent: Option<Named<Try>>,
    subscription: Option<Ref>,
    invoice: Option<Ref>,
}

#[derive(Deserialize)]
struct Totals {
    amount_tax: Option<i64>,
}

#[derive(Deserialize)]
struct Try {
    status: Option<String>,
    last_payment_error: Option<Value>,
}

impl Try {
    /// Whether it can't be paid any more without the buyer: a bank debit that bounced asks for another way to pay, and a
    /// checkout that is over has none.
    fn is_over(&self) -> bool {
        match self.status.as_deref() {
            Some("canceled") => true,
            Some("requires_payment_method") => self.last_payment_error.is_some(),
            _ => false,
        }
    }
}

impl Session {
    /// The view.
    ///
    /// # Errors
    /// [`Refused::Strange`] for a state that can't be decided by.
    pub(in crate::stripe) fn view(self) -> Result<SessionView, Refused> {
        let status = match self.status.as_deref() {
            Some("open") => SessionStatus::Open,
            Some("complete") => SessionStatus::Complete,
            Some("expired") => SessionStatus::Expired,
            _ => return Err(Refused::Strange("the status of a checkout")),
        };
        let payment_status = match self.payment_status.as_deref() {
            Some("paid") => PaymentStatus::Paid,
            Some("unpaid") => PaymentStatus::Unpaid,
            Some("no_payment_required") => PaymentStatus::NotRequired,
            _ => return Err(Refused::Strange("the payment status of a checkout")),
        };
        let tried = self.payment_intent.as_ref().and_then(Named::whole);
        let unpaid = status == SessionStatus::Complete && payment_status == PaymentStatus::Unpaid;
        Ok(SessionView {
            order: self.metadata.order(),
            customer: customer_of(self.customer.as_ref()),
            status,
            payment_status,
            total: money(self.amount_total, self.currency.as_deref()),
            tax_minor: self.total_details.and_then(|totals| totals.amount_tax).unwrap_or(0),
            url: self.url.filter(|_| status == SessionStatus::Open),
            failed: unpaid && tried.is_some_and(Try::is_over),
            payment: id_of(self.payment_intent.as_ref()),
            subscription: id_of(self.subscription.as_ref()),
            invoice: id_of(self.invoice.as_ref()),
            id: self.id,
        })
    }
}
