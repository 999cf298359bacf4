//! What a promotion would do to prices, whom it touches and what it may cost, from what was bought so far. Nothing changes.
//!
//! A cost is told as from … to …, reckoned from the leanest and from twice the fattest of the last weeks: a promotion brings orders
//! that nobody would have placed, and others forward. With too few weeks or orders there is none: a guess would be taken for a fact.

use super::{NewPromotion, Offers, PromotionRules, Target, announced};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Weeks that are looked at, and how many there must be.
const WEEKS: i64 = 8;
const ENOUGH_WEEKS: i64 = 4;
/// Orders of these weeks that there must be.
const ENOUGH_ORDERS: i64 = 10;
/// How many times the fattest week a promotion may bring.
const BUMP: i128 = 2;
/// A week in seconds.
const WEEK_S: i64 = 7 * 24 * 3600;

/// What an item costs before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item of the price list, such as `plan/pro/month`.
    pub item: String,
    /// What it costs where nothing reduces it.
    pub list: Money,
    /// What is asked now.
    pub before: Money,
    /// What would be asked.
    pub after: Money,
}

/// What a promotion is expected to cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// As the leanest week would have it.
    pub low: Money,
    /// As twice the fattest would.
    pub high: Money,
    /// Of how many weeks.
    pub weeks: i64,
}

#[derive(QueryableByName)]
struct ItemRow {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
}

async fn items(tx: &mut Tx, guild: GuildId, target: &Target) -> Result<Vec<(String, Money)>> {
    let rows: Vec<ItemRow> = tx
        .load(
            "looking at the items of a target",
            sql("select pr.item, pr.currency, pr.amount_minor from prices pr \
                 where pr.guild_id = ? and app.covers(?, pr.item) and pr.amount_minor > 0 \
                   and pr.currency = coalesce((select currency from shops where guild_id = pr.guild_id), 'eur') \
                   and app.is_sold(pr.guild_id, pr.item) order by pr.item")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(target.to_string()),
        )
        .await?;
    let read = |row: ItemRow| {
        let currency: Currency = row.currency.parse().internal("reading a price")?;
        Ok((row.item, Money::new(row.amount_minor, currency).internal("reading a price")?))
    };
    rows.into_iter().map(read).collect()
}

/// What each item that a promotion is on costs now, and what it would cost whoever gets it. Promotions don't add up: the best counts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn changes(tx: &mut Tx, new: &NewPromotion, rules: &PromotionRules, now: Timestamp) -> Result<Vec<Change>> {
    let items = items(tx, new.guild, &new.target).await?;
    let codes: Vec<String> = items.iter().map(|(item, _)| item.clone()).collect();
    let offers: Offers = announced(tx, new.guild, &codes, now).await?;
    let change = |(item, list): (String, Money)| {
        let before = offers.get(&item).map_or(list, |offer| offer.now);
        let off = rules.cap().map_or(Money::zero(list.currency()), |cap| new.discount.capped(cap).off(list));
        let after = list.minus(off).internal("taking a discount off")?;
        let after = if after.minor() < before.minor() { after } else { before };
        Ok(Change { item, list, before, after })
    };
    items.into_iter().map(change).collect()
}

/// What each item that a promotion is on would cost again once it is over, if nothing else reduced it.
///
/// # Errors
/// As [`Tx::load`].
pub async fn restored(tx: &mut Tx, guild: GuildId, target: &Target, now: Timestamp) -> Result<Vec<Change>> {
    let items = items(tx, guild, target).await?;
    let codes: Vec<String> = items.iter().map(|(item, _)| item.clone()).collect();
    let offers = announced(tx, guild, &codes, now).await?;
    let change = |(item, list): (String, Money)| {
        let before = offers.get(&item).map_or(list, |offer| offer.now);
        Change { item, list, before, after: list }
    };
    Ok(items.into_iter().map(change).collect())
}

/// What an order is of, as an item of the price list.
const ITEM: &str = "case when o.plan is not null then 'plan/' || o.plan || '/' || coalesce(o.period, '') \
     else 'product/' || o.product || '/' || coalesce(o.variant, '') end";

#[derive(QueryableByName)]
struct Buyers {
    #[diesel(sql_type = BigInt)]
    buyers: i64,
}

/// Members who paid for something of a target in the 30 days before.
///
/// # Errors
/// As [`Tx::load`].
pub async fn buyers(tx: &mut Tx, guild: GuildId, target: &Target, now: Timestamp) -> Result<i64> {
    let statement = sql("select count(distinct o.user_id) as buyers from orders o \
         where o.guild_id = ? and o.paid_at > ?::timestamptz - interval '30 days' and o.total_minor > 0 and app.covers(?, ")
    .then(ITEM)
    .then(")")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Text, _>(target.to_string());
    let row: Option<Buyers> = tx.first("counting a target's buyers", statement).await?;
    Ok(row.map_or(0, |row| row.buyers))
}

#[derive(QueryableByName)]
struct WeekRow {
    #[diesel(sql_type = BigInt)]
    week: i64,
    #[diesel(sql_type = BigInt)]
    list_minor: i64,
    #[diesel(sql_type = BigInt)]
    orders: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    first_at: Option<jiff_diesel::Timestamp>,
}

