//! Looking at orders: a list, one with its receipt, what was delivered; and asking staff for help with one.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::super::tickets;
use super::items::{LABEL_MAX, SUGGESTIONS};
use super::{LOOKS, ORDER, cards};
use crate::domain::shop::Source;
use crate::domain::shop::catalogue::names::{Names, names};
use crate::domain::shop::entitlements::{self, Entitlement, What};
use crate::domain::shop::orders::gifts::Gift;
use crate::domain::shop::orders::reading::{self, Delivered};
use crate::domain::shop::orders::{Order, gifts, given};
use crate::domain::shop::roles::RoleState;
use crate::kernel::reply::{Action, Button, Card, File, Reply, Style, Tone};
use crate::kernel::text::{LINE_MAX, Line, folded, plain, shorten, unmasked};
use crate::kernel::{Error, Result, UserId};
use futures_util::FutureExt;

pub(super) static ORDERS: Spec = Spec {
    name: "orders",
    options: &[Opt::optional("below", Type::Order)],
    run: |cx, args| list(cx, args).boxed(),
    ..LOOKS
};

pub(super) static ONE: Spec = Spec {
    name: "order",
    // Who names none is shown his own, with a button for each.
    bare: Some("orders"),
    options: &[ORDER],
    run: |cx, args| one(cx, args).boxed(),
    suggest: Some(|cx, option, typed| suggest(cx, option, typed).boxed()),
    ..LOOKS
};

pub(super) static DELIVERY: Spec = Spec {
    name: "order_delivery",
    hidden: true,
    options: &[ORDER],
    run: |cx, args| delivery(cx, args).boxed(),
    ..LOOKS
};

pub(super) static HELP: Spec = Spec {
    name: "order_help",
    hidden: true,
    writes: true,
    options: &[ORDER, Opt::required("description", Type::Body).in_form()],
    run: |cx, args| help(cx, args).boxed(),
    ..LOOKS
};

/// Suggests his own orders and gifts, the newest first.
async fn suggest(cx: &mut Cx<'_>, option: &str, typed: &str) -> Result<Vec<(String, String)>> {
    if option != "order" {
        return Ok(Vec::new());
    }
    let (bought, given) = own(cx, i64::MAX).await?;
    let stuck = Stuck::of(cx, cx.user).await?;
    let say = &cx.say;
    let state = |one: &Order| cards::state(say, one, stuck.why(one));
    let order = |one: &Order| (one.number, format!("#{} {} · {}", one.number, one.title, state(one)));
    let gift = |one: &Gift| (one.number, format!("#{} 🎁 {}", one.number, one.title));
    let mut all: Vec<(i64, String)> = bought.iter().map(order).chain(given.iter().map(gift)).collect();
    all.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let typed = folded(typed.trim().trim_start_matches('#'));
    all.retain(|(_, label)| folded(label).contains(&typed));
    Ok(all.iter().take(SUGGESTIONS).map(|(number, label)| (shorten(label, LABEL_MAX), number.to_string())).collect())
}

/// What he bought and what he was given, each a page below an order's number.
async fn own(cx: &mut Cx<'_>, below: i64) -> Result<(Vec<Order>, Vec<Gift>)> {
    let (guild, user) = (cx.guild.id, cx.user);
    let tx = cx.tx()?;
    let bought = reading::of(tx, guild, (user, false), below).await?;
    Ok((bought, gifts::to(tx, guild, user, below).await?))
}

async fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let below = args.order("below").unwrap_or(i64::MAX);
    let (bought, given) = own(cx, below).await?;
    if bought.is_empty() && given.is_empty() && below == i64::MAX {
        return Ok(Reply::private(cx.say.t("orders-empty")));
    }
    let stuck = Stuck::of(cx, cx.user).await?;
    let mut all = lines(cx, &bought, &stuck);
    all.extend(given.iter().map(|gift| (gift.number, gift.title.clone(), cards::given_line(&cx.say, gift))));
    all.sort_by_key(|(number, ..)| std::cmp::Reverse(*number));
    let full = is_full(&bought) || is_full(&given);
    all.truncate(usize::try_from(reading::PAGE).unwrap_or(all.len()));
    let last = all.last().map(|(number, ..)| *number);
    let mut reply = page(cx, all, cx.say.t("orders-title"));
    if let (Some(last), true) = (last, full) {
        let older = Button::new(cx.say.t("button-older-orders"), Action::new("orders").with("below", last));
        reply = reply.button(older.emoji("▶️"));
    }
    reply.replaces = cx.way == super::super::call::Way::Button && below != i64::MAX;
    Ok(reply)
}

/// Whether there may be more behind a page.
pub(super) fn is_full<T>(found: &[T]) -> bool {
    i64::try_from(found.len()).unwrap_or(i64::MAX) >= reading::PAGE
}

/// Orders as a page lists them: number, title, line.
pub(super) fn lines(cx: &Cx<'_>, found: &[Order], stuck: &Stuck) -> Vec<(i64, String, String)> {
    let line = |order: &Order| cards::line(&cx.say, order, stuck.why(order));
    found.iter().map(|order| (order.number, order.title.clone(), line(order))).collect()
}

/// The orders of a person whose role only staff can mend.
pub(super) struct Stuck(Vec<(i64, RoleState)>);

impl Stuck {
    pub(super) async fn of(cx: &mut Cx<'_>, user: UserId) -> Result<Self> {
        let guild = cx.guild.id;
        Ok(Self(given::stuck(cx.tx()?, guild, user).await?))
    }

    fn why(&self, order: &Order) -> Option<RoleState> {
        self.0.iter().find(|(number, _)| *number == order.number).map(|(_, why)| *why)
    }
}

/// A page of orders with a button for each.
pub(super) fn page(cx: &Cx<'_>, found: Vec<(i64, String, String)>, title: String) -> Reply {
    let mut card = Card::titled(title);
    let lines: Vec<&str> = found.iter().map(|(_, _, line)| line.as_str()).collect();
    card.body = if lines.is_empty() { cx.say.t("list-end") } else { lines.join("\n") };
    let mut reply = Reply::private("").card(card);
    for (number, title, _) in &found {
        let label = format!("#{number} {}", shorten(title, 40));
        reply = reply.button(Button::new(label, cards::on("order", *number)));
    }
    reply
}

/// One order with its receipt; that staff read somebody else's is audited.
pub(super) async fn one(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, user, now, number) = (cx.guild.id, cx.user, cx.now, args.order("order")?);
    let tx = cx.tx()?;
    let receipt = match reading::receipt(tx, guild, number).await {
        Ok(receipt) => receipt,
        Err(Error::NotFound(_)) => {
            let gift = gifts::one(tx, guild, number).await?;
            return Ok(cards::given(&cx.say, &gift));
        }
        Err(error) => return Err(error),
    };
    if receipt.order.buyer != user && receipt.order.recipient != user {
        reading::audit_read(tx, guild, ("order_read", &number.to_string()), user, now);
    }
    Ok(cards::order(&cx.say, &cards::Reader::of(cx), &receipt))
}

