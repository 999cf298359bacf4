//! Figures of a guild's shop, read and never written: takings from the ledger, conversion from orders, recurring revenue from
//! its changes, beside the same of the period before.
//!
//! - Days are those of the shop's time zone ([`Window`]).
//! - Everything is of one currency; amounts of two are never added up.
//! - Support staff get [`Counts`]; amounts are for operators ([`Figures::income`] is `None` otherwise, and the ledger is not
//!   asked at all).
//! - Orders count on the day on which they were placed, and as paid whenever their money came, so that conversion is never
//!   above one; orders free of charge don't count, and those that begin with a trial once its first payment came. Takings count on the day on which the money moved.

mod export;
mod period;
mod recap;
mod service;
mod store;
mod trials;
mod words;

pub use export::{EXPORT_MAX, Export, LedgerLine, OrderLine, OrderPerson, ledger, orders};
pub use period::{Days, Period, Window, zone};
pub use recap::{Recap, recap};
pub use service::{figures, shop_currency};
pub use trials::trials;

use crate::kernel::Currency;

/// What came in and went out, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Takings {
    /// What customers paid, taxes included.
    pub gross: i64,
    /// The part of it that is tax.
    pub tax: i64,
    /// What was given back, less the refunds that failed.
    pub refunds: i64,
    /// What banks took back, less what was won.
    pub disputes: i64,
    /// What the provider kept.
    pub fees: i64,
}

impl Takings {
    /// What stays: gross without tax, refunds, disputes and fees.
    pub const fn net(&self) -> i64 {
        self.gross - self.tax - self.refunds - self.disputes - self.fees
    }
}

/// Orders that were placed, without those free of charge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placed {
    /// All of them.
    pub placed: i64,
    /// Those that were paid.
    pub paid: i64,
}

impl Placed {
    /// Paid ÷ placed in tenths of a percent, rounded half up; `None` where nothing was placed.
    pub const fn conversion_tenths(&self) -> Option<i64> {
        if self.placed > 0 { Some((self.paid * 2000 + self.placed) / (self.placed * 2)) } else { None }
    }
}

/// How many subscriptions moved in one way, and by how much in minor units a month: below zero where it is less.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// How many.
    pub count: i64,
    /// By how much.
    pub minor: i64,
}

/// What happened to the recurring revenue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Movements {
    /// Members who pay for the first time.
    pub new: Moved,
    /// Subscriptions that are worth more.
    pub expansion: Moved,
    /// Subscriptions that are worth less.
    pub contraction: Moved,
    /// Subscriptions that are worth nothing any more.
    pub churn: Moved,
    /// Members who pay again.
    pub reactivation: Moved,
}

impl Movements {
    /// All of it together, in minor units.
    pub const fn total(&self) -> i64 {
        self.new.minor + self.expansion.minor + self.contraction.minor + self.churn.minor + self.reactivation.minor
    }
}

/// What happened in a period, in numbers of orders and subscriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Orders, day by day.
    pub days: Vec<Placed>,
    /// All orders.
    pub orders: Placed,
    /// Subscriptions of members who pay for the first time.
    pub new: i64,
    /// Subscriptions of members who pay again.
    pub reactivated: i64,
    /// Subscriptions that are not paid for any more.
    pub churned: i64,
}

/// What a period brought, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Income {
    /// Takings, day by day.
    pub days: Vec<Takings>,
    /// All takings.
    pub takings: Takings,
    /// Monthly recurring revenue at the end of the period.
    pub mrr: i64,
    /// How it came to that.
    pub movements: Movements,
}

/// How many subscriptions a plan has now, trials included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCount {
    /// The plan's code.
    pub plan: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: i64,
}

/// What was sold in a period, without what went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seller {
    /// Whether it is a plan; else a product.
    pub is_plan: bool,
    /// The name of the plan or product.
    pub name: String,
    /// Units of orders that were paid in the period.
    pub units: i64,
    /// What those orders brought, taxes included, in minor units; of a subscription, its first invoice. For operators.
    pub minor: Option<i64>,
}

/// A period and the one before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair<T> {
    /// The period.
    pub now: T,
    /// The one before it.
    pub before: T,
}

/// Figures for every member of staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Orders and subscriptions.
    pub activity: Pair<Activity>,
    /// Subscriptions by plan as they are now, the most first.
    pub plans: Vec<PlanCount>,
    /// What sold best, at most five.
    pub sellers: Vec<Seller>,
}

/// Figures of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The currency of all of it.
    pub currency: Currency,
    /// Numbers.
    pub counts: Counts,
    /// Amounts, for operators.
    pub income: Option<Pair<Income>>,
    /// Other currencies in which something was ever taken; for operators.
    pub others: Vec<Currency>,
}

impl Figures {
    /// Whether there is nothing to tell of both periods.
    pub fn is_empty(&self) -> bool {
        let quiet = |activity: &Activity| {
            activity.orders == Placed::default() && activity.new + activity.reactivated + activity.churned == 0
        };
        let still = |income: &Income| income.takings == Takings::default() && income.mrr == 0;
        quiet(&self.counts.activity.now)
            && quiet(&self.counts.activity.before)
            && self.counts.plans.is_empty()
            && self.income.as_ref().is_none_or(|income| still(&income.now) && still(&income.before))
    }
}
