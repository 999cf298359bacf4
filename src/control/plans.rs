//! Plans: the one way in which Shellia changes anything. A plan is made, approved by people, committed, and read back; beside it
//! the switch that stops everything, the dial, and the audit.
//!
//! The pass of each question says who is behind it, and each step asks anew whether he may. What an approval or a commit is bound to
//! is the plan's digest: that of all that was shown.

use super::effect::Effect;
use super::peer::{get, post};
use super::wanted::Wanted;
use super::{Asker, Denied, Failed, Peer};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A plan to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// The caller's key, one for each intent: 1 to 100 visible ASCII characters. Asked again under it, the same plan is the answer.
    pub key: String,
    /// What is wanted.
    pub wanted: Wanted,
}

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// It waits for approval.
    Waiting,
    /// Enough people approved it; it can be committed.
    Approved,
    /// It is done.
    Committed,
    /// Somebody said no, or everything was stopped.
    Rejected,
    /// Its ten minutes were up.
    Expired,
    /// It could not be done any more: something changed since it was made.
    Failed,
}

/// Who must approve a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Nobody where the dial is at `automatic`, else one person.
    Automatic,
    /// One person.
    One,
    /// Two different people.
    Two,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Approval {
    /// Whose.
    pub user: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What a plan made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Made {
    /// What: `promotion`, `giveaway`, `milestone`, `setting`, `resume` or `autonomy`.
    pub kind: String,
    /// Its number; of a milestone, its members. None for what has no number.
    pub number: Option<i64>,
    /// Where it stands now, as the database has it; none for what has no state, and in a list.
    pub state: Option<String>,
}

/// Why a plan failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// What it is, in a word that stays the same.
    pub error: String,
    /// The same for a person, in the language of who committed it.
    pub text: String,
}

/// A plan as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// Its number in the guild.
    pub number: i64,
    /// Where it stands.
    pub state: PlanState,
    /// Who must approve it.
    pub tier: Tier,
    /// How many different people must.
    pub approvals_needed: u8,
    /// Who did.
    pub approvals: Vec<Approval>,
    /// What is wanted.
    pub wanted: Wanted,
    /// What it would do, reckoned when it was made.
    pub effect: Effect,
    /// What approvals and the commit are bound to.
    pub digest: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Until when it may be committed.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// Who committed, rejected or stopped it.
    pub ended_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// What it made, once it is committed.
    pub made: Option<Made>,
    /// Why it failed.
    pub failure: Option<Failure>,
}

impl Plan {
    /// Whether it can become another still.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PlanState::Waiting | PlanState::Approved)
    }
}

/// A page of plans, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plans {
    /// They; at most fifty.
    pub plans: Vec<Plan>,
}

/// What an approval or a commit is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The plan's digest, as it was shown.
    pub digest: String,
}

/// A step that needs no more than its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// How much may happen without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Autonomy {
    /// Nothing is planned: Shellia reads.
    Off,
    /// Plans are made and shown; none is approved.
    Suggest,
    /// Plans are approved as their tier says.
    Approve,
    /// The same, and small ones need nobody.
    Automatic,
}

/// Where the dial is to stand, not above where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dial {
    /// There.
    pub autonomy: Autonomy,
}

/// Where the switch and the dial stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Switch {
    /// Whether nothing may be committed.
    pub stopped: bool,
    /// Since when.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stopped_at: Option<Timestamp>,
    /// Who stopped it.
    pub stopped_by: Option<String>,
    /// The dial.
    pub autonomy: Autonomy,
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditLine {
    /// Its number in the guild.
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What was done: planned, approved, rejected, committed, failed, stopped, resumed, autonomy; or refused, which changed nothing.
    pub action: String,
    /// With which plan.
    pub plan: Option<i64>,
    /// More, for whoever looks into it.
    pub words: String,
    /// Its hash, which holds that of the line before.
    pub hash: String,
}

/// A page of the audit, the newest line first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Audit {
    /// The lines; at most fifty.
    pub lines: Vec<AuditLine>,
}

/// Answers what concerns plans.
#[async_trait]
pub trait PlanDesk: Send + Sync {
    /// Makes a plan.
    async fn make_plan(&self, asker: Asker, new: NewPlan) -> Result<Plan, Denied>;

    /// A page of plans, in this state and below this number where they are given.
    async fn plans(&self, asker: Asker, state: Option<PlanState>, before: Option<i64>) -> Result<Plans, Denied>;

    /// A plan.
    async fn plan(&self, asker: Asker, number: i64) -> Result<Plan, Denied>;

