//! A draw that took place: the frozen list and its order, by the rules that the check holds it to as well.
//!
//! What it can't be made of is what [`super::verify`] would refuse: a bot can't draw late, or with another round, by mistake.

use super::beacon::round_time;
use super::digest::{Digest, Tag, hash};
use super::entries::{Frozen, Opening};
use super::id::Id;
use super::log::Log;
use super::ranking::rank;
use super::seed::seed;
use super::terms::{Commitment, MAX_WINNERS, Post, Source, Terms};
use super::transcript::{FORMAT, List, Open, Posted, Transcript, VERSION, Winner};
use super::wrong::Wrong;

/// A draw: a frozen list and its ranking, by the rules.
#[derive(Debug, Clone)]
pub struct Ranked {
    terms: Terms,
    announcement: Post,
    posted: Posted,
    frozen: Frozen,
    proof: String,
    seed: Digest,
    ranking: Vec<u32>,
}

impl Ranked {
    /// Ranks a list that was frozen, once the commitment was posted and the proof is known: the round's signature, or the
    /// secret; in hexadecimal.
    ///
    /// # Errors
    /// Why the draw would not hold.
    pub fn new(terms: Terms, announcement: Post, frozen: Frozen, committed: Post, proof: &str) -> Result<Self, Wrong> {
        let commitment = Commitment::of(&terms, announcement, &frozen)?;
        Self::by(terms, &commitment, frozen, committed, proof)
    }

    pub(super) fn by(
        terms: Terms,
        commitment: &Commitment,
        frozen: Frozen,
        committed: Post,
        proof: &str,
    ) -> Result<Self, Wrong> {
        if !(1..=MAX_WINNERS).contains(&terms.winners) {
            return Err(Wrong::BadWinners);
        }
        if !terms.source.fits(terms.ends_at) {
            return Err(Wrong::RoundDiffers);
        }
        let announcement = commitment.announcement;
        if committed.message <= announcement.message {
            return Err(Wrong::CommittedEarly);
        }
        let exists_at = terms.source.round().and_then(round_time).map(|second| second.saturating_mul(1000));
        if exists_at.is_some_and(|exists_at| committed.message.made_at_ms() >= exists_at) {
            return Err(Wrong::CommittedLate);
        }
        let wrong = match terms.source {
            Source::Quicknet { .. } | Source::Sandbox { .. } => Wrong::SignatureFalse,
            Source::None { .. } => Wrong::SecretDiffers,
        };
        let randomness = terms.source.randomness(proof).ok_or(wrong)?;
        let digest = commitment.digest();
        let seed = seed(&digest, &randomness);
        let weights: Vec<u32> = frozen.rows().iter().map(|row| row.1).collect();
        let ranking = rank(&seed, &weights);
        let posted = Posted { channel: committed.channel, message: committed.message, root: commitment.root, digest };
        Ok(Self { terms, announcement, posted, frozen, proof: proof.to_owned(), seed, ranking })
    }

    /// The seed.
    pub const fn seed(&self) -> Digest {
        self.seed
    }

    /// The entries' places by rank.
    pub fn ranking(&self) -> &[u32] {
        &self.ranking
    }

    /// What was posted, and where.
    pub const fn posted(&self) -> &Posted {
        &self.posted
    }

    /// The account at a rank (from 1), where the list names accounts.
    pub fn user(&self, rank: u32) -> Option<Id> {
        let users = self.frozen.users();
        users.get(usize::try_from(self.entry(rank)?).ok()?).copied()
    }

    /// The place in the list of a rank (from 1).
    pub(super) fn entry(&self, rank: u32) -> Option<u32> {
        self.ranking.get(usize::try_from(rank).ok()?.checked_sub(1)?).copied()
    }

    /// The pseudonym at a place in the list (from 0).
    pub(super) fn pseudonym(&self, entry: u32) -> Option<Digest> {
        Some(self.frozen.rows().get(usize::try_from(entry).ok()?)?.0)
    }

    /// Its log, of which nothing is written yet.
    pub fn log(&self) -> Log {
        let post = [self.posted.channel.0.to_be_bytes(), self.posted.message.0.to_be_bytes()].concat();
        let start = hash(Tag::LogStart, &[self.seed.bytes(), &post]);
        Log::new(start, self.frozen.count(), self.terms.winners)
    }

    /// The open file, with this draw's log; `None` where the list names no accounts.
    pub fn transcript(&self, log: &Log) -> Option<Transcript> {
        let salt = self.frozen.salt()?;
        let winner = |rank: u32| {
            let Opening { user, nonce } = Opening::of(self.user(rank)?, salt);
            Some(Winner { rank, entry: self.entry(rank)?, user, nonce })
        };
        let list = self.frozen.users().iter().zip(self.frozen.rows()).map(|(user, row)| (*user, row.1)).collect();
        Some(Transcript {
            format: FORMAT.to_owned(),
            version: VERSION,
            terms: self.terms,
            announcement: self.announcement,
            commitment: self.posted,
            entries: List::Open(Open { salt: *salt, list }),
            proof: self.proof.clone(),
            seed: self.seed,
            ranking: self.ranking.clone(),
            log: log.entries().to_vec(),
            winners: log.standing().winners().into_iter().filter_map(winner).collect(),
        })
    }
}
