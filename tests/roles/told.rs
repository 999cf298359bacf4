//! What is told of purchases: to whom, as a courtesy, and nothing that is not his.

use super::words::says;
use super::world::World;
use crate::payments::provider::Fault;
use crate::payments::shop;
use crate::support::db::run;
use crate::support::watch::Watch;
use shellia::commands::Audience;
use shellia::domain::payments::DisputeState;
use shellia::domain::shop::orders::refunds;
use shellia::jobs::{janitor, payments};
use shellia::kernel::{Actor, Currency, Money, System};

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_is_thanked_and_staff_see_the_sale() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "product/text/standard").await;
    world.until_idle().await;
    insta::assert_snapshot!("a_buyer_is_thanked", world.told(world.marie).join("\n—\n"));
    insta::assert_snapshot!("staff_see_the_sale", world.staff_reads().join("\n—\n"));
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
    world.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_were_told_of_an_order_goes_with_its_buyer() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "product/text/standard").await;
    world.buys(world.jean, "product/text/standard").await;
    world.until_idle().await;
    assert_eq!(world.staff_reads().len(), 2);
    let asked = format!(
        "insert into privacy_requests (guild_id, user_id, kind, state, locale, asked_at, due_at, decided_by, decided_at, look_at) values
             ({}, {}, 'erasure', 'confirmed', 'fr', now(), now() + interval '30 days', 60, now(), now())",
        world.guild, world.marie
    );
    run(&mut world.database.owner().await, &asked).await;
    world.until("select count(*) as n from privacy_requests where state = 'done'", 1).await;
    world.until_idle().await;
    let left = world.staff_reads();
    assert!(left.len() == 1 && left[0].contains("<@Jean>"), "{left:?}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sale_is_told_where_everybody_reads_or_in_another_guilds_channel() {
    let watch = Watch::new(Audience::Elsewhere);
    let world = World::seen_by(watch.clone()).await;
    let worker = world.start();
    world.buys(world.marie, "product/text/standard").await;
    world.until("select count(*) as n from outbox where kind = 'sale' and outcome = 'gone'", 1).await;
    watch.set(Audience::Everybody);
    world.pass(1);
    world.until("select count(*) as n from outbox where kind = 'sale' and outcome = 'open'", 1).await;
    assert_eq!(world.staff_reads(), Vec::<String>::new());
    watch.set(Audience::Chosen);
    world.pass(1);
    world.until_idle().await;
    assert_eq!(world.staff_reads().len(), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_something_does_not_learn_the_price() {
    let world = World::new().await;
    let worker = world.start();
    world.gives(world.marie, world.jean, "product/text/standard").await;
    world.until_idle().await;
    let told = world.told(world.jean);
    insta::assert_snapshot!("who_is_given_something_is_told", told.join("\n—\n"));
    assert!(!told.iter().any(|text| text.contains("3,00") || text.contains('€')), "{told:?}");
    // The content is behind the button, in nobody's messages.
    let all = [told, world.told(world.marie), world.staff_reads()].concat();
    assert!(!all.iter().any(|text| text.contains("merci")), "{all:?}");
    worker.stop().await;
}

/// What becomes of the giver's money is his own: who loses the gift by it is told that he does, and nothing of why.
#[tokio::test(flavor = "multi_thread")]
async fn who_loses_a_gift_is_told_and_not_why() {
    let world = World::new().await;
    let worker = world.start();
    world.gives(world.marie, world.jean, "product/role/standard").await;
    world.until_holds(world.jean, world.premium, true).await;
    world.until_idle().await;
    let provider = world.shop.provider.clone();
    // Her bank looks into it, and decides for us; later all of it goes back.
    for state in [DisputeState::Open, DisputeState::Won] {
        assert!(provider.dispute(0, state));
        world.settles().await;
    }
    assert!(provider.refund_in_dashboard(0, 100));
    world.settles().await;
    world.until_holds(world.jean, world.premium, false).await;
    world.until_idle().await;
    let told = world.told(world.jean);
    insta::assert_snapshot!("who_loses_a_gift_is_told", told.join("\n—\n"));
    assert!(
        told.iter().all(|text| !text.contains('€') && !text.contains("paiement") && !text.contains("banque")),
        "{told:?}"
    );
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shut_messages_end_a_notice_and_keep_nothing_from_being_delivered() {
    let world = World::new().await;
    world.sandbox.person(world.marie).set_dms(false);
    let worker = world.start();
    world.buys(world.marie, "product/role/standard").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    let shut = "select count(*) as n from outbox where kind = 'order_done' and state = 'done' and outcome = 'dm_shut'";
    assert_eq!(world.database.count(shut).await, 1);
    assert_eq!(world.database.count("select count(*) as n from outbox where state = 'failed'").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shut_his_messages_is_called_without_a_word_of_what_waits_and_the_call_goes_after_a_week() {
    let world = World::new().await;
    let support = world.sandbox.channel_id(world.guild, "support").unwrap();
    world.behind(&format!("update guilds set support_channel_id = {support}")).await;
    world.app().guilds.forget(world.guild_id());
    let read = || {
        world
            .sandbox
            .messages(support)
            .iter()
            .map(|one| world.named(&crate::support::show::show(one)))
            .collect::<Vec<_>>()
    };
    let before = read().len();
    world.sandbox.person(world.jean).set_dms(false);
    let worker = world.start();
    world.gives(world.marie, world.jean, "product/text/standard").await;
    world.until("select count(*) as n from outbox where kind = 'gift' and outcome = 'ping'", 1).await;
    let calls = read();
    assert_eq!(calls.len(), before + 1, "{calls:?}");
    let call = calls.last().unwrap();
    assert!(call.contains("<@Jean>, il y a quelque chose pour vous") && call.contains("`/commandes`"), "{call}");
    for secret in ["Texte", "Marie", "cadeau", "Cadeau"] {
        assert!(!call.contains(secret), "{call}");
    }
    world.pass(7 * 24 - 1);
    world.until("select count(*) as n from outbox where kind = 'removal' and state = 'pending'", 1).await;
    assert_eq!(read().len(), before + 1);
    world.pass(2);
    world.until("select count(*) as n from outbox where kind = 'removal' and outcome = 'removed'", 1).await;
    assert_eq!(read().len(), before);
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_when_the_last_key_or_unit_is_sold() {
    let world = World::new().await;
    world.behind("update variants set stock = 2 where product = 'text'").await;
    let worker = world.start();
    world.buys(world.marie, "product/text/standard").await;
    world.until_idle().await;
    let first = world.staff_reads();
    assert!(!first.concat().contains("dernier exemplaire"), "{first:?}");
    world.buys(world.jean, "product/text/standard").await;
    world.until_idle().await;
    let unit = world.staff_reads().pop().unwrap();
    assert!(unit.contains("C’était le dernier exemplaire") && unit.contains("`/produit_stock`"), "{unit}");
    world.buys(world.marie, "product/key/standard").await;
    world.until_idle().await;
    let key = world.staff_reads().pop().unwrap();
    assert!(key.contains("C’était la dernière clé") && key.contains("`/produit_clés`"), "{key}");
    // What costs nothing is told only then.
    world.behind("update prices set amount_minor = 0 where item like 'product/role/%'; update variants set stock = 2 where product = 'role'").await;
    let before = world.staff_reads().len();
    for (user, told) in [(world.marie, 0), (world.jean, 1)] {
        let new = shop::order(world.guild_id(), user, "product/role/standard", "free");
        world.shop.place(&new).await.unwrap();
        world.until_idle().await;
        assert_eq!(world.staff_reads().len(), before + told);
    }
    let free = world.staff_reads().pop().unwrap();
    assert!(free.contains("C’était le dernier exemplaire") && free.contains("gratuit"), "{free}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_goes_back_is_told() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "product/text/standard").await;
    let mut tx = world.app().db.begin(&Actor::system_in(System::Payments, world.guild_id())).await.unwrap();
    let now = world.app().clock.now();
    let amount = Money::new(100, Currency::EUR).unwrap();
    refunds::refund(&mut tx, (world.guild_id(), number), Some(amount), ("test", "k1"), None, now).await.unwrap();
    tx.commit().await.unwrap();
    world.looks().await;
    world.until("select count(*) as n from orders where refunded_minor = 100", 1).await;
    world.until_idle().await;
    insta::assert_snapshot!("money_that_goes_back_is_told", world.told(world.marie).last().unwrap());
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_what_a_returned_refund_left_of_a_subscription() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "plan/pro/month").await;
    let mut tx = world.app().db.begin(&Actor::system_in(System::Payments, world.guild_id())).await.unwrap();
    let now = world.app().clock.now();
    refunds::refund(&mut tx, (world.guild_id(), number), None, ("test", "k1"), None, now).await.unwrap();
    tx.commit().await.unwrap();
    world.looks().await;
    world.until("select count(*) as n from subscriptions where state = 'canceled'", 1).await;
    world.until_idle().await;
    assert!(world.shop.provider.refund_fails(0));
    world.looks().await;
    world.until("select count(*) as n from orders where refund_returned", 1).await;
    world.until_idle().await;
    let read = world.staff_reads();
    let alert = read.last().unwrap();
    assert!(alert.contains("La banque a renvoyé un remboursement") && alert.contains("`/rembourser`"), "{alert}");
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_an_order_that_is_not_his() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "product/text/standard").await;
    world.until_idle().await;
    let rows: Vec<String> = [
        "order_done",
        "gift",
        "gift_state",
        "order_trouble",
        "refunded",
        "disputed",
        "checkout_left",
        "renewal_failed",
        "trial_ends",
        "trial_paid",
        "plan_changed",
        "plan_broken",
        "access_ended",
    ]
    .iter()
    .map(|kind| {
        format!(
            "insert into outbox (guild_id, kind, order_number, recipient_id, due_at, created_at) \
                 values ({}, '{kind}', {number}, {}, now(), now())",
            world.guild, world.jean
        )
    })
    .collect();
    world.behind(&rows.join("; ")).await;
    world.until_idle().await;
    assert_eq!(world.told(world.jean), Vec::<String>::new());
    worker.stop().await;
}

impl World {
    /// What staff read of troubles with orders, oldest first.
    fn troubles(&self) -> Vec<String> {
        self.staff_reads().into_iter().filter(|text| text.contains("🚨")).collect()
    }

    /// Everything is looked at until nothing follows, and told.
    pub async fn settles(&self) {
        for _ in 0..3 {
            self.looks().await;
        }
        self.until_idle().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_each_trouble_of_a_later_month_in_their_channel() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "plan/pro/month").await;
    let provider = world.shop.provider.clone();
    world.pass(24 * 31);
    assert!(provider.renew(0, true));
    world.settles().await;
    assert_eq!(world.troubles(), Vec::<String>::new());
    // Her bank disputes the second month, and decides for us.
    for state in [DisputeState::Open, DisputeState::Won] {
        assert!(provider.dispute(1, state));
        world.settles().await;
    }
    // A part of it goes back, and the bank returns it.
    assert!(provider.refund_in_dashboard(1, 50));
    world.settles().await;
    assert!(provider.refund_fails(1));
    world.settles().await;
    worker.stop().await;
    // All of it goes back, and the provider refuses to end what is not given any more.
    let sub = provider.state.lock().unwrap().subs[0].view.id.clone();
    world
        .behind(&format!(
            "insert into payment_tasks (kind, object, guild_id, state, attempts, due_at, created_at) \
             values ('cancel', '{sub}', {}, 'pending', 39, now() + interval '10 years', now())",
            world.guild
        ))
        .await;
    assert!(provider.refund_in_dashboard(1, 100));
    janitor::reconcile(world.app()).await.unwrap();
    payments::work_off(world.app()).await.unwrap();
    world.behind("update payment_tasks set due_at = now() where kind = 'cancel'").await;
    provider.state.lock().unwrap().faults.push(Fault::Declined);
    payments::work_off(world.app()).await.unwrap();
    let worker = world.start();
    world.until_idle().await;
    insta::assert_snapshot!("staff_read_of_a_later_months_troubles", world.troubles().join("\n—\n"));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_of_a_promotion_that_did_not_begin() {
    let world = World::new().await;
    let worker = world.start();
    let guild = world.guild;
    world
        .behind(&format!(
            "insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, starts_at, ends_at, made_by, \
               reason, request, state, ended_reason, ended_at, created_at, updated_at) \
             values ({guild}, 1, 'manual', 2000, 'eur', 'everything', now() - interval '1 hour', now() + interval '2 days', 22, \
               'x', 'p1', 'stopped', 'no_reduction', now(), now(), now()); \
             insert into outbox (guild_id, kind, promotion_number, due_at, created_at) \
             values ({guild}, 'shop_alert', 1, now(), now())"
        ))
        .await;
    world.until_idle().await;
    let read = world.staff_reads();
    says(read.last().unwrap(), &["Une promotion n’a pas commencé", "#1", "30 derniers jours"], &[]);
    worker.stop().await;
}
