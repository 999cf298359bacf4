//! What people and banks do: pay, dispute, refuse a refund.

use serde_json::{Value, json};

use super::Books;
use super::object::{field, fresh_id, id_of, int, own, set};
use super::refusal::Refusal;
use super::rules::DAY;
use super::store::Kind;
use crate::sandbox::json::text;

/// What the bank takes for a dispute.
const DISPUTE_FEE: i64 = 2_000;
/// How long evidence may be handed in, in seconds.
const EVIDENCE: u64 = 7 * DAY;

/// The buttons of the hosted checkout page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A card that pays, now and later.
    Card,
    /// A card that is declined.
    Decline,
    /// A card whose bank wants a confirmation first.
    ThreeDSecure,
    /// The bank's confirmation, given.
    Confirm,
    /// The bank's confirmation, refused.
    Fail,
    /// A bank debit, which is paid some days later.
    Sepa,
    /// A bank debit, which fails some days later.
    SepaFails,
    /// A card that pays now and is declined at the renewal.
    CardFailsLater,
}

impl How {
    /// By the word that pages and JSON use.
    pub(crate) fn read(word: &str) -> Option<Self> {
        let found = match word {
            "card" => Self::Card,
            "decline" => Self::Decline,
            "three_d_secure" => Self::ThreeDSecure,
            "confirm" => Self::Confirm,
            "fail" => Self::Fail,
            "sepa" => Self::Sepa,
            "sepa_fails" => Self::SepaFails,
            "card_fails_later" => Self::CardFailsLater,
            _ => return None,
        };
        Some(found)
    }
}

/// How a dispute ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dispute {
    /// The money comes back.
    Won,
    /// The money is lost.
    Lost,
}

impl Books {
    /// The holder of a card disputes a charge.
    ///
    /// # Errors
    /// The charge is unknown, did not succeed, or is disputed already.
    pub(crate) fn open_dispute(&mut self, charge: &str, reason: &str) -> Result<Value, Refusal> {
        let object = self.get(Kind::Charge, charge)?;
        if text(&object, "status") != Some("succeeded") || object.get("disputed") == Some(&Value::Bool(true)) {
            return Err(Refusal::invalid("Only a charge that succeeded can be disputed, and only once."));
        }
        let amount = int(&object, "amount");
        let id = fresh_id("du");
        let withdrawn = self.book(
            "adjustment",
            -amount,
            DISPUTE_FEE,
            &json!({"id": id, "currency": field(&object, "currency"), "description": format!("Chargeback withdrawal for {charge}")}),
        );
        let withdrawn = self.get(Kind::BalanceTransaction, &withdrawn)?;
        let brand = object.pointer("/payment_method_details/card/brand").cloned().unwrap_or(json!("visa"));
        let dispute = json!({
            "id": id, "object": "dispute", "amount": amount, "balance_transactions": [withdrawn], "charge": charge,
            "created": self.now, "currency": field(&object, "currency"), "enhanced_eligibility_types": [],
            "evidence": blank_evidence(),
            "evidence_details": {
                "due_by": self.now + EVIDENCE, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
                "submission_count": 0,
            },
            "is_charge_refundable": false, "livemode": false, "metadata": {},
            "payment_intent": field(&object, "payment_intent"),
            "payment_method_details": {
                "card": {"brand": brand, "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4"},
                "type": "card",
            },
            "reason": reason, "status": "needs_response",
        });
        self.change(Kind::Charge, charge, &[], |charge| set(charge, "disputed", true))?;
        let dispute = self.add(Kind::Dispute, dispute, json!({}), "charge.dispute.created");
        self.tell("charge.dispute.funds_withdrawn", &dispute);
        Ok(dispute)
    }

    /// The bank decides about a dispute.
    ///
    /// # Errors
    /// The dispute is unknown or closed.
    pub(crate) fn close_dispute(&mut self, dispute: &str, end: Dispute) -> Result<Value, Refusal> {
        let object = self.get(Kind::Dispute, dispute)?;
        if text(&object, "status") != Some("needs_response") {
            return Err(Refusal::invalid("This dispute is closed."));
        }
        let returned = match end {
            Dispute::Lost => None,
            Dispute::Won => {
                let source = json!({
                    "id": dispute, "currency": field(&object, "currency"),
                    "description": format!("Chargeback reversal for {}", own(&object, "charge")),
                });
                let id = self.book("adjustment", int(&object, "amount"), 0, &source);
                Some(self.get(Kind::BalanceTransaction, &id)?)
            }
        };
        let (won, back) = (end == Dispute::Won, returned.clone());
        let closed = self.change(Kind::Dispute, dispute, &["charge.dispute.closed"], |dispute| {
            set(dispute, "status", if won { "won" } else { "lost" });
            set(dispute, "is_charge_refundable", won);
            if let Some(all) = dispute.get_mut("balance_transactions").and_then(Value::as_array_mut) {
                all.extend(back);
            }
        })?;
        if returned.is_some() {
            self.tell("charge.dispute.funds_reinstated", &closed);
        }
        Ok(closed)
    }

    /// The bank sends a refund back: it failed after all.
    ///
    /// # Errors
    /// The refund is unknown or failed before.
    pub(crate) fn fail_refund(&mut self, refund: &str) -> Result<Value, Refusal> {
        let object = self.get(Kind::Refund, refund)?;
        if text(&object, "status") == Some("failed") {
            return Err(Refusal::invalid("This refund failed before."));
        }
        let amount = int(&object, "amount");
        let source = json!({"id": id_of(&object), "currency": field(&object, "currency")});
        let returned = self.book("refund_failure", amount, 0, &source);
        self.change(Kind::Charge, &own(&object, "charge"), &["charge.updated"], |charge| {
            let left = int(charge, "amount_refunded") - amount;
            set(charge, "amount_refunded", left);
            set(charge, "refunded", false);
        })?;
        let events = ["refund.updated", "refund.failed", "charge.refund.updated"];
        self.change(Kind::Refund, refund, &events, |refund| {
            set(refund, "status", "failed");
            set(refund, "failure_reason", "lost_or_stolen_card");
            set(refund, "failure_balance_transaction", returned);
        })
    }
}

fn blank_evidence() -> Value {
    let keys = [
        "access_activity_log",
        "billing_address",
        "cancellation_policy",
        "cancellation_policy_disclosure",
        "cancellation_rebuttal",
        "customer_communication",
        "customer_email_address",
        "customer_name",
        "customer_purchase_ip",
        "customer_signature",
        "duplicate_charge_documentation",
        "duplicate_charge_explanation",
        "duplicate_charge_id",
        "product_description",
        "receipt",
        "refund_policy",
        "refund_policy_disclosure",
        "refund_refusal_explanation",
        "service_date",
        "service_documentation",
        "shipping_address",
        "shipping_carrier",
        "shipping_date",
        "shipping_documentation",
        "shipping_tracking_number",
        "uncategorized_file",
        "uncategorized_text",
    ];
    let mut evidence = json!({"enhanced_evidence": {}});
    keys.iter().for_each(|key| set(&mut evidence, key, Value::Null));
    evidence
}
