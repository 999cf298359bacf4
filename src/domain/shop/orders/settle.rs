//! Makes orders agree with what the provider says of their checkout: the one place where an order becomes paid, handed over,
//! or ends.
//!
//! It is told a state, never an event, and works on the locked order: told the same twice it changes nothing, told an older
//! state after a newer one it changes nothing either, because an order only goes forward. Acts as the *payments* duty.

use super::store::{Trace, audit, lock, save};
use super::{Item, Order, hold, money};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, Kind, OrderNotice};
use crate::domain::payments::ledger::{self, About, Movement};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{PaymentStatus, SessionStatus, SessionView};
use crate::domain::promotions::{self, referrals};
use crate::domain::shop::entitlements::{self, Give, What};
use crate::domain::shop::{Mode, OrderState, Period, Source, Trouble};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{Timestamp, ToSpan};
use jiff_diesel::ToDiesel;

/// Makes the order of a checkout agree with it; the word says what was found, for the queue.
///
/// # Errors
/// As [`Tx::load`].
pub async fn session(tx: &mut Tx, view: &SessionView, now: Timestamp) -> Result<&'static str> {
    let Some((guild, number)) = view.order else { return Ok("not_ours") };
    let Some(mut order) = lock(tx, guild, number).await? else { return Ok("no_order") };
    if order.session.as_deref().is_some_and(|session| session != view.id) {
        return Ok("other_session");
    }
    order.session = Some(view.id.clone());
    match (view.status, view.payment_status) {
        (SessionStatus::Open, _) => open(tx, &mut order, view, now),
        (SessionStatus::Expired, _) => {
            end(tx, &mut order, OrderState::Expired, now).await?;
            Ok("expired")
        }
        (SessionStatus::Complete, PaymentStatus::Unpaid) if view.failed => {
            end(tx, &mut order, OrderState::Failed, now).await?;
            Ok("failed")
        }
        (SessionStatus::Complete, PaymentStatus::Unpaid) => {
            if order.state == OrderState::Pending {
                order.state = OrderState::Awaiting;
                order.payment.clone_from(&view.payment);
                save(tx, &order, now);
            }
            Ok("awaiting")
        }
        (SessionStatus::Complete, PaymentStatus::Paid | PaymentStatus::NotRequired) => paid(tx, order, view, now).await,
    }
}

/// Writes down the first invoice of a subscription's order; where the order could not be handed over, its money goes back.
pub(in crate::domain::shop) fn first_invoice(tx: &mut Tx, order: &mut Order, payment: &str, paid_minor: i64, now: Timestamp) {
    if order.payment.is_some() {
        return;
    }
    order.payment = Some(payment.to_owned());
    order.paid_minor = paid_minor;
    save(tx, order, now);
    if order.state == OrderState::Paid {
        money::give_back_all(tx, order, now);
    }
}

/// Reads an order and keeps it from changing until the commit: for what follows from it.
///
/// # Errors
/// As [`Tx::load`].
pub(in crate::domain::shop) async fn locked(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Order>> {
    lock(tx, guild, number).await
}

/// An open checkout: where the order is over, the checkout must not be payable any more.
fn open(tx: &mut Tx, order: &mut Order, view: &SessionView, now: Timestamp) -> Result<&'static str> {
    if order.state == OrderState::Pending {
        order.checkout_url.clone_from(&view.url);
        save(tx, order, now);
    } else {
        tasks::ask(tx, Task::Expire, &view.id, Some(order.guild), now);
    }
    Ok("open")
}

/// Ends an order without money and gives back what it holds; one that is not open stays as it is.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn end(tx: &mut Tx, order: &mut Order, state: OrderState, now: Timestamp) -> Result<()> {
    if !order.state.is_open() {
        return Ok(());
    }
    if order.reserved {
        hold::give_back(tx, order, now).await?;
        order.reserved = false;
    }
    order.state = state;
    save(tx, order, now);
    notifications::record_order(tx, order.guild, "order_ended", order.number, now);
    Ok(())
}

/// Hands over an order that costs nothing.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn free(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<()> {
    order.paid_at = Some(now);
    hand_over(tx, order, now).await
}

