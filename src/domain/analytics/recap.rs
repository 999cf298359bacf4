//! What a week was, in few figures: for the weekly recap.

use super::{Window, figures};
use crate::db::{Tx, sql};
use crate::kernel::{Currency, Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Figures of some days; amounts in minor units of the currency that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recap {
    /// What customers paid, taxes included.
    pub gross: i64,
    /// What stays of it.
    pub net: i64,
    /// What customers paid in as many days before.
    pub gross_before: i64,
    /// Monthly recurring revenue at the end.
    pub mrr: i64,
    /// Monthly recurring revenue at the beginning.
    pub mrr_before: i64,
    /// Orders that were placed.
    pub orders: i64,
    /// Those of them that were paid.
    pub paid: i64,
    /// Subscriptions that began to be paid, first ones and returns.
    pub new: i64,
    /// Subscriptions that are not paid any more.
    pub churned: i64,
    /// Tickets that were solved, or closed without that.
    pub tickets_resolved: i64,
}

#[derive(QueryableByName)]
struct Done {
    #[diesel(sql_type = BigInt)]
    done: i64,
}

/// Computes the recap of a window. Acts as an operator, for it holds amounts: whom it is shown to is the caller's to decide.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody else.
pub async fn recap(tx: &mut Tx, guild: GuildId, window: &Window, currency: Currency) -> Result<Recap> {
    let found = figures(tx, guild, window, currency).await?;
    let income = found.income.ok_or(Error::NotAllowed("stats"))?;
    let activity = found.counts.activity.now;
    let borders = window.days.borders(&window.zone);
    // What was closed at the moment its opener was erased, staff did not end.
    let done: Option<Done> = tx
        .first(
            "counting solved tickets",
            sql("select count(*) as done from tickets \
                 where guild_id = ? and coalesce(resolved_at, closed_at) >= ? and coalesce(resolved_at, closed_at) < ? \
                   and (resolved_at is not null or closed_at is distinct from emptied_at)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(borders.first().copied().unwrap_or(Timestamp::MIN).to_diesel())
            .bind::<Timestamptz, _>(borders.last().copied().unwrap_or(Timestamp::MAX).to_diesel()),
        )
        .await?;
    Ok(Recap {
        gross: income.now.takings.gross,
        net: income.now.takings.net(),
        gross_before: income.before.takings.gross,
        mrr: income.now.mrr,
        mrr_before: income.now.mrr - income.now.movements.total(),
        orders: activity.orders.placed,
        paid: activity.orders.paid,
        new: activity.new + activity.reactivated,
        churned: activity.churned,
        tickets_resolved: done.map_or(0, |row| row.done),
    })
}
