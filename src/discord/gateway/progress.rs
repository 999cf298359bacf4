//! Up to which event everything has been handled: the number from which a restarted program asks to be told again.
//!
//! Events are handled side by side, so a later one may end before an earlier one. The mark stays below the earliest that is
//! still under way; after a crash that one comes again, and those behind it a second time, which the commands bear.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Debug, Default)]
struct Marks {
    /// Events under way by number; a redelivered one may be under way twice.
    under_way: BTreeMap<u64, u32>,
    /// The highest number heard.
    heard: u64,
}

/// Progress within one session.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<Mutex<Marks>>);

impl Progress {
    /// Starts where everything up to `heard` has been handled.
    pub(super) fn from(heard: u64) -> Self {
        Self(Arc::new(Mutex::new(Marks { under_way: BTreeMap::new(), heard })))
    }

    /// Notes that an event was heard; it counts as under way until the answer is dropped.
    pub(super) fn begin(&self, number: u64) -> UnderWay {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.heard = marks.heard.max(number);
        *marks.under_way.entry(number).or_default() += 1;
        UnderWay { marks: self.0.clone(), number }
    }

    /// The number up to which every event has been handled to the end.
    pub(super) fn handled(&self) -> u64 {
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.under_way.first_key_value().map_or(marks.heard, |(first, _)| marks.heard.min(first.saturating_sub(1)))
    }
}

/// An event under way.
#[derive(Debug)]
pub(in crate::discord) struct UnderWay {
    marks: Arc<Mutex<Marks>>,
    number: u64,
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
    fn a_redelivered_event_holds_the_mark_until_both_are_done() {
        let progress = Progress::from(0);
        let (once, again) = (progress.begin(1), progress.begin(1));
        drop(once);
        assert_eq!(progress.handled(), 0);
        drop(again);
        assert_eq!(progress.handled(), 1);
    }
}
