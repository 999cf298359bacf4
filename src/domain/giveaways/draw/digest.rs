//! Bytes as hexadecimal text, and the one hash of the whole draw: SHA-256 with a name in front.
//!
//! Text is read in one way only (lower case, exact length), so that a file can't be written in two ways that mean the same.

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// Text that is not so many bytes in lower-case hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not lower-case hexadecimal of the right length")]
pub struct NotHex;

/// So many bytes, written as lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

/// What SHA-256 gives: 32 bytes.
pub type Digest = Hex<32>;

impl<const N: usize> Hex<N> {
    /// The bytes.
    pub const fn bytes(&self) -> &[u8; N] {
        &self.0
    }
}

fn letter(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 })
}

const fn nibble(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect();
        f.write_str(&text)
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != N || !rest.is_empty() {
            return Err(NotHex);
        }
        let mut bytes = [0; N];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = (nibble(*high).ok_or(NotHex)? << 4) | nibble(*low).ok_or(NotHex)?;
        }
        Ok(Self(bytes))
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text::<Self>(std::marker::PhantomData))
    }
}

/// Reads a value from a text without keeping the text.
pub(super) struct Text<T>(pub(super) std::marker::PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// What a hash is of; its name stands in front of what is hashed, with a zero byte behind it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tag {
    Terms,
    Entrant,
    Nonce,
    Commitment,
    Seed,
    Block,
    LogStart,
    LogEntry,
}

impl Tag {
    pub(super) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Terms => b"draw 1 terms\0",
            Self::Entrant => b"draw 1 entrant\0",
            Self::Nonce => b"draw 1 nonce\0",
            Self::Commitment => b"draw 1 commitment\0",
            Self::Seed => b"draw 1 seed\0",
            Self::Block => b"draw 1 block\0",
            Self::LogStart => b"draw 1 log start\0",
            Self::LogEntry => b"draw 1 log entry\0",
        }
    }
}

/// SHA-256 of the tag and then the parts, one after another.
pub(super) fn hash(tag: Tag, parts: &[&[u8]]) -> Digest {
    let start = Sha256::new_with_prefix(tag.bytes());
    Hex(parts.iter().fold(start, |hasher, part| hasher.chain_update(part)).finalize().into())
}

/// SHA-256 of the bytes alone.
pub(super) fn sha256(bytes: &[u8]) -> Digest {
    Hex(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_is_read_in_one_way_only() {
        assert_eq!("00ff".parse::<Hex<2>>().unwrap(), Hex([0, 255]));
        assert_eq!(Hex([0, 255]).to_string(), "00ff");
        for text in ["00FF", "00f", "00ff0", "00ff00", "", "0x00", "zz00"] {
            assert!(text.parse::<Hex<2>>().is_err(), "{text}");
        }
    }

    #[test]
    fn sha256_is_the_standards() {
        // FIPS 180-4, example "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc").to_string(), expected);
    }
}
