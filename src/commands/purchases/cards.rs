//! An order as a card with what may be done next: for its buyer and for staff; and for who got it as a gift, what he got.

use super::super::dispatch::Cx;
use super::items;
use crate::domain::payments::DisputeState;
use crate::domain::shop::invoices::Payment;
use crate::domain::shop::orders::Order;
use crate::domain::shop::orders::course::Course;
use crate::domain::shop::orders::gifts::Gift;
use crate::domain::shop::orders::reading::{Consent, Receipt};
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::{Mode, OrderState, Trouble};
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Link, Money, UserId};
use jiff::{SignedDuration, Timestamp};

/// Most later payments of a subscription that are shown.
const LATER: usize = 6;

/// A command on one order.
pub fn on(command: &str, number: i64) -> Action {
    Action::new(command).with("order", number)
}

/// A time as "2 hours ago" in the reader's language (Discord, "Message formatting: Timestamps").
pub fn when(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// A day in the reader's language.
pub fn day(at: Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

/// The day on which a trial that begins now is over.
pub(super) fn trial_end(now: Timestamp, days: u32) -> String {
    now.checked_add(SignedDuration::from_hours(i64::from(days).saturating_mul(24))).map(day).unwrap_or_default()
}

/// What an order is for as people read it, with its period where it has one.
pub fn named(say: &Speech<'_>, order: &Order) -> String {
    items::title(say, &order.item, &order.title)
}

/// How an order's dispute stands; nothing where it has none.
pub fn dispute(say: &Speech<'_>, order: &Order) -> Option<String> {
    order.dispute.map(|dispute| say.t(dispute_words(dispute, order.fulfilled_at.is_some())))
}

/// The button that shows an order.
pub fn order_button(say: &Speech<'_>, number: i64) -> Button {
    Button::new(say.t("button-order"), on("order", number)).emoji("🧾")
}

pub(super) fn cancel_button(say: &Speech<'_>, number: i64) -> Button {
    // Without a colour, so that it doesn't outshine paying: nothing is lost by it.
    Button::new(say.t("button-cancel-order"), on("order_cancel", number)).emoji("✖️")
}

/// Who looks at an order, and when.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// Who.
    pub user: UserId,
    /// Whether he is staff.
    pub staff: bool,
    /// When.
    pub now: Timestamp,
}

impl Reader {
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        Self { user: cx.user, staff: cx.actor.is_staff(), now: cx.now }
    }
}

/// The emoji of a state.
const fn emoji(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => "⏳",
        OrderState::Awaiting => "🏦",
        OrderState::Paid => "⚠️",
        OrderState::Fulfilled => "✅",
        OrderState::Expired | OrderState::Canceled => "✖️",
        OrderState::Failed => "❌",
        OrderState::Refunded => "↩️",
    }
}

/// How an order that was handed over stands with its buyer's bank, where that keeps from him what he bought.
fn withheld(order: &Order) -> Option<DisputeState> {
    let kept = |dispute: &DisputeState| matches!(dispute, DisputeState::Open | DisputeState::Lost);
    order.dispute.filter(kept).filter(|_| order.state == OrderState::Fulfilled)
}

/// Emoji and words of where an order stands; `stuck`: what keeps its role from who holds it.
pub fn state(say: &Speech<'_>, order: &Order, stuck: Option<RoleState>) -> String {
    match (withheld(order), stuck.filter(|_| order.state == OrderState::Fulfilled)) {
        (Some(DisputeState::Open), _) => return format!("⏸️ {}", say.t("order-state-suspended")),
        (Some(DisputeState::Lost), _) => return format!("↩️ {}", say.t("order-state-dispute-lost")),
        (_, Some(RoleState::Gone)) => return format!("⚠️ {}", say.t("order-state-role-gone")),
        (_, Some(_)) => return format!("⚠️ {}", say.t("order-state-role-stuck")),
        (Some(DisputeState::Won) | None, None) => {}
    }
    let words = match (order.state, order.trouble) {
        (OrderState::Paid, Some(trouble)) | (OrderState::Canceled, Some(trouble @ Trouble::TrialUsed)) => {
            ungiven(say, trouble, order.dispute)
        }
        (OrderState::Pending, None) if order.trial_days.is_some() => say.t("order-state-trial-pending"),
        (OrderState::Fulfilled, None) if is_trial(order) => say.t("order-state-trial"),
        // What goes on has later months that were paid.
        (OrderState::Fulfilled, None) if order.refunded_minor > 0 && order.refunded_minor >= order.paid_minor => {
            let amount = shown(say, order, order.refunded_minor);
            return format!("↩️ {}", say.with("order-state-refunded-first", &[("amount", (&amount).into())]));
        }
        (OrderState::Fulfilled, None) if order.refunded_minor > 0 => {
            let (amount, paid) = (shown(say, order, order.refunded_minor), shown(say, order, order.paid_minor));
            let args = [("amount", (&amount).into()), ("paid", (&paid).into())];
            return format!("↩️ {}", say.with("order-state-refunded-part", &args));
        }
        (state, _) => say.t(&format!("order-state-{}", state.as_str())),
    };
    format!("{} {words}", emoji(order.state))
}

