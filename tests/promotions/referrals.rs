//! A recommendation is credited for a purchase that stays paid.

use super::shop::{GUILD, Shop, code, euros, game, pro, why};
use crate::support::db::run;
use crate::tickets::world::{guild, user};
use shellia::domain::payments::RefundState;
use shellia::domain::promotions::{ReferralState, credits, referrals};
use shellia::domain::shop::orders::Order;
use shellia::kernel::{Actor, Currency, Result};

async fn own_code(shop: &Shop, member: u64, fresh: &str) -> String {
    let mut tx = shop.duty().await;
    let found = referrals::code_of(&mut tx, (guild(GUILD), user(member)), &code(fresh), shop.now()).await.unwrap();
    tx.commit().await.unwrap();
    found
}

async fn joins(shop: &Shop, friend: u64, typed: &str) -> Result<bool> {
    let mut tx = shop.duty().await;
    let joined = referrals::join(&mut tx, (guild(GUILD), user(friend)), &code(typed), shop.now()).await?;
    tx.commit().await.map(|()| joined)
}

/// The member's recommendations as he sees them.
async fn sees(shop: &Shop, member: u64) -> Vec<(ReferralState, i64)> {
    let mut tx = shop.db.begin(&Actor::member(guild(GUILD), user(member))).await.unwrap();
    let sums = referrals::sums(&mut tx, guild(GUILD), user(member)).await.unwrap();
    tx.rollback().await.unwrap();
    sums.into_iter().map(|sum| (sum.state, sum.amount.map_or(0, |money| money.minor()))).collect()
}

