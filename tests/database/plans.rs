//! How the database checks what is written: by an index, whatever the number of tickets.

use super::depth::{MARIE, SAM, SEED, opens, says};
use super::traces::{tells, traces};
use crate::support::db::{Database, run};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    line: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_check_walks_over_all_tickets() {
    let database = Database::fresh().await;
    let mut owner = database.owner().await;
    run(&mut owner, SEED).await;
    run(&mut owner, MANY).await;
    let mut login = database.login().await;
    let [audit, event] = traces(7, "1", 5, "replied", "null");
    let [audit_of_staff, event_of_staff] = traces(7, "1", 14, "replied", "null");
    for (who, statement) in [
        (MARIE, &opens("category, state, assignee_id", "'billing', 'in_progress', 6")),
        (MARIE, &says(1, 5, 5, "reply", false)),
        (MARIE, &audit),
        (MARIE, &event),
        (MARIE, &tells("attachment", "1", "1", "null")),
        (SAM, &says(1, 5, 14, "reply", true)),
        (SAM, &audit_of_staff),
        (SAM, &event_of_staff),
        (SAM, &tells("reply", "1", "3", "5")),
    ] {
        run(&mut login, "begin").await;
        run(&mut login, who).await;
        let statement = statement.rsplit(';').next().unwrap();
        let plan: Vec<Line> = diesel::sql_query(format!("explain {statement}")).load(&mut login).await.unwrap();
        run(&mut login, "rollback").await;
        let plan: Vec<String> = plan.into_iter().map(|line| line.line).collect();
        let walks = plan.iter().any(|line| line.contains("Seq Scan on ticket"));
        assert!(!walks, "{statement}:\n{}", plan.join("\n"));
    }
}

/// So many tickets and messages that the planner cares.
const MANY: &str = "
    insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
        created_at, updated_at, sla_due_at)
      select 7, n, 1000 + n % 50, 'M', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now() from generate_series(10, 5000) n;
    insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at)
      select 7, n, 1000 + n % 50, 1000 + n % 50, 'M', 'opening', false, 'Bonjour', now() from generate_series(10, 5000) n;
    analyze tickets; analyze ticket_messages;";
