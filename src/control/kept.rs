//! Plans as they are kept, read into what is told of them: the same at the control API and at the admin panel.
//!
//! It reads and decides nothing.

use super::plans::{Approval, Autonomy, Failure, Made, Plan, PlanState, Tier};
use crate::domain::agent;
use crate::kernel::Result;
use crate::kernel::error::Context;
use serde::de::DeserializeOwned;

/// Takes an answer out of JSON that we wrote ourselves.
///
/// # Errors
/// [`crate::kernel::Error::Internal`] for what can't be read.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).internal("reading a plan")
}

const fn state(state: agent::PlanState) -> PlanState {
    match state {
        agent::PlanState::Waiting => PlanState::Waiting,
        agent::PlanState::Approved => PlanState::Approved,
        agent::PlanState::Committed => PlanState::Committed,
        agent::PlanState::Rejected => PlanState::Rejected,
        agent::PlanState::Expired => PlanState::Expired,
        agent::PlanState::Failed => PlanState::Failed,
    }
}

const fn tier(tier: agent::Tier) -> Tier {
    match tier {
        agent::Tier::Automatic => Tier::Automatic,
        agent::Tier::One => Tier::One,
        agent::Tier::Two => Tier::Two,
    }
}

/// The dial as it is told.
pub const fn autonomy(autonomy: agent::Autonomy) -> Autonomy {
    match autonomy {
        agent::Autonomy::Off => Autonomy::Off,
        agent::Autonomy::Suggest => Autonomy::Suggest,
        agent::Autonomy::Approve => Autonomy::Approve,
        agent::Autonomy::Automatic => Autonomy::Automatic,
    }
}

/// A plan as it is told, with those of these approvals that are its own.
///
/// # Errors
/// As [`read`].
pub fn plan(plan: agent::Plan, approvals: &[agent::Approval]) -> Result<Plan> {
    let own = approvals.iter().filter(|approval| approval.plan == plan.number);
    Ok(Plan {
        number: plan.number,
        state: state(plan.state),
        tier: tier(plan.tier),
        approvals_needed: plan.needed,
        approvals: own.map(|one| Approval { user: one.user.to_string(), at: one.at }).collect(),
        wanted: read(&plan.wanted)?,
        effect: read(&plan.effect)?,
        digest: plan.digest,
        made_by: plan.made_by.to_string(),
        made_at: plan.made_at,
        expires_at: plan.expires_at,
        ended_by: plan.ended.map(|(by, _)| by.to_string()),
        ended_at: plan.ended.map(|(_, at)| at),
        made: plan.outcome.as_deref().map(read::<Made>).transpose()?,
        failure: plan.failure.as_deref().map(read::<Failure>).transpose()?,
    })
}
