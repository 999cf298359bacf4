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

/// A line of the audit, and the same as an event.
pub fn traces(guild: i64, ticket: &str, actor: i64, deed: &str, new: &str) -> [String; 2] {
    [
        format!(
            "insert into ticket_audit (guild_id, ticket_number, actor_id, action, new_value, at) \
             values ({guild}, {ticket}, {actor}, '{deed}', {new}, now())"
        ),
        format!(
            "insert into events (guild_id, kind, ticket_number, actor_id, at) values ({guild}, '{deed}', {ticket}, {actor}, now())"
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_leaves_traces_of_his_own_deeds_on_his_own_tickets_only() {
    let mut cases = Vec::new();
    for deed in ["created", "replied", "closed", "reopened", "rated"] {
        cases.extend(traces(7, "1", 5, deed, "null").map(|statement| (Done, statement)));
        cases.extend(traces(7, "2", 5, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(7, "1", 9, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(7, "null", 5, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(7, "77", 5, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(8, "3", 5, deed, "null").map(|statement| (Refused, statement)));
    }
    for deed in ["noted", "claimed", "resolved", "priority_changed", "breached", "viewed", "listed", "invented"] {
        cases.extend(traces(7, "1", 5, deed, "null").map(|statement| (Refused, statement)));
    }
    let [assigned, event] = traces(7, "1", 5, "assigned", "'6'");
    let [elsewhere, _] = traces(7, "1", 5, "assigned", "'14'");
    cases.extend([(Done, assigned), (Done, event), (Refused, elsewhere)]);
    let cases: Vec<_> = cases.iter().map(|(outcome, statement)| (*outcome, statement.as_str())).collect();
    expect(MARIE, &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_leave_traces_on_tickets_of_their_guild_only() {
    let mut cases = Vec::new();
    for deed in
        ["created", "replied", "noted", "claimed", "assigned", "resolved", "closed", "reopened", "category_changed"]
    {
        cases.extend(traces(7, "2", 14, deed, "null").map(|statement| (Done, statement)));
        cases.extend(traces(7, "3", 14, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(8, "3", 14, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(7, "2", 6, deed, "null").map(|statement| (Refused, statement)));
        cases.extend(traces(7, "null", 14, deed, "null").map(|statement| (Refused, statement)));
    }
    for (deed, ticket) in [("viewed", "2"), ("history_read", "2"), ("file_read", "2"), ("listed", "null")] {
        let [line, event] = traces(7, ticket, 14, deed, "null");
        cases.extend([(Done, line), (Refused, event)]);
    }
    for deed in ["reminded", "breached", "invented", "listed"] {
        cases.extend(traces(7, "2", 14, deed, "null").map(|statement| (Refused, statement)));
    }
    let cases: Vec<_> = cases.iter().map(|(outcome, statement)| (*outcome, statement.as_str())).collect();
    expect(SAM, &cases).await;
}

/// A notice about a ticket of guild 7.
pub fn tells(kind: &str, ticket: &str, message: &str, recipient: &str) -> String {
    format!(
        "insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) \
         values (7, '{kind}', {ticket}, {message}, {recipient}, now(), now())"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_has_told_only_whom_his_deeds_concern() {
    expect(
        MARIE,
        &[
            (Done, &tells("card", "1", "null", "null")),
            (Done, &tells("attachment", "1", "1", "null")),
            (Done, &tells("assigned", "1", "null", "6")),
            (Refused, &tells("assigned", "1", "null", "14")),
            (Refused, &tells("assigned", "1", "null", "null")),
            (Refused, &tells("card", "1", "null", "9")),
            (Refused, &tells("card", "2", "null", "null")),
            (Refused, &tells("card", "77", "null", "null")),
            (Refused, &tells("card", "null", "null", "null")),
            (Refused, &tells("attachment", "1", "2", "null")),
            (Refused, &tells("attachment", "2", "4", "null")),
            (Refused, &tells("reply", "1", "3", "5")),
            (Refused, &tells("state_change", "1", "null", "5")),
            (Refused, &tells("sla_breach", "1", "null", "null")),
            (
                Refused,
                "insert into outbox (guild_id, kind, ticket_number, state, due_at, created_at, done_at) \
                       values (7, 'card', 1, 'done', now(), now(), now())",
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_have_told_only_the_opener_and_the_assignee() {
    expect(
        SAM,
        &[
            (Done, &tells("card", "2", "null", "null")),
            (Done, &tells("attachment", "1", "2", "null")),
            (Done, &tells("assigned", "1", "null", "6")),
            (Done, &tells("reply", "1", "3", "5")),
            (Done, &tells("state_change", "1", "null", "5")),
            (Refused, &tells("reply", "1", "3", "9")),
            (Refused, &tells("reply", "1", "1", "5")),
            (Refused, &tells("state_change", "2", "null", "5")),
            (Refused, &tells("assigned", "2", "null", "14")),
            (Refused, &tells("card", "3", "null", "null")),
            (Refused, &tells("sla_reminder", "1", "null", "null")),
        ],
    )
    .await;
}
