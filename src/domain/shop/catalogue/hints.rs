//! Queries of what fits while somebody types: plans, products, variants.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};

/// Something that fits what is being typed.
#[derive(QueryableByName)]
pub(super) struct HintRow {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// Plans whose code or name holds what is typed; members find none that is hidden or removed.
pub(super) async fn plans(tx: &mut Tx, guild: GuildId, typed: &str, limit: i64) -> Result<Vec<HintRow>> {
    let all = tx.actor().is_staff();
    tx.load(
        "suggesting plans",
        sql("select code, name from plans where guild_id = ? and (? or not (hidden or archived)) \
             and (strpos(code, ?) > 0 or strpos(lower(name), ?) > 0) order by archived, level, code limit ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Bool, _>(all)
        .bind::<Text, _>(typed.to_owned())
        .bind::<Text, _>(typed.to_owned())
        .bind::<BigInt, _>(limit),
    )
    .await
}

/// Products whose code or name holds what is typed; members find those that they see in the shop.
pub(super) async fn products(
    tx: &mut Tx,
    guild: GuildId,
    roles: Option<Vec<i64>>,
    typed: &str,
    limit: i64,
) -> Result<Vec<HintRow>> {
    tx.load(
        "suggesting products",
        sql("with input as (select ?::bigint[] as roles, ?::text as typed) \
             select p.code, p.name from products p, input where p.guild_id = ? \
             and (input.roles is null or (not p.archived and (p.visible_role_id is null or p.visible_role_id = any (input.roles)) \
               and not (exists (select from role_alerts a where a.guild_id = p.guild_id \
                 and a.role_id = case p.kind when 'role' then p.role_id when 'plan_days' then (select l.role_id from plans l \
                   where l.guild_id = p.guild_id and l.code = p.plan) end)))) \
             and (strpos(p.code, input.typed) > 0 or strpos(lower(p.name), input.typed) > 0) \
             order by p.archived, lower(p.name), p.code limit ?")
        .bind::<Nullable<Array<BigInt>>, _>(roles)
        .bind::<Text, _>(typed.to_owned())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(limit),
    )
    .await
}

/// Variants whose code or name holds what is typed, of any product: which product it is isn't known while one types.
pub(super) async fn variants(tx: &mut Tx, guild: GuildId, typed: &str, limit: i64) -> Result<Vec<HintRow>> {
    tx.load(
        "suggesting variants",
        sql("select distinct code, code as name from variants where guild_id = ? \
             and (strpos(code, ?) > 0 or strpos(lower(name), ?) > 0) order by code limit ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(typed.to_owned())
        .bind::<Text, _>(typed.to_owned())
        .bind::<BigInt, _>(limit),
    )
    .await
}
