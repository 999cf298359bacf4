//! The lane of commits: few at once, and none past a stop that is under way.
//!
//! What counts is the switch in the database. But a stop must not queue, at Discord or for a connection, behind the commits that it
//! is to stop, so within this process it goes first.

use crate::kernel::{Error, GuildId, Result};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Commits at once: those of one guild wait for one another anyway, and each asks Discord several times.
const AT_ONCE: usize = 4;

/// The lane.
pub(in crate::roles) struct Lane {
    commits: Semaphore,
    // Guilds whose stop is under way. Never held over an await.
    stopping: Mutex<HashSet<GuildId>>,
}

/// A stop that is under way.
pub(super) struct Stopping<'a> {
    lane: &'a Lane,
    guild: GuildId,
}

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.lane.stopping.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.guild);
    }
}

impl Lane {
    /// An empty lane.
    pub(in crate::roles) fn new() -> Self {
        Self { commits: Semaphore::new(AT_ONCE), stopping: Mutex::new(HashSet::new()) }
    }

    /// A stop begins; it ends when what is given goes.
    pub(super) fn stop(&self, guild: GuildId) -> Stopping<'_> {
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
        Stopping { lane: self, guild }
    }

    /// Waits for its turn to commit.
    ///
    /// # Errors
    /// [`Error::Conflict`] where a stop is under way.
    pub(super) async fn turn(&self, guild: GuildId) -> Result<Option<SemaphorePermit<'_>>> {
        // It is never closed.
        let permit = self.commits.acquire().await.ok();
        let stops = self.stopping.lock().unwrap_or_else(PoisonError::into_inner).contains(&guild);
        if stops { Err(Error::Conflict("error-agent-stopped")) } else { Ok(permit) }
    }
}
