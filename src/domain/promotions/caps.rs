//! What may be promised at all, whoever asks: a member of staff, the other bot, or somebody who stole its key.
//!
//! Pure: runs are handed in. A run is the time in which a promotion applies; one that was stopped counts until then.

use crate::kernel::Percent;
use jiff::{SignedDuration, Timestamp};

/// The longest that a promotion may run.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a target rests between two promotions of the same way (by itself or by code).
pub const COOLDOWN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// In which time a plan's share of promoted days is counted.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The largest share of a [`WINDOW`] in which a plan may be promoted to everybody, in percent.
pub const BUSY_PERCENT: i64 = 25;

/// The rules that settings decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromotionRules {
    /// The largest percentage; an amount may not take off more than this of the cheapest price of its target.
    pub cap_percent: u8,
}

impl Default for PromotionRules {
    fn default() -> Self {
        Self { cap_percent: 30 }
    }
}

impl PromotionRules {
    /// The largest percentage, where the setting is one.
    pub fn cap(&self) -> Option<Percent> {
        Percent::from_hundredths(i64::from(self.cap_percent) * 100).ok()
    }
}

/// When a promotion applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Whether a run comes within the [`COOLDOWN`] of another, before or after it.
pub fn is_too_soon(others: &[Run], new: Run) -> bool {
    let rested = |end: Timestamp| end.checked_add(COOLDOWN).unwrap_or(end);
    others.iter().any(|other| rested(other.until) > new.from && rested(new.until) > other.from)
}

/// Whether, with a new run, the runs take more than [`BUSY_PERCENT`] of any [`WINDOW`]. Runs that overlap count once.
pub fn is_too_busy(others: &[Run], new: Run) -> bool {
    let most = WINDOW.as_millis().saturating_mul(i128::from(BUSY_PERCENT)) / 100;
    let mut runs = others.to_vec();
    runs.push(new);
    runs.sort_unstable_by_key(|run| run.from);
    // The fullest window begins where a run begins, or ends where one ends.
    let begins = runs.iter().map(|run| run.from);
    let ends = runs.iter().map(|run| run.until.checked_sub(WINDOW).unwrap_or(Timestamp::MIN));
    begins.chain(ends).any(|from| {
        let window = Run { from, until: from.checked_add(WINDOW).unwrap_or(Timestamp::MAX) };
        covered(&runs, window) > most
    })
}

/// Milliseconds of a window that sorted runs cover.
fn covered(runs: &[Run], window: Run) -> i128 {
    let mut total = 0;
    let mut done = window.from;
    for run in runs {
        let (from, until) = (run.from.max(done), run.until.min(window.until));
        if until > from {
            total += until.duration_since(from).as_millis();
            done = until;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(from_hour: i64, hours: i64) -> Run {
        let at = |hour: i64| Timestamp::from_second(1_700_000_000 + hour * 3600).unwrap();
        Run { from: at(from_hour), until: at(from_hour + hours) }
    }

    #[test]
    fn a_target_rests_for_a_week() {
        assert!(!is_too_soon(&[], run(0, 48)));
        assert!(is_too_soon(&[run(0, 48)], run(24, 48)));
        assert!(is_too_soon(&[run(0, 48)], run(48 + 167, 48)));
        assert!(!is_too_soon(&[run(0, 48)], run(48 + 168, 48)));
        // One that was planned for later counts as well.
        assert!(is_too_soon(&[run(100, 48)], run(0, 48)));
    }

    #[test]
    fn a_quarter_of_thirty_days_is_seven_and_a_half() {
        assert!(!is_too_busy(&[], run(0, 180)));
        assert!(is_too_busy(&[], run(0, 181)));
        assert!(!is_too_busy(&[run(0, 90)], run(400, 90)));
        assert!(is_too_busy(&[run(0, 90)], run(400, 91)));
        assert!(!is_too_busy(&[run(0, 180)], run(720, 180)));
        // Two on the same days are one.
        assert!(!is_too_busy(&[run(0, 100)], run(50, 100)));
    }

    proptest! {
        #[test]
        fn no_window_is_busier_than_the_rule_lets(runs in prop::collection::vec((0i64..2000, 1i64..200), 0..6), new in (0i64..2000, 1i64..200)) {
            let others: Vec<Run> = runs.iter().map(|(from, hours)| run(*from, *hours)).collect();
            let new = run(new.0, new.1);
            let mut all = others.clone();
            all.push(new);
            // Every window by the hour, from the promoted hours before each.
            let mut before = vec![0usize];
            for hour in -720i64..3020 {
                let at = run(hour, 1);
                let promoted = all.iter().any(|run| run.from <= at.from && at.until <= run.until);
                before.push(before.last().unwrap() + usize::from(promoted));
            }
            let busiest = before.iter().zip(before.iter().skip(720)).map(|(start, end)| end - start).max().unwrap();
            prop_assert_eq!(is_too_busy(&others, new), busiest > 180);
        }
    }
}
