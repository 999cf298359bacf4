//! Why a person's deed was not taken, as Discord's client would tell it.

use crate::sandbox::refusal::Refusal;
use std::fmt;

/// Something a person can't do, said to him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status it has.
    pub status: u16,
    /// Discord's code, if it has one.
    pub code: Option<u64>,
    /// What is wrong.
    pub error: String,
}

impl Refused {
    pub(crate) fn new(status: u16, error: impl Into<String>) -> Self {
        Self { status, code: None, error: error.into() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

impl std::error::Error for Refused {}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let details = refusal.errors.as_ref().map(|errors| format!(" {errors}")).unwrap_or_default();
        let code = Some(refusal.code).filter(|code| *code != 0);
        Self { status: refusal.status, code, error: format!("{}{details}", refusal.message) }
    }
}
