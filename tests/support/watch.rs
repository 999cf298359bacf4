//! An inspector that sees what a test says.

use async_trait::async_trait;
use jiff::Timestamp;
use shellia::commands::{Audience, Census, Inspector, Seen};
use shellia::domain::giveaways::milestones::Size;
use shellia::kernel::{ChannelId, GuildId, Result, RoleId, UserId};
use std::sync::{Arc, Mutex};

/// Whoever reads any channel.
pub struct Watch(Mutex<Audience>);

impl Watch {
    pub fn new(audience: Audience) -> Arc<Self> {
        Arc::new(Self(Mutex::new(audience)))
    }

    pub fn set(&self, audience: Audience) {
        *self.0.lock().unwrap() = audience;
    }
}

#[async_trait]
impl Census for Watch {
    async fn size(&self, _: GuildId) -> Result<Option<Size>> {
        Ok(None)
    }

    async fn joined_at(&self, _: GuildId, _: UserId) -> Result<Option<Timestamp>> {
        Ok(None)
    }

    async fn is_banned(&self, _: GuildId, _: UserId) -> Result<bool> {
        Ok(false)
    }
}

#[async_trait]
impl Inspector for Watch {
    async fn look(&self, _: GuildId, _: &[ChannelId], _: &[RoleId]) -> Result<Seen> {
        Ok(Seen::default())
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(*self.0.lock().unwrap())
    }
}
