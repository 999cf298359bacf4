//! A category's agent is told of his tickets while he is of the team; after that they are free again.

use super::courier::direct;
use super::world::{World, channel};
use jiff::SignedDuration;
use shellia::domain::accounts::Presets;
use shellia::kernel::{Locale, Rank, RoleId};

const FREE: &str = "select count(*) as n from tickets where assignee_id is null and state = 'open'";
const TRACED: &str = "select count(*) as n from ticket_audit where action = 'freed' and actor_id is null \
                      and old_value = '60' and new_value is null";

fn support() -> RoleId {
    RoleId::new(5).unwrap()
}

/// A guild whose billing tickets go to the agent.
async fn world() -> World {
    let presets = Presets {
        locale: Locale::Fr,
        time_zone: "Europe/Paris".into(),
        support_channel: Some(channel(100)),
        staff_channel: Some(channel(200)),
        ranks: vec![(support(), Rank::Support)],
    };
    let world = World::with(presets).await;
    world.behind("insert into category_agents (guild_id, category, agent_id) values (7, 'billing', 60)").await;
    world
}

async fn agents(world: &World) -> i64 {
    world.database.count("select count(*) as n from category_agents").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_the_role_or_left_is_told_nothing_and_the_ticket_is_free() {
    for left in [false, true] {
        let world = world().await;
        if left {
            world.members.leave(world.agent);
        }
        let ticket = world.marie_opens("Paiement refusé").await;
        assert_eq!(ticket.assignee, Some(world.agent));
        let worker = world.start();
        world.until_idle().await;
        assert_eq!(world.courier.shown(direct(world.agent)).len(), 0, "he isn't told");
        assert_eq!(world.database.count(FREE).await, 1);
        assert_eq!(world.database.count(TRACED).await, 1);
        assert_eq!(world.ended("assigned", "freed").await, 1);
        assert_eq!(agents(&world).await, 0);
        let shown = world.courier.shown(world.staff_channel);
        let told: Vec<_> = shown.iter().filter(|reply| reply.text.contains("<@60> ne fait plus partie")).collect();
        assert_eq!(told.len(), 1, "{shown:?}");
        assert!(told[0].text.contains("Le ticket #1 est de nouveau libre") && told[0].mentions.is_empty());
        let card = shown.iter().find(|reply| !reply.cards.is_empty()).expect("a card");
        let says = |value: &str| card.cards[0].fields.iter().any(|field| field.value.contains(value));
        assert!(says("Personne") && !says("<@60>"), "{card:?}");
        let next = world.marie_opens("Encore").await;
        assert_eq!(next.assignee, None);
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_the_role_or_manages_the_guild_is_told() {
    for manages in [false, true] {
        let world = world().await;
        if manages {
            world.members.manage(world.agent);
        } else {
            world.members.hold(world.agent, support());
        }
        world.marie_opens("Paiement refusé").await;
        let worker = world.start();
        world.until_idle().await;
        assert_eq!(world.courier.shown(direct(world.agent)).len(), 1);
        assert_eq!((world.database.count(FREE).await, agents(&world).await), (0, 1));
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_loses_a_ticket_while_discord_does_not_say_who_he_is() {
    let world = world().await;
    world.members.set_away(true);
    world.marie_opens("Paiement refusé").await;
    let worker = world.start();
    world.until("select count(*) as n from outbox where kind = 'assigned' and outcome = 'later'", 1).await;
    assert_eq!((world.database.count(FREE).await, agents(&world).await), (0, 1));
    world.members.hold(world.agent, support());
    world.members.set_away(false);
    world.pass(SignedDuration::from_mins(10));
    world.until_idle().await;
    assert_eq!(world.courier.shown(direct(world.agent)).len(), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_try_took_is_told_and_written_down_once() {
    let world = world().await;
    world.marie_opens("Paiement refusé").await;
    // As if the process died once the ticket was free.
    world.behind("update tickets set assignee_id = null, state = 'open'; delete from category_agents").await;
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.database.count(TRACED).await, 1);
    let told = world.courier.shown(world.staff_channel);
    assert_eq!(told.iter().filter(|reply| reply.text.contains("ne fait plus partie")).count(), 1);
    worker.stop().await;
}
