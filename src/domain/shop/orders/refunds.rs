//! Money that goes back: refunds by staff and by the program.
//!
//! A refund is a row before it is sent, and the rows of an order are written under its lock: two at once can't give back more
//! than was paid. What really went back is what the provider says of the payment. Acts as the *payments* duty; `by` names
//! the member of staff for whom.

use super::Order;
use super::store::{Trace, audit, find, lock};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{DisputeState, RefundState, RefundView, keys};
use crate::domain::shop::{Mode, Trouble};
use crate::kernel::error::{Cause, Context, Problem};
use crate::kernel::{Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
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
    /// What became of it so far.
    pub state: RefundState,
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

/// Asks for money to be given back: `amount`, or all that is left. `key` is the refund's idempotency key; asked for a second
/// time with the same key, it is the same refund.
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
    if let Some(asked) = of_key(tx, &order, key).await? {
        return Ok(asked);
    }
    let (payment, left) = refundable(tx, &order).await?;
    let amount = amount.unwrap_or(left);
    let fits = amount.currency() == left.currency() && (1..=left.minor()).contains(&amount.minor());
    if !fits {
        let problem = Problem::NotAnAmount { max: left };
        return Err(Error::Argument { option: "amount", problem });
    }
    let id = insert(tx, &order, &payment, amount.minor(), (reason, key), by, now).await?;
    let trace =
        Trace { action: "refund_asked", old: None, new: Some(amount.minor().to_string()), subject: &order.title };
    audit(tx, guild, Some(number), trace, by, now);
    let left = left.minus(amount).internal("counting what is left")?;
    Ok(Refund { id, amount, left, state: RefundState::Pending })
}

/// An order with what can be given back of it, before anybody decides.
///
/// # Errors
/// As [`refund`].
pub async fn preview(tx: &mut Tx, (guild, number): (GuildId, i64)) -> Result<(Order, Money)> {
    let order = find(tx, guild, number).await?.ok_or(Error::NotFound("order"))?;
    let (_, left) = refundable(tx, &order).await?;
    Ok((order, left))
}

/// The payment of an order, and what can be given back of it.
async fn refundable(tx: &mut Tx, order: &Order) -> Result<(String, Money)> {
    let Some(payment) = order.payment.clone().filter(|_| order.paid_at.is_some()) else {
        return Err(Error::Conflict("error-shop-nothing-paid"));
    };
    match order.dispute {
        Some(DisputeState::Open) => return Err(Error::Conflict("error-shop-disputed")),
        Some(DisputeState::Lost) => return Err(Error::Conflict("error-shop-dispute-lost")),
        Some(DisputeState::Won) | None => {}
    }
    if order.mode == Mode::Subscription && has_moved_on(tx, order).await? {
        return Err(Error::Conflict("error-refund-invoices"));
    }
    let left = left(tx, order).await?;
    if left.is_zero() { Err(Error::Conflict("error-shop-nothing-left")) } else { Ok((payment, left)) }
}

#[derive(QueryableByName)]
struct MovedOn {
    #[diesel(sql_type = Bool)]
    moved: bool,
}

/// Whether a subscription has other payments than its first, or was changed to another plan: then what an order knows is not
/// all, and part of it may stand to the member's credit at the provider.
async fn has_moved_on(tx: &mut Tx, order: &Order) -> Result<bool> {
    let row: Option<MovedOn> = tx
        .first(
            "looking at a subscription's payments",
            sql("select (select count(*) from invoices i where i.guild_id = ? and i.subscription_id = ? and i.amount_minor > 0) > 1 \
                   or exists (select from subscription_changes c where c.guild_id = ? and c.subscription_id = ? \
                              and c.kind = 'switch' and c.state <> 'refused') as moved")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Nullable<Text>, _>(order.subscription.clone())
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Nullable<Text>, _>(order.subscription.clone()),
        )
        .await?;
    Ok(row.is_some_and(|row| row.moved))
}

/// The refund of an order that was asked for with this key before; the order is kept from changing until the commit.
///
/// # Errors
/// [`Error::NotFound`] for an order that doesn't exist.
pub async fn asked(tx: &mut Tx, (guild, number): (GuildId, i64), key: &str) -> Result<Option<Refund>> {
    let order = lock(tx, guild, number).await?.ok_or(Error::NotFound("order"))?;
    of_key(tx, &order, key).await
}

#[derive(QueryableByName)]
struct OfKey {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Text)]
    state: String,
}

