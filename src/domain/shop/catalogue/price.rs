//! Rules of prices: what may cost nothing, and the lowest price of the last 30 days.

use super::Code;
use crate::domain::promotions;
use crate::domain::shop::ProductKind;
use crate::kernel::error::Problem;
use crate::kernel::money::{Currency, Money, NotMoney};
use crate::kernel::{Error, Result};
use jiff::{SignedDuration, Timestamp};

/// The plan that everybody has.
pub const FREE_PLAN: &str = "free";
/// How far back the lowest price is looked for (Directive 98/6/EC, article 6a: "not shorter than 30 days").
pub const LOOK_BACK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Whether a plan may have this price: the free plan costs nothing, and no other does.
///
/// # Errors
/// [`Error::Conflict`] with what to do instead.
pub fn check_plan(plan: &Code, price: Money) -> Result<()> {
    match (plan.as_str() == FREE_PLAN, price.is_zero()) {
        (true, true) | (false, false) => Ok(()),
        (true, false) => Err(Error::Conflict("error-shop-free-plan-price")),
        (false, true) => Err(Error::Conflict("error-shop-plan-price-zero")),
    }
}

/// Whether a product may have this price: what costs nothing is given away, and days of a plan are not.
///
/// # Errors
/// [`Error::Conflict`] with what to do instead.
pub fn check_product(kind: ProductKind, price: Money) -> Result<()> {
    match kind {
        ProductKind::PlanDays if price.is_zero() => Err(Error::Conflict("error-shop-plan-days-price-zero")),
        ProductKind::PlanDays | ProductKind::Role | ProductKind::Key | ProductKind::File | ProductKind::Text => Ok(()),
    }
}

/// A price that was asked from `since` to before `until`; without an end, it still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// How much.
    pub amount: Money,
    /// From when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Asked {
    /// Whether it was asked at any moment of the [`LOOK_BACK`] before a time, that time itself left out.
    fn counts_before(&self, time: Timestamp) -> bool {
        let from = time.checked_sub(LOOK_BACK).unwrap_or(Timestamp::MIN);
        // A price that was replaced in the moment in which it came was asked of nobody.
        let lasted = self.until.is_none_or(|until| until > self.since);
        lasted && self.since < time && self.until.is_none_or(|until| until > from)
    }
}

/// The lowest price asked in the 30 days before a reduction that begins at `time`; `None` when none was asked.
pub fn lowest_before(history: &[Asked], time: Timestamp) -> Option<Money> {
    history.iter().filter(|asked| asked.counts_before(time)).map(|asked| asked.amount).min_by_key(|money| money.minor())
}

/// A price as it was typed; what it says depends on the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceText {
    option: &'static str,
    text: String,
}

impl PriceText {
    /// What was typed for an option.
    pub const fn new(option: &'static str, text: String) -> Self {
        Self { option, text }
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.text
    }

    /// The amount, in the shop's currency.
    ///
    /// # Errors
    /// [`Error::Argument`] for the option where it is no amount, one in another currency, or less than the provider takes.
    pub fn read(&self, currency: Currency) -> Result<Money> {
        let read = Money::parse(&self.text, currency);
        let ours =
            read.and_then(|money| if money.currency() == currency { Ok(money) } else { Err(NotMoney::TwoCurrencies) });
        let price = ours.map_err(|why| Error::Argument { option: self.option, problem: Problem::NotAPrice(why) })?;
        match Money::new(promotions::least(currency), currency) {
            Ok(least) if !price.is_zero() && price.minor() < least.minor() => {
                Err(Error::Argument { option: self.option, problem: Problem::TooCheap { least } })
            }
            _ => Ok(price),
        }
    }
}

/// A price as the audit keeps it: whole minor units and the currency.
pub(super) fn show(price: &Option<Money>) -> Option<String> {
    price.map(|price| format!("{} {}", price.minor(), price.currency().code()))
}
