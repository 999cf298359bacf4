//! How a Maxis is, from readings: what changed for good, for how long it was away, and its uptime. Pure.
//!
//! Two readings in a row that differ from what was told last make a change; a single one makes none, so that what flaps is quiet.
//! Time without readings, as while Shellia herself was away, counts neither way.

use crate::control::Unreached;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The longest time between two readings that counts, in seconds.
const GAP_S: i64 = 120;
/// Hours that are kept: thirty days, and the present one.
const HOURS: usize = 30 * 24 + 1;
const HOUR_S: i64 = 3600;

/// In a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everything works.
    Up,
    /// It answers, and something doesn't work, or it is slow.
    Degraded,
    /// It gives no answer that is of use.
    Down,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its database doesn't answer.
    Database,
    /// Not all of its connections to Discord stand.
    Discord,
    /// It answers late.
    Late,
    /// Its name is not known.
    Name,
    /// There is no way to it.
    Network,
    /// It shows another certificate.
    Certificate,
    /// It took too long.
    Slow,
    /// It doesn't take the key.
    Key,
    /// The clocks differ, by so many seconds.
    Clock(i64),
    /// It asks to wait.
    Busy,
    /// There is no control API.
    Absent,
    /// It met a fault of its own.
    Fault(u16),
    /// Its answer can't be read.
    Strange,
}

impl Why {
    /// Why there is no answer; none: no Maxis is set.
    pub const fn of(unreached: Unreached) -> Option<Self> {
        match unreached {
            Unreached::Off => None,
            Unreached::Name => Some(Self::Name),
            Unreached::Network => Some(Self::Network),
            Unreached::Certificate => Some(Self::Certificate),
            Unreached::Slow => Some(Self::Slow),
            Unreached::Key => Some(Self::Key),
            Unreached::Clock(seconds) => Some(Self::Clock(seconds)),
            Unreached::Busy => Some(Self::Busy),
            Unreached::Absent => Some(Self::Absent),
            Unreached::Fault(status) => Some(Self::Fault(status)),
            Unreached::Strange => Some(Self::Strange),
        }
    }
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How it is.
    pub level: Level,
    /// What is wrong.
    pub why: Option<Why>,
    /// When.
    pub at: Timestamp,
}

/// How it stands, as was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In a word.
    pub level: Level,
    /// What is wrong.
    #[serde(default)]
    pub why: Option<Why>,
    /// Since when.
    pub since: Timestamp,
}

/// A change that is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// How it stands now.
    pub now: Standing,
    /// For how many seconds it was not up, where it is again.
    pub away_s: Option<i64>,
}

/// An hour's readings, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Hour {
    /// Hours since 1970.
    hour: i64,
    answered: i64,
    down: i64,
}

/// For how long it answered, of the time that it was watched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uptime {
    /// Seconds in which it answered, well or not quite.
    pub answered_s: i64,
    /// Seconds in which it was watched.
    pub watched_s: i64,
}

impl Uptime {
    /// In hundredths of a percent, rounded down; none: it was not watched.
    pub fn hundredths(self) -> Option<i64> {
        (self.watched_s > 0).then(|| self.answered_s.saturating_mul(10_000) / self.watched_s)
    }
}

/// What the readings of one Maxis come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// What was told last.
    #[serde(default)]
    told: Option<Standing>,
    /// The first reading that differs from it, with nothing as before since.
    #[serde(default)]
    differs_since: Option<Timestamp>,
    /// Since when it is not up.
    #[serde(default)]
    away_since: Option<Timestamp>,
    #[serde(default)]
    last: Option<Timestamp>,
    #[serde(default)]
    hours: VecDeque<Hour>,
}

impl Watched {
    /// How it stands.
    pub const fn standing(&self) -> Option<Standing> {
        self.told
    }

    /// Takes a reading; gives the change that it makes certain.
    pub fn read(&mut self, reading: Reading) -> Option<Change> {
        self.count(reading);
        let Reading { level, why, at } = reading;
        let Some(told) = &mut self.told else {
            if level == Level::Up {
                self.differs_since = None;
                self.told = Some(Standing { level, why, since: at });
                return None;
            }
            let since = *self.differs_since.get_or_insert(at);
            // Found as it is for the first time: the next one will tell.
            return if since == at { None } else { Some(self.changes(Standing { level, why, since })) };
        };
        if told.level == level {
            told.why = why;
            self.differs_since = None;
            return None;
        }
        match self.differs_since {
            Some(since) => Some(self.changes(Standing { level, why, since })),
            None => {
                self.differs_since = Some(at);
                None
            }
        }
    }

    fn changes(&mut self, now: Standing) -> Change {
        self.told = Some(now);
        self.differs_since = None;
        let away_s = if now.level == Level::Up {
            self.away_since.take().map(|since| now.since.as_second().saturating_sub(since.as_second()))
        } else {
            self.away_since.get_or_insert(now.since);
            None
        };
        Change { now, away_s }
    }

