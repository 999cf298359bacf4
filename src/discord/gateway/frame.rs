//! Reads frames of the gateway into what the program acts on. Everything else is passed over unread.
//!
//! Messages are glanced at first: only those that begin like a command, or come as direct messages, are read whole, so chatter
//! costs little.

use crate::discord::rights::{Change, GuildSeen, RoleSeen};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use twilight_model::application::interaction::Interaction;
use twilight_model::channel::{ChannelType, Message};
use twilight_model::gateway::event::GatewayEventDeserializer;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

/// What a frame says.
#[derive(Debug)]
pub(super) enum Said {
    /// Nothing that concerns this program.
    Other,
    /// A session began; the guilds that will be told of.
    Ready(Vec<Id<GuildMarker>>),
    /// A session was taken up again.
    Resumed,
    /// Something about guilds and roles.
    Guilds(Change),
    /// A channel of a guild is changed or gone.
    Channel(Id<GuildMarker>),
    /// Something about a member.
    Member(Told),
    /// A guild that is there, and where people wrote in it.
    Guild(Change, Written),
    /// A message that asks for nothing, by its id.
    Passed(u64),
    /// Somebody asks for something.
    Asked(Asked),
}

/// The channels and threads of a guild that may hold typed commands.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) guild: Id<GuildMarker>,
    /// Each with its newest message.
    pub(super) newest: Vec<(Id<ChannelMarker>, u64)>,
}

/// What was told of members and roles.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::discord) enum Told {
    /// A guild's roles changed; one of them may be gone.
    Roles(Id<GuildMarker>, Option<Id<RoleMarker>>),
    /// These are all roles of a guild: what was deleted while nothing was heard is not among them.
    There(Id<GuildMarker>, Vec<Id<RoleMarker>>),
    /// A role of a guild is new or changed.
    Role(Id<GuildMarker>, Id<RoleMarker>),
    /// A member holds these roles; or he came or left just now.
    Member {
        /// The guild.
        guild: Id<GuildMarker>,
        /// The member.
        user: Id<UserMarker>,
        /// His roles.
        roles: Vec<Id<RoleMarker>>,
        /// Whether he came or left.
        anew: bool,
    },
}

/// Somebody asks for something.
#[derive(Debug)]
pub(in crate::discord) enum Asked {
    /// By a typed message.
    Typed(Box<Message>),
    /// By a slash command, a button or a form.
    Interaction(Box<Interaction>),
}

impl Asked {
    /// The id of the message, where it is one.
    pub(super) fn message(&self) -> Option<u64> {
        match self {
            Self::Typed(message) => Some(message.id.get()),
            Self::Interaction(_) => None,
        }
    }
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
    id: Id<MessageMarker>,
    #[serde(borrow)]
    content: Cow<'a, str>,
    author: Author,
    webhook_id: Option<IgnoredAny>,
    // Missing from direct messages.
    guild_id: Option<IgnoredAny>,
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
struct ChannelChanged {
    // Missing from direct messages.
    guild_id: Option<Id<GuildMarker>>,
}

#[derive(Deserialize)]
struct MemberSeen {
    guild_id: Id<GuildMarker>,
    user: Person,
    // Missing from one who left.
    #[serde(default)]
    roles: Vec<Id<RoleMarker>>,
}

#[derive(Deserialize)]
struct Person {
    id: Id<UserMarker>,
}

#[derive(Deserialize)]
struct GuildRemoved {
    id: Id<GuildMarker>,
    #[serde(default)]
    unavailable: bool,
}

#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    guilds: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: Id<GuildMarker>,
}

#[derive(Deserialize)]
struct GuildPlaces {
    id: Id<GuildMarker>,
    // All are missing from a guild that is unavailable.
    #[serde(default)]
    channels: Vec<Place>,
    #[serde(default)]
    threads: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    id: Id<ChannelMarker>,
    #[serde(rename = "type")]
    kind: ChannelType,
    last_message_id: Option<Id<MessageMarker>>,
}

impl GuildPlaces {
    fn written(self) -> Written {
        // A forum's newest "message" is a thread, and a category has none.
        let holds_messages =
            |kind| !matches!(kind, ChannelType::GuildForum | ChannelType::GuildMedia | ChannelType::GuildCategory);
        let places = self.channels.into_iter().chain(self.threads).filter(|place| holds_messages(place.kind));
        let newest = places.filter_map(|place| Some((place.id, place.last_message_id?.get()))).collect();
        Written { guild: self.id, newest }
    }
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
        "READY" => {
            let begun = serde_json::from_str::<Frame<Begun>>(text)?.d;
            Said::Ready(begun.guilds.into_iter().map(|guild| guild.id).collect())
        }
        "RESUMED" => Said::Resumed,
        "MESSAGE_CREATE" => {
            let glance = serde_json::from_str::<Frame<Glance<'_>>>(text)?.d;
            let by_person = !glance.author.bot && glance.webhook_id.is_none();
            let calls = glance.content.contains("<@");
            let asks = glance.guild_id.is_none() || calls || glance.content.trim_start().starts_with('!');
            if !by_person || !asks {
                return Ok(Said::Passed(glance.id.get()));
            }
            Said::Asked(Asked::Typed(serde_json::from_str::<Frame<Box<Message>>>(text)?.d))
        }
        "INTERACTION_CREATE" => {
            Said::Asked(Asked::Interaction(serde_json::from_str::<Frame<Box<Interaction>>>(text)?.d))
        }
        "GUILD_CREATE" => {
            let places = serde_json::from_str::<Frame<GuildPlaces>>(text)?.d;
            let seen = serde_json::from_str::<Frame<GuildSeen>>(text)?.d;
            Said::Guild(Change::Guild(seen), places.written())
        }
        "GUILD_UPDATE" => Said::Guilds(Change::Guild(serde_json::from_str::<Frame<GuildSeen>>(text)?.d)),
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
        "CHANNEL_UPDATE" | "CHANNEL_DELETE" => {
            serde_json::from_str::<Frame<ChannelChanged>>(text)?.d.guild_id.map_or(Said::Other, Said::Channel)
        }
        "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE" => {
            let MemberSeen { guild_id: guild, user, roles } = serde_json::from_str::<Frame<MemberSeen>>(text)?.d;
            Said::Member(Told::Member { guild, user: user.id, roles, anew: name != "GUILD_MEMBER_UPDATE" })
        }
        _ => {
            // What we don't act on is still checked to be JSON: a broken line is worth knowing.
            serde_json::from_str::<IgnoredAny>(text)?;
            Said::Other
        }
    })
}
