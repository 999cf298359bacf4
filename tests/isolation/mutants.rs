//! The matrix can fail: with any one policy that lets somebody read widened, it does.

use super::{scene, tables};
use crate::support::db::{Database, run};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Policy {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The policies under which a person may read.
async fn reading(database: &Database) -> Vec<Policy> {
    diesel::sql_query(
        "select tablename::text as table, policyname::text as name from pg_policies \
         where schemaname = 'public' and cmd in ('SELECT', 'ALL') and qual is not null \
           and roles && '{public,maxis_member,maxis_staff}'::name[] order by 1, 2",
    )
    .load(&mut database.owner().await)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widened_policy_is_noticed() {
    let policies = reading(&Database::fresh().await).await;
    assert!(policies.len() >= 40, "{}", policies.len());
    let mut missed = Vec::new();
    for Policy { table, name } in policies {
        let database = Database::fresh().await;
        scene::set(&database).await;
        run(&mut database.owner().await, SETTINGS).await;
        run(&mut database.owner().await, &format!("alter policy {name} on {table} using (true)")).await;
        if tables::violations(&database).await.is_empty() {
            missed.push(format!("{name} on {table}"));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

/// Who gets a gift could once read the whole order, its price and its checkout, also before it was paid.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_its_recipient_reads_is_noticed() {
    let database = Database::fresh().await;
    scene::set(&database).await;
    let mutant = "alter policy own_read on orders using (guild_id = (select app.guild_id()) \
                  and (user_id = (select app.user_id()) or recipient_id = (select app.user_id())))";
    run(&mut database.owner().await, mutant).await;
    let wrong = tables::violations(&database).await;
    assert!(wrong.len() == 2 && wrong.iter().all(|one| one.contains("reads orders")), "{wrong:?}");
}

/// Rows that the scene doesn't make by itself, in both guilds.
const SETTINGS: &str = "
    insert into languages values (100, 11, 'en'), (200, 16, 'en') on conflict do nothing;
    insert into category_agents values (100, 'bug', 14), (200, 'bug', 15);
    insert into ticket_cards values (100, 7000, 71, 72, now()), (200, 1, 73, 74, now());
    insert into ticket_calls values (100, 7000, 11, 75, 76), (200, 1, 16, 77, 78);";
