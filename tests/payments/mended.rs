//! Faults that were found by trying the shop: clocks that differ, limits that late money passes, days of a plan whose role is gone.

use super::shop;
use super::world::World;
use jiff::SignedDuration;
use shellia::domain::shop::{OrderState, Trouble};
use shellia::kernel::Error;

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_of_a_clock_that_is_ahead_is_held_now() {
    let world = World::new().await;
    world.shop.buy(&shop::order(world.shop.guild, 10, "plan/pro/month", "r1")).await.unwrap();
    assert!(world.shop.provider.pay(0, true));
    let now = world.shop.app.clock.now();
    world.shop.provider.state.lock().unwrap().subs[0].view.started_at = now + SignedDuration::from_mins(5);
    world.work().await;
    let now = world.shop.app.clock.now();
    let held = format!("select count(*) as n from entitlements where source = 'subscription' and starts_at <= '{now}'");
    assert_eq!(world.count(&held).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_takes_nobody_past_what_a_member_may_buy() {
    let world = World::new().await;
    world.behind("update variants set stock = 5 where product = 'role'; update products set member_limit = 1 where code = 'role'").await;
    let late = shop::order(world.shop.guild, 10, "product/role/standard", "r1");
    let (late, _) = world.shop.buy(&late).await.unwrap();
    world.behind("update orders set state = 'canceled', reserved = false, stock_round = null, ended_at = now()").await;
    let second = shop::order(world.shop.guild, 10, "product/role/standard", "r2");
    let (second, _) = world.shop.buy(&second).await.unwrap();
    assert!(world.shop.provider.pay(1, true) && world.shop.provider.pay(0, true));
    for _ in 0..3 {
        world.work().await;
    }
    let late = world.fresh(late.number).await;
    assert_eq!((late.state, late.trouble), (OrderState::Refunded, Some(Trouble::MemberLimit)));
    assert_eq!((world.back(), world.fresh(second.number).await.state), (vec![500], OrderState::Fulfilled));
    // With nothing else in its place, late money still buys.
    let (other, _) = world.shop.buy(&shop::order(world.shop.guild, 11, "product/role/standard", "r3")).await.unwrap();
    let ended = format!(
        "update orders set state = 'canceled', reserved = false, ended_at = now() where number = {}",
        other.number
    );
    world.behind(&ended).await;
    assert!(world.shop.provider.pay(2, true));
    world.work().await;
    assert_eq!(world.fresh(other.number).await.state, OrderState::Fulfilled);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_a_plan_are_not_sold_while_its_role_is_gone() {
    let world = World::new().await;
    world
        .behind(
            "insert into products (guild_id, code, name, kind, plan, days, created_at, updated_at) \
               values (100, 'days', 'Jours', 'plan_days', 'pro', 7, now(), now());
             insert into variants (guild_id, product, code, name) values (100, 'days', 'standard', 'Standard');
             insert into prices (guild_id, item, currency, amount_minor, updated_at) values (100, 'product/days/standard', 'eur', 400, now())",
        )
        .await;
    let wants = |user, request| shop::order(world.shop.guild, user, "product/days/standard", request);
    let (open, _) = world.shop.buy(&wants(10, "r1")).await.unwrap();
    world.behind("insert into role_alerts values (100, 901, 'gone', now())").await;
    let refused = world.shop.place(&wants(11, "r2")).await;
    assert!(matches!(refused, Err(Error::Conflict("error-shop-role-gone"))), "{refused:?}");
    assert!(world.shop.provider.pay(0, true));
    for _ in 0..3 {
        world.work().await;
    }
    let open = world.fresh(open.number).await;
    assert_eq!((open.state, open.trouble), (OrderState::Refunded, Some(Trouble::RoleGone)));
}
