//! Handing an order over: what it entitles to, what is delivered, what is told; once, because the locked order then stands as
//! fulfilled. Acts as the *payments* duty.

use super::settle::{stuck, tell};
use super::store::{Trace, audit, save};
use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::notifications::events::{self, Figures};
use crate::domain::notifications::{self, ShopKind};
use crate::domain::promotions::{self, credits, referrals};
use crate::domain::shop::catalogue::stock;
use crate::domain::shop::entitlements::{self, Give, What};
use crate::domain::shop::{Mode, OrderState, Period, Source, Trouble};
use crate::kernel::{Result, RoleId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::{Timestamp, ToSpan};
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Goods {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    role_id: Option<i64>,
    #[diesel(sql_type = Nullable<Integer>)]
    days: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    /// When what the recipient holds of that plan already runs out: further days count from there.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    held_until: Option<jiff_diesel::Timestamp>,
}

/// Hands an order over: what it gives, what is told; once, because the locked order then stands as fulfilled.
pub(super) async fn hand_over(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<()> {
    // Days that are paid at the same moment follow each other.
    entitlements::one_by_one(tx, order.guild, order.recipient).await?;
    let Some(goods) = goods(tx, order, now).await? else {
        stuck(tx, order, Trouble::Gone, now);
        return Ok(());
    };
    order.state = OrderState::Fulfilled;
    order.fulfilled_at = Some(now);
    order.trouble = None;
    save(tx, order, now);
    entitle(tx, order, &goods, now);
    deliver(tx, order, &goods, now);
    promote(tx, order, now);
    if order.trial_days.is_some() {
        remember_trial(tx, order, now);
    }
    let trace = Trace { action: "order_fulfilled", old: None, new: None, subject: &order.title };
    audit(tx, order.guild, Some(order.number), trace, None, now);
    notifications::record_order(tx, order.guild, "order_fulfilled", order.number, now);
    if order.mode != Mode::Free {
        let (word, amount) =
            if order.trial_days.is_some() { ("trial_begun", None) } else { ("sale", Some(order.total)) };
        events::tell(tx, order.guild, word, Figures { order: Some(order.number), amount, ..Figures::default() }, now);
    }
    tell(tx, order, ShopKind::OrderDone, Some(order.buyer), now);
    if order.is_gift() {
        tell(tx, order, ShopKind::Gift, Some(order.recipient), now);
    }
    // What costs nothing is told only where it was the last one.
    if order.mode != Mode::Free || is_last(tx, order).await? {
        tell(tx, order, ShopKind::Sale, None, now);
    }
    Ok(())
}

/// Whether nothing more is left of what an order took.
async fn is_last(tx: &mut Tx, order: &Order) -> Result<bool> {
    let Item::Product { code, variant } = &order.item else { return Ok(false) };
    Ok(stock::sold_out(tx, order.guild, (code, variant)).await?.is_some())
}

/// Uses up its promotion or credit, and holds the credit of who recommended the shop to its buyer; a trial has paid nothing yet.
fn promote(tx: &mut Tx, order: &Order, now: Timestamp) {
    if order.promotion.is_some() {
        promotions::use_up(tx, order.guild, order.number, now);
    }
    if order.credit().is_some() {
        credits::use_up(tx, order.guild, order.number, now);
    }
    if order.mode != Mode::Free && order.trial_days.is_none() {
        let (what, who) = ((order.guild, order.number), (order.buyer, order.total));
        referrals::bought(tx, what, who, now);
    }
}

async fn goods(tx: &mut Tx, order: &Order, now: Timestamp) -> Result<Option<Goods>> {
    let (guild, user) = (order.guild.as_i64(), order.recipient.as_i64());
    let statement = match &order.item {
        Item::Plan { code, .. } => sql("select 'plan' as kind, null::bigint as role_id, null::integer as days, p.code as plan, \
               null::text as body, (select max(e.ends_at) from entitlements e where e.guild_id = p.guild_id and e.user_id = ? \
                and e.plan = p.code and e.source <> 'subscription' and e.revoked_at is null and e.suspended_at is null and e.ends_at > ?) as held_until \
             from plans p where p.guild_id = ? and p.code = ?")
        .bind::<BigInt, _>(user)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(code.clone()),
        // What was agreed on, whatever the product gives by now.
        Item::Product { code, .. } => sql("select g.kind, a.role_id, a.plan, c.body, a.days, \
               (select max(e.ends_at) from entitlements e where e.guild_id = g.guild_id and e.user_id = ? \
                and ((g.kind = 'plan_days' and e.plan = a.plan) or (g.kind = 'role' and e.role_id = a.role_id)) \
                and e.source <> 'subscription' and e.revoked_at is null and e.suspended_at is null and e.ends_at > ?) as held_until \
             from products g left join product_contents c on c.guild_id = g.guild_id and c.product = g.code, \
               lateral (select case when o.days is null then g.days else nullif(o.days, 0) end as days, \
                 coalesce(o.gives_role_id, g.role_id) as role_id, coalesce(o.gives_plan, g.plan) as plan \
                 from orders o where o.guild_id = g.guild_id and o.number = ?) a \
             where g.guild_id = ? and g.code = ?")
        .bind::<BigInt, _>(user)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(code.clone()),
    };
    tx.first("looking at what an order hands over", statement).await
}

/// Gives what the order entitles to; a subscription's entitlement follows the subscription instead.
fn entitle(tx: &mut Tx, order: &Order, goods: &Goods, now: Timestamp) {
    let from = goods.held_until.map_or(now, |at| at.to_jiff());
    let (what, ends_at) = match (&order.item, goods.kind.as_str()) {
        (Item::Plan { .. }, _) if order.mode == Mode::Subscription => return,
        (Item::Plan { code, period }, _) => {
            let free = order.mode == Mode::Free;
            (What::Plan(code.clone()), if free { None } else { period.after(from) })
        }
        (Item::Product { .. }, "plan_days") => {
            let Some(plan) = goods.plan.clone() else { return };
            (What::Plan(plan), days_after(from, goods.days, order.quantity))
        }
        (Item::Product { .. }, "role") => {
            let Some(role) = goods.role_id.and_then(|id| RoleId::try_from(id).ok()) else { return };
            (What::Role(role), goods.days.and_then(|days| days_after(from, Some(days), order.quantity)))
        }
        (Item::Product { .. }, _) => return,
    };
    let give = Give {
        user: order.recipient,
        what,
        source: Source::Payment,
        key: order.entitlement_key(),
        order: Some(order.number),
        // Behind what he has of it already: where that is taken away, this moves up.
        starts_at: if ends_at.is_some() { from } else { now },
        ends_at,
        by: None,
    };
    entitlements::give(tx, order.guild, &give, now);
}

fn days_after(from: Timestamp, days: Option<i32>, quantity: u32) -> Option<Timestamp> {
    let hours = i64::from(days?).checked_mul(24)?.checked_mul(i64::from(quantity))?;
    from.checked_add(hours.hours()).ok()
}

/// Writes down what was handed over, and hands over the keys that the order holds.
fn deliver(tx: &mut Tx, order: &Order, goods: &Goods, now: Timestamp) {
    let (product, period) = match &order.item {
        Item::Plan { period, .. } => (None, Some(*period)),
        Item::Product { code, .. } => (Some(code.clone()), None),
    };
    // Who gets a gift reads of it what stands here: the order is its buyer's.
    let gift = Some(order).filter(|order| order.is_gift());
    tx.defer(
        "delivering an order",
        sql("insert into deliveries (guild_id, order_number, user_id, kind, product, body, delivered_at, giver_id, title, \
               quantity, period) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(order.recipient.as_i64())
        .bind::<Text, _>(goods.kind.clone())
        .bind::<Nullable<Text>, _>(product)
        .bind::<Nullable<Text>, _>(goods.body.clone().filter(|_| goods.kind == "text"))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Nullable<BigInt>, _>(gift.map(|order| order.buyer.as_i64()))
        .bind::<Nullable<Text>, _>(gift.map(|order| order.title.clone()))
        .bind::<Nullable<Integer>, _>(gift.map(|order| i32::try_from(order.quantity).unwrap_or(i32::MAX)))
        .bind::<Nullable<Text>, _>(gift.and(period).map(Period::as_str)),
    );
    if goods.kind == "key" {
        tx.defer(
            "handing over keys",
            sql("update product_keys set user_id = ?, delivered_at = ? where guild_id = ? and order_number = ? and delivered_at is null")
                .bind::<BigInt, _>(order.recipient.as_i64())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<BigInt, _>(order.number),
        );
    }
}

fn remember_trial(tx: &mut Tx, order: &Order, now: Timestamp) {
    tx.defer(
        "remembering a trial",
        sql("insert into trials (guild_id, user_id, order_number, at) values (?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.buyer.as_i64())
            .bind::<BigInt, _>(order.number)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
