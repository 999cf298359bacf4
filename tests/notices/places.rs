//! Where something may be said: in channels of the guild that it is about, and what is staff's where not everybody reads.

use super::world::World;
use crate::support::watch::Watch;
use jiff::SignedDuration;
use shellia::commands::Audience;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_in_a_channel_of_another_guild_and_nothing_of_staff_where_everybody_reads() {
    let mut world = World::new().await;
    let watch = Watch::new(Audience::Elsewhere);
    Arc::get_mut(&mut world.app).unwrap().inspector = watch.clone();
    world.courier.shut_dms(world.marie);
    let ticket = world.marie_opens("Paiement refusé").await;
    world.agent_replies(ticket.number, "Essayez une autre carte").await;
    let worker = world.start();
    world.until("select count(distinct kind) as n from outbox where outcome = 'gone'", 2).await;
    world.pass(SignedDuration::from_mins(30));
    watch.set(Audience::Hidden);
    world.until("select count(distinct kind) as n from outbox where outcome = 'no_access'", 2).await;
    assert_eq!(world.courier.calls(), 0, "neither a card nor a call");
    watch.set(Audience::Everybody);
    world.pass(SignedDuration::from_mins(30));
    world.until("select count(*) as n from outbox where kind = 'reply' and outcome = 'ping'", 1).await;
    world.until("select count(distinct kind) as n from outbox where outcome = 'open'", 1).await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 0);
    assert_eq!(world.courier.shown(world.support_channel).len(), 1, "a call says nothing of the ticket");
    watch.set(Audience::Chosen);
    world.pass(SignedDuration::from_mins(60));
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.staff_channel).len(), 1);
    worker.stop().await;
}
