//! Roles follow entitlements: what a person should hold, what the program gave, and what is to be done about the difference.
//!
//! A role is taken only if the program gave it, so before it is given it is written down as ours: whoever dies in between finds
//! it so. Giving and taking is the [`RoleKeeper`]'s; when, and what follows from a refusal, is decided here.

mod alerts;
mod charged;
mod keeper;
mod reconcile;
mod store;

pub use alerts::alerts;
pub use charged::{is_withheld, warn_of_charges};
pub use keeper::{RoleKeeper, Unkept, Unwired};
pub use reconcile::{Cursor, Moved, missing, moved, news, walk};
pub use store::{
    Alerted, Kept, alerted, any_sold, due, forget_unwaited, intend, kept, mended, of_plans, plan_lost_its, unwaited,
    write,
};

use crate::kernel::RoleId;
use std::collections::BTreeSet;

/// How a role of a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleState {
    /// He holds it.
    Given,
    /// The bot lacks *Manage Roles*.
    NoPermission,
    /// The role stands too high for the bot.
    TooLow,
    /// Discord gives it to nobody by hand, or refused otherwise.
    Refused,
    /// The role was deleted.
    Gone,
    /// He is no member of the guild.
    Left,
    /// It is to be tried, or tried again.
    Waiting,
}

impl RoleState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Given, Self::NoPermission, Self::TooLow, Self::Refused, Self::Gone, Self::Left, Self::Waiting];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::NoPermission => "no_permission",
            Self::TooLow => "too_low",
            Self::Refused => "refused",
            Self::Gone => "gone",
            Self::Left => "left",
            Self::Waiting => "waiting",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether only staff can mend it.
    pub const fn needs_staff(self) -> bool {
        matches!(self, Self::NoPermission | Self::TooLow | Self::Refused | Self::Gone)
    }

    /// Whether it is there and can't be given until staff mend it: the time of such a one doesn't count.
    pub const fn is_withheld(self) -> bool {
        matches!(self, Self::NoPermission | Self::TooLow | Self::Refused)
    }

    /// The state in which a refusal leaves a role.
    pub const fn after(refusal: Unkept) -> Self {
        match refusal {
            Unkept::NoPermission => Self::NoPermission,
            Unkept::TooLow => Self::TooLow,
            Unkept::NotByHand | Unkept::Refused(_) => Self::Refused,
            Unkept::RoleGone => Self::Gone,
            Unkept::Left => Self::Left,
            Unkept::NoAccess | Unkept::Later(_) => Self::Waiting,
        }
    }
}

/// What is to be done about one role of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// He should hold it and does not.
    Give,
    /// We gave it and he should not hold it any more.
    Take,
    /// He holds it and should; whether it came from us.
    Keep {
        /// Whether it is ours to take one day.
        ours: bool,
    },
    /// Nothing is left to remember of it.
    Forget,
}

/// What is to be done about a member's roles: `due` is what he should hold, `kept` what was written down, `held` what Discord
/// says. A role that somebody else gave is never touched.
pub fn plan(due: &[RoleId], kept: &[Kept], held: &[RoleId]) -> Vec<(RoleId, Deed)> {
    let all: BTreeSet<RoleId> = due.iter().copied().chain(kept.iter().map(|kept| kept.role)).collect();
    let deed = |role: &RoleId| {
        let ours = kept.iter().any(|kept| kept.role == *role && kept.ours);
        match (due.contains(role), held.contains(role)) {
            (true, true) => Deed::Keep { ours },
            (true, false) => Deed::Give,
            (false, true) if ours => Deed::Take,
            (false, _) => Deed::Forget,
        }
    };
    all.iter().map(|role| (*role, deed(role))).collect()
}

/// What is written down of a role after it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It stands so.
    Stands {
        /// How.
        state: RoleState,
        /// Whether it is ours to take.
        ours: bool,
    },
    /// There is nothing to remember.
    Nothing,
}

