//! Guilds, their roles and members, and the objects Discord sends for them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::State;
use crate::sandbox::clock::{iso, moment_of};
use crate::sandbox::json::{count, sid};

/// Members above which a guild is large.
const LARGE: usize = 250;

/// A guild.
#[derive(Debug, Clone)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) locale: String,
    pub(crate) roles: BTreeMap<u64, Role>,
    /// Everybody who ever was a member; `present` says who is one now.
    pub(crate) members: BTreeMap<u64, Member>,
}

/// A role.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) color: u64,
    pub(crate) permissions: u64,
    pub(crate) position: i64,
    pub(crate) hoist: bool,
    pub(crate) mentionable: bool,
    /// The bot whose integration owns this role.
    pub(crate) bot: Option<u64>,
}

/// A member, present or gone.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) user: u64,
    pub(crate) roles: Vec<u64>,
    pub(crate) nick: Option<String>,
    pub(crate) joined_ms: u64,
    pub(crate) present: bool,
}

impl Role {
    /// Discord's role object.
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": sid(self.id), "name": self.name, "color": self.color,
            "colors": {"primary_color": self.color, "secondary_color": null, "tertiary_color": null},
            "hoist": self.hoist, "icon": null, "unicode_emoji": null, "position": self.position,
            "permissions": self.permissions.to_string(), "managed": self.bot.is_some(),
            "mentionable": self.mentionable, "flags": 0,
        });
        if let (Some(bot), Some(map)) = (self.bot, role.as_object_mut()) {
            map.insert("tags".to_owned(), json!({"bot_id": sid(bot)}));
        }
        role
    }
}

impl Member {
    /// The member object without its user, as MESSAGE_CREATE carries it.
    pub(crate) fn partial(&self) -> Value {
        let roles: Vec<Value> = self.roles.iter().map(|id| sid(*id)).collect();
        json!({
            "avatar": null, "banner": null, "avatar_decoration_data": null, "collectibles": null,
            "communication_disabled_until": null, "flags": 0, "joined_at": iso(self.joined_ms),
            "nick": self.nick, "pending": false, "premium_since": null, "roles": roles,
            "mute": false, "deaf": false,
        })
    }
}

impl Guild {
    /// A member who is there now.
    pub(crate) fn member(&self, user: u64) -> Option<&Member> {
        self.members.get(&user).filter(|member| member.present)
    }

    /// The members who are there now.
    pub(crate) fn present(&self) -> impl Iterator<Item = &Member> {
        self.members.values().filter(|member| member.present)
    }

    /// Discord's guild object.
    pub(crate) fn json(&self) -> Value {
        let mut value = self.looks();
        if let (Some(map), Value::Object(more)) = (value.as_object_mut(), self.rules()) {
            map.extend(more);
        }
        value
    }

    fn looks(&self) -> Value {
        json!({
            "id": sid(self.id), "name": self.name, "owner_id": sid(self.owner), "icon": null, "description": null,
            "home_header": null, "splash": null, "discovery_splash": null, "banner": null, "features": [],
            "emojis": [], "stickers": [], "incidents_data": null,
            "region": "deprecated", "premium_tier": 0,
            "premium_subscription_count": 0, "preferred_locale": self.locale, "vanity_url_code": null,
            "premium_progress_bar_enabled": false, "premium_progress_bar_enabled_user_updated_at": null,
            "nsfw": false, "nsfw_level": 0,
        })
    }

    fn rules(&self) -> Value {
        let roles: Vec<Value> = self.roles.values().map(Role::json).collect();
        json!({
            "application_id": null, "afk_channel_id": null, "afk_timeout": 300, "system_channel_id": null,
            "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null,
            "verification_level": 1, "roles": roles, "default_message_notifications": 1, "mfa_level": 0,
            "explicit_content_filter": 2, "max_presences": null, "max_members": 500_000,
            "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "rules_channel_id": null, "safety_alerts_channel_id": null, "public_updates_channel_id": null,
        })
    }
}

impl State {
    /// Discord's member object; for one who left, as he was.
    pub(crate) fn member_json(&self, guild: &Guild, member: &Member) -> Value {
        let mut value = member.partial();
        if let Some(map) = value.as_object_mut() {
            map.insert("user".to_owned(), self.user_json(member.user));
            let bypasses = if guild.owner == member.user { 2 } else { 0 };
            map.insert("flags".to_owned(), json!(bypasses));
        }
        value
    }

    /// The guild object of GUILD_CREATE for one bot.
    pub(crate) fn guild_create(&self, guild: &Guild, bot: u64, all_members: bool) -> Value {
        let members: Vec<Value> = guild
            .present()
            .filter(|member| all_members || member.user == bot)
            .map(|member| self.member_json(guild, member))
            .collect();
        let inside = self.channels.values().filter(|c| c.guild == Some(guild.id));
        let (threads, channels): (Vec<_>, Vec<_>) = inside.partition(|c| c.thread.is_some());
        let channels: Vec<Value> = channels.into_iter().map(|c| self.channel_json(c)).collect();
        let threads: Vec<Value> = threads
            .into_iter()
            .filter(|c| c.thread.as_ref().is_some_and(|t| !t.archived) && self.sees(c, bot))
            .map(|c| self.channel_json(c))
            .collect();
        let joined = guild.member(bot).map_or_else(|| moment_of(guild.id), |member| member.joined_ms);
        let mut value = guild.json();
        if let (Some(map), Value::Object(more)) = (
            value.as_object_mut(),
            json!({
                "joined_at": iso(joined), "large": guild.present().count() > LARGE, "unavailable": false, "lazy": true,
                "member_count": count(guild.present().count()), "members": members,
                "channels": channels, "threads": threads, "presences": [], "voice_states": [],
                "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
            }),
        ) {
            map.extend(more);
        }
        value
    }
}
