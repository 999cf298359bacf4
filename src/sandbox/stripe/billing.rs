//! Invoices: finalising, collecting, and what a failed collection leads to.

use serde_json::{Value, json};

use super::Books;
use super::agenda::Due;
use super::api::credit::Why;
use super::object::{field, fresh_id, id_of, int, own, set, set_at};
use super::payments::{Bill, Taken, Temper};
use super::refusal::Refusal;
use super::rules::AfterRetries;
use super::store::Kind;
use crate::sandbox::json::{list, text};

impl Books {
    /// Finalises a draft and collects it at once, with the person there.
    pub(crate) fn open_invoice(
        &mut self,
        invoice: &str,
        method: Option<&str>,
        intent: Option<String>,
    ) -> Result<Taken, Refusal> {
        if let Some(intent) = intent {
            self.note(Kind::Invoice, invoice, "intent", intent);
        }
        if self.finalize(invoice)? { self.collect(invoice, method, true) } else { Ok(Taken::Paid) }
    }

    /// Finalises a draft; whether something is left to be collected.
    pub(crate) fn finalize(&mut self, invoice: &str) -> Result<bool, Refusal> {
        let (now, base) = (self.now, self.base.clone());
        let object = self.get(Kind::Invoice, invoice)?;
        let customer = self.get(Kind::Customer, &own(&object, "customer"))?;
        let number = format!("{}-{:04}", own(&customer, "invoice_prefix"), int(&customer, "next_invoice_sequence"));
        // Credit that was used makes the balance rise towards zero; a negative total makes it fall.
        let used = int(&object, "total") - int(&object, "amount_due");
        let balance = int(&object, "starting_balance") + used;
        self.change(Kind::Customer, &id_of(&customer), &[], |customer| {
            let next = int(customer, "next_invoice_sequence") + 1;
            set(customer, "next_invoice_sequence", next);
        })?;
        if used != 0 {
            let (currency, description, metadata) = (field(&object, "currency"), Value::Null, json!({}));
            let why = Why { kind: "applied_to_invoice", invoice: invoice.into(), currency, description, metadata };
            self.move_balance(&id_of(&customer), used, why)?;
        }
        let open = self.change(Kind::Invoice, invoice, &["invoice.finalized"], |invoice| {
            let id = id_of(invoice);
            set(invoice, "status", "open");
            set(invoice, "number", number);
            set(invoice, "effective_at", now);
            set(invoice, "automatically_finalizes_at", Value::Null);
            set(invoice, "ending_balance", balance);
            set(invoice, "hosted_invoice_url", format!("{base}/invoice/{id}"));
            set(invoice, "invoice_pdf", format!("{base}/invoice/{id}/pdf"));
            set_at(invoice, "/status_transitions", "finalized_at", now);
        })?;
        if int(&open, "amount_due") > 0 {
            return Ok(true);
        }
        self.mark_paid(invoice)?;
        Ok(false)
    }

    /// Finalises a draft whose time has come.
    pub(crate) fn finalize_if_due(&mut self, invoice: &str) {
        let draft = self.store.get(Kind::Invoice, invoice).is_ok_and(|invoice| {
            text(invoice, "status") == Some("draft") && invoice.get("auto_advance") == Some(&Value::Bool(true))
        });
        if draft && self.finalize(invoice) == Ok(true) {
            self.collect_if_due(invoice);
        }
    }

    /// Tries an open invoice of which nobody is there to pay.
    pub(crate) fn collect_if_due(&mut self, invoice: &str) {
        let Ok(object) = self.get(Kind::Invoice, invoice) else { return };
        if text(&object, "status") != Some("open") || object.get("auto_advance") != Some(&Value::Bool(true)) {
            return;
        }
        let method = self.method_for(&object);
        if let Err(refusal) = self.collect(invoice, method.as_deref(), false) {
            tracing::warn!(reason = refusal.message(), "an invoice of the sandbox could not be collected");
        }
    }

    /// The payment method that an invoice's subscription or customer has.
    pub(crate) fn method_for(&self, invoice: &Value) -> Option<String> {
        let subscription = self.store.get(Kind::Subscription, &subscription_of(invoice)).ok();
        self.card_of(subscription.unwrap_or(&Value::Null), &own(invoice, "customer"))
    }

