//! Calls in public: where a member whose direct messages are shut was called last about a ticket.
//!
//! One stands for a ticket at most. It goes, as a removal of the outbox, when he looked at the ticket or a newer one is there.

use super::projection::Place;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, UserId};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Writes down, at the commit, where a member was called about a ticket; an older call about it is removed. Acts as the *outbox*
/// duty.
pub fn keep(tx: &mut Tx, (guild, ticket): (GuildId, i64), user: UserId, place: Place, now: Timestamp) {
    tx.defer(
        "keeping a call",
        // A repeat finds the same message, which stays.
        sql("with older as ( \
               insert into outbox (guild_id, kind, posted_channel_id, posted_message_id, due_at, created_at) \
               select c.guild_id, 'removal', c.channel_id, c.message_id, ?, ? from ticket_calls c \
               where c.guild_id = ? and c.ticket_number = ? and c.message_id <> ?) \
             insert into ticket_calls (guild_id, ticket_number, recipient_id, channel_id, message_id) \
             values (?, ?, ?, ?, ?) on conflict (guild_id, ticket_number) do update \
             set recipient_id = excluded.recipient_id, channel_id = excluded.channel_id, message_id = excluded.message_id")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(ticket)
        .bind::<BigInt, _>(place.message.as_i64())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(ticket)
        .bind::<BigInt, _>(user.as_i64())
        .bind::<BigInt, _>(place.channel.as_i64())
        .bind::<BigInt, _>(place.message.as_i64()),
    );
    tx.wake_outbox();
}

/// Has the call of a person about a ticket removed after the commit, if there is one. Acts as that person.
pub fn answered(tx: &mut Tx, guild: GuildId, ticket: i64, user: UserId, now: Timestamp) {
    tx.defer(
        "removing a call that was answered",
        sql("with mine as (delete from ticket_calls where guild_id = ? and ticket_number = ? and recipient_id = ? \
                           returning guild_id, recipient_id, channel_id, message_id) \
             insert into outbox (guild_id, kind, recipient_id, posted_channel_id, posted_message_id, due_at, created_at) \
             select guild_id, 'removal', recipient_id, channel_id, message_id, ?, ? from mine")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(ticket)
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
