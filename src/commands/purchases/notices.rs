//! What is said of purchases outside a conversation: to a buyer or to whom he gave something by direct message, to staff in
//! their channel.
//!
//! `jobs` reads what is said as whoever is told and sends it. In direct messages Discord tells no guild, so there each button
//! names it; what was delivered is never in them, only a button that shows it. A gift is told of without its price.

use super::super::tickets::notices::from_afar;
use super::super::tickets::phrases::person;
use super::cards;
use crate::domain::payments::DisputeState;
use crate::domain::shop::orders::Order;
use crate::domain::shop::orders::gifts::Gift;
use crate::domain::shop::orders::reading::Consent;
use crate::domain::shop::reclaims::Short;
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::{Mode, OrderState, Period, ProductKind, Trouble};
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{GuildId, Money, RoleId, UserId};
use jiff::Timestamp;

fn see(say: &Speech<'_>, label: &str, number: i64) -> Button {
    Button::new(say.t(label), cards::on("order", number)).style(Style::Primary).emoji("🧾")
}

/// A day that Discord shows in the reader's language and time zone (Discord, "Message formatting: Timestamps").
pub(super) fn day(at: Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

fn minute(at: Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

/// What was bought, in a line.
fn title(order: &Order) -> String {
    counted(&order.title, order.quantity)
}

fn counted(title: &str, quantity: u32) -> String {
    let title = plain(title);
    if quantity > 1 { format!("{title} × {quantity}") } else { title }
}

/// What it costs, and how often.
fn amount(say: &Speech<'_>, order: &Order) -> String {
    let total = order.total.show(say.locale);
    let total = ("amount", (&total).into());
    let period = match &order.item {
        crate::domain::shop::orders::Item::Plan { period, .. } => Some(*period),
        crate::domain::shop::orders::Item::Product { .. } => None,
    };
    match (order.mode, period, order.trial_days) {
        (Mode::Free, ..) => say.t("purchase-free"),
        (Mode::Subscription, Some(period), Some(days)) => {
            let each = say.with(each(period), &[total]);
            say.with("purchase-after-trial", &[("days", i64::from(days).into()), ("each", (&each).into())])
        }
        (Mode::Subscription, Some(period), None) if !order.discount.is_zero() => {
            // What comes off, comes off the first payment.
            let (first, usual) = (order.total.show(say.locale), order.list.show(say.locale));
            let then = say.with(each(period), &[("amount", (&usual).into())]);
            say.with("purchase-first-then", &[("first", (&first).into()), ("then", (&then).into())])
        }
        (Mode::Subscription, Some(period), None) => say.with(each(period), &[total]),
        (Mode::Subscription | Mode::Payment, ..) => order.total.show(say.locale),
    }
}

const fn each(period: Period) -> &'static str {
    match period {
        Period::Month => "purchase-each-month",
        Period::Year => "purchase-each-year",
    }
}

fn card(say: &Speech<'_>, order: &Order, tone: Tone) -> Card {
    numbered(say, order.number, tone)
}

pub(super) fn numbered(say: &Speech<'_>, number: i64, tone: Tone) -> Card {
    Card { tone, ..Card::titled(say.with("purchase-title", &[("number", number.into())])) }
}

/// Thanks the buyer: what he bought, what it cost, and the confirmation of his consent, which he keeps; `stuck`: its role could not
/// be given yet.
pub fn done(say: &Speech<'_>, order: &Order, consent: Option<&Consent>, stuck: bool) -> Reply {
    let mut card = card(say, order, Tone::Good).field(say.t("field-bought"), title(order), true).field(
        say.t("field-amount"),
        amount(say, order),
        true,
    );
    if order.is_gift() {
        card = card.field(say.t("field-gift-for"), person(order.recipient), true);
    }
    if let Some(consent) = consent {
        card = consent_field(say, card, consent);
    }
    let text = match order.is_gift() {
        true => "notice-order-done-gift",
        false if stuck => "notice-order-role-stuck",
        false if cards::is_trial(order) => "notice-trial-begun",
        false => "notice-order-done",
    };
    let label = if order.is_gift() { "button-see-order" } else { "button-see-delivery" };
    let reply = Reply::private(say.t(text)).card(card).button(see(say, label, order.number));
    from_afar(reply, order.guild)
}

/// Adds the confirmation of a consent, which its giver keeps.
pub(super) fn consent_field(say: &Speech<'_>, card: Card, consent: &Consent) -> Card {
    let (version, at) = (plain(&consent.version), minute(consent.at));
    let words = say.with("purchase-consent", &[("version", (&version).into()), ("at", (&at).into())]);
    card.field(say.t("field-consent"), words, false)
}

/// Tells a member what he was given, and by whom, never what it cost; `stuck`: its role could not be given yet.
pub fn gift(say: &Speech<'_>, gift: &Gift, stuck: bool) -> Reply {
    let giver = person(gift.giver);
    let what = counted(&gift.title, gift.quantity);
    let mut card = numbered(say, gift.number, Tone::Good).field(say.t("field-gift"), what, true);
    if stuck {
        card.body = say.t("delivery-role-stuck");
        card.tone = Tone::Warning;
    }
    let text = say.with("notice-gift", &[("giver", (&giver).into())]);
    from_afar(Reply::private(text).card(card).button(see(say, "button-see-delivery", gift.number)), gift.guild)
}

/// Tells a member that what he was given was taken back, is held back, or is there again; why is between its giver and his bank.
pub fn gift_state(say: &Speech<'_>, gift: &Gift, suspended: bool) -> Reply {
    let (text, tone, label) = match (gift.revoked_at.is_some(), suspended) {
        (true, _) => ("notice-gift-taken", Tone::Neutral, "button-see-order"),
        (false, true) => ("notice-gift-held", Tone::Neutral, "button-see-order"),
        (false, false) => ("notice-gift-back", Tone::Good, "button-see-delivery"),
    };
    let card = numbered(say, gift.number, tone).field(say.t("field-gift"), counted(&gift.title, gift.quantity), true);
    let text = say.with(text, &[("giver", (&person(gift.giver)).into())]);
    from_afar(Reply::private(text).card(card).button(see(say, label, gift.number)), gift.guild)
}

/// Tells the buyer why he got nothing, and that his money goes back.
pub fn trouble(say: &Speech<'_>, order: &Order, trouble: Trouble) -> Reply {
    let mut card = card(say, order, Tone::Warning).field(say.t("field-bought"), title(order), true).field(
        say.t("field-amount"),
        amount(say, order),
        true,
    );
    card.body = say.t(match trouble {
        Trouble::Double => "trouble-double",
        Trouble::OutOfStock => "trouble-out-of-stock",
        Trouble::Gone => "trouble-gone",
        Trouble::AmountDiffers => "trouble-amount-differs",
        Trouble::TrialUsed => "trouble-trial-used",
        Trouble::InVain if order.is_gift() => "trouble-gift-in-vain",
        Trouble::InVain => "trouble-in-vain",
        Trouble::RoleGone => "trouble-role-gone",
        Trouble::Left => "trouble-left",
        Trouble::MemberLimit => "trouble-member-limit",
    });
    let text = match trouble {
        // Nothing was paid, so nothing comes back.
        Trouble::TrialUsed => "notice-trial-used",
        _ => "notice-order-trouble",
    };
    let reply = Reply::private(say.t(text)).card(card);
    from_afar(reply.button(see(say, "button-see-order", order.number)), order.guild)
}

/// Tells the buyer how much went back.
pub fn refunded(say: &Speech<'_>, order: &Order) -> Reply {
    let show =
        |minor: i64| Money::new(minor, order.total.currency()).map(|money| money.show(say.locale)).unwrap_or_default();
    let (back, paid) = (show(order.refunded_minor), show(order.paid_minor));
    let text = if order.state == OrderState::Refunded {
        say.with("notice-refunded", &[("amount", (&back).into())])
    } else {
        say.with("notice-refunded-part", &[("amount", (&back).into()), ("paid", (&paid).into())])
    };
    let mut card = card(say, order, Tone::Neutral).field(say.t("field-bought"), title(order), true);
    if order.state == OrderState::Refunded && order.mode == Mode::Subscription && order.fulfilled_at.is_some() {
        card.body = say.t("refunded-ends-subscription");
    }
    from_afar(Reply::private(text).card(card).button(see(say, "button-see-order", order.number)), order.guild)
}

/// Tells the buyer what his bank's looking into a payment means for what he bought; `holds`: whether he, or whom he gave it to,
/// has it once the dispute is over.
pub fn disputed(say: &Speech<'_>, order: &Order, (state, holds): (DisputeState, bool)) -> Reply {
    let (text, tone) = match (state, order.is_gift()) {
        (DisputeState::Open, false) => ("notice-dispute-open", Tone::Warning),
        (DisputeState::Open, true) => ("notice-dispute-open-gift", Tone::Warning),
        (DisputeState::Won, false) if holds => ("notice-dispute-won", Tone::Good),
        (DisputeState::Won, true) if holds => ("notice-dispute-won-gift", Tone::Good),
        (DisputeState::Won, _) => ("notice-dispute-won-nothing", Tone::Neutral),
        (DisputeState::Lost, false) => ("notice-dispute-lost", Tone::Neutral),
        (DisputeState::Lost, true) => ("notice-dispute-lost-gift", Tone::Neutral),
    };
    let mut card = card(say, order, tone).field(say.t("field-bought"), title(order), true);
    if order.is_gift() {
        card = card.field(say.t("field-gift-for"), person(order.recipient), true);
    }
    from_afar(Reply::private(say.t(text)).card(card).button(see(say, "button-see-order", order.number)), order.guild)
}

/// Reminds a member who agreed to it of a checkout that he left, and how to hear no more of such.
pub fn left(say: &Speech<'_>, order: &Order) -> Reply {
    let mut card = card(say, order, Tone::Neutral).field(say.t("field-bought"), title(order), true).field(
        say.t("field-amount"),
        amount(say, order),
        true,
    );
    card.body = say.t("checkout-left-no-more");
    let until = order.expires_at.map(cards::when).unwrap_or_default();
    let text = say.with("notice-checkout-left", &[("until", (&until).into())]);
    let stop = Action::new("shop_reminders").with("reminders", "off");
    let reply = Reply::private(text).card(card).button(see(say, "button-see-order", order.number));
    from_afar(reply.button(Button::new(say.t("button-reminders-off"), stop).emoji("🔕")), order.guild)
}

/// Tells the buyer that his checkout is closed, because what it is for can't be given, and that nothing is charged.
pub fn closed(say: &Speech<'_>, order: &Order) -> Reply {
    let card = card(say, order, Tone::Neutral).field(say.t("field-bought"), title(order), true);
    from_afar(Reply::private(say.t("notice-checkout-closed")).card(card), order.guild)
}

/// Tells a member that his renewal was not paid, until when he keeps his plan, and what to do.
pub fn renewal_failed(say: &Speech<'_>, order: &Order, until: Option<Timestamp>) -> Reply {
    let mut card = card(say, order, Tone::Alert).field(say.t("field-bought"), title(order), true);
    if let Some(until) = until {
        card = card.field(say.t("field-access-until"), day(until), true);
    }
    card.body = say.t("renewal-what-to-do");
    from_afar(Reply::private(say.t("notice-renewal-failed")).card(card), order.guild)
}

/// Tells a member that what he held has ended: by the order that it came from, with its number and title, or else by the plan's
/// name.
pub fn access_ended(say: &Speech<'_>, guild: GuildId, order: Option<(i64, &str)>, plan: Option<&str>) -> Reply {
    let what = order.map(|(_, title)| plain(title)).or_else(|| plan.map(plain));
    let text = match &what {
        Some(what) => say.with("notice-access-ended", &[("what", what.into())]),
        None => say.t("notice-access-ended-plain"),
    };
    let mut reply = Reply::private(text);
    if let Some((number, _)) = order {
        reply = reply.button(see(say, "button-see-order", number));
    }
    from_afar(reply, guild)
}

/// Calls a person whose direct messages are shut, where everybody reads: his name and a button that shows each who presses it
/// what is his own.
pub fn call(say: &Speech<'_>, user: UserId, shows: &str) -> Reply {
    let who = person(user);
    let text = say.with(&format!("notice-call-{shows}"), &[("person", (&who).into())]);
    let open = Button::new(say.t("button-open-news"), Action::new(shows)).style(Style::Primary).emoji("📬");
    Reply::public(text).mention(user).button(open)
}

/// Tells the staff channel of a sale, and where nothing more is left of what was sold, of which kind that is.
pub fn sale(say: &Speech<'_>, order: &Order, sold_out: Option<ProductKind>) -> Reply {
    let buyer = person(order.buyer);
    let mut card = card(say, order, Tone::Good)
        .field(say.t("field-bought"), title(order), true)
        .field(say.t("field-amount"), amount(say, order), true)
        .field(say.t("field-buyer"), buyer, true);
    if !order.discount.is_zero() {
        card = card.field(say.t("field-reduction"), order.discount.show(say.locale), true);
    }
    if order.is_gift() {
        card = card.field(say.t("field-gift-for"), person(order.recipient), true);
    }
    if let Some(kind) = sold_out {
        card.body = say.t(if kind == ProductKind::Key { "sale-last-key" } else { "sale-last-unit" });
        card.tone = Tone::Warning;
    }
    Reply::public("").card(card).button(see(say, "button-see-order", order.number))
}

/// What is wrong with an order, for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is paid and could not be handed over.
    Stuck(Trouble),
    /// The money of what could not be handed over goes back.
    GoesBack,
    /// Its payment is disputed, or was.
    Disputed(DisputeState),
    /// The payment of what could not be handed over is disputed, or was.
    DisputedUngiven(DisputeState),
    /// Money that should go back did not.
    RefundFailed,
    /// Money that should go back is held by the bank, which looks into a dispute.
    RefundHeld,
    /// All the money of a subscription went back, which ended it, and the bank returned the money.
    RefundReturned,
    /// Money that should go back is still not on its way.
    RefundLate,
    /// Its subscription should have ended, and the provider did not end it.
    RunsOn,
}

