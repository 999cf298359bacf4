//! Free trials: one a person over all plans (`orders::offer` asks), and one a card, which is only known once it was given.
//!
//! It counts trials; that a card had one as somebody else's ends the subscription before anything is charged. Acts as the
//! *payments* duty.

use super::orders::Order;
use super::turn;
use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Text};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// Writes down with which card an order's trial was begun; tells whether another person had a trial with it before.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn card_had_one(tx: &mut Tx, order: &Order, fingerprint: &str) -> Result<bool> {
    let guild = order.guild.as_i64();
    // Two people who come with one card at the same moment: the second waits, and its question sees the first.
    turn::take(tx, "waiting for the card's other trials", format!("trial/{guild}/{fingerprint}")).await?;
    let found: Option<Found> = tx
        .first(
            "looking for another trial of a card",
            sql("with mine as (update trials set fingerprint = ? where guild_id = ? and order_number = ?) \
                 select exists (select from trials t where t.guild_id = ? and t.fingerprint = ? and t.user_id <> ?) as found")
            .bind::<Text, _>(fingerprint.to_owned())
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(order.number)
            .bind::<BigInt, _>(guild)
            .bind::<Text, _>(fingerprint.to_owned())
            .bind::<BigInt, _>(order.buyer.as_i64()),
        )
        .await?;
    Ok(found.is_some_and(|row| row.found))
}

/// Forgets the trial of an order, which did not take place.
pub(super) fn forget(tx: &mut Tx, order: &Order) {
    tx.defer(
        "forgetting a trial",
        sql("delete from trials where guild_id = ? and order_number = ?")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.number),
    );
}
