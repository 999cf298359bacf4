//! The steps of a plan: made, approved, rejected, committed or failed. The switch and the dial are `switch`'s.
//!
//! Each holds the guild's switch first, until its transaction ends. Acts as an operator; [`ready`], [`commit`] and [`fail`] also as
//! the *payments* duty. Whether he who takes the step is an operator still, is asked before.

use super::audit::{add, digest};
use super::{Autonomy, Frees, HOLDS, KEY_MAX, MOST_OPEN, Plan, PlanState, Switch, Tier, store};
use crate::db::{Tx, sql};
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Plans of any week that nobody approves.
const AUTOMATIC_A_WEEK: i64 = 3;
/// That week.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who takes a step, where and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The guild.
    pub guild: GuildId,
    /// Who.
    pub by: UserId,
    /// When.
    pub now: Timestamp,
}

/// A plan to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// The caller's key: one for each intent.
    pub key: String,
    /// What is asked under it, to the letter.
    pub asked: String,
    /// What is wanted, as JSON.
    pub wanted: String,
    /// What it would do, as JSON.
    pub effect: String,
    /// Who must approve.
    pub tier: Tier,
    /// What it may be made in spite of.
    pub frees: Frees,
}

/// A commit that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit<'a> {
    /// Of which plan.
    pub plan: i64,
    /// The digest that was approved.
    pub digest: &'a str,
    /// Who, of those who made and approved it, is an operator still.
    pub operators: &'a [UserId],
    /// What it may be done in spite of.
    pub frees: Frees,
}

/// What is to be done at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ready {
    /// What the plan says.
    Go(Plan),
    /// Nothing: it was committed, or failed, before.
    Done(Plan),
}

/// Holds the guild's switch until the transaction ends, and tells how it stands.
///
/// # Errors
/// As [`Tx::load`].
pub async fn hold(tx: &mut Tx, guild: GuildId) -> Result<Switch> {
    if let Some(switch) = store::hold(tx, guild).await? {
        return Ok(switch);
    }
    store::add_switch(tx, guild).await?;
    let none = || Error::Internal { what: "holding the switch", cause: Cause::new("no row") };
    store::hold(tx, guild).await?.ok_or_else(none)
}

/// Whether a plan may be made as the switch and the dial stand.
fn may_begin(switch: &Switch, frees: Frees) -> Result<()> {
    if switch.stopped.is_some() && frees != Frees::All {
        return Err(Error::Conflict("error-agent-stopped"));
    }
    if switch.autonomy == Autonomy::Off && frees == Frees::Nothing {
        return Err(Error::Conflict("error-agent-off"));
    }
    Ok(())
}

/// Whether a plan may go on as the switch and the dial stand.
fn goes_on(switch: &Switch, frees: Frees) -> Result<()> {
    may_begin(switch, frees)?;
    if switch.autonomy == Autonomy::Suggest && frees == Frees::Nothing {
        return Err(Error::Conflict("error-agent-suggest"));
    }
    Ok(())
}

/// What an approval is bound to: all that was shown, in this guild, under this number, until then.
fn seal(guild: GuildId, number: i64, expires_at: Timestamp, (wanted, effect): (&str, &str)) -> String {
    digest(&format!("agent-plan-1\n{guild}\n{number}\n{}\n{wanted}\n{effect}", expires_at.as_second()))
}

#[derive(QueryableByName)]
pub(super) struct Count {
    #[diesel(sql_type = BigInt)]
    pub(super) n: i64,
}

/// Checks the key of an intent: before anything is looked up by it.
///
/// # Errors
/// [`Error::Conflict`] for one that can't be one.
pub fn check_key(key: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_graphic();
    if key.is_empty() || key.len() > KEY_MAX || !key.chars().all(plain) {
        return Err(Error::Conflict("error-plan-key"));
    }
    Ok(())
}

