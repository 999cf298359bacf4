//! Making, ending and changing giveaways: the one door for staff. Acts as the *payments* duty in the guild.
//!
//! Whatever changes the terms raises their version: they are posted anew before anything is drawn by them.

use super::{Also, Giveaway, LONGEST, NewGiveaway, Prize, Requirements, SHORTEST, State, store, work};
use crate::db::{Tx, sql};
use crate::domain::promotions::{self, Discount};
use crate::kernel::error::Cause;
use crate::kernel::{ChannelId, Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use jiff::{SignedDuration, Timestamp};

/// How long after the command a giveaway ends that is ended early: long enough to post its new terms.
pub const SOON: SignedDuration = SignedDuration::from_secs(10);

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    last_number: i64,
}

/// Who changes which giveaway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// The guild.
    pub guild: GuildId,
    /// The giveaway's number.
    pub number: i64,
    /// Who of staff.
    pub by: UserId,
    /// The intent: a repeat changes nothing, and finds what the first did.
    pub request: &'a str,
    /// When.
    pub now: Timestamp,
}

/// The end in whole seconds: the terms know no others.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// Checks when a giveaway would begin and end.
fn check_times(from: Timestamp, until: Timestamp, now: Timestamp) -> Result<()> {
    if until <= now || until <= from {
        return Err(Error::Conflict("error-giveaway-ends-first"));
    }
    // A minute from within a second is one: ends are whole seconds.
    if whole(until).duration_since(whole(from.max(now))) < SHORTEST {
        return Err(Error::Conflict("error-giveaway-too-short"));
    }
    if until.duration_since(now) > LONGEST {
        return Err(Error::Conflict("error-giveaway-too-long"));
    }
    Ok(())
}

/// Makes a giveaway, or finds the one that this intent made before.
///
/// # Errors
/// [`Error::Conflict`] for what no giveaway may be, with the reason.
pub async fn create(tx: &mut Tx, new: &NewGiveaway, now: Timestamp) -> Result<Giveaway> {
    let number = next_number(tx, new.guild).await?;
    if let Some(made) = store::of_request(tx, new.guild, &new.request).await? {
        return Ok(made);
    }
    let starts_at = new.starts_at.max(now);
    let ends_at = whole(new.ends_at);
    check_times(starts_at, ends_at, now)?;
    if matches!(new.prize, Prize::Coupon { .. }) && new.claim_hours == 0 {
        return Err(Error::Conflict("error-giveaway-coupon-claim"));
    }
    check_prize(tx, new.guild, &new.prize).await?;
    check_also(tx, new.guild, &new.also).await?;
    if new.requirements.roles().any(|role| role.get() == new.guild.get()) {
        return Err(Error::Conflict("error-giveaway-everyone"));
    }
    check_requirements(tx, new.guild, &new.requirements).await?;
    let new = NewGiveaway { starts_at, ends_at, ..new.clone() };
    store::insert(tx, number, &new, now).await?;
    store::audit(tx, (new.guild, number), "giveaway_made", Some(&new.title), new.host, now);
    work::record(tx, (new.guild, number), "giveaway_made", now);
    store::find(tx, new.guild, number)
        .await?
        .ok_or_else(|| Error::Internal { what: "making a giveaway", cause: Cause::new("it is not there") })
}