/// What a promotion is expected to cost; `None`: too little was bought so far to say.
///
/// # Errors
/// As [`Tx::load`].
pub async fn expected(
    tx: &mut Tx,
    new: &NewPromotion,
    rules: &PromotionRules,
    now: Timestamp,
) -> Result<Option<Expected>> {
    let Some(cap) = rules.cap() else { return Ok(None) };
    let currency = super::reading::currency(tx, new.guild).await?;
    let statement = sql("with bought as (select o.paid_at, o.list_minor from orders o \
           where o.guild_id = ? and o.paid_at <= ? and o.total_minor > 0 and o.currency = ? and app.covers(?, ")
    .then(ITEM)
    .then(
        ")), recent as (select floor(extract(epoch from ?::timestamptz - paid_at) / 604800)::bigint as week, list_minor, \
           count(*) as orders from bought where paid_at > ?::timestamptz - interval '56 days' group by 1, 2) \
         select week, list_minor, orders, (select min(paid_at) from bought) as first_at from recent",
    )
    .bind::<BigInt, _>(new.guild.as_i64())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Text, _>(currency.code())
    .bind::<Text, _>(new.target.to_string())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Timestamptz, _>(now.to_diesel());
    let rows: Vec<WeekRow> = tx.load("looking at what was bought", statement).await?;
    let first = rows.first().and_then(|row| row.first_at).map_or(now, |at| at.to_jiff());
    let discount = new.discount.capped(cap);
    let mut weeks = Vec::with_capacity(rows.len());
    for row in &rows {
        let list = Money::new(row.list_minor, currency).internal("reading an order")?;
        let off = i128::from(discount.off(list).minor()).saturating_mul(i128::from(row.orders));
        weeks.push(Week { week: row.week, orders: row.orders, off });
    }
    let known = now.duration_since(first).as_secs().checked_div(WEEK_S).unwrap_or(0).min(WEEKS);
    let runs = new.ends_at.duration_since(new.starts_at.max(now));
    let Some((low, high)) = interval(&weeks, known, runs) else { return Ok(None) };
    // It costs no more than its budget, nor than its uses take off.
    let dearest =
        items(tx, new.guild, &new.target).await?.into_iter().map(|(_, list)| discount.off(list).minor()).max();
    let by_uses = new.uses.zip(dearest).map(|(uses, most)| i128::from(uses).saturating_mul(i128::from(most)));
    let by_budget = new.budget.map(|budget| i128::from(budget.minor()));
    let bound = by_uses.into_iter().chain(by_budget).min().unwrap_or(i128::MAX);
    let money = |minor: i128| {
        let minor = i64::try_from(minor.min(bound)).unwrap_or(i64::MAX).min(crate::kernel::money::MOST_MINOR);
        Money::new(minor, currency).internal("reckoning a cost")
    };
    Ok(Some(Expected { low: money(low)?, high: money(high)?, weeks: known }))
}

/// What would have come off in a week, the last being 0.
struct Week {
    week: i64,
    orders: i64,
    off: i128,
}

/// What comes off in such a time, from … to …, by the whole weeks that are known.
fn interval(rows: &[Week], known: i64, runs: SignedDuration) -> Option<(i128, i128)> {
    let inside = |row: &&Week| row.week < known;
    if known < ENOUGH_WEEKS || rows.iter().filter(inside).map(|row| row.orders).sum::<i64>() < ENOUGH_ORDERS {
        return None;
    }
    let of = |week: i64| rows.iter().filter(|row| row.week == week).map(|row| row.off).sum::<i128>();
    let (low, high) = ((0..known).map(of).min()?, (0..known).map(of).max()?);
    let (runs, week) = (i128::from(runs.as_secs().max(0)), i128::from(WEEK_S));
    let part = |off: i128| off.saturating_mul(runs);
    // Down and up to a minor unit.
    Some((part(low) / week, (part(high).saturating_mul(BUMP) + week - 1) / week))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(offs: &[i128]) -> Vec<Week> {
        (0..).zip(offs).map(|(week, off)| Week { week, orders: 5, off: *off }).collect()
    }

    #[test]
    fn a_cost_lies_between_the_leanest_and_twice_the_fattest_week() {
        let runs = SignedDuration::from_hours(7 * 24);
        assert_eq!(interval(&weeks(&[700, 1_400, 0, 2_100]), 4, runs), Some((0, 4_200)));
        assert_eq!(interval(&weeks(&[700; 6]), 6, SignedDuration::from_hours(24)), Some((100, 200)));
        // A week without any order is one of them.
        assert_eq!(interval(&weeks(&[700; 3]), 4, runs), Some((0, 1_400)));
    }

    #[test]
    fn with_too_few_weeks_or_orders_nothing_is_said() {
        let runs = SignedDuration::from_hours(48);
        assert_eq!(interval(&weeks(&[700; 3]), 3, runs), None);
        assert_eq!(interval(&weeks(&[700]), 8, runs), None);
        assert_eq!(interval(&[], 8, runs), None);
    }
}
