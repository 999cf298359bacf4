//! What the program does with giveaways as time goes by: which are due, and what was posted. Acts as the *payments* duty.
//!
//! A giveaway is claimed with a lease by one process at a time. What was read of it may be old by the time something was posted;
//! so each step locks it again and changes nothing where it has moved on.

use super::service::end_at;
use super::store::{self, Row};
use super::{Giveaway, State, Trouble};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, events::Figures};
use crate::kernel::{GuildId, MessageId, Result};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How often an open giveaway's card is looked at: Discord limits edits of a message to about five in as many seconds.
const CARD: SignedDuration = SignedDuration::from_secs(5);
/// How long a giveaway gets whose list could not be frozen in time.
pub const MOVED: SignedDuration = SignedDuration::from_secs(60);
/// How long the first failed look is rested from; each further one twice as long.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// The longest rest.
const REST_MAX: SignedDuration = SignedDuration::from_mins(10);

/// Claims at most `limit` giveaways that are to be looked at, until `until`; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim(tx: &mut Tx, (now, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<Giveaway>> {
    let rows: Vec<Row> = tx
        .load(
            "claiming giveaways",
            sql("update giveaways g set lease_until = ?, attempts = g.attempts + 1 from ( \
                   select guild_id, number from giveaways \
                   where look_at <= ? and (lease_until is null or lease_until <= ?) \
                   order by look_at limit ? for no key update skip locked) d \
                 where g.guild_id = d.guild_id and g.number = d.number returning g.*")
            .bind::<Timestamptz, _>(until.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Gives a giveaway back to whoever looks at it next, at the commit.
pub fn release(tx: &mut Tx, seen: &Giveaway) {
    tx.defer(
        "giving a giveaway back",
        sql("update giveaways set lease_until = null where guild_id = ? and number = ?")
            .bind::<BigInt, _>(seen.guild.as_i64())
            .bind::<BigInt, _>(seen.number),
    );
}

/// The giveaway, locked, where it still stands as it was seen: in the same state, with the same terms.
pub(super) async fn unmoved(tx: &mut Tx, seen: &Giveaway) -> Result<Option<Giveaway>> {
    let found = store::lock(tx, seen.guild, seen.number).await?;
    Ok(found.filter(|found| found.state == seen.state && found.version == seen.version))
}

/// Changes a giveaway that still stands as it was seen; `None`: it has moved on, and nothing was changed.
///
/// # Errors
/// As [`Tx::load`].
pub async fn change(
    tx: &mut Tx,
    seen: &Giveaway,
    now: Timestamp,
    change: impl FnOnce(&mut Giveaway) + Send,
) -> Result<Option<Giveaway>> {
    let Some(mut giveaway) = unmoved(tx, seen).await? else { return Ok(None) };
    change(&mut giveaway);
    giveaway.attempts = 0;
    store::save(tx, &giveaway, now);
    Ok(Some(giveaway))
}

/// When an open giveaway is looked at next.
pub fn next_look(giveaway: &Giveaway, now: Timestamp) -> Timestamp {
    let soon = now.checked_add(CARD).unwrap_or(now);
    soon.min(giveaway.ends_at.max(now))
}

/// The terms were posted.
pub fn announced(giveaway: &mut Giveaway, message: MessageId) {
    giveaway.terms_version = giveaway.version;
    giveaway.terms_message = Some(message);
    healed(giveaway);
}

/// The card was posted or edited and shows this; one that was to begin is open with it.
pub fn shown(giveaway: &mut Giveaway, message: MessageId, shows: String) {
    giveaway.card_message = Some(message);
    giveaway.card_shows = Some(shows);
    if giveaway.state == State::Scheduled {
        giveaway.state = State::Open;
    }
    healed(giveaway);
}

/// Something could be posted again.
pub(super) const fn healed(giveaway: &mut Giveaway) {
    giveaway.trouble = None;
    giveaway.trouble_told = false;
}

/// Moves an end that can't be kept, because the list wasn't frozen before the round existed: the list is open for another
/// minute, and the round that was missed is never used.
pub fn move_end(giveaway: &mut Giveaway, now: Timestamp) {
    giveaway.state = State::Open;
    giveaway.root = None;
    giveaway.commitment = None;
    giveaway.entries = None;
    giveaway.commitment_message = None;
    giveaway.look_at = Some(now);
    end_at(giveaway, now.checked_add(MOVED).unwrap_or(now));
}

/// Moves the whole of a giveaway whose beginning was missed by so much that it would be over.
pub fn move_whole(giveaway: &mut Giveaway, now: Timestamp) {
    let length = giveaway.ends_at.duration_since(giveaway.starts_at);
    giveaway.starts_at = now;
    giveaway.look_at = Some(now);
    end_at(giveaway, now.checked_add(length).unwrap_or(now));
}

/// Nothing could be done: it is looked at again later, the later the oftener it failed; and why, where its channel is at fault.
///
/// # Errors
/// As [`Tx::load`].
pub async fn put_off(tx: &mut Tx, seen: &Giveaway, trouble: Option<Trouble>, now: Timestamp) -> Result<()> {
    let Some(mut giveaway) = store::lock(tx, seen.guild, seen.number).await? else { return Ok(()) };
    let twice = 2_i32.saturating_pow(giveaway.attempts.saturating_sub(1).min(10));
    let rest = REST.checked_mul(twice).unwrap_or(REST_MAX);
    giveaway.look_at = now.checked_add(rest.min(REST_MAX)).ok();
    // Only a last word is missing, and no time brings a channel back: it is said once staff have moved the giveaway.
    if trouble == Some(Trouble::Gone) && matches!(giveaway.state, State::Done | State::Cancelled | State::Paused) {
        giveaway.look_at = None;
    }
    if trouble.is_some() && trouble != giveaway.trouble {
        giveaway.trouble = trouble;
        giveaway.trouble_told = false;
    }
    store::save(tx, &giveaway, now);
    Ok(())
}

/// Staff were told of what is wrong with a giveaway's channel, at the commit.
///
/// # Errors
/// As [`Tx::load`].
pub async fn trouble_told(tx: &mut Tx, seen: &Giveaway, now: Timestamp) -> Result<()> {
    let Some(mut giveaway) = store::lock(tx, seen.guild, seen.number).await? else { return Ok(()) };
    giveaway.trouble_told = true;
    store::save(tx, &giveaway, now);
    Ok(())
}

/// What became of a giveaway is written into the event log, at the commit.
pub(super) fn record(tx: &mut Tx, (guild, number): (GuildId, i64), kind: &'static str, now: Timestamp) {
    let figures = Figures { number: Some(number), ..Figures::default() };
    notifications::events::tell(tx, guild, kind, figures, now);
}
