//! Buying: what it is, what it costs and when it renews is shown first; he agrees by a button (`agree`).

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::shop::browse;
use super::super::spec::{Opt, Spec, Type};
use super::wish::{Asked, CONSENT, Wish};
use super::{CHANGES, YES, cards, items};
use crate::domain::shop::Period;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::catalogue::reading::{self, Eyes};
use crate::domain::shop::orders::Item;
use crate::domain::shop::orders::place;
use crate::domain::shop::orders::quote::{Quote, quote};
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Money, Result};
use futures_util::FutureExt;

/// How many may be asked for, as `place::QUANTITY_MAX` says.
pub(super) const QUANTITY: Opt = Opt::optional("quantity", Type::Int(1, 100));

pub(super) static BUY: Spec = Spec {
    name: "buy",
    // Who says only that he wants to buy is shown what there is.
    bare: Some("shop"),
    options: &[
        Opt::required("item", Type::Line),
        QUANTITY,
        Opt::optional("code", Type::PromoCode),
        Opt::optional("trial", YES),
    ],
    run: |cx, args| buy(cx, args).boxed(),
    suggest: Some(items::suggest),
    ..CHANGES
};

async fn buy(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    match Wish::asked(cx, args, None).await? {
        Asked::Wish(wish) => offered(cx, &wish, None).await,
        Asked::OneOf(product, _) => choose(cx, args, &product).await,
    }
}

/// The product whose bare name was given, with its variants to choose from; how many and the code go along.
async fn choose(cx: &mut Cx<'_>, args: &Args, product: &Code) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let found = reading::product(&mut tx, cx.guild.id, Eyes::Buyer(cx.roles), product, cx.now).await;
    tx.end().await?;
    let (product, offers) = found?;
    let mut reply = browse::shown(&cx.say, &product, &offers);
    for button in &mut reply.buttons {
        let mut buy = button.action.clone();
        if let Some(many) = args.int("quantity") {
            buy = buy.with("quantity", many);
        }
        if let Some(code) = args.promo_code("code") {
            buy = buy.with("code", code);
        }
        button.action = buy;
    }
    let sold = if reply.buttons.is_empty() { "error-shop-sold-out" } else { "buy-which-variant" };
    reply.text = cx.say.t(sold);
    Ok(reply)
}

/// Shows what somebody wants to buy and asks whether he agrees; what costs nothing is handed over at once.
pub(super) async fn offered(cx: &mut Cx<'_>, wish: &Wish, note: Option<&str>) -> Result<Reply> {
    let new = wish.order(cx, cx.request, None);
    let mut tx = super::payments(cx).await?;
    // Told before he reads what he can't have; who takes the last one while he reads is told of by `place`.
    let quoted = quote(&mut tx, &new, wish.code.as_ref(), cx.now).await;
    let found = match quoted.and_then(|found| found.offer.reaches(wish.quantity).map(|()| found)) {
        Ok(found) => found,
        Err(error) => {
            tx.rollback().await?;
            return refused(cx, wish, error);
        }
    };
    if found.offer.unit.is_zero() {
        let placed = place::place(&mut tx, &new, None, &cx.app.shop, cx.now).await;
        return match placed {
            Ok(order) => {
                tx.commit().await?;
                Ok(cards::done(&cx.say, &order))
            }
            Err(error) => {
                tx.rollback().await?;
                refused(cx, wish, error)
            }
        };
    }
    tx.end().await?;
    if !cx.app.gateway.is_on() {
        return Ok(Reply::private(cx.say.t("buy-off")));
    }
    let mut reply = Reply::private(note.map(|id| cx.say.t(id)).unwrap_or_default());
    reply = reply.card(terms(&cx.say, wish, &found));
    reply.carried = wish.carried(found.total, found.reduction.is_some());
    let agree = Action::new("buy_agree").with("from", cx.request).with("consent", CONSENT);
    let yes = Button::new(cx.say.t("button-agree-and-pay"), agree).style(Style::Success).emoji("✅");
    let no = Button::new(cx.say.t("button-no"), Action::new("buy_decline"));
    Ok(reply.button(yes).button(no))
}

