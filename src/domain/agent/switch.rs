//! The switch that stops everything, and the dial that says how much may happen without a person.
//!
//! Stopping, and turning the dial down, are done at once; letting go on, and turning it up, are what a plan does. Each holds the
//! guild's switch first, until its transaction ends.

use super::audit::add;
use super::service::{Count, Step, hold};
use super::{Autonomy, Switch};
use crate::db::{Tx, sql};
use crate::kernel::{Error, Result};
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Rejects what waits or is approved, and tells how many plans that were.
async fn reject_open(tx: &mut Tx, step: Step) -> Result<i64> {
    let statement = sql("with ended as (update agent_plans set ended_by = ?, ended_at = ?, \
             state = case when expires_at > ? then 'rejected' else 'expired' end \
           where guild_id = ? and state in ('waiting', 'approved') returning state) \
         select count(*) as n from ended where state = 'rejected'")
    .bind::<BigInt, _>(step.by.as_i64())
    .bind::<Timestamptz, _>(step.now.to_diesel())
    .bind::<Timestamptz, _>(step.now.to_diesel())
    .bind::<BigInt, _>(step.guild.as_i64());
    let ended: Option<Count> = tx.first("rejecting open plans", statement).await?;
    Ok(ended.map_or(0, |ended| ended.n))
}

/// Nothing is committed from the end of this transaction on, and whatever was open is rejected. Stopped once more, it stays as it
/// was, and what was open is rejected all the same.
///
/// # Errors
/// As [`Tx::load`].
pub async fn stop(tx: &mut Tx, step: Step) -> Result<Switch> {
    let mut switch = hold(tx, step.guild).await?;
    let ended = reject_open(tx, step).await?;
    if switch.stopped.is_some() && ended == 0 {
        return Ok(switch);
    }
    if switch.stopped.is_none() {
        switch.stopped = Some((step.now, step.by));
        tx.defer(
            "stopping",
            sql("update agent_switch set stopped_at = ?, stopped_by = ? where guild_id = ?")
                .bind::<Timestamptz, _>(step.now.to_diesel())
                .bind::<BigInt, _>(step.by.as_i64())
                .bind::<BigInt, _>(step.guild.as_i64()),
        );
    }
    add(tx, step, ("stopped", None), &format!("{ended} plans rejected"));
    Ok(switch)
}

/// What was stopped goes on; where nothing was, it is a conflict.
///
/// # Errors
/// [`Error::Conflict`].
pub async fn resume(tx: &mut Tx, step: Step) -> Result<()> {
    if hold(tx, step.guild).await?.stopped.is_none() {
        return Err(Error::Conflict("error-agent-not-stopped"));
    }
    tx.defer(
        "letting go on",
        sql("update agent_switch set stopped_at = null, stopped_by = null where guild_id = ?")
            .bind::<BigInt, _>(step.guild.as_i64()),
    );
    add(tx, step, ("resumed", None), "");
    Ok(())
}

fn turn(tx: &mut Tx, step: Step, (from, to): (Autonomy, Autonomy)) {
    tx.defer(
        "turning the dial",
        sql("update agent_switch set autonomy = ? where guild_id = ?")
            .bind::<Text, _>(to.as_str())
            .bind::<BigInt, _>(step.guild.as_i64()),
    );
    add(tx, step, ("autonomy", None), &format!("{} to {}", from.as_str(), to.as_str()));
}

/// Turns the dial down; where it stands there already, it stays.
///
/// # Errors
/// [`Error::Conflict`] for up: that needs a plan.
pub async fn lower(tx: &mut Tx, step: Step, autonomy: Autonomy) -> Result<Switch> {
    let mut switch = hold(tx, step.guild).await?;
    if autonomy > switch.autonomy {
        return Err(Error::Conflict("error-agent-raise"));
    }
    if autonomy < switch.autonomy {
        turn(tx, step, (switch.autonomy, autonomy));
        switch.autonomy = autonomy;
    }
    Ok(switch)
}

/// Turns the dial up, as a plan says.
///
/// # Errors
/// [`Error::Conflict`] where that isn't up.
pub async fn raise(tx: &mut Tx, step: Step, autonomy: Autonomy) -> Result<()> {
    let switch = hold(tx, step.guild).await?;
    if autonomy <= switch.autonomy {
        return Err(Error::Conflict("error-agent-not-up"));
    }
    turn(tx, step, (switch.autonomy, autonomy));
    Ok(())
}
