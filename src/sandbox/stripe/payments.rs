//! Money that moves: payment methods, payment intents, charges, and what reaches the balance.

use serde_json::{Value, json};

use super::Books;
use super::object::{field, fresh_id, id_of, int, joined, letters, own, set};
use super::refusal::Refusal;
use super::rules::DAY;
use super::store::Kind;
use crate::sandbox::json::text;

/// How a payment method behaves when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Temper {
    /// It pays.
    Good,
    /// It declines.
    Declines,
    /// It pays as long as the person is there, and declines later.
    FailsLater,
    /// A bank debit that is paid after some days.
    Debit,
    /// A bank debit that fails after some days.
    DebitFails,
}

impl Temper {
    fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Declines => "declines",
            Self::FailsLater => "fails_later",
            Self::Debit => "debit",
            Self::DebitFails => "debit_fails",
        }
    }

    fn read(word: &str) -> Self {
        match word {
            "declines" => Self::Declines,
            "fails_later" => Self::FailsLater,
            "debit" => Self::Debit,
            "debit_fails" => Self::DebitFails,
            _ => Self::Good,
        }
    }

    fn debit(self) -> bool {
        matches!(self, Self::Debit | Self::DebitFails)
    }
}

/// What a try to pay came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Paid.
    Paid,
    /// Under way.
    Processing,
    /// Declined.
    Declined,
}

/// What is to be paid.
#[derive(Debug, Default)]
pub(crate) struct Bill {
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) customer: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) metadata: Value,
    pub(crate) description: Value,
}

/// The years and months that cards of the sandbox are good until.
const EXPIRES: (u64, u64) = (12, 2034);
/// Stripe's share: parts of ten thousand, and a fixed sum.
const FEE: (i64, i64) = (150, 25);

impl Books {
    /// Makes a payment method; a debit of a bank account or a card.
    pub(crate) fn make_method(&mut self, temper: Temper, customer: Option<&str>, fingerprint: Option<&str>) -> String {
        let (month, year) = EXPIRES;
        let last4 = if matches!(temper, Temper::FailsLater) { "0341" } else { "4242" };
        // Everybody has a card of his own, unless he is said to use a certain one.
        let usual = if temper.debit() { "bankAccount" } else { "card" };
        let owner = customer.unwrap_or("nobody");
        let fingerprint = fingerprint.map_or_else(|| format!("{usual}{last4}of{owner}"), str::to_owned);
        let mut method = json!({
            "id": fresh_id("pm"), "object": "payment_method", "allow_redisplay": "limited",
            "billing_details": {"address": blank_address(), "email": null, "name": null, "phone": null, "tax_id": null},
            "created": self.now, "customer": customer, "customer_account": null, "livemode": false, "metadata": {},
            "type": if temper.debit() { "sepa_debit" } else { "card" },
        });
        let details = if temper.debit() {
            json!({
                "bank_code": "3704", "branch_code": "", "country": "FR", "fingerprint": fingerprint,
                "generated_from": {"charge": null, "setup_attempt": null}, "last4": "3000",
            })
        } else {
            json!({
                "brand": "visa", "checks": checks(), "country": "FR", "display_brand": "visa", "exp_month": month,
                "exp_year": year, "fingerprint": fingerprint, "funding": "credit", "generated_from": null,
                "last4": last4, "networks": {"available": ["visa"], "preferred": null},
                "regulated_status": "unregulated", "three_d_secure_usage": {"supported": true}, "wallet": null,
            })
        };
        set(&mut method, if temper.debit() { "sepa_debit" } else { "card" }, details);
        let id = id_of(&method);
        let event = if customer.is_some() { "payment_method.attached" } else { "" };
        self.add(Kind::PaymentMethod, method, json!({"temper": temper.word()}), event);
        id
    }

    /// How a payment method behaves.
    pub(crate) fn temper(&self, method: &str) -> Temper {
        Temper::read(&own(&self.notes(Kind::PaymentMethod, method), "temper"))
    }

