//! What the shop sells, by name, and the rules that a sentence is measured by.

use super::normal::folded;
use super::spelling::nearest;
use crate::kernel::Currency;

/// A plan as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanName {
    /// Its code.
    pub code: String,
    /// Other names, in any case and accents.
    pub names: Vec<String>,
}

/// What the shop sells, by name, and the rules that a sentence is measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The plans.
    plans: Vec<PlanName>,
    /// The products, by name.
    products: Vec<String>,
    /// What the shop asks.
    currency: Currency,
    /// The most that may be taken off, in percent.
    cap_percent: u8,
}

impl Default for Catalogue {
    /// The plans of `config/catalogue.toml` that are on show, no product, euros, and a cap of 30 %.
    fn default() -> Self {
        let plan = |code: &str, names: &[&str]| PlanName {
            code: code.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let plans = vec![
            plan("free", &["gratuit"]),
            plan("basic", &["basique", "basics"]),
            plan("pro", &["pros"]),
            plan("ultra", &["ultras"]),
        ];
        Self::new(plans, Vec::new(), Currency::EUR, 30)
    }
}

impl Catalogue {
    /// A catalogue of these plans and products, a currency, and the most that may be taken off in percent.
    pub fn new(plans: Vec<PlanName>, products: Vec<String>, currency: Currency, cap_percent: u8) -> Self {
        let fold = |plan: PlanName| PlanName {
            names: plan.names.iter().map(|name| folded(name)).chain([folded(&plan.code)]).collect(),
            code: plan.code,
        };
        Self { plans: plans.into_iter().map(fold).collect(), products, currency, cap_percent }
    }

    /// What the shop asks.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The most that may be taken off, in percent.
    pub const fn cap_percent(&self) -> u8 {
        self.cap_percent
    }

    /// The code of the plan that a folded word names.
    pub(super) fn plan(&self, word: &str) -> Option<&str> {
        self.plans.iter().find(|plan| plan.names.iter().any(|name| name == word)).map(|plan| plan.code.as_str())
    }

    /// The code of the plan that a folded word names with a slip, such as `ulta`, `prro`.
    pub(super) fn plan_like(&self, word: &str) -> Option<&str> {
        let names = || self.plans.iter().flat_map(|plan| plan.names.iter());
        // A letter that is there twice.
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        let squeezed: String = letters.into_iter().collect();
        let name = nearest(word, names().map(String::as_str))
            .or_else(|| names().find(|name| **name == squeezed).map(String::as_str));
        name.and_then(|name| self.plan(name))
    }

    /// The products, by name.
    pub(super) fn products(&self) -> &[String] {
        &self.products
    }

    /// Whether a folded word is a name of something on sale.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.plan(word).is_some()
            || self.products.iter().any(|name| folded(name).split_whitespace().any(|part| part == word))
    }
}
