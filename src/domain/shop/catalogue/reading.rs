//! What people look at: plans side by side, pages of products, one product, the lowest price of the last 30 days.
//!
//! A member sees what is on show for him; staff see everything, drafts and removed ones included. Nothing changes.

use super::hints;
use super::pages::{self, Narrow, PlanRow, ProductRow};
use super::price::LOOK_BACK;
use super::{Code, Item, Plan, Product, UNSEEN};
use crate::db::Tx;
use crate::domain::promotions::{Offers, read_offers};
use crate::domain::shop::SubscriptionState;
use crate::kernel::error::Context;
use crate::kernel::money::{Currency, Money};
use crate::kernel::{GuildId, Result, RoleId, UserId};
use jiff::Timestamp;

pub use super::pages::CategoryRow as Shelf;

/// Products on a page of the shop.
pub const PRODUCTS_PER_PAGE: i64 = 5;
/// Most suggestions while typing (Discord's limit).
pub const SUGGESTIONS: i64 = 25;

/// The plans that a person is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    /// The shop's currency.
    pub currency: Currency,
    /// The plans, the lowest first; the removed ones are left out unless he holds one.
    pub plans: Vec<Plan>,
    /// The highest that he holds, by its code.
    pub current: Option<Code>,
    /// Whether he had a trial, of whatever plan.
    pub tried: bool,
    /// How he comes to another plan.
    pub way: Way,
    /// The reductions that everybody gets on plans.
    pub offers: Offers,
}

/// How a person comes to another plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// He buys it.
    Buy,
    /// His subscription changes to it.
    Change,
    /// Not before his subscription is paid.
    Owes,
    /// Not before the money of his other order has come, or has not.
    Awaits,
}

impl Way {
    fn of(subscription: Option<SubscriptionState>, awaiting: bool) -> Self {
        match subscription {
            Some(SubscriptionState::Trialing | SubscriptionState::Active) => Self::Change,
            Some(SubscriptionState::PastDue | SubscriptionState::Unpaid | SubscriptionState::Paused) => Self::Owes,
            Some(
                SubscriptionState::Incomplete | SubscriptionState::IncompleteExpired | SubscriptionState::Canceled,
            )
            | None => {
                if awaiting {
                    Self::Awaits
                } else {
                    Self::Buy
                }
            }
        }
    }
}

impl Plans {
    /// The plan that he holds; without any, the free one.
    pub fn held(&self) -> Option<&Plan> {
        match &self.current {
            Some(code) => self.plans.iter().find(|plan| plan.code == *code),
            None => self.plans.iter().find(|plan| plan.is_free()),
        }
    }
}

/// Reads the plans on show: a hidden or removed one only for who holds it, and hidden ones for staff.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] before the shop was loaded.
pub async fn plans(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) -> Result<Plans> {
    let staff = tx.actor().is_staff();
    let row = pages::plans(tx, guild, user, now).await?.ok_or(UNSEEN)?;
    let currency = pages::currency(&row.currency)?;
    let rows: Vec<PlanRow> = serde_json::from_value(row.plans).internal("reading plans")?;
    let mut plans = rows.into_iter().map(|row| row.read(currency)).collect::<Result<Vec<_>>>()?;
    let offers = read_offers(row.offers)?;
    let current = row.current.as_deref().map(pages::code).transpose()?;
    plans.retain(|plan| current.as_ref() == Some(&plan.code) || (!plan.archived && (staff || !plan.hidden)));
    let subscription = row.subscription.as_deref().and_then(SubscriptionState::from_word);
    let way = Way::of(subscription, row.awaiting);
    Ok(Plans { currency, plans, current, tried: row.tried, way, offers })
}

/// The highest plan that a person holds now, by its code; `None`: the free one.
///
/// # Errors
/// As [`Tx::load`].
pub async fn current_plan(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) -> Result<Option<Code>> {
    let row = pages::current(tx, guild, user, now).await?;
    row.map(|row| pages::code(&row.code)).transpose()
}

/// Who looks at products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes<'a> {
    /// A person with these roles: what is on show for him.
    Buyer(&'a [RoleId]),
    /// Staff: everything.
    Staff,
}

impl Eyes<'_> {
    pub(super) fn roles(self) -> Option<Vec<i64>> {
        match self {
            Self::Buyer(roles) => Some(roles.iter().map(|role| role.as_i64()).collect()),
            Self::Staff => None,
        }
    }
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The shop's currency.
    pub currency: Currency,
    /// The products of this page, by category and name.
    pub products: Vec<Product>,
    /// The categories of everything that may be seen.
    pub categories: Vec<Shelf>,
    /// The reductions that everybody gets on these products.
    pub offers: Offers,
    /// How many products fit in all.
    pub total: i64,
    /// The page, from 1.
    pub page: i64,
}

