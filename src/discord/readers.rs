//! Who reads which channel, as it was seen last: kept for a while, and forgotten when the gateway tells of a change.
//!
//! It asks nobody; what was seen is handed in.

use crate::commands::{Audience, Lacking, Seen};
use crate::kernel::{ChannelId, GuildId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long it counts, unless a change is told before: cards come often, and each look is three questions.
const FRESH: Duration = Duration::from_secs(60);
/// The same where other processes hear part of the guilds: of changes there this one is told nothing.
const FRESH_IN_PART: Duration = Duration::from_secs(5);

/// What was seen.
#[derive(Debug)]
pub(super) struct Readers {
    fresh: Duration,
    // Never held over an await.
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// An entry for each channel that a guild has set.
    seen: HashMap<(GuildId, ChannelId), (Instant, Audience)>,
    changes: u64,
}

/// How many changes had been told when a look began: one that was told meanwhile may not have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before(u64);

impl Readers {
    /// Knows nothing yet; `alone` says that this process hears of every guild.
    pub(super) fn new(alone: bool) -> Self {
        Self { fresh: if alone { FRESH } else { FRESH_IN_PART }, kept: Mutex::default() }
    }

    /// Who reads a channel, where that is known.
    ///
    /// # Errors
    /// It isn't: what is seen now may be kept with the [`Before`].
    pub(super) fn look(&self, guild: GuildId, channel: ChannelId) -> Result<Audience, Before> {
        let kept = self.kept();
        match kept.seen.get(&(guild, channel)) {
            Some((at, audience)) if at.elapsed() < self.fresh => Ok(*audience),
            Some(_) | None => Err(Before(kept.changes)),
        }
    }

    /// Keeps what was seen, unless something has changed since the look began.
    pub(super) fn keep(&self, guild: GuildId, channel: ChannelId, audience: Audience, before: Before) {
        let mut kept = self.kept();
        if Before(kept.changes) == before {
            kept.seen.insert((guild, channel), (Instant::now(), audience));
        }
    }

    /// Takes in that something has changed in a guild.
    pub(super) fn forget(&self, guild: u64) {
        let mut kept = self.kept();
        kept.changes = kept.changes.wrapping_add(1);
        kept.seen.retain(|(of, _), _| of.get() != guild);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who reads a channel, of what was seen of it alone.
pub(super) fn audience(seen: &Seen, channel: ChannelId) -> Audience {
    let unseen = |lacking: &Lacking| lacking.permissions.contains(&"VIEW_CHANNEL");
    if seen.unknown_channels.contains(&channel) {
        Audience::Elsewhere
    } else if seen.open.contains(&channel) {
        Audience::Everybody
    } else if seen.lacking.iter().any(unseen) {
        Audience::Hidden
    } else {
        Audience::Chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_asked_about_anew_and_what_was_seen_before_it_is_not_kept() {
        let readers = Readers::new(true);
        let (guild, other) = (GuildId::new(1).unwrap(), GuildId::new(2).unwrap());
        let channel = ChannelId::new(5).unwrap();
        let before = readers.look(guild, channel).unwrap_err();
        readers.keep(guild, channel, Audience::Chosen, before);
        readers.keep(other, channel, Audience::Chosen, before);
        assert_eq!(readers.look(guild, channel), Ok(Audience::Chosen));
        readers.forget(1);
        readers.keep(guild, channel, Audience::Chosen, before);
        assert!(readers.look(guild, channel).is_err());
        assert_eq!(readers.look(other, channel), Ok(Audience::Chosen));
    }
}
