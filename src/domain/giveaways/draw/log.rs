//! What became of the winners: who was drawn, shut out and replaced, by whom and why, each entry chained to the one before it.
//!
//! The log is replayed against the ranking, so that a place can only go to the next eligible rank. Ranks count from 1. Its times
//! and reasons are what the bot was told; only their order and that none is gone from the middle is shown here. That none is
//! gone from the end is shown by the newest hash, which is posted.

use super::digest::{Digest, Tag, hash};
use super::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most bytes of a note.
pub const MAX_NOTE: usize = 500;

/// Why somebody is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// He left the guild.
    LeftServer,
    /// He was banned.
    Banned,
    /// He no longer meets a requirement.
    RequirementLost,
    /// He broke a rule of the giveaway.
    RuleBroken,
    /// It is another account of somebody who takes part.
    DuplicateAccount,
    /// He didn't claim in time.
    Unclaimed,
    /// He doesn't want it.
    Declined,
    /// He can't be told.
    Unreachable,
    /// As the note says.
    Other,
}

impl Reason {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::LeftServer,
        Self::Banned,
        Self::RequirementLost,
        Self::RuleBroken,
        Self::DuplicateAccount,
        Self::Unclaimed,
        Self::Declined,
        Self::Unreachable,
        Self::Other,
    ];

    /// Its word in files and hashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LeftServer => "left_server",
            Self::Banned => "banned",
            Self::RequirementLost => "requirement_lost",
            Self::RuleBroken => "rule_broken",
            Self::DuplicateAccount => "duplicate_account",
            Self::Unclaimed => "unclaimed",
            Self::Declined => "declined",
            Self::Unreachable => "unreachable",
            Self::Other => "other",
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// A rank is no longer eligible; a winner's place stays empty until it is rerolled.
    Disqualified {
        /// The rank.
        rank: u32,
        /// Why.
        reason: Reason,
    },
    /// The first eligible ranks won; happens once.
    Drawn {
        /// The ranks, in order.
        winners: Vec<u32>,
    },
    /// A winner's place went to the next eligible rank; the winner is out.
    Rerolled {
        /// Who had it.
        rank: u32,
        /// Who has it; 0: nobody is left.
        next: u32,
        /// Why.
        reason: Reason,
    },
}

impl Event {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Disqualified { rank, reason } => [&[1], rank.to_be_bytes().as_slice(), &text(reason.code())].concat(),
            Self::Drawn { winners } => {
                let ranks = winners.iter().flat_map(|rank| rank.to_be_bytes());
                [2].into_iter().chain(length(winners.len())).chain(ranks).collect()
            }
            Self::Rerolled { rank, next, reason } => {
                [&[3], rank.to_be_bytes().as_slice(), &next.to_be_bytes(), &text(reason.code())].concat()
            }
        }
    }
}

fn length(of: usize) -> [u8; 4] {
    u32::try_from(of).unwrap_or(u32::MAX).to_be_bytes()
}

fn text(text: &str) -> Vec<u8> {
    [length(text.len()).as_slice(), text.as_bytes()].concat()
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// When, in seconds since 1970.
    pub at: u64,
    /// Who did it; [`Id::BOT`]: the bot by itself.
    pub actor: Id,
    /// What.
    pub event: Event,
    /// Words to it; may be empty. At most [`MAX_NOTE`] bytes.
    pub note: String,
    /// The hash of all this and of the entry before.
    pub hash: Digest,
}

impl LogEntry {
    fn expected(&self, before: &Digest) -> Digest {
        let who = [self.at.to_be_bytes(), self.actor.0.to_be_bytes()].concat();
        hash(Tag::LogEntry, &[before.bytes(), &who, &self.event.bytes(), &text(&self.note)])
    }
}

/// Why something can't happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogRule {
    /// Its hash isn't of itself and the entry before.
    #[error("its hash doesn't follow from the entry before it")]
    Chain,
    /// It is earlier than the entry before.
    #[error("it is earlier than the entry before it")]
    Earlier,
    /// Its note has more than [`MAX_NOTE`] bytes.
    #[error("its note is too long")]
    Note,
    /// There is no such rank.
    #[error("there is no such rank")]
    NoSuchRank,
    /// The rank is out already.
    #[error("the rank is out already")]
    AlreadyOut,
    /// The winners were drawn already.
    #[error("the winners were drawn already")]
    AlreadyDrawn,
    /// The winners were not drawn yet.
    #[error("the winners were not drawn yet")]
    NotDrawn,
    /// The rank has no place to give up.
    #[error("the rank has no winner's place")]
    NotAWinner,
    /// Another rank is the next eligible.
    #[error("another rank is the next eligible")]
    NotTheNext,
}

