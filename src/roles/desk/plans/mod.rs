//! Plans at the desk: made, approved, rejected, committed and read back; the switch, the dial and the audit.
//!
//! Each step asks Discord who is behind it before its transaction, and looks at the switch inside it. What a plan does is tried when
//! it is made, in a transaction that is rolled back, and done in the one in which it is committed: whatever doesn't allow it says
//! so both times, in the same words. Nothing of what a plan means is known to `domain::agent`, which keeps it.

mod deeds;
mod effects;
mod giveaways;
mod lane;
mod promotions;
mod settings;
mod shown;

use super::MaxisDesk;
use super::person::{Operator, denied, operator, vouched};
use crate::app::App;
use crate::control::kept::read;
use crate::control::plans::{Audit, Bound, Dial, Failure, NewPlan, Plan, PlanDesk, PlanState, Plans, Switch};
use crate::control::wanted::Wanted;
use crate::control::{Asker, Behalf, Denied};
use crate::domain::agent::{self, Commit, Frees, Ready, Step};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Error, Result, UserId};
use async_trait::async_trait;
use deeds::Deed;
use jiff::Timestamp;
pub(super) use lane::Lane;
use serde::Serialize;
use std::time::Duration;

/// Longest JSON of what is wanted: more than anything that can be done has.
const WANTED_MAX: usize = 2_000;
/// How long a stop waits for Discord to say who asks for it.
const WORD: Duration = Duration::from_millis(700);

/// What of a plan's approval the settings decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanRules {
    /// What a promotion may cost that one person approves, in minor units.
    pub budget_minor: i64,
    /// What one may cost that nobody needs to approve where the dial says so, in minor units.
    pub small_budget_minor: i64,
}

fn written<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).internal("writing a plan")
}

fn step(operator: &Operator, now: Timestamp) -> Step {
    Step { guild: operator.guild.id, by: operator.user, now }
}

const fn frees(wanted: &Wanted) -> Frees {
    match wanted {
        Wanted::Resume(_) => Frees::All,
        Wanted::Autonomy(_) => Frees::Dial,
        Wanted::Promotion(_)
        | Wanted::StopPromotion(_)
        | Wanted::Giveaway(_)
        | Wanted::EndGiveaway(_)
        | Wanted::Reroll(_)
        | Wanted::Setting(_) => Frees::Nothing,
    }
}

/// Whether a plan can't be done for this reason, however often it is tried.
const fn is_final(error: &Error) -> bool {
    match error {
        Error::NotFound(_) | Error::Argument { .. } | Error::NotAllowed(_) | Error::Conflict(_) => true,
        Error::TooMany { .. } | Error::Unavailable { .. } | Error::Unsure { .. } | Error::Internal { .. } => false,
    }
}

async fn make(app: &App, rules: PlanRules, asker: Asker, new: NewPlan) -> Result<Plan> {
    agent::check_key(&new.key)?;
    let by = operator(app, asker).await?;
    let now = app.clock.now();
    let wanted = written(&new.wanted)?;
    if wanted.len() > WANTED_MAX {
        return Err(Error::Conflict("error-plan-long"));
    }
    let mut tx = app.db.begin(&by.actor).await?;
    let known = agent::of_key(&mut tx, by.guild.id, &new.key, now).await?;
    let switch = agent::switch(&mut tx, by.guild.id).await?;
    tx.end().await?;
    if known.is_none() && switch.stopped.is_some() && frees(&new.wanted) != Frees::All {
        return Err(Error::Conflict("error-agent-stopped"));
    }
    // What is asked again is answered as it stands; nothing is tried anew.
    let (effect, tier) = match known {
        Some(known) => (known.effect, known.tier),
        None => {
            let deed = deeds::prepare(app, &by, asker.locale, (&new.wanted, None), ("plan/0", now)).await?;
            deeds::attempt(app, &by, &deed, now).await?;
            let effect = effects::effect(app, &by, &deed, now).await?;
            (written(&effect)?, effects::tier(&deed, &effect, rules))
        }
    };
    let frees = frees(&new.wanted);
    let new = agent::NewPlan { key: new.key, asked: wanted.clone(), wanted, effect, tier, frees };
    let mut tx = app.db.begin(&by.actor).await?;
    let made = agent::make(&mut tx, step(&by, now), &new).await?;
    let shown = shown::plan(&mut tx, by.guild.id, made).await?;
    tx.commit().await?;
    Ok(shown)
}

