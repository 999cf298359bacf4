//! Limits on how often a member and a guild may ask; the generic cell rate algorithm of the `governor` crate.
//!
//! They protect the guild from one member and the machine from one guild. They are kept in memory: a restart forgives.

use crate::kernel::{Error, GuildId, Result, UserId};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Suggestions a minute for one person: more than anybody types, and each costs a query.
const SUGGESTIONS_PER_MINUTE: u32 = 120;

/// Of what one person may ask, the part whose refusals he is told where others read: what comes after them must not wait behind more.
const ONE_REFUSAL_OF: u32 = 5;

/// Requests a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// For one member in one guild.
    pub member_per_minute: NonZeroU32,
    /// For one guild.
    pub guild_per_minute: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Self {
        let per_minute = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self { member_per_minute: per_minute(30), guild_per_minute: per_minute(3000) }
    }
}

/// How often somebody is answered a minute who writes in direct messages without asking for anything.
const WRITING_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN;

/// Keeps count.
pub struct Limits {
    clock: DefaultClock,
    writers: DefaultKeyedRateLimiter<UserId>,
    members: DefaultKeyedRateLimiter<(GuildId, UserId)>,
    guilds: DefaultKeyedRateLimiter<GuildId>,
    afar: DefaultKeyedRateLimiter<UserId>,
    suggestions: DefaultKeyedRateLimiter<UserId>,
    refusals: DefaultKeyedRateLimiter<(GuildId, UserId)>,
    // Who was told in public to wait, with or without a text that stays there, and until when. Never held over an await.
    told: Mutex<HashMap<(GuildId, UserId, bool), Instant>>,
}

impl Limits {
    /// Starts counting.
    pub fn new(rates: Rates) -> Self {
        let suggestions = NonZeroU32::new(SUGGESTIONS_PER_MINUTE).unwrap_or(NonZeroU32::MIN);
        let refusals = NonZeroU32::new(rates.member_per_minute.get() / ONE_REFUSAL_OF).unwrap_or(NonZeroU32::MIN);
        Self {
            clock: DefaultClock::default(),
            writers: DefaultKeyedRateLimiter::keyed(Quota::per_minute(WRITING_PER_MINUTE)),
            members: DefaultKeyedRateLimiter::keyed(Quota::per_minute(rates.member_per_minute)),
            guilds: DefaultKeyedRateLimiter::keyed(Quota::per_minute(rates.guild_per_minute)),
            afar: DefaultKeyedRateLimiter::keyed(Quota::per_minute(rates.member_per_minute)),
            suggestions: DefaultKeyedRateLimiter::keyed(Quota::per_minute(suggestions)),
            refusals: DefaultKeyedRateLimiter::keyed(Quota::per_minute(refusals)),
            told: Mutex::new(HashMap::new()),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn count(&self, guild: GuildId, user: UserId) -> Result<()> {
        let now = self.clock.now();
        let wait = |until: governor::NotUntil<_>| Error::TooMany {
            retry_after_s: until.wait_time_from(now).as_secs().saturating_add(1),
        };
        self.members.check_key(&(guild, user)).map_err(wait)?;
        self.guilds.check_key(&guild).map_err(wait)?;
        self.is_heard(guild, user);
        Ok(())
    }

    /// Counts a request of what all of a guild may ask at once: against the member only, since they are to be let in.
    ///
    /// # Errors
    /// As [`Limits::count`].
    pub fn count_one_of_many(&self, guild: GuildId, user: UserId) -> Result<()> {
        let now = self.clock.now();
        let wait = |until: governor::NotUntil<_>| until.wait_time_from(now).as_secs().saturating_add(1);
        self.members.check_key(&(guild, user)).map_err(|until| Error::TooMany { retry_after_s: wait(until) })?;
        self.is_heard(guild, user);
        Ok(())
    }

    /// Notes that what somebody asked was taken: what isn't after that, he is told anew.
    fn is_heard(&self, guild: GuildId, user: UserId) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for text_stays in [false, true] {
            told.remove(&(guild, user, text_stays));
        }
    }

    /// Counts a request from direct messages, whatever guild it names: there the person alone is certain.
    ///
    /// # Errors
    /// As [`Limits::count`].
    pub fn count_from_afar(&self, user: UserId) -> Result<()> {
        let now = self.clock.now();
        let wait = |until: governor::NotUntil<_>| until.wait_time_from(now).as_secs().saturating_add(1);
        self.afar.check_key(&user).map_err(|until| Error::TooMany { retry_after_s: wait(until) })
    }

    /// Counts suggestions; tells whether there may be more.
    pub fn may_suggest(&self, user: UserId) -> bool {
        self.suggestions.check_key(&user).is_ok()
    }

    /// Counts a refusal that would be said where others read; tells whether it is to be. Discord takes few messages a channel, and what
    /// others wait for stands behind them.
    pub fn may_be_refused(&self, guild: GuildId, user: UserId) -> bool {
        self.refusals.check_key(&(guild, user)).is_ok()
    }

    /// Notes that somebody asked too fast where others read, and has to wait; tells whether he is to be told so now. One notice
    /// speaks for all that he asks until he may again. Where his text stays there he is told that, too, so those count apart.
    pub fn is_told(&self, guild: GuildId, user: UserId, text_stays: bool, wait_s: u64) -> bool {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (guild, user, text_stays);
        if told.get(&key).is_some_and(|until| now < *until) {
            return false;
        }
        told.insert(key, now.checked_add(Duration::from_secs(wait_s)).unwrap_or(now));
        true
    }

    /// Counts that somebody wrote in direct messages without asking for anything.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn writes(&self, user: UserId) -> Result<()> {
        let now = self.clock.now();
        self.writers
            .check_key(&user)
            .map_err(|until| Error::TooMany { retry_after_s: until.wait_time_from(now).as_secs().saturating_add(1) })
    }