    /// Opens a payment intent.
    pub(crate) fn open_intent(&mut self, bill: &Bill, methods: &Value) -> String {
        let id = fresh_id("pi");
        let metadata = if bill.metadata.is_object() { bill.metadata.clone() } else { json!({}) };
        let intent = json!({
            "id": id, "object": "payment_intent", "amount": bill.amount, "amount_capturable": 0,
            "amount_details": {"tip": {}}, "amount_received": 0, "application": null, "application_fee_amount": null,
            "automatic_payment_methods": null, "canceled_at": null, "cancellation_reason": null,
            "capture_method": "automatic_async", "client_secret": format!("{id}_secret_{}", letters(25)),
            "confirmation_method": "automatic", "created": self.now, "currency": bill.currency,
            "customer": bill.customer, "customer_account": null, "description": bill.description,
            "excluded_payment_method_types": null, "last_payment_error": null, "latest_charge": null,
            "livemode": false, "metadata": metadata, "next_action": null, "on_behalf_of": null,
            "payment_method": null, "payment_method_configuration_details": null, "payment_method_options": {},
            "payment_method_types": methods, "processing": null, "receipt_email": null, "review": null,
            "setup_future_usage": null, "shipping": null, "statement_descriptor": null,
            "statement_descriptor_suffix": null, "status": "requires_payment_method", "transfer_data": null,
            "transfer_group": null,
        });
        self.add(Kind::PaymentIntent, intent, json!({"email": bill.email}), "payment_intent.created");
        id
    }

    /// Tries to be paid by a method; `present` when the person is there.
    pub(crate) fn take_payment(&mut self, intent: &str, method: &str, present: bool) -> Result<Taken, Refusal> {
        match self.temper(method) {
            Temper::Good => self.pay_intent(intent, method).map(|()| Taken::Paid),
            Temper::FailsLater if present => self.pay_intent(intent, method).map(|()| Taken::Paid),
            Temper::FailsLater | Temper::Declines => self.decline_intent(intent, method).map(|()| Taken::Declined),
            Temper::Debit | Temper::DebitFails => self.start_debit(intent, method).map(|()| Taken::Processing),
        }
    }

    fn pay_intent(&mut self, intent: &str, method: &str) -> Result<(), Refusal> {
        let charge = self.make_charge(intent, method, "succeeded", "charge.succeeded")?;
        self.finish_intent(intent, method, &charge)?;
        self.book_charge(&charge)
    }

    fn finish_intent(&mut self, intent: &str, method: &str, charge: &str) -> Result<(), Refusal> {
        self.change(Kind::PaymentIntent, intent, &["payment_intent.succeeded"], |intent| {
            let amount = int(intent, "amount");
            set(intent, "status", "succeeded");
            set(intent, "amount_received", amount);
            set(intent, "latest_charge", charge);
            set(intent, "payment_method", method);
            set(intent, "last_payment_error", Value::Null);
            set(intent, "next_action", Value::Null);
            set(intent, "processing", Value::Null);
        })
        .map(drop)
    }

    /// The money of a charge reaches the balance; the charge learns its transaction only now.
    fn book_charge(&mut self, charge: &str) -> Result<(), Refusal> {
        let object = self.get(Kind::Charge, charge)?;
        let amount = int(&object, "amount");
        let fee = amount.saturating_mul(FEE.0) / 10_000 + FEE.1;
        let transaction = self.book("charge", amount, fee, &object);
        self.change(Kind::Charge, charge, &["charge.updated"], |charge| {
            set(charge, "balance_transaction", transaction);
        })
        .map(drop)
    }

