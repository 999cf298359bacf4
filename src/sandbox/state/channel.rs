//! Channels, threads and direct messages.

use serde_json::{Value, json};

use super::State;
use crate::sandbox::clock::iso;
use crate::sandbox::json::{count, sid};

/// A direct message between two users.
pub(crate) const DIRECT: u64 = 1;

/// A channel of any kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    /// Discord's channel type.
    pub(crate) kind: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) position: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) overwrites: Vec<Overwrite>,
    /// The two users of a direct message.
    pub(crate) recipients: Vec<u64>,
    pub(crate) last_message: Option<u64>,
    pub(crate) thread: Option<Thread>,
}

/// A permission overwrite of a role or a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Overwrite {
    pub(crate) id: u64,
    pub(crate) role: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// What a thread has beyond a channel.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thread {
    pub(crate) owner: u64,
    pub(crate) members: Vec<u64>,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) invitable: bool,
    pub(crate) auto_archive: u64,
    pub(crate) changed_ms: u64,
    pub(crate) created_ms: u64,
    pub(crate) messages: u64,
}

impl Overwrite {
    /// Discord's overwrite object.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": sid(self.id), "type": u64::from(!self.role),
            "allow": self.allow.to_string(), "deny": self.deny.to_string(),
        })
    }
}

impl State {
    /// Discord's channel object.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let last = channel.last_message.map_or(Value::Null, sid);
        if channel.kind == DIRECT {
            let bot = channel.recipients.iter().find(|id| self.users.get(id).is_some_and(|u| u.bot));
            let people = channel.recipients.iter().filter(|id| Some(*id) != bot);
            let recipients: Vec<Value> = people.map(|id| self.user_json(*id)).collect();
            return json!({
                "id": sid(channel.id), "type": DIRECT, "last_message_id": last, "flags": 0, "recipients": recipients,
            });
        }
        let overwrites: Vec<Value> = channel.overwrites.iter().map(Overwrite::json).collect();
        let mut value = json!({
            "id": sid(channel.id), "type": channel.kind, "name": channel.name, "last_message_id": last,
            "guild_id": channel.guild.map(sid), "parent_id": channel.parent.map(sid), "flags": 0,
        });
        let more = match &channel.thread {
            Some(thread) => json!({
                "owner_id": sid(thread.owner), "rate_limit_per_user": 0, "message_count": thread.messages,
                "total_message_sent": thread.messages, "member_count": count(thread.members.len()),
                "thread_metadata": thread.json(channel.kind),
            }),
            None => json!({
                "topic": channel.topic, "position": channel.position, "permission_overwrites": overwrites,
                "nsfw": false, "rate_limit_per_user": 0,
            }),
        };
        if let (Some(map), Value::Object(more)) = (value.as_object_mut(), more) {
            map.extend(more);
        }
        value
    }

    /// The direct message channel of two users, opened when it isn't there.
    pub(crate) fn direct(&mut self, one: u64, other: u64) -> u64 {
        let id = direct_id(one, other);
        self.channels.entry(id).or_insert_with(|| Channel {
            id,
            kind: DIRECT,
            recipients: vec![one, other],
            ..Channel::default()
        });
        id
    }
}

impl Thread {
    fn json(&self, kind: u64) -> Value {
        let mut value = json!({
            "archived": self.archived, "auto_archive_duration": self.auto_archive,
            "archive_timestamp": iso(self.changed_ms), "locked": self.locked,
            "create_timestamp": iso(self.created_ms),
        });
        if let (12, Some(map)) = (kind, value.as_object_mut()) {
            map.insert("invitable".to_owned(), json!(self.invitable));
        }
        value
    }
}

/// The same two users always have the same channel, also in the sandbox's next life.
fn direct_id(one: u64, other: u64) -> u64 {
    let (low, high) = (one.min(other), one.max(other));
    crate::sandbox::world::stable_id(&format!("dm/{low}/{high}"))
}
