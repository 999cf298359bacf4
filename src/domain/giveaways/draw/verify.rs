//! The check of a draw's file, by nothing but the file: the first thing that is wrong, or what it proves and what to compare.
//!
//! It can't see Discord: that the three digests stand in the messages that the file names, unchanged, is for who reads it to look.

use super::digest::Digest;
use super::entries::{Frozen, Opening};
use super::log::Log;
use super::ranked::Ranked;
use super::terms::{Commitment, Post, Terms};
use super::transcript::{FORMAT, List, Transcript, VERSION, Winner};
use super::wrong::Wrong;
use serde::Deserialize;

/// What a file that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The terms; their source says how much the draw proves.
    pub terms: Terms,
    /// Whose digest the announcement must show.
    pub terms_digest: Digest,
    /// Where.
    pub announcement: Post,
    /// What the commitment must show.
    pub commitment: Digest,
    /// Where.
    pub committed: Post,
    /// The newest hash of the log, which the newest message about the winners must show.
    pub head: Digest,
    /// How many entries there were.
    pub entries: u32,
    /// Whether the file names every account; else it is only shown that each entry is some account's.
    pub open: bool,
    /// Who has the places.
    pub winners: Vec<Winner>,
}

/// What a file says that it is.
#[derive(Deserialize)]
pub(super) struct Kind {
    pub(super) format: String,
    version: u32,
}

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Wrong> {
        serde_json::from_slice(bytes).map_err(bad)
    }
}

fn bad(error: serde_json::Error) -> Wrong {
    Wrong::BadJson(error.to_string())
}

/// Reads JSON of one kind and version.
pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8], format: &str, version: u32) -> Result<T, Wrong> {
    let kind = Kind::of(bytes)?;
    if kind.format != format || kind.version != version {
        return Err(Wrong::Version);
    }
    serde_json::from_slice(bytes).map_err(bad)
}

/// Checks a file, in the order of `docs/FAIR_DRAWS.md`.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(bytes: &[u8]) -> Result<Verified, Wrong> {
    let file: Transcript = read(bytes, FORMAT, VERSION)?;
    let open = matches!(file.entries, List::Open(_));
    let frozen = match file.entries {
        List::Open(entries) => Frozen::open(entries.list, &entries.salt)?,
        List::Blinded(rows) => Frozen::blinded(rows)?,
    };
    let entries = frozen.count();
    let expected = Commitment::of(&file.terms, file.announcement, &frozen)?;
    if expected.root != file.commitment.root {
        return Err(Wrong::RootDiffers);
    }
    if expected.digest() != file.commitment.digest {
        return Err(Wrong::CommitmentDiffers);
    }
    let committed = Post { channel: file.commitment.channel, message: file.commitment.message };
    let draw = Ranked::by(file.terms, &expected, frozen, committed, &file.proof)?;
    if draw.seed() != file.seed {
        return Err(Wrong::SeedDiffers);
    }
    same_ranking(&file.ranking, draw.ranking())?;
    let log = draw.log().replay(file.log).map_err(|(index, rule)| Wrong::Log(index, rule))?;
    check_winners(&file.winners, &draw, &log)?;
    Ok(Verified {
        terms: file.terms,
        terms_digest: expected.terms,
        announcement: file.announcement,
        commitment: file.commitment.digest,
        committed,
        head: log.head(),
        entries,
        open,
        winners: file.winners,
    })
}

fn same_ranking(stated: &[u32], expected: &[u32]) -> Result<(), Wrong> {
    if stated.len() != expected.len() {
        return Err(Wrong::RankingLength);
    }
    match stated.iter().zip(expected).position(|(stated, expected)| stated != expected) {
        Some(index) => Err(Wrong::RankingDiffers(index + 1)),
        None => Ok(()),
    }
}

fn check_winners(stated: &[Winner], draw: &Ranked, log: &Log) -> Result<(), Wrong> {
    if !log.standing().is_drawn() {
        return Err(Wrong::NotDrawn);
    }
    let expected = log.standing().winners();
    if stated.len() != expected.len() {
        return Err(Wrong::WinnerCount);
    }
    for (index, (winner, rank)) in stated.iter().zip(expected).enumerate() {
        if winner.rank != rank || draw.entry(rank) != Some(winner.entry) {
            return Err(Wrong::WinnerDiffers(index));
        }
        let opening = Opening { user: winner.user, nonce: winner.nonce };
        if draw.pseudonym(winner.entry) != Some(opening.pseudonym()) {
            return Err(Wrong::WinnerNotOpened(index));
        }
    }
    Ok(())
}
