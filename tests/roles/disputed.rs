//! A bank looks into a payment of what was handed over: its content isn't shown meanwhile, and the buyer is told what comes of it.

use super::words::{plain, says};
use super::world::World;
use shellia::commands::Raw;
use shellia::domain::payments::DisputeState;
use shellia::jobs::{janitor, payments};

const FILE: &str = "
    insert into products (guild_id, code, name, kind, created_at, updated_at) values (GUILD, 'file', 'Guide', 'file', now(), now());
    insert into product_contents (guild_id, product, file_name, content_type, bytes, updated_at)
      values (GUILD, 'file', 'guide.pdf', 'application/pdf', 'x', now());
    insert into variants (guild_id, product, code, name) values (GUILD, 'file', 'standard', 'Standard');
    insert into prices (guild_id, item, currency, amount_minor, updated_at) values (GUILD, 'product/file/standard', 'eur', 300, now())";

/// What stands behind a command on an order.
async fn behind(world: &World, who: u64, command: &str, number: i64) -> String {
    let reply = world.asks(who, command, (false, vec![("order".to_owned(), Raw::Int(number))])).await;
    let files: Vec<String> = reply.files.iter().map(|file| format!("[file {}]", file.name)).collect();
    format!("{}{}", plain(&reply), files.concat())
}

