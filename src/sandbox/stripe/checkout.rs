//! How a checkout session is paid: the person's side of the hosted page.

use serde_json::{Value, json};

use super::Books;
use super::agenda::Due;
use super::api::sessions::details;
use super::deeds::How;
use super::object::{field, fresh_id, id_of, int, letters, own, set};
use super::payments::{Bill, Taken, Temper};
use super::prices::Line;
use super::refusal::Refusal;
use super::store::Kind;
use crate::sandbox::json::{list, text, truth};

/// The address of whoever gives none.
const NOBODY: &str = "client@example.com";

impl Books {
    /// Lets the person of a session's page do something; gives the session as it is afterwards. What the bank declines
    /// leaves it open.
    ///
    /// # Errors
    /// The session is unknown or no longer open, its discount is used up, or the page has no such button.
    pub(crate) fn pay(&mut self, session: &str, how: How, fingerprint: Option<&str>) -> Result<Value, Refusal> {
        let object = self.get(Kind::Session, session)?;
        if text(&object, "status") != Some("open") {
            return Err(Refusal::invalid("This Checkout Session is no longer active."));
        }
        let challenged = truth(&self.notes(Kind::Session, session), "challenged");
        let temper = match how {
            How::ThreeDSecure => return self.challenge(&object),
            How::Confirm | How::Fail if !challenged => {
                return Err(Refusal::invalid("Nothing waits for a confirmation of the bank."));
            }
            How::Fail => return self.fail_challenge(&object),
            How::Card | How::Confirm => Temper::Good,
            How::Decline => Temper::Declines,
            How::CardFailsLater => Temper::FailsLater,
            How::Sepa => Temper::Debit,
            How::SepaFails => Temper::DebitFails,
        };
        let debit = matches!(how, How::Sepa | How::SepaFails);
        let wanted = if debit { "sepa_debit" } else { "card" };
        if !list(&object, "payment_method_types").iter().any(|kind| kind == wanted) {
            return Err(Refusal::invalid(format!("This Checkout Session does not accept {wanted}.")));
        }
        self.check_discount(session)?;
        if text(&object, "mode") == Some("subscription") {
            self.subscribe(&object, temper, fingerprint)
        } else {
            self.buy(&object, temper, fingerprint)
        }
    }

    fn check_discount(&self, session: &str) -> Result<(), Refusal> {
        let notes = self.notes(Kind::Session, session);
        let Some(used) = notes.get("discount").filter(|used| !used.is_null()) else { return Ok(()) };
        let coupon = self.store.get(Kind::Coupon, &own(used, "coupon"));
        let code = text(used, "code").map(|code| self.store.get(Kind::PromotionCode, code));
        let good = coupon.is_ok_and(|coupon| self.redeemable(coupon))
            && code.is_none_or(|code| code.is_ok_and(|code| self.redeemable(code)));
        if good { Ok(()) } else { Err(Refusal::invalid("This discount has been used up.").code("coupon_expired")) }
    }

    fn buy(&mut self, session: &Value, temper: Temper, fingerprint: Option<&str>) -> Result<Value, Refusal> {
        let id = id_of(session);
        let customer = self.buyer(session, text(session, "customer_creation") == Some("always"));
        if int(session, "amount_total") == 0 {
            return self.complete(&id, "no_payment_required", customer, &[]);
        }
        let intent = self.session_intent(session, customer.clone());
        let method = self.make_method(temper, customer.as_deref(), fingerprint);
        let status = match self.take_payment(&intent, &method, true)? {
            Taken::Declined => return self.get(Kind::Session, &id),
            Taken::Paid => "paid",
            Taken::Processing => {
                self.agenda.put(self.now + self.rules.debit_s, Due::Settle(id.clone()));
                "unpaid"
            }
        };
        self.complete(&id, status, customer, &[("payment_intent", json!(intent))])
    }

