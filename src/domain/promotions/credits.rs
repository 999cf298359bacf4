//! A member's credits: what he got for recommending the shop, and what orders took of it.
//!
//! A credit comes off an order's price in the place of a promotion, never beside one, and leaves what the provider takes at
//! least. It is reserved with the order, given back when the order ends unpaid or its money goes back in full, and never paid
//! out. What he spent stays spent where a friend's purchase, or a part of it, is given back later: the next credits make up for it. Changes act as
//! the *payments* duty, under the lock of the order.

use super::discount::least;
use crate::db::{Statement, Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Currency, Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What an order takes of its buyer's credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditUse {
    /// The guild.
    pub guild: GuildId,
    /// The order's number.
    pub order: i64,
    /// Who buys.
    pub member: UserId,
    /// How much.
    pub amount: Money,
}

#[derive(QueryableByName)]
struct Left {
    #[diesel(sql_type = BigInt)]
    minor: i64,
}

/// What a member has left in a currency, never less than nothing. With `replaces_plan`, what his open checkout for a plan holds
/// counts as left, because that checkout gives way to a new one. Acts as the member or as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn left(
    tx: &mut Tx,
    (guild, member): (GuildId, UserId),
    currency: Currency,
    replaces_plan: bool,
) -> Result<Money> {
    let row: Option<Left> = tx
        .first(
            "adding up a member's credits",
            sql("select (coalesce((select sum(r.amount_minor - r.back_minor) from referrals r where r.guild_id = ? and r.user_id = ? \
                   and r.state = 'credited' and r.currency = ?), 0) \
                 - coalesce((select sum(u.amount_minor) from credit_uses u \
                     left join orders o on o.guild_id = u.guild_id and o.number = u.order_number \
                   where u.guild_id = ? and u.user_id = ? and u.currency = ? and u.state <> 'released' \
                     and not coalesce(? and u.state = 'reserved' and o.kind = 'plan' and o.state = 'pending', false)), 0))::bigint \
                 as minor")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
            .bind::<Text, _>(currency.code())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
            .bind::<Text, _>(currency.code())
            .bind::<Bool, _>(replaces_plan),
        )
        .await?;
    let minor = row.map_or(0, |row| row.minor).clamp(0, crate::kernel::money::MOST_MINOR);
    Money::new(minor, currency).internal("adding up a member's credits")
}

/// What of a credit may come off a price.
pub(super) fn off(left: Money, list: Money) -> Money {
    let most = list.minor().saturating_sub(least(list.currency())).max(0);
    Money::new(left.minor().min(most), list.currency()).unwrap_or(Money::zero(list.currency()))
}

/// Takes credit for an order; `false` when there is not that much left. An order that holds it already takes no more.
///
/// # Errors
/// As [`Tx::load`].
async fn taken(tx: &mut Tx, wanted: &CreditUse, now: Timestamp) -> Result<bool> {
    let (guild, user) = (wanted.guild.as_i64(), wanted.member.as_i64());
    // Whoever has credits has a code: its row makes his orders wait for each other.
    tx.execute(
        "taking a member's credits",
        sql("select from referral_codes where guild_id = ? and user_id = ? for update")
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(user),
    )
    .await?;
    let held = tx
        .execute(
            "looking for an order's credit",
            sql("select from credit_uses where guild_id = ? and order_number = ? and state <> 'released'")
                .bind::<BigInt, _>(guild)
                .bind::<BigInt, _>(wanted.order),
        )
        .await?;
    if held > 0 {
        return Ok(true);
    }
    let left = left(tx, (wanted.guild, wanted.member), wanted.amount.currency(), false).await?;
    if left.minor() < wanted.amount.minor() {
        return Ok(false);
    }
    tx.defer(
        "reserving a credit",
        sql("insert into credit_uses (guild_id, order_number, user_id, state, amount_minor, currency, updated_at) \
             values (?, ?, ?, 'reserved', ?, ?, ?) \
             on conflict (guild_id, order_number) do update set state = 'reserved', updated_at = excluded.updated_at")
        .bind::<BigInt, _>(guild)
        .bind::<BigInt, _>(wanted.order)
        .bind::<BigInt, _>(user)
        .bind::<BigInt, _>(wanted.amount.minor())
        .bind::<Text, _>(wanted.amount.currency().code())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    Ok(true)
}

/// Takes credit for an order that is being placed.
///
/// # Errors
/// [`Error::Conflict`] when it was spent meanwhile.
pub async fn spend(tx: &mut Tx, wanted: &CreditUse, now: Timestamp) -> Result<()> {
    if taken(tx, wanted, now).await? { Ok(()) } else { Err(Error::Conflict("error-credit-spent")) }
}

/// Takes again what an order gave back, because its money came after all; `false` when it was spent since.
///
/// # Errors
/// As [`Tx::load`].
pub async fn spend_again(tx: &mut Tx, wanted: &CreditUse, now: Timestamp) -> Result<bool> {
    taken(tx, wanted, now).await
}

/// Gives back now what an order reserved.
///
/// # Errors
/// As [`Tx::load`].
pub async fn release(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) -> Result<()> {
    tx.execute("giving a credit back", moved("released", &["reserved"], (guild, order), now)).await.map(|_| ())
}

/// Gives back, at the commit, what an order reserved or used: its money went back in full.
pub fn return_later(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) {
    tx.defer("giving a credit back", moved("released", &["reserved", "used"], (guild, order), now));
}

/// Uses up, at the commit, what an order that is handed over reserved, or had given back with money that did not go back.
pub fn use_up(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) {
    tx.defer("using a credit up", moved("used", &["reserved", "released"], (guild, order), now));
}

fn moved(to: &'static str, from: &[&'static str], (guild, order): (GuildId, i64), now: Timestamp) -> Statement {
    sql("update credit_uses set state = ?, updated_at = ? where guild_id = ? and order_number = ? and state = any (?)")
        .bind::<Text, _>(to)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(order)
        .bind::<diesel::sql_types::Array<Text>, _>(from.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_leaves_what_the_provider_takes() {
        let euros = |minor| Money::new(minor, Currency::EUR).unwrap();
        assert_eq!(off(euros(200), euros(999)), euros(200));
        assert_eq!(off(euros(5_000), euros(999)), euros(949));
        assert_eq!(off(euros(200), euros(50)), euros(0));
        assert_eq!(off(euros(0), euros(999)), euros(0));
        assert_eq!(off(euros(200), euros(0)), euros(0));
    }
}
