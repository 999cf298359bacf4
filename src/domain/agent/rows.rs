//! Rows of plans, as they are read.

use super::{Approval, Autonomy, Plan, PlanState, Switch, Tier};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Error, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text, Timestamptz};

type Time = jiff_diesel::Timestamp;

const WHAT: &str = "reading a plan";

fn strange(what: &'static str) -> Error {
    Error::Internal { what: WHAT, cause: Cause::new(what) }
}

fn user(id: i64) -> Result<UserId> {
    UserId::try_from(id).internal(WHAT)
}

/// A row of `agent_switch`.
#[derive(QueryableByName)]
pub(super) struct SwitchRow {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    stopped_at: Option<Time>,
    #[diesel(sql_type = Nullable<BigInt>)]
    stopped_by: Option<i64>,
    #[diesel(sql_type = Text)]
    autonomy: String,
    #[diesel(sql_type = BigInt)]
    last_plan: i64,
}

impl SwitchRow {
    pub(super) fn read(self) -> Result<Switch> {
        let by = self.stopped_by.map(user).transpose()?;
        Ok(Switch {
            stopped: self.stopped_at.map(|at| at.to_jiff()).zip(by),
            autonomy: Autonomy::from_word(&self.autonomy).ok_or_else(|| strange("autonomy"))?,
            last_plan: self.last_plan,
        })
    }
}

/// The columns of a plan, its state as it is at a time that is bound once.
pub(super) const PLAN: &str = "number, asked, wanted::text as wanted, effect::text as effect, digest, tier, approvals_needed, \
     case when state in ('waiting', 'approved') and expires_at <= ? then 'expired' else state end as state, \
     made_by, made_at, expires_at, ended_by, ended_at, outcome::text as outcome, failure::text as failure";

/// A row of `agent_plans`.
#[derive(QueryableByName)]
pub(super) struct PlanRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    asked: String,
    #[diesel(sql_type = Text)]
    wanted: String,
    #[diesel(sql_type = Text)]
    effect: String,
    #[diesel(sql_type = Text)]
    digest: String,
    #[diesel(sql_type = Text)]
    tier: String,
    #[diesel(sql_type = SmallInt)]
    approvals_needed: i16,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    made_by: i64,
    #[diesel(sql_type = Timestamptz)]
    made_at: Time,
    #[diesel(sql_type = Timestamptz)]
    expires_at: Time,
    #[diesel(sql_type = Nullable<BigInt>)]
    ended_by: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<Time>,
    #[diesel(sql_type = Nullable<Text>)]
    outcome: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    failure: Option<String>,
}

impl PlanRow {
    pub(super) fn read(self) -> Result<Plan> {
        let by = self.ended_by.map(user).transpose()?;
        Ok(Plan {
            number: self.number,
            asked: self.asked,
            wanted: self.wanted,
            effect: self.effect,
            digest: self.digest,
            tier: Tier::from_word(&self.tier).ok_or_else(|| strange("tier"))?,
            needed: u8::try_from(self.approvals_needed).internal(WHAT)?,
            state: PlanState::from_word(&self.state).ok_or_else(|| strange("state"))?,
            made_by: user(self.made_by)?,
            made_at: self.made_at.to_jiff(),
            expires_at: self.expires_at.to_jiff(),
            ended: by.zip(self.ended_at.map(|at| at.to_jiff())),
            outcome: self.outcome,
            failure: self.failure,
        })
    }
}

/// A row of `agent_approvals`.
#[derive(QueryableByName)]
pub(super) struct ApprovalRow {
    #[diesel(sql_type = BigInt)]
    plan: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Timestamptz)]
    at: Time,
}

impl ApprovalRow {
    pub(super) fn read(self) -> Result<Approval> {
        Ok(Approval { plan: self.plan, user: user(self.user_id)?, at: self.at.to_jiff() })
    }
}
