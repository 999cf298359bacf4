//! Shellia's plans at the panel: what each would do, all of it; who approved it; and the switch that stops everything.
//!
//! Every step is the desk's that answers Shellia, so whether somebody may, Discord says anew each time, and a refusal is a line of the
//! audit there. A plan that is approved by enough people is carried out at once, as in Discord.

use super::page::{Paged, cut, wrong};
use crate::commands;
use crate::control::plans::{Bound, NewPlan, Plan, PlanState, Tier};
use crate::control::wanted::{Wanted, WantedResume};
use crate::control::{Asker, Catalogue, Denied, Named, kept};
use crate::db::Tx;
use crate::domain::agent::{self, Switch, Which};
use crate::domain::analytics;
use crate::domain::shop::catalogue::labels;
use crate::domain::shop::catalogue::names::Labelled;
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::plain::{fact, line};
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff, plain};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// What stands behind the address of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `pending`, `done` or `all`.
    pub state: String,
    /// The number of the only one that is asked for.
    pub id: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// An approval.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelApproval)]
pub struct Approved {
    /// Whose: his id.
    pub id: String,
    /// His name.
    pub name: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A plan of Shellia's.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelDecision)]
pub struct Decision {
    /// Its number.
    pub id: String,
    /// What it does, in a line.
    pub what: String,
    /// Where it stands, in a sentence.
    pub text: String,
    /// What it does, all of it.
    pub effect: Vec<String>,
    /// What an approval is bound to.
    pub digest: String,
    /// Who must approve: `automatic`, `one` or `two`.
    pub tier: &'static str,
    /// How many people must.
    pub needed: u8,
    /// Who did.
    pub approvals: Vec<Approved>,
    /// Who had it made.
    pub by: Person,
    /// Until when it may be carried out.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// `waiting`, `approved`, `committed`, `rejected`, `expired` or `failed`.
    pub state: &'static str,
    /// Why it failed.
    pub failure: Option<String>,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// Who stopped everything, and when.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelStopped)]
pub struct Stopped {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// Who.
    pub by: Person,
}

/// How the switch stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelSwitch)]
pub struct SwitchView {
    /// Since when nothing is carried out; none: it is.
    pub stopped: Option<Stopped>,
    /// How much may happen without a person, in a word.
    pub autonomy: String,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// A page of plans.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelDecisions)]
pub struct Decisions {
    /// How the switch stands.
    #[serde(flatten)]
    pub switch: SwitchView,
    /// The plans, the newest first.
    pub plans: Vec<Decision>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// That it is asked for to go on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelResumed)]
pub struct Resumed {
    /// What follows, in sentences.
    pub text: String,
    /// The plan that is to be approved.
    pub plan: Decision,
}

/// Why a step with a plan is not taken.
#[derive(Debug)]
pub enum NotDone {
    /// By a fault of the request, or because something is away.
    Error(Error),
    /// By a rule.
    Denied(Denied),
    /// The plan is another than the one that was shown; as it is.
    Changed(Denied, Box<Decision>),
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Denied> for NotDone {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

const fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Automatic => "automatic",
        Tier::One => "one",
        Tier::Two => "two",
    }
}

fn user(id: &str) -> Option<UserId> {
    id.parse().ok().and_then(UserId::new)
}

/// What somebody may do with a plan: his second approval would change nothing.
fn may(plan: &Plan, me: &str) -> Vec<&'static str> {
    let waits_for_others = plan.state == PlanState::Waiting && plan.approvals.iter().any(|one| one.user == me);
    match (plan.is_open(), waits_for_others) {
        (false, _) => Vec::new(),
        (true, true) => vec!["reject"],
        (true, false) => vec!["approve", "reject"],
    }
}

async fn told(tx: &mut Tx, staff: &Staff, found: Vec<agent::Plan>) -> Result<Vec<Plan>> {
    let numbers: Vec<i64> = found.iter().map(|plan| plan.number).collect();
    let approvals = agent::approvals(tx, staff.guild.id, &numbers).await?;
    found.into_iter().map(|plan| kept::plan(plan, &approvals)).collect()
}

/// What the shop's plans and products are called; where nothing is sold there is nothing to call.
async fn shop(tx: &mut Tx, staff: &Staff) -> Result<Catalogue> {
    let sold = labels::on_sale(tx, staff.guild.id).await?;
    let currency = analytics::shop_currency(tx, staff.guild.id).await?;
    let named = |one: Labelled| Named { code: one.code.to_string(), name: one.name };
    Ok(Catalogue {
        plans: sold.plans.into_iter().map(named).collect(),
        products: sold.products.into_iter().map(named).collect(),
        time_zone: staff.guild.time_zone.clone(),
        currency: currency.code().to_owned(),
        cap_percent: 0,
    })
}

impl Asked {
    fn which(&self) -> Result<Which> {
        match self.state.as_str() {
            "" | "pending" => Ok(Which::Open),
            "done" => Ok(Which::Over),
            "all" => Ok(Which::All),
            _ => Err(wrong("state", Problem::NotAChoice { choices: vec!["pending", "done", "all"] })),
        }
    }

