//! What somebody wants to buy, from his first word until he agrees.
//!
//! It is kept with the offer that he was shown and taken up by the request of that offer: whoever agrees twice has one order,
//! and agrees to the price that he saw.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::items::{self, Named};
use crate::domain::promotions::PromoCode;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::orders::Item;
use crate::domain::shop::orders::place::{Buyer, NewOrder};
use crate::domain::shop::orders::shelf::OnSale;
use crate::kernel::{Money, Result, UserId};

/// The version of the consent text that buyers agree to now; its words are `consent-VERSION`.
pub(super) const CONSENT: &str = "1";
/// The one of who begins a trial, with which nothing is paid.
pub(super) const TRIAL_CONSENT: &str = "1-trial";

/// Tells of an offer that its price was reduced.
pub(super) const REDUCED: &str = "reduced";

/// What somebody wants to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// What.
    pub item: Item,
    /// How many.
    pub quantity: u32,
    /// For whom, where it is a gift.
    pub recipient: Option<UserId>,
    /// Whether it begins with the plan's trial.
    pub trial: bool,
    /// The code of a promotion that was typed.
    pub code: Option<PromoCode>,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// This.
    Wish(Wish),
    /// One of the variants of a product, which have these names.
    OneOf(Code, Vec<String>),
    /// One of several things that bear one name.
    Which(Vec<OnSale>),
}

impl Wish {
    /// Reads it from a command's options.
    pub(super) async fn asked(cx: &mut Cx<'_>, args: &Args, recipient: Option<UserId>) -> Result<Asked> {
        cx.app.open_shop(cx.guild.id).await?;
        let item = match items::named(cx, args.line("item")?.as_str()).await? {
            Named::Item(item) => item,
            Named::OneOf(product, names) => return Ok(Asked::OneOf(product, names)),
            Named::Which(all) => return Ok(Asked::Which(all)),
        };
        Ok(Asked::Wish(Self {
            item,
            quantity: args.int("quantity").and_then(|many| u32::try_from(many).ok()).unwrap_or(1),
            recipient,
            trial: args.choice("trial").is_some(),
            code: args.promo_code("code").cloned(),
        }))
    }

    /// The version of the consent text that belongs to it.
    pub(super) const fn consent(&self) -> &'static str {
        if self.trial { TRIAL_CONSENT } else { CONSENT }
    }

    /// As it is kept with an offer of this price, which may be reduced.
    pub(super) fn carried(&self, total: Money, reduced: bool) -> Vec<(String, String)> {
        let mut all = vec![("item", self.item.name()), ("quantity", self.quantity.to_string())];
        all.extend(self.recipient.map(|user| ("recipient", user.to_string())));
        all.extend(self.trial.then(|| ("trial", "yes".to_owned())));
        all.extend(self.code.as_ref().map(|code| ("code", code.to_string())));
        all.push(("total", exact(total)));
        all.extend(reduced.then(|| (REDUCED, "yes".to_owned())));
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Reads it back, with the price that was shown.
    pub(super) fn read(carried: &[(String, String)]) -> Option<(Self, &str)> {
        let find = |name: &str| carried.iter().find(|(had, _)| had == name).map(|(_, value)| value.as_str());
        let wish = Self {
            item: Item::from_name(find("item")?)?,
            quantity: find("quantity")?.parse().ok()?,
            recipient: find("recipient").map(str::parse).transpose().ok()?,
            trial: find("trial").is_some(),
            code: find("code").map(PromoCode::parse).transpose().ok()?,
        };
        Some((wish, find("total")?))
    }

    /// The order that it makes, under the request of the offer.
    pub(super) fn order(&self, cx: &Cx<'_>, request: &str, consent: Option<&'static str>) -> NewOrder {
        NewOrder {
            guild: cx.guild.id,
            request: request.to_owned(),
            buyer: Buyer { user: cx.user, name: cx.name.to_owned(), roles: cx.roles.to_vec(), locale: cx.locale() },
            recipient: self.recipient,
            item: self.item.clone(),
            quantity: self.quantity,
            trial: self.trial,
            consent,
            // Kept in the order's row before the first try; a repeat finds the row and its key.
            checkout_key: format!("checkout-{:032x}", rand::random::<u128>()),
        }
    }
}

/// A price as an offer keeps it: the same number in another currency is another price.
pub(super) fn exact(price: Money) -> String {
    format!("{} {}", price.minor(), price.currency().code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    #[test]
    fn a_wish_reads_back_as_it_was_kept() {
        let wish = Wish {
            item: Item::from_name("plan/pro/month").unwrap(),
            quantity: 1,
            recipient: UserId::new(12),
            trial: true,
            code: PromoCode::parse("ete-20").ok(),
        };
        let price = Money::new(999, Currency::EUR).unwrap();
        assert_eq!(Wish::read(&wish.carried(price, true)), Some((wish.clone(), "999 eur")));
        assert_eq!(Wish::read(&[]), None);
    }
}
