//! Making a message: mentions, attachments, the enforced nonce.

use serde_json::{Value, json};

use super::message::EPHEMERAL;
use super::{Attachment, File, Message, State};
use crate::sandbox::json::id;
use crate::sandbox::permissions::MENTION_EVERYONE;

/// What is to be posted; already found valid.
#[derive(Debug, Clone, Default)]
pub(crate) struct Post {
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) files: Vec<File>,
    /// The `attachments` of the body: descriptions of the files.
    pub(crate) described: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) reference: Option<u64>,
    pub(crate) allowed: Allowed,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
}

/// Where a message comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// Discord's message type.
    pub(crate) kind: u64,
    /// The application whose interaction it answers.
    pub(crate) app: Option<u64>,
    pub(crate) metadata: Option<Value>,
    pub(crate) interaction: Option<Value>,
    /// The person of an ephemeral answer.
    pub(crate) person: Option<u64>,
    /// The webhook it comes from; an application's own for answers.
    pub(crate) webhook: Option<u64>,
}

/// Discord's allowed mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) everyone: bool,
    pub(crate) all_roles: bool,
    pub(crate) all_users: bool,
    pub(crate) roles: Vec<u64>,
    pub(crate) users: Vec<u64>,
    pub(crate) replied: bool,
}

impl Default for Allowed {
    fn default() -> Self {
        Self { everyone: true, all_roles: true, all_users: true, roles: Vec::new(), users: Vec::new(), replied: true }
    }
}

/// Whom a text mentions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Named {
    users: Vec<u64>,
    roles: Vec<u64>,
    everyone: bool,
}

impl State {
    /// Puts a message into a channel and tells everybody; a repeated enforced nonce gives the earlier message.
    pub(crate) fn post(&mut self, author: u64, channel: u64, post: Post, origin: Origin) -> u64 {
        let now = self.clock.now_ms();
        self.nonces.forget(now);
        let nonce = post.nonce.as_ref().filter(|_| post.enforce_nonce);
        let key = nonce.map(|nonce| (author, channel, nonce_text(nonce)));
        if let Some(earlier) = key.as_ref().and_then(|key| self.nonces.find(key)) {
            return earlier;
        }
        let message = self.compose(author, channel, post, origin);
        let id = message.id;
        if let Some(key) = key {
            self.nonces.add(now, key, id);
        }
        self.place(message);
        self.announce(channel, id, true);
        id
    }

    /// Puts a message where it belongs, saying nothing.
    fn place(&mut self, message: Message) {
        if let Some(channel) = self.channels.get_mut(&message.channel)
            && message.only_for.is_none()
        {
            channel.last_message = Some(message.id);
            if let Some(thread) = &mut channel.thread {
                thread.messages += 1;
            }
        }
        self.messages.entry(message.channel).or_default().insert(message.id, message);
    }

    fn compose(&mut self, author: u64, channel: u64, post: Post, origin: Origin) -> Message {
        let attachments = self.attach(channel, post.files, &post.described);
        let id = self.clock.snowflake();
        let mut message = Message {
            id,
            channel,
            author,
            kind: if post.reference.is_some() && origin.kind == 0 { 19 } else { origin.kind },
            content: post.content,
            embeds: post.embeds,
            components: post.components,
            attachments,
            flags: post.flags,
            tts: post.tts,
            created_ms: self.clock.now_ms(),
            reference: post.reference,
            nonce: post.nonce,
            only_for: origin.person.filter(|_| post.flags & EPHEMERAL != 0),
            app: origin.app,
            webhook: origin.webhook,
            metadata: origin.metadata,
            interaction: origin.interaction,
            ..Message::default()
        };
        self.settle_embeds(&mut message);
        self.settle_mentions(&mut message, &post.allowed);
        message
    }

    /// Stores new files in the order of their slots.
    pub(crate) fn attach(&mut self, channel: u64, files: Vec<File>, described: &[Value]) -> Vec<Attachment> {
        let describe = |slot: u64| {
            let told = described.iter().find(|value| id(value, "id") == Some(slot));
            told.and_then(|value| value.get("description")).and_then(Value::as_str).map(str::to_owned)
        };
        let mut attachments = Vec::new();
        for file in files {
            let description = describe(file.slot);
            attachments.push(Attachment { id: self.store(channel, file), description });
        }
        attachments
    }

    /// Gives embeds their type and turns `attachment://` into links.
    pub(crate) fn settle_embeds(&self, message: &mut Message) {
        for embed in &mut message.embeds {
            let Some(map) = embed.as_object_mut() else { continue };
            map.insert("type".to_owned(), json!("rich"));
            for key in ["image", "thumbnail"] {
                let named = map.get(key).and_then(|i| i.get("url")).and_then(Value::as_str);
                let Some(name) = named.and_then(|url| url.strip_prefix("attachment://")) else { continue };
                let blob = message
                    .attachments
                    .iter()
                    .find_map(|a| self.blobs.get(&a.id).filter(|b| b.filename == name).map(|blob| (a.id, blob)));
                if let Some((id, blob)) = blob {
                    let url = self.link(id, blob);
                    map.insert(key.to_owned(), json!({"url": url, "proxy_url": url, "width": 64, "height": 64}));
                }
            }
        }
    }

    /// Finds the mentions that both the text and the allowed mentions name.
    pub(crate) fn settle_mentions(&self, message: &mut Message, allowed: &Allowed) {
        let named = named_in(&message.content);
        let channel = self.channels.get(&message.channel);
        let may_everyone = channel.is_some_and(|c| self.permissions(c, message.author) & MENTION_EVERYONE != 0);
        let guild = channel.and_then(|c| c.guild).and_then(|id| self.guilds.get(&id));
        message.mentions = named
            .users
            .into_iter()
            .filter(|id| self.users.contains_key(id))
            .filter(|id| allowed.all_users || allowed.users.contains(id))
            .collect();
        message.mention_roles = named
            .roles
            .into_iter()
            .filter(|id| allowed.all_roles || allowed.roles.contains(id))
            .filter(|id| {
                let role = guild.and_then(|g| g.roles.get(id));
                role.is_some_and(|r| r.mentionable || may_everyone)
            })
            .collect();
        message.mention_everyone = named.everyone && allowed.everyone && may_everyone;
        let replied = message.reference.and_then(|id| self.message(message.channel, id).ok());
        if let Some(original) = replied.filter(|_| allowed.replied)
            && !message.mentions.contains(&original.author)
        {
            message.mentions.push(original.author);
        }
    }
}

fn nonce_text(nonce: &Value) -> String {
    nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)
}

/// Reads `<@1>`, `<@!1>`, `<@&1>`, `@everyone` and `@here`; code blocks are not looked at.
fn named_in(content: &str) -> Named {
    let mut named = Named { everyone: content.contains("@everyone") || content.contains("@here"), ..Named::default() };
    for piece in content.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else { continue };
        let (list, digits) = match inside.strip_prefix('&') {
            Some(digits) => (&mut named.roles, digits),
            None => (&mut named.users, inside.trim_start_matches('!')),
        };
        if let Ok(id) = digits.parse()
            && !list.contains(&id)
        {
            list.push(id);
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_read_from_the_text() {
        let named = named_in("salut <@12> et <@!13>, <@&7> <@12> @everyone <@x>");
        assert_eq!(named, Named { users: vec![12, 13], roles: vec![7], everyone: true });
    }
}
