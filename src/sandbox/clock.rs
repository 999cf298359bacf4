//! The sandbox's own clock, which can be moved forward, and the snowflakes made from it.
//!
//! Rate limits don't use it: the bots wait for those in real time.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds between the Unix epoch and Discord's (first second of 2015).
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// A clock with an offset; snowflakes only ever grow.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: u64,
    last: u64,
}

impl Clock {
    /// Milliseconds since the Unix epoch, offset included.
    pub(crate) fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX).saturating_add(self.offset_ms)
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&mut self, ms: u64) {
        self.offset_ms = self.offset_ms.saturating_add(ms);
    }

    /// A new snowflake, greater than all before it.
    pub(crate) fn snowflake(&mut self) -> u64 {
        let fresh = snowflake_at(self.now_ms());
        self.last = fresh.max(self.last + 1);
        self.last
    }
}

/// The first snowflake of a millisecond.
pub(crate) fn snowflake_at(ms: u64) -> u64 {
    ms.saturating_sub(DISCORD_EPOCH_MS) << 22
}

/// The moment inside a snowflake, in milliseconds since the Unix epoch.
pub(crate) fn moment_of(snowflake: u64) -> u64 {
    (snowflake >> 22) + DISCORD_EPOCH_MS
}

/// A moment in the form of Discord's timestamps.
pub(crate) fn iso(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_like_discords() {
        assert_eq!(iso(1_700_000_000_123), "2023-11-14T22:13:20.123000+00:00");
    }

    #[test]
    fn snowflakes_grow_and_hold_their_moment() {
        let mut clock = Clock::default();
        let first = clock.snowflake();
        let second = clock.snowflake();
        assert!(second > first);
        assert!(clock.now_ms() - moment_of(second) < 1000);
    }
}
