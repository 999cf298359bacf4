//! What a person does: writing, and opening interactions.

use serde_json::{Map, Value, json};

use super::payload::{Opening, open};
use super::{Draft, Refused, Upload, fill, options};
use crate::sandbox::json::{id, length, list, number, text, truth};
use crate::sandbox::limits::{CONTENT, FILE_BYTES, usable};
use crate::sandbox::permissions::{ATTACH_FILES, READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rest::{may_send, unarchive};
use crate::sandbox::state::{File, Kind, Origin, Phase, Post, State};

/// A command's name and the values of its options.
type Typed<'a> = (&'a str, &'a Value);

/// Writes a message.
pub(crate) fn say(state: &mut State, user: u64, channel: u64, draft: Draft) -> Result<Value, Refused> {
    let bits = allowed(state, user, channel, VIEW_CHANNEL)?;
    may_send(state, state.channel(channel)?, user, bits)?;
    let content = draft.content.trim().to_owned();
    if content.is_empty() && draft.attachments.is_empty() {
        return Err(Refusal::EMPTY_MESSAGE.into());
    }
    if length(&content) > CONTENT {
        return Err(Refused::new(400, "Must be 2000 or fewer in length."));
    }
    if !draft.attachments.is_empty() && bits & ATTACH_FILES == 0 {
        return Err(Refusal::MISSING_PERMISSIONS.into());
    }
    if let Some(replied) = draft.reply_to {
        let there = state.message(channel, replied).is_ok_and(|message| message.only_for.is_none());
        if !there || bits & READ_MESSAGE_HISTORY == 0 {
            return Err(Refusal::UNKNOWN_MESSAGE.into());
        }
    }
    let nonce = state.clock.snowflake().to_string();
    let post = Post {
        content,
        files: files(draft.attachments)?,
        reference: draft.reply_to,
        nonce: Some(json!(nonce)),
        ..Post::default()
    };
    unarchive(state, channel);
    let made = state.post(user, channel, post, Origin::default());
    if let Some(person) = state.users.get_mut(&user) {
        person.read.insert(channel, made);
    }
    Ok(state.message_json(state.message(channel, made)?))
}

/// Uploads as files, none too large.
pub(crate) fn files(uploads: Vec<Upload>) -> Result<Vec<File>, Refused> {
    if uploads.iter().any(|upload| upload.bytes.len() > FILE_BYTES) {
        return Err(Refusal::TOO_LARGE.into());
    }
    let file = |(slot, upload): (u64, Upload)| File {
        slot,
        filename: upload.filename,
        content_type: upload.content_type,
        bytes: upload.bytes,
    };
    Ok((0..).zip(uploads).map(file).collect())
}

/// The person's permissions in a channel he sees.
fn allowed(state: &State, user: u64, channel: u64, needed: u64) -> Result<u64, Refused> {
    let found = state.channel(channel)?;
    let bits = state.permissions(found, user);
    if bits & VIEW_CHANNEL == 0 {
        return Err(Refusal::UNKNOWN_CHANNEL.into());
    }
    if bits & needed != needed { Err(Refusal::MISSING_PERMISSIONS.into()) } else { Ok(bits) }
}

/// The command a person means, if he may use it there.
fn command(state: &State, user: u64, channel: u64, app: u64, name: &str) -> Result<Value, Refused> {
    allowed(state, user, channel, USE_APPLICATION_COMMANDS)?;
    let guild = state.channel(channel)?.guild;
    let base = name.split(' ').next().unwrap_or_default();
    let offered = super::view::commands(state, user, guild);
    let fits = |command: &&Value| id(command, "application_id") == Some(app) && text(command, "name") == Some(base);
    offered.iter().find(fits).cloned().ok_or_else(|| Refused::new(404, format!("unknown command /{name}")))
}

/// Uses a slash command.
pub(crate) fn slash(
    state: &mut State,
    user: u64,
    channel: u64,
    app: u64,
    (name, given): Typed<'_>,
    uploads: Vec<(String, Upload)>,
) -> Result<u64, Refused> {
    let command = command(state, user, channel, app, name)?;
    let (names, uploads): (Vec<_>, Vec<_>) = uploads.into_iter().unzip();
    let files = names.into_iter().zip(files(uploads)?).collect();
    let data =
        options::data(state, channel, user, &command, &options::Given { name, values: given, files, focused: None })?;
    let opening =
        Opening { kind: Kind::Command, user, app, channel, name: Some(name.to_owned()), source: None, via: None };
    Ok(open(state, opening, data))
}

/// Asks for suggestions.
pub(crate) fn autocomplete(
    state: &mut State,
    user: u64,
    channel: u64,
    app: u64,
    (name, given): Typed<'_>,
    focused: &str,
) -> Result<u64, Refused> {
    let command = command(state, user, channel, app, name)?;
    let given = options::Given { name, values: given, files: Vec::new(), focused: Some(focused) };
    let data = options::data(state, channel, user, &command, &given)?;
    let opening =
        Opening { kind: Kind::Autocomplete, user, app, channel, name: Some(name.to_owned()), source: None, via: None };
    Ok(open(state, opening, data))
}

/// Presses a button or chooses in a select.
pub(crate) fn press(
    state: &mut State,
    user: u64,
    channel: u64,
    message: u64,
    custom_id: &str,
    values: Vec<String>,
) -> Result<u64, Refused> {
    allowed(state, user, channel, VIEW_CHANNEL)?;
    let found = state.message(channel, message)?;
    if found.only_for.is_some_and(|only| only != user) {
        return Err(Refusal::UNKNOWN_MESSAGE.into());
    }
    let author = found.author;
    let components = usable(&found.components);
    let component = components.into_iter().find(|component| text(component, "custom_id") == Some(custom_id));
    let component = component.cloned().ok_or_else(|| Refused::new(404, "this component is not there"))?;
    if truth(&component, "disabled") {
        return Err(Refused::new(409, "this component is disabled"));
    }
    let app = state.apps.values().find(|app| app.user == author).map(|app| app.id);
    let app = app.ok_or_else(|| Refused::new(409, "the message is not an application's"))?;
    let kind = number(&component, "type").unwrap_or(0);
    let mut data = Map::new();
    data.insert("custom_id".to_owned(), json!(custom_id));
    data.insert("component_type".to_owned(), json!(kind));
    data.insert("id".to_owned(), component.get("id").cloned().unwrap_or(json!(1)));
    if kind != 2 {
        fill::choice(&component, &values)?;
        if let Some(resolved) = options::resolve_values(state, channel, kind, &values) {
            data.insert("resolved".to_owned(), resolved);
        }
        data.insert("values".to_owned(), json!(values));
    }
    let opening = Opening { kind: Kind::Component, user, app, channel, name: None, source: Some(message), via: None };
    Ok(open(state, opening, Value::Object(data)))
}

/// Sends a component's interaction for a custom id that need not be there.
pub(crate) fn forge_press(
    state: &mut State,
    user: u64,
    channel: u64,
    message: u64,
    custom_id: &str,
) -> Result<u64, Refused> {
    allowed(state, user, channel, VIEW_CHANNEL)?;
    let author = state.message(channel, message)?.author;
    let app = state.apps.values().find(|app| app.user == author).map(|app| app.id);
    let app = app.ok_or_else(|| Refused::new(409, "the message is not an application's"))?;
    let data = json!({"custom_id": custom_id, "component_type": 2, "id": 1});
    let opening = Opening { kind: Kind::Component, user, app, channel, name: None, source: Some(message), via: None };
    Ok(open(state, opening, data))
}

/// Writes a message of any length.
pub(crate) fn forge_say(state: &mut State, user: u64, channel: u64, content: &str) -> Result<u64, Refused> {
    allowed(state, user, channel, VIEW_CHANNEL)?;
    let post = Post { content: content.to_owned(), ..Post::default() };
    Ok(state.post(user, channel, post, Origin::default()))
}

/// Sends a form.
pub(crate) fn submit(state: &mut State, user: u64, modal: u64, values: &Value) -> Result<u64, Refused> {
    let found = state.interactions.get(&modal).filter(|found| found.user == user && !found.submitted);
    let found = found.ok_or_else(|| Refused::new(404, "this form is not open"))?;
    let Phase::Modal(form) = &found.phase else { return Err(Refused::new(404, "this form is not open")) };
    let (form, app, channel, source) = (form.clone(), found.app, found.channel, found.source);
    let via = found.metadata.clone();
    let (components, resolved) = fill::form(state, channel, list(&form, "components"), values)?;
    let mut data = Map::new();
    data.insert("custom_id".to_owned(), form.get("custom_id").cloned().unwrap_or(Value::Null));
    data.insert("components".to_owned(), Value::Array(components));
    if let Some(resolved) = resolved {
        data.insert("resolved".to_owned(), resolved);
    }
    if let Some(found) = state.interactions.get_mut(&modal) {
        found.submitted = true;
    }
    let opening = Opening { kind: Kind::ModalSubmit, user, app, channel, name: None, source, via: Some(via) };
    Ok(open(state, opening, Value::Object(data)))
}
