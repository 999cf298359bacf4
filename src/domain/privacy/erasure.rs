//! Carrying an erasure out: what is held is given up first, so that its roles are taken; then everything goes in one transaction.
//!
//! A confirmed request is looked at again until it is done, so that whoever dies meanwhile loses nothing; its row is locked, so that
//! it is done once.

use super::steps::{Erased, STEPS};
use super::{preview, store};
use crate::db::{Tx, sql};
use crate::domain::notifications::{OrderNotice, ShopKind, queue_order, queue_person};
use crate::kernel::{GuildId, Result, UserId};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long it is waited for roles to be taken: they may be somebody's who left, or a role that can't be reached.
const ROLES: SignedDuration = SignedDuration::from_hours(24);
/// How soon a request is looked at again while roles are taken.
const SOON: SignedDuration = SignedDuration::from_secs(10);
/// How soon where it failed.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(1);
/// The least pseudonym: no account of Discord's gets so high a number before 2083 (Discord, "Reference: Snowflakes").
pub(super) const LEAST: i64 = UserId::LEAST_PSEUDONYM;

/// What became of a look at a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// There was nothing to do.
    Nothing,
    /// It is looked at again later.
    PutOff,
    /// Something came in the way after it was confirmed: it waits for a decision again.
    Returned,
    /// The member is erased.
    Done(UserId),
}

/// Requests that are to be looked at, in every guild, at most `limit`. Acts as the *privacy* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(GuildId, i64)>> {
    store::due(tx, now, limit).await
}

/// Has a request that failed looked at later, at the commit. Acts as the *privacy* duty in that guild.
pub fn put_off(tx: &mut Tx, (guild, id): (GuildId, i64), now: Timestamp) {
    store::look_at(tx, (guild, id), now.checked_add(AFTER_FAILURE).ok());
}

/// Whether that is a pseudonym of somebody who was erased, and no id of Discord's.
pub const fn is_pseudonym(user: UserId) -> bool {
    user.is_pseudonym()
}

/// A pseudonym from random bits.
fn alias(random: u64) -> i64 {
    let room = u64::try_from(i64::MAX - LEAST).unwrap_or(1);
    LEAST.saturating_add(i64::try_from(random % room).unwrap_or(0))
}

/// Carries out a confirmed erasure as far as it goes; `random` are the bits of the pseudonym. Acts as the *privacy* duty in that guild.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn carry_out(tx: &mut Tx, (guild, id): (GuildId, i64), random: u64, now: Timestamp) -> Result<Carried> {
    let Some(asked) = store::one(tx, guild, id).await? else { return Ok(Carried::Nothing) };
    hold(tx, (guild, asked.user)).await?;
    let Some(request) = store::locked(tx, guild, id).await? else { return Ok(Carried::Nothing) };
    let who = (guild, request.user);
    let after = |wait: SignedDuration| now.checked_add(wait).ok();
    // A present, a dispute: what it would take away, the operator didn't see.
    if !preview(tx, who, now).await?.obstacles.is_empty() {
        store::hand_back(tx, (guild, id));
        queue_person(tx, (guild, ShopKind::PrivacyAsked), None, now);
        return Ok(Carried::Returned);
    }
    let confirmed = request.decided.map_or(now, |(_, at)| at);
    let gave_up = give_up(tx, who, now).await?;
    let waits = confirmed.checked_add(ROLES).is_ok_and(|until| until > now);
    if waits && (gave_up || has_roles(tx, who).await?) {
        store::look_at(tx, (guild, id), after(SOON));
        return Ok(Carried::PutOff);
    }
    let erased = Erased { guild, user: request.user, alias: alias(random), now };
    for step in STEPS {
        tx.execute(step.what, step.of(erased)).await?;
    }
    tx.wake_outbox();
    Ok(Carried::Done(request.user))
}

/// Waits for what he has under way, and lets nothing of his begin or change until the end of the transaction: what begins asks for the
/// same lock (`app.not_while_erased`), what goes on locks his ticket or order.
async fn hold(tx: &mut Tx, (guild, user): (GuildId, UserId)) -> Result<()> {
    let alone = sql("select pg_advisory_xact_lock(hashtextextended('erasure/' || ?::bigint || '/' || ?::bigint, 0))")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64());
    tx.execute("waiting for what a member has under way", alone).await?;
    for (what, text) in [
        (
            "locking a member's orders",
            "select from orders where guild_id = ? and ? in (user_id, recipient_id) order by number for update",
        ),
        (
            "locking a member's tickets",
            "select from tickets where guild_id = ? and opener_id = ? order by number for update",
        ),
    ] {
        let rows = sql(text).bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(user.as_i64());
        tx.execute(what, rows).await?;
    }
    Ok(())
}

/// Ends what he holds and has its roles taken; tells whether he held something.
async fn give_up(tx: &mut Tx, (guild, user): (GuildId, UserId), now: Timestamp) -> Result<bool> {
    let query = sql("update entitlements set revoked_at = ?, updated_at = ? where guild_id = ? and user_id = ? and revoked_at is null \
                     and (ends_at is null or ends_at > ?)")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel());
    let held = tx.execute("giving up what a member holds", query).await? > 0;
    if held {
        queue_order(tx, OrderNotice { guild, kind: ShopKind::Roles, order: None, recipient: Some(user) }, now);
    }
    Ok(held)
}

async fn has_roles(tx: &mut Tx, (guild, user): (GuildId, UserId)) -> Result<bool> {
    let query = sql("select from granted_roles where guild_id = ? and user_id = ? and ours and state = 'given'")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64());
    Ok(tx.execute("looking for roles that a member has of us", query).await? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_no_account_of_discord() {
        for random in [0, 1, u64::MAX / 2, u64::MAX] {
            assert!(alias(random) >= LEAST, "{random}");
        }
        assert_ne!(alias(1), alias(2));
    }
}