async fn delivery(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, user, number) = (cx.guild.id, cx.user, args.order("order")?);
    let tx = cx.tx()?;
    let title = gifts::title(tx, guild, number).await?;
    let delivered = reading::delivered(tx, guild, number).await?.ok_or(Error::NotFound("order"))?;
    let role = given::of(tx, guild, number).await?.and_then(|role| role.stuck());
    let held = entitlements::of(tx, guild, user).await?;
    let held = held.into_iter().find(|one| one.order == Some(number));
    let plan = held.as_ref().and_then(|one| match &one.what {
        What::Plan(code) => Some(format!("plan/{code}")),
        What::Role(_) => None,
    });
    let names = names(tx, guild, plan.into_iter().collect()).await?;
    let title = plain(&title);
    let mut card =
        Card::titled(cx.say.with("delivery-title", &[("number", number.into()), ("title", (&title).into())]));
    if let Some(at) = delivered.revoked_at {
        card.body = cx.say.with("delivery-revoked", &[("at", (&cards::when(at)).into())]);
        card.tone = Tone::Warning;
        return Ok(Reply::private("").card(card));
    }
    if let Some(at) = delivered.suspended_at {
        let id = if delivered.gift { "delivery-suspended-gift" } else { "delivery-suspended" };
        card.body = cx.say.with(id, &[("at", (&cards::when(at)).into())]);
        card.tone = Tone::Warning;
        return Ok(Reply::private("").card(card).button(help_button(cx, number)));
    }
    card.tone = Tone::Good;
    let waits = role.is_some_and(RoleState::is_withheld);
    let mut reply = shown(cx, card, &delivered, (held.as_ref(), waits, &names));
    if let (Some(why), Some(card)) = (role, reply.cards.first_mut()) {
        let id = if why == RoleState::Gone { "delivery-role-gone" } else { "delivery-role-stuck" };
        card.body = format!("{}\n{}", card.body, cx.say.t(id));
        card.tone = Tone::Warning;
        reply = reply.button(help_button(cx, number));
    }
    Ok(reply)
}

fn shown(
    cx: &Cx<'_>,
    mut card: Card,
    delivered: &Delivered,
    (held, waits, names): (Option<&Entitlement>, bool, &Names),
) -> Reply {
    let say = &cx.say;
    let mut body = Vec::new();
    if let Some(text) = &delivered.text {
        body.push(unmasked(text));
    }
    let mut reply = Reply::private("");
    if let Some(keys) = &delivered.keys {
        let count = i64::try_from(keys.lines().count()).unwrap_or(i64::MAX);
        let title = say.with("delivery-keys", &[("count", count.into())]);
        body.push(format!("{title}\n```\n{}\n```", keys.replace('`', "'")));
        // What is in a block can't hold every sign; the file has them as they are.
        reply.files.push(File { name: "keys.txt".to_owned(), bytes: keys.clone().into_bytes() });
    }
    if let Some((name, bytes)) = &delivered.file {
        body.push(say.t("delivery-file"));
        reply.files.push(File { name: name.clone(), bytes: bytes.clone() });
    }
    if let Some(held) = held {
        body.push(match &held.what {
            What::Role(role) => say.with("delivery-role", &[("role", (&format!("<@&{role}>")).into())]),
            What::Plan(plan) => say.with("delivery-plan", &[("plan", (&plain(names.plan(plan))).into())]),
        });
        body.push(match held.ends_at {
            Some(_) if waits && matches!(held.source, Source::Payment | Source::Prize) => say.t("delivery-waits"),
            Some(end) => say.with("delivery-until", &[("until", (&cards::day(end)).into())]),
            None => say.t("delivery-for-good"),
        });
    }
    if body.is_empty() {
        body.push(say.t("delivery-plain"));
    }
    card.body = body.join("\n");
    reply.card(card)
}

async fn help(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number) = (cx.guild.id, args.order("order")?);
    let title = gifts::title(cx.tx()?, guild, number).await?;
    let subject = cx.say.with("order-help-subject", &[("number", number.into()), ("title", (&title).into())]);
    let subject =
        Line::parse(&shorten(&subject, LINE_MAX)).map_err(|problem| Error::Argument { option: "order", problem })?;
    tickets::open_about(cx, subject, args.body("description")?.clone()).await
}

/// The button that asks staff for help with an order.
pub(super) fn help_button(cx: &Cx<'_>, number: i64) -> Button {
    Button::new(cx.say.t("button-order-help"), cards::on("order_help", number)).style(Style::Primary).emoji("🆘")
}
