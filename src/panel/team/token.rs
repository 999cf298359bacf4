//! The word with which a preview is confirmed that is made at the panel: what was asked for and a digest of what was shown of it, as hexadecimal.
//!
//! It needs no secret: whoever brings it may ask for the same directly, and every rule is looked at again when it is done. It holds
//! for ten minutes.

use crate::kernel::{Error, Result};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How long a preview holds.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);

#[derive(Serialize, Deserialize)]
struct Held<T> {
    what: T,
    at: i64,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |text, byte| text + &format!("{byte:02x}"))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(high)? << 4) | digit(low)?),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(pair).collect()
}

/// The word for something that was shown.
pub(super) fn token<T: Serialize>(what: &T, now: Timestamp) -> String {
    // Our own types always make JSON.
    let json = serde_json::to_vec(&Held { what, at: now.as_second() }).unwrap_or_default();
    hex(&json)
}

/// What a word is for.
///
/// # Errors
/// [`Error::Conflict`] for one that is none of ours, or too old.
pub(super) fn held<T: DeserializeOwned>(token: &str, now: Timestamp) -> Result<T> {
    let gone = Error::Conflict("error-offer-gone");
    let Some(json) = bytes(token) else { return Err(gone) };
    let Ok(held) = serde_json::from_slice::<Held<T>>(&json) else { return Err(gone) };
    let at = Timestamp::from_second(held.at).map_err(|_| Error::Conflict("error-offer-gone"))?;
    let age = now.duration_since(at);
    if age > HOLDS || age < SignedDuration::ZERO { Err(gone) } else { Ok(held.what) }
}

/// A digest of what was shown, to tell whether it is the same still.
pub(super) fn digest<T: Serialize>(what: &T) -> String {
    let json = serde_json::to_vec(what).unwrap_or_default();
    hex(Sha256::digest(&json).get(..12).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_holds_for_ten_minutes() {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let made = token(&("giveaway", 7), now);
        let after = |minutes| held::<(String, i64)>(&made, now + SignedDuration::from_mins(minutes));
        assert_eq!(after(10).unwrap(), ("giveaway".to_owned(), 7));
        assert!(after(11).is_err() && after(-1).is_err());
        assert!(held::<(String, i64)>("7b7d", now).is_err() && held::<(String, i64)>("7b7", now).is_err());
    }
}
