//! Members as customers of the payment provider: bound before any checkout exists, never by what a person types.
//!
//! Acts as the *payments* duty.

use crate::db::{Tx, sql};
use crate::domain::payments::CustomerId;
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A member as a customer: known to the provider, or to be made with this idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Customer {
    /// The provider knows him.
    Known(CustomerId),
    /// He is to be made.
    ToMake {
        /// The key that stands in his row.
        key: String,
    },
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    customer_id: Option<String>,
    #[diesel(sql_type = Text)]
    create_key: String,
}

/// Looks a member up, or makes his row with `fresh_key`; the first key that was kept stays.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, user: UserId, fresh_key: &str, now: Timestamp) -> Result<Customer> {
    let row: Option<Row> = tx
        .first(
            "looking for a customer",
            sql("insert into customers as c (guild_id, user_id, create_key, created_at) values (?, ?, ?, ?) \
                 on conflict (guild_id, user_id) do update set create_key = c.create_key returning customer_id, create_key")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(fresh_key.to_owned())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    let none = || Error::Internal { what: "looking for a customer", cause: Cause::new("no row") };
    let row = row.ok_or_else(none)?;
    Ok(match row.customer_id {
        Some(id) => Customer::Known(CustomerId(id)),
        None => Customer::ToMake { key: row.create_key },
    })
}

/// Puts a fresh key in the place of one that the provider answers with a fault, at the commit. A customer made twice is harmless.
pub fn renew_key(tx: &mut Tx, guild: GuildId, user: UserId, (old, fresh): (&str, &str)) {
    tx.defer(
        "renewing the key of a customer",
        sql("update customers set create_key = ? where guild_id = ? and user_id = ? and create_key = ? and customer_id is null")
            .bind::<Text, _>(fresh.to_owned())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(old.to_owned()),
    );
}

/// Forgets, at the commit, a customer that the provider doesn't know any more; he is made anew with a fresh key.
pub fn forget(tx: &mut Tx, guild: GuildId, user: UserId, (gone, fresh): (&CustomerId, &str)) {
    tx.defer(
        "forgetting a customer",
        sql("update customers set customer_id = null, create_key = ? where guild_id = ? and user_id = ? and customer_id = ?")
            .bind::<Text, _>(fresh.to_owned())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(gone.0.clone()),
    );
}

/// Writes down the customer that the provider made, at the commit.
pub fn made(tx: &mut Tx, guild: GuildId, user: UserId, customer: &CustomerId) {
    tx.defer(
        "writing down a customer",
        sql("update customers set customer_id = coalesce(customer_id, ?) where guild_id = ? and user_id = ?")
            .bind::<Text, _>(customer.0.clone())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64()),
    );
}