    fn subscribe(&mut self, session: &Value, temper: Temper, fingerprint: Option<&str>) -> Result<Value, Refusal> {
        let id = id_of(session);
        let due = int(session, "amount_total");
        if matches!(temper, Temper::Declines) {
            // A declined card leaves no subscription behind, only the failed try.
            let intent = self.session_intent(session, text(session, "customer").map(str::to_owned));
            let method = self.make_method(temper, None, fingerprint);
            self.take_payment(&intent, &method, true)?;
            return self.get(Kind::Session, &id);
        }
        let Some(customer) = self.buyer(session, true) else { return Err(Refusal::invalid("Nobody subscribes.")) };
        let without = due == 0 && text(session, "payment_method_collection") == Some("if_required");
        let method = (!without).then(|| self.make_method(temper, Some(&customer), fingerprint));
        let notes = self.notes(Kind::Session, &id);
        let lines: Vec<Line> = list(&notes, "lines").iter().map(Line::read).collect();
        let discount = self.make_discount(&notes, &id, &customer);
        let subscription =
            self.start_subscription(field(&notes, "subscription"), &lines, &customer, method.as_deref(), discount)?;
        let invoice = self.first_invoice(&subscription, &lines)?;
        let intent = text(&notes, "intent").map(str::to_owned);
        let status = match self.open_invoice(&invoice, method.as_deref(), intent)? {
            Taken::Processing => {
                self.agenda.put(self.now + self.rules.debit_s, Due::Settle(id.clone()));
                "unpaid"
            }
            _ if due == 0 => "no_payment_required",
            _ => "paid",
        };
        let made = [("subscription", json!(subscription)), ("invoice", json!(invoice))];
        self.complete(&id, status, Some(customer), &made)
    }

    /// The session's customer; a new one where one is needed.
    fn buyer(&mut self, session: &Value, needed: bool) -> Option<String> {
        let known = text(session, "customer").map(str::to_owned);
        if known.is_some() || !needed {
            return known;
        }
        let email = text(session, "customer_email").unwrap_or(NOBODY).to_owned();
        let mut customer = super::api::customers::new(self, &super::form::Form::default()).ok()?;
        set(&mut customer, "email", email);
        let customer = self.add(Kind::Customer, customer, json!({}), "customer.created");
        Some(id_of(&customer))
    }

    /// The payment intent that the session's tries share.
    fn session_intent(&mut self, session: &Value, customer: Option<String>) -> String {
        let id = id_of(session);
        let notes = self.notes(Kind::Session, &id);
        if let Some(intent) = text(&notes, "intent") {
            return intent.to_owned();
        }
        let payment = field(&notes, "payment");
        let bill = Bill {
            amount: int(session, "amount_total"),
            currency: own(session, "currency"),
            customer,
            email: session.pointer("/customer_details/email").and_then(Value::as_str).map(str::to_owned),
            metadata: field(&payment, "metadata"),
            description: field(&payment, "description"),
        };
        let intent = self.open_intent(&bill, &field(session, "payment_method_types"));
        self.note(Kind::Session, &id, "intent", intent.clone());
        intent
    }

    fn challenge(&mut self, session: &Value) -> Result<Value, Refusal> {
        let id = id_of(session);
        self.check_discount(&id)?;
        if int(session, "amount_total") == 0 {
            return Err(Refusal::invalid("Nothing is to be paid, so nothing is to be confirmed."));
        }
        let intent = self.session_intent(session, text(session, "customer").map(str::to_owned));
        self.challenge_intent(&intent, &format!("{}/pay/{id}", self.base))?;
        self.note(Kind::Session, &id, "challenged", true);
        self.get(Kind::Session, &id)
    }

    fn fail_challenge(&mut self, session: &Value) -> Result<Value, Refusal> {
        let id = id_of(session);
        let intent = self.session_intent(session, None);
        let message = "We are unable to authenticate your payment method. Please choose a different payment method \
                       and try again.";
        self.fail_intent(&intent, None, "payment_intent_authentication_failure", message)?;
        self.note(Kind::Session, &id, "challenged", false);
        self.get(Kind::Session, &id)
    }