/// Makes a plan, or finds the one that was made under this key.
///
/// # Errors
/// [`Error::Conflict`] for a key that can't be one or stands for something else, where plans aren't made now, or too many wait.
pub async fn make(tx: &mut Tx, step: Step, new: &NewPlan) -> Result<Plan> {
    check_key(&new.key)?;
    let switch = hold(tx, step.guild).await?;
    let asked = digest(&new.asked);
    if let Some(before) = store::of_key(tx, step.guild, &new.key, step.now).await? {
        return if before.asked == asked { Ok(before) } else { Err(Error::Conflict("error-plan-key-used")) };
    }
    may_begin(&switch, new.frees)?;
    let open = sql("select count(*) as n from agent_plans where guild_id = ? and state in ('waiting', 'approved') and expires_at > ?")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Timestamptz, _>(step.now.to_diesel());
    let open: Option<Count> = tx.first("counting open plans", open).await?;
    if open.is_some_and(|open| open.n >= MOST_OPEN) {
        return Err(Error::Conflict("error-plan-many"));
    }
    // Small ones that nobody approves are few, or together they would be large.
    let tier = match new.tier {
        Tier::Automatic if lately_automatic(tx, step).await? >= AUTOMATIC_A_WEEK => Tier::One,
        tier => tier,
    };
    let new = &NewPlan { tier, ..new.clone() };
    let number = switch.last_plan.saturating_add(1);
    let sealed = insert(tx, step, (new, asked), (number, tier.needs(switch.autonomy))).await?;
    add(tx, step, ("planned", Some(number)), &format!("{sealed} {}", new.wanted));
    find(tx, step, number).await
}

/// How many plans of the week before were done, or may be, without an approval.
async fn lately_automatic(tx: &mut Tx, step: Step) -> Result<i64> {
    let since = step.now.checked_sub(WEEK).unwrap_or(step.now);
    let made =
        sql("select count(*) as n from agent_plans where guild_id = ? and approvals_needed = 0 and made_at > ? \
         and (state = 'committed' or state = 'approved' and expires_at > ?)")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Timestamptz, _>(since.to_diesel())
        .bind::<Timestamptz, _>(step.now.to_diesel());
    let made: Option<Count> = tx.first("counting automatic plans", made).await?;
    Ok(made.map_or(0, |made| made.n))
}

/// Adds a plan and gives its digest.
async fn insert(
    tx: &mut Tx,
    step: Step,
    (new, asked): (&NewPlan, String),
    (number, needed): (i64, u8),
) -> Result<String> {
    let until = step.now.checked_add(HOLDS).unwrap_or(step.now);
    let expires_at = Timestamp::from_second(until.as_second()).unwrap_or(until);
    let sealed = seal(step.guild, number, expires_at, (&new.wanted, &new.effect));
    let state = if needed == 0 { PlanState::Approved } else { PlanState::Waiting };
    let statement = sql("with taken as (update agent_switch set last_plan = ? where guild_id = ?) \
         insert into agent_plans (guild_id, number, key, asked, wanted, effect, digest, tier, approvals_needed, state, made_by, made_at, \
         expires_at) values (?, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?, ?, ?, ?)")
    .bind::<BigInt, _>(number)
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<BigInt, _>(number)
    .bind::<Text, _>(new.key.clone())
    .bind::<Text, _>(asked)
    .bind::<Text, _>(new.wanted.clone())
    .bind::<Text, _>(new.effect.clone())
    .bind::<Text, _>(sealed.clone())
    .bind::<Text, _>(new.tier.as_str())
    .bind::<SmallInt, _>(i16::from(needed))
    .bind::<Text, _>(state.as_str())
    .bind::<BigInt, _>(step.by.as_i64())
    .bind::<Timestamptz, _>(step.now.to_diesel())
    .bind::<Timestamptz, _>(expires_at.to_diesel());
    tx.execute("making a plan", statement).await?;
    Ok(sealed)
}

async fn find(tx: &mut Tx, step: Step, number: i64) -> Result<Plan> {
    store::find(tx, step.guild, number, step.now).await?.ok_or(Error::NotFound("plan"))
}

/// Whether what is approved or committed is what was shown.
fn check_digest(step: Step, plan: &Plan, shown: &str) -> Result<()> {
    let now = seal(step.guild, plan.number, plan.expires_at, (&plan.wanted, &plan.effect));
    if plan.digest == shown && now == shown { Ok(()) } else { Err(Error::Conflict("error-plan-digest")) }
}

/// Whether a plan may still be approved or committed.
fn check_open(plan: &Plan) -> Result<()> {
    match plan.state {
        PlanState::Waiting | PlanState::Approved => Ok(()),
        PlanState::Expired => Err(Error::Conflict("error-plan-expired")),
        PlanState::Rejected => Err(Error::Conflict("error-plan-rejected")),
        PlanState::Committed => Err(Error::Conflict("error-plan-committed")),
        PlanState::Failed => Err(Error::Conflict("error-plan-failed")),
    }
}