/// Why nothing was handed over, and where the money is.
fn ungiven(say: &Speech<'_>, trouble: Trouble, dispute: Option<DisputeState>) -> String {
    let why = say.t(trouble_words(trouble));
    let money = match (trouble, dispute) {
        (Trouble::TrialUsed, _) => return why,
        (_, Some(DisputeState::Open)) => "order-money-held",
        (_, Some(DisputeState::Lost)) => "order-money-taken",
        (Trouble::AmountDiffers, _) => "order-money-staff",
        _ => "order-money-back",
    };
    say.with("order-stuck", &[("why", (&why).into()), ("money", (&say.t(money)).into())])
}

/// Whether it began a trial, and nothing was paid yet.
pub(super) const fn is_trial(order: &Order) -> bool {
    order.trial_days.is_some() && order.paid_minor == 0
}

const fn trouble_words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::AmountDiffers => "order-trouble-amount",
        Trouble::OutOfStock => "order-trouble-stock",
        Trouble::Double => "order-trouble-double",
        Trouble::Gone => "order-trouble-gone",
        Trouble::TrialUsed => "order-trouble-trial",
        Trouble::InVain => "order-trouble-in-vain",
        Trouble::RoleGone => "order-trouble-role-gone",
        Trouble::Left => "order-trouble-left",
        Trouble::MemberLimit => "order-trouble-member-limit",
    }
}

fn tone(order: &Order) -> Tone {
    match order.state {
        OrderState::Fulfilled if withheld(order) == Some(DisputeState::Open) => Tone::Warning,
        OrderState::Fulfilled if withheld(order).is_some() => Tone::Neutral,
        OrderState::Fulfilled => Tone::Good,
        OrderState::Paid | OrderState::Failed => Tone::Warning,
        OrderState::Pending
        | OrderState::Awaiting
        | OrderState::Expired
        | OrderState::Canceled
        | OrderState::Refunded => Tone::Neutral,
    }
}

/// An order that costs nothing was handed over.
pub(super) fn done(say: &Speech<'_>, order: &Order) -> Reply {
    let (title, recipient) = (plain(&order.title), format!("<@{}>", order.recipient));
    let args = [("number", order.number.into()), ("title", (&title).into()), ("recipient", (&recipient).into())];
    let text = say.with(if order.is_gift() { "order-done-gift" } else { "order-done" }, &args);
    let mut reply = Reply::private(text);
    if !order.is_gift() {
        reply = reply.button(delivery_button(say, order.number));
    }
    reply.button(order_button(say, order.number))
}

fn delivery_button(say: &Speech<'_>, number: i64) -> Button {
    Button::new(say.t("button-delivery"), on("order_delivery", number)).style(Style::Success).emoji("📦")
}

/// One line of a list.
pub(super) fn line(say: &Speech<'_>, order: &Order, stuck: Option<RoleState>) -> String {
    // Who paid for it, and who has it: a list of somebody's orders holds both.
    let gift =
        if order.is_gift() { format!(" · 🎁 <@{}> → <@{}>", order.buyer, order.recipient) } else { String::new() };
    format!(
        "**#{}** {} · {}{gift} · {} · {}",
        order.number,
        plain(&order.title),
        order.total.show(say.locale),
        state(say, order, stuck),
        when(order.created_at)
    )
}

/// A gift that he got, in a line.
pub(super) fn given_line(say: &Speech<'_>, gift: &Gift) -> String {
    let (title, when) = (plain(&gift.title), when(gift.given_at));
    format!("**#{}** {title} · 🎁 <@{}> · {} · {when}", gift.number, gift.giver, given_state(say, gift))
}

