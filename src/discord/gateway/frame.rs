//! Reads frames of the gateway into what the program acts on. Everything else is passed over unread.
//!
//! Messages are glanced at first: only those that begin like a command are read whole, so chatter costs little.

use crate::discord::rights::{Change, GuildSeen, RoleSeen};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use twilight_model::application::interaction::Interaction;
use twilight_model::channel::Message;
use twilight_model::gateway::event::GatewayEventDeserializer;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker};

/// What a frame says.
#[derive(Debug)]
pub(super) enum Said {
    /// Nothing that concerns this program.
    Other,
    /// A session began.
    Ready,
    /// A session was taken up again.
    Resumed,
    /// Something about guilds and roles.
    Guilds(Change),
    /// Somebody asks for something.
    Asked(Asked),
}

/// Somebody asks for something.
#[derive(Debug)]
pub(in crate::discord) enum Asked {
    /// By a typed message.
    Typed(Box<Message>),
    /// By a slash command, a button or a form.
    Interaction(Box<Interaction>),
}

/// A frame's envelope.
#[derive(Debug)]
pub(super) struct Envelope<'a> {
    /// Number of the event within the session.
    pub(super) sequence: Option<u64>,
    /// Name of the event.
    pub(super) name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Frame<T> {
    d: T,
}

#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    content: Cow<'a, str>,
    author: Author,
    webhook_id: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    bot: bool,
}

#[derive(Deserialize)]
struct RoleChanged {
    guild_id: Id<GuildMarker>,
    role: RoleSeen,
}

#[derive(Deserialize)]
struct RoleRemoved {
    guild_id: Id<GuildMarker>,
    role_id: Id<RoleMarker>,
}

#[derive(Deserialize)]
struct GuildRemoved {
    id: Id<GuildMarker>,
    #[serde(default)]
    unavailable: bool,
}

/// The envelope of an event; `None` for frames that are no event.
pub(super) fn envelope(text: &str) -> Option<Envelope<'_>> {
    let (op, sequence, name) = GatewayEventDeserializer::from_json(text)?.into_parts();
    (op == 0).then_some(Envelope { sequence, name: name? })
}

/// Reads an event.
///
/// # Errors
/// When an event that concerns this program doesn't have the shape that it should.
pub(super) fn read(name: &str, text: &str) -> serde_json::Result<Said> {
    Ok(match name {
        "READY" => Said::Ready,
        "RESUMED" => Said::Resumed,
        "MESSAGE_CREATE" => {
            let glance = serde_json::from_str::<Frame<Glance<'_>>>(text)?.d;
            let by_person = !glance.author.bot && glance.webhook_id.is_none();
            if !by_person || !glance.content.trim_start().starts_with('!') {
                return Ok(Said::Other);
            }
            Said::Asked(Asked::Typed(serde_json::from_str::<Frame<Box<Message>>>(text)?.d))
        }
        "INTERACTION_CREATE" => {
            Said::Asked(Asked::Interaction(serde_json::from_str::<Frame<Box<Interaction>>>(text)?.d))
        }
        "GUILD_CREATE" | "GUILD_UPDATE" => {
            Said::Guilds(Change::Guild(serde_json::from_str::<Frame<GuildSeen>>(text)?.d))
        }
        "GUILD_DELETE" => {
            let removed = serde_json::from_str::<Frame<GuildRemoved>>(text)?.d;
            // An outage of Discord's: the guild comes back as it was.
            if removed.unavailable { Said::Other } else { Said::Guilds(Change::Gone(removed.id)) }
        }
        "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" => {
            let changed = serde_json::from_str::<Frame<RoleChanged>>(text)?.d;
            Said::Guilds(Change::Role(changed.guild_id, changed.role))
        }
        "GUILD_ROLE_DELETE" => {
            let removed = serde_json::from_str::<Frame<RoleRemoved>>(text)?.d;
            Said::Guilds(Change::RoleGone(removed.guild_id, removed.role_id))
        }
        _ => {
            // What we don't act on is still checked to be JSON: a broken line is worth knowing.
            serde_json::from_str::<IgnoredAny>(text)?;
            Said::Other
        }
    })
}
