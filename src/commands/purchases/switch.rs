//! Another plan or period of a subscription: what may be chosen, what the change moves, and the change itself.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::subscription::{change, item, mine, runs, unchanged};
use super::wish::exact;
use super::{CHANGES, agree, cards, items};
use crate::domain::payments::Change;
use crate::domain::shop::changes::{self, Difference, Wish};
use crate::domain::shop::entitlements::{self, What};
use crate::domain::shop::holds::{self, Holds};
use crate::domain::shop::orders::offer::not_given;
use crate::domain::shop::orders::shelf::{self, OnSale};
use crate::domain::shop::orders::{Item, reading};
use crate::domain::shop::subscriptions::Subscription;
use crate::domain::shop::{SubscriptionState, subscriptions};
use crate::kernel::reply::{Action, Button, Reply, Style};
use crate::kernel::text::plain;
use crate::kernel::{Error, Money, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};

/// The version of the text that is agreed to with a change.
const CONSENT: &str = "1-change";
/// How long after a period began its order may say that it was paid: each is counted by another clock, months by the calendar.
const FIRST_WITHIN: SignedDuration = SignedDuration::from_hours(72);

pub(super) static SWITCH: Spec = Spec {
    name: "subscription_switch",
    hidden: true,
    options: &[Opt::optional("item", Type::Line)],
    run: |cx, args| choose(cx, args).boxed(),
    ..CHANGES
};

pub(super) static CONFIRM: Spec = Spec {
    name: "subscription_confirm",
    hidden: true,
    options: &[Opt::required("from", Type::Offer)],
    run: |cx, args| confirm(cx, args).boxed(),
    ..CHANGES
};

/// What he may change from and to.
struct Choice {
    found: Subscription,
    holds: Holds,
    /// The other plans on sale, each with what bars it from him, if anything does.
    plans: Vec<(OnSale, Option<&'static str>)>,
    /// What the present period cost.
    paid: Money,
}

impl Choice {
    async fn of(cx: &mut Cx<'_>, found: Subscription) -> Result<Self> {
        let (guild, now) = (cx.guild.id, cx.now);
        let mut tx = super::own(cx).await?;
        let holds = holds::of(&mut tx, guild, &found, now).await?;
        let all = shelf::on_sale(&mut tx, guild, cx.roles).await?;
        let own = subscriptions::entitlement_key(&found.id);
        let counts =
            |one: &entitlements::Entitlement| one.key != own && one.revoked_at.is_none() && one.ends_at.is_none();
        let for_good: Vec<What> = entitlements::of(&mut tx, guild, found.user)
            .await?
            .into_iter()
            .filter(counts)
            .map(|one| one.what)
            .collect();
        tx.end().await?;
        let paid = paid(cx, &found).await?;
        let plans = others(&found, all, &for_good);
        Ok(Self { found, holds, plans, paid })
    }

    /// The plan of a name, where it can be had.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none; [`Error::Conflict`] where something bars it.
    fn take(&self, name: &str) -> Result<&OnSale> {
        match self.plans.iter().find(|(one, _)| one.item.name() == name) {
            None => Err(Error::NotFound("item")),
            Some((_, Some(bar))) => Err(Error::Conflict(bar)),
            Some((one, None)) => Ok(one),
        }
    }

