//! Makes orders agree with what the provider says of their checkout: the one place where an order becomes paid, handed over,
//! or ends.
//!
//! It is told a state, never an event, and works on the locked order: told the same twice it changes nothing, told an older
//! state after a newer one it changes nothing either, because an order only goes forward. Acts as the *payments* duty.

use super::store::{Trace, audit, lock, save};
use super::{Item, Order, handover, hold, refunds, vain};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::ledger::{self, About, Movement};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{PaymentStatus, SessionStatus, SessionView};
use crate::domain::promotions::{self, referrals};
use crate::domain::shop::{Mode, OrderState, Trouble, entitlements};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Makes the order of a checkout agree with it; the word says what was found, for the queue. `left` says whether who is to get
/// a gift is known to have left the guild, as [`vain::for_whom`] has asked.
///
/// # Errors
/// As [`Tx::load`].
pub async fn session(tx: &mut Tx, view: &SessionView, left: bool, now: Timestamp) -> Result<&'static str> {
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
        (SessionStatus::Complete, PaymentStatus::Paid | PaymentStatus::NotRequired) => {
            paid(tx, order, (view, left), now).await
        }
    }
}

/// Writes down the first invoice of a subscription's order that was paid; where the order could not be handed over, its money
/// goes back. After a trial it is the buyer's first purchase: who recommended the shop to him has earned a credit.
pub(in crate::domain::shop) fn first_invoice(
    tx: &mut Tx,
    order: &mut Order,
    (payment, total): (&str, Money),
    tax_minor: i64,
    now: Timestamp,
) {
    if order.payment.is_some() {
        return;
    }
    order.payment = Some(payment.to_owned());
    order.paid_minor = total.minor();
    save(tx, order, now);
    if order.state == OrderState::Paid || order.trouble == Some(Trouble::TrialUsed) {
        refunds::give_back_all(tx, order, now);
    } else if order.state == OrderState::Fulfilled && order.trial_days.is_some() {
        tell(tx, order, ShopKind::TrialPaid, Some(order.buyer), now);
        let price = Money::new(total.minor().saturating_sub(tax_minor), total.currency()).unwrap_or(total);
        referrals::bought(tx, (order.guild, order.number), (order.buyer, price), now);
    }
}

/// The first payment of a subscription did not come, after days on its way: the order ends, and the subscription with it.
///
/// # Errors
/// As [`Tx::load`].
pub(in crate::domain::shop) async fn unpaid(
    tx: &mut Tx,
    order: &mut Order,
    subscription: &str,
    now: Timestamp,
) -> Result<()> {
    end(tx, order, OrderState::Failed, now).await?;
    tasks::ask(tx, Task::Cancel, subscription, Some(order.guild), now);
    Ok(())
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
    handover::hand_over(tx, order, now).await
}

/// The money of an order is here.
async fn paid(
    tx: &mut Tx,
    mut order: Order,
    (view, left): (&SessionView, bool),
    now: Timestamp,
) -> Result<&'static str> {
    if order.paid_at.is_some() {
        return Ok("known");
    }
    order.paid_at = Some(now);
    order.payment.clone_from(&view.payment);
    order.subscription.clone_from(&view.subscription);
    // What a subscription's first period brought stands on its first invoice.
    order.paid_minor = if order.mode == Mode::Payment { view.total.map_or(0, Money::minor) } else { 0 };
    book(tx, &order, view, now);
    if let Some(trouble) = trouble(tx, &mut order, (view, left), now).await? {
        stuck(tx, &mut order, trouble, now);
        return Ok(trouble.as_str());
    }
    handover::hand_over(tx, &mut order, now).await?;
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
async fn trouble(
    tx: &mut Tx,
    order: &mut Order,
    (view, left): (&SessionView, bool),
    now: Timestamp,
) -> Result<Option<Trouble>> {
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
        wait_for_orders(tx, order).await?;
    }
    entitlements::one_by_one(tx, order.guild, order.recipient).await?;
    let vain = if left && order.is_gift() { Some(Trouble::Left) } else { vain::vain(tx, order, now).await? };
    if let Some(trouble) = vain {
        if order.reserved {
            hold::give_back_goods(tx, order).await?;
            order.reserved = false;
        }
        return Ok(Some(trouble));
    }
    if !order.reserved {
        if has_enough(tx, order).await? {
            return Ok(Some(Trouble::MemberLimit));
        }
        if !hold::take_again(tx, order, now).await? {
            return Ok(Some(Trouble::OutOfStock));
        }
        order.reserved = true;
    }
    Ok(None)
}

