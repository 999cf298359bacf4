//! Up to which event everything has been handled: the number from which a restarted program asks to be told again.
//!
//! Events are handled side by side, so a later one may end before an earlier one. The mark stays below the earliest that is
//! still under way; after a crash that one comes again, and those behind it a second time, which the commands bear.
//!
//! The same is kept of typed messages by their ids, which go on over sessions: what no session told is read from the channels
//! after that mark.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many of the last ended ones are remembered: as many as may end within the seconds that are looked at again.
const REMEMBERED: usize = 256;

#[derive(Debug, Default)]
struct Marks {
    /// Events under way by number; a redelivered one may be under way twice.
    under_way: BTreeMap<u64, u32>,
    /// The highest number heard.
    heard: u64,
    /// Those that ended last.
    ended: VecDeque<u64>,
}

/// Progress over numbers that grow: the events of one session, or messages.
#[derive(Debug, Clone, Default)]
pub(in crate::discord) struct Progress(Arc<Mutex<Marks>>);

impl Progress {
    /// Starts where everything up to `heard` has been handled.
    pub(super) fn from(heard: u64) -> Self {
        Self::resumed(heard, [])
    }

    /// As [`Progress::from`], where those that ended last are known, too.
    pub(super) fn resumed(heard: u64, ended: impl IntoIterator<Item = u64>) -> Self {
        Self(Arc::new(Mutex::new(Marks { under_way: BTreeMap::new(), heard, ended: ended.into_iter().collect() })))
    }

    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something was heard with which there is nothing to do.
    pub(super) fn hear(&self, number: u64) {
        let mut marks = self.marks();
        marks.heard = marks.heard.max(number);
    }

    /// Keeps the mark where it is until the answer is dropped.
    pub(super) fn hold(&self) -> UnderWay {
        let mut marks = self.marks();
        let number = marks.handled().saturating_add(1);
        *marks.under_way.entry(number).or_default() += 1;
        UnderWay { marks: self.0.clone(), number, ends: false }
    }

    /// Whether a number is under way or ended a short while ago.
    pub(in crate::discord) fn knows(&self, number: u64) -> bool {
        let marks = self.marks();
        marks.under_way.contains_key(&number) || marks.ended.contains(&number)
    }

    /// Those that ended last.
    pub(super) fn ended(&self) -> Vec<u64> {
        self.marks().ended.iter().copied().collect()
    }

    /// Notes that an event was heard; it counts as under way until the answer is dropped.
    pub(in crate::discord) fn begin(&self, number: u64) -> UnderWay {
        let mut marks = self.marks();
        marks.heard = marks.heard.max(number);
        *marks.under_way.entry(number).or_default() += 1;
        UnderWay { marks: self.0.clone(), number, ends: true }
    }

    /// The number up to which every event has been handled to the end.
    pub(super) fn handled(&self) -> u64 {
        self.marks().handled()
    }
}

impl Marks {
    fn handled(&self) -> u64 {
        self.under_way.first_key_value().map_or(self.heard, |(first, _)| self.heard.min(first.saturating_sub(1)))
    }
}

/// An event under way.
#[derive(Debug)]
pub(in crate::discord) struct UnderWay {
    marks: Arc<Mutex<Marks>>,
    number: u64,
    /// Whether dropping it means that something ended.
    ends: bool,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = marks.under_way.get_mut(&self.number) {
            *times -= 1;
            if *times == 0 {
                marks.under_way.remove(&self.number);
            }
        }
        if self.ends {
            marks.ended.push_back(self.number);
            while marks.ended.len() > REMEMBERED {
                marks.ended.pop_front();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stays_below_the_earliest_event_under_way() {
        let progress = Progress::from(10);
        let (first, second, third) = (progress.begin(11), progress.begin(12), progress.begin(13));
        assert_eq!(progress.handled(), 10);
        drop(second);
        assert_eq!(progress.handled(), 10);
        drop(first);
        assert_eq!(progress.handled(), 12);
        drop(third);
        assert_eq!(progress.handled(), 13);
    }

    #[test]
    fn a_held_mark_stays_whatever_is_heard() {
        let progress = Progress::from(10);
        let held = progress.hold();
        progress.hear(20);
        drop(progress.begin(21));
        assert_eq!(progress.handled(), 10);
        assert!(progress.knows(21) && !progress.knows(20));
        drop(held);
        assert_eq!((progress.handled(), progress.ended()), (21, vec![21]));
    }

    #[test]
    fn a_redelivered_event_holds_the_mark_until_both_are_done() {
        let progress = Progress::from(0);
        let (once, again) = (progress.begin(1), progress.begin(1));
        drop(once);
        assert_eq!(progress.handled(), 0);
        drop(again);
        assert_eq!(progress.handled(), 1);
    }
}
