//! The language that each person was last heard in, guild by guild. The rows are the truth; this is a copy of them, so that a
//! typed command needn't ask.
//!
//! Another process' changes are seen after a restart: a language seldom changes.

use crate::kernel::{GuildId, Locale, UserId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A language, and whether it is written down.
#[derive(Debug, Clone, Copy)]
struct Heard {
    locale: Locale,
    written: bool,
}

/// Languages by guild and person; a guild is there once its rows were read.
#[derive(Debug, Default)]
pub struct Languages {
    // Never held over an await.
    known: Mutex<HashMap<GuildId, HashMap<UserId, Heard>>>,
}

impl Languages {
    /// Whether a guild's rows were read.
    pub fn holds(&self, guild: GuildId) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&guild)
    }

    /// Takes a guild's rows.
    pub fn take(&self, guild: GuildId, rows: Vec<(UserId, Locale)>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let people = known.entry(guild).or_default();
        for (user, locale) in rows {
            people.entry(user).or_insert(Heard { locale, written: true });
        }
    }

    /// A person's language in a guild.
    pub fn of(&self, guild: GuildId, user: UserId) -> Option<Locale> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&guild)?.get(&user).map(|heard| heard.locale)
    }

    /// A person's language where no guild is known, by any guild of his.
    pub fn anywhere(&self, user: UserId) -> Option<Locale> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().find_map(|people| people.get(&user)).map(|heard| heard.locale)
    }

    /// Hears a person's language; tells whether it is still to be written down.
    pub fn hear(&self, guild: GuildId, user: UserId, locale: Locale) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = known.entry(guild).or_default().entry(user).or_insert(Heard { locale, written: false });
        if heard.locale != locale {
            *heard = Heard { locale, written: false };
        }
        !heard.written
    }

    /// Forgets a person's language: he was erased.
    pub fn forget(&self, guild: GuildId, user: UserId) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_mut(&guild).and_then(|people| people.remove(&user));
    }

    /// Takes note that a language is written down.
    pub fn written(&self, guild: GuildId, user: UserId, locale: Locale) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = known.get_mut(&guild).and_then(|people| people.get_mut(&user));
        if let Some(heard) = heard.filter(|heard| heard.locale == locale) {
            heard.written = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_written_once_until_it_changes() {
        let languages = Languages::default();
        let (guild, user) = (GuildId::new(7).unwrap(), UserId::new(5).unwrap());
        assert!(!languages.holds(guild));
        languages.take(guild, vec![(user, Locale::En)]);
        assert!(languages.holds(guild) && !languages.hear(guild, user, Locale::En));
        assert!(languages.hear(guild, user, Locale::Fr) && languages.hear(guild, user, Locale::Fr));
        languages.written(guild, user, Locale::En);
        assert!(languages.hear(guild, user, Locale::Fr), "another one was written");
        languages.written(guild, user, Locale::Fr);
        assert!(!languages.hear(guild, user, Locale::Fr));
        assert_eq!((languages.of(guild, user), languages.anywhere(user)), (Some(Locale::Fr), Some(Locale::Fr)));
    }
}
