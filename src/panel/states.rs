//! Sign-ins that are under way: what was sent along to Discord, until the browser comes back with it.
//!
//! They live in this process alone: who was at Discord while it ended begins anew.

use crate::domain::panel::Token;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long one may be at Discord.
const LASTS: Duration = Duration::from_secs(600);
/// How many may be under way; one more ends the oldest.
const MOST: usize = 2000;

/// A sign-in under way.
struct UnderWay {
    at: Instant,
    /// The digest of what the browser that began it holds.
    browser: Vec<u8>,
    verifier: Token,
    to: String,
}

#[derive(Default)]
struct Kept {
    by_state: HashMap<String, UnderWay>,
    // The oldest first; may name some that are gone.
    order: VecDeque<String>,
}

/// All that are under way.
#[derive(Default)]
pub(super) struct States {
    // Never held over an await.
    kept: Mutex<Kept>,
}

/// What goes to Discord.
pub(super) struct Sent {
    /// What comes back with the browser.
    pub(super) state: Token,
    /// The challenge whose answer stays here (RFC 7636, S256).
    pub(super) challenge: String,
}

impl States {
    /// Begins one for the browser that holds `browser`, which is led to `to` afterwards.
    pub(super) fn begin(&self, browser: &Token, to: String) -> Sent {
        let (state, verifier) = (Token::fresh(), Token::fresh());
        let challenge = base64url(&Sha256::digest(verifier.expose().as_bytes()));
        let under_way = UnderWay { at: Instant::now(), browser: browser.digest(), verifier, to };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_state.insert(state.expose().to_owned(), under_way);
        kept.order.push_back(state.expose().to_owned());
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.by_state.remove(&oldest);
            }
        }
        Sent { state, challenge }
    }

    /// Takes one, once: its verifier and where it leads; `None` where the state was never sent, is too old, was taken, or comes
    /// with another browser.
    pub(super) fn take(&self, state: &str, browser: Option<&Token>) -> Option<(Token, String)> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.by_state.get(state)?;
        // Another browser's try takes it from nobody.
        if browser.is_none_or(|browser| browser.digest() != found.browser) {
            return None;
        }
        let UnderWay { at, verifier, to, .. } = kept.by_state.remove(state)?;
        (at.elapsed() < LASTS).then_some((verifier, to))
    }
}

/// Base64 for addresses without padding (RFC 4648, 5).
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for n in 0..=chunk.len() {
            let six = usize::try_from((bits >> (18 - 6 * n)) & 63).unwrap_or(0);
            text.extend(DIGITS.get(six).copied().map(char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("~~?", "fn4_")]
        {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        // RFC 7636, appendix B.
        let digest = Sha256::digest(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(base64url(&digest), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_state_is_taken_once_and_by_the_browser_that_began() {
        let states = States::default();
        let (mine, other) = (Token::fresh(), Token::fresh());
        let sent = states.begin(&mine, "/admin-panel/".to_owned());
        assert!(states.take(sent.state.expose(), Some(&other)).is_none());
        assert!(states.take(sent.state.expose(), None).is_none());
        assert!(states.take("made up", Some(&mine)).is_none());
        assert_eq!(states.take(sent.state.expose(), Some(&mine)).unwrap().1, "/admin-panel/");
        assert!(states.take(sent.state.expose(), Some(&mine)).is_none(), "a second time");
        let first = states.begin(&mine, String::new());
        (0..MOST).for_each(|_| drop(states.begin(&other, String::new())));
        assert!(states.take(first.state.expose(), Some(&mine)).is_none(), "the oldest goes");
        assert_eq!(states.kept.lock().unwrap().by_state.len(), MOST);
    }
}
