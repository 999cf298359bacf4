//! Looks at channels, roles and the bot's permissions in Discord, computed as Discord does (Discord, "Permissions: Permission Overwrites").

use super::calm::get;
use super::fault::{Fault, code};
use super::reach::out_of_reach;
use super::readers::{self, Readers};
use super::rights::MANAGES;
use super::role_names;
use crate::commands::{Audience, Inspector, Lacking, Seen};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{ChannelId, Error, GuildId, Result, RoleId};
use async_trait::async_trait;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;
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
pub(super) const ALL: Duration = Duration::from_secs(10);

/// Looks through Discord's REST API.
pub(super) struct DiscordInspector {
    pub(super) http: Arc<Client>,
    pub(super) me: Id<UserMarker>,
    readers: Readers,
}

#[derive(Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    permissions: Permissions,
    #[serde(default)]
    position: i64,
    #[serde(default)]
    managed: bool,
    tags: Option<Tags>,
}

/// What a managed role stands for (Discord, "Permissions: Role Tags Structure").
#[derive(Debug, Deserialize)]
pub(super) struct Tags {
    bot_id: Option<IgnoredAny>,
}

impl Tags {
    /// Whether the role is a bot's own: nobody else holds it.
    pub(super) const fn of_a_bot(&self) -> bool {
        self.bot_id.is_some()
    }
}

impl Role {
    fn is_a_bots(&self) -> bool {
        self.tags.as_ref().is_some_and(Tags::of_a_bot)
    }
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

/// A guild's roles, and those that were asked about.
struct Roles<'a> {
    id: Id<GuildMarker>,
    all: &'a [Role],
    named: &'a [RoleId],
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
    /// Looks as the bot `me`; `alone` says that this process hears of every guild.
    pub(super) fn new(http: Arc<Client>, me: Id<UserMarker>, alone: bool) -> Self {
        Self { http, me, readers: Readers::new(alone) }
    }

    /// Takes in that a guild's channels or roles, or the bot's own, have changed: what was seen there counts no more.
    pub(super) fn forget(&self, guild: Id<GuildMarker>) {
        self.readers.forget(guild.get());
    }

