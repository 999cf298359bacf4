//! What the database refuses by itself, whatever the program asked: raw statements as the application's login.

use crate::support::db::{Database, run};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

/// Marie, who opened ticket 1.
pub const MARIE: &str = "select set_config('role', 'maxis_member', true), set_config('app.guild_id', '7', true), \
                     set_config('app.user_id', '5', true), set_config('app.rank', '', true);";
/// Sam of staff, who opened nothing.
pub const SAM: &str = "select set_config('role', 'maxis_staff', true), set_config('app.guild_id', '7', true), \
                   set_config('app.user_id', '14', true), set_config('app.rank', 'support', true);";

/// Marie's ticket 1 and Jean's ticket 2 in guild 7, ticket 1 of guild 8; agent 6 gets what is about billing.
pub const SEED: &str = "
    insert into guilds (guild_id, created_at, updated_at) values (7, now(), now()), (8, now(), now()), (9, now(), now());
    insert into category_agents values (7, 'billing', 6), (7, 'bug', 5), (8, 'technical', 8);
    insert into ticket_counters values (7, 2), (8, 3);
    insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
        assignee_id, created_at, updated_at, sla_due_at)
      values (7, 1, 5, 'Marie', 'fr', 'Aide', 'billing', 'low', 'in_progress', 6, now(), now(), now()),
             (7, 2, 9, 'Jean', 'fr', 'Aide', 'general', 'low', 'open', null, now(), now(), now()),
             (8, 3, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', null, now(), now(), now());
    insert into ticket_messages (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, from_staff, body, created_at)
      values (7, 1, 1, 5, 5, 'Marie', 'opening', false, 'Bonjour', now()),
             (7, 1, 2, 5, 14, 'Sam', 'note', true, 'Note', now()),
             (7, 1, 3, 5, 14, 'Sam', 'reply', true, 'Salut', now()),
             (7, 2, 4, 9, 9, 'Jean', 'opening', false, 'Bonjour', now());
    select setval('ticket_messages_id_seq', 100);";

/// What comes of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Refused,
}
use Outcome::{Done, Refused};

/// Runs statements as someone and undoes them; a refusal is by a grant, a policy, a trigger or a constraint.
async fn outcome(login: &mut AsyncPgConnection, who: &str, statements: &str) -> Outcome {
    run(login, "begin").await;
    run(login, who).await;
    let done = login.batch_execute(statements).await;
    run(login, "rollback").await;
    let Err(error) = done else { return Done };
    let words = error.to_string();
    let known = [
        "permission denied",
        "row-level security",
        "up by one",
        "just counted",
        "ticket_messages_one_opening",
        "check constraint",
        "in his own name",
        "given at the end",
        "gives it stars",
        "the state, the times and the stars",
        "a plan puts a ticket first",
        "ticket_audit_one_created",
    ];
    assert!(known.iter().any(|known| words.contains(known)), "{statements}: {words}");
    Refused
}

