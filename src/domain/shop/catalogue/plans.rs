//! What operators do to plans.

use super::store::{self, Changes, Trace};
use super::{Benefits, Code, Name, PLANS_MAX, Plan, PriceText, Step, UNSEEN, operator_only, pages, price};
use crate::db::{Tx, sql};
use crate::domain::promotions::Target;
use crate::domain::shop::{CatalogueDeed, Period, Support};
use crate::kernel::money::{Currency, Money};
use crate::kernel::{Error, GuildId, Result, RoleId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

/// Between the levels of two plans, so that one fits in between.
const LEVELS_APART: i32 = 10;

/// A plan to add.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// Its name; its code is made from it.
    pub name: Name,
    /// What it brings.
    pub benefits: Option<Benefits>,
    /// What a month costs.
    pub month: Option<PriceText>,
    /// What a year costs.
    pub year: Option<PriceText>,
    /// The support it brings.
    pub support: Support,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// Days of its trial; 0: none.
    pub trial_days: i32,
    /// Not on show.
    pub hidden: bool,
    /// Which of two plans is more; `None`: above all that are on show.
    pub level: Option<i32>,
}

/// What of a plan may be emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanPart {
    /// What it brings.
    Benefits,
    /// The role it gives.
    Role,
    /// What a year costs: it isn't sold by the year any more.
    YearPrice,
}

impl PlanPart {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Benefits => "benefits",
            Self::Role => "role",
            Self::YearPrice => "year_price",
        }
    }

    /// All.
    pub const ALL: &'static [Self] = &[Self::Benefits, Self::Role, Self::YearPrice];
}

/// What changes of a plan; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct PlanChange {
    /// Its name.
    pub name: Option<Name>,
    /// What it brings.
    pub benefits: Option<Benefits>,
    /// What a month costs.
    pub month: Option<PriceText>,
    /// What a year costs.
    pub year: Option<PriceText>,
    /// The support it brings.
    pub support: Option<Support>,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// Days of its trial.
    pub trial_days: Option<i32>,
    /// Not on show.
    pub hidden: Option<bool>,
    /// Which of two plans is more.
    pub level: Option<i32>,
    /// Sold again.
    pub back_on_sale: bool,
    /// What is emptied.
    pub emptied: Vec<PlanPart>,
}

impl PlanChange {
    /// What is left of a part: nothing where it is emptied, else the new value, if there is one.
    fn left<T>(&self, part: PlanPart, new: Option<T>) -> Result<Option<Option<T>>> {
        match (self.emptied.contains(&part), new) {
            (true, Some(_)) => Err(Error::Conflict("error-shop-set-and-emptied")),
            (true, None) => Ok(Some(None)),
            (false, new) => Ok(new.map(Some)),
        }
    }
}

/// Reads and checks the prices of a plan.
fn prices(plan: &Code, texts: [&Option<PriceText>; 2], currency: Currency) -> Result<[Option<Money>; 2]> {
    let mut read = [None, None];
    for (text, into) in texts.into_iter().zip(&mut read) {
        let Some(text) = text else { continue };
        let price = text.read(currency)?;
        price::check_plan(plan, price)?;
        *into = Some(price);
    }
    Ok(read)
}

/// Adds a plan.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::Argument`] and [`Error::Conflict`] for prices that can't be;
/// [`Error::Conflict`] without any price, or where there are [`PLANS_MAX`] already.
pub async fn add(tx: &mut Tx, step: Step, new: NewPlan) -> Result<Plan> {
    operator_only(tx, "plan_add")?;
    let wanted = Code::from_name(new.name.as_str(), "plan");
    let place = store::place_of_plan(tx, step, &wanted).await?.ok_or(UNSEEN)?;
    if place.count >= PLANS_MAX {
        return Err(Error::Conflict("error-shop-full"));
    }
    let code = pages::code(&place.code.ok_or(Error::Conflict("error-shop-name-taken"))?)?;
    let [month, year] = prices(&code, [&new.month, &new.year], pages::currency(&place.currency)?)?;
    if month.is_none() && year.is_none() {
        return Err(Error::Conflict("error-shop-plan-without-price"));
    }
    let plan = Plan {
        code,
        name: new.name.as_str().to_owned(),
        benefits: new.benefits.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default(),
        level: new.level.unwrap_or_else(|| place.top.saturating_add(LEVELS_APART)),
        support: new.support,
        role: new.role,
        role_stuck: None,
        trial_days: new.trial_days,
        hidden: new.hidden,
        archived: false,
        month,
        year,
    };
    if !store::add_plan(tx, step, &plan).await? {
        return Err(Error::Conflict("error-shop-name-taken"));
    }
    let subject = plan.code.to_string();
    store::audit(tx, step, Trace { deed: CatalogueDeed::PlanAdded, subject, old: None, new: Some(plan.name.clone()) });
    save_prices(tx, step, &plan).await?;
    Ok(plan)
}

