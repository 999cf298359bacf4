//! Plans, the switch and the audit as they are answered: from the rows that are kept to what the control API says.

use crate::control::kept::{self, autonomy};
use crate::control::plans::{AuditLine, Autonomy, Made, Plan, PlanState, Switch};
use crate::db::Tx;
use crate::domain::agent;
use crate::domain::{giveaways, promotions};
use crate::kernel::{Error, GuildId, Result};

/// The state that is asked for, as it is kept.
pub(super) const fn kept(state: PlanState) -> agent::PlanState {
    match state {
        PlanState::Waiting => agent::PlanState::Waiting,
        PlanState::Approved => agent::PlanState::Approved,
        PlanState::Committed => agent::PlanState::Committed,
        PlanState::Rejected => agent::PlanState::Rejected,
        PlanState::Expired => agent::PlanState::Expired,
        PlanState::Failed => agent::PlanState::Failed,
    }
}

/// The dial as it is kept.
pub(super) const fn dial(autonomy: Autonomy) -> agent::Autonomy {
    match autonomy {
        Autonomy::Off => agent::Autonomy::Off,
        Autonomy::Suggest => agent::Autonomy::Suggest,
        Autonomy::Approve => agent::Autonomy::Approve,
        Autonomy::Automatic => agent::Autonomy::Automatic,
    }
}

/// The switch as it is answered.
pub(super) fn switch(switch: &agent::Switch) -> Switch {
    Switch {
        stopped: switch.stopped.is_some(),
        stopped_at: switch.stopped.map(|(at, _)| at),
        stopped_by: switch.stopped.map(|(_, by)| by.to_string()),
        autonomy: autonomy(switch.autonomy),
    }
}

/// A line of the audit as it is answered.
pub(super) fn line(line: agent::Line) -> AuditLine {
    AuditLine {
        number: line.number,
        at: line.at,
        by: line.by.to_string(),
        action: line.action,
        plan: line.plan,
        words: line.words,
        hash: line.hash,
    }
}

/// A page of plans.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn plans(tx: &mut Tx, guild: GuildId, found: Vec<agent::Plan>) -> Result<Vec<Plan>> {
    let numbers: Vec<i64> = found.iter().map(|plan| plan.number).collect();
    let approvals = agent::approvals(tx, guild, &numbers).await?;
    found.into_iter().map(|plan| kept::plan(plan, &approvals)).collect()
}

/// A plan, with where that stands now which it made.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn plan(tx: &mut Tx, guild: GuildId, found: agent::Plan) -> Result<Plan> {
    let approvals = agent::approvals(tx, guild, &[found.number]).await?;
    let mut plan = kept::plan(found, &approvals)?;
    if let Some(made) = &mut plan.made {
        made.state = stands(tx, guild, made).await?;
    }
    Ok(plan)
}

/// Where what was made stands, as the database has it.
async fn stands(tx: &mut Tx, guild: GuildId, made: &Made) -> Result<Option<String>> {
    let found = match (made.kind.as_str(), made.number) {
        ("promotion", Some(number)) => {
            promotions::reading::promotion(tx, guild, number).await.map(|found| found.state.as_str())
        }
        ("giveaway", Some(number)) => {
            giveaways::reading::one(tx, guild, number).await.map(|found| found.state.as_str())
        }
        _ => return Ok(None),
    };
    match found {
        Ok(state) => Ok(Some(state.to_owned())),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
