//! Moments as people say them, in the shop's time zone: "dimanche", "Friday at 6pm", "ce soir", "le 31/12 à 20h", "end of the month".
//!
//! A day without an hour ends at 23:59; midnight is the next one, and that of a day its end; an hour that is past is tomorrow's; a
//! named day is the next one, never today; a date without a year is the next one; day before month.

use super::hours::{Hour, hour};
use super::kinds::Reason;
use super::phrase::{any_at, at};
use super::token::{Kind, Token};
use jiff::civil::{Date, Time, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// What the clock said, and whose days are meant.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    now: Zoned,
}

/// A moment that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// The moment, or why it is none.
    pub(super) at: Result<Timestamp, Reason>,
    /// Whether it says an end also where nothing says "until": "ce soir", "this week".
    pub(super) soft: bool,
}

/// What day was said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: Result<Date, Reason>,
    pub(super) soft: bool,
    /// Whether an hour of it that is past means tomorrow.
    pub(super) rolls: bool,
}

/// A date without a year that is past by so many days at most is not next year's.
const LATELY_DAYS: i64 = 60;
const LAST_MINUTE: Time = time(23, 59, 0, 0);

const MONTHS: [&str; 12] = [
    "janvier|january|janv|jan",
    "fevrier|february|fevr|fev|feb",
    "mars|march",
    "avril|april|avr|apr",
    "mai|may",
    "juin|june|jun",
    "juillet|july|juil|jul",
    "aout|august|aug",
    "septembre|september|sept|sep",
    "octobre|october|oct",
    "novembre|november|nov",
    "decembre|december|dec",
];

/// The number of a month's name.
pub(super) fn month(token: Option<&Token>) -> Option<i8> {
    let word = token?.text.as_str();
    let at = MONTHS.iter().position(|names| names.split('|').any(|name| name == word))?;
    i8::try_from(at + 1).ok()
}

impl Clock {
    /// The clock at a moment.
    pub(super) fn new(now: Timestamp, zone: &TimeZone) -> Self {
        Self { now: now.to_zoned(zone.clone()) }
    }

    /// Today.
    pub(super) fn today(&self) -> Date {
        self.now.date()
    }

    /// So many days from today.
    pub(super) fn after(&self, days: i64) -> Result<Date, Reason> {
        self.today().checked_add(days.days()).map_err(|_| Reason::ImpossibleDate)
    }

    /// Reads the moment that begins at a token; `None` where there is none. The place behind it comes along.
    pub(super) fn read(&self, tokens: &[Token], start: usize) -> Option<(usize, Moment)> {
        let start = at(tokens, start, "a|au|the|le|la|l|on|ce|cet|cette|this")
            .filter(|next| *next < tokens.len())
            .unwrap_or(start);
        if let Some((end, day)) = self.day(tokens, start) {
            let link = any_at(tokens, end, &["a", "at", "vers", ",", ", a|at", "au"]).unwrap_or(end);
            let hour = hour(tokens, link).or_else(|| hour(tokens, end));
            let (end, hour) = hour.map_or((end, None), |(end, hour)| (end, Some(hour)));
            return Some((end, self.moment(day, hour)));
        }
        let (end, hour) = hour(tokens, start)?;
        let link = any_at(tokens, end, &["on", "le", "de", "du", "ce", "this"]).unwrap_or(end);
        match self.day(tokens, link) {
            Some((end, day)) => Some((end, self.moment(day, Some(hour)))),
            None => {
                let today = Day { date: Ok(self.today()), soft: false, rolls: true };
                Some((end, self.moment(today, Some(hour))))
            }
        }
    }

    /// The end of the day before, where a moment is a day's end: "avant lundi" ends on Sunday.
    pub(super) fn day_before(&self, moment: Result<Timestamp, Reason>) -> Result<Timestamp, Reason> {
        let zoned = moment?.to_zoned(self.now.time_zone().clone());
        if zoned.time() != LAST_MINUTE {
            return moment;
        }
        let before = zoned.checked_sub(1.day()).map_err(|_| Reason::ImpossibleDate)?.timestamp();
        if before > self.now.timestamp() { Ok(before) } else { Err(Reason::PastDate) }
    }

