//! What the database refuses of a member at the end of his own ticket, of times and addresses, and of a login without a role.

use super::depth::Outcome::{Done, Refused};
use super::depth::{MARIE, SAM, expect};
use crate::support::db::Database;

/// The login with an identity that took no role.
const BARE: &str = "select set_config('app.guild_id', '7', true), set_config('app.user_id', '5', true), \
                    set_config('app.rank', '', true);";

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_took_no_role_counts_by_one_too() {
    let opens = |number: i64| {
        format!(
            "insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state, \
               created_at, updated_at, sla_due_at) \
             values (7, {number}, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now())"
        )
    };
    let next = format!("update ticket_counters set last_number = last_number + 1; {}", opens(3));
    expect(
        BARE,
        &[
            (Done, &next),
            (Refused, "update ticket_counters set last_number = 1000000"),
            (Refused, "update ticket_counters set last_number = 0"),
            (Refused, &opens(777)),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_ends_his_ticket_in_his_own_name_and_rates_it_at_the_end() {
    let closes = |by: &str| format!("update tickets set state = 'closed', closed_at = now(), closed_by = {by}");
    let again = format!("{}; update tickets set rating = 5, rated_at = now()", closes("5"));
    let goes_on = format!("{again}; update tickets set state = 'open', closed_at = null, closed_by = null");
    expect(
        MARIE,
        &[
            (Done, &closes("5")),
            (Done, &again),
            (Done, &goes_on),
            (Refused, &closes("14")),
            (Refused, &closes("null")),
            (Refused, &format!("{}; update tickets set closed_by = null", closes("5"))),
            (Refused, "update tickets set rating = 5, rated_at = now()"),
        ],
    )
    .await;
    let resolves = "update tickets set state = 'resolved', resolved_at = now()";
    expect(
        SAM,
        &[
            (Refused, &closes("null")),
            (Refused, &format!("{resolves}; update tickets set rating = 5, rated_at = now()")),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rank_that_does_not_exist_is_none() {
    let nobody = "select set_config('role', 'maxis_staff', true), set_config('app.guild_id', '7', true), \
                  set_config('app.user_id', '99', true), set_config('app.rank', 'zzz', true);";
    expect(nobody, &[(Done, "select 1 / (case when exists (select from tickets) then 0 else 1 end)")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_ones_own_does_not_stand_for_the_counter() {
    let opens = "insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state, \
                   created_at, updated_at, sla_due_at) \
                 values (7, 999, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now())";
    let own = format!(
        "create temp table ticket_counters (guild_id bigint, last_number bigint); \
         insert into pg_temp.ticket_counters values (7, 999); {opens}"
    );
    expect(BARE, &[(Refused, &own)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_took_no_role_ends_a_ticket_as_a_member_does() {
    let closes = |by: &str| format!("update tickets set state = 'closed', closed_at = now(), closed_by = {by}");
    for who in [MARIE, BARE] {
        expect(
            who,
            &[
                (Done, &closes("5")),
                (Done, &format!("{}; update tickets set rating = 5, rated_at = now()", closes("5"))),
                (Refused, &closes("14")),
                (Refused, &closes("null")),
                (Refused, "update tickets set rating = 5, rated_at = now()"),
                (Refused, "update tickets set first_response_at = now()"),
                (Refused, "update tickets set priority = 'critical'"),
                (Refused, "update tickets set category = 'bug'"),
                (Refused, "update tickets set assignee_id = 14"),
                (Refused, "update tickets set sla_breached_at = now()"),
            ],
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_close_in_their_own_name_and_do_the_rest_of_their_work() {
    let closes = |by: &str| format!("update tickets set state = 'closed', closed_at = now(), closed_by = {by}");
    expect(
        SAM,
        &[
            (Done, &closes("14")),
            (Refused, &closes("6")),
            (Refused, &closes("null")),
            (Done, "update tickets set first_response_at = now(), priority = 'critical', assignee_id = 14 where number = 1"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stars_are_given_by_who_opened_the_ticket_whatever_his_rank() {
    let rates = "update tickets set state = 'resolved', resolved_at = now() where number = 1; \
                 update tickets set rating = 5, rated_at = now() where number = 1";
    expect(SAM, &[(Refused, rates)]).await;
    let opener = format!("{SAM} select set_config('app.user_id', '5', true);");
    expect(&opener, &[(Done, rates)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_closes_in_nobodys_name() {
    let clock = "select set_config('role', 'maxis_worker', true), set_config('app.guild_id', '', true), \
                 set_config('app.user_id', '', true), set_config('app.rank', '', true), set_config('app.duty', 'schedule', true);";
    expect(clock, &[(Done, "update tickets set state = 'closed', closed_at = now() where number = 1")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_columns_of_a_member_are_those_that_his_role_may_update() {
    let database = Database::fresh().await;
    let others = "select count(*) as n from (select column_name::text from information_schema.column_privileges \
                  where table_name = 'tickets' and grantee = 'maxis_member' and privilege_type = 'UPDATE') granted \
                  full join unnest(app.members_columns()) own on own = column_name where own is null or column_name is null";
    assert_eq!(database.count(others).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_time_is_endless() {
    for column in ["updated_at", "sla_due_at", "sla_reminder_at", "auto_close_at"] {
        let later = format!("update tickets set {column} = now()");
        let never = format!("update tickets set {column} = 'infinity'");
        let ever = format!("update tickets set {column} = '-infinity'");
        expect(MARIE, &[(Done, &later), (Refused, &never), (Refused, &ever)]).await;
    }
    expect(
        MARIE,
        &[(
            Refused,
            "insert into outbox (guild_id, kind, ticket_number, due_at, created_at) values (7, 'card', 1, 'infinity', now())",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_from_discord_only() {
    let from = |address: &str| {
        format!(
            "insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, content_type, \
               size_bytes, state, source_url, created_at) \
             values (7, 1, 1, 5, false, 'a.png', 'image/png', 1, 'pending', '{address}', now())"
        )
    };
    expect(
        MARIE,
        &[
            (Done, &from("https://cdn.discordapp.com/attachments/1/2/a.png")),
            (Done, &from("https://media.discordapp.net/attachments/1/2/a.png")),
            (Done, &from("http://127.0.0.1:4010/attachments/1/2/a.png")),
            (Refused, &from("http://cdn.discordapp.com/a.png")),
            (Refused, &from("https://cdn.discordapp.com.evil.example/a.png")),
            (Refused, &from("https://cdn.discordapp.com@evil.example/a.png")),
            (Refused, &from("http://127.0.0.1:80@evil.example/a.png")),
            (Refused, &from("http://169.254.169.254/latest/meta-data")),
            (Refused, &from("http://10.0.0.1/a.png")),
        ],
    )
    .await;
}
