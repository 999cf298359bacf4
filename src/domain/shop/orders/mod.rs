//! Orders: what one is, and the parts that place, settle and show it.
//!
//! `offer` is what may be bought, `quote` what it costs him, `place` makes an order and holds what it needs, `prize` makes one
//! of what somebody won; `settle` makes orders agree with what the provider says and `handover` hands them over; `refunds` gives
//! money back, `paid` reads what became of payments; `reading` is what people look at, `gifts` what somebody else bought for
//! them, `shelf` what is on sale, `desk` what staff list, `left` reminds of a checkout, `evidence` what stands of an
//! order for a bank. An order has one line: this is a
//! community's shop, where each thing is bought by a button.

pub mod course;
pub mod desk;
pub mod evidence;
pub mod gifts;
pub mod given;
mod handover;
mod hold;
pub mod later;
pub mod left;
pub mod offer;
pub mod paid;
pub mod place;
pub mod prize;
pub mod quote;
pub mod reading;
pub mod refunds;
pub mod settle;
pub mod shelf;
mod store;
pub(super) mod unwound;
pub mod vain;

use super::{Mode, OrderState, Period, Trouble};
use crate::domain::payments::DisputeState;
use crate::kernel::{GuildId, Locale, Money, UserId};
use jiff::Timestamp;

/// What an order is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A plan for a period.
    Plan {
        /// Its code.
        code: String,
        /// The period.
        period: Period,
    },
    /// A product in one of its variants.
    Product {
        /// Its code.
        code: String,
        /// The variant's code.
        variant: String,
    },
}

impl Item {
    /// Its name in the catalogue: `plan/pro/month`, `product/ebook/standard`.
    pub fn name(&self) -> String {
        match self {
            Self::Plan { code, period } => format!("plan/{code}/{}", period.as_str()),
            Self::Product { code, variant } => format!("product/{code}/{variant}"),
        }
    }

    /// Reads a name of the catalogue.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut parts = name.split('/');
        let (kind, code, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let is_code = |text: &str| {
            (1..=32).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        };
        if parts.next().is_some() || !is_code(code) || !is_code(rest) {
            return None;
        }
        match kind {
            "plan" => Some(Self::Plan { code: code.to_owned(), period: Period::from_word(rest)? }),
            "product" => Some(Self::Product { code: code.to_owned(), variant: rest.to_owned() }),
            _ => None,
        }
    }

    /// What the provider's product is named after: a plan is one product for both periods.
    pub fn provider_item(&self) -> String {
        match self {
            Self::Plan { code, .. } => format!("plan/{code}"),
            Self::Product { code, variant } => format!("product/{code}/{variant}"),
        }
    }
}

/// An order as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The guild.
    pub guild: GuildId,
    /// Its number in that guild.
    pub number: i64,
    /// Who buys.
    pub buyer: UserId,
    /// Who gets it.
    pub recipient: UserId,
    /// The buyer's language.
    pub locale: Locale,
    /// What it is for.
    pub item: Item,
    /// How it is paid.
    pub mode: Mode,
    /// Days of trial before the first payment.
    pub trial_days: Option<u32>,
    /// How many.
    pub quantity: u32,
    /// What the buyer reads.
    pub title: String,
    /// The price without reductions.
    pub list: Money,
    /// What comes off.
    pub discount: Money,
    /// What was asked before, all units together, where that is less than `list`: a reduction is announced from it.
    pub before: Option<Money>,
    /// What is paid.
    pub total: Money,
    /// The promotion whose use it holds; a discount without one is the buyer's own credit.
    pub promotion: Option<i64>,
    /// Where it stands.
    pub state: OrderState,
    /// Why it was not handed over though paid.
    pub trouble: Option<Trouble>,
    /// Whether it holds stock, keys and the use of a promotion.
    pub reserved: bool,
    /// In which round of its variant's stock it was counted off; `None` where it wasn't.
    pub stock_round: Option<i32>,
    /// The idempotency key of opening its checkout.
    pub checkout_key: String,
    /// The provider's checkout.
    pub session: Option<String>,
    /// Where it can be paid.
    pub checkout_url: Option<String>,
    /// The provider's payment.
    pub payment: Option<String>,
    /// The provider's subscription.
    pub subscription: Option<String>,
    /// What arrived, taxes included, in minor units; of a subscription, its first invoice.
    pub paid_minor: i64,
    /// What of it went back, in minor units.
    pub refunded_minor: i64,
    /// Whether all of it went back, and then the bank returned it.
    pub refund_returned: bool,
    /// How the newest dispute stands.
    pub dispute: Option<DisputeState>,
    /// When its checkout can't be paid any more.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the money came.
    pub paid_at: Option<Timestamp>,
    /// When it was handed over.
    pub fulfilled_at: Option<Timestamp>,
}

impl Order {
    /// The name of the entitlement that it gives by itself.
    pub fn entitlement_key(&self) -> String {
        format!("order/{}", self.number)
    }

    /// What of the buyer's own credit comes off.
    pub fn credit(&self) -> Option<Money> {
        (self.promotion.is_none() && !self.discount.is_zero()).then_some(self.discount)
    }

    /// The reduction to announce: the price from which it is one, and how much it is.
    pub fn announced(&self) -> Option<(Money, Money)> {
        quote::announced((self.list, self.before), self.total)
    }

    /// Whether it is for another member.
    pub fn is_gift(&self) -> bool {
        self.buyer != self.recipient
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_reads_back_from_its_name() {
        for name in ["plan/pro/month", "plan/ultra-2/year", "product/ebook/standard"] {
            assert_eq!(Item::from_name(name).map(|item| item.name()).as_deref(), Some(name));
        }
        for name in
            ["", "plan/pro", "plan/pro/week", "plan/Pro/month", "product/a/b/c", "x/a/b", "plan//month", "product/é/b"]
        {
            assert_eq!(Item::from_name(name), None, "{name}");
        }
    }
}
