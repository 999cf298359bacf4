//! How long the provider keeps to an idempotency key, and under which one the same thing is sent after that.

use jiff::{SignedDuration, Timestamp};

/// How long a key is counted on: Stripe forgets one after a day at the earliest (Stripe, "Idempotent requests").
pub const HOLDS: SignedDuration = SignedDuration::from_hours(23);

/// The key under which a thing is sent now, having been sent so often under another before; `own` is its first.
pub fn current(own: &str, resends: i32) -> String {
    if resends == 0 { own.to_owned() } else { format!("{own}~{resends}") }
}

/// Whether the provider may have forgotten that key, so that sending it again could do the thing twice.
pub fn is_stale(asked_at: Timestamp, resends: i32, now: Timestamp) -> bool {
    let holds = HOLDS.checked_mul(resends.saturating_add(1));
    holds.and_then(|holds| asked_at.checked_add(holds).ok()).is_some_and(|end| now >= end)
}

/// How often it will have been sent under another key once it is sent under a new one: the next, or after an outage of days the first
/// that isn't stale already.
pub fn renewed(asked_at: Timestamp, resends: i32, now: Timestamp) -> i32 {
    let passed = now.duration_since(asked_at).as_secs() / HOLDS.as_secs();
    i32::try_from(passed).unwrap_or(i32::MAX).max(resends.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewed_key_is_not_stale_however_long_the_outage_was() {
        let asked_at = Timestamp::from_second(1_790_000_000).unwrap();
        for hours in [0, 1, 22, 23, 24, 45, 46, 80, 745, 8800] {
            let now = asked_at.checked_add(SignedDuration::from_hours(hours)).unwrap();
            for resends in [0, 1, 2, 500] {
                let renewed = renewed(asked_at, resends, now);
                assert!(renewed > resends && !is_stale(asked_at, renewed, now), "{hours} h after {resends}: {renewed}");
            }
        }
    }
}
