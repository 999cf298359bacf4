//! Queries of the catalogue that read.

use super::{Code, Plan, Product, Variant};
use crate::db::{Tx, sql};
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::{ProductKind, Support};
use crate::kernel::error::{Cause, Context};
use crate::kernel::money::{Currency, Money};
use crate::kernel::{Error, GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use serde::Deserialize;

/// A plan as the queries below give it.
#[derive(Deserialize)]
pub(super) struct PlanRow {
    code: String,
    name: String,
    benefits: String,
    level: i32,
    support: String,
    role_id: Option<i64>,
    #[serde(default)]
    role_stuck: Option<String>,
    trial_days: i32,
    hidden: bool,
    archived: bool,
    month: Option<i64>,
    year: Option<i64>,
}

/// A product as the queries below give it.
#[derive(Deserialize)]
pub(super) struct ProductRow {
    code: String,
    name: String,
    description: String,
    category: String,
    kind: String,
    role_id: Option<i64>,
    days: Option<i32>,
    #[serde(default)]
    role_stuck: Option<String>,
    plan: Option<String>,
    plan_name: Option<String>,
    visible_role_id: Option<i64>,
    member_limit: Option<i32>,
    archived: bool,
    #[serde(default)]
    has_content: bool,
    variants: Vec<VariantRow>,
}

/// A variant as the queries below give it.
#[derive(Deserialize)]
pub(super) struct VariantRow {
    code: String,
    name: String,
    price: Option<i64>,
    left: Option<i64>,
    archived: bool,
}

/// A word in the database that no version of ours wrote.
fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading the catalogue", cause: Cause::new(what) }
}

pub(super) fn currency(code: &str) -> Result<Currency> {
    code.parse().internal("reading a shop's currency")
}

pub(super) fn code(code: &str) -> Result<Code> {
    Code::parse(code).map_err(|_| strange("code"))
}

fn role(id: Option<i64>) -> Result<Option<RoleId>> {
    id.map(RoleId::try_from).transpose().internal("reading a role")
}

fn stuck(why: Option<&str>) -> Result<Option<RoleState>> {
    why.map(|why| RoleState::from_word(why).ok_or_else(|| strange("role"))).transpose()
}

fn money(minor: Option<i64>, currency: Currency) -> Result<Option<Money>> {
    minor.map(|minor| Money::new(minor, currency)).transpose().internal("reading a price")
}

impl PlanRow {
    pub(super) fn read(self, currency: Currency) -> Result<Plan> {
        Ok(Plan {
            code: code(&self.code)?,
            name: self.name,
            benefits: self.benefits,
            level: self.level,
            support: Support::from_word(&self.support).ok_or_else(|| strange("support"))?,
            role: role(self.role_id)?,
            role_stuck: stuck(self.role_stuck.as_deref())?,
            trial_days: self.trial_days,
            hidden: self.hidden,
            archived: self.archived,
            month: money(self.month, currency)?,
            year: money(self.year, currency)?,
        })
    }
}

impl ProductRow {
    pub(super) fn read(self, currency: Currency) -> Result<Product> {
        let variant = |row: VariantRow| {
            let price = money(row.price, currency)?;
            Ok(Variant { code: code(&row.code)?, name: row.name, price, left: row.left, archived: row.archived })
        };
        Ok(Product {
            code: code(&self.code)?,
            name: self.name,
            description: self.description,
            category: self.category,
            kind: ProductKind::from_word(&self.kind).ok_or_else(|| strange("kind"))?,
            role: role(self.role_id)?,
            role_stuck: stuck(self.role_stuck.as_deref())?,
            days: self.days,
            plan: self.plan.as_deref().map(code).transpose()?,
            plan_name: self.plan_name,
            visible_role: role(self.visible_role_id)?,
            member_limit: self.member_limit,
            archived: self.archived,
            has_content: self.has_content,
            variants: self.variants.into_iter().map(variant).collect::<Result<_>>()?,
        })
    }
}

/// The plans of a guild, and how a person stands to them.
#[derive(QueryableByName)]
pub(super) struct PlansRow {
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Jsonb)]
    pub plans: serde_json::Value,
    #[diesel(sql_type = Nullable<Text>)]
    pub current: Option<String>,
    #[diesel(sql_type = Bool)]
    pub tried: bool,
    /// How the subscription stands that he has, where it is one of which there may be no second.
    #[diesel(sql_type = Nullable<Text>)]
    pub subscription: Option<String>,
    /// Whether the money of an order for a plan is on its way.
    #[diesel(sql_type = Bool)]
    pub awaiting: bool,
    #[diesel(sql_type = Jsonb)]
    pub offers: serde_json::Value,
}

