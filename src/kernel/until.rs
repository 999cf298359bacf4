//! Until when, as people type it: a length of time from now, or a day.
//!
//! ```text
//! until  = length | day [ space time ]
//! length = number unit                     48h   3j   3 d   2 semaines   90 min   60s
//! day    = d "/" m [ "/" y ] | y "-" m "-" d
//! time   = h "h" [ m ] | h ":" m           a day without one ends at 23:59
//! ```
//! A month is no length: it has no number of days. A day without a year is the next one; French dates are day before month.

use super::error::Problem;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// An end as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// So long after the beginning.
    After(SignedDuration),
    /// A day of this or the next year, and a time.
    Next {
        /// The day of the month.
        day: i8,
        /// The month.
        month: i8,
        /// The time.
        time: Time,
    },
    /// A date and a time.
    On(Date, Time),
}

/// Seconds of each unit, by the words that people use; `m` is a minute, as in other bots.
const UNITS: [(i64, &[&str]); 5] = [
    (1, &["s", "sec", "seconde", "secondes", "second", "seconds"]),
    (60, &["m", "min", "mn", "minute", "minutes"]),
    (60 * 60, &["h", "heure", "heures", "hour", "hours"]),
    (24 * 60 * 60, &["j", "jour", "jours", "d", "day", "days"]),
    (7 * 24 * 60 * 60, &["sem", "semaine", "semaines", "w", "week", "weeks"]),
];

impl Until {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem::NotADuration`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        use unicode_normalization::UnicodeNormalization;
        let text: String = super::text::clean(typed).nfkc().collect::<String>().to_lowercase();
        let text = text.trim();
        length(text).map(Self::After).or_else(|| day(text)).ok_or(Problem::NotADuration)
    }

    /// The moment that it means, counted from a beginning, with days in a time zone.
    ///
    /// # Errors
    /// [`Problem::NotADuration`] for a moment that no calendar has.
    pub fn from(self, beginning: Timestamp, zone: &TimeZone) -> Result<Timestamp, Problem> {
        let wrong = |_| Problem::NotADuration;
        let at = |date: Date, time: Time| zone.to_timestamp(date.to_datetime(time)).map_err(wrong);
        match self {
            Self::After(length) => beginning.checked_add(length).map_err(wrong),
            Self::On(date, time) => at(date, time),
            Self::Next { day, month, time } => {
                let year = beginning.to_zoned(zone.clone()).year();
                // The 29th of February may be some years away.
                let days = (0..=8).filter_map(|years| Date::new(year + years, month, day).ok());
                let ends = days.filter_map(|date| at(date, time).ok());
                ends.into_iter().find(|end| *end > beginning).ok_or(Problem::NotADuration)
            }
        }
    }
}

fn length(text: &str) -> Option<SignedDuration> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    let number: i64 = number.parse().ok().filter(|n| (1..=1_000_000).contains(n))?;
    let unit = unit.trim();
    let (seconds, _) = UNITS.iter().find(|(_, words)| words.contains(&unit))?;
    Some(SignedDuration::from_secs(number.checked_mul(*seconds)?))
}

fn day(text: &str) -> Option<Until> {
    let (day, time) = text.split_once(char::is_whitespace).map_or((text, ""), |(day, time)| (day, time.trim()));
    let time = if time.is_empty() { Time::new(23, 59, 0, 0).ok()? } else { clock(time)? };
    if let Some((year, rest)) = day.split_once('-') {
        let (month, day) = rest.split_once('-')?;
        return Date::new(number(year, 4)?, small(month)?, small(day)?).ok().map(|date| Until::On(date, time));
    }
    let (first, rest) = day.split_once('/')?;
    match rest.split_once('/') {
        Some((month, year)) => {
            Date::new(number(year, 4)?, small(month)?, small(first)?).ok().map(|date| Until::On(date, time))
        }
        None => {
            let (day, month) = (small(first)?, small(rest)?);
            // In a leap year, so that the 29th of February is a day.
            Date::new(2024, month, day).ok().map(|_| Until::Next { day, month, time })
        }
    }
}

fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(['h', ':'])?;
    let minute = if minute.is_empty() { 0 } else { small(minute)? };
    Time::new(small(hour)?, minute, 0, 0).ok()
}

fn number(text: &str, digits: usize) -> Option<i16> {
    let is_number = text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn small(text: &str) -> Option<i8> {
    number(text, 2).and_then(|n| i8::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    fn from_noon(typed: &str) -> String {
        let noon: Timestamp = "2026-11-26T11:00:00Z".parse().unwrap();
        Until::parse(typed).and_then(|until| until.from(noon, &paris())).unwrap().to_string()
    }

    #[test]
    fn lengths_and_days_are_read_as_people_type_them() {
        for (typed, end) in [
            ("48h", "2026-11-28T11:00:00Z"),
            ("48 heures", "2026-11-28T11:00:00Z"),
            ("3j", "2026-11-29T11:00:00Z"),
            ("3d", "2026-11-29T11:00:00Z"),
            ("２ semaines", "2026-12-10T11:00:00Z"),
            ("90 min", "2026-11-26T12:30:00Z"),
            ("1m", "2026-11-26T11:01:00Z"),
            ("60 secondes", "2026-11-26T11:01:00Z"),
            ("2026-12-24", "2026-12-24T22:59:00Z"),
            ("24/12/2026 18h", "2026-12-24T17:00:00Z"),
            ("24/12 18:30", "2026-12-24T17:30:00Z"),
            ("1/2", "2027-02-01T22:59:00Z"),
            ("29/02", "2028-02-29T22:59:00Z"),
        ] {
            assert_eq!(from_noon(typed), end, "{typed}");
        }
    }

    #[test]
    fn vague_and_impossible_ends_are_refused() {
        for typed in [
            "",
            "48",
            "bientôt",
            "1 mois",
            "0h",
            "-3j",
            "3,5 j",
            "30/02",
            "31/04/2026",
            "2026-13-01",
            "1/1/26/5",
            "24/12 25h",
            "h",
        ] {
            assert_eq!(Until::parse(typed), Err(Problem::NotADuration), "{typed}");
        }
    }

    #[test]
    fn a_day_ends_when_it_does_there_though_clocks_change() {
        let before: Timestamp = "2026-10-24T10:00:00Z".parse().unwrap();
        let until = Until::parse("25/10/2026").unwrap();
        assert_eq!(until.from(before, &paris()).unwrap().to_string(), "2026-10-25T22:59:00Z");
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,30}") {
            let _ = Until::parse(&text).map(|until| until.from(Timestamp::UNIX_EPOCH, &paris()));
        }
    }
}
