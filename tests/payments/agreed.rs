//! What was agreed on is handed over, whatever staff make of the product before the money comes.

use super::shop;
use super::world::World;
use shellia::domain::shop::{OrderState, Trouble};
use shellia::jobs::roles;
use shellia::kernel::RoleId;

/// The role that the product gave when it was ordered.
const ROLE: u64 = 902;

impl World {
    async fn orders(&self, user: u64, item: &str, request: &str) -> i64 {
        self.shop.buy(&shop::order(self.shop.guild, user, item, request)).await.unwrap().0.number
    }

    async fn all_follows(&self) {
        for _ in 0..3 {
            self.work().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_agreed_to_a_role_gets_that_role() {
    let world = World::new().await;
    world.orders(10, "product/role/standard", "r1").await;
    world.behind("update products set role_id = 903, days = 1 where code = 'role'").await;
    assert!(world.shop.provider.pay(0, true));
    world.all_follows().await;
    let agreed =
        "select count(*) as n from entitlements where role_id = 902 and ends_at = starts_at + interval '30 days'";
    assert_eq!((world.count(agreed).await, world.count("select count(*) as n from entitlements").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_agreed_to_days_of_a_plan_gets_days_of_that_plan() {
    let world = World::new().await;
    world
        .behind(
            "insert into products (guild_id, code, name, kind, plan, days, created_at, updated_at)
               values (100, 'days', 'Jours', 'plan_days', 'ultra', 7, now(), now());
             insert into variants (guild_id, product, code, name) values (100, 'days', 'standard', 'Standard');
             insert into prices (guild_id, item, currency, amount_minor, updated_at)
               values (100, 'product/days/standard', 'eur', 200, now());",
        )
        .await;
    world.orders(10, "product/days/standard", "r1").await;
    world.behind("update products set plan = 'pro' where code = 'days'").await;
    assert!(world.shop.provider.pay(0, true));
    world.all_follows().await;
    assert_eq!(world.count("select count(*) as n from entitlements where plan = 'ultra'").await, 1);
    assert_eq!(world.count("select count(*) as n from entitlements where plan = 'pro'").await, 0);
}

/// Whether it is had for good already is asked of what was agreed on, too.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_not_in_vain_because_its_product_gives_by_now_what_is_held() {
    let world = World::new().await;
    world.behind("update products set days = null where code = 'role'").await;
    let number = world.orders(10, "product/role/standard", "r1").await;
    world
        .behind(
            "insert into entitlements (guild_id, user_id, kind, role_id, source, source_key, starts_at, created_at, updated_at)
               values (100, 10, 'role', 903, 'grant', 'grant/1', now(), now(), now());
             update products set role_id = 903 where code = 'role'",
        )
        .await;
    assert!(world.shop.provider.pay(0, true));
    world.all_follows().await;
    assert_eq!(world.fresh(number).await.state, OrderState::Fulfilled);
    assert_eq!(world.count("select count(*) as n from entitlements where role_id = 902").await, 1);
}

/// The product gives another role by now, and nothing on sale the one that is deleted: who agreed to it gets his money back,
/// also where it came before his checkout was closed.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_role_that_was_agreed_on_is_deleted_the_money_goes_back() {
    let world = World::new().await;
    let number = world.orders(10, "product/role/standard", "r1").await;
    world.behind("update products set role_id = 903 where code = 'role'").await;
    let app = &world.shop.app;
    app.news.roles(world.shop.guild, RoleId::new(ROLE));
    assert!(world.shop.provider.pay(0, true));
    roles::take_up(app).await.unwrap();
    world.all_follows().await;
    let order = world.fresh(number).await;
    assert_eq!((order.state, order.trouble), (OrderState::Refunded, Some(Trouble::RoleGone)));
    assert_eq!((world.count("select count(*) as n from entitlements").await, world.back()), (0, vec![500]));
}
