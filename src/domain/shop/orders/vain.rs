//! Whether what an order gives would be in vain: asked again when its money comes, since much may have happened after the offer;
//! and checkouts whose role can't be given are closed. Acts as the *payments* duty.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::shop::{Mode, Trouble};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Bool)]
    in_vain: bool,
    #[diesel(sql_type = Bool)]
    role_gone: bool,
}

/// Whether the recipient has by now what the order gives, or its role was deleted: as [`super::offer`] asked before. What the
/// person has must not change meanwhile. A text or file that its buyer had before he ordered it once more is handed over again: he
/// was told, and it may be another by now. Of a gift nobody learns whether its recipient has the same: roles are seen, texts aren't.
///
/// # Errors
/// As [`Tx::first`].
pub(super) async fn vain(tx: &mut Tx, order: &Order, now: Timestamp) -> Result<Option<Trouble>> {
    let (guild, user) = (order.guild.as_i64(), order.recipient.as_i64());
    let statement = match &order.item {
        Item::Plan { code, .. } => sql("select exists (select from entitlements e where e.guild_id = p.guild_id and e.user_id = ? \
               and e.plan = p.code and e.revoked_at is null \
               and (e.ends_at is null or (? and e.source = 'subscription' and e.ends_at > ?))) as in_vain, \
               exists (select from role_alerts a where a.guild_id = p.guild_id and a.role_id = p.role_id and a.why = 'gone') as role_gone \
             from plans p where p.guild_id = ? and p.code = ?")
        .bind::<BigInt, _>(user)
        .bind::<Bool, _>(order.mode == Mode::Payment)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(code.clone()),
        Item::Product { .. } => sql("select exists (select from entitlements e where e.guild_id = g.guild_id and e.user_id = ? \
               and e.revoked_at is null \
               and ((g.kind = 'role' and e.role_id = coalesce(o.gives_role_id, g.role_id) and e.ends_at is null) \
                 or (g.kind = 'plan_days' and e.plan = coalesce(o.gives_plan, g.plan) \
                     and (e.ends_at is null or (e.source = 'subscription' and e.ends_at > ?))))) \
               or (g.kind in ('text', 'file') and exists (select from deliveries d where d.guild_id = g.guild_id \
                 and d.user_id = o.user_id and o.user_id = o.recipient_id and d.product = g.code and d.revoked_at is null \
                 and d.delivered_at > o.created_at)) as in_vain, \
               exists (select from role_alerts a where a.guild_id = g.guild_id and a.why = 'gone' \
                 and a.role_id = case g.kind when 'role' then coalesce(o.gives_role_id, g.role_id) when 'plan_days' then ( \
                   select p.role_id from plans p where p.guild_id = g.guild_id and p.code = coalesce(o.gives_plan, g.plan)) end) as role_gone \
             from products g join orders o on o.guild_id = g.guild_id and o.product = g.code \
             where g.guild_id = ? and o.number = ?")
        .bind::<BigInt, _>(user)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild)
        .bind::<BigInt, _>(order.number),
    };
    let found: Option<Row> = tx.first("asking whether an order is in vain by now", statement).await?;
    Ok(found.and_then(|row| match (row.in_vain, row.role_gone) {
        (true, _) => Some(Trouble::InVain),
        (false, true) => Some(Trouble::RoleGone),
        (false, false) => None,
    }))
}

#[derive(QueryableByName)]
struct Whom {
    #[diesel(sql_type = BigInt)]
    recipient_id: i64,
}

/// Who is to get what a checkout pays for, where it is a gift that was not paid before: whoever is about to write down that it
/// is paid asks Discord whether he is a member still, outside the transaction. That is the only place where it is known of
/// everybody, also of who never held a role of ours. Where Discord doesn't answer, or he leaves between its answer and the
/// handing over, the gift is handed over, and waits for him as all that he holds.
///
/// # Errors
/// As [`Tx::first`].
pub async fn for_whom(tx: &mut Tx, (guild, number): (GuildId, i64)) -> Result<Option<UserId>> {
    let found: Option<Whom> = tx
        .first(
            "looking who is to get a gift",
            sql("select recipient_id from orders where guild_id = ? and number = ? and recipient_id <> user_id \
                   and paid_at is null")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    found.map(|row| UserId::try_from(row.recipient_id).internal("looking who is to get a gift")).transpose()
}

#[derive(QueryableByName)]
struct Open {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    session_id: String,
}

/// Has the open checkouts closed, at the commit, of what gives one of these roles, which were deleted or can't be given: nobody
/// pays for it. Their buyers are told once they are closed.
///
/// # Errors
/// As [`Tx::load`].
pub async fn close_checkouts(tx: &mut Tx, guilds: &[GuildId], roles: &[RoleId], now: Timestamp) -> Result<()> {
    if roles.is_empty() {
        return Ok(());
    }
    let roles: Vec<i64> = roles.iter().map(|role| role.as_i64()).collect();
    let open: Vec<Open> = tx
        .load(
            "looking for checkouts of roles that can't be given",
            sql("select o.guild_id, o.number, o.user_id, o.session_id from orders o \
                   left join products g on g.guild_id = o.guild_id and g.code = o.product and g.kind in ('role', 'plan_days') \
                   left join plans p on p.guild_id = o.guild_id and p.code = coalesce(o.plan, o.gives_plan, g.plan) \
                 where o.guild_id = any(?) and o.state = 'pending' and o.session_id is not null \
                   and (coalesce(o.gives_role_id, g.role_id) = any(?) or p.role_id = any(?))")
            .bind::<Array<BigInt>, _>(guilds.iter().map(|guild| guild.as_i64()).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(roles.clone())
            .bind::<Array<BigInt>, _>(roles),
        )
        .await?;
    for one in open {
        let guild = GuildId::try_from(one.guild_id).internal("closing a checkout")?;
        let buyer = UserId::try_from(one.user_id).internal("closing a checkout")?;
        tasks::ask(tx, Task::Expire, &one.session_id, Some(guild), now);
        let kind = ShopKind::CheckoutClosed;
        let told = OrderNotice { guild, kind, order: Some(one.number), recipient: Some(buyer) };
        notifications::queue_order(tx, told, now);
    }
    Ok(())
}
