//! Everything the sandbox knows, behind one lock: guilds, people, messages, interactions, sessions.
//!
//! Methods here change the state and tell whoever must hear of it; they decide nothing about HTTP.

mod attachment;
mod channel;
mod edit;
mod guild;
pub(crate) mod interaction;
mod membership;
pub(crate) mod message;
mod nonces;
mod post;
mod user;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

pub(crate) use attachment::{Attachment, Blob, File};
pub(crate) use channel::{Channel, Overwrite, Thread};
pub(crate) use edit::Edit;
pub(crate) use guild::{Guild, Member, Role};
pub(crate) use interaction::{Interaction, Kind, Phase};
pub(crate) use message::Message;
pub(crate) use nonces::Nonces;
pub(crate) use post::{Allowed, Origin, Post};
pub(crate) use user::{App, User};

use super::clock::Clock;
use super::gateway::Sessions;
use super::person::Feeds;
use super::refusal::Refusal;

/// The whole local Discord.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    /// `http://127.0.0.1:PORT`.
    pub(crate) base: String,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) apps: BTreeMap<u64, App>,
    pub(crate) messages: HashMap<u64, BTreeMap<u64, Message>>,
    pub(crate) blobs: HashMap<u64, Blob>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    pub(crate) tokens: HashMap<String, u64>,
    pub(crate) sessions: Sessions,
    pub(crate) feeds: Feeds,
    pub(crate) nonces: Nonces,
}

impl State {
    /// The guild, or Discord's refusal.
    pub(crate) fn guild(&self, id: u64) -> Result<&Guild, Refusal> {
        self.guilds.get(&id).ok_or(Refusal::UNKNOWN_GUILD)
    }

    /// The guild to change, or Discord's refusal.
    pub(crate) fn guild_mut(&mut self, id: u64) -> Result<&mut Guild, Refusal> {
        self.guilds.get_mut(&id).ok_or(Refusal::UNKNOWN_GUILD)
    }

    /// The channel, or Discord's refusal.
    pub(crate) fn channel(&self, id: u64) -> Result<&Channel, Refusal> {
        self.channels.get(&id).ok_or(Refusal::UNKNOWN_CHANNEL)
    }

    /// The message, or Discord's refusal.
    pub(crate) fn message(&self, channel: u64, id: u64) -> Result<&Message, Refusal> {
        self.messages.get(&channel).and_then(|all| all.get(&id)).ok_or(Refusal::UNKNOWN_MESSAGE)
    }

    /// The message to change, or Discord's refusal.
    pub(crate) fn message_mut(&mut self, channel: u64, id: u64) -> Result<&mut Message, Refusal> {
        let found = self.messages.get_mut(&channel).and_then(|all| all.get_mut(&id));
        found.ok_or(Refusal::UNKNOWN_MESSAGE)
    }

    /// The application, which is there for every authenticated call.
    pub(crate) fn app(&self, id: u64) -> Result<&App, Refusal> {
        self.apps.get(&id).ok_or(Refusal::UNAUTHORIZED)
    }

    /// The user object of an id; an id nobody has becomes a deleted user.
    pub(crate) fn user_json(&self, id: u64) -> Value {
        self.users.get(&id).map_or_else(|| user::deleted(id), User::json)
    }

    /// Present users whom the application shares a guild with.
    pub(crate) fn shares_guild(&self, one: u64, other: u64) -> bool {
        self.guilds.values().any(|g| g.member(one).is_some() && g.member(other).is_some())
    }
}