impl Wrong {
    const fn words(self) -> &'static str {
        match self {
            Self::Stuck(Trouble::AmountDiffers) => "alert-amount-differs",
            Self::Stuck(Trouble::OutOfStock) => "alert-out-of-stock",
            Self::Stuck(Trouble::Double) => "alert-double",
            Self::Stuck(Trouble::Gone) => "alert-gone",
            Self::Stuck(Trouble::TrialUsed) => "alert-trial-used",
            Self::Stuck(Trouble::InVain) => "alert-in-vain",
            Self::Stuck(Trouble::RoleGone) => "alert-role-gone",
            Self::Stuck(Trouble::Left) => "alert-left",
            Self::Stuck(Trouble::MemberLimit) => "alert-member-limit",
            Self::GoesBack => "alert-goes-back",
            Self::DisputedUngiven(DisputeState::Open) => "alert-ungiven-dispute-open",
            Self::DisputedUngiven(DisputeState::Won) => "alert-ungiven-dispute-won",
            Self::DisputedUngiven(DisputeState::Lost) => "alert-ungiven-dispute-lost",
            Self::Disputed(DisputeState::Open) => "alert-dispute-open",
            Self::Disputed(DisputeState::Won) => "alert-dispute-won",
            Self::Disputed(DisputeState::Lost) => "alert-dispute-lost",
            Self::RefundFailed => "alert-refund-failed",
            Self::RefundHeld => "alert-refund-held",
            Self::RefundReturned => "alert-refund-returned",
            Self::RefundLate => "alert-refund-late",
            Self::RunsOn => "alert-runs-on",
        }
    }
}

