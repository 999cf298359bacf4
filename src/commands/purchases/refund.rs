//! Giving money back: shown with what becomes of access, then confirmed; support up to a limit, operators more.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{CHANGES, ORDER, agree, cards};
use crate::domain::payments::RefundState;
use crate::domain::shop::orders::{Order, reading, refunds};
use crate::domain::shop::{Mode, invoices};
use crate::jobs::payments::look;
use crate::kernel::error::{AboveRank, Context, Problem};
use crate::kernel::money::NotMoney;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::{narrow, plain};
use crate::kernel::{Error, Money, Percent, Rank, Result};
use futures_util::FutureExt;

/// Longest reason of a refund.
const REASON_MAX: usize = 500;
/// Most payments of a subscription that are named.
const PAYMENTS: i64 = 12;

pub(super) static REFUND: Spec = Spec {
    name: "refund",
    rank: Some(Rank::Support),
    options: &[
        ORDER,
        Opt::optional("amount", Type::Amount).in_form(),
        Opt::required("reason", Type::Body).in_form().at_most(REASON_MAX),
    ],
    run: |cx, args| refund(cx, args).boxed(),
    ..CHANGES
};

pub(super) static CONFIRM: Spec = Spec {
    name: "refund_confirm",
    rank: Some(Rank::Support),
    hidden: true,
    options: &[Opt::required("from", Type::Offer)],
    run: |cx, args| confirm(cx, args).boxed(),
    ..CHANGES
};

/// Refuses an amount above what the rank may give back of one order in all.
fn allowed(cx: &Cx<'_>, order: &Order, left: Money, amount: Money) -> Result<()> {
    let before = order.paid_minor.saturating_sub(left.minor());
    let cap = cx.app.shop.refund_cap_minor;
    let rest = cap.saturating_sub(before).max(0);
    if cx.actor.rank() == Some(Rank::Operator) || amount.minor() <= rest {
        return Ok(());
    }
    let money = |minor| Money::new(minor, left.currency()).internal("reckoning what a rank may give back");
    let problem = Problem::AboveRank(Box::new(AboveRank { cap: money(cap)?, left: money(rest)? }));
    Err(Error::Argument { option: "amount", problem })
}

/// A percentage of what was paid, where one was asked for: all of it may be, nothing and more than all may not.
fn part(typed: &str, paid: Money) -> std::result::Result<Option<Money>, NotMoney> {
    let typed = typed.to_lowercase();
    let sign = ["%", "٪", "％", "pour cent", "pourcent", "percent"];
    let Some(number) = sign.iter().find_map(|sign| typed.trim().strip_suffix(sign)) else { return Ok(None) };
    let number = number.replace([' ', '\u{A0}', '\u{202F}'], "");
    let whole = number.split_once([',', '.']).filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
    if whole.map_or(number.as_str(), |(whole, _)| whole) == "100" {
        return Ok(Some(paid));
    }
    Percent::parse(&number).map(|percent| Some(percent.of(paid)))
}

async fn refund(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (number, reason) = (args.order("order")?, args.body("reason")?.as_str().to_owned());
    let found = reason.chars().count();
    if found > REASON_MAX {
        return Err(Error::Argument { option: "reason", problem: Problem::TooLong { max: REASON_MAX, found } });
    }
    let mut tx = super::payments(cx).await?;
    let preview = refunds::preview(&mut tx, (cx.guild.id, number)).await;
    let keys = reading::gave_keys(&mut tx, cx.guild.id, number).await?;
    tx.end().await?;
    let (order, left) = match preview {
        Err(Error::Conflict("error-refund-invoices")) => return in_dashboard(cx, number).await,
        Err(error @ Error::Conflict("error-shop-nothing-paid")) => return paid_by_credit(cx, number, error).await,
        found => found?,
    };
    let wrong = || Error::Argument { option: "amount", problem: Problem::NotAnAmount { max: left } };
    let paid = Money::new(order.paid_minor, left.currency()).internal("reading what was paid")?;
    let amount = match args.line_if("amount") {
        Some(typed) => match part(&narrow(typed.as_str()), paid).map_err(|_| wrong())? {
            Some(part) => part,
            None => Money::parse(&narrow(typed.as_str()), left.currency()).map_err(|why| match why {
                NotMoney::TwoMeanings { .. } => Error::Argument { option: "amount", problem: Problem::NotAPrice(why) },
                _ => wrong(),
            })?,
        },
        None => left,
    };
    if amount.currency() != left.currency() || !(1..=left.minor()).contains(&amount.minor()) {
        return Err(wrong());
    }
    allowed(cx, &order, left, amount)?;
    let say = &cx.say;
    let title = plain(&order.title);
    let mut card = Card::titled(say.with("refund-title", &[("number", number.into()), ("title", (&title).into())]));
    card.tone = Tone::Alert;
    card.body = say.t(match (amount == left, order.mode) {
        (true, Mode::Subscription) => "refund-ends-subscription",
        (true, Mode::Payment | Mode::Free) if keys => "refund-key-stays",
        (true, Mode::Payment | Mode::Free) => "refund-takes-access",
        (false, _) => "refund-keeps-access",
    });
    let rest = left.minus(amount).unwrap_or(left).show(say.locale);
    card = card
        .field(say.t("refund-field-amount"), amount.show(say.locale), true)
        .field(say.t("refund-field-left"), rest, true)
        .field(say.t("order-field-buyer"), format!("<@{}>", order.buyer), true)
        .field(say.t("field-reason"), plain(&reason), false);
    let mut reply = Reply::private("").card(card);
    let (number, amount, left) = (number.to_string(), amount.minor().to_string(), left.minor().to_string());
    reply.carried = [("order", number), ("amount", amount), ("left", left), ("reason", reason)]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
    let yes = Action::new("refund_confirm").with("from", cx.request);
    let yes = Button::new(say.t("button-refund-confirm"), yes).style(Style::Danger).emoji("↩️");
    Ok(reply.button(yes).button(Button::new(say.t("button-no"), Action::new("buy_decline"))))
}

