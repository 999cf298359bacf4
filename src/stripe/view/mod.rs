//! What we read of Stripe's objects: the fields that a view needs, each of which may be missing, and no other.
//!
//! The typed answers of the request crates are left aside on purpose: they fail on a word or a shape that came after them.

mod credit;
mod invoice;
mod payment;
mod session;
mod subscription;

pub(super) use credit::{Balance, Moved};
pub(super) use invoice::Invoice;
pub(super) use payment::{Dispute, Intent, Refund, payment};
pub(super) use session::Session;
pub(super) use subscription::{Ending, Subscription};

use crate::domain::payments::{CustomerId, Refused};
use crate::kernel::{GuildId, Money};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::HashMap;

/// A page of a list, the newest first.
#[derive(Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// Something of which only the name is read, and the payment that it belongs to.
#[derive(Deserialize)]
pub(super) struct Bare {
    pub(super) id: String,
    payment_intent: Option<Ref>,
}

impl Bare {
    /// The name of the payment that it belongs to.
    pub(super) fn payment(self) -> Option<String> {
        id_of(self.payment_intent.as_ref())
    }
}

/// Something of which only the address is read.
#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) url: String,
}

/// Something that stands by its name alone, or as a whole where it was expanded.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Named<T> {
    /// The name.
    Id(String),
    /// The whole.
    Whole {
        /// Its name.
        id: String,
        /// What else is read of it.
        #[serde(flatten)]
        rest: T,
    },
}

impl<T> Named<T> {
    /// Its name.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Id(id) | Self::Whole { id, .. } => id,
        }
    }

    /// What was expanded of it.
    pub(super) const fn whole(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Whole { rest, .. } => Some(rest),
        }
    }
}

/// Nothing else is read.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// A name, expanded or not.
pub(super) type Ref = Named<Nothing>;

/// What something is paid with, as a payment's charge and a subscription's means of payment tell it (Stripe, "PaymentMethod" and
/// "Charge: payment_method_details").
#[derive(Deserialize)]
struct Means {
    card: Option<Account>,
    sepa_debit: Option<Account>,
    bacs_debit: Option<Account>,
    us_bank_account: Option<Account>,
    acss_debit: Option<Account>,
    au_becs_debit: Option<Account>,
}

#[derive(Deserialize)]
struct Account {
    fingerprint: Option<String>,
}

impl Means {
    /// What tells a card or a bank account from others: the same for the same one, whoever uses it.
    fn fingerprint(&self) -> Option<String> {
        let debits = [&self.sepa_debit, &self.bacs_debit, &self.us_bank_account, &self.acss_debit, &self.au_becs_debit];
        let mut all = [&self.card].into_iter().chain(debits);
        all.find_map(|account| account.as_ref()?.fingerprint.clone())
    }
}

fn id_of<T>(named: Option<&Named<T>>) -> Option<String> {
    named.map(|named| named.id().to_owned())
}

fn customer_of(named: Option<&Ref>) -> Option<CustomerId> {
    id_of(named).map(CustomerId)
}

/// What we wrote on an object when we made it.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(super) struct Metadata(Option<HashMap<String, String>>);

impl Metadata {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.as_ref()?.get(name).map(String::as_str)
    }

    pub(super) fn guild(&self) -> Option<GuildId> {
        self.get("guild")?.parse().ok()
    }

    /// The guild and order that an object belongs to.
    pub(super) fn order(&self) -> Option<(GuildId, i64)> {
        Some((self.guild()?, self.get("order")?.parse().ok()?))
    }

    /// The guild and our own number of a refund.
    pub(super) fn refund(&self) -> Option<(GuildId, i64)> {
        Some((self.guild()?, self.get("refund")?.parse().ok()?))
    }
}

/// Money of ours; `None` in a currency that no shop asks, below zero or too large.
fn money(minor: Option<i64>, currency: Option<&str>) -> Option<Money> {
    Money::new(minor?, currency?.parse().ok()?).ok()
}

fn time(seconds: i64) -> Result<Timestamp, Refused> {
    Timestamp::from_second(seconds).map_err(|_| Refused::Strange("a time"))
}

fn times(seconds: Option<i64>) -> Result<Option<Timestamp>, Refused> {
    seconds.map(time).transpose()
}
