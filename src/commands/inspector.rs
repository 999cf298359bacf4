//! What commands need to know of Discord's permissions.

use crate::kernel::{ChannelId, GuildId, Result};
use async_trait::async_trait;

/// A permission that the bot lacks in a channel, by Discord's name for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The channel; `None` for the whole guild.
    pub channel: Option<ChannelId>,
    /// Names of the permissions, such as `SEND_MESSAGES`; the Fluent message is `permission-NAME`.
    pub permissions: Vec<&'static str>,
}

/// Looks at the bot's permissions.
#[async_trait]
pub trait Inspector: Send + Sync {
    /// What the bot lacks to work in these channels of a guild; empty when all is well.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when Discord doesn't answer.
    async fn lacking(&self, guild: GuildId, channels: &[ChannelId]) -> Result<Vec<Lacking>>;
}

/// Stands where no Discord is connected: sees nothing amiss.
#[derive(Debug, Default)]
pub struct Blind;

#[async_trait]
impl Inspector for Blind {
    async fn lacking(&self, _: GuildId, _: &[ChannelId]) -> Result<Vec<Lacking>> {
        Ok(Vec::new())
    }
}
