//! Subscriptions that are about to be charged though the role of their plan could not be given: whose it is learns it before, while
//! he can still end it. Acts as the *payments* duty.

use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long before he is charged a member is told, or later where it is known later.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Queues a notice for each member who is charged within a day for a plan whose role can't be given to him, once for each period.
/// Tells how many. Who holds it already lacks nothing, whatever stands in its way for others.
///
/// # Errors
/// As [`Tx::load`].
pub async fn warn_of_charges(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<Row> = tx
        .load(
            "finding members who are charged for a role that they did not get",
            sql("update subscriptions s set withheld_told_for = s.period_end from ( \
                   select s.guild_id, s.id from granted_roles g \
                     join subscriptions s on s.guild_id = g.guild_id and s.user_id = g.user_id \
                     join plans p on p.guild_id = s.guild_id and p.code = s.plan and p.role_id = g.role_id \
                   where g.state in ('no_permission', 'too_low', 'refused') and s.state in ('trialing', 'active') \
                     and not s.cancel_at_period_end and s.order_number is not null and s.period_end > ? and s.period_end <= ? \
                     and s.withheld_told_for is distinct from s.period_end \
                   order by s.period_end limit ? for update of s skip locked) d \
                 where s.guild_id = d.guild_id and s.id = d.id returning s.guild_id, s.order_number, s.user_id")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.checked_add(BEFORE).unwrap_or(now).to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &due {
        let guild = GuildId::try_from(row.guild_id).internal("warning of a charge")?;
        let recipient = Some(UserId::try_from(row.user_id).internal("warning of a charge")?);
        let notice = OrderNotice { guild, kind: ShopKind::PlanBroken, order: Some(row.order_number), recipient };
        notifications::queue_order(tx, notice, now);
    }
    Ok(due.len())
}

/// Whether the role of a plan can't be given to a person. Acts as the person, as staff, or as the program.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn is_withheld(tx: &mut Tx, guild: GuildId, user: UserId, plan: &str) -> Result<bool> {
    let found = tx
        .execute(
            "asking whether a plan's role could not be given",
            sql("select from granted_roles g join plans p on p.guild_id = g.guild_id and p.role_id = g.role_id \
                 where g.guild_id = ? and g.user_id = ? and p.code = ? and g.state in ('no_permission', 'too_low', 'refused')")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(plan.to_owned()),
        )
        .await?;
    Ok(found > 0)
}
