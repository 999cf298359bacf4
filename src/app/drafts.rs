//! What people typed in commands that were refused, kept for a short time so that the form that helps opens with it.
//!
//! It is in memory only: a form must open without waiting for the database. A restart loses it, and the form opens empty.

use crate::kernel::UserId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a draft is kept.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// How many drafts are kept at once; each holds one message of at most 4000 characters.
const MOST: usize = 2000;

/// The texts of one draft by the option's name.
type Texts = Vec<(&'static str, String)>;

/// Drafts by person and request: nobody is shown another's.
#[derive(Debug, Default)]
pub struct Drafts {
    // Never held over an await.
    kept: Mutex<HashMap<(UserId, String), (Instant, Texts)>>,
}

impl Drafts {
    /// Keeps what somebody typed.
    pub fn keep(&self, user: UserId, request: &str, texts: Texts) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.retain(|_, (at, _)| at.elapsed() < KEPT);
        }
        if kept.len() < MOST {
            kept.insert((user, request.to_owned()), (Instant::now(), texts));
        }
    }

    /// What that person typed in that request; empty when it isn't kept any more.
    pub fn of(&self, user: UserId, request: &str) -> Texts {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&(user, request.to_owned())).filter(|(at, _)| at.elapsed() < KEPT);
        found.map(|(_, texts)| texts.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_its_writers_alone_and_their_number_is_bounded() {
        let drafts = Drafts::default();
        let (marie, jean) = (UserId::new(1).unwrap(), UserId::new(2).unwrap());
        let texts = vec![("subject", "Bonjour".to_owned())];
        drafts.keep(marie, "7", texts.clone());
        assert_eq!(drafts.of(marie, "7"), texts);
        assert_eq!(drafts.of(jean, "7"), []);
        (0..2 * MOST).for_each(|n| drafts.keep(jean, &n.to_string(), texts.clone()));
        assert_eq!(drafts.kept.lock().unwrap().len(), MOST);
    }
}
