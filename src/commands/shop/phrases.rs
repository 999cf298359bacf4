//! Small phrases about the shop: prices, what is left, kinds.

use crate::domain::shop::ProductKind;
use crate::domain::shop::catalogue::{Product, Variant};
use crate::kernel::money::Money;
use crate::kernel::words::Speech;

/// From how many on it isn't said how many are left.
const PLENTY: i64 = 10;

/// The emoji of a kind of product.
pub const fn kind_emoji(kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::Role => "🎭",
        ProductKind::Key => "🔑",
        ProductKind::File => "📦",
        ProductKind::Text => "📄",
        ProductKind::PlanDays => "⏳",
    }
}

/// Emoji and word of a kind of product.
pub fn kind(say: &Speech<'_>, kind: ProductKind) -> String {
    format!("{} {}", kind_emoji(kind), say.t(&format!("choice-{}", kind.as_str())))
}

/// A price; what costs nothing is free.
pub fn price(say: &Speech<'_>, price: Option<Money>) -> String {
    match price {
        None => say.t("shop-no-price"),
        Some(price) if price.is_zero() => say.t("shop-free"),
        Some(price) => price.show(say.locale),
    }
}

/// What a product costs: its price, or the lowest of its variants.
pub fn price_of(say: &Speech<'_>, product: &Product) -> String {
    let mut prices: Vec<Money> = product.shown().filter_map(|variant| variant.price).collect();
    prices.sort_by_key(|price| price.minor());
    match (prices.first(), prices.last()) {
        (Some(low), Some(high)) if low != high => {
            let low = price(say, Some(*low));
            say.with("shop-from", &[("price", (&low).into())])
        }
        (low, _) => price(say, low.copied()),
    }
}

/// How much of a variant is left, as far as a buyer must know; may be empty.
pub fn left(say: &Speech<'_>, variant: &Variant) -> String {
    match variant.left {
        Some(0) => say.t("shop-out-of-stock"),
        Some(left) if left < PLENTY => say.with("shop-left", &[("count", left.into())]),
        Some(_) | None => String::new(),
    }
}

/// How much of a variant is left, for staff.
pub fn stock(say: &Speech<'_>, variant: &Variant) -> String {
    match variant.left {
        Some(left) => left.to_string(),
        None => say.t("shop-unlimited"),
    }
}

/// Days in words; for good where there are none.
pub fn days(say: &Speech<'_>, days: Option<i32>) -> String {
    match days {
        Some(days) => say.with("shop-days", &[("count", i64::from(days).into())]),
        None => say.t("shop-for-good"),
    }
}

/// What a variant is called beside its product; nothing for the only one.
pub fn variant_name(product: &Product, variant: &Variant) -> Option<String> {
    (product.shown().count() > 1).then(|| variant.name.clone())
}