    fn moment(&self, day: Day, hour: Option<Hour>) -> Moment {
        let on = |date: Date, time: Time| {
            let zoned = date.to_datetime(time).to_zoned(self.now.time_zone().clone());
            zoned.map(|zoned| zoned.timestamp()).map_err(|_| Reason::ImpossibleDate)
        };
        let next = |date: Date| date.tomorrow().map_err(|_| Reason::ImpossibleDate);
        let read = day.date.and_then(|date| match hour {
            None | Some(Hour::Night) => on(date, LAST_MINUTE),
            Some(Hour::Midnight) => on(next(date)?, Time::midnight()),
            Some(Hour::Vague) => Err(Reason::VagueLength),
            Some(Hour::At(time)) => match on(date, time)? {
                past if past <= self.now.timestamp() && day.rolls => on(next(date)?, time),
                moment => Ok(moment),
            },
        });
        let at = read.and_then(|at| if at > self.now.timestamp() { Ok(at) } else { Err(Reason::PastDate) });
        Moment { at, soft: day.soft }
    }

    fn day(&self, tokens: &[Token], start: usize) -> Option<(usize, Day)> {
        let named = |end: usize, date: Result<Date, Reason>, soft: bool| Some((end, Day { date, soft, rolls: false }));
        let to_sunday =
            || i64::from(Weekday::Monday.until(Weekday::Sunday) - Weekday::Monday.until(self.today().weekday()));
        let rules: [(&[&str], Result<Date, Reason>, bool); 10] = [
            (&["apres demain", "day after tomorrow", "surlendemain"], self.after(2), false),
            (&["demain", "tomorrow", "tmrw", "tmr"], self.after(1), false),
            (&["hier", "yesterday", "avant hier"], Err(Reason::PastDate), false),
            (
                &["fin|bout du|de mois prochain", "end of next|the month next?", "fin mois prochain"],
                self.month_end(1),
                true,
            ),
            (
                &["fin|bout du|de? ce? mois ci?", "end of the|this? month", "mois ci", "month", "eom"],
                self.month_end(0),
                true,
            ),
            (
                &[
                    "fin|bout de? la|cette|l? semaine",
                    "end of the|this? week",
                    "semaine",
                    "week",
                    "week end",
                    "weekend",
                    "we",
                    "fin|bout du|de ce? week end",
                    "fin|bout du|de ce? weekend",
                    "end of the|this? weekend",
                    "eow",
                ],
                self.after(to_sunday()),
                true,
            ),
            (
                &["fin|bout de|d l? annee", "end of the|this? year", "year end", "annee"],
                Ok(self.today().last_of_year()),
                true,
            ),
            (&["noel", "christmas", "xmas", "christmas day", "jour de noel"], self.next(25, 12), false),
            (&["saint sylvestre", "new year s eve", "reveillon du nouvel an"], self.next(31, 12), false),
            (&["nouvel an", "new year s day"], self.next(1, 1), false),
        ];
        // The months and weeks of "le mois prochain" have no end that everybody means.
        if any_at(tokens, start, &["semaine|mois|annee prochaine|prochain", "next week|month|year"]).is_some() {
            return named(start + 2, Err(Reason::VagueLength), false);
        }
        let best =
            rules.iter().filter_map(|(words, date, soft)| any_at(tokens, start, words).map(|end| (end, *date, *soft)));
        if let Some((end, date, soft)) = best.max_by_key(|(end, ..)| *end) {
            return named(end, date, soft);
        }
        if let Some(end) = any_at(
            tokens,
            start,
            &[
                "aujourdhui",
                "today",
                "today only",
                "fin|bout de la? journee",
                "end of the? day",
                "end of today",
                "eod",
                "journee",
            ],
        ) {
            return Some((end, Day { date: Ok(self.today()), soft: true, rolls: false }));
        }
        if let Some(end) = any_at(tokens, start, &["tonight", "soir", "this evening", "evening", "nuit"]) {
            return Some((end, Day { date: Ok(self.today()), soft: true, rolls: true }));
        }
        self.weekday(tokens, start).or_else(|| self.date(tokens, start))
    }

