//! What became of an interaction.

use serde_json::Value;

use super::Refused;
use crate::sandbox::json::id;
use crate::sandbox::state::{Phase, State};

/// What became of an interaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A message: new, or the one that was changed.
    Message(Value),
    /// A form.
    Modal(Value),
    /// Suggestions.
    Choices(Vec<Value>),
    /// Acknowledged, and then no message (or it was deleted) within the patience.
    Silent,
    /// Nothing came in time: what the person reads.
    Failed(String),
}

impl Answer {
    /// The message, if it is one.
    pub fn message(&self) -> Option<&Value> {
        match self {
            Self::Message(message) => Some(message),
            _ => None,
        }
    }

    /// The text of the message; empty when there is none.
    pub fn content(&self) -> &str {
        self.message().and_then(|message| message.get("content")).and_then(Value::as_str).unwrap_or_default()
    }

    /// The id of the form, if it is one.
    pub fn modal(&self) -> Option<u64> {
        match self {
            Self::Modal(modal) => id(modal, "id"),
            _ => None,
        }
    }
}

/// What became of an interaction, seen now.
pub(crate) fn of(state: &State, interaction: u64) -> Answer {
    let Some(found) = state.interactions.get(&interaction) else {
        return Answer::Failed("unknown interaction".to_owned());
    };
    let latest = found.latest.and_then(|message| state.message(found.channel, message).ok());
    match &found.phase {
        Phase::Modal(modal) => Answer::Modal(modal.clone()),
        Phase::Choices(choices) => Answer::Choices(choices.as_array().cloned().unwrap_or_default()),
        Phase::Failed(reason) => Answer::Failed(reason.clone()),
        Phase::Waiting => Answer::Failed("no answer yet".to_owned()),
        Phase::Answered | Phase::Thinking | Phase::Silent => {
            latest.map_or(Answer::Silent, |message| Answer::Message(state.message_json(message)))
        }
    }
}

/// The state of an interaction as the HTTP API tells it.
pub(crate) fn json(state: &State, user: u64, interaction: u64) -> Result<Value, Refused> {
    let found = state.interactions.get(&interaction).filter(|found| found.user == user);
    let found = found.ok_or_else(|| Refused::new(404, "unknown interaction"))?;
    let mut value = serde_json::json!({"state": found.phase.word(), "acknowledged_ms": found.acknowledged_ms});
    let (key, more) = match of(state, interaction) {
        Answer::Message(message) => ("message", message),
        Answer::Modal(modal) => ("modal", modal),
        Answer::Choices(choices) => ("choices", Value::Array(choices)),
        Answer::Failed(reason) if found.phase.word() == "failed" => ("error", Value::String(reason)),
        Answer::Failed(_) | Answer::Silent => return Ok(value),
    };
    if let Some(map) = value.as_object_mut() {
        map.insert(key.to_owned(), more);
    }
    Ok(value)
}