/// Somebody approves a plan that he was shown; it counts once for each person.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for another digest, a plan that isn't open any more, and where nothing is approved now.
pub async fn approve(tx: &mut Tx, step: Step, number: i64, (shown, frees): (&str, Frees)) -> Result<Plan> {
    let switch = hold(tx, step.guild).await?;
    let mut plan = find(tx, step, number).await?;
    check_digest(step, &plan, shown)?;
    if plan.is_open() {
        goes_on(&switch, frees)?;
    }
    check_open(&plan)?;
    let statement =
        sql("insert into agent_approvals (guild_id, plan, user_id, at) values (?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(step.by.as_i64())
            .bind::<Timestamptz, _>(step.now.to_diesel());
    if tx.execute("approving a plan", statement).await? == 0 {
        return Ok(plan);
    }
    add(tx, step, ("approved", Some(number)), &plan.digest);
    let people = store::approvals(tx, step.guild, &[number]).await?.len();
    if plan.state == PlanState::Waiting && people >= usize::from(plan.needed) {
        plan.state = PlanState::Approved;
        tx.defer(
            "approving a plan",
            sql("update agent_plans set state = 'approved' where guild_id = ? and number = ?")
                .bind::<BigInt, _>(step.guild.as_i64())
                .bind::<BigInt, _>(number),
        );
    }
    Ok(plan)
}

/// A plan that was rejected before stays as it is.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that is over in another way.
pub async fn reject(tx: &mut Tx, step: Step, number: i64) -> Result<Plan> {
    hold(tx, step.guild).await?;
    let mut plan = find(tx, step, number).await?;
    if plan.state == PlanState::Rejected {
        return Ok(plan);
    }
    check_open(&plan)?;
    end(tx, step, (number, PlanState::Rejected), (None, None));
    add(tx, step, ("rejected", Some(number)), &plan.digest);
    plan.state = PlanState::Rejected;
    plan.ended = Some((step.by, step.now));
    Ok(plan)
}

/// Looks whether a plan may be committed now; the answer holds until the transaction ends.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] with what it lacks.
pub async fn ready(tx: &mut Tx, step: Step, asked: &Commit<'_>) -> Result<Ready> {
    let switch = hold(tx, step.guild).await?;
    let plan = find(tx, step, asked.plan).await?;
    check_digest(step, &plan, asked.digest)?;
    if matches!(plan.state, PlanState::Committed | PlanState::Failed) {
        return Ok(Ready::Done(plan));
    }
    goes_on(&switch, asked.frees)?;
    check_open(&plan)?;
    if !asked.operators.contains(&plan.made_by) {
        return Err(Error::Conflict("error-plan-maker"));
    }
    let approvals = store::approvals(tx, step.guild, &[plan.number]).await?;
    let counted = approvals.iter().filter(|approval| asked.operators.contains(&approval.user)).count();
    // The dial may have gone down since.
    let needed = plan.needed.max(plan.tier.needs(switch.autonomy));
    if counted < usize::from(needed) {
        return Err(Error::Conflict("error-plan-approvals"));
    }
    Ok(Ready::Go(plan))
}

fn end(
    tx: &mut Tx,
    step: Step,
    (number, state): (i64, PlanState),
    (outcome, failure): (Option<String>, Option<String>),
) {
    tx.defer(
        "ending a plan",
        sql("update agent_plans set state = ?, ended_by = ?, ended_at = ?, outcome = ?::json, failure = ?::json \
             where guild_id = ? and number = ?")
        .bind::<Text, _>(state.as_str())
        .bind::<BigInt, _>(step.by.as_i64())
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<Nullable<Text>, _>(outcome)
        .bind::<Nullable<Text>, _>(failure)
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<BigInt, _>(number),
    );
}

/// A plan that was [`ready`] is done, with what came of it as JSON, in this transaction.
pub fn commit(tx: &mut Tx, step: Step, plan: &Plan, outcome: &str) {
    end(tx, step, (plan.number, PlanState::Committed), (Some(outcome.to_owned()), None));
    add(tx, step, ("committed", Some(plan.number)), &format!("{} {outcome}", plan.digest));
}

/// A plan that was [`ready`] can't be done, for a reason as JSON.
pub fn fail(tx: &mut Tx, step: Step, plan: &Plan, failure: &str) {
    end(tx, step, (plan.number, PlanState::Failed), (None, Some(failure.to_owned())));
    add(tx, step, ("failed", Some(plan.number)), &format!("{} {failure}", plan.digest));
}
