//! What Shellia keeps of her own orders: that everything is stopped, and commits of which nobody told what became.
//!
//! It sends nothing: commands do, and `jobs::pilot` tells Maxis what he wasn't told and reads back what isn't known. Here it is held
//! that nothing leaves for a guild in which everything is stopped, from the very moment on.

use super::Pilot;
use super::state::Kept;
use crate::kernel::{ChannelId, GuildId, Locale, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;
use tokio_util::sync::CancellationToken;

/// Waiting times between attempts, in seconds; the last one repeats.
const PAUSES_S: [i64; 7] = [1, 2, 5, 10, 20, 40, 60];
/// Most commits of which nothing is known; beyond, those of before go first.
const UNSETTLED_MAX: usize = 200;
/// Most who are told of one commit beside who sent it.
const TELLERS_MAX: usize = 20;

/// The waiting time before an attempt, the first counted as 0.
pub fn pause(tries: u32) -> SignedDuration {
    let at = usize::try_from(tries).unwrap_or(usize::MAX).min(PAUSES_S.len() - 1);
    SignedDuration::from_secs(PAUSES_S.get(at).copied().unwrap_or(60))
}

/// Who gave an order, and where he is told what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teller {
    /// In which guild.
    pub guild: GuildId,
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
    /// In which language.
    pub locale: Locale,
}

impl Teller {
    /// Whether who is told this is told that as well.
    fn is_told_with(self, other: Self) -> bool {
        (self.user, self.channel) == (other.user, other.channel)
    }
}

/// A commit that was sent, and of which it isn't known what became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsettled {
    /// Whose.
    pub of: Teller,
    /// Who asked for it since, or elsewhere: they are told as well.
    #[serde(default)]
    pub also: Vec<Teller>,
    /// The plan's number.
    pub plan: i64,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How often it was read back since.
    pub tries: u32,
    /// When it is read back next.
    pub next: Timestamp,
    /// Whether its answer is waited for here and now; after a restart nobody waits.
    #[serde(skip)]
    pub awaited: bool,
}

impl Unsettled {
    /// Everybody who is told what became of it.
    pub fn tellers(&self) -> impl Iterator<Item = Teller> {
        std::iter::once(self.of).chain(self.also.iter().copied())
    }
}

/// That everything is stopped in a guild.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// Who stopped it.
    pub by: Teller,
    /// When; said again, then.
    pub at: Timestamp,
    /// Whether Maxis is still to be told.
    pub owed: bool,
    /// How often that was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next: Timestamp,
}

impl Kept {
    /// Keeps a commit that leaves now.
    pub fn sends(&mut self, one: Unsettled) {
        self.settles(one.of.guild, one.plan);
        self.unsettled.push(one);
        let surplus = self.unsettled.len().saturating_sub(UNSETTLED_MAX);
        self.unsettled.drain(..surplus);
    }

    /// It is known what became of a commit; tells whether it wasn't before.
    pub fn settles(&mut self, guild: GuildId, plan: i64) -> bool {
        let before = self.unsettled.len();
        self.unsettled.retain(|one| one.of.guild != guild || one.plan != plan);
        self.unsettled.len() < before
    }

    /// Somebody asks for a commit that isn't settled: he is told as well, where he asked.
    pub fn asks_too(&mut self, plan: i64, who: Teller) {
        for one in self.unsettled.iter_mut().filter(|one| one.of.guild == who.guild && one.plan == plan) {
            if !one.tellers().any(|teller| teller.is_told_with(who)) && one.also.len() < TELLERS_MAX {
                one.also.push(who);
            }
        }
    }

    /// Somebody was told what became of a commit, where he asked; it is settled once everybody who asked was. Tells whether he waited
    /// for it.
    pub fn is_told(&mut self, plan: i64, who: Teller) -> bool {
        let is = |one: &Unsettled| one.of.guild == who.guild && one.plan == plan;
        let Some(one) = self.unsettled.iter_mut().find(|one| is(one)) else { return false };
        let mut left: Vec<Teller> = one.tellers().collect();
        let before = left.len();
        left.retain(|teller| !teller.is_told_with(who));
        let waited = left.len() < before;
        if left.is_empty() {
            self.settles(who.guild, plan);
        } else {
            one.of = left.remove(0);
            one.also = left;
        }
        waited
    }

