//! Where the staff channel was told of an order: such a message names the buyer, so it is removed when he is erased.

use super::erasure::LEAST;
use crate::db::{Tx, sql};
use crate::kernel::{ChannelId, GuildId, MessageId};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Writes down, at the commit, where staff were told of an order; where its buyer was erased while it was posted, the message is removed.
/// Acts as the *payments* duty in that guild.
pub fn keep_post(
    tx: &mut Tx,
    (guild, order): (GuildId, i64),
    (channel, message): (ChannelId, MessageId),
    now: Timestamp,
) {
    tx.defer(
        "keeping where staff were told of an order",
        // The lock waits for an erasure that is being carried out, and the other way round.
        sql("with told as (select o.guild_id, o.number, greatest(o.user_id, o.recipient_id) >= ? as erased, ?::bigint as channel, ?::bigint as message \
                           from orders o where o.guild_id = ? and o.number = ? for share), \
               gone as (insert into outbox (guild_id, kind, posted_channel_id, posted_message_id, due_at, created_at) \
                        select t.guild_id, 'removal', t.channel, t.message, ?, ? from told t where t.erased) \
             insert into staff_posts (guild_id, order_number, channel_id, message_id) \
             select t.guild_id, t.number, t.channel, t.message from told t where not t.erased on conflict do nothing")
        .bind::<BigInt, _>(LEAST)
        .bind::<BigInt, _>(channel.as_i64())
        .bind::<BigInt, _>(message.as_i64())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(order)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}
