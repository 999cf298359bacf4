//! Plans for operators: adding, changing, taking off sale.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::roles::{sold, warning};
use super::{OPERATOR, PLAN, YES, names, phrases, read, small, step};
use crate::domain::shop::catalogue::names as catalogue_names;
use crate::domain::shop::catalogue::plans::{self, NewPlan, PlanChange, PlanPart};
use crate::domain::shop::catalogue::{Benefits, Name, Plan, TRIAL_MAX};
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::{Period, Support};
use crate::kernel::Result;
use crate::kernel::error::{Error, Problem};
use crate::kernel::reply::{Action, Button, Card, Reply, Tone};
use crate::kernel::text::{plain, unmasked};
use crate::kernel::words::Speech;
use futures_util::FutureExt;

const NAME: Type = Type::Short(80);
const SUPPORT: Type = Type::Choice(&[
    Support::Community.as_str(),
    Support::Normal.as_str(),
    Support::Priority.as_str(),
    Support::Vip.as_str(),
]);
const YES_OR_NO: Type = Type::Choice(&["yes", "no"]);
const EMPTIED: Type =
    Type::Choices(&[PlanPart::Benefits.as_str(), PlanPart::Role.as_str(), PlanPart::YearPrice.as_str()]);
const TRIAL: Type = Type::Int(0, TRIAL_MAX);
const LEVEL: Type = Type::Int(0, 1000);

