//! The running program erases somebody, whoever is killed meanwhile, has his card edited, and tells him once, in his language.

use crate::notices::courier::direct;
use crate::notices::world::World;
use jiff::SignedDuration;
use shellia::kernel::Locale;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn he_is_told_once_in_his_language_and_then_nothing_knows_him() {
    let world = World::new().await;
    let worker = world.start();
    let ticket = world.marie_opens("Zebrawort").await;
    world.until_idle().await;
    worker.stop().await;
    let card = |world: &World| format!("{:?}", world.courier.shown(world.staff_channel));
    assert!(card(&world).contains("Zebrawort"));
    world.app.guilds.languages.hear(world.guild, world.marie, Locale::En);
    let asked = format!(
        "insert into privacy_requests (guild_id, user_id, kind, state, locale, asked_at, due_at, decided_by, decided_at, look_at) values
             (7, {}, 'erasure', 'confirmed', 'en', now(), now() + interval '30 days', 60, now(), now())",
        world.marie
    );
    world.behind(&asked).await;
    // Killed as often as it takes to be in the middle of it.
    for after in [0, 1, 2, 4, 8, 16] {
        let worker = world.start();
        tokio::time::sleep(Duration::from_millis(after)).await;
        worker.kill().await;
    }
    world.pass(SignedDuration::from_mins(2));
    let worker = world.start();
    world.until("select count(*) as n from privacy_requests where state = 'done'", 1).await;
    world.until_idle().await;
    let told = world.courier.shown(direct(world.marie));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.starts_with("🗑️ It is done"), "{told:?}");
    assert!(!card(&world).contains("Zebrawort"), "{}", card(&world));
    assert_eq!(world.app.guilds.languages.of(world.guild, world.marie), None);
    world.pass(SignedDuration::from_mins(3));
    world.until("select count(*) as n from outbox where kind = 'privacy_told'", 0).await;
    worker.stop().await;
    let of_her = format!("select count(*) as n from tickets where number = {} and opener_id = 50", ticket.number);
    assert_eq!(world.database.count(&of_her).await, 0);
}
