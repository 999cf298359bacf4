//! Queries that change the catalogue: locking, saving, prices with their history, the audit.

use super::pages::{self, PlanRow, ProductRow};
use super::{Code, Item, Plan, Product, Step};
use crate::db::{Tx, sql};
use crate::domain::promotions::{self, Target};
use crate::domain::shop::CatalogueDeed;
use crate::kernel::error::Context;
use crate::kernel::money::{Currency, Money};
use crate::kernel::text::shorten;
use crate::kernel::{Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Longest value that the audit keeps, in characters.
const VALUE_MAX: usize = 500;

/// One plan or product with the shop's currency, as JSON.
#[derive(QueryableByName)]
struct OneRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Jsonb)]
    one: serde_json::Value,
}

/// Reads a plan and keeps it from changing until the commit.
pub(super) async fn lock_plan(tx: &mut Tx, step: Step, code: &Code) -> Result<Option<(Plan, Currency)>> {
    wait_for(tx, step, "select from plans where guild_id = ? and code = ? for update", code).await?;
    let row: Option<OneRow> = tx
        .first(
            "locking a plan",
            sql("select s.currency, to_jsonb(p) || jsonb_build_object( \
                   'role_stuck', (select a.why from role_alerts a where a.guild_id = p.guild_id and a.role_id = p.role_id), \
                   'month', (select amount_minor from prices r where r.guild_id = p.guild_id and r.currency = s.currency \
                             and r.item = 'plan/' || p.code || '/month'), \
                   'year', (select amount_minor from prices r where r.guild_id = p.guild_id and r.currency = s.currency \
                            and r.item = 'plan/' || p.code || '/year')) as one \
                 from plans p join shops s on s.guild_id = p.guild_id where p.guild_id = ? and p.code = ?")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(code.to_string()),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = pages::currency(&row.currency)?;
    let plan: PlanRow = serde_json::from_value(row.one).internal("reading a plan")?;
    Ok(Some((plan.read(currency)?, currency)))
}

/// Reads a product and keeps it from changing until the commit.
pub(super) async fn lock_product(tx: &mut Tx, step: Step, code: &Code) -> Result<Option<(Product, Currency)>> {
    wait_for(tx, step, "select from products where guild_id = ? and code = ? for update", code).await?;
    let row: Option<OneRow> = tx
        .first(
            "locking a product",
            sql("select s.currency, to_jsonb(p) || jsonb_build_object( \
                   'plan_name', (select l.name from plans l where l.guild_id = p.guild_id and l.code = p.plan), \
                   'has_content', exists (select from product_contents c where c.guild_id = p.guild_id and c.product = p.code), \
                   'role_stuck', (select a.why from role_alerts a where a.guild_id = p.guild_id \
                     and a.role_id = case p.kind when 'role' then p.role_id when 'plan_days' then (select l.role_id from plans l \
                       where l.guild_id = p.guild_id and l.code = p.plan) end), \
                   'variants', coalesce((select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.name, \
                       'archived', v.archived, 'price', r.amount_minor, \
                       'left', case when p.kind = 'key' then app.keys_left(v.product, v.code) else v.stock end) \
                       order by v.archived, v.position, v.code) \
                     from variants v left join prices r on r.guild_id = v.guild_id and r.currency = s.currency \
                       and r.item = 'product/' || v.product || '/' || v.code \
                     where v.guild_id = p.guild_id and v.product = p.code), '[]')) as one \
                 from products p join shops s on s.guild_id = p.guild_id where p.guild_id = ? and p.code = ?")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(code.to_string()),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = pages::currency(&row.currency)?;
    let product: ProductRow = serde_json::from_value(row.one).internal("reading a product")?;
    Ok(Some((product.read(currency)?, currency)))
}

/// Waits for whoever changes it now. What is read after it is what he left: a statement that waits itself would read the prices
/// as they were before (PostgreSQL, "Read Committed Isolation Level").
async fn wait_for(tx: &mut Tx, step: Step, lock: &'static str, code: &Code) -> Result<()> {
    let lock = sql(lock).bind::<BigInt, _>(step.guild.as_i64()).bind::<Text, _>(code.to_string());
    tx.execute("waiting for a change of the catalogue", lock).await.map(|_| ())
}

/// Where something new finds its place.
#[derive(QueryableByName)]
pub(super) struct PlaceRow {
    #[diesel(sql_type = Text)]
    pub currency: String,
    /// How many there are.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// The highest level of a plan.
    #[diesel(sql_type = Integer)]
    pub top: i32,
    /// The first free code.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
}

/// Finds the place of a new plan.
pub(super) async fn place_of_plan(tx: &mut Tx, step: Step, wanted: &Code) -> Result<Option<PlaceRow>> {
    tx.first(
        "finding a plan's place",
        sql("with input as (select ?::bigint as guild, ?::text as code) \
             select s.currency, (select count(*) from plans p where p.guild_id = s.guild_id) as count, \
               (select coalesce(max(p.level), 0) from plans p where p.guild_id = s.guild_id and not p.hidden) as top, \
               (select free.code from ( \
                  select input.code || case n when 1 then '' else '-' || n end as code, n from generate_series(1, 50) n) free \
                where not exists (select from plans p where p.guild_id = s.guild_id and p.code = free.code) \
                order by n limit 1) as code \
             from shops s, input where s.guild_id = input.guild for update of s")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(wanted.to_string()),
    )
    .await
}

/// Finds the place of a new product.
pub(super) async fn place_of_product(tx: &mut Tx, step: Step, wanted: &Code) -> Result<Option<PlaceRow>> {
    tx.first(
        "finding a product's place",
        sql("with input as (select ?::bigint as guild, ?::text as code) \
             select s.currency, (select count(*) from products p where p.guild_id = s.guild_id) as count, 0 as top, \
               (select free.code from ( \
                  select input.code || case n when 1 then '' else '-' || n end as code, n from generate_series(1, 50) n) free \
                where not exists (select from products p where p.guild_id = s.guild_id and p.code = free.code) \
                order by n limit 1) as code \
             from shops s, input where s.guild_id = input.guild for update of s")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(wanted.to_string()),
    )
    .await
}

/// Adds a plan; tells whether its code was still free.
pub(super) async fn add_plan(tx: &mut Tx, step: Step, plan: &Plan) -> Result<bool> {
    let statement = sql(
        "insert into plans (guild_id, code, name, benefits, level, support, role_id, trial_days, hidden, archived, \
                         created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
    )
    .bind::<BigInt, _>(step.guild.as_i64())
    .bind::<Text, _>(plan.code.to_string())
    .bind::<Text, _>(plan.name.clone())
    .bind::<Text, _>(plan.benefits.clone())
    .bind::<Integer, _>(plan.level)
    .bind::<Text, _>(plan.support.as_str())
    .bind::<Nullable<BigInt>, _>(plan.role.map(RoleId::as_i64))
    .bind::<Integer, _>(plan.trial_days)
    .bind::<Bool, _>(plan.hidden)
    .bind::<Bool, _>(plan.archived)
    .bind::<Timestamptz, _>(step.now.to_diesel())
    .bind::<Timestamptz, _>(step.now.to_diesel());
    Ok(tx.execute("adding a plan", statement).await? > 0)
}

/// Saves a locked plan at the commit.
pub(super) fn save_plan(tx: &mut Tx, step: Step, plan: &Plan) {
    tx.defer(
        "saving a plan",
        sql(
            "update plans set name = ?, benefits = ?, level = ?, support = ?, role_id = ?, trial_days = ?, hidden = ?, \
             archived = ?, updated_at = ? where guild_id = ? and code = ?",
        )
        .bind::<Text, _>(plan.name.clone())
        .bind::<Text, _>(plan.benefits.clone())
        .bind::<Integer, _>(plan.level)
        .bind::<Text, _>(plan.support.as_str())
        .bind::<Nullable<BigInt>, _>(plan.role.map(RoleId::as_i64))
        .bind::<Integer, _>(plan.trial_days)
        .bind::<Bool, _>(plan.hidden)
        .bind::<Bool, _>(plan.archived)
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(plan.code.to_string()),
    );
}

/// Adds a product; tells whether its code was still free.
pub(super) async fn add_product(tx: &mut Tx, step: Step, product: &Product) -> Result<bool> {
    let statement =
        sql("insert into products (guild_id, code, name, description, category, kind, role_id, days, plan, \
                         visible_role_id, member_limit, archived, created_at, updated_at) \
                         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(product.code.to_string())
        .bind::<Text, _>(product.name.clone())
        .bind::<Text, _>(product.description.clone())
        .bind::<Text, _>(product.category.clone())
        .bind::<Text, _>(product.kind.as_str())
        .bind::<Nullable<BigInt>, _>(product.role.map(RoleId::as_i64))
        .bind::<Nullable<Integer>, _>(product.days)
        .bind::<Nullable<Text>, _>(product.plan.as_ref().map(Code::to_string))
        .bind::<Nullable<BigInt>, _>(product.visible_role.map(RoleId::as_i64))
        .bind::<Nullable<Integer>, _>(product.member_limit)
        .bind::<Bool, _>(product.archived)
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<Timestamptz, _>(step.now.to_diesel());
    Ok(tx.execute("adding a product", statement).await? > 0)
}

/// Saves a locked product at the commit.
pub(super) fn save_product(tx: &mut Tx, step: Step, product: &Product) {
    tx.defer(
        "saving a product",
        sql("update products set name = ?, description = ?, category = ?, role_id = ?, days = ?, plan = ?, visible_role_id = ?, \
             member_limit = ?, archived = ?, updated_at = ? where guild_id = ? and code = ?")
        .bind::<Text, _>(product.name.clone())
        .bind::<Text, _>(product.description.clone())
        .bind::<Text, _>(product.category.clone())
        .bind::<Nullable<BigInt>, _>(product.role.map(RoleId::as_i64))
        .bind::<Nullable<Integer>, _>(product.days)
        .bind::<Nullable<Text>, _>(product.plan.as_ref().map(Code::to_string))
        .bind::<Nullable<BigInt>, _>(product.visible_role.map(RoleId::as_i64))
        .bind::<Nullable<Integer>, _>(product.member_limit)
        .bind::<Bool, _>(product.archived)
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(product.code.to_string()),
    );
}

/// Adds a variant of a locked product at the commit, or puts it back on sale.
pub(super) fn put_variant(tx: &mut Tx, step: Step, product: &Code, variant: (&Code, &str, Option<i64>)) {
    let (code, name, stock) = variant;
    let stock = stock.and_then(|stock| i32::try_from(stock).ok());
    tx.defer(
        "adding a variant",
        sql("insert into variants (guild_id, product, code, name, stock, position) \
             select i.guild, i.product, i.code, i.name, i.stock, (select coalesce(max(v.position), 0) + 1 from variants v \
               where v.guild_id = i.guild and v.product = i.product) \
             from (select ?::bigint as guild, ?::text as product, ?::text as code, ?::text as name, ?::integer as stock) i \
             on conflict (guild_id, product, code) do update set name = excluded.name, archived = false, \
               stock_round = variants.stock_round + case when variants.stock is null then 1 else 0 end, stock = excluded.stock")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(product.to_string())
        .bind::<Text, _>(code.to_string())
        .bind::<Text, _>(name.to_owned())
        .bind::<Nullable<Integer>, _>(stock),
    );
}

/// Takes a variant of a locked product off sale at the commit.
pub(super) fn archive_variant(tx: &mut Tx, step: Step, product: &Code, variant: &Code) {
    tx.defer(
        "removing a variant",
        sql("update variants set archived = true where guild_id = ? and product = ? and code = ?")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(product.to_string())
            .bind::<Text, _>(variant.to_string()),
    );
}

/// Sets the price of an item at the commit; [`settle_history`] must follow once the item itself is saved.
pub(super) fn set_price(tx: &mut Tx, step: Step, item: &Item, price: Money) {
    tx.defer(
        "setting a price",
        sql("insert into prices (guild_id, item, currency, amount_minor, updated_at) values (?, ?, ?, ?, ?) \
             on conflict (guild_id, item, currency) do update set amount_minor = excluded.amount_minor, \
               updated_at = excluded.updated_at where prices.amount_minor <> excluded.amount_minor")
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<Text, _>(item.to_string())
        .bind::<Text, _>(price.currency().code())
        .bind::<BigInt, _>(price.minor())
        .bind::<Timestamptz, _>(step.now.to_diesel()),
    );
}

/// Takes an item's price away at the commit: it isn't sold by it any more; [`settle_history`] must follow.
pub(super) fn remove_price(tx: &mut Tx, step: Step, item: &Item, currency: Currency) {
    tx.defer(
        "removing a price",
        sql("delete from prices where guild_id = ? and item = ? and currency = ?")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(item.to_string())
            .bind::<Text, _>(currency.code()),
    );
}

/// Gives an item its first price at the commit.
pub(super) fn add_price(tx: &mut Tx, step: Step, item: &Item, price: Money) {
    tx.defer(
        "adding a price",
        sql("insert into prices (guild_id, item, currency, amount_minor, updated_at) values (?, ?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Text, _>(item.to_string())
            .bind::<Text, _>(price.currency().code())
            .bind::<BigInt, _>(price.minor())
            .bind::<Timestamptz, _>(step.now.to_diesel()),
    );
}

/// Brings the history of prices in line with what is asked now, promotions included; comes after everything else was saved.
pub(super) async fn settle_history(tx: &mut Tx, step: Step, of: &Target) -> Result<()> {
    tx.flush().await?;
    promotions::record(tx, step.guild, of, step.now).await
}

/// What the audit keeps of a deed beside who and when.
pub(super) struct Trace {
    pub deed: CatalogueDeed,
    pub subject: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Adds a line to the audit at the commit.
pub(super) fn audit(tx: &mut Tx, step: Step, trace: Trace) {
    let actor = tx.actor().user().map(UserId::as_i64);
    let kept = |value: Option<String>| value.map(|value| shorten(&value, VALUE_MAX));
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, old_value, new_value, at) values (?, ?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Nullable<BigInt>, _>(actor)
            .bind::<Text, _>(trace.deed.as_str())
            .bind::<Text, _>(trace.subject)
            .bind::<Nullable<Text>, _>(kept(trace.old))
            .bind::<Nullable<Text>, _>(kept(trace.new))
            .bind::<Timestamptz, _>(step.now.to_diesel()),
    );
}

/// Notes each field whose value changed: its name with the old and the new value.
pub(super) struct Changes(Vec<(&'static str, Option<String>, Option<String>)>);

impl Changes {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Puts a new value in the place of the old one, where one is given.
    pub(super) fn put<T: PartialEq>(
        &mut self,
        name: &'static str,
        field: &mut T,
        new: Option<T>,
        show: impl Fn(&T) -> Option<String>,
    ) {
        if let Some(new) = new.filter(|new| new != field) {
            self.0.push((name, show(field), show(&new)));
            *field = new;
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a line to the audit for each.
    pub(super) fn audit(self, tx: &mut Tx, step: Step, deed: CatalogueDeed, subject: &str) {
        for (name, old, new) in self.0 {
            let value = |value: Option<String>| Some(format!("{name}={}", value.unwrap_or_default()));
            audit(tx, step, Trace { deed, subject: subject.to_owned(), old: value(old), new: value(new) });
        }
    }
}
