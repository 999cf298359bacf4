//! What was asked for an item when: the history of prices while promotions run that everybody gets, and what must be announced
//! beside them.
//!
//! A reduction is announced against the lowest price of the 30 days before it (Directive 98/6/EC, article 6a). So the price
//! with the reduction stands in the history for as long as it runs. Catalogue and promotions both call [`record`]: it makes
//! the history agree with the price list and the promotions as they are.

use super::store::{cap_of, discount_of};
use super::{Capped, PromotionState, Target};
use crate::db::{Tx, sql};
use crate::kernel::error::{AskedBefore, Context, Problem};
use crate::kernel::{Currency, GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use serde::Deserialize;
use std::collections::HashMap;

/// An item that is sold, with its price and the lowest of the 30 days before a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Priced {
    /// The item, such as `plan/pro/month`.
    pub item: String,
    /// What it costs without reductions.
    pub list: Money,
    /// The lowest that was asked.
    pub lowest: i64,
}

#[derive(QueryableByName)]
struct PricedRow {
    #[diesel(sql_type = Text)]
    item: String,
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
            sql("select pr.item, pr.currency, pr.amount_minor, least(pr.amount_minor, \
                   app.asked_before(pr.guild_id, pr.item, pr.currency, ?)) as lowest_minor \
                 from prices pr where pr.guild_id = ? and app.covers(?, pr.item) and pr.amount_minor > 0 \
                   and pr.currency = coalesce((select currency from shops where guild_id = pr.guild_id), 'eur') \
                   and app.is_sold(pr.guild_id, pr.item)")
            .bind::<Timestamptz, _>(from.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(target.to_string()),
        )
        .await?;
    let read = |row: PricedRow| {
        let currency: Currency = row.currency.parse().internal("reading a price")?;
        Ok(Priced {
            item: row.item,
            list: Money::new(row.amount_minor, currency).internal("reading a price")?,
            lowest: row.lowest_minor,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Whether a discount asks less of every item than people paid in the 30 days before; items that it leaves alone don't count.
pub(super) fn reduces(items: &[Priced], discount: Capped) -> bool {
    items.iter().any(|item| !discount.off(item.list).is_zero()) && no_less(items, discount).is_none()
}

/// The first item of which a discount would ask no less than was asked in the 30 days before.
pub(super) fn no_less(items: &[Priced], discount: Capped) -> Option<&Priced> {
    items.iter().find(|item| {
        let off = discount.off(item.list).minor();
        off > 0 && item.list.minor() - off >= item.lowest
    })
}

#[derive(QueryableByName)]
struct AskedRow {
    #[diesel(sql_type = Text)]
    called: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    forgotten: Option<jiff_diesel::Timestamp>,
}

/// Why a price would be no reduction of an item: what the item is called, the lowest that was asked, and when that is forgotten.
///
/// # Errors
/// As [`Tx::first`].
pub(super) async fn asked_before(tx: &mut Tx, guild: GuildId, item: &Priced, discount: Capped) -> Result<Problem> {
    let price = item.list.minus(discount.off(item.list)).internal("taking a discount off")?;
    let currency = item.list.currency();
    let found: Option<AskedRow> = tx
        .first(
            "looking for what was asked before",
            sql("with input as (select ?::bigint as guild, ?::text as item, ?::text as currency, ?::bigint as price) \
                 select coalesce((select p.name from plans p where p.guild_id = i.guild and 'plan/' || p.code = substring(i.item from '^plan/[^/]*')), \
                     (select g.name from products g where g.guild_id = i.guild and 'product/' || g.code = substring(i.item from '^product/[^/]*')), \
                     i.item) as called, \
                   (select case when bool_or(h.until is null) then null else max(h.until) + interval '30 days' end from price_history h \
                    where h.guild_id = i.guild and h.item = i.item and h.currency = i.currency and h.amount_minor <= i.price \
                      and h.until is distinct from h.since) as forgotten from input i")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(item.item.clone())
            .bind::<Text, _>(currency.code())
            .bind::<BigInt, _>(price.minor()),
        )
        .await?;
    Ok(Problem::AskedBefore(Box::new(AskedBefore {
        item: item.item.clone(),
        called: found.as_ref().map_or_else(|| item.item.clone(), |row| row.called.clone()),
        lowest: Money::new(item.lowest, currency).internal("reading a price")?,
        price,
        from: found.and_then(|row| row.forgotten).map(|at| at.to_jiff()),
    })))
}

#[derive(QueryableByName)]
struct Running {
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Nullable<Integer>)]
    percent_hundredths: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount_minor: Option<i64>,
    #[diesel(sql_type = Integer)]
    cap_hundredths: i32,
    #[diesel(sql_type = Text)]
    currency: String,
}

/// A promotion that everybody gets now.
struct Open {
    target: Target,
    discount: Capped,
    currency: Currency,
}

/// The promotions that everybody gets now.
async fn open(tx: &mut Tx, guild: GuildId, now: Timestamp) -> Result<Vec<Open>> {
    let rows: Vec<Running> = tx
        .load(
            "looking for promotions that everybody gets",
            sql("select target, percent_hundredths, amount_minor, cap_hundredths, currency from promotions \
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
            target,
            discount: discount_of(row.percent_hundredths, row.amount_minor, currency)?
                .capped(cap_of(row.cap_hundredths)?),
            currency,
        });
    }
    Ok(open)
}

/// What the best of the open promotions takes off an item's price.
fn best(open: &[Open], item: &str, list: Money) -> i64 {
    let fits = |one: &&Open| one.currency == list.currency() && one.target.covers(item);
    open.iter().filter(fits).map(|one| one.discount.off(list).minor()).max().unwrap_or(0)
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    currency: String,
    /// The price list's; none where it is not sold.
    #[diesel(sql_type = Nullable<BigInt>)]
    list_minor: Option<i64>,
    /// The history's; none where nothing is asked by it.
    #[diesel(sql_type = Nullable<BigInt>)]
    shown_minor: Option<i64>,
}

/// Makes the history of the prices under a target agree with the price list and the promotions as they are now, at the commit:
/// what is not asked any more ends, what is asked from now on begins. Nothing is asked for what is removed or a draft.
///
/// Acts as an operator or as the *payments* duty. What changed must be written already, and not only deferred.
///
/// # Errors
/// As [`Tx::load`].
pub async fn record(tx: &mut Tx, guild: GuildId, target: &Target, now: Timestamp) -> Result<()> {
    let open = open(tx, guild, now).await?;
    let (mut items, mut currencies, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for row in compared(tx, guild, target).await? {
        let currency: Currency = row.currency.parse().internal("reading a price")?;
        let list = row.list_minor.map(|minor| Money::new(minor, currency)).transpose().internal("reading a price")?;
        let asked = list.map(|list| list.minor() - best(&open, &row.item, list));
        if row.shown_minor != asked {
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
                 select ?, item, currency, amount, ? from asked where amount is not null",
            )
            .bind::<Array<Text>, _>(items)
            .bind::<Array<Text>, _>(currencies)
            .bind::<Array<Nullable<BigInt>>, _>(amounts)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel()),
        );
    }
    Ok(())
}

