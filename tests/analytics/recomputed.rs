//! The figures equal a recomputation to the cent: the same history, added up by hand from the list of what happened.

use super::history::{CURRENCIES, DAYS, History, histories};
use super::world::{Order, Shop, money};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use shellia::domain::analytics::{Activity, Days, Figures, Income, Moved, Movements, Takings, Window};
use shellia::kernel::{Currency, Rank};
use std::collections::{BTreeMap, BTreeSet};

const CASES: u32 = 40;

/// A change of what a subscription is worth.
struct Change {
    at: Timestamp,
    currency: &'static str,
    before: i64,
    after: i64,
    returns: bool,
}

/// Everything that happened, added up naively.
pub struct Naive<'a> {
    history: &'a History,
    zone: TimeZone,
    changes: Vec<Change>,
    code: &'static str,
}

impl<'a> Naive<'a> {
    /// A history in one currency.
    pub fn of(history: &'a History, code: &'static str) -> Self {
        Self { history, zone: TimeZone::get(history.zone).unwrap(), changes: changes(history), code }
    }
}

impl Naive<'_> {
    /// The place of an instant among some days, by what the clock on the wall shows.
    fn day(&self, at: Timestamp, days: &Days) -> Option<usize> {
        let shown = at.to_zoned(self.zone.clone()).date();
        days.each().position(|day| day == shown)
    }

    fn income(&self, days: &Days) -> Income {
        let mut income = Income { days: vec![Takings::default(); DAYS as usize], ..Income::default() };
        let mut add = |at: Timestamp, change: &dyn Fn(&mut Takings)| {
            if let Some(day) = self.day(at, days) {
                change(&mut income.days[day]);
                change(&mut income.takings);
            }
        };
        for sale in self.history.sales.iter().filter(|sale| sale.currency.code() == self.code) {
            add(sale.at, &|takings| {
                takings.gross += sale.total;
                takings.tax += sale.tax;
                takings.fees += sale.fee;
            });
            for (amount, _, at) in sale.refunds.iter().filter(|(_, failed, _)| !failed) {
                add(*at, &|takings| takings.refunds += amount);
            }
            if let Some((won, opened, decided)) = sale.dispute {
                add(opened, &|takings| takings.disputes += sale.total);
                if won {
                    add(decided, &|takings| takings.disputes -= sale.total);
                }
            }
        }
        for subscription in self.history.subscriptions.iter().filter(|one| one.currency == self.code) {
            for (at, total) in &subscription.looks.last().unwrap().invoices {
                add(*at, &|takings| takings.gross += total.minor());
            }
        }
        income.movements = self.movements(days);
        let end = days.last();
        let until = |change: &&Change| change.at.to_zoned(self.zone.clone()).date() <= end;
        let mine = self.changes.iter().filter(|change| change.currency == self.code);
        income.mrr = mine.filter(until).map(|change| change.after - change.before).sum();
        income
    }

    fn movements(&self, days: &Days) -> Movements {
        let mut all = Movements::default();
        for change in self.changes.iter().filter(|change| change.currency == self.code) {
            if self.day(change.at, days).is_none() {
                continue;
            }
            let moved: &mut Moved = match (change.before, change.after) {
                (0, _) if change.returns => &mut all.reactivation,
                (0, _) => &mut all.new,
                (_, 0) => &mut all.churn,
                (before, after) if after > before => &mut all.expansion,
                _ => &mut all.contraction,
            };
            moved.count += 1;
            moved.minor += change.after - change.before;
        }
        all
    }

    fn activity(&self, days: &Days, orders: &[Order]) -> Activity {
        let mut activity = Activity { days: vec![Default::default(); DAYS as usize], ..Activity::default() };
        for order in orders.iter().filter(|order| order.total.currency().code() == self.code && order.mode != "free") {
            if let Some(day) = self.day(order.placed, days) {
                for orders in [&mut activity.days[day], &mut activity.orders] {
                    orders.placed += 1;
                    orders.paid += i64::from(order.paid.is_some());
                }
            }
        }
        let moved = self.movements(days);
        (activity.new, activity.reactivated, activity.churned) =
            (moved.new.count, moved.reactivation.count, moved.churn.count);
        activity
    }

    fn plans(&self) -> BTreeMap<String, i64> {
        let mut plans = BTreeMap::new();
        for subscription in self.history.subscriptions.iter().filter(|one| one.currency == self.code) {
            let last = subscription.looks.last().unwrap();
            if ["trialing", "active", "past_due"].contains(&last.state) {
                *plans.entry(last.plan.to_owned()).or_default() += 1;
            }
        }
        plans
    }

    /// Units and amounts by what was sold.
    fn sellers(&self, days: &Days, orders: &[Order]) -> BTreeMap<String, (i64, i64)> {
        let mut sold: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for order in orders.iter().filter(|order| order.total.currency().code() == self.code && order.mode != "free") {
            if order.paid.and_then(|at| self.day(at, days)).is_some() {
                let name = order.plan.map_or("jeu", |plan| if plan == "pro" { "Pro" } else { "Basic" });
                let all = sold.entry(name.to_owned()).or_default();
                all.0 += order.quantity;
                all.1 += order.total.minor();
            }
        }
        sold
    }
}

