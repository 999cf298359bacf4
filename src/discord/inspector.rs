//! Looks at the bot's permissions in Discord, computed as Discord does (Discord, "Permissions: Permission Overwrites").

use super::calm::get;
use super::fault::{Fault, code};
use crate::commands::{Inspector, Lacking};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{ChannelId, Error, GuildId, Result};
use async_trait::async_trait;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use twilight_http::Client;
use twilight_http::routing::Route;
use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

/// What the bot needs where it works, with Discord's names.
pub(super) const NEEDED: [(Permissions, &str); 6] = [
    (Permissions::VIEW_CHANNEL, "VIEW_CHANNEL"),
    (Permissions::SEND_MESSAGES, "SEND_MESSAGES"),
    (Permissions::EMBED_LINKS, "EMBED_LINKS"),
    (Permissions::ATTACH_FILES, "ATTACH_FILES"),
    (Permissions::READ_MESSAGE_HISTORY, "READ_MESSAGE_HISTORY"),
    (Permissions::MANAGE_MESSAGES, "MANAGE_MESSAGES"),
];
/// How long the questions of one inspection may take together.
const ALL: Duration = Duration::from_secs(10);

/// Looks through Discord's REST API.
pub(super) struct DiscordInspector {
    http: Arc<Client>,
    me: Id<UserMarker>,
}

#[derive(Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    permissions: Permissions,
}

#[derive(Deserialize)]
struct Member {
    roles: Vec<Id<RoleMarker>>,
}

#[derive(Deserialize)]
struct Channel {
    guild_id: Option<Id<GuildMarker>>,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
}

/// Who the bot is in a guild.
struct Me {
    user: Id<UserMarker>,
    everyone: Id<RoleMarker>,
    roles: Vec<Id<RoleMarker>>,
    /// What its roles allow, before any channel.
    base: Permissions,
}

impl DiscordInspector {
    pub(super) const fn new(http: Arc<Client>, me: Id<UserMarker>) -> Self {
        Self { http, me }
    }

    async fn look(&self, guild: GuildId, channels: &[ChannelId]) -> std::result::Result<Vec<Lacking>, Fault> {
        let guild_id = guild.get();
        let Some(id) = Id::<GuildMarker>::new_checked(guild_id) else { return Ok(Vec::new()) };
        let roles: Vec<Role> = get(&self.http, &Route::GetGuildRoles { guild_id }).await?;
        let member: Member = get(&self.http, &Route::GetMember { guild_id, user_id: self.me.get() }).await?;
        let me = Me::new(self.me, id, member.roles, &roles);
        let mut found = Vec::new();
        for channel in channels {
            let asked: std::result::Result<Channel, Fault> =
                get(&self.http, &Route::GetChannel { channel_id: channel.get() }).await;
            let has = match asked {
                Ok(seen) if seen.guild_id == Some(id) => me.in_channel(&seen.permission_overwrites),
                // One of another guild is as good as hidden.
                Ok(_) => Permissions::empty(),
                Err(Fault::Refused { status: 403 | 404, .. }) => Permissions::empty(),
                Err(fault) => return Err(fault),
            };
            found.extend(lacking(Some(*channel), has));
        }
        if channels.is_empty() {
            found.extend(lacking(None, me.base));
        }
        Ok(found)
    }
}

#[async_trait]
impl Inspector for DiscordInspector {
    async fn lacking(&self, guild: GuildId, channels: &[ChannelId]) -> Result<Vec<Lacking>> {
        let what = "looking at the bot's permissions";
        match tokio::time::timeout(ALL, self.look(guild, channels)).await.unavailable(what)? {
            Ok(found) => Ok(found),
            Err(fault) if fault.code() == code::MISSING_ACCESS => Err(Error::NotFound("guild")),
            Err(fault) => Err(Error::Unavailable { what, cause: Cause::new(fault) }),
        }
    }
}

