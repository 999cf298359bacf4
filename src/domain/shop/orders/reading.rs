//! What people look at: their orders, one order with what became of it, what was delivered.
//!
//! Acts as the person or as staff; the policies decide what is there.

use super::Order;
use super::store::{self, Row};
use crate::db::{Tx, sql};
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;

/// Orders on one page.
pub const PAGE: i64 = 10;

/// An order that the actor may see.
///
/// # Errors
/// [`Error::NotFound`] for one that he can't see.
pub async fn order(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Order> {
    store::find(tx, guild, number).await?.ok_or(Error::NotFound("order"))
}

/// The orders that a person bought or got, the newest first, below a number.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, user: crate::kernel::UserId, below: i64) -> Result<Vec<Order>> {
    let rows: Vec<Row> = tx
        .load(
            "listing orders",
            sql("select * from orders where guild_id = ? and number < ? and (user_id = ? or recipient_id = ?) \
                 order by number desc limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(below)
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(PAGE),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

#[derive(QueryableByName)]
struct DeliveryRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    file_name: Option<String>,
    #[diesel(sql_type = Nullable<diesel::sql_types::Bytea>)]
    bytes: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<Text>)]
    keys: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    revoked_at: Option<jiff_diesel::Timestamp>,
}

/// What was handed over with an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Its kind: a word of [`crate::domain::shop::ProductKind`], or `plan`.
    pub kind: String,
    /// The text.
    pub text: Option<String>,
    /// The file, with its name.
    pub file: Option<(String, Vec<u8>)>,
    /// The keys, one a line.
    pub keys: Option<String>,
    /// When it was taken away.
    pub revoked_at: Option<Timestamp>,
}

/// What was handed over with an order, for whom it was; `None` for anybody else.
///
/// # Errors
/// As [`Tx::load`].
pub async fn delivered(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Delivered>> {
    let row: Option<DeliveryRow> = tx
        .first(
            "loading a delivery",
            sql("select d.kind, d.body, c.file_name, c.bytes, d.revoked_at, \
                   (select string_agg(k.secret, E'\\n' order by k.id) from product_keys k \
                    where k.guild_id = d.guild_id and k.order_number = d.order_number) as keys \
                 from deliveries d left join product_contents c on c.guild_id = d.guild_id and c.product = d.product \
                   and d.kind = 'file' \
                 where d.guild_id = ? and d.order_number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.map(|row| Delivered {
        kind: row.kind,
        text: row.body.filter(|_| row.revoked_at.is_none()),
        file: row.file_name.zip(row.bytes).filter(|_| row.revoked_at.is_none()),
        keys: row.keys.filter(|_| row.revoked_at.is_none()),
        revoked_at: row.revoked_at.map(|at| at.to_jiff()),
    }))
}
