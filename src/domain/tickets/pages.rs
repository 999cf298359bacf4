//! Queries that show tickets: one, a page of them, the ones that fit what is being typed, the audit.
//!
//! A member's conditions name him, although the policies beneath would hide the rest: neither wall trusts the other.

use super::reading::{Among, Assigned, Cursor, Filter, Standing};
use super::store::{TicketRow, viewer};
use crate::db::{Statement, Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use serde::Deserialize;

/// A ticket with what stands around it, as JSON.
#[derive(QueryableByName)]
pub(super) struct ViewRow {
    #[diesel(embed)]
    pub ticket: TicketRow,
    #[diesel(sql_type = Nullable<Text>)]
    pub plan_name: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = Jsonb)]
    pub messages: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    pub files: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    pub deliveries: serde_json::Value,
    #[diesel(sql_type = Bool)]
    pub called: bool,
}

#[derive(Deserialize)]
pub(super) struct MessageRow {
    pub id: i64,
    pub author_id: i64,
    pub author_name: String,
    pub kind: String,
    pub from_staff: bool,
    pub body: String,
    pub created_at: Timestamp,
}

#[derive(Deserialize)]
pub(super) struct FileRow {
    pub id: i64,
    pub message_id: i64,
    pub file_name: String,
    pub size_bytes: i64,
    pub state: String,
}

/// What a member sees of his ticket: never a note, no deliveries.
const MEMBER_VIEW: &str = "select t.*, \
  (select p.name from plans p where p.guild_id = t.guild_id and p.code = t.plan) as plan_name, \
  (select count(*) from ticket_messages c where c.guild_id = t.guild_id and c.ticket_number = t.number \
     and c.kind <> 'note') as total, \
  (select coalesce(jsonb_agg(m order by m.id), '[]') from ( \
     select n.id, n.author_id, n.author_name, n.kind, n.from_staff, n.body, n.created_at from ticket_messages n \
     where n.guild_id = t.guild_id and n.ticket_number = t.number and n.kind <> 'note' \
     order by n.id desc limit ? offset ?) m) as messages, \
  (select coalesce(jsonb_agg(f order by f.id), '[]') from ( \
     select a.id, a.message_id, a.file_name, a.size_bytes, a.state from ticket_attachments a \
     where a.guild_id = t.guild_id and a.ticket_number = t.number and not a.internal \
     order by a.id desc limit 100) f) as files, \
  '[]'::jsonb as deliveries, \
  exists (select from ticket_calls k where k.guild_id = t.guild_id and k.ticket_number = t.number) as called \
  from tickets t where t.guild_id = ? and t.number = ? and t.opener_id = ?";

/// What staff see: notes too, and what became of what the opener was told.
const STAFF_VIEW: &str = "select t.*, \
  (select p.name from plans p where p.guild_id = t.guild_id and p.code = t.plan) as plan_name, \
  (select count(*) from ticket_messages c where c.guild_id = t.guild_id and c.ticket_number = t.number) as total, \
  (select coalesce(jsonb_agg(m order by m.id), '[]') from ( \
     select n.id, n.author_id, n.author_name, n.kind, n.from_staff, n.body, n.created_at from ticket_messages n \
     where n.guild_id = t.guild_id and n.ticket_number = t.number order by n.id desc limit ? offset ?) m) as messages, \
  (select coalesce(jsonb_agg(f order by f.id), '[]') from ( \
     select a.id, a.message_id, a.file_name, a.size_bytes, a.state from ticket_attachments a \
     where a.guild_id = t.guild_id and a.ticket_number = t.number order by a.id desc limit 100) f) as files, \
  (select coalesce(jsonb_agg(d order by d.id), '[]') from ( \
     select o.id, o.message_id, o.kind, o.state, o.outcome, o.attempts from outbox o \
     where o.guild_id = t.guild_id and o.ticket_number = t.number and o.kind in ('reply', 'state_change') \
     order by o.id desc limit 200) d) as deliveries, \
  exists (select from ticket_calls k where k.guild_id = t.guild_id and k.ticket_number = t.number) as called \
  from tickets t where t.guild_id = ? and t.number = ?";

/// Reads a ticket with one page of its messages, the newest page first.
pub(super) async fn view(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    limit: i64,
    offset: i64,
) -> Result<Option<ViewRow>> {
    let viewer = viewer(tx);
    let statement = sql(if viewer.is_some() { MEMBER_VIEW } else { STAFF_VIEW })
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number);
    let statement = match viewer {
        Some(opener) => statement.bind::<BigInt, _>(opener),
        None => statement,
    };
    tx.first("viewing a ticket", statement).await
}

/// Reads at most `limit` tickets beside the cursor; the newest first, except that the ones after a cursor come nearest
/// first.
pub(super) async fn list(
    tx: &mut Tx,
    guild: GuildId,
    filter: &Filter,
    cursor: Cursor,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    let mut statement = sql("select t.* from tickets t where t.guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    if let Some(opener) = viewer(tx) {
        statement = statement.then(" and t.opener_id = ?").bind::<BigInt, _>(opener);
    }
    statement = match filter.standing {
        Standing::Any => statement,
        Standing::Active => statement.then(" and t.state <> 'closed'"),
        Standing::In(state) => statement.then(" and t.state = ?").bind::<Text, _>(state.as_str()),
    };
    if let Some(priority) = filter.priority {
        statement = statement.then(" and t.priority = ?").bind::<Text, _>(priority.as_str());
    }
    if let Some(category) = filter.category {
        statement = statement.then(" and t.category = ?").bind::<Text, _>(category.as_str());
    }
    statement = match filter.assigned {
        Assigned::Any => statement,
        Assigned::Nobody => statement.then(" and t.assignee_id is null"),
        Assigned::To(agent) => statement.then(" and t.assignee_id = ?").bind::<BigInt, _>(agent.as_i64()),
    };
    tx.load("listing tickets", beside(statement, cursor).bind::<BigInt, _>(limit)).await
}

