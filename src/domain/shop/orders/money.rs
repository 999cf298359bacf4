//! Money that goes back, and what became of payments: refunds by staff and by the program, disputes, the provider's fees.
//!
//! A refund is a row before it is sent, and the rows of an order are written under its lock: two at once can't give back more
//! than was paid. What really went back is what the provider says of the payment. Acts as the *payments* duty; `by` names
//! the member of staff for whom.

use super::store::{Trace, audit, dispute_word, lock, save};
use super::{Order, OrderState};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, Kind, OrderNotice};
use crate::domain::payments::ledger::{self, About, Movement};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{DisputeState, Payment, RefundState, RefundView};
use crate::domain::promotions::referrals;
use crate::domain::shop::entitlements::{self, Standing};
use crate::domain::shop::{Mode, Trouble, subscriptions};
use crate::kernel::error::{Cause, Context, Problem};
use crate::kernel::{Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A refund that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Our own number of it.
    pub id: i64,
    /// How much.
    pub amount: Money,
    /// What can still be given back after it.
    pub left: Money,
}

#[derive(QueryableByName)]
struct Asked {
    #[diesel(sql_type = BigInt)]
    asked: i64,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Asks for money to be given back: `amount`, or all that is left. `key` is the refund's idempotency key.
///
/// # Errors
/// [`Error::NotFound`] for an order that doesn't exist; [`Error::Conflict`] when nothing was paid, nothing is left, or the
/// bank holds the money; [`Error::Argument`] for more than is left.
pub async fn refund(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    amount: Option<Money>,
    (reason, key): (&str, &str),
    by: Option<UserId>,
    now: Timestamp,
) -> Result<Refund> {
    let order = lock(tx, guild, number).await?.ok_or(Error::NotFound("order"))?;
    let Some(payment) = order.payment.clone().filter(|_| order.paid_at.is_some()) else {
        return Err(Error::Conflict("error-shop-nothing-paid"));
    };
    if matches!(order.dispute, Some(DisputeState::Open | DisputeState::Lost)) {
        return Err(Error::Conflict("error-shop-disputed"));
    }
    let left = left(tx, &order).await?;
    if left.is_zero() {
        return Err(Error::Conflict("error-shop-nothing-left"));
    }
    let amount = amount.unwrap_or(left);
    let fits = amount.currency() == left.currency() && (1..=left.minor()).contains(&amount.minor());
    if !fits {
        let problem = Problem::NotAnAmount { max: left.show(order.locale) };
        return Err(Error::Argument { option: "amount", problem });
    }
    let id = insert(tx, &order, &payment, amount.minor(), (reason, key), by, now).await?;
    let trace =
        Trace { action: "refund_asked", old: None, new: Some(amount.minor().to_string()), subject: &order.title };
    audit(tx, guild, Some(number), trace, by, now);
    let left = left.minus(amount).internal("counting what is left")?;
    Ok(Refund { id, amount, left })
}

/// What of an order's money is neither given back nor asked to be.
async fn left(tx: &mut Tx, order: &Order) -> Result<Money> {
    let row: Option<Asked> = tx
        .first(
            "counting refunds",
            sql("select coalesce(sum(amount_minor), 0)::bigint as asked from refunds \
                 where guild_id = ? and order_number = ? and payment_id = ? and state <> 'failed'")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.number)
            .bind::<Nullable<Text>, _>(order.payment.clone()),
        )
        .await?;
    // Those made at the provider itself have a row too, once their payment was looked at.
    let asked = row.map_or(0, |row| row.asked).max(order.refunded_minor);
    let left = order.paid_minor.saturating_sub(asked).max(0);
    Money::new(left, order.total.currency()).internal("counting what is left")
}

async fn insert(
    tx: &mut Tx,
    order: &Order,
    payment: &str,
    amount: i64,
    (reason, key): (&str, &str),
    by: Option<UserId>,
    now: Timestamp,
) -> Result<i64> {
    let row: Option<Id> = tx
        .first("writing down a refund", refund_row(order, payment, amount, (reason, key), by, now).then(" returning id"))
        .await?;
    let none = || Error::Internal { what: "writing down a refund", cause: Cause::new("no row") };
    let id = row.map(|row| row.id).ok_or_else(none)?;
    tasks::ask(tx, Task::Refund, key, Some(order.guild), now);
    Ok(id)
}