    fn count(&mut self, reading: Reading) {
        let at = reading.at.as_second();
        let passed = self.last.map_or(0, |last| at.saturating_sub(last.as_second()));
        self.last = Some(reading.at);
        if !(1..=GAP_S).contains(&passed) {
            return;
        }
        let hour = at.div_euclid(HOUR_S);
        if self.hours.back().is_none_or(|last| last.hour < hour) {
            self.hours.push_back(Hour { hour, answered: 0, down: 0 });
        }
        while self.hours.len() > HOURS {
            self.hours.pop_front();
        }
        let Some(last) = self.hours.back_mut() else { return };
        match reading.level {
            Level::Up | Level::Degraded => last.answered = last.answered.saturating_add(passed),
            Level::Down => last.down = last.down.saturating_add(passed),
        }
    }

    /// Its uptime over so many hours before, in whole hours.
    pub fn uptime(&self, hours: i64, now: Timestamp) -> Uptime {
        let first = now.as_second().div_euclid(HOUR_S).saturating_sub(hours);
        let mut uptime = Uptime::default();
        for hour in self.hours.iter().filter(|one| one.hour > first) {
            uptime.answered_s = uptime.answered_s.saturating_add(hour.answered);
            uptime.watched_s = uptime.watched_s.saturating_add(hour.answered).saturating_add(hour.down);
        }
        uptime
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Level::{Degraded, Down, Up};

    const PACE_S: i64 = 30;

    /// Reads these levels, thirty seconds apart, and gives the changes with the number of their reading.
    fn read(watched: &mut Watched, begin: i64, levels: &[Level]) -> Vec<(usize, Change)> {
        let mut changes = Vec::new();
        for (n, level) in levels.iter().enumerate() {
            let at = Timestamp::from_second(begin + PACE_S * i64::try_from(n).unwrap()).unwrap();
            let change = watched.read(Reading { level: *level, why: None, at });
            changes.extend(change.map(|change| (n, change)));
        }
        changes
    }

    #[test]
    fn two_readings_in_a_row_make_a_change_and_back_tells_how_long_it_was_away() {
        let mut watched = Watched::default();
        let changes = read(&mut watched, 0, &[Up, Up, Down, Down, Down, Degraded, Degraded, Up, Up, Up]);
        let told: Vec<(usize, Level, i64, Option<i64>)> =
            changes.iter().map(|(n, c)| (*n, c.now.level, c.now.since.as_second(), c.away_s)).collect();
        assert_eq!(told, [(3, Down, 60, None), (6, Degraded, 150, None), (8, Up, 210, Some(150))]);
    }

    #[test]
    fn what_flaps_is_quiet_and_what_never_works_is_told() {
        let mut watched = Watched::default();
        assert_eq!(read(&mut watched, 0, &[Up, Down, Up, Down, Up, Degraded, Up, Down, Up]), []);
        // Never as it was: that it goes from one trouble to another hides nothing.
        assert_eq!(read(&mut watched, 900, &[Down, Degraded]).len(), 1);
        let mut first = Watched::default();
        let changes = read(&mut first, 0, &[Down, Down, Down]);
        assert_eq!((changes.len(), changes[0].0), (1, 1), "found down at the start");
    }

    #[test]
    fn uptime_is_of_the_time_that_was_watched() {
        let mut watched = Watched::default();
        let at = |s: i64| Timestamp::from_second(s).unwrap();
        assert_eq!(watched.uptime(24, at(0)).hundredths(), None);
        // An hour up, a quarter of one down; an hour's pause of Shellia's own; up again.
        for s in (0..=3600).step_by(30) {
            watched.read(Reading { level: Up, why: None, at: at(s) });
        }
        for s in (3630..=4500).step_by(30) {
            watched.read(Reading { level: Down, why: None, at: at(s) });
        }
        for s in (8100..=8700).step_by(30) {
            watched.read(Reading { level: Degraded, why: None, at: at(s) });
        }
        assert_eq!(watched.uptime(24, at(8700)), Uptime { answered_s: 4200, watched_s: 5100 });
        assert_eq!(watched.uptime(24, at(8700)).hundredths(), Some(8235));
        assert_eq!(watched.uptime(1, at(8700)), Uptime { answered_s: 600, watched_s: 600 });
        // Thirty days later nothing of it is left.
        assert_eq!(watched.uptime(720, at(31 * 86_400)).hundredths(), None);
        for day in 1..40 {
            for s in [0, 30] {
                for hour in 0..24 {
                    watched.read(Reading { level: Up, why: None, at: at(86_400 * day + 3600 * hour + s) });
                }
            }
        }
        assert!(watched.hours.len() <= HOURS);
    }
}
