//! What is offered to a buyer for an item, and why he can't buy it now.
//!
//! Acts as the *payments* duty; what others bought or hold is only counted.

use super::Item;
use super::place::{self, NewOrder, QUANTITY_MAX};
use crate::db::{Tx, sql};
use crate::domain::shop::catalogue::price::FREE_PLAN;
use crate::domain::shop::roles::RoleState;
use crate::kernel::error::{Context, Problem};
use crate::kernel::{Currency, Error, Money, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Gifts that cost nothing which one member may make in a day: `error-gift-free-enough` says so.
const FREE_GIFTS_A_DAY: i64 = 5;

/// What an order is placed on: the item as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the buyer reads.
    pub title: String,
    /// Price of one.
    pub unit: Money,
    /// Days of the plan's trial, if it has one.
    pub trial_days: Option<u32>,
    /// Days that one unit of a product gives; 0: for good.
    pub days: Option<i32>,
    /// The plan whose days a product gives.
    pub plan: Option<String>,
    /// Units or keys that nobody holds now; `None`: without a limit. An order that this request placed holds its own.
    pub left: Option<i64>,
    /// Until when its buyer has the same already, without a subscription; of a gift it isn't told.
    pub held_until: Option<Timestamp>,
    /// The role that a product gives.
    pub role: Option<RoleId>,
    /// Whether its buyer was handed the same text or file before; of a gift it isn't told.
    pub owned: bool,
    /// Whether its buyer has an order of the same that waits to be paid, which may hold what is left.
    pub waits: bool,
    /// Whether a plan of who would get it gives him the same role: roles are seen.
    pub by_plan: bool,
    /// Whether it gives a plan to somebody who has a higher one now, or another of the same level and role.
    pub outranked: bool,
}

#[derive(QueryableByName)]
struct OfferRow {
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Bool)]
    hidden: bool,
    #[diesel(sql_type = Integer)]
    trial_days: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    visible_role_id: Option<i64>,
    #[diesel(sql_type = Nullable<Integer>)]
    member_limit: Option<i32>,
    #[diesel(sql_type = BigInt)]
    bought: i64,
    #[diesel(sql_type = Bool)]
    subscribed: bool,
    #[diesel(sql_type = Bool)]
    tried: bool,
    #[diesel(sql_type = Bool)]
    holds: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    days: Option<i32>,
    /// Units or keys that are left.
    #[diesel(sql_type = Nullable<BigInt>)]
    units: Option<i64>,
    /// Whether who would get it has it for good, or by a subscription that runs: it would bring him nothing.
    #[diesel(sql_type = Bool)]
    in_vain: bool,
    /// What stands in the way of giving its role.
    #[diesel(sql_type = Nullable<Text>)]
    role_stuck: Option<String>,
    /// Whether all of that which makes it in vain is held back now, by a dispute.
    #[diesel(sql_type = Bool)]
    suspended: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    held_until: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    role_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
    /// Whether two of it are no more than one: a text, a file, a role for good.
    #[diesel(sql_type = Bool)]
    once: bool,
    /// Whether the buyer was handed the same text or file.
    #[diesel(sql_type = Bool)]
    owned: bool,
    /// Whether an order of his for the same waits to be paid.
    #[diesel(sql_type = Bool)]
    waits: bool,
    /// Whether a plan of who would get it gives the same role.
    #[diesel(sql_type = Bool)]
    by_plan: bool,
    /// Whether who would get it has a higher plan than the one that it gives, or another of the same level and role.
    #[diesel(sql_type = Bool)]
    outranked: bool,
}