/// Which payment goes back is chosen at the provider: what to look for there.
async fn in_dashboard(cx: &mut Cx<'_>, number: i64) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let order = reading::order(&mut tx, cx.guild.id, number).await?;
    let payments = invoices::payments(&mut tx, cx.guild.id, number, PAYMENTS).await?;
    tx.end().await?;
    let say = &cx.say;
    let mut lines = vec![say.t("error-refund-invoices"), say.t("refund-look-for")];
    lines.extend(order.subscription.iter().map(|id| say.with("refund-of-subscription", &[("id", id.into())])));
    lines.extend(payments.iter().map(|one| {
        let (at, amount) = (cards::day(one.at), one.amount.show(say.locale));
        say.with("refund-of-payment", &[("at", (&at).into()), ("amount", (&amount).into()), ("id", (&one.id).into())])
    }));
    Ok(Reply::private(lines.join("\n")))
}

/// What a credit at the provider paid for is given back there; where none did, the refusal stands.
async fn paid_by_credit(cx: &mut Cx<'_>, number: i64, error: Error) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let order = reading::order(&mut tx, cx.guild.id, number).await?;
    let credit = reading::credit(&mut tx, &order).await?;
    tx.end().await?;
    let Some(id) = order.subscription.filter(|_| !credit.is_zero()) else { return Err(error) };
    let credit = credit.show(cx.say.locale);
    let say = &cx.say;
    let lines = [
        say.with("error-refund-credit", &[("amount", (&credit).into())]),
        say.t("refund-look-for"),
        say.with("refund-of-subscription", &[("id", (&id).into())]),
    ];
    Ok(Reply::private(lines.join("\n")))
}

async fn confirm(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let from = args.request("from").unwrap_or_default().to_owned();
    let carried = agree::carried(cx, &from).await?;
    let value = |name: &str| carried.iter().find(|(had, _)| had == name).map(|(_, value)| value.as_str());
    let read = |name: &str| value(name).and_then(|value| value.parse::<i64>().ok());
    let (Some(number), Some(minor), Some(reason)) = (read("order"), read("amount"), value("reason")) else {
        return Err(Error::Conflict("error-offer-gone"));
    };
    // Whoever presses twice asks for one refund.
    let key = format!("refund-{}-{from}", cx.guild.id);
    let mut tx = super::payments(cx).await?;
    let asked = ask(cx, &mut tx, (number, minor, read("left")), (reason, &key)).await;
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    };
    tx.commit().await?;
    // For who waits; the worker sends it in any case, so it is asked for also where this doesn't come to its end.
    if let Err(error) = look(cx.app, crate::domain::payments::tasks::Kind::Refund, &key, cx.guild.id).await {
        tracing::warn!(order = number, %error, "a refund that was asked for could not be sent at once");
    }
    let amount = asked.amount.show(cx.say.locale);
    // An old button still tells how it went with what it asked for.
    let id = match asked.state {
        RefundState::Pending => "refund-done",
        RefundState::Succeeded => "refund-was-done",
        RefundState::Failed => "refund-had-failed",
    };
    let text = cx.say.with(id, &[("number", number.into()), ("amount", (&amount).into())]);
    Ok(Reply::private(text).button(cards::order_button(&cx.say, number)))
}

async fn ask(
    cx: &mut Cx<'_>,
    tx: &mut crate::db::Tx,
    (number, minor, seen): (i64, i64, Option<i64>),
    (reason, key): (&str, &str),
) -> Result<refunds::Refund> {
    let (guild, now) = (cx.guild.id, cx.now);
    if let Some(asked) = refunds::asked(tx, (guild, number), key).await? {
        return Ok(asked);
    }
    let (order, left) = refunds::preview(tx, (guild, number)).await?;
    let amount = Money::new(minor, left.currency()).map_err(|_| Error::Conflict("error-offer-gone"))?;
    // Two who mean the same refund would give it twice.
    if seen.is_some_and(|seen| seen != left.minor()) {
        return Err(Error::Conflict("error-refund-meanwhile"));
    }
    allowed(cx, &order, left, amount)?;
    refunds::refund(tx, (guild, number), Some(amount), (reason, key), Some(cx.user), now).await
}
