//! Ranges of days in a shop's time zone, as instants: a day begins at its first instant, whatever the clocks do that night.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The longest range of days that is looked at: a year and the leap day.
const DAYS_MAX: i32 = 366;

/// The time zone of that IANA name; UTC where there is none.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Days in a row, at least one and at most 366.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    first: Date,
    count: i32,
}

impl Days {
    /// From a day to another, both included; `None` for less than one and more than 366 days.
    pub fn between(first: Date, last: Date) -> Option<Self> {
        let count = first.until(last).ok()?.get_days().checked_add(1)?;
        (1..=DAYS_MAX).contains(&count).then_some(Self { first, count })
    }

    /// So many days, the last of which is `last`.
    pub(super) fn until(last: Date, count: i32) -> Self {
        Self { first: back(last, count - 1), count }
    }

    /// The first day.
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        back(self.first, 1 - self.count)
    }

    /// How many.
    pub const fn count(&self) -> i32 {
        self.count
    }

    /// Each day.
    pub fn each(&self) -> impl Iterator<Item = Date> + '_ {
        (0..self.count).map(|at| back(self.first, -at))
    }

    /// When each day begins, and when the last one ends: one more than there are days.
    pub fn borders(&self, zone: &TimeZone) -> Vec<Timestamp> {
        (0..=self.count).map(|at| begin(back(self.first, -at), zone)).collect()
    }
}

/// So many days before a day; later days for a negative number.
pub(super) fn back(day: Date, days: i32) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

/// The first instant of a day. Where clocks skip midnight, that is the first one after the gap.
fn begin(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).and_then(|midnight| midnight.start_of_day()).map_or(Timestamp::MAX, |at| at.timestamp())
}

/// A period that staff choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Today so far.
    Today,
    /// The last seven days, today included.
    Week,
    /// The last thirty days.
    #[default]
    Days30,
    /// The last ninety days.
    Days90,
    /// The calendar month so far.
    Month,
}

impl Period {
    /// The words of the option.
    pub const WORDS: [&str; 5] = ["today", "7d", "30d", "90d", "this_month"];

    /// Reads a word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "today" => Some(Self::Today),
            "7d" => Some(Self::Week),
            "30d" => Some(Self::Days30),
            "90d" => Some(Self::Days90),
            "this_month" => Some(Self::Month),
            _ => None,
        }
    }

    /// The days of the period at a time, and the same number of days before them; of a month, the first days of the month
    /// before, as many as there are.
    pub fn window(self, now: Timestamp, zone: &TimeZone) -> Window {
        let today = now.to_zoned(zone.clone()).date();
        let row = |count: i32| (Days::until(today, count), Days::until(back(today, count), count));
        let (days, before) = match self {
            Self::Today => row(1),
            Self::Week => row(7),
            Self::Days30 => row(30),
            Self::Days90 => row(90),
            Self::Month => {
                let days = Days::until(today, i32::from(today.day()));
                let month = back(today.first_of_month(), 1);
                let count = i32::from(today.day().min(month.days_in_month()));
                (days, Days { first: month.first_of_month(), count })
            }
        };
        Window { days, before, zone: zone.clone() }
    }
}

/// A range of days, the one that it is compared with, and whose days they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The days.
    pub days: Days,
    /// Those before, which end where the days begin, or earlier.
    pub before: Days,
    /// The shop's time zone.
    pub zone: TimeZone,
}

impl Window {
    /// A range of days beside as many days before it.
    pub fn of(days: Days, zone: TimeZone) -> Self {
        Self { days, before: Days::until(back(days.first, 1), days.count), zone }
    }

    /// The borders of all days in a row: of those before, then of the days.
    pub(super) fn borders(&self) -> Vec<Timestamp> {
        let mut borders = self.before.borders(&self.zone);
        borders.extend(self.days.borders(&self.zone));
        borders
    }

    /// Which day a bucket is, as PostgreSQL's `width_bucket` counts over [`Window::borders`]: `false` with the place among
    /// those before, `true` with the place among the days; `None` for what lies between the two.
    pub(super) fn place(&self, bucket: i32) -> Option<(bool, usize)> {
        let before = self.before.count;
        let place = |at: i32| usize::try_from(at).ok();
        match bucket {
            at if (1..=before).contains(&at) => Some((false, place(at - 1)?)),
            at if (before + 2..before + 2 + self.days.count).contains(&at) => Some((true, place(at - before - 2)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_its_first_instant_whatever_the_clocks_do() {
        let hours = |zone: &str, day: Date| {
            let days = Days { first: day, count: 1 };
            let borders = days.borders(&super::zone(zone));
            (borders[1].as_second() - borders[0].as_second()) / 3600
        };
        assert_eq!(hours("Europe/Paris", date(2026, 3, 29)), 23);
        assert_eq!(hours("Europe/Paris", date(2026, 10, 25)), 25);
        // In São Paulo midnight itself was skipped and the hour before it came twice.
        assert_eq!(hours("America/Sao_Paulo", date(2018, 11, 4)), 23);
        assert_eq!(hours("America/Sao_Paulo", date(2019, 2, 16)), 25);
        assert_eq!(begin(date(2018, 11, 4), &super::zone("America/Sao_Paulo")), at("2018-11-04T03:00:00Z"));
    }

    #[test]
    fn periods_stand_beside_as_many_days_before() {
        let paris = zone("Europe/Paris");
        let now = at("2026-03-30T22:30:00Z");
        let window = |period: Period| {
            let window = period.window(now, &paris);
            (window.days.first(), window.days.last(), window.before.first(), window.before.last())
        };
        let today = date(2026, 3, 31);
        assert_eq!(window(Period::Today), (today, today, date(2026, 3, 30), date(2026, 3, 30)));
        assert_eq!(window(Period::Week), (date(2026, 3, 25), today, date(2026, 3, 18), date(2026, 3, 24)));
        // February has fewer days than March so far.
        assert_eq!(window(Period::Month), (date(2026, 3, 1), today, date(2026, 2, 1), date(2026, 2, 28)));
        assert!(Period::WORDS.iter().all(|word| Period::from_word(word).is_some()));
    }

    #[test]
    fn a_range_is_neither_empty_nor_endless() {
        assert_eq!(Days::between(date(2026, 3, 2), date(2026, 3, 1)), None);
        assert_eq!(Days::between(date(2024, 1, 1), date(2024, 12, 31)).map(|days| days.count()), Some(366));
        assert_eq!(Days::between(date(2024, 1, 1), date(2025, 1, 1)), None);
    }

    proptest! {
        #[test]
        fn every_instant_falls_into_the_day_that_its_clock_shows(
            second in 1_500_000_000i64..1_800_000_000,
            name in proptest::sample::select(vec!["Europe/Paris", "America/Sao_Paulo", "UTC", "Asia/Kathmandu", "America/Havana"]),
        ) {
            let zone = zone(name);
            let instant = Timestamp::from_second(second).unwrap();
            let day = instant.to_zoned(zone.clone()).date();
            let borders = Days { first: day, count: 1 }.borders(&zone);
            prop_assert!(borders[0] <= instant && instant < borders[1], "{:?}", borders);
        }
    }
}
