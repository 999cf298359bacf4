//! Guild settings kept in memory for a short time, so that a command needn't ask for them.
//!
//! A change made by this process is seen at once ([`GuildCache::forget`]); one made by another within a few seconds.

use super::languages::Languages;
use super::talks::Talks;
use crate::domain::accounts::{Guild, Presets};
use crate::domain::shop::catalogue::Defaults;
use crate::kernel::GuildId;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long settings count as fresh: a role that lost its rank in the settings loses it at most this much later.
pub(super) const FRESH: Duration = Duration::from_secs(5);

/// Settings by guild.
pub struct GuildCache {
    /// What a new guild starts with.
    pub presets: Presets,
    /// The catalogue that a new shop starts with.
    pub catalogue: Defaults,
    /// What language each person was last heard in.
    pub languages: Languages,
    /// What was said lately between operators and Shellia.
    pub talks: Talks,
    // Guilds whose shop has its catalogue, which it never loses. Never held over an await.
    shops: Mutex<HashSet<GuildId>>,
    // Never held over an await.
    kept: Mutex<HashMap<GuildId, (Instant, Arc<Guild>)>>,
}

impl GuildCache {
    /// An empty cache.
    pub fn new(presets: Presets) -> Self {
        Self {
            presets,
            catalogue: Defaults::default(),
            languages: Languages::default(),
            talks: Talks::default(),
            shops: Mutex::new(HashSet::new()),
            kept: Mutex::new(HashMap::new()),
        }
    }

    /// The same with another catalogue for new shops.
    #[must_use]
    pub fn with_catalogue(self, catalogue: Defaults) -> Self {
        Self { catalogue, ..self }
    }

    /// Whether a guild's shop is known to have its catalogue.
    pub fn has_shop(&self, guild: GuildId) -> bool {
        self.shops.lock().unwrap_or_else(PoisonError::into_inner).contains(&guild)
    }

    /// Notes that a guild's shop has its catalogue.
    pub fn keep_shop(&self, guild: GuildId) {
        self.shops.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
    }

    /// A guild as the presets describe it.
    pub fn preset(&self, guild: GuildId) -> Guild {
        Guild {
            id: guild,
            locale: self.presets.locale,
            time_zone: self.presets.time_zone.clone(),
            support_channel: self.presets.support_channel,
            staff_channel: self.presets.staff_channel,
            ranks: self.presets.ranks.iter().copied().collect(),
            agents: HashMap::new(),
        }
    }

    /// What is kept and fresh.
    pub fn get(&self, guild: GuildId) -> Option<Arc<Guild>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&guild).filter(|(at, _)| at.elapsed() < FRESH).map(|(_, settings)| settings.clone())
    }

    /// Keeps what was loaded.
    pub fn keep(&self, guild: Guild) -> Arc<Guild> {
        let guild = Arc::new(guild);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(guild.id, (Instant::now(), guild.clone()));
        guild
    }

    /// Forgets a guild whose settings were changed.
    pub fn forget(&self, guild: GuildId) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }
}
