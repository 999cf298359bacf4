//! What the notifications need from outside: someone who carries them.

use crate::kernel::reply::Reply;
use crate::kernel::{ChannelId, MessageId, UserId};
use async_trait::async_trait;
use std::time::Duration;

/// Why something was not delivered. Discord's JSON error codes stand in brackets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The person's direct messages are shut, or we share no guild (50007, 50278).
    #[error("direct messages are shut")]
    DmShut,
    /// The bot can't see the channel (50001).
    #[error("no access to the channel")]
    NoAccess,
    /// The bot lacks a permission there (50013).
    #[error("missing permission")]
    NoPermission,
    /// The channel or message is gone (10003, 10008).
    #[error("gone")]
    Gone,
    /// It may work later: outage, rate limit, network.
    #[error("try again later")]
    Later(Option<Duration>),
    /// It can't ever work; the code says why.
    #[error("refused: {0}")]
    Refused(u64),
    /// The bytes are larger than allowed.
    #[error("too large")]
    TooLarge,
}

/// Carries replies to where people read them.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Posts in a channel. The same `nonce` (at most 25 characters) within minutes gives the same message, not another.
    async fn post(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId, Undelivered>;

    /// Replaces the content of a message of ours.
    async fn edit(&self, channel: ChannelId, message: MessageId, reply: &Reply) -> Result<(), Undelivered>;

    /// Posts in the direct messages of a person, with `nonce` as in [`Courier::post`].
    async fn tell(&self, user: UserId, reply: &Reply, nonce: &str) -> Result<MessageId, Undelivered>;

    /// Deletes a message, ours or another's. One that isn't there any more is [`Undelivered::Gone`]. Where a person asked for it,
    /// one that he neither wrote nor is called in by us stays: [`Undelivered::NoPermission`].
    async fn remove(&self, channel: ChannelId, message: MessageId, asked: Option<UserId>) -> Result<(), Undelivered>;

    /// Looks among the newest 100 messages of a channel for one of ours that holds a button of this action.
    async fn find(&self, channel: ChannelId, action: &str) -> Result<Option<MessageId>, Undelivered>;

    /// Looks whether a message of ours is where it was posted: one that isn't, or whose channel isn't, is [`Undelivered::Gone`].
    async fn stands(&self, _channel: ChannelId, _message: MessageId) -> Result<(), Undelivered> {
        Err(Undelivered::Later(None))
    }

    /// Fetches an attachment of at most `max` bytes.
    async fn fetch(&self, url: &str, max: u64) -> Result<Vec<u8>, Undelivered>;
}

/// Stands where no Discord is connected: everything may work later.
#[derive(Debug, Default)]
pub struct Unwired;

#[async_trait]
impl Courier for Unwired {
    async fn post(&self, _: ChannelId, _: &Reply, _: &str) -> Result<MessageId, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn edit(&self, _: ChannelId, _: MessageId, _: &Reply) -> Result<(), Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn tell(&self, _: UserId, _: &Reply, _: &str) -> Result<MessageId, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn remove(&self, _: ChannelId, _: MessageId, _: Option<UserId>) -> Result<(), Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn find(&self, _: ChannelId, _: &str) -> Result<Option<MessageId>, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, Undelivered> {
        Err(Undelivered::Later(None))
    }
}
