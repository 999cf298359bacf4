//! What passes is told as "try again", and never as a fault of ours or as a change that may have been kept.

use crate::support::db::{Database, run};
use shellia::db::{Db, Tx, sql};
use shellia::kernel::{Actor, Error, Result, System};

async fn begin(db: &Db) -> Tx {
    db.begin(&Actor::system(System::Payments)).await.unwrap()
}

async fn does(tx: &mut Tx, text: &'static str) -> Result<usize> {
    tx.execute("trying", sql(text)).await
}

fn passes<T: std::fmt::Debug>(outcome: Result<T>) {
    assert!(matches!(outcome, Err(Error::Unavailable { .. })), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_runs_too_long_may_be_tried_again() {
    let database = Database::fresh().await;
    let mut tx = begin(&database.open()).await;
    does(&mut tx, "select set_config('statement_timeout', '50ms', true)").await.unwrap();
    passes(does(&mut tx, "select pg_sleep(60)").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_is_held_too_long_may_be_tried_again() {
    let database = Database::fresh().await;
    let db = database.open();
    let mut owner = database.owner().await;
    run(&mut owner, "begin; lock table provider_events").await;
    let mut tx = begin(&db).await;
    does(&mut tx, "select set_config('lock_timeout', '50ms', true)").await.unwrap();
    passes(does(&mut tx, "select count(*) from provider_events").await);
    // The server rolled back, so a change that was to be committed is known as not kept.
    let mut tx = begin(&db).await;
    does(&mut tx, "select set_config('lock_timeout', '50ms', true)").await.unwrap();
    tx.defer("trying", sql("insert into provider_events values ('evt_1', 'x', null, false, now(), now())"));
    passes(tx.commit().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_wait_for_each_other_may_try_again() {
    let database = Database::fresh().await;
    let db = database.open();
    let (mut one, mut other) = (begin(&db).await, begin(&db).await);
    does(&mut one, "select pg_advisory_xact_lock(1)").await.unwrap();
    does(&mut other, "select pg_advisory_xact_lock(2)").await.unwrap();
    let first = async {
        let outcome = does(&mut one, "select pg_advisory_xact_lock(2)").await;
        drop(one);
        outcome
    };
    let second = async {
        let outcome = does(&mut other, "select pg_advisory_xact_lock(1)").await;
        drop(other);
        outcome
    };
    let (first, second) = tokio::join!(first, second);
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    passes(first.and(second));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_only_reads_for_now_may_be_tried_again() {
    let database = Database::fresh().await;
    let mut tx = begin(&database.open()).await;
    does(&mut tx, "set transaction read only").await.unwrap();
    passes(does(&mut tx, "insert into provider_events values ('evt_1', 'x', null, false, now(), now())").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_repeat_helps_is_a_fault_of_ours() {
    let database = Database::fresh().await;
    let mut tx = begin(&database.open()).await;
    let outcome = does(&mut tx, "select from nowhere").await;
    assert!(matches!(outcome, Err(Error::Internal { .. })), "{outcome:?}");
}
