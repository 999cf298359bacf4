//! What the program needs of a payment provider: someone who is asked and told.
//!
//! What the answers hold stands in `views`. Every call that changes something takes an idempotency key which
//! stands in a row before the first try.

use super::views::{EventPage, InvoiceView, Listed, Listing, Payment, RefundView, SessionView, SubscriptionView};
use crate::kernel::{Currency, GuildId, Locale, Money, UserId};
use async_trait::async_trait;
use jiff::Timestamp;
use std::time::Duration;

/// Why the provider did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No key is set: payment is off.
    #[error("payment is off")]
    Off,
    /// Nobody knows whether it was done: no answer, a cut connection. The same key may be tried again.
    #[error("the outcome is not known")]
    Unknown,
    /// The provider met a fault of its own: nobody knows whether it was done, and the same key gets the same answer for a
    /// day. Another key may be tried where doing it twice is harmless or ruled out.
    #[error("a fault of the provider")]
    Fault,
    /// It was not done and may be later: too many requests, or the same key under way.
    #[error("try again later")]
    Later(Option<Duration>),
    /// There is no such thing.
    #[error("no such object")]
    Missing,
    /// It was refused for good; the provider's own code, which holds nothing personal.
    #[error("refused: {0}")]
    No(String),
    /// The card was refused, and nothing was done; the provider's own code.
    #[error("the card was refused: {0}")]
    Card(String),
    /// The answer can't be read.
    #[error("an answer that can't be read: {0}")]
    Strange(&'static str),
}

impl Refused {
    /// Whether the same call may succeed later.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unknown | Self::Fault | Self::Later(_))
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

/// Credit to take from a customer, or to give him again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditMove {
    /// Whose.
    pub customer: CustomerId,
    /// In which currency.
    pub currency: Currency,
    /// How much is taken, in minor units; below zero: given.
    pub minor: i64,
    /// The guild and our own number of it; goes into the metadata.
    pub reclaim: (GuildId, i64),
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
    /// The invoices of a subscription, paid or not, the newest first, at most 100.
    async fn invoices(&self, subscription: &str) -> Result<Vec<InvoiceView>, Refused>;
    /// Looks at a payment.
    async fn payment(&self, id: &str) -> Result<Payment, Refused>;
    /// Gives money back.
    async fn refund(&self, key: &str, new: &NewRefund) -> Result<RefundView, Refused>;
    /// What stands to a customer's credit in a currency, in minor units; below zero what he owes.
    async fn credit(&self, customer: &CustomerId, currency: Currency) -> Result<i64, Refused>;
    /// Moves a customer's credit.
    async fn move_credit(&self, key: &str, new: &CreditMove) -> Result<(), Refused>;
    /// Whether a customer's credit was moved by this number of ours.
    async fn has_moved_credit(&self, customer: &CustomerId, reclaim: (GuildId, i64)) -> Result<bool, Refused>;
    /// A page on which a customer changes his card and sees his invoices.
    async fn portal(&self, customer: &CustomerId, return_url: &str, locale: Locale) -> Result<String, Refused>;
    /// Events made since a time and after an event, the oldest first.
    async fn events(&self, since: Timestamp, after: Option<&str>) -> Result<EventPage, Refused>;
    /// Names of the objects made since a time, after what the page before said.
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

    async fn credit(&self, _: &CustomerId, _: Currency) -> Result<i64, Refused> {
        Err(Refused::Off)
    }

    async fn move_credit(&self, _: &str, _: &CreditMove) -> Result<(), Refused> {
        Err(Refused::Off)
    }

    async fn has_moved_credit(&self, _: &CustomerId, _: (GuildId, i64)) -> Result<bool, Refused> {
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
