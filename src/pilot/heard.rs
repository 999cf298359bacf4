//! What was asked of Shellia, so that nothing is carried out twice; and what of it is not answered yet, so that after a crash whoever
//! asked is told that it may not have been carried out. It holds who asked where, never what.

use super::Pilot;
use super::state::State;
use crate::kernel::{ChannelId, Locale, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// How many of what was asked are known: more than Discord tells again.
const HEARD_MAX: usize = 1_000;
/// Most that isn't answered; beyond, those of before go first.
const OPEN_MAX: usize = 200;

/// Something that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Discord's id of the message or press.
    pub request: String,
    /// Who asked.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
    /// In which language.
    pub locale: Locale,
    /// When.
    pub at: Timestamp,
    /// Whether it was heard by this process; one of before doesn't answer it any more.
    #[serde(skip)]
    pub here: bool,
}

impl State {
    /// Notes what was asked; tells whether it wasn't yet.
    fn hears(&mut self, asked: Heard) -> bool {
        if self.heard.contains(&asked.request) {
            return false;
        }
        self.heard.push_back(asked.request.clone());
        if self.heard.len() > HEARD_MAX {
            self.heard.pop_front();
        }
        self.open.push_back(asked);
        if self.open.len() > OPEN_MAX {
            self.open.pop_front();
        }
        true
    }
}

impl Pilot {
    /// Notes that something was asked, before it is done; tells whether it wasn't yet. What is kept in no file is always new.
    pub async fn hears(&self, asked: Heard) -> bool {
        if self.file.is_none() {
            return true;
        }
        let is_new = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.hears(asked)
        };
        if is_new {
            self.save().await;
        }
        is_new
    }

    /// Notes that something was answered, or that what became of it will be told. It is written down with what comes next.
    pub fn answers(&self, request: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = state.open.len();
        state.open.retain(|one| one.request != request);
        if state.open.len() < before {
            self.unsaved.store(true, Ordering::Relaxed);
        }
    }

    /// What an earlier process heard and never answered.
    pub fn lost(&self) -> Vec<Heard> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.open.iter().filter(|one| !one.here).cloned().collect()
    }

    /// Writes down what was answered since it was written last, where anything was.
    pub async fn save_answers(&self) {
        if self.unsaved.swap(false, Ordering::Relaxed) {
            self.save().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(n: usize) -> Heard {
        Heard {
            request: n.to_string(),
            user: UserId::new(1).unwrap(),
            channel: ChannelId::new(2).unwrap(),
            locale: Locale::Fr,
            at: Timestamp::from_second(1_800_000_000).unwrap(),
            here: true,
        }
    }

    #[tokio::test]
    async fn what_was_heard_and_never_answered_is_known_after_a_restart_and_is_new_to_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let open = || Pilot::open(Vec::new(), dir.path()).unwrap();
        let pilot = open();
        assert!(pilot.hears(asked(1)).await && pilot.hears(asked(2)).await && !pilot.hears(asked(1)).await);
        assert_eq!(pilot.lost(), [], "it is under way");
        pilot.answers("1");
        pilot.save_answers().await;
        // As after a crash.
        let pilot = open();
        assert_eq!(pilot.lost(), [Heard { here: false, ..asked(2) }]);
        assert!(!pilot.hears(asked(2)).await, "it is not carried out once more");
        pilot.answers("2");
        pilot.save_answers().await;
        assert_eq!(open().lost(), []);
    }

    #[test]
    fn neither_grows_for_ever() {
        let mut state = State::default();
        assert!((0..3_000).all(|n| state.hears(asked(n))));
        assert_eq!((state.heard.len(), state.open.len()), (HEARD_MAX, OPEN_MAX));
        assert_eq!(state.open.back().map(|one| one.request.as_str()), Some("2999"));
    }
}
