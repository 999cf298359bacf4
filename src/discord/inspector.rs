//! Looks at channels, roles and the bot's permissions in Discord, computed as Discord does (Discord, "Permissions: Permission Overwrites").

use super::calm::get;
use super::fault::{Fault, code};
use crate::commands::{Audience, Inspector, Lacking, Seen};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{ChannelId, Error, GuildId, Result, RoleId};
use async_trait::async_trait;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use twilight_http::Client;
use twilight_http::routing::Route;
use twilight_model::channel::ChannelType;
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
/// What could harm a guild in the hands of anybody who pays: mostly what Discord asks of moderators a second factor for (Discord,
/// "Permissions: Bitwise Permission Flags").
const POWER: Permissions = Permissions::ADMINISTRATOR
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_WEBHOOKS)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::MANAGE_NICKNAMES)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MENTION_EVERYONE)
    .union(Permissions::VIEW_AUDIT_LOG);
/// The channels that may be set.
const TEXT: [ChannelType; 2] = [ChannelType::GuildText, ChannelType::GuildAnnouncement];
/// How long the questions of one inspection may take together.
const ALL: Duration = Duration::from_secs(10);

/// How long it counts who reads a channel: cards come often, and each look is three questions.
const FRESH: Duration = Duration::from_secs(60);

/// Looks through Discord's REST API.
pub(super) struct DiscordInspector {
    http: Arc<Client>,
    me: Id<UserMarker>,
    // Never held over an await. An entry for each channel that a guild has set.
    seen: Mutex<HashMap<(GuildId, ChannelId), (Instant, Audience)>>,
}

#[derive(Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    permissions: Permissions,
    #[serde(default)]
    managed: bool,
}

#[derive(Deserialize)]
struct Member {
    roles: Vec<Id<RoleMarker>>,
}

#[derive(Deserialize)]
struct Channel {
    guild_id: Option<Id<GuildMarker>>,
    #[serde(rename = "type")]
    kind: ChannelType,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
}

/// What stands under a channel's id.
enum Found {
    /// A text channel of the guild.
    Text(Vec<PermissionOverwrite>),
    /// Something that the bot may not see.
    Hidden,
    /// Nothing, or no text channel of the guild.
    Nothing,
}

/// Who somebody is in a guild: the bot, or anybody.
struct Me {
    /// His account; `None` for anybody.
    user: Option<Id<UserMarker>>,
    everyone: Id<RoleMarker>,
    roles: Vec<Id<RoleMarker>>,
    /// What its roles allow, before any channel.
    base: Permissions,
}

impl DiscordInspector {
    pub(super) fn new(http: Arc<Client>, me: Id<UserMarker>) -> Self {
        Self { http, me, seen: Mutex::default() }
    }

    async fn ask(&self, guild: GuildId, channels: &[ChannelId], named: &[RoleId]) -> std::result::Result<Seen, Fault> {
        let guild_id = guild.get();
        let Some(id) = Id::<GuildMarker>::new_checked(guild_id) else { return Ok(Seen::default()) };
        let roles: Vec<Role> = get(&self.http, &Route::GetGuildRoles { guild_id }).await?;
        let member: Member = get(&self.http, &Route::GetMember { guild_id, user_id: self.me.get() }).await?;
        let (me, everyone) = (Me::new(self.me, id, member.roles, &roles), Me::anybody(id, &roles));
        let mut seen = Seen::default();
        look_at_roles(&mut seen, named, &roles, everyone.base);
        for channel in channels {
            let has = match self.channel(id, *channel).await? {
                Found::Text(overwrites) => {
                    if everyone.in_channel(&overwrites).contains(Permissions::VIEW_CHANNEL) {
                        seen.open.push(*channel);
                    }
                    me.in_channel(&overwrites)
                }
                Found::Hidden => Permissions::empty(),
                Found::Nothing => {
                    seen.unknown_channels.push(*channel);
                    Permissions::empty()
                }
            };
            seen.lacking.extend(lacking(Some(*channel), has));
        }
        if channels.is_empty() {
            seen.lacking.extend(lacking(None, me.base));
        }
        Ok(seen)
    }

    /// A channel as the bot finds it in a guild.
    async fn channel(&self, guild: Id<GuildMarker>, id: ChannelId) -> std::result::Result<Found, Fault> {
        match get::<Channel>(&self.http, &Route::GetChannel { channel_id: id.get() }).await {
            // A thread has its parent's rights and is no place for settings.
            Ok(found) if found.guild_id == Some(guild) && TEXT.contains(&found.kind) => {
                Ok(Found::Text(found.permission_overwrites))
            }
            Ok(_) | Err(Fault::Refused { status: 404, .. }) => Ok(Found::Nothing),
            Err(Fault::Refused { status: 403, .. }) => Ok(Found::Hidden),
            Err(fault) => Err(fault),
        }
    }
}