    fn complete(
        &mut self,
        session: &str,
        status: &str,
        customer: Option<String>,
        made: &[(&str, Value)],
    ) -> Result<Value, Refusal> {
        let notes = self.notes(Kind::Session, session);
        if let Some(used) = notes.get("discount").filter(|used| !used.is_null()) {
            self.redeem(Kind::Coupon, &own(used, "coupon"));
            if let Some(code) = text(used, "code") {
                self.redeem(Kind::PromotionCode, code);
            }
        }
        self.change(Kind::Session, session, &["checkout.session.completed"], |session| {
            set(session, "status", "complete");
            set(session, "payment_status", status);
            set(session, "url", Value::Null);
            set(session, "customer", customer);
            if session.get("customer_details").is_none_or(Value::is_null) {
                set(session, "customer_details", details(NOBODY, None));
            }
            if session.pointer("/consent_collection/terms_of_service").and_then(Value::as_str) == Some("required") {
                set(session, "consent", json!({"promotions": null, "terms_of_service": "accepted"}));
            }
            made.iter().for_each(|(key, value)| set(session, key, value.clone()));
        })
    }

    /// The discount that a session's coupon becomes on its subscription.
    fn make_discount(&mut self, notes: &Value, session: &str, customer: &str) -> Option<String> {
        let used = notes.get("discount").filter(|used| !used.is_null())?;
        let id = fresh_id("di");
        let coupon = self.store.get(Kind::Coupon, &own(used, "coupon")).ok()?;
        let months = (text(coupon, "duration") == Some("repeating")).then(|| int(coupon, "duration_in_months"));
        let end = months.map(|months| super::subscriptions::later(self.now, "month", months));
        let discount = json!({
            "id": id, "object": "discount", "checkout_session": session, "customer": customer,
            "customer_account": null, "end": end, "invoice": null, "invoice_item": null,
            "promotion_code": field(used, "code"), "source": {"coupon": field(used, "coupon"), "type": "coupon"},
            "start": self.now, "subscription": null, "subscription_item": null,
        });
        self.add(Kind::Discount, discount, json!({}), "");
        Some(id)
    }

    /// Settles a session's debit when it is still under way.
    pub(crate) fn settle_if_due(&mut self, session: &str) {
        let settled = self.settle(session, None);
        if let Err(refusal) = settled {
            tracing::debug!(reason = refusal.message(), "a debit of the sandbox was settled before");
        }
    }

    /// Settles a session's debit: as its account behaves, or as is wished.
    ///
    /// # Errors
    /// The session is unknown, or no debit of it is under way.
    pub(crate) fn settle(&mut self, session: &str, paid: Option<bool>) -> Result<Value, Refusal> {
        let object = self.get(Kind::Session, session)?;
        let invoice = text(&object, "invoice").map(str::to_owned);
        let intent = match &invoice {
            Some(invoice) => own(&self.notes(Kind::Invoice, invoice), "intent"),
            None => own(&object, "payment_intent"),
        };
        let now = self.get(Kind::PaymentIntent, &intent)?;
        if text(&now, "status") != Some("processing") {
            return Err(Refusal::invalid("No debit is under way."));
        }
        let paid = paid.unwrap_or_else(|| self.temper(&own(&now, "payment_method")) == Temper::Debit);
        self.end_debit(&intent, paid)?;
        if let Some(invoice) = &invoice {
            if paid { self.mark_paid(invoice)? } else { self.payment_failed(invoice)? }
        }
        if paid {
            return self.change(Kind::Session, session, &["checkout.session.async_payment_succeeded"], |session| {
                set(session, "payment_status", "paid");
            });
        }
        self.tell("checkout.session.async_payment_failed", &object);
        Ok(object)
    }

    /// A session's return address, with the session's id in it.
    pub(crate) fn success_url(&self, session: &str) -> String {
        let link = self.store.get(Kind::Session, session).map(|session| own(session, "success_url"));
        link.unwrap_or_default().replace("{CHECKOUT_SESSION_ID}", session)
    }
}

/// An id in the form of a line of an invoice.
pub(crate) fn line_id() -> String {
    format!("il_{}", letters(24))
}
