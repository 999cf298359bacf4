//! What a promotion, or its end, would do, in words and prices. It reckons nothing.

use super::page::Sum;
use crate::commands::promotions::cards;
use crate::domain::promotions::effects::{Change, Expected};
use crate::domain::promotions::{NewPromotion, Promotion};
use crate::domain::shop::catalogue::names::Names;
use crate::kernel::text::plain as escaped;
use crate::kernel::words::Speech;
use crate::panel::plain::{Called, fact, line};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What an item costs before and after.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPriceChange)]
pub struct PriceChange {
    /// What it is called.
    pub item: String,
    /// Before.
    pub before: Sum,
    /// After.
    pub after: Sum,
    /// For how long, and what follows, in words; none: for as long as the promotion runs.
    pub lasts: Option<String>,
}

/// What a promotion, or its end, would do, and the word with which it does.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPricesPreview)]
pub struct PricesPreview {
    /// What would happen, in sentences.
    pub text: String,
    /// The word.
    pub token: String,
    /// What each item costs, before and after.
    pub prices: Vec<PriceChange>,
    /// What one may want to know before.
    pub warnings: Vec<String>,
}

/// What was read of a promotion that isn't made yet.
pub(super) struct Reckoned {
    pub(super) changes: Vec<Change>,
    pub(super) expected: Option<Expected>,
    pub(super) buyers: i64,
    pub(super) names: Names,
    pub(super) items: Names,
}

fn stamp(at: Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

/// The plan or product of each item, as `plan/CODE` or `product/CODE`.
pub(super) fn of_items(changes: &[Change]) -> Vec<String> {
    let whole = |item: &str| item.rsplit_once('/').map(|(whole, _)| whole.to_owned());
    let all: BTreeSet<String> = changes.iter().filter_map(|one| whole(&one.item)).collect();
    all.into_iter().collect()
}

/// What an item of the price list is called.
fn item(say: &Speech<'_>, code: &str, names: &Names) -> String {
    let mut parts = code.split('/');
    let (kind, of, part) = (parts.next(), parts.next().unwrap_or(code), parts.next().unwrap_or_default());
    let name = if kind == Some("plan") { names.plan(of) } else { names.product(of) };
    match part {
        "" | "standard" => name.to_owned(),
        "month" | "year" => format!("{name} · {}", say.t(&format!("plan-by-{part}"))),
        other => format!("{name} · {other}"),
    }
}

/// What follows the first payment of a subscription, which alone a promotion takes something off.
fn lasts(say: &Speech<'_>, change: &Change) -> Option<String> {
    let (_, period) = change.item.strip_prefix("plan/")?.rsplit_once('/')?;
    let reduced = change.after.minor() < change.list.minor() && matches!(period, "month" | "year");
    let list = change.list.show(say.locale);
    reduced.then(|| say.with(&format!("panel-price-first-{period}"), &[("list", (&list).into())]))
}

pub(super) fn prices(say: &Speech<'_>, changes: &[Change], names: &Names) -> Vec<PriceChange> {
    let one = |change: &Change| PriceChange {
        item: item(say, &change.item, names),
        before: Sum::of(change.before),
        after: Sum::of(change.after),
        lasts: lasts(say, change),
    };
    changes.iter().map(one).collect()
}

/// What a promotion would do, a line for each thing.
pub(super) fn told(say: &Speech<'_>, new: &NewPromotion, reckoned: &Reckoned, called: &Called) -> String {
    let off = new.discount.show(say.locale);
    let target = escaped(&cards::target(say, &new.target, &reckoned.names));
    let what = say.with("plan-promotion", &[("off", (&off).into()), ("target", (&target).into())]);
    let mut who = vec![say.t(if new.first_purchase { "plan-for-first" } else { "plan-for-everyone" })];
    who.extend(new.code.as_ref().map(|code| say.with("plan-with-code", &[("code", code.as_str().into())])));
    who.extend(new.uses.map(|uses| say.with("plan-uses", &[("uses", i64::from(uses).into())])));
    let cost = match &reckoned.expected {
        None => say.t("plan-cost-unknown"),
        Some(cost) => {
            let (low, high) = (cost.low.show(say.locale), cost.high.show(say.locale));
            let args = [("low", (&low).into()), ("high", (&high).into()), ("weeks", cost.weeks.into())];
            say.with("plan-cost-between", &args)
        }
    };
    let lines = [
        line(&what, called),
        fact(&say.t("plan-for"), &who.join(" · "), called),
        line(&say.with("plan-buyers", &[("count", reckoned.buyers.into())]), called),
        fact(&say.t("promo-field-starts"), &stamp(new.starts_at), called),
        fact(&say.t("plan-ends"), &stamp(new.ends_at), called),
        fact(&say.t("plan-cost"), &cost, called),
    ];
    let budget = new.budget.map(|budget| fact(&say.t("panel-field-budget"), &budget.show(say.locale), called));
    let each = new.per_member.map(|most| fact(&say.t("panel-field-per_member"), &most.to_string(), called));
    let lines: Vec<String> = lines.into_iter().chain(each).chain(budget).collect();
    lines.join("\n")
}

pub(super) fn warnings(say: &Speech<'_>, new: &NewPromotion, reckoned: &Reckoned) -> Vec<String> {
    let same = reckoned.changes.iter().filter(|change| change.before == change.after).count();
    let mut all = Vec::new();
    if same > 0 {
        let count = i64::try_from(same).unwrap_or(i64::MAX);
        all.push(say.with("panel-promo-same", &[("count", count.into())]));
    }
    if new.uses.is_none() && new.budget.is_none() {
        all.push(say.t("panel-promo-unbounded"));
    }
    all
}

/// What the end of a promotion would do, a line for each thing.
pub(super) fn ending(say: &Speech<'_>, found: &Promotion, names: &Names, called: &Called) -> String {
    let target = escaped(&cards::target(say, &found.target, names));
    let what = say.with("plan-stop_promotion", &[("of", found.number.into()), ("target", (&target).into())]);
    let lines =
        [line(&what, called), fact(&say.t("plan-ends-else"), &stamp(found.ends_at), called), say.t("panel-promo-held")];
    lines.join("\n")
}