    /// The payment method that a subscription has, else its customer.
    pub(crate) fn card_of(&self, subscription: &Value, customer: &str) -> Option<String> {
        let customer = self.store.get(Kind::Customer, customer).ok();
        let usual = customer.and_then(|c| c.pointer("/invoice_settings/default_payment_method")?.as_str());
        text(subscription, "default_payment_method").or(usual).map(str::to_owned)
    }

    /// Tries to be paid for an open invoice.
    pub(crate) fn collect(&mut self, invoice: &str, method: Option<&str>, present: bool) -> Result<Taken, Refusal> {
        let intent = self.invoice_intent(invoice)?;
        self.change(Kind::Invoice, invoice, &[], |invoice| {
            let tries = int(invoice, "attempt_count") + 1;
            set(invoice, "attempt_count", tries);
            set(invoice, "attempted", true);
            set(invoice, "next_payment_attempt", Value::Null);
        })?;
        let taken = match method {
            Some(method) => self.take_payment(&intent, method, present)?,
            None => {
                let message = "There is no default payment method set on this Customer.";
                self.fail_intent(&intent, None, "resource_missing", message)?;
                Taken::Declined
            }
        };
        match taken {
            Taken::Paid => self.mark_paid(invoice)?,
            Taken::Declined => self.payment_failed(invoice)?,
            Taken::Processing => {
                // A checkout settles its own.
                if !present {
                    self.agenda.put(self.now + self.rules.debit_s, Due::Debit(invoice.to_owned()));
                }
                self.activate(invoice)?;
            }
        }
        Ok(taken)
    }

    /// Settles the debit of an invoice that is under way, as its account behaves.
    pub(crate) fn end_invoice_debit(&mut self, invoice: &str) {
        let intent = own(&self.notes(Kind::Invoice, invoice), "intent");
        let Ok(object) = self.get(Kind::PaymentIntent, &intent) else { return };
        if text(&object, "status") != Some("processing") {
            return;
        }
        let paid = self.temper(&own(&object, "payment_method")) == Temper::Debit;
        let ended = self.end_debit(&intent, paid).and_then(|()| match paid {
            true => self.mark_paid(invoice),
            false => self.payment_failed(invoice),
        });
        if let Err(refusal) = ended {
            tracing::warn!(reason = refusal.message(), "a debit of the sandbox could not be settled");
        }
    }

    fn invoice_intent(&mut self, invoice: &str) -> Result<String, Refusal> {
        let object = self.get(Kind::Invoice, invoice)?;
        let notes = self.notes(Kind::Invoice, invoice);
        if text(&notes, "payment").is_some() {
            return Ok(own(&notes, "intent"));
        }
        let intent = match text(&notes, "intent") {
            Some(intent) => intent.to_owned(),
            None => {
                let bill = Bill {
                    amount: int(&object, "amount_due"),
                    currency: own(&object, "currency"),
                    customer: text(&object, "customer").map(str::to_owned),
                    email: text(&object, "customer_email").map(str::to_owned),
                    metadata: json!({}),
                    description: json!("Subscription update"),
                };
                self.open_intent(&bill, &json!(["card", "sepa_debit"]))
            }
        };
        let payment = json!({
            "id": fresh_id("inpay"), "object": "invoice_payment", "amount_paid": null,
            "amount_requested": field(&object, "amount_due"), "created": self.now,
            "currency": field(&object, "currency"), "invoice": invoice, "is_default": true, "livemode": false,
            "payment": {"payment_intent": intent, "type": "payment_intent"}, "status": "open",
            "status_transitions": {"canceled_at": null, "paid_at": null},
        });
        self.note(Kind::Invoice, invoice, "payment", id_of(&payment));
        self.note(Kind::Invoice, invoice, "intent", intent.clone());
        self.add(Kind::InvoicePayment, payment, json!({}), "");
        Ok(intent)
    }

