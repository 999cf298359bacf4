//! What an order holds until it is paid: stock, keys, the use of a promotion; taken when it is placed, given back when it
//! ends unpaid, taken again where the money came after that.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::sql_types::{BigInt, Integer, Text};

/// Takes what the order needs; `false` when there is not enough, and then nothing was taken.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn take(tx: &mut Tx, order: &Order) -> Result<bool> {
    let Item::Product { code, variant } = &order.item else { return Ok(true) };
    let quantity = i32::try_from(order.quantity).unwrap_or(i32::MAX);
    // A variant without a limit has no stock to count; one of keys has as many as there are free keys.
    let left = tx
        .execute(
            "taking stock",
            sql("update variants set stock = stock - ? where guild_id = ? and product = ? and code = ? \
                 and (stock is null or stock >= ?)")
            .bind::<Integer, _>(quantity)
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone())
            .bind::<Integer, _>(quantity),
        )
        .await?;
    if left == 0 {
        return Ok(false);
    }
    let keys = tx
        .execute(
            "taking keys",
            sql("update product_keys k set order_number = ? from ( \
                   select p.guild_id, p.id from product_keys p join products g on g.guild_id = p.guild_id and g.code = p.product \
                   where p.guild_id = ? and p.product = ? and p.variant = ? and p.order_number is null and g.kind = 'key' \
                   order by p.id limit ? for update of p skip locked) f \
                 where k.guild_id = f.guild_id and k.id = f.id")
            .bind::<BigInt, _>(order.number)
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone())
            .bind::<BigInt, _>(i64::from(order.quantity)),
        )
        .await?;
    if keys == usize::try_from(order.quantity).unwrap_or(usize::MAX) || !needs_keys(tx, order).await? {
        return Ok(true);
    }
    give_back(tx, order).await?;
    Ok(false)
}

/// Gives back what an order that ended unpaid holds.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn give_back(tx: &mut Tx, order: &Order) -> Result<()> {
    let Item::Product { code, variant } = &order.item else { return Ok(()) };
    tx.execute(
        "giving stock back",
        sql("update variants set stock = stock + ? where guild_id = ? and product = ? and code = ?")
            .bind::<Integer, _>(i32::try_from(order.quantity).unwrap_or(i32::MAX))
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone()),
    )
    .await?;
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
