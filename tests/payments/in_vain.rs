//! A checkout that is paid when what it gives is in vain by then: the money goes back.

use super::shop;
use super::world::{HELD, World};
use shellia::domain::shop::orders::place::NewOrder;
use shellia::domain::shop::{OrderState, Trouble};
use shellia::jobs::roles;
use shellia::kernel::{RoleId, UserId};

/// The role that the product gives.
const ROLE: u64 = 902;

impl World {
    fn wants(&self, user: u64, item: &str, request: &str) -> NewOrder {
        shop::order(self.shop.guild, user, item, request)
    }

    fn gift(&self, from: u64, to: u64, item: &str, request: &str) -> NewOrder {
        NewOrder { recipient: UserId::new(to), ..self.wants(from, item, request) }
    }

    /// Opens a checkout; tells which it is.
    async fn opens(&self, new: &NewOrder) -> i64 {
        self.shop.buy(new).await.unwrap().0.number
    }

    /// Pays these checkouts, and looks until nothing follows.
    async fn pays(&self, all: &[usize]) {
        for at in all {
            assert!(self.shop.provider.pay(*at, true));
        }
        for _ in 0..3 {
            self.work().await;
        }
    }

    /// How an order ended, what of its money went back, and what of its goods it keeps from others.
    async fn ended(&self, number: i64) -> (OrderState, Option<Trouble>, bool, bool) {
        let order = self.fresh(number).await;
        (order.state, order.trouble, order.paid_minor > 0 && order.refunded_minor == order.paid_minor, order.reserved)
    }

    async fn sells_the_role_for_good(&self) {
        self.behind(
            "update products set days = null where code = 'role'; update variants set stock = 5 where product = 'role'",
        )
        .await;
    }

    async fn sells_days(&self) {
        self.behind(
            "insert into products (guild_id, code, name, kind, plan, days, created_at, updated_at)
               values (100, 'days', 'Jours', 'plan_days', 'pro', 7, now(), now());
             insert into variants (guild_id, product, code, name) values (100, 'days', 'standard', 'Standard');
             insert into prices (guild_id, item, currency, amount_minor, updated_at)
               values (100, 'product/days/standard', 'eur', 200, now());",
        )
        .await;
    }
}

const BACK: (OrderState, Option<Trouble>, bool, bool) = (OrderState::Refunded, Some(Trouble::InVain), true, false);
const STOCK: &str = "select stock::bigint as n from variants where product = 'role'";

