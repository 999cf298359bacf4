//! Filling forms and choosing in selects, with the checks that Discord's client makes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::options::{Resolved, resolve_values};
use super::{Refused, Upload, act};
use crate::sandbox::json::{length, list, number, sid, text};
use crate::sandbox::state::State;

/// The filled components of a form, and what their values stand for.
type Filled = (Vec<Value>, Option<Value>);

/// Checks a choice in a select.
pub(crate) fn choice(select: &Value, values: &[String]) -> Result<(), Refused> {
    let min = number(select, "min_values").unwrap_or(1);
    let max = number(select, "max_values").unwrap_or(1);
    let chosen = u64::try_from(values.len()).unwrap_or(u64::MAX);
    if chosen < min || chosen > max {
        return Err(Refused::new(400, format!("choose {min} to {max}, not {chosen}")));
    }
    if !matches!(number(select, "type"), Some(3 | 22 | 21)) {
        return Ok(());
    }
    let options = list(select, "options");
    let known = |value: &String| options.iter().any(|option| text(option, "value") == Some(value));
    match values.iter().find(|value| !known(value)) {
        Some(stranger) => Err(Refused::new(400, format!("{stranger} is not one of the options"))),
        None => Ok(()),
    }
}

/// Fills a form: action rows with text inputs, labels with inputs of every kind.
pub(crate) fn form(state: &mut State, channel: u64, components: &[Value], values: &Value) -> Result<Filled, Refused> {
    let mut filler = Filler { state, channel, values, uploads: Resolved::default(), resolved: Map::new() };
    let mut filled = Vec::new();
    for component in components {
        let id = component.get("id").cloned().unwrap_or(json!(1));
        filled.push(match number(component, "type") {
            Some(1) => {
                let mut inside = Vec::new();
                for input in list(component, "components") {
                    inside.push(filler.one(input)?);
                }
                json!({"type": 1, "id": id, "components": inside})
            }
            Some(18) => {
                let inner = component.get("component").unwrap_or(&Value::Null);
                json!({"type": 18, "id": id, "component": filler.one(inner)?})
            }
            other => json!({"type": other, "id": id}),
        });
    }
    let uploads = filler.uploads.json(filler.state, channel, 0);
    if let Some(Value::Object(uploads)) = uploads {
        filler.resolved.extend(uploads);
    }
    let resolved = filler.resolved;
    Ok((filled, (!resolved.is_empty()).then_some(Value::Object(resolved))))
}

struct Filler<'a> {
    state: &'a mut State,
    channel: u64,
    values: &'a Value,
    uploads: Resolved,
    resolved: Map<String, Value>,
}

impl Filler<'_> {
    fn one(&mut self, input: &Value) -> Result<Value, Refused> {
        let custom_id = text(input, "custom_id").unwrap_or_default();
        let given = self.values.get(custom_id);
        let kind = number(input, "type").unwrap_or(0);
        let required = input.get("required").and_then(Value::as_bool).unwrap_or(true);
        let mut filled =
            json!({"type": kind, "id": input.get("id").cloned().unwrap_or(json!(1)), "custom_id": custom_id});
        let (key, value) = match kind {
            4 => ("value", json!(text_value(input, given, required)?)),
            23 => ("value", json!(given.and_then(Value::as_bool).unwrap_or(false))),
            19 => ("values", self.uploaded(input, given, required)?),
            21 => {
                let chosen = strings(given);
                if required || !chosen.is_empty() {
                    choice(input, &chosen)?;
                }
                ("value", json!(chosen.first()))
            }
            _ => {
                let chosen = strings(given);
                if required || !chosen.is_empty() {
                    choice(input, &chosen)?;
                }
                if let Some(Value::Object(more)) = resolve_values(self.state, self.channel, kind, &chosen) {
                    self.resolved.extend(more);
                }
                ("values", json!(chosen))
            }
        };
        if let Some(map) = filled.as_object_mut() {
            map.insert(key.to_owned(), value);
        }
        Ok(filled)
    }

    fn uploaded(&mut self, input: &Value, given: Option<&Value>, required: bool) -> Result<Value, Refused> {
        let given = given.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let least = if required { number(input, "min_values").unwrap_or(1) } else { 0 };
        let most = number(input, "max_values").unwrap_or(1);
        let count = u64::try_from(given.len()).unwrap_or(u64::MAX);
        if count < least || count > most {
            return Err(Refused::new(400, format!("{least} to {most} files, not {count}")));
        }
        let uploads = given.iter().map(upload).collect::<Result<Vec<_>, _>>()?;
        let mut ids = Vec::new();
        for file in act::files(uploads)? {
            let id = self.state.store(self.channel, file);
            self.uploads.attachments.push(id);
            ids.push(sid(id));
        }
        Ok(Value::Array(ids))
    }
}

fn text_value(input: &Value, given: Option<&Value>, required: bool) -> Result<String, Refused> {
    let label = text(input, "label").or(text(input, "custom_id")).unwrap_or_default();
    let value = given.and_then(Value::as_str).or(text(input, "value")).unwrap_or_default();
    let size = u64::try_from(length(value)).unwrap_or(u64::MAX);
    let min = number(input, "min_length").unwrap_or(0).max(u64::from(required));
    let max = number(input, "max_length").unwrap_or(4000);
    if size > max || size < min && (required || size > 0) {
        return Err(Refused::new(400, format!("{label}: {size} characters, {min} to {max} are asked")));
    }
    Ok(value.to_owned())
}

fn strings(given: Option<&Value>) -> Vec<String> {
    match given {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Reads an upload of the HTTP API: name, media type, base64.
pub(crate) fn upload(value: &Value) -> Result<Upload, Refused> {
    let bytes = STANDARD.decode(text(value, "base64").unwrap_or_default());
    Ok(Upload {
        filename: text(value, "filename").unwrap_or("file").to_owned(),
        content_type: text(value, "content_type").filter(|kind| !kind.is_empty()).map(str::to_owned),
        bytes: bytes.map_err(|_| Refused::new(400, "an attachment is not base64"))?.into(),
    })
}
