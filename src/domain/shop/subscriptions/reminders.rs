//! Trials that are about to end and to be charged: who has one is reminded while he can still end it without paying. Acts as the
//! *payments* duty.

use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Queues a reminder of each trial that will be charged: three days before its end where it is longer than that, else at half of
/// it; once. Tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub async fn remind_of_end(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<Row> = tx
        .load(
            "finding trials that are about to end",
            // A trial of three days may be some seconds longer: its checkout and its subscription begin one after the other.
            sql("update subscriptions s set trial_reminded_for = s.trial_end from ( \
                   select guild_id, id from subscriptions \
                   where state = 'trialing' and not cancel_at_period_end and order_number is not null \
                     and trial_end > ? and trial_reminded_for is distinct from trial_end \
                     and trial_end - case when trial_end - started_at > interval '3 days 1 hour' then interval '3 days' \
                                          else (trial_end - started_at) / 2 end <= ? \
                   order by trial_end limit ? for update skip locked) d \
                 where s.guild_id = d.guild_id and s.id = d.id returning s.guild_id, s.order_number, s.user_id")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &due {
        let guild = GuildId::try_from(row.guild_id).internal("reminding of a trial's end")?;
        let recipient = Some(UserId::try_from(row.user_id).internal("reminding of a trial's end")?);
        let notice = OrderNotice { guild, kind: ShopKind::TrialEnds, order: Some(row.order_number), recipient };
        notifications::queue_order(tx, notice, now);
    }
    Ok(due.len())
}