/// Changes a plan; returns it as it is now, and whether anything changed.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown plan; [`Error::Conflict`] for one that
/// was removed, unless it comes back on sale, for the last price, and for what is set and emptied at once; as [`add`] for prices.
pub async fn edit(tx: &mut Tx, step: Step, code: &Code, change: PlanChange) -> Result<(Plan, bool)> {
    operator_only(tx, "plan_edit")?;
    let (mut plan, currency) = store::lock_plan(tx, step, code).await?.ok_or(UNSEEN)?;
    if plan.archived && !change.back_on_sale {
        return Err(Error::Conflict("error-shop-plan-removed"));
    }
    let [month, year] = prices(&plan.code, [&change.month, &change.year], currency)?;
    let benefits = change.left(PlanPart::Benefits, change.benefits.as_ref())?;
    let (role, year) = (change.left(PlanPart::Role, change.role)?, change.left(PlanPart::YearPrice, year)?);
    if year == Some(None) && plan.year.is_some() && month.or(plan.month).is_none() {
        return Err(Error::Conflict("error-shop-last-price"));
    }
    let unsold = plan.year.filter(|_| year == Some(None)).map(Money::currency);
    let mut changes = Changes::none();
    let text = |text: &String| Some(text.clone());
    changes.put("name", &mut plan.name, change.name.map(|name| name.as_str().to_owned()), text);
    changes.put(
        "benefits",
        &mut plan.benefits,
        benefits.map(|body| body.map(|body| body.as_str().to_owned()).unwrap_or_default()),
        text,
    );
    changes.put("level", &mut plan.level, change.level, |level| Some(level.to_string()));
    changes.put("support", &mut plan.support, change.support, |support| Some(support.as_str().to_owned()));
    let had = plan.role;
    changes.put("role", &mut plan.role, role, |role| role.map(|role| role.to_string()));
    plan.role_stuck = plan.role_stuck.filter(|_| plan.role == had);
    changes.put("trial_days", &mut plan.trial_days, change.trial_days, |days| Some(days.to_string()));
    changes.put("hidden", &mut plan.hidden, change.hidden, |hidden| Some(hidden.to_string()));
    changes.put("archived", &mut plan.archived, change.back_on_sale.then_some(false), |is| Some(is.to_string()));
    changes.put("month", &mut plan.month, month.map(Some), price::show);
    changes.put("year", &mut plan.year, year, price::show);
    let changed = !changes.is_empty();
    if changed {
        changes.audit(tx, step, CatalogueDeed::PlanEdited, plan.code.as_str());
        store::save_plan(tx, step, &plan);
        if let Some(currency) = unsold {
            store::remove_price(tx, step, &plan.item(Period::Year), currency);
        }
        save_prices(tx, step, &plan).await?;
    }
    Ok((plan, changed))
}

/// Takes a plan off sale; who holds it keeps it.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown plan; [`Error::Conflict`] for the free
/// plan and for one that was removed.
pub async fn remove(tx: &mut Tx, step: Step, code: &Code) -> Result<Plan> {
    operator_only(tx, "plan_remove")?;
    let (mut plan, _) = store::lock_plan(tx, step, code).await?.ok_or(UNSEEN)?;
    if plan.is_free() {
        return Err(Error::Conflict("error-shop-free-plan-stays"));
    }
    if plan.archived {
        return Err(Error::Conflict("error-shop-plan-removed"));
    }
    plan.archived = true;
    store::save_plan(tx, step, &plan);
    settle(tx, step, &plan.code).await?;
    let (old, subject) = (Some(plan.name.clone()), plan.code.to_string());
    store::audit(tx, step, Trace { deed: CatalogueDeed::PlanRemoved, subject, old, new: None });
    Ok(plan)
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many subscriptions to a plan go on at another price than the list's, or at one that it has no more: a price that changes
/// changes none that runs. With a period, of that one. Acts as staff.
///
/// # Errors
/// As [`Tx::first`].
pub async fn at_another_price(tx: &mut Tx, guild: GuildId, (plan, period): (&Code, Option<Period>)) -> Result<i64> {
    let row: Option<Counted> = tx
        .first(
            "counting subscriptions at another price",
            sql("select count(*) as count from subscriptions s left join prices p on p.guild_id = s.guild_id \
                   and p.item = concat_ws('/', 'plan', s.plan, s.period) and p.currency = s.currency \
                 where s.guild_id = ? and s.plan = ? and s.period = coalesce(?, s.period) and s.state in ('trialing', 'active', 'past_due', 'unpaid', 'paused') \
                   and not s.cancel_at_period_end and s.amount_minor is distinct from p.amount_minor")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(plan.to_string())
            .bind::<Nullable<Text>, _>(period.map(Period::as_str)),
        )
        .await?;
    Ok(row.map_or(0, |row| row.count))
}

/// Writes the prices of a plan and their history.
async fn save_prices(tx: &mut Tx, step: Step, plan: &Plan) -> Result<()> {
    for period in Period::ALL.iter().copied() {
        if let Some(price) = plan.price(period) {
            store::set_price(tx, step, &plan.item(period), price);
        }
    }
    settle(tx, step, &plan.code).await
}

/// Brings the history of a plan's prices in line.
async fn settle(tx: &mut Tx, step: Step, plan: &Code) -> Result<()> {
    store::settle_history(tx, step, &Target::Plan(plan.to_string())).await
}
