//! Forgets whom a notice of an erasure was sent to, once he was told: the last row that knew him.

use super::store;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How soon it is looked again where a notice is still on its way.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// How long a notice may be on its way: then it goes untold.
const LONGEST: SignedDuration = SignedDuration::from_hours(48);

/// Removes the notices to members who were erased and told, or can't be; the request isn't looked at again once none is left. Acts as
/// the *privacy* duty in that guild.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn tidy(tx: &mut Tx, (guild, id): (GuildId, i64), now: Timestamp) -> Result<()> {
    let old = now.checked_sub(LONGEST).unwrap_or(Timestamp::MIN);
    // Who was refused has a request of his own and keeps his notices; so has who came back and asks again.
    let query = sql("with told as (select o.guild_id, o.recipient_id, bool_or(o.state = 'pending' and o.created_at > ?) as waits \
                       from outbox o where o.guild_id = ? and o.kind = 'privacy_told' \
                         and not exists (select from privacy_requests r where r.guild_id = o.guild_id and r.user_id = o.recipient_id) \
                       group by o.guild_id, o.recipient_id) \
                     delete from outbox o using told t where o.guild_id = t.guild_id and o.recipient_id = t.recipient_id and not t.waits")
        .bind::<Timestamptz, _>(old.to_diesel())
        .bind::<BigInt, _>(guild.as_i64());
    tx.execute("forgetting whom an erasure was told to", query).await?;
    let left = sql("select from outbox o where o.guild_id = ? and o.kind = 'privacy_told' \
                    and not exists (select from privacy_requests r where r.guild_id = o.guild_id and r.user_id = o.recipient_id)")
        .bind::<BigInt, _>(guild.as_i64());
    let left = tx.execute("looking for notices of erasures", left).await? > 0;
    store::look_at(tx, (guild, id), now.checked_add(AGAIN).ok().filter(|_| left));
    Ok(())
}
