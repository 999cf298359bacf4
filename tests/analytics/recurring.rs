//! What subscriptions are worth is written down as they are settled, once for each change.

use super::world::{Look, Order, Shop, at, money};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use shellia::kernel::Money;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn written(shop: &Shop) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(
        "select concat_ws(' ', kind, before_minor, after_minor, currency, to_char(at at time zone 'UTC', 'MM-DD')) as line \
         from mrr_changes order by id",
    )
    .load(&mut shop.database().owner().await)
    .await
    .unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

async fn with_order(shop: &Shop, number: i64) {
    let placed = at("2026-01-01T10:00:00Z");
    let plan = Some("basic");
    let order = Order {
        placed,
        paid: Some(placed),
        mode: "subscription",
        plan,
        quantity: 1,
        total: money(499, "eur"),
        user: 10,
    };
    shop.order(7, number, &order).await;
}

fn look(when: &str, state: &'static str, price: i64, invoices: &[(&str, i64)]) -> Look {
    let paid = |(day, minor): &(&str, i64)| -> (jiff::Timestamp, Money) {
        (at(&format!("2026-{day}T10:00:00Z")), money(*minor, "eur"))
    };
    Look {
        at: at(&format!("2026-{when}T10:00:00Z")),
        state,
        plan: if price > 500 { "pro" } else { "basic" },
        interval: if price > 2000 { "year" } else { "month" },
        price: money(price, "eur"),
        invoices: invoices.iter().map(paid).collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_from_its_trial_to_its_end_and_back() {
    let shop = Shop::open().await;
    with_order(&shop, 1).await;
    let first = [("01-04", 499)];
    for (step, word) in [
        (look("01-01", "trialing", 499, &[]), "trialing"),
        // Stripe calls it active as soon as the trial is over; its first invoice is paid an hour later.
        (look("01-04", "active", 499, &[]), "active"),
        (look("01-05", "active", 499, &first), "active"),
        (look("01-20", "active", 999, &first), "active"),
        (look("02-04", "past_due", 999, &first), "past_due"),
        (look("02-10", "unpaid", 999, &first), "unpaid"),
        (look("02-12", "active", 999, &first), "active"),
        (look("02-20", "active", 4790, &first), "active"),
        (look("03-01", "canceled", 4790, &first), "canceled"),
    ] {
        for _ in 0..3 {
            assert_eq!(shop.settle(7, ("sub_1", 1), &step).await, word, "looking again changes nothing");
        }
    }
    let all = [
        "new 0 499 eur 01-04",
        "expansion 499 999 eur 01-20",
        "churn 999 0 eur 02-10",
        "reactivation 0 999 eur 02-12",
        "contraction 999 399 eur 02-20",
        "churn 399 0 eur 03-01",
    ];
    assert_eq!(written(&shop).await, all);
    // He subscribes anew: he came back, he is no new member.
    with_order(&shop, 2).await;
    shop.settle(7, ("sub_2", 2), &look("04-01", "active", 499, &[("04-01", 499)])).await;
    assert_eq!(written(&shop).await.last().map(String::as_str), Some("reactivation 0 499 eur 04-01"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_credit_paid_for_counts_as_one_that_money_did() {
    let shop = Shop::open().await;
    with_order(&shop, 1).await;
    shop.settle(7, ("sub_1", 1), &look("01-04", "active", 499, &[("01-04", 0)])).await;
    assert_eq!(written(&shop).await, ["new 0 499 eur 01-04"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_looks_at_once_write_one_change() {
    let shop = std::sync::Arc::new(Shop::open().await);
    with_order(&shop, 1).await;
    let step = look("01-04", "active", 499, &[("01-04", 499)]);
    let looks = (0..24).map(|_| {
        let (shop, step) = (shop.clone(), step.clone());
        tokio::spawn(async move { shop.settle(7, ("sub_1", 1), &step).await })
    });
    for look in looks.collect::<Vec<_>>() {
        assert_eq!(look.await.unwrap(), "active", "looks wait for one another, and none is refused");
    }
    assert_eq!(written(&shop).await, ["new 0 499 eur 01-04"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_plan_that_is_paid_and_given_back_counts_nothing() {
    let shop = Shop::open().await;
    with_order(&shop, 1).await;
    shop.settle(7, ("sub_1", 1), &look("01-04", "active", 499, &[("01-04", 499)])).await;
    // The second subscription is seen before its checkout, which finds that it is one too many.
    with_order(&shop, 2).await;
    shop.sql("update orders set state = 'pending', paid_at = null where number = 2").await;
    shop.settle(7, ("sub_2", 2), &look("01-05", "active", 499, &[("01-05", 499)])).await;
    shop.sql("update orders set state = 'paid', paid_at = now(), problem = 'double' where number = 2").await;
    shop.settle(7, ("sub_2", 2), &look("01-05", "active", 499, &[("01-05", 499)])).await;
    shop.sql("update orders set state = 'refunded' where number = 2").await;
    shop.settle(7, ("sub_2", 2), &look("01-06", "canceled", 499, &[("01-05", 499)])).await;
    assert_eq!(written(&shop).await, ["new 0 499 eur 01-04"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_seen_before_its_checkout_counts_from_its_first_payment() {
    let shop = Shop::open().await;
    with_order(&shop, 1).await;
    shop.sql("update orders set state = 'pending', paid_at = null").await;
    let step = look("01-04", "active", 499, &[("01-03", 499)]);
    shop.settle(7, ("sub_1", 1), &step).await;
    assert_eq!(written(&shop).await, Vec::<String>::new());
    shop.sql("update orders set state = 'fulfilled', paid_at = now()").await;
    shop.settle(7, ("sub_1", 1), &step).await;
    assert_eq!(written(&shop).await, ["new 0 499 eur 01-03"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_in_trouble_brings_no_revenue() {
    let shop = Shop::open().await;
    with_order(&shop, 1).await;
    shop.sql("update orders set state = 'paid', problem = 'double'").await;
    shop.settle(7, ("sub_1", 1), &look("01-04", "active", 499, &[("01-04", 499)])).await;
    assert_eq!(written(&shop).await, Vec::<String>::new());
}