/// Looks at what is offered to this buyer for an item; for the price before an order, and by [`super::place::place`].
///
/// # Errors
/// [`Error::NotFound`] for what isn't sold to him; [`Error::Conflict`] for what he can't buy now, with the reason.
pub async fn offer(tx: &mut Tx, new: &NewOrder, now: Timestamp) -> Result<Offer> {
    let unseen = || Error::NotFound("item");
    if new.quantity == 0 || new.quantity > QUANTITY_MAX {
        let problem = Problem::NotInRange { min: 1, max: i64::from(QUANTITY_MAX) };
        return Err(Error::Argument { option: "quantity", problem });
    }
    let row = load(tx, new, now).await?.ok_or_else(unseen)?;
    let visible_to = row.visible_role_id.and_then(|id| RoleId::try_from(id).ok());
    if visible_to.is_some_and(|role| !new.buyer.roles.contains(&role)) || (row.hidden && !row.holds) {
        return Err(unseen());
    }
    if new.recipient == Some(new.buyer.user) {
        return Err(Error::Conflict("error-shop-gift-self"));
    }
    if matches!(&new.item, Item::Plan { code, .. } if code == FREE_PLAN) {
        return Err(Error::Conflict("error-shop-free-plan"));
    }
    let is_plan = matches!(new.item, Item::Plan { .. });
    if is_plan && new.quantity != 1 {
        return Err(Error::Argument { option: "quantity", problem: Problem::NotInRange { min: 1, max: 1 } });
    }
    if is_plan && new.recipient.is_none() && row.subscribed {
        return Err(Error::Conflict("error-shop-subscribed"));
    }
    // What can't be given nobody has.
    if let Some(why) = row.role_stuck.as_deref().and_then(RoleState::from_word) {
        return Err(Error::Conflict(not_given(why)));
    }
    if row.in_vain {
        return Err(Error::Conflict(match (new.recipient.is_some(), row.suspended) {
            (true, _) => "error-shop-gift-in-vain",
            (false, true) => "error-shop-suspended",
            (false, false) => "error-shop-in-vain",
        }));
    }
    if let (Some(recipient), 0) = (new.recipient, row.amount_minor) {
        gift_of_nothing(tx, new, recipient, now).await?;
    }
    if row.once && new.quantity != 1 {
        return Err(Error::Conflict("error-shop-once"));
    }
    if let Some(left) = row.member_limit.map(|limit| i64::from(limit).saturating_sub(row.bought)) {
        if left <= 0 {
            // One that he has not paid is nothing that he bought: he may pay it, or let it go.
            let waits = place::unpaid(tx, new.guild, new.buyer.user, &new.item).await?.is_some();
            return Err(Error::Conflict(if waits { "error-shop-limit-waits" } else { "error-shop-member-limit" }));
        }
        if i64::from(new.quantity) > left {
            return Err(Error::Argument { option: "quantity", problem: Problem::MemberLimit { left } });
        }
    }
    if new.trial && (row.tried || new.recipient.is_some() || row.trial_days <= 0) {
        return Err(Error::Conflict("error-shop-no-trial"));
    }
    let currency: Currency = row.currency.parse().internal("reading an offer")?;
    Ok(Offer {
        title: row.title,
        unit: Money::new(row.amount_minor, currency).internal("reading an offer")?,
        trial_days: u32::try_from(row.trial_days).ok().filter(|days| *days > 0),
        days: row.days,
        plan: row.plan,
        left: row.units,
        held_until: row.held_until.filter(|_| new.recipient.is_none()).map(|at| at.to_jiff()),
        role: row.role_id.and_then(|id| RoleId::try_from(id).ok()),
        owned: row.owned && new.recipient.is_none(),
        waits: row.waits,
        by_plan: row.by_plan,
        outranked: row.outranked,
    })
}

/// Why something isn't sold whose role stands so.
pub const fn not_given(why: RoleState) -> &'static str {
    match why {
        RoleState::Gone => "error-shop-role-gone",
        RoleState::NoPermission
        | RoleState::TooLow
        | RoleState::Refused
        | RoleState::Given
        | RoleState::Left
        | RoleState::Waiting => "error-shop-role-stuck",
    }
}

#[derive(QueryableByName)]
struct GivenRow {
    #[diesel(sql_type = Bool)]
    has: bool,
    #[diesel(sql_type = BigInt)]
    lately: i64,
}

/// A gift that costs nothing brings its recipient a message each time: a second one of what he was given and has still is
/// refused, and so are more than some in a day.
async fn gift_of_nothing(tx: &mut Tx, new: &NewOrder, recipient: UserId, now: Timestamp) -> Result<()> {
    let product = match &new.item {
        Item::Product { code, .. } => Some(code.clone()),
        Item::Plan { .. } => None,
    };
    let day = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    let found: Option<GivenRow> = tx
        .first(
            "looking at gifts that cost nothing",
            sql("select exists (select from deliveries d where d.guild_id = g.guild and d.user_id = ? and d.product = ? \
                   and d.giver_id is not null and d.revoked_at is null \
                   and (d.kind not in ('role', 'plan_days') or exists (select from entitlements e where e.guild_id = d.guild_id \
                     and e.order_number = d.order_number and e.revoked_at is null and (e.ends_at is null or e.ends_at > ?)))) as has, \
                 (select count(*) from orders o where o.guild_id = g.guild and o.user_id = ? and o.recipient_id <> o.user_id \
                    and o.mode = 'free' and o.created_at > ?) as lately \
                 from (select ?::bigint as guild) g")
            .bind::<BigInt, _>(recipient.as_i64())
            .bind::<Nullable<Text>, _>(product)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(new.buyer.user.as_i64())
            .bind::<Timestamptz, _>(day.to_diesel())
            .bind::<BigInt, _>(new.guild.as_i64()),
        )
        .await?;
    match found {
        Some(row) if row.has => Err(Error::Conflict("error-shop-gift-in-vain")),
        Some(row) if row.lately >= FREE_GIFTS_A_DAY => Err(Error::Conflict("error-gift-free-enough")),
        Some(_) | None => Ok(()),
    }
}

