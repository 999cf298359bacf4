//! Messages: the object Discord sends, who may hear of it, and what is hidden from a bot without message content.

use serde_json::{Map, Value, json};

use super::{Attachment, State};
use crate::sandbox::clock::iso;
use crate::sandbox::gateway::{Reach, intents};
use crate::sandbox::json::sid;

/// Only its person sees it.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// "… is thinking".
pub(crate) const LOADING: u64 = 1 << 7;
/// Embeds are hidden.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// No push notification.
pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// The components are the message.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// A message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    /// Discord's message type: 0 plain, 19 reply, 20 slash command, 23 context menu.
    pub(crate) kind: u64,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) created_ms: u64,
    pub(crate) edited_ms: Option<u64>,
    pub(crate) reference: Option<u64>,
    pub(crate) mentions: Vec<u64>,
    pub(crate) mention_roles: Vec<u64>,
    pub(crate) mention_everyone: bool,
    pub(crate) nonce: Option<Value>,
    /// The one person who sees an ephemeral message.
    pub(crate) only_for: Option<u64>,
    /// The application whose interaction made it.
    pub(crate) app: Option<u64>,
    /// The webhook it came from; interactions answer through their application's.
    pub(crate) webhook: Option<u64>,
    /// Discord's `interaction_metadata`.
    pub(crate) metadata: Option<Value>,
    /// Discord's older `interaction`, for slash commands.
    pub(crate) interaction: Option<Value>,
}

