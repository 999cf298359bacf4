//! The one error of the program: what can go wrong, closed, mapped exhaustively at each edge.
//!
//! A variant names what a person may be told; the cause of an outage travels along for the log only. Texts for people are
//! Fluent messages chosen by `commands::say_error`.

use super::money::Money;
use jiff::Timestamp;
use std::fmt;

/// A result with the program's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The thing doesn't exist, or isn't visible to this actor: the two are never told apart.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// An argument is missing or can't be used; nothing was changed.
    #[error("bad argument {option}: {problem:?}")]
    Argument {
        /// Name of the option as registered.
        option: &'static str,
        /// What is wrong with it.
        problem: Problem,
    },
    /// The actor's rank doesn't allow this command.
    #[error("not allowed: {0}")]
    NotAllowed(&'static str),
    /// The state of the thing doesn't allow the step; holds the id of the Fluent message that says so.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// A limit was reached; how many seconds until the next try.
    #[error("too many requests: {retry_after_s} s")]
    TooMany {
        /// Whole seconds until the next try is worth it.
        retry_after_s: u64,
    },
    /// Something outside can't be reached for now; nothing was changed.
    #[error("unavailable: {what}: {cause}")]
    Unavailable {
        /// What can't be reached.
        what: &'static str,
        /// For the log.
        cause: Cause,
    },
    /// The connection broke while a change was committed: it may be kept or not.
    #[error("unsure: {what}: {cause}")]
    Unsure {
        /// What we were doing.
        what: &'static str,
        /// For the log.
        cause: Cause,
    },
    /// A fault of ours.
    #[error("internal: {what}: {cause}")]
    Internal {
        /// What we were doing.
        what: &'static str,
        /// For the log.
        cause: Cause,
    },
}

impl Error {
    /// The same for a caller to whom it is all one whether it was kept, because he does it again.
    #[must_use]
    pub fn as_unavailable(self) -> Self {
        match self {
            Self::Unsure { what, cause } => Self::Unavailable { what, cause },
            other => other,
        }
    }
}

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is required.
    Missing,
    /// It is no whole number above zero.
    NotAnId,
    /// It is no number in the allowed range.
    NotInRange {
        /// Smallest allowed value.
        min: i64,
        /// Largest allowed value.
        max: i64,
    },
    /// It isn't one of the choices.
    NotAChoice {
        /// The choices, as typed.
        choices: Vec<&'static str>,
    },
    /// It is no known name.
    NotKnown {
        /// The known names that may be meant, the likeliest first; may be none.
        nearest: Vec<String>,
    },
    /// Several bear this name.
    Ambiguous {
        /// They, with their codes.
        candidates: Vec<String>,
    },
    /// No role bears this name.
    NoSuchRole,
    /// Several roles bear this name.
    WhichRole {
        /// They.
        roles: Vec<super::RoleId>,
    },
    /// It is longer than allowed.
    TooLong {
        /// Allowed length in characters.
        max: usize,
        /// Length found.
        found: usize,
    },
    /// It has no visible character.
    Empty,
    /// It names nobody.
    NotAPerson,
    /// It is no short name of something in the catalogue.
    NotACode,
    /// It is no amount of money that can be asked.
    NotAPrice(super::money::NotMoney),
    /// It names no channel.
    NotAChannel,
    /// It names no role.
    NotARole,
    /// It is a bare number where a percentage or an amount is meant.
    PercentOrAmount,
    /// It is neither a percentage nor an amount.
    NotADiscount,
    /// It is no promotion's code.
    NotAPromoCode {
        /// The first character that can't stand in one; empty where only its length is wrong.
        strange: String,
    },
    /// It names nothing that a promotion can be on.
    NotATarget,
    /// It is no length of time and no date.
    NotADuration,
    /// A quotation mark is opened and not closed.
    UnclosedQuote,
    /// The option's name is unknown.
    Unknown,
    /// No option bears this name, which was typed with a value.
    NoSuchOption {
        /// The name, as typed.
        named: String,
    },
    /// It was given twice.
    Twice,
    /// It is no date, or the days from one to the other are none or too many.
    NotADate,
    /// It is more than is left in stock.
    OnlyLeft {
        /// How many are.
        left: i64,
    },
    /// It is more than one member may still buy.
    MemberLimit {
        /// How many he may.
        left: i64,
    },
    /// It is a price, but less than the payment provider takes.
    TooCheap {
        /// The smallest price.
        least: super::money::Money,
    },
    /// It takes off more than a promotion may.
    OverCap {
        /// The largest part, in percent.
        cap: u8,
        /// The lowest price that it touches and the most that may come off it, as a person reads them, where it was an amount.
        of: Option<(String, String)>,
    },
    /// It was promoted too lately, or is: it rests between two promotions.
    Rests(Box<Rests>),
    /// As little was asked for it before: it would be no reduction.
    AskedBefore(Box<AskedBefore>),
    /// It is needed, because the product has several variants.
    WhichVariant {
        /// They, with their codes.
        variants: Vec<String>,
        /// What to type, with one of them.
        command: String,
    },
    /// It is no amount, or more than there is.
    NotAnAmount {
        /// The largest amount.
        max: super::money::Money,
    },
    /// It is more than his rank gives back of one order.
    AboveRank(Box<AboveRank>),
}

