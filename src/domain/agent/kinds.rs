//! The closed lists of plans, with their words in the database and in the control API.

/// How much the other program may do without a person, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Autonomy {
    /// It reads, and plans nothing.
    Off,
    /// It plans; nothing is approved.
    Suggest,
    /// What is planned is approved as its tier says.
    Approve,
    /// The same, and small plans need nobody.
    Automatic,
}

impl Autonomy {
    /// Every stop of the dial.
    pub const ALL: [Self; 4] = [Self::Off, Self::Suggest, Self::Approve, Self::Automatic];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Suggest => "suggest",
            Self::Approve => "approve",
            Self::Automatic => "automatic",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// What a plan may go on in spite of, since it is what changes that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frees {
    /// The switch and the dial both bind it.
    Nothing,
    /// It turns the dial up, so the dial doesn't bind it.
    Dial,
    /// It lets go on what was stopped: neither binds it, for a dial at off can't be turned up while all is stopped.
    All,
}

/// Who must approve a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tier {
    /// Nobody where the dial says so, else one person.
    Automatic,
    /// One person.
    One,
    /// Two different people.
    Two,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Self; 3] = [Self::Automatic, Self::One, Self::Two];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::One => "one",
            Self::Two => "two",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// How many different people must approve, as the dial stands.
    pub const fn needs(self, autonomy: Autonomy) -> u8 {
        match (self, autonomy) {
            (Self::Automatic, Autonomy::Automatic) => 0,
            (Self::Automatic | Self::One, _) => 1,
            (Self::Two, _) => 2,
        }
    }
}

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanState {
    /// It waits for approval.
    Waiting,
    /// Enough people approved it.
    Approved,
    /// It is done.
    Committed,
    /// Somebody said no, or everything was stopped.
    Rejected,
    /// Its time was up.
    Expired,
    /// It could not be done any more.
    Failed,
}

impl PlanState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Approved, Self::Committed, Self::Rejected, Self::Expired, Self::Failed];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Committed => "committed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_small_needs_nobody_and_only_where_the_dial_says_so() {
        for autonomy in Autonomy::ALL {
            let alone = autonomy == Autonomy::Automatic;
            assert_eq!(Tier::Automatic.needs(autonomy), if alone { 0 } else { 1 });
            assert_eq!((Tier::One.needs(autonomy), Tier::Two.needs(autonomy)), (1, 2));
        }
    }

    #[test]
    fn every_word_is_read_back() {
        assert!(Autonomy::ALL.into_iter().all(|one| Autonomy::from_word(one.as_str()) == Some(one)));
        assert!(Tier::ALL.into_iter().all(|one| Tier::from_word(one.as_str()) == Some(one)));
        assert!(PlanState::ALL.into_iter().all(|one| PlanState::from_word(one.as_str()) == Some(one)));
    }
}
