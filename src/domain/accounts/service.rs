//! Use cases of guild settings.

use super::store::{self, AgentRow, GuildRow, LanguageRow, RankRow};
use super::{Change, Guild, Presets};
use crate::db::Tx;
use crate::kernel::error::Context;
use crate::kernel::{ChannelId, Error, GuildId, Locale, Rank, Result, RoleId, UserId};
use jiff::Timestamp;

/// Loads a guild's settings; `None` for one that was never heard of. Acts as the system's *accounts* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn load(tx: &mut Tx, guild: GuildId) -> Result<Option<Guild>> {
    store::load(tx, guild).await?.map(|row| read(guild, row)).transpose()
}

/// Loads a guild's settings; the first time, writes the presets. Acts as the system's *accounts* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn load_or_create(tx: &mut Tx, guild: GuildId, presets: &Presets, now: Timestamp) -> Result<Guild> {
    if let Some(row) = store::load(tx, guild).await? {
        return read(guild, row);
    }
    store::add(tx, guild, presets, now).await?;
    let row = store::load(tx, guild).await?.ok_or(Error::NotFound("guild"))?;
    let mut added = read(guild, row)?;
    // The presets' roles are written at the commit.
    added.ranks.extend(presets.ranks.iter().copied());
    Ok(added)
}

/// The guilds that were ever heard of, at most `limit`. Acts as the system's *accounts* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn known(tx: &mut Tx, limit: i64) -> Result<Vec<GuildId>> {
    let rows = store::known(tx, limit).await?;
    Ok(rows.into_iter().filter_map(|row| GuildId::try_from(row.guild_id).ok()).collect())
}

/// Changes settings. Acts as an operator.
///
/// # Errors
/// [`Error::NotFound`] when there is no such guild.
pub async fn update(tx: &mut Tx, guild: GuildId, change: &Change, now: Timestamp) -> Result<()> {
    if store::update(tx, guild, change, now).await? { Ok(()) } else { Err(Error::NotFound("guild")) }
}

/// Makes `roles` the ones that give `rank`. Acts as an operator.
pub fn set_rank_roles(tx: &mut Tx, guild: GuildId, rank: Rank, roles: &[RoleId]) {
    store::clear_rank(tx, guild, rank);
    for role in roles {
        store::add_rank(tx, guild, *role, rank);
    }
}

/// The language of everybody of a guild whose language is known. Acts as the system's *accounts* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn languages(tx: &mut Tx, guild: GuildId) -> Result<Vec<(UserId, Locale)>> {
    let rows = store::languages(tx, guild).await?;
    let read = |row: LanguageRow| Some((UserId::try_from(row.user_id).ok()?, Locale::from_code(&row.locale)?));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Writes down a person's language. Acts as that person.
pub fn set_language(tx: &mut Tx, guild: GuildId, user: UserId, locale: Locale) {
    store::set_language(tx, guild, user, locale);
}

/// Sets or clears who gets the new tickets of a category. Acts as an operator.
pub fn set_agent(tx: &mut Tx, guild: GuildId, category: &str, agent: Option<UserId>) {
    store::set_agent(tx, guild, category, agent);
}

/// Takes the categories from who isn't of the team any more. Acts in the operators' place.
pub fn dismiss_agent(tx: &mut Tx, guild: GuildId, agent: UserId) {
    store::dismiss_agent(tx, guild, agent);
}

fn read(id: GuildId, row: GuildRow) -> Result<Guild> {
    let ranks: Vec<RankRow> = serde_json::from_value(row.ranks).internal("reading ranks")?;
    let agents: Vec<AgentRow> = serde_json::from_value(row.agents).internal("reading agents")?;
    let mut guild = Guild {
        id,
        locale: Locale::from_code(&row.locale).unwrap_or_default(),
        time_zone: row.time_zone,
        support_channel: row.support_channel_id.and_then(|id| ChannelId::try_from(id).ok()),
        staff_channel: row.staff_channel_id.and_then(|id| ChannelId::try_from(id).ok()),
        ranks: std::collections::HashMap::new(),
        agents: std::collections::HashMap::new(),
    };
    for row in ranks {
        let role = RoleId::try_from(row.role_id).internal("reading ranks")?;
        let rank = if row.rank == Rank::Operator.as_str() { Rank::Operator } else { Rank::Support };
        // A role may give both ranks; the higher one counts.
        let held = guild.ranks.entry(role).or_insert(rank);
        *held = rank.max(*held);
    }
    for row in agents {
        guild.agents.insert(row.category, UserId::try_from(row.agent_id).internal("reading agents")?);
    }
    Ok(guild)
}
