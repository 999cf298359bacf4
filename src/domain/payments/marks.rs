//! Up to which moment the provider was gone through without a gap. Only a whole pass moves a mark: an event or an object that
//! is known says nothing of those before it. Acts as the *payments* duty; the caller commits.

use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::QueryableByName;
use diesel::sql_types::{Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What was gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The list of events.
    Events,
    /// Everything that a reconciliation looks at.
    Reconciled,
}

impl Mark {
    /// The word kept in the database.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Reconciled => "reconciled",
        }
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Timestamptz)]
    at: jiff_diesel::Timestamp,
}

/// Up to when it was gone through; `None` before the first whole pass.
///
/// # Errors
/// As [`Tx::load`].
pub async fn read(tx: &mut Tx, mark: Mark) -> Result<Option<Timestamp>> {
    let query = sql("select at from provider_marks where name = ?").bind::<Text, _>(mark.as_str());
    let row: Option<Row> = tx.first("reading how far the provider was gone through", query).await?;
    Ok(row.map(|row| row.at.to_jiff()))
}

/// Notes, at the commit, that everything made before `at` was gone through; a mark never goes back.
pub fn move_to(tx: &mut Tx, mark: Mark, at: Timestamp) {
    tx.defer(
        "noting how far the provider was gone through",
        sql("insert into provider_marks as m (name, at) values (?, ?) \
             on conflict (name) do update set at = greatest(m.at, excluded.at)")
        .bind::<Text, _>(mark.as_str())
        .bind::<Timestamptz, _>(at.to_diesel()),
    );
}
