//! A plan and the dial in words for a page, which has room for everything that a plan does. It decides nothing.

use super::dial;
use super::plan_card::{Sight, does, effect, outcome, shown, word};
use crate::control::Catalogue;
use crate::control::plans::{Autonomy, Plan, PlanState};
use crate::kernel::reply::Card;
use crate::kernel::words::Speech;

/// A plan in words.
#[derive(Debug)]
pub struct PlanPage {
    /// What it does, in a line.
    pub what: String,
    /// What that means, all of it: each part by name, some with several lines.
    pub effects: Vec<(String, String)>,
    /// Where it stands or what came of it, in a sentence.
    pub stands: String,
    /// The word of its state.
    pub state: &'static str,
}

/// Says a plan with all that it does; `shop` knows what plans and products are called.
pub fn plan_page(say: Speech<'_>, shop: Option<&Catalogue>, plan: &Plan) -> PlanPage {
    let sight = Sight { say, shop, at: None, whole: true };
    let fields = effect(&sight, plan, Card::default()).fields;
    let stands = match plan.state {
        PlanState::Waiting | PlanState::Approved => shown(&sight, plan).text,
        // Why it failed is told beside this.
        PlanState::Failed => say.with("plan-is-failed", &[("number", plan.number.into())]),
        PlanState::Committed | PlanState::Rejected | PlanState::Expired => outcome(&sight, plan).text,
    };
    PlanPage {
        what: does(&sight, plan),
        effects: fields.into_iter().map(|field| (field.name, field.value)).collect(),
        stands,
        state: word(plan.state),
    }
}

/// What a place of the dial is called.
pub fn autonomy_name(say: &Speech<'_>, autonomy: Autonomy) -> String {
    dial::name(say, autonomy)
}
