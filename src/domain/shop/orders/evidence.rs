//! All that stands of an order, for a bank that asks: what was agreed, paid, handed over and given back, with times.
//!
//! Acts as the *payments* duty, for a member of staff, whom the audit names. What was delivered itself is left out.

use super::reading::{self, Receipt};
use super::store::{Trace, audit};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;

/// Most lines of the audit that are given.
const LINES: i64 = 500;

/// What is known of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The order with its receipt.
    pub receipt: Receipt,
    /// What kind of thing was handed over, when, and when it was taken away.
    pub delivery: Option<(String, Timestamp, Option<Timestamp>)>,
    /// What was done: when, by whom, what, from what, to what.
    pub deeds: Vec<Deed>,
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// By whom; nobody where the program acted.
    pub by: Option<i64>,
    /// What.
    pub action: String,
    /// From what.
    pub old: Option<String>,
    /// To what.
    pub new: Option<String>,
}

#[derive(QueryableByName)]
struct DeliveryRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamptz)]
    delivered_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    revoked_at: Option<jiff_diesel::Timestamp>,
}

#[derive(QueryableByName)]
struct DeedRow {
    #[diesel(sql_type = Timestamptz)]
    at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<i64>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Nullable<Text>)]
    old_value: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    new_value: Option<String>,
}

/// Gathers what stands of an order, and writes down who asked.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for an order that doesn't exist.
pub async fn gather(tx: &mut Tx, (guild, number): (GuildId, i64), by: UserId, now: Timestamp) -> Result<Evidence> {
    let receipt = reading::receipt(tx, guild, number).await?;
    let delivery: Option<DeliveryRow> = tx
        .first(
            "loading when an order was delivered",
            sql("select kind, delivered_at, revoked_at from deliveries where guild_id = ? and order_number = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    let deeds = deeds(tx, (guild, number)).await?;
    let trace = Trace { action: "evidence_read", old: None, new: None, subject: &receipt.order.title };
    audit(tx, guild, Some(number), trace, Some(by), now);
    let times = |row: DeliveryRow| (row.kind, row.delivered_at.to_jiff(), row.revoked_at.map(|at| at.to_jiff()));
    Ok(Evidence { receipt, delivery: delivery.map(times), deeds })
}

/// What was done to an order, the oldest first.
///
/// # Errors
/// As [`Tx::load`].
pub async fn deeds(tx: &mut Tx, (guild, number): (GuildId, i64)) -> Result<Vec<Deed>> {
    let rows: Vec<DeedRow> = tx
        .load(
            "loading the audit of an order",
            sql("select at, actor_id, action, old_value, new_value from shop_audit where guild_id = ? and order_number = ? \
                 order by id limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(LINES),
        )
        .await?;
    let deed = |row: DeedRow| Deed {
        at: row.at.to_jiff(),
        by: row.actor_id,
        action: row.action,
        old: row.old_value,
        new: row.new_value,
    };
    Ok(rows.into_iter().map(deed).collect())
}
