//! Words are found by the index, and only what one may see.

use crate::support::db::{Database, run};
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use shellia::domain::tickets::desk::{self, Order, Wanted};
use shellia::kernel::{Actor, GuildId, Rank, UserId};

#[derive(Debug, QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

const TICKETS: i64 = 100_000;

/// Two guilds with many tickets, of which a few hold a rare word.
async fn filled(database: &Database) {
    let mut owner = database.owner().await;
    run(&mut owner, &format!(
        "insert into guilds (guild_id, created_at, updated_at) values (100, now(), now()), (200, now(), now()); \
         insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state, created_at, \
           updated_at, sla_due_at, closed_at) \
         select 100 + 100 * (n % 2), n, 11 + n % 500, 'Marie', 'fr', case when n % 10000 = 0 then 'Été à Orléans' else 'Sujet ' || n end, 'general', \
           (array['critical', 'high', 'medium', 'low'])[1 + n % 4], case when n % 20 < 2 then 'open' else 'closed' end, \
           now() - n * interval '1 minute', now() - n * interval '1 minute', now() + interval '1 day', \
           case when n % 20 < 2 then null else now() end from generate_series(1, {TICKETS}) n; \
         insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at) \
         select guild_id, number, opener_id, opener_id, 'Marie', 'opening', false, 'Bonjour, un souci numero ' || number, now() from tickets; \
         insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at) \
         select guild_id, number, opener_id, 7, 'Sam', 'note', true, 'cliente pénible', now() from tickets where number in (40, 41); \
         analyze tickets; analyze ticket_messages; analyze ticket_words"
    )).await;
}

/// How PostgreSQL would carry a query out for a member of staff.
async fn plan(database: &Database, query: &str) -> String {
    let (client, connection) = tokio_postgres::connect(&database.app_url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let identity = "begin; select set_config('role', 'maxis_staff', true), set_config('app.guild_id', '100', true), \
                    set_config('app.user_id', '7', true), set_config('app.rank', 'support', true)";
    client.batch_execute(identity).await.unwrap();
    let rows = client.query(&format!("explain {query}"), &[]).await.unwrap();
    rows.iter().map(|row| row.get::<_, String>(0) + "\n").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_counts_and_search_use_their_indexes_at_a_hundred_thousand_tickets() {
    let database = Database::fresh().await;
    filled(&database).await;
    let list = plan(&database, "select f.* from unnest(array['open', 'closed']) s (state) cross join lateral ( \
        select t.* from tickets t where t.guild_id = 100 and t.state = s.state order by t.updated_at desc, t.number desc limit 51) f").await;
    assert!(list.contains("tickets_in_state_updated") && !list.contains("Seq Scan on tickets"), "{list}");
    let due = plan(
        &database,
        "select f.* from unnest(array['open']) s (state) cross join unnest(array['bug', 'general']) c (category) \
        cross join unnest(array['low', 'high']) p (priority) cross join lateral ( \
        select t.* from tickets t where t.guild_id = 100 and t.state = s.state and t.category = c.category and t.priority = p.priority \
        order by coalesce(t.sla_due_at, timestamptz '9999-01-01 00:00:00+00'), t.number limit 51) f",
    )
    .await;
    assert!(due.contains("tickets_of_kind_due"), "{due}");
    let counts = plan(
        &database,
        "select v.value, (select count(*) from (select from tickets t where t.state = v.value and t.guild_id = 100 \
        order by t.number desc limit 1001) c) as n from unnest(array['open', 'closed']) v (value)",
    )
    .await;
    assert!(counts.contains("Index") && !counts.contains("Seq Scan on tickets"), "{counts}");
    let db = database.open();
    let (guild, sam) = (GuildId::new(100).unwrap(), UserId::new(7).unwrap());
    let found = async |words: &str| {
        let mut tx = db.begin(&Actor::staff(guild, sam, Rank::Support)).await.unwrap();
        let wanted = Wanted { words: Some(words.to_owned()), ..Wanted::default() };
        let page =
            desk::list(&mut tx, guild, (&wanted, Order::default()), (None, 50), shellia::kernel::Clock::new().now())
                .await
                .unwrap();
        tx.end().await.unwrap();
        page.tickets.into_iter().map(|one| one.ticket.number).collect::<Vec<_>>()
    };
    // Without accents and in any case; of this guild alone; in notes too.
    let mut orleans = found("ORLEANS ete").await;
    orleans.sort_unstable();
    assert_eq!(orleans, (1..=10).map(|n| n * 10_000).collect::<Vec<i64>>());
    assert_eq!(found("penible").await, [40]);
    assert_eq!(found("numero 4242").await, [4242]);
    // A ticket in which a word is said again and again hides no other that holds it.
    run(
        &mut database.owner().await,
        "insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at) \
         select 100, 99998, 11, 7, 'Sam', 'note', true, 'orleans ' || n, now() from generate_series(1, 2500) n",
    )
    .await;
    assert_eq!(found("orleans").await.len(), 11);
    // Of a word that every ticket holds, the newest.
    let common = found("bonjour").await;
    assert!(common.len() == 50 && common.iter().all(|number| *number > 98_000), "{common:?}");
    assert_eq!(found("#17 rien").await, Vec::<i64>::new());
    assert_eq!(found("' & | !! <-> (").await, Vec::<i64>::new());
    assert_eq!(found("bonjour").await.len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_searches_another_guild_nor_a_member_at_all() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, crate::database::tables::SEED).await;
    let mut login = database.login().await;
    for (role, guild, rank, expected) in [
        ("maxis_staff", "7", "support", Some(1)),
        ("maxis_staff", "8", "support", Some(0)),
        ("maxis_staff", "7", "", Some(0)),
        ("maxis_member", "7", "", None),
    ] {
        run(
            &mut login,
            &format!(
                "begin; select set_config('role', '{role}', true), set_config('app.guild_id', '{guild}', true), \
            set_config('app.user_id', '5', true), set_config('app.rank', '{rank}', true)"
            ),
        )
        .await;
        let rows: Result<Vec<Number>, _> =
            diesel::sql_query("select count(*) as n from app.search_tickets(7, 'bonjour', 10)").load(&mut login).await;
        run(&mut login, "rollback").await;
        assert_eq!(rows.ok().map(|rows| rows[0].n), expected, "{role} {guild} {rank}");
        let words: Result<Vec<Number>, _> =
            diesel::sql_query("select count(*) as n from ticket_words").load(&mut login).await;
        assert!(words.unwrap_err().to_string().contains("permission denied"));
    }
}
