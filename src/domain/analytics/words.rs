//! Periods by the words in which they are asked for from afar, as `docs/UNDERSTANDING.md` lists them; with `30d` and `7d` for short.
//!
//! Each stands beside the one that it is compared with: of a calendar period that still runs, as many days from the beginning of the
//! one before; of anything else, as many days before.

use super::period::back;
use super::{Days, Window};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

impl Window {
    /// The days that a word means at a time; `None` for what is no period, and for more than 366 days.
    pub fn named(word: &str, now: Timestamp, zone: &TimeZone) -> Option<Self> {
        let today = now.to_zoned(zone.clone()).date();
        let days = calendar(word, today).or_else(|| row(word, today))?;
        let (days, before) = days;
        Some(Self { days, before, zone: zone.clone() })
    }
}

/// Days with as many before them.
fn beside(days: Days) -> (Days, Days) {
    (days, Days::until(back(days.first(), 1), days.count()))
}

/// From the first day of a calendar period until today, beside as many days of the one before.
fn so_far(first: Date, today: Date, before: Date) -> Option<(Days, Days)> {
    let days = Days::between(first, today)?;
    let whole = Days::between(before, back(first, 1))?;
    let last = back(before, 1 - days.count().min(whole.count()));
    Some((days, Days::between(before, last)?))
}

/// A whole calendar period, beside the whole one before.
fn whole(first: Date, next: Date, before: Date) -> Option<(Days, Days)> {
    Some((Days::between(first, back(next, 1))?, Days::between(before, back(first, 1))?))
}

fn months(from: Date, count: i32) -> Option<Date> {
    from.checked_add(count.months()).ok()
}

fn new_year(year: i16) -> Option<Date> {
    (1..9999).contains(&year).then(|| date(year, 1, 1))
}

fn calendar(word: &str, today: Date) -> Option<(Days, Days)> {
    let monday = back(today, i32::from(today.weekday().to_monday_zero_offset()));
    let month = today.first_of_month();
    let quarter = months(month, -i32::from((today.month() - 1) % 3))?;
    let year = today.first_of_year();
    match word {
        "today" => Some(beside(Days::between(today, today)?)),
        "yesterday" => Some(beside(Days::between(back(today, 1), back(today, 1))?)),
        "this_week" => so_far(monday, today, back(monday, 7)),
        "last_week" => whole(back(monday, 7), monday, back(monday, 14)),
        "this_month" => so_far(month, today, months(month, -1)?),
        "last_month" => whole(months(month, -1)?, month, months(month, -2)?),
        "this_quarter" => so_far(quarter, today, months(quarter, -3)?),
        "last_quarter" => whole(months(quarter, -3)?, quarter, months(quarter, -6)?),
        "this_year" => so_far(year, today, months(year, -12)?),
        "last_year" => whole(months(year, -12)?, year, months(year, -24)?),
        _ => {
            let [first, rest] = <[&str; 2]>::try_from(word.split('-').collect::<Vec<_>>()).unwrap_or([word, ""]);
            match (first.len(), rest.len()) {
                (4, 2) => {
                    let month: Date = format!("{word}-01").parse().ok()?;
                    whole(month, months(month, 1)?, months(month, -1)?)
                }
                (4, 0) => {
                    let year: i16 = first.parse().ok()?;
                    whole(new_year(year)?, new_year(year.checked_add(1)?)?, new_year(year.checked_sub(1)?)?)
                }
                _ => None,
            }
        }
    }
}

/// Days in a row: so many until today, a day, from one to another.
fn row(word: &str, today: Date) -> Option<(Days, Days)> {
    let count = |text: &str| text.parse::<i32>().ok().filter(|count| (1..=366).contains(count));
    let last = |count: i32| Days::between(back(today, count - 1), today).map(beside);
    if let Some(days) =
        word.strip_prefix("last_").and_then(|rest| rest.strip_suffix("_days")).or(word.strip_suffix('d'))
    {
        return last(count(days)?);
    }
    // Whole days only: those in which the hours lie.
    if let Some(hours) = word.strip_prefix("last_").and_then(|rest| rest.strip_suffix("_hours")) {
        let hours: i32 = hours.parse().ok().filter(|hours| (1..=8784).contains(hours))?;
        return last((hours + 23) / 24 + 1);
    }
    let (first, last) = word.split_once('/').unwrap_or((word, word));
    Days::between(first.parse().ok()?, last.parse().ok()?).map(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str) -> String {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        // Thursday, 26 November 2026, half past midnight in Paris.
        let now = "2026-11-25T23:30:00Z".parse().unwrap();
        let Some(window) = Window::named(word, now, &paris) else { return "none".to_owned() };
        let show = |days: &Days| format!("{}/{}", days.first(), days.last());
        format!("{} beside {}", show(&window.days), show(&window.before))
    }

    #[test]
    fn a_word_means_days_beside_those_before() {
        for (word, expected) in [
            ("today", "2026-11-26/2026-11-26 beside 2026-11-25/2026-11-25"),
            ("yesterday", "2026-11-25/2026-11-25 beside 2026-11-24/2026-11-24"),
            ("this_week", "2026-11-23/2026-11-26 beside 2026-11-16/2026-11-19"),
            ("last_week", "2026-11-16/2026-11-22 beside 2026-11-09/2026-11-15"),
            ("this_month", "2026-11-01/2026-11-26 beside 2026-10-01/2026-10-26"),
            ("last_month", "2026-10-01/2026-10-31 beside 2026-09-01/2026-09-30"),
            ("this_quarter", "2026-10-01/2026-11-26 beside 2026-07-01/2026-08-26"),
            ("last_quarter", "2026-07-01/2026-09-30 beside 2026-04-01/2026-06-30"),
            ("this_year", "2026-01-01/2026-11-26 beside 2025-01-01/2025-11-26"),
            ("last_year", "2025-01-01/2025-12-31 beside 2024-01-01/2024-12-31"),
            ("last_7_days", "2026-11-20/2026-11-26 beside 2026-11-13/2026-11-19"),
            ("30d", "2026-10-28/2026-11-26 beside 2026-09-28/2026-10-27"),
            ("last_24_hours", "2026-11-25/2026-11-26 beside 2026-11-23/2026-11-24"),
            ("2026-11-20", "2026-11-20/2026-11-20 beside 2026-11-19/2026-11-19"),
            ("2026-02", "2026-02-01/2026-02-28 beside 2026-01-01/2026-01-31"),
            ("2025", "2025-01-01/2025-12-31 beside 2024-01-01/2024-12-31"),
            ("2026-11-21/2026-11-22", "2026-11-21/2026-11-22 beside 2026-11-19/2026-11-20"),
        ] {
            assert_eq!(read(word), expected, "{word}");
        }
    }

    #[test]
    fn what_is_no_period_or_too_long_is_none() {
        for word in [
            "",
            "all_time",
            "0d",
            "367d",
            "-3d",
            "2026-13",
            "2026-02-30",
            "20/11",
            "2026-01-02/2026-01-01",
            "monthly",
            "9999",
            "last_0_hours",
        ] {
            assert_eq!(read(word), "none", "{word}");
        }
    }
}
