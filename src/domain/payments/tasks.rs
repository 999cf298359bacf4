//! The queue of what must be asked or told the provider: one row an object.
//!
//! Whoever has a reason to look at an object *asks* for it; many reasons make one look. A worker claims with a lease, talks to
//! the provider outside any transaction, and ends the task in the transaction of what it found: [`finish`] fails there when
//! the lease was lost meanwhile, so nothing old is written over something newer. What was asked for while a worker looked is
//! looked at again. Acts as the *payments* duty throughout.

use crate::db::{Tx, sql};
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Look at a checkout.
    Session,
    /// Look at a subscription and its invoices.
    Subscription,
    /// Look at a payment.
    Payment,
    /// Send a refund, by our own number.
    Refund,
    /// Make a checkout unpayable.
    Expire,
    /// End a subscription now.
    Cancel,
    /// Set a customer's credit back, by our own key.
    Reclaim,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Session, Self::Subscription, Self::Payment, Self::Refund, Self::Expire, Self::Cancel, Self::Reclaim];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Subscription => "subscription",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Expire => "expire",
            Self::Cancel => "cancel",
            Self::Reclaim => "reclaim",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Asks for an object to be looked at, at the commit; `guild` where it is known.
pub fn ask(tx: &mut Tx, kind: Kind, object: &str, guild: Option<GuildId>, now: Timestamp) {
    tx.defer(
        "asking for a look at the provider",
        sql("insert into payment_tasks as t (kind, object, guild_id, due_at, created_at) values (?, ?, ?, ?, ?) \
             on conflict (kind, object) do update set version = t.version + 1, state = 'pending', attempts = 0, \
               due_at = case when t.state = 'pending' then least(t.due_at, excluded.due_at) else excluded.due_at end, \
               guild_id = coalesce(t.guild_id, excluded.guild_id), outcome = null, done_at = null")
        .bind::<Text, _>(kind.as_str())
        .bind::<Text, _>(object.to_owned())
        .bind::<Nullable<BigInt>, _>(guild.map(GuildId::as_i64))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_payments();
}

/// Asks for an object as [`ask`] does, at the commit, unless it is asked for already: then its tries go on as they are.
pub fn ask_if_idle(tx: &mut Tx, kind: Kind, object: &str, guild: GuildId, now: Timestamp) {
    tx.defer(
        "asking once for something of the provider",
        sql("insert into payment_tasks as t (kind, object, guild_id, due_at, created_at) values (?, ?, ?, ?, ?) \
             on conflict (kind, object) do update set version = t.version + 1, state = 'pending', attempts = 0, \
               due_at = excluded.due_at, outcome = null, done_at = null \
             where t.state <> 'pending'")
        .bind::<Text, _>(kind.as_str())
        .bind::<Text, _>(object.to_owned())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_payments();
}

/// A task that this worker holds for the time of its lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Number of the row.
    pub id: i64,
    /// What is to be done.
    pub kind: Kind,
    /// With which object.
    pub object: String,
    /// The guild, where it is known.
    pub guild: Option<GuildId>,
    /// How often it was claimed since it was last asked for, this time included.
    pub attempts: u32,
    version: i64,
    /// Until when; with `id` and `version` it is the proof that this worker holds it.
    until: Timestamp,
}

impl Claimed {
    /// Names this try among all that were ever made of the task.
    pub fn try_name(&self) -> String {
        format!("{}-{}", self.version, self.attempts)
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    object: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    guild_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

fn read(row: Row, until: Timestamp) -> Option<Claimed> {
    Some(Claimed {
        id: row.id,
        kind: Kind::from_word(&row.kind)?,
        object: row.object,
        guild: row.guild_id.and_then(|id| GuildId::try_from(id).ok()),
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        version: row.version,
        until,
    })
}

/// Claims at most `limit` due tasks until `until`, the longest due first; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim(tx: &mut Tx, (now, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<Claimed>> {
    let rows: Vec<Row> = tx
        .load(
            "claiming tasks of the provider",
            sql("with due as ( \
                   select id from payment_tasks \
                   where state = 'pending' and due_at <= ? and (lease_until is null or lease_until <= ?) \
                   order by due_at, id limit ? for update skip locked) \
                 update payment_tasks t set lease_until = ?, attempts = t.attempts + 1 from due where t.id = due.id \
                 returning t.id, t.kind, t.object, t.guild_id, t.version, t.attempts")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| read(row, until)).collect())
}

/// Asks for one object and claims it at once, for a person who waits; `None` while another worker is at it.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim_one(
    tx: &mut Tx,
    (kind, object): (Kind, &str),
    guild: GuildId,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<Claimed>> {
    let row: Option<Row> = tx
        .first(
            "claiming a task of the provider",
            sql("insert into payment_tasks as t (kind, object, guild_id, due_at, created_at, lease_until, attempts) \
                 values (?, ?, ?, ?, ?, ?, 1) \
                 on conflict (kind, object) do update set version = t.version + 1, state = 'pending', attempts = 1, \
                   guild_id = excluded.guild_id, lease_until = excluded.lease_until, outcome = null, done_at = null \
                 where t.lease_until is null or t.lease_until <= ? \
                 returning t.id, t.kind, t.object, t.guild_id, t.version, t.attempts")
            .bind::<Text, _>(kind.as_str())
            .bind::<Text, _>(object.to_owned())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(until.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok(row.and_then(|row| read(row, until)))
}

#[derive(QueryableByName)]
struct Looked {
    #[diesel(sql_type = Bool)]
    looked: bool,
}

/// Whether an object was looked at since a time.
///
/// # Errors
/// As [`Tx::load`].
pub async fn looked_since(tx: &mut Tx, kind: Kind, object: &str, since: Timestamp) -> Result<bool> {
    let row: Option<Looked> = tx
        .first(
            "asking when an object was looked at",
            sql("select exists (select from payment_tasks where kind = ? and object = ? and done_at > ?) as looked")
                .bind::<Text, _>(kind.as_str())
                .bind::<Text, _>(object.to_owned())
                .bind::<Timestamptz, _>(since.to_diesel()),
        )
        .await?;
    Ok(row.is_some_and(|row| row.looked))
}

/// Ends a claimed task in the transaction of its effect; it stays due where it was asked for again meanwhile.
///
/// # Errors
/// [`Error::Unavailable`] when the lease was lost: the transaction must not be committed.
pub async fn finish(tx: &mut Tx, task: &Claimed, outcome: &'static str, now: Timestamp) -> Result<()> {
    end(tx, task, ("done", outcome), now).await
}

/// Gives up a claimed task; staff see it until it is asked for again.
///
/// # Errors
/// As [`finish`].
pub async fn give_up(tx: &mut Tx, task: &Claimed, why: &'static str, now: Timestamp) -> Result<()> {
    end(tx, task, ("failed", why), now).await
}

async fn end(
    tx: &mut Tx,
    task: &Claimed,
    (state, outcome): (&'static str, &'static str),
    now: Timestamp,
) -> Result<()> {
    let ended = tx
        .execute(
            "ending a task of the provider",
            sql("update payment_tasks set lease_until = null, outcome = ?, \
                   state = case when version = ? then ? else 'pending' end, \
                   done_at = case when version = ? then ?::timestamptz end, \
                   attempts = case when version = ? then attempts else 0 end, \
                   due_at = case when version = ? then due_at else ?::timestamptz end \
                 where id = ? and lease_until = ?")
            .bind::<Text, _>(outcome)
            .bind::<BigInt, _>(task.version)
            .bind::<Text, _>(state)
            .bind::<BigInt, _>(task.version)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(task.version)
            .bind::<BigInt, _>(task.version)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(task.id)
            .bind::<Timestamptz, _>(task.until.to_diesel()),
        )
        .await?;
    if ended == 0 { Err(lost()) } else { Ok(()) }
}

/// Gives a claimed task back, to be tried again at `due`, at the commit; what else the transaction did stays.
pub fn retry(tx: &mut Tx, task: &Claimed, why: &'static str, due: Timestamp) {
    tx.defer(
        "putting a task of the provider off",
        sql("update payment_tasks set lease_until = null, outcome = ?, due_at = ? where id = ? and lease_until = ?")
            .bind::<Text, _>(why)
            .bind::<Timestamptz, _>(due.to_diesel())
            .bind::<BigInt, _>(task.id)
            .bind::<Timestamptz, _>(task.until.to_diesel()),
    );
}

fn lost() -> Error {
    Error::Unavailable { what: "ending a task of the provider", cause: Cause::new("its lease was lost") }
}

/// How many tasks wait, and since when the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Depth {
    /// How many wait.
    #[diesel(sql_type = BigInt)]
    pub pending: i64,
    /// How many were given up.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
}

/// Counts the queue.
///
/// # Errors
/// As [`Tx::load`].
pub async fn depth(tx: &mut Tx) -> Result<Depth> {
    let counted: Option<Depth> = tx
        .first(
            "counting tasks of the provider",
            sql("select count(*) filter (where state = 'pending') as pending, \
                        count(*) filter (where state = 'failed') as failed from payment_tasks where state <> 'done'"),
        )
        .await?;
    Ok(counted.unwrap_or(Depth { pending: 0, failed: 0 }))
}
