//! What people, roles and guilds are called, as Discord says, kept for a while.

use super::Panel;
use super::live::{Happened, Heard};
use super::tickets::Person;
use crate::kernel::{GuildId, RoleId, UserId};
use futures_util::StreamExt;
use futures_util::stream::iter;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How long a name counts.
const FRESH: Duration = Duration::from_secs(600);
/// How long it counts that there is none.
const NONE: Duration = Duration::from_secs(30);
/// How many are kept of each kind.
const MOST: usize = 10_000;
/// How many are asked for at once.
const AT_ONCE: usize = 4;

/// How long the names of what happened are waited for.
const SOON: Duration = Duration::from_secs(1);

/// What members are called, and since when that is known.
type Members = HashMap<(GuildId, UserId), (Instant, Option<String>)>;

/// What the roles of a guild are called.
pub(super) type RoleNames = Arc<HashMap<RoleId, String>>;

/// Names that were asked for.
#[derive(Default)]
pub(super) struct Names {
    // None is ever held over an await.
    guilds: Mutex<HashMap<GuildId, (Instant, Option<String>)>>,
    members: Mutex<Members>,
    roles: Mutex<HashMap<GuildId, (Instant, RoleNames)>>,
}

type Kept<K> = Mutex<HashMap<K, (Instant, Option<String>)>>;

fn known<K: Hash + Eq>(kept: &Kept<K>, key: &K) -> Option<Option<String>> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, name) = kept.get(key)?;
    (at.elapsed() < if name.is_some() { FRESH } else { NONE }).then(|| name.clone())
}

fn keep<K: Hash + Eq>(kept: &Kept<K>, key: K, name: Option<String>) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key, (Instant::now(), name));
}

impl Panel {
    /// A guild's name; its number where there is none to be had.
    pub(super) async fn guild_name(&self, guild: GuildId) -> String {
        let name = match known(&self.names.guilds, &guild) {
            Some(known) => known,
            None => {
                let name = self.outside.guild_name(guild).await;
                keep(&self.names.guilds, guild, name.clone());
                name
            }
        };
        name.unwrap_or_else(|| guild.to_string())
    }

    /// A member's name, where it is to be had.
    pub(super) async fn member_name(&self, guild: GuildId, user: UserId) -> Option<String> {
        if let Some(known) = known(&self.names.members, &(guild, user)) {
            return known;
        }
        let name = self.outside.member_name(guild, user).await;
        keep(&self.names.members, (guild, user), name.clone());
        name
    }

    /// The names of a guild's roles; none for now where Discord doesn't tell.
    pub(super) async fn role_names(&self, guild: GuildId) -> RoleNames {
        let kept = self.names.roles.lock().unwrap_or_else(PoisonError::into_inner).get(&guild).cloned();
        if let Some((_, names)) = kept.filter(|(at, names)| !names.is_empty() && at.elapsed() < NONE) {
            return names;
        }
        let all = self.app.inspector.role_names(guild).await.unwrap_or_else(|error| {
            tracing::debug!(%guild, %error, "the names of roles could not be asked for");
            Vec::new()
        });
        let names = RoleNames::new(all.into_iter().collect());
        let mut kept = self.names.roles.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(guild, (Instant::now(), names.clone()));
        names
    }

    /// The names of some members; who has none bears his number.
    pub(super) async fn member_names(&self, guild: GuildId, users: BTreeSet<UserId>) -> HashMap<UserId, String> {
        let asked = iter(users).map(|user| async move {
            let name = self.member_name(guild, user).await;
            (user, name.unwrap_or_else(|| user.to_string()))
        });
        asked.buffer_unordered(AT_ONCE).collect().await
    }

    /// The same of what happened in a guild, with names in the place of the numbers of those who did it. What isn't to be had soon
    /// is the page's to do without.
    pub async fn all_named(&self, guild: GuildId, heard: &[Arc<Heard>]) -> Vec<Arc<Heard>> {
        let unnamed = |one: &Arc<Heard>| match &**one {
            Heard::Ticket(of, _, Happened { by: Some(by), .. }) if *of == guild && by.name == by.id => user(by),
            Heard::Ticket(..) | Heard::Presence(..) => None,
        };
        let asked: BTreeSet<UserId> = heard.iter().filter_map(unnamed).collect();
        if asked.is_empty() {
            return heard.to_vec();
        }
        let names = timeout(SOON, self.member_names(guild, asked)).await.unwrap_or_default();
        let named = |one: &Arc<Heard>| match (&**one, unnamed(one).and_then(|who| names.get(&who))) {
            (Heard::Ticket(of, at, happened), Some(name)) => {
                let by = happened.by.as_ref().map(|by| Person { id: by.id.clone(), name: name.clone() });
                Arc::new(Heard::Ticket(*of, *at, Happened { by, ..happened.clone() }))
            }
            (Heard::Ticket(..) | Heard::Presence(..), _) => one.clone(),
        };
        heard.iter().map(named).collect()
    }
}

fn user(person: &Person) -> Option<UserId> {
    person.id.parse().ok().and_then(UserId::new)
}
