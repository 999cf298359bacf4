//! What the other program may change in an operator's name: its plans, who approved them, the switch that stops it, and the audit
//! of each step.
//!
//! A plan is what is wanted and what it would do, both as JSON that this domain doesn't read: what they mean, and whether a person
//! may, is decided by whoever answers the control API. Here stands what may become of a plan: it waits, is approved by enough
//! different people, is committed once, or isn't; and nothing is once the switch is off. Every step holds the switch's row until
//! the end of its transaction, so that those of one guild follow one another.

mod audit;
mod kinds;
mod refusals;
mod rows;
mod service;
mod store;
mod switch;

pub use audit::{Chain, Line, chain, guilds, page};
pub use kinds::{Autonomy, Frees, PlanState, Tier};
pub use refusals::{REFUSALS_MAX, Refusal, refuse};
pub use service::{Commit, NewPlan, Ready, Step, approve, check_key, commit, fail, hold, make, ready, reject};
pub use store::{PAGE, Which, approvals, find, list, of_key, page_of, switch};
pub use switch::{lower, raise, resume, stop};

use crate::kernel::UserId;
use jiff::{SignedDuration, Timestamp};

/// How long a plan waits for its approval and its commit.
pub const HOLDS: SignedDuration = SignedDuration::from_mins(10);
/// Open plans of one guild at once; nobody looks through more.
pub const MOST_OPEN: i64 = 100;
/// Longest key.
pub const KEY_MAX: usize = 100;

/// Where the switch and the dial stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// Since when nothing is committed, and who stopped it.
    pub stopped: Option<(Timestamp, UserId)>,
    /// How much may happen without a person.
    pub autonomy: Autonomy,
    /// The number of the last plan.
    pub last_plan: i64,
}

impl Default for Switch {
    fn default() -> Self {
        Self { stopped: None, autonomy: Autonomy::Approve, last_plan: 0 }
    }
}

/// A plan as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number in the guild.
    pub number: i64,
    /// The digest of what was asked under its key.
    pub asked: String,
    /// What is wanted, as JSON.
    pub wanted: String,
    /// What it would do, as JSON.
    pub effect: String,
    /// What an approval is bound to.
    pub digest: String,
    /// Who must approve.
    pub tier: Tier,
    /// How many different people must.
    pub needed: u8,
    /// Where it stands.
    pub state: PlanState,
    /// Who made it.
    pub made_by: UserId,
    /// When.
    pub made_at: Timestamp,
    /// Until when it may be committed.
    pub expires_at: Timestamp,
    /// Who ended it, and when.
    pub ended: Option<(UserId, Timestamp)>,
    /// What was made, as JSON.
    pub outcome: Option<String>,
    /// Why it could not be made, as JSON.
    pub failure: Option<String>,
}

impl Plan {
    /// Whether it may still be approved or committed.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PlanState::Waiting | PlanState::Approved)
    }
}

/// An approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// Of which plan.
    pub plan: i64,
    /// Whose.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
}