impl State {
    /// Discord's message object, whole.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut value = self.bare_message(message);
        if let (Some(reference), Some(map)) = (message.reference, value.as_object_mut()) {
            let guild = self.channels.get(&message.channel).and_then(|c| c.guild);
            let mut link = json!({"type": 0, "channel_id": sid(message.channel), "message_id": sid(reference)});
            if let (Some(guild), Some(link)) = (guild, link.as_object_mut()) {
                link.insert("guild_id".to_owned(), sid(guild));
            }
            map.insert("message_reference".to_owned(), link);
            let original = self.message(message.channel, reference).ok();
            let original = original.map_or(Value::Null, |m| self.bare_message(m));
            map.insert("referenced_message".to_owned(), original);
        }
        value
    }

    fn bare_message(&self, message: &Message) -> Value {
        let ephemeral = message.only_for.is_some();
        let attachments: Vec<Value> =
            message.attachments.iter().filter_map(|a| self.attachment_json(a, ephemeral)).collect();
        let mentions: Vec<Value> = message.mentions.iter().map(|id| self.user_json(*id)).collect();
        let roles: Vec<Value> = message.mention_roles.iter().map(|id| sid(*id)).collect();
        let embeds = if message.flags & SUPPRESS_EMBEDS != 0 { &[] } else { message.embeds.as_slice() };
        let mut value = json!({
            "id": sid(message.id), "channel_id": sid(message.channel), "type": message.kind,
            "content": message.content, "author": self.user_json(message.author), "embeds": embeds,
            "components": message.components, "attachments": attachments, "flags": message.flags,
            "timestamp": iso(message.created_ms), "edited_timestamp": message.edited_ms.map(iso),
            "mentions": mentions, "mention_roles": roles, "mention_everyone": message.mention_everyone,
            "pinned": false, "tts": message.tts,
        });
        if let Some(map) = value.as_object_mut() {
            let mut put = |key: &str, value: Option<Value>| {
                if let Some(value) = value {
                    map.insert(key.to_owned(), value);
                }
            };
            put("nonce", message.nonce.clone());
            put("application_id", message.app.map(sid));
            put("webhook_id", message.webhook.map(sid));
            put("interaction_metadata", message.metadata.clone());
            put("interaction", message.interaction.clone());
        }
        value
    }

    /// Adds what the gateway alone tells of the people mentioned: their membership (Discord, "Message Create").
    fn add_members(&self, message: &mut serde_json::Map<String, Value>, guild: u64) {
        let mentions = message.get_mut("mentions").and_then(Value::as_array_mut);
        for mention in mentions.into_iter().flatten().filter_map(Value::as_object_mut) {
            let user = mention.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let guild = self.guilds.get(&guild);
            let member = user.and_then(|user| guild.and_then(|guild| guild.member(user)));
            if let Some(member) = member {
                mention.insert("member".to_owned(), member.partial());
            }
        }
    }

    /// The message as one bot may read it over REST.
    pub(crate) fn message_for(&self, message: &Message, app: u64) -> Value {
        let value = self.message_json(message);
        let privileged = self.apps.get(&app).is_some_and(|a| a.privileged & intents::MESSAGE_CONTENT != 0);
        if privileged || self.reads_anyway(message, app) { value } else { hollow(value) }
    }

    /// Content a bot reads without the message-content intent: direct messages, its own, and those that mention it.
    fn reads_anyway(&self, message: &Message, app: u64) -> bool {
        let Some(bot) = self.apps.get(&app).map(|a| a.user) else { return false };
        let direct = self.channels.get(&message.channel).is_some_and(|c| c.guild.is_none());
        direct || message.author == bot || message.mentions.contains(&bot)
    }

    /// Tells bots and people that a message appeared or changed.
    pub(crate) fn announce(&mut self, channel: u64, id: u64, fresh: bool) {
        let Ok(message) = self.message(channel, id).cloned() else { return };
        let whole = self.message_json(&message);
        let name = if fresh { "MESSAGE_CREATE" } else { "MESSAGE_UPDATE" };
        self.announce_to_bots(&message, &whole, name);
        let kind = match (message.only_for.is_some(), fresh) {
            (true, true) => "ephemeral_create",
            (true, false) => "ephemeral_update",
            (false, true) => "message_create",
            (false, false) => "message_update",
        };
        let event = json!({"channel_id": sid(channel), "message": whole});
        self.tell_watchers(channel, message.only_for, kind, event);
    }

    fn announce_to_bots(&mut self, message: &Message, whole: &Value, name: &'static str) {
        let guild = self.channels.get(&message.channel).and_then(|c| c.guild);
        let mut whole = whole.clone();
        let reach = match (message.only_for, guild) {
            // An ephemeral message goes to its bot as if it were a direct one.
            (Some(_), _) => Reach { only: message.app, ..Reach::direct(intents::DIRECT_MESSAGES) },
            (None, None) => Reach { channel: Some(message.channel), ..Reach::direct(intents::DIRECT_MESSAGES) },
            (None, Some(guild)) => {
                Reach { channel: Some(message.channel), ..Reach::guild(guild, intents::GUILD_MESSAGES) }
            }
        };
        if let Some(map) = whole.as_object_mut() {
            let kind = self.channels.get(&message.channel).map_or(0, |c| c.kind);
            map.insert("channel_type".to_owned(), json!(kind));
            if let (None, Some(guild)) = (message.only_for, guild) {
                map.insert("guild_id".to_owned(), sid(guild));
                let member = self.guilds.get(&guild).and_then(|g| g.member(message.author));
                if let Some(member) = member {
                    map.insert("member".to_owned(), member.partial());
                }
                self.add_members(map, guild);
            }
        }
        let hearers = self.hearers(&reach);
        let (full, blind): (Vec<_>, Vec<_>) = hearers.into_iter().partition(|hearer| {
            hearer.intents & intents::MESSAGE_CONTENT != 0 || self.reads_anyway(message, hearer.app)
        });
        if !blind.is_empty() {
            self.deliver(&blind, name, &hollow(whole.clone()), false);
        }
        self.deliver(&full, name, &whole, false);
    }

    /// Removes a message and tells everybody.
    pub(crate) fn remove_message(&mut self, channel: u64, id: u64) {
        let Some(gone) = self.messages.get_mut(&channel).and_then(|all| all.remove(&id)) else { return };
        for attachment in &gone.attachments {
            self.blobs.remove(&attachment.id);
        }
        let data = self.deletion(channel, &[id]);
        if gone.only_for.is_none() {
            let reach = self.message_reach(channel);
            self.dispatch(&reach, "MESSAGE_DELETE", &data);
        }
        let event = json!({"channel_id": sid(channel), "id": sid(id)});
        self.tell_watchers(channel, gone.only_for, "message_delete", event);
    }

    /// Removes several messages at once.
    pub(crate) fn remove_messages(&mut self, channel: u64, ids: &[u64]) {
        let Some(all) = self.messages.get_mut(&channel) else { return };
        let gone: Vec<u64> = ids.iter().copied().filter(|id| all.remove(id).is_some()).collect();
        let reach = self.message_reach(channel);
        let data = self.deletion(channel, &gone);
        self.dispatch(&reach, "MESSAGE_DELETE_BULK", &data);
        for id in gone {
            let event = json!({"channel_id": sid(channel), "id": sid(id)});
            self.tell_watchers(channel, None, "message_delete", event);
        }
    }

    fn message_reach(&self, channel: u64) -> Reach {
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        let reach = guild.map_or_else(
            || Reach::direct(intents::DIRECT_MESSAGES),
            |guild| Reach::guild(guild, intents::GUILD_MESSAGES),
        );
        Reach { channel: Some(channel), ..reach }
    }

    fn deletion(&self, channel: u64, ids: &[u64]) -> Value {
        let mut data = Map::new();
        match ids {
            [one] => data.insert("id".to_owned(), sid(*one)),
            many => data.insert("ids".to_owned(), many.iter().map(|id| sid(*id)).collect()),
        };
        data.insert("channel_id".to_owned(), sid(channel));
        if let Some(guild) = self.channels.get(&channel).and_then(|c| c.guild) {
            data.insert("guild_id".to_owned(), sid(guild));
        }
        Value::Object(data)
    }
}

/// The message without what the message-content intent protects.
fn hollow(mut message: Value) -> Value {
    if let Some(map) = message.as_object_mut() {
        map.insert("content".to_owned(), json!(""));
        for key in ["embeds", "attachments", "components"] {
            map.insert(key.to_owned(), json!([]));
        }
        if let Some(original) = map.get("referenced_message").filter(|m| m.is_object()).cloned() {
            map.insert("referenced_message".to_owned(), hollow(original));
        }
    }
    message
}
