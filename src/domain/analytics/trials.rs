//! How many free trials began.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Begun {
    #[diesel(sql_type = BigInt)]
    begun: i64,
}

/// Orders placed from `since` on, until before `until`, that began a free trial, in whatever currency. Both are borders of days: they lie
/// on quarters of an hour. Acts as staff.
///
/// # Errors
/// As [`Tx::first`].
pub async fn trials(tx: &mut Tx, guild: GuildId, since: Timestamp, until: Timestamp) -> Result<i64> {
    let row: Option<Begun> = tx
        .first(
            "counting trials",
            sql("select coalesce(sum(trials), 0)::bigint as begun from quarter_sums \
                 where guild_id = ? and quarter >= ? and quarter < ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Timestamptz, _>(since.to_diesel())
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(row.map_or(0, |row| row.begun))
}
