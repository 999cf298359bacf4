//! What a rule refused somebody, as lines of the audit: who, what and why, nothing of what came with it.
//!
//! Whoever has the key may ask as often as he likes, in anybody's name, so lines are limited: the same refusal is one line an hour,
//! and a guild has only so many a day, the last of which says that more aren't written down.

use super::audit::add;
use super::service::Step;
use super::store;
use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::SignedDuration;
use jiff_diesel::ToDiesel;

/// Lines of refusals in a guild in 24 hours.
pub const REFUSALS_MAX: i64 = 100;
/// How long the same refusal is not written down again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What was asked for, in a word.
    pub what: &'static str,
    /// With which plan.
    pub plan: Option<i64>,
    /// Why not, in the word of the answer.
    pub why: &'static str,
}

#[derive(QueryableByName)]
struct Before {
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = BigInt)]
    same: i64,
}

/// Writes a refusal down, unless it was lately or there are too many. Acts as the *payments* duty, for the person may be nobody.
///
/// # Errors
/// As [`Tx::load`].
pub async fn refuse(tx: &mut Tx, step: Step, refusal: Refusal) -> Result<()> {
    let words = format!("{}: {}", refusal.what, refusal.why);
    let since = |ago| step.now.checked_sub(ago).unwrap_or(step.now);
    // A plan has a number above zero, whatever a path says.
    let plan = refusal.plan.filter(|plan| *plan > 0);
    let before = sql("select count(*) as lines, \
           count(*) filter (where actor_id = ? and plan is not distinct from ? and words = ? and at > ?) as same \
         from agent_audit where guild_id = ? and action = 'refused' and at > ?")
    .bind::<BigInt, _>(step.by.as_i64())
    .bind::<Nullable<BigInt>, _>(plan)
    .bind::<Text, _>(words.clone())
    .bind::<Timestamptz, _>(since(AGAIN).to_diesel())
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<Timestamptz, _>(since(DAY).to_diesel());
    let before: Option<Before> = tx.first("looking what was refused lately", before).await?;
    let before = before.unwrap_or(Before { lines: 0, same: 0 });
    if before.lines >= REFUSALS_MAX || before.same > 0 {
        return Ok(());
    }
    store::add_switch(tx, step.guild).await?;
    let last = before.lines.saturating_add(1) == REFUSALS_MAX;
    let more = if last { "; further refusals of these 24 hours are not written down" } else { "" };
    add(tx, step, ("refused", plan), &format!("{words}{more}"));
    Ok(())
}