/// The money of an order is here.
async fn paid(tx: &mut Tx, mut order: Order, view: &SessionView, now: Timestamp) -> Result<&'static str> {
    if order.paid_at.is_some() {
        return Ok("known");
    }
    order.paid_at = Some(now);
    order.payment.clone_from(&view.payment);
    order.subscription.clone_from(&view.subscription);
    // What a subscription's first period brought stands on its first invoice.
    order.paid_minor = if order.mode == Mode::Payment { view.total.map_or(0, crate::kernel::Money::minor) } else { 0 };
    book(tx, &order, view, now);
    if let Some(trouble) = trouble(tx, &mut order, view, now).await? {
        stuck(tx, &mut order, trouble, now);
        return Ok(trouble.as_str());
    }
    hand_over(tx, &mut order, now).await?;
    Ok("fulfilled")
}

/// Books what came in, and asks for what belongs to it: the provider's fee, the subscription with its invoices.
fn book(tx: &mut Tx, order: &Order, view: &SessionView, now: Timestamp) {
    if let (Mode::Payment, Some(payment), Some(total)) = (order.mode, &view.payment, view.total) {
        let sale = Movement::Sale { name: payment.clone(), total: total.minor(), tax: view.tax_minor };
        let about = About { order: Some(order.number), subscription: None, customer: Some(order.buyer) };
        ledger::post(tx, order.guild, &sale, total.currency(), &about, now);
        tasks::ask(tx, Task::Payment, payment, Some(order.guild), now);
    }
    // The invoices of a subscription are booked with it.
    if let Some(subscription) = &view.subscription {
        tasks::ask(tx, Task::Subscription, subscription, Some(order.guild), now);
    }
}

/// What keeps a paid order from being handed over.
async fn trouble(tx: &mut Tx, order: &mut Order, view: &SessionView, now: Timestamp) -> Result<Option<Trouble>> {
    let owed = if order.trial_days.is_some() { 0 } else { order.total.minor() };
    let agreed = view.total.is_some_and(|total| {
        total.currency() == order.total.currency() && total.minor().saturating_sub(view.tax_minor) == owed
    });
    if !agreed {
        return Ok(Some(Trouble::AmountDiffers));
    }
    if order.mode == Mode::Subscription && subscribed_otherwise(tx, order).await? {
        return Ok(Some(Trouble::Double));
    }
    if !order.reserved {
        if !hold::take_again(tx, order, now).await? {
            return Ok(Some(Trouble::OutOfStock));
        }
        order.reserved = true;
    }
    Ok(None)
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// Whether the member has another subscription, or another paid order for one.
async fn subscribed_otherwise(tx: &mut Tx, order: &Order) -> Result<bool> {
    // Two checkouts paid at once are two transactions: the member's customer row makes the second wait for the first, and
    // the question after it sees what the first did.
    tx.execute(
        "waiting for the member's other orders",
        sql("select from customers where guild_id = ? and user_id = ? for update")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.buyer.as_i64()),
    )
    .await?;
    let found: Option<Found> = tx
        .first(
            "looking for another subscription",
            sql("select exists (select from subscriptions s where s.guild_id = ? and s.user_id = ? and s.id is distinct from ? \
                           and s.state in ('trialing', 'active', 'past_due', 'unpaid', 'paused')) \
                   or exists (select from orders o where o.guild_id = ? and o.user_id = ? and o.number <> ? \
                              and o.mode = 'subscription' and o.state = 'fulfilled' \
                              and not exists (select from subscriptions s where s.guild_id = o.guild_id \
                                              and s.id = o.subscription_id and s.state in ('canceled', 'incomplete_expired'))) \
                 as found")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.buyer.as_i64())
            .bind::<Nullable<Text>, _>(order.subscription.clone())
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.buyer.as_i64())
            .bind::<BigInt, _>(order.number),
        )
        .await?;
    Ok(found.is_some_and(|row| row.found))
}

/// A paid order that can't be handed over: its money goes back, except where the amount differs, which staff decide.
fn stuck(tx: &mut Tx, order: &mut Order, trouble: Trouble, now: Timestamp) {
    order.state = OrderState::Paid;
    order.trouble = Some(trouble);
    save(tx, order, now);
    let trace = Trace { action: "order_stuck", old: None, new: Some(trouble.as_str().to_owned()), subject: &order.title };
    audit(tx, order.guild, Some(order.number), trace, None, now);
    notifications::record_order(tx, order.guild, "order_stuck", order.number, now);
    if trouble != Trouble::AmountDiffers {
        promotions::give_back_later(tx, order.guild, order.number, now);
        if let Some(subscription) = &order.subscription {
            tasks::ask(tx, Task::Cancel, subscription, Some(order.guild), now);
        }
        money::give_back_all(tx, order, now);
        tell(tx, order, Kind::OrderTrouble, Some(order.buyer), now);
    }
    tell(tx, order, Kind::ShopAlert, None, now);
}

