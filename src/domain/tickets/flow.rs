//! What came and went of a guild's tickets in a stretch of time, and how long people waited. How they stand now is `stats`'.

use super::service::staff_only;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Figures of a stretch of time; each counts what happened in it, whenever the ticket was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Flow {
    /// Tickets that were opened.
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
    /// Tickets that were solved, or closed without that.
    #[diesel(sql_type = BigInt)]
    pub closed: i64,
    /// Tickets that missed their time.
    #[diesel(sql_type = BigInt)]
    pub breached: i64,
    /// Median time to the first answer of staff, of those answered, in seconds.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub first_response_s: Option<i64>,
    /// Median time to resolution, of those solved or closed, in seconds.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub resolution_s: Option<i64>,
    /// Tickets that were rated; what somebody gave himself doesn't count.
    #[diesel(sql_type = BigInt)]
    pub rated: i64,
    /// Mean of their stars, in tenths.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub stars_tenths: Option<i64>,
}

// What was closed at the moment its opener was erased, staff did not end.
const FLOW: &str = "with input as (select ?::bigint as guild, ?::timestamptz as since, ?::timestamptz as until), \
    mine as (select t.created_at, t.sla_breached_at, coalesce(t.resolved_at, nullif(t.closed_at, t.emptied_at)) as done_at, t.first_response_at, \
        case when t.assignee_id is distinct from t.opener_id then t.rating end as rating, t.rated_at, i.since, i.until \
      from tickets t join input i on i.guild = t.guild_id) \
  select count(*) filter (where created_at >= since and created_at < until) as opened, \
    count(*) filter (where done_at >= since and done_at < until) as closed, \
    count(*) filter (where sla_breached_at >= since and sla_breached_at < until) as breached, \
    round(percentile_cont(0.5) within group (order by extract(epoch from first_response_at - created_at)::float8) \
      filter (where first_response_at >= since and first_response_at < until))::bigint as first_response_s, \
    round(percentile_cont(0.5) within group (order by extract(epoch from done_at - created_at)::float8) \
      filter (where done_at >= since and done_at < until))::bigint as resolution_s, \
    count(rating) filter (where rated_at >= since and rated_at < until) as rated, \
    round(avg(rating) filter (where rated_at >= since and rated_at < until) * 10)::bigint as stars_tenths \
  from mine";

/// What came and went from `since` on, until before `until`. Acts as staff.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn flow(tx: &mut Tx, guild: GuildId, since: Timestamp, until: Timestamp) -> Result<Flow> {
    staff_only(tx, "ticket_stats")?;
    let row: Option<Flow> = tx
        .first(
            "adding up tickets",
            sql(FLOW)
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Timestamptz, _>(since.to_diesel())
                .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(row.unwrap_or_default())
}
