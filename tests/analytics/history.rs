//! What may have happened in a shop, made up: sales with what became of them, orders, subscriptions.

use super::world::{Look, Order, money};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use shellia::domain::payments::ledger::Movement;
use shellia::kernel::Currency;

/// A currency with two digits, another, and one without any.
pub const CURRENCIES: [&str; 3] = ["eur", "usd", "jpy"];
/// Days of the window.
pub const DAYS: i32 = 9;

#[derive(Debug, Clone)]
pub struct History {
    pub zone: &'static str,
    /// The first of the days looked at.
    pub first: Date,
    pub sales: Vec<Sale>,
    pub orders: Vec<Order>,
    pub subscriptions: Vec<Subscription>,
}

#[derive(Debug, Clone)]
pub struct Sale {
    pub currency: Currency,
    pub total: i64,
    pub tax: i64,
    pub at: Timestamp,
    pub fee: i64,
    /// How much, whether it failed, when.
    pub refunds: Vec<(i64, bool, Timestamp)>,
    /// Whether it was won, when it was opened, when it was decided.
    pub dispute: Option<(bool, Timestamp, Timestamp)>,
}

#[derive(Debug, Clone)]
pub struct Subscription {
    pub user: i64,
    pub currency: &'static str,
    pub placed: Timestamp,
    pub looks: Vec<Look>,
}

impl Sale {
    /// Its movements in the ledger, by the name of its payment.
    pub fn movements(&self, name: &str) -> Vec<(Movement, Currency, Timestamp)> {
        let name = || name.to_owned();
        let mut all = vec![
            (Movement::Sale { name: name(), total: self.total, tax: self.tax }, self.at),
            (Movement::Fee { name: name(), amount: self.fee }, self.at),
        ];
        for (n, (amount, failed, when)) in self.refunds.iter().enumerate() {
            let name = || format!("{}-{n}", name());
            all.push((Movement::Refund { name: name(), amount: *amount }, *when));
            if *failed {
                all.push((Movement::RefundFailed { name: name(), amount: *amount }, *when));
            }
        }
        if let Some((won, opened, decided)) = self.dispute {
            all.push((Movement::DisputeOpened { name: name(), amount: self.total }, opened));
            if won {
                all.push((Movement::DisputeWon { name: name(), amount: self.total }, decided));
            }
        }
        all.into_iter().map(|(movement, when)| (movement, self.currency, when)).collect()
    }
}

fn later(from: Timestamp, seconds: i64) -> Timestamp {
    from.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

/// Zones with a day in the window on which the clocks change: forward and back, at night and at midnight.
fn places() -> impl Strategy<Value = (&'static str, Date)> {
    select(vec![
        ("Europe/Paris", date(2026, 3, 29)),
        ("Europe/Paris", date(2026, 10, 25)),
        ("America/Sao_Paulo", date(2018, 11, 4)),
        ("America/Sao_Paulo", date(2019, 2, 17)),
        ("UTC", date(2028, 2, 29)),
    ])
    .prop_map(|(zone, day)| (zone, day.checked_sub(4.days()).unwrap()))
}

/// Times from two windows before the first day to some days after the last one, most of them near midnight.
fn times(zone: &'static str, first: Date) -> impl Strategy<Value = Timestamp> + Clone {
    let days = i64::from(DAYS);
    (-2 * days..days + 4, prop_oneof![-7200i64..7200, 0i64..86_400]).prop_map(move |(day, second)| {
        let midnight = first.checked_add(day.days()).unwrap().to_zoned(TimeZone::get(zone).unwrap()).unwrap();
        later(midnight.timestamp(), second)
    })
}

fn sale(times: impl Strategy<Value = Timestamp> + 'static) -> impl Strategy<Value = Sale> {
    let refunds = vec((1i64..=100, any::<bool>(), 0i64..600_000), 0..3);
    let dispute = option::of((any::<bool>(), 0i64..600_000, 0i64..600_000));
    (times, select(CURRENCIES.to_vec()), 1i64..=2_000_000, 0i64..=25, 0i64..=300, refunds, dispute).prop_map(
        |(at, code, total, tax, fee, refunds, dispute)| {
            let mut left = total;
            let mut give_back = |(share, failed, after): (i64, bool, i64)| {
                // A hundredth or more of what is left, all of it included.
                let amount = (left * share / 100).max(1).min(left);
                left -= if failed { 0 } else { amount };
                (amount, failed, later(at, after))
            };
            let refunds = refunds.into_iter().map(&mut give_back).filter(|(amount, ..)| *amount > 0).collect();
            let dispute = dispute.map(|(won, opened, decided)| (won, later(at, opened), later(at, opened + decided)));
            Sale {
                currency: code.parse().unwrap(),
                total,
                tax: total * tax / 100,
                at,
                fee: fee.min(total),
                refunds,
                dispute,
            }
        },
    )
}

fn order(times: impl Strategy<Value = Timestamp> + 'static) -> impl Strategy<Value = Order> {
    let paid = option::weighted(0.7, 0i64..400_000);
    let plan = option::of(select(vec!["basic", "pro"]));
    let mode = prop_oneof![4 => Just("payment"), 1 => Just("free")];
    (times, paid, mode, plan, 1i64..5, select(CURRENCIES.to_vec()), 1i64..100_000).prop_map(
        |(placed, paid, mode, plan, quantity, code, minor)| {
            let paid = paid.map(|after| later(placed, after));
            Order { placed, paid, mode, plan, quantity, total: money(minor, code), user: 900 }
        },
    )
}

/// A subscription: trials, first payments, other plans and periods, payments that fail, ends and returns, in any order.
fn subscription(times: impl Strategy<Value = Timestamp> + 'static) -> impl Strategy<Value = Subscription> {
    let states =
        vec!["trialing", "active", "active", "active", "past_due", "unpaid", "paused", "canceled", "incomplete"];
    let plan = select(vec![("basic", "month"), ("pro", "month"), ("basic", "year"), ("pro", "year")]);
    let step = (1i64..500_000, select(states), plan, 100i64..90_000, any::<bool>());
    (times, 0i64..3, select(CURRENCIES.to_vec()), vec(step, 1..6)).prop_map(|(placed, user, currency, steps)| {
        let mut at = placed;
        let mut invoices = Vec::new();
        let mut look = |(after, state, (plan, interval), minor, pays)| {
            at = later(at, after);
            let price = money(minor, currency);
            if pays && state == "active" {
                invoices.push((at, price));
            }
            Look { at, state, plan, interval, price, invoices: invoices.clone() }
        };
        let looks = steps.into_iter().map(&mut look).collect();
        Subscription { user: 100 + user, currency, placed, looks }
    })
}

/// Any history.
pub fn histories() -> impl Strategy<Value = History> {
    places().prop_flat_map(|(zone, first)| {
        let times = || times(zone, first).boxed();
        (vec(sale(times()), 0..25), vec(order(times()), 0..25), vec(subscription(times()), 0..6))
            .prop_map(move |(sales, orders, subscriptions)| History { zone, first, sales, orders, subscriptions })
    })
}
