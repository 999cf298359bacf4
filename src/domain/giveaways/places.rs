//! Who has what he won: claiming and giving. Acts as the *payments* duty.
//!
//! A place is locked while its prize is given, and what is given bears the place's name, so that nothing is given twice.

use super::coupons;
use super::service::Step;
use super::{Also, Code, Giveaway, PlaceState, Prize, store};
use crate::db::{Tx, sql};
use crate::domain::shop::Source;
use crate::domain::shop::entitlements::{self, Give, What};
use crate::domain::shop::orders::prize::{self, Won};
use crate::kernel::{Error, GuildId, Locale, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long after its end a giveaway still finds somebody for a place that became free.
pub const REPLACED_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A place with its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// His rank.
    pub rank: u32,
    /// He.
    pub user: UserId,
    /// How he stands with his prize.
    pub state: PlaceState,
    /// Until when he may claim it; `None`: he can't have read yet that he won, or needs no claim.
    pub claim_until: Option<Timestamp>,
    /// The order by which he got it.
    pub order: Option<i64>,
    /// Whether staff want the next in order in his place.
    pub replaced: bool,
    /// The code that he won, where it is told.
    pub code: Option<Code>,
    /// What of it waits.
    pub waits: Waits,
}

/// What of a prize waits until a subscription to the same plan has ended.
#[derive(QueryableByName, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// Its days.
    #[diesel(sql_type = Bool)]
    pub prize: bool,
    /// Those that come beside it.
    #[diesel(sql_type = Bool)]
    pub also: bool,
}

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Integer)]
    rank: i32,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    claim_until: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Bool)]
    replaced: bool,
}

pub(super) fn read(row: Row) -> Option<Place> {
    Some(Place {
        rank: u32::try_from(row.rank).ok()?,
        user: UserId::try_from(row.user_id).ok()?,
        state: PlaceState::from_word(&row.state)?,
        claim_until: row.claim_until.map(|at| at.to_jiff()),
        order: row.order_number,
        replaced: row.replaced,
        code: None,
        waits: Waits::default(),
    })
}

