//! Looks for commands among the messages that no session told, and hands them in as if one had.
//!
//! A message read over REST lacks its guild and its author's roles; both are put into it, so that from here on it is one like
//! any other. Who left meanwhile isn't answered. Where the bot may not read, nothing was asked of it.

use super::Inbound;
use crate::commands::text::{self, Read};
use crate::discord::calm::calmly;
use crate::discord::fault::Fault;
use crate::discord::gateway::{Asked, Handling, Intake, Missed};
use serde_json::Value;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;
use twilight_http::response::ResponseFuture;
use twilight_model::channel::Message;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

/// How many guilds are read at once: people who ask now come first.
pub(super) const READERS: usize = 2;
/// Messages in one reading (Discord's most), and readings of one channel: a flood of chatter must not hide a command, and must
/// not keep the other channels waiting for ever.
const PAGE: u16 = 100;
const PAGES: usize = 50;
/// Waiting times between attempts to read.
const AGAIN: [Duration; 4] =
    [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(10), Duration::from_secs(30)];

impl Inbound {
    /// Finds and takes the commands that were missed in a guild, the oldest first; the event that told of the guild is under way
    /// until all are carried out.
    pub(super) async fn look_for(self: &Arc<Self>, missed: Missed, event: Handling) {
        // The semaphore is never closed.
        let _permit = self.readers.acquire().await.ok();
        let mut found = Vec::new();
        for (channel, newest) in &missed.channels {
            found.extend(self.commands_in(*channel, missed.after, *newest).await);
        }
        found.retain(|(id, _)| !missed.typed.knows(*id));
        found.sort_unstable_by_key(|(id, _)| *id);
        let mut members = HashMap::new();
        for (id, mut message) in found {
            let handling = event.found(missed.typed.begin(id));
            if self.complete(&mut message, missed.guild, &mut members).await
                && let Ok(message) = serde_json::from_value::<Box<Message>>(message)
            {
                self.discord.counters().caught_up.add();
                self.clone().take(Asked::Typed(message), handling);
            }
        }
    }

    /// The commands in a channel from behind `after` to `newest`, with their ids.
    async fn commands_in(&self, channel: Id<ChannelMarker>, after: u64, newest: u64) -> Vec<(u64, Value)> {
        let mut found = Vec::new();
        let mut after = after;
        for _ in 0..PAGES {
            let Some(start) = Id::new_checked(after) else { return found };
            let reading = || self.discord.http().channel_messages(channel).after(start).limit(PAGE);
            let page = match read(reading).await {
                Reading::Told(Value::Array(page)) => page,
                Reading::Told(_) | Reading::Refused => return found,
                Reading::Failed => break,
            };
            let full = page.len() >= usize::from(PAGE);
            let page: Vec<(u64, Value)> =
                page.into_iter().filter_map(|message| Some((id(&message)?, message))).collect();
            after = page.iter().map(|(id, _)| *id).max().unwrap_or(newest);
            // What is newer comes from the session that has begun.
            found.extend(page.into_iter().filter(|(id, message)| *id <= newest && self.is_command(message)));
            if !full || after >= newest {
                return found;
            }
        }
        self.discord.counters().given_up.add();
        tracing::warn!(
            %channel, pages = PAGES, found = found.len(),
            "a channel was not read to the end of what was missed: it was too much, or could not be read; commands may be lost"
        );
        found
    }

    fn is_command(&self, message: &Value) -> bool {
        let by_person = message.pointer("/author/bot").and_then(Value::as_bool) != Some(true)
            && message.get("webhook_id").is_none_or(Value::is_null);
        let content = message.get("content").and_then(Value::as_str).unwrap_or_default();
        by_person && !matches!(text::read(content, &self.specs, &self.app.words), Read::Nothing)
    }

    /// Puts into a message what the gateway would have told with it; `false` when its author isn't there any more, or can't
    /// be learnt of.
    async fn complete(&self, message: &mut Value, guild: Id<GuildMarker>, known: &mut Members) -> bool {
        let author = message.get("author").and_then(id).and_then(Id::new_checked);
        let Some(author) = author else { return false };
        let Some(member) = self.member(guild, author, known).await else { return false };
        if let Some(mentions) = message.get_mut("mentions").and_then(Value::as_array_mut) {
            for mention in mentions {
                let Some(user) = id(mention).and_then(Id::new_checked) else { continue };
                if let (Some(member), Some(fields)) = (self.member(guild, user, known).await, mention.as_object_mut()) {
                    fields.insert("member".to_owned(), member);
                }
            }
        }
        let Some(fields) = message.as_object_mut() else { return false };
        fields.insert("guild_id".to_owned(), Value::String(guild.to_string()));
        fields.insert("member".to_owned(), member);
        true
    }

    async fn member(&self, guild: Id<GuildMarker>, user: Id<UserMarker>, known: &mut Members) -> Option<Value> {
        match known.entry(user) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(place) => {
                let asking = || self.discord.http().guild_member(guild, user);
                place.insert(read(asking).await.told()).clone()
            }
        }
    }
}

/// Members that were asked for; `None` for those who aren't there.
type Members = HashMap<Id<UserMarker>, Option<Value>>;

/// The id of a thing in Discord's JSON.
fn id(thing: &Value) -> Option<u64> {
    thing.get("id")?.as_str()?.parse().ok()
}

/// How a question ended.
enum Reading {
    Told(Value),
    /// Discord refuses it: nothing was asked of the bot there.
    Refused,
    /// No answer came in time.
    Failed,
}

impl Reading {
    fn told(self) -> Option<Value> {
        match self {
            Self::Told(value) => Some(value),
            Self::Refused | Self::Failed => None,
        }
    }
}

/// Asks until there is an answer.
async fn read<T: Unpin, R: IntoFuture<IntoFuture = ResponseFuture<T>>>(request: impl Fn() -> R) -> Reading {
    let mut pauses = AGAIN.into_iter();
    loop {
        let fault = match calmly(request()).await {
            Ok(response) => match response.bytes().await.map(|body| serde_json::from_slice(&body)) {
                Ok(Ok(value)) => return Reading::Told(value),
                Ok(Err(_)) | Err(_) => Fault::Unreachable,
            },
            Err(error) => Fault::of(&error),
        };
        // Refusals are the rule where the bot may not look, and for who left.
        let pause = if fault.may_pass() { pauses.next() } else { return Reading::Refused };
        let Some(pause) = pause else {
            tracing::warn!(%fault, "what was missed could not be read; commands may be lost");
            return Reading::Failed;
        };
        tokio::time::sleep(pause).await;
    }
}