/// The price list beside the history, for the items under a target.
async fn compared(tx: &mut Tx, guild: GuildId, target: &Target) -> Result<Vec<Shown>> {
    tx.load(
        "comparing prices with their history",
        sql("with input as (select ?::bigint as guild, ?::text as target), \
               listed as (select pr.item, pr.currency, pr.amount_minor from prices pr, input \
                          where pr.guild_id = input.guild and app.covers(input.target, pr.item) \
                            and app.is_sold(pr.guild_id, pr.item)), \
               shown as (select distinct on (h.item, h.currency) h.item, h.currency, h.amount_minor \
                         from price_history h, input where h.guild_id = input.guild and app.covers(input.target, h.item) \
                           and h.until is null order by h.item, h.currency, h.since desc, h.id desc) \
             select coalesce(l.item, s.item) as item, coalesce(l.currency, s.currency) as currency, \
               l.amount_minor as list_minor, s.amount_minor as shown_minor \
             from listed l full join shown s on s.item = l.item and s.currency = l.currency")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(target.to_string()),
    )
    .await
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

/// The reductions that everybody gets now, by the item's name.
pub type Offers = HashMap<String, Announced>;

/// What `app.offers` in the database gives.
#[derive(Deserialize)]
struct Offered {
    promotion: i64,
    percent_hundredths: Option<i32>,
    amount_minor: Option<i64>,
    cap_hundredths: i32,
    currency: String,
    /// In microseconds.
    ends_at: i64,
    item: String,
    list_currency: String,
    list_minor: i64,
    lowest_minor: Option<i64>,
}

/// Reads what `app.offers` gives: for a query of a page that asks for the reductions as well.
///
/// # Errors
/// [`crate::kernel::Error::Internal`] for what it never gives.
pub fn read_offers(offered: serde_json::Value) -> Result<Offers> {
    let offered: Vec<Offered> = serde_json::from_value(offered).internal("reading offers")?;
    let mut offers = Offers::new();
    for row in offered {
        let currency: Currency = row.currency.parse().internal("reading a promotion")?;
        let list_currency: Currency = row.list_currency.parse().internal("reading a price")?;
        let money = |minor| Money::new(minor, list_currency).internal("reading a price");
        let list = money(row.list_minor)?;
        let discount = discount_of(row.percent_hundredths, row.amount_minor, currency)?;
        let off = discount.capped(cap_of(row.cap_hundredths)?).off(list);
        let new = Announced {
            promotion: row.promotion,
            before: money(row.lowest_minor.unwrap_or(row.list_minor))?,
            now: list.minus(off).internal("taking a discount off")?,
            ends_at: Timestamp::from_microsecond(row.ends_at).internal("reading a promotion")?,
        };
        // The best counts; of two as good, the first that was made.
        let rank = |one: &Announced| (one.now.minor(), one.promotion);
        let better = offers.get(&row.item).is_none_or(|known| rank(&new) < rank(known));
        if !off.is_zero() && currency == list_currency && better {
            offers.insert(row.item, new);
        }
    }
    Ok(offers)
}

#[derive(QueryableByName)]
struct OffersRow {
    #[diesel(sql_type = Jsonb)]
    offers: serde_json::Value,
}

/// The reductions that everybody gets now, for those of the items that have one.
///
/// # Errors
/// As [`Tx::load`].
pub async fn announced(tx: &mut Tx, guild: GuildId, items: &[String], now: Timestamp) -> Result<Offers> {
    let row: Option<OffersRow> = tx
        .first(
            "looking for reductions to announce",
            sql("select app.offers(?, ?, ?) as offers")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Array<Text>, _>(items.to_vec())
                .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    row.map_or_else(|| Ok(Offers::new()), |row| read_offers(row.offers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::promotions::Discount;
    use crate::kernel::Percent;

    fn item(list: i64, lowest: i64) -> Priced {
        Priced { item: "plan/pro/month".to_owned(), list: Money::new(list, Currency::EUR).unwrap(), lowest }
    }

    #[test]
    fn a_reduction_asks_less_than_people_paid() {
        let percent = |hundredths| Percent::from_hundredths(hundredths).unwrap();
        let twenty = Discount::Percent(percent(2000)).capped(percent(3000));
        assert!(reduces(&[item(1000, 1000)], twenty));
        assert!(!reduces(&[item(1000, 1000), item(1000, 800)], twenty), "people paid that much before");
        assert!(!reduces(&[item(1000, 700)], twenty), "people paid less before");
        assert!(!reduces(&[item(50, 50)], twenty), "nothing comes off");
        assert!(!reduces(&[], twenty));
    }
}
