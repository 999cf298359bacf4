//! Buying: what it is, what it costs and when it renews is shown first; he agrees by a button (`agree`).

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::shop::browse;
use super::super::spec::{Opt, Spec, Type};
use super::wish::{Asked, Wish};
use super::{CHANGES, YES, cards, items};
use crate::domain::promotions;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::catalogue::reading::{self, Eyes};
use crate::domain::shop::orders::offer::not_given;
use crate::domain::shop::orders::place::{self, Waiting};
use crate::domain::shop::orders::quote::{Quote, quote};
use crate::domain::shop::orders::shelf::OnSale;
use crate::domain::shop::orders::{self, Item};
use crate::domain::shop::{Period, changes};
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::{plain, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Money, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};

/// How many may be asked for, as `place::QUANTITY_MAX` says.
pub(super) const QUANTITY: Opt = Opt::optional("quantity", Type::Int(1, 100));

/// Most things of one name that are offered, and longest label of one (Discord, "Button Structure").
const CHOICES: usize = 20;
const LABEL_MAX: usize = 75;

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
        Asked::Which(all) => Ok(which(cx, args, &all)),
    }
}

/// What was asked beside the item goes along with the choice of one.
fn along(mut buy: Action, args: &Args) -> Action {
    if let Some(many) = args.int("quantity") {
        buy = buy.with("quantity", many);
    }
    if let Some(code) = args.promo_code("code") {
        buy = buy.with("code", code);
    }
    match args.choice("trial") {
        Some(trial) => buy.with("trial", trial),
        None => buy,
    }
}

/// The things that bear one name, to choose from.
fn which(cx: &Cx<'_>, args: &Args, all: &[OnSale]) -> Reply {
    let mut reply = Reply::private(cx.say.t("buy-which-of-a-name"));
    for one in all.iter().take(CHOICES) {
        let label = shorten(&items::apart(&cx.say, one), LABEL_MAX);
        let buy = along(Action::new("buy").with("item", one.item.name()), args);
        reply = reply.button(Button::new(label, buy).emoji("🛒"));
    }
    reply
}

/// The product whose bare name was given, with its variants to choose from; how many and the code go along.
async fn choose(cx: &mut Cx<'_>, args: &Args, product: &Code) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let found = reading::product(&mut tx, cx.guild.id, Eyes::Buyer(cx.roles), product, cx.now).await;
    tx.end().await?;
    let (product, offers) = found?;
    let mut reply = browse::shown(&cx.say, &product, &offers);
    for button in &mut reply.buttons {
        button.action = along(button.action.clone(), args);
    }
    reply.text = cx.say.t(match (product.role_stuck, reply.buttons.is_empty()) {
        (Some(why), _) => not_given(why),
        (None, true) => "error-shop-sold-out",
        (None, false) => "buy-which-variant",
    });
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
            return refused(cx, wish, error).await;
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
                refused(cx, wish, error).await
            }
        };
    }
    let waiting = place::gives_way(&mut tx, cx.guild.id, cx.user, &wish.item).await?;
    let kept = if wish.trial { promotions::kept(&mut tx, (cx.guild.id, cx.user), cx.now).await? } else { None };
    let subscribes = matches!(wish.item, Item::Plan { .. }) && wish.recipient.is_none();
    let credit = subscribes && changes::were_made(&mut tx, cx.guild.id, cx.user).await?;
    tx.end().await?;
    if !cx.app.gateway.is_on() {
        return Ok(Reply::private(cx.say.t("buy-off")));
    }
    let mut reply = Reply::private(note.map(|id| cx.say.t(id)).unwrap_or_default());
    let mut card = terms(&cx.say, wish, (&found, kept.as_ref()), cx.now);
    let mut lines = heed(cx, wish, &found, waiting.as_ref());
    lines.extend(credit.then(|| cx.say.t("buy-credit")));
    card = card.field(cx.say.t("buy-field-heed"), lines.join("\n"), false);
    reply = reply.card(card);
    reply.carried = wish.carried(found.total, found.reduction.is_some());
    let agree = Action::new("buy_agree").with("from", cx.request).with("consent", wish.consent());
    let label = if wish.trial { "button-agree-and-try" } else { "button-agree-and-pay" };
    let yes = Button::new(cx.say.t(label), agree).style(Style::Success).emoji("✅");
    let no = Button::new(cx.say.t("button-no"), Action::new("buy_decline"));
    reply = reply.button(yes).button(no);
    Ok(match waiting {
        Some(waiting) => reply.button(cards::order_button(&cx.say, waiting.number)),
        None => reply,
    })
}

