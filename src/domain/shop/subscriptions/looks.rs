//! What a look at a subscription tells beside its state, and the looks that nobody asked for.

use super::{Known, Task, tasks};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::SubscriptionView;
use crate::domain::shop::{SubscriptionState, orders};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Reminds the member once for each period whose renewal was not paid.
pub(super) fn remind(
    tx: &mut Tx,
    guild: GuildId,
    view: &SubscriptionView,
    state: SubscriptionState,
    (order, known): (&orders::Order, Option<&Known>),
    now: Timestamp,
) {
    let reminded = known.and_then(|row| row.reminded_for).map(|at| at.to_jiff());
    if state != SubscriptionState::PastDue || reminded == Some(view.period_end) {
        return;
    }
    tx.defer(
        "writing down a reminder",
        sql("update subscriptions set reminded_for = ? where guild_id = ? and id = ?")
            .bind::<Timestamptz, _>(view.period_end.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(view.id.clone()),
    );
    tell(tx, order, ShopKind::RenewalFailed, now);
}

/// Queues a notice for whose subscription an order began.
pub(super) fn tell(tx: &mut Tx, order: &orders::Order, kind: ShopKind, now: Timestamp) {
    let told = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient: Some(order.recipient) };
    notifications::queue_order(tx, told, now);
}

/// The subscriptions that are not over, for a reconciliation: names behind `after`, in order.
///
/// # Errors
/// As [`Tx::load`].
pub async fn ask_for_all(tx: &mut Tx, after: &str, now: Timestamp, limit: i64) -> Result<Option<String>> {
    #[derive(QueryableByName)]
    struct Live {
        #[diesel(sql_type = Text)]
        id: String,
        #[diesel(sql_type = BigInt)]
        guild_id: i64,
    }
    let live: Vec<Live> = tx
        .load(
            "listing subscriptions",
            sql("select id, guild_id from subscriptions where id > ? and state not in ('canceled', 'incomplete_expired') \
                 order by id limit ?")
            .bind::<Text, _>(after.to_owned())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &live {
        tasks::ask(tx, Task::Subscription, &row.id, GuildId::try_from(row.guild_id).ok(), now);
    }
    Ok(live.last().map(|row| row.id.clone()))
}