/// How things stand: who is out, and who has the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    entrants: u32,
    winners: u32,
    out: BTreeSet<u32>,
    /// Each place's holder; 0 where nobody was left.
    places: Option<Vec<u32>>,
    /// The lowest rank that ever had a place.
    reached: u32,
}

impl Standing {
    /// Before anything happened.
    pub const fn new(entrants: u32, winners: u32) -> Self {
        Self { entrants, winners, out: BTreeSet::new(), places: None, reached: 0 }
    }

    fn eligible(&self) -> impl Iterator<Item = u32> {
        (self.reached.saturating_add(1)..=self.entrants).filter(|rank| !self.out.contains(rank))
    }

    /// The ranks that win if the winners are drawn now.
    pub fn first(&self) -> Vec<u32> {
        self.eligible().zip(0..self.winners).map(|(rank, _)| rank).collect()
    }

    /// The rank that gets a place if one is rerolled now; 0: nobody is left.
    pub fn next(&self) -> u32 {
        self.eligible().next().unwrap_or(0)
    }

    /// Whether the winners were drawn.
    pub const fn is_drawn(&self) -> bool {
        self.places.is_some()
    }

    /// The ranks that have a place and are not out, in the order of the places.
    pub fn winners(&self) -> Vec<u32> {
        let held = self.places.iter().flatten().copied();
        held.filter(|rank| *rank != 0 && !self.out.contains(rank)).collect()
    }

    /// Lets something happen.
    ///
    /// # Errors
    /// Why it can't; then nothing changed.
    pub fn apply(&mut self, event: &Event) -> Result<(), LogRule> {
        match event {
            Event::Disqualified { rank, .. } => {
                if *rank == 0 || *rank > self.entrants {
                    return Err(LogRule::NoSuchRank);
                }
                if !self.out.insert(*rank) {
                    return Err(LogRule::AlreadyOut);
                }
            }
            Event::Drawn { winners } => {
                if self.is_drawn() {
                    return Err(LogRule::AlreadyDrawn);
                }
                if *winners != self.first() {
                    return Err(LogRule::NotTheNext);
                }
                self.reached = winners.last().copied().unwrap_or(0);
                self.places = Some(winners.clone());
            }
            Event::Rerolled { rank, next, .. } => {
                let expected = self.next();
                let places = self.places.as_mut().ok_or(LogRule::NotDrawn)?;
                let place = places.iter_mut().find(|held| *held == rank && *rank != 0).ok_or(LogRule::NotAWinner)?;
                if *next != expected {
                    return Err(LogRule::NotTheNext);
                }
                *place = *next;
                // Nobody becomes eligible again: where nobody is left, nobody needs to be looked for any more.
                self.reached = if *next == 0 { self.entrants } else { *next };
                self.out.insert(*rank);
            }
        }
        Ok(())
    }
}

/// A log that holds, and how things stand by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    entries: Vec<LogEntry>,
    standing: Standing,
    head: Digest,
}

impl Log {
    /// An empty log; `start` is what its first entry is chained to.
    pub const fn new(start: Digest, entrants: u32, winners: u32) -> Self {
        Self { entries: Vec::new(), standing: Standing::new(entrants, winners), head: start }
    }

    /// The log with entries that were kept elsewhere.
    ///
    /// # Errors
    /// The first entry that doesn't hold (from 0), and why.
    pub fn replay(mut self, entries: Vec<LogEntry>) -> Result<Self, (usize, LogRule)> {
        for (index, entry) in entries.into_iter().enumerate() {
            self.add(entry).map_err(|rule| (index, rule))?;
        }
        Ok(self)
    }

    /// Writes down that something happens now.
    ///
    /// # Errors
    /// Why it can't; then nothing changed.
    pub fn write(&mut self, at: u64, actor: Id, event: Event, note: String) -> Result<Digest, LogRule> {
        let mut entry = LogEntry { at, actor, event, note, hash: self.head };
        entry.hash = entry.expected(&self.head);
        self.add(entry)?;
        Ok(self.head)
    }

    fn add(&mut self, entry: LogEntry) -> Result<(), LogRule> {
        if entry.hash != entry.expected(&self.head) {
            return Err(LogRule::Chain);
        }
        if self.entries.last().is_some_and(|last| last.at > entry.at) {
            return Err(LogRule::Earlier);
        }
        if entry.note.len() > MAX_NOTE {
            return Err(LogRule::Note);
        }
        self.standing.apply(&entry.event)?;
        self.head = entry.hash;
        self.entries.push(entry);
        Ok(())
    }

    /// The entries, the oldest first.
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// How things stand.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The newest hash, to be posted with whatever was written.
    pub const fn head(&self) -> Digest {
        self.head
    }
}

#[cfg(test)]
mod tests;
