//! What the panel asks of Discord: who somebody is, and what people and guilds are called.

use crate::kernel::{GuildId, UserId};
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

    /// A guild's name, where that can be had.
    async fn guild_name(&self, guild: GuildId) -> Option<String>;

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

    async fn guild_name(&self, _: GuildId) -> Option<String> {
        None
    }

    fn hears_members(&self) -> bool {
        false
    }
}