    /// `30/11`, `30/11/2026`, `2026-11-30`, "30 novembre", "November 30th", "le 30".
    pub(super) fn date(&self, tokens: &[Token], start: usize) -> Option<(usize, Day)> {
        let digits = |at: usize| tokens.get(at).filter(|token| token.kind == Kind::Number).and_then(Token::whole);
        let sign = |at: usize, signs: &str| tokens.get(at).is_some_and(|token| token.is_sign(signs) && token.glued);
        let found = |end: usize, date: Result<Date, Reason>| Some((end, Day { date, soft: false, rolls: false }));
        let spoken = |at: usize| tokens.get(at).and_then(Token::whole).filter(|n| (1..=31).contains(n));
        if let (Some(a), true, Some(b)) = (digits(start), sign(start + 1, "/-"), digits(start + 2)) {
            let dashed = sign(start + 1, "-");
            return match digits(start + 4).filter(|_| sign(start + 3, "/-")) {
                Some(c) if a > 31 => found(start + 5, self.exact(a, b, c)),
                Some(c) => found(start + 5, self.exact(if c < 100 { c + 2000 } else { c }, b, a)),
                None if dashed => None,
                None => found(start + 3, self.next(a, b)),
            };
        }
        if let Some(month) = month(tokens.get(start)) {
            let day = spoken(start + 1)?;
            let end = ordinal(tokens, start + 2);
            return Some(self.dated(tokens, end, day, i64::from(month)));
        }
        let day = spoken(start)?;
        let behind = ordinal(tokens, start + 1);
        let month_at = at(tokens, behind, "of|de").unwrap_or(behind);
        if let Some(month) = month(tokens.get(month_at)) {
            return Some(self.dated(tokens, month_at + 1, day, i64::from(month)));
        }
        // "le 30": an article, or an ordinal, and nothing that it counts.
        let article = start
            .checked_sub(1)
            .and_then(|i| tokens.get(i))
            .is_some_and(|t| matches!(t.text.as_str(), "le" | "au" | "the"));
        let counts = tokens.get(behind).is_some_and(|token| {
            (token.kind == Kind::Word
                && !matches!(
                    token.text.as_str(),
                    "a" | "at"
                        | "inclus"
                        | "included"
                        | "au"
                        | "pour"
                        | "for"
                        | "sur"
                        | "on"
                        | "avec"
                        | "with"
                        | "stp"
                        | "please"
                        | "et"
                        | "and"
                        | "du"
                        | "of"
                        | "max"
                ))
                || token.is_sign("%€$£:")
        });
        (article && !counts).then(|| (behind, Day { date: self.of_month(day), soft: false, rolls: false }))
    }

    fn dated(&self, tokens: &[Token], end: usize, day: i64, month: i64) -> (usize, Day) {
        let year_at = at(tokens, end, ",").unwrap_or(end);
        let year = tokens
            .get(year_at)
            .filter(|t| t.kind == Kind::Number)
            .and_then(Token::whole)
            .filter(|n| (1970..=2200).contains(n));
        let (end, date) = match year {
            Some(year) => (year_at + 1, self.exact(year, month, day)),
            None => (end, self.next(day, month)),
        };
        (end, Day { date, soft: false, rolls: false })
    }

    fn exact(&self, year: i64, month: i64, day: i64) -> Result<Date, Reason> {
        let part = |n: i64| i8::try_from(n).map_err(|_| Reason::ImpossibleDate);
        let year = i16::try_from(year).map_err(|_| Reason::ImpossibleDate)?;
        Date::new(year, part(month)?, part(day)?).map_err(|_| Reason::ImpossibleDate)
    }

    /// The next day of that day and month, today included; none where it was lately.
    fn next(&self, day: i64, month: i64) -> Result<Date, Reason> {
        let year = i64::from(self.today().year());
        // The 29th of February may be some years away.
        let mut days = (0..=8).filter_map(|years| self.exact(year + years, month, day).ok());
        let just_past = self.today().checked_sub(LATELY_DAYS.days()).map_err(|_| Reason::ImpossibleDate)?;
        match days.find(|date| *date >= just_past).ok_or(Reason::ImpossibleDate)? {
            // Some days ago: a slip, and no date of next year's.
            past if past < self.today() => Err(Reason::PastDate),
            date => Ok(date),
        }
    }

    fn of_month(&self, day: i64) -> Result<Date, Reason> {
        let first = self.today().first_of_month();
        let months = (0..=12).filter_map(|months: i64| first.checked_add(months.months()).ok());
        let days = months.filter_map(|month| self.exact(i64::from(month.year()), i64::from(month.month()), day).ok());
        days.into_iter().find(|date| *date >= self.today()).ok_or(Reason::ImpossibleDate)
    }

