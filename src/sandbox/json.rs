//! Small readers of JSON values that came from outside: a field of the wrong type reads as absent.

use serde_json::Value;

/// A snowflake as Discord writes it: a string.
pub(crate) fn sid(id: u64) -> Value {
    Value::String(id.to_string())
}

/// The text of a field.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// A snowflake, as string or number.
pub(crate) fn as_id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}

/// The snowflake of a field.
pub(crate) fn id(value: &Value, key: &str) -> Option<u64> {
    value.get(key).and_then(as_id)
}

/// The whole number of a field.
pub(crate) fn number(value: &Value, key: &str) -> Option<u64> {
    value.get(key).and_then(Value::as_u64)
}

/// The truth of a field; absent is false.
pub(crate) fn truth(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// The items of a field; absent is empty.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Characters, as Discord counts them.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

/// A count as JSON number.
pub(crate) fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
