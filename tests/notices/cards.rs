//! The card of a ticket in the staff channel.

use super::courier::Fault;
use super::world::{World, channel};
use jiff::SignedDuration;
use shellia::commands::tickets::cards::card_action;
use shellia::domain::notifications::Undelivered;

#[tokio::test(flavor = "multi_thread")]
async fn one_card_follows_its_ticket() {
    let world = World::new().await;
    let worker = world.start();
    let ticket = world.marie_opens("Paiement refusé").await;
    world.until_idle().await;
    let before = world.courier.shown(world.staff_channel);
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    world.until_idle().await;
    let after = world.courier.shown(world.staff_channel);
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before, after);
    let action = card_action(ticket.number);
    assert!(after[0].buttons.iter().any(|button| button.action == action), "it can be found again");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_make_one_card() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    for number in 1..=10 {
        world.agent_replies(ticket.number, &format!("Réponse {number}")).await;
    }
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 1);
    assert_eq!(world.courier.edits(), 0, "the first card showed all of it");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_shows_how_the_ticket_began_and_the_newest_message() {
    let world = World::new().await;
    let worker = world.start();
    let ticket = world.marie_opens("Paiement refusé").await;
    world.until_idle().await;
    let card = |world: &World| world.courier.shown(world.staff_channel)[0].cards[0].clone();
    assert!(card(&world).body.starts_with("**Marie**") && !card(&world).body.contains("\n\n"));
    assert!(card(&world).fields.iter().any(|field| field.value == "Gratuit"), "{:?}", card(&world));
    // More than a page of messages lies between.
    for number in 1..=7 {
        world.agent_replies(ticket.number, &format!("Réponse {number}")).await;
    }
    world.agent_notes(ticket.number, "entre nous").await;
    world.until_idle().await;
    let body = card(&world).body;
    let (began, newest) = body.split_once("\n\n").unwrap();
    assert!(began.starts_with("**Marie**") && began.ends_with("Ma carte est refusée"), "{body}");
    assert!(newest.starts_with("**Nina**") && newest.ends_with("Réponse 7"), "{body}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_posted_once_though_the_worker_died_and_minutes_passed() {
    let world = World::new().await;
    world.marie_opens("Paiement refusé").await;
    world.courier.fail([Fault::Unanswered]);
    let worker = world.start();
    world.until_calls(1).await;
    worker.kill().await;
    world.courier.forget_nonces();
    world.pass(SignedDuration::from_mins(30));
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 1);
    assert_eq!(world.database.count("select count(*) as n from ticket_cards").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_deleted_comes_back_with_the_next_change() {
    let world = World::new().await;
    let worker = world.start();
    let ticket = world.marie_opens("Paiement refusé").await;
    world.until_idle().await;
    world.courier.clear(world.staff_channel);
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_staff_channel_gets_the_cards_of_active_tickets() {
    let world = World::new().await;
    let worker = world.start();
    for number in 1..=3 {
        world.marie_opens(&format!("Sujet {number}")).await;
    }
    world.until_idle().await;
    worker.stop().await;
    world.behind("update guilds set staff_channel_id = 201").await;
    world.app.guilds.forget(world.guild);
    let worker = world.start();
    world.until("select count(*) as n from ticket_cards where channel_id = 201", 3).await;
    assert_eq!(world.courier.shown(channel(201)).len(), 3);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_and_stale_cards_are_built_again_at_the_start() {
    let world = World::new().await;
    let worker = world.start();
    for number in 1..=3 {
        world.marie_opens(&format!("Sujet {number}")).await;
    }
    world.until_idle().await;
    worker.stop().await;
    world.courier.clear(world.staff_channel);
    world.courier.forget_nonces();
    world
        .behind(
            "delete from ticket_cards where ticket_number = 1; \
             update ticket_cards set posted_at = posted_at - interval '1 day' where ticket_number = 2; delete from outbox",
        )
        .await;
    let worker = world.start();
    world.until("select count(*) as n from outbox where kind = 'card' and state = 'done'", 2).await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 2, "the third one is thought to be there");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_gone_is_given_up_after_some_tries_and_tried_again_later() {
    let world = World::new().await;
    world.courier.remove_channel(world.staff_channel);
    world.marie_opens("Paiement refusé").await;
    world.behind("update outbox set attempts = 11").await;
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.ended("card", "gone").await, 1);
    worker.stop().await;
    let worker = world.start();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(world.database.count("select count(*) as n from outbox").await, 1, "it rests for an hour");
    worker.stop().await;
    world.pass(SignedDuration::from_mins(61));
    let worker = world.start();
    world.until("select count(*) as n from outbox where state = 'pending' and outcome = 'gone'", 1).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_tried_again() {
    let world = World::new().await;
    world.courier.fail([Fault::Refused(Undelivered::NoPermission), Fault::Refused(Undelivered::NoAccess)]);
    world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.until("select count(*) as n from outbox where outcome = 'no_permission'", 1).await;
    world.pass(SignedDuration::from_secs(3));
    world.until("select count(*) as n from outbox where outcome = 'no_access'", 1).await;
    world.pass(SignedDuration::from_secs(5));
    world.until_idle().await;
    assert_eq!(world.ended("card", "channel").await, 1);
    worker.stop().await;
}
