//! The bytes of attachments.

use super::courier::Fault;
use super::world::{World, post};
use crate::tickets::world::words;
use jiff::SignedDuration;
use shellia::domain::notifications::Undelivered;
use shellia::domain::tickets::{NewFile, Post, service};

const STORED: &str = "select count(*) as n from ticket_attachments where state = 'stored' and source_url is null";

fn file(name: &str) -> NewFile {
    NewFile::new(name, "image/png", 5, &format!("https://cdn.discordapp.com/attachments/1/2/{name}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_are_copied_although_discord_fails_at_first() {
    let world = World::new().await;
    let files = vec![file("a.png"), file("b.png")];
    for file in &files {
        world.courier.serve(&file.url, b"hello".to_vec());
    }
    let worker = world.start();
    world.marie_opens("Sans fichier").await;
    world.until_idle().await;
    worker.stop().await;
    world.marie_opens_with("Paiement refusé", files).await;
    world.behind("delete from outbox where kind = 'card'").await;
    world.courier.fail([Fault::Refused(Undelivered::Later(None))]);
    let worker = world.start();
    world.until(STORED, 1).await;
    world.until("select count(*) as n from outbox where kind = 'attachment' and outcome = 'later'", 1).await;
    world.pass(SignedDuration::from_secs(3));
    world.until(STORED, 2).await;
    world.until_idle().await;
    assert_eq!(world.ended("attachment", "stored").await, 1);
    // Copying has staff's card shown anew, which says now that they are there.
    let cards = words(world.courier.shown(world.staff_channel).last().expect("a card"));
    assert!(cards.contains("a.png") && cards.contains("b.png") && !cards.contains("copie en cours"), "{cards}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_larger_than_it_said_or_gone_is_shown_as_lost() {
    let world = World::new().await;
    let files = vec![file("a.png"), file("gone.png")];
    world.courier.serve(&files[0].url, vec![0; 9 * 1024 * 1024]);
    world.marie_opens_with("Paiement refusé", files).await;
    let worker = world.start();
    world.until_idle().await;
    let failed = "select count(*) as n from ticket_attachments where state = 'failed' and bytes is null";
    assert_eq!(world.database.count(failed).await, 2);
    assert_eq!(world.ended("attachment", "file_lost").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_hangs_holds_up_neither_those_beside_it_nor_those_after_it() {
    let world = World::new().await;
    let files = vec![file("hangs.png"), file("beside.png"), file("last.png")];
    world.courier.hang(&files[0].url);
    world.courier.serve(&files[1].url, b"hello".to_vec());
    world.courier.serve(&files[2].url, b"hello".to_vec());
    let ticket = world.marie_opens_with("Paiement refusé", files).await;
    let later = file("later.png");
    world.courier.serve(&later.url, b"hello".to_vec());
    let mut tx = world.as_marie().await;
    let post = Post { files: vec![later], ..post("Marie", "Encore un") };
    service::reply(&mut tx, &world.step(ticket.number), post).await.unwrap();
    tx.commit().await.unwrap();
    let worker = world.start();
    world.until(STORED, 3).await;
    worker.kill().await;
}
