//! What is left to do once the winners are known: places to fill again, people to tell, and whether all is done. Acts as the
//! *payments* duty.

use super::draw::Reason;
use super::places::{Place, Row, read};
use super::{Giveaway, State, claims, store, work};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A place whose holder is to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// His rank.
    pub rank: u32,
    /// Why.
    pub reason: Reason,
    /// Who of staff wants it; `None`: he didn't claim in time.
    pub by: Option<UserId>,
    /// Words to it.
    pub note: String,
}

#[derive(QueryableByName)]
struct VacancyRow {
    #[diesel(sql_type = Integer)]
    rank: i32,
    #[diesel(sql_type = Nullable<Text>)]
    reroll_reason: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    reroll_by: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    reroll_note: Option<String>,
}

/// The next place whose holder is to be replaced: because staff want it, or because he didn't claim in time, as far as it was seen
/// that he could.
///
/// # Errors
/// As [`Tx::load`].
pub async fn vacancy(tx: &mut Tx, giveaway: &Giveaway) -> Result<Option<Vacancy>> {
    let row: Option<VacancyRow> = tx
        .first(
            "looking for a place to fill again",
            sql("select rank, reroll_reason, reroll_by, reroll_note from giveaway_places \
                 where guild_id = ? and giveaway = ? and ((state = 'pending' and claim_until <= ?) \
                   or (state in ('pending', 'claimed') and reroll_reason is not null)) order by rank limit 1")
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number)
            .bind::<Nullable<Timestamptz>, _>(giveaway.seen_at.map(|at| at.to_diesel())),
        )
        .await?;
    let read = |row: VacancyRow| {
        let asked = row.reroll_reason.as_deref();
        let reason = asked.and_then(|code| Reason::ALL.into_iter().find(|reason| reason.code() == code));
        Some(Vacancy {
            rank: u32::try_from(row.rank).ok()?,
            reason: reason.unwrap_or(Reason::Unclaimed),
            by: row.reroll_by.and_then(|id| UserId::try_from(id).ok()),
            note: row.reroll_note.unwrap_or_default(),
        })
    };
    Ok(row.and_then(read))
}

/// Whom a place's holder is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// He himself, by direct message.
    Winner,
    /// Staff, who give something by hand.
    Staff,
}

/// The holders of places of whom somebody is not told yet, at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn untold(tx: &mut Tx, giveaway: &Giveaway, whom: Told, limit: i64) -> Result<Vec<Place>> {
    let statement = match whom {
        Told::Winner => sql(
            "select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
             where guild_id = ? and giveaway = ? and state <> 'out' and told_at is null order by rank limit ?",
        ),
        Told::Staff => sql(
            "select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
             where guild_id = ? and giveaway = ? and state = 'claimed' and staff_told_at is null order by rank limit ?",
        ),
    };
    let statement = statement
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("looking for whom to tell", statement).await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Somebody was told, at the commit.
pub fn told(tx: &mut Tx, giveaway: &Giveaway, rank: u32, whom: Told, now: Timestamp) {
    let statement = match whom {
        Told::Winner => sql("update giveaway_places set told_at = ? where guild_id = ? and giveaway = ? and rank = ?"),
        Told::Staff => {
            sql("update giveaway_places set staff_told_at = ? where guild_id = ? and giveaway = ? and rank = ?")
        }
    };
    tx.defer(
        "noting who was told",
        statement
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number)
            .bind::<Integer, _>(i32::try_from(rank).unwrap_or(i32::MAX)),
    );
}

/// What is left of a giveaway whose winners are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Prizes that are to be claimed.
    pub pending: i64,
    /// Prizes that staff are to give.
    pub claimed: i64,
    /// When the next claim runs out.
    pub next: Option<Timestamp>,
}

#[derive(QueryableByName)]
struct LeftRow {
    #[diesel(sql_type = BigInt)]
    pending: i64,
    #[diesel(sql_type = BigInt)]
    claimed: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    next: Option<jiff_diesel::Timestamp>,
}

/// Ends a turn of a giveaway whose winners are known: over, where every prize has its owner; else to be looked at within a
/// minute while somebody may claim, or at once where something came up meanwhile. `None`: it has moved on.
///
/// # Errors
/// As [`Tx::load`].
pub async fn close(tx: &mut Tx, seen: &Giveaway, now: Timestamp) -> Result<Option<Giveaway>> {
    let Some(mut giveaway) = work::unmoved(tx, seen).await? else { return Ok(None) };
    let busy = vacancy(tx, &giveaway).await?.is_some()
        || !untold(tx, &giveaway, Told::Winner, 1).await?.is_empty()
        || !untold(tx, &giveaway, Told::Staff, 1).await?.is_empty();
    let left = left(tx, &giveaway).await?;
    giveaway.attempts = 0;
    // While somebody may claim, the message by which he does is looked at.
    let soon = now.checked_add(claims::LOOK).unwrap_or(now);
    let look = left.next.map(|next| next.min(soon));
    giveaway.look_at = if busy { Some(now) } else { look };
    if !busy && left.pending == 0 && left.claimed == 0 {
        giveaway.state = State::Done;
        giveaway.ended_at = Some(now);
        giveaway.look_at = Some(now);
        work::record(tx, (giveaway.guild, giveaway.number), "giveaway_done", now);
    }
    store::save(tx, &giveaway, now);
    Ok(Some(giveaway))
}

/// What is left to do.
///
/// # Errors
/// As [`Tx::load`].
pub async fn left(tx: &mut Tx, giveaway: &Giveaway) -> Result<Left> {
    let row: Option<LeftRow> = tx
        .first(
            "looking at what is left of a giveaway",
            sql("select count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'claimed') as claimed, \
                   min(claim_until) filter (where state = 'pending') as next \
                 from giveaway_places where guild_id = ? and giveaway = ?")
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number),
        )
        .await?;
    let row = row.ok_or("no row").internal("looking at what is left of a giveaway")?;
    Ok(Left { pending: row.pending, claimed: row.claimed, next: row.next.map(|at| at.to_jiff()) })
}
