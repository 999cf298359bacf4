//! What roles need from outside: someone who gives and takes them in Discord.

use crate::kernel::{GuildId, RoleId, UserId};
use async_trait::async_trait;
use std::time::Duration;

/// Why a role was not read, given or taken. Discord's JSON error codes stand in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unkept {
    /// The bot lacks *Manage Roles* (50013).
    #[error("the bot lacks Manage Roles")]
    NoPermission,
    /// The role stands above the bot's highest one, or beside it (50013).
    #[error("the role is too high for the bot")]
    TooLow,
    /// The role belongs to a bot or an integration: nobody gives it by hand (50013, 50028).
    #[error("the role can't be given by hand")]
    NotByHand,
    /// There is no such role (10011).
    #[error("the role is gone")]
    RoleGone,
    /// The person is no member of the guild (10007, 10013).
    #[error("no member")]
    Left,
    /// The bot is not in the guild (10004, 50001).
    #[error("no access to the guild")]
    NoAccess,
    /// It may work later: outage, rate limit, network.
    #[error("try again later")]
    Later(Option<Duration>),
    /// Discord refused for a reason that nobody foresaw; its code.
    #[error("refused: {0}")]
    Refused(u64),
}

/// Reads, gives and takes the roles of members.
#[async_trait]
pub trait RoleKeeper: Send + Sync {
    /// The roles that a member holds.
    async fn held(&self, guild: GuildId, user: UserId) -> Result<Vec<RoleId>, Unkept>;

    /// Whether a member is a bot.
    async fn is_bot(&self, guild: GuildId, user: UserId) -> Result<bool, Unkept> {
        self.held(guild, user).await.map(|_| false)
    }

    /// Members above an account, by account, with their roles: a page, and none where nobody is left. [`Unkept::NoAccess`] where
    /// Discord lists nobody, since the *members* intent isn't there (Discord, "Guild: List Guild Members").
    async fn members(&self, _guild: GuildId, _above: i64) -> Result<Vec<(UserId, Vec<RoleId>)>, Unkept> {
        Err(Unkept::NoAccess)
    }

    /// Whether a member who holds these roles may manage the guild, be it as its owner.
    async fn manages(&self, guild: GuildId, user: UserId, held: &[RoleId]) -> Result<bool, Unkept>;

    /// What stands in the way of giving a role to anybody, as the guild's roles are now; `None`: nothing that can be seen. Where
    /// nobody looks, it isn't known.
    async fn obstacle(&self, _guild: GuildId, _role: RoleId) -> Result<Option<Unkept>, Unkept> {
        Err(Unkept::Later(None))
    }

    /// Gives a role; one that he holds already stays.
    async fn give(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Unkept>;

    /// Takes a role; one that he doesn't hold is as good as taken.
    async fn take(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Unkept>;
}

/// Stands where no Discord is connected: everything may work later.
#[derive(Debug, Default)]
pub struct Unwired;

#[async_trait]
impl RoleKeeper for Unwired {
    async fn held(&self, _: GuildId, _: UserId) -> Result<Vec<RoleId>, Unkept> {
        Err(Unkept::Later(None))
    }

    async fn manages(&self, _: GuildId, _: UserId, _: &[RoleId]) -> Result<bool, Unkept> {
        Err(Unkept::Later(None))
    }

    async fn give(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Err(Unkept::Later(None))
    }

    async fn take(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Err(Unkept::Later(None))
    }
}