fn given_state(say: &Speech<'_>, gift: &Gift) -> String {
    match (gift.revoked_at, gift.suspended_at) {
        (None, None) => format!("✅ {}", say.t("gift-state-given")),
        (None, Some(_)) => format!("⏸️ {}", say.t("gift-state-held")),
        (Some(_), _) => format!("↩️ {}", say.t("gift-state-revoked")),
    }
}

/// A gift for who got it: what it is and from whom, never what it cost.
pub(super) fn given(say: &Speech<'_>, gift: &Gift) -> Reply {
    let name = plain(&items::with_period(say, gift.period, &gift.title));
    let mut card = Card::titled(say.with("order-title", &[("number", gift.number.into()), ("title", (&name).into())]));
    let has = gift.revoked_at.is_none() && gift.suspended_at.is_none();
    card.tone = if has { Tone::Good } else { Tone::Neutral };
    card = card.field(say.t("order-field-state"), given_state(say, gift), false);
    card = card.field(say.t("order-field-date"), day(gift.given_at), true);
    card = card.field(say.t("order-field-gift"), format!("<@{}> → <@{}>", gift.giver, gift.recipient), true);
    if gift.quantity > 1 {
        card = card.field(say.t("order-field-quantity"), gift.quantity.to_string(), true);
    }
    let mut reply = Reply::private("").card(card);
    if has {
        reply = reply.button(delivery_button(say, gift.number));
    }
    reply.button(Button::new(say.t("button-order-help"), on("order_help", gift.number)).emoji("🆘"))
}

/// An order, with its receipt and what may be done next.
pub fn order(say: &Speech<'_>, reader: &Reader, receipt: &Receipt) -> Reply {
    let order = &receipt.order;
    let name = plain(&items::title(say, &order.item, &order.title));
    let mut card = Card::titled(say.with("order-title", &[("number", order.number.into()), ("title", (&name).into())]));
    let stuck = receipt.role.and_then(|role| role.stuck());
    card.tone = if stuck.is_some() { Tone::Warning } else { tone(order) };
    card = card.field(say.t("order-field-state"), state(say, order, stuck), false);
    card = card.field(say.t("order-field-date"), day(order.created_at), true);
    if order.is_gift() {
        let text = format!("<@{}> → <@{}>", order.buyer, order.recipient);
        card = card.field(say.t("order-field-gift"), text, true);
    } else if reader.user != order.buyer {
        card = card.field(say.t("order-field-buyer"), format!("<@{}>", order.buyer), true);
    }
    if order.quantity > 1 {
        card = card.field(say.t("order-field-quantity"), order.quantity.to_string(), true);
    }
    let mut reply = Reply::private("");
    if reader.user == order.buyer || reader.staff {
        card = money(say, card, receipt);
    }
    if reader.user == order.buyer && receipt.lost_withdrawal(reader.now) {
        // The button for help, which opens a ticket about this order, stands below.
        card = card.field(say.t("order-field-withdrawal"), say.t("order-withdrawal-over"), false);
    }
    reply = reply.card(card);
    reply.buttons = steps(say, reader, receipt);
    reply
}

fn shown(say: &Speech<'_>, order: &Order, minor: i64) -> String {
    Money::new(minor, order.total.currency()).map(|money| money.show(say.locale)).unwrap_or_default()
}

/// What was agreed, paid and given back.
fn money(say: &Speech<'_>, mut card: Card, receipt: &Receipt) -> Card {
    let order = &receipt.order;
    if let Some((before, off)) = order.announced() {
        card = card.field(say.t("order-field-list"), before.show(say.locale), true);
        let label = if order.credit().is_some() { "order-field-credit" } else { "order-field-discount" };
        card = card.field(say.t(label), format!("−{}", off.show(say.locale)), true);
    }
    let total = if is_trial(order) { "order-field-after-trial" } else { "order-field-total" };
    // After a trial what is charged is the plan as it was changed since.
    let changed = receipt.course.as_ref().filter(|course| is_trial(order) && course.item != order.item);
    card = card.field(say.t(total), changed.map_or(order.total, |course| course.price).show(say.locale), true);
    if order.paid_minor > 0 {
        card = card.field(say.t("order-field-paid"), shown(say, order, order.paid_minor), true);
        card = card.field(say.t("order-field-tax"), say.t("order-tax-unknown"), true);
    }
    if let Some(course) = &receipt.course {
        card = followed(say, card, order, course);
    }
    if !receipt.credit.is_zero() {
        card = card.field(say.t("order-field-from-credit"), receipt.credit.show(say.locale), true);
    }
    let back = |refund: &crate::domain::shop::orders::reading::GivenBack| {
        let words = say.t(&format!("order-refund-{}", refund.state));
        format!("{} · {words} · {}", refund.amount.show(say.locale), when(refund.at))
    };
    let mut lines: Vec<String> = receipt.refunds.iter().map(back).collect();
    if receipt.owes() {
        lines.push(say.t("order-refund-owed"));
    }
    card = card.field(say.t("order-field-refunds"), lines.join("\n"), false);
    card = card.field(say.t("order-field-dispute"), dispute(say, order).unwrap_or_default(), true);
    if let Some(Consent { version, at }) = &receipt.consent {
        // As its buyer read it.
        let words = say.to(order.locale).find(&format!("consent-{version}"), &[]).unwrap_or_default();
        let at = format!("<t:{}:f>", at.as_second());
        let args = [("version", version.as_str().into()), ("at", (&at).into())];
        let text = format!("{}\n> {words}", say.with("order-consent", &args));
        card = card.field(say.t("order-field-consent"), text, false);
    }
    card
}

