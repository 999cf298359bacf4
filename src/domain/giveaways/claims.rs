//! How long winners may claim: their time runs only while they can read that they won. Acts as the *payments* duty.
//!
//! What was seen counts, not the clock alone: a claim runs out once the winners' message was found standing after its end. Where it
//! could not be posted, was deleted, or the program was away, the time that nobody saw is given back.

use super::remaining::Left;
use super::{Giveaway, store, work};
use crate::db::{Tx, sql};
use crate::kernel::{MessageId, Result};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How often the winners' message is looked at.
pub const LOOK: SignedDuration = SignedDuration::from_mins(1);
/// How much time may pass unseen without being given back.
const UNSEEN: SignedDuration = SignedDuration::from_mins(3);

/// Whether the winners' message is to be looked at now: somebody has still to claim, and it wasn't a minute ago, or not since a claim
/// would have run out.
pub fn is_due(giveaway: &Giveaway, left: &Left, now: Timestamp) -> bool {
    let old = |seen: Timestamp| {
        seen.checked_add(LOOK).is_ok_and(|next| next <= now) || left.next.is_some_and(|next| seen < next && next <= now)
    };
    giveaway.claim_hours > 0 && left.pending > 0 && giveaway.seen_at.is_none_or(old)
}

/// The winners' message stands where winners read it: theirs whose time has not begun begins now; where nobody could know for a while
/// whether it stood (`unseen`), that while is given back. `posted`: it was posted just now, and tells so many entries of the log.
/// `None`: the giveaway has moved on.
///
/// # Errors
/// As [`Tx::load`].
pub async fn stands(
    tx: &mut Tx,
    seen: &Giveaway,
    unseen: bool,
    posted: Option<(MessageId, i32)>,
    now: Timestamp,
) -> Result<Option<Giveaway>> {
    let Some(mut giveaway) = work::unmoved(tx, seen).await? else { return Ok(None) };
    let since = giveaway.seen_at.filter(|at| unseen && now.duration_since(*at) > UNSEEN).unwrap_or(now);
    if giveaway.claim_hours > 0 {
        let hours = SignedDuration::from_hours(i64::from(giveaway.claim_hours));
        tx.defer(
            "letting winners claim",
            sql("update giveaway_places set claim_until = coalesce(claim_until + (?::timestamptz - ?::timestamptz), ?), updated_at = ? \
                 where guild_id = ? and giveaway = ? and state = 'pending' and (claim_until is null or claim_until > ?)")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(since.to_diesel())
            .bind::<Timestamptz, _>(now.checked_add(hours).unwrap_or(now).to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number)
            .bind::<Timestamptz, _>(since.to_diesel()),
        );
    }
    giveaway.seen_at = Some(now);
    if let Some((message, told)) = posted {
        (giveaway.winners_message, giveaway.told) = (Some(message), told);
    }
    work::healed(&mut giveaway);
    giveaway.attempts = 0;
    store::save(tx, &giveaway, now);
    Ok(Some(giveaway))
}
