//! An inspector that sees what a test says.

use async_trait::async_trait;
use shellia::commands::{Audience, Inspector, Seen};
use shellia::kernel::{ChannelId, GuildId, Result, RoleId};
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
impl Inspector for Watch {
    async fn look(&self, _: GuildId, _: &[ChannelId], _: &[RoleId]) -> Result<Seen> {
        Ok(Seen::default())
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(*self.0.lock().unwrap())
    }
}
