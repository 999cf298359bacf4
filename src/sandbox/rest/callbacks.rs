//! The first answer to an interaction: within 3 s, once, of a kind that fits.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::sandbox::json::{number, sid};
use crate::sandbox::limits;
use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::message::{COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS};
use crate::sandbox::state::{Kind, Origin, Phase, Post, State, interaction};

/// Flags an interaction's message may set.
pub(crate) const FLAGS: u64 = EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2;

pub(crate) fn answer(state: &mut State, call: &mut Call) -> Outcome {
    let id = call.id(0)?;
    let now = state.clock.now_ms();
    let found = state.interactions.get(&id).filter(|found| found.token == call.param(1));
    let found = found.ok_or(Refusal::UNKNOWN_INTERACTION)?;
    let waited = now.saturating_sub(found.created_ms);
    if matches!(found.phase, Phase::Failed(_)) || found.phase == Phase::Waiting && waited > interaction::ACKNOWLEDGE_MS
    {
        return Err(Refusal::UNKNOWN_INTERACTION);
    }
    if found.phase != Phase::Waiting {
        return Err(Refusal::ALREADY_ACKNOWLEDGED);
    }
    let kind = number(&call.body, "type").unwrap_or(0);
    let fits = match found.kind {
        Kind::Command => matches!(kind, 4 | 5 | 9),
        Kind::Component => matches!(kind, 4..=7 | 9),
        Kind::ModalSubmit => matches!(kind, 4 | 5) || matches!(kind, 6 | 7) && found.source.is_some(),
        Kind::Autocomplete => kind == 8,
    };
    if !fits {
        let message = "This interaction callback type is not valid for this interaction";
        return Err(invalid("type", "INTERACTION_CALLBACK_INVALID_TYPE", message));
    }
    let data = call.body.get("data").cloned().unwrap_or(Value::Null);
    match kind {
        4 => send(state, call, id, &data)?,
        5 => think(state, id, &data)?,
        6 => silence(state, id)?,
        7 => update(state, call, id, &data)?,
        8 => suggest(state, id, &data)?,
        _ => open_modal(state, id, &data)?,
    }
    state.interaction_mut(id)?.acknowledged_ms = Some(waited);
    if call.query::<bool>("with_response") == Some(true) {
        return Answer::ok(response(state, id, kind)?);
    }
    Answer::empty()
}

/// Where messages made by an interaction come from.
pub(crate) fn origin(state: &State, id: u64, followup: bool) -> Result<Origin, Refusal> {
    let found = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_INTERACTION)?;
    let mut metadata = found.metadata.clone();
    if let (true, Some(original), Some(map)) = (followup, found.original, metadata.as_object_mut()) {
        map.insert("original_response_message_id".to_owned(), sid(original));
    }
    let interaction = found
        .name
        .as_ref()
        .filter(|_| found.kind == Kind::Command && !followup)
        .map(|name| json!({"id": sid(id), "type": 2, "name": name, "user": state.user_json(found.user)}));
    Ok(Origin {
        kind: if interaction.is_some() { 20 } else { 0 },
        app: Some(found.app),
        webhook: Some(found.app),
        metadata: Some(metadata),
        interaction,
        person: Some(found.user),
    })
}

/// Posts a message of the interaction; a component's answer points to the component's message.
pub(crate) fn post(state: &mut State, id: u64, mut post: Post, followup: bool) -> Result<u64, Refusal> {
    let found = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_INTERACTION)?;
    let (channel, source, kind, app, original) = (found.channel, found.source, found.kind, found.app, found.original);
    let bot = state.app(app)?.user;
    let origin = origin(state, id, followup)?;
    post.reference = match kind {
        Kind::Component if !followup => source,
        _ if followup => original,
        _ => None,
    };
    post.reference = post.reference.filter(|message| state.message(channel, *message).is_ok());
    let message = state.post(bot, channel, post, origin);
    state.interaction_mut(id)?.latest = Some(message);
    Ok(message)
}

