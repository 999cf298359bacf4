//! Messages in Discord that are to be deleted: rows of the outbox that name a message instead of something to tell.
//!
//! Files go with their message, so one that brought some goes only once they are copied, or are known to be lost.

use super::projection::Place;
use crate::db::{Tx, sql};
use crate::kernel::{ChannelId, GuildId, MessageId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A message that this worker is to delete for the time of its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removal {
    /// Number of the outbox row.
    pub id: i64,
    /// The message.
    pub place: Place,
    /// Who asked for it by his own deed: he wrote it, or is called in it. `None`: we did.
    pub asked: Option<UserId>,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

/// Has a message deleted after the commit; not before the attachments that were queued in this transaction, at the same
/// `now`, have ended.
pub fn remove(tx: &mut Tx, guild: GuildId, place: Place, now: Timestamp) {
    let asked = tx.actor().user().map(UserId::as_i64);
    tx.defer(
        "queuing a removal",
        sql("insert into outbox (guild_id, kind, recipient_id, posted_channel_id, posted_message_id, due_at, created_at) \
             values (?, 'removal', ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Nullable<BigInt>, _>(asked)
        .bind::<BigInt, _>(place.channel.as_i64())
        .bind::<BigInt, _>(place.message.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    posted_channel_id: i64,
    #[diesel(sql_type = BigInt)]
    posted_message_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    recipient_id: Option<i64>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
}

/// Claims at most `limit` due removals until `until`. Acts as the system's *outbox* duty; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim(tx: &mut Tx, (now, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<Removal>> {
    let rows: Vec<Row> = tx
        .load(
            "claiming removals",
            sql("with due as ( \
                   select o.id from outbox o \
                   where o.state = 'pending' and o.kind = 'removal' and o.due_at <= ? \
                     and (o.lease_until is null or o.lease_until <= ?) \
                     and not exists (select from outbox f where f.guild_id = o.guild_id and f.kind = 'attachment' \
                                     and f.created_at = o.created_at and f.state = 'pending') \
                   order by o.due_at, o.id limit ? for update skip locked) \
                 update outbox o set lease_until = ?, attempts = o.attempts + 1 from due where o.id = due.id \
                 returning o.id, o.posted_channel_id, o.posted_message_id, o.recipient_id, o.attempts, o.created_at")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

fn read(row: Row) -> Option<Removal> {
    let channel = ChannelId::try_from(row.posted_channel_id).ok()?;
    let message = MessageId::try_from(row.posted_message_id).ok()?;
    Some(Removal {
        id: row.id,
        place: Place { channel, message },
        asked: row.recipient_id.map(UserId::try_from).transpose().ok()?,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        created_at: row.created_at.to_jiff(),
    })
}
