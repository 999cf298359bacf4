//! What the panel asks of Discord: who somebody is, and what people and guilds are called.

use crate::kernel::{ChannelId, GuildId, RoleId, UserId};
use async_trait::async_trait;
use url::Url;

/// An account of Discord, as its owner let us see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub user: UserId,
    /// Its name as people see it.
    pub name: String,
    /// Its picture's hash.
    pub avatar: Option<String>,
    /// Its language, such as `en-US`.
    pub locale: String,
}

/// Why it isn't known whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsigned {
    /// The code is of no use: made up, used or too old.
    Code,
    /// Discord didn't answer, or not as it should.
    Away,
}

/// What the text channels and the roles of a guild are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuildNames {
    /// The channels, in no order.
    pub channels: Vec<(ChannelId, String)>,
    /// The roles, without the one that everybody has.
    pub roles: Vec<(RoleId, String)>,
    /// Those of the roles that a bot alone can have.
    pub of_bots: Vec<RoleId>,
}

impl GuildNames {
    /// A channel's name.
    pub fn channel(&self, id: ChannelId) -> Option<&str> {
        self.channels.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str())
    }

    /// A role's name.
    pub fn role(&self, id: RoleId) -> Option<&str> {
        self.roles.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str())
    }
}

/// What is asked of Discord for the panel.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Whether one can sign in with it.
    fn is_on(&self) -> bool;

    /// Where a browser is sent to say who it is; `redirect` is where it comes back.
    fn authorize(&self, redirect: &Url, state: &str, challenge: &str) -> Option<Url>;

    /// Whose account a code was given for.
    async fn account(&self, redirect: &Url, code: &str, verifier: &str) -> Result<Account, Unsigned>;

    /// A member's name as his guild shows it, where that can be had.
    async fn member_name(&self, guild: GuildId, user: UserId) -> Option<String>;

    /// The name of an account, member or not, where that can be had.
    async fn user_name(&self, user: UserId) -> Option<String>;

    /// At most so many members of a guild whose names begin so, without bots; none where that isn't to be had.
    async fn members_named(&self, guild: GuildId, begin: &str, limit: u16) -> Vec<(UserId, String)>;

    /// A guild's name, where that can be had.
    async fn guild_name(&self, guild: GuildId) -> Option<String>;

    /// What is called how in a guild, where that can be had.
    async fn names_in(&self, guild: GuildId) -> Option<GuildNames>;

    /// Whether it is heard at once when a member's roles change.
    fn hears_members(&self) -> bool;
}

/// Stands where there is no Discord: nobody signs in, and nobody has a name.
pub struct Unwired;

#[async_trait]
impl SignIn for Unwired {
    fn is_on(&self) -> bool {
        false
    }

    fn authorize(&self, _: &Url, _: &str, _: &str) -> Option<Url> {
        None
    }

    async fn account(&self, _: &Url, _: &str, _: &str) -> Result<Account, Unsigned> {
        Err(Unsigned::Away)
    }

    async fn member_name(&self, _: GuildId, _: UserId) -> Option<String> {
        None
    }

    async fn user_name(&self, _: UserId) -> Option<String> {
        None
    }

    async fn members_named(&self, _: GuildId, _: &str, _: u16) -> Vec<(UserId, String)> {
        Vec::new()
    }

    async fn guild_name(&self, _: GuildId) -> Option<String> {
        None
    }

    async fn names_in(&self, _: GuildId) -> Option<GuildNames> {
        None
    }

    fn hears_members(&self) -> bool {
        false
    }
}
