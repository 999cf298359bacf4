//! Queries of guild settings.

use super::{Change, Presets};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Locale, Rank, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use serde::Deserialize;

#[derive(QueryableByName)]
pub(super) struct GuildRow {
    #[diesel(sql_type = Text)]
    pub locale: String,
    #[diesel(sql_type = Text)]
    pub time_zone: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub support_channel_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub staff_channel_id: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    pub ranks: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    pub agents: serde_json::Value,
}

#[derive(Deserialize)]
pub(super) struct RankRow {
    pub role_id: i64,
    pub rank: String,
}

#[derive(Deserialize)]
pub(super) struct AgentRow {
    pub category: String,
    pub agent_id: i64,
}

#[derive(QueryableByName)]
pub(super) struct LanguageRow {
    #[diesel(sql_type = BigInt)]
    pub user_id: i64,
    #[diesel(sql_type = Text)]
    pub locale: String,
}

/// Reads the languages of a guild's people.
pub(super) async fn languages(tx: &mut Tx, guild: GuildId) -> Result<Vec<LanguageRow>> {
    tx.load(
        "loading people's languages",
        sql("select user_id, locale from languages where guild_id = ?").bind::<BigInt, _>(guild.as_i64()),
    )
    .await
}

/// Writes down a person's language, at the commit.
pub(super) fn set_language(tx: &mut Tx, guild: GuildId, user: UserId, locale: Locale) {
    tx.defer(
        "writing down a language",
        sql("insert into languages (guild_id, user_id, locale) values (?, ?, ?) \
             on conflict (guild_id, user_id) do update set locale = excluded.locale")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Text, _>(locale.as_str()),
    );
}

/// Reads a guild with its ranks and agents in one statement.
pub(super) async fn load(tx: &mut Tx, guild: GuildId) -> Result<Option<GuildRow>> {
    tx.first(
        "loading a guild's settings",
        sql("select g.locale, g.time_zone, g.support_channel_id, g.staff_channel_id, \
             coalesce((select jsonb_agg(jsonb_build_object('role_id', r.role_id, 'rank', r.rank)) \
                       from staff_roles r where r.guild_id = g.guild_id), '[]') as ranks, \
             coalesce((select jsonb_agg(jsonb_build_object('category', a.category, 'agent_id', a.agent_id)) \
                       from category_agents a where a.guild_id = g.guild_id), '[]') as agents \
             from guilds g where g.guild_id = ?")
        .bind::<BigInt, _>(guild.as_i64()),
    )
    .await
}

#[derive(QueryableByName)]
pub(super) struct KnownRow {
    #[diesel(sql_type = BigInt)]
    pub guild_id: i64,
}

/// The guilds that were ever heard of.
pub(super) async fn known(tx: &mut Tx, limit: i64) -> Result<Vec<KnownRow>> {
    tx.load("listing guilds", sql("select guild_id from guilds order by guild_id limit ?").bind::<BigInt, _>(limit))
        .await
}

/// Adds a guild with its presets; leaves one that exists as it is.
pub(super) async fn add(tx: &mut Tx, guild: GuildId, presets: &Presets, now: Timestamp) -> Result<()> {
    let added = tx
        .execute(
            "adding a guild",
            sql("insert into guilds (guild_id, locale, time_zone, support_channel_id, staff_channel_id, created_at, \
                 updated_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(presets.locale.as_str())
            .bind::<Text, _>(presets.time_zone.clone())
            .bind::<Nullable<BigInt>, _>(presets.support_channel.map(|id| id.as_i64()))
            .bind::<Nullable<BigInt>, _>(presets.staff_channel.map(|id| id.as_i64()))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    if added > 0 {
        for (role, rank) in &presets.ranks {
            add_rank(tx, guild, *role, *rank);
        }
    }
    Ok(())
}

/// Gives a role a rank, at the commit.
pub(super) fn add_rank(tx: &mut Tx, guild: GuildId, role: RoleId, rank: Rank) {
    tx.defer(
        "giving a role a rank",
        sql("insert into staff_roles (guild_id, role_id, rank) values (?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(role.as_i64())
            .bind::<Text, _>(rank.as_str()),
    );
}

/// Takes a rank from every role that has it, at the commit.
pub(super) fn clear_rank(tx: &mut Tx, guild: GuildId, rank: Rank) {
    tx.defer(
        "clearing a rank",
        sql("delete from staff_roles where guild_id = ? and rank = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(rank.as_str()),
    );
}

/// Changes settings; tells whether the guild was there.
pub(super) async fn update(tx: &mut Tx, guild: GuildId, change: &Change, now: Timestamp) -> Result<bool> {
    let changed = tx
        .execute(
            "changing a guild's settings",
            sql("update guilds set locale = coalesce(?, locale), time_zone = coalesce(?, time_zone), \
                 support_channel_id = coalesce(?, support_channel_id), \
                 staff_channel_id = coalesce(?, staff_channel_id), updated_at = ? where guild_id = ?")
            .bind::<Nullable<Text>, _>(change.locale.map(Locale::as_str))
            .bind::<Nullable<Text>, _>(change.time_zone.clone())
            .bind::<Nullable<BigInt>, _>(change.support_channel.map(|id| id.as_i64()))
            .bind::<Nullable<BigInt>, _>(change.staff_channel.map(|id| id.as_i64()))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    Ok(changed > 0)
}

/// Sets or clears who gets a category's tickets, at the commit.
pub(super) fn set_agent(tx: &mut Tx, guild: GuildId, category: &str, agent: Option<UserId>) {
    match agent {
        Some(agent) => tx.defer(
            "setting a category's agent",
            sql("insert into category_agents (guild_id, category, agent_id) values (?, ?, ?) \
                 on conflict (guild_id, category) do update set agent_id = excluded.agent_id")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(category.to_owned())
            .bind::<BigInt, _>(agent.as_i64()),
        ),
        None => tx.defer(
            "clearing a category's agent",
            sql("delete from category_agents where guild_id = ? and category = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(category.to_owned()),
        ),
    }
}

/// Takes every category from an agent, at the commit.
pub(super) fn dismiss_agent(tx: &mut Tx, guild: GuildId, agent: UserId) {
    tx.defer(
        "clearing who gets categories",
        sql("delete from category_agents where guild_id = ? and agent_id = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(agent.as_i64()),
    );
}
