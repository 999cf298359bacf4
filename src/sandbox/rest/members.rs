//! Members: reading, roles under the hierarchy, kicking.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use super::guilds::mine;
use crate::sandbox::gateway::intents::GUILD_MEMBERS;
use crate::sandbox::json::as_id;
use crate::sandbox::permissions::{KICK_MEMBERS, MANAGE_NICKNAMES, MANAGE_ROLES};
use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::State;

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    let user = call.id(1)?;
    if !state.users.contains_key(&user) {
        return Err(Refusal::UNKNOWN_USER);
    }
    let member = guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    Answer::ok(state.member_json(guild, member))
}

/// The whole list needs the privileged members intent.
pub(crate) fn list(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    if state.app(call.app)?.privileged & GUILD_MEMBERS == 0 {
        return Err(Refusal::MISSING_ACCESS);
    }
    let limit = call.query::<usize>("limit").unwrap_or(1);
    if limit == 0 || limit > 1000 {
        return Err(invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 1000."));
    }
    let after = call.query::<u64>("after").unwrap_or(0);
    let members: Vec<Value> = guild
        .present()
        .filter(|member| member.user > after)
        .take(limit)
        .map(|member| state.member_json(guild, member))
        .collect();
    Answer::ok(Value::Array(members))
}

pub(crate) fn search(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    let query = call.query::<String>("query").unwrap_or_default().to_lowercase();
    if query.is_empty() {
        return Err(invalid("query", "BASE_TYPE_REQUIRED", "This field is required"));
    }
    let limit = call.query::<usize>("limit").unwrap_or(1).clamp(1, 1000);
    let begins = |text: &str| text.to_lowercase().starts_with(&query);
    let members: Vec<Value> = guild
        .present()
        .filter(|member| {
            let user = state.users.get(&member.user);
            user.is_some_and(|u| begins(&u.username) || begins(&u.global_name))
                || member.nick.as_deref().is_some_and(begins)
        })
        .take(limit)
        .map(|member| state.member_json(guild, member))
        .collect();
    Answer::ok(Value::Array(members))
}

/// The bot may touch a role that stands under its own highest one.
fn role_within_reach(state: &State, call: &Call, guild: u64, role: u64) -> Result<(), Refusal> {
    let (guild, bot) = mine(state, call, guild)?;
    let role = guild.roles.get(&role).ok_or(Refusal::UNKNOWN_ROLE)?;
    let may = state.guild_permissions(guild, bot) & MANAGE_ROLES != 0;
    let fixed = role.bot.is_some() || role.id == guild.id;
    if !may || fixed || role.position >= state.rank(guild, bot) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    Ok(())
}

fn change_role(state: &mut State, call: &Call, add: bool) -> Outcome {
    let (guild, user, role) = (call.id(0)?, call.id(1)?, call.id(2)?);
    role_within_reach(state, call, guild, role)?;
    let member = state.guild(guild)?.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    let mut roles = member.roles.clone();
    let held = roles.contains(&role);
    if add && !held {
        roles.push(role);
    }
    if !add {
        roles.retain(|held| *held != role);
    }
    if add != held {
        state.set_member(guild, user, |member| member.roles = roles)?;
    }
    Answer::empty()
}

pub(crate) fn add_role(state: &mut State, call: &mut Call) -> Outcome {
    change_role(state, call, true)
}

pub(crate) fn remove_role(state: &mut State, call: &mut Call) -> Outcome {
    change_role(state, call, false)
}

/// Nickname and roles at once.
pub(crate) fn edit(state: &mut State, call: &mut Call) -> Outcome {
    let (guild_id, user) = (call.id(0)?, call.id(1)?);
    let (guild, bot) = mine(state, call, guild_id)?;
    let member = guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    let bits = state.guild_permissions(guild, bot);
    let above = state.rank(guild, user) >= state.rank(guild, bot) && user != bot;
    let nick = match call.body.get("nick") {
        None => member.nick.clone(),
        Some(_) if bits & MANAGE_NICKNAMES == 0 || above => return Err(Refusal::MISSING_PERMISSIONS),
        Some(value) => value.as_str().filter(|nick| !nick.is_empty()).map(str::to_owned),
    };
    let before = member.roles.clone();
    let roles = match call.body.get("roles").and_then(Value::as_array) {
        None => before.clone(),
        Some(given) => given.iter().filter_map(as_id).collect(),
    };
    let changed = roles.iter().filter(|role| !before.contains(role));
    for role in changed.chain(before.iter().filter(|role| !roles.contains(role))) {
        role_within_reach(state, call, guild_id, *role)?;
    }
    state.set_member(guild_id, user, |member| {
        member.nick = nick;
        member.roles = roles;
    })?;
    let guild = state.guild(guild_id)?;
    let member = guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    Answer::ok(state.member_json(guild, member))
}

pub(crate) fn kick(state: &mut State, call: &mut Call) -> Outcome {
    let (guild_id, user) = (call.id(0)?, call.id(1)?);
    let (guild, bot) = mine(state, call, guild_id)?;
    guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    let may = state.guild_permissions(guild, bot) & KICK_MEMBERS != 0;
    if !may || state.rank(guild, user) >= state.rank(guild, bot) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    state.leave(guild_id, user)?;
    Answer::empty()
}
