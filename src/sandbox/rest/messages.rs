//! Messages of a channel.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use super::channels::within;
use crate::sandbox::clock::moment_of;
use crate::sandbox::json::{as_id, id, list};
use crate::sandbox::limits;
use crate::sandbox::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, MANAGE_THREADS, READ_MESSAGE_HISTORY, SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::message::{COMPONENTS_V2, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS};
use crate::sandbox::state::{Channel, Origin, Post, State};

/// Messages older than this are not deleted in bulk.
const BULK_AGE_MS: u64 = 14 * 24 * 3600 * 1000;

pub(crate) fn list_page(state: &State, call: &Call, channel: u64) -> Vec<Value> {
    let limit = call.query::<usize>("limit").unwrap_or(50);
    let Some(all) = state.messages.get(&channel) else { return Vec::new() };
    let visible = |id: &&u64| all.get(id).is_some_and(|message| message.only_for.is_none());
    let ids: Vec<u64> = if let Some(around) = call.query::<u64>("around") {
        let mut ids: Vec<u64> = all.range(..=around).rev().map(|(id, _)| *id).take(limit / 2 + 1).collect();
        ids.reverse();
        ids.extend(all.range(around + 1..).map(|(id, _)| *id).take(limit / 2));
        ids.reverse();
        ids
    } else if let Some(after) = call.query::<u64>("after") {
        let later = all.range(after.saturating_add(1)..).map(|(id, _)| id).filter(visible);
        let mut ids: Vec<u64> = later.copied().take(limit).collect();
        ids.reverse();
        ids
    } else {
        let before = call.query::<u64>("before").unwrap_or(u64::MAX);
        all.range(..before).rev().map(|(id, _)| id).filter(visible).copied().take(limit).collect()
    };
    let kept = ids.iter().filter(visible).filter_map(|id| all.get(id));
    kept.map(|message| state.message_for(message, call.app)).collect()
}

pub(crate) fn list_messages(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    if !(1..=100).contains(&call.query::<i64>("limit").unwrap_or(50)) {
        return Err(invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    }
    if bits & READ_MESSAGE_HISTORY == 0 {
        return Answer::ok(Value::Array(Vec::new()));
    }
    Answer::ok(Value::Array(list_page(state, call, channel.id)))
}

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    if bits & READ_MESSAGE_HISTORY == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let message = state.message(channel.id, call.id(1)?)?;
    if message.only_for.is_some() {
        return Err(Refusal::UNKNOWN_MESSAGE);
    }
    Answer::ok(state.message_for(message, call.app))
}

pub(crate) fn create(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let channel_id = channel.id;
    may_send(state, channel, bot, bits)?;
    let files = std::mem::take(&mut call.files);
    let mut post = limits::post(&call.body, files, SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2)?;
    may_carry(&post, bits)?;
    post.reference = reference(state, call, channel_id, bits)?;
    unarchive(state, channel_id);
    let id = state.post(bot, channel_id, post, Origin::default());
    Answer::ok(state.message_json(state.message(channel_id, id)?))
}

/// Whether somebody may write in a channel.
pub(crate) fn may_send(state: &State, channel: &Channel, author: u64, bits: u64) -> Result<(), Refusal> {
    if matches!(channel.kind, 4 | 15) {
        return Err(Refusal::NOT_A_TEXT_CHANNEL);
    }
    if channel.guild.is_none() {
        let other = channel.recipients.iter().copied().find(|user| *user != author);
        let other = other.and_then(|user| state.users.get(&user)).ok_or(Refusal::UNKNOWN_CHANNEL)?;
        let open = other.bot || other.dms_open;
        let met = state.shares_guild(author, other.id);
        return if open && met { Ok(()) } else { Err(Refusal::CANNOT_MESSAGE_USER) };
    }
    let needed = if channel.thread.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    if bits & needed == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let locked = channel.thread.as_ref().is_some_and(|thread| thread.locked);
    if locked && bits & MANAGE_THREADS == 0 { Err(Refusal::THREAD_ARCHIVED) } else { Ok(()) }
}

