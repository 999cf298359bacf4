//! What is wrong with a draw's file, in plain words.

use super::entries::NotEntries;
use super::log::LogRule;

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is no JSON, or not of the form that the format has.
    #[error("the file can't be read: {0}")]
    BadJson(String),
    /// It is of another kind or version.
    #[error("the file is of a kind or a version that this program doesn't know")]
    Version,
    /// The list can't be drawn from.
    #[error("{0}")]
    Entries(#[from] NotEntries),
    /// The entries have another Merkle root than the file states.
    #[error("the entries have another Merkle root than the one that was committed to")]
    RootDiffers,
    /// The commitment's digest is not that of terms, announcement and list.
    #[error("terms and entries give another commitment than the one that was posted")]
    CommitmentDiffers,
    /// Nobody can win, or more than [`super::MAX_WINNERS`].
    #[error("the terms name no winner, or too many")]
    BadWinners,
    /// Another round belongs to the end time.
    #[error("the beacon's round is not the one that the end time fixes")]
    RoundDiffers,
    /// The list was frozen before the terms were announced.
    #[error("the commitment was posted before the announcement")]
    CommittedEarly,
    /// The list may have been changed by who knew the outcome.
    #[error("the commitment was posted when the beacon's round existed already")]
    CommittedLate,
    /// The beacon's signature is not of that round.
    #[error("the beacon's signature is false")]
    SignatureFalse,
    /// The revealed secret is not the one whose hash was posted.
    #[error("the revealed secret is not the one that was promised")]
    SecretDiffers,
    /// The seed doesn't follow.
    #[error("the seed is not the one that commitment and randomness give")]
    SeedDiffers,
    /// The ranking has not one rank for each entry.
    #[error("the ranking has not as many ranks as there are entries")]
    RankingLength,
    /// The ranking differs.
    #[error("the ranking differs at rank {0}")]
    RankingDiffers(usize),
    /// The log doesn't hold.
    #[error("entry {0} of the log doesn't hold: {1}")]
    Log(usize, LogRule),
    /// No winner was drawn.
    #[error("the log doesn't say that winners were drawn")]
    NotDrawn,
    /// More or fewer winners than the log leaves.
    #[error("the file names more or fewer winners than the log leaves")]
    WinnerCount,
    /// A winner is another than the log leaves.
    #[error("winner {0} is not who the ranking and the log make the winner")]
    WinnerDiffers(usize),
    /// A winner's account is not the one that was ranked.
    #[error("the account of winner {0} is not the one behind the entry")]
    WinnerNotOpened(usize),
    /// An inclusion proof leads nowhere.
    #[error("the proof's path doesn't fit a list of that size")]
    Path,
}

impl Wrong {
    /// Its word for programs, as `docs/FAIR_DRAWS.md` has it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadJson(_) => "bad_json",
            Self::Version => "version",
            Self::Entries(NotEntries::Empty) => "no_entries",
            Self::Entries(NotEntries::TooMany) => "too_many_entries",
            Self::Entries(NotEntries::NoWeight(_)) => "no_weight",
            Self::Entries(NotEntries::Duplicate(_)) => "duplicate",
            Self::Entries(NotEntries::Unsorted(_)) => "unsorted",
            Self::RootDiffers => "root_differs",
            Self::CommitmentDiffers => "commitment_differs",
            Self::BadWinners => "bad_winners",
            Self::RoundDiffers => "round_differs",
            Self::CommittedEarly => "committed_early",
            Self::CommittedLate => "committed_late",
            Self::SignatureFalse => "signature_false",
            Self::SecretDiffers => "secret_differs",
            Self::SeedDiffers => "seed_differs",
            Self::RankingLength => "ranking_length",
            Self::RankingDiffers(_) => "ranking_differs",
            Self::Log(_, LogRule::Chain) => "log_chain",
            Self::Log(_, LogRule::Earlier) => "log_earlier",
            Self::Log(_, LogRule::Note) => "log_note",
            Self::Log(_, LogRule::NoSuchRank) => "log_no_such_rank",
            Self::Log(_, LogRule::AlreadyOut) => "log_already_out",
            Self::Log(_, LogRule::AlreadyDrawn) => "log_already_drawn",
            Self::Log(_, LogRule::NotDrawn) => "log_not_drawn",
            Self::Log(_, LogRule::NotAWinner) => "log_not_a_winner",
            Self::Log(_, LogRule::NotTheNext) => "log_not_the_next",
            Self::NotDrawn => "not_drawn",
            Self::WinnerCount => "winner_count",
            Self::WinnerDiffers(_) => "winner_differs",
            Self::WinnerNotOpened(_) => "winner_not_opened",
            Self::Path => "path",
        }
    }

    /// Where it is: the entry, log entry or winner from 0, the rank from 1.
    pub const fn at(&self) -> Option<usize> {
        match self {
            Self::Entries(NotEntries::NoWeight(at) | NotEntries::Duplicate(at) | NotEntries::Unsorted(at))
            | Self::RankingDiffers(at)
            | Self::Log(at, _)
            | Self::WinnerDiffers(at)
            | Self::WinnerNotOpened(at) => Some(*at),
            _ => None,
        }
    }
}
