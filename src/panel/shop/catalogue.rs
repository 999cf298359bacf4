//! The catalogue at the panel: plans with how many hold them, products with variants, stock and counted keys. It shows; `changes` changes.

use super::asked::{limit, words, wrong};
use super::shape::Sum;
use crate::commands::shop::cards;
use crate::db::Tx;
use crate::domain::shop::catalogue::desk::{self, Keys, Sieve};
use crate::domain::shop::catalogue::{Plan, Product, Variant};
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::{Period, ProductKind};
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, Error, Locale, Result, RoleId, System};
use crate::panel::GuildNames;
use crate::panel::plain::unmarked;
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The plans of a guild: there are 25 at most.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelPlans)]
pub struct PlanRows {
    /// They, the lowest first.
    pub plans: Vec<PlanRow>,
    /// What may be done: `create`.
    pub may: Vec<&'static str>,
}

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelPlan)]
pub struct PlanRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Which of two plans is more.
    pub level: i32,
    /// The role that it gives.
    pub role: Option<RoleOf>,
    /// What it brings, a line each.
    pub benefits: Vec<String>,
    /// Days of its trial.
    pub trial_days: Option<i32>,
    /// Its prices.
    pub prices: Vec<PriceOf>,
    /// `on_sale`, `hidden` or `off_sale`.
    pub state: &'static str,
    /// How many hold it now.
    pub holders: i64,
    /// What may be done with it: `edit`, `remove`, `restore`.
    pub may: Vec<&'static str>,
}

/// A role that is sold.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRoleOf)]
pub struct RoleOf {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `ok`, `gone`, `too_low`, `no_permission` or `refused`.
    pub state: &'static str,
}

/// A price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelPrice)]
pub struct PriceOf {
    /// `month` or `year`.
    pub period: &'static str,
    /// The amount.
    pub price: Sum,
}

/// What stands behind the address of the products. An empty value means that it isn't asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct SieveAsked {
    /// Words.
    pub q: String,
    /// A kind.
    pub kind: String,
    /// A code.
    pub code: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// A page of products.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelProducts)]
pub struct ProductRows {
    /// They.
    pub products: Vec<ProductRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What may be done: `create`.
    pub may: Vec<&'static str>,
}

/// A product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelProduct)]
pub struct ProductRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it hands over: `role`, `key`, `file`, `text` or `plan_days`.
    pub kind: &'static str,
    /// Its category.
    pub category: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The lowest price of what is on show of it.
    pub price_from: Option<Sum>,
    /// Units left of all its variants; nothing: no limit, or keys, which are counted below.
    pub stock: Option<i64>,
    /// Its keys, counted.
    pub keys: Option<KeyCounts>,
    /// Its variants on sale.
    pub variants: Vec<VariantRow>,
    /// How many one member may buy.
    pub per_member: Option<i32>,
    /// Who alone sees it.
    pub visible_to: Vec<Person>,
    /// `on_sale`, `draft` or `off_sale`.
    pub state: &'static str,
    /// What a draft lacks, and how it gets it.
    pub lacks: Option<String>,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// Keys, counted.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelKeyCounts)]
pub struct KeyCounts {
    /// Those that can be sold.
    pub free: i64,
    /// Those that an order holds.
    pub reserved: i64,
    /// Those that were handed over.
    pub sold: i64,
}

/// A variant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelVariant)]
pub struct VariantRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What one costs.
    pub price: Option<Sum>,
    /// Units or keys left; nothing: no limit.
    pub stock: Option<i64>,
}

fn role(role: RoleId, stuck: Option<RoleState>, names: &GuildNames) -> RoleOf {
    let id = role.to_string();
    RoleOf { name: names.role(role).unwrap_or(&id).to_owned(), id, state: stuck.map_or("ok", RoleState::as_str) }
}

pub(super) fn plan(plan: &Plan, holders: i64, names: &GuildNames) -> PlanRow {
    let price = |period: Period| Some(PriceOf { period: period.as_str(), price: plan.price(period)?.into() });
    let (state, may) = match (plan.archived, plan.hidden) {
        (true, _) => ("off_sale", vec!["restore"]),
        (false, _) if plan.is_free() => ("on_sale", vec!["edit"]),
        (false, true) => ("hidden", vec!["edit", "remove"]),
        (false, false) => ("on_sale", vec!["edit", "remove"]),
    };
    PlanRow {
        code: plan.code.to_string(),
        name: plan.name.clone(),
        level: plan.level,
        role: plan.role.map(|one| role(one, plan.role_stuck, names)),
        benefits: plan.benefits.lines().map(str::to_owned).collect(),
        trial_days: Some(plan.trial_days).filter(|days| *days > 0),
        prices: Period::ALL.iter().copied().filter_map(price).collect(),
        state,
        holders,
        may,
    }
}

fn variant(one: &Variant) -> VariantRow {
    VariantRow { code: one.code.to_string(), name: one.name.clone(), price: one.price.map(Sum::from), stock: one.left }
}

