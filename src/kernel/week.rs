//! A moment of each week, such as Monday at nine. In which time zone, whoever asks says.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::fmt;
use std::str::FromStr;

const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "monday", "lundi"),
    (Weekday::Tuesday, "tuesday", "mardi"),
    (Weekday::Wednesday, "wednesday", "mercredi"),
    (Weekday::Thursday, "thursday", "jeudi"),
    (Weekday::Friday, "friday", "vendredi"),
    (Weekday::Saturday, "saturday", "samedi"),
    (Weekday::Sunday, "sunday", "dimanche"),
];

/// A day of the week and a time of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekTime {
    day: Weekday,
    time: Time,
}

impl Default for WeekTime {
    fn default() -> Self {
        Self { day: Weekday::Monday, time: Time::constant(9, 0, 0, 0) }
    }
}

impl FromStr for WeekTime {
    type Err = ();

    /// Reads `monday 09:00`, `lundi 9:00`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, time) = text.trim().split_once(char::is_whitespace).ok_or(())?;
        let day = day.to_lowercase();
        let (day, ..) = DAYS.into_iter().find(|(_, english, french)| day == *english || day == *french).ok_or(())?;
        let (hour, minute) = time.trim().split_once(':').ok_or(())?;
        let number = |digits: &str| -> Result<i8, ()> {
            let plain = (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
            if plain { digits.parse().map_err(|_| ()) } else { Err(()) }
        };
        let time = Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| ())?;
        Ok(Self { day, time })
    }
}

impl fmt::Display for WeekTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = DAYS.into_iter().find(|(day, ..)| *day == self.day).map_or("", |(_, english, _)| english);
        write!(f, "{name} {:02}:{:02}", self.time.hour(), self.time.minute())
    }
}

impl WeekTime {
    /// The Monday of the last whole week, Monday to Sunday, that lay behind when this moment last came; `None` at the ends of time.
    ///
    /// A time that the clocks leap over that day comes when they have; one that they show twice comes the first time.
    pub fn last_week(self, now: Timestamp, zone: &TimeZone) -> Option<Date> {
        let today = now.to_zoned(zone.clone()).date();
        let since = self.day.until(today.weekday());
        let day = today.checked_sub(i64::from(since).days()).ok()?;
        let due = day.to_datetime(self.time).to_zoned(zone.clone()).ok()?.timestamp();
        let day = if due <= now { day } else { day.checked_sub(7.days()).ok()? };
        let into = Weekday::Monday.until(day.weekday());
        day.checked_sub(i64::from(into).days()).ok()?.checked_sub(7.days()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(at: &str, now: &str, zone: &str) -> String {
        let at: WeekTime = at.parse().unwrap();
        at.last_week(now.parse().unwrap(), &TimeZone::get(zone).unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_day_and_a_time_are_read_in_both_languages_and_nothing_else_is() {
        for (text, shown) in [
            ("monday 09:00", "monday 09:00"),
            (" Lundi  9:05 ", "monday 09:05"),
            ("dimanche 23:59", "sunday 23:59"),
            ("FRIDAY 0:00", "friday 00:00"),
        ] {
            assert_eq!(text.parse::<WeekTime>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            "monday",
            "09:00",
            "monday 24:00",
            "monday 9",
            "monday 9:60",
            "mon 9:00",
            "monday -1:00",
            "monday 9:00 x",
        ] {
            assert_eq!(text.parse::<WeekTime>(), Err(()), "{text}");
        }
    }

    #[test]
    fn the_week_before_is_due_when_the_hour_has_come_in_the_shops_zone() {
        // Monday, 23 November 2026, 9:00 in Paris is 8:00 UTC.
        assert_eq!(of("monday 9:00", "2026-11-23T07:59:59Z", "Europe/Paris"), "2026-11-09");
        assert_eq!(of("monday 9:00", "2026-11-23T08:00:00Z", "Europe/Paris"), "2026-11-16");
        assert_eq!(of("monday 9:00", "2026-11-29T23:00:00Z", "Europe/Paris"), "2026-11-16");
        assert_eq!(of("monday 9:00", "2026-11-23T08:00:00Z", "America/Montreal"), "2026-11-09");
        assert_eq!(of("friday 18:30", "2026-11-27T17:30:00Z", "Europe/Paris"), "2026-11-16");
        assert_eq!(of("sunday 9:00", "2026-11-28T17:30:00Z", "Europe/Paris"), "2026-11-09");
        // Three quarters of an hour.
        assert_eq!(of("monday 9:00", "2026-11-23T03:15:00Z", "Asia/Kathmandu"), "2026-11-16");
        assert_eq!(of("monday 9:00", "2026-11-23T03:14:00Z", "Asia/Kathmandu"), "2026-11-09");
    }

    #[test]
    fn summer_time_neither_skips_nor_doubles_a_week() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        // 2:30 is leapt over on 28 March 2027, a Sunday, and comes twice on 31 October.
        for at in ["sunday 2:30", "monday 9:00", "sunday 3:00", "saturday 23:59"] {
            let at: WeekTime = at.parse().unwrap();
            let (mut now, mut seen): (Timestamp, Vec<Date>) = ("2027-03-01T00:00:00Z".parse().unwrap(), Vec::new());
            let end: Timestamp = "2027-11-30T00:00:00Z".parse().unwrap();
            while now < end {
                seen.push(at.last_week(now, &paris).unwrap());
                now += 15.minutes();
            }
            assert!(seen.is_sorted(), "{at}");
            seen.dedup();
            let weeks = seen.windows(2).all(|two| two[0].checked_add(7.days()).unwrap() == two[1]);
            assert!(weeks && seen.len() >= 39, "{at}: {}", seen.len());
        }
        assert_eq!(of("sunday 2:30", "2027-03-28T00:59:00Z", "Europe/Paris"), "2027-03-08");
        assert_eq!(of("sunday 2:30", "2027-03-28T01:30:00Z", "Europe/Paris"), "2027-03-15");
        assert_eq!(of("sunday 2:30", "2027-10-31T00:30:00Z", "Europe/Paris"), "2027-10-18");
    }
}