pub(super) static ADD: Spec = Spec {
    name: "plan_add",
    options: &[
        Opt::required("name", NAME).in_form(),
        Opt::required("month_price", Type::Price).in_form(),
        Opt::optional("year_price", Type::Price).in_form(),
        Opt::optional("benefits", Type::Body).in_form(),
        Opt::optional("trial_days", TRIAL).in_form(),
        Opt::optional("support", SUPPORT),
        Opt::optional("role", Type::Role),
        Opt::optional("hidden", YES_OR_NO),
        Opt::optional("level", LEVEL),
    ],
    run: |cx, args| add(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

pub(super) static EDIT: Spec = Spec {
    name: "plan_edit",
    options: &[
        PLAN,
        Opt::optional("name", NAME).in_form(),
        Opt::optional("month_price", Type::Price).in_form(),
        Opt::optional("year_price", Type::Price).in_form(),
        Opt::optional("benefits", Type::Body).in_form(),
        Opt::optional("trial_days", TRIAL),
        Opt::optional("support", SUPPORT),
        Opt::optional("role", Type::Role),
        Opt::optional("hidden", YES_OR_NO),
        Opt::optional("level", LEVEL),
        Opt::optional("on_sale", YES),
        Opt::optional("emptied", EMPTIED),
    ],
    run: |cx, args| edit(cx, args).boxed(),
    inspects: true,
    ..OPERATOR
};

pub(super) static REMOVE: Spec =
    Spec { name: "plan_remove", options: &[PLAN.whole()], run: |cx, args| remove(cx, args).boxed(), ..OPERATOR };

/// Puts a plan back on sale: a button that asks for nothing more.
pub(super) static BACK: Spec = Spec {
    name: "plan_back",
    hidden: true,
    options: &[Opt::required("plan", Type::Code), Opt::required("on_sale", YES)],
    run: |cx, args| edit(cx, args).boxed(),
    ..OPERATOR
};

fn name(args: &Args) -> Result<Option<Name>> {
    args.line_if("name").map(|line| read("name", Name::parse(line.as_str()))).transpose()
}

fn benefits(args: &Args) -> Result<Option<Benefits>> {
    args.body_if("benefits").map(|body| read("benefits", Benefits::parse(body.as_str()))).transpose()
}

fn support(args: &Args) -> Option<Support> {
    args.choice("support").and_then(Support::from_word)
}

fn hidden(args: &Args) -> Option<bool> {
    args.choice("hidden").map(|word| word == "yes")
}

fn emptied(args: &Args) -> Vec<PlanPart> {
    let words = args.choices("emptied");
    PlanPart::ALL.iter().copied().filter(|part| words.contains(&part.as_str())).collect()
}

async fn add(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let new = NewPlan {
        name: name(args)?.ok_or(Error::Argument { option: "name", problem: Problem::Missing })?,
        benefits: benefits(args)?,
        month: Some(args.price("month_price")?),
        year: args.price_if("year_price"),
        support: support(args).unwrap_or(Support::Normal),
        role: sold(cx, args)?,
        trial_days: small(args, "trial_days").unwrap_or(0),
        hidden: hidden(args).unwrap_or(false),
        level: small(args, "level"),
    };
    let step = step(cx);
    let plan = plans::add(cx.tx()?, step, new).await?;
    let (name, code) = (plain(&plan.name), plan.code.to_string());
    let mut text = cx.say.with("plan-added", &[("name", (&name).into()), ("code", (&code).into())]);
    text.push_str(&namesakes(cx, &plan).await?);
    text.push_str(&warning(cx, args));
    Ok(Reply::private(text).card(card(&cx.say, &plan)))
}

/// Says that other plans, or products, bear a plan's name already: who types it will have to choose.
async fn namesakes(cx: &mut Cx<'_>, plan: &Plan) -> Result<String> {
    let guild = cx.guild.id;
    let plans = catalogue_names::plans_called(cx.tx()?, guild, &plan.name, Some(&plan.code)).await?;
    let products = catalogue_names::namesakes(cx.tx()?, guild, &plan.name, None).await?;
    Ok(names::taken(&cx.say, [(plans, "plan-namesake"), (products, "plan-namesake-product")]))
}

async fn edit(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let change = PlanChange {
        name: name(args)?,
        benefits: benefits(args)?,
        month: args.price_if("month_price"),
        year: args.price_if("year_price"),
        support: support(args),
        role: sold(cx, args)?,
        trial_days: small(args, "trial_days"),
        hidden: hidden(args),
        level: small(args, "level"),
        back_on_sale: args.choice("on_sale").is_some(),
        emptied: emptied(args),
    };
    let (unsold, roleless) = (change.emptied.contains(&PlanPart::YearPrice), change.emptied.contains(&PlanPart::Role));
    let (step, code) = (step(cx), names::plan(cx, args).await?);
    let renamed = change.name.is_some() || change.back_on_sale;
    let reprices = change.month.is_some() || change.year.is_some();
    let (plan, changed) = plans::edit(cx.tx()?, step, &code, change).await?;
    let mut text = cx.say.t(if changed { "plan-edited" } else { "plan-unchanged" });
    if changed && unsold {
        let (guild, year) = (cx.guild.id, Some(Period::Year));
        let count = plans::at_another_price(cx.tx()?, guild, (&plan.code, year)).await?;
        text = format!("{text}\n{}", cx.say.with("plan-year-emptied", &[("count", count.into())]));
    }
    if changed && roleless {
        text = format!("{text}\n{}", cx.say.t("plan-role-emptied"));
    }
    if changed && reprices {
        let guild = cx.guild.id;
        let count = plans::at_another_price(cx.tx()?, guild, (&plan.code, None)).await?;
        text = format!("{text}\n{}", cx.say.with("plan-keep-price", &[("count", count.into())]));
    }
    if changed && renamed {
        text.push_str(&namesakes(cx, &plan).await?);
    }
    text.push_str(&warning(cx, args));
    Ok(Reply::private(text).card(card(&cx.say, &plan)))
}

async fn remove(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let (step, code) = (step(cx), names::plan(cx, args).await?);
    let plan = plans::remove(cx.tx()?, step, &code).await?;
    let name = plain(&plan.name);
    let back = Action::new(BACK.name).with("plan", &plan.code).with("on_sale", "yes");
    let back = Button::new(cx.say.t("button-back-on-sale"), back).emoji("↩️");
    Ok(Reply::private(cx.say.with("plan-removed", &[("name", (&name).into())])).button(back))
}

/// A plan with everything that is set.
fn card(say: &Speech<'_>, plan: &Plan) -> Card {
    let mut card = Card::titled(format!("⭐ {}", plain(&plan.name)));
    card.body = unmasked(&plan.benefits);
    let state = match (plan.archived, plan.role_stuck, plan.hidden) {
        (true, ..) => say.t("shop-state-off"),
        (false, Some(RoleState::Gone), _) => format!("⛔ {}", say.t("plans-role-gone")),
        (false, Some(_), _) => format!("⛔ {}", say.t("plans-role-stuck")),
        (false, None, true) => say.t("shop-state-hidden"),
        (false, None, false) => say.t("shop-state-on"),
    };
    card = card
        .field(say.t("shop-field-code"), format!("`{}`", plan.code), true)
        .field(say.t("shop-field-state"), state, true)
        .field(say.t("shop-field-month"), phrases::price(say, plan.month), true)
        .field(say.t("shop-field-year"), phrases::price(say, plan.year), true)
        .field(say.t("shop-field-support"), say.t(&format!("choice-{}", plan.support.as_str())), true)
        .field(say.t("shop-field-level"), plan.level.to_string(), true);
    if let Some(role) = plan.role {
        card = card.field(say.t("shop-field-role"), format!("<@&{role}>"), true);
    }
    if plan.trial_days > 0 {
        card = card.field(say.t("shop-field-trial"), phrases::days(say, Some(plan.trial_days)), true);
    }
    card.tone = if plan.archived || plan.role_stuck.is_some() { Tone::Warning } else { Tone::Good };
    card
}
