//! What the opener of a ticket is told.

use super::courier::{Fault, direct};
use super::world::World;
use jiff::SignedDuration;
use shellia::domain::accounts::Presets;
use shellia::domain::notifications::{Undelivered, calls};
use shellia::domain::tickets::service;
use shellia::kernel::reply::Reply;
use std::time::Duration;

/// Everything that can be read on a reply.
fn text(reply: &Reply) -> String {
    let cards = reply.cards.iter().map(|card| format!("{card:?}"));
    let buttons = reply.buttons.iter().map(|button| format!("{} {}", button.label, button.action));
    std::iter::once(reply.text.clone()).chain(cards).chain(buttons).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_reaches_the_opener_by_direct_message() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    world.until_idle().await;
    let shown = world.courier.shown(direct(world.marie));
    assert_eq!(shown.len(), 1);
    let text = text(&shown[0]);
    assert!(text.contains("Essayez une autre carte") && text.contains("Nina"), "{text}");
    for action in ["ticket_reply?id=1&guild=7", "ticket_view?id=1&guild=7", "ticket_close?id=1&guild=7"] {
        assert!(text.contains(action), "{text}");
    }
    assert_eq!(world.ended("reply", "dm").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_shown_once_though_the_worker_died_after_posting() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.until_idle().await;
    worker.stop().await;
    let calls = world.courier.calls();
    world.courier.fail([Fault::Unanswered, Fault::Unanswered]);
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    // The card and the direct message are out, and neither answer arrives.
    world.until_calls(calls + 2).await;
    worker.kill().await;
    world.until("select count(*) as n from outbox where state = 'pending'", 2).await;
    world.pass(SignedDuration::from_secs(61));
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.courier.shown(direct(world.marie)).len(), 1);
    assert_eq!(world.courier.shown(world.staff_channel).len(), 1);
    assert_eq!(world.ended("reply", "dm").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shut_direct_messages_lead_to_a_ping_without_content() {
    let world = World::new().await;
    world.courier.shut_dms(world.marie);
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    world.until_idle().await;
    let pings = world.courier.shown(world.support_channel);
    assert_eq!(pings.len(), 1);
    assert_eq!(pings[0].mentions, [world.marie]);
    let text = text(&pings[0]);
    assert!(text.contains("<@50>") && text.contains("ticket_view?id=1"), "{text}");
    for secret in ["Paiement", "carte", "Nina", "Marie"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(world.ended("reply", "ping").await, 1);
    // The card is brought up to date once more, because it shows that.
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'card'").await, 3);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_is_not_called_and_while_nobody_knows_it_waits() {
    let world = World::new().await;
    world.courier.shut_dms(world.marie);
    world.members.leave(world.marie);
    world.members.set_away(true);
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    world
        .until("select count(*) as n from outbox where kind = 'reply' and state = 'pending' and outcome = 'later'", 1)
        .await;
    world.members.set_away(false);
    world.pass(SignedDuration::from_mins(5));
    world.until_idle().await;
    assert_eq!(world.ended("reply", "left").await, 1);
    assert!(world.courier.shown(world.support_channel).is_empty());
    // The card shows it.
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'card'").await, 3);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_call_stands_for_a_ticket_and_only_its_person_ends_it() {
    let world = World::new().await;
    world.courier.shut_dms(world.marie);
    let ticket = world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    for text in ["Un", "Deux", "Trois"] {
        world.agent_replies(ticket.number, text).await;
        world.until_idle().await;
    }
    let standing = "select count(*) as n from ticket_calls";
    assert_eq!((world.courier.shown(world.support_channel).len(), world.database.count(standing).await), (1, 1));
    assert_eq!(world.ended("removal", "removed").await, 2);
    let now = world.app.clock.now();
    let mut tx = world.as_agent().await;
    calls::answered(&mut tx, world.guild, ticket.number, world.marie, now);
    tx.commit().await.unwrap();
    assert_eq!(world.database.count(standing).await, 1, "another's is not seen");
    let mut tx = world.as_marie().await;
    calls::answered(&mut tx, world.guild, ticket.number, world.marie, now);
    tx.commit().await.unwrap();
    world.until("select count(*) as n from outbox where kind = 'removal' and outcome = 'removed'", 3).await;
    assert!(world.courier.shown(world.support_channel).is_empty());
    assert_eq!(world.database.count(standing).await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_repeated_after_a_crash_stays() {
    let world = World::new().await;
    world.courier.shut_dms(world.marie);
    let ticket = world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    world.until_idle().await;
    worker.stop().await;
    world.behind("update outbox set state = 'pending', done_at = null where kind = 'reply'").await;
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.support_channel).len(), 1);
    assert_eq!(world.ended("removal", "removed").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_support_channel_staff_see_that_it_was_not_delivered() {
    let presets = Presets { time_zone: "Europe/Paris".into(), ..Presets::default() };
    let world = World::with(presets).await;
    world.courier.shut_dms(world.marie);
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.ended("reply", "dm_shut").await, 1);
    assert_eq!(world.ended("card", "unneeded").await, 3, "no staff channel, no card");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_never_reaches_the_opener_even_when_a_notice_names_it() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_notes(ticket.number, "Client difficile").await;
    world
        .behind(
            "insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) \
             select guild_id, 'reply', ticket_number, id, opener_id, created_at, created_at from ticket_messages \
             where kind = 'note'; \
             insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) \
             select guild_id, 'reply', ticket_number, id, 51, created_at, created_at from ticket_messages \
             where kind = 'opening'",
        )
        .await;
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.ended("reply", "unneeded").await, 2, "neither a note nor somebody else's ticket is told");
    assert!(world.courier.shown(direct(world.marie)).is_empty());
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_arrive_in_order_and_outages_are_waited_out() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.until_idle().await;
    worker.stop().await;
    for number in 1..=5 {
        world.agent_replies(ticket.number, &format!("Réponse {number}")).await;
    }
    let later = |seconds| Fault::Refused(Undelivered::Later(Some(Duration::from_secs(seconds))));
    world.courier.fail([later(3600), later(3600), later(0), later(0)]);
    let worker = world.start();
    world.until("select count(*) as n from outbox where state = 'pending' and outcome = 'later'", 2).await;
    assert!(world.courier.shown(direct(world.marie)).is_empty(), "the first reply holds the others back");
    for _ in 0..6 {
        world.pass(SignedDuration::from_mins(61));
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    world.until_idle().await;
    let texts: Vec<String> = world.courier.shown(direct(world.marie)).iter().map(|r| r.cards[0].body.clone()).collect();
    assert_eq!(texts, ["Réponse 1", "Réponse 2", "Réponse 3", "Réponse 4", "Réponse 5"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_never_be_delivered_is_given_up_and_shown() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    world.courier.cut_off(world.marie);
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    world.until("select count(*) as n from outbox where kind = 'reply' and outcome = 'later'", 1).await;
    world.until("select count(*) as n from outbox where kind = 'card' and outcome = 'channel'", 2).await;
    world.behind("update outbox set attempts = 11 where kind = 'reply'").await;
    world.pass(SignedDuration::from_hours(24));
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from outbox where state = 'failed'").await, 1);
    assert_eq!(world.ended("reply", "later").await, 1);
    assert_eq!(world.ended("card", "channel").await, 3, "the card shows it");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_closed_by_staff_is_told_with_stars_to_give() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    let mut tx = world.as_agent().await;
    let reason = shellia::domain::tickets::Reason::parse("Réglé").unwrap();
    service::close(&mut tx, &world.step(ticket.number), Some(&reason)).await.unwrap();
    tx.commit().await.unwrap();
    let worker = world.start();
    world.until_idle().await;
    let shown = world.courier.shown(direct(world.marie));
    let text = text(&shown[0]);
    assert!(text.contains("Réglé") && text.contains("ticket_rate?id=1&stars=5&guild=7"), "{text}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_tell_each_thing_once() {
    let world = World::new().await;
    let workers = [world.start(), world.start()];
    for number in 1..=20 {
        let ticket = world.marie_opens(&format!("Sujet {number}")).await;
        world.agent_replies(ticket.number, &format!("Réponse {number}")).await;
    }
    world.until_idle().await;
    assert_eq!(world.courier.shown(direct(world.marie)).len(), 20);
    assert_eq!(world.courier.shown(world.staff_channel).len(), 20);
    assert_eq!(world.ended("reply", "dm").await, 20);
    for worker in workers {
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_told_of_his_ticket_without_its_content() {
    let world = World::new().await;
    let ticket = world.marie_opens("Paiement refusé").await;
    let other = super::world::user(61);
    world.members.manage(other);
    let mut tx = world.as_agent().await;
    service::assign(&mut tx, &world.step(ticket.number), other).await.unwrap();
    tx.commit().await.unwrap();
    let worker = world.start();
    world.until_idle().await;
    let shown = world.courier.shown(direct(other));
    assert_eq!(shown.len(), 1);
    assert!(!text(&shown[0]).contains("Paiement"));
    worker.stop().await;
}
