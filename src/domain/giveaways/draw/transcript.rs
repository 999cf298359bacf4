//! The file of a draw.
//!
//! One form in two fillings: *open* names every account and the giveaway's salt, and is for those who may know who took part;
//! *blinded* names pseudonyms and opens the winners only, and is for everybody. Both have the same root, the same order and the
//! same winners, and each is checked in full.

use super::digest::Digest;
use super::entries::{Opening, Salt};
use super::id::Id;
use super::log::LogEntry;
use super::terms::{Post, Terms};
use serde::{Deserialize, Serialize};

/// What a transcript says that it is.
pub const FORMAT: &str = "shellia-draw";
/// The only version so far.
pub const VERSION: u32 = 1;

/// A list in which the accounts are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// What makes pseudonyms of accounts.
    pub salt: Salt,
    /// Account and weight, in the order of the pseudonyms.
    pub list: Vec<(Id, u32)>,
}

/// The frozen list, in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// With accounts.
    Open(Open),
    /// Pseudonym and weight, in the order of the pseudonyms.
    Blinded(Vec<(Digest, u32)>),
}

/// What was posted when the list was frozen, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posted {
    /// The channel.
    pub channel: Id,
    /// The message; its id tells when.
    pub message: Id,
    /// The list's Merkle root.
    pub root: Digest,
    /// The commitment's digest, which the message shows.
    pub digest: Digest,
}

/// Somebody who has a place at last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Winner {
    /// His rank, from 1.
    pub rank: u32,
    /// His place in the list, from 0.
    pub entry: u32,
    /// His account.
    pub user: Id,
    /// What shows that it is his entry.
    pub nonce: Digest,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// What was promised.
    pub terms: Terms,
    /// Where the terms' digest was posted.
    pub announcement: Post,
    /// What was posted when the list was frozen.
    pub commitment: Posted,
    /// The list.
    pub entries: List,
    /// The beacon's signature or the secret.
    pub proof: String,
    /// The seed.
    pub seed: Digest,
    /// The entries' places (from 0) by rank, all of them.
    pub ranking: Vec<u32>,
    /// What happened to ranks.
    pub log: Vec<LogEntry>,
    /// Who has the places at last.
    pub winners: Vec<Winner>,
}

impl Transcript {
    /// The same file for everybody: it tells of no account but the winners'.
    pub fn blinded(mut self) -> Self {
        if let List::Open(Open { salt, list }) = self.entries {
            let hidden = |(user, weight): (Id, u32)| (Opening::of(user, &salt).pseudonym(), weight);
            self.entries = List::Blinded(list.into_iter().map(hidden).collect());
        }
        self
    }

    /// The file's bytes: JSON on one line. Of a million entries, about 33 MB open and 78 MB blinded.
    ///
    /// # Errors
    /// None that a transcript can cause.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}
