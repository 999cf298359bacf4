//! Queries of the outbox and of the event log.

use super::{Kind, Notice};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

pub(super) fn insert(tx: &mut Tx, notice: Notice, now: Timestamp) {
    tx.defer(
        "queuing a notice",
        sql("insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) \
             values (?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(notice.guild.as_i64())
        .bind::<Text, _>(notice.kind.as_str())
        .bind::<BigInt, _>(notice.ticket)
        .bind::<Nullable<BigInt>, _>(notice.message)
        .bind::<Nullable<BigInt>, _>(notice.recipient.map(UserId::as_i64))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

pub(super) fn insert_order_event(tx: &mut Tx, guild: GuildId, kind: &'static str, order: i64, now: Timestamp) {
    let actor = tx.actor().user().map(UserId::as_i64);
    tx.defer(
        "recording an event of the shop",
        sql("insert into events (guild_id, kind, order_number, actor_id, at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(kind)
            .bind::<BigInt, _>(order)
            .bind::<Nullable<BigInt>, _>(actor)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

pub(super) fn insert_event(tx: &mut Tx, guild: GuildId, kind: &'static str, ticket: Option<i64>, now: Timestamp) {
    let actor = tx.actor().user().map(UserId::as_i64);
    tx.defer(
        "recording an event",
        sql("insert into events (guild_id, kind, ticket_number, actor_id, at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(kind)
            .bind::<Nullable<BigInt>, _>(ticket)
            .bind::<Nullable<BigInt>, _>(actor)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    ticket_number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    message_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    recipient_id: Option<i64>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
}

/// A notice that this worker holds for the time of its lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Number of the outbox row: the source of nonces.
    pub id: i64,
    /// What to tell.
    pub notice: Notice,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

/// Claims at most `limit` due notices of these kinds until `until`, oldest first, one per ticket and kind at a time so that
/// a ticket's replies arrive in order; files have none, so they don't wait for one another. Acts as the system's *outbox* duty; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim(
    tx: &mut Tx,
    kinds: &[Kind],
    (now, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Claimed>> {
    let kinds: Vec<&'static str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let rows: Vec<ClaimedRow> = tx
        .load(
            "claiming notices",
            sql("with due as ( \
                   select o.id from outbox o \
                   where o.state = 'pending' and o.kind = any(?) and o.due_at <= ? and (o.lease_until is null or o.lease_until <= ?) \
                     and (o.kind = 'attachment' \
                          or not exists (select from outbox e where e.guild_id = o.guild_id \
                                         and e.ticket_number = o.ticket_number and e.kind = o.kind and e.id < o.id \
                                         and e.state = 'pending')) \
                   order by o.due_at, o.id limit ? for update skip locked) \
                 update outbox o set lease_until = ?, attempts = o.attempts + 1 from due where o.id = due.id \
                 returning o.id, o.guild_id, o.kind, o.ticket_number, o.message_id, o.recipient_id, o.attempts, \
                           o.created_at")
            .bind::<Array<Text>, _>(kinds)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    let mut claimed: Vec<Claimed> = rows.into_iter().filter_map(read).collect();
    claimed.sort_by_key(|row| row.id);
    Ok(claimed)
}

fn read(row: ClaimedRow) -> Option<Claimed> {
    Some(Claimed {
        id: row.id,
        notice: Notice {
            guild: GuildId::try_from(row.guild_id).ok()?,
            kind: Kind::from_word(&row.kind)?,
            ticket: row.ticket_number?,
            message: row.message_id,
            recipient: row.recipient_id.and_then(|id| UserId::try_from(id).ok()),
        },
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        created_at: row.created_at.to_jiff(),
    })
}

/// How a notice ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// By direct message.
    Dm,
    /// By a content-free ping with a private button, because direct messages are shut.
    Ping,
    /// In the staff channel.
    Channel,
    /// Nothing was left to do (a newer notice covers it, the ticket moved on).
    Unneeded,
    /// The bytes are stored.
    Stored,
    /// The message is gone.
    Removed,
    /// The message stays, because the bot may not delete it.
    Stays,
    /// The person's direct messages are shut; what it was about is found by a command.
    DmShut,
    /// The person's roles agree with what he holds.
    Right,
    /// The person is no member of the guild any more.
    Left,
    /// Who was to be told isn't of the team any more: the ticket was taken from him.
    Freed,
    /// It could not be delivered; the word says why and is shown to staff.
    Failed(&'static str),
}

impl Outcome {
    pub(super) const fn state(self) -> &'static str {
        if matches!(self, Self::Failed(_)) { "failed" } else { "done" }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Dm => "dm",
            Self::Ping => "ping",
            Self::Channel => "channel",
            Self::Unneeded => "unneeded",
            Self::Stored => "stored",
            Self::Removed => "removed",
            Self::Stays => "stays",
            Self::DmShut => "dm_shut",
            Self::Right => "right",
            Self::Left => "left",
            Self::Freed => "freed",
            Self::Failed(why) => why,
        }
    }
}

/// Marks a claimed notice as ended, at the commit.
pub fn finish(tx: &mut Tx, id: i64, outcome: Outcome, now: Timestamp) {
    tx.defer(
        "finishing a notice",
        sql("update outbox set state = ?, outcome = ?, done_at = ?, lease_until = null where id = ? and state = 'pending'")
            .bind::<Text, _>(outcome.state())
            .bind::<Text, _>(outcome.word())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(id),
    );
}

/// Gives a claimed notice back to be tried again at `due`, with the word that says why, at the commit.
pub fn retry(tx: &mut Tx, id: i64, due: Timestamp, why: &'static str) {
    tx.defer(
        "putting a notice off",
        sql("update outbox set due_at = ?, outcome = ?, lease_until = null where id = ? and state = 'pending'")
            .bind::<Timestamptz, _>(due.to_diesel())
            .bind::<Text, _>(why)
            .bind::<BigInt, _>(id),
    );
}

/// What became of a notice, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, serde::Deserialize)]
pub struct Delivery {
    /// The message of the ticket that was to be told.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub message_id: Option<i64>,
    /// Kind of notice.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// `pending`, `done` or `failed`.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// The word of [`Outcome`], or why it is put off.
    #[diesel(sql_type = Nullable<Text>)]
    pub outcome: Option<String>,
    /// How often it was tried.
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
}

/// The deliveries to the opener of one ticket, newest last, at most 200. Acts as staff; a member sees none.
///
/// # Errors
/// As [`Tx::load`].
pub async fn deliveries(tx: &mut Tx, guild: GuildId, ticket: i64) -> Result<Vec<Delivery>> {
    tx.load(
        "loading deliveries",
        sql("select message_id, kind, state, outcome, attempts from ( \
               select id, message_id, kind, state, outcome, attempts from outbox \
               where guild_id = ? and ticket_number = ? and kind in ('reply', 'state_change') \
               order by id desc limit 200) newest order by id")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(ticket),
    )
    .await
}

#[derive(QueryableByName)]
struct GuildRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
}

/// The guild from which a person was told something last by direct message, within the time that notices are kept. Acts as the
/// *outbox* duty.
///
/// # Errors
/// As [`Tx::first`].
pub async fn told_from(tx: &mut Tx, user: UserId) -> Result<Option<GuildId>> {
    let row: Option<GuildRow> = tx
        .first(
            "looking for the newest direct message",
            sql("select guild_id from outbox where recipient_id = ? and outcome = 'dm' order by done_at desc limit 1")
                .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    Ok(row.and_then(|row| GuildId::try_from(row.guild_id).ok()))
}

/// How much waits to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, QueryableByName)]
pub struct Backlog {
    /// Rows that wait, those of later included.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Rows whose time has come.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// For how long the oldest of those has been due, in seconds.
    #[diesel(sql_type = BigInt)]
    pub oldest_s: i64,
}

/// Counts what waits, over all guilds. Acts as the *outbox* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn backlog(tx: &mut Tx, now: Timestamp) -> Result<Backlog> {
    let counted = tx
        .first(
            "counting what waits to be told",
            sql("select count(*) as waiting, count(*) filter (where due_at <= now.at) as due, \
                 coalesce(extract(epoch from max(now.at) - min(due_at) filter (where due_at <= now.at)), 0)::bigint as oldest_s \
                 from outbox, (select ?::timestamptz as at) now where state = 'pending'")
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok(counted.unwrap_or_default())
}
