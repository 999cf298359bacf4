//! Milestones: a giveaway that begins when a guild has so many members, each once for ever. Acts as the *payments* duty; staff read
//! with their own.
//!
//! What counts is growth that was seen: the most members that Discord ever told is kept and never goes down, so neither a guild that
//! was larger before nor people who leave and come back reach anything.

use super::{Also, store};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{ChannelId, Error, GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How often a guild's members are counted.
const LOOK: SignedDuration = SignedDuration::from_mins(2);
/// The most milestones of one guild.
pub const MOST: usize = 25;
/// The milestones that a guild begins with: members, hours, winners.
pub const DEFAULTS: [(u32, u32, u32); 7] =
    [(50, 48, 2), (100, 72, 3), (250, 96, 1), (500, 120, 5), (1_000, 168, 10), (2_500, 168, 15), (5_000, 336, 25)];
/// What their winners get beside the reward, where the guild has that plan: its code, and days.
const ALSO: (&str, i32) = ("pro", 3);

/// How large a guild is, as Discord tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Its members, bots among them.
    pub members: u32,
    /// Since when the bot itself is one of them.
    pub here_since: Option<Timestamp>,
}

/// What a guild's milestones stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The guild.
    pub guild: GuildId,
    /// Where they are announced; `None`: switched off.
    pub channel: Option<ChannelId>,
    /// Who of staff switched them on.
    pub set_by: UserId,
    /// The members that were told last.
    pub members: Option<u32>,
    /// The most that were ever told.
    pub peak: Option<u32>,
    /// When they were counted last; `None`: growth begins with the next count.
    pub seen_at: Option<Timestamp>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// How many members.
    pub members: u32,
    /// What is won, in words; given by hand.
    pub reward: String,
    /// How long the giveaway lasts.
    pub hours: u32,
    /// How many win.
    pub winners: u32,
    /// What each gets beside the reward.
    pub also: Also,
    /// When it was reached.
    pub reached_at: Option<Timestamp>,
    /// The giveaway that began then.
    pub giveaway: Option<i64>,
}

#[derive(QueryableByName)]
struct WatchRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    channel_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    set_by: i64,
    #[diesel(sql_type = Nullable<Integer>)]
    members: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    peak: Option<i32>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    seen_at: Option<jiff_diesel::Timestamp>,
}