/// What to write down of a role that was given or taken, or was not.
pub fn outcome(deed: Deed, done: Result<(), Unkept>) -> Written {
    match (deed, done) {
        (Deed::Keep { ours }, _) => Written::Stands { state: RoleState::Given, ours },
        (Deed::Give, Ok(())) => Written::Stands { state: RoleState::Given, ours: true },
        // Whether it was given is not known, so it is ours until a look tells.
        (Deed::Give, Err(refusal @ (Unkept::Later(_) | Unkept::NoAccess))) => {
            Written::Stands { state: RoleState::after(refusal), ours: true }
        }
        (Deed::Give, Err(refusal)) => Written::Stands { state: RoleState::after(refusal), ours: false },
        (Deed::Take, Err(Unkept::RoleGone | Unkept::Left)) => Written::Nothing,
        (Deed::Take, Err(refusal)) => Written::Stands { state: RoleState::after(refusal), ours: true },
        (Deed::Take, Ok(())) | (Deed::Forget, _) => Written::Nothing,
    }
}

/// What to write down of the roles of one who left: what he should hold waits for him.
pub fn departed(due: &[RoleId], kept: &[Kept]) -> Vec<(RoleId, Written)> {
    let away = |role: &RoleId| {
        let ours = kept.iter().any(|kept| kept.role == *role && kept.ours);
        (*role, Written::Stands { state: RoleState::Left, ours })
    };
    let over = kept.iter().filter(|kept| !due.contains(&kept.role)).map(|kept| (kept.role, Written::Nothing));
    due.iter().map(away).chain(over).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn role(id: u64) -> RoleId {
        RoleId::new(id).unwrap()
    }

    fn row(id: u64, state: RoleState, ours: bool) -> Kept {
        Kept { role: role(id), state, ours, since: Timestamp::UNIX_EPOCH, checked_at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn what_is_due_is_given_and_what_we_gave_is_taken() {
        let kept = [row(2, RoleState::Given, true), row(3, RoleState::Given, false)];
        let held = [role(2), role(3), role(9)];
        let expected = [(role(1), Deed::Give), (role(2), Deed::Take), (role(3), Deed::Forget)];
        assert_eq!(plan(&[role(1)], &kept, &held), expected);
    }

    #[test]
    fn a_role_that_somebody_else_gave_is_kept_as_his() {
        assert_eq!(plan(&[role(1)], &[], &[role(1)]), [(role(1), Deed::Keep { ours: false })]);
        let refused = [row(1, RoleState::TooLow, false)];
        assert_eq!(plan(&[role(1)], &refused, &[role(1)]), [(role(1), Deed::Keep { ours: false })]);
    }

    #[test]
    fn a_role_given_before_the_program_died_is_ours() {
        let intended = [row(1, RoleState::Waiting, true)];
        assert_eq!(plan(&[role(1)], &intended, &[role(1)]), [(role(1), Deed::Keep { ours: true })]);
        assert_eq!(plan(&[], &intended, &[role(1)]), [(role(1), Deed::Take)]);
    }

    #[test]
    fn a_role_that_can_not_be_taken_stays_ours_to_take() {
        let written = outcome(Deed::Take, Err(Unkept::TooLow));
        assert_eq!(written, Written::Stands { state: RoleState::TooLow, ours: true });
        assert_eq!(outcome(Deed::Take, Err(Unkept::RoleGone)), Written::Nothing);
    }

    #[test]
    fn what_a_departed_member_should_hold_waits_for_him() {
        let kept = [row(1, RoleState::Given, true), row(2, RoleState::Given, true)];
        let away = Written::Stands { state: RoleState::Left, ours: true };
        assert_eq!(departed(&[role(1)], &kept), [(role(1), away), (role(2), Written::Nothing)]);
    }

    #[test]
    fn every_state_has_its_word() {
        assert!(RoleState::ALL.iter().all(|state| RoleState::from_word(state.as_str()) == Some(*state)));
    }
}