/// Waits for the orders of the guild that are being placed, and keeps others from being, until the commit.
async fn wait_for_orders(tx: &mut Tx, order: &Order) -> Result<()> {
    tx.execute(
        "waiting for orders that are placed",
        sql("select from order_counters where guild_id = ? for update").bind::<BigInt, _>(order.guild.as_i64()),
    )
    .await
    .map(|_| ())
}

/// Whether an order that gave its place back would take its buyer past what one may buy of the product: others of his stand in
/// that place by now.
async fn has_enough(tx: &mut Tx, order: &Order) -> Result<bool> {
    let Item::Product { code, .. } = &order.item else { return Ok(false) };
    let found: Option<Found> = tx
        .first(
            "counting what a member has bought",
            sql(
                "select coalesce(sum(o.quantity), 0) + ? > p.member_limit as found from products p left join orders o \
                   on o.guild_id = p.guild_id and o.product = p.code and o.user_id = ? and o.number <> ? \
                   and o.state in ('pending', 'awaiting', 'fulfilled') \
                 where p.guild_id = ? and p.code = ? and p.member_limit is not null group by p.member_limit",
            )
            .bind::<Integer, _>(i32::try_from(order.quantity).unwrap_or(i32::MAX))
            .bind::<BigInt, _>(order.buyer.as_i64())
            .bind::<BigInt, _>(order.number)
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(code.clone()),
        )
        .await?;
    Ok(found.is_some_and(|row| row.found))
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
            // One that was only seen, whose own order is not handed over, may be the one too many itself.
            sql("select exists (select from subscriptions s left join orders b on b.guild_id = s.guild_id and b.number = s.order_number \
                           where s.guild_id = ? and s.user_id = ? and s.id is distinct from ? \
                           and s.state in ('trialing', 'active', 'past_due', 'unpaid', 'paused') \
                           and coalesce(b.state = 'fulfilled' or b.problem = 'amount_differs', true)) \
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
pub(super) fn stuck(tx: &mut Tx, order: &mut Order, trouble: Trouble, now: Timestamp) {
    // Nothing was paid for a trial.
    order.state = if trouble == Trouble::TrialUsed { OrderState::Canceled } else { OrderState::Paid };
    order.trouble = Some(trouble);
    save(tx, order, now);
    let trace =
        Trace { action: "order_stuck", old: None, new: Some(trouble.as_str().to_owned()), subject: &order.title };
    audit(tx, order.guild, Some(order.number), trace, None, now);
    notifications::record_order(tx, order.guild, "order_stuck", order.number, now);
    if trouble != Trouble::AmountDiffers {
        promotions::give_back_later(tx, order.guild, order.number, now);
        promotions::credits::return_later(tx, order.guild, order.number, now);
        if let Some(subscription) = &order.subscription {
            tasks::ask(tx, Task::Cancel, subscription, Some(order.guild), now);
        }
        refunds::give_back_all(tx, order, now);
        tell(tx, order, ShopKind::OrderTrouble, Some(order.buyer), now);
    }
    tell(tx, order, ShopKind::ShopAlert, None, now);
}

/// A free trial whose card had one already: it ends before anything is charged, and nothing stays handed over.
pub(in crate::domain::shop) fn trial_used(tx: &mut Tx, order: &mut Order, now: Timestamp) {
    tx.defer(
        "taking a delivery back",
        sql("update deliveries set revoked_at = coalesce(revoked_at, ?) where guild_id = ? and order_number = ?")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.number),
    );
    stuck(tx, order, Trouble::TrialUsed, now);
}

pub(super) fn tell(tx: &mut Tx, order: &Order, kind: ShopKind, recipient: Option<UserId>, now: Timestamp) {
    let notice = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient };
    notifications::queue_order(tx, notice, now);
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
