//! The closed lists of giveaways, with their words in the database.

/// Where a giveaway stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It begins later, or is about to be announced.
    Scheduled,
    /// Members enter and leave.
    Open,
    /// Nobody enters for now; its end waits.
    Paused,
    /// The list is frozen; the winners are not known yet.
    Drawing,
    /// The winners are known; some have not got their prize yet.
    Drawn,
    /// Nothing is left to do.
    Done,
    /// It was called off.
    Cancelled,
}

impl State {
    /// Every state, in the order of a giveaway's life.
    pub const ALL: [Self; 7] =
        [Self::Scheduled, Self::Open, Self::Paused, Self::Drawing, Self::Drawn, Self::Done, Self::Cancelled];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Drawing => "drawing",
            Self::Drawn => "drawn",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether its list is not frozen yet, and it was not called off.
    pub const fn is_before_draw(self) -> bool {
        matches!(self, Self::Scheduled | Self::Open | Self::Paused)
    }
}

/// What a draw's randomness comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// drand's public beacon.
    Quicknet,
    /// The sandbox's own beacon: proves nothing.
    Sandbox,
    /// A secret of the bot, whose hash is posted beforehand.
    None,
}

impl SourceKind {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Quicknet, Self::Sandbox, Self::None];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quicknet => "quicknet",
            Self::Sandbox => "sandbox",
            Self::None => "none",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How the holder of a place stands with his prize.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceState {
    /// He has still to claim it.
    Pending,
    /// He claimed it; staff give it by hand.
    Claimed,
    /// The program gave it.
    Delivered,
    /// Staff gave it.
    Given,
    /// He is out: the next in order has the place, or nobody.
    Out,
}

impl PlaceState {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Claimed, Self::Delivered, Self::Given, Self::Out];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Claimed => "claimed",
            Self::Delivered => "delivered",
            Self::Given => "given",
            Self::Out => "out",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Why nothing can be posted in a giveaway's channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The channel is gone.
    Gone,
    /// The bot doesn't see it.
    NoAccess,
    /// The bot may not post there.
    NoPermission,
}

impl Trouble {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Gone, Self::NoAccess, Self::NoPermission];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::NoAccess => "no_access",
            Self::NoPermission => "no_permission",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_what_they_write() {
        assert!(State::ALL.into_iter().all(|one| State::from_word(one.as_str()) == Some(one)));
        assert!(SourceKind::ALL.into_iter().all(|one| SourceKind::from_word(one.as_str()) == Some(one)));
        assert!(PlaceState::ALL.into_iter().all(|one| PlaceState::from_word(one.as_str()) == Some(one)));
        assert!(Trouble::ALL.into_iter().all(|one| Trouble::from_word(one.as_str()) == Some(one)));
    }
}