#[tokio::test(flavor = "multi_thread")]
async fn of_two_checkouts_of_one_role_for_good_one_is_given_back() {
    let world = World::new().await;
    world.sells_the_role_for_good().await;
    let first = world.opens(&world.wants(10, "product/role/standard", "r1")).await;
    let second = world.opens(&world.wants(10, "product/role/standard", "r2")).await;
    assert_eq!(world.count(STOCK).await, 3);
    world.pays(&[0]).await;
    world.pays(&[1]).await;
    assert_eq!(world.ended(first).await, (OrderState::Fulfilled, None, false, true));
    assert_eq!(world.ended(second).await, BACK);
    assert_eq!((world.count(STOCK).await, world.count(HELD).await, world.back()), (4, 1, vec![500]));
    let told = "select count(*) as n from outbox where kind = 'order_trouble' and recipient_id = 10";
    assert_eq!(world.count(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_of_what_its_recipient_bought_meanwhile_is_given_back() {
    let world = World::new().await;
    world.sells_the_role_for_good().await;
    let gift = world.opens(&world.gift(11, 10, "product/role/standard", "r1")).await;
    let own = world.opens(&world.wants(10, "product/role/standard", "r2")).await;
    world.pays(&[1, 0]).await;
    let all = [world.ended(gift).await, world.ended(own).await];
    assert!(all.contains(&BACK) && all.contains(&(OrderState::Fulfilled, None, false, true)), "{all:?}");
    assert_eq!((world.count(STOCK).await, world.count(HELD).await), (4, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_a_plan_that_is_subscribed_to_meanwhile_are_given_back() {
    let world = World::new().await;
    world.sells_days().await;
    let days = world.opens(&world.wants(10, "product/days/standard", "r1")).await;
    world.opens(&world.wants(10, "plan/pro/month", "r2")).await;
    world.pays(&[1]).await;
    world.pays(&[0]).await;
    assert_eq!(world.ended(days).await, BACK);
    assert_eq!((world.count(HELD).await, world.back()), (1, vec![200]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_of_a_plan_that_its_recipient_subscribes_to_meanwhile_is_given_back() {
    let world = World::new().await;
    let gift = world.opens(&world.gift(11, 10, "plan/pro/month", "r1")).await;
    let own = world.opens(&world.wants(10, "plan/pro/month", "r2")).await;
    world.pays(&[1]).await;
    world.pays(&[0]).await;
    assert_eq!(world.ended(gift).await, BACK);
    assert_eq!(world.fresh(own).await.state, OrderState::Fulfilled);
    assert_eq!((world.count(HELD).await, world.back()), (1, vec![999]));
}

/// Two open checkouts of one text: it is the same text, so the one that is paid later is given back. Who has it and orders it once
/// more was told, and gets it once more; of a gift nobody learns whether its recipient has it.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_checkouts_of_one_text_one_is_given_back() {
    let world = World::new().await;
    let first = world.opens(&world.wants(10, "product/text/standard", "r1")).await;
    let second = world.opens(&world.wants(10, "product/text/standard", "r2")).await;
    world.pays(&[1]).await;
    world.pays(&[0]).await;
    assert_eq!(world.fresh(second).await.state, OrderState::Fulfilled);
    let (state, trouble, back, _) = world.ended(first).await;
    assert_eq!((state, trouble, back), (OrderState::Refunded, Some(Trouble::InVain), true));
    let again = world.opens(&world.wants(10, "product/text/standard", "r3")).await;
    let gift = world.opens(&world.gift(11, 10, "product/text/standard", "r4")).await;
    world.pays(&[2, 3]).await;
    for number in [again, gift] {
        assert_eq!(world.fresh(number).await.state, OrderState::Fulfilled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_vain_is_handed_over_twice() {
    let world = World::new().await;
    world.behind("update variants set stock = 5 where product = 'role'").await;
    let all = [
        world.opens(&world.wants(10, "product/role/standard", "r1")).await,
        world.opens(&world.gift(11, 10, "product/role/standard", "r2")).await,
    ];
    world.pays(&[0, 1]).await;
    for number in all {
        assert_eq!(world.fresh(number).await.state, OrderState::Fulfilled, "thirty days, and thirty more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gives_a_role_that_was_deleted_meanwhile_is_given_back() {
    let world = World::new().await;
    let role = world.opens(&world.wants(10, "product/role/standard", "r1")).await;
    let plan = world.opens(&world.wants(11, "plan/pro/month", "r2")).await;
    world.behind("insert into role_alerts values (100, 902, 'gone', now()), (100, 901, 'gone', now())").await;
    world.pays(&[0, 1]).await;
    let gone = (OrderState::Refunded, Some(Trouble::RoleGone), true, false);
    assert_eq!([world.ended(role).await, world.ended(plan).await], [gone, gone]);
    assert_eq!(world.count("select count(*) as n from subscriptions where state <> 'canceled'").await, 0);
    assert_eq!(world.count(STOCK).await, 1, "it can be had again");
}

/// Discord tells that a role was deleted: who left its checkout open can't pay it any more, and every other one stays.
#[tokio::test(flavor = "multi_thread")]
async fn the_checkouts_of_a_role_that_is_deleted_are_closed() {
    let world = World::new().await;
    let role = world.opens(&world.wants(10, "product/role/standard", "r1")).await;
    let text = world.opens(&world.wants(10, "product/text/standard", "r2")).await;
    let app = &world.shop.app;
    app.news.roles(world.shop.guild, RoleId::new(ROLE));
    roles::take_up(app).await.unwrap();
    for _ in 0..3 {
        world.work().await;
    }
    assert!(!world.shop.provider.pay(0, true), "its page is closed");
    assert_eq!(world.fresh(role).await.state, OrderState::Expired);
    assert_eq!(world.fresh(text).await.state, OrderState::Pending);
}
