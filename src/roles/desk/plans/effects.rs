//! What a deed would do, as people are shown it before they approve; who must approve it; and whether it is still the same.

use super::super::person::Operator;
use super::deeds::Deed;
use super::{PlanRules, settings};
use crate::app::App;
use crate::control::effect::{
    AutonomyEffect, Cost, Effect, GiveawayEffect, GiveawayEndEffect, MilestoneEffect, PriceChange, PromisedEffect,
    PromotionEffect, PromotionStopEffect, RerollEffect, ResumeEffect, SettingEffect,
};
use crate::control::kept;
use crate::control::wanted::Sum;
use crate::db::Tx;
use crate::domain::agent::{self, Tier};
use crate::domain::giveaways::milestones::{self, Milestone};
use crate::domain::giveaways::service::Step;
use crate::domain::giveaways::{self, rerolls};
use crate::domain::promotions::{self, Discount, NewPromotion, Target, effects};
use crate::domain::shop::orders::place::QUANTITY_MAX;
use crate::kernel::{Actor, Error, GuildId, Money, Result, System};
use jiff::{SignedDuration, Timestamp};

/// From where on a discount needs two people, in percent of a price; and up to where it is small.
const LARGE: i64 = 20;
const SMALL: i64 = 10;
/// How long a small promotion runs at most.
const SMALL_RUN: SignedDuration = SignedDuration::from_hours(72);

fn sum(money: Money) -> Sum {
    Sum { minor: money.minor(), currency: money.currency().code().to_owned() }
}

fn prices(changes: Vec<effects::Change>) -> Vec<PriceChange> {
    let shown = |change: effects::Change| PriceChange {
        item: change.item,
        list: sum(change.list),
        before: sum(change.before),
        after: sum(change.after),
    };
    changes.into_iter().map(shown).collect()
}

/// Reckons what a deed would do.
///
/// # Errors
/// As the domains say.
pub(super) async fn effect(app: &App, by: &Operator, deed: &Deed, now: Timestamp) -> Result<Effect> {
    if let Deed::Reroll(reroll) = deed {
        return self::reroll(app, by, reroll, now).await;
    }
    let mut tx = app.db.begin(&by.actor).await?;
    let effect = read(app, &mut tx, by, deed, now).await;
    tx.end().await?;
    effect
}

async fn read(app: &App, tx: &mut Tx, by: &Operator, deed: &Deed, now: Timestamp) -> Result<Effect> {
    let guild = by.guild.id;
    match deed {
        Deed::Promotion(new) => promotion(app, tx, new, now).await.map(Effect::Promotion),
        Deed::StopPromotion(number) => {
            let found = promotions::reading::promotion(tx, guild, *number).await?;
            let changes =
                if found.is_public() { effects::restored(tx, guild, &found.target, now).await? } else { Vec::new() };
            Ok(Effect::StopPromotion(PromotionStopEffect {
                number: found.number,
                target: found.target.to_string(),
                ends_at: found.ends_at,
                prices: prices(changes),
            }))
        }
        Deed::Giveaway(new) => Ok(Effect::Giveaway(GiveawayEffect {
            prize: new.title.clone(),
            winners: new.winners,
            channel: new.channel.to_string(),
            ends_at: Some(new.ends_at),
            milestone: None,
        })),
        Deed::Milestone(new, channel) => Ok(Effect::Giveaway(GiveawayEffect {
            prize: new.reward.clone(),
            winners: new.winners,
            channel: channel.to_string(),
            ends_at: None,
            milestone: Some(milestone(tx, guild, new).await?),
        })),
        Deed::EndGiveaway(number, _) => {
            let found = giveaways::reading::one(tx, guild, *number).await?;
            Ok(Effect::EndGiveaway(GiveawayEndEffect {
                number: found.number,
                prize: found.title,
                winners: found.winners,
                ends_at: found.ends_at,
            }))
        }
        Deed::Setting(new) => Ok(Effect::Setting(SettingEffect {
            key: new.key,
            before: settings::present(&by.guild, new.key),
            after: new.value.clone(),
        })),
        Deed::Resume => {
            let stopped = agent::switch(tx, guild).await?.stopped;
            let (stopped_at, _) = stopped.ok_or(Error::Conflict("error-agent-not-stopped"))?;
            Ok(Effect::Resume(ResumeEffect { stopped_at }))
        }
        Deed::Raise(after) => {
            let before = agent::switch(tx, guild).await?.autonomy;
            Ok(Effect::Autonomy(AutonomyEffect { before: kept::autonomy(before), after: kept::autonomy(*after) }))
        }
        Deed::Reroll(_) => Err(Error::NotFound("giveaway")),
    }
}

async fn promotion(app: &App, tx: &mut Tx, new: &NewPromotion, now: Timestamp) -> Result<PromotionEffect> {
    let changes = effects::changes(tx, new, &app.promotions, now).await?;
    let buyers = effects::buyers(tx, new.guild, &new.target, now).await?;
    let expected = effects::expected(tx, new, &app.promotions, now).await?;
    let cost = expected.map(|cost| Cost { low: sum(cost.low), high: sum(cost.high), weeks: cost.weeks });
    Ok(PromotionEffect { target: new.target.to_string(), prices: prices(changes), ends_at: new.ends_at, buyers, cost })
}

/// When it begins, and what it takes the place of.
async fn milestone(tx: &mut Tx, guild: GuildId, new: &Milestone) -> Result<MilestoneEffect> {
    let before = milestones::all(tx, guild).await?.into_iter().find(|one| one.members == new.members);
    let replaces = before.map(|one| PromisedEffect {
        prize: one.reward,
        winners: one.winners,
        hours: one.hours,
        plan: one.also.plan.as_ref().map(|(code, _)| code.clone()),
        plan_days: one.also.plan.map(|(_, days)| days),
        role: one.also.role.map(|role| role.to_string()),
    });
    Ok(MilestoneEffect { members: new.members, hours: new.hours, replaces })
}

