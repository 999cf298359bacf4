//! Figures of a guild's tickets over the last thirty days.

use super::service::staff_only;
use super::{Priority, State};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;
use serde::Deserialize;

/// The days that the figures cover.
pub const DAYS: i64 = 30;

/// Figures of the tickets opened in the last [`DAYS`] days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// All of them.
    pub total: i64,
    /// How many stand where, in the order of [`State::ALL`].
    pub by_state: [(State, i64); 5],
    /// How many are critical and how many high, whatever their state.
    pub urgent: [(Priority, i64); 2],
    /// How many missed their time.
    pub breached: i64,
    /// Mean time to resolution, in seconds.
    pub resolution_s: Option<i64>,
    /// Mean time to the first answer of staff, in seconds.
    pub first_response_s: Option<i64>,
    /// Mean of the stars, in tenths.
    pub stars_tenths: Option<i64>,
    /// Per member of staff, the busiest first; at most twenty.
    pub agents: Vec<AgentStats>,
}

/// Figures of one member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentStats {
    /// Who.
    pub agent: UserId,
    /// Tickets that he has.
    pub assigned: i64,
    /// Those that are solved or closed.
    pub resolved: i64,
    /// Mean time to resolution of those, in seconds.
    pub resolution_s: Option<i64>,
    /// Mean of their stars, in tenths.
    pub stars_tenths: Option<i64>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = BigInt)]
    open: i64,
    #[diesel(sql_type = BigInt)]
    in_progress: i64,
    #[diesel(sql_type = BigInt)]
    waiting_user: i64,
    #[diesel(sql_type = BigInt)]
    resolved: i64,
    #[diesel(sql_type = BigInt)]
    closed: i64,
    #[diesel(sql_type = BigInt)]
    critical: i64,
    #[diesel(sql_type = BigInt)]
    high: i64,
    #[diesel(sql_type = BigInt)]
    breached: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    resolution_s: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    first_response_s: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    stars_tenths: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    agents: serde_json::Value,
}

#[derive(Deserialize)]
struct AgentRow {
    agent: i64,
    assigned: i64,
    resolved: i64,
    resolution_s: Option<i64>,
    stars_tenths: Option<i64>,
}

// Stars that somebody gave himself are none; what was closed because its opener was erased, staff didn't end.
const STATS: &str = "with recent as ( \
    select t.state, t.priority, t.assignee_id, t.sla_breached_at, \
           case when t.assignee_id is distinct from t.opener_id then t.rating end as rating, \
           extract(epoch from d.done_at - t.created_at) as took, d.done_at, \
           extract(epoch from t.first_response_at - t.created_at) as answered \
    from tickets t cross join lateral (select coalesce(t.resolved_at, nullif(t.closed_at, t.emptied_at)) as done_at) d \
    where t.guild_id = ? and t.created_at >= ?) \
  select count(*) as total, \
    count(*) filter (where state = 'open') as open, \
    count(*) filter (where state = 'in_progress') as in_progress, \
    count(*) filter (where state = 'waiting_user') as waiting_user, \
    count(*) filter (where state = 'resolved') as resolved, \
    count(*) filter (where state = 'closed') as closed, \
    count(*) filter (where priority = 'critical') as critical, \
    count(*) filter (where priority = 'high') as high, \
    count(sla_breached_at) as breached, \
    round(avg(took))::bigint as resolution_s, \
    round(avg(answered))::bigint as first_response_s, \
    round(avg(rating) * 10)::bigint as stars_tenths, \
    (select coalesce(jsonb_agg(a order by a.assigned desc, a.agent), '[]') from ( \
       select assignee_id as agent, count(*) as assigned, \
              count(*) filter (where state in ('resolved', 'closed') and done_at is not null) as resolved, \
              round(avg(took))::bigint as resolution_s, round(avg(rating) * 10)::bigint as stars_tenths \
       from recent where assignee_id is not null group by assignee_id \
       order by count(*) desc, assignee_id limit 20) a) as agents \
  from recent";

/// Computes the figures. Acts as staff.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn figures(tx: &mut Tx, guild: GuildId, now: Timestamp) -> Result<Stats> {
    staff_only(tx, "ticket_stats")?;
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::MIN);
    let rows: Vec<Row> = tx
        .load(
            "computing statistics",
            sql(STATS).bind::<BigInt, _>(guild.as_i64()).bind::<Timestamptz, _>(since.to_diesel()),
        )
        .await?;
    let row = rows.into_iter().next().ok_or(crate::kernel::Error::NotFound("statistics"))?;
    let agents: Vec<AgentRow> = serde_json::from_value(row.agents).internal("reading statistics")?;
    let agent = |row: AgentRow| {
        Ok(AgentStats {
            agent: UserId::try_from(row.agent).internal("reading statistics")?,
            assigned: row.assigned,
            resolved: row.resolved,
            resolution_s: row.resolution_s,
            stars_tenths: row.stars_tenths,
        })
    };
    Ok(Stats {
        total: row.total,
        by_state: [
            (State::Open, row.open),
            (State::InProgress, row.in_progress),
            (State::WaitingUser, row.waiting_user),
            (State::Resolved, row.resolved),
            (State::Closed, row.closed),
        ],
        urgent: [(Priority::Critical, row.critical), (Priority::High, row.high)],
        breached: row.breached,
        resolution_s: row.resolution_s,
        first_response_s: row.first_response_s,
        stars_tenths: row.stars_tenths,
        agents: agents.into_iter().map(agent).collect::<Result<_>>()?,
    })
}
