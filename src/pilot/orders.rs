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

/// A commit that was sent, and of which it isn't known what became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsettled {
    /// Whose.
    pub of: Teller,
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

/// That everything is stopped in a guild.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// Who stopped it.
    pub by: Teller,
    /// When.
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
                *had = Halt { at: had.at, ..halt };
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
    fn pauses_grow_up_to_a_minute() {
        let pauses: Vec<i64> = [0, 1, 2, 6, 7, 1_000].map(|tries| pause(tries).as_secs()).into();
        assert_eq!(pauses, [1, 2, 5, 60, 60, 60]);
    }
}