async fn refunds(shop: &Shop, order: &Order) {
    shop.gives_back(order, order.total).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friends_first_purchase_is_credited_after_two_weeks() {
    let shop = Shop::open().await;
    assert_eq!(own_code(&shop, 10, "R-MARIE").await, "R-MARIE");
    assert_eq!(own_code(&shop, 10, "R-OTHER").await, "R-MARIE");
    assert!(!joins(&shop, 11, "R-NOBODY").await.unwrap());
    assert!(joins(&shop, 11, "r-marie").await.unwrap());
    assert!(joins(&shop, 11, "R-MARIE").await.unwrap(), "the same again changes nothing");
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Waiting, 0)]);
    let order = shop.buys(11, &game(), None).await.unwrap();
    shop.pays(&order).await;
    let second = shop.buys(11, &game(), None).await.unwrap();
    shop.pays(&second).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Held, 200)]);
    shop.wait_hours(14 * 24 - 1);
    assert_eq!(shop.tick().await.credited, 0);
    shop.wait_hours(2);
    assert_eq!(shop.tick().await.credited, 1);
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Credited, 200)]);
    refunds(&shop, &second).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Credited, 200)]);
    refunds(&shop, &order).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Reversed, 200)]);
    assert_eq!(sees(&shop, 11).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_got_nothing_for_his_money_has_not_bought_before() {
    let shop = Shop::open().await;
    own_code(&shop, 10, "R-MARIE").await;
    let order = shop.buys(11, &game(), None).await.unwrap();
    shop.pays(&Order { total: euros(1500), ..order }).await;
    assert_eq!(shop.database.count("select count(*) as n from orders where problem = 'amount_differs'").await, 1);
    assert!(joins(&shop, 11, "R-MARIE").await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn recommendations_that_do_not_count_say_why() {
    let shop = Shop::open().await;
    own_code(&shop, 10, "R-MARIE").await;
    own_code(&shop, 12, "R-PAUL").await;
    assert_eq!(why(joins(&shop, 10, "R-MARIE").await), "error-referral-own");
    joins(&shop, 11, "R-MARIE").await.unwrap();
    assert_eq!(why(joins(&shop, 11, "R-PAUL").await), "error-referral-other");
    let order = shop.buys(13, &game(), None).await.unwrap();
    shop.pays(&order).await;
    assert_eq!(why(joins(&shop, 13, "R-MARIE").await), "error-referral-late");
    assert_eq!(order.discount, euros(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_tries_a_plan_has_bought_nothing_yet() {
    let shop = Shop::open().await;
    own_code(&shop, 10, "R-MARIE").await;
    let order = shop.buys(13, &pro(), None).await.unwrap();
    shop.pays(&order).await;
    let set = |columns: &str| format!("update orders set {columns} where number = {}", order.number);
    run(&mut shop.database.owner().await, &set("trial_days = 3, payment_id = null, paid_minor = 0")).await;
    assert!(joins(&shop, 13, "R-MARIE").await.unwrap());
    run(&mut shop.database.owner().await, &format!("delete from referrals; {}", set("payment_id = 'pi_first'"))).await;
    assert_eq!(why(joins(&shop, 13, "R-MARIE").await), "error-referral-late", "its first payment came");
}

/// Marie recommended a friend, whose purchase is paid.
async fn recommended(shop: &Shop, friend: u64) -> Order {
    own_code(shop, 10, "R-MARIE").await;
    joins(shop, friend, "R-MARIE").await.unwrap();
    let order = shop.buys(friend, &game(), None).await.unwrap();
    shop.pays(&order).await;
    order
}

/// What Marie may spend.
async fn spendable(shop: &Shop) -> i64 {
    let mut tx = shop.db.begin(&Actor::member(guild(GUILD), user(10))).await.unwrap();
    let left = credits::left(&mut tx, (guild(GUILD), user(10)), Currency::EUR, false).await.unwrap();
    tx.rollback().await.unwrap();
    left.minor()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_goes_back_takes_its_part_of_the_credit() {
    let shop = Shop::open().await;
    let order = recommended(&shop, 11).await;
    shop.gives_back(&order, euros(501)).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Held, 149)], "rounded for the shop");
    shop.wait_hours(14 * 24 + 1);
    shop.tick().await;
    assert_eq!((sees(&shop, 10).await, spendable(&shop).await), (vec![(ReferralState::Credited, 149)], 149));
    shop.gives_back(&order, euros(1_500)).await;
    assert_eq!((sees(&shop, 10).await, spendable(&shop).await), (vec![(ReferralState::Credited, 50)], 50));
    shop.gives_back(&order, order.total).await;
    assert_eq!((sees(&shop, 10).await, spendable(&shop).await), (vec![(ReferralState::Reversed, 200)], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_of_a_credit_is_not_taken_again() {
    let shop = Shop::open().await;
    let order = recommended(&shop, 11).await;
    shop.wait_hours(14 * 24 + 1);
    shop.tick().await;
    let spent = shop.buys(10, &game(), None).await.unwrap();
    assert_eq!(spent.discount, euros(200));
    shop.pays(&spent).await;
    shop.gives_back(&order, euros(1_000)).await;
    assert_eq!(spendable(&shop).await, 0);
    // The next credit makes up for it.
    recommended(&shop, 12).await;
    shop.wait_hours(14 * 24 + 1);
    shop.tick().await;
    assert_eq!(spendable(&shop).await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_here_again_brings_the_credit_back() {
    let shop = Shop::open().await;
    let order = recommended(&shop, 11).await;
    shop.gives_back(&order, order.total).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Reversed, 200)]);
    shop.refund_is(&order, order.total, RefundState::Failed).await;
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Held, 200)]);
    shop.wait_hours(14 * 24 + 1);
    assert_eq!(shop.tick().await.credited, 1);
    assert_eq!(spendable(&shop).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_do_not_recommend_the_shop_to_each_other() {
    let shop = Shop::open().await;
    own_code(&shop, 10, "R-MARIE").await;
    own_code(&shop, 11, "R-JEAN").await;
    assert!(joins(&shop, 11, "R-MARIE").await.unwrap());
    assert_eq!(why(joins(&shop, 10, "R-JEAN").await), "error-referral-mutual");
    let order = shop.buys(11, &game(), None).await.unwrap();
    shop.pays(&order).await;
    assert_eq!(why(joins(&shop, 10, "R-JEAN").await), "error-referral-mutual", "whoever buys first");
    assert_eq!(sees(&shop, 10).await, [(ReferralState::Held, 200)]);
    // At the same moment, one of them comes first.
    own_code(&shop, 12, "R-PAUL").await;
    own_code(&shop, 13, "R-LUC").await;
    let both = tokio::join!(joins(&shop, 12, "R-LUC"), joins(&shop, 13, "R-PAUL"));
    assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
}