/// What he should know before he agrees: that he has it already, and that an order of his gives way.
fn heed(cx: &Cx<'_>, wish: &Wish, quote: &Quote, waiting: Option<&Waiting>) -> Vec<String> {
    let (say, offer) = (&cx.say, &quote.offer);
    let mut lines = Vec::new();
    let until = offer.held_until.map(cards::day).unwrap_or_default();
    let days = offer.days.filter(|days| *days > 0).map(|days| i64::from(days).saturating_mul(i64::from(wish.quantity)));
    let end = offer.held_until.zip(days).and_then(|(held, days)| {
        held.checked_add(SignedDuration::from_hours(days.saturating_mul(24))).ok().map(cards::day)
    });
    let worn = wish.recipient.is_none() && offer.role.is_some_and(|role| cx.roles.contains(&role));
    let about = match (offer.held_until, &wish.item, &end) {
        (Some(_), Item::Plan { .. }, _) => Some("buy-held-plan"),
        (Some(_), Item::Product { .. }, Some(_)) => Some("buy-held-extends"),
        (Some(_), Item::Product { .. }, None) => Some("buy-held-for-good"),
        (None, Item::Product { .. }, _) if offer.by_plan && wish.recipient.is_some() => Some("buy-gift-by-plan"),
        (None, Item::Product { .. }, _) if offer.by_plan => Some("buy-by-plan"),
        (None, Item::Product { .. }, _) if worn => Some("buy-worn"),
        (None, ..) => None,
    };
    if let Some(id) = about {
        let end = end.unwrap_or_default();
        lines.push(say.with(id, &[("until", (&until).into()), ("end", (&end).into())]));
    }
    if offer.outranked {
        lines.push(say.t(if wish.recipient.is_some() { "buy-gift-outranked" } else { "buy-outranked" }));
    }
    if offer.owned {
        lines.push(say.t("buy-owned"));
    }
    if let Some(Waiting { number, title }) = waiting {
        let title = plain(title);
        lines.push(say.with("buy-gives-way", &[("number", (*number).into()), ("title", (&title).into())]));
    }
    lines
}

/// What is bought, for how much, when it renews, and what he agrees to.
fn terms(say: &Speech<'_>, wish: &Wish, (quote, kept): (&Quote, Option<&String>), now: Timestamp) -> Card {
    let name = plain(&items::title(say, &wish.item, &quote.offer.title));
    let mut card = Card::titled(say.with("buy-title", &[("item", (&name).into())]));
    let mut about = renewal(say, wish, quote, now);
    if let Some(code) = kept {
        about = format!("{about}\n{}", say.with("buy-trial-kept-code", &[("code", (&plain(code)).into())]));
    }
    card.body = format!("{about}\n\n{}", say.t(&format!("consent-{}", wish.consent())));
    if wish.quantity > 1 {
        let unit = quote.offer.unit.show(say.locale);
        let args = [("count", i64::from(wish.quantity).into()), ("unit", (&unit).into())];
        card = card.field(say.t("order-field-quantity"), say.with("buy-quantity", &args), true);
    }
    if let (Some(reduction), Some((before, off))) = (&quote.reduction, quote.announced()) {
        card = card.field(say.t("order-field-list"), before.show(say.locale), true).field(
            say.t(if reduction.promotion.is_some() { "order-field-discount" } else { "order-field-credit" }),
            format!("−{}", off.show(say.locale)),
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

fn renewal(say: &Speech<'_>, wish: &Wish, quote: &Quote, now: Timestamp) -> String {
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
    if let Some(days) = quote.offer.trial_days.filter(|_| wish.trial) {
        let (nothing, from) = (Money::zero(quote.total.currency()).show(say.locale), cards::trial_end(now, days));
        let args = [
            ("days", i64::from(days).into()),
            ("nothing", (&nothing).into()),
            ("price", (&price).into()),
            ("from", (&from).into()),
        ];
        return say.with(
            match period {
                Period::Month => "buy-trial-month",
                Period::Year => "buy-trial-year",
            },
            &args,
        );
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
    renews
}

/// A refusal with what to do next, where there is something.
pub(super) async fn refused(cx: &mut Cx<'_>, wish: &Wish, error: Error) -> Result<Reply> {
    if let Error::Conflict(id @ ("error-shop-limit-waits" | "error-shop-own-waits")) = error {
        return unpaid(cx, wish, id).await;
    }
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

/// A refusal because of an order of his that waits to be paid, with that order, to pay or to cancel.
async fn unpaid(cx: &mut Cx<'_>, wish: &Wish, why: &str) -> Result<Reply> {
    let mut tx = super::own(cx).await?;
    let receipt = match place::unpaid(&mut tx, cx.guild.id, cx.user, &wish.item).await? {
        Some(Waiting { number, .. }) => Some(orders::reading::receipt(&mut tx, cx.guild.id, number).await?),
        // Its time was over meanwhile.
        None => None,
    };
    tx.end().await?;
    let text = cx.say.t(why);
    Ok(match receipt {
        Some(receipt) => Reply { text, ..cards::order(&cx.say, &cards::Reader::of(cx), &receipt) },
        None => Reply::private(text),
    })
}
