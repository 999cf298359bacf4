//! What the clock does to tickets by itself: reminders, missed times, closing what nobody answers.
//!
//! The due times stand on the rows; who calls these says how often and commits. Each takes a bounded number of rows that no
//! other process is at (`skip locked`), and a row is due once only. All act as the system's *schedule* duty.

use super::store::{self, Trace};
use super::{Deed, State};
use crate::db::{Statement, Tx, sql};
use crate::domain::notifications::{self, Kind, Notice};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    opener_id: i64,
    #[diesel(sql_type = Text)]
    old_state: String,
}

/// Reminds staff of tickets whose time will soon be up; tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub async fn remind(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    // Where the time itself is up too, because nothing ran for a while, the breach alone is told.
    let statement = sql("update tickets t set sla_reminded = true from ( \
           select guild_id, number, state from tickets \
           where sla_due_at > ? and not sla_reminded and sla_reminder_at <= ? \
           order by sla_reminder_at limit ? for update skip locked) d \
         where t.guild_id = d.guild_id and t.number = d.number \
         returning t.guild_id, t.number, t.opener_id, d.state as old_state")
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<BigInt, _>(limit);
    mark(tx, "reminding of tickets", statement, (Deed::Reminded, &[Kind::SlaReminder]), now).await
}

/// Says which tickets missed their time; tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub async fn breach(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let statement = sql("update tickets t set sla_breached_at = ?, sla_reminded = true from ( \
           select guild_id, number, state from tickets \
           where sla_due_at <= ? and sla_breached_at is null order by sla_due_at limit ? for update skip locked) d \
         where t.guild_id = d.guild_id and t.number = d.number \
         returning t.guild_id, t.number, t.opener_id, d.state as old_state")
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<BigInt, _>(limit);
    mark(tx, "finding missed times", statement, (Deed::Breached, &[Kind::SlaBreach, Kind::Card]), now).await
}

/// Closes solved tickets, and those that wait for their opener, when nobody answered for long; tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub async fn close_idle(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    // Their clocks stand still already: only states whose clock doesn't run close by themselves.
    let statement =
        sql("update tickets t set state = 'closed', closed_at = ?, updated_at = ?, auto_close_at = null from ( \
           select guild_id, number, state from tickets \
           where auto_close_at <= ? and state in ('waiting_user', 'resolved') \
           order by auto_close_at limit ? for update skip locked) d \
         where t.guild_id = d.guild_id and t.number = d.number \
         returning t.guild_id, t.number, t.opener_id, d.state as old_state")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(limit);
    mark(tx, "closing idle tickets", statement, (Deed::Closed, &[Kind::StateChange, Kind::Card]), now).await
}

async fn mark(
    tx: &mut Tx,
    what: &'static str,
    statement: Statement,
    (deed, kinds): (Deed, &[Kind]),
    now: Timestamp,
) -> Result<usize> {
    let due: Vec<Due> = tx.load(what, statement).await?;
    for row in &due {
        let guild = GuildId::try_from(row.guild_id).internal(what)?;
        let opener = UserId::try_from(row.opener_id).internal(what)?;
        let new = (deed == Deed::Closed).then(|| State::Closed.as_str().to_owned());
        let old = new.is_some().then(|| row.old_state.clone());
        store::audit(tx, guild, Some(row.number), Trace { deed, old, new }, now);
        notifications::record(tx, guild, deed.as_str(), Some(row.number), now);
        for kind in kinds {
            let recipient = (*kind == Kind::StateChange).then_some(opener);
            notifications::queue(tx, Notice { guild, kind: *kind, ticket: row.number, message: None, recipient }, now);
        }
    }
    Ok(due.len())
}
