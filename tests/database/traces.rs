//! What the database refuses of what is left behind by a deed: lines of the audit, events, and what others are told.

use super::depth::Outcome::{Done, Refused};
use super::depth::{MARIE, SAM, expect};

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

/// A notice about a ticket of guild 7.
pub fn tells(kind: &str, ticket: &str, message: &str, recipient: &str) -> String {
    format!(
        "insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) \
         values (7, '{kind}', {ticket}, {message}, {recipient}, now(), now())"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_leaves_traces_of_his_own_deeds_on_his_own_tickets_only() {
    let mut cases = Vec::new();
    // A ticket that isn't closed wasn't, and one without stars got none: `forged` closes and rates it first.
    for (deed, line) in
        [("created", Done), ("replied", Done), ("closed", Refused), ("reopened", Done), ("rated", Refused)]
    {
        let [audit, event] = traces(7, "1", 5, deed, "null");
        cases.extend([(line, audit), (Done, event)]);
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
    let undone = ["created", "resolved", "closed"];
    for deed in
        ["created", "replied", "noted", "claimed", "assigned", "resolved", "closed", "reopened", "category_changed"]
    {
        // What he didn't do to the ticket stands in no line.
        let [audit, event] = traces(7, "2", 14, deed, "null");
        cases.extend([(if undone.contains(&deed) { Refused } else { Done }, audit), (Done, event)]);
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
