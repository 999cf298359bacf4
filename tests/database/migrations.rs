//! Migrations: there and back with data in the tables, by several processes at once.

use super::tables::SEED;
use crate::support::db::{Database, count, run};

#[tokio::test(flavor = "multi_thread")]
async fn they_run_up_seed_down_and_up_again() {
    let database = Database::empty().await;
    let first = shellia::db::migrate(&database.owner_url).await.unwrap();
    assert!(first.len() >= 6, "{first:?}");
    run(&mut database.owner().await, SEED).await;
    assert_eq!(shellia::db::migrate(&database.owner_url).await.unwrap(), Vec::<String>::new());
    assert_eq!(database.count("select count(*) as n from tickets").await, 1);
    assert_eq!(database.count("select count(*) as n from orders").await, 1);
    assert_eq!(shellia::db::revert_all(&database.owner_url).await.unwrap().len(), first.len());
    let left = "select count(*) as n from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                where n.nspname in ('public', 'app') and c.relkind = 'r' and c.relname <> '__diesel_schema_migrations'";
    assert_eq!(database.count(left).await, 0);
    assert_eq!(shellia::db::migrate(&database.owner_url).await.unwrap().len(), first.len());
    assert_eq!(count(&mut database.owner().await, "select count(*) as n from tickets").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_processes_may_start_at_once() {
    let database = Database::empty().await;
    let runs = (0..4).map(|_| {
        let url = database.owner_url.clone();
        tokio::spawn(async move { shellia::db::migrate(&url).await.map(|ran| ran.len()) })
    });
    let mut ran = Vec::new();
    for run in runs {
        ran.push(run.await.unwrap().unwrap());
    }
    ran.sort_unstable();
    assert_eq!(ran[..3], [0, 0, 0]);
    assert!(ran[3] >= 4);
}
