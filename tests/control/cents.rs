//! Figures through the control API, over a socket, against the recomputation from made-up histories: refunds, disputes, upgrades,
//! trials, yearly plans, a currency without minor units, days on which the clocks change.

use super::real::{OPERATOR, Real, asker};
use crate::analytics::history::{CURRENCIES, DAYS, History, histories};
use crate::analytics::recomputed::{Naive, equal, happen, next};
use crate::analytics::world::Shop;
use jiff::ToSpan;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use shellia::control::{Analytics, Orders, PeriodFigures, Wanted, analytics};
use shellia::domain::analytics::{
    Activity, Counts, Days, Figures, Income, Moved, Movements, Pair, Placed, PlanCount, Seller, Takings, Window,
};

const CASES: u32 = 12;

fn placed(orders: &Orders) -> Placed {
    let placed = Placed { placed: orders.placed, paid: orders.paid };
    assert_eq!(placed.conversion_tenths(), orders.conversion_tenths);
    placed
}

fn takings(money: &shellia::control::Money) -> Takings {
    let takings = Takings {
        gross: money.gross,
        tax: money.tax,
        refunds: money.refunds,
        disputes: money.disputes,
        fees: money.fees,
    };
    assert_eq!(takings.net(), money.net);
    takings
}

fn side(of: &PeriodFigures) -> (Activity, Income) {
    let moved = |one: shellia::control::Move| Moved { count: one.count, minor: one.minor };
    let mrr = &of.mrr;
    let activity = Activity {
        days: of.days.iter().map(|day| placed(&day.orders)).collect(),
        orders: placed(&of.orders),
        new: mrr.new.count,
        reactivated: mrr.reactivation.count,
        churned: mrr.churn.count,
    };
    let income = Income {
        days: of.days.iter().map(|day| takings(&day.money)).collect(),
        takings: takings(&of.money),
        mrr: mrr.minor,
        movements: Movements {
            new: moved(mrr.new),
            expansion: moved(mrr.expansion),
            contraction: moved(mrr.contraction),
            churn: moved(mrr.churn),
            reactivation: moved(mrr.reactivation),
        },
    };
    (activity, income)
}

/// What came over the socket, as the recomputation has it.
fn figures(found: &Analytics) -> Figures {
    let ((activity, income), (activity_before, income_before)) = (side(&found.now), side(&found.then));
    Figures {
        currency: found.currency.parse().unwrap(),
        counts: Counts {
            activity: Pair { now: activity, before: activity_before },
            plans: found
                .plans
                .iter()
                .map(|one| PlanCount { plan: one.plan.clone(), name: one.name.clone(), count: one.count })
                .collect(),
            sellers: found
                .sellers
                .iter()
                .map(|one| Seller {
                    is_plan: one.is_plan,
                    name: one.name.clone(),
                    units: one.units,
                    minor: Some(one.minor),
                })
                .collect(),
        },
        income: Some(Pair { now: income, before: income_before }),
        others: found.others.iter().map(|code| code.parse().unwrap()).collect(),
    }
}

async fn compare(real: &Real, guild: i64, history: &History) -> Result<(), TestCaseError> {
    happen(&real.shop, guild, history).await;
    let last = history.first.checked_add((DAYS - 1).days()).unwrap();
    let zone = jiff::tz::TimeZone::get(history.zone).unwrap();
    let window = Window::of(Days::between(history.first, last).unwrap(), zone);
    for code in CURRENCIES {
        let wanted = Wanted {
            from: Some(history.first),
            to: Some(last),
            currency: Some(code.to_uppercase()),
            ..Wanted::default()
        };
        let asker = asker(u64::try_from(guild).unwrap(), OPERATOR);
        let found = analytics(&*real.shellia.peer, asker, &wanted).await.unwrap();
        equal(&Naive::of(history, code), &window, &figures(&found))?;
        proptest::prop_assert_eq!((found.time_zone.as_str(), found.currency.as_str()), (history.zone, code));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn analytics_over_the_socket_equal_a_recomputation_to_the_cent() {
    let real = std::sync::Arc::new(Real::serve(Shop::open().await));
    let run = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&histories(), |history| run.block_on(compare(&real, next(), &history)));
        outcome.unwrap_or_else(|failed| panic!("{failed}"));
    })
    .await
    .unwrap();
}