/// Tells the staff channel what is wrong with an order, and what to do.
pub fn order_alert(say: &Speech<'_>, order: &Order, wrong: &[Wrong], short: Option<&Short>) -> Reply {
    let mut lines: Vec<String> = wrong.iter().map(|wrong| say.t(wrong.words())).collect();
    lines.extend(short.iter().flat_map(|short| credit(say, short)));
    let mut card = card(say, order, Tone::Alert)
        .field(say.t("field-bought"), title(order), true)
        .field(say.t("field-amount"), amount(say, order), true)
        .field(say.t("field-buyer"), person(order.buyer), true);
    card.body = lines.join("\n");
    let text = say.with("notice-shop-alert", &[("number", order.number.into())]);
    Reply::public(text).card(card).button(see(say, "button-see-order", order.number))
}

/// What staff must know of credit that could not be moved: how much, and where.
fn credit(say: &Speech<'_>, short: &Short) -> Vec<String> {
    let line = |id: &str, amount: Money| {
        let (amount, customer) = (amount.show(say.locale), short.customer.0.as_str());
        say.with(id, &[("amount", (&amount).into()), ("customer", customer.into())])
    };
    [("alert-credit-spent", short.missing), ("alert-credit-owed", short.owed)]
        .into_iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(id, amount)| line(id, amount))
        .chain(short.late.then(|| line("alert-credit-late", short.missing)))
        .collect()
}

