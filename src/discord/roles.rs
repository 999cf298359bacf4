//! Gives and takes members' roles over Discord's REST API, and tells the two causes of "missing permissions" apart.

use super::calm::{calmly, get};
use super::fault::{Fault, code};
use super::reach::Place;
use super::rights::GuildSeen;
use crate::domain::shop::roles::{RoleKeeper, Unkept};
use crate::kernel::{GuildId, RoleId, UserId};
use async_trait::async_trait;
use serde::Deserialize;
use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;
use twilight_http::Client;
use twilight_http::response::ResponseFuture;
use twilight_http::response::marker::EmptyBody;
use twilight_http::routing::Route;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

type Result<T> = std::result::Result<T, Unkept>;

/// How long one call may take, waiting for a free place under Discord's rate limits included.
const CALL: Duration = Duration::from_secs(12);
/// Members that are listed at a time (Discord, "Guild: List Guild Members": at most 1 000).
const PAGE: u16 = 1_000;

/// Keeps the roles of members.
pub struct DiscordRoles {
    http: Arc<Client>,
    me: Id<UserMarker>,
}

#[derive(Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    permissions: Permissions,
    #[serde(default)]
    managed: bool,
    #[serde(default)]
    position: i64,
}

#[derive(Deserialize)]
struct Member {
    roles: Vec<RoleId>,
    user: Known,
}

#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    bot: bool,
}

#[derive(Deserialize)]
struct Listed {
    user: Account,
    roles: Vec<RoleId>,
}

#[derive(Deserialize)]
struct Account {
    id: UserId,
}

impl DiscordRoles {
    /// A keeper over `http` for the bot whose account is `me`.
    pub const fn new(http: Arc<Client>, me: Id<UserMarker>) -> Self {
        Self { http, me }
    }

    /// What a refused change means. Discord says "missing permissions" for a missing *Manage Roles* and for a role that stands
    /// too high, so the bot's own roles are looked at.
    async fn refused(&self, guild: GuildId, role: RoleId, fault: Fault) -> Unkept {
        if fault.code() != code::MISSING_PERMISSIONS {
            return unkept(fault);
        }
        match self.look(guild).await {
            Ok((roles, mine)) => cause(guild, &mine, &roles, role),
            Err(fault) => unkept(fault),
        }
    }

    /// A guild's roles, and which of them the bot has.
    async fn look(&self, guild: GuildId) -> std::result::Result<(Vec<Role>, Vec<RoleId>), Fault> {
        let (guild_id, user_id) = (guild.get(), self.me.get());
        let roles = get::<Vec<Role>>(&self.http, &Route::GetGuildRoles { guild_id }).await?;
        let me = get::<Member>(&self.http, &Route::GetMember { guild_id, user_id }).await?;
        Ok((roles, me.roles))
    }

    async fn change(&self, whose: (GuildId, UserId), role: RoleId, request: ResponseFuture<EmptyBody>) -> Result<()> {
        in_time(async {
            match calmly(request).await {
                Ok(_) => Ok(()),
                Err(error) => Err(self.refused(whose.0, role, Fault::of(&error)).await),
            }
        })
        .await
    }

    async fn member(&self, guild: GuildId, user: UserId) -> Result<Member> {
        let route = Route::GetMember { guild_id: guild.get(), user_id: user.get() };
        in_time(async { get::<Member>(&self.http, &route).await.map_err(unkept) }).await
    }
}

#[async_trait]
impl RoleKeeper for DiscordRoles {
    async fn held(&self, guild: GuildId, user: UserId) -> Result<Vec<RoleId>> {
        self.member(guild, user).await.map(|member| member.roles)
    }

    async fn is_bot(&self, guild: GuildId, user: UserId) -> Result<bool> {
        self.member(guild, user).await.map(|member| member.user.bot)
    }

    async fn members(&self, guild: GuildId, above: i64) -> Result<Vec<(UserId, Vec<RoleId>)>> {
        let after = u64::try_from(above).ok().filter(|above| *above > 0);
        let route = Route::GetGuildMembers { after, guild_id: guild.get(), limit: Some(PAGE) };
        let listed = in_time(async { get::<Vec<Listed>>(&self.http, &route).await.map_err(unkept) }).await?;
        Ok(listed.into_iter().map(|member| (member.user.id, member.roles)).collect())
    }

    async fn manages(&self, guild: GuildId, user: UserId, held: &[RoleId]) -> Result<bool> {
        let route = Route::GetGuild { guild_id: guild.get(), with_counts: false };
        let seen = in_time(async { get::<GuildSeen>(&self.http, &route).await.map_err(unkept) }).await?;
        let held: Vec<Id<RoleMarker>> = held.iter().map(|role| Id::new(role.get())).collect();
        seen.managed_by(Id::new(user.get()), &held).ok_or(Unkept::Later(None))
    }

    async fn obstacle(&self, guild: GuildId, role: RoleId) -> Result<Option<Unkept>> {
        in_time(async {
            let (roles, mine) = self.look(guild).await.map_err(unkept)?;
            Ok(obstacle(guild, &mine, &roles, role))
        })
        .await
    }

