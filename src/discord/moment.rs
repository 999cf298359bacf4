//! The time that stands in Discord's ids (Discord, "Reference: Snowflakes").

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The start of Discord's time, in milliseconds after the Unix epoch.
const EPOCH_MS: u64 = 1_420_070_400_000;
/// Where the time begins in an id.
const SHIFT: u32 = 22;

/// How long ago a thing with this id was made; nothing for one from the future.
pub(super) fn age(id: u64) -> Duration {
    let made = Duration::from_millis((id >> SHIFT).saturating_add(EPOCH_MS));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.saturating_sub(made)
}

/// The first id of the moment so long ago.
pub(super) fn id_before_now(ago: Duration) -> u64 {
    let then = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().saturating_sub(ago);
    let ms = u64::try_from(then.as_millis()).unwrap_or(u64::MAX).saturating_sub(EPOCH_MS);
    ms.min(u64::MAX >> SHIFT) << SHIFT
}

/// The first id of the moment so long before that of an id.
pub(super) fn earlier(id: u64, by: Duration) -> u64 {
    let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
    (id >> SHIFT).saturating_sub(ms) << SHIFT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        let id = id_before_now(Duration::from_secs(60));
        let age = age(id);
        assert!((Duration::from_secs(60)..Duration::from_secs(70)).contains(&age), "{age:?}");
        assert_eq!(earlier(id, Duration::from_millis(5)), id - (5 << SHIFT));
        assert_eq!(earlier(7, Duration::MAX), 0);
    }
}
