//! A member's subscription: how it stands, ending it, letting it go on, another card, another plan or period.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::wish::exact;
use super::{CHANGES, LOOKS, agree, cards, items};
use crate::db::Tx;
use crate::domain::payments::tasks::{self, Kind};
use crate::domain::payments::{Change, Refused};
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::changes::{self, Difference, Wish};
use crate::domain::shop::customers::{self, Customer};
use crate::domain::shop::orders::shelf::{self, OnSale};
use crate::domain::shop::orders::{Item, reading};
use crate::domain::shop::subscriptions::{self, Subscription, entitlement_key};
use crate::domain::shop::{SubscriptionState, entitlements};
use crate::jobs::payments::look;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::{Error, GuildId, Link, Money, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};

/// For how long it is looked again whether a worker has written down a change, and how long after one look the next comes. A
/// provider that answers slowly is asked once.
const WRITTEN_BY: Duration = Duration::from_millis(2_500);
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

/// How long after a period began its order may say that it was paid: each is counted by another clock, months by the calendar.
const FIRST_WITHIN: SignedDuration = SignedDuration::from_hours(72);

pub(super) static SUBSCRIPTION: Spec = Spec { name: "subscription", run: |cx, args| show(cx, args).boxed(), ..LOOKS };

pub(super) static END: Spec =
    Spec { name: "subscription_end", hidden: true, run: |cx, args| end(cx, args).boxed(), ..CHANGES };

pub(super) static GO_ON: Spec =
    Spec { name: "subscription_resume", hidden: true, run: |cx, args| go_on(cx, args).boxed(), ..CHANGES };

pub(super) static CARD: Spec =
    Spec { name: "subscription_card", hidden: true, run: |cx, args| card(cx, args).boxed(), ..CHANGES };

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

async fn show(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let (guild, user) = (cx.guild.id, cx.user);
    let tx = cx.tx()?;
    let Some(found) = subscriptions::of(tx, guild, user).await? else {
        return super::holding::without_subscription(cx).await;
    };
    let (until, called) = (access(tx, guild, &found).await?, called(tx, guild, &found).await?);
    Ok(shown(cx, &found, &called, until))
}

/// A subscription with what may be done with it.
fn shown(cx: &Cx<'_>, found: &Subscription, called: &str, access_until: Option<Timestamp>) -> Reply {
    let say = &cx.say;
    let name = plain(&items::title(say, &item(found), called));
    let mut card = Card::titled(say.with("subscription-title", &[("plan", (&name).into())]));
    card.body = say.t(&format!("subscription-state-{}", found.state.as_str().replace('_', "-")));
    card = card.field(say.t("subscription-field-price"), found.price.show(say.locale), true);
    let runs = runs(found);
    if found.state == SubscriptionState::Trialing {
        card = card.field(say.t("subscription-field-trial"), found.trial_end.map(cards::day).unwrap_or_default(), true);
    }
    if found.ends_with_period {
        card.body = say.with("subscription-ends", &[("end", (&cards::day(ends(found, access_until))).into())]);
    } else if runs {
        card = card.field(say.t("subscription-field-next"), cards::day(found.period_end), true);
    }
    card.tone = if runs { Tone::Good } else { Tone::Warning };
    if found.state == SubscriptionState::PastDue {
        let until = access_until.map(cards::day).unwrap_or_default();
        card = card.field(say.t("subscription-field-access"), until, true);
    }
    let mut reply = Reply::private("").card(card);
    let change_card = Button::new(say.t("button-change-card"), Action::new("subscription_card")).emoji("💳");
    reply = reply.button(if runs { change_card } else { change_card.style(Style::Primary) });
    if runs {
        reply = reply.button(Button::new(say.t("button-switch"), Action::new("subscription_switch")).emoji("🔀"));
    }
    if found.ends_with_period {
        let resume = Button::new(say.t("button-resume"), Action::new("subscription_resume"));
        reply = reply.button(resume.style(Style::Success).emoji("▶️"));
    } else {
        let end = Button::new(say.t("button-end"), Action::new("subscription_end"));
        reply = reply.button(end.style(Style::Danger).emoji("⏹️"));
    }
    reply
}

/// When access ends of one that ends with its period: where the period is not paid, earlier.
fn ends(found: &Subscription, access_until: Option<Timestamp>) -> Timestamp {
    let unpaid = found.state == SubscriptionState::PastDue;
    access_until.filter(|_| unpaid).map_or(found.period_end, |until| until.min(found.period_end))
}

/// Until when a subscription gives access.
async fn access(tx: &mut Tx, guild: GuildId, found: &Subscription) -> Result<Option<Timestamp>> {
    let held = entitlements::of(tx, guild, found.user).await?;
    let key = entitlement_key(&found.id);
    Ok(held.into_iter().find(|one| one.key == key).and_then(|one| one.ends_at))
}

/// What its plan is called.
async fn called(tx: &mut Tx, guild: GuildId, found: &Subscription) -> Result<String> {
    let all = names(tx, guild, vec![format!("plan/{}", found.plan)]).await?;
    Ok(all.plan(&found.plan).to_owned())
}

