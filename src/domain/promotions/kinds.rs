//! The closed lists of promotions and referrals, with their words in the database.

/// What a promotion is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PromotionKind {
    /// For who is new.
    Welcome,
    /// For who left a checkout.
    AbandonedCart,
    /// For who could have more.
    Upsell,
    /// For who left.
    WinBack,
    /// Anything else.
    Manual,
}

impl PromotionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Welcome, Self::AbandonedCart, Self::Upsell, Self::WinBack, Self::Manual];
    /// Their words.
    pub const WORDS: [&'static str; 5] = ["welcome", "abandoned_cart", "upsell", "win_back", "manual"];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::AbandonedCart => "abandoned_cart",
            Self::Upsell => "upsell",
            Self::WinBack => "win_back",
            Self::Manual => "manual",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Where a promotion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PromotionState {
    /// It begins later.
    Scheduled,
    /// It runs.
    Active,
    /// It is over by itself.
    Ended,
    /// It was stopped.
    Stopped,
}

impl PromotionState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::Active, Self::Ended, Self::Stopped];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Active => "active",
            Self::Ended => "ended",
            Self::Stopped => "stopped",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether it runs or will.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Scheduled | Self::Active)
    }
}

/// Why a promotion is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// Its time was up.
    Due,
    /// Every use was used.
    UsedUp,
    /// What is left of its budget is less than the smallest discount.
    Budget,
    /// Somebody stopped it.
    Stopped,
    /// When it should have begun, people had paid as little before.
    NoReduction,
}

impl Ending {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::Due, Self::UsedUp, Self::Budget, Self::Stopped, Self::NoReduction];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::UsedUp => "used_up",
            Self::Budget => "budget",
            Self::Stopped => "stopped",
            Self::NoReduction => "no_reduction",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.as_str() == word)
    }
}

/// Where a recommendation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferralState {
    /// The friend has bought nothing yet.
    Waiting,
    /// He bought, and could still get his money back.
    Held,
    /// The member has the credit.
    Credited,
    /// The friend's money went back.
    Reversed,
}

impl ReferralState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Held, Self::Credited, Self::Reversed];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Credited => "credited",
            Self::Reversed => "reversed",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