/// The refund that the same key asked for before.
async fn of_key(tx: &mut Tx, order: &Order, key: &str) -> Result<Option<Refund>> {
    let row: Option<OfKey> = tx
        .first(
            "looking for a refund",
            sql("select id, amount_minor, state from refunds where guild_id = ? and order_number = ? and send_key = ?")
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<BigInt, _>(order.number)
                .bind::<Text, _>(key.to_owned()),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let amount = Money::new(row.amount_minor, order.total.currency()).internal("reading a refund")?;
    let state = match row.state.as_str() {
        "done" => RefundState::Succeeded,
        "failed" => RefundState::Failed,
        _ => RefundState::Pending,
    };
    Ok(Some(Refund { id: row.id, amount, left: left(tx, order).await?, state }))
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
        .first(
            "writing down a refund",
            refund_row(order, payment, amount, (reason, key), by, now).then(" returning id"),
        )
        .await?;
    let none = || Error::Internal { what: "writing down a refund", cause: Cause::new("no row") };
    let id = row.map(|row| row.id).ok_or_else(none)?;
    tasks::ask(tx, Task::Refund, key, Some(order.guild), now);
    Ok(id)
}

pub(super) fn refund_row(
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
    let rest = order.paid_minor.saturating_sub(order.refunded_minor);
    let held = matches!(order.dispute, Some(DisputeState::Open | DisputeState::Lost));
    if rest <= 0 || held || trouble == Trouble::AmountDiffers {
        return;
    }
    // Where part of it went back by another hand meanwhile, the provider refuses the whole and the rest is given back: another
    // amount, so another key. One at a time, or the second would be for money that the first takes. While the bank held the money
    // a refund was refused: once the dispute is won, it is made under a key of its own.
    let won = if order.dispute == Some(DisputeState::Won) { "-won" } else { "" };
    let key = format!("{}-back-{}{won}", order.checkout_key, order.refunded_minor);
    tx.defer(
        "giving money back",
        sql("insert into refunds (guild_id, order_number, user_id, payment_id, amount_minor, currency, reason, state, send_key, \
               created_at) select ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ? \
             where not exists (select from refunds r where r.guild_id = ? and r.order_number = ? and r.state = 'requested') \
             on conflict do nothing")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(order.buyer.as_i64())
        .bind::<Text, _>(payment)
        .bind::<BigInt, _>(rest)
        .bind::<Text, _>(order.total.currency().code())
        .bind::<Text, _>(trouble.as_str())
        .bind::<Text, _>(key.clone())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number),
    );
    tasks::ask(tx, Task::Refund, &key, Some(order.guild), now);
}

/// A refund to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// The guild.
    pub guild: GuildId,
    /// Our own number of it.
    pub id: i64,
    /// The order whose money it gives back.
    pub order: i64,
    /// The provider's payment.
    pub payment: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// How often it was sent under another key before.
    pub resends: i32,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

impl ToSend {
    /// The idempotency key under which it is sent now; `key` is the refund's own.
    pub fn key(&self, key: &str) -> String {
        keys::current(key, self.resends)
    }

    /// Whether the provider may have forgotten the key, so that sending it again could give the money back twice.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        keys::is_stale(self.asked_at, self.resends, now)
    }
}

#[derive(QueryableByName)]
struct ToSendRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = Nullable<Text>)]
    payment_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Integer)]
    resends: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
}

/// The refund of a key, if it is still to be sent.
///
/// # Errors
/// As [`Tx::load`].
pub async fn to_send(tx: &mut Tx, key: &str) -> Result<Option<ToSend>> {
    let row: Option<ToSendRow> = tx
        .first(
            "loading a refund",
            sql("select guild_id, id, order_number, payment_id, amount_minor, resends, created_at from refunds \
                 where send_key = ? and state = 'requested'")
            .bind::<Text, _>(key.to_owned()),
        )
        .await?;
    row.and_then(|row| Some((row.payment_id.clone()?, row)))
        .map(|(payment, row)| {
            let guild = GuildId::try_from(row.guild_id).internal("loading a refund")?;
            Ok(ToSend {
                guild,
                id: row.id,
                order: row.order_number,
                payment,
                amount_minor: row.amount_minor,
                resends: row.resends,
                asked_at: row.created_at.to_jiff(),
            })
        })
        .transpose()
}

/// Has a refund sent under another key from now on, at the commit: the provider knows nothing of it, and would only repeat what
/// it said under the old one.
pub fn send_anew(tx: &mut Tx, refund: &ToSend, now: Timestamp) {
    tx.defer(
        "renewing the key of a refund",
        sql("update refunds set resends = ? where guild_id = ? and id = ? and state = 'requested' and resends = ?")
            .bind::<Integer, _>(keys::renewed(refund.asked_at, refund.resends, now))
            .bind::<BigInt, _>(refund.guild.as_i64())
            .bind::<BigInt, _>(refund.id)
            .bind::<Integer, _>(refund.resends),
    );
}

/// Tells staff that a refund still isn't through, at the commit.
pub fn is_late(tx: &mut Tx, refund: &ToSend, now: Timestamp) {
    let alert =
        OrderNotice { guild: refund.guild, kind: ShopKind::ShopAlert, order: Some(refund.order), recipient: None };
    notifications::queue_order(tx, alert, now);
}

/// Writes down that a refund was sent, or that the provider refused it; the payment is looked at next. Its order is locked first, as
/// by a look at its payment, which writes down the same refunds: the two would wait for each other.
///
/// # Errors
/// As [`Tx::load`].
pub async fn sent(
    tx: &mut Tx,
    refund: &ToSend,
    outcome: std::result::Result<&RefundView, &str>,
    now: Timestamp,
) -> Result<()> {
    lock(tx, refund.guild, refund.order).await?;
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
        let (guild, order) = (refund.guild, Some(refund.order));
        let alert = OrderNotice { guild, kind: ShopKind::ShopAlert, order, recipient: None };
        notifications::queue_order(tx, alert, now);
    }
    tasks::ask(tx, Task::Payment, &refund.payment, Some(refund.guild), now);
    Ok(())
}
