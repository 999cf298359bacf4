//! What the things are called that the audit speaks of: plans, products with their variants, giveaways. It reads names alone.
//!
//! Acts as staff; the policies decide what is there.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Text};
use std::collections::HashMap;

/// The names of things, each by `plan/CODE`, `product/CODE`, `variant/PRODUCT/CODE` or `giveaway/NUMBER`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Things(HashMap<String, String>);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    thing: String,
    #[diesel(sql_type = Text)]
    name: String,
}

impl Things {
    /// What a thing is called, where it is known.
    pub fn name(&self, thing: &str) -> Option<&str> {
        self.0.get(thing).map(String::as_str)
    }

    /// The same of things that were not read from a database.
    #[cfg(test)]
    pub(crate) fn of(all: &[(&str, &str)]) -> Self {
        Self(all.iter().map(|(thing, name)| ((*thing).to_owned(), (*name).to_owned())).collect())
    }
}

/// Reads what these are called, the removed ones included; without any it asks nothing.
///
/// # Errors
/// As [`Tx::load`].
pub async fn things(tx: &mut Tx, guild: GuildId, wanted: Vec<String>) -> Result<Things> {
    if wanted.is_empty() {
        return Ok(Things::default());
    }
    let number = |thing: &String| thing.strip_prefix("giveaway/").and_then(|number| number.parse().ok());
    let numbers: Vec<i64> = wanted.iter().filter_map(number).collect();
    let all =
        sql("with input as materialized (select ?::bigint as guild, ?::text[] as wanted, ?::bigint[] as numbers) \
         select 'plan/' || p.code as thing, p.name from plans p, input i \
           where p.guild_id = i.guild and 'plan/' || p.code = any (i.wanted) \
         union all select 'product/' || p.code, p.name from products p, input i \
           where p.guild_id = i.guild and 'product/' || p.code = any (i.wanted) \
         union all select concat_ws('/', 'variant', v.product, v.code), v.name from variants v, input i \
           where v.guild_id = i.guild and concat_ws('/', 'variant', v.product, v.code) = any (i.wanted) \
         union all select 'giveaway/' || g.number, g.title from giveaways g, input i \
           where g.guild_id = i.guild and g.number = any (i.numbers)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Array<Text>, _>(wanted)
        .bind::<Array<BigInt>, _>(numbers);
    let rows: Vec<Row> = tx.load("reading what things are called", all).await?;
    Ok(Things(rows.into_iter().map(|row| (row.thing, row.name)).collect()))
}
