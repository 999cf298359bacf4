//! Making and stopping promotions, for operators.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, PROMOTION, cards, found, number};
use crate::domain::promotions::service::{self, NewPromotion};
use crate::domain::promotions::{Aim, PromotionKind, PromotionState, Target, reading};
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::reading::Eyes;
use crate::kernel::error::Problem;
use crate::kernel::money::NotMoney;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::until::Until;
use crate::kernel::{Currency, Error, Locale, Money, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Most uses that can be asked for.
const USES_MAX: i64 = 1_000_000;

pub(super) static CREATE: Spec = Spec {
    name: "promo_create",
    options: &[
        Opt::required("value", Type::Reduction).in_form(),
        Opt::required("target", Type::Target).in_form(),
        Opt::required("duration", Type::Duration).in_form(),
        Opt::required("promo_reason", Type::Line).in_form().whole(),
        Opt::optional("promo_code", Type::PromoCode).in_form(),
        Opt::optional("uses", Type::Int(1, USES_MAX)),
        Opt::optional("per_member", Type::Int(1, 1_000)),
        Opt::optional("first_purchase", Type::Choice(&["yes"])),
        Opt::optional("budget", Type::Amount),
        Opt::optional("begins", Type::Duration),
        Opt::optional("promo_kind", Type::Choice(&PromotionKind::WORDS)),
    ],
    run: |cx, args| create(cx, args).boxed(),
    suggest: Some(|cx, option, typed| suggest_target(cx.locale(), option, typed)),
    ..OPERATOR
};

pub(super) static STOP: Spec = Spec {
    name: "promo_stop",
    options: &[PROMOTION],
    run: |cx, args| stop(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

/// Targets that can be named without knowing a code, and what stands before one, as the help says them.
const fn words(locale: Locale) -> ([&'static str; 3], [&'static str; 2]) {
    match locale {
        Locale::Fr => (["tout", "formules", "produits"], ["formule", "produit"]),
        Locale::En => (["everything", "plans", "products"], ["plan", "product"]),
    }
}

fn suggest_target<'a>(locale: Locale, option: &'a str, typed: &'a str) -> BoxFuture<'a, Result<Vec<(String, String)>>> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(String, String)> = Vec::new();
    if option == "target" {
        let (general, kinds) = words(locale);
        let general = general.iter().map(|word| (*word).to_owned());
        let named = kinds.iter().filter(|_| !typed.is_empty()).map(|kind| format!("{kind}/{typed}"));
        let fits = general.filter(|word| word.starts_with(&typed)).chain(named);
        found.extend(fits.filter(|word| Target::parse(word).is_ok()).map(|word| (word.clone(), word)));
    }
    futures_util::future::ready(Ok(found)).boxed()
}

/// The moment that an option means.
fn moment(cx: &Cx<'_>, option: &'static str, until: Until, from: Timestamp) -> Result<Timestamp> {
    // A zone was checked when it was set; one that is known no more counts as UTC.
    let zone = TimeZone::get(&cx.guild.time_zone).unwrap_or(TimeZone::UTC);
    until.from(from, &zone).map_err(|problem| Error::Argument { option, problem })
}

fn budget(args: &Args, currency: Currency) -> Result<Option<Money>> {
    let wrong = |why| {
        let twice = matches!(why, NotMoney::TwoMeanings { .. });
        let problem = if twice { Problem::NotAPrice(why) } else { Problem::NotADiscount };
        Error::Argument { option: "budget", problem }
    };
    let Some(typed) = args.line_if("budget") else { return Ok(None) };
    let budget = Money::parse(typed.as_str(), currency).map_err(wrong)?;
    if budget.is_zero() { Err(Error::Conflict("error-promo-budget-small")) } else { Ok(Some(budget)) }
}

/// What the promotion is on, by its code.
async fn target(cx: &mut Cx<'_>, args: &Args) -> Result<Target> {
    let guild = cx.guild.id;
    let aim = args.target("target").ok_or(Error::Argument { option: "target", problem: Problem::Missing })?;
    match aim {
        Aim::General(target) => Ok(target.clone()),
        Aim::Plan(named) => {
            let code = names::code(cx.tx()?, guild, Shelves::Plans, ("target", named)).await?;
            Ok(Target::Plan(code.to_string()))
        }
        Aim::Product(named) => {
            let all = Shelves::Products(Eyes::Staff);
            Ok(Target::Product(names::code(cx.tx()?, guild, all, ("target", named)).await?.to_string()))
        }
    }
}

fn wanted(cx: &Cx<'_>, args: &Args, target: Target, currency: Currency) -> Result<NewPromotion> {
    let missing = |option| Error::Argument { option, problem: Problem::Missing };
    let count = |name: &str| args.int(name).and_then(|n| u32::try_from(n).ok());
    let begins = args.duration("begins").map(|until| moment(cx, "begins", until, cx.now)).transpose()?;
    let starts_at = begins.unwrap_or(cx.now);
    let until = args.duration("duration").ok_or_else(|| missing("duration"))?;
    Ok(NewPromotion {
        guild: cx.guild.id,
        request: cx.request.to_owned(),
        kind: args.choice("promo_kind").and_then(PromotionKind::from_word).unwrap_or(PromotionKind::Manual),
        discount: args.reduction("value")?,
        target,
        code: args.promo_code("promo_code").cloned(),
        starts_at,
        ends_at: moment(cx, "duration", until, starts_at)?,
        uses: count("uses"),
        per_member: count("per_member"),
        first_purchase: args.choice("first_purchase").is_some(),
        budget: budget(args, currency)?,
        reason: args.line("promo_reason")?.clone(),
        by: cx.user,
        locale: cx.locale(),
    })
}

async fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let guild = cx.guild.id;
    // A budget without a sign is in the shop's currency.
    let currency = match args.line_if("budget") {
        Some(_) => reading::currency(cx.tx()?, guild).await?,
        None => Currency::EUR,
    };
    let target = target(cx, args).await?;
    let new = wanted(cx, args, target, currency)?;
    let (rules, now) = (cx.app.promotions, cx.now);
    let made = service::create(cx.tx()?, &new, &rules, now).await?;
    let id = if made.state == PromotionState::Scheduled { "promo-planned" } else { "promo-made" };
    let (starts, ends) = (cards::when(made.starts_at), cards::when(made.ends_at));
    let names = super::called(cx, [&made.target]).await?;
    let (off, target) = (cards::off(made.discount, cx.locale()), plain(&cards::target(&cx.say, &made.target, &names)));
    let text = cx.say.with(
        id,
        &[
            ("number", made.number.into()),
            ("off", (&off).into()),
            ("target", (&target).into()),
            ("starts", (&starts).into()),
            ("ends", (&ends).into()),
        ],
    );
    let text = match &made.code {
        Some(code) => format!("{text}\n{}", cx.say.with("promo-made-code", &[("code", code.as_str().into())])),
        None => text,
    };
    let (view, stop) = (cards::view_button(&cx.say, made.number), cards::stop_button(&cx.say, made.number));
    Ok(Reply::private(text).button(view).button(stop))
}

async fn stop(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number, now) = (cx.guild.id, number(args)?, cx.now);
    let stopped = found(service::stop(cx.tx()?, guild, number, now).await)?;
    let names = super::called(cx, [&stopped.target]).await?;
    let text = cx.say.with("promo-stopped", &[("number", number.into())]);
    Ok(Reply::private(text).card(cards::card(&cx.say, &stopped, &names)))
}
