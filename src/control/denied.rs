//! What Maxis says where it doesn't do what is asked: a word for programs, a text for the person behind the question.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of no it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Something in it can't be used.
    BadInput,
    /// The person behind it may not.
    NotAllowed,
    /// There is no such thing.
    NotFound,
    /// How things stand doesn't allow it.
    Conflict,
    /// Too many at once.
    TooMany,
    /// Something that it needs can't be reached; nothing was changed.
    Unavailable,
    /// A fault of its own; of a change it is not known whether it was made.
    Fault,
}

/// A question that Maxis doesn't do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Denied {
    /// What kind of no it is.
    pub why: Why,
    /// What it is, in a word that stays the same.
    pub error: String,
    /// The same for the person, in the language in which it was asked.
    pub text: String,
}
