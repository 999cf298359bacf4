//! A text that must not be shown: tokens, keys, connection strings with a password.

use std::fmt;

use serde::{Serialize, Serializer};

const MASK: &str = "***";

/// A secret text. Every way of printing it gives `***`; `expose` is the only way to the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that must send it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let token = Secret::new("MTIz.abc");
        assert_eq!(format!("{token} {token:?} {token:#?}"), "*** *** ***");
        assert_eq!(serde_json::to_string(&token).unwrap(), "\"***\"");
        assert_eq!(token.expose(), "MTIz.abc");
    }
}
