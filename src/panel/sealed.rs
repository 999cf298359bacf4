//! The word with which a preview is confirmed: what was asked for and what was shown of it, sealed for who saw it.
//!
//! It holds for ten minutes, for one person in one guild and for one deed, and in the process that made it: after a restart a page shows
//! its preview once more. It is no right: every rule is looked at again when it is done.

use super::{Panel, Staff};
use crate::kernel::{Error, Result};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How long a preview holds.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);
/// What stands between the two halves of a word.
const BETWEEN: char = '.';

/// What seals words in this process.
pub(super) struct Seal([u8; 32]);

/// Whose word it is, and for what.
#[derive(Debug, Clone, Copy)]
struct Of<'a> {
    user: i64,
    guild: i64,
    deed: &'a str,
}

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

impl Default for Seal {
    fn default() -> Self {
        Self(rand::random())
    }
}

impl Seal {
    fn sum(&self, of: Of<'_>, json: &[u8]) -> Option<Hmac<Sha256>> {
        let mut sum = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        sum.update(&of.user.to_be_bytes());
        sum.update(&of.guild.to_be_bytes());
        sum.update(of.deed.as_bytes());
        sum.update(&[0]);
        sum.update(json);
        Some(sum)
    }

    fn seal<T: Serialize>(&self, of: Of<'_>, what: &T, now: Timestamp) -> String {
        // Our own types always make JSON, and any bytes are a key.
        let json = serde_json::to_vec(&Held { what, at: now.as_second() }).unwrap_or_default();
        let sum = self.sum(of, &json).map(|sum| hex(&sum.finalize().into_bytes())).unwrap_or_default();
        format!("{}{BETWEEN}{sum}", hex(&json))
    }

    fn open<T: DeserializeOwned>(&self, of: Of<'_>, word: &str, now: Timestamp) -> Option<T> {
        let (json, sum) = word.split_once(BETWEEN)?;
        let (json, sum) = (bytes(json)?, bytes(sum)?);
        self.sum(of, &json)?.verify_slice(&sum).ok()?;
        let held: Held<T> = serde_json::from_slice(&json).ok()?;
        let age = now.duration_since(Timestamp::from_second(held.at).ok()?);
        (age <= HOLDS && age >= SignedDuration::ZERO).then_some(held.what)
    }
}

/// A digest of what was shown, to tell whether it is the same still.
pub(super) fn digest<T: Serialize>(what: &T) -> String {
    let json = serde_json::to_vec(what).unwrap_or_default();
    hex(Sha256::digest(&json).get(..12).unwrap_or_default())
}

impl Panel {
    /// The word for something that was shown to somebody of staff; `deed` says what it may confirm.
    pub(super) fn sealed<T: Serialize>(&self, staff: &Staff, deed: &str, what: &T) -> String {
        self.seal.seal(of(staff, deed), what, self.now())
    }

    /// What a word is for.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one that is none of his for this deed, or too old.
    pub(super) fn unsealed<T: DeserializeOwned>(&self, staff: &Staff, deed: &str, word: &str) -> Result<T> {
        self.seal.open(of(staff, deed), word, self.now()).ok_or(Error::Conflict("error-offer-gone"))
    }
}

fn of<'a>(staff: &Staff, deed: &'a str) -> Of<'a> {
    Of { user: staff.session.user.as_i64(), guild: staff.guild.id.as_i64(), deed }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: Of<'_> = Of { user: 1, guild: 2, deed: "stop/7" };

    #[test]
    fn a_word_holds_for_ten_minutes() {
        let (seal, now): (_, Timestamp) = (Seal::default(), "2026-11-28T12:00:00Z".parse().unwrap());
        let made = seal.seal(OF, &("giveaway", 7), now);
        let after = |minutes| seal.open::<(String, i64)>(OF, &made, now + SignedDuration::from_mins(minutes));
        assert_eq!(after(10), Some(("giveaway".to_owned(), 7)));
        assert_eq!((after(11), after(-1)), (None, None));
    }

    #[test]
    fn a_word_is_one_persons_for_one_deed_and_cannot_be_made() {
        let (seal, now): (_, Timestamp) = (Seal::default(), "2026-11-28T12:00:00Z".parse().unwrap());
        let made = seal.seal(OF, &7, now);
        let open = |seal: &Seal, of, word: &str| seal.open::<i64>(of, word, now);
        assert_eq!(open(&seal, OF, &made), Some(7));
        for other in [Of { user: 2, ..OF }, Of { guild: 1, ..OF }, Of { deed: "stop/8", ..OF }] {
            assert_eq!(open(&seal, other, &made), None, "{other:?}");
        }
        assert_eq!(open(&Seal::default(), OF, &made), None, "of another process");
        let (json, sum) = made.split_once(BETWEEN).unwrap();
        let forged = hex(br#"{"what":8,"at":1795867200}"#);
        for word in
            [&format!("{forged}.{sum}"), &format!("{json}."), json, "", ".", "7b.7", &format!("{json}.{forged}")]
        {
            assert_eq!(open(&seal, OF, word), None, "{word}");
        }
    }
}
