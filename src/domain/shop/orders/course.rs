//! The course of an order's subscription: what it is now, what was paid for it, what its member changed. Acts as the buyer or as
//! staff, or as the program.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::shop::Period;
use crate::domain::shop::invoices::Payment;
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Nullable};
use jiff::Timestamp;
use serde::Deserialize;

/// The course of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What it is for now.
    pub item: Item,
    /// What that is called.
    pub title: String,
    /// What a period costs now.
    pub price: Money,
    /// Whether it is over.
    pub over: bool,
    /// What was paid for it, the oldest first.
    pub payments: Vec<Payment>,
    /// To what it was changed, the oldest first.
    pub changes: Vec<Changed>,
}

/// A change of plan or period that was made, also where the provider's word on it did not come: it is what the subscription is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// When it was asked for.
    pub at: Timestamp,
    /// The catalogue's name of what it changed to.
    pub item: String,
    /// The version of the text that was agreed to.
    pub consent: Option<String>,
}

/// A subscription, as the database's JSON gives it; times are in microseconds.
#[derive(Deserialize)]
struct Told {
    plan: String,
    period: String,
    currency: String,
    amount_minor: i64,
    title: String,
    over: bool,
    payments: Vec<Paid>,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Paid {
    id: String,
    currency: String,
    amount_minor: i64,
    at: i64,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Change {
    at: i64,
    item: String,
    consent: Option<String>,
}

/// The course of the subscription of an order `o`, as JSON for [`read`]: 100 payments, the newest, and 100 changes at most.
pub(super) const OF_ORDER: &str = "select jsonb_build_object('plan', s.plan, 'period', s.period, 'currency', s.currency, \
       'amount_minor', s.amount_minor, 'title', coalesce(p.name, s.plan), 'over', s.state in ('canceled', 'incomplete_expired'), \
       'payments', (select coalesce(jsonb_agg(jsonb_build_object('id', i.payment_id, 'currency', i.currency, \
           'amount_minor', i.amount_minor, 'at', (extract(epoch from i.paid_at) * 1000000)::bigint, 'url', i.url) \
           order by i.paid_at, i.id desc), '[]') \
         from (select * from invoices n where n.guild_id = o.guild_id and n.order_number = o.number and n.payment_id is not null \
               order by n.paid_at desc, n.id limit 100) i), \
       'changes', (select coalesce(jsonb_agg(jsonb_build_object('at', (extract(epoch from c.created_at) * 1000000)::bigint, \
           'item', c.item, 'consent', c.consent_version) order by c.id), '[]') \
         from (select * from subscription_changes n where n.guild_id = s.guild_id and n.subscription_id = s.id \
               and n.kind = 'switch' and (n.state = 'done' or (n.state = 'asked' \
                 and n.item = 'plan/' || s.plan || '/' || s.period and (s.plan, s.period) is distinct from (o.plan, o.period))) \
               order by n.id limit 100) c)) \
     from subscriptions s left join plans p on p.guild_id = s.guild_id and p.code = s.plan \
     where s.guild_id = o.guild_id and s.id = o.subscription_id";

/// Reads what [`OF_ORDER`] gives.
pub(super) fn read(told: serde_json::Value) -> Result<Course> {
    let told: Told = serde_json::from_value(told).internal("reading a subscription")?;
    let strange = || Error::Internal { what: "reading a subscription", cause: Cause::new("period") };
    let time = |at: i64| Timestamp::from_microsecond(at).internal("reading a subscription");
    let money = |minor: i64, currency: &str| {
        let currency: Currency = currency.parse().internal("reading a subscription")?;
        Money::new(minor, currency).internal("reading a subscription")
    };
    let paid = |paid: Paid| {
        let amount = money(paid.amount_minor, &paid.currency)?;
        Ok(Payment { id: paid.id, amount, at: time(paid.at)?, url: paid.url })
    };
    let change = |one: Change| Ok(Changed { at: time(one.at)?, item: one.item, consent: one.consent });
    Ok(Course {
        item: Item::Plan { code: told.plan, period: Period::from_word(&told.period).ok_or_else(strange)? },
        title: told.title,
        price: money(told.amount_minor, &told.currency)?,
        over: told.over,
        payments: told.payments.into_iter().map(paid).collect::<Result<_>>()?,
        changes: told.changes.into_iter().map(change).collect::<Result<_>>()?,
    })
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Jsonb>)]
    course: Option<serde_json::Value>,
}

/// The course of an order's subscription; `None` where it has none that was seen.
///
/// # Errors
/// As [`Tx::first`].
pub async fn of(tx: &mut Tx, order: &Order) -> Result<Option<Course>> {
    let row: Option<Row> = tx
        .first(
            "loading the course of a subscription",
            sql("select (")
                .then(OF_ORDER)
                .then(") as course from orders o where o.guild_id = ? and o.number = ?")
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<BigInt, _>(order.number),
        )
        .await?;
    row.and_then(|row| row.course).map(read).transpose()
}
