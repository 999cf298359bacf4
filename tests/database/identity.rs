//! The identity of a transaction: set for it alone, and never leaked to the next.

use crate::support::db::{Database, count, run};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Text};
use shellia::db::sql;
use shellia::kernel::{Actor, GuildId, Rank, System, UserId};

#[derive(Debug, QueryableByName, PartialEq)]
struct Identity {
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    guild: String,
    #[diesel(sql_type = Text)]
    person: String,
    #[diesel(sql_type = Text)]
    rank: String,
    #[diesel(sql_type = Bool)]
    anybody: bool,
}

const WHO: &str = "select current_user::text as role, coalesce(app.guild_id()::text, '') as guild, \
    coalesce(app.user_id()::text, '') as person, coalesce(app.rank(), '') as rank, \
    coalesce(app.duty(), app.rank(), app.user_id()::text) is not null as anybody";

fn guild() -> GuildId {
    GuildId::new(7).unwrap()
}

fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

async fn who(db: &shellia::db::Db, actor: &Actor) -> Identity {
    let mut tx = db.begin(actor).await.unwrap();
    let found = tx.first("asking who", sql(WHO)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn each_actor_takes_its_own_role_and_settings() {
    let database = Database::fresh().await;
    let db = database.open();
    let member = who(&db, &Actor::member(guild(), user(5))).await;
    assert_eq!((member.role.as_str(), member.guild.as_str(), member.person.as_str()), ("maxis_member", "7", "5"));
    assert_eq!(member.rank, "");
    let staff = who(&db, &Actor::staff(guild(), user(6), Rank::Operator)).await;
    assert_eq!((staff.role.as_str(), staff.rank.as_str()), ("maxis_staff", "operator"));
    let accounts = who(&db, &Actor::system(System::Accounts)).await;
    assert_eq!((accounts.role.as_str(), accounts.guild.as_str(), accounts.person.as_str()), ("maxis_accounts", "", ""));
    let schedule = who(&db, &Actor::system(System::Schedule)).await;
    assert_eq!((schedule.role.as_str(), schedule.anybody), ("maxis_worker", true));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_does_not_survive_its_transaction() {
    let database = Database::fresh().await;
    let mut login = database.login().await;
    let anybody = format!("select count(*) as n from ({WHO}) who where anybody");
    assert_eq!(count(&mut login, &anybody).await, 0);
    run(
        &mut login,
        "begin; select set_config('role', 'maxis_member', true), set_config('app.user_id', '5', true), \
                     set_config('app.guild_id', '7', true)",
    )
    .await;
    assert_eq!(count(&mut login, &anybody).await, 1);
    run(&mut login, "commit").await;
    assert_eq!(count(&mut login, &anybody).await, 0);
    assert_eq!(count(&mut login, "select count(*) as n from tickets").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_transaction_leaves_nothing_behind() {
    let database = Database::fresh().await;
    let db = shellia::db::Db::new(&database.app_url, 1).unwrap();
    let actor = Actor::system_in(System::Accounts, guild());
    for ended in 0..20 {
        let mut tx = db.begin(&actor).await.unwrap();
        let add = sql("insert into guilds (guild_id, created_at, updated_at) values (7, now(), now())");
        tx.execute("adding a guild", add).await.unwrap();
        // Every way out but a commit: dropped, rolled back, or the task is cancelled in the middle.
        match ended % 3 {
            0 => drop(tx),
            1 => tx.rollback().await.unwrap(),
            _ => {
                let task = tokio::spawn(async move {
                    let slow = sql(
                        "select pg_sleep(0.2)::text as role, '' as guild, '' as person, '' as rank, true as anybody",
                    );
                    tx.first::<_, Identity, _>("sleeping", slow).await
                });
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                task.abort();
            }
        }
        assert_eq!(who(&db, &Actor::member(guild(), user(5))).await.person, "5");
    }
    assert_eq!(database.count("select count(*) as n from guilds").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn deferred_writes_that_are_new_to_the_connection_come_before_the_commit() {
    let database = Database::fresh().await;
    let db = shellia::db::Db::new(&database.app_url, 1).unwrap();
    let mut tx = db.begin(&Actor::system_in(System::Accounts, guild())).await.unwrap();
    tx.defer("adding", sql("insert into guilds (guild_id, created_at, updated_at) values (7, now(), now())"));
    tx.defer("adding", sql("insert into staff_roles (guild_id, role_id, rank) values (7, 1, 'support')"));
    tx.commit().await.unwrap();
    assert_eq!(database.count("select count(*) as n from staff_roles").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_deferred_write_undoes_the_whole_transaction() {
    let database = Database::fresh().await;
    let db = shellia::db::Db::new(&database.app_url, 1).unwrap();
    let actor = Actor::system_in(System::Accounts, guild());
    let mut tx = db.begin(&actor).await.unwrap();
    tx.defer("adding", sql("insert into guilds (guild_id, created_at, updated_at) values (7, now(), now())"));
    tx.defer("failing", sql("insert into guilds (guild_id, created_at, updated_at) values (0, now(), now())"));
    assert!(tx.commit().await.is_err());
    assert_eq!(database.count("select count(*) as n from guilds").await, 0);
    // The connection is clean and used again.
    assert_eq!(who(&db, &actor).await.role, "maxis_accounts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_may_not_touch_what_only_staff_or_the_program_may() {
    let database = Database::fresh().await;
    let db = database.open();
    for statement in [
        "select count(*)::text as role, '' as guild, '' as person, '' as rank, true as anybody from ticket_audit",
        "select count(*)::text as role, '' as guild, '' as person, '' as rank, true as anybody from outbox",
        "select count(*)::text as role, '' as guild, '' as person, '' as rank, true as anybody from guilds",
        "select count(*)::text as role, '' as guild, '' as person, '' as rank, true as anybody from events",
    ] {
        let mut tx = db.begin(&Actor::member(guild(), user(5))).await.unwrap();
        let refused = tx.first::<_, Identity, _>("reading", sql(statement)).await;
        assert!(format!("{refused:?}").contains("permission denied"), "{statement}: {refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_only_read_ends_without_being_waited_for() {
    let database = Database::fresh().await;
    let db = shellia::db::Db::new(&database.app_url, 1).unwrap();
    for person in 1..50 {
        let mut tx = db.begin(&Actor::member(guild(), user(person))).await.unwrap();
        let found: Identity = tx.first("asking who", sql(WHO)).await.unwrap().unwrap();
        assert_eq!(found.person, person.to_string());
        tx.end().await.unwrap();
    }
    // The one connection comes back only after the transaction is over, and it is still the first one.
    let tx = db.begin(&Actor::system(System::Accounts)).await.unwrap();
    let mut owner = database.owner().await;
    let sessions =
        "select count(*) as n from pg_stat_activity where datname = current_database() and usename <> current_user";
    assert_eq!(count(&mut owner, sessions).await, 1);
    assert_eq!(count(&mut owner, &format!("{sessions} and state <> 'idle'")).await, 0);
    tx.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deferred_is_committed_at_the_end() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, "insert into guilds (guild_id, created_at, updated_at) values (7, now(), now())")
        .await;
    let mut tx = database.open().begin(&Actor::staff(guild(), user(6), Rank::Operator)).await.unwrap();
    tx.defer("naming the guild", sql("update guilds set name = 'Léa' where guild_id = 7"));
    tx.end().await.unwrap();
    assert_eq!(database.count("select count(*) as n from guilds where name = 'Léa'").await, 1);
}