fn refund_row(
    order: &Order,
    payment: &str,
    amount: i64,
    (reason, key): (&str, &str),
    by: Option<UserId>,
    now: Timestamp,
) -> crate::db::Statement {
    sql("insert into refunds (guild_id, order_number, user_id, payment_id, amount_minor, currency, reason, actor_id, \
         state, send_key, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?)")
    .bind::<BigInt, _>(order.guild.as_i64())
    .bind::<BigInt, _>(order.number)
    .bind::<BigInt, _>(order.buyer.as_i64())
    .bind::<Text, _>(payment.to_owned())
    .bind::<BigInt, _>(amount)
    .bind::<Text, _>(order.total.currency().code())
    .bind::<Text, _>(reason.to_owned())
    .bind::<Nullable<BigInt>, _>(by.map(UserId::as_i64))
    .bind::<Text, _>(key.to_owned())
    .bind::<Timestamptz, _>(now.to_diesel())
}

/// Gives back all of an order that could not be handed over, at the commit, once its payment is known; its key is made of
/// the order, so that it is given back once. Where the amount differs, staff decide.
pub(super) fn give_back_all(tx: &mut Tx, order: &Order, now: Timestamp) {
    let (Some(payment), Some(trouble)) = (order.payment.clone(), order.trouble) else { return };
    if order.paid_minor == 0 || trouble == Trouble::AmountDiffers {
        return;
    }
    let key = format!("{}-back", order.checkout_key);
    let row = refund_row(order, &payment, order.paid_minor, (trouble.as_str(), &key), None, now);
    tx.defer("giving money back", row.then(" on conflict do nothing"));
    tasks::ask(tx, Task::Refund, &key, Some(order.guild), now);
}

/// A refund to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// The guild.
    pub guild: GuildId,
    /// Our own number of it.
    pub id: i64,
    /// The provider's payment.
    pub payment: String,
    /// How much, in minor units.
    pub amount_minor: i64,
}

#[derive(QueryableByName)]
struct ToSendRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    payment_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
}

/// The refund of a key, if it is still to be sent.
///
/// # Errors
/// As [`Tx::load`].
pub async fn to_send(tx: &mut Tx, key: &str) -> Result<Option<ToSend>> {
    let row: Option<ToSendRow> = tx
        .first(
            "loading a refund",
            sql("select guild_id, id, payment_id, amount_minor from refunds where send_key = ? and state = 'requested'")
                .bind::<Text, _>(key.to_owned()),
        )
        .await?;
    row.and_then(|row| Some((row.payment_id.clone()?, row)))
        .map(|(payment, row)| {
            let guild = GuildId::try_from(row.guild_id).internal("loading a refund")?;
            Ok(ToSend { guild, id: row.id, payment, amount_minor: row.amount_minor })
        })
        .transpose()
}

/// Writes down that a refund was sent, or that the provider refused it; the payment is looked at next.
pub fn sent(tx: &mut Tx, refund: &ToSend, outcome: std::result::Result<&RefundView, &str>, now: Timestamp) {
    let (state, provider, failure) = match outcome {
        Ok(view) if view.state == RefundState::Failed => ("failed", Some(view.id.clone()), Some("failed".to_owned())),
        Ok(view) => ("done", Some(view.id.clone()), None),
        Err(why) => ("failed", None, Some(crate::kernel::text::shorten(why, 100))),
    };
    let failed = state == "failed";
    tx.defer(
        "writing down what became of a refund",
        sql("update refunds set state = ?, provider_id = ?, failure = ?, done_at = ? \
             where guild_id = ? and id = ? and state = 'requested'")
        .bind::<Text, _>(state)
        .bind::<Nullable<Text>, _>(provider)
        .bind::<Nullable<Text>, _>(failure)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(refund.guild.as_i64())
        .bind::<BigInt, _>(refund.id),
    );
    if failed {
        let alert = OrderNotice { guild: refund.guild, kind: Kind::ShopAlert, order: None, recipient: None };
        notifications::queue_order(tx, alert, now);
    }
    tasks::ask(tx, Task::Payment, &refund.payment, Some(refund.guild), now);
}

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    invoice: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    subscription_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Makes our rows agree with a payment: the fee, what went back, a dispute. The word says what was found, for the queue.
///
/// # Errors
/// As [`Tx::load`].
pub async fn payment(tx: &mut Tx, view: &Payment, now: Timestamp) -> Result<&'static str> {
    let owner: Option<Owner> = tx
        .first(
            "looking for the order of a payment",
            sql("select guild_id, order_number, id as invoice, subscription_id, user_id from invoices where payment_id = ? \
                 union all select guild_id, number, null, subscription_id, user_id from orders where payment_id = ? limit 1")
            .bind::<Text, _>(view.id.clone())
            .bind::<Text, _>(view.id.clone()),
        )
        .await?;
    let Some(owner) = owner else { return Ok("not_ours") };
    let Some(received) = view.received else { return Ok("nothing_received") };
    let guild = GuildId::try_from(owner.guild_id).internal("reading a payment")?;
    let about = About {
        order: owner.order_number,
        subscription: owner.subscription_id.clone(),
        customer: UserId::try_from(owner.user_id).ok(),
    };
    book(tx, guild, view, received, &about, now);
    let gone = gone(view);
    if let Some(invoice) = &owner.invoice {
        save_invoice(tx, guild, invoice, gone, view.dispute.as_ref().map(|dispute| dispute.1));
    }
    let order = match owner.order_number {
        Some(number) => lock(tx, guild, number).await?,
        None => None,
    };
    match order {
        Some(order) if order.payment.as_deref() == Some(view.id.as_str()) => {
            apply(tx, order, view, (gone, received.minor()), now).await
        }
        // A later invoice of a subscription: its access follows its own disputes.
        _ => {
            if let Some(subscription) = &owner.subscription_id {
                tasks::ask(tx, Task::Subscription, subscription, Some(guild), now);
            }
            Ok("invoice")
        }
    }
}

