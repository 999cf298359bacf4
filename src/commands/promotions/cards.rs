//! A promotion as lines and cards: for who makes it, and for who gets it.

use crate::domain::promotions::reading::Figures;
use crate::domain::promotions::{Discount, Promotion, PromotionState, Target};
use crate::domain::shop::catalogue::names::Names;
use crate::kernel::money::MOST_MINOR;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Currency, Locale, Money};
use jiff::Timestamp;

/// A moment that Discord shows in the reader's own time (Discord, "Message formatting: Timestamps").
pub(super) fn when(at: Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

/// What comes off: `−20 %`.
pub(super) fn off(discount: Discount, locale: Locale) -> String {
    format!("−{}", discount.show(locale))
}

/// What a promotion is on, in words, without escaping what somebody called it.
pub fn target(say: &Speech<'_>, target: &Target, names: &Names) -> String {
    match target {
        Target::Everything => say.t("promo-target-everything"),
        Target::Plans => say.t("promo-target-plans"),
        Target::Products => say.t("promo-target-products"),
        Target::Plan(code) => say.with("promo-target-plan", &[("name", names.plan(code).into())]),
        Target::Product(code) => say.with("promo-target-product", &[("name", names.product(code).into())]),
    }
}

const fn emoji(state: PromotionState) -> &'static str {
    match state {
        PromotionState::Scheduled => "⏳",
        PromotionState::Active => "🟢",
        PromotionState::Ended => "🏁",
        PromotionState::Stopped => "🛑",
    }
}

fn state(say: &Speech<'_>, promotion: &Promotion) -> String {
    let word = say.t(&format!("promo-state-{}", promotion.state.as_str()));
    let why = promotion.ending.map(|ending| say.t(&format!("promo-ending-{}", ending.as_str())));
    format!("{} {word}{}", emoji(promotion.state), why.map(|why| format!(" ({why})")).unwrap_or_default())
}

/// A promotion in one line, without marks: `#3 🟢 −20 % · tous les plans · NOEL20`.
pub(super) fn line(say: &Speech<'_>, promotion: &Promotion, names: &Names) -> String {
    let code = promotion.code.as_ref().map(|code| format!(" · {code}")).unwrap_or_default();
    let (discount, on) = (off(promotion.discount, say.locale), target(say, &promotion.target, names));
    format!("#{} {} {discount} · {on}{code}", promotion.number, emoji(promotion.state))
}

/// The facts of a promotion.
pub(super) fn card(say: &Speech<'_>, promotion: &Promotion, names: &Names) -> Card {
    let title = say.with("promo-title", &[("number", promotion.number.into())]);
    let uses = match promotion.uses_allowed {
        Some(most) => format!("{} / {most}", promotion.uses_held),
        None => promotion.uses_held.to_string(),
    };
    let spent = promotion.spent.show(say.locale);
    let budget = match promotion.budget {
        Some(budget) => format!("{spent} / {}", budget.show(say.locale)),
        None => spent,
    };
    let code = promotion.code.as_ref().map_or_else(|| say.t("promo-automatic"), |code| format!("`{code}`"));
    let mut card = Card::titled(title)
        .field(say.t("promo-field-state"), state(say, promotion), true)
        .field(say.t("promo-field-value"), off(promotion.discount, say.locale), true)
        .field(say.t("promo-field-target"), plain(&target(say, &promotion.target, names)), true)
        .field(say.t("promo-field-code"), code, true)
        .field(say.t("promo-field-starts"), when(promotion.starts_at), true)
        .field(say.t("promo-field-ends"), when(promotion.ended_at.unwrap_or(promotion.ends_at)), true)
        .field(say.t("promo-field-uses"), uses, true)
        .field(say.t("promo-field-budget"), budget, true);
    if let Some(most) = promotion.uses_per_member {
        card = card.field(say.t("promo-field-per-member"), most.to_string(), true);
    }
    if promotion.first_purchase {
        card = card.field(say.t("promo-field-first"), say.t("choice-yes"), true);
    }
    card = card
        .field(say.t("promo-field-kind"), say.t(&format!("choice-{}", promotion.kind.as_str())), true)
        .field(say.t("promo-field-by"), format!("<@{}>", promotion.made_by), true)
        .field(say.t("field-reason"), plain(&promotion.reason), false);
    card.tone = match promotion.state {
        PromotionState::Active => Tone::Good,
        PromotionState::Scheduled => Tone::Neutral,
        PromotionState::Ended | PromotionState::Stopped => Tone::Warning,
    };
    card
}

/// An amount to look at; one larger than money may be shows as the largest.
fn amount(minor: i64, currency: Currency, locale: Locale) -> String {
    Money::new(minor.clamp(0, MOST_MINOR), currency).map(|money| money.show(locale)).unwrap_or_default()
}

/// What a promotion brought.
pub(super) fn figures(say: &Speech<'_>, promotion: &Promotion, figures: Figures) -> Card {
    let money = |minor| amount(minor, promotion.currency, say.locale);
    Card::titled(say.t("promo-figures"))
        .field(say.t("promo-figures-used"), figures.used.to_string(), true)
        .field(say.t("promo-figures-reserved"), figures.reserved.to_string(), true)
        .field(say.t("promo-figures-revenue"), money(figures.revenue_minor), true)
        .field(say.t("promo-figures-discount"), money(figures.discount_minor), true)
}

/// Tells the staff channel that a promotion was stopped where it was to begin, and what to do.
pub fn not_begun(say: &Speech<'_>, promotion: &Promotion, names: &Names) -> Reply {
    let mut card = Card::titled(say.t("promo-not-begun-title"));
    card.body = format!("{}\n{}", plain(&line(say, promotion, names)), say.t("promo-not-begun"));
    card.tone = Tone::Warning;
    Reply::public("").card(card).button(view_button(say, promotion.number))
}

/// A button that shows a promotion.
pub(super) fn view_button(say: &Speech<'_>, number: i64) -> Button {
    Button::new(say.t("button-promo-view"), Action::new("promo_view").with("promotion", number)).emoji("👁️")
}

/// A button that stops a promotion.
pub(super) fn stop_button(say: &Speech<'_>, number: i64) -> Button {
    let stop = Action::new("promo_stop").with("promotion", number);
    Button::new(say.t("button-promo-stop"), stop).style(Style::Danger).emoji("🛑")
}
