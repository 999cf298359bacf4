//! Keys as an operator pastes them: one a line.

use super::texts::Short;
use crate::kernel::error::Problem;
use crate::kernel::{Error, Result};
use std::collections::HashSet;

/// Most keys added at once.
pub const AT_ONCE: usize = 1000;

/// A key that is handed over to one buyer.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// Longest key, in characters.
    pub const MAX: usize = 500;

    /// The key, to be kept or handed over and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// What a paste holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The keys, in their order, each once.
    pub keys: Vec<Key>,
    /// Lines that hold nothing.
    pub blank: usize,
    /// Lines that repeat an earlier one.
    pub doubled: usize,
}

/// Reads a paste, one key a line; spaces at the ends of a line don't count.
///
/// # Errors
/// [`Error::Argument`] for `option` where a line is longer than [`Key::MAX`]; [`Error::Conflict`] above [`AT_ONCE`] keys and
/// where there is none.
pub fn paste(option: &'static str, text: &str) -> Result<Pasted> {
    let mut pasted = Pasted::default();
    let mut seen = HashSet::new();
    // The end of the last line begins no other.
    for line in text.trim_end_matches(['\n', '\r']).lines() {
        match Short::<{ Key::MAX }>::parse(line) {
            Ok(key) => {
                let key = Key(key.as_str().to_owned());
                if seen.insert(key.clone()) {
                    pasted.keys.push(key);
                } else {
                    pasted.doubled += 1;
                }
            }
            Err(Problem::Empty) => pasted.blank += 1,
            Err(problem) => return Err(Error::Argument { option, problem }),
        }
        if pasted.keys.len() > AT_ONCE {
            return Err(Error::Conflict("error-shop-too-many-keys"));
        }
    }
    if pasted.keys.is_empty() { Err(Error::Conflict("error-shop-no-keys")) } else { Ok(pasted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_repeats_are_counted_and_left_out() {
        let pasted = paste("keys", "AAAA\r\n\n  BBBB \nAAAA\n\u{200B}\nCCCC\n\n").unwrap();
        let keys: Vec<_> = pasted.keys.iter().map(Key::expose).collect();
        assert_eq!((keys.as_slice(), pasted.blank, pasted.doubled), (["AAAA", "BBBB", "CCCC"].as_slice(), 2, 1));
        assert!(!format!("{pasted:?}").contains("AAAA"));
    }

    #[test]
    fn a_thousand_are_taken_and_no_more() {
        let lines = |count: usize| (0..count).map(|n| format!("K{n}\n")).collect::<String>();
        assert_eq!(paste("keys", &lines(AT_ONCE)).unwrap().keys.len(), AT_ONCE);
        assert!(matches!(paste("keys", &lines(AT_ONCE + 1)), Err(Error::Conflict("error-shop-too-many-keys"))));
        assert!(matches!(paste("keys", "\n \n"), Err(Error::Conflict("error-shop-no-keys"))));
        let long = "x".repeat(Key::MAX + 1);
        assert!(matches!(paste("keys", &long), Err(Error::Argument { problem: Problem::TooLong { .. }, .. })));
    }
}
