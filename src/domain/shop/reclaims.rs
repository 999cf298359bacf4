//! Credit that is set back at the provider: what changes of plan left a customer for money that went back or never came.
//!
//! A reclaim is a row before it is sent, and what it takes is written down before the first try: no more than still stands to
//! his credit, or he would owe it at his next purchase. Of what he has spent staff read. Acts as the *payments* duty; staff read.

use super::orders::Order;
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::CustomerId;
use crate::domain::payments::keys;
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::kernel::error::Context;
use crate::kernel::text::shorten;
use crate::kernel::{Currency, GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// After how long staff read that one is still not through: about when they are told.
const LATE: SignedDuration = SignedDuration::from_hours(3);

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = BigInt)]
    asked: i64,
    #[diesel(sql_type = BigInt)]
    taken: i64,
    #[diesel(sql_type = Bool)]
    busy: bool,
}

/// Asks for a subscription's credit to be set back as far as it is more than was asked for before; none of it where the money is
/// here again: then what was taken is given again. The order is locked.
///
/// # Errors
/// As [`Tx::first`].
pub(super) async fn settle(
    tx: &mut Tx,
    order: &Order,
    (customer, subscription): (&CustomerId, &str),
    due_minor: i64,
    now: Timestamp,
) -> Result<()> {
    let known: Option<Known> = tx
        .first(
            "looking for credit that was set back",
            sql("select count(*) as count, coalesce(sum(amount_minor), 0)::bigint as asked, \
                   coalesce(sum(case when state = 'done' then sent_minor when state = 'failed' then least(amount_minor, 0) end), 0)::bigint \
                     as taken, \
                   coalesce(bool_or(state = 'requested'), false) as busy \
                 from reclaims where guild_id = ? and subscription_id = ?")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(subscription.to_owned()),
        )
        .await?;
    let Some(known) = known else { return Ok(()) };
    let amount = match (due_minor, known.busy) {
        (0, true) => 0,
        (0, false) => known.taken.saturating_neg().min(0),
        (due, _) => due.saturating_sub(known.asked).max(0),
    };
    if amount == 0 {
        return Ok(());
    }
    let key = format!("reclaim-{subscription}-{}", known.count);
    tx.defer(
        "writing down credit to set back",
        sql("insert into reclaims (guild_id, order_number, user_id, subscription_id, customer_id, currency, amount_minor, \
               send_key, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (send_key) do nothing")
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<BigInt, _>(order.buyer.as_i64())
        .bind::<Text, _>(subscription.to_owned())
        .bind::<Text, _>(customer.0.clone())
        .bind::<Text, _>(order.total.currency().code())
        .bind::<BigInt, _>(amount)
        .bind::<Text, _>(key.clone())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tasks::ask(tx, Task::Reclaim, &key, Some(order.guild), now);
    Ok(())
}

/// One to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// The guild.
    pub guild: GuildId,
    /// Our own number of it.
    pub id: i64,
    /// The order whose subscription made the credit.
    pub order: i64,
    /// Whose credit it is.
    pub customer: CustomerId,
    /// In which currency.
    pub currency: Currency,
    /// What is to be set back, in minor units; below zero: given again.
    pub amount_minor: i64,
    /// What of it is sent, once that was looked at.
    pub sent_minor: Option<i64>,
    /// How often it was sent under another key before.
    resends: i32,
    asked_at: Timestamp,
}

impl ToSend {
    /// The idempotency key under which it is sent now; `key` is its own.
    pub fn key(&self, key: &str) -> String {
        keys::current(key, self.resends)
    }

    /// Whether the provider may have forgotten the key.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        keys::is_stale(self.asked_at, self.resends, now)
    }

    /// What of it can be moved where that much stands to his credit.
    pub fn movable(&self, credit_minor: i64) -> i64 {
        self.amount_minor.min(credit_minor.max(0))
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = Text)]
    customer_id: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sent_minor: Option<i64>,
    #[diesel(sql_type = Integer)]
    resends: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
}

/// The reclaim of a key, if it is still to be sent.
///
/// # Errors
/// As [`Tx::first`].
pub async fn to_send(tx: &mut Tx, key: &str) -> Result<Option<ToSend>> {
    let row: Option<Row> = tx
        .first(
            "loading credit to set back",
            sql("select guild_id, id, order_number, customer_id, currency, amount_minor, sent_minor, resends, created_at \
                 from reclaims where send_key = ? and state = 'requested'")
            .bind::<Text, _>(key.to_owned()),
        )
        .await?;
    row.map(|row| {
        Ok(ToSend {
            guild: GuildId::try_from(row.guild_id).internal("loading credit to set back")?,
            id: row.id,
            order: row.order_number,
            customer: CustomerId(row.customer_id),
            currency: row.currency.parse().internal("loading credit to set back")?,
            amount_minor: row.amount_minor,
            sent_minor: row.sent_minor,
            resends: row.resends,
            asked_at: row.created_at.to_jiff(),
        })
    })
    .transpose()
}

