//! Message bodies: from JSON to a post or an edit.

use serde_json::Value;

use super::{CONTENT, FILE_BYTES, components, embeds};
use crate::sandbox::json::{as_id, id, length, list, number, text, truth};
use crate::sandbox::refusal::{Form, Refusal};
use crate::sandbox::state::Allowed;
use crate::sandbox::state::{Edit, File, Post, message};

/// Reads a new message; `flags` are those the caller may set.
pub(crate) fn post(body: &Value, files: Vec<File>, flags: u64) -> Result<Post, Refusal> {
    let mut form = Form::default();
    let given = number(body, "flags").unwrap_or(0) & flags;
    let layout = given & message::COMPONENTS_V2 != 0;
    let content = content(&mut form, body).unwrap_or_default();
    let (embeds, mut components) = (list(body, "embeds").to_vec(), list(body, "components").to_vec());
    embeds::check(&mut form, &embeds);
    components::check(&mut form, &components, layout);
    if layout && (!content.is_empty() || !embeds.is_empty()) {
        let message = "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2";
        form.fail("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
    }
    attachments(&mut form, body, &files);
    let allowed = allowed(&mut form, body);
    let nonce = nonce(&mut form, body);
    form.finish()?;
    if files.iter().any(|file| file.bytes.len() > FILE_BYTES) {
        return Err(Refusal::TOO_LARGE);
    }
    let stickers = list(body, "sticker_ids").is_empty() && body.get("poll").is_none_or(Value::is_null);
    if content.is_empty() && embeds.is_empty() && components.is_empty() && files.is_empty() && stickers {
        return Err(Refusal::EMPTY_MESSAGE);
    }
    components::number_all(&mut components);
    Ok(Post {
        content,
        embeds: embeds.into_iter().map(without_nulls).collect(),
        components,
        files,
        described: list(body, "attachments").to_vec(),
        flags: given,
        tts: truth(body, "tts"),
        reference: None,
        allowed,
        enforce_nonce: truth(body, "enforce_nonce"),
        nonce,
    })
}

/// Reads a change of a message.
pub(crate) fn edit(body: &Value, files: Vec<File>, layout: bool) -> Result<Edit, Refusal> {
    let mut form = Form::default();
    let content = body.get("content").map(|_| content(&mut form, body).unwrap_or_default());
    let given = |key: &str| body.get(key).map(|_| list(body, key).to_vec());
    let (embeds, mut components) = (given("embeds"), given("components"));
    embeds::check(&mut form, embeds.as_deref().unwrap_or_default());
    let layout = layout || number(body, "flags").unwrap_or(0) & message::COMPONENTS_V2 != 0;
    components::check(&mut form, components.as_deref().unwrap_or_default(), layout);
    attachments(&mut form, body, &files);
    let allowed = allowed(&mut form, body);
    form.finish()?;
    if files.iter().any(|file| file.bytes.len() > FILE_BYTES) {
        return Err(Refusal::TOO_LARGE);
    }
    if let Some(components) = &mut components {
        components::number_all(components);
    }
    Ok(Edit {
        content,
        embeds: embeds.map(|all| all.into_iter().map(without_nulls).collect()),
        components,
        files,
        attachments: given("attachments"),
        flags: number(body, "flags"),
        allowed,
        completes: false,
    })
}

/// Discord cuts white space at both ends.
fn content(form: &mut Form, body: &Value) -> Option<String> {
    match body.get("content") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => {
            let text = text.trim();
            form.at_most("content", length(text), CONTENT);
            Some(text.to_owned())
        }
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => {
            form.fail("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            None
        }
    }
}

fn nonce(form: &mut Form, body: &Value) -> Option<Value> {
    let nonce = body.get("nonce").filter(|nonce| nonce.is_string() || nonce.is_i64() || nonce.is_u64())?;
    form.at_most("nonce", nonce.as_str().map_or(0, length), 25);
    Some(nonce.clone())
}

fn attachments(form: &mut Form, body: &Value, files: &[File]) {
    form.at_most("files", files.len(), 10);
    for (n, told) in list(body, "attachments").iter().enumerate() {
        form.at_most(&format!("attachments.{n}.description"), text(told, "description").map_or(0, length), 1024);
        // Small ids are slots of `files[n]`; real snowflakes name attachments that are there already.
        let slot = id(told, "id").filter(|id| *id < 100);
        if slot.is_some_and(|slot| files.iter().all(|file| file.slot != slot)) {
            let message = format!("Attachment data for attachment {n} was not found.");
            form.fail(&format!("attachments.{n}.id"), "ATTACHMENT_NOT_FOUND", &message);
        }
    }
}

fn allowed(form: &mut Form, body: &Value) -> Allowed {
    let Some(given) = body.get("allowed_mentions").filter(|given| !given.is_null()) else {
        return Allowed::default();
    };
    let parse: Vec<&str> = list(given, "parse").iter().filter_map(Value::as_str).collect();
    if parse.iter().any(|word| !matches!(*word, "users" | "roles" | "everyone")) {
        form.choice("allowed_mentions.parse", "'users', 'roles', 'everyone'");
    }
    let ids = |key: &str| list(given, key).iter().filter_map(as_id).collect::<Vec<_>>();
    let (users, roles) = (ids("users"), ids("roles"));
    for (key, named) in [("users", &users), ("roles", &roles)] {
        form.at_most(&format!("allowed_mentions.{key}"), named.len(), 100);
        if parse.contains(&key) && !named.is_empty() {
            let message = format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
            form.fail("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
    Allowed {
        everyone: parse.contains(&"everyone"),
        all_roles: parse.contains(&"roles"),
        all_users: parse.contains(&"users"),
        roles,
        users,
        replied: truth(given, "replied_user"),
    }
}

fn without_nulls(mut embed: Value) -> Value {
    if let Some(map) = embed.as_object_mut() {
        map.retain(|_, value| !value.is_null());
        for inner in map.values_mut().filter_map(Value::as_object_mut) {
            inner.retain(|_, value| !value.is_null());
        }
    }
    embed
}