/// Reads every plan that isn't removed, the person's plan, whether he had a trial, and what keeps him from buying one.
pub(super) async fn plans(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) -> Result<Option<PlansRow>> {
    tx.first(
        "reading the plans",
        sql("select s.currency, coalesce(( \
               select jsonb_agg(to_jsonb(p) || jsonb_build_object('month', m.amount_minor, 'year', y.amount_minor, 'role_stuck', \
                   (select a.why from role_alerts a where a.guild_id = p.guild_id and a.role_id = p.role_id)) \
                                order by p.level, p.code) \
               from plans p \
               left join prices m on m.guild_id = p.guild_id and m.item = 'plan/' || p.code || '/month' \
                 and m.currency = s.currency \
               left join prices y on y.guild_id = p.guild_id and y.item = 'plan/' || p.code || '/year' \
                 and y.currency = s.currency \
               where p.guild_id = s.guild_id), '[]') as plans, \
             (select e.plan from entitlements e join plans p on p.guild_id = e.guild_id and p.code = e.plan \
              where e.guild_id = s.guild_id and e.user_id = ? and e.kind = 'plan' and e.starts_at <= ? \
                and (e.ends_at is null or e.ends_at > ?) and e.revoked_at is null and e.suspended_at is null \
              order by p.level desc, p.code limit 1) as current, \
             exists (select from orders o where o.guild_id = s.guild_id and o.user_id = ? and o.trial_days is not null \
                     and o.state not in ('expired', 'canceled', 'failed')) as tried, \
             (select b.state from subscriptions b where b.guild_id = s.guild_id and b.user_id = ? \
                and b.state in ('trialing', 'active', 'past_due', 'unpaid', 'paused') order by b.started_at desc limit 1) as subscription, \
             exists (select from orders o where o.guild_id = s.guild_id and o.user_id = ? and o.kind = 'plan' \
                     and o.state = 'awaiting') as awaiting, \
             app.offers(s.guild_id, array(select 'plan/' || p.code || per from plans p, unnest('{/month,/year}'::text[]) per \
                                          where p.guild_id = s.guild_id), ?) as offers \
             from shops s where s.guild_id = ?")
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64()),
    )
    .await
}

/// A code.
#[derive(QueryableByName)]
pub(super) struct CodeRow {
    #[diesel(sql_type = Text)]
    pub code: String,
}

/// Reads the highest plan that a person holds now.
pub(super) async fn current(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) -> Result<Option<CodeRow>> {
    tx.first(
        "reading a person's plan",
        sql("select e.plan as code from entitlements e join plans p on p.guild_id = e.guild_id and p.code = e.plan \
             where e.guild_id = ? and e.user_id = ? and e.kind = 'plan' and e.starts_at <= ? \
               and (e.ends_at is null or e.ends_at > ?) and e.revoked_at is null and e.suspended_at is null \
             order by p.level desc, p.code limit 1")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await
}

/// What a list of products is narrowed to.
pub(super) struct Narrow {
    /// The roles of who looks; `None`: he sees everything, drafts included.
    pub roles: Option<Vec<i64>>,
    /// A category, by its name or by the key that [`PageRow::categories`] gives.
    pub category: Option<String>,
    /// One product.
    pub code: Option<String>,
    /// What its code or its name holds, without regard to case.
    pub words: Option<String>,
    /// What it hands over.
    pub kind: Option<ProductKind>,
    pub limit: i64,
    pub offset: i64,
    /// The time whose reductions are shown.
    pub at: Timestamp,
}

impl Narrow {
    /// Everything, from an offset on, with the reductions of a time.
    pub(super) const fn all((limit, offset): (i64, i64), at: Timestamp) -> Self {
        Self { roles: None, category: None, code: None, words: None, kind: None, limit, offset, at }
    }
}

/// A page of products.
#[derive(QueryableByName)]
pub(super) struct PageRow {
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    #[diesel(sql_type = Jsonb)]
    pub categories: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    pub products: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    pub offers: serde_json::Value,
}

/// A category with the key by which a button names it: a name may hold what an action can't.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CategoryRow {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
}