/// What its subscription is now, where it was changed, and what was paid for it since.
fn followed(say: &Speech<'_>, mut card: Card, order: &Order, course: &Course) -> Card {
    if course.item != order.item {
        let title = plain(&items::title(say, &course.item, &course.title));
        let now = format!("{title} · {}", course.price.show(say.locale));
        let label = if course.over { "order-field-plan-last" } else { "order-field-plan-now" };
        card = card.field(say.t(label), now, true);
    }
    let later = course.payments.iter().rev().filter(|paid| Some(&paid.id) != order.payment.as_ref());
    let line = |paid: &Payment| format!("{} · {}", paid.amount.show(say.locale), day(paid.at));
    let lines: Vec<String> = later.take(LATER).map(line).collect();
    card.field(say.t("order-field-paid-since"), lines.join("\n"), true)
}

/// Of what was never handed over no access is suspended, and its payment does not stand even where the bank left it to the shop.
const fn dispute_words(state: DisputeState, handed_over: bool) -> &'static str {
    match (state, handed_over) {
        (DisputeState::Open, true) => "order-dispute-open",
        (DisputeState::Open, false) => "order-dispute-open-nothing",
        (DisputeState::Won, true) => "order-dispute-won",
        (DisputeState::Won, false) => "order-dispute-won-nothing",
        (DisputeState::Lost, _) => "order-dispute-lost",
    }
}

/// What the button is called behind which an order is paid, or a trial is begun.
pub(super) const fn pay_label(order: &Order) -> &'static str {
    if order.trial_days.is_some() { "button-begin-trial" } else { "button-pay" }
}

/// What the reader may do next with an order.
fn steps(say: &Speech<'_>, reader: &Reader, receipt: &Receipt) -> Vec<Button> {
    let order = &receipt.order;
    let (number, buyer) = (order.number, reader.user == order.buyer);
    let mut buttons = Vec::new();
    let may_pay = buyer && order.state == OrderState::Pending && order.expires_at.is_none_or(|end| reader.now < end);
    if may_pay {
        let link = order.checkout_url.as_deref().and_then(|url| url.parse::<Link>().ok());
        let again = || Button::new(say.t(pay_label(order)), on("order_pay", number)).style(Style::Primary);
        buttons.push(link.map_or_else(again, |link| Button::to(say.t(pay_label(order)), link)).emoji("💳"));
    }
    if buyer && matches!(order.state, OrderState::Pending | OrderState::Awaiting | OrderState::Paid) {
        buttons.push(Button::new(say.t("button-verify"), on("order_verify", number)).emoji("🔄"));
    }
    if buyer && order.state == OrderState::Pending {
        buttons.push(cancel_button(say, number));
    }
    if reader.user == order.recipient && order.state == OrderState::Fulfilled && withheld(order).is_none() {
        buttons.push(delivery_button(say, number));
    }
    let over = receipt.course.as_ref().is_some_and(|course| course.over);
    if buyer && order.mode == Mode::Subscription && order.state == OrderState::Fulfilled && !over {
        buttons.push(Button::new(say.t("button-subscription"), Action::new("subscription")).emoji("🔁"));
    }
    if buyer && receipt.may_withdraw(reader.now) {
        buttons.push(Button::new(say.t("button-withdraw"), on("order_withdraw", number)).emoji("↩️"));
    }
    if buyer || reader.user == order.recipient {
        buttons.push(Button::new(say.t("button-order-help"), on("order_help", number)).emoji("🆘"));
    }
    buttons
}
