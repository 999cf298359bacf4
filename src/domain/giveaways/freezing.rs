//! Freezing the list at the end, and what is posted of it before the round exists (docs/FAIR_DRAWS.md, "What happens, in order").
//!
//! Acts as the *payments* duty. The frozen list is not kept a second time: from here on the entries don't change, so whoever has
//! the salt makes the same list of them.

use super::draw::{self, Commitment, Entries, Entry, Frozen, Id, Salt};
use super::{Giveaway, State, store, work};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Error, MessageId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use jiff::Timestamp;

/// The seconds before a round in which a commitment is no longer posted: it could arrive too late.
const CLOSE: i64 = 2;

/// What came of freezing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Froze {
    /// The list is frozen.
    Frozen(Box<Giveaway>),
    /// Nobody takes part: it is over.
    Nobody(Box<Giveaway>),
    /// Too late for its round: its end was moved.
    Moved(Box<Giveaway>),
    /// It has moved on meanwhile, or its end has not come.
    Nothing,
}

#[derive(QueryableByName)]
struct EntryRow {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Integer)]
    weight: i32,
}

#[derive(QueryableByName)]
struct SecretRow {
    #[diesel(sql_type = Text)]
    salt: String,
    #[diesel(sql_type = Nullable<Text>)]
    secret: Option<String>,
}

/// A giveaway's salt, and the secret where its randomness is one.
pub(super) struct Secrets {
    pub(super) salt: Salt,
    pub(super) secret: Option<String>,
}

pub(super) fn broken(what: &'static str) -> Error {
    Error::Internal { what, cause: Cause::new("what is kept of a draw can't be read") }
}

pub(super) async fn secrets(tx: &mut Tx, giveaway: &Giveaway) -> Result<Secrets> {
    let row: Option<SecretRow> = tx
        .first(
            "loading a giveaway's secrets",
            sql("select salt, secret from giveaway_secrets where guild_id = ? and giveaway = ?")
                .bind::<BigInt, _>(giveaway.guild.as_i64())
                .bind::<BigInt, _>(giveaway.number),
        )
        .await?;
    let row = row.ok_or_else(|| broken("loading a giveaway's secrets"))?;
    let salt = row.salt.parse().internal("reading a giveaway's salt")?;
    Ok(Secrets { salt, secret: row.secret })
}

/// Everybody who takes part, by account.
pub(super) async fn entries(tx: &mut Tx, giveaway: &Giveaway) -> Result<Vec<Entry>> {
    let rows: Vec<EntryRow> = tx
        .load(
            "loading a giveaway's entries",
            sql("select user_id, weight from giveaway_entries where guild_id = ? and giveaway = ? order by user_id")
                .bind::<BigInt, _>(giveaway.guild.as_i64())
                .bind::<BigInt, _>(giveaway.number),
        )
        .await?;
    let read = |row: EntryRow| Entry { user: Id(row.user_id.unsigned_abs()), weight: row.weight.unsigned_abs() };
    Ok(rows.into_iter().map(read).collect())
}

/// The list as the draw has it.
pub(super) fn frozen(entries: Vec<Entry>, salt: &Salt) -> Result<Frozen> {
    Ok(Entries::new(entries).internal("freezing a giveaway's entries")?.freeze(salt))
}

/// Whether a commitment that is posted now can arrive before the giveaway's round exists; without a round, always.
pub fn is_in_time(giveaway: &Giveaway, now: Timestamp) -> bool {
    let Some(round) = giveaway.source().and_then(|source| source.round()) else { return true };
    let exists = draw::round_time(round).and_then(|second| i64::try_from(second).ok()).unwrap_or(i64::MAX);
    now.as_second().saturating_add(CLOSE) < exists
}

/// Freezes the list of a giveaway whose end has come and whose terms were posted, in one transaction: nobody enters or leaves
/// beside it.
///
/// # Errors
/// As [`Tx::load`].
pub async fn freeze(tx: &mut Tx, seen: &Giveaway, now: Timestamp) -> Result<Froze> {
    let found = store::lock_alone(tx, seen.guild, seen.number).await?;
    let Some(mut giveaway) = found.filter(|found| found.version == seen.version) else { return Ok(Froze::Nothing) };
    if giveaway.state != State::Open || giveaway.ends_at > now {
        return Ok(Froze::Nothing);
    }
    let entries = entries(tx, &giveaway).await?;
    if entries.is_empty() {
        giveaway.state = State::Done;
        giveaway.entries = Some(0);
        giveaway.ended_at = Some(now);
        giveaway.look_at = Some(now);
        store::save(tx, &giveaway, now);
        work::record(tx, (giveaway.guild, giveaway.number), "giveaway_without_entries", now);
        return Ok(Froze::Nobody(Box::new(giveaway)));
    }
    if !giveaway.is_announced() || !is_in_time(&giveaway, now) {
        work::move_end(&mut giveaway, now);
        store::save(tx, &giveaway, now);
        return Ok(Froze::Moved(Box::new(giveaway)));
    }
    let salt = secrets(tx, &giveaway).await?.salt;
    let unreadable = || broken("freezing a giveaway");
    let terms = giveaway.terms().ok_or_else(unreadable)?;
    let announcement = giveaway.announcement().ok_or_else(unreadable)?;
    let frozen = frozen(entries, &salt)?;
    let commitment = Commitment::of(&terms, announcement, &frozen).internal("committing to a giveaway's entries")?;
    giveaway.state = State::Drawing;
    giveaway.root = Some(commitment.root.to_string());
    giveaway.commitment = Some(commitment.digest().to_string());
    giveaway.entries = Some(frozen.count());
    giveaway.look_at = Some(now);
    store::save(tx, &giveaway, now);
    work::record(tx, (giveaway.guild, giveaway.number), "giveaway_frozen", now);
    Ok(Froze::Frozen(Box::new(giveaway)))
}

/// The commitment was posted; where that was too late for the round, the end is moved. `None`: it has moved on meanwhile.
///
/// # Errors
/// As [`Tx::load`].
pub async fn committed(tx: &mut Tx, seen: &Giveaway, message: MessageId, now: Timestamp) -> Result<Option<Giveaway>> {
    let Some(mut giveaway) = work::unmoved(tx, seen).await? else { return Ok(None) };
    let exists = giveaway.source().and_then(|source| source.round()).and_then(draw::round_time);
    let late = exists.is_some_and(|second| Id(message.get()).made_at_ms() >= second.saturating_mul(1_000));
    if late {
        work::move_end(&mut giveaway, now);
    } else {
        giveaway.commitment_message = Some(message);
        giveaway.look_at = Some(now);
    }
    giveaway.attempts = 0;
    store::save(tx, &giveaway, now);
    Ok(Some(giveaway))
}