/// Reads a page of products with all that a card shows of them.
pub(super) async fn products(tx: &mut Tx, guild: GuildId, narrow: Narrow) -> Result<Option<PageRow>> {
    tx.first(
        "reading products",
        sql("with input as materialized (select ?::bigint as guild, ?::bigint[] as roles, ?::text as category, ?::text as code, ?::text as words, \
               ?::text as kind), \
             seen as materialized ( \
               select p.*, left(encode(sha256(convert_to(p.category, 'UTF8')), 'hex'), 8) as category_key, g.role_stuck \
               from products p, input, lateral (select (select a.why from role_alerts a where a.guild_id = p.guild_id \
                 and a.role_id = case p.kind when 'role' then p.role_id when 'plan_days' then (select l.role_id from plans l \
                   where l.guild_id = p.guild_id and l.code = p.plan) end) as role_stuck) g \
               where p.guild_id = input.guild \
                 and (input.roles is null or input.code is not null or g.role_stuck is null) \
                 and (input.roles is null or (not p.archived \
                      and (p.visible_role_id is null or p.visible_role_id = any (input.roles)) \
                      and exists (select from variants v \
                        join shops s on s.guild_id = v.guild_id \
                        join prices r on r.guild_id = v.guild_id and r.currency = s.currency \
                          and r.item = 'product/' || v.product || '/' || v.code \
                        where v.guild_id = p.guild_id and v.product = p.code and not v.archived)))), \
             fit as materialized ( \
               select seen.* from seen, input where (input.code is null or seen.code = input.code) \
                 and (input.kind is null or seen.kind = input.kind) \
                 and (input.words is null or strpos(seen.code, input.words) > 0 or strpos(lower(seen.name), input.words) > 0) \
                 and (input.category is null or lower(seen.category) = lower(input.category) \
                      or seen.category_key = lower(input.category))), \
             page as (select * from fit order by archived, lower(category), lower(name), code limit ? offset ?) \
             select s.currency, (select count(*) from fit) as total, \
               coalesce((select jsonb_agg(c order by lower(c.name)) from ( \
                 select distinct category as name, category_key as key from seen where category <> '') c), '[]') as categories, \
               coalesce((select jsonb_agg(to_jsonb(page) || jsonb_build_object( \
                   'plan_name', (select l.name from plans l where l.guild_id = page.guild_id and l.code = page.plan), \
                   'has_content', exists (select from product_contents c where c.guild_id = page.guild_id and c.product = page.code), \
                   'variants', coalesce((select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.name, \
                       'archived', v.archived, 'price', r.amount_minor, \
                       'left', case when page.kind = 'key' then app.keys_left(v.product, v.code) else v.stock end) \
                       order by v.archived, v.position, v.code) \
                     from variants v left join prices r on r.guild_id = v.guild_id and r.currency = s.currency \
                       and r.item = 'product/' || v.product || '/' || v.code \
                     where v.guild_id = page.guild_id and v.product = page.code), '[]')) \
                   order by page.archived, lower(page.category), lower(page.name), page.code) from page), '[]') as products, \
               app.offers(s.guild_id, array(select 'product/' || v.product || '/' || v.code from variants v join page \
                                            on v.guild_id = page.guild_id and v.product = page.code), ?) as offers \
             from shops s, input where s.guild_id = input.guild")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Nullable<Array<BigInt>>, _>(narrow.roles)
        .bind::<Nullable<Text>, _>(narrow.category)
        .bind::<Nullable<Text>, _>(narrow.code)
        .bind::<Nullable<Text>, _>(narrow.words.map(|words| words.to_lowercase()))
        .bind::<Nullable<Text>, _>(narrow.kind.map(ProductKind::as_str))
        .bind::<BigInt, _>(narrow.limit)
        .bind::<BigInt, _>(narrow.offset)
        .bind::<Timestamptz, _>(narrow.at.to_diesel()),
    )
    .await
}

/// An amount that was asked at some time.
#[derive(QueryableByName)]
pub(super) struct LowestRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    pub amount_minor: Option<i64>,
}

/// The lowest amount asked for an item between two times, both left out.
pub(super) async fn lowest(
    tx: &mut Tx,
    guild: GuildId,
    (item, currency): (String, Currency),
    (from, to): (Timestamp, Timestamp),
) -> Result<Option<LowestRow>> {
    tx.first(
        "reading the lowest price",
        sql("select min(amount_minor) as amount_minor from price_history where guild_id = ? and item = ? and currency = ? \
             and since < ? and (until is null or (until > ? and until > since))")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(item)
        .bind::<Text, _>(currency.code())
        .bind::<Timestamptz, _>(to.to_diesel())
        .bind::<Timestamptz, _>(from.to_diesel()),
    )
    .await
}