impl Offer {
    /// Why none is left: others have them, or he himself holds one that he has not paid.
    pub(super) const fn sold_out(&self) -> Error {
        Error::Conflict(if self.waits { "error-shop-own-waits" } else { "error-shop-sold-out" })
    }

    /// Whether so many are left now.
    ///
    /// # Errors
    /// [`Error::Conflict`] where none is; [`Error::Argument`] with how many are.
    pub fn reaches(&self, quantity: u32) -> Result<()> {
        match self.left {
            Some(left) if left <= 0 => Err(self.sold_out()),
            Some(left) if left < i64::from(quantity) => {
                Err(Error::Argument { option: "quantity", problem: Problem::OnlyLeft { left } })
            }
            Some(_) | None => Ok(()),
        }
    }
}

async fn load(tx: &mut Tx, new: &NewOrder, now: Timestamp) -> Result<Option<OfferRow>> {
    let (guild, user) = (new.guild.as_i64(), new.buyer.user.as_i64());
    let gets = new.recipient.map_or(user, UserId::as_i64);
    match &new.item {
        Item::Plan { code, .. } => {
            tx.first(
                "looking at an offer",
                sql("select p.name as title, pr.currency, pr.amount_minor, p.hidden, p.trial_days, \
                       null::bigint as visible_role_id, null::integer as member_limit, 0::bigint as bought, \
                       exists (select from subscriptions s where s.guild_id = p.guild_id and s.user_id = ? \
                               and s.state in ('trialing', 'active', 'past_due', 'unpaid', 'paused')) as subscribed, \
                       exists (select from trials t where t.guild_id = p.guild_id and t.user_id = ?) as tried, \
                       exists (select from entitlements e where e.guild_id = p.guild_id and e.user_id = ? and e.plan = p.code \
                               and e.revoked_at is null and (e.ends_at is null or e.ends_at > ?)) as holds, null::integer as days, null::bigint as units, \
                       v.in_vain, v.suspended, \
                       (select a.why from role_alerts a where a.guild_id = p.guild_id and a.role_id = p.role_id) as role_stuck, \
                       (select max(e.ends_at) from entitlements e where e.guild_id = p.guild_id and e.user_id = ? and e.plan = p.code \
                        and e.source <> 'subscription' and e.revoked_at is null and e.suspended_at is null and e.ends_at > ?) as held_until, null::bigint as role_id, null::text as plan, \
                       false as once, false as owned, false as by_plan, false as waits, \
                       exists (select from entitlements e join plans l on l.guild_id = e.guild_id and l.code = e.plan \
                         where e.guild_id = p.guild_id and e.user_id = ? and (l.level > p.level or (l.level = p.level and l.code <> p.code \
                           and l.role_id is not distinct from p.role_id)) and e.revoked_at is null \
                           and e.suspended_at is null and e.starts_at <= ? and (e.ends_at is null or e.ends_at > ?)) as outranked \
                     from plans p join prices pr on pr.guild_id = p.guild_id and pr.item = ?, \
                       lateral (select count(*) > 0 as in_vain, coalesce(bool_and(e.suspended_at is not null), false) as suspended \
                         from entitlements e where e.guild_id = p.guild_id and e.user_id = ? and e.plan = p.code \
                           and e.revoked_at is null and (e.ends_at is null or (? and e.source = 'subscription' and e.ends_at > ?))) v \
                     where p.guild_id = ? and p.code = ? and not p.archived \
                       and pr.currency = coalesce((select currency from shops where guild_id = p.guild_id), 'eur')")
                .bind::<BigInt, _>(user)
                .bind::<BigInt, _>(user)
                .bind::<BigInt, _>(user)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(user)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(gets)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Text, _>(new.item.name())
                .bind::<BigInt, _>(gets)
                .bind::<Bool, _>(new.recipient.is_some())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(guild)
                .bind::<Text, _>(code.clone()),
            )
            .await
        }
        Item::Product { code, variant } => {
            tx.first(
                "looking at an offer",
                sql("select case when (select count(*) from variants o where o.guild_id = g.guild_id and o.product = g.code \
                                       and not o.archived) > 1 then g.name || ' · ' || v.name else g.name end as title, \
                       pr.currency, pr.amount_minor, false as hidden, 0 as trial_days, g.visible_role_id, g.member_limit, \
                       (select coalesce(sum(o.quantity), 0)::bigint from orders o where o.guild_id = g.guild_id and o.user_id = ? \
                        and o.product = g.code and o.state in ('pending', 'awaiting', 'paid', 'fulfilled')) as bought, \
                       false as subscribed, true as tried, false as holds, coalesce(g.days, 0) as days, \
                       case when g.kind = 'key' then (select count(*) from product_keys k where k.guild_id = g.guild_id \
                         and k.product = g.code and k.variant = v.code and k.order_number is null) else v.stock end as units, \
                       b.in_vain, b.suspended, \
                       (select a.why from role_alerts a where a.guild_id = g.guild_id \
                         and a.role_id = case g.kind when 'role' then g.role_id when 'plan_days' then (select p.role_id from plans p \
                           where p.guild_id = g.guild_id and p.code = g.plan) end) as role_stuck, \
                       g.kind = 'role' and exists (select from entitlements e join plans l on l.guild_id = e.guild_id and l.code = e.plan \
                         where e.guild_id = g.guild_id and e.user_id = ? and l.role_id = g.role_id and e.revoked_at is null \
                           and e.suspended_at is null and e.starts_at <= ? and (e.ends_at is null or e.ends_at > ?)) as by_plan, \
                       (select max(e.ends_at) from entitlements e where e.guild_id = g.guild_id and e.user_id = ? \
                        and ((g.kind = 'plan_days' and e.plan = g.plan) or (g.kind = 'role' and e.role_id = g.role_id)) \
                        and e.source <> 'subscription' and e.revoked_at is null and e.suspended_at is null and e.ends_at > ?) as held_until, \
                       case when g.kind = 'role' then g.role_id end as role_id, case when g.kind = 'plan_days' then g.plan end as plan, \
                       g.kind in ('text', 'file') or (g.kind = 'role' and g.days is null) as once, \
                       g.kind in ('text', 'file') and exists (select from deliveries d where d.guild_id = g.guild_id \
                         and d.user_id = ? and d.product = g.code and d.revoked_at is null) as owned, \
                       exists (select from orders o where o.guild_id = g.guild_id and o.user_id = ? and o.product = g.code \
                         and o.variant = v.code and o.state = 'pending' and o.reserved) as waits, \
                       g.kind = 'plan_days' and exists (select from entitlements e join plans l on l.guild_id = e.guild_id and l.code = e.plan \
                         join plans p on p.guild_id = g.guild_id and p.code = g.plan and (l.level > p.level or (l.level = p.level \
                           and l.code <> p.code and l.role_id is not distinct from p.role_id)) \
                         where e.guild_id = g.guild_id and e.user_id = ? and e.revoked_at is null and e.suspended_at is null \
                           and e.starts_at <= ? and (e.ends_at is null or e.ends_at > ?)) as outranked \
                     from products g join variants v on v.guild_id = g.guild_id and v.product = g.code \
                       join prices pr on pr.guild_id = g.guild_id and pr.item = ?, \
                       lateral (select count(*) > 0 as in_vain, coalesce(bool_and(e.suspended_at is not null), false) as suspended \
                         from entitlements e where e.guild_id = g.guild_id and e.user_id = ? and e.revoked_at is null \
                           and ((g.kind = 'role' and e.role_id = g.role_id and e.ends_at is null) \
                             or (g.kind = 'plan_days' and e.plan = g.plan \
                                 and (e.ends_at is null or (e.source = 'subscription' and e.ends_at > ?))))) b \
                     where g.guild_id = ? and g.code = ? and v.code = ? and not g.archived and not v.archived \
                       and pr.currency = coalesce((select currency from shops where guild_id = g.guild_id), 'eur')")
                .bind::<BigInt, _>(user)
                .bind::<BigInt, _>(gets)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(user)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(user)
                .bind::<BigInt, _>(user)
                .bind::<BigInt, _>(gets)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Text, _>(new.item.name())
                .bind::<BigInt, _>(gets)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(guild)
                .bind::<Text, _>(code.clone())
                .bind::<Text, _>(variant.clone()),
            )
            .await
        }
    }
}
