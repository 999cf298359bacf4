//! Small hands for the JSON objects that the sandbox's Stripe keeps.

use serde_json::{Map, Value};

use crate::sandbox::json::text;

/// Letters of Stripe's ids.
const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Puts a value into an object's field.
pub(crate) fn set(object: &mut Value, key: &str, value: impl Into<Value>) {
    if let Value::Object(map) = object {
        map.insert(key.to_owned(), value.into());
    }
}

/// Puts a value into an inner object's field.
pub(crate) fn set_at(object: &mut Value, pointer: &str, key: &str, value: impl Into<Value>) {
    if let Some(inner) = object.pointer_mut(pointer) {
        set(inner, key, value);
    }
}

/// One object out of two; of fields that both have, the second's counts.
pub(crate) fn joined(mut one: Value, other: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut one, other) {
        all.extend(more);
    }
    one
}

/// A field's number, which may be negative; absent is 0.
pub(crate) fn int(object: &Value, key: &str) -> i64 {
    object.get(key).and_then(Value::as_i64).unwrap_or(0)
}

/// A field's moment; absent is 0.
pub(crate) fn moment(object: &Value, key: &str) -> u64 {
    object.get(key).and_then(Value::as_u64).unwrap_or(0)
}

/// A field's text as one's own; absent is empty.
pub(crate) fn own(object: &Value, key: &str) -> String {
    text(object, key).unwrap_or_default().to_owned()
}

/// The object's id.
pub(crate) fn id_of(object: &Value) -> String {
    own(object, "id")
}

/// A field, or `null`.
pub(crate) fn field(object: &Value, key: &str) -> Value {
    object.get(key).cloned().unwrap_or_default()
}

/// A fresh id with a prefix.
pub(crate) fn fresh_id(prefix: &str) -> String {
    format!("{prefix}_{}", letters(24))
}

/// Random letters and digits.
pub(crate) fn letters(count: usize) -> String {
    let letter = |_| {
        let n = usize::from(rand::random::<u8>()) % LETTERS.len();
        LETTERS.get(n).copied().map_or('0', char::from)
    };
    (0..count).map(letter).collect()
}

/// What of an object was otherwise before, as an event's `previous_attributes` tells it: only changed fields, inner
/// objects in the same way, lists whole.
pub(crate) fn changes(before: &Value, after: &Value) -> Map<String, Value> {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return Map::new() };
    let mut found = Map::new();
    for (key, value) in new {
        match old.get(key) {
            Some(was) if was == value => {}
            Some(was) if was.is_object() && value.is_object() => {
                found.insert(key.clone(), Value::Object(changes(was, value)));
            }
            was => drop(found.insert(key.clone(), was.cloned().unwrap_or_default())),
        }
    }
    let gone = old.iter().filter(|(key, _)| !new.contains_key(*key));
    found.extend(gone.map(|(key, was)| (key.clone(), was.clone())));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn changes_tell_what_was() {
        let before = json!({"a": 1, "same": true, "m": {"x": "1", "y": "2"}, "list": [1]});
        let after = json!({"a": 2, "same": true, "m": {"x": "1", "z": "3"}, "list": [1, 2]});
        let expected = json!({"a": 1, "m": {"z": null, "y": "2"}, "list": [1]});
        assert_eq!(Value::Object(changes(&before, &after)), expected);
    }
}
