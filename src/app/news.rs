//! What Discord told of members and roles, collected for a moment so that many events make one statement.
//!
//! It may be lost with the process: what it would have led to is found by the walk over all members' roles.

use crate::domain::shop::roles::Moved;
use crate::kernel::{GuildId, RoleId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// Members of whom something is remembered at a time; beyond that the walk finds them.
const MEMBERS: usize = 10_000;

/// What was told since it was taken last.
#[derive(Debug, Default)]
pub struct Told {
    members: HashMap<(i64, i64), Moved>,
    guilds: HashSet<GuildId>,
    gone: HashSet<RoleId>,
    /// All roles of guilds that were told as a whole.
    there: HashMap<GuildId, Vec<RoleId>>,
    /// Roles of which was told that they are there: newer than what was told of guilds as a whole.
    seen: HashSet<RoleId>,
}

impl Told {
    /// Members, each with the newest that was told.
    pub fn members(&self) -> Vec<Moved> {
        self.members.values().cloned().collect()
    }

    /// Guilds whose roles changed.
    pub fn guilds(&self) -> Vec<GuildId> {
        self.guilds.iter().copied().collect()
    }

    /// Roles that were deleted.
    pub fn gone(&self) -> Vec<RoleId> {
        self.gone.iter().copied().collect()
    }

    /// Guilds that were told as a whole, each with all its roles.
    pub fn there(&self) -> Vec<(GuildId, Vec<RoleId>)> {
        let all =
            |(guild, roles): (&GuildId, &Vec<RoleId>)| (*guild, roles.iter().chain(&self.seen).copied().collect());
        self.there.iter().map(all).collect()
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && self.guilds.is_empty()
    }
}

/// Whom a piece of news concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerns {
    /// A member.
    Member(GuildId, UserId),
    /// Everybody of a guild: its roles changed.
    Guild(GuildId),
}

/// Pieces of news that a reader may be behind; one that is further behind is told that it missed some.
const BEHIND: usize = 4096;

/// What Discord tells.
#[derive(Debug)]
pub struct News {
    // Never held over an await.
    told: Mutex<Told>,
    heard: broadcast::Sender<Concerns>,
}

impl Default for News {
    fn default() -> Self {
        Self { told: Mutex::default(), heard: broadcast::Sender::new(BEHIND) }
    }
}

impl News {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears whom news concern, from now on.
    pub fn listen(&self) -> broadcast::Receiver<Concerns> {
        self.heard.subscribe()
    }

    fn tell(&self, concerns: Concerns) {
        // Nobody may be listening.
        self.heard.send(concerns).unwrap_or_default();
    }

    /// Something was told of a member.
    pub fn member(&self, moved: Moved) {
        let whom = moved.whom();
        if let (Ok(guild), Ok(user)) = (GuildId::try_from(whom.0), UserId::try_from(whom.1)) {
            self.tell(Concerns::Member(guild, user));
        }
        let mut told = self.told();
        let moved = match told.members.get(&whom) {
            Some(older) => moved.after(older),
            None if told.members.len() >= MEMBERS => return,
            None => moved,
        };
        told.members.insert(whom, moved);
    }

    /// A guild's roles changed; one of them may be gone.
    pub fn roles(&self, guild: GuildId, gone: Option<RoleId>) {
        self.tell(Concerns::Guild(guild));
        let mut told = self.told();
        told.guilds.insert(guild);
        told.gone.extend(gone);
    }

    /// These are all roles of a guild: one that is not among them is gone.
    pub fn there(&self, guild: GuildId, roles: Vec<RoleId>) {
        self.tell(Concerns::Guild(guild));
        let mut told = self.told();
        told.guilds.insert(guild);
        told.there.insert(guild, roles);
    }

    /// A role of a guild is new or changed.
    pub fn role(&self, guild: GuildId, role: RoleId) {
        self.tell(Concerns::Guild(guild));
        let mut told = self.told();
        told.guilds.insert(guild);
        told.seen.insert(role);
    }

    /// Takes what was told.
    pub fn take(&self) -> Told {
        std::mem::take(&mut *self.told())
    }

    /// Puts back what could not be taken up; what was told meanwhile is newer.
    pub fn put_back(&self, older: Told) {
        let newer = std::mem::replace(&mut *self.told(), older);
        newer.members.into_values().for_each(|moved| self.member(moved));
        let mut told = self.told();
        told.guilds.extend(newer.guilds);
        told.gone.extend(newer.gone);
        told.there.extend(newer.there);
        told.seen.extend(newer.seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::UserId;

    fn moved(user: u64, roles: &[u64], anew: bool) -> Moved {
        let roles: Vec<RoleId> = roles.iter().filter_map(|id| RoleId::new(*id)).collect();
        Moved::new(GuildId::new(1).unwrap(), UserId::new(user).unwrap(), &roles, anew)
    }

    #[test]
    fn the_newest_of_a_member_counts_and_that_he_came_is_not_forgotten() {
        let news = News::default();
        news.member(moved(5, &[], true));
        news.member(moved(5, &[7], false));
        assert_eq!(news.take().members(), [moved(5, &[7], true)]);
        assert!(news.take().is_empty());
    }

    #[test]
    fn a_role_that_is_made_after_its_guild_was_told_is_there() {
        let (guild, role) = (GuildId::new(1).unwrap(), |id| RoleId::new(id).unwrap());
        let news = News::default();
        news.there(guild, vec![role(7)]);
        let taken = news.take();
        news.role(guild, role(8));
        news.put_back(taken);
        assert_eq!(news.take().there(), [(guild, vec![role(7), role(8)])]);
    }

    #[test]
    fn what_could_not_be_taken_up_is_older_than_what_came_since() {
        let news = News::default();
        news.member(moved(5, &[], false));
        let taken = news.take();
        news.member(moved(5, &[7], false));
        news.put_back(taken);
        assert_eq!(news.take().members(), [moved(5, &[7], false)]);
    }
}
