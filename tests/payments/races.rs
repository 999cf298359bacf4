//! Many at once: the last one goes to one, and nobody pays in vain.

use super::provider::Provider;
use super::shop::{self, Shop};
use crate::support::db::{Database, run};
use jiff::SignedDuration;
use shellia::commands::purchases::checkout::Opened;
use shellia::domain::payments::NewRefund;
use shellia::domain::payments::tasks::{self, Kind};
use shellia::domain::shop::orders::{paid, refunds};
use shellia::jobs::{janitor, payments};
use shellia::kernel::{Actor, Clock, Currency, Error, Money, System};
use std::sync::Arc;
use std::time::Duration;

async fn a_shop(database: &Database) -> Shop {
    let clock = Clock::new();
    let provider = Arc::new(Provider::new(clock.clone()));
    let app = shop::app(database, provider.clone(), clock);
    shop::open(database, &app, &provider, 100).await
}

async fn a_thousand_want(item: &'static str) -> (Database, Arc<Shop>) {
    let database = Database::fresh().await;
    let shop = Arc::new(a_shop(&database).await);
    // As many are at work at once as the program lets be; the others wait for their turn.
    let room = Arc::new(tokio::sync::Semaphore::new(256));
    let buyers: Vec<_> = (0..1000u64)
        .map(|user| {
            let (shop, room) = (shop.clone(), room.clone());
            tokio::spawn(async move {
                let _turn = room.acquire().await.unwrap();
                let wish = shop::order(shop.guild, 1000 + user, item, "r1");
                loop {
                    match shop.buy(&wish).await {
                        // A busy machine asks him to try again, and so he does.
                        Err(Error::Unavailable { .. }) => {}
                        answered => return answered,
                    }
                }
            })
        })
        .collect();
    let (mut sold, mut refused) = (0, 0);
    for buyer in buyers {
        match buyer.await.unwrap() {
            Ok((_, Opened::At(_))) => sold += 1,
            Err(Error::Conflict("error-shop-sold-out")) => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((sold, refused), (1, 999));
    (database, shop)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_unit_goes_to_one_of_a_thousand() {
    let (database, shop) = a_thousand_want("product/role/standard").await;
    assert!(shop.provider.pay(0, true));
    janitor::reconcile(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    assert_eq!(database.count("select count(*) as n from orders where state = 'fulfilled'").await, 1);
    assert_eq!(database.count("select count(*) as n from orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_key_goes_to_one_of_a_thousand() {
    let (database, shop) = a_thousand_want("product/key/standard").await;
    assert!(shop.provider.pay(0, true));
    janitor::reconcile(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    let handed = "select count(*) as n from product_keys where delivered_at is not null and user_id is not null";
    assert_eq!(database.count(handed).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_refunds_at_once_that_exceed_the_payment_one_is_refused() {
    let database = Database::fresh().await;
    let shop = Arc::new(a_shop(&database).await);
    let (order, _) = shop.buy(&shop::order(shop.guild, 50, "product/role/standard", "r1")).await.unwrap();
    assert!(shop.provider.pay(0, true));
    janitor::reconcile(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    let ask = |key: &'static str| {
        let (shop, order) = (shop.clone(), order.clone());
        tokio::spawn(async move {
            let mut tx = shop.app.db.begin(&Actor::system_in(System::Payments, shop.guild)).await.unwrap();
            let amount = Some(Money::new(300, Currency::EUR).unwrap());
            let now = shop.app.clock.now();
            refunds::refund(&mut tx, (order.guild, order.number), amount, ("test", key), None, now).await?;
            tx.commit().await
        })
    };
    let (one, other) = (ask("key-1"), ask("key-2"));
    let outcomes = [one.await.unwrap().is_ok(), other.await.unwrap().is_ok()];
    assert_eq!(outcomes.iter().filter(|ok| **ok).count(), 1);
    payments::work_off(&shop.app).await.unwrap();
    assert_eq!(database.count("select refunded_minor as n from orders").await, 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_open_checkouts_that_are_both_paid_one_is_kept_and_one_given_back() {
    let database = Database::fresh().await;
    let shop = a_shop(&database).await;
    shop.buy(&shop::order(shop.guild, 50, "plan/pro/month", "r1")).await.unwrap();
    shop.buy(&shop::order(shop.guild, 50, "plan/ultra/year", "r2")).await.unwrap();
    // The first gives way, but is paid before the provider hears of it.
    assert!(shop.provider.pay(0, true));
    assert!(shop.provider.pay(1, true));
    janitor::reconcile(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    assert_eq!(database.count("select count(*) as n from orders where state = 'fulfilled'").await, 1);
    let back = "select count(*) as n from orders where problem = 'double' and state = 'refunded' and refunded_minor = paid_minor";
    assert_eq!(database.count(back).await, 1);
    let told = "select count(*) as n from outbox where kind = 'order_trouble' and recipient_id = 50";
    assert_eq!(database.count(told).await, 1);
    let live = "select count(*) as n from subscriptions where state in ('active', 'trialing')";
    assert_eq!(database.count(live).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_written_down_is_looked_at_again_soon() {
    let database = Database::fresh().await;
    let shop = a_shop(&database).await;
    let (order, _) = shop.buy(&shop::order(shop.guild, 50, "product/text/standard", "r1")).await.unwrap();
    let mut owner = database.owner().await;
    let broken = "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
                  create trigger refuse before update on orders for each row execute function refuse()";
    run(&mut owner, broken).await;
    assert!(shop.provider.pay(0, true));
    let session = shop.provider.state.lock().unwrap().sessions[0].view.id.clone();
    payments::look(&shop.app, Kind::Session, &session, shop.guild).await.unwrap_err();
    let free = "select count(*) as n from payment_tasks where kind = 'session' and state = 'pending' \
                and lease_until is null and outcome = 'not_written'";
    assert_eq!(database.count(free).await, 1);
    run(&mut owner, "drop trigger refuse on orders").await;
    shop.app.clock.advance(SignedDuration::from_secs(5));
    payments::work_off(&shop.app).await.unwrap();
    let done = format!("select count(*) as n from orders where number = {} and state = 'fulfilled'", order.number);
    assert_eq!(database.count(&done).await, 1);
}

/// Widens the moment between reading what somebody has and writing more.
async fn slowly(database: &Database) {
    let slow = "create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.05); return new; end $$;
                create trigger slow before insert or update on entitlements for each row execute function slow()";
    run(&mut database.owner().await, slow).await;
}

/// Looks at all of them at the same moment.
async fn looks(shop: &Arc<Shop>, kind: Kind, all: Vec<String>) {
    let looks: Vec<_> = all
        .into_iter()
        .map(|object| {
            let shop = shop.clone();
            tokio::spawn(async move { payments::look(&shop.app, kind, &object, shop.guild).await })
        })
        .collect();
    for look in looks {
        look.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_paid_at_the_same_moment_follow_each_other() {
    let database = Database::fresh().await;
    let shop = Arc::new(a_shop(&database).await);
    let days = "insert into products (guild_id, code, name, kind, plan, days, created_at, updated_at)
                  values (100, 'days', 'Jours', 'plan_days', 'pro', 7, now(), now());
                insert into variants (guild_id, product, code, name) values (100, 'days', 'standard', 'Standard');
                insert into prices (guild_id, item, currency, amount_minor, updated_at)
                  values (100, 'product/days/standard', 'eur', 200, now());";
    run(&mut database.owner().await, days).await;
    slowly(&database).await;
    // Five of his own, and three that others give to another.
    for request in ["r1", "r2", "r3", "r4", "r5"] {
        shop.buy(&shop::order(shop.guild, 50, "product/days/standard", request)).await.unwrap();
    }
    for giver in [61, 62, 63] {
        let mut gift = shop::order(shop.guild, giver, "product/days/standard", "r1");
        gift.recipient = shellia::kernel::UserId::new(51);
        shop.buy(&gift).await.unwrap();
    }
    let mut sessions = Vec::new();
    for at in 0..8 {
        assert!(shop.provider.pay(at, true));
        sessions.push(shop.provider.state.lock().unwrap().sessions[at].view.id.clone());
    }
    looks(&shop, Kind::Session, sessions).await;
    for (user, days) in [(50, 35), (51, 21)] {
        let held = format!(
            "select round(extract(epoch from max(ends_at) - min(starts_at)) / 86400)::bigint as n from entitlements where user_id = {user}"
        );
        assert_eq!(database.count(&held).await, days, "{user}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_refunds_at_the_same_moment_none_leaves_a_gap_before_what_stays() {
    let database = Database::fresh().await;
    let shop = Arc::new(a_shop(&database).await);
    run(&mut database.owner().await, "update variants set stock = 9 where product = 'role'").await;
    for (at, request) in ["r1", "r2", "r3", "r4"].into_iter().enumerate() {
        shop.buy(&shop::order(shop.guild, 50, "product/role/standard", request)).await.unwrap();
        assert!(shop.provider.pay(at, true));
        janitor::reconcile(&shop.app).await.unwrap();
        payments::work_off(&shop.app).await.unwrap();
    }
    let begins = "select round(extract(epoch from max(starts_at) - min(created_at)) / 86400)::bigint as n \
                  from entitlements where revoked_at is null";
    assert_eq!(database.count(begins).await, 90);
    slowly(&database).await;
    let mut refunded = Vec::new();
    for at in 0..3 {
        assert!(shop.provider.refund_in_dashboard(at, 100));
        refunded.push(shop.provider.state.lock().unwrap().payments[at].id.clone());
    }
    looks(&shop, Kind::Payment, refunded).await;
    assert_eq!(database.count("select count(*) as n from entitlements where revoked_at is null").await, 1);
    assert_eq!(database.count(begins).await, 0, "the month that stays begins now");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_is_taken_of_many_however_the_database_goes_about_it() {
    let database = Database::fresh().await;
    // A plan that looks for free keys once for each key.
    let loops = "do $$ begin execute format('alter database %I set enable_hashjoin = off', current_database());
         execute format('alter database %I set enable_mergejoin = off', current_database());
         execute format('alter database %I set enable_material = off', current_database()); end $$";
    run(&mut database.owner().await, loops).await;
    let shop = a_shop(&database).await;
    run(
        &mut database.owner().await,
        "insert into product_keys (guild_id, product, variant, secret, added_at)
             select 100, 'key', 'standard', 'M-' || n, now() from generate_series(1, 60) n; analyze product_keys",
    )
    .await;
    for (user, request) in [(50, "r1"), (51, "r2"), (52, "r3")] {
        let (_, opened) = shop.buy(&shop::order(shop.guild, user, "product/key/standard", request)).await.unwrap();
        assert!(matches!(opened, Opened::At(_)));
    }
    let held = "select count(*) as n from product_keys where order_number is not null";
    assert_eq!(database.count(held).await, 3);
}

/// A look at a payment writes down its refunds, and who sends one asks for that look: the one waits until the other is through, and
/// neither is ended as the one of two that wait for each other.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_is_sent_while_its_payment_is_looked_at_waits_for_it() {
    let database = Database::fresh().await;
    let shop = Arc::new(a_shop(&database).await);
    let (order, _) = shop.buy(&shop::order(shop.guild, 50, "product/role/standard", "r1")).await.unwrap();
    assert!(shop.provider.pay(0, true));
    janitor::reconcile(&shop.app).await.unwrap();
    payments::work_off(&shop.app).await.unwrap();
    let (guild, now) = (order.guild, shop.app.clock.now());
    let actor = Actor::system_in(System::Payments, shop.guild);
    let begin = || shop.app.db.begin(&actor);
    let mut tx = begin().await.unwrap();
    let asked = refunds::refund(&mut tx, (guild, order.number), None, ("test", "key"), None, now).await.unwrap();
    tx.commit().await.unwrap();
    // It is sent, and the payment looked at, before that is written down.
    let payment = shop.provider.state.lock().unwrap().payments[0].id.clone();
    let new = NewRefund { payment: payment.clone(), amount_minor: asked.amount.minor(), refund: (guild, asked.id) };
    shop.app.gateway.refund("key", &new).await.unwrap();
    let view = shop.app.gateway.payment(&payment).await.unwrap();
    let mut tx = begin().await.unwrap();
    let lease = now.checked_add(SignedDuration::from_secs(60)).unwrap();
    let task = tasks::claim_one(&mut tx, (Kind::Payment, &payment), guild, (now, lease)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut looking = begin().await.unwrap();
    paid::payment(&mut looking, &view, now).await.unwrap();
    tasks::finish(&mut looking, &task, "changed", now).await.unwrap();
    let sending = {
        let shop = shop.clone();
        tokio::spawn(async move { payments::look(&shop.app, Kind::Refund, "key", shop.guild).await })
    };
    tokio::time::sleep(Duration::from_millis(500)).await;
    looking.commit().await.unwrap();
    assert!(sending.await.unwrap().unwrap());
    assert_eq!(database.count("select count(*) as n from refunds where state = 'done'").await, 1);
}