async fn next_number(tx: &mut Tx, guild: GuildId) -> Result<i64> {
    let row: Option<Number> = tx
        .first(
            "taking a giveaway's number",
            sql("insert into giveaway_counters as c (guild_id, last_number) values (?, 1) \
                 on conflict (guild_id) do update set last_number = c.last_number + 1 returning last_number")
            .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    let none = || Error::Internal { what: "taking a giveaway's number", cause: Cause::new("no row") };
    row.map(|row| row.last_number).ok_or_else(none)
}

async fn check_prize(tx: &mut Tx, guild: GuildId, prize: &Prize) -> Result<()> {
    let found = match prize {
        Prize::Plan { code, .. } => plan_exists(tx, guild, code).await?,
        Prize::Product { code, variant } => {
            let statement =
                sql("select from products g join variants v on v.guild_id = g.guild_id and v.product = g.code \
                 where g.guild_id = ? and g.code = ? and v.code = ? and not g.archived and not v.archived")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(code.clone())
                .bind::<Text, _>(variant.clone());
            tx.execute("looking for a prize", statement).await? > 0
        }
        Prize::Role { role, .. } => role.get() != guild.get(),
        Prize::Coupon { discount: Discount::Amount(amount), .. } => {
            amount.currency() == promotions::reading::currency(tx, guild).await?
        }
        Prize::Coupon { .. } | Prize::Hand => true,
    };
    if found { Ok(()) } else { Err(Error::Conflict("error-giveaway-no-prize")) }
}

async fn check_also(tx: &mut Tx, guild: GuildId, also: &Also) -> Result<()> {
    let plan = match &also.plan {
        Some((code, _)) => plan_exists(tx, guild, code).await?,
        None => true,
    };
    if plan && also.role.is_none_or(|role| role.get() != guild.get()) {
        Ok(())
    } else {
        Err(Error::Conflict("error-giveaway-no-prize"))
    }
}

async fn check_requirements(tx: &mut Tx, guild: GuildId, asked: &Requirements) -> Result<()> {
    if let Some(plan) = &asked.plan
        && !plan_exists(tx, guild, plan).await?
    {
        return Err(Error::Conflict("error-giveaway-no-plan"));
    }
    let shut_out = |role| asked.no_role.contains(role);
    let nobody =
        asked.all_roles.iter().any(shut_out) || (!asked.any_role.is_empty() && asked.any_role.iter().all(shut_out));
    if nobody { Err(Error::Conflict("error-giveaway-nobody-may")) } else { Ok(()) }
}

async fn plan_exists(tx: &mut Tx, guild: GuildId, code: &str) -> Result<bool> {
    let statement = sql("select from plans where guild_id = ? and code = ? and not archived")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(code.to_owned());
    Ok(tx.execute("looking for a plan", statement).await? > 0)
}

/// The giveaway, locked, to be changed if its list is not frozen yet; or as it stands, where this intent changed it before.
enum Found {
    ToChange(Giveaway),
    Changed(Giveaway),
}

async fn before_draw(tx: &mut Tx, step: Step<'_>) -> Result<Found> {
    let giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    if giveaway.last_request.as_deref() == Some(step.request) {
        return Ok(Found::Changed(giveaway));
    }
    if giveaway.state.is_before_draw() {
        Ok(Found::ToChange(giveaway))
    } else {
        Err(Error::Conflict("error-giveaway-over"))
    }
}

fn keep(tx: &mut Tx, giveaway: &mut Giveaway, step: Step<'_>, action: &'static str) {
    giveaway.look_at =
        Some(step.now.max(if giveaway.state == State::Scheduled { giveaway.starts_at } else { step.now }));
    giveaway.attempts = 0;
    // It may end at another time now: roles count as they are then.
    giveaway.weighed = None;
    giveaway.last_request = Some(step.request.to_owned());
    store::save(tx, giveaway, step.now);
    store::audit(tx, (step.guild, step.number), action, None, step.by, step.now);
    work::record(tx, (step.guild, step.number), action, step.now);
}

/// Calls a giveaway off.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] once its list is frozen: from then on it is drawn.
pub async fn cancel(tx: &mut Tx, step: Step<'_>) -> Result<Giveaway> {
    let mut giveaway = match before_draw(tx, step).await? {
        Found::ToChange(giveaway) => giveaway,
        Found::Changed(giveaway) => return Ok(giveaway),
    };
    giveaway.state = State::Cancelled;
    giveaway.paused_at = None;
    giveaway.ended_at = Some(step.now);
    keep(tx, &mut giveaway, step, "giveaway_cancelled");
    Ok(giveaway)
}

/// Lets nobody enter for now, while its end waits; or lets members enter again, its end later by the time that it was paused.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where it is neither open nor paused.
pub async fn pause_or_resume(tx: &mut Tx, step: Step<'_>) -> Result<Giveaway> {
    let mut giveaway = match before_draw(tx, step).await? {
        Found::ToChange(giveaway) => giveaway,
        Found::Changed(giveaway) => return Ok(giveaway),
    };
    match (giveaway.state, giveaway.paused_at) {
        (State::Open, _) if giveaway.ends_at > step.now => {
            giveaway.state = State::Paused;
            giveaway.paused_at = Some(step.now);
            keep(tx, &mut giveaway, step, "giveaway_paused");
        }
        (State::Paused, Some(since)) => {
            let pause = step.now.duration_since(since);
            giveaway.state = State::Open;
            giveaway.paused_at = None;
            let until = giveaway.ends_at.checked_add(pause).unwrap_or(giveaway.ends_at);
            end_at(&mut giveaway, until);
            keep(tx, &mut giveaway, step, "giveaway_resumed");
        }
        _ => return Err(Error::Conflict("error-giveaway-not-open")),
    }
    Ok(giveaway)
}

/// The same, where it isn't paused, or not paused, as it is wanted already.
///
/// # Errors
/// As [`pause_or_resume`].
pub async fn pause(tx: &mut Tx, step: Step<'_>, paused: bool) -> Result<Giveaway> {
    let giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    match (giveaway.state, paused) {
        (State::Paused, true) | (State::Open, false) => Ok(giveaway),
        _ => pause_or_resume(tx, step).await,
    }
}

/// Sets another end, later than the present one, from which it is counted.
///
/// # Errors
/// What `until` says; [`Error::NotFound`]; [`Error::Conflict`] where it is over, or the end is not later or too late.
pub async fn extend(
    tx: &mut Tx,
    step: Step<'_>,
    until: impl FnOnce(Timestamp) -> Result<Timestamp> + Send,
) -> Result<Giveaway> {
    let mut giveaway = match before_draw(tx, step).await? {
        Found::ToChange(giveaway) => giveaway,
        Found::Changed(giveaway) => return Ok(giveaway),
    };
    let until = whole(until(giveaway.ends_at.max(step.now))?);
    if until <= giveaway.ends_at {
        return Err(Error::Conflict("error-giveaway-not-later"));
    }
    check_times(giveaway.starts_at, until, step.now)?;
    end_at(&mut giveaway, until);
    keep(tx, &mut giveaway, step, "giveaway_extended");
    Ok(giveaway)
}

/// Ends a giveaway early: [`SOON`], once its new terms are posted.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where it isn't open.
pub async fn end_now(tx: &mut Tx, step: Step<'_>) -> Result<Giveaway> {
    let mut giveaway = match before_draw(tx, step).await? {
        Found::ToChange(giveaway) => giveaway,
        Found::Changed(giveaway) => return Ok(giveaway),
    };
    if giveaway.state != State::Open {
        return Err(Error::Conflict("error-giveaway-not-open"));
    }
    let soon = whole(step.now.checked_add(SOON).unwrap_or(step.now));
    if giveaway.ends_at > soon {
        end_at(&mut giveaway, soon);
        keep(tx, &mut giveaway, step, "giveaway_ended");
    }
    Ok(giveaway)
}

/// Lets a giveaway go on in another channel: before its list is frozen under new terms that are posted there; later with what is
/// still to be said, while its draw stays committed to where it was.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where it is there already, was called off, or nothing is left to be said.
pub async fn move_to(tx: &mut Tx, step: Step<'_>, channel: ChannelId) -> Result<Giveaway> {
    let mut giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    if giveaway.last_request.as_deref() == Some(step.request) {
        return Ok(giveaway);
    }
    if giveaway.posts_in() == channel {
        return Err(Error::Conflict("error-giveaway-there"));
    }
    match giveaway.state {
        State::Cancelled => return Err(Error::Conflict("error-giveaway-cancelled")),
        State::Done if giveaway.trouble.is_none() => return Err(Error::Conflict("error-giveaway-over")),
        State::Scheduled | State::Open | State::Paused => {
            giveaway.channel = channel;
            giveaway.version = giveaway.version.saturating_add(1);
        }
        // What it was to be committed to was never posted.
        State::Drawing if giveaway.commitment_message.is_none() => {
            work::move_end(&mut giveaway, step.now);
            giveaway.channel = channel;
        }
        State::Drawing | State::Drawn | State::Done => {
            giveaway.moved_to = Some(channel);
            giveaway.winners_message = None;
            giveaway.told = 0;
        }
    }
    (giveaway.card_message, giveaway.card_shows) = (None, None);
    keep(tx, &mut giveaway, step, "giveaway_moved");
    Ok(giveaway)
}

/// Sets another end, and with it another round.
pub(super) fn end_at(giveaway: &mut Giveaway, until: Timestamp) {
    giveaway.ends_at = whole(until);
    giveaway.version = giveaway.version.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn a_minute_that_begins_within_a_second_is_long_enough() {
        let now: Timestamp = "2026-01-01T00:00:00.9Z".parse().unwrap();
        let after = |seconds| whole(now + SignedDuration::from_secs(seconds));
        assert!(check_times(now, after(60), now).is_ok());
        assert!(check_times(now, after(59), now).is_err());
    }
}
