//! What became of the payments of a subscription's later months.
//!
//! Its access follows from there by a look at the subscription; here it is written down and told. Acts as the *payments* duty;
//! buyers and staff read.

use super::Order;
use super::paid::{self, Back};
use super::store::{dispute_of, dispute_word, save};
use crate::db::{Tx, sql};
use crate::domain::payments::{DisputeState, Payment};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use jiff::Timestamp;

/// An invoice as it stood before its payment was looked at.
#[derive(QueryableByName)]
pub(super) struct Was {
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = BigInt)]
    refunded_minor: i64,
    #[diesel(sql_type = Nullable<Text>)]
    dispute: Option<String>,
    /// Whether nothing that was paid later is kept.
    #[diesel(sql_type = Bool)]
    pub last: bool,
}

/// Writes down what became of an invoice's payment; tells how it stood before. The order's lock comes first.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn save_invoice(tx: &mut Tx, guild: GuildId, invoice: &str, back: Back) -> Result<Option<Was>> {
    tx.first(
        "writing down what became of an invoice",
        sql("update invoices i set refunded_minor = ?, dispute = ? from ( \
               select w.guild_id, w.id, w.amount_minor, w.refunded_minor, w.dispute, \
                 not exists (select from invoices l where l.guild_id = w.guild_id and l.subscription_id = w.subscription_id \
                             and l.paid_at > w.paid_at and l.amount_minor > l.refunded_minor) as last \
               from invoices w where w.guild_id = ? and w.id = ? for update of w) b \
             where i.guild_id = b.guild_id and i.id = b.id \
             returning b.amount_minor, b.refunded_minor, b.dispute, b.last")
        .bind::<BigInt, _>(back.gone)
        .bind::<Nullable<Text>, _>(back.dispute.map(dispute_word))
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(invoice.to_owned()),
    )
    .await
}

/// Tells what became of a later month's money, as of a first one's, and writes it down.
pub(super) fn changed(tx: &mut Tx, mut order: Order, was: &Was, view: &Payment, is: Back, now: Timestamp) {
    let before = Back { gone: was.refunded_minor, dispute: was.dispute.as_deref().and_then(dispute_of) };
    if before == is {
        return;
    }
    paid::settle_refunds(tx, &order, view, now);
    paid::changed(tx, &order, before, is, now);
    let all = |gone: i64| was.amount_minor > 0 && gone >= was.amount_minor;
    if was.last && all(before.gone) != all(is.gone) {
        // It ended the subscription: where the bank returns it, the rest of what was paid is given all the same.
        order.refund_returned = all(before.gone);
        save(tx, &order, now);
    }
}

/// What became of the later months of an order's subscription, in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Later {
    /// What was paid for them, in minor units.
    pub paid_minor: i64,
    /// What of it went back.
    pub refunded_minor: i64,
    /// An open dispute, else the newest one.
    pub dispute: Option<DisputeState>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    paid: i64,
    #[diesel(sql_type = BigInt)]
    refunded: i64,
    #[diesel(sql_type = Nullable<Text>)]
    dispute: Option<String>,
}

/// What became of the later months of an order's subscription. Acts as the buyer or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, order: &Order) -> Result<Later> {
    let row: Option<Row> = tx
        .first(
            "looking at a subscription's later months",
            sql("select coalesce(sum(amount_minor), 0)::bigint as paid, coalesce(sum(refunded_minor), 0)::bigint as refunded, \
                   (array_agg(dispute order by dispute <> 'open', paid_at desc) filter (where dispute is not null))[1] as dispute \
                 from invoices where guild_id = ? and order_number = ? and payment_id is not null and payment_id is distinct from ?")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.number)
            .bind::<Nullable<Text>, _>(order.payment.clone()),
        )
        .await?;
    Ok(row.map_or_else(Later::default, |row| Later {
        paid_minor: row.paid,
        refunded_minor: row.refunded,
        dispute: row.dispute.as_deref().and_then(dispute_of),
    }))
}
