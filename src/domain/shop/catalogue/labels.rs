//! Everything on sale by code and name, without prices: what a sentence may speak of.

use super::names::Labelled;
use super::pages;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Text};

/// Products that are read at most.
const MOST: i64 = 1000;

/// What is on sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// The plans on show, from the least to the most.
    pub plans: Vec<Labelled>,
    /// The products, by name; at most a thousand.
    pub products: Vec<Labelled>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Bool)]
    is_plan: bool,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Reads what is on sale. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn on_sale(tx: &mut Tx, guild: GuildId) -> Result<Labels> {
    let all = sql("(select true as is_plan, code, name from plans where guild_id = ? and not archived and not hidden \
         order by level, code) union all \
         (select false, code, name from products where guild_id = ? and not archived order by lower(name), code limit ?)")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(MOST);
    let rows: Vec<Row> = tx.load("reading what is on sale", all).await?;
    let mut labels = Labels::default();
    for row in rows {
        let shelf = if row.is_plan { &mut labels.plans } else { &mut labels.products };
        shelf.push(Labelled { code: pages::code(&row.code)?, name: row.name });
    }
    Ok(labels)
}
