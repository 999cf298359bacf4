//! What stands behind the addresses of the shop's lists, read.

use crate::kernel::error::Problem;
use crate::kernel::text::clean;
use crate::kernel::{Error, Result, UserId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Rows on a page where nobody says how many, and the most.
const USUAL: usize = 50;
const MOST: usize = 100;
/// Longest words that are searched for, in characters.
const WORDS: usize = 200;

pub(super) const fn wrong(option: &'static str, problem: Problem) -> Error {
    Error::Argument { option, problem }
}

/// How many rows a page has.
pub(super) fn limit(text: &str) -> Result<usize> {
    let range = || wrong("limit", Problem::NotInRange { min: 1, max: 100 });
    if text.is_empty() { Ok(USUAL) } else { text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(range) }
}

/// Words that are searched for; none where nothing visible is.
pub(super) fn words(text: &str) -> Result<Option<String>> {
    let words = clean(text).trim().to_owned();
    let found = words.chars().count();
    if found > WORDS {
        return Err(wrong("q", Problem::TooLong { max: WORDS, found }));
    }
    Ok(Some(words).filter(|words| !words.is_empty()))
}

/// A person's id.
pub(super) fn person(option: &'static str, text: &str) -> Result<Option<UserId>> {
    let id = || text.trim().parse().ok().and_then(UserId::new).ok_or(wrong(option, Problem::NotAnId));
    if text.trim().is_empty() { Ok(None) } else { id().map(Some) }
}

/// The instant at which a day such as 2026-11-01 begins in a zone; with `ends`, at which it is over.
pub(super) fn day(option: &'static str, text: &str, (zone, ends): (&TimeZone, bool)) -> Result<Option<Timestamp>> {
    if text.is_empty() {
        return Ok(None);
    }
    // The database knows fewer years than the calendar.
    let date = text.parse::<Date>().ok().filter(|date| (2000..=9000).contains(&date.year()));
    let date = if ends { date.and_then(|date| date.checked_add(1.day()).ok()) } else { date };
    let begin = date.and_then(|date| date.to_zoned(zone.clone()).and_then(|day| day.start_of_day()).ok());
    begin.map(|begin| Some(begin.timestamp())).ok_or(wrong(option, Problem::NotADate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_zone_and_both_are_included() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let at = |text, ends| day("from", text, (&paris, ends)).unwrap().map(|at| at.to_string());
        assert_eq!(at("2026-11-01", false).as_deref(), Some("2026-10-31T23:00:00Z"));
        assert_eq!(at("2026-10-25", true).as_deref(), Some("2026-10-25T23:00:00Z"));
        assert_eq!(at("", true), None);
        for text in ["hier", "2026-13-01", "01/11/2026", "9999-12-31x", "-004800-01-01", "-004713-01-01"] {
            assert!(day("from", text, (&paris, false)).is_err(), "{text}");
        }
    }
}