/// Writes down what will be sent, at the commit; what was written before stays.
pub fn will_send(tx: &mut Tx, one: &ToSend, minor: i64) {
    tx.defer(
        "writing down what is set back",
        sql("update reclaims set sent_minor = ? where guild_id = ? and id = ? and sent_minor is null and resends = ?")
            .bind::<BigInt, _>(minor)
            .bind::<BigInt, _>(one.guild.as_i64())
            .bind::<BigInt, _>(one.id)
            .bind::<Integer, _>(one.resends),
    );
}

/// Has one sent under another key from now on, at the commit: the provider knows nothing of it. What stands to his credit is
/// looked at again.
pub fn send_anew(tx: &mut Tx, one: &ToSend, now: Timestamp) {
    tx.defer(
        "renewing the key of what is set back",
        sql("update reclaims set resends = ?, sent_minor = null \
             where guild_id = ? and id = ? and state = 'requested' and resends = ?")
        .bind::<Integer, _>(keys::renewed(one.asked_at, one.resends, now))
        .bind::<BigInt, _>(one.guild.as_i64())
        .bind::<BigInt, _>(one.id)
        .bind::<Integer, _>(one.resends),
    );
}

/// Tells staff that one still isn't through, at the commit.
pub fn is_late(tx: &mut Tx, one: &ToSend, now: Timestamp) {
    let alert = OrderNotice { guild: one.guild, kind: ShopKind::ShopAlert, order: Some(one.order), recipient: None };
    notifications::queue_order(tx, alert, now);
}

/// Writes down that one is through, or that the provider refused it; staff are told of what could not be taken.
pub fn sent(tx: &mut Tx, one: &ToSend, outcome: std::result::Result<i64, &str>, now: Timestamp) {
    let (state, sent, failure) = match outcome {
        Ok(minor) => ("done", Some(minor), None),
        Err(why) => ("failed", None, Some(shorten(why, 100))),
    };
    tx.defer(
        "writing down what was set back",
        sql("update reclaims set state = ?, sent_minor = ?, failure = ?, done_at = ? \
             where guild_id = ? and id = ? and state = 'requested'")
        .bind::<Text, _>(state)
        .bind::<Nullable<BigInt>, _>(sent)
        .bind::<Nullable<Text>, _>(failure)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(one.guild.as_i64())
        .bind::<BigInt, _>(one.id),
    );
    if sent != Some(one.amount_minor) {
        is_late(tx, one, now);
    }
}

/// Credit of an order's subscription that could not be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// Whose it is.
    pub customer: CustomerId,
    /// What he has spent, or what the provider doesn't take back.
    pub missing: Money,
    /// What should be given again, and isn't.
    pub owed: Money,
    /// Whether something is still tried.
    pub late: bool,
}

#[derive(QueryableByName)]
struct ShortRow {
    #[diesel(sql_type = Text)]
    customer_id: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    missing: i64,
    #[diesel(sql_type = BigInt)]
    owed: i64,
    #[diesel(sql_type = Bool)]
    late: bool,
}

/// What could not be moved of an order's credit; `None` where nothing is amiss. Acts as staff.
///
/// # Errors
/// As [`Tx::first`].
pub async fn short(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) -> Result<Option<Short>> {
    let late = now.checked_sub(LATE).unwrap_or(now);
    let row: Option<ShortRow> = tx
        .first(
            "looking for credit that could not be set back",
            sql("select customer_id, currency, late, greatest(left_minor, 0) as missing, greatest(-left_minor, 0) as owed from ( \
                   select customer_id, currency, \
                     coalesce(sum(amount_minor - coalesce(sent_minor, 0)) filter (where state <> 'requested'), 0)::bigint as left_minor, \
                     bool_or(state = 'requested' and created_at <= ?) as late \
                   from reclaims where guild_id = ? and order_number = ? group by customer_id, currency) r \
                 where left_minor <> 0 or late limit 1")
            .bind::<Timestamptz, _>(late.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(|row| {
        let currency: Currency = row.currency.parse().internal("reading credit")?;
        let money = |minor: i64| Money::new(minor, currency).internal("reading credit");
        Ok(Short {
            customer: CustomerId(row.customer_id.clone()),
            missing: money(row.missing)?,
            owed: money(row.owed)?,
            late: row.late,
        })
    })
    .transpose()
}
