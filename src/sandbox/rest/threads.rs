//! Threads: simple ones, made from a message or by themselves.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use super::channels::within;
use super::guilds::mine;
use crate::sandbox::clock::iso;
use crate::sandbox::gateway::{Reach, intents};
use crate::sandbox::json::{length, number, sid, text};
use crate::sandbox::permissions::{CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, VIEW_CHANNEL};
use crate::sandbox::refusal::{Form, Refusal};
use crate::sandbox::state::{Channel, State, Thread};

/// Most threads of a guild that are not archived.
const ACTIVE: usize = 1000;

fn open(state: &mut State, call: &Call, id: Option<u64>, kind: u64) -> Outcome {
    let bot = state.app(call.app)?.user;
    let needed = if kind == 12 { CREATE_PRIVATE_THREADS } else { CREATE_PUBLIC_THREADS };
    let (parent, _) = within(state, call, VIEW_CHANNEL | needed)?;
    let (parent, guild) = (parent.id, parent.guild.ok_or(Refusal::WRONG_CHANNEL_TYPE)?);
    let mut form = Form::default();
    form.bounds("name", text(&call.body, "name").map_or(0, length), 1, 100);
    form.finish()?;
    let running = |c: &&Channel| c.guild == Some(guild) && c.thread.as_ref().is_some_and(|t| !t.archived);
    if state.channels.values().filter(running).count() >= ACTIVE {
        return Err(Refusal::new(400, 160_006, "Maximum number of active threads reached"));
    }
    let now = state.clock.now_ms();
    let id = id.unwrap_or_else(|| state.clock.snowflake());
    let thread = Thread {
        owner: bot,
        members: vec![bot],
        invitable: true,
        auto_archive: number(&call.body, "auto_archive_duration").unwrap_or(4320),
        changed_ms: now,
        created_ms: now,
        ..Thread::default()
    };
    let channel = Channel {
        id,
        kind,
        guild: Some(guild),
        name: text(&call.body, "name").unwrap_or_default().trim().to_owned(),
        parent: Some(parent),
        thread: Some(thread),
        ..Channel::default()
    };
    state.channels.insert(id, channel);
    state.dispatch_channel(id, "THREAD_CREATE");
    let mut value = state.channel_json(state.channel(id)?);
    if let Some(map) = value.as_object_mut() {
        map.insert("member".to_owned(), thread_member(id, bot, now));
    }
    Answer::created(value)
}

fn thread_member(thread: u64, user: u64, since_ms: u64) -> Value {
    json!({"id": sid(thread), "user_id": sid(user), "join_timestamp": iso(since_ms), "flags": 1})
}

pub(crate) fn create(state: &mut State, call: &mut Call) -> Outcome {
    let kind = match number(&call.body, "type") {
        Some(11) => 11,
        _ => 12,
    };
    open(state, call, None, kind)
}

pub(crate) fn create_from_message(state: &mut State, call: &mut Call) -> Outcome {
    let message = call.id(1)?;
    state.message(call.id(0)?, message)?;
    if state.channels.contains_key(&message) {
        return Err(Refusal::new(400, 160_004, "A thread has already been created for this message"));
    }
    open(state, call, Some(message), 11)
}

pub(crate) fn active(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, bot) = mine(state, call, call.id(0)?)?;
    let running = |c: &&Channel| c.guild == Some(guild.id) && c.thread.as_ref().is_some_and(|t| !t.archived);
    let seen: Vec<&Channel> = state.channels.values().filter(running).filter(|c| state.sees(c, bot)).collect();
    let joined = seen.iter().filter(|c| c.thread.as_ref().is_some_and(|t| t.members.contains(&bot)));
    let members: Vec<Value> = joined.map(|c| thread_member(c.id, bot, state.clock.now_ms())).collect();
    let threads: Vec<Value> = seen.iter().map(|c| state.channel_json(c)).collect();
    Answer::ok(json!({"threads": threads, "members": members, "has_more": false}))
}

fn change_member(state: &mut State, call: &Call, add: bool) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, _) = within(state, call, VIEW_CHANNEL)?;
    let (id, guild) = (channel.id, channel.guild.ok_or(Refusal::WRONG_CHANNEL_TYPE)?);
    let user = if call.param(1) == "@me" { bot } else { call.id(1)? };
    if !state.users.contains_key(&user) {
        return Err(Refusal::UNKNOWN_USER);
    }
    let now = state.clock.now_ms();
    let thread = state.channels.get_mut(&id).and_then(|c| c.thread.as_mut()).ok_or(Refusal::WRONG_CHANNEL_TYPE)?;
    thread.members.retain(|member| *member != user);
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    if add {
        thread.members.push(user);
        added.push(thread_member(id, user, now));
    } else {
        removed.push(sid(user));
    }
    let count = thread.members.len();
    let data = json!({
        "id": sid(id), "guild_id": sid(guild), "member_count": count, "added_members": added,
        "removed_member_ids": removed,
    });
    let reach = Reach { channel: Some(id), ..Reach::guild(guild, intents::GUILDS) };
    state.dispatch(&reach, "THREAD_MEMBERS_UPDATE", &data);
    state.tell_world();
    Answer::empty()
}

pub(crate) fn add_member(state: &mut State, call: &mut Call) -> Outcome {
    change_member(state, call, true)
}

pub(crate) fn remove_member(state: &mut State, call: &mut Call) -> Outcome {
    change_member(state, call, false)
}
