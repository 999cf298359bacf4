//! What the clock does by itself, on a clock that is moved.

use super::courier::direct;
use super::world::World;
use jiff::SignedDuration;

const HOUR: fn(i64) -> SignedDuration = SignedDuration::from_hours;

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_reminded_and_alerted_once_after_a_restart_with_two_processes() {
    let world = World::new().await;
    let worker = world.start();
    // High priority: 24 hours, with the reminder before.
    world.marie_opens("Paiement refusé").await;
    world.until_idle().await;
    worker.stop().await;
    world.pass(HOUR(23) + SignedDuration::from_mins(30));
    let workers = [world.start(), world.start()];
    world.until("select count(*) as n from outbox where kind = 'sla_reminder' and outcome = 'channel'", 1).await;
    world.pass(HOUR(1));
    world.until("select count(*) as n from outbox where kind = 'sla_breach' and outcome = 'channel'", 1).await;
    world.until_idle().await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(world.courier.shown(world.staff_channel).len(), 3, "the card, the reminder, the alert");
    assert_eq!(world.database.count("select count(*) as n from tickets where sla_breached_at is not null").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_not_mistaken_for_an_alert_about_its_ticket() {
    let world = World::new().await;
    world.pass(HOUR(0));
    world.marie_opens("Paiement refusé").await;
    world.behind("update outbox set attempts = 1, due_at = due_at + interval '30 hours'").await;
    world.pass(HOUR(25));
    let worker = world.start();
    world.until("select count(*) as n from outbox where kind = 'sla_breach' and outcome = 'channel'", 1).await;
    world.pass(HOUR(6));
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 2, "the alert stays and the card is posted");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_without_news_closes_by_itself_and_its_opener_is_told() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    world.pass(HOUR(24 * 7 + 1));
    let worker = world.start();
    world.until("select count(*) as n from tickets where state = 'closed'", 1).await;
    world.until_idle().await;
    worker.stop().await;
    assert_eq!(world.courier.shown(direct(world.marie)).len(), 2, "the reply and the end");
    let clock = "select count(*) as n from ticket_audit where action = 'closed' and actor_id is null";
    assert_eq!(world.database.count(clock).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_past_its_time_is_removed() {
    let world = World::new().await;
    world
        .behind(
            "insert into answers (guild_id, user_id, request, reply, created_at) \
             select 7, 50, 'r' || n, '{}', now() - n * interval '1 hour' from generate_series(1, 100) n; \
             insert into outbox (guild_id, kind, ticket_number, state, due_at, created_at, done_at) \
             select 7, 'card', 1, 'done', now(), now(), now() - n * interval '1 day' from generate_series(1, 250) n",
        )
        .await;
    let worker = world.start();
    world.until("select count(*) as n from answers", 23).await;
    world.until("select count(*) as n from outbox", 29).await;
    worker.stop().await;
}
