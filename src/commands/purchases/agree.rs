//! Agreeing to an offer: the order is placed under the offer's request, its checkout opened after the commit.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::checkout::{self, Opened};
use super::wish::{CONSENT, REDUCED, TRIAL_CONSENT, Wish, exact};
use super::{CHANGES, LOOKS, buy, cards, steps};
use crate::domain::notifications::answers;
use crate::domain::payments::Refused;
use crate::domain::shop::Period;
use crate::domain::shop::orders::quote::quote;
use crate::domain::shop::orders::{Item, Order, place, reading};
use crate::kernel::reply::{Button, Reply, Style};
use crate::kernel::{Error, Link, Money, Result};
use futures_util::FutureExt;

pub(super) static AGREE: Spec = Spec {
    name: "buy_agree",
    hidden: true,
    options: &[Opt::required("from", Type::Offer), Opt::optional("consent", Type::Choice(&[CONSENT, TRIAL_CONSENT]))],
    run: |cx, args| agree(cx, args).boxed(),
    ..CHANGES
};

pub(super) static DECLINE: Spec =
    Spec { name: "buy_decline", hidden: true, run: |cx, args| decline(cx, args).boxed(), ..LOOKS };

/// What was carried with the offer of an earlier request of this person.
pub(super) async fn carried(cx: &mut Cx<'_>, from: &str) -> Result<Vec<(String, String)>> {
    let mut tx = super::own(cx).await?;
    let kept = answers::kept(&mut tx, cx.guild.id, cx.user, from).await?;
    tx.end().await?;
    Ok(kept.map(|reply| reply.carried).unwrap_or_default())
}

async fn agree(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let from = args.request("from").unwrap_or_default();
    // Somebody else's offer and one that is gone look the same.
    let offer = carried(cx, from).await?;
    let Some((wish, shown)) = Wish::read(&offer) else {
        return Err(Error::Conflict("error-offer-gone"));
    };
    if args.choice("consent") != Some(wish.consent()) {
        return Err(Error::Conflict("error-shop-consent"));
    }
    if !cx.app.gateway.is_on() {
        return Ok(Reply::private(cx.say.t("buy-off")));
    }
    // Pressed again, it leads to what the first press made: that counts as bought already.
    let mut tx = super::payments(cx).await?;
    let before = place::placed(&mut tx, cx.guild.id, cx.user, from).await;
    tx.end().await?;
    if let Some(order) = before? {
        return steps::go_on(cx, &order).await;
    }
    if let Some(user) = wish.recipient
        && cx.app.has_left(cx.guild.id, user).await
    {
        return Err(Error::Conflict("error-gift-left"));
    }
    let new = wish.order(cx, from, Some(wish.consent()));
    let mut tx = super::payments(cx).await?;
    let waited = place::gives_way(&mut tx, cx.guild.id, cx.user, &wish.item).await?;
    let placed = match quote(&mut tx, &new, wish.code.as_ref(), cx.now).await {
        Ok(found) => place::place(&mut tx, &new, found.reduction.as_ref(), &cx.app.shop, cx.now).await,
        Err(error) => Err(error),
    };
    let order = match placed {
        Ok(order) if exact(order.total) != shown => {
            tx.rollback().await?;
            let was_reduced = offer.iter().any(|(name, _)| name == REDUCED);
            let gone = was_reduced && order.discount.is_zero();
            let note = if gone { "buy-promotion-gone" } else { "buy-price-changed" };
            return buy::offered(cx, &wish, Some(note)).await;
        }
        Ok(order) => order,
        Err(error) => {
            tx.rollback().await?;
            return buy::refused(cx, &wish, error).await;
        }
    };
    tx.commit().await?;
    let mut reply = pay(cx, &order).await?;
    if let Some(place::Waiting { number, title }) = waited {
        let title = crate::kernel::text::plain(&title);
        let gave_way = cx.say.with("order-gave-way", &[("number", number.into()), ("title", (&title).into())]);
        reply.text = format!("{gave_way}\n{}", reply.text);
    }
    Ok(reply)
}

