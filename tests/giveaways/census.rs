//! A guild whose size, comers and bans are what a test says.

use async_trait::async_trait;
use jiff::Timestamp;
use shellia::commands::{Audience, Census, Inspector, Seen};
use shellia::domain::giveaways::milestones::Size;
use shellia::kernel::{ChannelId, GuildId, Result, RoleId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

/// What is known of the guild's people.
#[derive(Default)]
pub struct People {
    size: Mutex<Option<Size>>,
    joined: Mutex<HashMap<UserId, Timestamp>>,
    banned: Mutex<HashSet<UserId>>,
    deleted: Mutex<Vec<RoleId>>,
}

impl People {
    /// It has so many members.
    pub fn number(&self, members: u32) {
        let here_since = self.size.lock().unwrap().and_then(|size| size.here_since);
        *self.size.lock().unwrap() = Some(Size { members, here_since });
    }

    /// The bot came just now.
    pub fn bot_comes(&self, now: Timestamp) {
        let mut size = self.size.lock().unwrap();
        *size = size.map(|size| Size { here_since: Some(now), ..size });
    }

    pub fn joins(&self, user: UserId, at: Timestamp) {
        self.joined.lock().unwrap().insert(user, at);
    }

    /// Somebody deletes a role.
    pub fn deletes(&self, role: RoleId) {
        self.deleted.lock().unwrap().push(role);
    }

    pub fn bans(&self, user: UserId) {
        self.banned.lock().unwrap().insert(user);
    }
}

#[async_trait]
impl Census for People {
    async fn size(&self, _: GuildId) -> Result<Option<Size>> {
        Ok(*self.size.lock().unwrap())
    }

    async fn joined_at(&self, _: GuildId, user: UserId) -> Result<Option<Timestamp>> {
        Ok(self.joined.lock().unwrap().get(&user).copied())
    }

    async fn is_banned(&self, _: GuildId, user: UserId) -> Result<bool> {
        Ok(self.banned.lock().unwrap().contains(&user))
    }
}

#[async_trait]
impl Inspector for People {
    async fn look(&self, _: GuildId, _: &[ChannelId], _: &[RoleId]) -> Result<Seen> {
        Ok(Seen { unknown_roles: self.deleted.lock().unwrap().clone(), ..Seen::default() })
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(Audience::Chosen)
    }
}
