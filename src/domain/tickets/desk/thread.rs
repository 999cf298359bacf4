//! One ticket with pages of what was written and done, and what became of what its opener was told.

use super::super::files::{Attachment, FileState};
use super::super::service::{UNSEEN, staff_only};
use super::super::store::{self, TicketRow, Trace};
use super::super::{Deed as TicketDeed, DisplayName, Message, MessageKind, Step, Ticket};
use crate::db::{Statement, Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;

type Time = jiff_diesel::Timestamp;

/// A message with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The message.
    pub message: Message,
    /// What became of telling its opener, where he was to be told.
    pub told: Option<Told>,
}

/// What became of telling somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `pending`, `done` or `failed`.
    pub state: String,
    /// How, or why not: a fixed word.
    pub outcome: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

/// A page of what was written, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The messages.
    pub letters: Vec<Letter>,
    /// Before which message the next older page ends, if there is one.
    pub older: Option<i64>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Its number.
    pub id: i64,
    /// Who; `None` where the clock acted.
    pub by: Option<UserId>,
    /// What: a fixed word.
    pub deed: String,
    /// What was there before.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// How often somebody looked at a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// Who.
    pub by: UserId,
    /// How often.
    pub times: i64,
    /// When last.
    pub last: Timestamp,
}

/// What somebody does who only looks.
const LOOKS: [TicketDeed; 2] = [TicketDeed::Viewed, TicketDeed::HistoryRead];

#[derive(QueryableByName)]
struct LooksRow {
    #[diesel(sql_type = BigInt)]
    actor_id: i64,
    #[diesel(sql_type = BigInt)]
    times: i64,
    #[diesel(sql_type = Timestamptz)]
    last: Time,
}

#[derive(QueryableByName)]
struct LookRow {
    #[diesel(embed)]
    ticket: TicketRow,
    #[diesel(sql_type = Nullable<Text>)]
    plan_name: Option<String>,
    #[diesel(sql_type = BigInt)]
    messages: i64,
}

#[derive(QueryableByName)]
struct MessageRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    author_id: i64,
    #[diesel(sql_type = Text)]
    author_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    from_staff: bool,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: Time,
    #[diesel(sql_type = Nullable<Text>)]
    told: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    outcome: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    told_at: Option<Time>,
}

#[derive(QueryableByName)]
struct FileRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    message_id: i64,
    #[diesel(sql_type = Text)]
    file_name: String,
    #[diesel(sql_type = BigInt)]
    size_bytes: i64,
    #[diesel(sql_type = Text)]
    state: String,
}

#[derive(QueryableByName)]
struct DeedRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<i64>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Nullable<Text>)]
    old_value: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    new_value: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    at: Time,
}

