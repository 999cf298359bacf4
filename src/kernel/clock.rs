//! The clock as a value that is handed down, so that tests and the sandbox can move it.
//!
//! Domains never read it: they take the time as a parameter.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The present time, plus an offset in milliseconds that a test or the sandbox sets.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that agrees with the machine's.
    pub fn new() -> Self {
        Self::default()
    }

    /// The present time, in whole microseconds as PostgreSQL keeps it.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_millis(self.offset_ms.load(Ordering::Relaxed));
        let now = Timestamp::now();
        let moved = now.checked_add(offset).unwrap_or(now);
        Timestamp::from_microsecond(moved.as_microsecond()).unwrap_or(moved)
    }

    /// Moves the clock; negative values move it back.
    pub fn advance(&self, by: SignedDuration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.offset_ms.fetch_add(ms, Ordering::Relaxed);
    }
}
