//! What members got for recommending the shop comes off what they buy: once, and not beside a promotion.

use super::shop::{GUILD, Shop, euros, game, pro, why};
use crate::support::db::run;
use crate::tickets::world::{guild, user};
use shellia::domain::promotions::credits;
use shellia::kernel::{Actor, Currency};

const MARIE: u64 = 10;

/// A shop in which Marie was credited.
async fn credited(minor: i64) -> Shop {
    let shop = Shop::open().await;
    gives(&shop, 11, minor).await;
    shop
}

async fn gives(shop: &Shop, friend: u64, minor: i64) {
    let rows = format!(
        "insert into referral_codes values ({GUILD}, {MARIE}, 'R-MARIE', now()) on conflict do nothing;
         insert into referrals values ({GUILD}, {MARIE}, {friend}, 'credited', {friend}00, {minor}, 'eur', now(), now(), now())"
    );
    run(&mut shop.database.owner().await, &rows).await;
}

/// What Marie has left, as she reads it.
async fn left(shop: &Shop) -> i64 {
    let mut tx = shop.db.begin(&Actor::member(guild(GUILD), user(MARIE))).await.unwrap();
    let left = credits::left(&mut tx, (guild(GUILD), user(MARIE)), Currency::EUR, false).await.unwrap();
    tx.rollback().await.unwrap();
    left.minor()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_goes_with_its_order() {
    let shop = credited(300).await;
    assert_eq!(shop.buys(12, &game(), None).await.unwrap().discount, euros(0), "it is nobody else's");
    let order = shop.buys(MARIE, &game(), None).await.unwrap();
    assert_eq!((order.discount, order.credit(), order.promotion), (euros(300), Some(euros(300)), None));
    assert_eq!(left(&shop).await, 0);
    assert_eq!(shop.buys(MARIE, &game(), None).await.unwrap().discount, euros(0), "it is spent once");
    shop.lets_expire(&order).await;
    assert_eq!(left(&shop).await, 300, "an order that ends unpaid gives it back");
    let second = shop.buys(MARIE, &game(), None).await.unwrap();
    assert_eq!(shop.pays(&second).await, "fulfilled");
    assert_eq!(shop.lets_expire(&second).await, "expired", "what is told late changes nothing");
    assert_eq!(left(&shop).await, 0);
    // The first order's money comes after all, and she hasn't its text any more: its credit is spent, so it goes back.
    run(&mut shop.database.owner().await, "update deliveries set revoked_at = now()").await;
    assert_eq!(shop.pays(&order).await, "out_of_stock");
    assert_eq!(left(&shop).await, 0);
    shop.gives_back(&second, euros(100)).await;
    assert_eq!(left(&shop).await, 0, "a part that goes back leaves it spent");
    shop.gives_back(&second, second.total).await;
    assert_eq!(left(&shop).await, 300, "with all the money it comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_late_takes_the_credit_again() {
    let shop = credited(300).await;
    let order = shop.buys(MARIE, &game(), None).await.unwrap();
    shop.lets_expire(&order).await;
    assert_eq!(shop.pays(&order).await, "fulfilled");
    assert_eq!(left(&shop).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_better_of_credit_and_promotion_counts_and_a_typed_code_goes_first() {
    let shop = credited(300).await;
    shop.makes(&shop.twenty()).await.unwrap();
    shop.makes(&shop.coded("MERCI")).await.unwrap();
    let taken = shop.off(MARIE, &game(), None).await.unwrap().unwrap();
    assert_eq!((taken.amount, taken.promotion), (euros(400), Some(1)));
    let taken = shop.off(MARIE, &pro(), None).await.unwrap().unwrap();
    assert_eq!((taken.amount, taken.promotion), (euros(300), None));
    assert_eq!(why(shop.off(MARIE, &game(), Some("MERCI")).await), "error-promo-smaller");
    gives(&shop, 13, 4_000).await;
    let order = shop.buys(MARIE, &game(), None).await.unwrap();
    assert_eq!((order.discount, order.total), (euros(1_950), euros(50)), "what the provider takes at least remains");
    assert_eq!(left(&shop).await, 2_350);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_plan_may_be_chosen_with_the_same_credit() {
    let shop = credited(300).await;
    let first = shop.buys(MARIE, &pro(), None).await.unwrap();
    let second = shop.buys(MARIE, &pro(), None).await.unwrap();
    assert_ne!(first.number, second.number);
    assert_eq!((first.discount, second.discount), (euros(300), euros(300)));
    assert_eq!(left(&shop).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_orders_at_once_one_gets_the_credit() {
    let shop = std::sync::Arc::new(credited(300).await);
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let shop = shop.clone();
            tokio::spawn(async move { shop.buys(MARIE, &game(), None).await })
        })
        .collect();
    let mut with = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(order) => with += usize::from(!order.discount.is_zero()),
            refused => assert_eq!(why(refused), "error-credit-spent"),
        }
    }
    assert_eq!(with, 1);
    assert_eq!(shop.database.count("select sum(amount_minor)::bigint as n from credit_uses").await, 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_friend_gives_back_later_is_made_up_for_by_the_next_credits() {
    let shop = credited(300).await;
    let order = shop.buys(MARIE, &game(), None).await.unwrap();
    shop.pays(&order).await;
    run(&mut shop.database.owner().await, "update referrals set state = 'reversed'").await;
    assert_eq!(left(&shop).await, 0);
    gives(&shop, 13, 400).await;
    assert_eq!(left(&shop).await, 100);
}
