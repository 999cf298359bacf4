//! What entries weigh at the end: whoever lost the role that gave him further chances has none, and whoever got it since has. Acts as
//! the *payments* duty.
//!
//! Only Discord knows roles, and it tells them a page at a time. So how far the accounts were gone through is kept with the giveaway,
//! and its list is frozen once all were. Members enter and leave no more meanwhile, since its end has come.

use super::{Giveaway, State, work};
use crate::db::{Tx, sql};
use crate::kernel::{Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer};
use jiff::{SignedDuration, Timestamp};

/// How long it counts that all were looked at: where the list could not be frozen in time, the end is moved by a minute, and not all
/// roles are asked for again.
const COUNTS: SignedDuration = SignedDuration::from_mins(30);
/// Stands for "all were looked at".
const ALL: i64 = i64::MAX;

#[derive(QueryableByName)]
struct Account {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Whose roles are to be looked at next: those of accounts above this one. `None`: all were, or no role counts.
pub fn above(giveaway: &Giveaway) -> Option<i64> {
    if giveaway.requirements.bonus.is_empty() {
        return None;
    }
    let counts = |at: Timestamp| at.checked_add(COUNTS).is_ok_and(|until| until > giveaway.ends_at);
    match giveaway.weighed {
        Some((at, ALL)) if counts(at) => None,
        Some((_, ALL)) | None => Some(0),
        Some((_, to)) => Some(to),
    }
}

/// The next who take part, by account, at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn next(tx: &mut Tx, giveaway: &Giveaway, above: i64, limit: i64) -> Result<Vec<UserId>> {
    let rows: Vec<Account> = tx
        .load(
            "looking for entries that are to be weighed",
            sql("select user_id from giveaway_entries where guild_id = ? and giveaway = ? and user_id > ? order by user_id limit ?")
                .bind::<BigInt, _>(giveaway.guild.as_i64())
                .bind::<BigInt, _>(giveaway.number)
                .bind::<BigInt, _>(above)
                .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| UserId::try_from(row.user_id).ok()).collect())
}

/// Weighs the entries of members by the roles that they hold, and keeps that accounts up to `to` were looked at; `None`: all were. Of
/// those who take part and are not among them nobody is there any more: a role is lost by leaving, and whoever comes back holds it
/// no longer. Gives the giveaway as it then stands; `None`: it has moved on, and nothing was changed.
///
/// # Errors
/// As [`Tx::load`].
pub async fn weigh(
    tx: &mut Tx,
    seen: &Giveaway,
    held: &[(UserId, Vec<RoleId>)],
    to: Option<UserId>,
    now: Timestamp,
) -> Result<Option<Giveaway>> {
    let (from, to) = (above(seen).unwrap_or(ALL), to.map_or(ALL, UserId::as_i64));
    let weighed = Some((now, to));
    let Some(kept) = work::change(tx, seen, now, |giveaway| {
        giveaway.weighed = weighed;
        (giveaway.waits_since, giveaway.wait_told) = (None, false);
    })
    .await?
    else {
        return Ok(None);
    };
    if kept.state != State::Open {
        return Ok(None);
    }
    let weight = |roles: &[RoleId]| i32::try_from(kept.requirements.weight(roles)).unwrap_or(1);
    let (users, weights): (Vec<i64>, Vec<i32>) =
        held.iter().map(|(user, roles)| (user.as_i64(), weight(roles))).unzip();
    tx.execute(
        "weighing a giveaway's entries",
        sql("update giveaway_entries e set weight = w.weight from ( \
               select e.user_id, coalesce(h.weight, 1) as weight from giveaway_entries e \
                 left join unnest(?, ?) h (user_id, weight) on h.user_id = e.user_id \
               where e.guild_id = ? and e.giveaway = ? and e.user_id > ? and e.user_id <= ?) w \
             where e.guild_id = ? and e.giveaway = ? and e.user_id = w.user_id and e.weight <> w.weight")
        .bind::<Array<BigInt>, _>(users)
        .bind::<Array<Integer>, _>(weights)
        .bind::<BigInt, _>(kept.guild.as_i64())
        .bind::<BigInt, _>(kept.number)
        .bind::<BigInt, _>(from)
        .bind::<BigInt, _>(to)
        .bind::<BigInt, _>(kept.guild.as_i64())
        .bind::<BigInt, _>(kept.number),
    )
    .await?;
    Ok(Some(kept))
}
