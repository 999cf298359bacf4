//! Compares, at the end of a history, what the program wrote down with what the provider says happened.

use crate::payments::provider::{Session, Sub, rest};
use crate::payments::shop::Shop;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use shellia::domain::payments::{DisputeState, Payment, PaymentStatus, RefundState, SessionStatus};
use shellia::domain::shop::SubscriptionState;
use shellia::kernel::Money;

#[derive(QueryableByName, Debug)]
struct OrderRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    mode: String,
    #[diesel(sql_type = Nullable<Text>)]
    product: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    problem: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    payment_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    deliveries: i64,
    #[diesel(sql_type = BigInt)]
    keys: i64,
    #[diesel(sql_type = Bool)]
    was_fulfilled: bool,
    #[diesel(sql_type = BigInt)]
    paid_minor: i64,
    #[diesel(sql_type = BigInt)]
    refunded_minor: i64,
    #[diesel(sql_type = Bool)]
    refund_returned: bool,
}

#[derive(QueryableByName, Debug)]
struct EntitlementRow {
    #[diesel(sql_type = Text)]
    source_key: String,
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
    #[diesel(sql_type = Bool)]
    active: bool,
}

fn check(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

/// Compares everything with what the provider says happened.
pub(super) async fn judge(owner: &mut AsyncPgConnection, shop: &Shop) -> Result<(), String> {
    let guild = shop.guild;
    let now = shop.app.clock.now();
    let at = now.to_string();
    let orders: Vec<OrderRow> = diesel::sql_query(format!(
        "select o.number, o.user_id, o.mode, o.product, o.state, o.problem, o.payment_id, o.paid_minor, o.refunded_minor, o.refund_returned, \
           o.fulfilled_at is not null as was_fulfilled, \
           (select count(*) from deliveries d where d.guild_id = o.guild_id and d.order_number = o.number) as deliveries, \
           (select count(*) from product_keys k where k.guild_id = o.guild_id and k.order_number = o.number \
             and k.delivered_at is not null) as keys \
         from orders o where o.guild_id = {guild} order by o.number"
    ))
    .load(owner)
    .await
    .unwrap();
    let held: Vec<EntitlementRow> = diesel::sql_query(format!(
        "select source_key, plan, revoked_at is null and suspended_at is null and starts_at <= '{at}' \
           and (ends_at is null or ends_at > '{at}') as active from entitlements where guild_id = {guild}"
    ))
    .load(owner)
    .await
    .unwrap();
    let expected = judge_rows(&orders, &held, shop, now)?;
    judge_books(owner, shop, expected).await
}

/// Compares the rows with the provider's state; tells what the provider owes us.
fn judge_rows(orders: &[OrderRow], held: &[EntitlementRow], shop: &Shop, now: Timestamp) -> Result<i64, String> {
    let state = shop.provider.state.lock().unwrap();
    let sessions: Vec<&Session> = state.sessions.iter().collect();
    for order in orders {
        let mine: Vec<&&Session> = sessions.iter().filter(|session| session.new.order == order.number).collect();
        check(mine.len() <= 1, || format!("order {}: {} checkouts", order.number, mine.len()))?;
        judge_order(order, mine.as_slice().first().map(|session| **session), held, &state.payments, now)?;
    }
    for sub in &state.subs {
        judge_sub(sub, orders, held, &state.payments, shop, now)?;
    }
    judge_stock(orders)?;
    Ok(state.payments.iter().map(booked).sum())
}

fn is_paid(session: &Session) -> bool {
    session.view.status == SessionStatus::Complete
        && matches!(session.view.payment_status, PaymentStatus::Paid | PaymentStatus::NotRequired)
}

fn judge_order(
    order: &OrderRow,
    session: Option<&Session>,
    held: &[EntitlementRow],
    payments: &[Payment],
    now: Timestamp,
) -> Result<(), String> {
    let what = |why: &str| format!("order {order:?}: {why}; session {session:?}");
    let ended = matches!(order.state.as_str(), "expired" | "canceled" | "failed");
    let paid = session.is_some_and(is_paid);
    check(!(paid && (ended || order.state == "pending" || order.state == "awaiting")), || {
        what("paid and not known as such")
    })?;
    check(paid || !order.was_fulfilled, || what("handed over and not paid"))?;
    if let Some(session) = session.filter(|session| !is_paid(session)) {
        match (session.view.status, session.view.failed) {
            (SessionStatus::Expired, _) | (SessionStatus::Complete, true) => {
                check(ended, || what("should have ended"))?
            }
            // A debit under way; an order that ended first waits for its outcome.
            (SessionStatus::Complete, false) => check(order.state == "awaiting" || ended, || what("should wait"))?,
            (SessionStatus::Open, _) => {
                check(session.new.expires_at > now && order.state == "pending", || {
                    what("an open checkout that is over")
                })?;
            }
        }
    }
    check(order.deliveries == i64::from(order.was_fulfilled), || what("deliveries"))?;
    let is_key = order.product.as_deref() == Some("key");
    check(order.keys == i64::from(order.was_fulfilled && is_key), || what("keys"))?;
    let payment = order.payment_id.as_ref().and_then(|id| payments.iter().find(|payment| payment.id == *id));
    if paid && !order.was_fulfilled {
        check(order.problem.is_some(), || what("paid, not handed over, and no reason"))?;
        let kept = payment.map_or(0, rest);
        let failed =
            payment.is_some_and(|payment| payment.refunds.iter().any(|refund| refund.state == RefundState::Failed));
        check(kept == 0 || failed, || what("paid in vain"))?;
    }
    if let Some(payment) = payment {
        let gone: i64 = payment.refunds.iter().filter(|r| r.state != RefundState::Failed).map(|r| r.amount_minor).sum();
        check(order.refunded_minor == gone, || what("what went back"))?;
        check(gone <= order.paid_minor, || what("more went back than came"))?;
    }
    if order.was_fulfilled && order.mode == "payment" && order.product.as_deref() == Some("role") {
        let key = format!("order/{}", order.number);
        let found: Vec<&EntitlementRow> = held.iter().filter(|row| row.source_key == key).collect();
        check(found.len() == 1, || what("its entitlement"))?;
        let payment = payment.ok_or_else(|| what("no payment"))?;
        let within = session.is_some_and(|_| payment.at + SignedDuration::from_hours(24 * 30) > now);
        // The days count from when it was handed over, which may be later than the payment.
        check(!found[0].active || clear(payment), || what("access though its money went back"))?;
        check(found[0].active || !clear(payment) || !within, || what("no access though paid"))?;
    }
    Ok(())
}

/// Whether nothing came of a payment that takes access away.
fn clear(payment: &Payment) -> bool {
    let gone: i64 = payment.refunds.iter().filter(|r| r.state != RefundState::Failed).map(|r| r.amount_minor).sum();
    let held = matches!(payment.dispute, Some((_, DisputeState::Open | DisputeState::Lost, ..)));
    gone < payment.received.map_or(0, Money::minor) && !held
}

/// Whether all of a payment went back.
fn given_back(payment: &Payment) -> bool {
    let gone: i64 = payment.refunds.iter().filter(|r| r.state != RefundState::Failed).map(|r| r.amount_minor).sum();
    payment.received.is_some_and(|received| !received.is_zero() && gone >= received.minor())
}

fn judge_sub(
    sub: &Sub,
    orders: &[OrderRow],
    held: &[EntitlementRow],
    payments: &[Payment],
    shop: &Shop,
    now: Timestamp,
) -> Result<(), String> {
    let what = |why: &str| format!("subscription {:?}: {why}", sub.view);
    let order = orders.iter().find(|order| order.number == sub.new.order).ok_or_else(|| what("no order"))?;
    let key = format!("sub/{}", sub.view.id);
    let found: Vec<&EntitlementRow> = held.iter().filter(|row| row.source_key == key).collect();
    let state = SubscriptionState::from_word(&sub.view.state).unwrap();
    let since = (state == SubscriptionState::PastDue).then_some(sub.view.period_start);
    let by_state = state.access_until(sub.view.period_end, sub.view.cancel_at_period_end, since, shop.app.shop.grace);
    // What a refund ended whose money came here again runs to the end of what was paid.
    let until = if state == SubscriptionState::Canceled && order.refund_returned {
        let failed = payments.iter().any(|p| p.refunds.iter().any(|refund| refund.state == RefundState::Failed));
        check(failed, || what("no refund failed"))?;
        let paid = sub.invoices.iter().any(|invoice| invoice.at >= sub.view.period_start);
        Some(if paid { sub.view.period_end } else { sub.view.period_start })
    } else {
        by_state
    };
    let own = |id: &String| payments.iter().find(|payment| payment.id == *id).unwrap();
    let invoices: Vec<&Payment> = sub.invoices.iter().filter_map(|invoice| invoice.payment.as_ref()).map(own).collect();
    let disputed = invoices.iter().any(|p| matches!(p.dispute, Some((_, DisputeState::Open | DisputeState::Lost, ..))));
    // What was paid last pays for the present: an earlier month that went back takes nothing of it.
    let last = sub.invoices.iter().filter(|invoice| invoice.paid).max_by_key(|invoice| invoice.at);
    let refunded = last.and_then(|invoice| invoice.payment.as_ref()).map(own).is_some_and(given_back);
    check(!refunded || state.is_over(), || what("it charges on for what was given back"))?;
    let lost = invoices.iter().any(|p| matches!(p.dispute, Some((_, DisputeState::Lost, ..))));
    check(!lost || state.is_over(), || what("it charges on for what the bank took"))?;
    let should = order.was_fulfilled && !disputed && !refunded && until.is_some_and(|until| until > now);
    let active = found.iter().filter(|row| row.active).count();
    check(active == usize::from(should), || what(&format!("access {active}, should {should}; order {order:?}")))?;
    if should {
        let plan = sub.view.item.as_deref().and_then(|item| item.strip_prefix("plan/"));
        check(found[0].plan.as_deref() == plan, || what("another plan"))?;
    }
    Ok(())
}

/// Of what there is one of, one was sold; of a member's subscriptions, one.
fn judge_stock(orders: &[OrderRow]) -> Result<(), String> {
    for product in ["role", "key"] {
        let sold =
            orders.iter().filter(|order| order.product.as_deref() == Some(product) && order.was_fulfilled).count();
        check(sold <= 1, || format!("{sold} of one {product} sold"))?;
    }
    for order in orders {
        check(order.user_id > 0, || "an order of nobody".to_owned())?;
    }
    Ok(())
}

/// What the provider owes us for a payment.
fn booked(payment: &Payment) -> i64 {
    let gone: i64 = payment.refunds.iter().filter(|r| r.state != RefundState::Failed).map(|r| r.amount_minor).sum();
    let held = payment.dispute.as_ref().filter(|dispute| dispute.1 != DisputeState::Won).map_or(0, |dispute| dispute.2);
    let fees: i64 = payment.dispute_fees.iter().map(|fee| fee.amount_minor).sum();
    payment.received.map_or(0, Money::minor) - payment.fee_minor.unwrap_or(0) - fees - gone - held
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    owed: i64,
    #[diesel(sql_type = BigInt)]
    stock: i64,
    #[diesel(sql_type = BigInt)]
    holding: i64,
    #[diesel(sql_type = Nullable<Text>)]
    left_over: Option<String>,
}

async fn judge_books(owner: &mut AsyncPgConnection, shop: &Shop, expected: i64) -> Result<(), String> {
    let guild = shop.guild;
    let sum: Sum = diesel::sql_query(format!(
        "select coalesce((select sum(amount_minor) from ledger where guild_id = {guild} and account = 'provider'), 0)::bigint as owed, \
           (select stock::bigint from variants where guild_id = {guild} and product = 'role') as stock, \
           (select count(*) from orders where guild_id = {guild} and product = 'role' and reserved) as holding, \
           (select string_agg(concat_ws(' ', kind, object, outcome, 'try', attempts, 'due', due_at), '; ') \
             from payment_tasks where guild_id = {guild} and state = 'pending') as left_over"
    ))
    .get_result(owner)
    .await
    .unwrap();
    check(sum.owed == expected, || format!("the ledger says {} and the provider {expected}", sum.owed))?;
    check(sum.stock + sum.holding == 1, || format!("stock {} and {} held", sum.stock, sum.holding))?;
    check(sum.left_over.is_none(), || format!("left over at {}: {:?}", shop.app.clock.now(), sum.left_over))
}
