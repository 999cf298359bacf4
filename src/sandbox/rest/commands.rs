//! Application commands: registering and reading them.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::sandbox::json::{id, sid, text};
use crate::sandbox::limits;
use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::State;

/// The list a request is about: of one guild, or global.
fn scope(state: &State, call: &Call, in_guild: bool) -> Result<Option<u64>, Refusal> {
    if call.id(0)? != call.app {
        return Err(Refusal::new(403, 20012, "You are not authorized to perform this action on this application"));
    }
    if !in_guild {
        return Ok(None);
    }
    let guild = call.id(1)?;
    let bot = state.app(call.app)?.user;
    let found = state.guilds.get(&guild).filter(|guild| guild.member(bot).is_some());
    found.map(|guild| Some(guild.id)).ok_or(Refusal::MISSING_ACCESS)
}

fn stored(state: &mut State, app: u64, scope: Option<u64>) -> Result<&mut Vec<Value>, Refusal> {
    let app = state.apps.get_mut(&app).ok_or(Refusal::UNAUTHORIZED)?;
    Ok(match scope {
        None => &mut app.commands,
        Some(guild) => app.guild_commands.entry(guild).or_default(),
    })
}

/// The command as Discord keeps it: every field there, with its own id and version.
fn complete(command: &Value, app: u64, guild: Option<u64>, id: u64, version: u64) -> Value {
    let given = |key: &str| command.get(key).filter(|value| !value.is_null());
    let field = |key: &str, otherwise: Value| given(key).cloned().unwrap_or(otherwise);
    let mut value = json!({
        "id": sid(id), "application_id": sid(app), "version": sid(version), "type": field("type", json!(1)),
        "name": field("name", Value::Null), "name_localizations": field("name_localizations", Value::Null),
        "description": field("description", json!("")),
        "description_localizations": field("description_localizations", Value::Null),
        "options": field("options", json!([])),
        "default_member_permissions": field("default_member_permissions", Value::Null),
        "nsfw": field("nsfw", json!(false)),
    });
    if let Some(map) = value.as_object_mut() {
        match guild {
            Some(guild) => map.insert("guild_id".to_owned(), sid(guild)),
            None => {
                map.insert("integration_types".to_owned(), field("integration_types", json!([0])));
                map.insert("dm_permission".to_owned(), field("dm_permission", json!(true)));
                map.insert("contexts".to_owned(), field("contexts", Value::Null))
            }
        };
    }
    value
}

/// Puts a command into its list; one of the same name and type is replaced and keeps its id.
fn upsert(state: &mut State, app: u64, scope: Option<u64>, command: &Value) -> Result<(Value, bool), Refusal> {
    let version = state.clock.snowflake();
    let list = stored(state, app, scope)?;
    let kind = command.get("type").and_then(Value::as_u64).unwrap_or(1);
    let same = |old: &Value| {
        text(old, "name") == text(command, "name") && old.get("type").and_then(Value::as_u64) == Some(kind)
    };
    let at = list.iter().position(same);
    let known = at.and_then(|at| list.get(at)).and_then(|old| id(old, "id"));
    let value = complete(command, app, scope, known.unwrap_or(version), version);
    match at.and_then(|at| list.get_mut(at)) {
        Some(old) => *old = value.clone(),
        None => list.push(value.clone()),
    }
    Ok((value, at.is_some()))
}

fn list(state: &mut State, call: &Call, in_guild: bool) -> Outcome {
    let scope = scope(state, call, in_guild)?;
    let mut commands = stored(state, call.app, scope)?.clone();
    if call.query::<bool>("with_localizations") != Some(true) {
        commands.iter_mut().for_each(without_localizations);
    }
    Answer::ok(Value::Array(commands))
}

/// A list without `with_localizations` comes without them.
fn without_localizations(value: &mut Value) {
    let Some(map) = value.as_object_mut() else { return };
    map.remove("name_localizations");
    map.remove("description_localizations");
    for key in ["options", "choices"] {
        if let Some(Value::Array(items)) = map.get_mut(key) {
            items.iter_mut().for_each(without_localizations);
        }
    }
}

fn create(state: &mut State, call: &Call, in_guild: bool) -> Outcome {
    let scope = scope(state, call, in_guild)?;
    limits::check_command(&call.body)?;
    let (command, replaced) = upsert(state, call.app, scope, &call.body)?;
    state.tell_world();
    if replaced { Answer::ok(command) } else { Answer::created(command) }
}

fn replace(state: &mut State, call: &Call, in_guild: bool) -> Outcome {
    let scope = scope(state, call, in_guild)?;
    let Value::Array(commands) = &call.body else {
        return Err(invalid("_errors", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    limits::check_commands(commands)?;
    let mut kept = Vec::new();
    for command in commands {
        kept.push(upsert(state, call.app, scope, command)?.0);
    }
    *stored(state, call.app, scope)? = kept.clone();
    state.tell_world();
    Answer::ok(Value::Array(kept))
}

fn delete(state: &mut State, call: &Call, in_guild: bool) -> Outcome {
    let scope = scope(state, call, in_guild)?;
    let wanted = call.id(if in_guild { 2 } else { 1 })?;
    let list = stored(state, call.app, scope)?;
    let before = list.len();
    list.retain(|command| id(command, "id") != Some(wanted));
    if list.len() == before { Err(Refusal::UNKNOWN_COMMAND) } else { Answer::empty() }
}

pub(crate) fn list_global(state: &mut State, call: &mut Call) -> Outcome {
    list(state, call, false)
}

pub(crate) fn list_guild(state: &mut State, call: &mut Call) -> Outcome {
    list(state, call, true)
}

pub(crate) fn create_global(state: &mut State, call: &mut Call) -> Outcome {
    create(state, call, false)
}

pub(crate) fn create_guild(state: &mut State, call: &mut Call) -> Outcome {
    create(state, call, true)
}

pub(crate) fn replace_global(state: &mut State, call: &mut Call) -> Outcome {
    replace(state, call, false)
}

pub(crate) fn replace_guild(state: &mut State, call: &mut Call) -> Outcome {
    replace(state, call, true)
}

pub(crate) fn delete_global(state: &mut State, call: &mut Call) -> Outcome {
    delete(state, call, false)
}

pub(crate) fn delete_guild(state: &mut State, call: &mut Call) -> Outcome {
    delete(state, call, true)
}

pub(crate) fn get_global(state: &mut State, call: &mut Call) -> Outcome {
    let scope = scope(state, call, false)?;
    let wanted = call.id(1)?;
    let found = stored(state, call.app, scope)?.iter().find(|command| id(command, "id") == Some(wanted));
    Answer::ok(found.cloned().ok_or(Refusal::UNKNOWN_COMMAND)?)
}