/// How much a rank gives back of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboveRank {
    /// In all.
    pub cap: super::money::Money,
    /// What of that is left of this one.
    pub left: super::money::Money,
}

/// What a promotion rests from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rests {
    /// The number of the promotion before it.
    pub promotion: i64,
    /// What that one is on, as kept, such as `plan/pro`.
    pub target: String,
    /// What that is called, where it is a single thing.
    pub called: Option<String>,
    /// When that one is over, or was.
    pub over: Timestamp,
    /// Whether it is still to come or running.
    pub live: bool,
    /// Whether both are by code.
    pub by_code: bool,
    /// From when another one may begin.
    pub rested: Timestamp,
}

/// Why a price would be no reduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBefore {
    /// The item, such as `plan/pro/month`.
    pub item: String,
    /// What it is called.
    pub called: String,
    /// The lowest that was asked in the 30 days before.
    pub lowest: Money,
    /// What would be asked.
    pub price: Money,
    /// From when that would be less than was asked; `None` while as little is asked.
    pub from: Option<Timestamp>,
}

/// The cause of an outage or fault, for the log; never shown to a person.
pub struct Cause(Box<dyn std::error::Error + Send + Sync>);

impl Cause {
    /// Wraps a cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.0.to_string()))?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {}", one_line(&cause.to_string()))?;
            source = cause.source();
        }
        Ok(())
    }
}

/// A text on one line: a log's entry is one, too. What PostgreSQL adds to its message as DETAIL or CONTEXT quotes rows and
/// statements, so it is left out with the lines that go on with it.
fn one_line(text: &str) -> String {
    let mut quotes = false;
    let told = text.lines().map(str::trim).filter(|line| {
        let label =
            line.split_once(':').map(|(label, _)| label).filter(|label| label.bytes().all(|b| b.is_ascii_uppercase()));
        quotes = match label {
            Some("DETAIL" | "CONTEXT" | "STATEMENT" | "QUERY" | "WHERE") => true,
            Some("HINT" | "ERROR" | "FATAL" | "PANIC" | "LOCATION") => false,
            Some(_) | None => quotes,
        };
        !quotes && !line.is_empty()
    });
    told.collect::<Vec<_>>().join(" ")
}

/// Adds what we were doing to a failure of something outside or of ours.
pub trait Context<T> {
    /// The failure is outside and may pass: [`Error::Unavailable`].
    fn unavailable(self, what: &'static str) -> Result<T>;
    /// The failure is ours: [`Error::Internal`].
    fn internal(self, what: &'static str) -> Result<T>;
}

impl<T, E: Into<Box<dyn std::error::Error + Send + Sync>>> Context<T> for std::result::Result<T, E> {
    fn unavailable(self, what: &'static str) -> Result<T> {
        self.map_err(|cause| Error::Unavailable { what, cause: Cause::new(cause) })
    }

    fn internal(self, what: &'static str) -> Result<T> {
        self.map_err(|cause| Error::Internal { what, cause: Cause::new(cause) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_stands_on_one_line_and_quotes_no_row() {
        for (said, told) in [
            (
                "db error: FATAL: no access\nDETAIL: User \"eve\" has none.\nNor has mallory.\nHINT: Ask.",
                "db error: FATAL: no access HINT: Ask.",
            ),
            ("ERROR: deadlock\r\nDETAIL: Process 1 waits.\nProcess 2 waits.", "ERROR: deadlock"),
            ("one\n\n  two", "one two"),
            ("plain: text", "plain: text"),
        ] {
            assert_eq!(Cause::new(said).to_string(), told);
        }
    }
}
