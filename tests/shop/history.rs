//! The history of prices, and the lowest of the last 30 days, against a naive model.

use super::world::*;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use shellia::commands::Raw;
use shellia::domain::shop::Period;
use shellia::domain::shop::catalogue::plans::PlanChange;
use shellia::domain::shop::catalogue::price::{Asked, lowest_before};
use shellia::domain::shop::catalogue::products::ProductChange;
use shellia::domain::shop::catalogue::{Code, Item, PriceText, Step, plans, products, reading, shop};
use shellia::kernel::money::{Currency, Money};
use shellia::kernel::{Actor, Rank, System};

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + hour * 3600).unwrap()
}

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

/// The price hour by hour: what is asked from each hour on, until the next change.
fn naive(changes: &[(i64, Option<i64>)], time: i64) -> Option<i64> {
    let asked = |hour: i64| changes.iter().rev().find(|(since, _)| *since <= hour).and_then(|(_, price)| *price);
    (time - 720..time).filter_map(asked).min()
}

/// Changes of a price at rising hours; nothing where it is not for sale.
fn changes() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    let one = (0i64..400, proptest::option::weighted(0.8, 50i64..1000));
    proptest::collection::vec(one, 1..12).prop_map(|mut steps| {
        let mut hour = 0;
        for (gap, _) in &mut steps {
            hour += *gap;
            *gap = hour;
        }
        steps
    })
}

/// The rows that the history holds after these changes.
fn rows(changes: &[(i64, Option<i64>)]) -> Vec<Asked> {
    let ends = changes.iter().skip(1).map(|(hour, _)| Some(at(*hour))).chain([None]);
    let asked = changes.iter().zip(ends);
    asked
        .filter_map(|((hour, price), until)| Some(Asked { amount: euros((*price)?), since: at(*hour), until }))
        .collect()
}

proptest! {
    #[test]
    fn the_lowest_price_is_that_of_a_look_at_every_hour(changes in changes(), time in 0i64..6000) {
        let lowest = lowest_before(&rows(&changes), at(time)).map(Money::minor);
        prop_assert_eq!(lowest, naive(&changes, time));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kept_history_answers_as_the_model_does() {
    let world = World::new().await;
    world.asks(&boss(), "plans", &[]).await;
    let item = Item::Plan { plan: Code::parse("pro").unwrap(), period: Period::Month };
    let mut runner = TestRunner::new(Config { cases: 20, ..Config::default() });
    let strategy = (changes(), proptest::collection::vec(0i64..6000, 4));
    for _ in 0..20 {
        let (changes, times) = strategy.new_tree(&mut runner).unwrap().current();
        crate::support::db::run(
            &mut world.database.owner().await,
            "delete from price_history where item = 'plan/pro/month'",
        )
        .await;
        crate::support::db::run(
            &mut world.database.owner().await,
            "update plans set archived = true where code = 'pro'",
        )
        .await;
        for (hour, price) in &changes {
            plan_at(&world, *hour, *price).await;
        }
        let mut tx = world.app.db.begin(&Actor::member(guild(GUILD), user(10))).await.unwrap();
        for time in times {
            let lowest = reading::lowest_before(&mut tx, guild(GUILD), &item, Currency::EUR, at(time)).await.unwrap();
            assert_eq!(lowest.map(Money::minor), naive(&changes, time), "{changes:?} at {time}");
        }
        tx.rollback().await.unwrap();
    }
}

/// Sets the plan's price at an hour, or takes it off sale.
async fn plan_at(world: &World, hour: i64, price: Option<i64>) {
    let step = Step { guild: guild(GUILD), now: at(hour) };
    let pro = Code::parse("pro").unwrap();
    let mut tx = world.app.db.begin(&Actor::staff(guild(GUILD), user(22), Rank::Operator)).await.unwrap();
    match price {
        Some(minor) => {
            let text = format!("{},{:02}", minor / 100, minor % 100);
            let month = Some(PriceText::new("month_price", text));
            plans::edit(&mut tx, step, &pro, PlanChange { month, back_on_sale: true, ..PlanChange::default() })
                .await
                .unwrap();
        }
        // Off sale already is no change.
        None => drop(plans::remove(&mut tx, step, &pro).await),
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_ends_the_old_row_and_begins_a_new_one() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    let history = "from price_history where item = 'product/vip/standard'";
    let count = async |what: &str| world.database.count(&format!("select count(*) as n {history} {what}")).await;
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("7"))]).await;
    assert_eq!((count("").await, count("and until is null and amount_minor = 700").await), (2, 1));
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("7")), ("name", t("V"))]).await;
    assert_eq!(count("").await, 2, "the same price begins no new row");
    world.asks(&boss(), "product_remove", &[("product", t("vip"))]).await;
    assert_eq!(count("and until is null").await, 0, "nothing is asked for what is off sale");
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("9"))]).await;
    assert_eq!(count("").await, 2);
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("on_sale", t("yes"))]).await;
    assert_eq!(count("and until is null and amount_minor = 900").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_load_a_shop_once_and_two_operators_leave_one_open_price() {
    let world = World::new().await;
    world.app.guild(guild(GUILD)).await.unwrap();
    let step = Step { guild: guild(GUILD), now: world.app.clock.now() };
    let loads = (0..4).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move {
            let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild(GUILD))).await.unwrap();
            let loaded = shop::load_once(&mut tx, step, &app.guilds.catalogue).await.unwrap();
            tx.commit().await.unwrap();
            loaded
        })
    });
    let mut loaded = 0;
    for load in loads.collect::<Vec<_>>() {
        loaded += usize::from(load.await.unwrap());
    }
    assert_eq!(loaded, 1);
    assert_eq!(world.database.count("select count(*) as n from price_history").await, 10);
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    let edits = (1..=8).map(|euros| {
        let app = world.app.clone();
        tokio::spawn(async move {
            let mut tx = app.db.begin(&Actor::staff(guild(GUILD), user(22), Rank::Operator)).await.unwrap();
            let change =
                ProductChange { price: Some(PriceText::new("price", euros.to_string())), ..ProductChange::default() };
            let now = app.clock.now();
            products::edit(&mut tx, Step { now, ..step }, &Code::parse("vip").unwrap(), change).await.unwrap();
            tx.commit().await.unwrap();
        })
    });
    for edit in edits.collect::<Vec<_>>() {
        edit.await.unwrap();
    }
    let open = "select count(*) as n from price_history h join prices p using (guild_id, item, currency, amount_minor) \
                where h.item = 'product/vip/standard' and h.until is null";
    assert_eq!(world.database.count(open).await, 1);
    let all = "select count(*) as n from price_history where item = 'product/vip/standard' and until is null";
    assert_eq!(world.database.count(all).await, 1);
}
