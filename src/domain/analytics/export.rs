//! The lines of the ledger and the orders of a range of days, as they are written into a file for other programs.

use super::Days;
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Balance, Currency, Error, GuildId, Rank, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff_diesel::ToDiesel;

/// Most lines of one file: what a spreadsheet opens at once, and what stays below the size of a file on Discord.
pub const EXPORT_MAX: i64 = 50_000;

/// Lines in the order of time; `cut`: there are more than [`EXPORT_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export<T> {
    /// The lines.
    pub lines: Vec<T>,
    /// Whether some are left out.
    pub cut: bool,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// When.
    pub at: Timestamp,
    /// The transaction that it belongs to.
    pub txn: String,
    /// The account.
    pub account: String,
    /// What the account grew by.
    pub amount: Balance,
    /// The order.
    pub order: Option<i64>,
    /// The subscription.
    pub subscription: Option<String>,
    /// Who paid.
    pub customer: Option<i64>,
}

/// Somebody of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPerson {
    /// His account.
    pub id: i64,
    /// What he was called when he ordered last; empty where he never did.
    pub name: String,
}

/// An order with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Its number.
    pub number: i64,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Where it stands.
    pub state: String,
    /// The catalogue's name of what it is for.
    pub item: String,
    /// What the buyer read.
    pub title: String,
    /// How many.
    pub quantity: i32,
    /// The price without reductions, what came off, what was to be paid, what was paid, what went back.
    pub amounts: [Balance; 5],
    /// How the newest dispute stands.
    pub dispute: Option<String>,
    /// Whether it is for a trial.
    pub trial: bool,
    /// Who bought, and who got it.
    pub people: [OrderPerson; 2],
}

fn operators_only(tx: &Tx) -> Result<()> {
    if tx.actor().rank() >= Some(Rank::Operator) { Ok(()) } else { Err(Error::NotAllowed("stats_export")) }
}

fn bounded<R, T>(rows: Vec<R>, read: impl Fn(R) -> Result<T>) -> Result<Export<T>> {
    let max = usize::try_from(EXPORT_MAX).unwrap_or(usize::MAX);
    let cut = rows.len() > max;
    Ok(Export { lines: rows.into_iter().take(max).map(read).collect::<Result<_>>()?, cut })
}

/// The first instant of the days, and the one after them.
fn ends(days: &Days, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let borders = days.borders(zone);
    (borders.first().copied().unwrap_or(Timestamp::MIN), borders.last().copied().unwrap_or(Timestamp::MAX))
}

#[derive(QueryableByName)]
struct LedgerRow {
    #[diesel(sql_type = Timestamptz)]
    at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Text)]
    txn: String,
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    subscription_id: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    customer_id: Option<i64>,
}

/// The ledger of a range of days, in every currency. Acts as an operator.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody else.
pub async fn ledger(tx: &mut Tx, guild: GuildId, days: &Days, zone: &TimeZone) -> Result<Export<LedgerLine>> {
    operators_only(tx)?;
    let (from, until) = ends(days, zone);
    let rows: Vec<LedgerRow> = tx
        .load(
            "exporting the ledger",
            sql("select at, txn, account, currency, amount_minor, order_number, subscription_id, customer_id from ledger \
                 where guild_id = ? and at >= ? and at < ? order by at, txn, account limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(from.to_diesel())
            .bind::<Timestamptz, _>(until.to_diesel())
            .bind::<BigInt, _>(EXPORT_MAX + 1),
        )
        .await?;
    bounded(rows, |row| {
        let currency: Currency = row.currency.parse().internal("exporting the ledger")?;
        Ok(LedgerLine {
            at: row.at.to_jiff(),
            txn: row.txn,
            account: row.account,
            amount: Balance::new(row.amount_minor, currency),
            order: row.order_number,
            subscription: row.subscription_id,
            customer: row.customer_id,
        })
    })
}

#[derive(QueryableByName)]
struct OrderRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paid_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Integer)]
    quantity: i32,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    list_minor: i64,
    #[diesel(sql_type = BigInt)]
    discount_minor: i64,
    #[diesel(sql_type = BigInt)]
    total_minor: i64,
    #[diesel(sql_type = BigInt)]
    paid_minor: i64,
    #[diesel(sql_type = BigInt)]
    refunded_minor: i64,
    #[diesel(sql_type = Nullable<Text>)]
    dispute: Option<String>,
    #[diesel(sql_type = Bool)]
    trial: bool,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    user_name: String,
    #[diesel(sql_type = BigInt)]
    recipient_id: i64,
    #[diesel(sql_type = Text)]
    recipient_name: String,
}

/// The orders placed in a range of days. Acts as an operator.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody else.
pub async fn orders(tx: &mut Tx, guild: GuildId, days: &Days, zone: &TimeZone) -> Result<Export<OrderLine>> {
    operators_only(tx)?;
    let (from, until) = ends(days, zone);
    let rows: Vec<OrderRow> = tx
        .load(
            "exporting orders",
            sql("select number, created_at, paid_at, state, concat_ws('/', kind, plan, period, product, variant) as item, title, \
                   quantity, currency, list_minor, discount_minor, total_minor, paid_minor, refunded_minor, dispute, \
                   trial_days is not null as trial, user_id, user_name, recipient_id, \
                   case when recipient_id = user_id then user_name else coalesce((select l.user_name from orders l \
                     where l.guild_id = o.guild_id and l.user_id = o.recipient_id order by l.number desc limit 1), '') end \
                     as recipient_name \
                 from orders o where guild_id = ? and created_at >= ? and created_at < ? order by created_at, number limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(from.to_diesel())
            .bind::<Timestamptz, _>(until.to_diesel())
            .bind::<BigInt, _>(EXPORT_MAX + 1),
        )
        .await?;
    bounded(rows, |row| {
        let currency: Currency = row.currency.parse().internal("exporting orders")?;
        let amounts = [row.list_minor, row.discount_minor, row.total_minor, row.paid_minor, row.refunded_minor];
        Ok(OrderLine {
            number: row.number,
            created_at: row.created_at.to_jiff(),
            paid_at: row.paid_at.map(|at| at.to_jiff()),
            state: row.state,
            item: row.item,
            title: row.title,
            quantity: row.quantity,
            amounts: amounts.map(|minor| Balance::new(minor, currency)),
            dispute: row.dispute,
            trial: row.trial,
            people: [(row.user_id, row.user_name), (row.recipient_id, row.recipient_name)]
                .map(|(id, name)| OrderPerson { id, name }),
        })
    })
}
