//! What an order holds until it is paid: stock, keys, the use of a promotion or of a credit; taken when it is placed, given back when it
//! ends unpaid, taken again where the money came after that.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::promotions::credits::{self, CreditUse};
use crate::domain::promotions::{self, Use};
use crate::kernel::Result;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use jiff::Timestamp;

/// Takes what the order needs; `false` when there is not enough, and then nothing was taken.
///
/// # Errors
/// [`crate::kernel::Error::Conflict`] when its promotion can't be had any more, with the reason.
pub(super) async fn take(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<bool> {
    if !take_goods(tx, order).await? {
        return Ok(false);
    }
    if let Some(wanted) = promotion(order) {
        promotions::take(tx, &wanted, now).await?;
    }
    if let Some(wanted) = credit(order) {
        credits::spend(tx, &wanted, now).await?;
    }
    Ok(true)
}

/// Takes again what an order gave back; `false` when there is not enough any more, and then nothing was taken.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn take_again(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<bool> {
    if !take_goods(tx, order).await? {
        return Ok(false);
    }
    let taken = match (promotion(order), credit(order)) {
        (Some(wanted), _) => promotions::take_again(tx, &wanted, now).await?,
        (None, Some(wanted)) => credits::spend_again(tx, &wanted, now).await?,
        (None, None) => true,
    };
    if taken {
        return Ok(true);
    }
    give_back_goods(tx, order).await?;
    Ok(false)
}

/// The use of a promotion that belongs to an order.
fn promotion(order: &Order) -> Option<Use> {
    let promotion = order.promotion?;
    Some(Use { guild: order.guild, order: order.number, promotion, member: order.buyer, amount: order.discount })
}

/// The credit that belongs to an order.
fn credit(order: &Order) -> Option<CreditUse> {
    let amount = order.credit()?;
    Some(CreditUse { guild: order.guild, order: order.number, member: order.buyer, amount })
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Nullable<Integer>)]
    round: Option<i32>,
}

async fn take_goods(tx: &mut Tx, order: &mut Order) -> Result<bool> {
    let Item::Product { code, variant } = &order.item else { return Ok(true) };
    let quantity = i32::try_from(order.quantity).unwrap_or(i32::MAX);
    // A variant without a limit has no stock to count; one of keys has as many as there are free keys.
    let counted: Option<Counted> = tx
        .first(
            "taking stock",
            sql("update variants set stock = stock - ? where guild_id = ? and product = ? and code = ? \
                 and (stock is null or stock >= ?) returning case when stock is not null then stock_round end as round")
            .bind::<Integer, _>(quantity)
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone())
            .bind::<Integer, _>(quantity),
        )
        .await?;
    let Some(counted) = counted else { return Ok(false) };
    let keys = tx
        .execute(
            "taking keys",
            // Looked for once: in the middle of a join it would be looked for again for each key, and each time find others.
            sql("with f as materialized ( \
                   select p.guild_id, p.id from product_keys p join products g on g.guild_id = p.guild_id and g.code = p.product \
                   where p.guild_id = ? and p.product = ? and p.variant = ? and p.order_number is null and g.kind = 'key' \
                   order by p.id limit ? for update of p skip locked) \
                 update product_keys k set order_number = ? from f where k.guild_id = f.guild_id and k.id = f.id")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone())
            .bind::<BigInt, _>(i64::from(order.quantity))
            .bind::<BigInt, _>(order.number),
        )
        .await?;
    order.stock_round = counted.round;
    if keys == usize::try_from(order.quantity).unwrap_or(usize::MAX) || !needs_keys(tx, order).await? {
        return Ok(true);
    }
    give_back_goods(tx, order).await?;
    Ok(false)
}

/// Gives back what an order that ended unpaid holds.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn give_back(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<()> {
    // In the order of taking: two orders that wait for each other would not end.
    give_back_goods(tx, order).await?;
    if order.promotion.is_some() {
        promotions::give_back(tx, order.guild, order.number, now).await?;
    }
    if order.credit().is_some() {
        credits::release(tx, order.guild, order.number, now).await?;
    }
    Ok(())
}

/// Gives back the stock that an order was counted off, where that is the one there is still, and the keys that it holds.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn give_back_goods(tx: &mut Tx, order: &mut Order) -> Result<()> {
    let Item::Product { code, variant } = &order.item else { return Ok(()) };
    if let Some(round) = order.stock_round.take() {
        tx.execute(
            "giving stock back",
            sql("update variants set stock = stock + ? where guild_id = ? and product = ? and code = ? and stock_round = ?")
                .bind::<Integer, _>(i32::try_from(order.quantity).unwrap_or(i32::MAX))
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<Text, _>(code.clone())
                .bind::<Text, _>(variant.clone())
                .bind::<Integer, _>(round),
        )
        .await?;
    }
    tx.execute(
        "giving keys back",
        sql("update product_keys set order_number = null, user_id = null \
             where guild_id = ? and order_number = ? and delivered_at is null")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number),
    )
    .await?;
    Ok(())
}

async fn needs_keys(tx: &mut Tx, order: &Order) -> Result<bool> {
    let Item::Product { code, .. } = &order.item else { return Ok(false) };
    let found = tx
        .execute(
            "asking whether a product has keys",
            sql("select from products where guild_id = ? and code = ? and kind = 'key'")
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<Text, _>(code.clone()),
        )
        .await?;
    Ok(found > 0)
}
