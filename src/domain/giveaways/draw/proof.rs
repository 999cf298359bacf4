//! What one entrant may ask for: a file that shows that his entry, with its weight, is in the list that was committed to.
//!
//! It opens his pseudonym and no other; the hashes beside his path tell nothing of who is behind them.

use super::digest::Digest;
use super::entries::{Frozen, Opening, entry_leaf};
use super::id::Id;
use super::merkle::{Tree, climb};
use super::terms::{Commitment, Post, Terms};
use super::verify::read;
use super::wrong::Wrong;
use serde::{Deserialize, Serialize};

/// What an inclusion proof says that it is.
pub(super) const FORMAT: &str = "shellia-draw-proof";
/// The only version so far.
const VERSION: u32 = 1;

/// The file of one entrant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InclusionProof {
    format: String,
    version: u32,
    /// What was promised.
    pub terms: Terms,
    /// Where the terms' digest was posted.
    pub announcement: Post,
    /// Where the commitment's digest was posted.
    pub committed: Post,
    /// How many entries there are.
    pub entries: u32,
    /// What all weights add up to.
    pub total_weight: u64,
    /// The entrant's place, from 0.
    pub entry: u32,
    /// His account.
    pub user: Id,
    /// What his pseudonym was made with.
    pub nonce: Digest,
    /// His weight.
    pub weight: u32,
    /// The hashes beside the way to the root, from below.
    pub path: Vec<Digest>,
}

impl InclusionProof {
    /// Makes the proof of one entrant; `None` where he is not in the list. The tree is the list's.
    pub fn new(
        terms: Terms,
        [announcement, committed]: [Post; 2],
        frozen: &Frozen,
        tree: &Tree,
        user: Id,
    ) -> Option<Self> {
        let (place, opening) = frozen.find(user)?;
        Some(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            terms,
            announcement,
            committed,
            entries: frozen.count(),
            total_weight: frozen.weight(),
            entry: u32::try_from(place).ok()?,
            user: opening.user,
            nonce: opening.nonce,
            weight: frozen.rows().get(place)?.1,
            path: tree.path(place)?,
        })
    }

    /// Reads a proof's file.
    ///
    /// # Errors
    /// It is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Wrong> {
        read(bytes, FORMAT, VERSION)
    }

    /// The commitment's digest that the proof leads to: it holds where `committed` shows the same.
    ///
    /// # Errors
    /// The path doesn't fit.
    pub fn commitment(&self) -> Result<Digest, Wrong> {
        let pseudonym = Opening { user: self.user, nonce: self.nonce }.pseudonym();
        let leaf = entry_leaf(&pseudonym, self.weight);
        let root = climb(leaf, self.entry, self.entries, &self.path).ok_or(Wrong::Path)?;
        let commitment = Commitment {
            terms: self.terms.digest(),
            announcement: self.announcement,
            root,
            entries: self.entries,
            weight: self.total_weight,
        };
        Ok(commitment.digest())
    }
}
