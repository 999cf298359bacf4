//! What a buyer does with his order: pay it, have it verified, cancel it, withdraw from it.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec};
use super::{CHANGES, ORDER, YES, agree, cards, orders};
use crate::domain::payments::tasks::{self, Kind};
use crate::domain::shop::orders::reading::{self, Receipt};
use crate::domain::shop::orders::{Order, place, refunds};
use crate::domain::shop::{Mode, OrderState};
use crate::jobs::payments::look;
use crate::kernel::reply::{Action, Button, Reply, Style};
use crate::kernel::{Error, Result};
use futures_util::FutureExt;
use jiff::SignedDuration;

/// An order is looked at once in that time, however often its buyer asks.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);

pub(super) static PAY: Spec =
    Spec { name: "order_pay", hidden: true, options: &[ORDER], run: |cx, args| pay(cx, args).boxed(), ..CHANGES };

pub(super) static VERIFY: Spec =
    Spec { name: "order_verify", hidden: true, options: &[ORDER], run: |cx, args| verify(cx, args).boxed(), ..CHANGES };

pub(super) static CANCEL: Spec =
    Spec { name: "order_cancel", hidden: true, options: &[ORDER], run: |cx, args| cancel(cx, args).boxed(), ..CHANGES };

pub(super) static WITHDRAW: Spec = Spec {
    name: "order_withdraw",
    hidden: true,
    options: &[ORDER, Opt::optional("confirm", YES)],
    run: |cx, args| withdraw(cx, args).boxed(),
    ..CHANGES
};

/// The receipt of an order of his own.
///
/// # Errors
/// [`Error::NotFound`] for any other.
async fn bought(cx: &mut Cx<'_>, number: i64) -> Result<Receipt> {
    let mut tx = super::own(cx).await?;
    let receipt = reading::receipt(&mut tx, cx.guild.id, number).await;
    tx.end().await?;
    receipt.and_then(|receipt| if receipt.order.buyer == cx.user { Ok(receipt) } else { Err(Error::NotFound("order")) })
}

async fn pay(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let order = bought(cx, args.order("order")?).await?.order;
    go_on(cx, &order).await
}

/// Leads on to the payment of an order that was placed before, where it can still be paid.
pub(super) async fn go_on(cx: &mut Cx<'_>, order: &Order) -> Result<Reply> {
    let over = order.expires_at.is_some_and(|end| end <= cx.now);
    if order.state == OrderState::Pending && over {
        return Ok(too_late(cx, order));
    }
    if order.state == OrderState::Pending && order.is_gift() && cx.app.has_left(cx.guild.id, order.recipient).await {
        let cancel = cards::cancel_button(&cx.say, order.number);
        return Ok(Reply::private(cx.say.t("error-gift-left")).button(cancel));
    }
    agree::pay(cx, order).await
}

/// It can't be paid any more: it may be ordered again.
pub(super) fn too_late(cx: &Cx<'_>, order: &Order) -> Reply {
    let again = Action::new("buy").with("item", order.item.name());
    let text = cx.say.with("order-too-late", &[("number", order.number.into())]);
    let again = Button::new(cx.say.t("button-buy-again"), again).style(Style::Primary).emoji("🛒");
    Reply::private(text).button(again)
}

/// What to look at for an order.
fn object(order: &Order) -> Option<(Kind, String)> {
    match (order.state, &order.session, &order.payment) {
        (OrderState::Pending | OrderState::Awaiting, Some(session), _) => Some((Kind::Session, session.clone())),
        (OrderState::Paid | OrderState::Fulfilled, _, Some(payment)) => Some((Kind::Payment, payment.clone())),
        _ => None,
    }
}

async fn verify(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let number = args.order("order")?;
    let before = bought(cx, number).await?.order;
    let mut told = true;
    if let Some((kind, object)) = object(&before) {
        let mut tx = super::payments(cx).await?;
        let since = cx.now.checked_sub(PAUSE).unwrap_or(cx.now);
        let fresh = tasks::looked_since(&mut tx, kind, &object, since).await?;
        tx.end().await?;
        if !fresh {
            told = look(cx.app, kind, &object, cx.guild.id).await?;
        }
    }
    let mut after = bought(cx, number).await?;
    if let (Mode::Subscription, Some(subscription)) = (after.order.mode, after.order.subscription.clone()) {
        // The plan is held once the subscription was seen.
        if after.order.state == OrderState::Fulfilled && before.state != OrderState::Fulfilled {
            look(cx.app, Kind::Subscription, &subscription, cx.guild.id).await?;
            after = bought(cx, number).await?;
        }
    }
    let text = match after.order.state {
        OrderState::Fulfilled if after.role.is_some_and(|role| role.stuck().is_some()) => "verify-role-stuck",
        OrderState::Fulfilled if cards::is_trial(&after.order) => "verify-trial",
        OrderState::Fulfilled => "verify-done",
        OrderState::Awaiting => "verify-awaiting",
        OrderState::Pending if told => "verify-not-yet",
        OrderState::Pending => "verify-unknown",
        OrderState::Paid | OrderState::Expired | OrderState::Canceled | OrderState::Failed | OrderState::Refunded => {
            "verify-over"
        }
    };
    let mut reply = cards::order(&cx.say, &cards::Reader::of(cx), &after);
    reply.text = cx.say.t(text);
    Ok(reply)
}

async fn cancel(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let number = args.order("order")?;
    let mut tx = super::payments(cx).await?;
    match place::cancel(&mut tx, (cx.guild.id, number), cx.user, cx.now).await {
        Ok(order) => {
            tx.commit().await?;
            let text = cx.say.with("order-canceled", &[("number", order.number.into())]);
            Ok(Reply::private(text))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn withdraw(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let receipt = bought(cx, args.order("order")?).await?;
    let number = receipt.order.number;
    if !receipt.may_withdraw(cx.now) {
        let mut reply = Reply::private(cx.say.with("withdraw-lost", &[("number", number.into())]));
        if receipt.order.mode == Mode::Subscription {
            reply = reply.button(Button::new(cx.say.t("button-subscription"), Action::new("subscription")).emoji("🔁"));
        }
        return Ok(reply.button(orders::help_button(cx, number)));
    }
    if args.choice("confirm").is_none() {
        let confirm = cards::on("order_withdraw", number).with("confirm", "yes");
        let button = Button::new(cx.say.t("button-withdraw-confirm"), confirm).style(Style::Danger).emoji("↩️");
        return Ok(Reply::private(cx.say.with("withdraw-confirm", &[("number", number.into())])).button(button));
    }
    let key = format!("withdraw-{}-{number}-{}", cx.guild.id, cx.request);
    let mut tx = super::payments(cx).await?;
    match refunds::refund(&mut tx, (cx.guild.id, number), None, ("withdrawal", &key), None, cx.now).await {
        Ok(refund) => {
            tx.commit().await?;
            let amount = refund.amount.show(cx.locale());
            let args = [("number", number.into()), ("amount", (&amount).into())];
            Ok(Reply::private(cx.say.with("withdraw-done", &args)))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}
