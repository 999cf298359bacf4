//! Puts the rows of the statements together.

use super::store::{self, Happened, There};
use super::{Counts, Figures, Income, Movements, Pair, PlanCount, Seller, Window};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, GuildId, Rank, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Shop {
    #[diesel(sql_type = Text)]
    currency: String,
}

/// The currency in which a guild sells; the euro until it says otherwise.
///
/// # Errors
/// As [`Tx::load`].
pub async fn shop_currency(tx: &mut Tx, guild: GuildId) -> Result<Currency> {
    let row: Option<Shop> = tx
        .first(
            "looking at the shop's currency",
            sql("select currency from shops where guild_id = ?").bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    row.map_or(Ok(Currency::EUR), |row| row.currency.parse().internal("looking at the shop's currency"))
}

/// The figures of a window in a currency. Acts as staff; amounts are read for operators only.
///
/// # Errors
/// [`Error::NotAllowed`] for a member.
pub async fn figures(tx: &mut Tx, guild: GuildId, window: &Window, currency: Currency) -> Result<Figures> {
    let rank = tx.actor().rank().ok_or(Error::NotAllowed("stats"))?;
    let amounts = rank >= Rank::Operator;
    let happened = store::happened(tx, guild, window, currency, amounts).await?;
    let there = store::there(tx, guild, window, currency, amounts).await?;
    let mut figures = gather(window, currency, &happened)?;
    for row in there {
        place(&mut figures, row, amounts)?;
    }
    if !amounts {
        figures.income = None;
    }
    Ok(figures)
}

fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading the shop's figures", cause: Cause::new(what) }
}

fn gather(window: &Window, currency: Currency, rows: &[Happened]) -> Result<Figures> {
    let mut counts = Counts::default();
    let mut income: Pair<Income> = Pair::default();
    for (is_now, days) in [(false, &window.before), (true, &window.days)] {
        let count = usize::try_from(days.count()).unwrap_or_default();
        side(&mut counts.activity, is_now).days.resize_with(count, Default::default);
        side(&mut income, is_now).days.resize_with(count, Default::default);
    }
    for row in rows {
        if row.source == "standing" {
            side(&mut income, row.kind == "now").mrr = row.amount;
            continue;
        }
        // Between the two periods, where they don't meet.
        let Some((is_now, day)) = window.place(row.bucket) else { continue };
        let (activity, income) = (side(&mut counts.activity, is_now), side(&mut income, is_now));
        match row.source.as_str() {
            "ledger" => take(income, day, row)?,
            "orders" => {
                let of_day = activity.days.get_mut(day).ok_or_else(|| strange("a day"))?;
                for orders in [of_day, &mut activity.orders] {
                    orders.placed += row.count;
                    orders.paid += row.amount;
                }
            }
            "mrr" => {
                move_by(&mut income.movements, row)?;
                match row.kind.as_str() {
                    "new" => activity.new += row.count,
                    "reactivation" => activity.reactivated += row.count,
                    "churn" => activity.churned += row.count,
                    _ => {}
                }
            }
            _ => return Err(strange("a source")),
        }
    }
    Ok(Figures { currency, counts, income: Some(income), others: Vec::new() })
}

const fn side<T>(pair: &mut Pair<T>, is_now: bool) -> &mut T {
    if is_now { &mut pair.now } else { &mut pair.before }
}

/// Adds an account's movement: income has the opposite sign in the ledger.
fn take(income: &mut Income, day: usize, row: &Happened) -> Result<()> {
    let of_day = income.days.get_mut(day).ok_or_else(|| strange("a day"))?;
    for takings in [of_day, &mut income.takings] {
        match row.kind.as_str() {
            "revenue" => takings.gross -= row.amount,
            "tax" => {
                takings.gross -= row.amount;
                takings.tax -= row.amount;
            }
            "refunds" => takings.refunds += row.amount,
            "disputes" => takings.disputes += row.amount,
            "fees" => takings.fees += row.amount,
            _ => return Err(strange("an account")),
        }
    }
    Ok(())
}

fn move_by(movements: &mut Movements, row: &Happened) -> Result<()> {
    let moved = match row.kind.as_str() {
        "new" => &mut movements.new,
        "expansion" => &mut movements.expansion,
        "contraction" => &mut movements.contraction,
        "churn" => &mut movements.churn,
        "reactivation" => &mut movements.reactivation,
        _ => return Err(strange("a movement")),
    };
    moved.count += row.count;
    moved.minor += row.amount;
    Ok(())
}

fn place(figures: &mut Figures, row: There, amounts: bool) -> Result<()> {
    match row.source.as_str() {
        "plan" => figures.counts.plans.push(PlanCount { plan: row.code, name: row.name, count: row.count }),
        "sold" => {
            let minor = amounts.then_some(row.amount);
            figures.counts.sellers.push(Seller {
                is_plan: row.code == "plan",
                name: row.name,
                units: row.count,
                minor,
            });
        }
        "currency" => figures.others.push(row.code.parse().internal("reading the shop's figures")?),
        _ => return Err(strange("a source")),
    }
    Ok(())
}