    fn one(&self) -> Result<Option<i64>> {
        match self.id.as_str() {
            "" => Ok(None),
            text => text.parse().ok().filter(|n| *n > 0).map(Some).ok_or_else(|| wrong("id", Problem::NotAnId)),
        }
    }
}

impl Panel {
    fn asker(staff: &Staff, locale: Locale) -> Asker {
        Asker::person(staff.guild.id, staff.session.user, locale)
    }

    /// A page of plans, with how the switch stands.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub async fn decisions(&self, staff: &Staff, asked: &Asked, locale: Locale) -> Result<Decisions> {
        let paged = Paged { limit: asked.limit.clone(), cursor: asked.cursor.clone() };
        let (which, one, limit, below) = (asked.which()?, asked.one()?, paged.limit()?, paged.below()?);
        let (guild, now) = (staff.guild.id, self.now());
        let read = async |tx: &mut Tx| {
            let switch = agent::switch(tx, guild).await?;
            let found = match one {
                Some(number) => agent::find(tx, guild, number, now).await?.into_iter().collect(),
                None => agent::page_of(tx, guild, (which, below), limit.saturating_add(1), now).await?,
            };
            Ok((switch, told(tx, staff, found).await?, shop(tx, staff).await?))
        };
        let (switch, mut plans, shop) = self.reading(&staff.actor, read).await?;
        let next = cut(&mut plans, limit, |plan| plan.number);
        Ok(Decisions {
            switch: self.switch(staff, &switch, locale).await,
            plans: self.described(staff, &plans, (&shop, locale)).await,
            next,
        })
    }

    async fn switch(&self, staff: &Staff, switch: &Switch, locale: Locale) -> SwitchView {
        let stopped = match switch.stopped {
            Some((since, by)) => {
                let names = self.member_names(staff.guild.id, BTreeSet::from([by])).await;
                Some(Stopped { since, by: Person::of(by, &names) })
            }
            None => None,
        };
        let may = if stopped.is_some() { vec!["resume"] } else { vec!["stop"] };
        let autonomy = commands::autonomy_name(&self.app.words.speak(locale), kept::autonomy(switch.autonomy));
        SwitchView { stopped, autonomy, may }
    }

    /// Plans as the page shows them.
    async fn described(&self, staff: &Staff, plans: &[Plan], (shop, locale): (&Catalogue, Locale)) -> Vec<Decision> {
        let say = self.app.words.speak(locale);
        let pages: Vec<_> = plans.iter().map(|plan| commands::plan_page(say, Some(shop), plan)).collect();
        let texts: Vec<&str> = pages
            .iter()
            .flat_map(|page| {
                let effects = page.effects.iter().map(|(_, value)| value.as_str());
                [page.what.as_str(), page.stands.as_str()].into_iter().chain(effects)
            })
            .collect();
        let called = self.called(staff, &texts, locale).await;
        let people = plans.iter().flat_map(|plan| {
            plan.approvals.iter().map(|one| one.user.as_str()).chain([plan.made_by.as_str()]).filter_map(user)
        });
        let names = self.member_names(staff.guild.id, people.collect()).await;
        let me = staff.session.user.to_string();
        let one = |(plan, page): (&Plan, &commands::PlanPage)| Decision {
            id: plan.number.to_string(),
            what: line(&page.what, &called),
            text: line(&page.stands, &called),
            effect: effects(page, &called),
            digest: plan.digest.clone(),
            tier: tier(plan.tier),
            needed: plan.approvals_needed,
            approvals: plan.approvals.iter().filter_map(|one| approved(one, &names)).collect(),
            by: user(&plan.made_by).map_or_else(
                || Person { id: plan.made_by.clone(), name: plan.made_by.clone() },
                |by| Person::of(by, &names),
            ),
            expires_at: plan.expires_at,
            state: page.state,
            failure: plan.failure.as_ref().map(|failure| line(&failure.text, &called)),
            may: may(plan, &me),
        };
        plans.iter().zip(&pages).map(one).collect()
    }

    async fn one_described(&self, staff: &Staff, plan: Plan, locale: Locale) -> Result<Decision> {
        let shop = self.reading(&staff.actor, async |tx: &mut Tx| shop(tx, staff).await).await?;
        let all = self.described(staff, std::slice::from_ref(&plan), (&shop, locale)).await;
        all.into_iter().next().ok_or(Error::NotFound("plan"))
    }