/// What went back or is on its way, in minor units.
fn gone(view: &Payment) -> i64 {
    view.refunds.iter().filter(|refund| refund.state != RefundState::Failed).map(|refund| refund.amount_minor).sum()
}

/// Books the fee, each refund and the dispute.
fn book(tx: &mut Tx, guild: GuildId, view: &Payment, received: Money, about: &About, now: Timestamp) {
    let currency = received.currency();
    let mut post = |movement: Movement, at: Timestamp| ledger::post(tx, guild, &movement, currency, about, at);
    if let Some(amount) = view.fee_minor.filter(|fee| *fee > 0) {
        post(Movement::Fee { name: view.id.clone(), amount }, now);
    }
    for refund in &view.refunds {
        let (name, amount) = (refund.id.clone(), refund.amount_minor);
        post(Movement::Refund { name: name.clone(), amount }, refund.at);
        if refund.state == RefundState::Failed {
            post(Movement::RefundFailed { name, amount }, refund.at);
        }
    }
    if let Some((name, state, amount, at)) = &view.dispute {
        post(Movement::DisputeOpened { name: name.clone(), amount: *amount }, *at);
        if *state == DisputeState::Won {
            post(Movement::DisputeWon { name: name.clone(), amount: *amount }, now);
        }
    }
}

fn save_invoice(tx: &mut Tx, guild: GuildId, invoice: &str, gone: i64, dispute: Option<DisputeState>) {
    tx.defer(
        "writing down what became of an invoice",
        sql("update invoices set refunded_minor = ?, dispute = ? where guild_id = ? and id = ?")
            .bind::<BigInt, _>(gone)
            .bind::<Nullable<Text>, _>(dispute.map(dispute_word))
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(invoice.to_owned()),
    );
}

/// Makes the order that a payment paid agree with it.
async fn apply(
    tx: &mut Tx,
    mut order: Order,
    view: &Payment,
    (gone, received): (i64, i64),
    now: Timestamp,
) -> Result<&'static str> {
    let dispute = view.dispute.as_ref().map(|dispute| dispute.1);
    let all_gone = received > 0 && gone >= received;
    let was = (order.state, order.refunded_minor, order.dispute);
    order.refunded_minor = gone;
    order.dispute = dispute;
    order.state = match order.state {
        OrderState::Fulfilled | OrderState::Paid if all_gone => OrderState::Refunded,
        // A refund that failed after all: the money is here again.
        OrderState::Refunded if !all_gone && order.fulfilled_at.is_some() => OrderState::Fulfilled,
        OrderState::Refunded if !all_gone => OrderState::Paid,
        state => state,
    };
    settle_refunds(tx, &order, view, now);
    if was == (order.state, order.refunded_minor, order.dispute) {
        return Ok("same");
    }
    save(tx, &order, now);
    stand(tx, &order, now);
    changed(tx, &order, was.0, (was.1, was.2), now);
    Ok("changed")
}