async fn list(app: &App, asker: Asker, state: Option<PlanState>, before: Option<i64>) -> Result<Plans> {
    let by = operator(app, asker).await?;
    let mut tx = app.db.begin(&by.actor).await?;
    let guild = by.guild.id;
    let found = agent::list(&mut tx, guild, (state.map(shown::kept), before), app.clock.now()).await?;
    let plans = shown::plans(&mut tx, guild, found).await?;
    tx.end().await?;
    Ok(Plans { plans })
}

async fn one(app: &App, by: &Operator, number: i64) -> Result<Plan> {
    let mut tx = app.db.begin(&by.actor).await?;
    let guild = by.guild.id;
    let found = agent::find(&mut tx, guild, number, app.clock.now()).await?.ok_or(Error::NotFound("plan"))?;
    let plan = shown::plan(&mut tx, guild, found).await?;
    tx.end().await?;
    Ok(plan)
}

/// A plan as it is kept, before a step.
async fn kept(app: &App, by: &Operator, number: i64) -> Result<(agent::Plan, Vec<UserId>)> {
    let mut tx = app.db.begin(&by.actor).await?;
    let guild = by.guild.id;
    let found = agent::find(&mut tx, guild, number, app.clock.now()).await?.ok_or(Error::NotFound("plan"))?;
    let approvals = agent::approvals(&mut tx, guild, &[number]).await?;
    tx.end().await?;
    let mut people: Vec<UserId> = approvals.iter().map(|approval| approval.user).chain([found.made_by]).collect();
    people.sort_unstable();
    people.dedup();
    Ok((found, people))
}

async fn approve(app: &App, asker: Asker, number: i64, bound: Bound) -> Result<Plan> {
    let by = operator(app, asker).await?;
    let (found, _) = kept(app, &by, number).await?;
    let frees = frees(&read(&found.wanted)?);
    let mut tx = app.db.begin(&by.actor).await?;
    let approved = agent::approve(&mut tx, step(&by, app.clock.now()), number, (&bound.digest, frees)).await?;
    let shown = shown::plan(&mut tx, by.guild.id, approved).await?;
    tx.commit().await?;
    Ok(shown)
}