fn tell(tx: &mut Tx, order: &Order, kind: Kind, recipient: Option<UserId>, now: Timestamp) {
    let notice = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient };
    notifications::queue_order(tx, notice, now);
}

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
async fn hand_over(tx: &mut Tx, order: &mut Order, now: Timestamp) -> Result<()> {
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
    tell(tx, order, Kind::OrderDone, Some(order.buyer), now);
    if order.is_gift() {
        tell(tx, order, Kind::Gift, Some(order.recipient), now);
    }
    if order.mode != Mode::Free {
        tell(tx, order, Kind::Sale, None, now);
    }
    Ok(())
}

/// Uses up its promotion, and holds the credit of who recommended the shop to its buyer; a trial has paid nothing yet.
fn promote(tx: &mut Tx, order: &Order, now: Timestamp) {
    if order.promotion.is_some() {
        promotions::use_up(tx, order.guild, order.number, now);
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
                and e.plan = p.code and e.source <> 'subscription' and e.revoked_at is null and e.ends_at > ?) as held_until \
             from plans p where p.guild_id = ? and p.code = ?")
        .bind::<BigInt, _>(user)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild)
        .bind::<Text, _>(code.clone()),
        Item::Product { code, .. } => sql("select g.kind, g.role_id, g.days, g.plan, c.body, \
               (select max(e.ends_at) from entitlements e where e.guild_id = g.guild_id and e.user_id = ? \
                and ((g.kind = 'plan_days' and e.plan = g.plan) or (g.kind = 'role' and e.role_id = g.role_id)) \
                and e.source <> 'subscription' and e.revoked_at is null and e.ends_at > ?) as held_until \
             from products g left join product_contents c on c.guild_id = g.guild_id and c.product = g.code \
             where g.guild_id = ? and g.code = ?")
        .bind::<BigInt, _>(user)
        .bind::<Timestamptz, _>(now.to_diesel())
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
            (What::Plan(code.clone()), if free { None } else { period_after(from, *period) })
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
        starts_at: now,
        ends_at,
        by: None,
    };
    entitlements::give(tx, order.guild, &give, now);
}

fn days_after(from: Timestamp, days: Option<i32>, quantity: u32) -> Option<Timestamp> {
    let hours = i64::from(days?).checked_mul(24)?.checked_mul(i64::from(quantity))?;
    from.checked_add(hours.hours()).ok()
}

/// A month or a year later by the calendar, in UTC as the provider counts.
fn period_after(from: Timestamp, period: Period) -> Option<Timestamp> {
    let span = match period {
        Period::Month => 1.month(),
        Period::Year => 1.year(),
    };
    from.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).ok().map(|later| later.timestamp())
}

/// Writes down what was handed over, and hands over the keys that the order holds.
fn deliver(tx: &mut Tx, order: &Order, goods: &Goods, now: Timestamp) {
    let product = match &order.item {
        Item::Plan { .. } => None,
        Item::Product { code, .. } => Some(code.clone()),
    };
    tx.defer(
        "delivering an order",
        sql("insert into deliveries (guild_id, order_number, user_id, kind, product, body, delivered_at) \
             values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(order.recipient.as_i64())
        .bind::<Text, _>(goods.kind.clone())
        .bind::<Nullable<Text>, _>(product)
        .bind::<Nullable<Text>, _>(goods.body.clone().filter(|_| goods.kind == "text"))
        .bind::<Timestamptz, _>(now.to_diesel()),
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

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    session_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Acts on orders whose checkout can't be paid any more: the provider is asked how it ended; one without a checkout ends at
/// once. Tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub async fn expire(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<Due> = tx
        .load(
            "finding orders that expired",
            // Looked at again each hour as long as the provider gave no word.
            sql("update orders o set expires_at = ?::timestamptz + interval '1 hour' from ( \
                   select guild_id, number from orders where state = 'pending' and expires_at <= ? \
                   order by expires_at limit ? for update skip locked) d \
                 where o.guild_id = d.guild_id and o.number = d.number returning o.guild_id, o.number, o.session_id")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &due {
        let guild = GuildId::try_from(row.guild_id).internal("ending orders")?;
        match &row.session_id {
            Some(session) => tasks::ask(tx, Task::Expire, session, Some(guild), now),
            None => {
                if let Some(mut order) = lock(tx, guild, row.number).await? {
                    end(tx, &mut order, OrderState::Expired, now).await?;
                }
            }
        }
    }
    Ok(due.len())
}
