//! Which logins and databases the program refuses at the start: those where row-level security would not bind it.

use crate::support::db::{Database, run};
use shellia::db::{self, LoginProblem, check_login};

/// What start-up says of a login.
async fn found(url: &str) -> Option<LoginProblem> {
    check_login(url).await.unwrap().map(|unfit| unfit.problem)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_refuses_a_login_that_policies_do_not_bind() {
    let database = Database::fresh().await;
    assert_eq!(found(&database.app_url).await, None);
    assert_eq!(found(&database.owner_url).await, Some(LoginProblem::Superuser));
    let name = format!("login_{}", std::process::id());
    let url = |name: &str| {
        let mut url = url::Url::parse(&database.app_url).unwrap();
        url.set_username(name).unwrap();
        url.to_string()
    };
    let mut owner = database.owner().await;
    let mut as_owner = async |statement: String| run(&mut owner, &statement).await;
    as_owner(format!("create role {name} login password 'test-only'")).await;
    assert_eq!(found(&url(&name)).await, Some(LoginProblem::NotAMember));
    as_owner(format!("grant shellia_app to {name}")).await;
    assert_eq!(found(&url(&name)).await, None);
    as_owner(format!("alter role {name} bypassrls")).await;
    assert_eq!(found(&url(&name)).await, Some(LoginProblem::BypassesRls));
    as_owner(format!("alter role {name} nobypassrls; alter table tickets owner to {name}")).await;
    assert_eq!(found(&url(&name)).await, Some(LoginProblem::Owner));
    let empty = Database::empty().await;
    assert_eq!(found(&empty.app_url).await, Some(LoginProblem::NotMigrated));
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
    run(&mut owner, &made).await;
    let mut url = url::Url::parse(&database.app_url).unwrap();
    url.set_username(&login).unwrap();
    let problem = found(url.as_str()).await;
    let gone = format!("reassign owned by {login} to current_user; drop owned by {login}; drop role {login}");
    run(&mut owner, &gone).await;
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
    for off in [
        "alter table tickets disable row level security",
        "alter table answers no force row level security",
        // Those that the payments duty alone reaches.
        "alter table payment_tasks disable row level security",
        "alter table provider_events disable row level security",
        "alter table order_counters no force row level security",
    ] {
        let found = problem_of("unprotected", off).await;
        assert_eq!(found, Some(LoginProblem::Unprotected), "{off}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn privileges_that_the_migrations_did_not_give_are_refused() {
    for grant in [
        // A common recipe: TRUNCATE passes by row-level security.
        "grant all on all tables in schema public to LOGIN",
        "grant select on tickets to LOGIN",
        "grant select (subject) on tickets to LOGIN",
        "grant insert on outbox to shellia_app",
        "grant select on payment_tasks to public",
        "grant truncate on tickets to maxis_member",
        "grant trigger on orders to maxis_payments",
    ] {
        assert_eq!(problem_of("granted", grant).await, Some(LoginProblem::DirectGrant), "{grant}");
    }
    let elsewhere = "create table others (n int); grant all on others to LOGIN";
    assert_eq!(problem_of("elsewhere", elsewhere).await, None, "others may share the schema");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_passes_by_the_policies_is_refused() {
    for view in [
        "create view all_tickets as select * from tickets; grant select on all_tickets to maxis_member",
        "create view all_tickets as select * from tickets; grant select (number) on all_tickets to LOGIN",
        "create materialized view all_tickets as select * from tickets; grant select on all_tickets to shellia_app",
        "create view inner_one as select * from tickets; create view all_tickets as select * from inner_one; \
         grant select on all_tickets to public",
    ] {
        assert_eq!(problem_of("looks", view).await, Some(LoginProblem::View), "{view}");
    }
    let shut = "create view all_tickets as select * from tickets";
    assert_eq!(problem_of("shut", shut).await, None, "nobody of ours may use it");
    let others = "create table others (n int); create view all_others as select * from others; grant all on all_others to public";
    assert_eq!(problem_of("others", others).await, None, "it looks at no table of ours");
    let database = Database::fresh().await;
    if database.count("select current_setting('server_version_num')::bigint as n").await >= 150_000 {
        let asks = "create view my_tickets with (security_invoker = true) as select * from tickets; \
                    grant select on my_tickets to maxis_member";
        assert_eq!(problem_of("asks", asks).await, None, "it asks as whoever looks");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_acts_as_its_owner_is_refused() {
    let made = "create function everything() returns bigint language sql security definer \
                as 'select count(*) from public.tickets'";
    assert_eq!(problem_of("calls", made).await, Some(LoginProblem::Definer));
    let shut = format!("{made}; revoke execute on function everything() from public");
    assert_eq!(problem_of("calls_not", &shut).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_binds_the_login_must_be_as_the_migrations_left_it() {
    use LoginProblem::{Altered, TriggerOff, Unsealed};
    for (altered, problem) in [
        ("alter table tickets disable trigger own_end", TriggerOff),
        ("alter table ledger disable trigger all", TriggerOff),
        ("alter policy own_read on orders using (true)", Altered),
        ("create policy mine on tickets for select to maxis_member using (true)", Altered),
        ("drop policy from_discord on ticket_attachments", Altered),
        ("grant delete on tickets to maxis_member", Altered),
        ("grant update (priority) on tickets to maxis_member", Altered),
        ("drop trigger own_end on tickets", Altered),
        ("create or replace function app.rank() returns text language sql stable as $$ select 'operator' $$", Altered),
        ("comment on schema app is null", Unsealed),
        ("comment on schema app is 'shellia 1 9 abc'", Unsealed),
    ] {
        assert_eq!(problem_of("altered", altered).await, Some(problem), "{altered}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_names_what_it_is_about() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, "alter table order_counters disable row level security").await;
    let unfit = check_login(&database.app_url).await.unwrap().unwrap();
    assert_eq!(unfit.about.as_deref(), Some("order_counters"));
    assert!(unfit.to_string().ends_with("(order_counters)"), "{unfit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_by_hand_is_never_sealed_in_passing() {
    let database = Database::fresh().await;
    let mut owner = database.owner().await;
    run(&mut owner, "alter policy own_read on orders using (true)").await;
    assert!(db::migrate(&database.owner_url).await.unwrap().is_empty());
    assert_eq!(found(&database.app_url).await, Some(LoginProblem::Altered));
    // A migration is still to run.
    run(
        &mut owner,
        "drop table provider_marks; delete from __diesel_schema_migrations where version = '20261126000018'",
    )
    .await;
    let refused = db::migrate(&database.owner_url).await.unwrap_err();
    assert!(refused.to_string().contains("changed by hand"), "{refused}");
    // Taken as it is, by the owner's own word.
    run(&mut owner, "comment on schema app is null").await;
    assert_eq!(db::migrate(&database.owner_url).await.unwrap().len(), 1);
    assert_eq!(found(&database.app_url).await, None);
}

#[test]
fn each_problem_of_a_login_has_its_remedy() {
    assert!(LoginProblem::MakesRoles.remedy().contains("nocreaterole"));
    assert!(LoginProblem::Replicates.remedy().contains("noreplication"));
    assert!(LoginProblem::ReachesServer.remedy().contains("pg_execute_server_program"));
    assert!(LoginProblem::Unprotected.remedy().contains("force row level security"));
    assert!(LoginProblem::DirectGrant.remedy().contains("revoke all on all tables"));
    assert!(LoginProblem::View.remedy().contains("security_invoker"));
    assert!(LoginProblem::Definer.remedy().contains("revoke execute"));
    assert!(LoginProblem::TriggerOff.remedy().contains("enable trigger all"));
    assert!(LoginProblem::Altered.remedy().contains("comment on schema app is null"));
    assert!(LoginProblem::Unsealed.remedy().contains("shellia migrate"));
}
