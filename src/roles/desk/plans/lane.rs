//! The lane of commits: few at once, and none past a stop that is under way.
//!
//! What counts is the switch in the database. But a stop must not queue, at Discord or for a connection, behind the commits that it
//! is to stop, so within this process it goes first.

use crate::kernel::{Error, GuildId, Result, UserId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Commits at once: those of one guild wait for one another anyway, and each asks Discord several times.
const AT_ONCE: usize = 4;

/// How long it counts that Discord vouched for an operator, where he stops everything and Discord doesn't answer.
const VOUCHED: SignedDuration = SignedDuration::from_hours(1);
/// Most operators of whom that is known.
const VOUCHED_MAX: usize = 10_000;

/// The lane.
pub(in crate::roles) struct Lane {
    commits: Semaphore,
    // Guilds whose stop is under way. Never held over an await.
    stopping: Mutex<HashMap<GuildId, usize>>,
    // Whom Discord vouched for as an operator, and when last. As above.
    vouched: Mutex<HashMap<(GuildId, UserId), Timestamp>>,
}

/// A stop that is under way.
pub(super) struct Stopping<'a> {
    lane: &'a Lane,
    guild: GuildId,
}

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        let mut stopping = self.lane.stopping.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut stops) = stopping.entry(self.guild) {
            *stops.get_mut() -= 1;
            if *stops.get() == 0 {
                stops.remove();
            }
        }
    }
}

impl Lane {
    /// An empty lane.
    pub(in crate::roles) fn new() -> Self {
        Self { commits: Semaphore::new(AT_ONCE), stopping: Mutex::default(), vouched: Mutex::default() }
    }

    /// A stop begins; it ends when what is given goes.
    pub(super) fn stop(&self, guild: GuildId) -> Stopping<'_> {
        self.stopping
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(guild)
            .and_modify(|stops| *stops += 1)
            .or_insert(1);
        Stopping { lane: self, guild }
    }

    /// Waits for its turn to make a plan.
    pub(super) async fn room(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.commits.acquire().await.ok()
    }

    /// Waits for its turn to commit.
    ///
    /// # Errors
    /// [`Error::Conflict`] where a stop is under way.
    pub(super) async fn turn(&self, guild: GuildId) -> Result<Option<SemaphorePermit<'_>>> {
        let permit = self.room().await;
        let stops = self.stopping.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&guild);
        if stops { Err(Error::Conflict("error-agent-stopped")) } else { Ok(permit) }
    }

    /// Discord vouches for an operator.
    pub(in crate::roles) fn saw(&self, guild: GuildId, user: UserId, now: Timestamp) {
        let mut vouched = self.vouched.lock().unwrap_or_else(PoisonError::into_inner);
        if vouched.len() >= VOUCHED_MAX {
            vouched.retain(|_, at| now.duration_since(*at) < VOUCHED);
        }
        if vouched.len() < VOUCHED_MAX {
            vouched.insert((guild, user), now);
        }
    }

    /// Whether Discord vouched for an operator a while ago.
    pub(super) fn knew(&self, guild: GuildId, user: UserId, now: Timestamp) -> bool {
        let vouched = self.vouched.lock().unwrap_or_else(PoisonError::into_inner);
        vouched.get(&(guild, user)).is_some_and(|at| now.duration_since(*at) < VOUCHED)
    }
}
