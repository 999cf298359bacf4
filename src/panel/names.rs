//! What people and guilds are called, as Discord says, kept for a while.

use super::Panel;
use super::live::{Happened, Heard};
use super::outside::GuildNames;
use super::tickets::Person;
use crate::domain::privacy::is_pseudonym;
use crate::kernel::words::Speech;
use crate::kernel::{GuildId, UserId};
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
/// How long it counts what channels and roles there are.
const LATELY: Duration = Duration::from_secs(10);
/// Digits by which those who were erased are told from one another.
const SHORT: usize = 4;
/// How many are kept of each kind.
const MOST: usize = 10_000;
/// How many are asked for at once.
const AT_ONCE: usize = 4;

/// How long the names of what happened are waited for.
const SOON: Duration = Duration::from_secs(1);

/// What members are called, and since when that is known.
type Members = HashMap<(GuildId, UserId), (Instant, Option<String>)>;

/// Names that were asked for.
#[derive(Default)]
pub(super) struct Names {
    // Neither is ever held over an await.
    guilds: Mutex<HashMap<GuildId, (Instant, Option<String>)>>,
    members: Mutex<Members>,
    // As above.
    users: Kept<UserId>,
    // As above.
    inside: Kept<GuildId, Arc<GuildNames>>,
}

type Kept<K, V = String> = Mutex<HashMap<K, (Instant, Option<V>)>>;

fn known<K: Hash + Eq, V: Clone>(kept: &Kept<K, V>, key: &K, fresh: Duration) -> Option<Option<V>> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, name) = kept.get(key)?;
    (at.elapsed() < if name.is_some() { fresh } else { NONE.min(fresh) }).then(|| name.clone())
}

fn keep<K: Hash + Eq, V>(kept: &Kept<K, V>, key: K, name: Option<V>) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key, (Instant::now(), name));
}

/// What somebody is called who was erased: he is told from others by the end of his number.
pub(super) fn erased_name(say: &Speech<'_>, user: UserId) -> String {
    let number = user.to_string();
    let end = number.get(number.len().saturating_sub(SHORT)..).unwrap_or(&number);
    say.with("panel-erased-member", &[("number", end.into())])
}

/// Names of people, with those who were erased named as such.
pub(super) fn with_erased(say: &Speech<'_>, mut names: HashMap<UserId, String>) -> HashMap<UserId, String> {
    for (user, name) in names.iter_mut().filter(|(user, _)| is_pseudonym(**user)) {
        *name = erased_name(say, *user);
    }
    names
}

impl Panel {
    /// A guild's name; its number where there is none to be had.
    pub(super) async fn guild_name(&self, guild: GuildId) -> String {
        let name = match known(&self.names.guilds, &guild, FRESH) {
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
        if let Some(known) = known(&self.names.members, &(guild, user), FRESH) {
            return known;
        }
        // Who was erased is no account of Discord's.
        let name = if is_pseudonym(user) { None } else { self.outside.member_name(guild, user).await };
        keep(&self.names.members, (guild, user), name.clone());
        name
    }

    /// What the channels and roles of a guild are called, some seconds ago at most; nothing where that isn't to be had.
    pub(super) async fn names_in(&self, guild: GuildId) -> Arc<GuildNames> {
        if let Some(known) = known(&self.names.inside, &guild, LATELY) {
            return known.unwrap_or_default();
        }
        let names = self.outside.names_in(guild).await.map(Arc::new);
        keep(&self.names.inside, guild, names.clone());
        names.unwrap_or_default()
    }

    /// What somebody who left is called by everybody, where that is to be had.
    pub(super) async fn user_name(&self, user: UserId) -> Option<String> {
        if let Some(known) = known(&self.names.users, &user, FRESH) {
            return known;
        }
        let name = if is_pseudonym(user) { None } else { self.outside.user_name(user).await };
        keep(&self.names.users, user, name.clone());
        name
    }

    /// The names of some members, and of those who were some; who has none bears his number.
    pub(super) async fn member_names(&self, guild: GuildId, users: BTreeSet<UserId>) -> HashMap<UserId, String> {
        let asked = iter(users).map(|user| async move {
            let name = match self.member_name(guild, user).await {
                Some(name) => Some(name),
                None => self.user_name(user).await,
            };
            (user, name.unwrap_or_else(|| user.to_string()))
        });
        asked.buffer_unordered(AT_ONCE).collect().await
    }

    /// The same of what happened in a guild, with names in the place of the numbers of those who did it. What isn't to be had soon
    /// is the page's to do without.
    pub async fn all_named(&self, guild: GuildId, heard: &[Arc<Heard>]) -> Vec<Arc<Heard>> {
        let unnamed = |one: &Arc<Heard>| match &**one {
            Heard::Ticket(of, _, Happened { by: Some(by), .. }) if *of == guild && by.name == by.id => user(by),
            Heard::Ticket(..) | Heard::Row(..) | Heard::Presence(..) => None,
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
            (Heard::Ticket(..) | Heard::Row(..) | Heard::Presence(..), _) => one.clone(),
        };
        heard.iter().map(named).collect()
    }
}

fn user(person: &Person) -> Option<UserId> {
    person.id.parse().ok().and_then(UserId::new)
}