/// Embeds and files need their permissions.
pub(crate) fn may_carry(post: &Post, bits: u64) -> Result<(), Refusal> {
    let embeds = !post.embeds.is_empty() && bits & EMBED_LINKS == 0;
    let files = !post.files.is_empty() && bits & ATTACH_FILES == 0;
    if embeds || files { Err(Refusal::MISSING_PERMISSIONS) } else { Ok(()) }
}

/// A message in an archived thread opens it again.
pub(crate) fn unarchive(state: &mut State, channel: u64) {
    let thread = state.channels.get_mut(&channel).and_then(|c| c.thread.as_mut());
    if let Some(thread) = thread.filter(|thread| thread.archived) {
        thread.archived = false;
        state.dispatch_channel(channel, "THREAD_UPDATE");
    }
}

fn reference(state: &State, call: &Call, channel: u64, bits: u64) -> Result<Option<u64>, Refusal> {
    let Some(given) = call.body.get("message_reference").filter(|given| !given.is_null()) else {
        return Ok(None);
    };
    let wanted = id(given, "message_id").unwrap_or(0);
    if bits & READ_MESSAGE_HISTORY == 0 {
        return Err(Refusal::NO_HISTORY);
    }
    let found = state.message(channel, wanted).is_ok_and(|message| message.only_for.is_none());
    let strict = given.get("fail_if_not_exists").and_then(Value::as_bool).unwrap_or(true);
    match (found, strict) {
        (true, _) => Ok(Some(wanted)),
        (false, true) => Err(invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")),
        (false, false) => Ok(None),
    }
}

pub(crate) fn edit(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let (channel, wanted) = (channel.id, call.id(1)?);
    let message = state.message(channel, wanted)?;
    if message.only_for.is_some() {
        return Err(Refusal::UNKNOWN_MESSAGE);
    }
    let only_suppress = call.body.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("flags"));
    if message.author != bot && !(only_suppress && bits & MANAGE_MESSAGES != 0) {
        return Err(Refusal::NOT_THE_AUTHOR);
    }
    let layout = message.flags & COMPONENTS_V2 != 0;
    let change = limits::edit(&call.body, std::mem::take(&mut call.files), layout)?;
    state.edit(channel, wanted, change)?;
    Answer::ok(state.message_json(state.message(channel, wanted)?))
}

pub(crate) fn delete(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let (channel, direct, wanted) = (channel.id, channel.guild.is_none(), call.id(1)?);
    let message = state.message(channel, wanted)?;
    if message.only_for.is_some() {
        return Err(Refusal::UNKNOWN_MESSAGE);
    }
    if message.author != bot {
        if direct {
            return Err(Refusal::DIRECT_ONLY_OWN);
        }
        if bits & MANAGE_MESSAGES == 0 {
            return Err(Refusal::MISSING_PERMISSIONS);
        }
    }
    state.remove_message(channel, wanted);
    Answer::empty()
}

pub(crate) fn bulk_delete(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, _) = within(state, call, VIEW_CHANNEL | MANAGE_MESSAGES)?;
    if channel.guild.is_none() {
        return Err(Refusal::DIRECT_ONLY_OWN);
    }
    let channel = channel.id;
    let ids: Vec<u64> = list(&call.body, "messages").iter().filter_map(as_id).collect();
    if !(2..=100).contains(&ids.len()) {
        return Err(Refusal::new(
            400,
            50016,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.",
        ));
    }
    let now = state.clock.now_ms();
    if ids.iter().any(|id| now.saturating_sub(moment_of(*id)) > BULK_AGE_MS) {
        return Err(Refusal::TOO_OLD_FOR_BULK);
    }
    state.remove_messages(channel, &ids);
    Answer::empty()
}
