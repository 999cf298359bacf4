//! Turns: what must not run beside its like waits until the other's transaction has ended. It is no queue, and guards no row.

use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::sql_types::Text;

/// Waits for whoever has the turn of this name, and has it to the end of the transaction; a query that must see what the other
/// wrote comes after it. Turns are taken before rows are locked, or two would wait for each other.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn take(tx: &mut Tx, what: &'static str, name: String) -> Result<()> {
    tx.execute(what, sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").bind::<Text, _>(name)).await?;
    Ok(())
}
