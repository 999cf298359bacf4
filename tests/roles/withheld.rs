//! Time during which a role that was paid for or won could not be given doesn't count; and who is charged for such a role is told
//! before.

use super::words::{plain, says};
use super::world::World;
use crate::payments::shop;
use shellia::commands::Raw;
use shellia::jobs::janitor;

const ROLE: &str = "product/role/standard";
/// Whole hours that the latest entitlement has left of now, by the program's clock, and how long all of one thing are in a row.
const LEFT: &str = "select round(extract(epoch from (max(ends_at) - '{now}')) / 3600)::bigint as n from entitlements";

impl World {
    /// A shop whose product gives a day of `Admin`, which stands above the bot.
    async fn a_day_too_high(&self) {
        let admin = self.role("Admin");
        self.behind(&format!("update products set role_id = {admin}, days = 1 where kind = 'role'")).await;
    }

    /// Hours that are left until the end of the last of what is held.
    async fn hours_left(&self) -> i64 {
        self.database.count(&LEFT.replace("{now}", &self.app().clock.now().to_string())).await
    }

    async fn mends(&self) {
        self.sandbox.drag_role(self.guild, self.role("Maxis"), Some(self.role("Admin"))).unwrap();
        self.app().news.roles(self.guild_id(), None);
        self.until_holds(self.marie, self.role("Admin"), true).await;
        self.until_idle().await;
    }

    /// Its due times are acted upon.
    async fn comes_due(&self) {
        janitor::due_now(self.app()).await.unwrap();
        self.until_idle().await;
    }

    fn ends_told(&self) -> usize {
        self.told(self.marie).iter().filter(|told| told.contains("a pris fin")).count()
    }

