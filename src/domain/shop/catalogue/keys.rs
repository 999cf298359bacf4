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

/// What a paste holds. Lines count from 1, as they stand there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The keys, in their order, each once.
    pub keys: Vec<Key>,
    /// On which line each key stands.
    pub lines: Vec<usize>,
    /// Lines that hold nothing.
    pub blank: Vec<usize>,
    /// Lines that repeat an earlier one.
    pub doubled: Vec<usize>,
    /// Lines that are longer than [`Key::MAX`], each with what is wrong with it.
    pub long: Vec<(usize, Problem)>,
    /// Lines with a character that is none of a text: left out, it would make another key of it.
    pub strange: Vec<usize>,
}

impl Pasted {
    /// The same where every line can be used or holds nothing.
    ///
    /// # Errors
    /// [`Error::Argument`] for `option` where a line is longer than [`Key::MAX`]; [`Error::Conflict`] where one isn't text; as
    /// [`Pasted::usable`].
    pub fn whole(mut self, option: &'static str) -> Result<Self> {
        if !self.strange.is_empty() {
            return Err(Error::Conflict("error-shop-strange-key"));
        }
        match self.long.pop() {
            Some((_, problem)) => Err(Error::Argument { option, problem }),
            None => self.usable(),
        }
    }

    /// The same where there is a key.
    ///
    /// # Errors
    /// [`Error::Conflict`] where there is none.
    pub fn usable(self) -> Result<Self> {
        if self.keys.is_empty() { Err(Error::Conflict("error-shop-no-keys")) } else { Ok(self) }
    }
}

/// Whether somebody wrote several keys one after another: they would become one, and its buyer would get them all.
pub fn in_one_line(text: &str) -> bool {
    !text.trim().contains('\n') && text.contains([',', ';'])
}

/// Reads a paste, one key a line; spaces at the ends of a line don't count.
///
/// # Errors
/// [`Error::Conflict`] above [`AT_ONCE`] keys.
pub fn paste(text: &str) -> Result<Pasted> {
    let mut pasted = Pasted::default();
    let mut seen = HashSet::new();
    // The end of the last line begins no other.
    for (line, text) in text.trim_end_matches(['\n', '\r']).lines().enumerate().map(|(at, text)| (at + 1, text)) {
        if text.trim().chars().any(|c| c.is_control() && c != '\t') {
            pasted.strange.push(line);
            continue;
        }
        match Short::<{ Key::MAX }>::parse(text) {
            Ok(key) => {
                let key = Key(key.as_str().to_owned());
                if seen.insert(key.clone()) {
                    pasted.keys.push(key);
                    pasted.lines.push(line);
                } else {
                    pasted.doubled.push(line);
                }
            }
            Err(Problem::Empty) => pasted.blank.push(line),
            Err(problem) => pasted.long.push((line, problem)),
        }
        if pasted.keys.len() > AT_ONCE {
            return Err(Error::Conflict("error-shop-too-many-keys"));
        }
    }
    Ok(pasted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_repeats_are_counted_and_left_out() {
        let pasted = paste("AAAA\r\n\n  BBBB \nAAAA\n\u{200B}\nCCCC\n\n").unwrap();
        assert!(!format!("{pasted:?}").contains("AAAA"));
        let keys: Vec<_> = pasted.keys.iter().map(Key::expose).collect();
        assert_eq!((keys.as_slice(), pasted.lines), (["AAAA", "BBBB", "CCCC"].as_slice(), vec![1, 3, 6]));
        assert_eq!((pasted.blank, pasted.doubled), (vec![2, 5], vec![4]));
    }

    #[test]
    fn a_thousand_are_taken_and_no_more() {
        let lines = |count: usize| (0..count).map(|n| format!("K{n}\n")).collect::<String>();
        assert_eq!(paste(&lines(AT_ONCE)).unwrap().keys.len(), AT_ONCE);
        assert!(matches!(paste(&lines(AT_ONCE + 1)), Err(Error::Conflict("error-shop-too-many-keys"))));
        assert!(matches!(paste("\n \n").unwrap().usable(), Err(Error::Conflict("error-shop-no-keys"))));
        let long = "x".repeat(Key::MAX + 1);
        let pasted = paste(&format!("AAAA\n{long}\nBBBB")).unwrap();
        assert_eq!((pasted.keys.len(), pasted.long.len(), pasted.long[0].0), (2, 1, 2));
        assert!(matches!(pasted.whole("keys"), Err(Error::Argument { problem: Problem::TooLong { .. }, .. })));
        let pasted = paste("AA\0AA\r\nBB\tBB\r\nCC\u{7}\rCC").unwrap();
        assert_eq!((pasted.keys.len(), pasted.strange.as_slice()), (1, [1, 3].as_slice()));
        assert!(matches!(pasted.whole("keys"), Err(Error::Conflict("error-shop-strange-key"))));
    }
}
