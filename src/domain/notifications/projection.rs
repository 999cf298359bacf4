//! The cards of tickets in staff channels: which message shows which ticket, and which cards are missing.
//!
//! The database is the truth; a card is a projection of it that can be built again at any time.

use super::Outcome;
use crate::db::{Tx, sql};
use crate::kernel::{ChannelId, GuildId, MessageId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long a card that could not be posted is left alone.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// Where a ticket's card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The channel.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = BigInt)]
    channel_id: i64,
    #[diesel(sql_type = BigInt)]
    message_id: i64,
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct TicketRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Where a ticket's card was posted last. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn place(tx: &mut Tx, guild: GuildId, ticket: i64) -> Result<Option<Place>> {
    let row: Option<PlaceRow> = tx
        .first(
            "looking for a ticket's card",
            sql("select channel_id, message_id from ticket_cards where guild_id = ? and ticket_number = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(ticket),
        )
        .await?;
    Ok(row.and_then(|row| {
        let channel = ChannelId::try_from(row.channel_id).ok()?;
        let message = MessageId::try_from(row.message_id).ok()?;
        Some(Place { channel, message })
    }))
}

/// The pending card notices of a ticket. Read before the ticket, their changes are in what is then read, so that one card
/// covers them all. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn pending(tx: &mut Tx, guild: GuildId, ticket: i64) -> Result<Vec<i64>> {
    let rows: Vec<IdRow> = tx
        .load(
            "looking for pending cards",
            sql("select id from outbox where guild_id = ? and ticket_number = ? and kind = 'card' and state = 'pending'")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(ticket),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Writes down where a card is and that it shows the ticket as of `read_at`, at the commit. Acts as the *outbox* duty.
pub fn keep(tx: &mut Tx, guild: GuildId, ticket: i64, place: Place, read_at: Timestamp) {
    tx.defer(
        "keeping a card's place",
        sql("insert into ticket_cards (guild_id, ticket_number, channel_id, message_id, posted_at) \
             values (?, ?, ?, ?, ?) on conflict (guild_id, ticket_number) do update \
             set channel_id = excluded.channel_id, message_id = excluded.message_id, posted_at = excluded.posted_at")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(ticket)
        .bind::<BigInt, _>(place.channel.as_i64())
        .bind::<BigInt, _>(place.message.as_i64())
        .bind::<Timestamptz, _>(read_at.to_diesel()),
    );
}

/// Marks the card notices that one card covered as ended, at the commit. Acts as the *outbox* duty.
pub fn finish(tx: &mut Tx, covered: Vec<i64>, outcome: Outcome, now: Timestamp) {
    tx.defer(
        "finishing card notices",
        sql("update outbox set state = 'done', outcome = ?, done_at = ?, lease_until = null \
             where id = any(?) and state = 'pending'")
        .bind::<Text, _>(outcome.word())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Array<BigInt>, _>(covered),
    );
}

/// At most `limit` tickets whose card is missing, older than the ticket, or in another channel than the guild's present
/// one, though nothing is pending; those whose card failed within the last hour are left alone. Cards posted before `lost`
/// count as missing, for a Discord that forgot them. Acts as the *schedule* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn missing(tx: &mut Tx, now: Timestamp, lost: Option<Timestamp>, limit: i64) -> Result<Vec<(GuildId, i64)>> {
    let rested = now.checked_sub(REST).unwrap_or(now);
    // Closed tickets count only when a card of theirs failed within the last day: all others have theirs.
    let day = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    let rows: Vec<TicketRow> = tx
        .load(
            "looking for missing cards",
            sql("with candidates as ( \
                   select t.guild_id, t.number, t.updated_at from tickets t where t.state <> 'closed' \
                   union \
                   select t.guild_id, t.number, t.updated_at from outbox o \
                   join tickets t on t.guild_id = o.guild_id and t.number = o.ticket_number \
                   where o.kind = 'card' and o.state = 'failed' and o.done_at > ? and t.state = 'closed') \
                 select t.guild_id, t.number from candidates t \
                 join guilds g on g.guild_id = t.guild_id and g.staff_channel_id is not null \
                 left join ticket_cards c on c.guild_id = t.guild_id and c.ticket_number = t.number \
                 where (c.message_id is null or c.posted_at < t.updated_at or c.posted_at < ? or c.channel_id <> g.staff_channel_id) \
                   and not exists (select from outbox o where o.guild_id = t.guild_id and o.ticket_number = t.number \
                                   and o.kind = 'card' \
                                   and (o.state = 'pending' or (o.state = 'failed' and o.done_at > ?))) \
                 order by t.updated_at limit ?")
            .bind::<Timestamptz, _>(day.to_diesel())
            .bind::<Nullable<Timestamptz>, _>(lost.map(|lost| lost.to_diesel()))
            .bind::<Timestamptz, _>(rested.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((GuildId::try_from(row.guild_id).ok()?, row.number))).collect())
}