    async fn kept_plan(&self, staff: &Staff, number: i64) -> Result<Plan> {
        let now = self.now();
        let read = async |tx: &mut Tx| {
            let found = agent::find(tx, staff.guild.id, number, now).await?.ok_or(Error::NotFound("plan"))?;
            told(tx, staff, vec![found]).await?.pop().ok_or(Error::NotFound("plan"))
        };
        self.reading(&staff.actor, read).await
    }

    /// Approves a plan that was shown with this digest, and carries it out where that is enough. A repeat finds what came of the first.
    ///
    /// # Errors
    /// [`NotDone::Changed`] for another digest; whatever the desk refuses.
    pub async fn approve(
        &self,
        staff: &Staff,
        (number, digest): (i64, &str),
        locale: Locale,
    ) -> Result<Decision, NotDone> {
        let asker = Self::asker(staff, locale);
        let before = self.kept_plan(staff, number).await?;
        let mine = before.approvals.iter().any(|one| user(&one.user) == Some(staff.session.user));
        let over = matches!(before.state, PlanState::Committed | PlanState::Failed);
        if over && mine && before.digest == digest {
            return Ok(self.one_described(staff, before, locale).await?);
        }
        let bound = || Bound { digest: digest.to_owned() };
        let approved = match self.plans.approve_plan(asker, number, bound()).await {
            Ok(approved) => approved,
            Err(denied) if denied.error == "error-plan-digest" => {
                return Err(NotDone::Changed(denied, Box::new(self.one_described(staff, before, locale).await?)));
            }
            Err(denied) => return Err(denied.into()),
        };
        let plan = match approved.state {
            PlanState::Approved => self.plans.commit_plan(asker, number, bound()).await?,
            PlanState::Waiting
            | PlanState::Committed
            | PlanState::Rejected
            | PlanState::Expired
            | PlanState::Failed => approved,
        };
        Ok(self.one_described(staff, plan, locale).await?)
    }

    /// Rejects a plan.
    ///
    /// # Errors
    /// Whatever the desk refuses.
    pub async fn reject(&self, staff: &Staff, number: i64, locale: Locale) -> Result<Decision, NotDone> {
        let plan = self.plans.reject_plan(Self::asker(staff, locale), number).await?;
        Ok(self.one_described(staff, plan, locale).await?)
    }

    /// Stops everything that Shellia does: from now on no plan is carried out.
    ///
    /// # Errors
    /// Whatever the desk refuses.
    pub async fn stop_plans(&self, staff: &Staff, locale: Locale) -> Result<SwitchView, NotDone> {
        self.plans.stop_plans(Self::asker(staff, locale)).await?;
        let read = async |tx: &mut Tx| agent::switch(tx, staff.guild.id).await;
        let switch = self.reading(&staff.actor, read).await?;
        Ok(self.switch(staff, &switch, locale).await)
    }

    /// Asks for everything to go on, which is a plan that is to be approved; `request` is the intent, by which a repeat finds it.
    ///
    /// # Errors
    /// Whatever the desk refuses.
    pub async fn resume_plans(&self, staff: &Staff, request: String, locale: Locale) -> Result<Resumed, NotDone> {
        let new = NewPlan { key: request, wanted: Wanted::Resume(WantedResume {}) };
        let plan = self.plans.make_plan(Self::asker(staff, locale), new).await?;
        let args = [("number", plan.number.into()), ("needed", i64::from(plan.approvals_needed).into())];
        let text = self.app.words.speak(locale).with("panel-resume-asked", &args);
        Ok(Resumed { text, plan: self.one_described(staff, plan, locale).await? })
    }
}

fn approved(one: &crate::control::plans::Approval, names: &HashMap<UserId, String>) -> Option<Approved> {
    let Person { id, name } = Person::of(user(&one.user)?, names);
    Some(Approved { id, name, at: one.at })
}

/// A line each: a part with several lines gives as many, its name before the first.
fn effects(page: &commands::PlanPage, called: &plain::Called) -> Vec<String> {
    let of = |(name, value): &(String, String)| -> Vec<String> {
        let lines = value.lines().filter(|one| !one.trim().is_empty()).enumerate();
        lines.map(|(nth, one)| if nth == 0 { fact(name, one, called) } else { line(one, called) }).collect()
    };
    let all: Vec<String> = page.effects.iter().flat_map(of).collect();
    // Of some kinds the line that says what they do says all.
    if all.is_empty() { vec![line(&page.what, called)] } else { all }
}
