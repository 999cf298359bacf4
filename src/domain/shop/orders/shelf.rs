//! What is on sale, by name: for choosing an item while typing, and for the plans that a subscription may change to.
//!
//! Acts as the member; what is hidden or kept for a role that he doesn't hold is not there.

use super::Item;
use crate::db::{Tx, sql};
use crate::domain::shop::roles::RoleState;
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Money, Result, RoleId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

/// Most items that are looked through.
const MOST: i64 = 500;

/// An item on sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnSale {
    /// What it is.
    pub item: Item,
    /// Its name; a variant's behind it where there are several.
    pub title: String,
    /// Price of one.
    pub unit: Money,
    /// What stands in the way of giving its role: it can't be bought.
    pub role_stuck: Option<RoleState>,
    /// How high a plan stands.
    pub level: Option<i32>,
    /// Whether it is a plan that may be tried for free.
    pub has_trial: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    visible_role_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    role_stuck: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    level: Option<i32>,
    #[diesel(sql_type = Bool)]
    has_trial: bool,
}

/// Everything on sale for a member with these roles: plans from small to big, then products by name.
///
/// # Errors
/// As [`Tx::load`].
pub async fn on_sale(tx: &mut Tx, guild: GuildId, roles: &[RoleId]) -> Result<Vec<OnSale>> {
    let rows: Vec<Row> = tx
        .load(
            "listing what is on sale",
            sql("select r.item, r.currency, r.amount_minor, g.visible_role_id, p.level, coalesce(p.trial_days, 0) > 0 as has_trial, \
                   (select a.why from role_alerts a where a.guild_id = r.guild_id \
                           and a.role_id = coalesce(p.role_id, case g.kind when 'role' then g.role_id when 'plan_days' then (select l.role_id \
                             from plans l where l.guild_id = g.guild_id and l.code = g.plan) end)) as role_stuck, \
                   coalesce(p.name, case when (select count(*) from variants o where o.guild_id = g.guild_id \
                     and o.product = g.code and not o.archived) > 1 then g.name || ' · ' || v.name else g.name end) as title \
                 from prices r \
                   left join plans p on p.guild_id = r.guild_id and split_part(r.item, '/', 1) = 'plan' \
                     and p.code = split_part(r.item, '/', 2) and not p.archived and not p.hidden \
                   left join products g on g.guild_id = r.guild_id and split_part(r.item, '/', 1) = 'product' \
                     and g.code = split_part(r.item, '/', 2) and not g.archived \
                   left join variants v on v.guild_id = g.guild_id and v.product = g.code \
                     and v.code = split_part(r.item, '/', 3) and not v.archived \
                 where r.guild_id = ? and (p.code is not null or v.code is not null) \
                   and r.currency = coalesce((select currency from shops where guild_id = r.guild_id), 'eur') \
                 order by p.level nulls last, title, r.item limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(MOST),
        )
        .await?;
    let seen = |row: &Row| row.visible_role_id.is_none_or(|role| roles.iter().any(|held| held.as_i64() == role));
    rows.into_iter().filter(seen).filter_map(|row| Some((Item::from_name(&row.item)?, row))).map(read).collect()
}

fn read((item, row): (Item, Row)) -> Result<OnSale> {
    let currency: Currency = row.currency.parse().internal("reading what is on sale")?;
    let unit = Money::new(row.amount_minor, currency).internal("reading what is on sale")?;
    let (level, has_trial) = (row.level, row.has_trial);
    let role_stuck = row.role_stuck.as_deref().and_then(RoleState::from_word);
    Ok(OnSale { item, title: row.title, unit, role_stuck, level, has_trial })
}
