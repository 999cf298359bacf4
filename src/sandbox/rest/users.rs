//! The bot itself, its application, other users, and the way to the gateway.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::sandbox::json::{count, id, sid};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;

/// Sessions a bot may open in a day.
const SESSIONS: u64 = 1000;

fn gateway_url(state: &State) -> String {
    state.base.replacen("http", "ws", 1) + "/gateway"
}

pub(crate) fn gateway(state: &mut State, _: &mut Call) -> Outcome {
    Answer::ok(json!({"url": gateway_url(state)}))
}

pub(crate) fn gateway_bot(state: &mut State, call: &mut Call) -> Outcome {
    let remaining = SESSIONS.saturating_sub(state.sessions.identifies(call.app));
    Answer::ok(json!({
        "url": gateway_url(state), "shards": state.sessions.shards,
        "session_start_limit": {"total": SESSIONS, "remaining": remaining, "reset_after": 14_400_000, "max_concurrency": 1},
    }))
}

pub(crate) fn me(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let user = state.users.get(&bot).ok_or(Refusal::UNKNOWN_USER)?;
    Answer::ok(user.own_json())
}

pub(crate) fn my_guilds(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let after = call.query::<u64>("after").unwrap_or(0);
    let before = call.query::<u64>("before").unwrap_or(u64::MAX);
    let limit = call.query::<usize>("limit").unwrap_or(200).clamp(1, 200);
    let page = state.guilds.values().filter(|guild| guild.id > after && guild.id < before);
    let mine = page.filter(|guild| guild.member(bot).is_some()).take(limit);
    let guilds: Vec<Value> = mine
        .map(|guild| {
            let bits = state.guild_permissions(guild, bot);
            json!({
                "id": sid(guild.id), "name": guild.name, "icon": null, "banner": null, "owner": guild.owner == bot,
                "permissions": bits.to_string(), "features": [],
            })
        })
        .collect();
    Answer::ok(Value::Array(guilds))
}

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let user = state.users.get(&call.id(0)?).ok_or(Refusal::UNKNOWN_USER)?;
    Answer::ok(user.json())
}

pub(crate) fn application(state: &mut State, call: &mut Call) -> Outcome {
    let app = state.app(call.app)?;
    let guilds = state.guilds.values().filter(|guild| guild.member(app.user).is_some()).count();
    Answer::ok(app.json(state.user_json(app.user), state.user_json(app.owner), count(guilds)))
}

/// Opens a direct message channel; whether a message may be sent there is seen when it is.
pub(crate) fn open_direct(state: &mut State, call: &mut Call) -> Outcome {
    let bot = state.app(call.app)?.user;
    let recipient = id(&call.body, "recipient_id").ok_or(Refusal::INVALID_RECIPIENT)?;
    let user = state.users.get(&recipient).ok_or(Refusal::INVALID_RECIPIENT)?;
    if user.bot {
        return Err(Refusal::CANNOT_MESSAGE_USER);
    }
    let channel = state.direct(bot, recipient);
    Answer::ok(state.channel_json(state.channel(channel)?))
}
