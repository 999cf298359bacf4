//! The clock of a ticket's time to resolution: it runs in some states and keeps its rest in the others.
//!
//! It doesn't know states or priorities: who calls says when it runs and how much time there is. What is done when a time
//! has come is `schedule`'s.

use jiff::{SignedDuration, Timestamp};

/// The time that a ticket may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    whole: SignedDuration,
    reminder_after: SignedDuration,
}

impl Allowance {
    /// `hours` in all, with a reminder after `reminder_percent` of them.
    pub fn new(hours: u32, reminder_percent: u8) -> Self {
        let seconds = i64::from(hours) * 3600;
        let reminded = seconds * i64::from(reminder_percent.min(100)) / 100;
        Self { whole: SignedDuration::from_secs(seconds), reminder_after: SignedDuration::from_secs(reminded) }
    }
}

/// The clock's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// It runs until the due time.
    Running {
        /// When the time is up.
        due_at: Timestamp,
    },
    /// It stands still.
    Paused {
        /// What is left, in milliseconds; negative when the time was already up.
        left_ms: i64,
    },
}

/// The clock with what was already said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sla {
    /// Where the clock stands.
    pub hands: Hands,
    /// When staff are reminded; `None` while the clock stands still.
    pub reminder_at: Option<Timestamp>,
    /// Whether they were.
    pub reminded: bool,
    /// When the time was first found to be up.
    pub breached_at: Option<Timestamp>,
}

impl Sla {
    /// Starts a clock.
    pub fn start(allowance: Allowance, now: Timestamp) -> Self {
        let fresh = Self { hands: Hands::Paused { left_ms: 0 }, reminder_at: None, reminded: false, breached_at: None };
        fresh.run_for(allowance.whole, allowance, now)
    }

    /// What is left at `now`.
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        match self.hands {
            Hands::Running { due_at } => due_at.duration_since(now),
            Hands::Paused { left_ms } => SignedDuration::from_millis(left_ms),
        }
    }

    /// The due time, while the clock runs.
    pub const fn due_at(&self) -> Option<Timestamp> {
        match self.hands {
            Hands::Running { due_at } => Some(due_at),
            Hands::Paused { .. } => None,
        }
    }

    /// Makes it run or stand still, as it should at `now`; nothing changes where it already does.
    #[must_use]
    pub fn running(self, runs: bool, allowance: Allowance, now: Timestamp) -> Self {
        match (self.hands, runs) {
            (Hands::Running { .. }, true) | (Hands::Paused { .. }, false) => self,
            (Hands::Running { .. }, false) => self.hold_at(self.left(now)),
            (Hands::Paused { .. }, true) => self.run_for(self.left(now), allowance, now),
        }
    }

    /// Gives another allowance and keeps the time used so far.
    #[must_use]
    pub fn allow(self, old: Allowance, new: Allowance, now: Timestamp) -> Self {
        let used = old.whole.saturating_sub(self.left(now));
        let left = new.whole.saturating_sub(used);
        let changed = match self.hands {
            Hands::Running { .. } => self.run_for(left, new, now),
            Hands::Paused { .. } => self.hold_at(left),
        };
        // A reminder that lies ahead again is given again.
        Self { reminded: changed.reminded && used >= new.reminder_after, ..changed }
    }

    fn run_for(self, left: SignedDuration, allowance: Allowance, now: Timestamp) -> Self {
        let due_at = later(now, left);
        let reminder_at = later(due_at, allowance.reminder_after.saturating_sub(allowance.whole));
        Self { hands: Hands::Running { due_at }, reminder_at: Some(reminder_at), ..self }
    }

    fn hold_at(self, left: SignedDuration) -> Self {
        let left_ms = i64::try_from(left.as_millis()).unwrap_or(i64::MAX);
        Self { hands: Hands::Paused { left_ms }, reminder_at: None, ..self }
    }
}

/// `from` plus `by`; `from` itself where that lies outside time.
pub(super) fn later(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.checked_add(by).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
    }

    fn hours(n: u32) -> Allowance {
        Allowance::new(n, 75)
    }

    #[test]
    fn it_starts_running_with_a_reminder_at_three_quarters() {
        let sla = Sla::start(hours(12), at(0));
        assert_eq!(sla.due_at(), Some(at(12 * 3_600_000)));
        assert_eq!(sla.reminder_at, Some(at(9 * 3_600_000)));
    }

    #[test]
    fn another_allowance_keeps_the_time_used() {
        let sla = Sla { reminded: true, ..Sla::start(hours(12), at(0)) };
        let lower = sla.allow(hours(12), hours(72), at(10 * 3_600_000));
        assert_eq!(lower.due_at(), Some(at(72 * 3_600_000)));
        assert!(!lower.reminded, "the reminder lies ahead again");
        let higher = lower.allow(hours(72), hours(12), at(60 * 3_600_000));
        assert_eq!(higher.due_at(), Some(at(12 * 3_600_000)), "the time is up already");
    }

    proptest! {
        #[test]
        fn only_the_time_it_runs_counts(stretches in prop::collection::vec((1i64..5_000_000, any::<bool>()), 1..20)) {
            let mut sla = Sla::start(hours(24), at(0));
            let (mut now, mut used) = (0, 0);
            for (length, runs) in stretches {
                sla = sla.running(runs, hours(24), at(now));
                now += length;
                used += if runs { length } else { 0 };
            }
            prop_assert_eq!(sla.left(at(now)).as_millis(), i128::from(24 * 3_600_000 - used));
        }

        #[test]
        fn pausing_and_going_on_moves_the_reminder_with_the_due_time(ran in 0i64..90_000_000, stood in 0i64..90_000_000) {
            let sla = Sla::start(hours(24), at(0)).running(false, hours(24), at(ran)).running(true, hours(24), at(ran + stood));
            prop_assert_eq!(sla.due_at(), Some(at(24 * 3_600_000 + stood)));
            prop_assert_eq!(sla.reminder_at, Some(at(18 * 3_600_000 + stood)));
        }

        #[test]
        fn changing_the_allowance_there_and_back_changes_nothing(used in 0i64..200_000_000, a in 1u32..100, b in 1u32..100) {
            let sla = Sla::start(hours(a), at(0));
            let back = sla.allow(hours(a), hours(b), at(used)).allow(hours(b), hours(a), at(used));
            prop_assert_eq!(back.hands, sla.hands);
        }
    }
}