#[async_trait]
impl Inspector for DiscordInspector {
    async fn look(&self, guild: GuildId, channels: &[ChannelId], roles: &[RoleId]) -> Result<Seen> {
        let what = "looking at channels, roles and permissions";
        match tokio::time::timeout(ALL, self.ask(guild, channels, roles)).await.unavailable(what)? {
            Ok(seen) => Ok(seen),
            Err(fault) if fault.code() == code::MISSING_ACCESS => Err(Error::NotFound("guild")),
            Err(fault) => Err(Error::Unavailable { what, cause: Cause::new(fault) }),
        }
    }

    async fn audience(&self, guild: GuildId, channel: ChannelId) -> Result<Audience> {
        let kept = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(&(guild, channel)).copied();
        if let Some((_, audience)) = kept.filter(|(at, _)| at.elapsed() < FRESH) {
            return Ok(audience);
        }
        let audience = match self.look(guild, &[channel], &[]).await {
            Ok(seen) => audience(&seen, channel),
            // The guild itself is shut to the bot.
            Err(Error::NotFound(_)) => Audience::Hidden,
            Err(error) => return Err(error),
        };
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert((guild, channel), (Instant::now(), audience));
        Ok(audience)
    }
}

/// Who reads a channel, of what was seen of it alone.
fn audience(seen: &Seen, channel: ChannelId) -> Audience {
    let unseen = |lacking: &Lacking| lacking.permissions.contains(&"VIEW_CHANNEL");
    if seen.unknown_channels.contains(&channel) {
        Audience::Elsewhere
    } else if seen.open.contains(&channel) {
        Audience::Everybody
    } else if seen.lacking.iter().any(unseen) {
        Audience::Hidden
    } else {
        Audience::Chosen
    }
}

/// What there is to know of these roles; what everybody may do makes no role powerful.
fn look_at_roles(seen: &mut Seen, named: &[RoleId], all: &[Role], everybody: Permissions) {
    for id in named {
        match all.iter().find(|role| role.id.get() == id.get()) {
            None => seen.unknown_roles.push(*id),
            Some(role) => {
                seen.managed_roles.extend(role.managed.then_some(*id));
                let power = (role.permissions & POWER).difference(everybody);
                seen.powerful_roles.extend((!power.is_empty()).then_some(*id));
            }
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
        Self { user: Some(user), everyone, roles: mine, base }
    }

    /// A member with no role but the one that everybody has.
    fn anybody(guild: Id<GuildMarker>, all: &[Role]) -> Self {
        Self { user: None, ..Self::new(Id::new(1), guild, Vec::new(), all) }
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
        let own = of(PermissionOverwriteType::Member, &|id| self.user.is_some_and(|user| user.get() == id));
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
            Role { id: Id::new(1), permissions: base, managed: false },
            Role { id: Id::new(2), permissions: role, managed: false },
            Role { id: Id::new(3), permissions: Permissions::ADMINISTRATOR, managed: false },
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
    fn anybody_sees_a_channel_unless_it_is_closed_to_everyone() {
        use PermissionOverwriteType::{Member, Role};
        let anybody = Me::anybody(Id::new(1), &[super::Role { id: Id::new(1), permissions: VIEW, managed: false }]);
        assert_eq!(anybody.in_channel(&[]), VIEW);
        let closed = over(Role, 1, Permissions::empty(), VIEW);
        let others = [closed, over(Role, 2, VIEW, Permissions::empty()), over(Member, 1, VIEW, Permissions::empty())];
        assert_eq!(anybody.in_channel(&others), Permissions::empty());
    }

    #[test]
    fn who_reads_a_channel_is_known_only_of_the_guilds_own() {
        let channel = ChannelId::new(20).unwrap();
        let lacking = |has| lacking(Some(channel), has).into_iter().collect::<Vec<_>>();
        let (at, other) = ([channel], Seen { lacking: lacking(VIEW), ..Seen::default() });
        assert_eq!(audience(&other, channel), Audience::Chosen, "it may lack other things");
        assert_eq!(audience(&Seen { open: at.to_vec(), ..Seen::default() }, channel), Audience::Everybody);
        assert_eq!(audience(&Seen { lacking: lacking(SEND), ..Seen::default() }, channel), Audience::Hidden);
        let elsewhere = Seen { unknown_channels: at.to_vec(), lacking: lacking(SEND), ..Seen::default() };
        assert_eq!(audience(&elsewhere, channel), Audience::Elsewhere);
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

    #[test]
    fn a_role_is_powerful_by_what_it_allows_beyond_everybody() {
        let role = |id, permissions, managed| Role { id: Id::new(id), permissions, managed };
        let id = |id| RoleId::new(id).unwrap();
        let all = [
            role(1, VIEW | Permissions::MENTION_EVERYONE, false),
            role(2, VIEW | SEND | Permissions::MENTION_EVERYONE, false),
            role(3, Permissions::MANAGE_ROLES, false),
            role(4, Permissions::ADMINISTRATOR, true),
        ];
        let mut seen = Seen::default();
        let everybody = Me::anybody(Id::new(1), &all).base;
        look_at_roles(&mut seen, &[id(2), id(3), id(4), id(9)], &all, everybody);
        assert_eq!(seen.powerful_roles, [id(3), id(4)]);
        assert_eq!((seen.managed_roles, seen.unknown_roles), (vec![id(4)], vec![id(9)]));
    }
}
