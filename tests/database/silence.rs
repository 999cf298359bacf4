//! The network swallows everything: the connection is given up and not used again, and nobody waits for TCP.

use crate::support::db::Database;
use crate::support::link::between;
use shellia::db::{Db, sql};
use shellia::kernel::{Actor, Error, Result, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// How long an answer is waited for while none can come.
const SHORT: Duration = Duration::from_millis(100);

/// A way to the database on which everything may get lost, in both directions, without a word.
async fn lossy(url: &str, silent: Arc<AtomicBool>) -> String {
    between(url, move |client, server| {
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::spawn(carry(from_client, to_server, silent.clone()));
        tokio::spawn(carry(from_server, to_client, silent.clone()));
    })
    .await
}

/// Carries bytes; a connection on which some got lost stays silent for ever.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, silent: Arc<AtomicBool>) -> std::io::Result<()> {
    let (mut bytes, mut lost) = (vec![0; 65_536], false);
    loop {
        let length = from.read(&mut bytes).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        lost = lost || silent.load(Ordering::SeqCst);
        if !lost {
            to.write_all(&bytes[..length]).await?;
        }
    }
}

/// A database behind such a way, with one connection.
async fn behind(database: &Database) -> (Db, Arc<AtomicBool>) {
    let silent = Arc::new(AtomicBool::new(false));
    let url = lossy(&database.app_url, silent.clone()).await;
    (Db::new(&url, 1).unwrap(), silent)
}

async fn asks(db: &Db) -> Result<usize> {
    let mut tx = db.begin(&Actor::system(System::Payments)).await?;
    let outcome = tx.execute("asking", sql("select 1")).await;
    if outcome.is_ok() {
        tx.rollback().await?;
    }
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_on_which_no_answer_comes_is_given_up() {
    let database = Database::fresh().await;
    let (db, silent) = behind(&database).await;
    asks(&db).await.unwrap();
    silent.store(true, Ordering::SeqCst);
    let unheard = asks(&db.clone().answering_within(SHORT)).await;
    assert!(matches!(unheard, Err(Error::Unavailable { .. })), "{unheard:?}");
    silent.store(false, Ordering::SeqCst);
    // The pool has one place: it is free again, and not taken by the silent connection.
    asks(&db).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_nobody_confirms_may_be_kept_or_not() {
    let database = Database::fresh().await;
    let (db, silent) = behind(&database).await;
    asks(&db).await.unwrap();
    let mut tx = db.clone().answering_within(SHORT).begin(&Actor::system(System::Payments)).await.unwrap();
    tx.defer("noting", sql("insert into provider_events values ('evt_1', 'x', null, false, now(), now())"));
    silent.store(true, Ordering::SeqCst);
    let unheard = tx.commit().await;
    assert!(matches!(unheard, Err(Error::Unsure { .. })), "{unheard:?}");
    silent.store(false, Ordering::SeqCst);
    asks(&db).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_whose_connection_was_given_up_says_so_again() {
    let database = Database::fresh().await;
    let (db, silent) = behind(&database).await;
    asks(&db).await.unwrap();
    let mut tx = db.clone().answering_within(SHORT).begin(&Actor::system(System::Payments)).await.unwrap();
    silent.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        let unheard = tx.execute("asking", sql("select 1")).await;
        assert!(matches!(unheard, Err(Error::Unavailable { .. })), "{unheard:?}");
    }
    let ended = tx.rollback().await;
    assert!(matches!(ended, Err(Error::Unavailable { .. })), "{ended:?}");
}
