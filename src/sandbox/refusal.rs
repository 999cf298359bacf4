//! What Discord answers when it refuses: a status, a code, a sentence, and the fields at fault.
//!
//! Source of the codes: Discord's documentation, "Opcodes and Status Codes", JSON error codes.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

/// A refused request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: u16,
    /// Discord's code; 0 for plain HTTP refusals.
    pub(crate) code: u64,
    /// Discord's sentence.
    pub(crate) message: Cow<'static, str>,
    /// The fields at fault of an invalid form.
    pub(crate) errors: Option<Value>,
}

impl Refusal {
    /// A refusal from its three parts.
    pub(crate) fn new(status: u16, code: u64, message: &str) -> Self {
        Self { status, code, message: Cow::Owned(message.to_owned()), errors: None }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let (Some(errors), Some(map)) = (&self.errors, body.as_object_mut()) {
            map.insert("errors".to_owned(), errors.clone());
        }
        body
    }
}

impl Refusal {
    pub(crate) const UNAUTHORIZED: Self = Self::fixed(401, 0, "401: Unauthorized");
    pub(crate) const NOT_FOUND: Self = Self::fixed(404, 0, "404: Not Found");
    pub(crate) const WRONG_METHOD: Self = Self::fixed(405, 0, "405: Method Not Allowed");
    pub(crate) const UNKNOWN_CHANNEL: Self = Self::fixed(404, 10003, "Unknown Channel");
    pub(crate) const UNKNOWN_GUILD: Self = Self::fixed(404, 10004, "Unknown Guild");
    pub(crate) const UNKNOWN_MEMBER: Self = Self::fixed(404, 10007, "Unknown Member");
    pub(crate) const UNKNOWN_MESSAGE: Self = Self::fixed(404, 10008, "Unknown Message");
    pub(crate) const UNKNOWN_ROLE: Self = Self::fixed(404, 10011, "Unknown Role");
    pub(crate) const UNKNOWN_USER: Self = Self::fixed(404, 10013, "Unknown User");
    pub(crate) const UNKNOWN_WEBHOOK: Self = Self::fixed(404, 10015, "Unknown Webhook");
    pub(crate) const UNKNOWN_INTERACTION: Self = Self::fixed(404, 10062, "Unknown interaction");
    pub(crate) const UNKNOWN_COMMAND: Self = Self::fixed(404, 10063, "Unknown application command");
    pub(crate) const TOO_LARGE: Self = Self::fixed(413, 40005, "Request entity too large");
    pub(crate) const ALREADY_ACKNOWLEDGED: Self = Self::fixed(400, 40060, "Interaction has already been acknowledged.");
    pub(crate) const MISSING_ACCESS: Self = Self::fixed(403, 50001, "Missing Access");
    pub(crate) const NOT_THE_AUTHOR: Self = Self::fixed(403, 50005, "Cannot edit a message authored by another user");
    pub(crate) const EMPTY_MESSAGE: Self = Self::fixed(400, 50006, "Cannot send an empty message");
    pub(crate) const CANNOT_MESSAGE_USER: Self = Self::fixed(403, 50007, "Cannot send messages to this user");
    pub(crate) const INVALID_RECIPIENT: Self = Self::fixed(400, 50033, "Invalid Recipient(s)");
    pub(crate) const DIRECT_ONLY_OWN: Self = Self::fixed(403, 50003, "Cannot execute action on a DM channel");
    pub(crate) const NOT_A_TEXT_CHANNEL: Self = Self::fixed(400, 50008, "Cannot send messages in a non-text channel");
    pub(crate) const NO_HISTORY: Self =
        Self::fixed(403, 160002, "Cannot reply without permission to read message history");
    pub(crate) const MISSING_PERMISSIONS: Self = Self::fixed(403, 50013, "Missing Permissions");
    pub(crate) const WRONG_CHANNEL_TYPE: Self = Self::fixed(400, 50024, "Cannot execute action on this channel type");
    pub(crate) const INVALID_WEBHOOK_TOKEN: Self = Self::fixed(401, 50027, "Invalid Webhook Token");
    pub(crate) const TOO_OLD_FOR_BULK: Self =
        Self::fixed(400, 50034, "You can only bulk delete messages that are under 14 days old.");
    pub(crate) const THREAD_ARCHIVED: Self = Self::fixed(400, 50083, "Thread is archived");
    pub(crate) const INVALID_JSON: Self = Self::fixed(400, 50109, "The request body contains invalid JSON.");

    const fn fixed(status: u16, code: u64, message: &'static str) -> Self {
        Self { status, code, message: Cow::Borrowed(message), errors: None }
    }
}

/// Collects what is wrong with a form, by field path, as Discord nests it.
#[derive(Debug, Default)]
pub(crate) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Notes one fault; `path` is dotted (`embeds.0.title`).
    pub(crate) fn fail(&mut self, path: &str, code: &str, message: &str) {
        let mut map = &mut self.errors;
        for step in path.split('.') {
            let slot = map.entry(step).or_insert_with(|| Value::Object(Map::new()));
            match slot {
                Value::Object(inner) => map = inner,
                _ => return,
            }
        }
        let list = map.entry("_errors").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            items.push(json!({"code": code, "message": message}));
        }
    }

    /// Notes a text or list that is out of its bounds.
    pub(crate) fn bounds(&mut self, path: &str, found: usize, min: usize, max: usize) {
        if found < min || found > max {
            let message = format!("Must be between {min} and {max} in length.");
            self.fail(path, "BASE_TYPE_BAD_LENGTH", &message);
        }
    }

    /// Notes a text that is too long.
    pub(crate) fn at_most(&mut self, path: &str, found: usize, max: usize) {
        if found > max {
            let message = format!("Must be {max} or fewer in length.");
            self.fail(path, "BASE_TYPE_MAX_LENGTH", &message);
        }
    }

    /// Notes a field that is missing.
    pub(crate) fn required(&mut self, path: &str) {
        self.fail(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Notes a value outside the allowed ones.
    pub(crate) fn choice(&mut self, path: &str, allowed: &str) {
        let message = format!("Value must be one of {{{allowed}}}.");
        self.fail(path, "BASE_TYPE_CHOICES", &message);
    }

    /// Refuses when any fault was noted.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::new(400, 50035, "Invalid Form Body");
        refusal.errors = Some(Value::Object(self.errors));
        Err(refusal)
    }
}

/// Refuses a form for one single fault.
pub(crate) fn invalid(path: &str, code: &str, message: &str) -> Refusal {
    let mut form = Form::default();
    form.fail(path, code, message);
    form.finish().err().unwrap_or(Refusal::INVALID_JSON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_nested_by_field() {
        let mut form = Form::default();
        form.at_most("embeds.0.title", 300, 256);
        let refusal = form.finish().unwrap_err();
        assert_eq!(refusal.code, 50035);
        assert_eq!(refusal.errors.unwrap()["embeds"]["0"]["title"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
    }
}