/// How what an order gave stands, by what became of its money.
pub(in crate::domain::shop) const fn standing(order: &Order) -> Standing {
    match (order.state, order.dispute) {
        (OrderState::Refunded, _) => Standing::Revoked("refunded"),
        (_, Some(DisputeState::Lost)) => Standing::Revoked("dispute_lost"),
        (_, Some(DisputeState::Open)) => Standing::Suspended,
        _ => Standing::Clear,
    }
}

fn stand(tx: &mut Tx, order: &Order, now: Timestamp) {
    let standing = standing(order);
    entitlements::stand(tx, order.guild, &order.entitlement_key(), standing, now);
    let revoked = matches!(standing, Standing::Revoked(_));
    if revoked {
        referrals::reverse(tx, order.guild, order.number, now);
    }
    tx.defer(
        "setting whether a delivery is shown",
        sql("update deliveries set revoked_at = case when ? then coalesce(revoked_at, ?::timestamptz) end \
             where guild_id = ? and order_number = ?")
        .bind::<diesel::sql_types::Bool, _>(revoked)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number),
    );
    if let (Mode::Subscription, Some(subscription)) = (order.mode, &order.subscription) {
        // What is given back in full, or lost, does not renew; its access follows from there.
        if revoked {
            tasks::ask(tx, Task::Cancel, subscription, Some(order.guild), now);
        }
        entitlements::stand(tx, order.guild, &subscriptions::entitlement_key(subscription), standing, now);
    }
    entitlements::put_roles_right(tx, order.guild, order.recipient, now);
}

/// Tells what became of an order's money, and writes it down.
fn changed(tx: &mut Tx, order: &Order, was: OrderState, (refunded, dispute): (i64, Option<DisputeState>), now: Timestamp) {
    let mut note = |action: &'static str, old: String, new: String| {
        let trace = Trace { action, old: Some(old), new: Some(new), subject: &order.title };
        audit(tx, order.guild, Some(order.number), trace, None, now);
        notifications::record_order(tx, order.guild, action, order.number, now);
    };
    if was != order.state {
        note("order_state", was.as_str().to_owned(), order.state.as_str().to_owned());
    }
    if refunded != order.refunded_minor {
        note("order_refunded", refunded.to_string(), order.refunded_minor.to_string());
    }
    if dispute != order.dispute {
        let word = |dispute: Option<DisputeState>| dispute.map_or("none", dispute_word).to_owned();
        note("order_disputed", word(dispute), word(order.dispute));
    }
    let tell = |tx: &mut Tx, kind: Kind, recipient: Option<UserId>| {
        let notice = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient };
        notifications::queue_order(tx, notice, now);
    };
    if order.refunded_minor > refunded {
        tell(tx, Kind::Refunded, Some(order.buyer));
    }
    if dispute != order.dispute || order.refunded_minor < refunded {
        tell(tx, Kind::ShopAlert, None);
    }
}

/// Writes down each refund as the provider has it: ours by our number, others as made there.
fn settle_refunds(tx: &mut Tx, order: &Order, view: &Payment, now: Timestamp) {
    for refund in &view.refunds {
        let (state, failure) = match refund.state {
            RefundState::Failed => ("failed", Some("failed")),
            RefundState::Pending | RefundState::Succeeded => ("done", None),
        };
        let ours = refund.ours.filter(|(guild, _)| *guild == order.guild).map(|(_, id)| id);
        let statement = match ours {
            Some(id) => sql("update refunds set state = ?, failure = ?, provider_id = ?, done_at = coalesce(done_at, ?) \
                             where guild_id = ? and id = ?")
            .bind::<Text, _>(state)
            .bind::<Nullable<Text>, _>(failure)
            .bind::<Text, _>(refund.id.clone())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(id),
            None => refund_row(order, &view.id, refund.amount_minor, ("provider", &format!("at-{}", refund.id)), None, now)
                .then(" on conflict (send_key) do update set state = ?, failure = ?, provider_id = ?, done_at = ?")
                .bind::<Text, _>(state)
                .bind::<Nullable<Text>, _>(failure)
                .bind::<Text, _>(refund.id.clone())
                .bind::<Timestamptz, _>(now.to_diesel()),
        };
        tx.defer("writing down a refund as the provider has it", statement);
    }
}
