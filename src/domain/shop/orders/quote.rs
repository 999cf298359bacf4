//! What an order would cost a buyer: the offer, how many, and what a promotion takes off. It places nothing.
//!
//! Acts as the *payments* duty. Who places the order in the same transaction hands [`Quote::reduction`] to
//! [`super::place::place`], which takes the use of the promotion under its lock, or refuses: what was quoted holds nothing yet.

use super::offer::{Offer, offer};
use super::place::{NewOrder, Reduction};
use crate::db::Tx;
use crate::domain::promotions::{self, Ask, PromoCode};
use crate::kernel::{Error, Money, Result};
use jiff::Timestamp;

/// What an order would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What is offered.
    pub offer: Offer,
    /// The price of all units without reductions.
    pub list: Money,
    /// What comes off, for [`super::place::place`].
    pub reduction: Option<Reduction>,
    /// What was asked before, all units together, where that is less than `list`: a reduction is announced from it.
    pub before: Option<Money>,
    /// What is to be paid, never less than the provider takes; of a subscription, for its first period.
    pub total: Money,
}

/// Works out what an order would cost its buyer: of the promotions that run by themselves and the code that he typed, or else
/// had remembered, the one that takes off most. They never add up.
///
/// # Errors
/// As [`offer`]; [`Error::Conflict`] when it is too much to pay, when the typed code doesn't count, with the reason
/// ([`promotions::Refusal`]), or when it comes with a trial.
pub async fn quote(tx: &mut Tx, new: &NewOrder, code: Option<&PromoCode>, now: Timestamp) -> Result<Quote> {
    let too_much = |_| Error::Conflict("error-shop-too-much");
    let offer = offer(tx, new, now).await?;
    let list = offer.unit.times(new.quantity).map_err(too_much)?;
    let item = new.item.name();
    let ask = Ask { guild: new.guild, member: new.buyer.user, item: &item, list };
    let reduction = match (new.trial, code) {
        // A reduction is for the first invoice, which a trial's nothing would use up.
        (true, Some(_)) => return Err(Error::Conflict("error-promo-trial")),
        (true, None) => None,
        (false, code) => promotions::best(tx, &ask, code, now).await?,
    };
    let total = match &reduction {
        Some(reduction) => list.minus(reduction.amount).map_err(too_much)?,
        None => list,
    };
    let before = before(reduction.as_ref(), list, new.quantity);
    Ok(Quote { offer, list, reduction, before, total })
}

impl Quote {
    /// The reduction to announce: what comes off the price that was asked before, where there is any.
    pub fn announced(&self) -> Option<(Money, Money)> {
        announced((self.list, self.before), self.total)
    }
}

/// What was asked for all units before a reduction, where that is less than the price list asks now.
pub(super) fn before(reduction: Option<&Reduction>, list: Money, quantity: u32) -> Option<Money> {
    let before = reduction?.lowest?.times(quantity).ok()?;
    (before.currency() == list.currency() && before.minor() < list.minor()).then_some(before)
}

/// The price from which a reduction is announced, and what it takes off that: no more than people really paid less for it in the
/// 30 days before (Directive 98/6/EC, article 6a). A price that was raised while a promotion runs may make it no reduction.
pub(super) fn announced((list, before): (Money, Option<Money>), total: Money) -> Option<(Money, Money)> {
    let from = before.unwrap_or(list);
    let off = from.minus(total).ok()?;
    (off.minor() > 0).then_some((from, off))
}
