//! What people look at: the giveaways of a guild, one's own entries, and who takes part.
//!
//! Acts as who looks: a member finds what is announced and what is his, staff what is their guild's.

use super::store::{self, Row};
use super::{Giveaway, PlaceState, State};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use std::collections::HashMap;

/// Giveaways on one page.
pub const PAGE: i64 = 5;
/// Entrants on one page.
pub const ENTRANTS: i64 = 25;

/// The giveaway of that number.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn one(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Giveaway> {
    store::find(tx, guild, number).await?.ok_or(Error::NotFound("giveaway"))
}

/// A page of giveaways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Those on it, at most [`PAGE`].
    pub giveaways: Vec<Giveaway>,
    /// Its number, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// How many giveaways there are on all of them.
    pub all: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The giveaways that run, the next to end first; for staff then also those to come, that are paused, or whose prizes are under way.
/// A page past the last is the last.
///
/// # Errors
/// As [`Tx::load`].
pub async fn running(tx: &mut Tx, guild: GuildId, staff: bool, page: i64) -> Result<Page> {
    let count: Option<Count> = tx
        .first(
            "counting giveaways",
            sql("select count(*) as n from giveaways where guild_id = ? \
                   and (state = 'open' or (? and state in ('scheduled', 'paused', 'drawing', 'drawn')))")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Bool, _>(staff),
        )
        .await?;
    let all = count.map_or(0, |count| count.n);
    let pages = all.saturating_add(PAGE - 1).checked_div(PAGE).unwrap_or(1).max(1);
    let page = page.clamp(1, pages);
    let rows: Vec<Row> = tx
        .load(
            "listing giveaways",
            sql("select * from giveaways where guild_id = ? \
                   and (state = 'open' or (? and state in ('scheduled', 'paused', 'drawing', 'drawn'))) \
                 order by state <> 'open', ends_at, number limit ? offset ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Bool, _>(staff)
            .bind::<BigInt, _>(PAGE)
            .bind::<BigInt, _>(PAGE.saturating_mul(page - 1)),
        )
        .await?;
    Ok(Page { giveaways: rows.into_iter().map(Row::read).collect::<Result<_>>()?, page, pages, all })
}

/// Giveaways in any of these states, the newest first, below a number; at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn page_of(
    tx: &mut Tx,
    guild: GuildId,
    (states, below): (&[State], i64),
    limit: i64,
) -> Result<Vec<Giveaway>> {
    let words: Vec<&'static str> = states.iter().map(|state| state.as_str()).collect();
    let rows: Vec<Row> = tx
        .load(
            "listing giveaways",
            sql("select * from giveaways where guild_id = ? and number < ? and state = any(?) order by number desc limit ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(below)
                .bind::<Array<Text>, _>(words)
                .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The giveaway that this intent made.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of_request(tx: &mut Tx, guild: GuildId, request: &str) -> Result<Option<Giveaway>> {
    store::of_request(tx, guild, request).await
}

#[derive(QueryableByName)]
struct CrowdRow {
    #[diesel(sql_type = BigInt)]
    giveaway: i64,
    #[diesel(sql_type = BigInt)]
    entries: i64,
}

/// How many take part in each of these giveaways; one in which nobody does is left out. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn crowds(tx: &mut Tx, guild: GuildId, numbers: &[i64]) -> Result<HashMap<i64, i64>> {
    let rows: Vec<CrowdRow> = tx
        .load(
            "counting the entries of giveaways",
            sql("select giveaway, sum(entries)::bigint as entries from giveaway_crowds \
                 where guild_id = ? and giveaway = any(?) group by giveaway")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Array<BigInt>, _>(numbers.to_vec()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.giveaway, row.entries)).collect())
}

/// The newest giveaways, at most 25, in any of these states; for suggestions.
///
/// # Errors
/// As [`Tx::load`].
pub async fn newest(tx: &mut Tx, guild: GuildId, states: &[State]) -> Result<Vec<Giveaway>> {
    let words: Vec<&'static str> = states.iter().map(|state| state.as_str()).collect();
    let rows: Vec<Row> = tx
        .load(
            "listing giveaways",
            sql("select * from giveaways where guild_id = ? and state = any(?) order by number desc limit 25")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Array<Text>, _>(words),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

#[derive(QueryableByName)]
struct VariantRow {
    #[diesel(sql_type = Text)]
    code: String,
}

/// The variant of a product that is won where only the product is named: its first.
///
/// # Errors
/// As [`Tx::load`].
pub async fn first_variant(tx: &mut Tx, guild: GuildId, product: &str) -> Result<Option<String>> {
    let row: Option<VariantRow> = tx
        .first(
            "looking for a product's variant",
            sql("select code from variants where guild_id = ? and product = ? and not archived \
                 order by code <> 'standard', code limit 1")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(product.to_owned()),
        )
        .await?;
    Ok(row.map(|row| row.code))
}

#[derive(QueryableByName)]
struct NamedRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The variants of a product that are sold: code and name.
///
/// # Errors
/// As [`Tx::load`].
pub async fn variants(tx: &mut Tx, guild: GuildId, product: &str) -> Result<Vec<(String, String)>> {
    let rows: Vec<NamedRow> = tx
        .load(
            "listing a product's variants",
            sql("select code, name from variants where guild_id = ? and product = ? and not archived order by code limit 50")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(product.to_owned()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}

#[derive(QueryableByName)]
struct Weight {
    #[diesel(sql_type = Integer)]
    weight: i32,
}

/// The weight of somebody's entry; `None`: he doesn't take part.
///
/// # Errors
/// As [`Tx::load`].
pub async fn weight_of(tx: &mut Tx, guild: GuildId, number: i64, user: UserId) -> Result<Option<u32>> {
    let row: Option<Weight> = tx
        .first(
            "looking for an entry",
            sql("select weight from giveaway_entries where guild_id = ? and giveaway = ? and user_id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number)
                .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    Ok(row.and_then(|row| u32::try_from(row.weight).ok()))
}

#[derive(QueryableByName)]
struct EntrantRow {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Integer)]
    weight: i32,
}

/// Who takes part, with their weights, by account, after `after`; at most [`ENTRANTS`].
///
/// # Errors
/// As [`Tx::load`].
pub async fn entrants(tx: &mut Tx, guild: GuildId, number: i64, after: i64) -> Result<Vec<(UserId, u32)>> {
    let rows: Vec<EntrantRow> = tx
        .load(
            "listing a giveaway's entries",
            sql("select user_id, weight from giveaway_entries where guild_id = ? and giveaway = ? and user_id > ? \
                 order by user_id limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(ENTRANTS),
        )
        .await?;
    let read = |row: EntrantRow| {
        let user = UserId::try_from(row.user_id).internal("reading an entry")?;
        Ok((user, u32::try_from(row.weight).unwrap_or(1)))
    };
    rows.into_iter().map(read).collect()
}

/// Somebody who has or had a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// His rank.
    pub rank: u32,
    /// His place, from 1.
    pub place: u32,
    /// He.
    pub user: UserId,
    /// How he stands with his prize.
    pub state: PlaceState,
    /// The order by which he got it.
    pub order: Option<i64>,
    /// Until when he may claim it, where his time runs.
    pub claim_until: Option<Timestamp>,
}

#[derive(QueryableByName)]
struct HolderRow {
    #[diesel(sql_type = Integer)]
    rank: i32,
    #[diesel(sql_type = Integer)]
    place: i32,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    claim_until: Option<jiff_diesel::Timestamp>,
}

/// Who has the places, in their order, at most `limit`; those who are out are left out.
///
/// # Errors
/// As [`Tx::load`].
pub async fn holders(tx: &mut Tx, guild: GuildId, number: i64, limit: i64) -> Result<Vec<Holder>> {
    let rows: Vec<HolderRow> = tx
        .load(
            "listing a giveaway's winners",
            sql("select rank, place, user_id, state, order_number, claim_until from giveaway_places \
                 where guild_id = ? and giveaway = ? and state <> 'out' order by place limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let read = |row: HolderRow| {
        Some(Holder {
            rank: u32::try_from(row.rank).ok()?,
            place: u32::try_from(row.place).ok()?,
            user: UserId::try_from(row.user_id).ok()?,
            state: PlaceState::from_word(&row.state)?,
            order: row.order_number,
            claim_until: row.claim_until.map(|at| at.to_jiff()),
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
