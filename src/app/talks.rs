//! What was said lately between a person and Shellia in a channel, so that "et hier ?" has something to follow on; and what the
//! shop of which they speak sells. In memory only: nobody keeps what was said, and a restart forgets it.

use crate::control::Catalogue;
use crate::domain::decisions::{CONTEXT, Said};
use crate::kernel::{ChannelId, GuildId, UserId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long what was said can be followed on.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(30);
/// How long the names of what a shop sells count as known.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// Conversations and shops that are kept; beyond, those of before go first.
const KEPT: usize = 1000;

/// Where somebody talks.
type Place = (ChannelId, UserId);

/// Conversations by channel and person.
#[derive(Debug, Default)]
pub struct Talks {
    // Never held over an await.
    said: Mutex<HashMap<Place, Vec<(Timestamp, Said)>>>,
    // As above. By who asked: what one may read isn't shown to another.
    shops: Mutex<HashMap<(GuildId, UserId), (Timestamp, Catalogue)>>,
}

fn lasts(at: Timestamp, length: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(at) < length
}

impl Talks {
    /// What was said before, the oldest first; at most twelve messages of the last thirty minutes.
    pub fn before(&self, channel: ChannelId, user: UserId, now: Timestamp) -> Vec<Said> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let all = said.get(&(channel, user)).map(Vec::as_slice).unwrap_or_default();
        let skipped = all.len().saturating_sub(CONTEXT);
        let recent = all.iter().skip(skipped).filter(|(at, _)| lasts(*at, REMEMBERED, now));
        recent.map(|(_, said)| said.clone()).collect()
    }

    /// Hears a message.
    pub fn hear(&self, channel: ChannelId, user: UserId, now: Timestamp, message: Said) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= KEPT {
            said.retain(|_, all| all.last().is_some_and(|(at, _)| lasts(*at, REMEMBERED, now)));
        }
        if said.len() >= KEPT {
            said.clear();
        }
        let all = said.entry((channel, user)).or_default();
        all.push((now, message));
        let surplus = all.len().saturating_sub(CONTEXT);
        all.drain(..surplus);
    }

    /// What a shop sells, as somebody was told it a moment ago.
    pub fn shop(&self, guild: GuildId, user: UserId, now: Timestamp) -> Option<Catalogue> {
        let shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        shops.get(&(guild, user)).filter(|(at, _)| lasts(*at, FRESH, now)).map(|(_, shop)| shop.clone())
    }

    /// Keeps what a shop sells, as somebody was told it.
    pub fn keep_shop(&self, guild: GuildId, user: UserId, now: Timestamp, shop: Catalogue) {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        if shops.len() >= KEPT {
            shops.clear();
        }
        shops.insert((guild, user), (now, shop));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decisions::Speaker;

    #[test]
    fn twelve_messages_of_half_an_hour_are_followed_on_in_their_channel() {
        let talks = Talks::default();
        let (place, user) = (ChannelId::new(5).unwrap(), UserId::new(7).unwrap());
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let later = |minutes: i64| now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
        let said = |n: usize| Said { from: Speaker::Operator, text: n.to_string() };
        (0..20).for_each(|n| talks.hear(place, user, now, said(n)));
        let heard = talks.before(place, user, later(29));
        assert_eq!((heard.len(), heard[0].text.as_str(), heard[11].text.as_str()), (12, "8", "19"));
        assert!(talks.before(place, user, later(30)).is_empty());
        assert!(talks.before(ChannelId::new(6).unwrap(), user, now).is_empty());
        assert!(talks.before(place, UserId::new(8).unwrap(), now).is_empty());
        talks.hear(place, user, later(29), said(20));
        assert_eq!(talks.before(place, user, later(40)), [said(20)]);
    }
}
