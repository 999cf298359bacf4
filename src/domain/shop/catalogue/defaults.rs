//! The catalogue that a new shop begins with: `config/catalogue.toml`, or the file that the installation names instead.
//!
//! It is read strictly, every problem at once. It reads text; opening a file is the caller's.

use super::{Benefits, Code, Name, Plan, TRIAL_MAX, price};
use crate::domain::shop::Support;
use crate::kernel::error::Problem;
use crate::kernel::money::{Currency, Money, NotMoney};
use crate::kernel::{Locale, RoleId};
use serde::Deserialize;

/// The compiled-in catalogue.
const BUILT_IN: &str = include_str!("../../../../config/catalogue.toml");

/// What a new shop begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// The shop's currency.
    pub currency: Currency,
    /// Its plans.
    pub plans: Vec<Plan>,
    /// The benefits of some of them in English.
    english: Vec<(Code, String)>,
}

impl Default for Defaults {
    /// The compiled-in catalogue; a test reads it whole.
    fn default() -> Self {
        Self::parse(BUILT_IN).unwrap_or(Self { currency: Currency::EUR, plans: Vec::new(), english: Vec::new() })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    currency: String,
    #[serde(default)]
    plans: Vec<PlanRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanRow {
    code: String,
    name: String,
    #[serde(default)]
    benefits: String,
    #[serde(default)]
    benefits_en: String,
    #[serde(default)]
    level: i32,
    support: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    trial_days: i32,
    #[serde(default)]
    hidden: bool,
    month: Option<String>,
    year: Option<String>,
}

impl Defaults {
    /// Reads a catalogue.
    ///
    /// # Errors
    /// Every problem with what to write instead, one a line.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let file: FileRow = toml::from_str(text).map_err(|error| vec![not_toml(text, &error)])?;
        let mut problems = Vec::new();
        let currency = file.currency.parse().unwrap_or_else(|_| {
            let known: Vec<_> = Currency::all().map(Currency::code).collect();
            problems.push(format!("currency: `{}` is not one of {}", file.currency, known.join(", ")));
            Currency::EUR
        });
        let (mut plans, mut english): (Vec<Plan>, Vec<(Code, String)>) = (Vec::new(), Vec::new());
        for (at, row) in file.plans.into_iter().enumerate() {
            let place = format!("plans[{}] `{}`", at + 1, row.code);
            let mut wrong = |field: &str, what: String| problems.push(format!("{place}: {field}: {what}"));
            let in_english = benefits("benefits_en", &row.benefits_en, &mut wrong);
            if let Some(plan) = row.read(currency, &mut wrong) {
                english.extend(in_english.filter(|text| !text.is_empty()).map(|text| (plan.code.clone(), text)));
                if plans.iter().any(|had| had.code == plan.code) {
                    wrong("code", "stands twice".to_owned());
                }
                plans.push(plan);
            }
        }
        if problems.is_empty() { Ok(Self { currency, plans, english }) } else { Err(problems) }
    }

    /// The benefits of a plan as its reader is shown them: those with which the shop began in his language, as long as nobody wrote
    /// others.
    pub fn benefits<'a>(&'a self, plan: &'a Plan, locale: Locale) -> &'a str {
        let first = self.plans.iter().any(|one| one.code == plan.code && one.benefits == plan.benefits);
        let english =
            self.english.iter().find(|(code, _)| *code == plan.code).filter(|_| first && locale == Locale::En);
        english.map_or(plan.benefits.as_str(), |(_, text)| text.as_str())
    }
}

/// Reads the benefits of a plan; nothing is a text too.
fn benefits(field: &str, text: &str, wrong: &mut impl FnMut(&str, String)) -> Option<String> {
    match text.trim() {
        "" => Some(String::new()),
        text => Benefits::parse(text).map(|text| text.as_str().to_owned()).map_err(|p| wrong(field, told(&p))).ok(),
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}

impl PlanRow {
    fn read(self, currency: Currency, wrong: &mut impl FnMut(&str, String)) -> Option<Plan> {
        let code =
            Code::parse(&self.code).map_err(|_| wrong("code", "holds more than a-z, 0-9, `-` and `_`".to_owned())).ok();
        let name = Name::parse(&self.name).map_err(|problem| wrong("name", told(&problem))).ok();
        let benefits = benefits("benefits", &self.benefits, wrong);
        let support = Support::from_word(&self.support);
        if support.is_none() {
            let words: Vec<_> = Support::ALL.iter().map(|one| one.as_str()).collect();
            wrong("support", format!("`{}` is not one of {}", self.support, words.join(", ")));
        }
        let role: Option<RoleId> = match self.role.trim() {
            "" => None,
            id => id.parse().map_err(|_| wrong("role", format!("`{id}` is not a Discord id"))).ok(),
        };
        if !(0..=TRIAL_MAX).contains(&i64::from(self.trial_days)) {
            wrong("trial_days", format!("must be a number from 0 to {TRIAL_MAX}"));
        }
        let code = code?;
        if self.month.is_none() && self.year.is_none() {
            wrong("month", "the plan needs a price by the month or by the year".to_owned());
        }
        let [month, year] = [("month", self.month), ("year", self.year)].map(|(field, text)| {
            let text = text?;
            let price = Money::parse(&text, currency).and_then(|price| ours(price, currency));
            match price {
                Ok(price) if price::check_plan(&code, price).is_ok() => Some(price),
                Ok(_) => {
                    wrong(field, format!("`{text}`: the plan `free` costs 0, and no other plan does"));
                    None
                }
                Err(_) => {
                    wrong(field, format!("`{text}` is not an amount in {}, such as \"4.99\"", currency.code()));
                    None
                }
            }
        });
        Some(Plan {
            code,
            name: name?.as_str().to_owned(),
            benefits: benefits?,
            level: self.level,
            support: support?,
            role,
            role_stuck: None,
            trial_days: self.trial_days,
            hidden: self.hidden,
            archived: false,
            month,
            year,
        })
    }
}

fn ours(price: Money, currency: Currency) -> Result<Money, NotMoney> {
    if price.currency() == currency { Ok(price) } else { Err(NotMoney::TwoCurrencies) }
}

fn told(problem: &Problem) -> String {
    match problem {
        Problem::TooLong { max, found } => format!("has {found} characters, {max} at most"),
        Problem::Empty => "is empty".to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_catalogue_reads_without_a_problem() {
        let defaults = Defaults::parse(BUILT_IN).unwrap();
        let plans: Vec<_> = defaults
            .plans
            .iter()
            .map(|plan| {
                let minor = |price: Option<Money>| price.map(Money::minor);
                (plan.code.as_str(), minor(plan.month), minor(plan.year), plan.support, plan.trial_days, plan.hidden)
            })
            .collect();
        assert_eq!(
            plans,
            [
                ("free", Some(0), Some(0), Support::Community, 0, false),
                ("basic", Some(499), Some(4790), Support::Normal, 0, false),
                ("pro", Some(999), Some(9590), Support::Priority, 3, false),
                ("ultra", Some(2999), Some(28790), Support::Vip, 0, false),
                ("founder", Some(349), Some(3390), Support::Priority, 0, true),
            ]
        );
        assert!(defaults.plans.is_sorted_by_key(|plan| (plan.hidden, plan.level)));
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let file = "
            currency = 'zorkmid'
            [[plans]]
            code = 'é'
            name = ''
            support = 'gold'
            month = '5'
            [[plans]]
            code = 'pro'
            name = 'Pro'
            support = 'vip'
            month = '0'
            year = 'gratuit'
            trial_days = 91
            role = '@pro'
            [[plans]]
            code = 'pro'
            name = 'Pro'
            support = 'vip'
            month = '5'";
        insta::assert_snapshot!(Defaults::parse(file).unwrap_err().join("\n"), @"
        currency: `zorkmid` is not one of aud, brl, cad, chf, clp, czk, dkk, eur, gbp, jpy, krw, mad, mxn, nok, pln, sek, usd, vnd, xaf, xof
        plans[1] `é`: code: holds more than a-z, 0-9, `-` and `_`
        plans[1] `é`: name: is empty
        plans[1] `é`: support: `gold` is not one of community, normal, priority, vip
        plans[2] `pro`: role: `@pro` is not a Discord id
        plans[2] `pro`: trial_days: must be a number from 0 to 90
        plans[2] `pro`: month: `0`: the plan `free` costs 0, and no other plan does
        plans[2] `pro`: year: `gratuit` is not an amount in eur, such as \"4.99\"
        plans[3] `pro`: code: stands twice
        ");
    }

    #[test]
    fn unknown_names_and_floats_are_refused_with_their_line() {
        let told = |file: &str| Defaults::parse(file).unwrap_err().join("\n");
        insta::assert_snapshot!(told("currency = 'eur'\nplan = []"), @"line 2: unknown field `plan`, expected `currency` or `plans`");
        insta::assert_snapshot!(told("currency = 'eur'\n[[plans]]\ncode = 'a'\nname = 'A'\nsupport = 'vip'\nmonth = 4.99"), @"line 6: invalid type: floating point `4.99`, expected a string");
    }
}
