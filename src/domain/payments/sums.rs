//! What the ledger and the orders brought in each quarter of an hour, put together. The database adds it up as they are written, a row
//! each time; figures read the sum of the rows, so it doesn't matter when they are put together, nor whether.

use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::sql_types::BigInt;

/// Quarters that have rows of their own still.
const LOOSE: &str = " s using (select distinct guild_id, currency, quarter from ";

/// Puts the rows of at most `limit` quarters together, each quarter's into one, or one for each item; tells for how many quarters.
/// Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn merge(tx: &mut Tx, limit: i64) -> Result<usize> {
    let gone = |table: &'static str| {
        sql("with gone as (delete from ")
            .then(table)
            .then(LOOSE)
            .then(table)
            .then(
                " where loose limit ?) q where s.guild_id = q.guild_id and s.currency = q.currency and s.quarter = q.quarter returning s.*) ",
            )
            .bind::<BigInt, _>(limit)
    };
    let sums = gone("quarter_sums").then(
        "insert into quarter_sums (guild_id, currency, quarter, revenue, tax, refunds, disputes, fees, placed, paid, trials, uses, \
           discount, promoted, loose) \
         select guild_id, currency, quarter, sum(revenue), sum(tax), sum(refunds), sum(disputes), sum(fees), sum(placed), sum(paid), \
           sum(trials), sum(uses), sum(discount), sum(promoted), false from gone group by guild_id, currency, quarter",
    );
    let merged = tx.execute("putting the sums of quarters together", sums).await?;
    let sales = gone("quarter_sales").then(
        "insert into quarter_sales (guild_id, currency, quarter, kind, code, units, minor, loose) \
         select guild_id, currency, quarter, kind, code, sum(units), sum(minor), false from gone \
         group by guild_id, currency, quarter, kind, code having sum(units) <> 0 or sum(minor) <> 0",
    );
    Ok(merged.max(tx.execute("putting the sales of quarters together", sales).await?))
}
