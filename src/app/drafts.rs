//! What people gave with commands that are still to be completed by a form, or were refused, kept for a short time so that the
//! form opens with it and what it doesn't ask for is there when it is sent.
//!
//! It is in memory only: a form must open without waiting for the database. A restart loses it; whoever sends a form whose
//! draft is gone is told so, with what he wrote.

use crate::commands::Raw;
use crate::kernel::UserId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a draft is kept: a long text may be written meanwhile.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// How many drafts are kept at once, and how many of one person; the oldest goes first. Each holds what one message, command or
/// form brings: five texts of 4000 characters at most. A file is kept as its address.
const MOST: usize = 2000;
const MOST_OF_ONE: usize = 10;

/// The values of one draft by the option's name.
pub type Values = Vec<(&'static str, Raw)>;

type Kept = HashMap<(UserId, String), (Instant, Values)>;

/// Drafts by person and request: nobody is shown another's.
#[derive(Debug, Default)]
pub struct Drafts {
    // Never held over an await.
    kept: Mutex<Kept>,
}

impl Drafts {
    /// Keeps what somebody gave.
    pub fn keep(&self, user: UserId, request: &str, values: Values) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert((user, request.to_owned()), (Instant::now(), values));
        if kept.keys().filter(|(whose, _)| *whose == user).count() > MOST_OF_ONE {
            forget_oldest(&mut kept, |whose| whose == user);
        }
        if kept.len() > MOST {
            kept.retain(|_, (at, _)| at.elapsed() < KEPT);
        }
        if kept.len() > MOST {
            forget_oldest(&mut kept, |_| true);
        }
    }

    /// What that person gave in that request; `None` when it isn't kept any more.
    pub fn of(&self, user: UserId, request: &str) -> Option<Values> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&(user, request.to_owned())).filter(|(at, _)| at.elapsed() < KEPT);
        found.map(|(_, values)| values.clone())
    }
}

fn forget_oldest(kept: &mut Kept, among: impl Fn(UserId) -> bool) {
    let those = kept.iter().filter(|((whose, _), _)| among(*whose));
    if let Some(oldest) = those.min_by_key(|(_, (at, _))| *at).map(|(key, _)| key.clone()) {
        kept.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_its_writers_alone_and_their_number_is_bounded() {
        let drafts = Drafts::default();
        let (marie, jean) = (UserId::new(1).unwrap(), UserId::new(2).unwrap());
        let values = vec![("subject", Raw::Text("Bonjour".to_owned()))];
        drafts.keep(marie, "7", values.clone());
        assert_eq!(drafts.of(marie, "7"), Some(values.clone()));
        assert_eq!(drafts.of(jean, "7"), None);
        (0..2 * MOST_OF_ONE).for_each(|n| drafts.keep(jean, &n.to_string(), values.clone()));
        assert_eq!(drafts.kept.lock().unwrap().len(), MOST_OF_ONE + 1, "one person takes nobody's place");
        assert_eq!((drafts.of(jean, "0"), drafts.of(jean, "19")), (None, Some(values.clone())));
        (3..2 * u64::try_from(MOST).unwrap())
            .for_each(|user| drafts.keep(UserId::new(user).unwrap(), "1", values.clone()));
        assert_eq!(drafts.kept.lock().unwrap().len(), MOST);
        assert_eq!(drafts.of(marie, "7"), None, "the oldest goes");
    }
}