/// The orders, those of subscriptions included: what was paid for one is its first invoice.
fn orders(history: &History) -> Vec<Order> {
    let of_subscription = |one: &super::history::Subscription| {
        let first =
            one.looks.last().unwrap().invoices.first().map_or_else(|| money(0, one.currency), |(_, total)| *total);
        let plan = Some(one.looks[0].plan);
        Order {
            placed: one.placed,
            paid: Some(one.placed),
            mode: "subscription",
            plan,
            quantity: 1,
            total: first,
            user: one.user,
        }
    };
    history.orders.iter().cloned().chain(history.subscriptions.iter().map(of_subscription)).collect()
}

/// What subscriptions are worth changes as they are looked at, in the order of time.
fn changes(history: &History) -> Vec<Change> {
    let mut looks: Vec<(Timestamp, usize, usize)> = Vec::new();
    for (n, one) in history.subscriptions.iter().enumerate() {
        looks.extend(one.looks.iter().enumerate().map(|(at, look)| (look.at, n, at)));
    }
    looks.sort();
    let (mut worth, mut known, mut changes) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    for (at, n, look) in looks {
        let one = &history.subscriptions[n];
        let look = &one.looks[look];
        let price = look.price.minor();
        let a_month = if look.interval == "year" { (price as f64 / 12.0 + 0.5).floor() as i64 } else { price };
        let counts = ["active", "past_due"].contains(&look.state) && !look.invoices.is_empty();
        let (before, after) = (worth.insert(n, if counts { a_month } else { 0 }).unwrap_or(0), worth[&n]);
        if before != after {
            changes.push(Change { at, currency: one.currency, before, after, returns: !known.insert(one.user) });
        }
    }
    changes
}

/// Lets the history happen in a guild.
pub async fn happen(shop: &Shop, guild: i64, history: &History) {
    shop.guild_with(guild, history.zone).await;
    for (n, sale) in history.sales.iter().enumerate() {
        shop.post(guild, &sale.movements(&format!("pi_{n}"))).await;
    }
    for (number, order) in (1..).zip(&orders(history)) {
        shop.order(guild, number, order).await;
    }
    let mut looks = Vec::new();
    for (n, one) in history.subscriptions.iter().enumerate() {
        looks.extend(one.looks.iter().map(|look| (look.at, n, look)));
    }
    looks.sort_by_key(|(at, n, _)| (*at, *n));
    for (_, n, look) in looks {
        let number = i64::try_from(history.orders.len() + n + 1).unwrap();
        for _ in 0..2 {
            shop.settle(guild, (&format!("sub_{guild}_{n}"), number), look).await;
        }
    }
}

async fn compare(shop: &Shop, guild: i64, history: &History) -> Result<(), TestCaseError> {
    happen(shop, guild, history).await;
    let zone = TimeZone::get(history.zone).unwrap();
    let last = history.first.checked_add((DAYS - 1).days()).unwrap();
    let window = Window::of(Days::between(history.first, last).unwrap(), zone.clone());
    for code in CURRENCIES {
        let currency: Currency = code.parse().unwrap();
        let naive = Naive::of(history, code);
        let figures = shop.figures(guild, Rank::Operator, &window, currency).await;
        equal(&naive, &window, &figures)?;
        let counts = shop.figures(guild, Rank::Support, &window, currency).await;
        proptest::prop_assert_eq!(&counts.counts.activity, &figures.counts.activity);
        proptest::prop_assert!(counts.income.is_none() && counts.counts.sellers.iter().all(|one| one.minor.is_none()));
    }
    Ok(())
}

pub fn equal(naive: &Naive<'_>, window: &Window, figures: &Figures) -> Result<(), TestCaseError> {
    let orders = orders(naive.history);
    let income = figures.income.as_ref().unwrap();
    proptest::prop_assert_eq!(&income.now, &naive.income(&window.days));
    proptest::prop_assert_eq!(&income.before, &naive.income(&window.before));
    proptest::prop_assert_eq!(&figures.counts.activity.now, &naive.activity(&window.days, &orders));
    proptest::prop_assert_eq!(&figures.counts.activity.before, &naive.activity(&window.before, &orders));
    let plans: BTreeMap<String, i64> = figures.counts.plans.iter().map(|one| (one.plan.clone(), one.count)).collect();
    proptest::prop_assert_eq!(plans, naive.plans());
    let sellers =
        figures.counts.sellers.iter().map(|one| (one.name.clone(), (one.units, one.minor.unwrap()))).collect();
    proptest::prop_assert_eq!(naive.sellers(&window.days, &orders), sellers);
    proptest::prop_assert_eq!(income.before.mrr + income.now.movements.total(), income.now.mrr);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn analytics_equal_a_recomputation_to_the_cent() {
    let shop = std::sync::Arc::new(Shop::open().await);
    let run = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&histories(), |history| run.block_on(compare(&shop, next(), &history)));
        outcome.unwrap_or_else(|failed| panic!("{failed}"));
        // What the ledger holds of every history balances.
        let unbalanced = "select count(*) as n from (select from ledger group by guild_id, txn, currency having sum(amount_minor) <> 0) t";
        assert_eq!(run.block_on(shop.database().count(unbalanced)), 0);
    })
    .await
    .unwrap();
}

/// A guild for each case.
pub fn next() -> i64 {
    static NEXT: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(1000);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}
