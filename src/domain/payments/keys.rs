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
