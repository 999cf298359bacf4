//! What is wrong with a setting, and what to do about it.

use std::fmt;

/// One thing that is wrong with the settings. No field ever holds the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting, with the place it was given in.
    pub setting: String,
    /// What is wrong.
    pub what: String,
    /// What the reader can do.
    pub remedy: String,
}

impl Problem {
    /// Makes a problem from its three sentences.
    pub fn new(setting: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { setting: setting.into(), what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}.", self.setting, self.what, self.remedy)
    }
}