fn product(say: &Speech<'_>, one: &Product, keys: &[Keys], names: &GuildNames) -> ProductRow {
    let is_key = one.kind == ProductKind::Key;
    let counts = || {
        let found = keys.iter().find(|keys| keys.product == one.code.as_str());
        found.map(|keys| KeyCounts { free: keys.free, reserved: keys.reserved, sold: keys.sold }).unwrap_or_default()
    };
    let sold = || one.variants.iter().filter(|variant| !variant.archived);
    let stock: Option<i64> = sold().map(|variant| variant.left).sum();
    let (state, deed) = match (one.archived, one.lacks()) {
        (true, Some(_)) => ("draft", None),
        (true, None) => ("off_sale", Some("restore")),
        (false, _) => ("on_sale", Some("remove")),
    };
    let text_of = (one.kind == ProductKind::Text).then_some("content");
    let own = if is_key { "keys" } else { "stock" };
    let viewer = |role: RoleId| {
        let id = role.to_string();
        Person { name: names.role(role).unwrap_or(&id).to_owned(), id }
    };
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ProductRow {
        code: one.code.to_string(),
        name: one.name.clone(),
        kind: one.kind.as_str(),
        category: text(&one.category),
        description: text(&one.description),
        price_from: sold().filter_map(|variant| variant.price).min_by_key(|price| price.minor()).map(Sum::from),
        stock: stock.filter(|_| !is_key),
        keys: is_key.then(counts),
        variants: sold().map(variant).collect(),
        per_member: one.member_limit,
        visible_to: one.visible_role.map(viewer).into_iter().collect(),
        state,
        lacks: one
            .lacks()
            .filter(|_| one.archived)
            .map(|lack| unmarked(&cards::lack(say, one, lack), "UTC", say.locale)),
        may: ["edit", "variants", own].into_iter().chain(text_of).chain(deed).collect(),
    }
}

impl Panel {
    /// The plans of a guild.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn plans(&self, staff: &Staff) -> Result<PlanRows> {
        let (guild, now) = (staff.guild.id, self.now());
        self.app.open_shop(guild).await?;
        let read = async |tx: &mut Tx| Ok((desk::plans(tx, guild, now).await?, desk::holders(tx, guild, now).await?));
        let (plans, holders) = self.reading(&staff.actor, read).await?;
        let names = self.names_in(guild).await;
        let held = |one: &Plan| holders.get(one.code.as_str()).copied().unwrap_or_default();
        let plans = plans.iter().map(|one| plan(one, held(one), &names)).collect();
        Ok(PlanRows { plans, may: vec!["create"] })
    }

    /// A page of products.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn products(&self, staff: &Staff, asked: &SieveAsked, locale: Locale) -> Result<ProductRows> {
        let (guild, now) = (staff.guild.id, self.now());
        let choices = || Problem::NotAChoice { choices: ProductKind::ALL.iter().map(|kind| kind.as_str()).collect() };
        let kind = match asked.kind.as_str() {
            "" => None,
            word => Some(ProductKind::from_word(word).ok_or_else(|| wrong("kind", choices()))?),
        };
        let code = Some(asked.code.clone()).filter(|code| !code.is_empty() && !code.contains('\0'));
        // Who names the one needs no words beside it.
        let words = if code.is_some() { None } else { words(&asked.q)? };
        let limit = i64::try_from(limit(&asked.limit)?).unwrap_or(i64::MAX);
        let offset: i64 = match asked.cursor.as_str() {
            "" => 0,
            text => {
                text.parse().ok().filter(|at| (0..=100_000).contains(at)).ok_or(wrong("cursor", Problem::Unknown))?
            }
        };
        self.app.open_shop(guild).await?;
        let sieve = Sieve { code, words, kind };
        let read = async |tx: &mut Tx| desk::products(tx, guild, sieve, (offset, limit), now).await;
        let page = self.reading(&staff.actor, read).await?;
        let keyed: Vec<String> =
            page.products.iter().filter(|one| one.kind == ProductKind::Key).map(|one| one.code.to_string()).collect();
        let keys = if keyed.is_empty() {
            Vec::new()
        } else {
            let counting = Actor::system_in(System::Payments, guild);
            self.reading(&counting, async |tx: &mut Tx| desk::keys(tx, guild, keyed).await).await?
        };
        let names = self.names_in(guild).await;
        let next = offset.saturating_add(limit);
        let say = self.app.words.speak(locale).on_a_page();
        Ok(ProductRows {
            products: page.products.iter().map(|one| product(&say, one, &keys, &names)).collect(),
            next: (next < page.total).then(|| next.to_string()),
            may: vec!["create"],
        })
    }

    /// A plan with how many hold it.
    pub(super) async fn one_plan(&self, staff: &Staff, code: &str) -> Result<(Plan, i64)> {
        let (guild, now) = (staff.guild.id, self.now());
        self.app.open_shop(guild).await?;
        let read = async |tx: &mut Tx| Ok((desk::plans(tx, guild, now).await?, desk::holders(tx, guild, now).await?));
        let (plans, holders) = self.reading(&staff.actor, read).await?;
        let plan = plans.into_iter().find(|one| one.code.as_str() == code).ok_or(Error::NotFound("plan"))?;
        let held = holders.get(code).copied().unwrap_or_default();
        Ok((plan, held))
    }

    /// A product.
    pub(super) async fn one_product(&self, staff: &Staff, code: &str) -> Result<Product> {
        let (guild, now) = (staff.guild.id, self.now());
        self.app.open_shop(guild).await?;
        let sieve = Sieve { code: Some(code.replace('\0', "")), ..Sieve::default() };
        let read = async |tx: &mut Tx| desk::products(tx, guild, sieve, (0, 1), now).await;
        let page = self.reading(&staff.actor, read).await?;
        page.products.into_iter().next().ok_or(Error::NotFound("product"))
    }
}