    /// Whether a change would leave something to his credit, as far as it is known beforehand.
    fn credits(&self, one: &OnSale, now: Timestamp) -> bool {
        if self.found.state == SubscriptionState::Trialing {
            return false;
        }
        let Item::Plan { period, .. } = &one.item else { return true };
        changes::difference(&self.found, self.paid, (one.unit, *period), now)
            .is_none_or(|moved| !moved.credit.is_zero())
    }
}

/// The other plans on sale, each with what bars it from him: a subscription keeps its currency (Stripe, "Update a
/// subscription"), and a trial of one is none of a higher one that has none.
fn others(found: &Subscription, all: Vec<OnSale>, for_good: &[What]) -> Vec<(OnSale, Option<&'static str>)> {
    let is_his = |one: &&OnSale| matches!(&one.item, Item::Plan { code, .. } if *code == found.plan);
    let his = all.iter().find(is_his).and_then(|one| one.level);
    let tries = found.state == SubscriptionState::Trialing;
    let may_try = |one: &OnSale| !tries || one.has_trial || one.level.zip(his).is_some_and(|(level, his)| level <= his);
    let bar = |one: &OnSale| match &one.item {
        _ if one.role_stuck.is_some() => one.role_stuck.map(not_given),
        _ if one.unit.currency() != found.price.currency() => Some("error-switch-currency"),
        Item::Plan { code, .. } if for_good.contains(&What::Plan(code.clone())) => Some("error-switch-in-vain"),
        _ if !may_try(one) => Some("error-switch-no-trial"),
        Item::Plan { .. } | Item::Product { .. } => None,
    };
    let other = |one: &OnSale| match &one.item {
        Item::Plan { .. } => one.item != item(found) && !one.unit.is_zero(),
        Item::Product { .. } => false,
    };
    all.into_iter()
        .filter(other)
        .map(|one| {
            let bar = bar(&one);
            (one, bar)
        })
        .collect()
}

/// What a change costs now: during a trial nothing, because nothing is prorated before its end (Stripe, "Prorations").
const fn switch_words(found: &Subscription) -> &'static str {
    match (found.state, found.ends_with_period) {
        (SubscriptionState::Trialing, false) => "subscription-switch-trial",
        (SubscriptionState::Trialing, true) => "subscription-switch-trial-ends",
        _ => "subscription-switch",
    }
}

async fn choose(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let found = mine(cx).await?;
    let named = args.line_if("item");
    let has_it = named.as_ref().is_some_and(|named| named.as_str() == item(&found).name());
    if has_it || !runs(&found) {
        return unchanged(cx, found, None).await;
    }
    let choice = Choice::of(cx, found).await?;
    if let Some(hold) = choice.holds.hold {
        return unchanged(cx, choice.found, Some(hold.error())).await;
    }
    match named {
        Some(named) => {
            let one = choice.take(named.as_str())?;
            choice.holds.allow(choice.credits(one, cx.now))?;
            Ok(asked(cx, &choice, one))
        }
        None => Ok(listed(cx, &choice)),
    }
}

/// What he may change to.
fn listed(cx: &Cx<'_>, choice: &Choice) -> Reply {
    let (say, now) = (&cx.say, cx.now);
    let may = |one: &OnSale| choice.holds.allow(choice.credits(one, now)).is_ok();
    let free: Vec<&OnSale> =
        choice.plans.iter().filter(|(one, bar)| bar.is_none() && may(one)).map(|(one, _)| one).collect();
    if free.is_empty() {
        let other_money = choice.plans.iter().any(|(_, bar)| *bar == Some("error-switch-currency"));
        return Reply::private(say.t(match (choice.holds.reduced, other_money) {
            (_, true) => "error-switch-currency",
            (true, false) => "error-switch-reduced",
            (false, false) => "subscription-no-other",
        }));
    }
    let mut reply = Reply::private(say.t("subscription-choose"));
    for one in free.into_iter().take(20) {
        let label = format!("{} · {}", items::title(say, &one.item, &one.title), one.unit.show(say.locale));
        let action = Action::new("subscription_switch").with("item", one.item.name());
        reply = reply.button(Button::new(label, action));
    }
    reply
}

/// What a change to a plan would cost, with the button that makes it.
fn asked(cx: &Cx<'_>, choice: &Choice, one: &OnSale) -> Reply {
    let (say, found) = (&cx.say, &choice.found);
    let (name, price) = (plain(&items::title(say, &one.item, &one.title)), one.unit.show(say.locale));
    let end = found.trial_end.map(cards::day).unwrap_or_default();
    let id = switch_words(found);
    let mut text = say.with(id, &[("plan", (&name).into()), ("price", (&price).into()), ("end", (&end).into())]);
    if found.state != SubscriptionState::Trialing {
        text = format!("{text}\n{}", moves(cx, choice, one));
    }
    text = format!("{text}\n\n{}", say.t(&format!("consent-{CONSENT}")));
    let mut reply = Reply::private(text);
    let total = exact(one.unit);
    reply.carried = vec![("item".to_owned(), one.item.name()), ("total".to_owned(), total)];
    let yes = Action::new("subscription_confirm").with("from", cx.request);
    let yes = Button::new(say.t("button-switch-confirm"), yes).style(Style::Success).emoji("✅");
    reply.button(yes).button(Button::new(say.t("button-no"), Action::new("buy_decline")))
}

