//! What products look like: to a buyer, and to staff.

use super::phrases::Asked;
use super::{BUTTON_MAX, phrases};
use crate::domain::promotions::Offers;
use crate::domain::shop::ProductKind;
use crate::domain::shop::catalogue::{Item, Lack};
use crate::domain::shop::catalogue::{Product, Variant};
use crate::domain::shop::roles::RoleState;
use crate::kernel::reply::{Action, Button, Card, Style, Tone};
use crate::kernel::text::{plain, shorten, unmasked};
use crate::kernel::words::Speech;

/// The action that buys an item.
pub fn buy(item: &Item) -> Action {
    Action::new("buy").with("item", item)
}

/// A product as a buyer sees it.
pub fn product(say: &Speech<'_>, product: &Product, offers: &Offers) -> Card {
    let mut card = Card::titled(format!("{} {}", phrases::kind_emoji(product.kind), plain(&product.name)));
    card.body = unmasked(&product.description);
    card = card.field(say.t("shop-field-gives"), gives(say, product), true);
    if product.role_stuck.is_some() {
        // Its price is nobody's to pay.
        card.footer = product.category.clone();
        card.tone = Tone::Warning;
        return card.field(say.t("shop-field-state"), format!("⛔ {}", say.t("shop-unavailable")), false);
    }
    if let [only] = product.shown().collect::<Vec<_>>().as_slice() {
        card =
            card.field(say.t("shop-field-price"), Asked::of(&product.item(only), only.price, offers).show(say), true);
        card = card.field(say.t("shop-field-stock"), phrases::left(say, only), true);
    } else {
        let line = |variant| variant_line(say, product, variant, offers);
        let lines: Vec<String> = product.shown().map(line).collect();
        card = card.field(say.t("shop-field-variants"), lines.join("\n"), false);
    }
    let terms = terms(say, product, offers);
    if !terms.is_empty() {
        card = card.field(say.t("shop-field-offer"), terms.join("\n"), false);
    }
    if let Some(limit) = product.member_limit {
        card = card.field(say.t("shop-field-limit"), limit.to_string(), true);
    }
    card.footer = product.category.clone();
    card.tone = if product.shown().any(Variant::is_sold) { Tone::Good } else { Tone::Neutral };
    card
}

/// What must be said beside the reduced prices; once where it is the same of each.
fn terms(say: &Speech<'_>, product: &Product, offers: &Offers) -> Vec<String> {
    let terms = |variant| Some((variant, Asked::of(&product.item(variant), variant.price, offers).terms(say)?));
    let found: Vec<(&Variant, String)> = product.shown().filter_map(terms).collect();
    let all = found.len() == product.shown().count();
    match found.first() {
        Some((_, first)) if all && found.iter().all(|(_, terms)| terms == first) => vec![first.clone()],
        _ => found.iter().map(|(variant, terms)| format!("**{}** · {terms}", plain(&variant.name))).collect(),
    }
}

fn variant_line(say: &Speech<'_>, product: &Product, variant: &Variant, offers: &Offers) -> String {
    let left = phrases::left(say, variant);
    let end = if left.is_empty() { left } else { format!(" · {left}") };
    format!(
        "**{}** · {}{end}",
        plain(&variant.name),
        Asked::of(&product.item(variant), variant.price, offers).show(say)
    )
}

/// What a buyer gets.
fn gives(say: &Speech<'_>, product: &Product) -> String {
    let mut what = phrases::kind(say, product.kind);
    if let Some(role) = product.role {
        what.push_str(&format!(" <@&{role}>"));
    }
    if let Some(plan) = &product.plan {
        let name = product.plan_name.as_deref().unwrap_or(plan.as_str());
        what.push_str(&format!(" {}", plain(name)));
    }
    if product.role.is_some() || product.plan.is_some() {
        what.push_str(&format!(" · {}", phrases::days(say, product.days)));
    }
    what
}

/// A button for each variant that can be bought now.
pub fn buy_buttons(say: &Speech<'_>, product: &Product, offers: &Offers, most: usize) -> Vec<Button> {
    if product.role_stuck.is_some() {
        return Vec::new();
    }
    let button = |variant: &Variant| {
        // The label of a button shows no marks, so nothing is struck through.
        let price = phrases::price(say, Asked::of(&product.item(variant), variant.price, offers).now);
        let label = match phrases::variant_name(product, variant) {
            Some(name) => format!("{} · {price}", shorten(&name, BUTTON_MAX)),
            None => say.with("button-buy", &[("price", (&price).into())]),
        };
        Button::new(label, buy(&product.item(variant))).style(Style::Success).emoji("🛒")
    };
    product.shown().filter(|variant| variant.is_sold()).take(most).map(button).collect()
}

/// A product as staff see it, with everything that is set.
pub fn for_staff(say: &Speech<'_>, product: &Product) -> Card {
    let unset = || say.t("setup-unset");
    let or_unset = |text: Option<String>| text.unwrap_or_else(unset);
    let mut card = Card::titled(format!("{} {}", phrases::kind_emoji(product.kind), plain(&product.name)));
    card.body = unmasked(&product.description);
    let state = match (product.archived, product.is_out_of_stock()) {
        (true, _) => "shop-state-off",
        (false, _) if product.role_stuck == Some(RoleState::Gone) && product.plan.is_some() => {
            "shop-state-plan-role-gone"
        }
        (false, _) if product.role_stuck == Some(RoleState::Gone) => "shop-state-role-gone",
        (false, _) if product.role_stuck.is_some() => "shop-state-role-stuck",
        (false, false) => "shop-state-on",
        (false, true) if product.kind == ProductKind::Key => "shop-state-no-keys",
        (false, true) => "shop-state-no-stock",
    };
    card = card
        .field(say.t("shop-field-code"), format!("`{}`", product.code), true)
        .field(say.t("shop-field-state"), say.t(state), true)
        .field(say.t("shop-field-gives"), gives(say, product), true)
        .field(say.t("shop-field-category"), product.category.clone(), true);
    if let Some(role) = product.visible_role {
        card = card.field(say.t("shop-field-visible"), format!("<@&{role}>"), true);
    }
    if let Some(limit) = product.member_limit {
        card = card.field(say.t("shop-field-limit"), limit.to_string(), true);
    }
    let line = |variant: &Variant| {
        let price = or_unset(variant.price.map(|price| phrases::price(say, Some(price))));
        let stock = phrases::stock(say, variant);
        let off = if variant.archived { format!(" · {}", say.t("shop-state-off")) } else { String::new() };
        format!("`{}` {} · {price} · {stock}{off}", variant.code, plain(&variant.name))
    };
    let lines: Vec<String> = product.variants.iter().map(line).collect();
    card = card.field(say.t("shop-field-variants"), lines.join("\n"), false);
    card.tone = if state == "shop-state-on" { Tone::Good } else { Tone::Warning };
    card
}

/// What is still to do before a draft is sold.
pub fn lack(say: &Speech<'_>, product: &Product, lack: Lack) -> String {
    say.with(
        match lack {
            Lack::Role => "shop-lacks-role",
            Lack::Plan => "shop-lacks-plan",
            Lack::File => "shop-lacks-file",
            Lack::Text => "shop-lacks-text",
        },
        &[("code", product.code.as_str().into())],
    )
}
