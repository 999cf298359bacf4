//! Queries of plans.

use super::rows::{ApprovalRow, PLAN, PlanRow, SwitchRow};
use super::{Approval, Plan, PlanState, Switch};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result};
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Plans on one page.
pub const PAGE: i64 = 50;

/// Where a guild's switch stands.
///
/// # Errors
/// As [`Tx::load`].
pub async fn switch(tx: &mut Tx, guild: GuildId) -> Result<Switch> {
    let statement = sql("select * from agent_switch where guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    let row: Option<SwitchRow> = tx.first("looking at the switch", statement).await?;
    row.map_or_else(|| Ok(Switch::default()), SwitchRow::read)
}

/// The same, held until the transaction ends; `None` where the guild has none yet.
pub(super) async fn hold(tx: &mut Tx, guild: GuildId) -> Result<Option<Switch>> {
    let statement = sql("select * from agent_switch where guild_id = ? for update").bind::<BigInt, _>(guild.as_i64());
    let row: Option<SwitchRow> = tx.first("holding the switch", statement).await?;
    row.map(SwitchRow::read).transpose()
}

/// Gives a guild its switch, as it begins.
pub(super) async fn add_switch(tx: &mut Tx, guild: GuildId) -> Result<()> {
    let statement =
        sql("insert into agent_switch (guild_id) values (?) on conflict do nothing").bind::<BigInt, _>(guild.as_i64());
    tx.execute("adding a switch", statement).await.map(|_| ())
}

/// A plan of the guild, as it stands at a time.
///
/// # Errors
/// As [`Tx::load`].
pub async fn find(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) -> Result<Option<Plan>> {
    let statement = sql("select ")
        .then(PLAN)
        .then(" from agent_plans where guild_id = ? and number = ?")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number);
    let row: Option<PlanRow> = tx.first("loading a plan", statement).await?;
    row.map(PlanRow::read).transpose()
}

/// The plan that was made under a key.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of_key(tx: &mut Tx, guild: GuildId, key: &str, now: Timestamp) -> Result<Option<Plan>> {
    let statement = sql("select ")
        .then(PLAN)
        .then(" from agent_plans where guild_id = ? and key = ?")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(key.to_owned());
    let row: Option<PlanRow> = tx.first("looking for the plan of a key", statement).await?;
    row.map(PlanRow::read).transpose()
}

/// A guild's plans, the newest first, below the number `before` and in one state where these are given; at most [`PAGE`].
///
/// # Errors
/// As [`Tx::load`].
pub async fn list(
    tx: &mut Tx,
    guild: GuildId,
    (state, before): (Option<PlanState>, Option<i64>),
    now: Timestamp,
) -> Result<Vec<Plan>> {
    let word = state.map(PlanState::as_str);
    let statement = sql("select * from (select ")
        .then(PLAN)
        .then(
            " from agent_plans where guild_id = ? and number < ?) p \
         where ?::text is null or state = ? order by number desc limit ?",
        )
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(before.unwrap_or(i64::MAX))
        .bind::<Nullable<Text>, _>(word)
        .bind::<Nullable<Text>, _>(word)
        .bind::<BigInt, _>(PAGE);
    let rows: Vec<PlanRow> = tx.load("listing plans", statement).await?;
    rows.into_iter().map(PlanRow::read).collect()
}

/// Which plans of a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that may still be approved or committed.
    Open,
    /// Those that are over.
    Over,
    /// All.
    All,
}

impl Which {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Over => "over",
            Self::All => "all",
        }
    }
}

/// A guild's plans of one kind, the newest first, below the number `before`; at most `limit`.
///
/// # Errors
/// As [`Tx::load`].
pub async fn page_of(
    tx: &mut Tx,
    guild: GuildId,
    (which, before): (Which, i64),
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Plan>> {
    let statement = sql("select * from (select ")
        .then(PLAN)
        .then(
            " from agent_plans where guild_id = ? and number < ?) p \
         where case ? when 'open' then state in ('waiting', 'approved') when 'over' then state not in ('waiting', 'approved') \
           else true end order by number desc limit ?",
        )
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(before)
        .bind::<Text, _>(which.as_str())
        .bind::<BigInt, _>(limit);
    let rows: Vec<PlanRow> = tx.load("listing plans", statement).await?;
    rows.into_iter().map(PlanRow::read).collect()
}

/// The approvals of these plans, the earliest first.
///
/// # Errors
/// As [`Tx::load`].
pub async fn approvals(tx: &mut Tx, guild: GuildId, plans: &[i64]) -> Result<Vec<Approval>> {
    let statement = sql(
        "select plan, user_id, at from agent_approvals where guild_id = ? and plan = any(?) order by plan, at, user_id",
    )
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Array<BigInt>, _>(plans.to_vec());
    let rows: Vec<ApprovalRow> = tx.load("loading approvals", statement).await?;
    rows.into_iter().map(ApprovalRow::read).collect()
}