    async fn give(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<()> {
        let (guild_id, user_id, role_id) = ids(guild, user, role);
        let request = self.http.add_guild_member_role(guild_id, user_id, role_id);
        self.change((guild, user), role, request.into_future()).await
    }

    async fn take(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<()> {
        let (guild_id, user_id, role_id) = ids(guild, user, role);
        let request = self.http.remove_guild_member_role(guild_id, user_id, role_id);
        self.change((guild, user), role, request.into_future()).await
    }
}

const fn ids(guild: GuildId, user: UserId, role: RoleId) -> (Id<GuildMarker>, Id<UserMarker>, Id<RoleMarker>) {
    (Id::new(guild.get()), Id::new(user.get()), Id::new(role.get()))
}

async fn in_time<T>(call: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(CALL, call).await.unwrap_or(Err(Unkept::Later(None)))
}

/// What a fault means, its code being one of Discord's document "Opcodes and Status Codes: JSON".
fn unkept(fault: Fault) -> Unkept {
    match fault.code() {
        10007 | 10013 => Unkept::Left,
        10011 => Unkept::RoleGone,
        10004 | code::MISSING_ACCESS => Unkept::NoAccess,
        50028 => Unkept::NotByHand,
        // Where nobody could tell why: it is looked at again.
        code::MISSING_PERMISSIONS => Unkept::Later(None),
        // A bad token can be put right.
        _ if fault.may_pass() || fault == Fault::Unauthorized => Unkept::Later(None),
        code => Unkept::Refused(code),
    }
}

/// Why a change of a role was refused as lacking permissions.
fn cause(guild: GuildId, mine: &[RoleId], all: &[Role], wanted: RoleId) -> Unkept {
    let Some(role) = all.iter().find(|role| role.id.get() == wanted.get()) else { return Unkept::RoleGone };
    // The role of everyone has the guild's id; nobody gives it.
    if role.managed || wanted.get() == guild.get() {
        return Unkept::NotByHand;
    }
    let held = |role: &&Role| role.id.get() == guild.get() || mine.iter().any(|id| id.get() == role.id.get());
    let may = all.iter().filter(held).fold(Permissions::empty(), |sum, role| sum | role.permissions);
    if may.intersects(Permissions::MANAGE_ROLES | Permissions::ADMINISTRATOR) {
        Unkept::TooLow
    } else {
        Unkept::NoPermission
    }
}

/// What stands in the way of giving a role, by the guild's roles alone.
fn obstacle(guild: GuildId, mine: &[RoleId], all: &[Role], wanted: RoleId) -> Option<Unkept> {
    let place = |role: &Role| -> Place { (role.position, Reverse(role.id)) };
    let highest = all.iter().filter(|role| mine.iter().any(|id| id.get() == role.id.get())).map(place).max();
    let stands = all.iter().find(|role| role.id.get() == wanted.get()).map(place);
    match cause(guild, mine, all, wanted) {
        Unkept::TooLow if stands < highest => None,
        why => Some(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(id: u64, permissions: Permissions, managed: bool) -> Role {
        Role { id: Id::new(id), permissions, managed, position: 0 }
    }

    #[test]
    fn what_stands_below_the_bot_can_be_given() {
        let guild = GuildId::new(1).unwrap();
        let id = |id| RoleId::new(id).unwrap();
        let at = |id, position, permissions| Role { position, ..role(id, permissions, false) };
        let all =
            |mine| [at(1, 0, Permissions::empty()), at(2, 2, mine), at(3, 1, Permissions::empty()), at(4, 2, mine)];
        let asked = |mine, wanted| obstacle(guild, &[id(2)], &all(mine), id(wanted));
        assert_eq!(asked(Permissions::MANAGE_ROLES, 3), None);
        assert_eq!(asked(Permissions::empty(), 3), Some(Unkept::NoPermission));
        assert_eq!(asked(Permissions::MANAGE_ROLES, 2), Some(Unkept::TooLow));
        assert_eq!(asked(Permissions::MANAGE_ROLES, 4), None, "of two in one place the older stands higher");
        assert_eq!(asked(Permissions::MANAGE_ROLES, 9), Some(Unkept::RoleGone));
    }

    #[test]
    fn the_two_causes_of_missing_permissions_are_told_apart() {
        let guild = GuildId::new(1).unwrap();
        let id = |id| RoleId::new(id).unwrap();
        let all = |mine| {
            [
                role(1, Permissions::empty(), false),
                role(2, mine, false),
                role(3, Permissions::MANAGE_ROLES, false),
                role(4, Permissions::empty(), true),
            ]
        };
        let asked = |mine, wanted| cause(guild, &[id(2)], &all(mine), id(wanted));
        assert_eq!(asked(Permissions::empty(), 3), Unkept::NoPermission);
        assert_eq!(asked(Permissions::MANAGE_ROLES, 3), Unkept::TooLow);
        assert_eq!(asked(Permissions::ADMINISTRATOR, 3), Unkept::TooLow);
        assert_eq!(asked(Permissions::MANAGE_ROLES, 4), Unkept::NotByHand);
        assert_eq!(asked(Permissions::MANAGE_ROLES, 1), Unkept::NotByHand);
        assert_eq!(asked(Permissions::MANAGE_ROLES, 9), Unkept::RoleGone);
    }

    #[test]
    fn each_code_has_its_meaning() {
        let meaning = |status, code| unkept(Fault::Refused { status, code });
        assert_eq!(meaning(404, 10007), Unkept::Left);
        assert_eq!(meaning(404, 10011), Unkept::RoleGone);
        assert_eq!(meaning(403, 50001), Unkept::NoAccess);
        assert_eq!(meaning(400, 50028), Unkept::NotByHand);
        assert_eq!(meaning(500, 0), Unkept::Later(None));
        assert_eq!(meaning(429, 0), Unkept::Later(None));
        assert_eq!(meaning(400, 50035), Unkept::Refused(50035));
    }
}