/// Opens the checkout of an order and says where it is paid.
pub(super) async fn pay(cx: &mut Cx<'_>, order: &Order) -> Result<Reply> {
    Ok(match checkout::open(cx.app, order).await? {
        Opened::At(url) => to_pay(cx, order, &url),
        Opened::Free | Opened::Over => {
            let mut tx = super::own(cx).await?;
            let receipt = reading::receipt(&mut tx, cx.guild.id, order.number).await;
            tx.end().await?;
            cards::order(&cx.say, &cards::Reader::of(cx), &receipt?)
        }
        // No later try would open it: it gives back what it holds, and another order has its full time.
        Opened::NotNow(refused) if is_late(cx, order) => {
            tracing::warn!(order = order.number, %refused, "a checkout was not opened in time");
            let mut tx = super::payments(cx).await?;
            match place::cancel(&mut tx, (order.guild, order.number), cx.user, cx.now).await {
                Ok(_) => tx.commit().await?,
                Err(error) => return tx.rollback().await.and(Err(error)),
            }
            steps::too_late(cx, order)
        }
        Opened::NotNow(refused) => not_now(cx, order, &refused),
    })
}

/// Whether so little of its time is left that the provider opens no checkout for it.
fn is_late(cx: &Cx<'_>, order: &Order) -> bool {
    order.expires_at.is_some_and(|end| end.duration_since(cx.now) < place::OPEN_FOR)
}

fn to_pay(cx: &Cx<'_>, order: &Order, url: &str) -> Reply {
    let Ok(link) = url.parse::<Link>() else {
        tracing::error!(
            order = order.number,
            "the payment provider gave a checkout whose address nobody may be sent to"
        );
        return not_now(cx, order, &Refused::Strange("url"));
    };
    let say = &cx.say;
    let (total, until) = (order.total.show(say.locale), order.expires_at.map(cards::when).unwrap_or_default());
    let title = crate::kernel::text::plain(&order.title);
    let days = order.trial_days.unwrap_or_default();
    let from = cards::trial_end(cx.now, days);
    let nothing = Money::zero(order.total.currency()).show(say.locale);
    let recipient = format!("<@{}>", order.recipient);
    let args = [
        ("number", order.number.into()),
        ("title", (&title).into()),
        ("total", (&total).into()),
        ("until", (&until).into()),
        ("recipient", (&recipient).into()),
        ("days", i64::from(days).into()),
        ("from", (&from).into()),
        ("nothing", (&nothing).into()),
    ];
    let text = match (&order.item, order.trial_days) {
        (Item::Plan { period: Period::Month, .. }, Some(_)) => "order-to-try-month",
        (Item::Plan { period: Period::Year, .. }, Some(_)) => "order-to-try-year",
        _ if order.is_gift() => "order-to-pay-gift",
        _ => "order-to-pay",
    };
    let done = if order.trial_days.is_some() { "button-trial-done" } else { "button-paid" };
    let verify = cards::on("order_verify", order.number);
    // A link has no colour in Discord: beside it, what comes after paying has none either.
    Reply::private(say.with(text, &args))
        .button(Button::to(say.t(cards::pay_label(order)), link).emoji("💳"))
        .button(Button::new(say.t(done), verify).emoji("🔄"))
        .button(cards::cancel_button(say, order.number))
}

fn not_now(cx: &Cx<'_>, order: &Order, refused: &Refused) -> Reply {
    if !refused.may_pass() {
        tracing::error!(order = order.number, %refused, "the payment provider refused a checkout");
    }
    let text = cx.say.with("order-not-now", &[("number", order.number.into())]);
    let again = Button::new(cx.say.t("button-try-again"), cards::on("order_pay", order.number));
    Reply::private(text)
        .button(again.style(Style::Primary).emoji("🔁"))
        .button(cards::cancel_button(&cx.say, order.number))
}

async fn decline(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let mut reply = Reply::private(cx.say.t("buy-declined"));
    reply.replaces = cx.way == super::super::call::Way::Button;
    Ok(reply)
}
