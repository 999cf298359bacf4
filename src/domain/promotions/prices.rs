//! What was asked for an item when: the history of prices while promotions run that everybody gets, and what must be announced
//! beside them.
//!
//! A reduction is announced against the lowest price of the 30 days before it (Directive 98/6/EC, article 6a). So the price
//! with the reduction stands in the history for as long as it runs. Catalogue and promotions both call [`record`]: it makes
//! the history agree with the price list and the promotions as they are.

use super::store::discount_of;
use super::{Discount, PromotionState, Target};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::collections::HashMap;

type Time = jiff_diesel::Timestamp;

/// An item that is sold, with its price and the lowest of the 30 days before a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Priced {
    /// What it costs without reductions.
    pub list: Money,
    /// The lowest that was asked.
    pub lowest: i64,
}

#[derive(QueryableByName)]
struct PricedRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = BigInt)]
    lowest_minor: i64,
}

/// What is sold for money under a target, in the shop's currency.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn priced(tx: &mut Tx, guild: GuildId, target: &Target, from: Timestamp) -> Result<Vec<Priced>> {
    let rows: Vec<PricedRow> = tx
        .load(
            "looking at the prices of a target",
            sql("select pr.currency, pr.amount_minor, least(pr.amount_minor, ( \
                   select min(h.amount_minor) from price_history h where h.guild_id = pr.guild_id and h.item = pr.item \
                     and h.currency = pr.currency and h.since < ? and (h.until is null or h.until > ?::timestamptz - interval '30 days') \
                     and h.until is distinct from h.since)) as lowest_minor \
                 from prices pr where pr.guild_id = ? and app.covers(?, pr.item) and pr.amount_minor > 0 \
                   and pr.currency = coalesce((select currency from shops where guild_id = pr.guild_id), 'eur') \
                   and app.is_sold(pr.guild_id, pr.item)")
            .bind::<Timestamptz, _>(from.to_diesel())
            .bind::<Timestamptz, _>(from.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(target.to_string()),
        )
        .await?;
    let read = |row: PricedRow| {
        let currency: Currency = row.currency.parse().internal("reading a price")?;
        Ok(Priced {
            list: Money::new(row.amount_minor, currency).internal("reading a price")?,
            lowest: row.lowest_minor,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Whether a discount asks less of every item than people paid in the 30 days before; items that it leaves alone don't count.
pub(super) fn reduces(items: &[Priced], discount: Discount) -> bool {
    let mut any = false;
    for item in items {
        let off = discount.off(item.list).minor();
        any |= off > 0;
        if off > 0 && item.list.minor() - off >= item.lowest {
            return false;
        }
    }
    any
}

#[derive(QueryableByName)]
struct Running {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Nullable<Integer>)]
    percent_hundredths: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount_minor: Option<i64>,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Timestamptz)]
    ends_at: Time,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    started_at: Option<Time>,
}

/// A promotion that everybody gets now.
struct Open {
    number: i64,
    target: Target,
    discount: Discount,
    currency: Currency,
    ends_at: Timestamp,
    started_at: Timestamp,
}

/// The promotions that everybody gets now.
async fn open(tx: &mut Tx, guild: GuildId, now: Timestamp) -> Result<Vec<Open>> {
    let rows: Vec<Running> = tx
        .load(
            "looking for promotions that everybody gets",
            sql("select number, target, percent_hundredths, amount_minor, currency, ends_at, started_at from promotions \
                 where guild_id = ? and state = ? and code is null and not first_purchase and ends_at > ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(PromotionState::Active.as_str())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    let mut open = Vec::with_capacity(rows.len());
    for row in rows {
        let currency: Currency = row.currency.parse().internal("reading a promotion")?;
        let Some(target) = Target::from_word(&row.target) else { continue };
        open.push(Open {
            number: row.number,
            target,
            discount: discount_of(row.percent_hundredths, row.amount_minor, currency)?,
            currency,
            ends_at: row.ends_at.to_jiff(),
            started_at: row.started_at.map_or(now, |at| at.to_jiff()),
        });
    }
    Ok(open)
}

/// What the best of the open promotions takes off an item's price, and which it is.
fn best<'a>(open: &'a [Open], item: &str, list: Money) -> Option<(Money, &'a Open)> {
    let fits = |one: &&Open| one.currency == list.currency() && one.target.covers(item);
    let off = open.iter().filter(fits).map(|one| (one.discount.off(list), one));
    off.filter(|(off, _)| !off.is_zero()).min_by_key(|(off, one)| (std::cmp::Reverse(off.minor()), one.number))
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    shown_minor: Option<i64>,
}

/// Makes the history of the prices under a target agree with the price list and the promotions as they are now, at the commit.
///
/// Acts as an operator or as the *payments* duty. Comes after what changed was written.
///
/// # Errors
/// As [`Tx::load`].
pub async fn record(tx: &mut Tx, guild: GuildId, target: &Target, now: Timestamp) -> Result<()> {
    let open = open(tx, guild, now).await?;
    let rows: Vec<Shown> = tx
        .load(
            "comparing prices with their history",
            sql("select pr.item, pr.currency, pr.amount_minor, (select h.amount_minor from price_history h \
                   where h.guild_id = pr.guild_id and h.item = pr.item and h.currency = pr.currency and h.until is null \
                   order by h.since desc, h.id desc limit 1) as shown_minor \
                 from prices pr where pr.guild_id = ? and app.covers(?, pr.item)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(target.to_string()),
        )
        .await?;
    let (mut items, mut currencies, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let currency: Currency = row.currency.parse().internal("reading a price")?;
        let list = Money::new(row.amount_minor, currency).internal("reading a price")?;
        let off = best(&open, &row.item, list).map_or(0, |(off, _)| off.minor());
        let asked = list.minor() - off;
        if row.shown_minor != Some(asked) {
            items.push(row.item);
            currencies.push(row.currency);
            amounts.push(asked);
        }
    }
    if !items.is_empty() {
        tx.defer(
            "recording what is asked",
            sql(
                "with asked as (select * from unnest(?::text[], ?::text[], ?::bigint[]) as a(item, currency, amount)), \
                   over as (update price_history h set until = ? from asked a where h.guild_id = ? and h.item = a.item \
                            and h.currency = a.currency and h.until is null) \
                 insert into price_history (guild_id, item, currency, amount_minor, since) \
                 select ?, item, currency, amount, ? from asked",
            )
            .bind::<Array<Text>, _>(items)
            .bind::<Array<Text>, _>(currencies)
            .bind::<Array<BigInt>, _>(amounts)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel()),
        );
    }
    Ok(())
}

/// A reduction as it must be announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// The promotion's number.
    pub promotion: i64,
    /// The lowest price of the 30 days before it.
    pub before: Money,
    /// What is asked now.
    pub now: Money,
    /// Until when.
    pub ends_at: Timestamp,
}

