//! Codes of plans, products and variants, and the names of what has a price.

use crate::domain::shop::Period;
use crate::kernel::error::Problem;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// The short name of a plan, a product or a variant: `[a-z0-9_-]{1,32}`, unique in its guild or product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// Longest code.
    pub const MAX: usize = 32;
    /// Longest code made from a name: room stays for a number behind it.
    pub const MADE_MAX: usize = 28;

    /// Reads a code as typed; capitals count as small letters.
    ///
    /// # Errors
    /// [`Problem::NotACode`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code = typed.trim().to_lowercase();
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if (1..=Self::MAX).contains(&code.len()) && code.chars().all(known) {
            Ok(Self(code))
        } else {
            Err(Problem::NotACode)
        }
    }

    /// Makes a code from a name: accents folded, everything else that is no letter or digit a hyphen. A name without any
    /// Latin letter or digit gives `otherwise`, which must be a code.
    pub fn from_name(name: &str, otherwise: &'static str) -> Self {
        let mut made = String::new();
        for c in name.to_lowercase().nfkd() {
            match c {
                'a'..='z' | '0'..='9' => made.push(c),
                'œ' => made.push_str("oe"),
                'æ' => made.push_str("ae"),
                'ß' => made.push_str("ss"),
                'ø' => made.push('o'),
                'ł' => made.push('l'),
                'đ' => made.push('d'),
                // The accent of a letter that stands before it.
                '\u{0300}'..='\u{036F}' => {}
                _ if made.ends_with('-') || made.is_empty() => {}
                _ => made.push('-'),
            }
        }
        let short: String = made.chars().take(Self::MADE_MAX).collect();
        let short = short.trim_end_matches('-');
        Self(if short.is_empty() { otherwise.to_owned() } else { short.to_owned() })
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What has a price: a plan by period, or a variant of a product.
///
/// Written `plan/CODE/month`, `plan/CODE/year`, `product/CODE/VARIANT`: in the tables of prices and behind buttons.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A period of a plan.
    Plan {
        /// The plan.
        plan: Code,
        /// The period.
        period: Period,
    },
    /// A variant of a product.
    Product {
        /// The product.
        product: Code,
        /// The variant.
        variant: Code,
    },
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan { plan, period } => write!(f, "plan/{plan}/{}", period.as_str()),
            Self::Product { product, variant } => write!(f, "product/{product}/{variant}"),
        }
    }
}

/// Text that names nothing that could have a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an item of the catalogue")]
pub struct NotAnItem;

impl FromStr for Item {
    type Err = NotAnItem;

    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        let code = |text: &str| Code::parse(text).map_err(|_| NotAnItem);
        let parts: Vec<&str> = text.trim().split('/').collect();
        match parts.as_slice() {
            ["plan", plan, period] => {
                Ok(Self::Plan { plan: code(plan)?, period: Period::from_word(period).ok_or(NotAnItem)? })
            }
            ["product", product, variant] => Ok(Self::Product { product: code(product)?, variant: code(variant)? }),
            _ => Err(NotAnItem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_codes_with_their_accents_folded() {
        for (name, code) in [
            ("Édition spéciale", "edition-speciale"),
            ("  L’Œuvre n°1 ! ", "l-oeuvre-n-1"),
            ("Straße — Ørsted", "strasse-orsted"),
            ("日本語", "produit"),
            ("🎮", "produit"),
            ("C++ & C#", "c-c"),
        ] {
            assert_eq!(Code::from_name(name, "produit").as_str(), code, "{name}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", " ", "é", "a b", "a/b", "x'; drop table plans", &"a".repeat(33)] {
            assert_eq!(Code::parse(typed), Err(Problem::NotACode), "{typed}");
        }
        assert_eq!(Code::parse(" PRO ").unwrap().as_str(), "pro");
    }

    #[test]
    fn forged_items_are_refused() {
        for text in
            ["", "plan/pro", "plan/pro/week", "plan//month", "product/a/b/c", "product/é/b", "order/a/b", "plan/pro/"]
        {
            assert_eq!(text.parse::<Item>(), Err(NotAnItem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_code_made_of_any_name_is_a_code(name in "\\PC{0,100}") {
            let code = Code::from_name(&name, "x");
            prop_assert_eq!(Code::parse(code.as_str()), Ok(code.clone()));
            prop_assert!(code.as_str().len() <= Code::MADE_MAX);
        }

        #[test]
        fn an_item_reads_back_what_it_writes(a in "[a-z0-9_-]{1,32}", b in "[a-z0-9_-]{1,32}") {
            let (a, b) = (Code::parse(&a).unwrap(), Code::parse(&b).unwrap());
            let product = Item::Product { product: a.clone(), variant: b };
            prop_assert_eq!(product.to_string().parse(), Ok(product));
            let plan = Item::Plan { plan: a, period: Period::Year };
            prop_assert_eq!(plan.to_string().parse(), Ok(plan));
        }
    }
}