/// A ticket, its plan's name and how many messages it has; where `audited`, that staff looked is written down.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for one that the actor can't see.
pub async fn look(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    audited: bool,
    now: Timestamp,
) -> Result<(Ticket, Option<String>, i64)> {
    staff_only(tx, "ticket_view")?;
    let row: Option<LookRow> = tx
        .first(
            "looking at a ticket from a desk",
            sql("select t.*, (select p.name from plans p where p.guild_id = t.guild_id and p.code = t.plan) as plan_name, \
                   (select count(*) from ticket_messages m where m.guild_id = t.guild_id and m.ticket_number = t.number) as messages \
                 from tickets t where t.guild_id = ? and t.number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    let row = row.ok_or(UNSEEN)?;
    if audited {
        store::audit(tx, guild, Some(number), Trace { deed: TicketDeed::Viewed, old: None, new: None }, now);
    }
    Ok((row.ticket.read()?, row.plan_name, row.messages))
}

const MESSAGES: &str = "select n.id, n.author_id, n.author_name, n.kind, n.from_staff, n.body, n.created_at, \
   o.state as told, o.outcome, o.done_at as told_at \
 from ticket_messages n left join lateral (select b.state, b.outcome, b.done_at from outbox b \
   where b.guild_id = n.guild_id and b.ticket_number = n.ticket_number and b.message_id = n.id and b.kind = 'reply' \
   order by b.id desc limit 1) o on n.kind = 'reply' and n.from_staff \
 where n.guild_id = ? and n.ticket_number = ?";

async fn read(tx: &mut Tx, (guild, number): (GuildId, i64), statement: Statement) -> Result<Vec<Letter>> {
    let rows: Vec<MessageRow> = tx.load("reading messages for a desk", statement).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let files: Vec<FileRow> = tx
        .load(
            "reading the files of messages",
            sql("select id, message_id, file_name, size_bytes, state from ticket_attachments \
                 where guild_id = ? and ticket_number = ? and message_id = any(?) order by id limit 1000")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<Array<BigInt>, _>(ids),
        )
        .await?;
    rows.into_iter().map(|row| one(row, &files)).collect()
}

fn one(row: MessageRow, files: &[FileRow]) -> Result<Letter> {
    let attachment = |file: &FileRow| Attachment {
        id: file.id,
        name: file.file_name.clone(),
        size: u64::try_from(file.size_bytes).unwrap_or(0),
        state: FileState::from_word(&file.state).unwrap_or(FileState::Failed),
    };
    let told = row.told.map(|state| Told { state, outcome: row.outcome, at: row.told_at.map(|at| at.to_jiff()) });
    Ok(Letter {
        message: Message {
            id: row.id,
            author: UserId::try_from(row.author_id).internal("reading a message")?,
            author_name: DisplayName::new(&row.author_name),
            kind: MessageKind::from_word(&row.kind).unwrap_or(MessageKind::Note),
            from_staff: row.from_staff,
            body: row.body,
            created_at: row.created_at.to_jiff(),
            attachments: files.iter().filter(|file| file.message_id == row.id).map(attachment).collect(),
        },
        told,
    })
}

/// A page of at most `limit` messages, the newest or those before one.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn letters(tx: &mut Tx, whose: (GuildId, i64), (before, limit): (Option<i64>, usize)) -> Result<Posting> {
    staff_only(tx, "ticket_view")?;
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let statement = sql(MESSAGES).bind::<BigInt, _>(whose.0.as_i64()).bind::<BigInt, _>(whose.1);
    let statement = match before {
        Some(before) => statement.then(" and n.id < ?").bind::<BigInt, _>(before),
        None => statement,
    };
    let statement = statement.then(" order by n.id desc limit ?").bind::<BigInt, _>(one_more);
    let mut letters = read(tx, whose, statement).await?;
    let more = letters.len() > limit;
    letters.truncate(limit);
    letters.reverse();
    let older = letters.first().filter(|_| more).map(|oldest| oldest.message.id);
    Ok(Posting { letters, older })
}

/// One message.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for one that isn't the ticket's.
pub async fn letter(tx: &mut Tx, whose: (GuildId, i64), id: i64) -> Result<Letter> {
    staff_only(tx, "ticket_view")?;
    let statement = sql(MESSAGES)
        .bind::<BigInt, _>(whose.0.as_i64())
        .bind::<BigInt, _>(whose.1)
        .then(" and n.id = ?")
        .bind::<BigInt, _>(id);
    read(tx, whose, statement).await?.into_iter().next().ok_or(UNSEEN)
}

/// Keeps a ticket from changing until the commit.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for one that the actor can't see.
pub async fn hold(tx: &mut Tx, step: &Step<'_>) -> Result<Ticket> {
    store::lock(tx, step.guild, step.number).await?.ok_or(UNSEEN)?.ticket.read()
}

/// The newest answer by another member of staff behind the message that was seen last, if there is one.
///
/// # Errors
/// As [`Tx::load`].
pub async fn answered_meanwhile(tx: &mut Tx, whose: (GuildId, i64), seen: i64) -> Result<Option<Letter>> {
    let me = tx.actor().user().map_or(0, UserId::as_i64);
    let statement = sql(MESSAGES)
        .bind::<BigInt, _>(whose.0.as_i64())
        .bind::<BigInt, _>(whose.1)
        .then(" and n.id > ? and n.from_staff and n.kind = 'reply' and n.author_id <> ? order by n.id desc limit 1")
        .bind::<BigInt, _>(seen)
        .bind::<BigInt, _>(me);
    Ok(read(tx, whose, statement).await?.into_iter().next())
}

/// A page of at most `limit` lines of what was done but looks, the newest first, and whether there are more; that it was read is
/// audited.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for a ticket that the actor can't see.
pub async fn done(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    (before, limit): (Option<i64>, usize),
    now: Timestamp,
) -> Result<(Vec<Deed>, bool)> {
    staff_only(tx, "ticket_history")?;
    store::find(tx, guild, number).await?.ok_or(UNSEEN)?;
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows: Vec<DeedRow> = tx
        .load(
            "reading what was done",
            sql("select id, actor_id, action, old_value, new_value, at from ticket_audit \
                 where guild_id = ? and ticket_number = ? and id < ? and action <> all(?) order by id desc limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(before.unwrap_or(i64::MAX))
            .bind::<Array<Text>, _>(LOOKS.map(TicketDeed::as_str).to_vec())
            .bind::<BigInt, _>(one_more),
        )
        .await?;
    store::audit(tx, guild, Some(number), Trace { deed: TicketDeed::HistoryRead, old: None, new: None }, now);
    let deed = |row: DeedRow| Deed {
        id: row.id,
        by: row.actor_id.and_then(|id| UserId::try_from(id).ok()),
        deed: row.action,
        old: row.old_value,
        new: row.new_value,
        at: row.at.to_jiff(),
    };
    let more = rows.len() > limit;
    Ok((rows.into_iter().take(limit).map(deed).collect(), more))
}

/// Who looked at a ticket or its history, how often, and when last: whoever did it lately first, at most `limit`. Each look stands in
/// the audit. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn looks(tx: &mut Tx, (guild, number): (GuildId, i64), limit: i64) -> Result<Vec<Looks>> {
    staff_only(tx, "ticket_history")?;
    let statement = sql("select actor_id, count(*) as times, max(at) as last from ticket_audit \
         where guild_id = ? and ticket_number = ? and action = any(?) and actor_id is not null \
         group by actor_id order by last desc, actor_id limit ?")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(number)
    .bind::<Array<Text>, _>(LOOKS.map(TicketDeed::as_str).to_vec())
    .bind::<BigInt, _>(limit);
    let rows: Vec<LooksRow> = tx.load("reading who looked at a ticket", statement).await?;
    let looks = |row: LooksRow| {
        Some(Looks { by: UserId::try_from(row.actor_id).ok()?, times: row.times, last: row.last.to_jiff() })
    };
    Ok(rows.into_iter().filter_map(looks).collect())
}

#[derive(QueryableByName)]
struct Agent {
    #[diesel(sql_type = BigInt)]
    agent: i64,
}

/// Who had or has one of the newest five hundred tickets.
///
/// # Errors
/// As [`Tx::load`].
pub async fn staff_seen(tx: &mut Tx, guild: GuildId) -> Result<Vec<UserId>> {
    staff_only(tx, "ticket_list")?;
    let rows: Vec<Agent> = tx
        .load(
            "looking who has tickets",
            sql(
                "select distinct n.assignee_id as agent from (select t.assignee_id from tickets t where t.guild_id = ? \
                 order by t.number desc limit 500) n where n.assignee_id is not null",
            )
            .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| UserId::try_from(row.agent).ok()).collect())
}
