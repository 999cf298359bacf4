//! What is promised when a giveaway begins, and what is posted when its list is frozen.
//!
//! Each is one digest that stands in a message; the message's id tells when it was posted. Whether the message says so, and
//! whether it was changed since, Discord shows to who reads it: no file can prove that.

use super::beacon::{MARGIN, QUICKNET_CHAIN, QUICKNET_KEY, SANDBOX_MARGIN, randomness, round_at};
use super::digest::{Digest, Hex, Tag, hash, sha256};
use super::entries::{Frozen, NotEntries};
use super::id::Id;
use super::seed::Randomness;
use serde::{Deserialize, Serialize};

/// The most winners of a giveaway, so that a file's log is replayed in bounded time.
pub const MAX_WINNERS: u32 = 10_000;

/// Where something was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The channel.
    pub channel: Id,
    /// The message; its id tells when.
    pub message: Id,
}

/// What the draw's randomness comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "beacon", rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A round of drand's quicknet, that nobody knows beforehand.
    Quicknet {
        /// The round.
        round: u64,
    },
    /// A round of a sandbox's own beacon: for development, proves nothing.
    Sandbox {
        /// The sandbox's key.
        public_key: Hex<96>,
        /// The round.
        round: u64,
    },
    /// A secret of the bot, whose hash is posted before anybody enters. Proves that the secret was not chosen afterwards, not
    /// that nobody used it: who knows it can try lists.
    None {
        /// SHA-256 of the secret's 32 bytes.
        secret_hash: Digest,
    },
}

impl Source {
    /// The quicknet round of a giveaway that ends then (seconds since 1970); `None` before that network was.
    pub fn quicknet(ends_at: u64) -> Option<Self> {
        Some(Self::Quicknet { round: round_at(ends_at.checked_add(MARGIN)?)? })
    }

    /// The sandbox's round of a giveaway that ends then (seconds since 1970).
    pub fn sandbox(public_key: Hex<96>, ends_at: u64) -> Option<Self> {
        Some(Self::Sandbox { public_key, round: round_at(ends_at.checked_add(SANDBOX_MARGIN)?)? })
    }

    /// A secret of 32 random bytes.
    pub fn secret(secret: &Hex<32>) -> Self {
        Self::None { secret_hash: sha256(secret.bytes()) }
    }

    /// The round that counts, where it is a beacon.
    pub const fn round(&self) -> Option<u64> {
        match self {
            Self::Quicknet { round } | Self::Sandbox { round, .. } => Some(*round),
            Self::None { .. } => None,
        }
    }

    /// Whether it is the round that the end time fixes; a secret has none.
    pub(super) fn fits(&self, ends_at: u64) -> bool {
        match self {
            Self::Quicknet { .. } => Self::quicknet(ends_at) == Some(*self),
            Self::Sandbox { public_key, .. } => Self::sandbox(*public_key, ends_at) == Some(*self),
            Self::None { .. } => true,
        }
    }

    /// The randomness, where the proof is the one that was promised: the round's signature, or the secret; in hexadecimal.
    pub fn randomness(&self, proof: &str) -> Option<Randomness> {
        match self {
            Self::Quicknet { round } => randomness(&QUICKNET_KEY, *round, &proof.parse().ok()?),
            Self::Sandbox { public_key, round } => randomness(public_key, *round, &proof.parse().ok()?),
            Self::None { secret_hash } => {
                let secret: Hex<32> = proof.parse().ok()?;
                (sha256(secret.bytes()) == *secret_hash).then_some(secret)
            }
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Quicknet { round } => [b"quicknet", QUICKNET_CHAIN.as_bytes(), &round.to_be_bytes()].concat(),
            Self::Sandbox { public_key, round } => {
                [b"sandbox", public_key.bytes().as_slice(), &round.to_be_bytes()].concat()
            }
            Self::None { secret_hash } => [b"none", secret_hash.bytes().as_slice()].concat(),
        }
    }
}

/// What a giveaway promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The guild.
    pub guild: Id,
    /// The giveaway's number in that guild.
    pub giveaway: u64,
    /// When entering ends, in seconds since 1970.
    pub ends_at: u64,
    /// How many win: 1 to [`MAX_WINNERS`].
    pub winners: u32,
    /// What the randomness comes from.
    pub source: Source,
}

impl Terms {
    /// The digest to post when the giveaway begins, and again whenever the terms change.
    pub fn digest(&self) -> Digest {
        let numbers = [self.guild.0.to_be_bytes(), self.giveaway.to_be_bytes(), self.ends_at.to_be_bytes()].concat();
        hash(Tag::Terms, &[&numbers, &self.winners.to_be_bytes(), &self.source.bytes()])
    }
}

/// What is fixed when the list is frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    /// The terms' digest.
    pub terms: Digest,
    /// Where the terms were posted.
    pub announcement: Post,
    /// The Merkle root of the frozen list.
    pub root: Digest,
    /// How many entries it has.
    pub entries: u32,
    /// What their weights add up to.
    pub weight: u64,
}

impl Commitment {
    /// What a frozen list commits to, under terms that were posted.
    ///
    /// # Errors
    /// Nobody is in the list, which a frozen list rules out.
    pub fn of(terms: &Terms, announcement: Post, frozen: &Frozen) -> Result<Self, NotEntries> {
        let root = frozen.tree().ok_or(NotEntries::Empty)?.root();
        Ok(Self { terms: terms.digest(), announcement, root, entries: frozen.count(), weight: frozen.weight() })
    }

    /// The digest to post before the round exists.
    pub fn digest(&self) -> Digest {
        let post = [self.announcement.channel.0.to_be_bytes(), self.announcement.message.0.to_be_bytes()].concat();
        let sizes = [self.entries.to_be_bytes().as_slice(), &self.weight.to_be_bytes()].concat();
        hash(Tag::Commitment, &[self.terms.bytes(), &post, self.root.bytes(), &sizes])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::giveaways::draw::{GENESIS, PERIOD, round_time};

    #[test]
    fn the_round_comes_after_the_end_and_within_the_margin() {
        for ends_at in GENESIS..GENESIS + 10 {
            let time = round_time(Source::quicknet(ends_at).unwrap().round().unwrap()).unwrap();
            assert!(time > ends_at + MARGIN - PERIOD && time <= ends_at + MARGIN);
        }
        assert_eq!(Source::quicknet(GENESIS - MARGIN - 1), None);
        assert_eq!(Source::quicknet(u64::MAX), None);
    }

    #[test]
    fn a_secret_is_known_by_its_hash() {
        let secret = Hex([5; 32]);
        let source = Source::secret(&secret);
        assert_eq!(source.randomness(&secret.to_string()), Some(secret));
        assert_eq!(source.randomness(&Hex([6; 32]).to_string()), None);
        assert_eq!(source.randomness("05"), None);
    }
}
