//! The code that a buyer types: read so that how it is written makes no difference, and so that no look-alike passes.
//!
//! Case, spaces and what can't be seen are dropped, full-width forms count as plain ones. What is left must be Latin letters
//! without accents, digits, `-` or `_`: a Cyrillic А is refused, not turned into a Latin A, because then two codes that look
//! the same would differ to whoever made them.

use crate::kernel::error::Problem;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A code, in its one spelling: 3 to 30 of `[A-Z0-9_-]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PromoCode(String);

impl PromoCode {
    /// Shortest code.
    pub const MIN: usize = 3;
    /// Longest code.
    pub const MAX: usize = 30;

    /// Reads a code as typed.
    ///
    /// # Errors
    /// [`Problem::NotAPromoCode`], which names the first character that can't stand in one.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code: String = crate::kernel::text::clean(typed)
            .nfkc()
            .filter(|c| !c.is_whitespace() && !is_unseen(*c))
            .flat_map(char::to_uppercase)
            .collect();
        let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        // What was typed is looked at: 'ı' and 'ſ' would become plain letters as capitals.
        let strange = code.chars().find(|c| !known(*c)).or_else(|| typed.nfkc().find(|c| matches!(c, 'ı' | 'ſ')));
        if strange.is_none() && (Self::MIN..=Self::MAX).contains(&code.len()) {
            return Ok(Self(code));
        }
        Err(Problem::NotAPromoCode { strange: strange.map(String::from).unwrap_or_default() })
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PromoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Joiners and variation selectors, which `clean` keeps for emoji.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{034F}' | '\u{2061}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn how_a_code_is_written_makes_no_difference() {
        for typed in ["NOEL20", "noel20", " Noel 20 ", "no\u{200B}el\u{200D}20", "ＮＯＥＬ２０", "NOEL\u{A0}20\u{FE0F}"]
        {
            assert_eq!(PromoCode::parse(typed).unwrap().as_str(), "NOEL20", "{typed:?}");
        }
    }

    #[test]
    fn look_alikes_and_other_letters_are_named() {
        for (typed, strange) in
            [("NOЕL20", "Е"), ("РROMO", "Р"), ("NOËL20", "Ë"), ("PROMO!", "!"), ("Ο123", "Ο"), ("sıx6", "ı")]
        {
            assert_eq!(PromoCode::parse(typed), Err(Problem::NotAPromoCode { strange: strange.to_owned() }), "{typed}");
        }
        for typed in ["", "  ", "AB", &"A".repeat(31)] {
            assert_eq!(PromoCode::parse(typed), Err(Problem::NotAPromoCode { strange: String::new() }), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_reads_back_the_same(text in "\\PC{0,40}") {
            if let Ok(code) = PromoCode::parse(&text) {
                prop_assert_eq!(PromoCode::parse(code.as_str()), Ok(code.clone()));
                prop_assert!(code.as_str().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-_".contains(&b)));
            }
        }
    }
}