impl Page {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> i64 {
        self.total.max(1).saturating_add(PRODUCTS_PER_PAGE - 1) / PRODUCTS_PER_PAGE
    }
}

/// Which of the products: of one category by its name or key where one is given, page by page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// The category.
    pub category: Option<&'a str>,
    /// The page, from 1.
    pub page: i64,
}

/// Reads a page of products, with the reductions of a time.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] before the shop was loaded; [`crate::kernel::Error::NotAllowed`] for a member with the
/// eyes of staff.
pub async fn products(tx: &mut Tx, guild: GuildId, eyes: Eyes<'_>, part: Part<'_>, now: Timestamp) -> Result<Page> {
    let page = part.page.clamp(1, 1_000_000);
    let (limit, offset) = (PRODUCTS_PER_PAGE, (page - 1) * PRODUCTS_PER_PAGE);
    let category = part.category.map(str::to_owned);
    read(tx, guild, eyes, Narrow { category, ..Narrow::all((limit, offset), now) }, page).await
}

/// Reads one product, with the reductions of a time.
///
/// # Errors
/// As [`products`]; [`crate::kernel::Error::NotFound`] for one that he doesn't see.
pub async fn product(
    tx: &mut Tx,
    guild: GuildId,
    eyes: Eyes<'_>,
    code: &Code,
    now: Timestamp,
) -> Result<(Product, Offers)> {
    let narrow = Narrow { code: Some(code.to_string()), ..Narrow::all((1, 0), now) };
    let page = read(tx, guild, eyes, narrow, 1).await?;
    let product = page.products.into_iter().next().ok_or(UNSEEN)?;
    Ok((product, page.offers))
}

pub(super) async fn read(tx: &mut Tx, guild: GuildId, eyes: Eyes<'_>, narrow: Narrow, page: i64) -> Result<Page> {
    if eyes == Eyes::Staff && !tx.actor().is_staff() {
        return Err(crate::kernel::Error::NotAllowed("product_list"));
    }
    let row = pages::products(tx, guild, Narrow { roles: eyes.roles(), ..narrow }).await?.ok_or(UNSEEN)?;
    let currency = pages::currency(&row.currency)?;
    let rows: Vec<ProductRow> = serde_json::from_value(row.products).internal("reading products")?;
    let products = rows.into_iter().map(|row| row.read(currency)).collect::<Result<_>>()?;
    let categories = serde_json::from_value(row.categories).internal("reading categories")?;
    Ok(Page { currency, products, categories, offers: read_offers(row.offers)?, total: row.total, page })
}

/// The lowest price asked for an item in the 30 days before a reduction that begins at `time`; it must stand beside a price
/// that is struck through (Directive 98/6/EC, article 6a).
///
/// # Errors
/// As [`Tx::load`].
pub async fn lowest_before(
    tx: &mut Tx,
    guild: GuildId,
    item: &Item,
    currency: Currency,
    time: Timestamp,
) -> Result<Option<Money>> {
    let from = time.checked_sub(LOOK_BACK).unwrap_or(Timestamp::MIN);
    let row = pages::lowest(tx, guild, (item.to_string(), currency), (from, time)).await?;
    let minor = row.and_then(|row| row.amount_minor);
    minor.map(|minor| Money::new(minor, currency)).transpose().internal("reading the lowest price")
}

/// What of the catalogue is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among<'a> {
    /// Plans.
    Plans,
    /// Products.
    Products(Eyes<'a>),
    /// Variants.
    Variants,
}

/// Codes with names that fit what is being typed.
///
/// # Errors
/// As [`Tx::load`].
pub async fn suggest(tx: &mut Tx, guild: GuildId, among: Among<'_>, typed: &str) -> Result<Vec<(Code, String)>> {
    let typed: String = typed.trim().to_lowercase().chars().take(80).filter(|c| *c != '\0').collect();
    let rows = match among {
        Among::Plans => hints::plans(tx, guild, &typed, SUGGESTIONS).await?,
        Among::Products(eyes) => hints::products(tx, guild, eyes.roles(), &typed, SUGGESTIONS).await?,
        Among::Variants => hints::variants(tx, guild, &typed, SUGGESTIONS).await?,
    };
    rows.into_iter().map(|row| Ok((pages::code(&row.code)?, row.name))).collect()
}
