//! The options of a slash command: from what a person typed to what a bot receives.

use serde_json::{Map, Value, json};

use super::Refused;
use crate::sandbox::clock::iso;
use crate::sandbox::json::{as_id, length, list, number, sid, text, truth};
use crate::sandbox::state::{Attachment, File, State};

/// What a person typed.
pub(crate) struct Given<'a> {
    /// The command's name, a subcommand after a space.
    pub(crate) name: &'a str,
    pub(crate) values: &'a Value,
    /// Files under the names of their options.
    pub(crate) files: Vec<(String, File)>,
    /// The option being typed, when suggestions are wanted.
    pub(crate) focused: Option<&'a str>,
}

/// The `data` of a command's interaction.
pub(crate) fn data(
    state: &mut State,
    channel: u64,
    user: u64,
    command: &Value,
    given: &Given<'_>,
) -> Result<Value, Refused> {
    let mut data = Map::new();
    for key in ["id", "name", "type", "guild_id"] {
        if let Some(value) = command.get(key) {
            data.insert(key.to_owned(), value.clone());
        }
    }
    let path: Vec<&str> = given.name.split(' ').skip(1).collect();
    let leaf = path.iter().try_fold(command, |at, name| {
        list(at, "options").iter().find(|o| text(o, "name") == Some(name) && number(o, "type") <= Some(2))
    });
    let leaf = leaf.ok_or_else(|| Refused::new(404, format!("unknown subcommand /{}", given.name)))?;
    let declared = list(leaf, "options");
    if declared.iter().any(|option| number(option, "type") <= Some(2)) {
        return Err(Refused::new(400, format!("/{} needs a subcommand", given.name)));
    }
    let mut resolved = Resolved::default();
    let options = filled(state, channel, declared, given, &mut resolved)?;
    let mut options = Value::Array(options);
    for name in path.iter().rev() {
        let group = options.as_array().and_then(|o| o.first()).is_some_and(|o| number(o, "type") == Some(1));
        options = json!([{"name": name, "type": if group { 2 } else { 1 }, "options": options}]);
    }
    if !options.as_array().is_some_and(Vec::is_empty) {
        data.insert("options".to_owned(), options);
    }
    if let Some(resolved) = resolved.json(state, channel, user) {
        data.insert("resolved".to_owned(), resolved);
    }
    Ok(Value::Object(data))
}

fn filled(
    state: &mut State,
    channel: u64,
    declared: &[Value],
    given: &Given<'_>,
    resolved: &mut Resolved,
) -> Result<Vec<Value>, Refused> {
    let empty = Map::new();
    let values = given.values.as_object().unwrap_or(&empty);
    let known = |name: &&String| declared.iter().any(|option| text(option, "name") == Some(name));
    let named = values.keys().chain(given.files.iter().map(|(name, _)| name));
    if let Some(stranger) = named.into_iter().find(|name| !known(name)) {
        return Err(Refused::new(400, format!("unknown option {stranger}")));
    }
    let mut options = Vec::new();
    for option in declared {
        let name = text(option, "name").unwrap_or_default();
        let focused = given.focused == Some(name);
        let value = values.get(name).filter(|value| !value.is_null());
        if focused {
            let typed = value.map_or_else(String::new, |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
            options.push(json!({"name": name, "type": number(option, "type"), "value": typed, "focused": true}));
            continue;
        }
        if number(option, "type") == Some(11)
            && let Some((_, file)) = given.files.iter().find(|(option, _)| option == name)
        {
            let id = state.store(channel, file.clone());
            resolved.attachments.push(id);
            options.push(json!({"name": name, "type": 11, "value": sid(id)}));
            continue;
        }
        let Some(value) = value else {
            if truth(option, "required") && given.focused.is_none() {
                return Err(Refused::new(400, format!("option {name} is required")));
            }
            continue;
        };
        let value = typed(state, channel, option, value, resolved)
            .map_err(|why| Refused::new(400, format!("option {name}: {why}")))?;
        options.push(json!({"name": name, "type": number(option, "type"), "value": value}));
    }
    Ok(options)
}

/// The value in the option's type; what Discord's client would not let a person send is refused.
fn typed(state: &State, channel: u64, option: &Value, value: &Value, resolved: &mut Resolved) -> Result<Value, String> {
    let kind = number(option, "type").unwrap_or(0);
    let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let made = match kind {
        3 => {
            let (size, bound) = (length(&plain), |key: &str| number(option, key).and_then(|n| usize::try_from(n).ok()));
            if plain.is_empty() || size < bound("min_length").unwrap_or(0) || size > bound("max_length").unwrap_or(6000)
            {
                return Err(format!("{size} characters"));
            }
            json!(plain)
        }
        4 => {
            let whole: i64 = plain.parse().map_err(|_| format!("{plain} is no whole number"))?;
            // Discord's whole numbers stay within what a double holds exactly.
            if whole.unsigned_abs() > 1 << 53 {
                return Err(format!("{plain} is too large"));
            }
            json!(whole)
        }
        5 => json!(plain.parse::<bool>().map_err(|_| format!("{plain} is neither true nor false"))?),
        10 => json!(plain.parse::<f64>().map_err(|_| format!("{plain} is no number"))?),
        6..=9 => {
            let id = as_id(value).ok_or_else(|| format!("{plain} is no id"))?;
            resolved.add(state, channel, kind, id).ok_or_else(|| format!("{plain} is not there"))?;
            sid(id)
        }
        other => return Err(format!("type {other} takes no value")),
    };
    within(option, &made)?;
    Ok(made)
}

fn within(option: &Value, value: &Value) -> Result<(), String> {
    let choices = list(option, "choices");
    let same = |choice: &Value| {
        choice.get("value") == Some(value)
            || choice.get("value").and_then(Value::as_f64) == value.as_f64() && value.is_number()
    };
    if !choices.is_empty() && !choices.iter().any(same) {
        return Err("not one of the choices".to_owned());
    }
    let bound = |key: &str| option.get(key).and_then(Value::as_f64);
    let size = value.as_f64();
    let low = size.zip(bound("min_value")).is_some_and(|(size, min)| size < min);
    let high = size.zip(bound("max_value")).is_some_and(|(size, max)| size > max);
    if low || high { Err("out of its bounds".to_owned()) } else { Ok(()) }
}

/// The things that ids in an interaction stand for.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    users: Vec<u64>,
    roles: Vec<u64>,
    channels: Vec<u64>,
    pub(crate) attachments: Vec<u64>,
}