/// What the present period cost: of the first one, less than the price where it was reduced.
async fn paid(cx: &mut Cx<'_>, found: &Subscription) -> Result<Money> {
    let Some(number) = found.order else { return Ok(found.price) };
    let mut tx = super::own(cx).await?;
    let order = reading::order(&mut tx, cx.guild.id, number).await;
    tx.end().await?;
    let is_first = |paid: Timestamp| {
        found.begins().is_some_and(|begun| begun.checked_sub(FIRST_WITHIN).is_ok_and(|from| from <= paid))
    };
    Ok(match order {
        Ok(order) if !order.discount.is_zero() && order.item == item(found) && order.paid_at.is_some_and(is_first) => {
            order.total
        }
        Ok(_) | Err(Error::NotFound(_)) => found.price,
        Err(error) => return Err(error),
    })
}

/// What a change moves at once, and what comes next.
fn moves(cx: &Cx<'_>, choice: &Choice, one: &OnSale) -> String {
    let (say, found) = (&cx.say, &choice.found);
    let Item::Plan { period, .. } = &one.item else { return String::new() };
    let moved = changes::difference(found, choice.paid, (one.unit, *period), cx.now);
    let Some(Difference { due, credit, next }) = moved else {
        return say.t("subscription-switch-unknown");
    };
    let (amount, id) = match (due.is_zero(), credit.is_zero()) {
        (false, _) => (due, "subscription-switch-due"),
        (true, false) if found.ends_with_period => (credit, "subscription-switch-credit-ends"),
        (true, false) => (credit, "subscription-switch-credit"),
        (true, true) => (due, "subscription-switch-even"),
    };
    let (amount, next) = (amount.show(say.locale), cards::day(next));
    let price = one.unit.show(say.locale);
    let args = [("amount", (&amount).into()), ("next", (&next).into()), ("price", (&price).into())];
    let then = if found.ends_with_period { "subscription-switch-ends" } else { "subscription-switch-next" };
    format!("{}\n{}", say.with(id, &args), say.with(then, &args))
}

async fn confirm(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let carried = agree::carried(cx, args.request("from").unwrap_or_default()).await?;
    let value = |name: &str| carried.iter().find(|(had, _)| had == name).map(|(_, value)| value.clone());
    let (Some(wanted), Some(total)) = (value("item"), value("total")) else {
        return Err(Error::Conflict("error-offer-gone"));
    };
    let found = mine(cx).await?;
    // Pressed again, it shows what the first press made.
    if wanted == item(&found).name() || !runs(&found) {
        return unchanged(cx, found, None).await;
    }
    let choice = Choice::of(cx, found).await?;
    let one = choice.take(&wanted)?;
    if exact(one.unit) != total {
        let mut reply = asked(cx, &choice, one);
        reply.text = format!("{}\n{}", cx.say.t("buy-price-changed"), reply.text);
        return Ok(reply);
    }
    let (Item::Plan { period, .. }, Some(line)) = (&one.item, choice.found.line.clone()) else {
        return Err(Error::Conflict("subscription-not-now"));
    };
    let to = Change::Switch {
        line,
        item: one.item.provider_item(),
        title: one.title.clone(),
        unit: one.unit,
        interval: period.as_str(),
    };
    let credits = choice.credits(one, cx.now);
    let done = if choice.found.ends_with_period { "subscription-switched-ends" } else { "subscription-switched" };
    change(cx, &choice.found, (&Wish::Switch { item: wanted, credits, consent: CONSENT }, &to), done).await
}