async fn reject(app: &App, asker: Asker, number: i64) -> Result<Plan> {
    let by = operator(app, asker).await?;
    let mut tx = app.db.begin(&by.actor).await?;
    let rejected = agent::reject(&mut tx, step(&by, app.clock.now()), number).await?;
    let shown = shown::plan(&mut tx, by.guild.id, rejected).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Those of them who are operators still, by Discord's word now.
async fn operators(app: &App, asker: Asker, by: &Operator, people: Vec<UserId>) -> Result<Vec<UserId>> {
    let mut still = vec![by.user];
    for user in people.into_iter().filter(|user| *user != by.user) {
        match operator(app, Asker::person(by.guild.id, user, asker.locale)).await {
            Ok(_) => still.push(user),
            Err(Error::NotAllowed(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(still)
}

async fn commit(desk: &MaxisDesk, asker: Asker, number: i64, bound: Bound) -> Result<Plan> {
    let app = &*desk.app;
    let Behalf::Person { guild, .. } = asker.behalf else { return Err(Error::NotAllowed("control")) };
    let _turn = desk.lane.turn(guild).await?;
    let by = operator(app, asker).await?;
    let (found, people) = kept(app, &by, number).await?;
    let wanted: Wanted = read(&found.wanted)?;
    let still = if found.is_open() { operators(app, asker, &by, people).await? } else { Vec::new() };
    let asked = Commit { plan: number, digest: &bound.digest, operators: &still, frees: frees(&wanted) };
    let deed = if found.is_open() {
        let effect = read(&found.effect)?;
        let request = format!("plan/{number}");
        let now = app.clock.now();
        deeds::prepare(app, &by, asker.locale, (&wanted, Some(&effect)), (&request, now)).await
    } else {
        Ok(Deed::Resume)
    };
    match carried_out(app, &by, &asked, deed).await {
        Ok(()) => {}
        Err(Stopped::Before(error)) => return Err(error),
        Err(Stopped::Within(error)) if is_final(&error) => failed(app, &by, asker, &asked, &error).await?,
        Err(Stopped::Within(error)) => return Err(error),
    }
    // It is done: that it can't be read doesn't undo it.
    one(app, &by, number)
        .await
        .map_err(|error| Error::Unsure { what: "reading a committed plan", cause: Cause::new(error.to_string()) })
}

/// Where a commit ended without being one.
enum Stopped {
    /// It may not be now: the plan stays as it is.
    Before(Error),
    /// It could not be done.
    Within(Error),
}

/// Carries a plan out: what it changes, that it is committed, and the line of the audit, in one transaction.
async fn carried_out(app: &App, by: &Operator, asked: &Commit<'_>, deed: Result<Deed>) -> Result<(), Stopped> {
    let actor = deed.as_ref().map_or(by.actor, |deed| deed.actor(by));
    let mut tx = app.db.begin(&actor).await.map_err(Stopped::Before)?;
    // The time is looked at under the lock, however long it was waited for.
    let plan = match hold_ready(app, &mut tx, by, asked).await {
        Ok(Ready::Go(plan)) => plan,
        Ok(Ready::Done(_)) => return tx.end().await.map_err(Stopped::Before),
        Err(error) => {
            tx.rollback().await.map_err(Stopped::Before)?;
            return Err(Stopped::Before(error));
        }
    };
    let now = app.clock.now();
    let done = async {
        let deed = deed?;
        // Prices are looked at before they change; a cap's own reason says more than that something did.
        let same = effects::unchanged(app, &mut tx, by, (&deed, &read(&plan.effect)?), now).await;
        let outcome = deeds::act(app, &mut tx, by, &deed, now).await?;
        same?;
        agent::commit(&mut tx, step(by, now), &plan, &written(&outcome)?);
        Ok::<(), Error>(())
    };
    if let Err(error) = done.await {
        tx.rollback().await.map_err(Stopped::Before)?;
        return Err(Stopped::Within(error));
    }
    tx.commit().await.map_err(Stopped::Before)?;
    // Read again once this is committed.
    app.guilds.forget(by.guild.id);
    Ok(())
}

async fn hold_ready(app: &App, tx: &mut crate::db::Tx, by: &Operator, asked: &Commit<'_>) -> Result<Ready> {
    agent::hold(tx, by.guild.id).await?;
    agent::ready(tx, step(by, app.clock.now()), asked).await
}

/// Writes down that a plan can't be done, unless somebody else committed it meanwhile.
async fn failed(app: &App, by: &Operator, asker: Asker, asked: &Commit<'_>, error: &Error) -> Result<()> {
    let told = denied(app, asker.locale, error);
    let failure = written(&Failure { error: told.error, text: told.text })?;
    let mut tx = app.db.begin(&by.actor).await?;
    if let Ready::Go(plan) = hold_ready(app, &mut tx, by, asked).await? {
        agent::fail(&mut tx, step(by, app.clock.now()), &plan, &failure);
    }
    tx.commit().await
}

async fn stop(desk: &MaxisDesk, asker: Asker) -> Result<Switch> {
    let app = &*desk.app;
    let Behalf::Person { guild, user } = asker.behalf else { return Err(Error::NotAllowed("control")) };
    // From now on nothing is committed, also while Discord is asked who that is.
    let _stopping = desk.lane.stop(guild);
    let asked = tokio::time::timeout(WORD, operator(app, asker)).await;
    let by = match asked {
        // A stop does no harm: who was an operator a while ago is believed where Discord is slow or away.
        Ok(Err(Error::Unavailable { .. })) | Err(_) if desk.lane.knew(guild, user, app.clock.now()) => {
            vouched(app, guild, user).await?
        }
        Ok(asked) => asked?,
        Err(_) => operator(app, asker).await?,
    };
    let mut tx = app.db.begin(&by.actor).await?;
    let switch = agent::stop(&mut tx, step(&by, app.clock.now())).await?;
    tx.commit().await?;
    Ok(shown::switch(&switch))
}

async fn switch(app: &App, asker: Asker) -> Result<Switch> {
    let by = operator(app, asker).await?;
    let mut tx = app.db.begin(&by.actor).await?;
    let switch = agent::switch(&mut tx, by.guild.id).await?;
    tx.end().await?;
    Ok(shown::switch(&switch))
}

async fn set_autonomy(app: &App, asker: Asker, dial: Dial) -> Result<Switch> {
    let by = operator(app, asker).await?;
    let mut tx = app.db.begin(&by.actor).await?;
    let turned = agent::lower(&mut tx, step(&by, app.clock.now()), shown::dial(dial.autonomy)).await?;
    tx.commit().await?;
    Ok(shown::switch(&turned))
}

async fn audit(app: &App, asker: Asker, before: Option<i64>) -> Result<Audit> {
    let by = operator(app, asker).await?;
    let mut tx = app.db.begin(&by.actor).await?;
    let lines = agent::page(&mut tx, by.guild.id, before).await?;
    tx.end().await?;
    Ok(Audit { lines: lines.into_iter().map(shown::line).collect() })
}

#[async_trait]
impl PlanDesk for MaxisDesk {
    async fn make_plan(&self, asker: Asker, new: NewPlan) -> Result<Plan, Denied> {
        self.told(asker, ("plan", None), {
            let _room = self.lane.room().await;
            make(&self.app, self.rules, asker, new).await
        })
        .await
    }

    async fn plans(&self, asker: Asker, state: Option<PlanState>, before: Option<i64>) -> Result<Plans, Denied> {
        self.told(asker, ("plans", None), list(&self.app, asker, state, before).await).await
    }

    async fn plan(&self, asker: Asker, number: i64) -> Result<Plan, Denied> {
        let read = async { one(&self.app, &operator(&self.app, asker).await?, number).await };
        self.told(asker, ("read_plan", Some(number)), read.await).await
    }

    async fn approve_plan(&self, asker: Asker, number: i64, bound: Bound) -> Result<Plan, Denied> {
        self.told(asker, ("approve", Some(number)), approve(&self.app, asker, number, bound).await).await
    }

    async fn reject_plan(&self, asker: Asker, number: i64) -> Result<Plan, Denied> {
        self.told(asker, ("reject", Some(number)), reject(&self.app, asker, number).await).await
    }

    async fn commit_plan(&self, asker: Asker, number: i64, bound: Bound) -> Result<Plan, Denied> {
        self.told(asker, ("commit", Some(number)), commit(self, asker, number, bound).await).await
    }

    async fn stop_plans(&self, asker: Asker) -> Result<Switch, Denied> {
        self.told(asker, ("stop", None), stop(self, asker).await).await
    }

    async fn plan_switch(&self, asker: Asker) -> Result<Switch, Denied> {
        self.told(asker, ("switch", None), switch(&self.app, asker).await).await
    }

    async fn set_autonomy(&self, asker: Asker, dial: Dial) -> Result<Switch, Denied> {
        self.told(asker, ("autonomy", None), set_autonomy(&self.app, asker, dial).await).await
    }

    async fn audit(&self, asker: Asker, before: Option<i64>) -> Result<Audit, Denied> {
        self.told(asker, ("audit", None), audit(&self.app, asker, before).await).await
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_plan_is_refused_for_has_words() {
        let sources = concat!(
            include_str!("mod.rs"),
            include_str!("effects.rs"),
            include_str!("giveaways.rs"),
            include_str!("promotions.rs"),
            include_str!("settings.rs"),
            include_str!("../../../domain/agent/service.rs"),
            include_str!("../../../domain/agent/switch.rs"),
        );
        crate::commands::refused::have_words(sources, &[], 27);
    }
}