    /// Forgets members who have not asked for long; called now and then.
    pub fn sweep(&self) {
        self.writers.retain_recent();
        self.members.retain_recent();
        self.guilds.retain_recent();
        self.afar.retain_recent();
        self.suggestions.retain_recent();
        self.refusals.retain_recent();
        let now = Instant::now();
        self.told.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, until| now < *until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_let_in_and_each_of_it_is_counted() {
        let few = NonZeroU32::new(2).unwrap();
        let limits = Limits::new(Rates { member_per_minute: few, guild_per_minute: few });
        let guild = GuildId::new(7).unwrap();
        assert!((1..=50).all(|id| limits.count_one_of_many(guild, UserId::new(id).unwrap()).is_ok()));
        let marie = UserId::new(1).unwrap();
        assert!(limits.count_one_of_many(guild, marie).is_ok());
        assert!(matches!(limits.count_one_of_many(guild, marie), Err(Error::TooMany { .. })));
        assert!(limits.count(guild, UserId::new(60).unwrap()).is_ok(), "nobody else waits for them");
    }

    #[test]
    fn who_is_told_to_wait_is_told_anew_once_the_time_is_over_or_he_was_heard() {
        let limits = Limits::new(Rates::default());
        let (guild, marie, jean) = (GuildId::new(7).unwrap(), UserId::new(1).unwrap(), UserId::new(2).unwrap());
        assert!(limits.is_told(guild, marie, true, 0), "there is nothing to wait for");
        assert!(limits.is_told(guild, marie, true, 60));
        assert!(!limits.is_told(guild, marie, true, 60), "the first notice speaks for this one");
        assert!(limits.is_told(guild, marie, false, 60) && limits.is_told(guild, jean, true, 60));
        limits.count(guild, marie).unwrap();
        assert!(limits.is_told(guild, marie, true, 60) && limits.is_told(guild, marie, false, 60));
        limits.count_one_of_many(guild, marie).unwrap();
        assert!(limits.is_told(guild, marie, true, 60) && !limits.is_told(guild, jean, true, 60));
        limits.sweep();
        assert!(!limits.is_told(guild, marie, true, 60));
    }

    #[test]
    fn a_few_refusals_are_told_to_each_and_no_more() {
        let limits = Limits::new(Rates::default());
        let (guild, marie, jean) = (GuildId::new(7).unwrap(), UserId::new(1).unwrap(), UserId::new(2).unwrap());
        assert_eq!((0..1_000).filter(|_| limits.may_be_refused(guild, marie)).count(), 6);
        assert!(limits.may_be_refused(guild, jean) && limits.count(guild, marie).is_ok());
    }

    #[test]
    fn who_writes_is_answered_once_and_may_ask_all_the_same() {
        let limits = Limits::new(Rates::default());
        let (guild, marie, jean) = (GuildId::new(7).unwrap(), UserId::new(1).unwrap(), UserId::new(2).unwrap());
        assert!(limits.writes(marie).is_ok());
        assert!(matches!(limits.writes(marie), Err(Error::TooMany { retry_after_s: 1..=61 })));
        assert!(limits.writes(jean).is_ok() && limits.count(guild, marie).is_ok());
    }
}