/// One that can't be changed now, as it stands.
async fn unchanged(cx: &mut Cx<'_>, found: &Subscription) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let called = called(&mut tx, cx.guild.id, found).await?;
    tx.end().await?;
    Ok(shown(cx, found, &called, None))
}

/// What it is a subscription to.
fn item(found: &Subscription) -> Item {
    Item::Plan { code: found.plan.clone(), period: found.period }
}

/// Whether nothing is owed: only then another plan is offered.
const fn runs(found: &Subscription) -> bool {
    matches!(found.state, SubscriptionState::Trialing | SubscriptionState::Active)
}

/// His subscription.
///
/// # Errors
/// [`Error::Conflict`] where he has none.
async fn mine(cx: &mut Cx<'_>) -> Result<Subscription> {
    let mut tx = super::own(cx).await?;
    let found = subscriptions::of(&mut tx, cx.guild.id, cx.user).await?;
    tx.end().await?;
    found.ok_or(Error::Conflict("subscription-none"))
}

async fn end(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let found = mine(cx).await?;
    change(cx, &found, (&Wish::End, &Change::EndWithPeriod), "subscription-ended").await
}

async fn go_on(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let found = mine(cx).await?;
    change(cx, &found, (&Wish::GoOn, &Change::GoOn), "subscription-resumed").await
}

