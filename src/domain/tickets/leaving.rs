//! What becomes of a ticket that was given to somebody who isn't of the team: it is free again.
//!
//! Whether he is, only Discord knows; `jobs` asks before he is told of the ticket.

use super::store::{self, Trace};
use super::{Deed, Step};
use crate::db::Tx;
use crate::domain::notifications;
use crate::kernel::{GuildId, Result, UserId};
use jiff::Timestamp;

/// Takes a ticket from `agent`; one that goes to somebody else meanwhile, or has ended, stays as it is. Acts in the operators'
/// place. The trace is for whoever writes down what became of the notice ([`trace`]).
///
/// # Errors
/// As [`Tx::load`].
pub async fn free(tx: &mut Tx, step: &Step<'_>, agent: UserId) -> Result<()> {
    let Some(row) = store::lock(tx, step.guild, step.number).await? else { return Ok(()) };
    if let Some(free) = row.ticket.read()?.freed_from(agent, step.rules, step.now) {
        store::save(tx, &free);
    }
    Ok(())
}

/// Writes into the audit and the event log that a ticket was taken from `agent`. Acts as the system's *schedule* duty.
pub fn trace(tx: &mut Tx, guild: GuildId, number: i64, agent: UserId, now: Timestamp) {
    let trace = Trace { deed: Deed::Freed, old: Some(agent.to_string()), new: None };
    store::audit(tx, guild, Some(number), trace, now);
    notifications::record(tx, guild, Deed::Freed.as_str(), Some(number), now);
}
