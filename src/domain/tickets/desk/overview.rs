//! How a guild's tickets stand now, and what came and went on each of some days.

use super::super::service::staff_only;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How tickets stand, of those that aren't ended.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Overview {
    /// Those that wait for staff.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Those that wait for their opener.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// The critical ones.
    #[diesel(sql_type = BigInt)]
    pub critical: i64,
    /// Those that missed their time.
    #[diesel(sql_type = BigInt)]
    pub breached: i64,
    /// Those that will soon.
    #[diesel(sql_type = BigInt)]
    pub breaching_soon: i64,
    /// Nobody's.
    #[diesel(sql_type = BigInt)]
    pub unassigned: i64,
}

/// What a day brought.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Day {
    /// The day in the guild's time zone, such as 2026-11-27.
    #[diesel(sql_type = Text)]
    pub day: String,
    /// Tickets that were opened.
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
    /// Tickets that were solved, or closed without that.
    #[diesel(sql_type = BigInt)]
    pub resolved: i64,
    /// Tickets that missed their time.
    #[diesel(sql_type = BigInt)]
    pub breached: i64,
}

const STANDING: &str = "select count(*) filter (where t.state in ('open', 'in_progress')) as open, \
   count(*) filter (where t.state = 'waiting_user') as waiting, \
   count(*) filter (where t.priority = 'critical' and t.state <> 'resolved') as critical, \
   count(*) filter (where t.sla_breached_at is not null and t.state <> 'resolved') as breached, \
   count(*) filter (where t.sla_breached_at is null and (t.sla_reminded or t.sla_due_at <= ?) and t.sla_due_at > ?) as breaching_soon, \
   count(*) filter (where t.assignee_id is null and t.state <> 'resolved') as unassigned \
 from tickets t where t.guild_id = ? and t.state <> 'closed'";

// What was closed at the moment its opener was erased, staff did not end.
const DAYS: &str = "with input as (select ?::bigint as guild, ?::text as zone, ?::timestamptz as since, ?::timestamptz as until), \
   days as (select d::date as day from input i, generate_series((i.since at time zone i.zone)::date, (i.until at time zone i.zone)::date, '1 day') d), \
   changes as ( \
     select (t.created_at at time zone i.zone)::date as day, 1 as opened, 0 as resolved, 0 as breached \
       from input i join tickets t on t.guild_id = i.guild and t.created_at >= i.since \
     union all select (coalesce(t.resolved_at, nullif(t.closed_at, t.emptied_at)) at time zone i.zone)::date, 0, 1, 0 \
       from input i join tickets t on t.guild_id = i.guild and t.updated_at >= i.since and coalesce(t.resolved_at, nullif(t.closed_at, t.emptied_at)) >= i.since \
     union all select (t.sla_breached_at at time zone i.zone)::date, 0, 0, 1 \
       from input i join tickets t on t.guild_id = i.guild and t.sla_breached_at >= i.since) \
 select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(sum(c.opened), 0)::bigint as opened, \
   coalesce(sum(c.resolved), 0)::bigint as resolved, coalesce(sum(c.breached), 0)::bigint as breached \
 from days d left join changes c on c.day = d.day group by d.day order by d.day";

/// How tickets stand, and what the last days brought, in the guild's time zone.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn overview(
    tx: &mut Tx,
    guild: GuildId,
    (zone, days): (&str, i64),
    now: Timestamp,
) -> Result<(Overview, Vec<Day>)> {
    staff_only(tx, "ticket_stats")?;
    let soon = now.checked_add(SignedDuration::from_hours(4)).unwrap_or(now);
    let standing: Option<Overview> = tx
        .first(
            "looking how tickets stand",
            sql(STANDING)
                .bind::<Timestamptz, _>(soon.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    let none = Overview { open: 0, waiting: 0, critical: 0, breached: 0, breaching_soon: 0, unassigned: 0 };
    let since = now.checked_sub(SignedDuration::from_hours(24 * (days - 1))).unwrap_or(now);
    let each = tx
        .load(
            "adding up the tickets of days",
            sql(DAYS)
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(zone.to_owned())
                .bind::<Timestamptz, _>(since.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok((standing.unwrap_or(none), each))
}
