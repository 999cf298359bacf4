//! What commands need to know of Discord's permissions.

use crate::domain::giveaways::milestones::Size;
use crate::domain::shop::roles::RoleState;
use crate::kernel::{ChannelId, GuildId, Result, RoleId, UserId};
use async_trait::async_trait;
use jiff::Timestamp;

/// A permission that the bot lacks in a channel, by Discord's name for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The channel; `None` for the whole guild.
    pub channel: Option<ChannelId>,
    /// Names of the permissions, such as `SEND_MESSAGES`; the Fluent message is `permission-NAME`.
    pub permissions: Vec<&'static str>,
}

/// What Discord tells of a guild's channels and roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What the bot lacks to work in the channels; empty when all is well.
    pub lacking: Vec<Lacking>,
    /// The channels that are no text channels of the guild.
    pub unknown_channels: Vec<ChannelId>,
    /// The roles that the guild doesn't have.
    pub unknown_roles: Vec<RoleId>,
    /// The roles that belong to a bot, to an integration or to Discord: nobody gives them by hand.
    pub managed_roles: Vec<RoleId>,
    /// The roles that allow what could harm a guild, beyond what everybody in it may do.
    pub powerful_roles: Vec<RoleId>,
    /// The roles that the bot can't give as things are, each with why: it lacks the permission, or they stand too high.
    pub out_of_reach: Vec<(RoleId, RoleState)>,
    /// The channels that everybody in the guild can view.
    pub open: Vec<ChannelId>,
    /// The text channels that not everybody in the guild can view.
    pub closed: Vec<ChannelId>,
    /// The channels that the bot itself may not look at: nothing more is known of them.
    pub hidden: Vec<ChannelId>,
    /// Channels with the roles, of those asked about, that alone don't let anybody view them.
    pub shut_out: Vec<(ChannelId, RoleId)>,
    /// Channels that not everybody can view, with every role of people that alone lets somebody view them; those that may manage
    /// the guild are left out.
    pub readers: Vec<(ChannelId, RoleId)>,
}

/// Who reads what is posted in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those whom the guild lets in.
    Chosen,
    /// Everybody in the guild.
    Everybody,
    /// It isn't known: the bot itself may not look at it.
    Hidden,
    /// Nobody of this guild's choosing: it is another guild's, no text channel, or gone.
    Elsewhere,
}

/// Looks at who is in a guild.
#[async_trait]
pub trait Census: Send + Sync {
    /// How large a guild is; `None`: it isn't known.
    ///
    /// # Errors
    /// [`crate::kernel::Error::NotFound`] where the bot is not in it; [`crate::kernel::Error::Unavailable`] when Discord doesn't answer.
    async fn size(&self, guild: GuildId) -> Result<Option<Size>>;

    /// Since when somebody is a member; `None`: he is none, or it isn't known.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when Discord doesn't answer.
    async fn joined_at(&self, guild: GuildId, user: UserId) -> Result<Option<Timestamp>>;

    /// Whether somebody is banned; where the bot may not know, he isn't.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when Discord doesn't answer.
    async fn is_banned(&self, guild: GuildId, user: UserId) -> Result<bool>;
}

/// Looks at channels, roles and permissions.
#[async_trait]
pub trait Inspector: Census {
    /// What there is to know of these channels and roles of a guild.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when Discord doesn't answer.
    async fn look(&self, guild: GuildId, channels: &[ChannelId], roles: &[RoleId]) -> Result<Seen>;

    /// Who in a guild reads a channel, as seen some seconds ago at most.
    ///
    /// # Errors
    /// As [`Inspector::look`].
    async fn audience(&self, guild: GuildId, channel: ChannelId) -> Result<Audience>;

    /// The roles of a guild that are called so; none where no Discord is connected.
    ///
    /// # Errors
    /// As [`Inspector::look`].
    async fn roles_called(&self, _guild: GuildId, _name: &str) -> Result<Vec<RoleId>> {
        Ok(Vec::new())
    }
}

/// Stands where no Discord is connected: sees nothing amiss.
#[derive(Debug, Default)]
pub struct Blind;

#[async_trait]
impl Census for Blind {
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
impl Inspector for Blind {
    async fn look(&self, _: GuildId, _: &[ChannelId], _: &[RoleId]) -> Result<Seen> {
        Ok(Seen::default())
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(Audience::Chosen)
    }
}
