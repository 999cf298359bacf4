//! What a login can't pretend: a table of its own in the place of ours, or a rank that is none.

use super::depth::Outcome::{Done, Refused};
use super::depth::{MARIE, SAM, SEED, expect};
use crate::support::db::{Database, count, run};

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_table_stands_before_none_of_ours() {
    // A cloned database has the rights that a new one has, so here the login may still make one.
    let pretends = "create temporary table ticket_counters (guild_id bigint, last_number bigint); \
                    insert into pg_temp.ticket_counters values (7, 777);";
    let opens = "insert into public.tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, \
                   priority, state, created_at, updated_at, sla_due_at) \
                 values (7, 777, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now())";
    expect(MARIE, &[(Done, pretends), (Refused, &format!("{pretends} {opens}"))]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_functions_that_a_query_calls_look_into_our_tables() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, SEED).await;
    let mut login = database.login().await;
    let pretends = "create temporary table plans (guild_id bigint, code text, archived boolean); \
                    insert into pg_temp.plans values (7, 'gold', false)";
    run(&mut login, &format!("begin; {MARIE} {pretends}")).await;
    assert_eq!(count(&mut login, "select count(*) as n from plans").await, 1);
    assert_eq!(count(&mut login, "select app.is_sold(7, 'plan/gold')::int::bigint as n").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_of_ours_that_names_tables_says_where_they_are() {
    let database = Database::fresh().await;
    let unsure = "select count(*) as n from pg_proc p join pg_namespace n on n.oid = p.pronamespace \
                  where n.nspname = 'app' and p.prokind = 'f' and p.proconfig is null \
                    and p.prosrc ~ '(from|join|into|update)[[:space:]]+(only[[:space:]]+)?[a-z_]+([^a-z_.]|$)'";
    assert_eq!(database.count(unsure).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_migrations_leave_temporary_tables_to_the_owner() {
    let database = Database::empty().await;
    shellia::db::migrate(&database.owner_url).await.unwrap();
    let may = "select count(*) as n from pg_roles where rolname = 'shellia_app' \
               and has_database_privilege(oid, current_database(), 'temporary')";
    assert_eq!(database.count(may).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rank_that_is_none_of_ours_reads_nothing() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, SEED).await;
    let mut login = database.login().await;
    for (rank, expected) in [("support", 2), ("operator", 2), ("zzz", 0), ("Support", 0), (" ", 0), ("", 0)] {
        run(&mut login, &format!("begin; {SAM} select set_config('app.rank', '{rank}', true)")).await;
        let seen = count(&mut login, "select count(*) as n from tickets").await;
        assert_eq!(seen, expected, "{rank:?}");
        run(&mut login, "rollback").await;
    }
}
