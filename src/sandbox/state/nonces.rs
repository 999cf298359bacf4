//! Enforced nonces: the same author, channel and nonce give the same message for some minutes.

use std::collections::{HashMap, VecDeque};

/// How long Discord remembers an enforced nonce.
const KEEP_MS: u64 = 5 * 60 * 1000;
/// How many are remembered at most.
const MOST: usize = 100_000;

/// Author, channel, nonce.
type Key = (u64, u64, String);

/// The nonces remembered.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    messages: HashMap<Key, u64>,
    order: VecDeque<(u64, Key)>,
}

impl Nonces {
    /// The message made with this nonce.
    pub(crate) fn find(&self, key: &Key) -> Option<u64> {
        self.messages.get(key).copied()
    }

    /// Remembers a message.
    pub(crate) fn add(&mut self, now_ms: u64, key: Key, message: u64) {
        self.messages.insert(key.clone(), message);
        self.order.push_back((now_ms, key));
        self.forget(now_ms);
    }

    /// Drops those that Discord would no longer know.
    pub(crate) fn forget(&mut self, now_ms: u64) {
        while let Some((at, _)) = self.order.front() {
            if self.order.len() <= MOST && now_ms.saturating_sub(*at) < KEEP_MS {
                break;
            }
            if let Some((_, key)) = self.order.pop_front() {
                self.messages.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_forgotten_after_some_minutes() {
        let mut nonces = Nonces::default();
        let key = (1, 2, "n".to_owned());
        nonces.add(0, key.clone(), 3);
        nonces.forget(KEEP_MS - 1);
        assert_eq!(nonces.find(&key), Some(3));
        nonces.forget(KEEP_MS);
        assert_eq!(nonces.find(&key), None);
    }
}
