//! What the program needs of a payment provider: someone who is asked and told, and what the answers hold.
//!
//! Views hold what `shop` decides by and nothing else. Every call that changes something takes an idempotency key which
//! stands in a row before the first try.

use crate::kernel::{GuildId, Locale, Money, UserId};
use async_trait::async_trait;
use jiff::Timestamp;
use std::time::Duration;

/// Why the provider did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No key is set: payment is off.
    #[error("payment is off")]
    Off,
    /// Nobody knows whether it was done: no answer, a cut connection, an answer of 500. The same key may be tried again.
    #[error("the outcome is not known")]
    Unknown,
    /// It was not done and may be later: too many requests, or the same key under way.
    #[error("try again later")]
    Later(Option<Duration>),
    /// There is no such thing.
    #[error("no such object")]
    Missing,
    /// It was refused for good; the provider's own code, which holds nothing personal.
    #[error("refused: {0}")]
    No(String),
    /// The answer can't be read.
    #[error("an answer that can't be read: {0}")]
    Strange(&'static str),
}

impl Refused {
    /// Whether the same call may succeed later.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unknown | Self::Later(_))
    }
}

/// The provider's name of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerId(pub String);

/// A member who becomes a customer. Nothing personal but his Discord id goes to the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomer {
    /// The guild.
    pub guild: GuildId,
    /// The member.
    pub user: UserId,
    /// The language of the provider's pages and mails.
    pub locale: Locale,
}

/// How a checkout takes money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutMode {
    /// Once.
    Payment,
    /// Every month or year.
    Subscription {
        /// `month` or `year`.
        interval: &'static str,
        /// Days before the first payment.
        trial_days: Option<u32>,
    },
}

/// What is taken off a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// How much, from the whole line.
    pub amount: Money,
    /// What the buyer reads on the provider's page.
    pub name: String,
    /// Whether it comes off every period of a subscription, not the first alone.
    pub every_period: bool,
}

/// A checkout to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCheckout {
    /// The guild; goes into the metadata.
    pub guild: GuildId,
    /// The order's number; goes into the metadata.
    pub order: i64,
    /// Who pays.
    pub customer: CustomerId,
    /// How.
    pub mode: CheckoutMode,
    /// The item as the catalogue names it, such as `plan/pro`: the provider's product is named after it.
    pub item: String,
    /// What the buyer reads.
    pub title: String,
    /// Price of one.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// What comes off.
    pub discount: Option<Discount>,
    /// The language of the page.
    pub locale: Locale,
    /// When it can't be paid any more; at least 30 minutes from now (Stripe, "Create a Checkout Session: expires_at").
    pub expires_at: Timestamp,
    /// Where the page leads after paying and after giving up.
    pub return_url: String,
}

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
    /// The card's fingerprint: the same for the same card, whoever pays with it.
    pub fingerprint: Option<String>,
    /// When it was made.
    pub at: Timestamp,
}

/// Money to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefund {
    /// The payment.
    pub payment: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// The guild and our own number of the refund; goes into the metadata.
    pub refund: (GuildId, i64),
}

/// A change to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It ends with the present period.
    EndWithPeriod,
    /// It goes on after all.
    GoOn,
    /// It ends now, without giving anything back.
    EndNow,
    /// Another plan or period from now on; what is left of the old one counts.
    Switch {
        /// The line to change.
        line: String,
        /// The item, such as `plan/ultra`.
        item: String,
        /// What the buyer reads.
        title: String,
        /// Price of one period.
        unit: Money,
        /// `month` or `year`.
        interval: &'static str,
    },
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
}

/// Names of objects, the newest first, and where to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The names.
    pub ids: Vec<String>,
    /// The last name, where there is more behind it.
    pub after: Option<String>,
}

/// The payment provider.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Whether a key is set, so that payments can be taken.
    fn is_on(&self) -> bool;
    /// Makes a customer.
    async fn create_customer(&self, key: &str, new: &NewCustomer) -> Result<CustomerId, Refused>;
    /// Opens a checkout.
    async fn open_checkout(&self, key: &str, new: &NewCheckout) -> Result<SessionView, Refused>;
    /// Looks at a checkout.
    async fn session(&self, id: &str) -> Result<SessionView, Refused>;
    /// Makes a checkout unpayable; [`Refused::No`] where it is over.
    async fn expire_session(&self, id: &str) -> Result<SessionView, Refused>;
    /// Looks at a subscription.
    async fn subscription(&self, id: &str) -> Result<SubscriptionView, Refused>;
    /// Changes a subscription.
    async fn change_subscription(&self, key: &str, id: &str, change: &Change) -> Result<SubscriptionView, Refused>;
    /// The paid invoices of a subscription, the newest first, at most 100.
    async fn invoices(&self, subscription: &str) -> Result<Vec<InvoiceView>, Refused>;
    /// Looks at a payment.
    async fn payment(&self, id: &str) -> Result<Payment, Refused>;
    /// Gives money back.
    async fn refund(&self, key: &str, new: &NewRefund) -> Result<RefundView, Refused>;
    /// A page on which a customer changes his card and sees his invoices.
    async fn portal(&self, customer: &CustomerId, return_url: &str, locale: Locale) -> Result<String, Refused>;
    /// Events made since a time and after an event, the oldest first.
    async fn events(&self, since: Timestamp, after: Option<&str>) -> Result<EventPage, Refused>;
    /// Names of the objects made since a time, behind a name.
    async fn list(&self, what: Listing, since: Timestamp, after: Option<&str>) -> Result<Listed, Refused>;
}

/// Stands where no key is set: payment is off.
#[derive(Debug, Default)]
pub struct Unwired;

#[async_trait]
impl Gateway for Unwired {
    fn is_on(&self) -> bool {
        false
    }

    async fn create_customer(&self, _: &str, _: &NewCustomer) -> Result<CustomerId, Refused> {
        Err(Refused::Off)
    }

    async fn open_checkout(&self, _: &str, _: &NewCheckout) -> Result<SessionView, Refused> {
        Err(Refused::Off)
    }

    async fn session(&self, _: &str) -> Result<SessionView, Refused> {
        Err(Refused::Off)
    }

    async fn expire_session(&self, _: &str) -> Result<SessionView, Refused> {
        Err(Refused::Off)
    }

    async fn subscription(&self, _: &str) -> Result<SubscriptionView, Refused> {
        Err(Refused::Off)
    }

    async fn change_subscription(&self, _: &str, _: &str, _: &Change) -> Result<SubscriptionView, Refused> {
        Err(Refused::Off)
    }

    async fn invoices(&self, _: &str) -> Result<Vec<InvoiceView>, Refused> {
        Err(Refused::Off)
    }

    async fn payment(&self, _: &str) -> Result<Payment, Refused> {
        Err(Refused::Off)
    }

    async fn refund(&self, _: &str, _: &NewRefund) -> Result<RefundView, Refused> {
        Err(Refused::Off)
    }

    async fn portal(&self, _: &CustomerId, _: &str, _: Locale) -> Result<String, Refused> {
        Err(Refused::Off)
    }

    async fn events(&self, _: Timestamp, _: Option<&str>) -> Result<EventPage, Refused> {
        Err(Refused::Off)
    }

    async fn list(&self, _: Listing, _: Timestamp, _: Option<&str>) -> Result<Listed, Refused> {
        Err(Refused::Off)
    }
}