/// What stands in the way of a role, with the remedy.
pub fn remedy(say: &Speech<'_>, role: RoleId, state: RoleState) -> String {
    let role = format!("<@&{role}>");
    let id = match state {
        RoleState::NoPermission => "role-no-permission",
        RoleState::TooLow => "role-too-low",
        RoleState::Refused => "role-refused",
        RoleState::Gone => "role-gone",
        RoleState::Left => "role-left",
        RoleState::Waiting => "role-waiting",
        RoleState::Given => "role-given",
    };
    say.with(id, &[("role", (&role).into())])
}

/// Tells the staff channel of a role that can't be given or taken, once for all who wait for it; `charged`: how many pay for a plan
/// that gives it.
pub fn role_alert(say: &Speech<'_>, role: RoleId, state: RoleState, (waiting, charged): (i64, i64)) -> Reply {
    let mut card = Card::titled(say.t("role-alert-title"));
    card.body = remedy(say, role, state);
    if state == RoleState::Gone && charged > 0 {
        card.body = format!("{}\n{}", card.body, say.with("role-alert-charged", &[("count", charged.into())]));
    }
    card.tone = Tone::Alert;
    card.footer = say.with("role-alert-waiting", &[("count", waiting.into())]);
    let again = Button::new(say.t("button-roles-check"), Action::new("roles_check")).style(Style::Primary).emoji("🔁");
    Reply::public("").card(card).button(again)
}
