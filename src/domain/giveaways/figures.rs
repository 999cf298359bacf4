//! Giveaways in numbers, over a stretch of time. Who takes part in one is `reading`'s.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Figures of a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Figures {
    /// Giveaways that were made.
    #[diesel(sql_type = BigInt)]
    pub made: i64,
    /// Members who entered one, each once a giveaway.
    #[diesel(sql_type = BigInt)]
    pub entries: i64,
    /// Giveaways that ended with winners.
    #[diesel(sql_type = BigInt)]
    pub drawn: i64,
}

// Entries are looked for only in giveaways that ran then.
const FIGURES: &str = "with input as (select ?::bigint as guild, ?::timestamptz as since, ?::timestamptz as until) \
  select \
    (select count(*) from giveaways g, input i where g.guild_id = i.guild and g.created_at >= i.since and g.created_at < i.until) \
      as made, \
    (select count(*) from input i join giveaways g on g.guild_id = i.guild and g.starts_at < i.until and g.ends_at >= i.since \
       join giveaway_entries e on e.guild_id = g.guild_id and e.giveaway = g.number \
         and e.entered_at >= i.since and e.entered_at < i.until) as entries, \
    (select count(*) from giveaways g, input i where g.guild_id = i.guild and g.state in ('drawn', 'done') \
       and g.proof is not null and g.ends_at >= i.since and g.ends_at < i.until) as drawn";

/// Adds up what happened from `since` on, until before `until`. Acts as staff, who read every entry of their guild.
///
/// # Errors
/// As [`Tx::first`].
pub async fn figures(tx: &mut Tx, guild: GuildId, since: Timestamp, until: Timestamp) -> Result<Figures> {
    let row: Option<Figures> = tx
        .first(
            "adding up giveaways",
            sql(FIGURES)
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Timestamptz, _>(since.to_diesel())
                .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(row.unwrap_or_default())
}