    /// Writes a transaction of the balance; gives its id.
    pub(crate) fn book(&mut self, kind: &str, amount: i64, fee: i64, source: &Value) -> String {
        let id = fresh_id("txn");
        let fees = json!([{
            "amount": fee, "application": null, "currency": field(source, "currency"),
            "description": "Stripe processing fees", "type": "stripe_fee",
        }]);
        let category = if kind == "adjustment" { "dispute" } else { kind };
        let transaction = json!({
            "id": id, "object": "balance_transaction", "amount": amount, "available_on": self.now + 2 * DAY,
            "balance_type": "payments", "created": self.now, "currency": field(source, "currency"),
            "description": field(source, "description"), "exchange_rate": null, "fee": fee,
            "fee_details": if fee == 0 { json!([]) } else { fees }, "net": amount - fee, "reporting_category": category,
            "source": field(source, "id"), "status": "pending", "type": kind,
        });
        self.add(Kind::BalanceTransaction, transaction, json!({}), "");
        id
    }

    fn make_charge(&mut self, intent: &str, method: &str, status: &str, event: &str) -> Result<String, Refusal> {
        let of = self.get(Kind::PaymentIntent, intent)?;
        let email = field(&self.notes(Kind::PaymentIntent, intent), "email");
        let method = self.get(Kind::PaymentMethod, method)?;
        let (id, paid, failed) = (fresh_id("ch"), status == "succeeded", status == "failed");
        let amount = field(&of, "amount");
        let known = json!({
            "id": id, "amount": amount, "amount_captured": if failed { json!(0) } else { amount },
            "billing_details": {"address": blank_address(), "email": email, "name": null, "phone": null, "tax_id": null},
            "captured": !failed, "created": self.now, "currency": field(&of, "currency"),
            "customer": field(&of, "customer"), "description": field(&of, "description"),
            "failure_code": if failed { Some("card_declined") } else { None },
            "failure_message": if failed { Some("Your card was declined.") } else { None },
            "metadata": field(&of, "metadata"), "outcome": outcome(failed), "paid": paid, "payment_intent": intent,
            "payment_method": field(&method, "id"), "payment_method_details": charged(&method),
            "receipt_url": format!("{}/receipt/{id}", self.base), "status": status,
        });
        let charge = joined(blank_charge(), known);
        self.add(Kind::Charge, charge, json!({}), event);
        Ok(id)
    }

    fn decline_intent(&mut self, intent: &str, method: &str) -> Result<(), Refusal> {
        let charge = self.make_charge(intent, method, "failed", "charge.failed")?;
        self.fail_intent(intent, Some(&charge), "card_declined", "Your card was declined.")
    }

    /// Notes that a try failed; the intent waits for another payment method.
    pub(crate) fn fail_intent(
        &mut self,
        intent: &str,
        charge: Option<&str>,
        code: &str,
        message: &str,
    ) -> Result<(), Refusal> {
        let mut error = json!({
            "code": code, "doc_url": format!("https://stripe.com/docs/error-codes/{code}"), "message": message,
            "type": "card_error",
        });
        if code == "card_declined" {
            set(&mut error, "decline_code", "generic_decline");
        }
        if let Some(charge) = charge {
            set(&mut error, "charge", charge);
        }
        self.change(Kind::PaymentIntent, intent, &["payment_intent.payment_failed"], |intent| {
            set(intent, "status", "requires_payment_method");
            set(intent, "last_payment_error", error);
            set(intent, "payment_method", Value::Null);
            set(intent, "next_action", Value::Null);
            if let Some(charge) = charge {
                set(intent, "latest_charge", charge);
            }
        })
        .map(drop)
    }

    /// Asks the person to confirm at the bank.
    pub(crate) fn challenge_intent(&mut self, intent: &str, link: &str) -> Result<(), Refusal> {
        self.change(Kind::PaymentIntent, intent, &["payment_intent.requires_action"], |intent| {
            set(intent, "status", "requires_action");
            let action = json!({"redirect_to_url": {"return_url": link, "url": link}, "type": "redirect_to_url"});
            set(intent, "next_action", action);
        })
        .map(drop)
    }