    /// The stop of a guild.
    pub fn halt_of(&self, guild: GuildId) -> Option<&Halt> {
        self.halts.iter().find(|halt| halt.by.guild == guild)
    }
}

impl Pilot {
    /// The leave to send something that changes a guild's shop: cancelled at the moment in which everything is stopped. `None`:
    /// everything is.
    pub fn leave(&self, maxis: &str, guild: GuildId) -> Option<CancellationToken> {
        let token = self.token(maxis, guild);
        // Looked at behind the token: a stop in between cancels it.
        let stopped = self.kept(maxis).halt_of(guild).is_some();
        (!stopped).then_some(token)
    }

    /// Stops everything in a guild, at once; tells whether it wasn't yet.
    pub fn halt(&self, maxis: &str, halt: Halt) -> bool {
        let guild = halt.by.guild;
        let is_new = self.change(maxis, |kept| match kept.halts.iter_mut().find(|one| one.by.guild == guild) {
            // Said again, Maxis is told again, and whoever said it is told.
            Some(had) => {
                *had = halt;
                false
            }
            None => {
                kept.halts.push(halt);
                true
            }
        });
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = leaves.remove(&(maxis.to_owned(), guild)) {
            token.cancel();
        }
        is_new
    }

    /// Lets a guild's orders leave again.
    pub fn lift(&self, maxis: &str, guild: GuildId) {
        self.change(maxis, |kept| kept.halts.retain(|one| one.by.guild != guild));
    }

    /// Lets a guild's orders leave again, since a plan that was sent then was carried out. A stop that was said later stands, and
    /// Maxis is told of it once more: he may have heard it before he went on. Tells whether nothing is stopped.
    pub fn lift_since(&self, maxis: &str, guild: GuildId, sent_at: Timestamp) -> bool {
        self.change(maxis, |kept| {
            kept.halts.retain(|one| one.by.guild != guild || one.at > sent_at);
            let mut later = kept.halts.iter_mut().filter(|one| one.by.guild == guild).peekable();
            let goes_on = later.peek().is_none();
            later.for_each(|one| one.owed = true);
            goes_on
        })
    }

    /// Maxis says that he went on then: a stop of before that he had heard of is lifted. Whatever was said since stands here, and what he
    /// was told stands there.
    pub fn went_on(&self, maxis: &str, guild: GuildId, at: Timestamp) {
        self.change(maxis, |kept| kept.halts.retain(|one| one.by.guild != guild || one.owed || one.at > at));
    }

    /// Maxis was told of a guild's stop, or says that he isn't to be.
    pub fn told(&self, maxis: &str, guild: GuildId) {
        self.change(maxis, |kept| {
            for one in kept.halts.iter_mut().filter(|one| one.by.guild == guild) {
                one.owed = false;
            }
        });
    }

