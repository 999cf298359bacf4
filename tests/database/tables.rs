//! Every table is shut: policies on and forced, and nothing visible without an identity.

use crate::support::db::{Database, count};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use shellia::db::{LoginProblem, check_login};

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Every table of ours, by the catalogue.
pub async fn all(database: &Database) -> Vec<String> {
    let rows: Vec<Name> = diesel::sql_query(
        "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p', 'm') \
           and n.nspname not like 'pg_toast%' and c.relname <> '__diesel_schema_migrations' order by 1",
    )
    .load(&mut database.owner().await)
    .await
    .unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_has_forced_policies() {
    let database = Database::fresh().await;
    let tables = all(&database).await;
    assert!(tables.len() >= 12, "{tables:?}");
    for table in tables {
        let forced = format!(
            "select count(*) as n from pg_class c where c.oid = '{table}'::regclass and c.relrowsecurity \
             and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)"
        );
        assert_eq!(database.count(&forced).await, 1, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_policy_asks_per_row_who_acts() {
    let database = Database::fresh().await;
    // A bare app.guild_id() in a policy is evaluated for each row; (select app.guild_id()) once for a query.
    let bare = "select count(*) as n from pg_policies where \
                regexp_replace(coalesce(qual, '') || ' ' || coalesce(with_check, ''), 'SELECT app\\.[a-z_]+\\(\\)', '', 'g') ~ 'app\\.'";
    assert_eq!(database.count(bare).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_identity_every_table_is_empty() {
    let database = Database::fresh().await;
    crate::support::db::run(&mut database.owner().await, super::tables::SEED).await;
    let mut login = database.login().await;
    for table in all(&database).await {
        assert!(database.count(&format!("select count(*) as n from {table}")).await > 0, "{table} has a row to hide");
        if table == "answers" {
            continue; // Its only general grant is of one column; asked below.
        }
        assert_eq!(count(&mut login, &format!("select count(*) as n from {table}")).await, 0, "{table}");
    }
    assert_eq!(count(&mut login, "select count(created_at) as n from answers").await, 0);
}

/// A row in every table.
pub const SEED: &str = "
    insert into guilds (guild_id, created_at, updated_at) values (7, now(), now());
    insert into staff_roles values (7, 70, 'support');
    insert into category_agents values (7, 'billing', 6);
    insert into languages values (7, 5, 'en');
    insert into ticket_counters values (7, 1);
    insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
        created_at, updated_at, sla_due_at) values (7, 1, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now());
    insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at)
        values (7, 1, 5, 5, 'Marie', 'opening', false, 'Bonjour', now());
    insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, content_type, size_bytes,
        state, created_at) select 7, 1, id, 5, false, 'a.png', 'image/png', 1, 'pending', now() from ticket_messages;
    insert into ticket_audit (guild_id, ticket_number, actor_id, action, at) values (7, 1, 5, 'created', now());
    insert into outbox (guild_id, kind, ticket_number, due_at, created_at) values (7, 'card', 1, now(), now());
    insert into ticket_cards values (7, 1, 71, 72, now());
    insert into ticket_calls values (7, 1, 5, 73, 74);
    insert into events (guild_id, kind, ticket_number, actor_id, at) values (7, 'ticket_created', 1, 5, now());
    insert into answers values (7, 5, 'r1', '{}', now());
    insert into shops (guild_id, updated_at) values (7, now());
    insert into plans (guild_id, code, name, created_at, updated_at) values (7, 'pro', 'Pro', now(), now());
    insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'jeu', 'Jeu', 'key', now(), now());
    insert into product_contents (guild_id, product, body, updated_at) values (7, 'jeu', 'Merci', now());
    insert into variants (guild_id, product, code, name) values (7, 'jeu', 'standard', 'Standard');
    insert into prices values (7, 'product/jeu/standard', 'eur', 500, now());
    insert into price_history (guild_id, item, currency, amount_minor, since) values (7, 'product/jeu/standard', 'eur', 500, now());
    insert into product_keys (guild_id, product, variant, secret, added_at) values (7, 'jeu', 'standard', 'AAAA', now());
    insert into order_counters values (7, 1);
    insert into customers (guild_id, user_id, create_key, created_at) values (7, 5, 'c1', now());
    insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title,
        currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, updated_at)
        values (7, 1, 5, 5, 'Marie', 'fr', 'r2', 'product', 'payment', 'jeu', 'standard', 'Jeu', 'eur', 500, 500, 'fulfilled',
        false, 'k1', now(), now(), now());
    insert into subscriptions (guild_id, id, user_id, plan, period, state, currency, amount_minor, period_end, started_at,
        updated_at) values (7, 'sub_1', 5, 'pro', 'month', 'active', 'eur', 999, now(), now(), now());
    insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, updated_at)
        values (7, 5, 'plan', 'pro', 'grant', 'grant/1', now(), now(), now());
    insert into trials (guild_id, user_id, order_number, at) values (7, 5, 1, now());
    insert into granted_roles values (7, 5, 70, 'given', now(), now());
    insert into role_alerts values (7, 70, 'gone', now());
    insert into deliveries (guild_id, order_number, user_id, kind, product, delivered_at) values (7, 1, 5, 'key', 'jeu', now());
    insert into invoices (guild_id, id, user_id, currency, amount_minor, paid_at) values (7, 'in_1', 5, 'eur', 999, now());
    insert into refunds (guild_id, order_number, user_id, amount_minor, currency, reason, state, send_key, created_at)
        values (7, 1, 5, 100, 'eur', 'geste', 'requested', 's1', now());
    insert into ledger (guild_id, txn, account, currency, amount_minor, at) values
        (7, 'sale/1', 'provider', 'eur', 500, now()), (7, 'sale/1', 'revenue', 'eur', -500, now());
    insert into provider_events values ('evt_1', 'checkout.session.completed', 'cs_1', true, now(), now());
    insert into payment_tasks (kind, object, due_at, created_at) values ('session', 'cs_1', now(), now());
    insert into shop_audit (guild_id, actor_id, action, subject, at) values (7, 6, 'product_added', 'jeu', now());
    insert into mrr_changes (guild_id, subscription_id, at, currency, before_minor, after_minor, kind)
        values (7, 'sub_1', now(), 'eur', 0, 999, 'new');";

