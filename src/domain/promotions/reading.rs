//! What staff look at: promotions, and what one brought.
//!
//! Acts as the person; the policies decide what is there.

use super::store::{self, Row};
use super::{Promotion, PromotionState};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Currency, Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Text};

/// Promotions on one page.
pub const PAGE: i64 = 10;

/// A promotion that the actor may see.
///
/// # Errors
/// [`Error::NotFound`] for one that he can't see.
pub async fn promotion(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Promotion> {
    store::find(tx, guild, number).await?.ok_or(Error::NotFound("promotion"))
}

/// A page of promotions, the newest first, below a number; all, or those that run or will.
///
/// # Errors
/// As [`Tx::load`].
pub async fn list(tx: &mut Tx, guild: GuildId, all: bool, below: i64) -> Result<Vec<Promotion>> {
    let rows: Vec<Row> = tx
        .load(
            "listing promotions",
            sql("select * from promotions where guild_id = ? and number < ? and (? or state in ('scheduled', 'active')) \
                 order by number desc limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(below)
            .bind::<Bool, _>(all)
            .bind::<BigInt, _>(PAGE),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Promotions in any of these states, the newest first, below a number; at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn page_of(
    tx: &mut Tx,
    guild: GuildId,
    (states, below): (&[PromotionState], i64),
    limit: i64,
) -> Result<Vec<Promotion>> {
    let words: Vec<&'static str> = states.iter().map(|state| state.as_str()).collect();
    let rows: Vec<Row> = tx
        .load(
            "listing promotions",
            sql("select * from promotions where guild_id = ? and number < ? and state = any(?) order by number desc limit ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(below)
                .bind::<Array<Text>, _>(words)
                .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The promotion that this intent made.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of_request(tx: &mut Tx, guild: GuildId, request: &str) -> Result<Option<Promotion>> {
    store::of_request(tx, guild, request).await
}

/// What a promotion brought, in minor units of its currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Figures {
    /// Orders that hold a use and wait for money.
    #[diesel(sql_type = BigInt)]
    pub reserved: i64,
    /// Orders that were handed over with it.
    #[diesel(sql_type = BigInt)]
    pub used: i64,
    /// What those cost their buyers, refunds taken off.
    #[diesel(sql_type = BigInt)]
    pub revenue_minor: i64,
    /// What came off for them.
    #[diesel(sql_type = BigInt)]
    pub discount_minor: i64,
}

/// What a promotion brought.
///
/// # Errors
/// As [`Tx::load`].
pub async fn figures(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Figures> {
    let row: Option<Figures> = tx
        .first(
            "adding up what a promotion brought",
            sql("select count(*) filter (where u.state = 'reserved') as reserved, \
                   count(*) filter (where u.state = 'used') as used, \
                   coalesce(sum(greatest(o.total_minor - o.refunded_minor, 0)) filter (where u.state = 'used'), 0)::bigint \
                     as revenue_minor, \
                   coalesce(sum(u.amount_minor) filter (where u.state = 'used'), 0)::bigint as discount_minor \
                 from promotion_uses u left join orders o on o.guild_id = u.guild_id and o.number = u.order_number \
                 where u.guild_id = ? and u.promotion_number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.unwrap_or_default())
}

#[derive(QueryableByName)]
struct CurrencyRow {
    #[diesel(sql_type = Text)]
    currency: String,
}

/// The currency of a guild's shop.
///
/// # Errors
/// As [`Tx::load`].
pub async fn currency(tx: &mut Tx, guild: GuildId) -> Result<Currency> {
    let row: Option<CurrencyRow> = tx
        .first(
            "asking a shop's currency",
            sql("select currency from shops where guild_id = ?").bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    row.map_or(Ok(Currency::EUR), |row| row.currency.parse().internal("asking a shop's currency"))
}