/// Tries each statement as someone in a seeded database.
pub async fn expect(who: &str, cases: &[(Outcome, &str)]) {
    let database = Database::fresh().await;
    run(&mut database.owner().await, SEED).await;
    let mut login = database.login().await;
    for (expected, statements) in cases {
        assert_eq!(outcome(&mut login, who, statements).await, *expected, "{statements}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_begins_at_one_and_goes_up_by_one() {
    for who in [MARIE, SAM] {
        expect(
            who,
            &[
                (Done, "update ticket_counters set last_number = last_number + 1"),
                (Refused, "update ticket_counters set last_number = last_number + 2"),
                (Refused, "update ticket_counters set last_number = last_number - 1"),
                (Refused, "update ticket_counters set last_number = 1000000"),
                (Refused, "update ticket_counters set guild_id = 9"),
                (Refused, "delete from ticket_counters"),
                (Refused, "insert into ticket_counters values (9, 1)"),
            ],
        )
        .await;
        let elsewhere = format!("{who} select set_config('app.guild_id', '9', true);");
        expect(
            &elsewhere,
            &[
                (Done, "insert into ticket_counters values (9, 1)"),
                (Refused, "insert into ticket_counters values (9, 2)"),
                (Refused, "insert into ticket_counters values (9, 0)"),
            ],
        )
        .await;
    }
}

/// Opens a ticket of Marie with the next number.
pub fn opens(columns: &str, values: &str) -> String {
    format!(
        "update ticket_counters set last_number = last_number + 1; \
         insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, priority, created_at, \
           updated_at, sla_due_at, {columns}) \
         values (7, 3, 5, 'Marie', 'fr', 'Aide', 'low', now(), now(), now(), {values})"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_ticket_is_nobodys_or_its_categorys_agents() {
    let opens = |category: &str, state: &str, assignee: &str| {
        opens("category, state, assignee_id", &format!("'{category}', '{state}', {assignee}"))
    };
    expect(
        MARIE,
        &[
            (Done, &opens("billing", "open", "null")),
            (Done, &opens("billing", "in_progress", "6")),
            (Refused, &opens("billing", "open", "6")),
            (Refused, &opens("billing", "in_progress", "null")),
            (Refused, &opens("general", "in_progress", "6")),
            (Refused, &opens("technical", "in_progress", "8")),
            // She gets the category's tickets herself, but not her own.
            (Refused, &opens("bug", "in_progress", "5")),
            (Refused, &opens("billing", "resolved", "null")),
            (Refused, &opens("billing", "waiting_user", "6")),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_ticket_has_no_end_no_stars_and_a_plan_that_is_a_code() {
    let with = |column: &str, value: &str| {
        opens(&format!("category, state, {column}"), &format!("'general', 'open', {value}"))
    };
    expect(
        MARIE,
        &[
            (Done, &with("plan", "'free'")),
            (Refused, &with("plan", "''")),
            (Refused, &with("plan", "'Free as in beer'")),
            (Refused, &with("plan", "repeat('a', 51)")),
            (Refused, &with("rating, rated_at", "5, now()")),
            (Refused, &with("closed_by", "5")),
            (Refused, &with("auto_close_at", "now()")),
            (Refused, &with("resolved_at", "now()")),
            (Refused, &with("first_response_at", "now()")),
            (Refused, &with("sla_breached_at", "now()")),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_before_others_only_by_a_plan_that_is_held() {
    let by_plan = |plan: &str| {
        let opens = opens("category, state, plan, priority_by_plan", &format!("'general', 'open', '{plan}', true"));
        opens.replace("'low'", "'high'")
    };
    let database = Database::fresh().await;
    let mut owner = database.owner().await;
    run(&mut owner, SEED).await;
    run(
        &mut owner,
        "insert into plans (guild_id, code, name, support, created_at, updated_at)
           select 7, code, code, support, now(), now()
           from (values ('vip', 'vip'), ('gone', 'vip'), ('basic', 'normal'), ('ultra', 'vip')) p (code, support);
         insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at)
           select 7, 5, 'plan', plan, 'grant', plan, now() - interval '2 days', ends_at, now(), now()
           from (values ('vip', null), ('gone', now() - interval '1 day'), ('basic', null)) e (plan, ends_at);",
    )
    .await;
    let mut login = database.login().await;
    for (expected, plan) in
        [(Done, "vip"), (Refused, "gone"), (Refused, "basic"), (Refused, "ultra"), (Refused, "free")]
    {
        assert_eq!(outcome(&mut login, MARIE, &by_plan(plan)).await, expected, "{plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_takes_the_number_just_counted() {
    let with = |number: i64| {
        format!(
            "insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state, \
             created_at, updated_at, sla_due_at) \
             values (7, {number}, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now())"
        )
    };
    let counted = |number: i64| format!("update ticket_counters set last_number = last_number + 1; {}", with(number));
    expect(MARIE, &[(Done, &counted(3)), (Refused, &counted(4)), (Refused, &with(3)), (Refused, &with(1_000_000))])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_ticket_was_opened_with_stays() {
    for column in [
        "subject = 'x'",
        "opener_id = 14",
        "plan = 'gold'",
        "number = 9",
        "created_at = now()",
        "sla_breached_at = null",
    ] {
        for who in [MARIE, SAM] {
            expect(who, &[(Refused, &format!("update tickets set {column} where number = 1"))]).await;
        }
    }
    expect(SAM, &[(Done, "update tickets set assignee_id = 14, priority = 'high' where number = 1")]).await;
    expect(MARIE, &[(Refused, "update tickets set assignee_id = 5 where number = 1")]).await;
}

/// A message on a ticket of guild 7.
pub fn says(ticket: i64, opener: i64, author: i64, kind: &str, from_staff: bool) -> String {
    format!(
        "insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, \
         created_at) values (7, {ticket}, {opener}, {author}, 'X', '{kind}', {from_staff}, 'Bonjour', now())"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_has_one_opening_and_staff_speak_as_staff() {
    expect(
        MARIE,
        &[
            (Done, &says(1, 5, 5, "reply", false)),
            (Refused, &says(1, 5, 5, "opening", false)),
            (Refused, &says(1, 5, 5, "reply", true)),
            (Refused, &says(1, 5, 14, "reply", false)),
            (Refused, &says(2, 5, 5, "reply", false)),
        ],
    )
    .await;
    expect(
        SAM,
        &[
            (Done, &says(1, 5, 14, "reply", true)),
            (Done, &says(1, 5, 14, "note", true)),
            (Refused, &says(1, 5, 14, "reply", false)),
            (Refused, &says(1, 5, 14, "note", false)),
            (Refused, &says(1, 5, 14, "opening", true)),
            (Refused, &says(1, 5, 5, "reply", false)),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_with_a_message_of_ones_own() {
    let adds = |message: i64, internal: bool, state: &str| {
        format!(
            "insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, \
             content_type, size_bytes, state, created_at) \
             values (7, 1, {message}, 5, {internal}, 'a.png', 'image/png', 1, '{state}', now())"
        )
    };
    let stores = "insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, \
                  content_type, size_bytes, state, bytes, created_at) \
                  values (7, 1, 1, 5, false, 'a.png', 'image/png', 1, 'stored', 'x', now())";
    expect(
        MARIE,
        &[
            (Done, &adds(1, false, "pending")),
            (Done, &adds(1, false, "refused")),
            (Refused, &adds(1, true, "pending")),
            (Refused, &adds(2, false, "pending")),
            (Refused, &adds(3, false, "pending")),
            (Refused, &adds(1, false, "failed")),
            (Refused, stores),
        ],
    )
    .await;
    expect(
        SAM,
        &[
            (Done, &adds(2, true, "pending")),
            (Done, &adds(3, false, "pending")),
            // A file of a note stays inside.
            (Refused, &adds(2, false, "pending")),
            (Refused, &adds(3, true, "pending")),
            (Refused, &adds(1, false, "pending")),
        ],
    )
    .await;
}