impl WatchRow {
    fn read(self) -> Result<Watch> {
        let what = "reading a guild's milestones";
        Ok(Watch {
            guild: GuildId::try_from(self.guild_id).internal(what)?,
            channel: self.channel_id.and_then(|id| ChannelId::try_from(id).ok()),
            set_by: UserId::try_from(self.set_by).internal(what)?,
            members: self.members.map(i32::unsigned_abs),
            peak: self.peak.map(i32::unsigned_abs),
            seen_at: self.seen_at.map(|at| at.to_jiff()),
        })
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    members: i32,
    #[diesel(sql_type = Text)]
    reward: String,
    #[diesel(sql_type = Integer)]
    hours: i32,
    #[diesel(sql_type = Integer)]
    winners: i32,
    #[diesel(sql_type = Nullable<Text>)]
    also_plan: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    also_days: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    also_role: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    reached_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    giveaway: Option<i64>,
}

fn read(row: Row) -> Milestone {
    Milestone {
        members: row.members.unsigned_abs(),
        reward: row.reward,
        hours: row.hours.unsigned_abs(),
        winners: row.winners.unsigned_abs(),
        also: Also {
            plan: row.also_plan.zip(row.also_days.map(i32::unsigned_abs)),
            role: row.also_role.and_then(|role| RoleId::try_from(role).ok()),
        },
        reached_at: row.reached_at.map(|at| at.to_jiff()),
        giveaway: row.giveaway,
    }
}

fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// What a guild's milestones stand on; `None` where they were never switched on.
///
/// # Errors
/// As [`Tx::load`].
pub async fn watch(tx: &mut Tx, guild: GuildId) -> Result<Option<Watch>> {
    let statement = sql("select * from milestone_watches where guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    let row: Option<WatchRow> = tx.first("loading a guild's milestones", statement).await?;
    row.map(WatchRow::read).transpose()
}

/// The same, locked until the transaction ends.
async fn lock(tx: &mut Tx, guild: GuildId) -> Result<Option<Watch>> {
    let statement =
        sql("select * from milestone_watches where guild_id = ? for update").bind::<BigInt, _>(guild.as_i64());
    let row: Option<WatchRow> = tx.first("locking a guild's milestones", statement).await?;
    row.map(WatchRow::read).transpose()
}

/// A guild's milestones, the smallest first.
///
/// # Errors
/// As [`Tx::load`].
pub async fn all(tx: &mut Tx, guild: GuildId) -> Result<Vec<Milestone>> {
    let statement =
        sql("select * from milestones where guild_id = ? order by members").bind::<BigInt, _>(guild.as_i64());
    let rows: Vec<Row> = tx.load("listing milestones", statement).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Announces a guild's milestones in a channel from now on, or no more. The first time it gets the [`DEFAULTS`], whose rewards are
/// `rewards`, in their order. Growth counts from the next look where it was switched off before.
///
/// # Errors
/// As [`Tx::load`].
pub async fn announce_in(
    tx: &mut Tx,
    (guild, by): (GuildId, UserId),
    channel: Option<ChannelId>,
    rewards: &[String],
    now: Timestamp,
) -> Result<()> {
    let known = lock(tx, guild).await?;
    tx.execute(
        "switching milestones on or off",
        sql("insert into milestone_watches as w (guild_id, channel_id, set_by, look_at, created_at, updated_at) \
               values (?, ?, ?, ?, ?, ?) \
             on conflict (guild_id) do update set channel_id = excluded.channel_id, set_by = excluded.set_by, \
               look_at = excluded.look_at, updated_at = excluded.updated_at, \
               seen_at = case when w.channel_id is null or excluded.channel_id is null then null else w.seen_at end")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Nullable<BigInt>, _>(channel.map(ChannelId::as_i64))
        .bind::<BigInt, _>(by.as_i64())
        .bind::<Nullable<Timestamptz>, _>(channel.map(|_| now.to_diesel()))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await?;
    if known.is_none() {
        for ((members, hours, winners), reward) in DEFAULTS.iter().zip(rewards) {
            tx.defer(
                "adding a milestone",
                sql("insert into milestones (guild_id, members, reward, hours, winners, also_plan, also_days, created_at, updated_at) \
                     select ?, ?, ?, ?, ?, p.code, case when p.code is not null then ?::integer end, ?, ? \
                     from (select) one left join plans p on p.guild_id = ? and p.code = ? and not p.archived \
                     on conflict do nothing")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Integer, _>(small(*members))
                .bind::<Text, _>(reward.clone())
                .bind::<Integer, _>(small(*hours))
                .bind::<Integer, _>(small(*winners))
                .bind::<Integer, _>(ALSO.1)
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(ALSO.0),
            );
        }
    }
    let action = if channel.is_some() { "milestones_on" } else { "milestones_off" };
    store::audit_of(tx, guild, "milestones".to_owned(), (action, None), by, now);
    Ok(())
}

/// Sets a milestone, or changes one that was not reached.
///
/// # Errors
/// [`Error::Conflict`] where it is reached or passed already, where there are too many, or none were switched on.
pub async fn set(tx: &mut Tx, (guild, by): (GuildId, UserId), new: &Milestone, now: Timestamp) -> Result<()> {
    let watch = lock(tx, guild).await?.ok_or(Error::Conflict("error-milestone-off"))?;
    let others = all(tx, guild).await?;
    let before = others.iter().find(|one| one.members == new.members);
    if before.is_some_and(|one| one.reached_at.is_some()) {
        return Err(Error::Conflict("error-milestone-reached"));
    }
    if watch.peak.is_some_and(|peak| peak >= new.members) {
        return Err(Error::Conflict("error-milestone-passed"));
    }
    if before.is_none() && others.len() >= MOST {
        return Err(Error::Conflict("error-milestone-many"));
    }
    let (plan, days) = new.also.plan.clone().unzip();
    tx.defer(
        "setting a milestone",
        sql("insert into milestones (guild_id, members, reward, hours, winners, also_plan, also_days, also_role, created_at, updated_at) \
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             on conflict (guild_id, members) do update set reward = excluded.reward, hours = excluded.hours, winners = excluded.winners, \
               also_plan = excluded.also_plan, also_days = excluded.also_days, also_role = excluded.also_role, \
               updated_at = excluded.updated_at")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Integer, _>(small(new.members))
        .bind::<Text, _>(new.reward.clone())
        .bind::<Integer, _>(small(new.hours))
        .bind::<Integer, _>(small(new.winners))
        .bind::<Nullable<Text>, _>(plan)
        .bind::<Nullable<Integer>, _>(days.map(small))
        .bind::<Nullable<BigInt>, _>(new.also.role.map(RoleId::as_i64))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    let subject = format!("milestone/{}", new.members);
    store::audit_of(tx, guild, subject, ("milestone_set", Some(&new.reward)), by, now);
    Ok(())
}

/// Takes a milestone away that was not reached.
///
/// # Errors
/// [`Error::Conflict`] where there is none, or it is reached.
pub async fn remove(tx: &mut Tx, (guild, by): (GuildId, UserId), members: u32, now: Timestamp) -> Result<()> {
    lock(tx, guild).await?.ok_or(Error::Conflict("error-milestone-off"))?;
    let found = all(tx, guild).await?.into_iter().find(|one| one.members == members);
    let found = found.ok_or(Error::Conflict("error-milestone-none"))?;
    if found.reached_at.is_some() {
        return Err(Error::Conflict("error-milestone-reached"));
    }
    tx.defer(
        "removing a milestone",
        sql("delete from milestones where guild_id = ? and members = ? and reached_at is null")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Integer, _>(small(members)),
    );
    store::audit_of(tx, guild, format!("milestone/{members}"), ("milestone_removed", None), by, now);
    Ok(())
}

/// The guilds whose members are to be counted now, at most `limit`; each is due again in two minutes.
///
/// # Errors
/// As [`Tx::load`].
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Watch>> {
    let rows: Vec<WatchRow> = tx
        .load(
            "looking whose members are to be counted",
            sql("update milestone_watches w set look_at = ? from ( \
                   select guild_id from milestone_watches where look_at <= ? order by look_at limit ? for update skip locked) d \
                 where w.guild_id = d.guild_id returning w.*")
            .bind::<Timestamptz, _>(now.checked_add(LOOK).unwrap_or(now).to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter().map(WatchRow::read).collect()
}

/// Takes in how large a guild is: gives the smallest milestone that it grew beyond, to be [`reached`] in the same transaction and
/// asked for again; where there is none, the count is kept.
///
/// # Errors
/// As [`Tx::load`].
pub async fn grown(tx: &mut Tx, guild: GuildId, size: Size, now: Timestamp) -> Result<Option<(Watch, Milestone)>> {
    let Some(watch) = lock(tx, guild).await? else { return Ok(None) };
    if watch.channel.is_none() {
        return Ok(None);
    }
    // What a guild became before the bot was there, or while it was away, is no growth that it saw.
    let seen = watch.seen_at.filter(|seen| size.here_since.is_none_or(|since| since <= *seen));
    if let (Some(_), Some(peak)) = (seen, watch.peak) {
        let fits = |one: &Milestone| one.reached_at.is_none() && one.members > peak && one.members <= size.members;
        if let Some(next) = all(tx, guild).await?.into_iter().find(fits) {
            return Ok(Some((watch, next)));
        }
    }
    tx.defer(
        "counting a guild's members",
        sql("update milestone_watches set members = ?, peak = greatest(peak, ?), seen_at = ?, updated_at = ? where guild_id = ?")
            .bind::<Integer, _>(small(size.members))
            .bind::<Integer, _>(small(size.members))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64()),
    );
    Ok(None)
}

/// A milestone is reached, for ever, at the commit; with the giveaway that began, where it could be made.
pub fn reached(tx: &mut Tx, watch: &Watch, milestone: &Milestone, giveaway: Option<i64>, now: Timestamp) {
    tx.defer(
        "reaching a milestone",
        sql("update milestones set reached_at = ?, giveaway = ?, updated_at = ? where guild_id = ? and members = ?")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Nullable<BigInt>, _>(giveaway)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(watch.guild.as_i64())
            .bind::<Integer, _>(small(milestone.members)),
    );
    tx.defer(
        "keeping how far a guild has grown",
        sql("update milestone_watches set peak = greatest(peak, ?), updated_at = ? where guild_id = ?")
            .bind::<Integer, _>(small(milestone.members))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(watch.guild.as_i64()),
    );
}