fn send(state: &mut State, call: &mut Call, id: u64, data: &Value) -> Result<(), Refusal> {
    let read = limits::post(data, std::mem::take(&mut call.files), FLAGS).map_err(under_data)?;
    let message = post(state, id, read, false)?;
    let found = state.interaction_mut(id)?;
    found.original = Some(message);
    found.reach(Phase::Answered);
    Ok(())
}

fn think(state: &mut State, id: u64, data: &Value) -> Result<(), Refusal> {
    let flags = number(data, "flags").unwrap_or(0) & EPHEMERAL | LOADING;
    let message = post(state, id, Post { flags, ..Post::default() }, false)?;
    let found = state.interaction_mut(id)?;
    found.original = Some(message);
    found.reach(Phase::Thinking);
    let (user, channel) = (found.user, found.channel);
    let event = json!({"channel_id": sid(channel), "interaction_id": sid(id), "message_id": sid(message)});
    state.tell(user, "interaction_thinking", event);
    Ok(())
}

fn silence(state: &mut State, id: u64) -> Result<(), Refusal> {
    let found = state.interaction_mut(id)?;
    found.original = found.source;
    found.reach(Phase::Silent);
    Ok(())
}

fn update(state: &mut State, call: &mut Call, id: u64, data: &Value) -> Result<(), Refusal> {
    let found = state.interaction_mut(id)?;
    let (channel, source) = (found.channel, found.source.ok_or(Refusal::UNKNOWN_MESSAGE)?);
    let layout = state.message(channel, source)?.flags & COMPONENTS_V2 != 0;
    let edit = limits::edit(data, std::mem::take(&mut call.files), layout).map_err(under_data)?;
    state.edit(channel, source, edit)?;
    let found = state.interaction_mut(id)?;
    found.original = Some(source);
    found.latest = Some(source);
    found.reach(Phase::Answered);
    Ok(())
}

fn suggest(state: &mut State, id: u64, data: &Value) -> Result<(), Refusal> {
    let choices = limits::check_choices(data)?;
    state.interaction_mut(id)?.reach(Phase::Choices(choices));
    Ok(())
}

fn open_modal(state: &mut State, id: u64, data: &Value) -> Result<(), Refusal> {
    let mut modal = limits::check_modal(data)?;
    let found = state.interaction_mut(id)?;
    if let Some(map) = modal.as_object_mut() {
        map.insert("id".to_owned(), sid(id));
        map.insert("interaction_id".to_owned(), sid(id));
        map.insert("channel_id".to_owned(), sid(found.channel));
        map.insert("application_id".to_owned(), sid(found.app));
    }
    found.reach(Phase::Modal(modal.clone()));
    let user = found.user;
    state.tell(user, "modal", modal);
    Ok(())
}

/// The faults of a callback's message stand under `data`.
fn under_data(mut refusal: Refusal) -> Refusal {
    refusal.errors = refusal.errors.map(|errors| json!({"data": errors}));
    refusal
}

fn response(state: &State, id: u64, kind: u64) -> Result<Value, Refusal> {
    let found = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_INTERACTION)?;
    let message = found.original.and_then(|original| state.message(found.channel, original).ok());
    let mut interaction = json!({"id": sid(id), "type": found.kind.number(), "channel_id": sid(found.channel)});
    if let (Some(message), Some(about)) = (message, interaction.as_object_mut()) {
        about.insert("response_message_id".to_owned(), sid(message.id));
        about.insert("response_message_loading".to_owned(), json!(message.flags & LOADING != 0));
        about.insert("response_message_ephemeral".to_owned(), json!(message.only_for.is_some()));
    }
    Ok(match message.filter(|_| matches!(kind, 4 | 7)) {
        Some(message) => {
            json!({"interaction": interaction, "resource": {"type": kind, "message": state.message_json(message)}})
        }
        None => json!({"interaction": interaction}),
    })
}
