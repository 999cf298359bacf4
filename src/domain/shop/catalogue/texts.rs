//! The texts of the catalogue, checked.

use crate::kernel::error::Problem;
use crate::kernel::text::{clean, is_blank};

/// Name of a plan, a product or a variant.
pub type Name = Short<80>;
/// Category of a product.
pub type Category = Short<50>;
/// What a plan brings.
pub type Benefits = Long<1000>;
/// What a product is.
pub type About = Long<2000>;
/// A text that is handed over.
pub type Content = Long<4000>;

/// One line of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short<const MAX: usize>(String);

impl<const MAX: usize> Short<MAX> {
    /// Checks a line; line breaks become spaces.
    ///
    /// # Errors
    /// [`Problem::Empty`] without a visible character, [`Problem::TooLong`] over the limit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let joined = clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        checked(joined, MAX).map(Self)
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text of several lines, of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Long<const MAX: usize>(String);

impl<const MAX: usize> Long<MAX> {
    /// Checks a text.
    ///
    /// # Errors
    /// [`Problem::Empty`] without a visible character, [`Problem::TooLong`] over the limit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        checked(clean(typed), MAX).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn checked(text: String, max: usize) -> Result<String, Problem> {
    let found = text.chars().count();
    if is_blank(&text) {
        Err(Problem::Empty)
    } else if found > max {
        Err(Problem::TooLong { max, found })
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_line_and_at_most_eighty_characters() {
        assert_eq!(Name::parse(" Édition\n spéciale\u{202E} ").unwrap().as_str(), "Édition spéciale");
        assert_eq!(Name::parse("\u{200B} \u{2800}"), Err(Problem::Empty));
        assert_eq!(Name::parse(&"é".repeat(10_000)), Err(Problem::TooLong { max: 80, found: 10_000 }));
        assert!(Benefits::parse("a\nb").unwrap().as_str().contains('\n'));
    }
}
