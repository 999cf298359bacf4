//! Permission overwrites of channels.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use super::channels::within;
use crate::sandbox::json::{id, number, text};
use crate::sandbox::permissions::{ADMINISTRATOR, MANAGE_ROLES, VIEW_CHANNEL};
use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::{Overwrite, State};

/// Reads overwrites; a bot hands out only what it has itself.
pub(crate) fn read(state: &State, guild: u64, bot: u64, given: &[Value]) -> Result<Vec<Overwrite>, Refusal> {
    given.iter().map(|value| one(state, guild, bot, id(value, "id").unwrap_or(0), value)).collect()
}

fn one(state: &State, guild: u64, bot: u64, id: u64, value: &Value) -> Result<Overwrite, Refusal> {
    let bits = |key: &str| text(value, key).and_then(|t| t.parse().ok()).or(number(value, key)).unwrap_or(0);
    let (allow, deny) = (bits("allow"), bits("deny"));
    let role = match value.get("type") {
        Some(Value::String(word)) => word == "0" || word == "role",
        Some(other) => other.as_u64() == Some(0),
        None => false,
    };
    let guild = state.guild(guild)?;
    let known = if role { guild.roles.contains_key(&id) } else { state.users.contains_key(&id) };
    if !known {
        return Err(invalid("permission_overwrites", "INVALID_OVERWRITE", "Unknown role or member"));
    }
    let mine = state.guild_permissions(guild, bot);
    if mine & ADMINISTRATOR == 0 && (allow | deny) & !mine != 0 {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    Ok(Overwrite { id, role, allow, deny })
}

pub(crate) fn put(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let (channel, _) = within(state, call, VIEW_CHANNEL | MANAGE_ROLES)?;
    let (channel, guild) = (channel.id, channel.guild.ok_or(Refusal::DIRECT_ONLY_OWN)?);
    let overwrite = one(state, guild, bot, call.id(1)?, &call.body)?;
    change(state, channel, overwrite.id, Some(overwrite))
}

pub(crate) fn delete(state: &mut State, call: &mut Call) -> Outcome {
    let (channel, _) = within(state, call, VIEW_CHANNEL | MANAGE_ROLES)?;
    let (channel, target) = (channel.id, call.id(1)?);
    if !state.channel(channel)?.overwrites.iter().any(|overwrite| overwrite.id == target) {
        return Err(Refusal::new(404, 10009, "Unknown Permission Overwrite"));
    }
    change(state, channel, target, None)
}

fn change(state: &mut State, channel: u64, target: u64, new: Option<Overwrite>) -> Outcome {
    state.set_overwrite(channel, target, new);
    Answer::empty()
}
