//! Typed commands leave the channel: after their files are copied, through failures and crashes.

use super::courier::Fault;
use super::world::World;
use jiff::SignedDuration;
use shellia::domain::notifications::projection::Place;
use shellia::domain::notifications::{Undelivered, removal};
use shellia::domain::tickets::NewFile;
use shellia::kernel::{ChannelId, MessageId};

const STORED: &str = "select count(*) as n from ticket_attachments where state = 'stored'";

/// Has a typed message removed, queued as a command would.
async fn queue(world: &World, channel: ChannelId, message: MessageId) {
    let mut tx = world.as_marie().await;
    removal::remove(&mut tx, world.guild, Place { channel, message }, world.app.clock.now());
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_files_stays_until_they_are_copied() {
    let world = World::new().await;
    let file = NewFile::new("a.png", "image/png", 5, "https://cdn.discordapp.com/attachments/1/2/a.png");
    world.courier.serve(&file.url, b"hello".to_vec());
    world.marie_opens_with("Paiement refusé", vec![file]).await;
    let typed = world.courier.types(world.support_channel);
    queue(&world, world.support_channel, typed).await;
    // Written together, as one command writes them.
    world.behind("delete from outbox where kind = 'card'; update outbox set created_at = '2026-01-01'").await;
    world.courier.fail([Fault::Refused(Undelivered::Later(None))]);
    let worker = world.start();
    // A crash in between changes nothing.
    world.until_calls(1).await;
    worker.kill().await;
    let waiting = "select count(*) as n from outbox where kind = 'removal' and attempts = 0";
    assert_eq!(world.database.count(waiting).await, 1);
    assert_eq!(world.courier.shown(world.support_channel).len(), 1);
    world.pass(SignedDuration::from_mins(2));
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.database.count(STORED).await, 1);
    assert_eq!(world.courier.shown(world.support_channel).len(), 0);
    assert_eq!(world.ended("removal", "removed").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_is_tried_again_and_ends_where_the_bot_may_not() {
    let world = World::new().await;
    let typed = world.courier.types(world.support_channel);
    queue(&world, world.support_channel, typed).await;
    world.courier.fail([Fault::Refused(Undelivered::Later(None))]);
    let worker = world.start();
    world.until_calls(1).await;
    world.pass(SignedDuration::from_secs(3));
    world.until_idle().await;
    assert_eq!(world.courier.shown(world.support_channel).len(), 0);
    // Gone already, as after a crash.
    queue(&world, world.support_channel, typed).await;
    world.until_idle().await;
    assert_eq!(world.ended("removal", "removed").await, 2);
    let other = world.courier.types(world.support_channel);
    world.courier.fail([Fault::Refused(Undelivered::NoPermission)]);
    queue(&world, world.support_channel, other).await;
    world.until_idle().await;
    assert_eq!((world.ended("removal", "stays").await, world.courier.shown(world.support_channel).len()), (1, 1));
    worker.stop().await;
}