    /// Approves a plan.
    async fn approve_plan(&self, asker: Asker, number: i64, bound: Bound) -> Result<Plan, Denied>;

    /// Rejects a plan.
    async fn reject_plan(&self, asker: Asker, number: i64) -> Result<Plan, Denied>;

    /// Carries a plan out, once.
    async fn commit_plan(&self, asker: Asker, number: i64, bound: Bound) -> Result<Plan, Denied>;

    /// Stops everything that waits.
    async fn stop_plans(&self, asker: Asker) -> Result<Switch, Denied>;

    /// Where the switch stands.
    async fn plan_switch(&self, asker: Asker) -> Result<Switch, Denied>;

    /// Turns the dial down.
    async fn set_autonomy(&self, asker: Asker, dial: Dial) -> Result<Switch, Denied>;

    /// A page of the audit, below this number where it is given.
    async fn audit(&self, asker: Asker, before: Option<i64>) -> Result<Audit, Denied>;
}

/// Asks for a plan.
///
/// # Errors
/// As [`Peer::send`].
pub async fn make_plan(peer: &dyn Peer, asker: Asker, new: &NewPlan) -> Result<Plan, Failed> {
    post(peer, asker, "/plans", new).await
}

/// Asks for a guild's plans, in this state and below this number where they are given.
///
/// # Errors
/// As [`Peer::send`].
pub async fn plans(
    peer: &dyn Peer,
    asker: Asker,
    state: Option<PlanState>,
    before: Option<i64>,
) -> Result<Plans, Failed> {
    let state = state.and_then(|state| serde_json::to_value(state).ok());
    let before = before.map(|before| before.to_string());
    let mut query: Vec<(&str, &str)> = Vec::new();
    query.extend(state.as_ref().and_then(serde_json::Value::as_str).map(|state| ("state", state)));
    query.extend(before.as_deref().map(|before| ("before", before)));
    get(peer, asker, "/plans", &query).await
}

/// Reads a plan back: what stands here is what became of it.
///
/// # Errors
/// As [`Peer::send`].
pub async fn plan(peer: &dyn Peer, asker: Asker, number: i64) -> Result<Plan, Failed> {
    get(peer, asker, &format!("/plans/{number}"), &[]).await
}

/// Approves a plan that was shown with this digest.
///
/// # Errors
/// As [`Peer::send`].
pub async fn approve_plan(peer: &dyn Peer, asker: Asker, number: i64, digest: &str) -> Result<Plan, Failed> {
    post(peer, asker, &format!("/plans/{number}/approve"), &Bound { digest: digest.to_owned() }).await
}

/// Rejects a plan.
///
/// # Errors
/// As [`Peer::send`].
pub async fn reject_plan(peer: &dyn Peer, asker: Asker, number: i64) -> Result<Plan, Failed> {
    post(peer, asker, &format!("/plans/{number}/reject"), &Nothing {}).await
}

/// Carries a plan out. Where no answer came, it is read back with [`plan`] and not asked again.
///
/// # Errors
/// As [`Peer::send`].
pub async fn commit_plan(peer: &dyn Peer, asker: Asker, number: i64, digest: &str) -> Result<Plan, Failed> {
    post(peer, asker, &format!("/plans/{number}/commit"), &Bound { digest: digest.to_owned() }).await
}

/// Stops everything that waits; nothing is committed once this is answered.
///
/// # Errors
/// As [`Peer::send`].
pub async fn stop_plans(peer: &dyn Peer, asker: Asker) -> Result<Switch, Failed> {
    post(peer, asker, "/stop", &Nothing {}).await
}

/// Asks where the switch stands.
///
/// # Errors
/// As [`Peer::send`].
pub async fn plan_switch(peer: &dyn Peer, asker: Asker) -> Result<Switch, Failed> {
    get(peer, asker, "/switch", &[]).await
}

/// Turns the dial down, at once. Up it goes by a plan ([`Wanted::Autonomy`]).
///
/// # Errors
/// As [`Peer::send`].
pub async fn set_autonomy(peer: &dyn Peer, asker: Asker, autonomy: Autonomy) -> Result<Switch, Failed> {
    post(peer, asker, "/autonomy", &Dial { autonomy }).await
}

/// Asks for the audit, below the number `before` where it is given.
///
/// # Errors
/// As [`Peer::send`].
pub async fn audit(peer: &dyn Peer, asker: Asker, before: Option<i64>) -> Result<Audit, Failed> {
    let before = before.map(|before| before.to_string());
    let query: Vec<(&str, &str)> = before.iter().map(|before| ("before", before.as_str())).collect();
    get(peer, asker, "/audit", &query).await
}
