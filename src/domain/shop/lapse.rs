//! Ends of what is held, acted upon when they come; and time that doesn't count, because the role which was paid for or won could
//! not be given to who holds it.
//!
//! Such time is given back where the role is given at last, and where the end comes before: then what is left of it begins anew. A
//! subscription goes by the provider's periods and a grant by its own end; what is for good needs nothing, and of a role that was
//! deleted staff decide. Acts as the *payments* duty.

use super::entitlements::put_roles_right;
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Lapsed {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    /// Whether it is over; else what is left of it began anew.
    #[diesel(sql_type = Bool)]
    over: bool,
}

/// Acts on entitlements whose end has come: roles are put right and the person is told; tells how many. What is held back ends
/// once it isn't: until then what is left of it may come back. Where the role could not be given by then, what was left of it since
/// begins anew, an hour at least, since the role is tried hourly, and what stands behind it moves along; of several of one thing that
/// stand behind each other the first goes before.
///
/// # Errors
/// As [`Tx::load`].
pub async fn lapse(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let lapsed: Vec<Lapsed> = tx
        .load(
            "finding entitlements that ended",
            sql("with b as (select ?::timestamptz as at), \
                 due as ( \
                   select e.guild_id, e.id, e.user_id, e.plan, e.role_id, e.order_number, e.ends_at, \
                     case when g.since is not null then greatest(e.ends_at - greatest(e.starts_at, g.since), interval '1 hour') end as unused \
                   from entitlements e left join plans p on p.guild_id = e.guild_id and p.code = e.plan \
                     left join granted_roles g on g.guild_id = e.guild_id and g.user_id = e.user_id \
                       and g.role_id = coalesce(e.role_id, p.role_id) and g.state in ('no_permission', 'too_low', 'refused') \
                       and e.source in ('payment', 'prize') and greatest(e.starts_at, g.since) < e.ends_at \
                   where e.ends_at <= ? and e.revoked_at is null and e.suspended_at is null and not e.lapsed \
                     and (g.since is null or not exists (select from entitlements f where f.guild_id = e.guild_id \
                       and f.user_id = e.user_id and f.plan is not distinct from e.plan and f.role_id is not distinct from e.role_id \
                       and f.source in ('payment', 'prize') and f.revoked_at is null and f.suspended_at is null and not f.lapsed \
                       and f.ends_at > g.since and f.ends_at <= e.starts_at)) \
                   order by e.ends_at limit ? for update of e skip locked), \
                 behind as ( \
                   select l.guild_id, l.id, max(b.at + d.unused - d.ends_at) as later \
                   from b, due d join entitlements l on l.guild_id = d.guild_id and l.user_id = d.user_id \
                     and l.plan is not distinct from d.plan and l.role_id is not distinct from d.role_id \
                     and l.source in ('payment', 'prize') and l.revoked_at is null and l.starts_at >= d.ends_at and l.id <> d.id \
                   where d.unused is not null group by l.guild_id, l.id), \
                 moved as ( \
                   update entitlements l set starts_at = l.starts_at + m.later, ends_at = l.ends_at + m.later, updated_at = b.at \
                   from b, behind m where l.guild_id = m.guild_id and l.id = m.id) \
                 update entitlements e set lapsed = d.unused is null, \
                   starts_at = case when d.unused is null then e.starts_at else b.at end, \
                   ends_at = coalesce(b.at + d.unused, e.ends_at), \
                   updated_at = case when d.unused is null then e.updated_at else b.at end \
                 from b, due d where e.guild_id = d.guild_id and e.id = d.id \
                 returning e.guild_id, e.user_id, e.order_number, e.lapsed as over")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &lapsed {
        let guild = GuildId::try_from(row.guild_id).internal("ending entitlements")?;
        let user = UserId::try_from(row.user_id).internal("ending entitlements")?;
        put_roles_right(tx, guild, user, now);
        if row.over {
            let kind = ShopKind::AccessEnded;
            let told = OrderNotice { guild, kind, order: row.order_number, recipient: Some(user) };
            notifications::queue_order(tx, told, now);
        }
    }
    Ok(lapsed.len())
}

/// Gives the time back, at the commit, for which a role could not be given to who paid for it or won it: it is about to be written
/// down that the role stands otherwise now, or is nothing to him. What was held back meanwhile ran until then; what stands behind
/// moves along.
pub(super) fn give_time_back(tx: &mut Tx, (guild, user): (GuildId, UserId), role: RoleId, now: Timestamp) {
    tx.defer(
        "giving back time for which a role could not be given",
        sql("with b as (select ?::timestamptz as at), \
             late as ( \
               select e.guild_id, e.id, e.user_id, e.plan, e.role_id, e.ends_at, \
                 coalesce(e.suspended_at, b.at) - greatest(e.starts_at, g.since) as later \
               from b, granted_roles g join entitlements e on e.guild_id = g.guild_id and e.user_id = g.user_id \
                 left join plans p on p.guild_id = e.guild_id and p.code = e.plan \
               where g.guild_id = ? and g.user_id = ? and g.role_id = ? and g.state in ('no_permission', 'too_low', 'refused') \
                 and coalesce(e.role_id, p.role_id) = g.role_id and e.source in ('payment', 'prize') \
                 and e.revoked_at is null and not e.lapsed \
                 and e.ends_at > greatest(e.starts_at, g.since) \
                 and coalesce(e.suspended_at, b.at) > greatest(e.starts_at, g.since) \
               for update of e, g), \
             moved as ( \
               select l.guild_id, l.id, max(m.later) as later, true as begins_later from late m \
                 join entitlements l on l.guild_id = m.guild_id and l.user_id = m.user_id and l.plan is not distinct from m.plan \
                   and l.role_id is not distinct from m.role_id and l.source in ('payment', 'prize') and l.revoked_at is null \
                   and l.starts_at >= m.ends_at and l.id not in (select id from late) \
               group by l.guild_id, l.id \
               union all select guild_id, id, later, false from late) \
             update entitlements e set starts_at = case when m.begins_later then e.starts_at + m.later else e.starts_at end, \
               ends_at = e.ends_at + m.later, updated_at = b.at \
             from b, moved m where e.guild_id = m.guild_id and e.id = m.id")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<BigInt, _>(role.as_i64()),
    );
}
