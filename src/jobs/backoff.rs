//! When a failed delivery is tried again, and when it is given up.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Wait after the first failure; it doubles with each further one.
const FIRST: Duration = Duration::from_secs(2);
/// Longest wait of our own; Discord may ask for a longer one.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// Tries after which a delivery may be given up.
const TRIES: u32 = 12;
/// Age that a notice to a person must have before it is given up: an outage of a night loses nothing.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// How long to wait after `attempts` failures: between one half and the whole of the doubled wait, as `chance` (0 to 1)
/// says, so that what failed together isn't tried again together; at least `asked`.
pub(super) fn wait(attempts: u32, asked: Option<Duration>, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1).min(20))).min(LONGEST);
    let jittered = doubled.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0);
    jittered.max(asked.unwrap_or_default())
}

/// Whether to give up. A card is built again by `reconcile`, so nobody waits a day for it.
pub(super) fn is_hopeless(attempts: u32, is_card: bool, created_at: Timestamp, now: Timestamp) -> bool {
    attempts >= TRIES && (is_card || now.duration_since(created_at) >= PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let waits: Vec<u64> = (1..=12).map(|attempts| wait(attempts, None, 1.0).as_secs()).collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(wait(1, None, 0.0), Duration::from_secs(1));
    }

    #[test]
    fn discord_may_ask_for_longer() {
        assert_eq!(wait(1, Some(Duration::from_secs(3600)), 0.5), Duration::from_secs(3600));
        assert_eq!(wait(12, Some(Duration::from_secs(1)), 1.0), LONGEST);
    }

    #[test]
    fn a_message_is_given_up_after_a_day_and_a_card_after_its_tries() {
        let start = Timestamp::UNIX_EPOCH;
        let later = |hours| start.checked_add(SignedDuration::from_hours(hours)).unwrap();
        assert!(!is_hopeless(12, false, start, later(23)));
        assert!(is_hopeless(12, false, start, later(24)));
        assert!(!is_hopeless(11, false, start, later(240)), "a clock set forward gives nothing up");
        assert!(is_hopeless(12, true, start, later(1)));
    }

    proptest! {
        #[test]
        fn every_wait_is_within_bounds(attempts in any::<u32>(), chance in any::<f64>()) {
            let wait = wait(attempts, None, chance);
            prop_assert!(wait >= FIRST / 2 && wait <= LONGEST);
        }
    }
}
