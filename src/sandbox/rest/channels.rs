//! Channels: reading, making, changing, deleting, typing.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use super::guilds::mine;
use super::overwrites;
use crate::sandbox::gateway::{Reach, intents};
use crate::sandbox::json::{id, length, list, number, sid, text, truth};
use crate::sandbox::permissions::{MANAGE_CHANNELS, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL};
use crate::sandbox::refusal::{Form, Refusal};
use crate::sandbox::state::{Channel, State};

/// Most channels of a guild.
const CHANNELS: usize = 500;
/// Most channels of a category.
const IN_CATEGORY: usize = 50;

/// The channel of the path and the bot's permissions there, which must hold `needed`.
pub(crate) fn within<'a>(state: &'a State, call: &Call, needed: u64) -> Result<(&'a Channel, u64), Refusal> {
    let bot = state.app(call.app)?.user;
    let channel = state.channel(call.id(0)?)?;
    let bits = state.permissions(channel, bot);
    if bits & VIEW_CHANNEL == 0 {
        return Err(Refusal::MISSING_ACCESS);
    }
    if bits & needed != needed { Err(Refusal::MISSING_PERMISSIONS) } else { Ok((channel, bits)) }
}

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, _) = within(state, call, VIEW_CHANNEL)?;
    Answer::ok(state.channel_json(channel))
}

/// The parts of a channel that a request sets.
fn checked(body: &Value, needs_name: bool) -> Result<(), Refusal> {
    let mut form = Form::default();
    match text(body, "name") {
        Some(name) => form.bounds("name", length(name.trim()), 1, 100),
        None if needs_name => form.required("name"),
        None => {}
    }
    form.at_most("topic", text(body, "topic").map_or(0, length), 1024);
    if needs_name && !matches!(number(body, "type").unwrap_or(0), 0 | 2 | 4 | 5 | 13 | 15) {
        form.choice("type", "0, 2, 4, 5, 13, 15");
    }
    form.finish()
}

/// Text channels have small letters and dashes, as Discord writes them.
pub(crate) fn tidy_name(name: &str, kind: u64) -> String {
    if !matches!(kind, 0 | 5) {
        return name.trim().to_owned();
    }
    name.trim().to_lowercase().replace(char::is_whitespace, "-")
}

pub(crate) fn create(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, bot) = mine(state, call, call.id(0)?)?;
    let guild_id = guild.id;
    if state.guild_permissions(guild, bot) & MANAGE_CHANNELS == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    checked(&call.body, true)?;
    let parent = id(&call.body, "parent_id");
    let inside = |c: &&Channel| c.guild == Some(guild_id) && c.thread.is_none();
    if state.channels.values().filter(inside).count() >= CHANNELS {
        return Err(Refusal::new(400, 30013, "Maximum number of guild channels reached (500)"));
    }
    category(state, guild_id, parent)?;
    let given = overwrites::read(state, guild_id, bot, list(&call.body, "permission_overwrites"))?;
    let kind = number(&call.body, "type").unwrap_or(0);
    let id = state.clock.snowflake();
    let position = state.channels.values().filter(inside).map(|c| c.position + 1).max().unwrap_or(0);
    let channel = Channel {
        id,
        kind,
        guild: Some(guild_id),
        name: tidy_name(text(&call.body, "name").unwrap_or_default(), kind),
        topic: text(&call.body, "topic").map(str::to_owned),
        position: number(&call.body, "position").unwrap_or(position),
        parent,
        overwrites: given,
        ..Channel::default()
    };
    state.channels.insert(id, channel);
    state.dispatch_channel(id, "CHANNEL_CREATE");
    Answer::created(state.channel_json(state.channel(id)?))
}

fn category(state: &State, guild: u64, parent: Option<u64>) -> Result<(), Refusal> {
    let Some(parent) = parent else { return Ok(()) };
    let mut form = Form::default();
    let found = state.channels.get(&parent).filter(|c| c.guild == Some(guild) && c.kind == 4);
    if found.is_none() {
        form.fail("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist");
    }
    if state.channels.values().filter(|c| c.parent == Some(parent)).count() >= IN_CATEGORY {
        form.fail("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", "Maximum number of channels in category reached (50)");
    }
    form.finish()
}

