//! How long to wait before dialling the gateway again.
//!
//! The client library dials at once when a server closes at once (600 times a second were seen), so every dial is ours. A
//! connection that stood for a minute is dialled again without delay, once; any other end waits 1 s, then 2, 4 … 60 s, each
//! with up to half as much again at random, so that many shards don't come back together. A connection that stood for some
//! seconds worked: after it the waits begin low again, whatever they had grown to.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);
/// A connection that stood this long counts as stable.
const STABLE: Duration = Duration::from_secs(60);
/// A connection that stood this long worked.
const WORKED: Duration = Duration::from_secs(20);

/// Waiting times between dials.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Takes in how long the last connection stood; answers how long to wait before the next dial.
    pub(super) fn after(&mut self, stood: Duration) -> Duration {
        if stood >= STABLE {
            self.failures = 0;
            return Duration::ZERO;
        }
        if stood >= WORKED {
            self.failures = self.failures.min(1);
        }
        let doubled = FIRST.saturating_mul(1 << self.failures.min(6));
        self.failures = self.failures.saturating_add(1);
        let base = doubled.min(LONGEST);
        base + base.mul_f64(rand::random::<f64>() / 2.0)
    }

    /// As [`Backoff::after`] where Discord asks for a pause of 1 to 5 seconds: the session was refused (Discord, "Gateway:
    /// Invalid Session").
    pub(super) fn after_refused_session(&mut self, stood: Duration) -> Duration {
        self.after(stood).max(FIRST.mul_f64(1.0 + 4.0 * rand::random::<f64>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_a_second_to_a_minute_and_a_bit() {
        let mut backoff = Backoff::default();
        let waits: Vec<Duration> = (0..10).map(|_| backoff.after(Duration::from_millis(5))).collect();
        for (wait, base) in waits.iter().zip([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]) {
            let base = Duration::from_secs(base);
            assert!((base..=base * 3 / 2).contains(wait), "{wait:?} for {base:?}");
        }
    }

    #[test]
    fn after_a_connection_that_worked_the_waits_begin_low_again() {
        let mut backoff = Backoff::default();
        for _ in 0..8 {
            backoff.after(Duration::ZERO);
        }
        assert!(backoff.after(Duration::from_secs(26)) <= Duration::from_secs(3));
        assert!(backoff.after_refused_session(Duration::ZERO) <= Duration::from_secs(6));
    }

    #[test]
    fn a_stable_connection_is_dialled_again_at_once_and_only_once() {
        let mut backoff = Backoff::default();
        backoff.after(Duration::ZERO);
        backoff.after(Duration::ZERO);
        assert_eq!(backoff.after(Duration::from_secs(60)), Duration::ZERO);
        assert!(backoff.after(Duration::ZERO) >= Duration::from_secs(1));
        assert!(backoff.after(Duration::ZERO) >= Duration::from_secs(2));
    }
}
