//! What a promotion is on: everything, all plans or products, or one of them.
//!
//! ```text
//! target = "tout" | "formules" | "produits" | ("formule" | "produit") ("/" | ":" | " ") (code | name)     English words as well
//! ```
//! Which code a name stands for is found in the catalogue by whoever reads it ([`Aim`]).
//! Which items of the price list a target covers is decided by `app.covers` in the database, and here by [`Target::covers`].

use crate::kernel::error::Problem;
use std::fmt;

/// What a promotion is to be on, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// Everything, or all of a kind.
    General(Target),
    /// The plan of this code or name.
    Plan(String),
    /// The product of this code or name.
    Product(String),
}

impl Aim {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem::NotATarget`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = crate::kernel::text::clean(typed);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(target) = general(&text.to_lowercase()) {
            return Ok(Self::General(target));
        }
        let (kind, name) = text.split_once(['/', ':', ' ']).ok_or(Problem::NotATarget)?;
        let name = name.trim();
        match kind.to_lowercase().as_str() {
            _ if name.is_empty() => Err(Problem::NotATarget),
            "plan" | "formule" => Ok(Self::Plan(name.to_owned())),
            "produit" | "product" => Ok(Self::Product(name.to_owned())),
            _ => Err(Problem::NotATarget),
        }
    }
}

/// What is meant without naming a single thing.
fn general(text: &str) -> Option<Target> {
    match text {
        "tout" | "toute la boutique" | "everything" | "all" => Some(Target::Everything),
        "plans" | "tous les plans" | "formules" | "toutes les formules" | "all plans" => Some(Target::Plans),
        "produits" | "tous les produits" | "products" | "all products" => Some(Target::Products),
        _ => None,
    }
}

/// What a promotion is on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// All that is sold.
    Everything,
    /// Every plan.
    Plans,
    /// One plan, in each of its periods.
    Plan(String),
    /// Every product.
    Products,
    /// One product, in each of its variants.
    Product(String),
}

impl Target {
    /// Reads what was typed, where it names things by their codes.
    ///
    /// # Errors
    /// [`Problem::NotATarget`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code = |text: String| Some(text.to_lowercase()).filter(|code| is_code(code)).ok_or(Problem::NotATarget);
        match Aim::parse(typed)? {
            Aim::General(target) => Ok(target),
            Aim::Plan(named) => code(named).map(Self::Plan),
            Aim::Product(named) => code(named).map(Self::Product),
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "everything" => Some(Self::Everything),
            "plans" => Some(Self::Plans),
            "products" => Some(Self::Products),
            _ => match word.split_once('/')? {
                ("plan", code) if is_code(code) => Some(Self::Plan(code.to_owned())),
                ("product", code) if is_code(code) => Some(Self::Product(code.to_owned())),
                _ => None,
            },
        }
    }

    /// Whether it covers an item of the price list, such as `plan/pro/month`.
    pub fn covers(&self, item: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Plans => item.starts_with("plan/"),
            Self::Products => item.starts_with("product/"),
            Self::Plan(_) | Self::Product(_) => {
                item.strip_prefix(&self.to_string()).is_some_and(|rest| rest.starts_with('/'))
            }
        }
    }

    /// Whether some item is under both.
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => true,
            (Self::Plans, Self::Plan(_)) | (Self::Plan(_), Self::Plans) => true,
            (Self::Products, Self::Product(_)) | (Self::Product(_), Self::Products) => true,
            (one, other) => one == other,
        }
    }

    /// Whether it is on a plan, among others or alone; `None` asks for a plan that no target names.
    pub fn covers_plan(&self, plan: Option<&str>) -> bool {
        match self {
            Self::Everything | Self::Plans => true,
            Self::Plan(code) => plan == Some(code),
            Self::Products | Self::Product(_) => false,
        }
    }
}

impl fmt::Display for Target {
    /// The word kept in the database.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Plans => f.write_str("plans"),
            Self::Plan(code) => write!(f, "plan/{code}"),
            Self::Products => f.write_str("products"),
            Self::Product(code) => write!(f, "product/{code}"),
        }
    }
}

fn is_code(text: &str) -> bool {
    let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    (1..=32).contains(&text.len()) && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_in_both_languages_and_keep_their_word() {
        for (typed, word) in [
            ("tout", "everything"),
            (" Tous les  plans ", "plans"),
            ("produits", "products"),
            ("plan Pro", "plan/pro"),
            ("plan/pro", "plan/pro"),
            ("produit:ebook-2", "product/ebook-2"),
        ] {
            let target = Target::parse(typed).unwrap();
            assert_eq!(target.to_string(), word, "{typed}");
            assert_eq!(Target::from_word(word), Some(target));
        }
        for typed in ["", "pro", "plan/", "plan/é", "produit a b", "plan/pro/month", "rien/x"] {
            assert_eq!(Target::parse(typed), Err(Problem::NotATarget), "{typed}");
        }
    }

    #[test]
    fn a_thing_may_be_named_as_people_call_it() {
        let product = |name: &str| Ok(Aim::Product(name.to_owned()));
        assert_eq!(Aim::parse("produit Guide du  débutant"), product("Guide du débutant"));
        assert_eq!(Aim::parse("Product/Guide"), product("Guide"));
        assert_eq!(Aim::parse("formule Élite"), Ok(Aim::Plan("Élite".to_owned())));
        assert_eq!(Aim::parse("Tout"), Ok(Aim::General(Target::Everything)));
        for typed in ["", "pro", "plan/", "rien/x"] {
            assert_eq!(Aim::parse(typed), Err(Problem::NotATarget), "{typed}");
        }
    }

    #[test]
    fn a_target_covers_its_own_items_and_no_namesakes() {
        let covers = |target: &str, item: &str| Target::from_word(target).unwrap().covers(item);
        assert!(
            covers("everything", "product/a/b")
                && covers("plans", "plan/pro/month")
                && covers("plan/pro", "plan/pro/year")
        );
        assert!(
            !covers("plans", "product/plan/b")
                && !covers("plan/pro", "plan/pro-2/month")
                && !covers("product/pro", "plan/pro/month")
        );
    }
}
