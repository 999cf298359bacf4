//! Members enter and leave. Acts as the *payments* duty in the guild: the weight of an entry follows from roles that only Discord
//! knows.
//!
//! Both are harmless when they come twice. The giveaway is held meanwhile, so that its list is not frozen between the look and the
//! entry.

use super::{Candidate, Giveaway, Refusal, State, chance, store};
use crate::db::{Tx, sql};
use crate::kernel::{Error, GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Who presses the button, as Discord describes him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrant {
    /// His account.
    pub user: UserId,
    /// His roles.
    pub roles: Vec<RoleId>,
    /// When he came to the server, where Discord told it.
    pub joined_at: Option<Timestamp>,
}

/// What came of entering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// He takes part.
    In {
        /// The giveaway.
        giveaway: Box<Giveaway>,
        /// Whether he did before.
        before: bool,
        /// The weight of his entry.
        weight: u32,
        /// His chance as things stand, in hundredths of a percent.
        chance: u32,
    },
    /// He may not.
    Refused(Box<Giveaway>, Refusal),
}

#[derive(QueryableByName)]
struct Own {
    #[diesel(sql_type = Bool)]
    before: bool,
    #[diesel(sql_type = Integer)]
    weight: i32,
}

#[derive(QueryableByName)]
struct Crowd {
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

#[derive(QueryableByName)]
struct Holds {
    #[diesel(sql_type = Bool)]
    holds: bool,
}

/// The giveaway, held as it is, if members enter and leave now.
async fn open(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) -> Result<Giveaway> {
    // Looked at first without holding it: who comes too late must not hold up those who freeze its list.
    refused(&store::find(tx, guild, number).await?.ok_or(Error::NotFound("giveaway"))?, now)?;
    let giveaway = store::hold(tx, guild, number).await?.ok_or(Error::NotFound("giveaway"))?;
    refused(&giveaway, now).map(|()| giveaway)
}

fn refused(giveaway: &Giveaway, now: Timestamp) -> Result<()> {
    match giveaway.state {
        State::Open if giveaway.ends_at > now => Ok(()),
        State::Scheduled => Err(Error::Conflict("error-giveaway-not-begun")),
        State::Paused => Err(Error::Conflict("error-giveaway-paused")),
        State::Cancelled => Err(Error::Conflict("error-giveaway-cancelled")),
        State::Open | State::Drawing | State::Drawn | State::Done => Err(Error::Conflict("error-giveaway-ended")),
    }
}

/// Lets somebody take part, if he may; what his entry weighs is looked at again at the end.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where nobody enters now, with the reason.
pub async fn enter(tx: &mut Tx, guild: GuildId, number: i64, who: Entrant, now: Timestamp) -> Result<Entered> {
    let giveaway = open(tx, guild, number, now).await?;
    let Entrant { user, roles, joined_at } = who;
    let holds_plan = match &giveaway.requirements.plan {
        Some(plan) => holds(tx, guild, user, plan, now).await?,
        None => true,
    };
    let candidate = Candidate { user, roles, joined_at, holds_plan };
    if let Some(refusal) = giveaway.requirements.refuse(&candidate, now) {
        return Ok(Entered::Refused(Box::new(giveaway), refusal));
    }
    let weight = giveaway.requirements.weight(&candidate.roles);
    let own: Option<Own> = tx
        .first(
            "entering a giveaway",
            sql("with new as ( \
                   insert into giveaway_entries (guild_id, giveaway, user_id, weight, entered_at) values (?, ?, ?, ?, ?) \
                   on conflict do nothing returning weight) \
                 select false as before, weight from new \
                 union all select true, weight from giveaway_entries where guild_id = ? and giveaway = ? and user_id = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Integer, _>(i32::try_from(weight).unwrap_or(1))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    // Nothing came where his other press was written at the same moment.
    let (before, kept) = own.map_or((true, weight), |own| (own.before, u32::try_from(own.weight).unwrap_or(1)));
    let crowd = crowd(tx, guild, number).await?;
    let chance = chance(kept, crowd, giveaway.winners);
    Ok(Entered::In { giveaway: Box::new(giveaway), before, weight: kept, chance })
}

/// Takes somebody's entry out; `false` where he had none.
///
/// # Errors
/// As [`enter`].
pub async fn leave(tx: &mut Tx, guild: GuildId, number: i64, user: UserId, now: Timestamp) -> Result<(Giveaway, bool)> {
    let giveaway = open(tx, guild, number, now).await?;
    let gone = tx
        .execute(
            "leaving a giveaway",
            sql("delete from giveaway_entries where guild_id = ? and giveaway = ? and user_id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number)
                .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    Ok((giveaway, gone > 0))
}

/// How many take part, and what their weights add up to; kept by a trigger. Acts as the *payments* duty or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn crowd(tx: &mut Tx, guild: GuildId, number: i64) -> Result<(u64, u64)> {
    let row: Option<Crowd> = tx
        .first(
            "counting a giveaway's entries",
            sql("select coalesce(sum(entries), 0)::bigint as entries, coalesce(sum(weight), 0)::bigint as total \
                 from giveaway_crowds where guild_id = ? and giveaway = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(row.map_or((0, 0), |row| (count(row.entries), count(row.total))))
}

/// Whether a member holds a plan.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn holds(tx: &mut Tx, guild: GuildId, user: UserId, plan: &str, now: Timestamp) -> Result<bool> {
    let row: Option<Holds> = tx
        .first(
            "looking for a plan that somebody holds",
            sql("select exists (select from entitlements where guild_id = ? and user_id = ? and plan = ? \
                   and revoked_at is null and suspended_at is null and starts_at <= ? \
                   and (ends_at is null or ends_at > ?)) as holds")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(plan.to_owned())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok(row.is_some_and(|row| row.holds))
}
