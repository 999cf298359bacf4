//! Paid invoices of subscriptions: rows, their lines in the ledger, and a look at the payment behind each. What became of that
//! payment is `orders::paid`'s.
//!
//! Acts as the *payments* duty.

use super::orders::Order;
use crate::db::{Tx, sql};
use crate::domain::payments::InvoiceView;
use crate::domain::payments::ledger::{self, About, Movement};
use crate::kernel::GuildId;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Books a paid invoice; one that stands already stays as it is.
pub(super) fn book(tx: &mut Tx, guild: GuildId, subscription: &str, invoice: &InvoiceView, order: &Order) {
    let Some(total) = invoice.total.filter(|_| invoice.paid) else { return };
    tx.defer(
        "writing down an invoice",
        sql("insert into invoices (guild_id, id, user_id, subscription_id, order_number, payment_id, currency, amount_minor, \
             url, paid_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
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
        .bind::<Timestamptz, _>(invoice.at.to_diesel()),
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