fn beside(statement: Statement, cursor: Cursor) -> Statement {
    match cursor {
        Cursor::Newest => statement.then(" order by t.number desc limit ?"),
        Cursor::Before(number) => {
            statement.then(" and t.number < ? order by t.number desc limit ?").bind::<BigInt, _>(number)
        }
        Cursor::After(number) => {
            statement.then(" and t.number > ? order by t.number limit ?").bind::<BigInt, _>(number)
        }
    }
}

/// A ticket by its number and subject.
#[derive(QueryableByName)]
pub(super) struct HintRow {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Text)]
    pub category: String,
    #[diesel(sql_type = Text)]
    pub state: String,
}

/// How many of the newest tickets are searched for words: a bound on what one keystroke may cost.
const SEARCHED: i64 = 500;

/// Narrows suggestions down to the tickets that the actor may mean; the table is called `t`.
fn meant(tx: &Tx, statement: Statement, among: Among) -> Statement {
    let viewer = viewer(tx);
    let statement = match viewer {
        Some(opener) => statement.then(" and t.opener_id = ?").bind::<BigInt, _>(opener),
        None => statement,
    };
    match (among, viewer) {
        (Among::Usual, Some(_)) => statement,
        (Among::Usual, None) => statement.then(" and t.state <> 'closed'"),
        (Among::Ended, _) => statement.then(" and t.state in ('resolved', 'closed')"),
    }
}

/// The newest tickets whose subject holds all the words, in lower case.
pub(super) async fn with_words(
    tx: &mut Tx,
    guild: GuildId,
    among: Among,
    words: Vec<String>,
    limit: i64,
) -> Result<Vec<HintRow>> {
    let statement = sql("select n.number, n.subject, n.category, n.state from ( \
                           select t.number, t.subject, t.category, t.state from tickets t where t.guild_id = ?")
    .bind::<BigInt, _>(guild.as_i64());
    let statement = meant(tx, statement, among)
        .then(
            " order by t.number desc limit ?) n where not exists (select from unnest(?) as w (word) \
               where strpos(lower(n.subject), w.word) = 0) order by n.number desc limit ?",
        )
        .bind::<BigInt, _>(SEARCHED)
        .bind::<Array<Text>, _>(words)
        .bind::<BigInt, _>(limit);
    tx.load("searching tickets by words", statement).await
}

/// The newest tickets whose number lies in one of the ranges.
pub(super) async fn in_ranges(
    tx: &mut Tx,
    guild: GuildId,
    among: Among,
    (lows, highs): (Vec<i64>, Vec<i64>),
    limit: i64,
) -> Result<Vec<HintRow>> {
    // Ranges rather than a pattern on the text of the number: each is a short stretch of an index.
    let statement = sql("select f.number, f.subject, f.category, f.state from unnest(?, ?) as r (low, high) \
                         cross join lateral (select t.number, t.subject, t.category, t.state from tickets t \
                           where t.guild_id = ? and t.number between r.low and r.high")
    .bind::<Array<BigInt>, _>(lows)
    .bind::<Array<BigInt>, _>(highs)
    .bind::<BigInt, _>(guild.as_i64());
    let statement = meant(tx, statement, among)
        .then(" order by t.number desc limit ?) f order by f.number limit ?")
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(limit);
    tx.load("searching tickets by number", statement).await
}

/// A line of the audit.
#[derive(QueryableByName)]
pub(super) struct AuditRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    pub actor_id: Option<i64>,
    #[diesel(sql_type = Text)]
    pub action: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub old_value: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub new_value: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: jiff_diesel::Timestamp,
}

/// A stretch of a ticket's audit, the newest line first. Staff only: a member's role can't read the table.
pub(super) async fn audit(tx: &mut Tx, guild: GuildId, number: i64, limit: i64, offset: i64) -> Result<Vec<AuditRow>> {
    tx.load(
        "reading the audit",
        sql("select actor_id, action, old_value, new_value, at from ticket_audit \
             where guild_id = ? and ticket_number = ? order by id desc limit ? offset ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset),
    )
    .await
}

#[derive(QueryableByName)]
struct Lines {
    #[diesel(sql_type = BigInt)]
    lines: i64,
}

/// How many lines a ticket's audit has.
pub(super) async fn audit_lines(tx: &mut Tx, guild: GuildId, number: i64) -> Result<i64> {
    let counted: Option<Lines> = tx
        .first(
            "counting the audit",
            sql("select count(*) as lines from ticket_audit where guild_id = ? and ticket_number = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(counted.map_or(0, |counted| counted.lines))
}

/// A user's id as the database keeps it.
pub(super) fn user(id: i64) -> Option<UserId> {
    UserId::try_from(id).ok()
}