async fn list(world: &World, below: i64) -> String {
    plain(&world.asks(world.marie, "orders", (false, vec![("below".to_owned(), Raw::Int(below))])).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bank_looks_into_is_not_shown_and_comes_back_when_the_payment_stands() {
    let world = World::new().await;
    world.behind(&FILE.replace("GUILD", &world.guild.to_string())).await;
    let worker = world.start();
    let provider = world.shop.provider.clone();
    for (at, (item, content)) in [("text", "merci"), ("key", "K-1"), ("file", "guide.pdf")].into_iter().enumerate() {
        let number = world.buys(world.marie, &format!("product/{item}/standard")).await;
        says(&behind(&world, world.marie, "order_delivery", number).await, &[content], &[]);
        assert!(provider.dispute(at, DisputeState::Open));
        world.settles().await;
        let delivery = behind(&world, world.marie, "order_delivery", number).await;
        says(&delivery, &["a été suspendue", "la banque examine", "order_help"], &[content, "[file"]);
        let card = behind(&world, world.marie, "order", number).await;
        says(&card, &["⏸️ Suspendue", "order_help"], &["Payée et livrée", "order_delivery"]);
        says(&list(&world, number + 1).await, &["⏸️ Suspendue"], &[]);
        says(world.told(world.marie).last().unwrap(), &["Votre banque examine", "suspendu jusqu’à"], &[content]);
        assert!(provider.dispute(at, DisputeState::Won));
        world.settles().await;
        says(&behind(&world, world.marie, "order_delivery", number).await, &[content], &["suspendue"]);
        says(&behind(&world, world.marie, "order", number).await, &["Payée et livrée"], &["Suspendue"]);
        says(world.told(world.marie).last().unwrap(), &["le paiement est maintenu", "de nouveau à vous"], &[]);
    }
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bank_took_back_has_ended_and_everybody_reads_so() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "product/text/standard").await;
    for state in [DisputeState::Open, DisputeState::Lost] {
        assert!(world.shop.provider.dispute(0, state));
        world.settles().await;
    }
    let told = world.told(world.marie);
    assert_eq!(told.len(), 3, "thanked, told of the suspension, told of the end: {told:?}");
    says(&told[2], &["repris le paiement", "a pris fin"], &[]);
    let card = behind(&world, world.marie, "order", number).await;
    says(&card, &["Terminée : la banque a repris"], &["Payée et livrée", "order_delivery"]);
    let reason = ("reason".to_owned(), Raw::Text("Erreur".to_owned()));
    let asked = vec![("order".to_owned(), Raw::Int(number)), reason];
    let refund = plain(&world.asks(world.jean, "refund", (true, asked)).await);
    says(&refund, &["a déjà rendu cet argent"], &["examine"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_is_held_back_is_shown_so_to_whom_it_was_given() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.gives(world.marie, world.jean, "product/text/standard").await;
    assert!(world.shop.provider.dispute(0, DisputeState::Open));
    world.settles().await;
    let card = behind(&world, world.jean, "order", number).await;
    says(&card, &["Suspendu, le temps d’une vérification"], &["Cadeau reçu", "order_delivery", "banque"]);
    let delivery = behind(&world, world.jean, "order_delivery", number).await;
    says(&delivery, &["Ce cadeau a été suspendu"], &["merci", "banque"]);
    says(world.told(world.marie).last().unwrap(), &["le paiement de ce cadeau"], &[]);
    worker.stop().await;
}

/// The dispute of a later month suspends what the first one's order gave.
#[tokio::test(flavor = "multi_thread")]
async fn a_later_months_dispute_stands_on_the_order_too() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "plan/pro/month").await;
    world.pass(24 * 31);
    assert!(world.shop.provider.renew(0, true));
    world.settles().await;
    assert!(world.shop.provider.dispute(1, DisputeState::Open));
    world.settles().await;
    says(&behind(&world, world.marie, "order", number).await, &["⏸️ Suspendue"], &["Payée et livrée"]);
    says(world.told(world.marie).last().unwrap(), &["Votre banque examine"], &[]);
    worker.stop().await;
}

/// Her bank asks for a payment that stood a first time.
fn again(world: &World) {
    world.shop.provider.state.lock().unwrap().payments[0].dispute = None;
    assert!(world.shop.provider.dispute(0, DisputeState::Open));
}

/// The hours from now to where what an order gave begins and ends.
async fn hours(world: &World, number: i64) -> (i64, i64) {
    let now = world.app().clock.now();
    let at = async |column: &str| {
        let query = format!(
            "select round(extract(epoch from {column} - '{now}'::timestamptz) / 3600)::bigint as n \
             from entitlements where order_number = {number}"
        );
        world.database.count(&query).await
    };
    (at("starts_at").await, at("ends_at").await)
}

const MONTH: i64 = 30 * 24;

#[tokio::test(flavor = "multi_thread")]
async fn days_that_were_held_back_are_given_once_the_payment_stands() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "product/role/standard").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.pass(48);
    for (state, holds) in [(DisputeState::Open, false), (DisputeState::Won, true)] {
        assert!(world.shop.provider.dispute(0, state));
        world.settles().await;
        world.until_holds(world.marie, world.premium, holds).await;
        assert_eq!(hours(&world, number).await.1, MONTH - 48);
    }
    again(&world);
    world.settles().await;
    // Longer than what was left of it.
    world.pass(40 * 24);
    world.until_idle().await;
    assert!(world.shop.provider.dispute(0, DisputeState::Won));
    world.settles().await;
    assert_eq!(hours(&world, number).await, (0, MONTH - 48));
    world.until_holds(world.marie, world.premium, true).await;
    let told = world.told(world.marie);
    assert!(!told.iter().any(|text| text.contains("a pris fin")), "{told:?}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_beside_a_disputed_payment_begins_meanwhile() {
    let world = World::new().await;
    let worker = world.start();
    let first = world.buys(world.marie, "product/role/standard").await;
    let second = world.buys(world.marie, "product/role/standard").await;
    assert_eq!(hours(&world, second).await, (MONTH, 2 * MONTH));
    world.pass(48);
    let provider = &world.shop.provider;
    assert!(provider.dispute(0, DisputeState::Open));
    world.settles().await;
    assert_eq!(hours(&world, second).await, (0, MONTH));
    world.until_holds(world.marie, world.premium, true).await;
    // What she buys meanwhile comes behind what she has.
    let third = world.buys(world.marie, "product/role/standard").await;
    assert_eq!(hours(&world, third).await, (MONTH, 2 * MONTH));
    world.pass(24);
    for _ in 0..2 {
        assert!(provider.dispute(0, DisputeState::Won));
        world.settles().await;
        assert_eq!(hours(&world, first).await, (2 * MONTH - 24, 3 * MONTH - 72), "what was left, and once");
        again(&world);
        world.settles().await;
        assert_eq!(hours(&world, second).await.1, MONTH - 24);
    }
    assert!(provider.dispute(0, DisputeState::Lost));
    world.settles().await;
    assert_eq!(hours(&world, third).await, (MONTH - 24, 2 * MONTH - 24), "nothing moves up twice");
    worker.stop().await;
}

/// It was over before anybody could be told that it began: then only how it ended is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_that_ended_before_it_was_told_of_is_told_once() {
    let world = World::new().await;
    let worker = world.start();
    world.gives(world.marie, world.jean, "product/text/standard").await;
    world.until_idle().await;
    worker.stop().await;
    let before = (world.told(world.marie).len(), world.told(world.jean).len());
    for state in [DisputeState::Open, DisputeState::Won] {
        assert!(world.shop.provider.dispute(0, state));
        janitor::reconcile(world.app()).await.unwrap();
        while payments::work_off(world.app()).await.unwrap() > 0 {}
    }
    let worker = world.start();
    world.settles().await;
    let (marie, jean) = (world.told(world.marie), world.told(world.jean));
    assert_eq!((marie.len(), jean.len()), (before.0 + 1, before.1 + 1), "{marie:?} {jean:?}");
    says(marie.last().unwrap(), &["le paiement est maintenu"], &[]);
    worker.stop().await;
}