/// Tells the provider of a change whose key is kept first, then looks at what it made of it.
async fn change(cx: &mut Cx<'_>, found: &Subscription, (wish, change): (&Wish, &Change), done: &str) -> Result<Reply> {
    let fresh = format!("change-{:032x}", rand::random::<u128>());
    let (guild, now) = (cx.guild.id, cx.now);
    let mut tx = super::payments(cx).await?;
    let to_send = changes::ask(&mut tx, guild, (found, wish), (cx.request, &fresh), now).await?;
    tx.commit().await?;
    let outcome = cx.app.gateway.change_subscription(&to_send.key, &found.id, change).await;
    let mut tx = super::payments(cx).await?;
    match &outcome {
        Ok(_) => changes::told(&mut tx, guild, &to_send, true, now),
        // A fault is answered again under the same key; a change that is made twice is made once.
        Err(Refused::No(_) | Refused::Card(_) | Refused::Missing | Refused::Fault) => {
            changes::told(&mut tx, guild, &to_send, false, now)
        }
        Err(Refused::Off | Refused::Unknown | Refused::Later(_) | Refused::Strange(_)) => {}
    }
    // However it went, what stands there is looked at.
    tasks::ask(&mut tx, Kind::Subscription, &found.id, Some(guild), now);
    tx.commit().await?;
    if let Err(refused) = outcome {
        tracing::warn!(%refused, "a change of a subscription was not made");
        let again = Button::new(cx.say.t("button-subscription"), Action::new("subscription")).emoji("🔁");
        if matches!(refused, Refused::Card(_)) {
            let card = Button::new(cx.say.t("button-change-card"), Action::new("subscription_card")).emoji("💳");
            let reply = Reply::private(cx.say.t("subscription-card-refused"));
            return Ok(reply.button(card.style(Style::Primary)).button(again));
        }
        return Ok(Reply::private(cx.say.t("subscription-not-now")).button(again));
    }
    // The change's own event may have set a worker to it: what is shown is what it finds.
    let began = Instant::now();
    while !look(cx.app, Kind::Subscription, &found.id, guild).await? && began.elapsed() < WRITTEN_BY {
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    let after = mine(cx).await?;
    let mut tx = super::own(cx).await?;
    let (until, called) = (access(&mut tx, guild, &after).await?, called(&mut tx, guild, &after).await?);
    tx.end().await?;
    let mut reply = shown(cx, &after, &called, until);
    reply.text = cx.say.with(done, &[("end", (&cards::day(ends(&after, until))).into())]);
    Ok(reply)
}

async fn card(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    mine(cx).await?;
    let fresh = format!("customer-{:032x}", rand::random::<u128>());
    let mut tx = super::payments(cx).await?;
    let customer = customers::of(&mut tx, cx.guild.id, cx.user, &fresh, cx.now).await?;
    tx.commit().await?;
    let page = match customer {
        Customer::Known(customer) => cx
            .app
            .gateway
            .portal(&customer, &cx.app.shop.return_url, cx.locale())
            .await
            .map_err(|refused| refused.to_string()),
        Customer::ToMake { .. } => Err("no customer".to_owned()),
    };
    let link = page.and_then(|url| url.parse::<Link>().map_err(|error| error.to_string()));
    Ok(match link {
        Ok(link) => Reply::private(cx.say.t("subscription-card"))
            .button(Button::to(cx.say.t("button-change-card"), link).emoji("💳")),
        Err(error) => {
            tracing::warn!(error, "the page for changing a card can't be opened");
            Reply::private(cx.say.t("subscription-not-now"))
        }
    })
}

/// The other plans on sale, and which of them he may change to now: a trial of one is none of a higher one that has none.
async fn plans(cx: &mut Cx<'_>, found: &Subscription) -> Result<Vec<(OnSale, bool)>> {
    let mut tx = super::own(cx).await?;
    let all = shelf::on_sale(&mut tx, cx.guild.id, cx.roles).await?;
    tx.end().await?;
    let is_his = |one: &&OnSale| matches!(&one.item, Item::Plan { code, .. } if *code == found.plan);
    let his = all.iter().find(is_his).and_then(|one| one.level);
    let tries = found.state == SubscriptionState::Trialing;
    let may = |one: &OnSale| !tries || one.has_trial || one.level.zip(his).is_some_and(|(level, his)| level <= his);
    let other = |one: &OnSale| match &one.item {
        Item::Plan { .. } => one.item != item(found) && !one.unit.is_zero(),
        Item::Product { .. } => false,
    };
    Ok(all
        .into_iter()
        .filter(other)
        .map(|one| {
            let may = may(&one);
            (one, may)
        })
        .collect())
}

/// The plan of a name, where it can be had.
///
/// # Errors
/// [`Error::NotFound`] for none; [`Error::Conflict`] where its role was deleted, or his trial is none of it.
fn available(all: Vec<(OnSale, bool)>, name: &str) -> Result<OnSale> {
    let (one, may) = all.into_iter().find(|(one, _)| one.item.name() == name).ok_or(Error::NotFound("item"))?;
    match (one.role_gone, may) {
        (true, _) => Err(Error::Conflict("error-shop-role-gone")),
        (false, false) => Err(Error::Conflict("error-switch-no-trial")),
        (false, true) => Ok(one),
    }
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
    let has_it = args.line_if("item").is_some_and(|named| named.as_str() == item(&found).name());
    if has_it || !runs(&found) {
        return unchanged(cx, &found).await;
    }
    let all = plans(cx, &found).await?;
    let say = cx.say;
    let Some(named) = args.line_if("item") else {
        let all: Vec<OnSale> =
            all.into_iter().filter(|(one, may)| *may && !one.role_gone).map(|(one, _)| one).collect();
        if all.is_empty() {
            return Ok(Reply::private(say.t("subscription-no-other")));
        }
        let mut reply = Reply::private(say.t("subscription-choose"));
        for one in all.iter().take(20) {
            let label = format!("{} · {}", items::title(&say, &one.item, &one.title), one.unit.show(say.locale));
            let action = Action::new("subscription_switch").with("item", one.item.name());
            reply = reply.button(Button::new(label, action));
        }
        return Ok(reply);
    };
    let one = available(all, named.as_str())?;
    asked(cx, &found, &one).await
}

/// What a change to a plan would cost, with the button that makes it.
async fn asked(cx: &mut Cx<'_>, found: &Subscription, one: &OnSale) -> Result<Reply> {
    let paid = paid(cx, found).await?;
    let say = &cx.say;
    let (name, price) = (plain(&items::title(say, &one.item, &one.title)), one.unit.show(say.locale));
    let end = found.trial_end.map(cards::day).unwrap_or_default();
    let id = switch_words(found);
    let mut text = say.with(id, &[("plan", (&name).into()), ("price", (&price).into()), ("end", (&end).into())]);
    if found.state != SubscriptionState::Trialing {
        text = format!("{text}\n{}", moves(cx, found, paid, one));
    }
    let mut reply = Reply::private(text);
    let total = exact(one.unit);
    reply.carried = vec![("item".to_owned(), one.item.name()), ("total".to_owned(), total)];
    let yes = Action::new("subscription_confirm").with("from", cx.request);
    let yes = Button::new(say.t("button-switch-confirm"), yes).style(Style::Success).emoji("✅");
    Ok(reply.button(yes).button(Button::new(say.t("button-no"), Action::new("buy_decline"))))
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
fn moves(cx: &Cx<'_>, found: &Subscription, paid: Money, one: &OnSale) -> String {
    let say = &cx.say;
    let Item::Plan { period, .. } = &one.item else { return String::new() };
    let Some(Difference { due, credit, next }) = changes::difference(found, paid, (one.unit, *period), cx.now) else {
        return say.t("subscription-switch-unknown");
    };
    let (amount, id) = match (due.is_zero(), credit.is_zero()) {
        (false, _) => (due, "subscription-switch-due"),
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
        return unchanged(cx, &found).await;
    }
    let all = plans(cx, &found).await?;
    let one = available(all, &wanted)?;
    if exact(one.unit) != total {
        let mut reply = asked(cx, &found, &one).await?;
        reply.text = format!("{}\n{}", cx.say.t("buy-price-changed"), reply.text);
        return Ok(reply);
    }
    let (Item::Plan { period, .. }, Some(line)) = (&one.item, found.line.clone()) else {
        return Err(Error::Conflict("subscription-not-now"));
    };
    let to = Change::Switch {
        line,
        item: one.item.provider_item(),
        title: one.title.clone(),
        unit: one.unit,
        interval: period.as_str(),
    };
    change(cx, &found, (&Wish::Switch(wanted), &to), "subscription-switched").await
}
