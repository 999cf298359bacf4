//! What promotions did in a stretch of time: how often they were used, what they cost, what came in through them.
//!
//! It counts; what would have been bought without them it can't know.

use crate::db::{Tx, sql};
use crate::kernel::{Currency, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Figures of a stretch of time, in minor units of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Effect {
    /// Promotions that ran in it, if only for a part of it.
    #[diesel(sql_type = BigInt)]
    pub ran: i64,
    /// Orders paid in it that used one.
    #[diesel(sql_type = BigInt)]
    pub uses: i64,
    /// What came off for those orders.
    #[diesel(sql_type = BigInt)]
    pub discount_minor: i64,
    /// What those orders cost their buyers, refunds taken off.
    #[diesel(sql_type = BigInt)]
    pub revenue_minor: i64,
}

// Days begin on quarters of an hour, by which orders and the uses of promotions are added up.
const EFFECT: &str = "with input as (select ?::bigint as guild, ?::text as currency, ?::timestamptz as since, ?::timestamptz as until) \
  select (select count(*) from promotions p, input i where p.guild_id = i.guild and p.state <> 'scheduled' \
            and p.starts_at < i.until and coalesce(p.ended_at, p.ends_at) > i.since) as ran, \
    coalesce(sum(q.uses), 0)::bigint as uses, coalesce(sum(q.discount), 0)::bigint as discount_minor, \
    coalesce(sum(q.promoted), 0)::bigint as revenue_minor \
  from input i join quarter_sums q on q.guild_id = i.guild and q.currency = i.currency and q.quarter >= i.since and q.quarter < i.until";

/// Adds up what happened from `since` on, until before `until`, which are borders of days. Acts as an operator.
///
/// # Errors
/// As [`Tx::first`].
pub async fn effect(
    tx: &mut Tx,
    guild: GuildId,
    currency: Currency,
    (since, until): (Timestamp, Timestamp),
) -> Result<Effect> {
    let row: Option<Effect> = tx
        .first(
            "adding up what promotions did",
            sql(EFFECT)
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(currency.code())
                .bind::<Timestamptz, _>(since.to_diesel())
                .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(row.unwrap_or_default())
}
