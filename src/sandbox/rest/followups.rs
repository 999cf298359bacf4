//! What comes after the first answer: `@original` and follow-up messages, for 15 minutes.

use super::call::{Answer, Call, Outcome};
use super::callbacks::{FLAGS, post};
use crate::sandbox::limits;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::message::{COMPONENTS_V2, LOADING};
use crate::sandbox::state::{Kind, Phase, State};

/// The interaction of the path, once it was acknowledged.
fn acknowledged(state: &State, call: &Call) -> Result<u64, Refusal> {
    let id = state.by_token(call.id(0)?, call.param(1))?;
    let found = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_WEBHOOK)?;
    let silent = matches!(found.phase, Phase::Waiting | Phase::Failed(_)) || found.kind == Kind::Autocomplete;
    if silent { Err(Refusal::UNKNOWN_WEBHOOK) } else { Ok(id) }
}

/// The channel and message that the path names.
fn named(state: &State, call: &Call, id: u64) -> Result<(u64, u64), Refusal> {
    let found = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_WEBHOOK)?;
    let message = match call.param(2) {
        "@original" => found.original.ok_or(Refusal::UNKNOWN_MESSAGE)?,
        _ => call.id(2)?,
    };
    let own = found.original == Some(message) || found.followups.contains(&message);
    state.message(found.channel, message)?;
    if own { Ok((found.channel, message)) } else { Err(Refusal::UNKNOWN_MESSAGE) }
}

/// The loading message of a deferred answer, while it waits.
fn loading(state: &State, id: u64) -> Option<u64> {
    let found = state.interactions.get(&id)?;
    let message = state.message(found.channel, found.original?).ok()?;
    (message.flags & LOADING != 0).then_some(message.id)
}

pub(crate) fn create(state: &mut State, call: &mut Call) -> Outcome {
    let id = acknowledged(state, call)?;
    if let Some(message) = loading(state, id) {
        // Right after deferring, a follow-up fills the deferred answer.
        return change(state, call, id, message);
    }
    let read = limits::post(&call.body, std::mem::take(&mut call.files), FLAGS)?;
    let message = post(state, id, read, true)?;
    let found = state.interaction_mut(id)?;
    found.followups.push(message);
    found.reach(Phase::Answered);
    let channel = found.channel;
    Answer::ok(state.message_json(state.message(channel, message)?))
}

pub(crate) fn get(state: &mut State, call: &mut Call) -> Outcome {
    let id = acknowledged(state, call)?;
    let (channel, message) = named(state, call, id)?;
    Answer::ok(state.message_json(state.message(channel, message)?))
}

pub(crate) fn edit(state: &mut State, call: &mut Call) -> Outcome {
    let id = acknowledged(state, call)?;
    let (_, message) = named(state, call, id)?;
    change(state, call, id, message)
}

fn change(state: &mut State, call: &mut Call, id: u64, message: u64) -> Outcome {
    let channel = state.interaction_mut(id)?.channel;
    let layout = state.message(channel, message)?.flags & COMPONENTS_V2 != 0;
    let mut edit = limits::edit(&call.body, std::mem::take(&mut call.files), layout)?;
    edit.completes = true;
    state.edit(channel, message, edit)?;
    let found = state.interaction_mut(id)?;
    found.latest = Some(message);
    found.reach(Phase::Answered);
    Answer::ok(state.message_json(state.message(channel, message)?))
}

pub(crate) fn delete(state: &mut State, call: &mut Call) -> Outcome {
    let id = acknowledged(state, call)?;
    let (channel, message) = named(state, call, id)?;
    state.remove_message(channel, message);
    let found = state.interaction_mut(id)?;
    found.reach(Phase::Answered);
    Answer::empty()
}