    fn start_debit(&mut self, intent: &str, method: &str) -> Result<(), Refusal> {
        let charge = self.make_charge(intent, method, "pending", "charge.pending")?;
        self.change(Kind::PaymentIntent, intent, &["payment_intent.processing"], |intent| {
            set(intent, "status", "processing");
            set(intent, "latest_charge", charge);
            set(intent, "payment_method", method);
        })
        .map(drop)
    }

    /// Ends a debit that is under way: paid or failed.
    pub(crate) fn end_debit(&mut self, intent: &str, paid: bool) -> Result<(), Refusal> {
        let object = self.get(Kind::PaymentIntent, intent)?;
        let (charge, method) = (own(&object, "latest_charge"), own(&object, "payment_method"));
        if paid {
            self.change(Kind::Charge, &charge, &["charge.succeeded"], |charge| {
                set(charge, "status", "succeeded");
                set(charge, "paid", true);
            })?;
            self.finish_intent(intent, &method, &charge)?;
            return self.book_charge(&charge);
        }
        self.change(Kind::Charge, &charge, &["charge.failed"], |charge| {
            set(charge, "status", "failed");
            set(charge, "failure_code", "insufficient_funds");
            set(charge, "failure_message", "The customer's account has insufficient funds to cover this payment.");
        })?;
        let message = "The customer's account has insufficient funds to cover this payment.";
        self.fail_intent(intent, Some(&charge), "payment_intent_payment_attempt_failed", message)
    }
}

fn outcome(failed: bool) -> Value {
    let said = if failed { "The bank returned the decline code `generic_decline`." } else { "Payment complete." };
    json!({
        "advice_code": if failed { Some("try_again_later") } else { None }, "network_advice_code": null,
        "network_decline_code": if failed { Some("01") } else { None },
        "network_status": if failed { "declined_by_network" } else { "approved_by_network" },
        "reason": if failed { Some("generic_decline") } else { None }, "risk_level": "normal", "risk_score": 12,
        "seller_message": said, "type": if failed { "issuer_declined" } else { "authorized" },
    })
}

/// What all charges have in common.
fn blank_charge() -> Value {
    json!({
        "object": "charge", "amount_refunded": 0, "application": null, "application_fee": null,
        "application_fee_amount": null, "balance_transaction": null, "calculated_statement_descriptor": "MAXIS",
        "disputed": false, "failure_balance_transaction": null, "fraud_details": {}, "livemode": false,
        "on_behalf_of": null, "radar_options": {}, "receipt_email": null, "receipt_number": null, "refunded": false,
        "review": null, "shipping": null, "source_transfer": null, "statement_descriptor": null,
        "statement_descriptor_suffix": null, "transfer_data": null, "transfer_group": null,
    })
}

fn charged(method: &Value) -> Value {
    if text(method, "type") == Some("sepa_debit") {
        let details = method.get("sepa_debit");
        let of = |key: &str| details.map(|details| field(details, key)).unwrap_or_default();
        return json!({"sepa_debit": {
            "bank_code": of("bank_code"), "branch_code": of("branch_code"), "country": of("country"),
            "fingerprint": of("fingerprint"), "last4": of("last4"), "mandate": null,
        }, "type": "sepa_debit"});
    }
    let details = method.get("card");
    let of = |key: &str| details.map(|details| field(details, key)).unwrap_or_default();
    json!({"card": {
        "amount_authorized": null, "authorization_code": "123456", "brand": of("brand"), "checks": checks(),
        "country": of("country"), "exp_month": of("exp_month"), "exp_year": of("exp_year"),
        "fingerprint": of("fingerprint"), "funding": of("funding"), "installments": null, "last4": of("last4"),
        "mandate": null, "network": "visa", "network_token": {"used": false}, "network_transaction_id": letters(15),
        "regulated_status": "unregulated", "three_d_secure": null, "wallet": null,
    }, "type": "card"})
}

fn checks() -> Value {
    json!({"address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass"})
}

fn blank_address() -> Value {
    json!({"city": null, "country": "FR", "line1": null, "line2": null, "postal_code": null, "state": null})
}