    /// Notes that an invoice is paid; its subscription is active again.
    pub(crate) fn mark_paid(&mut self, invoice: &str) -> Result<(), Refusal> {
        let now = self.now;
        if let Some(payment) = text(&self.notes(Kind::Invoice, invoice), "payment") {
            self.change(Kind::InvoicePayment, payment, &["invoice_payment.paid"], |payment| {
                let amount = field(payment, "amount_requested");
                set(payment, "amount_paid", amount);
                set(payment, "status", "paid");
                set_at(payment, "/status_transitions", "paid_at", now);
            })?;
        }
        let paid = self.change(Kind::Invoice, invoice, &["invoice.paid", "invoice.payment_succeeded"], |invoice| {
            let due = int(invoice, "amount_due");
            set(invoice, "status", "paid");
            set(invoice, "attempted", true);
            set(invoice, "auto_advance", false);
            set(invoice, "amount_paid", due);
            set(invoice, "amount_remaining", 0);
            set(invoice, "next_payment_attempt", Value::Null);
            set_at(invoice, "/status_transitions", "paid_at", now);
        })?;
        self.spend_once(&paid)?;
        self.activate(invoice)
    }

    /// A coupon for one invoice is used up by the first that it made cheaper.
    fn spend_once(&mut self, invoice: &Value) -> Result<(), Refusal> {
        let used = list(invoice, "total_discount_amounts").iter().any(|cut| int(cut, "amount") > 0);
        let once = |id: &Value| {
            let discount = id.as_str().and_then(|id| self.store.get(Kind::Discount, id).ok());
            let coupon = discount.and_then(|one| one.pointer("/source/coupon")?.as_str());
            coupon.and_then(|id| self.store.get(Kind::Coupon, id).ok()).and_then(|coupon| text(coupon, "duration"))
                == Some("once")
        };
        let spent: Vec<Value> = list(invoice, "discounts").iter().filter(|id| used && once(id)).cloned().collect();
        if spent.is_empty() {
            return Ok(());
        }
        self.change(Kind::Subscription, &subscription_of(invoice), &["customer.subscription.updated"], |subscription| {
            let left: Vec<Value> =
                list(subscription, "discounts").iter().filter(|id| !spent.contains(id)).cloned().collect();
            set(subscription, "discounts", left);
        })
        .map(drop)
    }

    fn activate(&mut self, invoice: &str) -> Result<(), Refusal> {
        let subscription = subscription_of(&self.get(Kind::Invoice, invoice)?);
        self.change(Kind::Subscription, &subscription, &["customer.subscription.updated"], |subscription| {
            if matches!(text(subscription, "status"), Some("incomplete" | "past_due" | "unpaid")) {
                set(subscription, "status", "active");
            }
        })
        .map(drop)
    }

    /// Notes that a collection failed: another try later, or the end.
    pub(crate) fn payment_failed(&mut self, invoice: &str) -> Result<(), Refusal> {
        let tries = int(&self.get(Kind::Invoice, invoice)?, "attempt_count");
        let place = usize::try_from(tries - 1).unwrap_or(0);
        let next = self.rules.retries_s.get(place).map(|wait| self.now + wait);
        if let Some(next) = next {
            self.agenda.put(next, Due::Collect(invoice.to_owned()));
        }
        let failed = self.change(Kind::Invoice, invoice, &[], |invoice| set(invoice, "next_payment_attempt", next))?;
        self.tell("invoice.payment_failed", &failed);
        let subscription = subscription_of(&failed);
        let status = match (next, self.rules.after_retries) {
            (Some(_), _) | (None, AfterRetries::PastDue) => "past_due",
            (None, AfterRetries::Unpaid) => "unpaid",
            (None, AfterRetries::Cancel) => return self.cancel_now(&subscription, "payment_failed").map(drop),
        };
        self.change(Kind::Subscription, &subscription, &["customer.subscription.updated"], |subscription| {
            if text(subscription, "status") != Some("canceled") {
                set(subscription, "status", status);
            }
        })
        .map(drop)
    }

    /// Stops trying to be paid for what a subscription still owes.
    pub(crate) fn let_go(&mut self, subscription: &str) {
        let open: Vec<String> = self
            .store
            .all(Kind::Invoice)
            .filter(|row| {
                subscription_of(&row.object) == subscription
                    && matches!(text(&row.object, "status"), Some("open" | "draft"))
            })
            .map(|row| id_of(&row.object))
            .collect();
        for invoice in open {
            let changed = self.change(Kind::Invoice, &invoice, &["invoice.updated"], |invoice| {
                set(invoice, "auto_advance", false);
                set(invoice, "next_payment_attempt", Value::Null);
            });
            // It was found a moment ago.
            drop(changed);
        }
    }
}

/// The subscription of an invoice.
pub(crate) fn subscription_of(invoice: &Value) -> String {
    let found = invoice.pointer("/parent/subscription_details/subscription").and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}