    fn token(&self, maxis: &str, guild: GuildId) -> CancellationToken {
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        leaves.entry((maxis.to_owned(), guild)).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn teller(guild: u64) -> Teller {
        Teller {
            guild: GuildId::new(guild).unwrap(),
            user: UserId::new(1).unwrap(),
            channel: ChannelId::new(2).unwrap(),
            locale: Locale::Fr,
        }
    }

    fn halt(guild: u64) -> Halt {
        let at = Timestamp::from_second(1_800_000_000).unwrap();
        Halt { by: teller(guild), at, owed: true, tries: 0, next: at }
    }

    #[test]
    fn a_stop_takes_back_every_leave_of_its_guild_and_gives_none_until_it_is_lifted() {
        let pilot = Pilot::default();
        let [one, other] = [7, 8].map(|id| GuildId::new(id).unwrap());
        let (first, second) = (pilot.leave("eu", one).unwrap(), pilot.leave("eu", one).unwrap());
        let (elsewhere, abroad) = (pilot.leave("eu", other).unwrap(), pilot.leave("us", one).unwrap());
        assert!(pilot.halt("eu", halt(7)));
        assert!(!pilot.halt("eu", halt(7)), "said again it stays one");
        assert!(first.is_cancelled() && second.is_cancelled());
        assert!(!elsewhere.is_cancelled() && !abroad.is_cancelled());
        assert!(pilot.leave("eu", one).is_none() && pilot.leave("us", one).is_some());
        pilot.told("eu", one);
        assert!(pilot.leave("eu", one).is_none(), "that Maxis knows it lifts nothing");
        pilot.lift("eu", one);
        assert!(!pilot.leave("eu", one).unwrap().is_cancelled());
    }

    #[test]
    fn what_goes_on_lifts_no_stop_that_was_said_after_it_was_sent() {
        let pilot = Pilot::default();
        let guild = GuildId::new(7).unwrap();
        let stopped = halt(7).at;
        let [sent, later] = [1, 2].map(|s| stopped.checked_add(SignedDuration::from_secs(s)).unwrap());
        pilot.halt("eu", halt(7));
        pilot.told("eu", guild);
        assert!(pilot.lift_since("eu", guild, sent) && pilot.leave("eu", guild).is_some());
        pilot.halt("eu", halt(7));
        assert!(!pilot.halt("eu", Halt { at: later, ..halt(7) }), "said again, while it is under way");
        pilot.told("eu", guild);
        assert!(!pilot.lift_since("eu", guild, sent) && pilot.leave("eu", guild).is_none());
        assert!(pilot.kept("eu").halt_of(guild).is_some_and(|halt| halt.owed), "he is told once more");
    }

    #[test]
    fn that_maxis_went_on_lifts_what_he_had_heard_of_and_nothing_else() {
        let pilot = Pilot::default();
        let guild = GuildId::new(7).unwrap();
        let stopped = halt(7).at;
        let [before, after] = [-1, 1].map(|s| stopped.checked_add(SignedDuration::from_secs(s)).unwrap());
        pilot.halt("eu", halt(7));
        pilot.went_on("eu", guild, after);
        assert!(pilot.leave("eu", guild).is_none(), "he doesn't know of it yet");
        pilot.told("eu", guild);
        pilot.went_on("eu", guild, before);
        assert!(pilot.leave("eu", guild).is_none(), "it was said later");
        pilot.went_on("eu", guild, after);
        assert!(pilot.leave("eu", guild).is_some());
    }

    #[test]
    fn everybody_who_asked_for_a_commit_is_told_once_where_he_asked() {
        let (first, at) = (teller(7), halt(7).at);
        let second = Teller { user: UserId::new(9).unwrap(), channel: ChannelId::new(3).unwrap(), ..first };
        let mut kept = Kept::default();
        let one = Unsettled { of: first, also: Vec::new(), plan: 4, sent_at: at, tries: 0, next: at, awaited: false };
        kept.sends(one.clone());
        for who in [second, first, second] {
            kept.asks_too(4, who);
        }
        assert_eq!(kept.unsettled, [Unsettled { also: vec![second], ..one.clone() }]);
        // The second reads it, the first is still to be told.
        assert!(kept.is_told(4, second) && !kept.is_told(4, second));
        assert_eq!(kept.unsettled, [one]);
        assert!(kept.is_told(4, first));
        assert_eq!(kept.unsettled, []);
        assert!(!kept.is_told(4, first));
    }

    #[test]
    fn pauses_grow_up_to_a_minute() {
        let pauses: Vec<i64> = [0, 1, 2, 6, 7, 1_000].map(|tries| pause(tries).as_secs()).into();
        assert_eq!(pauses, [1, 2, 5, 60, 60, 60]);
    }
}