/// What is missing of what the bot needs.
pub(super) fn lacking(channel: Option<ChannelId>, has: Permissions) -> Option<Lacking> {
    let missing = NEEDED.iter().filter(|(permission, _)| !has.contains(*permission));
    let permissions: Vec<&'static str> = missing.map(|(_, name)| *name).collect();
    (!permissions.is_empty()).then_some(Lacking { channel, permissions })
}

impl Me {
    fn new(user: Id<UserMarker>, guild: Id<GuildMarker>, mine: Vec<Id<RoleMarker>>, all: &[Role]) -> Self {
        // The role of everyone has the guild's id.
        let everyone = guild.cast::<RoleMarker>();
        let held = all.iter().filter(|role| role.id == everyone || mine.contains(&role.id));
        let base = held.fold(Permissions::empty(), |sum, role| sum | role.permissions);
        let base = if base.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { base };
        Self { user, everyone, roles: mine, base }
    }

    /// What it may do in a channel with these overwrites: everyone's first, then its roles' together, then its own.
    fn in_channel(&self, overwrites: &[PermissionOverwrite]) -> Permissions {
        if self.base.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        let of = |kind: PermissionOverwriteType, ids: &dyn Fn(u64) -> bool| {
            let those = overwrites.iter().filter(|o| o.kind == kind && ids(o.id.get()));
            those
                .fold((Permissions::empty(), Permissions::empty()), |(allow, deny), o| (allow | o.allow, deny | o.deny))
        };
        let everyone = of(PermissionOverwriteType::Role, &|id| id == self.everyone.get());
        let roles = of(PermissionOverwriteType::Role, &|id| self.roles.iter().any(|role| role.get() == id));
        let own = of(PermissionOverwriteType::Member, &|id| id == self.user.get());
        [everyone, roles, own].iter().fold(self.base, |has, (allow, deny)| (has - *deny) | *allow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Permissions = Permissions::VIEW_CHANNEL;
    const SEND: Permissions = Permissions::SEND_MESSAGES;

    fn me(base: Permissions, role: Permissions) -> Me {
        let roles = [
            Role { id: Id::new(1), permissions: base },
            Role { id: Id::new(2), permissions: role },
            Role { id: Id::new(3), permissions: Permissions::ADMINISTRATOR },
        ];
        Me::new(Id::new(9), Id::new(1), vec![Id::new(2)], &roles)
    }

    fn over(kind: PermissionOverwriteType, id: u64, allow: Permissions, deny: Permissions) -> PermissionOverwrite {
        PermissionOverwrite { allow, deny, id: Id::new(id), kind }
    }

    #[test]
    fn roles_add_up_and_others_roles_dont_count() {
        assert_eq!(me(VIEW, SEND).base, VIEW | SEND);
    }

    #[test]
    fn overwrites_apply_in_discords_order() {
        use PermissionOverwriteType::{Member, Role};
        let me = me(VIEW | SEND, Permissions::empty());
        let hidden = over(Role, 1, Permissions::empty(), VIEW);
        assert_eq!(me.in_channel(&[hidden]), SEND);
        assert_eq!(me.in_channel(&[over(Role, 2, VIEW, Permissions::empty()), hidden]), VIEW | SEND);
        assert_eq!(me.in_channel(&[over(Member, 9, Permissions::empty(), SEND), hidden]), Permissions::empty());
        assert_eq!(me.in_channel(&[over(Role, 3, Permissions::empty(), SEND)]), VIEW | SEND, "a role it doesn't hold");
    }

    #[test]
    fn an_administrator_lacks_nothing_whatever_the_overwrites() {
        let me = me(Permissions::ADMINISTRATOR, Permissions::empty());
        let hidden = over(PermissionOverwriteType::Role, 1, Permissions::empty(), Permissions::all());
        assert_eq!(lacking(None, me.in_channel(&[hidden])), None);
    }

    #[test]
    fn what_is_missing_is_named_as_discord_names_it() {
        let found = lacking(None, VIEW | SEND).unwrap();
        assert_eq!(found.permissions, ["EMBED_LINKS", "ATTACH_FILES", "READ_MESSAGE_HISTORY", "MANAGE_MESSAGES"]);
    }
}
