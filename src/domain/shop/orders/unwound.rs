//! What a change of plan was charged on top of money that is not here goes back. Acts as the *payments* duty.

use super::Order;
use crate::db::{Tx, sql};
use crate::domain::payments::tasks::{self, Kind as Task};
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Why, as it stands beside the refund.
const REASON: &str = "change_undone";

/// Gives back what is left of a later payment of an order's subscription, at most `back` of the `paid`, at the commit and once.
/// What a bank has taken or holds is not given back a second time.
pub(in crate::domain::shop) fn give_back(
    tx: &mut Tx,
    order: &Order,
    payment: &str,
    (paid, back): (i64, i64),
    now: Timestamp,
) {
    let key = format!("unwound-{payment}");
    tx.defer(
        "giving back what a change was charged",
        sql("insert into refunds (guild_id, order_number, user_id, payment_id, amount_minor, currency, reason, state, send_key, \
               created_at) \
             select ?, ?, ?, p.id, p.back, ?, ?, 'requested', ?, ? from (select w.id, least(?::bigint, ?::bigint \
                 - coalesce((select sum(r.amount_minor) from refunds r where r.payment_id = w.id and r.state <> 'failed'), 0)::bigint) \
                 as back from (select ?::text as id) w) p \
             where p.back > 0 and not exists (select from invoices i where i.guild_id = ? and i.payment_id = p.id \
               and i.dispute in ('open', 'lost')) \
             on conflict (send_key) do nothing")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(order.buyer.as_i64())
        .bind::<Text, _>(order.total.currency().code())
        .bind::<Text, _>(REASON)
        .bind::<Text, _>(key.clone())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(back)
        .bind::<BigInt, _>(paid)
        .bind::<Text, _>(payment.to_owned())
        .bind::<BigInt, _>(order.guild.as_i64()),
    );
    tasks::ask_if_idle(tx, Task::Refund, &key, order.guild, now);
}