    async fn ask(&self, guild: GuildId, channels: &[ChannelId], named: &[RoleId]) -> std::result::Result<Seen, Fault> {
        let guild_id = guild.get();
        let Some(id) = Id::<GuildMarker>::new_checked(guild_id) else { return Ok(Seen::default()) };
        let roles: Vec<Role> = get(&self.http, &Route::GetGuildRoles { guild_id }).await?;
        let member: Member = get(&self.http, &Route::GetMember { guild_id, user_id: self.me.get() }).await?;
        let me = Me::new(Some(self.me), id, member.roles, &roles);
        let places: Vec<_> = roles.iter().map(|role| (role.id, (role.position, Reverse(role.id)))).collect();
        let mut seen = Seen { out_of_reach: out_of_reach(named, &places, (&me.roles, me.base)), ..Seen::default() };
        look_at_roles(&mut seen, named, &roles, Me::new(None, id, Vec::new(), &roles).base);
        for channel in channels {
            let has = match self.channel(id, *channel).await? {
                Found::Text(overwrites) => {
                    note_readers(&mut seen, *channel, &overwrites, &Roles { id, all: &roles, named });
                    me.in_channel(&overwrites)
                }
                Found::Hidden => {
                    seen.hidden.push(*channel);
                    Permissions::empty()
                }
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
        let before = match self.readers.look(guild, channel) {
            Ok(audience) => return Ok(audience),
            Err(before) => before,
        };
        let audience = match self.look(guild, &[channel], &[]).await {
            Ok(seen) => readers::audience(&seen, channel),
            // The guild itself is shut to the bot.
            Err(Error::NotFound(_)) => Audience::Hidden,
            Err(error) => return Err(error),
        };
        self.readers.keep(guild, channel, audience, before);
        Ok(audience)
    }

    async fn roles_called(&self, guild: GuildId, name: &str) -> Result<Vec<RoleId>> {
        let called = tokio::time::timeout(ALL, role_names::called(&self.http, guild, name));
        called.await.unavailable("looking for a role")?.unavailable("looking for a role")
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

/// Notes who can view a channel with these overwrites.
fn note_readers(seen: &mut Seen, channel: ChannelId, overwrites: &[PermissionOverwrite], guild: &Roles<'_>) {
    let views = |roles: Vec<Id<RoleMarker>>| {
        let anybody = Me::new(None, guild.id, roles, guild.all);
        anybody.in_channel(overwrites).contains(Permissions::VIEW_CHANNEL)
    };
    if views(Vec::new()) {
        seen.open.push(channel);
        return;
    }
    seen.closed.push(channel);
    for role in guild.all {
        let Some(id) = RoleId::new(role.id.get()) else { continue };
        if !views(vec![role.id]) {
            seen.shut_out.extend(guild.named.contains(&id).then_some((channel, id)));
        } else if !role.is_a_bots() && !role.permissions.intersects(MANAGES) {
            seen.readers.push((channel, id));
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
    /// Somebody with these roles, beside the one that everybody has.
    fn new(user: Option<Id<UserMarker>>, guild: Id<GuildMarker>, mine: Vec<Id<RoleMarker>>, all: &[Role]) -> Self {
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
        let roles = [plain(1, base), plain(2, role), plain(3, Permissions::ADMINISTRATOR)];
        Me::new(Some(Id::new(9)), Id::new(1), vec![Id::new(2)], &roles)
    }

    fn plain(id: u64, permissions: Permissions) -> Role {
        Role { id: Id::new(id), permissions, position: 0, managed: false, tags: None }
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

    fn noted(overwrites: &[PermissionOverwrite]) -> Seen {
        let ids = |ids: &[u64]| ids.iter().filter_map(|id| RoleId::new(*id)).collect::<Vec<_>>();
        let bot = Role { managed: true, tags: Some(Tags { bot_id: Some(IgnoredAny) }), ..plain(4, VIEW) };
        let booster = Role { managed: true, ..plain(5, Permissions::empty()) };
        let none = Permissions::empty();
        let all = [plain(1, VIEW), plain(2, none), plain(3, Permissions::ADMINISTRATOR), bot, booster, plain(6, none)];
        let mut seen = Seen::default();
        let guild = Roles { id: Id::new(1), all: &all, named: &ids(&[2, 3, 6]) };
        note_readers(&mut seen, ChannelId::new(9).unwrap(), overwrites, &guild);
        seen
    }

    #[test]
    fn anybody_sees_a_channel_unless_it_is_closed_to_everyone() {
        use PermissionOverwriteType::{Member, Role};
        let channel = ChannelId::new(9).unwrap();
        assert_eq!(noted(&[]), Seen { open: vec![channel], ..Seen::default() });
        let closed = over(Role, 1, Permissions::empty(), VIEW);
        let allowed = [2, 4, 5].map(|id| over(Role, id, VIEW, Permissions::empty()));
        let seen = noted(&[closed, allowed[0], allowed[1], allowed[2], over(Member, 1, VIEW, Permissions::empty())]);
        let of = |id| (channel, RoleId::new(id).unwrap());
        assert_eq!((seen.open, seen.closed), (vec![], vec![channel]));
        assert_eq!(seen.shut_out, [of(6)], "the administrators' role sees it");
        assert_eq!(seen.readers, [of(2), of(5)], "neither a bot's role nor one that manages the guild");
    }

    #[test]
    fn who_reads_a_channel_is_known_only_of_the_guilds_own() {
        let channel = ChannelId::new(20).unwrap();
        let lacking = |has| lacking(Some(channel), has).into_iter().collect::<Vec<_>>();
        let (at, other) = ([channel], Seen { lacking: lacking(VIEW), ..Seen::default() });
        assert_eq!(readers::audience(&other, channel), Audience::Chosen, "it may lack other things");
        assert_eq!(readers::audience(&Seen { open: at.to_vec(), ..Seen::default() }, channel), Audience::Everybody);
        assert_eq!(readers::audience(&Seen { lacking: lacking(SEND), ..Seen::default() }, channel), Audience::Hidden);
        let elsewhere = Seen { unknown_channels: at.to_vec(), lacking: lacking(SEND), ..Seen::default() };
        assert_eq!(readers::audience(&elsewhere, channel), Audience::Elsewhere);
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
        let role = |id, permissions, managed| Role { id: Id::new(id), permissions, position: 0, managed, tags: None };
        let id = |id| RoleId::new(id).unwrap();
        let all = [
            role(1, VIEW | Permissions::MENTION_EVERYONE, false),
            role(2, VIEW | SEND | Permissions::MENTION_EVERYONE, false),
            role(3, Permissions::MANAGE_ROLES, false),
            role(4, Permissions::ADMINISTRATOR, true),
        ];
        let mut seen = Seen::default();
        let everybody = Me::new(None, Id::new(1), Vec::new(), &all).base;
        look_at_roles(&mut seen, &[id(2), id(3), id(4), id(9)], &all, everybody);
        assert_eq!(seen.powerful_roles, [id(3), id(4)]);
        assert_eq!((seen.managed_roles, seen.unknown_roles), (vec![id(4)], vec![id(9)]));
    }
}