pub(crate) fn edit(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let (channel_id, guild, kind) = (channel.id, channel.guild, channel.kind);
    checked(&call.body, false)?;
    if let Some(thread) = &channel.thread {
        // Its owner may close a thread; the rest is for those who manage threads.
        let own = thread.owner == bot && !truth(&call.body, "locked");
        if !own && bits & MANAGE_THREADS == 0 {
            return Err(Refusal::MISSING_PERMISSIONS);
        }
        return edit_thread(state, channel_id, &call.body);
    }
    let Some(guild) = guild else { return Err(Refusal::DIRECT_ONLY_OWN) };
    if bits & MANAGE_CHANNELS == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let parent = id(&call.body, "parent_id");
    category(state, guild, parent)?;
    let overwrites = match call.body.get("permission_overwrites").and_then(Value::as_array) {
        Some(given) => Some(overwrites::read(state, guild, bot, given)?),
        None => None,
    };
    let Some(channel) = state.channels.get_mut(&channel_id) else { return Err(Refusal::UNKNOWN_CHANNEL) };
    if let Some(name) = text(&call.body, "name") {
        channel.name = tidy_name(name, kind);
    }
    if let Some(topic) = call.body.get("topic") {
        channel.topic = topic.as_str().map(str::to_owned);
    }
    if let Some(position) = number(&call.body, "position") {
        channel.position = position;
    }
    if call.body.get("parent_id").is_some() {
        channel.parent = parent;
    }
    if let Some(overwrites) = overwrites {
        channel.overwrites = overwrites;
    }
    state.dispatch_channel(channel_id, "CHANNEL_UPDATE");
    Answer::ok(state.channel_json(state.channel(channel_id)?))
}

fn edit_thread(state: &mut State, channel_id: u64, body: &Value) -> Outcome {
    let now = state.clock.now_ms();
    let Some(channel) = state.channels.get_mut(&channel_id) else { return Err(Refusal::UNKNOWN_CHANNEL) };
    if let Some(name) = text(body, "name") {
        channel.name = name.trim().to_owned();
    }
    if let Some(thread) = &mut channel.thread {
        let truth = |key: &str| body.get(key).and_then(Value::as_bool);
        if let Some(archived) = truth("archived") {
            thread.archived = archived;
            thread.changed_ms = now;
        }
        thread.locked = truth("locked").unwrap_or(thread.locked);
        thread.invitable = truth("invitable").unwrap_or(thread.invitable);
        thread.auto_archive = number(body, "auto_archive_duration").unwrap_or(thread.auto_archive);
    }
    state.dispatch_channel(channel_id, "THREAD_UPDATE");
    Answer::ok(state.channel_json(state.channel(channel_id)?))
}

pub(crate) fn delete(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let value = state.channel_json(channel);
    let needed = if channel.thread.is_some() { MANAGE_THREADS } else { MANAGE_CHANNELS };
    if channel.guild.is_none() {
        // Closing a direct message hides it; it opens again with the next message.
        return Answer::ok(value);
    }
    if bits & needed == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let id = channel.id;
    state.remove_channel(id);
    Answer::ok(value)
}

pub(crate) fn typing(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, bits) = within(state, call, VIEW_CHANNEL)?;
    let (channel, guild) = (channel.id, channel.guild);
    if guild.is_some() && bits & SEND_MESSAGES == 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let mut data = json!({"channel_id": sid(channel), "user_id": sid(bot), "timestamp": state.clock.now_ms() / 1000});
    let reach = match guild {
        Some(guild) => {
            if let Some(map) = data.as_object_mut() {
                map.insert("guild_id".to_owned(), sid(guild));
            }
            Reach::guild(guild, intents::GUILD_MESSAGE_TYPING)
        }
        None => Reach::direct(intents::DIRECT_MESSAGE_TYPING),
    };
    state.dispatch(&Reach { channel: Some(channel), ..reach }, "TYPING_START", &data);
    state.tell_watchers(channel, None, "typing", json!({"channel_id": sid(channel), "user_id": sid(bot)}));
    Answer::empty()
}
