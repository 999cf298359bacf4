//! Roles: making, changing and deleting those below the bot's own.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use super::guilds::mine;
use crate::sandbox::json::{length, number, text};
use crate::sandbox::permissions::{ADMINISTRATOR, MANAGE_ROLES};
use crate::sandbox::refusal::{Form, Refusal};
use crate::sandbox::state::{Role, State};

/// The guild of the path, when the bot may manage roles there and hands out only rights it has.
fn managed(state: &State, call: &Call) -> Result<u64, Refusal> {
    let (guild, bot) = mine(state, call, call.id(0)?)?;
    let mine = state.guild_permissions(guild, bot);
    let beyond = permissions(&call.body).unwrap_or(0) & !mine != 0 && mine & ADMINISTRATOR == 0;
    if mine & MANAGE_ROLES == 0 || beyond {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let mut form = Form::default();
    form.at_most("name", text(&call.body, "name").map_or(0, length), 100);
    form.finish()?;
    Ok(guild.id)
}

fn permissions(body: &Value) -> Option<u64> {
    text(body, "permissions").and_then(|text| text.parse().ok())
}

pub(crate) fn create(state: &mut State, call: &mut Call) -> Outcome {
    let guild = managed(state, call)?;
    let id = state.clock.snowflake();
    let everyone = state.guild(guild)?.roles.get(&guild).map_or(0, |role| role.permissions);
    let role = Role {
        id,
        name: text(&call.body, "name").unwrap_or("new role").to_owned(),
        color: number(&call.body, "color").unwrap_or(0),
        permissions: permissions(&call.body).unwrap_or(everyone),
        position: 1,
        hoist: flag(&call.body, "hoist").unwrap_or(false),
        mentionable: flag(&call.body, "mentionable").unwrap_or(false),
        bot: None,
    };
    let json = role.json();
    let found = state.guild_mut(guild)?;
    // A new role stands at the bottom; the others move up.
    for other in found.roles.values_mut().filter(|other| other.position >= 1) {
        other.position += 1;
    }
    found.roles.insert(id, role);
    state.tell_role(guild, id, "GUILD_ROLE_CREATE");
    Answer::ok(json)
}

fn flag(body: &Value, key: &str) -> Option<bool> {
    body.get(key).and_then(Value::as_bool)
}

/// The role of the path, below the bot's highest.
fn below(state: &State, call: &Call, guild: u64) -> Result<u64, Refusal> {
    let (guild, bot) = mine(state, call, guild)?;
    let role = guild.roles.get(&call.id(1)?).ok_or(Refusal::UNKNOWN_ROLE)?;
    let within = role.position < state.rank(guild, bot);
    if within { Ok(role.id) } else { Err(Refusal::MISSING_PERMISSIONS) }
}

pub(crate) fn edit(state: &mut State, call: &mut Call) -> Outcome {
    let guild = managed(state, call)?;
    let id = below(state, call, guild)?;
    let role = state.guild_mut(guild)?.roles.get_mut(&id).ok_or(Refusal::UNKNOWN_ROLE)?;
    if let Some(name) = text(&call.body, "name") {
        role.name = name.to_owned();
    }
    role.color = number(&call.body, "color").unwrap_or(role.color);
    role.permissions = permissions(&call.body).unwrap_or(role.permissions);
    role.hoist = flag(&call.body, "hoist").unwrap_or(role.hoist);
    role.mentionable = flag(&call.body, "mentionable").unwrap_or(role.mentionable);
    let json = role.json();
    state.tell_role(guild, id, "GUILD_ROLE_UPDATE");
    Answer::ok(json)
}

pub(crate) fn delete(state: &mut State, call: &mut Call) -> Outcome {
    let guild = managed(state, call)?;
    let id = below(state, call, guild)?;
    let found = state.guild(guild)?;
    let fixed = id == guild || found.roles.get(&id).is_some_and(|role| role.bot.is_some());
    if fixed {
        return Err(Refusal::new(400, 50028, "Invalid role"));
    }
    state.delete_role(guild, id)?;
    Answer::empty()
}
