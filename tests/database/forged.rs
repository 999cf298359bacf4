//! What the database refuses of an identity that would forge: times that the program can't read, another's message to delete,
//! a plan that isn't held, ids from further on, deeds that weren't done.

use super::depth::Outcome::{Done, Refused};
use super::depth::{MARIE, SAM, expect};
use crate::support::db::Database;

/// Marie's reply on her ticket.
fn says(id: &str, at: &str) -> String {
    format!(
        "insert into ticket_messages (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, from_staff, body, created_at) \
         values (7, 1, {id}, 5, 5, 'Marie', 'reply', false, 'Oui', {at})"
    )
}

fn audited(action: &str, new: &str, at: &str) -> String {
    format!(
        "insert into ticket_audit (guild_id, ticket_number, actor_id, action, old_value, new_value, at) \
         values (7, 1, 5, '{action}', null, {new}, {at})"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_time_of_every_table_is_one_that_the_program_reads() {
    let database = Database::fresh().await;
    let unread = "select count(*) as n from pg_attribute a join pg_class c on c.oid = a.attrelid \
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '\\_\\_%' \
          and a.atttypid = 'timestamptz'::regtype and a.attnum > 0 and not a.attisdropped \
          and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey) \
                          and pg_get_constraintdef(k.oid) ~ ('\\m' || a.attname || ' < ''9999-01-01'))";
    assert_eq!(
        database.count(unread).await,
        0,
        "columns that take a time of the year 20000: add them as migration 36 does"
    );
    let due = |due: &str, created: &str| {
        format!(
            "insert into outbox (guild_id, kind, ticket_number, due_at, created_at) values (7, 'card', 1, {due}, {created})"
        )
    };
    let far = "'20000-01-01'";
    expect(
        MARIE,
        &[
            (Done, &due("now()", "now()")),
            (Refused, &due(far, "now()")),
            (Refused, &due("now()", far)),
            (Refused, "update tickets set updated_at = '20000-01-01'"),
            (Done, &says("nextval('ticket_messages_id_seq')", "now()")),
            (Refused, &says("nextval('ticket_messages_id_seq')", far)),
            (Refused, &says("nextval('ticket_messages_id_seq')", "'4000-01-01 BC'")),
            (Refused, &audited("replied", "null", "'infinity'")),
            (
                Refused,
                "insert into events (guild_id, kind, ticket_number, actor_id, at) values (7, 'replied', 1, 5, 'infinity')",
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_says_who_asks_for_it() {
    let removal = |asked: &str| {
        format!(
            "insert into outbox (guild_id, kind, recipient_id, posted_channel_id, posted_message_id, due_at, created_at) \
             values (7, 'removal', {asked}, 1, 2, now(), now())"
        )
    };
    expect(MARIE, &[(Done, &removal("5")), (Refused, &removal("null")), (Refused, &removal("14"))]).await;
    expect(SAM, &[(Done, &removal("14")), (Refused, &removal("null")), (Refused, &removal("5"))]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_bears_the_plan_that_its_opener_holds() {
    let opens = |plan: &str| {
        format!(
            "update ticket_counters set last_number = last_number + 1; \
             insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, priority, \
               state, created_at, updated_at, sla_due_at) \
             values (7, 3, 5, 'Marie', 'fr', '{plan}', 'Aide', 'general', 'low', 'open', now(), now(), now())"
        )
    };
    expect(MARIE, &[(Done, &opens("free")), (Refused, &opens("ultra")), (Refused, &opens("no-such-plan"))]).await;
    let first = "update tickets set priority = 'high', priority_by_plan = true where number = 1";
    expect(SAM, &[(Done, "update tickets set priority = 'high' where number = 1"), (Refused, first)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_takes_an_id_that_was_given_out() {
    let ahead = says("currval('ticket_messages_id_seq') + 1", "now()");
    expect(
        MARIE,
        &[
            (Done, &says("nextval('ticket_messages_id_seq')", "now()")),
            (Refused, &format!("select nextval('ticket_messages_id_seq'); {ahead}")),
            (Refused, &says("1000000", "now()")),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_holds_what_was_done() {
    let closes = "update tickets set state = 'closed', closed_at = now(), closed_by = 5";
    let rates = format!("{closes}; update tickets set rating = 4, rated_at = now()");
    let twice = format!("{0}; {0}", audited("created", "'billing low'", "now()"));
    expect(
        MARIE,
        &[
            (Done, &audited("created", "'billing low'", "now()")),
            (Refused, &twice),
            (Done, &audited("replied", "'in_progress'", "now()")),
            (Refused, &audited("replied", "'in_progress'", "'2001-01-01'")),
            (Refused, &audited("closed", "'closed'", "now()")),
            (Done, &format!("{closes}; {}", audited("closed", "'closed'", "now()"))),
            (Refused, &format!("{closes}; {}", audited("reopened", "'open'", "now()"))),
            (Refused, &audited("rated", "'5'", "now()")),
            (Done, &format!("{rates}; {}", audited("rated", "'4'", "now()"))),
            (Refused, &format!("{rates}; {}", audited("rated", "'1'", "now()"))),
        ],
    )
    .await;
}
