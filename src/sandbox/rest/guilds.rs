//! Guilds as a bot reads them.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::sandbox::json::count;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::{Guild, State};

/// A guild the bot is in, with the bot's user; others are unknown to it.
pub(crate) fn mine<'a>(state: &'a State, call: &Call, guild: u64) -> Result<(&'a Guild, u64), Refusal> {
    let bot = state.app(call.app)?.user;
    let guild = state.guild(guild)?;
    guild.member(bot).ok_or(Refusal::UNKNOWN_GUILD)?;
    Ok((guild, bot))
}

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    let mut value = guild.json();
    if let (Some(true), Some(map)) = (call.query::<bool>("with_counts"), value.as_object_mut()) {
        let members = count(guild.present().count());
        map.insert("approximate_member_count".to_owned(), json!(members));
        map.insert("approximate_presence_count".to_owned(), json!(members));
    }
    Answer::ok(value)
}

pub(crate) fn channels(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    let inside = state.channels.values().filter(|c| c.guild == Some(guild.id) && c.thread.is_none());
    let channels: Vec<Value> = inside.map(|channel| state.channel_json(channel)).collect();
    Answer::ok(Value::Array(channels))
}

pub(crate) fn roles(state: &mut State, call: &mut Call) -> Outcome {
    let (guild, _) = mine(state, call, call.id(0)?)?;
    Answer::ok(guild.roles.values().map(|role| role.json()).collect())
}
