//! What a person sees: the world, his channels, messages and commands.

use serde_json::{Map, Value, json};

use crate::sandbox::clock::iso;
use crate::sandbox::json::{id, list, sid, text};
use crate::sandbox::permissions::{READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};
use crate::sandbox::state::{Channel, State};

/// Guilds, users and applications, for everybody to see.
pub(crate) fn world(state: &State) -> Value {
    let guilds = state.guilds.values().map(|guild| {
        let inside = state.channels.values().filter(|c| c.guild == Some(guild.id) && c.thread.is_none());
        let channels: Vec<Value> = inside
            .map(|c| json!({"id": sid(c.id), "name": c.name, "type": c.kind, "position": c.position}))
            .collect();
        let roles: Vec<Value> = guild
            .roles
            .values()
            .map(|role| json!({"id": sid(role.id), "name": role.name, "color": role.color, "position": role.position}))
            .collect();
        json!({"id": sid(guild.id), "name": guild.name, "owner_id": sid(guild.owner), "channels": channels, "roles": roles})
    });
    let users = state.users.values().map(|user| {
        let members = state.guilds.values().filter_map(|guild| {
            let member = guild.members.get(&user.id)?;
            let roles: Vec<Value> = member.roles.iter().map(|role| sid(*role)).collect();
            Some(json!({"guild_id": sid(guild.id), "roles": roles, "present": member.present}))
        });
        json!({
            "id": sid(user.id), "username": user.username, "global_name": user.global_name,
            "avatar_color": format!("#{:06x}", user.color), "locale": user.locale, "bot": user.bot,
            "dms": if user.dms_open { "open" } else { "closed" }, "members": members.collect::<Vec<_>>(),
        })
    });
    let apps = state.apps.values().map(|app| {
        json!({
            "id": sid(app.id), "name": app.name, "user_id": sid(app.user),
            "connected": state.sessions.connected(app.id),
        })
    });
    json!({
        "now": iso(state.clock.now_ms()), "guilds": guilds.collect::<Vec<_>>(), "users": users.collect::<Vec<_>>(),
        "apps": apps.collect::<Vec<_>>(),
    })
}

/// The channels a person may see, and his direct messages.
pub(crate) fn view(state: &State, user: u64, guild: u64) -> Value {
    let mut inside: Vec<&Channel> =
        state.channels.values().filter(|c| c.guild == Some(guild) && state.sees(c, user)).collect();
    inside.sort_by_key(|channel| (channel.position, channel.id));
    let channels: Vec<Value> = inside.into_iter().map(|channel| entry(state, user, channel)).collect();
    let mine = state.channels.values().filter(|c| c.guild.is_none() && c.recipients.contains(&user));
    let dms: Vec<Value> = mine
        .filter_map(|channel| {
            let other = channel.recipients.iter().find(|other| **other != user)?;
            let unread = unread(state, user, channel);
            Some(json!({"channel_id": sid(channel.id), "with": sid(*other), "unread": unread}))
        })
        .collect();
    json!({"channels": channels, "dms": dms})
}

fn entry(state: &State, user: u64, channel: &Channel) -> Value {
    let mut value = json!({
        "id": sid(channel.id), "name": channel.name, "type": channel.kind, "topic": channel.topic,
        "parent_id": channel.parent.map(sid), "unread": unread(state, user, channel),
        "permissions": state.permissions(channel, user).to_string(),
    });
    if let (Some(thread), Some(map)) = (&channel.thread, value.as_object_mut()) {
        map.insert("archived".to_owned(), json!(thread.archived));
    }
    value
}

fn unread(state: &State, user: u64, channel: &Channel) -> bool {
    let read = state.users.get(&user).and_then(|u| u.read.get(&channel.id)).copied().unwrap_or(0);
    channel.last_message.is_some_and(|last| last > read)
}

/// The messages a person sees in a channel, oldest first.
pub(crate) fn visible(state: &State, user: u64, channel: u64) -> Vec<Value> {
    newest(state, user, channel, usize::MAX)
}

/// The newest messages a person sees in a channel, oldest first.
pub(crate) fn newest(state: &State, user: u64, channel: u64, most: usize) -> Vec<Value> {
    let Some(found) = state.channels.get(&channel) else { return Vec::new() };
    let needed = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
    if state.permissions(found, user) & needed != needed {
        return Vec::new();
    }
    let Some(all) = state.messages.get(&channel) else { return Vec::new() };
    let mine = all.values().rev().filter(|message| message.only_for.is_none_or(|only| only == user));
    let mut seen: Vec<Value> = mine.take(most).map(|message| state.message_json(message)).collect();
    seen.reverse();
    seen
}

/// Notes that a person has read a channel to its end.
pub(crate) fn read(state: &mut State, user: u64, channel: u64) {
    let last = state.channels.get(&channel).and_then(|c| c.last_message).unwrap_or(0);
    if let Some(person) = state.users.get_mut(&user) {
        person.read.insert(channel, last);
    }
}

/// The commands a person may use in a guild, or in direct messages with the bots he shares a guild with.
pub(crate) fn commands(state: &State, user: u64, guild: Option<u64>) -> Vec<Value> {
    let bits = match guild {
        Some(guild) => state.guilds.get(&guild).map_or(0, |g| state.guild_permissions(g, user)),
        None => u64::MAX,
    };
    let mut offered = Vec::new();
    for app in state.apps.values() {
        let there = match guild {
            Some(guild) => state.guilds.get(&guild).is_some_and(|g| g.member(app.user).is_some()),
            None => state.shares_guild(user, app.user),
        };
        if !there || bits & USE_APPLICATION_COMMANDS == 0 {
            continue;
        }
        let own = guild.and_then(|guild| app.guild_commands.get(&guild)).map_or(&[][..], Vec::as_slice);
        let hidden = |command: &&Value| own.iter().any(|o| text(o, "name") == text(command, "name"));
        let global = app.commands.iter().filter(|command| !hidden(command));
        offered.extend(own.iter().chain(global).filter(|c| may_use(c, bits, guild.is_some())).cloned());
    }
    offered.retain(|command| id(command, "application_id").is_some());
    offered
}

fn may_use(command: &Value, bits: u64, in_guild: bool) -> bool {
    let here = if in_guild { 0 } else { 1 };
    let contexts = list(command, "contexts");
    let placed = contexts.is_empty() || contexts.iter().any(|context| context.as_u64() == Some(here));
    let old = in_guild || command.get("dm_permission").and_then(Value::as_bool).unwrap_or(true);
    let needed = match command.get("default_member_permissions").and_then(Value::as_str) {
        // "0" is for administrators alone, who hold every bit.
        Some("0") => u64::MAX >> 11,
        Some(text) => text.parse().unwrap_or(0),
        None => 0,
    };
    placed && old && (!in_guild || bits & needed == needed)
}

/// A body that says all went well.
pub(crate) fn done() -> Value {
    Value::Object(Map::new())
}
