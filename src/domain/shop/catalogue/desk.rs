//! The catalogue as operators list it: every plan with how many hold it, products narrowed by words and kind, keys counted; and
//! what can't be sold. It reads; keys themselves are never given.

use super::names::Labelled;
use super::pages::{self, Narrow, PlanRow};
use super::reading::{self, Eyes, Page};
use super::{Code, Plan, UNSEEN};
use crate::db::{Tx, sql};
use crate::domain::shop::ProductKind;
use crate::kernel::error::Context;
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::collections::HashMap;

/// Every plan, hidden and removed ones too, the lowest first. Acts as staff.
///
/// # Errors
/// [`Error::NotFound`] before the shop was loaded; [`Error::NotAllowed`] for a member.
pub async fn plans(tx: &mut Tx, guild: GuildId, now: Timestamp) -> Result<Vec<Plan>> {
    let user = tx.actor().user().filter(|_| tx.actor().is_staff()).ok_or(Error::NotAllowed("plans"))?;
    let row = pages::plans(tx, guild, user, now).await?.ok_or(UNSEEN)?;
    let currency = pages::currency(&row.currency)?;
    let rows: Vec<PlanRow> = serde_json::from_value(row.plans).internal("reading plans")?;
    rows.into_iter().map(|row| row.read(currency)).collect()
}

#[derive(QueryableByName)]
struct HeldRow {
    #[diesel(sql_type = Text)]
    plan: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many people hold each plan now, by its code; one that nobody holds is not among them. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn holders(tx: &mut Tx, guild: GuildId, now: Timestamp) -> Result<HashMap<String, i64>> {
    let held = sql("select plan, count(distinct user_id) as count from entitlements where guild_id = ? and kind = 'plan' \
                      and starts_at <= ? and (ends_at is null or ends_at > ?) and revoked_at is null and suspended_at is null \
                    group by plan")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Timestamptz, _>(now.to_diesel());
    let rows: Vec<HeldRow> = tx.load("counting who holds plans", held).await?;
    Ok(rows.into_iter().map(|row| (row.plan, row.count)).collect())
}

/// Which products; what is `None` doesn't narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sieve {
    /// The one of that code.
    pub code: Option<String>,
    /// What the code or the name holds.
    pub words: Option<String>,
    /// What it hands over.
    pub kind: Option<ProductKind>,
}

/// Products, drafts and removed ones last, from an offset on: a guild has a thousand at most. Acts as staff.
///
/// # Errors
/// As [`reading::products`].
pub async fn products(
    tx: &mut Tx,
    guild: GuildId,
    sieve: Sieve,
    (offset, limit): (i64, i64),
    now: Timestamp,
) -> Result<Page> {
    let Sieve { code, words, kind } = sieve;
    let narrow = Narrow { code, words, kind, ..Narrow::all((limit, offset), now) };
    reading::read(tx, guild, Eyes::Staff, narrow, 1).await
}

/// The keys of a product, counted.
#[derive(QueryableByName, Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The product's code.
    #[diesel(sql_type = Text)]
    pub product: String,
    /// Those that can be sold.
    #[diesel(sql_type = BigInt)]
    pub free: i64,
    /// Those that an order holds which is not handed over.
    #[diesel(sql_type = BigInt)]
    pub reserved: i64,
    /// Those that were handed over.
    #[diesel(sql_type = BigInt)]
    pub sold: i64,
}

/// Counts the keys of these products; one without any is not among them. Acts as the *payments* duty in the guild, since staff don't
/// see which key an order took.
///
/// # Errors
/// As [`Tx::load`].
pub async fn keys(tx: &mut Tx, guild: GuildId, products: Vec<String>) -> Result<Vec<Keys>> {
    let counted = sql("select product, count(*) filter (where order_number is null) as free, \
                         count(*) filter (where order_number is not null and delivered_at is null) as reserved, \
                         count(*) filter (where delivered_at is not null) as sold \
                       from product_keys where guild_id = ? and product = any (?) group by product")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Array<Text>, _>(products);
    tx.load("counting keys", counted).await
}

#[derive(QueryableByName)]
struct NamedRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Products on sale of which a variant has no key left, at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn keyless(tx: &mut Tx, guild: GuildId, limit: i64) -> Result<Vec<Labelled>> {
    let all = sql("select p.code, p.name from products p where p.guild_id = ? and p.kind = 'key' and not p.archived \
                     and exists (select from variants v where v.guild_id = p.guild_id and v.product = p.code and not v.archived \
                       and app.keys_left(v.product, v.code) = 0) \
                   order by lower(p.name), p.code limit ?")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(limit);
    let rows: Vec<NamedRow> = tx.load("looking for products without keys", all).await?;
    let code = |row: &NamedRow| -> Result<Code> { pages::code(&row.code) };
    rows.into_iter().map(|row| Ok(Labelled { code: code(&row)?, name: row.name })).collect()
}