impl Resolved {
    /// Adds an id of an option type (6 user, 7 channel, 8 role, 9 either user or role), when it exists there.
    fn add(&mut self, state: &State, channel: u64, kind: u64, id: u64) -> Option<()> {
        let guild = state.channels.get(&channel).and_then(|c| c.guild);
        let role = guild.and_then(|g| state.guilds.get(&g)).is_some_and(|g| g.roles.contains_key(&id));
        let list = match kind {
            6 if state.users.contains_key(&id) => &mut self.users,
            7 if state.channels.get(&id).is_some_and(|c| c.guild == guild) => &mut self.channels,
            8 if role => &mut self.roles,
            9 if role => &mut self.roles,
            9 if state.users.contains_key(&id) => &mut self.users,
            _ => return None,
        };
        list.push(id);
        Some(())
    }

    /// Discord's `resolved`, if there is anything in it.
    pub(crate) fn json(&self, state: &State, channel: u64, asking: u64) -> Option<Value> {
        let guild = state.channels.get(&channel).and_then(|c| c.guild).and_then(|id| state.guilds.get(&id));
        let mut all = Map::new();
        let mut put = |key: &str, map: Map<String, Value>| {
            if !map.is_empty() {
                all.insert(key.to_owned(), Value::Object(map));
            }
        };
        put("users", self.users.iter().map(|id| (id.to_string(), state.user_json(*id))).collect());
        let members = self.users.iter().filter_map(|id| {
            let mut member = guild?.member(*id)?.partial();
            let map = member.as_object_mut()?;
            map.remove("deaf");
            map.remove("mute");
            let bits = state.channels.get(&channel).map_or(0, |c| state.permissions(c, *id));
            map.insert("permissions".to_owned(), json!(bits.to_string()));
            Some((id.to_string(), member))
        });
        put("members", members.collect());
        let roles = self.roles.iter().filter_map(|id| Some((id.to_string(), guild?.roles.get(id)?.json())));
        put("roles", roles.collect());
        let channels = self.channels.iter().filter_map(|id| {
            let found = state.channels.get(id)?;
            let bits = state.permissions(found, asking).to_string();
            let mut value = json!({
                "id": sid(*id), "type": found.kind, "name": found.name, "parent_id": found.parent.map(sid),
                "permissions": bits, "guild_id": found.guild.map(sid), "flags": 0, "last_message_id": found.last_message.map(sid),
            });
            if let (Some(thread), Some(map)) = (&found.thread, value.as_object_mut()) {
                let at = iso(thread.changed_ms);
                map.insert(
                    "thread_metadata".to_owned(),
                    json!({"archived": thread.archived, "auto_archive_duration": thread.auto_archive, "archive_timestamp": at, "locked": thread.locked}),
                );
            }
            Some((id.to_string(), value))
        });
        put("channels", channels.collect());
        let attachments = self.attachments.iter().filter_map(|id| {
            let attachment = Attachment { id: *id, description: None };
            Some((id.to_string(), state.attachment_json(&attachment, true)?))
        });
        put("attachments", attachments.collect());
        (!all.is_empty()).then_some(Value::Object(all))
    }
}

/// The `resolved` of a user, role, mentionable or channel select.
pub(crate) fn resolve_values(state: &State, channel: u64, kind: u64, values: &[String]) -> Option<Value> {
    // Select types 5 to 8 are user, role, mentionable and channel; option types name them otherwise.
    let kind = match kind {
        5 => 6,
        6 => 8,
        7 => 9,
        8 => 7,
        _ => return None,
    };
    let mut resolved = Resolved::default();
    for value in values.iter().filter_map(|value| value.parse().ok()) {
        resolved.add(state, channel, kind, value);
    }
    resolved.json(state, channel, 0)
}
