//! What a guild sells: plans, products with their variants and prices, keys in stock, what is handed over.
//!
//! `code`, `texts` and `keys` are what people type, checked; `price` holds the rules of prices, `defaults` the catalogue that a
//! new shop starts with. `plans`, `products`, `stock` and `shop` are what operators change, `reading` what people look at;
//! `names` finds what
//! somebody means by a name; `desk` is what operators list; `store`, `pages` and `hints` hold the queries. Who bought what isn't known here, except that a buyer's plan decides what he is shown.

mod code;
pub mod defaults;
pub mod desk;
mod hints;
mod keys;
pub mod labels;
pub mod names;
mod pages;
pub mod plans;
pub mod price;
pub mod products;
pub mod reading;
pub mod shop;
pub mod stock;
mod store;
mod texts;

pub use code::{Code, Item, NotAnItem};
pub use defaults::Defaults;
pub use keys::{AT_ONCE, Key, Pasted, in_one_line, paste};
pub use price::PriceText;
pub use texts::{About, Benefits, Category, Content, Name};

use super::roles::RoleState;
use super::{Period, ProductKind, Support};
use crate::db::Tx;
use crate::kernel::money::Money;
use crate::kernel::{Error, GuildId, Rank, Result, RoleId};
use jiff::Timestamp;

/// Most plans of a guild.
pub const PLANS_MAX: i64 = 25;
/// Most products of a guild.
pub const PRODUCTS_MAX: i64 = 1000;
/// Most variants of a product.
pub const VARIANTS_MAX: i64 = 25;
/// Longest trial, in days.
pub const TRIAL_MAX: i64 = 90;
/// Most days that a role or a plan is sold for.
pub const DAYS_MAX: i64 = 3660;
/// Most units in stock.
pub const STOCK_MAX: i64 = 1_000_000;

/// A plan or product that doesn't exist and one that the actor may not see are the same.
const UNSEEN: Error = Error::NotFound("catalogue");

/// Where and when an operator changes the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The guild.
    pub guild: GuildId,
    /// The time.
    pub now: Timestamp,
}

/// A plan with its prices in the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// What it brings; may be empty.
    pub benefits: String,
    /// Which of two plans is more.
    pub level: i32,
    /// The support it brings.
    pub support: Support,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// What stands in the way of giving that role: it is not available as long as anything does.
    pub role_stuck: Option<RoleState>,
    /// Days of its trial; 0: none.
    pub trial_days: i32,
    /// Not on show.
    pub hidden: bool,
    /// Not sold any more.
    pub archived: bool,
    /// What a month costs, if it is sold by the month.
    pub month: Option<Money>,
    /// What a year costs, if it is sold by the year.
    pub year: Option<Money>,
}

impl Plan {
    /// Whether it is the plan that everybody has.
    pub fn is_free(&self) -> bool {
        self.code.as_str() == price::FREE_PLAN
    }

    /// The price of a period, if it is sold by it.
    pub const fn price(&self, period: Period) -> Option<Money> {
        match period {
            Period::Month => self.month,
            Period::Year => self.year,
        }
    }

    /// What is bought of it.
    pub fn item(&self, period: Period) -> Item {
        Item::Plan { plan: self.code.clone(), period }
    }
}

/// A product with its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// What it is; may be empty.
    pub description: String,
    /// Its category; may be empty.
    pub category: String,
    /// What it hands over.
    pub kind: ProductKind,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// What stands in the way of giving that role, or its plan's: it is not sold as long as anything does.
    pub role_stuck: Option<RoleState>,
    /// Days that its role or plan is held; `None`: for good.
    pub days: Option<i32>,
    /// The plan whose days it gives.
    pub plan: Option<Code>,
    /// What that plan is called.
    pub plan_name: Option<String>,
    /// Who sees it: everybody, or who holds this role.
    pub visible_role: Option<RoleId>,
    /// How many one member may buy.
    pub member_limit: Option<i32>,
    /// Not sold: a draft, or not any more.
    pub archived: bool,
    /// Whether there is a content to hand over; known to operators only.
    pub has_content: bool,
    /// Its variants, in their order.
    pub variants: Vec<Variant>,
}

/// A variant of a product with its price in the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// What one costs; `None` where it has no price in the shop's currency, so that it isn't sold.
    pub price: Option<Money>,
    /// Units or keys left; `None`: no limit.
    pub left: Option<i64>,
    /// Not sold any more.
    pub archived: bool,
}

impl Variant {
    /// Whether none is left.
    pub const fn is_out_of_stock(&self) -> bool {
        matches!(self.left, Some(0))
    }

    /// Whether it can be bought now.
    pub const fn is_sold(&self) -> bool {
        self.price.is_some() && !self.archived && !self.is_out_of_stock()
    }
}

impl Product {
    /// Whether a person with these roles may see it.
    pub fn is_shown_to(&self, roles: &[RoleId]) -> bool {
        !self.archived && self.visible_role.is_none_or(|role| roles.contains(&role))
    }

    /// What is bought of it.
    pub fn item(&self, variant: &Variant) -> Item {
        Item::Product { product: self.code.clone(), variant: variant.code.clone() }
    }

    /// The variants that are on show.
    pub fn shown(&self) -> impl Iterator<Item = &Variant> {
        self.variants.iter().filter(|variant| !variant.archived && variant.price.is_some())
    }

    /// Whether nothing is left of anything that is on show of it.
    pub fn is_out_of_stock(&self) -> bool {
        self.shown().next().is_some() && self.shown().all(Variant::is_out_of_stock)
    }

    /// What is still missing before it can be sold.
    pub const fn lacks(&self) -> Option<Lack> {
        match self.kind {
            ProductKind::Role if self.role.is_none() => Some(Lack::Role),
            ProductKind::PlanDays if self.plan.is_none() || self.days.is_none() => Some(Lack::Plan),
            ProductKind::File if !self.has_content => Some(Lack::File),
            ProductKind::Text if !self.has_content => Some(Lack::Text),
            ProductKind::Role | ProductKind::PlanDays | ProductKind::File | ProductKind::Text | ProductKind::Key => {
                None
            }
        }
    }
}

/// What a draft lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The role that it gives.
    Role,
    /// The plan whose days it gives, and how many.
    Plan,
    /// The file that it hands over.
    File,
    /// The text that it hands over.
    Text,
}

/// The same test as the commands' and the policies': a rule that stands at every floor.
fn operator_only(tx: &Tx, what: &'static str) -> Result<()> {
    if tx.actor().rank() == Some(Rank::Operator) { Ok(()) } else { Err(Error::NotAllowed(what)) }
}
