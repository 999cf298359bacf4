//! Checkouts that were left: who agreed to it is reminded once while it can still be paid. Nobody else is (Discord, "Developer
//! Policy": no unsolicited messages).

use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// How long a member is left in peace after a reminder, in hours.
const PEACE_HOURS: i32 = 24;
/// How long it must still be payable to be worth a word, in minutes.
const REST_MINUTES: i32 = 5;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Queues a reminder of each checkout half of whose time has passed and whose member agreed to be reminded, one a member and
/// day; tells how many. Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn remind(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<Row> = tx
        .load(
            "finding checkouts that were left",
            sql("update orders o set reminded_at = ? from ( \
                   select distinct on (w.guild_id, w.user_id) w.guild_id, w.number from ( \
                     select w.guild_id, w.user_id, w.number from orders w \
                       join reminders r on r.guild_id = w.guild_id and r.user_id = w.user_id \
                     where w.state = 'pending' and w.reminded_at is null and w.checkout_url is not null \
                       and w.created_at + (w.expires_at - w.created_at) / 2 <= ? \
                       and w.expires_at > ?::timestamptz + make_interval(mins => ?) \
                       and not exists (select from orders p where p.guild_id = w.guild_id and p.user_id = w.user_id \
                         and p.reminded_at > ?::timestamptz - make_interval(hours => ?)) \
                     order by w.created_at limit ? for update of w skip locked) w \
                   order by w.guild_id, w.user_id, w.number desc) d \
                 where o.guild_id = d.guild_id and o.number = d.number returning o.guild_id, o.number, o.user_id")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Integer, _>(REST_MINUTES)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Integer, _>(PEACE_HOURS)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &due {
        let guild = GuildId::try_from(row.guild_id).internal("reminding of a checkout")?;
        let recipient = Some(UserId::try_from(row.user_id).internal("reminding of a checkout")?);
        let notice = OrderNotice { guild, kind: ShopKind::CheckoutLeft, order: Some(row.number), recipient };
        notifications::queue_order(tx, notice, now);
    }
    Ok(due.len())
}