/// Who would be replaced is known once it is tried.
async fn reroll(app: &App, by: &Operator, reroll: &super::deeds::Reroll, now: Timestamp) -> Result<Effect> {
    let guild = by.guild.id;
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let step = Step { guild, number: reroll.number, by: by.user, request: &reroll.key, now };
    let tried = rerolls::ask_reroll(&mut tx, step, reroll.user, (reroll.reason, &reroll.note)).await;
    tx.rollback().await?;
    let (giveaway, user) = tried.map_err(super::giveaways::missing)?;
    Ok(Effect::Reroll(RerollEffect { number: giveaway.number, prize: giveaway.title, user: user.to_string() }))
}

/// Whether a deed still does what was shown: prices and settings may have changed since.
///
/// # Errors
/// [`Error::Conflict`] where it doesn't.
pub(super) async fn unchanged(
    app: &App,
    tx: &mut Tx,
    by: &Operator,
    (deed, shown): (&Deed, &Effect),
    now: Timestamp,
) -> Result<()> {
    let same = match (deed, shown) {
        (Deed::Promotion(new), Effect::Promotion(shown)) => {
            prices(effects::changes(tx, new, &app.promotions, now).await?) == shown.prices
        }
        (Deed::Setting(new), Effect::Setting(shown)) => settings::present(&by.guild, new.key) == shown.before,
        (Deed::Milestone(new, channel), Effect::Giveaway(shown)) => {
            let now = milestone(tx, by.guild.id, new).await?;
            channel.to_string() == shown.channel && shown.milestone == Some(now)
        }
        (Deed::Raise(_), Effect::Autonomy(shown)) => {
            kept::autonomy(agent::switch(tx, by.guild.id).await?.autonomy) == shown.before
        }
        _ => true,
    };
    if same { Ok(()) } else { Err(Error::Conflict("error-plan-changed")) }
}

/// Who must approve a deed: the larger a promotion or the more people get it, the more.
pub(super) fn tier(deed: &Deed, effect: &Effect, rules: PlanRules) -> Tier {
    match (deed, effect) {
        (Deed::Promotion(new), Effect::Promotion(effect)) => promotion_tier(new, effect, rules),
        // From then on nobody approves what is small.
        (Deed::Raise(agent::Autonomy::Automatic), _) => Tier::Two,
        _ => Tier::One,
    }
}

fn promotion_tier(new: &NewPromotion, effect: &PromotionEffect, rules: PlanRules) -> Tier {
    let single = matches!(new.target, Target::Plan(_) | Target::Product(_));
    // A product's orders are mostly of one piece: a bound beyond the budget is as good as none.
    let of_product = matches!(new.target, Target::Product(_));
    let counted = bound(new, effect).filter(|most| !of_product || *most <= rules.budget_minor);
    let budget = new.budget.map(Money::minor).into_iter().chain(counted).min();
    // A code that anybody may use as often as he likes is for everyone; millions of uses are as good as that.
    let within = budget.is_some_and(|budget| budget <= rules.budget_minor);
    let kept_small = new.first_purchase || new.code.is_some() && within;
    let for_everyone = !single && !kept_small;
    // Of the price, a part above so many percent comes off some item.
    let above = |percent: i64| {
        let hundredths = percent.saturating_mul(100);
        match new.discount {
            Discount::Percent(part) => i64::from(part.hundredths()) > hundredths,
            Discount::Amount(_) => effect.prices.iter().any(|price| {
                i128::from(cut(new, price.list.minor)) * 100 > i128::from(price.list.minor) * i128::from(percent)
            }),
        }
    };
    // What it may cost counts where that can be said: a bound so far off that it is none asks for nobody who wasn't asked without it.
    let expected = effect.cost.as_ref().map(|cost| cost.high.minor);
    let may_cost = budget.into_iter().chain(expected).min();
    if for_everyone || above(LARGE) || may_cost.is_some_and(|cost| cost > rules.budget_minor) {
        return Tier::Two;
    }
    let short = new.ends_at.duration_since(new.starts_at) <= SMALL_RUN;
    let small = single && short && !above(SMALL) && budget.is_some_and(|budget| budget <= rules.small_budget_minor);
    if small { Tier::Automatic } else { Tier::One }
}

/// What a promotion takes off a sum by itself, in minor units: what runs beside it may hide that now, and end tomorrow.
fn cut(new: &NewPromotion, list: i64) -> i64 {
    match new.discount {
        Discount::Percent(part) => {
            let off = i128::from(list) * i128::from(part.hundredths());
            i64::try_from(off.div_euclid(10_000) + 1).unwrap_or(i64::MAX)
        }
        Discount::Amount(off) => off.minor().min(list),
    }
}

/// The most that a promotion takes off in all, in minor units, where its uses are counted: each is one order, of one plan or of as many
/// pieces of a product as an order may have.
fn bound(new: &NewPromotion, effect: &PromotionEffect) -> Option<i64> {
    let uses = i64::from(new.uses?);
    let of_one = |price: &PriceChange| {
        let pieces = if price.item.starts_with("plan/") { 1 } else { i64::from(QUANTITY_MAX) };
        cut(new, price.list.minor.saturating_mul(pieces))
    };
    Some(effect.prices.iter().map(of_one).max()?.saturating_mul(uses))
}

#[cfg(test)]
#[path = "tier_tests.rs"]
mod tests;