    async fn delivery(&self, number: i64) -> String {
        plain(&self.asks(self.marie, "order_delivery", (false, vec![("order".to_owned(), Raw::Int(number))])).await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_could_not_be_given_begin_anew_until_they_can() {
    let world = World::new().await;
    world.a_day_too_high().await;
    let worker = world.start();
    let number = world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    says(&world.delivery(number).await, &["Vos jours ne passent pas"], &["Jusqu’au"]);
    for _ in 0..2 {
        world.pass(26);
        world.comes_due().await;
        assert_eq!((world.hours_left().await, world.ends_told()), (24, 0));
    }
    let card = world.order(world.marie, number).await;
    says(&card, &["pas encore pu être donné", "order_withdraw"], &["livrée", "Ce droit a pris fin"]);
    // Mended in the middle of a day, the whole day is there.
    world.pass(9);
    world.mends().await;
    assert_eq!(world.hours_left().await, 24);
    says(&world.delivery(number).await, &["Jusqu’au"], &["ne passent pas"]);
    world.pass(23);
    world.comes_due().await;
    assert!(world.holds(world.marie, world.role("Admin")));
    world.pass(2);
    world.comes_due().await;
    world.until_holds(world.marie, world.role("Admin"), false).await;
    assert_eq!(world.ends_told(), 1, "it was there, and it is over");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_behind_days_that_could_not_be_given_moves_along() {
    let world = World::new().await;
    world.a_day_too_high().await;
    // Both are paid before it is known that the role can't be given.
    world.places(world.marie, world.marie, ROLE).await;
    world.places(world.jean, world.marie, ROLE).await;
    assert!(world.shop.provider.pay(0, true) && world.shop.provider.pay(1, true));
    let worker = world.start();
    world.looks().await;
    world.until("select count(*) as n from orders where state = 'fulfilled'", 2).await;
    world.until_idle().await;
    assert_eq!(world.hours_left().await, 48);
    // Both ends came while the program was away.
    world.app().clock.advance(jiff::SignedDuration::from_hours(60));
    world.comes_due().await;
    assert_eq!(world.hours_left().await, 48);
    let row = "select count(*) as n from entitlements a join entitlements b on b.starts_at = a.ends_at and not a.lapsed and not b.lapsed";
    assert_eq!(world.database.count(row).await, 1, "one behind the other");
    world.pass(5);
    world.mends().await;
    assert_eq!((world.hours_left().await, world.database.count(row).await), (48, 1));
    worker.stop().await;
}

/// Another obstacle after the first is still the same wait, and a moment in which Discord doesn't answer is none of his days.
#[tokio::test(flavor = "multi_thread")]
async fn the_wait_is_counted_whatever_stands_in_the_way() {
    let world = World::new().await;
    world.a_day_too_high().await;
    let worker = world.start();
    let number = world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    world.behind("update granted_roles set state = 'refused'").await;
    world.pass(10);
    world.hears_of(world.marie, true);
    world.until("select count(*) as n from granted_roles where state = 'too_low' and checked_at > since + interval '9 hours'", 1).await;
    world.pass(10);
    world.mends().await;
    assert_eq!(world.hours_left().await, 24);
    assert!(number > 0);
    worker.stop().await;
}

/// Days of a plan that were won wait for the role of the plan.
#[tokio::test(flavor = "multi_thread")]
async fn days_of_a_plan_that_were_won_wait_for_its_role() {
    let world = World::new().await;
    world.a_day_too_high().await;
    world.behind(&format!("update plans set role_id = {} where code = 'pro'", world.role("Admin"))).await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    let won = "update entitlements set source = 'prize', source_key = 'prize/1/1', order_number = null, kind = 'plan', plan = 'pro', \
               role_id = null";
    world.behind(won).await;
    world.pass(26);
    world.comes_due().await;
    assert_eq!(world.hours_left().await, 24);
    world.pass(8);
    world.mends().await;
    assert_eq!((world.hours_left().await, world.ends_told()), (24, 0));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_goes_by_its_own_end() {
    let world = World::new().await;
    world.a_day_too_high().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    world.behind("update entitlements set source = 'grant', order_number = null").await;
    world.pass(10);
    world.mends().await;
    assert_eq!(world.hours_left().await, 14);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_charged_for_a_role_that_could_not_be_given_is_told_before() {
    let world = World::new().await;
    world
        .behind(&format!("update plans set role_id = {}, trial_days = 3 where code = 'pro'", world.role("Admin")))
        .await;
    let worker = world.start();
    let mut new = shop::order(world.shop.guild, world.marie, "plan/pro/month", "trial");
    (new.trial, new.consent) = (true, Some("1-trial"));
    let (order, _) = world.shop.buy(&new).await.unwrap();
    world.pays((order.number, 0)).await;
    world.until("select count(*) as n from granted_roles where state = 'too_low'", 1).await;
    world.until_idle().await;
    let warned =
        |told: &[String]| told.iter().filter(|one| one.contains("pas encore pu vous donner le rôle de votre")).count();
    world.pass(46);
    world.comes_due().await;
    assert_eq!(warned(&world.told(world.marie)), 0, "not two days before");
    world.pass(3);
    world.comes_due().await;
    let told = world.told(world.marie);
    assert_eq!(warned(&told), 1, "{told:?}");
    says(
        told.last().unwrap(),
        &["Pro", "9,99", "seront prélevés le", "résiliez avant", "`/abonnement`"],
        &["supprimé"],
    );
    world.pass(5);
    world.comes_due().await;
    assert_eq!(warned(&world.told(world.marie)), 1, "once");
    worker.stop().await;
}

/// Who holds it lacks nothing, though it could be given to nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn who_got_the_role_is_not_warned_of_its_charge() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "plan/pro/month").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    let end = "select floor(extract(epoch from (period_end - '{now}')) / 3600)::bigint as n from subscriptions";
    let hours = world.database.count(&end.replace("{now}", &world.app().clock.now().to_string())).await;
    world.pass(hours - 5);
    world.comes_due().await;
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'plan_broken'").await, 0);
    worker.stop().await;
}