#[derive(QueryableByName)]
struct Before {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    lowest_minor: Option<i64>,
}

/// The reductions that everybody gets now, for those of the items that have one, by the item's name.
///
/// # Errors
/// As [`Tx::load`].
pub async fn announced(
    tx: &mut Tx,
    guild: GuildId,
    items: &[String],
    now: Timestamp,
) -> Result<HashMap<String, Announced>> {
    let open = open(tx, guild, now).await?;
    // Each item's history ends where the promotion begins that it is announced with; the latest beginning serves to load it.
    let wanted: Vec<&String> = items.iter().filter(|item| open.iter().any(|one| one.target.covers(item))).collect();
    let mut found = HashMap::new();
    for one in &open {
        let covered: Vec<String> =
            wanted.iter().filter(|item| one.target.covers(item)).map(|item| (*item).clone()).collect();
        if covered.is_empty() {
            continue;
        }
        for row in before(tx, guild, covered, one.started_at).await? {
            let currency: Currency = row.currency.parse().internal("reading a price")?;
            let list = Money::new(row.amount_minor, currency).internal("reading a price")?;
            let Some((off, _)) = best(&open, &row.item, list).filter(|(_, best)| best.number == one.number) else {
                continue;
            };
            let lowest =
                Money::new(row.lowest_minor.unwrap_or(row.amount_minor), currency).internal("reading a price")?;
            let announced = Announced {
                promotion: one.number,
                before: lowest,
                now: list.minus(off).internal("taking a discount off")?,
                ends_at: one.ends_at,
            };
            found.insert(row.item, announced);
        }
    }
    Ok(found)
}

/// Prices of items with the lowest of the 30 days before a time.
async fn before(tx: &mut Tx, guild: GuildId, items: Vec<String>, from: Timestamp) -> Result<Vec<Before>> {
    tx.load(
        "looking for the lowest prices before a promotion",
        sql("select pr.item, pr.currency, pr.amount_minor, (select min(h.amount_minor) from price_history h \
               where h.guild_id = pr.guild_id and h.item = pr.item and h.currency = pr.currency and h.since < ? \
                 and (h.until is null or h.until > ?::timestamptz - interval '30 days') \
                 and h.until is distinct from h.since) as lowest_minor \
             from prices pr where pr.guild_id = ? and pr.item = any(?) \
               and pr.currency = coalesce((select currency from shops where guild_id = pr.guild_id), 'eur')")
        .bind::<Timestamptz, _>(from.to_diesel())
        .bind::<Timestamptz, _>(from.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Array<Text>, _>(items),
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Percent;

    fn item(list: i64, lowest: i64) -> Priced {
        Priced { list: Money::new(list, Currency::EUR).unwrap(), lowest }
    }

    #[test]
    fn a_reduction_asks_less_than_people_paid() {
        let twenty = Discount::Percent(Percent::from_hundredths(2000).unwrap());
        assert!(reduces(&[item(1000, 1000)], twenty));
        assert!(!reduces(&[item(1000, 1000), item(1000, 800)], twenty), "people paid that much before");
        assert!(!reduces(&[item(1000, 700)], twenty), "people paid less before");
        assert!(!reduces(&[item(50, 50)], twenty), "nothing comes off");
        assert!(!reduces(&[], twenty));
    }
}