/// Somebody's place, locked.
async fn lock(tx: &mut Tx, guild: GuildId, number: i64, user: UserId) -> Result<Option<Place>> {
    let row: Option<Row> = tx
        .first(
            "locking a place",
            sql("select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
                 where guild_id = ? and giveaway = ? and user_id = ? for update")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    Ok(row.and_then(read))
}

/// A winner wants his prize: it is given at once, or staff are told to give it, as they are where the role that he won is gone. A
/// second time he gets the same answer.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for who has not won, claims too late, or is being replaced.
pub async fn claim(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    (user, locale): (UserId, Locale),
    role_gone: bool,
    now: Timestamp,
) -> Result<(Giveaway, Place)> {
    let mut giveaway = store::lock(tx, guild, number).await?.ok_or(Error::NotFound("giveaway"))?;
    let place = lock(tx, guild, number, user).await?.ok_or(Error::Conflict("error-giveaway-not-won"))?;
    match place.state {
        PlaceState::Out => return Err(Error::Conflict("error-giveaway-claim-late")),
        PlaceState::Pending | PlaceState::Claimed if place.replaced => {
            return Err(Error::Conflict("error-giveaway-replaced"));
        }
        PlaceState::Claimed | PlaceState::Delivered | PlaceState::Given => {
            let code = match place.state {
                PlaceState::Delivered => coupons::give(tx, &giveaway, (place.rank, user), now).await?,
                _ => None,
            };
            let waits = waits(tx, &giveaway, place.rank, now).await?;
            return Ok((giveaway, Place { code, waits, ..place }));
        }
        // By what was seen, as for whoever follows him: while the program was away, his time stood still.
        PlaceState::Pending
            if place.claim_until.is_some_and(|until| giveaway.seen_at.is_some_and(|at| until <= at)) =>
        {
            return Err(Error::Conflict("error-giveaway-claim-late"));
        }
        PlaceState::Pending => {}
    }
    let place = give(tx, &giveaway, place, (locale, role_gone), now).await?;
    giveaway.look_at = Some(now);
    store::save(tx, &giveaway, now);
    Ok((giveaway, place))
}

/// Gives the prizes that need no claim, at most `limit`; tells how many. Staff give them where the role that is won is gone.
///
/// # Errors
/// As [`Tx::load`].
pub async fn give_unclaimed(
    tx: &mut Tx,
    giveaway: &Giveaway,
    (locale, role_gone): (Locale, bool),
    now: Timestamp,
    limit: i64,
) -> Result<usize> {
    if giveaway.claim_hours > 0 {
        return Ok(0);
    }
    // Several people's turns are taken in the order of their accounts, or two giveaways that wait for each other's winners would not
    // end. What may run out goes by rank: there it is one turn at a time.
    let limit = if matches!(giveaway.prize, Prize::Product { .. }) { limit.min(1) } else { limit };
    let rows: Vec<Row> = tx
        .load(
            "looking for prizes to give",
            sql("select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
                 where guild_id = ? and giveaway = ? and state = 'pending' and reroll_reason is null \
                 order by rank limit ? for update skip locked")
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let count = rows.len();
    let mut places: Vec<Place> = rows.into_iter().filter_map(read).collect();
    places.sort_by_key(|place| place.user);
    for place in places {
        give(tx, giveaway, place, (locale, role_gone), now).await?;
    }
    Ok(count)
}

/// Gives a prize to the holder of a locked place.
async fn give(
    tx: &mut Tx,
    giveaway: &Giveaway,
    place: Place,
    (locale, role_gone): (Locale, bool),
    now: Timestamp,
) -> Result<Place> {
    let key = format!("prize/{}/{}", giveaway.number, place.rank);
    let mut waits = Waits::default();
    let (state, order) = match &giveaway.prize {
        Prize::Plan { code, days } => {
            waits.prize = entitle(tx, giveaway, &place, (What::Plan(code.clone()), Some(*days), key), now).await?;
            (PlaceState::Delivered, None)
        }
        Prize::Role { .. } if role_gone => (PlaceState::Claimed, None),
        Prize::Role { role, days } => {
            entitle(tx, giveaway, &place, (What::Role(*role), *days, key), now).await?;
            (PlaceState::Delivered, None)
        }
        Prize::Product { code, variant } => {
            let won = Won {
                guild: giveaway.guild,
                user: place.user,
                locale,
                code: code.clone(),
                variant: variant.clone(),
                key,
            };
            match prize::hand_out(tx, &won, now).await? {
                Some(order) => (PlaceState::Delivered, Some(order)),
                // Sold out, or no longer in the catalogue.
                None => (PlaceState::Claimed, None),
            }
        }
        Prize::Coupon { .. } => (PlaceState::Delivered, None),
        Prize::Hand => (PlaceState::Claimed, None),
    };
    let code = coupons::give(tx, giveaway, (place.rank, place.user), now).await?;
    // Beside what staff give by hand it comes with it: until then he may be replaced.
    if state == PlaceState::Delivered {
        waits.also = also(tx, giveaway, &place, now).await?;
    }
    tx.defer(
        "giving a prize",
        sql("update giveaway_places set state = ?, order_number = ?, updated_at = ? \
             where guild_id = ? and giveaway = ? and rank = ?")
        .bind::<Text, _>(state.as_str())
        .bind::<Nullable<BigInt>, _>(order)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<Integer, _>(i32::try_from(place.rank).unwrap_or(i32::MAX)),
    );
    Ok(Place { state, order, code, waits, ..place })
}

/// Gives what comes beside the prize; tells whether its days wait.
async fn also(tx: &mut Tx, giveaway: &Giveaway, place: &Place, now: Timestamp) -> Result<bool> {
    let mut waits = false;
    let Also { plan, role } = &giveaway.also;
    let key = |what: &str| format!("prize/{}/{}/{what}", giveaway.number, place.rank);
    if let Some((code, days)) = plan {
        waits = entitle(tx, giveaway, place, (What::Plan(code.clone()), Some(*days), key("plan")), now).await?;
    }
    if let Some(role) = role {
        entitle(tx, giveaway, place, (What::Role(*role), None, key("role")), now).await?;
    }
    Ok(waits)
}

/// What of a prize waits until its winner's subscription to the same plan has ended.
///
/// # Errors
/// As [`Tx::first`].
pub async fn waits(tx: &mut Tx, giveaway: &Giveaway, rank: u32, now: Timestamp) -> Result<Waits> {
    let key = format!("prize/{}/{rank}", giveaway.number);
    let found: Option<Waits> = tx
        .first(
            "asking whether a prize waits",
            sql("select coalesce(bool_or(w.source_key = k.key), false) as prize, coalesce(bool_or(w.source_key <> k.key), false) as also \
                 from (select ?::text as key) k join entitlements w on w.source_key in (k.key, k.key || '/plan') \
                   join entitlements s on s.guild_id = w.guild_id and s.user_id = w.user_id \
                   and s.plan = w.plan and s.source = 'subscription' and s.revoked_at is null and s.ends_at > ? \
                 where w.guild_id = ? and w.starts_at > ?")
            .bind::<Text, _>(key)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok(found.unwrap_or_default())
}

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    until: Option<jiff_diesel::Timestamp>,
    /// Until when he has the same by a subscription.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paid_until: Option<jiff_diesel::Timestamp>,
}

/// Gives a plan or a role, behind what the winner has of it already; days of a plan that he pays for wait until his subscription
/// has ended, and it is told whether they do.
async fn entitle(
    tx: &mut Tx,
    giveaway: &Giveaway,
    place: &Place,
    (what, days, key): (What, Option<u32>, String),
    now: Timestamp,
) -> Result<bool> {
    let (plan, role) = match &what {
        What::Plan(code) => (Some(code.clone()), None),
        What::Role(role) => (None, Some(RoleId::as_i64(*role))),
    };
    entitlements::one_by_one(tx, giveaway.guild, place.user).await?;
    let held: Option<Held> = tx
        .first(
            "looking at what a winner holds",
            sql("select max(ends_at) filter (where source <> 'subscription' and suspended_at is null) as until, \
                   max(ends_at) filter (where source = 'subscription') as paid_until \
                 from entitlements where guild_id = ? and user_id = ? \
                   and plan is not distinct from ? and role_id is not distinct from ? \
                   and revoked_at is null and ends_at > ? and source_key <> ?")
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(place.user.as_i64())
            .bind::<Nullable<Text>, _>(plan)
            .bind::<Nullable<BigInt>, _>(role)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Text, _>(key.clone()),
        )
        .await?;
    let time = |at: Option<jiff_diesel::Timestamp>| at.map_or(now, |at| at.to_jiff()).max(now);
    let (held, paid) = held.map_or((now, now), |held| (time(held.until), time(held.paid_until)));
    let from = held.max(paid);
    let ends_at = days.and_then(|days| from.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok());
    let starts_at = if ends_at.is_some() { from } else { now };
    let give = Give { user: place.user, what, source: Source::Prize, key, order: None, starts_at, ends_at, by: None };
    entitlements::give(tx, giveaway.guild, &give, now);
    Ok(ends_at.is_some() && paid > now)
}

/// Staff gave a prize by hand; `false`: it was noted before, and stands as it does.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where nothing is to be given to him.
pub async fn given(tx: &mut Tx, step: Step<'_>, user: UserId) -> Result<(Giveaway, bool)> {
    let mut giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    let place = lock(tx, step.guild, step.number, user).await?.ok_or(Error::Conflict("error-giveaway-no-winner"))?;
    match place.state {
        PlaceState::Given => return Ok((giveaway, false)),
        PlaceState::Claimed if place.replaced => return Err(Error::Conflict("error-giveaway-replaced-staff")),
        PlaceState::Claimed => {}
        PlaceState::Pending | PlaceState::Delivered | PlaceState::Out => {
            return Err(Error::Conflict("error-giveaway-nothing-to-give"));
        }
    }
    also(tx, &giveaway, &place, step.now).await?;
    tx.defer(
        "noting a prize that staff gave",
        sql("update giveaway_places set state = 'given', updated_at = ? where guild_id = ? and giveaway = ? and rank = ?")
            .bind::<Timestamptz, _>(step.now.to_diesel())
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<BigInt, _>(step.number)
            .bind::<Integer, _>(i32::try_from(place.rank).unwrap_or(i32::MAX)),
    );
    giveaway.look_at = Some(step.now);
    store::save(tx, &giveaway, step.now);
    store::audit(tx, (step.guild, step.number), "giveaway_given", Some(&user.to_string()), step.by, step.now);
    Ok((giveaway, true))
}
