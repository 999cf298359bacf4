//! What another program of ours, or a page, asks about giveaways: making, listing, pausing, ending, rerolling. Acts as the *payments*
//! duty.
//!
//! Each change bears a key of the caller's: asked again under it, nothing is done again and the same giveaway is the answer, whatever
//! became of it since; asked for something else under it, it is refused. Who asks is authenticated where the question comes in.

use super::draw::Reason;
use super::service::{self, Step};
use super::store::Row;
use super::{Giveaway, NewGiveaway, State, reading, rerolls};
use crate::db::{Tx, sql};
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use sha2::{Digest, Sha256};

/// Giveaways on one page.
pub const PAGE: i64 = 50;
/// Longest key.
pub const KEY_MAX: usize = 100;

/// A question that changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call<'a> {
    /// The guild.
    pub guild: GuildId,
    /// The caller's key: one for each intent.
    pub key: &'a str,
    /// Who of staff stands behind it.
    pub by: UserId,
    /// When.
    pub now: Timestamp,
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Text)]
    digest: String,
    #[diesel(sql_type = BigInt)]
    giveaway: i64,
}

/// What was asked, in a few bytes.
fn digest(asked: &str) -> String {
    Sha256::digest(asked.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The giveaway that this key stands for; `None`: it is new. Whoever asks under the same key at the same moment waits for the other.
async fn before(tx: &mut Tx, call: &Call<'_>, asked: &str) -> Result<Option<Giveaway>> {
    let plain = |c: char| c.is_ascii_graphic();
    if call.key.is_empty() || call.key.len() > KEY_MAX || !call.key.chars().all(plain) {
        return Err(Error::Conflict("error-giveaway-key"));
    }
    tx.execute(
        "waiting for a question under the same key",
        sql("select pg_advisory_xact_lock(hashtextextended(?, 35))")
            .bind::<Text, _>(format!("{}/{}", call.guild, call.key)),
    )
    .await?;
    let kept: Option<Kept> = tx
        .first(
            "looking for a key",
            sql("select digest, giveaway from giveaway_requests where guild_id = ? and key = ?")
                .bind::<BigInt, _>(call.guild.as_i64())
                .bind::<Text, _>(call.key.to_owned()),
        )
        .await?;
    match kept {
        None => Ok(None),
        Some(kept) if kept.digest == digest(asked) => reading::one(tx, call.guild, kept.giveaway).await.map(Some),
        Some(_) => Err(Error::Conflict("error-giveaway-key-used")),
    }
}

fn keep(tx: &mut Tx, call: &Call<'_>, asked: &str, giveaway: i64) {
    tx.defer(
        "keeping a key",
        sql("insert into giveaway_requests (guild_id, key, digest, giveaway, by_id, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(call.guild.as_i64())
            .bind::<Text, _>(call.key.to_owned())
            .bind::<Text, _>(digest(asked))
            .bind::<BigInt, _>(giveaway)
            .bind::<BigInt, _>(call.by.as_i64())
            .bind::<Timestamptz, _>(call.now.to_diesel()),
    );
}

/// The intent of a call, as the use cases know it.
fn request(call: &Call<'_>) -> String {
    let short: String = digest(call.key).chars().take(40).collect();
    format!("remote/{short}")
}

/// Makes a giveaway. Its host is who stands behind the call. `asked` is what was asked, word for word: a repeat asks the same, though
/// its times and secrets are worked out anew.
///
/// # Errors
/// As [`service::create`]; [`Error::Conflict`] for a key that can't be one, or stands for something else.
pub async fn create(tx: &mut Tx, call: &Call<'_>, asked: &str, new: &NewGiveaway) -> Result<Giveaway> {
    let asked = format!("create {asked}");
    if let Some(made) = before(tx, call, &asked).await? {
        return Ok(made);
    }
    let new = NewGiveaway { guild: call.guild, host: call.by, request: request(call), ..new.clone() };
    let made = service::create(tx, &new, call.now).await?;
    keep(tx, call, &asked, made.number);
    Ok(made)
}

/// Ends a giveaway early.
///
/// # Errors
/// As [`service::end_now`], and as [`create`] for the key.
pub async fn end(tx: &mut Tx, call: &Call<'_>, number: i64) -> Result<Giveaway> {
    let asked = format!("end {number}");
    if let Some(ended) = before(tx, call, &asked).await? {
        return Ok(ended);
    }
    let request = request(call);
    let step = Step { guild: call.guild, number, by: call.by, request: &request, now: call.now };
    let ended = service::end_now(tx, step).await?;
    keep(tx, call, &asked, number);
    Ok(ended)
}

/// Lets nobody enter for now, or lets members enter again.
///
/// # Errors
/// As [`service::pause`], and as [`create`] for the key.
pub async fn pause(tx: &mut Tx, call: &Call<'_>, number: i64, paused: bool) -> Result<Giveaway> {
    let asked = format!("{} {number}", if paused { "pause" } else { "resume" });
    if let Some(changed) = before(tx, call, &asked).await? {
        return Ok(changed);
    }
    let request = request(call);
    let step = Step { guild: call.guild, number, by: call.by, request: &request, now: call.now };
    let changed = service::pause(tx, step, paused).await?;
    keep(tx, call, &asked, number);
    Ok(changed)
}

/// Replaces a winner by the next in order; without a name, the only one who has nothing yet.
///
/// # Errors
/// As [`rerolls::ask_reroll`], and as [`create`] for the key.
pub async fn reroll(
    tx: &mut Tx,
    call: &Call<'_>,
    (number, user): (i64, Option<UserId>),
    (reason, note): (Reason, &str),
) -> Result<Giveaway> {
    let asked = format!("reroll {number} {user:?} {} {note:?}", reason.code());
    if let Some(asked_before) = before(tx, call, &asked).await? {
        return Ok(asked_before);
    }
    let request = request(call);
    let step = Step { guild: call.guild, number, by: call.by, request: &request, now: call.now };
    let (giveaway, _) = rerolls::ask_reroll(tx, step, user, (reason, note)).await?;
    keep(tx, call, &asked, number);
    Ok(giveaway)
}

/// A guild's giveaways in any of these states, the newest first, below the number `before` where it is given; at most [`PAGE`].
///
/// # Errors
/// As [`Tx::load`].
pub async fn list(tx: &mut Tx, guild: GuildId, states: &[State], before: Option<i64>) -> Result<Vec<Giveaway>> {
    let words: Vec<&'static str> = states.iter().map(|state| state.as_str()).collect();
    let rows: Vec<Row> = tx
        .load(
            "listing giveaways",
            sql("select * from giveaways where guild_id = ? and state = any(?) and number < ? order by number desc limit ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Array<Text>, _>(words)
                .bind::<BigInt, _>(before.unwrap_or(i64::MAX))
                .bind::<BigInt, _>(PAGE),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}
