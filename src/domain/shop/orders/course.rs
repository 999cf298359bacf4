//! The course of an order's subscription: what it is now, what was paid for it, what its member changed. Acts as the buyer or as
//! staff, or as the program.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::shop::Period;
use crate::domain::shop::invoices::{self, Payment};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;

/// Most payments and changes that are read.
const MOST: i64 = 100;

/// The course of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What it is for now.
    pub item: Item,
    /// What that is called.
    pub title: String,
    /// What a period costs now.
    pub price: Money,
    /// What was paid for it, the oldest first.
    pub payments: Vec<Payment>,
    /// To what it was changed, the oldest first.
    pub changes: Vec<Changed>,
}

/// A change of plan or period that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// When it was asked for.
    pub at: Timestamp,
    /// The catalogue's name of what it changed to.
    pub item: String,
    /// The version of the text that was agreed to.
    pub consent: Option<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    plan: String,
    #[diesel(sql_type = Text)]
    period: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Text)]
    title: String,
}

#[derive(QueryableByName)]
struct ChangeRow {
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Nullable<Text>)]
    consent_version: Option<String>,
}

/// The course of an order's subscription; `None` where it has none that was seen.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, order: &Order) -> Result<Option<Course>> {
    let Some(id) = &order.subscription else { return Ok(None) };
    let row: Option<Row> = tx
        .first(
            "loading what a subscription is now",
            sql("select s.plan, s.period, s.currency, s.amount_minor, coalesce(p.name, s.plan) as title from subscriptions s \
                   left join plans p on p.guild_id = s.guild_id and p.code = s.plan where s.guild_id = ? and s.id = ?")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(id.clone()),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let strange = || Error::Internal { what: "reading a subscription", cause: Cause::new("period") };
    let currency: Currency = row.currency.parse().internal("reading a subscription")?;
    let mut payments = invoices::payments(tx, order.guild, order.number, MOST).await?;
    payments.reverse();
    Ok(Some(Course {
        item: Item::Plan { code: row.plan, period: Period::from_word(&row.period).ok_or_else(strange)? },
        title: row.title,
        price: Money::new(row.amount_minor, currency).internal("reading a subscription")?,
        payments,
        changes: changes(tx, order, id).await?,
    }))
}

async fn changes(tx: &mut Tx, order: &Order, subscription: &str) -> Result<Vec<Changed>> {
    let rows: Vec<ChangeRow> = tx
        .load(
            "listing the changes of a subscription",
            sql("select created_at, item, consent_version from subscription_changes \
                 where guild_id = ? and subscription_id = ? and kind = 'switch' and state = 'done' order by id limit ?")
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<Text, _>(subscription.to_owned())
            .bind::<BigInt, _>(MOST),
        )
        .await?;
    let read = |row: ChangeRow| Changed { at: row.created_at.to_jiff(), item: row.item, consent: row.consent_version };
    Ok(rows.into_iter().map(read).collect())
}
