//! What the payment provider's answers hold: what `shop` decides by, and nothing else.

use super::gateway::CustomerId;
use crate::kernel::{GuildId, Money};
use jiff::Timestamp;

/// Whether a checkout is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionStatus {
    /// It can be paid.
    Open,
    /// The buyer went through with it; the money may still be on its way.
    Complete,
    /// It can't be paid any more.
    Expired,
}

/// Whether the money of a checkout is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentStatus {
    /// It is.
    Paid,
    /// It isn't: not yet, or not ever.
    Unpaid,
    /// None is due.
    NotRequired,
}

/// A checkout as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The provider's name of it.
    pub id: String,
    /// The guild and order in its metadata: set when it was opened, never typed by a person.
    pub order: Option<(GuildId, i64)>,
    /// The customer it is bound to.
    pub customer: Option<CustomerId>,
    /// Whether it is over.
    pub status: SessionStatus,
    /// Whether it is paid.
    pub payment_status: PaymentStatus,
    /// What the buyer pays in all, taxes and discounts included; `None` where it can't be read as money of ours.
    pub total: Option<Money>,
    /// The part of it that is tax, in minor units.
    pub tax_minor: i64,
    /// Where it can be paid; only while it is open.
    pub url: Option<String>,
    /// The payment that it made.
    pub payment: Option<String>,
    /// The subscription that it began.
    pub subscription: Option<String>,
    /// The invoice that it made.
    pub invoice: Option<String>,
    /// Whether a payment under way has failed for good, such as a bank debit that bounced.
    pub failed: bool,
}

/// A subscription as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionView {
    /// The provider's name of it.
    pub id: String,
    /// The guild and order in its metadata.
    pub order: Option<(GuildId, i64)>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The provider's word: `trialing`, `active`, `past_due`, ….
    pub state: String,
    /// The item that it is for, such as `plan/pro`: from the product's name at the provider, so that a change made in the
    /// provider's dashboard is seen.
    pub item: Option<String>,
    /// The name of its line at the provider, which a change of plan names.
    pub line: Option<String>,
    /// `month` or `year`.
    pub interval: Option<String>,
    /// What one period costs.
    pub amount: Option<Money>,
    /// When the present period began.
    pub period_start: Timestamp,
    /// When it ends.
    pub period_end: Timestamp,
    /// Whether it ends then.
    pub cancel_at_period_end: bool,
    /// When its trial ends.
    pub trial_end: Option<Timestamp>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The newest invoice.
    pub latest_invoice: Option<String>,
    /// The fingerprint of the card or bank account that it is paid with: the same for the same one, whoever uses it.
    pub fingerprint: Option<String>,
}

/// An invoice as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceView {
    /// The provider's name of it.
    pub id: String,
    /// The subscription that it is for.
    pub subscription: Option<String>,
    /// Whether it is paid.
    pub paid: bool,
    /// Whether it is still to be paid: not tried yet, tried again, or its payment is on its way.
    pub open: bool,
    /// Whether a change of plan made it, not a period that began.
    pub change: bool,
    /// What it bills before the customer's credit comes off, in minor units; below zero what it leaves to his credit.
    pub billed_minor: i64,
    /// What was paid.
    pub total: Option<Money>,
    /// The part of it that is tax, in minor units.
    pub tax_minor: i64,
    /// The payment; none where nothing was due.
    pub payment: Option<String>,
    /// Where the buyer can look at it.
    pub url: Option<String>,
    /// When it was paid, else made.
    pub at: Timestamp,
}

/// How a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// The bank looks into it; the money is held.
    Open,
    /// The money stays here.
    Won,
    /// The money went back.
    Lost,
}

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    /// On its way.
    Pending,
    /// The money went back.
    Succeeded,
    /// It did not: failed, or canceled.
    Failed,
}

/// A refund as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundView {
    /// The provider's name of it.
    pub id: String,
    /// Our own number of it, where we made it: from its metadata.
    pub ours: Option<(GuildId, i64)>,
    /// How much, in minor units of the payment's currency.
    pub amount_minor: i64,
    /// How it stands.
    pub state: RefundState,
    /// When it was made.
    pub at: Timestamp,
}

/// A fee that came with a dispute, or came back with its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeFee {
    /// The provider's name of the movement.
    pub id: String,
    /// How much, in minor units of the payment's currency; below zero where it came back.
    pub amount_minor: i64,
    /// When.
    pub at: Timestamp,
}

/// A payment as it stands, with everything that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's name of it.
    pub id: String,
    /// What arrived; `None` where nothing did.
    pub received: Option<Money>,
    /// What the provider keeps for itself, in minor units; known some time after the payment.
    pub fee_minor: Option<i64>,
    /// What went back.
    pub refunds: Vec<RefundView>,
    /// The newest dispute.
    pub dispute: Option<(String, DisputeState, i64, Timestamp)>,
    /// What the provider keeps for itself because of disputes, whatever their outcome.
    pub dispute_fees: Vec<DisputeFee>,
    /// The fingerprint of the card or bank account: the same for the same one, whoever pays with it.
    pub fingerprint: Option<String>,
    /// When it was made.
    pub at: Timestamp,
}

/// An event, by name: what it is about, not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRef {
    /// The provider's name of it.
    pub id: String,
    /// Its type, such as `checkout.session.completed`.
    pub kind: String,
    /// The object it is about.
    pub object: Option<String>,
    /// The payment that object belongs to, where it is a charge, a refund or a dispute.
    pub payment: Option<String>,
    /// The subscription that object belongs to, where it is an invoice.
    pub subscription: Option<String>,
    /// When it was made.
    pub at: Timestamp,
}

/// A page of events, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventPage {
    /// The events.
    pub events: Vec<EventRef>,
    /// Whether there are newer ones.
    pub more: bool,
}

/// What a reconciliation goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Checkouts.
    Sessions,
    /// Subscriptions in every state.
    Subscriptions,
    /// Payments.
    Payments,
    /// Payments of which something went back, by when it did.
    Refunds,
    /// Payments that were disputed, by when they were.
    Disputes,
}

/// Names of objects, the newest first, and where to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The names.
    pub ids: Vec<String>,
    /// The last name, where there is more behind it.
    pub after: Option<String>,
}
