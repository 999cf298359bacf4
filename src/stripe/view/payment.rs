//! A payment as it stands, put together from the payment itself, its refunds and its disputes.

use super::{List, Means, Metadata, Named, money, time};
use crate::domain::payments::{DisputeFee, DisputeState, Payment, RefundState, RefundView, Refused};
use serde::Deserialize;

/// The fields of a payment; its last charge and that one's balance transaction must be expanded.
#[derive(Deserialize)]
pub(in crate::stripe) struct Intent {
    id: String,
    amount_received: Option<i64>,
    currency: Option<String>,
    latest_charge: Option<Named<Charge>>,
    created: i64,
}

#[derive(Deserialize)]
struct Charge {
    balance_transaction: Option<Named<Balance>>,
    payment_method_details: Option<Means>,
}

#[derive(Deserialize)]
struct Balance {
    fee: Option<i64>,
    currency: Option<String>,
}

/// The fields of a refund.
#[derive(Deserialize)]
pub(in crate::stripe) struct Refund {
    id: String,
    amount: i64,
    status: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    created: i64,
}

/// The fields of a dispute.
#[derive(Deserialize)]
pub(in crate::stripe) struct Dispute {
    id: String,
    amount: i64,
    status: Option<String>,
    created: i64,
    #[serde(default)]
    balance_transactions: Vec<Moved>,
}

/// A movement of our balance that a dispute caused.
#[derive(Deserialize)]
struct Moved {
    id: String,
    fee: Option<i64>,
    currency: Option<String>,
    created: i64,
}

impl Moved {
    /// Its fee, where it is in the payment's currency.
    fn fee(&self, currency: Option<&str>) -> Option<Result<DisputeFee, Refused>> {
        let amount_minor = self.fee.filter(|fee| *fee != 0 && self.currency.as_deref() == currency)?;
        Some(time(self.created).map(|at| DisputeFee { id: self.id.clone(), amount_minor, at }))
    }
}

impl Refund {
    /// The view.
    ///
    /// # Errors
    /// [`Refused::Strange`] for a time that can't be.
    pub(in crate::stripe) fn view(self) -> Result<RefundView, Refused> {
        let state = match self.status.as_deref() {
            Some("succeeded") => RefundState::Succeeded,
            Some("failed" | "canceled") => RefundState::Failed,
            // `pending`, `requires_action`, and words to come: the money is neither there nor back.
            _ => RefundState::Pending,
        };
        Ok(RefundView {
            ours: self.metadata.refund(),
            id: self.id,
            amount_minor: self.amount,
            state,
            at: time(self.created)?,
        })
    }
}

impl Dispute {
    /// How it stands; `None` for an inquiry and for one that was headed off, which hold no money (Stripe, "Disputes:
    /// status").
    fn state(&self) -> Option<DisputeState> {
        match self.status.as_deref() {
            Some("needs_response" | "under_review") => Some(DisputeState::Open),
            Some("won") => Some(DisputeState::Won),
            Some("lost") => Some(DisputeState::Lost),
            _ => None,
        }
    }
}

/// The view.
///
/// # Errors
/// [`Refused::Strange`] for a time that can't be.
pub(in crate::stripe) fn payment(
    intent: Intent,
    refunds: List<Refund>,
    disputes: List<Dispute>,
) -> Result<Payment, Refused> {
    let charge = intent.latest_charge.as_ref().and_then(Named::whole);
    let balance = charge.and_then(|charge| charge.balance_transaction.as_ref()).and_then(Named::whole);
    let moved = disputes.data.iter().flat_map(|dispute| &dispute.balance_transactions);
    let dispute_fees = moved.filter_map(|moved| moved.fee(intent.currency.as_deref())).collect::<Result<_, _>>()?;
    let held = disputes.data.into_iter().find_map(|dispute| dispute.state().map(|state| (dispute, state)));
    let dispute = match held {
        Some((dispute, state)) => Some((dispute.id, state, dispute.amount, time(dispute.created)?)),
        None => None,
    };
    let means = charge.and_then(|charge| charge.payment_method_details.as_ref());
    Ok(Payment {
        received: money(intent.amount_received, intent.currency.as_deref()).filter(|received| !received.is_zero()),
        // An account that is paid out in another currency has its fees in that one: no part of this payment's.
        fee_minor: balance.filter(|balance| balance.currency == intent.currency).and_then(|balance| balance.fee),
        refunds: refunds.data.into_iter().map(Refund::view).collect::<Result<_, _>>()?,
        dispute,
        dispute_fees,
        fingerprint: means.and_then(Means::fingerprint),
        at: time(intent.created)?,
        id: intent.id,
    })
}
