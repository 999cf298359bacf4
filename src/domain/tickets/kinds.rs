//! The closed lists of tickets: state, category, priority, stars, and what can be done to a ticket.

use crate::kernel::error::Problem;

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has taken it yet.
    Open,
    /// Staff are at it.
    InProgress,
    /// Staff wait for the opener's answer.
    WaitingUser,
    /// Solved; closes by itself after some days.
    Resolved,
    /// Ended.
    Closed,
}

impl State {
    /// Every state, in the order of a ticket's life.
    pub const ALL: [Self; 5] = [Self::Open, Self::InProgress, Self::WaitingUser, Self::Resolved, Self::Closed];

    /// The word kept in the database and typed by people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::WaitingUser => "waiting_user",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether the time to resolution counts on in this state.
    pub const fn counts_time(self) -> bool {
        match self {
            Self::Open | Self::InProgress => true,
            Self::WaitingUser | Self::Resolved | Self::Closed => false,
        }
    }
}

/// What a ticket is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Category {
    /// Anything.
    #[default]
    General,
    /// Payments.
    Billing,
    /// Something doesn't work.
    Technical,
    /// A fault of the product.
    Bug,
    /// The person's account.
    Account,
    /// A wish.
    FeatureRequest,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Billing, Self::Technical, Self::Bug, Self::Account, Self::FeatureRequest];

    /// The word of every category, in the same order.
    pub const WORDS: [&'static str; 6] = ["general", "billing", "technical", "bug", "account", "feature_request"];

    /// The word kept in the database and typed by people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Billing => "billing",
            Self::Technical => "technical",
            Self::Bug => "bug",
            Self::Account => "account",
            Self::FeatureRequest => "feature_request",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == word)
    }
}

/// How urgent a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Priority {
    /// The shop stands still.
    Critical,
    /// Soon.
    High,
    /// As usual.
    #[default]
    Medium,
    /// When there is time.
    Low,
}

impl Priority {
    /// Every priority, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The word of every priority, in the same order.
    pub const WORDS: [&'static str; 4] = ["critical", "high", "medium", "low"];

    /// The word kept in the database and typed by people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == word)
    }
}

/// How satisfied the opener was: one to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stars(i16);

impl Stars {
    /// The fewest.
    pub const MIN: i64 = 1;
    /// The most.
    pub const MAX: i64 = 5;

    /// Checks a number of stars.
    ///
    /// # Errors
    /// [`Problem::NotInRange`] outside one to five.
    pub fn new(stars: i64) -> Result<Self, Problem> {
        let within = (Self::MIN..=Self::MAX).contains(&stars);
        let stars = i16::try_from(stars).ok().filter(|_| within);
        stars.map(Self).ok_or(Problem::NotInRange { min: Self::MIN, max: Self::MAX })
    }

    /// The number.
    pub const fn get(self) -> i16 {
        self.0
    }
}

/// What was done to a ticket or read of it, as the audit and the event log name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// It was opened.
    Created,
    /// Somebody answered.
    Replied,
    /// Staff left a note.
    Noted,
    /// Somebody took it.
    Claimed,
    /// It was given to somebody.
    Assigned,
    /// It was solved.
    Resolved,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// Its opener gave stars.
    Rated,
    /// Its priority changed.
    PriorityChanged,
    /// Its category changed.
    CategoryChanged,
    /// Staff were reminded of its due time.
    Reminded,
    /// Its due time passed.
    Breached,
    /// It was taken from who isn't of the team any more.
    Freed,
    /// Staff read it.
    Viewed,
    /// Staff read a list of tickets.
    Listed,
    /// Staff read its audit.
    HistoryRead,
    /// Staff read one of its files.
    FileRead,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 18] = [
        Self::Created,
        Self::Replied,
        Self::Noted,
        Self::Claimed,
        Self::Assigned,
        Self::Resolved,
        Self::Closed,
        Self::Reopened,
        Self::Rated,
        Self::PriorityChanged,
        Self::CategoryChanged,
        Self::Reminded,
        Self::Breached,
        Self::Freed,
        Self::Viewed,
        Self::Listed,
        Self::HistoryRead,
        Self::FileRead,
    ];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Replied => "replied",
            Self::Noted => "noted",
            Self::Claimed => "claimed",
            Self::Assigned => "assigned",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Rated => "rated",
            Self::PriorityChanged => "priority_changed",
            Self::CategoryChanged => "category_changed",
            Self::Reminded => "reminded",
            Self::Breached => "breached",
            Self::Freed => "freed",
            Self::Viewed => "viewed",
            Self::Listed => "listed",
            Self::HistoryRead => "history_read",
            Self::FileRead => "file_read",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_what_they_write() {
        assert!(State::ALL.into_iter().all(|state| State::from_word(state.as_str()) == Some(state)));
        assert!(Category::ALL.into_iter().all(|category| Category::from_word(category.as_str()) == Some(category)));
        assert!(Priority::ALL.into_iter().all(|priority| Priority::from_word(priority.as_str()) == Some(priority)));
        assert!(Deed::ALL.into_iter().all(|deed| Deed::from_word(deed.as_str()) == Some(deed)));
        assert_eq!(Category::ALL.map(Category::as_str), Category::WORDS);
        assert_eq!(Priority::ALL.map(Priority::as_str), Priority::WORDS);
    }

    #[test]
    fn stars_are_one_to_five() {
        for stars in [i64::MIN, -1, 0, 6, 65_537, i64::MAX] {
            assert_eq!(Stars::new(stars), Err(Problem::NotInRange { min: 1, max: 5 }));
        }
        assert_eq!(Stars::new(5).map(Stars::get), Ok(5));
    }
}
