//! An invoice as it stands.

use super::{List, Named, Ref, id_of, money, time};
use crate::domain::payments::{InvoiceView, Refused};
use serde::Deserialize;

/// The fields of an invoice, as they stand since 2025-03-31 and as they stood before; its payments must be expanded.
#[derive(Deserialize)]
pub(in crate::stripe) struct Invoice {
    id: String,
    status: Option<String>,
    billing_reason: Option<String>,
    total: Option<i64>,
    amount_paid: Option<i64>,
    currency: Option<String>,
    total_taxes: Option<Vec<Tax>>,
    tax: Option<i64>,
    payments: Option<List<InvoicePayment>>,
    payment_intent: Option<Ref>,
    parent: Option<Parent>,
    subscription: Option<Ref>,
    hosted_invoice_url: Option<String>,
    status_transitions: Option<Transitions>,
    created: i64,
}

#[derive(Deserialize)]
struct Tax {
    #[serde(default)]
    amount: i64,
}

#[derive(Deserialize)]
struct InvoicePayment {
    status: Option<String>,
    payment: Option<Means>,
}

#[derive(Deserialize)]
struct Means {
    payment_intent: Option<Ref>,
}

#[derive(Deserialize)]
struct Parent {
    subscription_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    subscription: Option<Ref>,
}

#[derive(Deserialize)]
struct Transitions {
    paid_at: Option<i64>,
}

impl Invoice {
    /// The payment that went through; none where nothing was due or it was settled outside of Stripe.
    fn payment(&self) -> Option<&Ref> {
        let paid = |one: &&InvoicePayment| one.status.as_deref() == Some("paid");
        let of_payments = self.payments.as_ref().and_then(|all| all.data.iter().find(paid));
        of_payments.and_then(|one| one.payment.as_ref()?.payment_intent.as_ref()).or(self.payment_intent.as_ref())
    }

    fn subscription(&self) -> Option<&Ref> {
        let of_parent =
            self.parent.as_ref().and_then(|parent| parent.subscription_details.as_ref()?.subscription.as_ref());
        of_parent.or(self.subscription.as_ref())
    }

    /// The view. The tax is at most what was paid: what a credit paid for has been taxed before.
    ///
    /// # Errors
    /// [`Refused::Strange`] for a time that can't be.
    pub(in crate::stripe) fn view(self) -> Result<InvoiceView, Refused> {
        let taxes =
            self.total_taxes.as_ref().map(|all| all.iter().fold(0, |sum: i64, one| sum.saturating_add(one.amount)));
        let tax = taxes.or(self.tax).unwrap_or(0);
        let paid_at = self.status_transitions.as_ref().and_then(|all| all.paid_at);
        Ok(InvoiceView {
            subscription: id_of(self.subscription()),
            paid: self.status.as_deref() == Some("paid"),
            open: matches!(self.status.as_deref(), Some("draft" | "open")),
            change: self.billing_reason.as_deref() == Some("subscription_update"),
            billed_minor: self.total.or(self.amount_paid).unwrap_or(0),
            total: money(self.amount_paid, self.currency.as_deref()),
            tax_minor: tax.clamp(0, self.amount_paid.unwrap_or(0).max(0)),
            payment: self.payment().map(Named::id).map(str::to_owned),
            url: self.hosted_invoice_url,
            at: time(paid_at.unwrap_or(self.created))?,
            id: self.id,
        })
    }
}