#[tokio::test(flavor = "multi_thread")]
async fn the_program_refuses_a_login_that_policies_do_not_bind() {
    let database = Database::fresh().await;
    assert_eq!(check_login(&database.app_url).await.unwrap(), None);
    assert_eq!(check_login(&database.owner_url).await.unwrap(), Some(LoginProblem::Superuser));
    let name = format!("login_{}", std::process::id());
    let url = |name: &str| {
        let mut url = url::Url::parse(&database.app_url).unwrap();
        url.set_username(name).unwrap();
        url.to_string()
    };
    let mut owner = database.owner().await;
    let mut as_owner = async |statement: String| crate::support::db::run(&mut owner, &statement).await;
    as_owner(format!("create role {name} login password 'test-only'")).await;
    assert_eq!(check_login(&url(&name)).await.unwrap(), Some(LoginProblem::NotAMember));
    as_owner(format!("grant shellia_app to {name}")).await;
    assert_eq!(check_login(&url(&name)).await.unwrap(), None);
    as_owner(format!("alter role {name} bypassrls")).await;
    assert_eq!(check_login(&url(&name)).await.unwrap(), Some(LoginProblem::BypassesRls));
    as_owner(format!("alter role {name} nobypassrls; alter table tickets owner to {name}")).await;
    assert_eq!(check_login(&url(&name)).await.unwrap(), Some(LoginProblem::Owner));
    let empty = Database::empty().await;
    assert_eq!(check_login(&empty.app_url).await.unwrap(), Some(LoginProblem::NotMigrated));
    as_owner(format!("alter table tickets owner to postgres; revoke shellia_app from {name}; drop role {name}")).await;
}

/// A login that is as it should be, then altered, in a database of its own; and what start-up says of it.
async fn problem_of(name: &str, alter: &str) -> Option<LoginProblem> {
    let database = Database::fresh().await;
    let mut owner = database.owner().await;
    let login = format!("{name}_{}", std::process::id());
    let alter = alter.replace("LOGIN", &login);
    // Roles are the server's: what is made for this test is taken back.
    let made = format!("create role {login} login password 'test-only' in role shellia_app; {alter}");
    crate::support::db::run(&mut owner, &made).await;
    let mut url = url::Url::parse(&database.app_url).unwrap();
    url.set_username(&login).unwrap();
    let problem = check_login(url.as_str()).await.unwrap();
    let gone = format!("reassign owned by {login} to current_user; drop owned by {login}; drop role {login}");
    crate::support::db::run(&mut owner, &gone).await;
    problem
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_could_switch_policies_off_or_go_around_them_is_refused() {
    use LoginProblem::{MakesRoles, Owner, ReachesServer, Replicates};
    assert_eq!(problem_of("plain", "alter role LOGIN createdb").await, None, "making databases harms nothing here");
    assert_eq!(problem_of("roles", "alter role LOGIN createrole").await, Some(MakesRoles));
    assert_eq!(problem_of("copies", "alter role LOGIN replication").await, Some(Replicates));
    for group in [
        "pg_execute_server_program",
        "pg_read_server_files",
        "pg_write_server_files",
        "pg_read_all_data",
        "pg_write_all_data",
    ] {
        let found = problem_of("reaches", &format!("grant {group} to LOGIN")).await;
        assert_eq!(found, Some(ReachesServer), "{group}");
    }
    for owned in [
        "alter schema public owner to LOGIN",
        "alter schema app owner to LOGIN",
        "alter function app.user_id() owner to LOGIN",
        "alter function app.take_number() owner to LOGIN",
        "alter table outbox owner to LOGIN",
        "do $$ begin execute format('alter database %I owner to LOGIN', current_database()); end $$",
    ] {
        assert_eq!(problem_of("owns", owned).await, Some(Owner), "{owned}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_whose_tables_are_not_protected_is_refused() {
    for off in ["alter table tickets disable row level security", "alter table answers no force row level security"] {
        let found = problem_of("unprotected", off).await;
        assert_eq!(found, Some(LoginProblem::Unprotected), "{off}");
    }
}

#[test]
fn each_problem_of_a_login_has_its_remedy() {
    assert!(LoginProblem::MakesRoles.remedy().contains("nocreaterole"));
    assert!(LoginProblem::Replicates.remedy().contains("noreplication"));
    assert!(LoginProblem::ReachesServer.remedy().contains("pg_execute_server_program"));
    assert!(LoginProblem::Unprotected.remedy().contains("force row level security"));
}
