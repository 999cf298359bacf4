//! Small phrases about the shop: prices, what is left, kinds.

use crate::domain::promotions::{Announced, Offers};
use crate::domain::shop::ProductKind;
use crate::domain::shop::catalogue::{Item, Product, Variant};
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

/// What is asked for an item, and the reduction to announce beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub now: Option<Money>,
    /// The reduction.
    pub offer: Option<Announced>,
}

impl Asked {
    /// What is asked for an item of the price list.
    pub fn of(item: &Item, list: Option<Money>, offers: &Offers) -> Self {
        let offer = offers.get(&item.to_string()).copied();
        let now = offer.map(|offer| offer.now).or(list);
        // A price that was raised while the promotion runs may be no reduction any more: then it is not announced as one.
        Self { now, offer: offer.filter(|offer| offer.before.minor() > offer.now.minor()) }
    }

    /// The price; a reduced one beside the earlier one, struck through. What is struck through is the lowest of the 30 days
    /// before, as an announced reduction is from that price (Directive 98/6/EC, article 6a).
    pub fn show(self, say: &Speech<'_>) -> String {
        match self.offer {
            Some(offer) => format!("~~{}~~ {}", offer.before.show(say.locale), price(say, self.now)),
            None => price(say, self.now),
        }
    }

    /// What must be said beside a reduced price: the lowest before, and until when; nothing where there is no reduction.
    pub fn terms(self, say: &Speech<'_>) -> Option<String> {
        let offer = self.offer?;
        let (lowest, until) = (offer.before.show(say.locale), format!("<t:{}:f>", offer.ends_at.as_second()));
        Some(say.with("shop-offer-terms", &[("lowest", (&lowest).into()), ("until", (&until).into())]))
    }
}

/// What a product costs, its price or the lowest of its variants; and what must be said beside it.
pub fn price_of(say: &Speech<'_>, product: &Product, offers: &Offers) -> (String, Option<String>) {
    let asked = |variant: &Variant| Asked::of(&product.item(variant), variant.price, offers);
    let mut prices: Vec<(Money, Asked)> =
        product.shown().map(asked).filter_map(|asked| Some((asked.now?, asked))).collect();
    prices.sort_by_key(|(now, _)| now.minor());
    let (Some((low, asked)), Some((high, _))) = (prices.first(), prices.last()) else {
        return (price(say, None), None);
    };
    let shown = asked.show(say);
    let shown = if low == high { shown } else { say.with("shop-from", &[("price", (&shown).into())]) };
    (shown, asked.terms(say))
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
