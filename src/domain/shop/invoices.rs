//! Paid invoices of subscriptions: rows, their lines in the ledger, and a look at the payment behind each. What became of that
//! payment is `orders::paid`'s.
//!
//! Acts as the *payments* duty; buyers and staff read.

use super::orders::Order;
use crate::db::{Tx, sql};
use crate::domain::payments::InvoiceView;
use crate::domain::payments::ledger::{self, About, Movement};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A payment of a subscription, by the provider's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id at the provider.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// Where the buyer can look at its invoice.
    pub url: Option<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    payment_id: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Timestamptz)]
    paid_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Text>)]
    url: Option<String>,
}

/// The payments of an order's subscription, the newest first, at most `limit`. Acts as the buyer or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn payments(tx: &mut Tx, guild: GuildId, order: i64, limit: i64) -> Result<Vec<Payment>> {
    let rows: Vec<Row> = tx
        .load(
            "listing the payments of a subscription",
            sql("select payment_id, currency, amount_minor, paid_at, url from invoices \
                 where guild_id = ? and order_number = ? and payment_id is not null order by paid_at desc, id limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(order)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            let currency = row.currency.parse().internal("reading a payment of a subscription")?;
            let amount = Money::new(row.amount_minor, currency).internal("reading a payment of a subscription")?;
            Ok(Payment { id: row.payment_id, amount, at: row.paid_at.to_jiff(), url: row.url })
        })
        .collect()
}

/// Books a paid invoice; one that stands already stays as it is.
pub(super) fn book(tx: &mut Tx, guild: GuildId, subscription: &str, invoice: &InvoiceView, order: &Order) {
    let Some(total) = invoice.total.filter(|_| invoice.paid) else { return };
    tx.defer(
        "writing down an invoice",
        sql("insert into invoices (guild_id, id, user_id, subscription_id, order_number, payment_id, currency, amount_minor, \
             url, paid_at, credit_minor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             on conflict (guild_id, id) do update set payment_id = coalesce(invoices.payment_id, excluded.payment_id)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(invoice.id.clone())
        .bind::<BigInt, _>(order.buyer.as_i64())
        .bind::<Text, _>(subscription.to_owned())
        .bind::<BigInt, _>(order.number)
        .bind::<Nullable<Text>, _>(invoice.payment.clone())
        .bind::<Text, _>(total.currency().code())
        .bind::<BigInt, _>(total.minor())
        .bind::<Nullable<Text>, _>(invoice.url.clone())
        .bind::<Timestamptz, _>(invoice.at.to_diesel())
        .bind::<BigInt, _>(invoice.billed_minor.saturating_sub(total.minor()).max(0)),
    );
    if total.is_zero() {
        return;
    }
    let sale = Movement::Sale { name: invoice.id.clone(), total: total.minor(), tax: invoice.tax_minor };
    let about =
        About { order: Some(order.number), subscription: Some(subscription.to_owned()), customer: Some(order.buyer) };
    ledger::post(tx, guild, &sale, total.currency(), &about, invoice.at);
    if let Some(payment) = &invoice.payment {
        tx.defer(
            "asking for an invoice's payment",
            // Again where its event came before the invoice was known: then its fee was booked nowhere.
            sql("insert into payment_tasks as t (kind, object, guild_id, due_at, created_at) values ('payment', ?, ?, ?, ?) \
                 on conflict (kind, object) do update set version = t.version + 1, state = 'pending', attempts = 0, \
                   due_at = excluded.due_at, outcome = null, done_at = null \
                 where t.outcome = 'not_ours'")
            .bind::<Text, _>(payment.clone())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(invoice.at.to_diesel())
            .bind::<Timestamptz, _>(invoice.at.to_diesel()),
        );
        tx.wake_payments();
    }
}