/// What is bought, for how much, when it renews, and what he agrees to.
fn terms(say: &Speech<'_>, wish: &Wish, quote: &Quote) -> Card {
    let name = plain(&items::title(say, &wish.item, &quote.offer.title));
    let mut card = Card::titled(say.with("buy-title", &[("item", (&name).into())]));
    card.body = format!("{}\n\n{}", renewal(say, wish, quote), say.t(&format!("consent-{CONSENT}")));
    if wish.quantity > 1 {
        let unit = quote.offer.unit.show(say.locale);
        let args = [("count", i64::from(wish.quantity).into()), ("unit", (&unit).into())];
        card = card.field(say.t("order-field-quantity"), say.with("buy-quantity", &args), true);
    }
    if let Some(reduction) = &quote.reduction {
        card = card.field(say.t("order-field-list"), quote.list.show(say.locale), true).field(
            say.t(if reduction.promotion.is_some() { "order-field-discount" } else { "order-field-credit" }),
            format!("−{}", reduction.amount.show(say.locale)),
            true,
        );
    }
    if wish.trial {
        let nothing = Money::zero(quote.total.currency()).show(say.locale);
        card = card.field(say.t("buy-field-today"), nothing, true);
    }
    let total = if wish.trial { "order-field-after-trial" } else { "order-field-total" };
    card = card.field(say.t(total), quote.total.show(say.locale), true);
    if let Some(user) = wish.recipient {
        card = card.field(say.t("order-field-for"), format!("<@{user}>"), true);
    }
    card
}

fn renewal(say: &Speech<'_>, wish: &Wish, quote: &Quote) -> String {
    // What it costs each time; a reduction is for the first.
    let renews = matches!(wish.item, Item::Plan { .. }) && wish.recipient.is_none();
    let price = if renews { quote.list } else { quote.total };
    let price = price.show(say.locale);
    let args = [("price", (&price).into())];
    let Item::Plan { period, .. } = &wish.item else { return say.with("buy-once", &args) };
    if wish.recipient.is_some() {
        return say.t(match period {
            Period::Month => "buy-gift-month",
            Period::Year => "buy-gift-year",
        });
    }
    let renews = say.with(
        match period {
            Period::Month => "buy-renews-month",
            Period::Year => "buy-renews-year",
        },
        &args,
    );
    if quote.reduction.is_some() {
        let first = quote.total.show(say.locale);
        return format!("{}\n{renews}", say.with("buy-first-period", &[("price", (&first).into())]));
    }
    match quote.offer.trial_days.filter(|_| wish.trial) {
        Some(days) => format!("{}\n{renews}", say.with("buy-trial", &[("days", i64::from(days).into())])),
        None => renews,
    }
}

/// A refusal with what to do next, where there is something.
pub(super) fn refused(cx: &Cx<'_>, wish: &Wish, error: Error) -> Result<Reply> {
    let button = match &error {
        Error::Conflict("error-shop-subscribed") => {
            // What he chose is what he may change to.
            let switch = Action::new("subscription_switch").with("item", wish.item.name());
            let switch = Button::new(cx.say.t("button-switch"), switch).style(Style::Primary).emoji("🔀");
            let own = Button::new(cx.say.t("button-subscription"), Action::new("subscription")).emoji("🔁");
            return Ok(Reply::private(cx.say.t("error-shop-subscribed")).button(switch).button(own));
        }
        Error::Conflict("error-shop-awaiting" | "error-shop-member-limit") => {
            Button::new(cx.say.t("button-my-orders"), Action::new("orders")).emoji("🧾")
        }
        // A gift goes to somebody whom only the command can name again.
        Error::Conflict("error-promo-used-up" | "error-promo-budget-spent" | "error-promo-ended")
            if wish.recipient.is_none() =>
        {
            let full = Action::new("buy").with("item", wish.item.name()).with("quantity", wish.quantity);
            Button::new(cx.say.t("button-full-price"), full).style(Style::Primary).emoji("🛒")
        }
        _ => return Err(error),
    };
    match error {
        Error::Conflict(id) => Ok(Reply::private(cx.say.t(id)).button(button)),
        other => Err(other),
    }
}