    fn month_end(&self, months: i64) -> Result<Date, Reason> {
        let month = self.today().first_of_month().checked_add(months.months()).map_err(|_| Reason::ImpossibleDate)?;
        Ok(date(month.year(), month.month(), 1).last_of_month())
    }
}

/// Where a number ends with what makes an ordinal of it.
pub(super) fn ordinal(tokens: &[Token], at_token: usize) -> usize {
    let is = tokens
        .get(at_token)
        .is_some_and(|t| t.glued && matches!(t.text.as_str(), "er" | "st" | "nd" | "rd" | "th" | "e" | "eme"));
    at_token + usize::from(is)
}

#[cfg(test)]
mod tests {
    use super::super::{spelled, token};
    use super::*;

    fn read(text: &str) -> Result<String, Reason> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let clock = Clock::new("2026-11-25T10:00:00+01:00".parse().unwrap(), &zone);
        let tokens = spelled::join(token::tokens(text.replace('é', "e").as_str()));
        let (end, moment) = clock.read(&tokens, 0).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(end, tokens.len(), "{text}");
        moment.at.map(|at| at.to_zoned(zone).strftime("%a %d/%m/%y %H:%M").to_string())
    }

    #[test]
    fn moments_are_read_in_the_shops_time_zone() {
        for (typed, expected) in [
            ("dimanche", "Sun 29/11/26 23:59"),
            ("mercredi", "Wed 02/12/26 23:59"),
            ("dimanche soir", "Sun 29/11/26 23:59"),
            ("sunday at noon", "Sun 29/11/26 12:00"),
            ("dimanche minuit", "Mon 30/11/26 00:00"),
            ("minuit", "Thu 26/11/26 00:00"),
            ("ce soir", "Wed 25/11/26 23:59"),
            ("ce soir 22h", "Wed 25/11/26 22:00"),
            ("tonight", "Wed 25/11/26 23:59"),
            ("9h", "Thu 26/11/26 09:00"),
            ("18h30", "Wed 25/11/26 18:30"),
            ("6pm", "Wed 25/11/26 18:00"),
            ("6:30 pm on friday", "Fri 27/11/26 18:30"),
            ("demain", "Thu 26/11/26 23:59"),
            ("apres demain a 8h", "Fri 27/11/26 08:00"),
            ("le 30", "Mon 30/11/26 23:59"),
            ("le 3", "Thu 03/12/26 23:59"),
            ("the 5th", "Sat 05/12/26 23:59"),
            ("1er decembre", "Tue 01/12/26 23:59"),
            ("5/12", "Sat 05/12/26 23:59"),
            ("31/12/2026 a 20h", "Thu 31/12/26 20:00"),
            ("2026-12-31", "Thu 31/12/26 23:59"),
            ("december 31st, 2026", "Thu 31/12/26 23:59"),
            ("3 mars", "Wed 03/03/27 23:59"),
            ("fin du mois", "Mon 30/11/26 23:59"),
            ("the end of the week", "Sun 29/11/26 23:59"),
            ("ce week-end", "Sun 29/11/26 23:59"),
            ("la fin de l'annee", "Thu 31/12/26 23:59"),
            ("noel", "Fri 25/12/26 23:59"),
        ] {
            assert_eq!(read(typed), Ok(expected.to_owned()), "{typed}");
        }
        for (typed, why) in [
            ("31 fevrier", Reason::ImpossibleDate),
            ("12/31", Reason::ImpossibleDate),
            ("3 mars 2020", Reason::PastDate),
            ("hier", Reason::PastDate),
            ("vendredi matin", Reason::VagueLength),
            ("la semaine prochaine", Reason::VagueLength),
        ] {
            assert_eq!(read(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_day_on_which_the_clocks_change_still_ends_at_its_last_minute() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let clock = Clock::new("2026-10-23T10:00:00+02:00".parse().unwrap(), &zone);
        let (_, moment) = clock.read(&token::tokens("dimanche"), 0).unwrap();
        assert_eq!(moment.at, Ok("2026-10-25T23:59:00+01:00".parse().unwrap()));
    }
}
