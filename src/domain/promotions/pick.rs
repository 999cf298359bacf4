//! Which promotion a buyer gets: pure, on candidates that were read.
//!
//! Promotions don't add up. Of those that apply by themselves the one that takes off most counts, the older one of two alike; a
//! code counts where it takes off more than that, and says so where it doesn't.

use super::{Discount, PromotionState};
use crate::domain::promotions::Ending;
use crate::kernel::{Error, Money, Percent};
use jiff::Timestamp;

/// A promotion as one buyer meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub number: i64,
    /// What comes off.
    pub discount: Discount,
    /// The largest part of a price that it may take off.
    pub cap: Percent,
    /// Its code.
    pub code: Option<String>,
    /// Where it stands.
    pub state: PromotionState,
    /// Why it is over.
    pub ending: Option<Ending>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Uses that are left; `None`: without a limit.
    pub uses_left: Option<i64>,
    /// Uses that are left to this member.
    pub mine_left: Option<i64>,
    /// Whether it is for first purchases only, and this is not his first.
    pub too_late: bool,
    /// What is left of its budget, in minor units.
    pub budget_left: Option<i64>,
    /// Whether it is on this item, in its currency.
    pub covers: bool,
}

/// Why a code doesn't work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such code.
    Unknown,
    /// It begins later.
    NotBegun,
    /// It is over.
    Ended,
    /// Every use is taken.
    UsedUp,
    /// The member has used it as often as he may.
    MemberCap,
    /// It is for a first purchase, and this is none.
    FirstOnly,
    /// It is not on this item.
    NotForThis,
    /// Its budget doesn't reach.
    BudgetSpent,
    /// A promotion that runs anyway takes off as much or more.
    Smaller,
}

impl Refusal {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Unknown,
        Self::NotBegun,
        Self::Ended,
        Self::UsedUp,
        Self::MemberCap,
        Self::FirstOnly,
        Self::NotForThis,
        Self::BudgetSpent,
        Self::Smaller,
    ];

    /// The text that says so.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Unknown => "error-promo-unknown",
            Self::NotBegun => "error-promo-not-begun",
            Self::Ended => "error-promo-ended",
            Self::UsedUp => "error-promo-used-up",
            Self::MemberCap => "error-promo-member-cap",
            Self::FirstOnly => "error-promo-first-only",
            Self::NotForThis => "error-promo-not-for-this",
            Self::BudgetSpent => "error-promo-budget-spent",
            Self::Smaller => "error-promo-smaller",
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Conflict(refusal.text())
    }
}

/// The promotion that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// Its number.
    pub number: i64,
    /// What comes off.
    pub off: Money,
    /// Its code.
    pub code: Option<String>,
}

impl Candidate {
    /// Why this buyer can't have it now, whatever the item.
    ///
    /// # Errors
    /// The first [`Refusal`] that holds.
    pub fn open(&self, now: Timestamp) -> Result<(), Refusal> {
        match (self.state, self.ending) {
            (PromotionState::Ended, Some(Ending::UsedUp)) => return Err(Refusal::UsedUp),
            (PromotionState::Ended, Some(Ending::Budget)) => return Err(Refusal::BudgetSpent),
            (PromotionState::Ended | PromotionState::Stopped, _) => return Err(Refusal::Ended),
            (PromotionState::Scheduled | PromotionState::Active, _) => {}
        }
        if self.ends_at <= now {
            return Err(Refusal::Ended);
        }
        if self.starts_at > now {
            return Err(Refusal::NotBegun);
        }
        if self.uses_left.is_some_and(|left| left <= 0) {
            return Err(Refusal::UsedUp);
        }
        if self.mine_left.is_some_and(|left| left <= 0) {
            return Err(Refusal::MemberCap);
        }
        if self.too_late { Err(Refusal::FirstOnly) } else { Ok(()) }
    }

    /// What it takes off a price for this buyer.
    ///
    /// # Errors
    /// The first [`Refusal`] that holds.
    pub fn off(&self, list: Money, now: Timestamp) -> Result<Money, Refusal> {
        self.open(now)?;
        let off = self.discount.capped(self.cap).off(list);
        if !self.covers || off.is_zero() {
            return Err(Refusal::NotForThis);
        }
        if self.budget_left.is_some_and(|left| left < off.minor()) {
            return Err(Refusal::BudgetSpent);
        }
        Ok(off)
    }
}

/// Picks among `automatic` ones and a code that was `typed` (with the promotion that it names, if there is one) or
/// `remembered`: a remembered one that doesn't fit is passed over in silence, because nobody typed it for this.
///
/// # Errors
/// Why the typed code doesn't count.
pub fn pick(
    automatic: &[Candidate],
    typed: Option<Option<&Candidate>>,
    remembered: Option<&Candidate>,
    list: Money,
    now: Timestamp,
) -> Result<Option<Pick>, Refusal> {
    let picked =
        |candidate: &Candidate, off: Money| Pick { number: candidate.number, off, code: candidate.code.clone() };
    let fitting = automatic.iter().filter_map(|one| one.off(list, now).ok().map(|off| picked(one, off)));
    let best = fitting.min_by_key(|pick| (std::cmp::Reverse(pick.off.minor()), pick.number));
    let beaten = |off: Money| best.as_ref().is_some_and(|best| best.off.minor() >= off.minor());
    if let Some(typed) = typed {
        let code = typed.ok_or(Refusal::Unknown)?;
        let off = code.off(list, now)?;
        return if beaten(off) { Err(Refusal::Smaller) } else { Ok(Some(picked(code, off))) };
    }
    let kept = remembered.and_then(|code| code.off(list, now).ok().map(|off| picked(code, off)));
    Ok(kept.filter(|kept| !beaten(kept.off)).or(best))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR).unwrap()
    }

    fn candidate(number: i64, hundredths: i64) -> Candidate {
        Candidate {
            number,
            discount: Discount::Percent(Percent::from_hundredths(hundredths).unwrap()),
            cap: Percent::from_hundredths(9_999).unwrap(),
            code: None,
            state: PromotionState::Active,
            ending: None,
            starts_at: at(0),
            ends_at: at(100),
            uses_left: None,
            mine_left: None,
            too_late: false,
            budget_left: None,
            covers: true,
        }
    }

    fn coded(change: impl FnOnce(&mut Candidate)) -> Result<Option<Pick>, Refusal> {
        let mut code = Candidate { code: Some("NOEL".to_owned()), ..candidate(9, 2000) };
        change(&mut code);
        pick(&[candidate(1, 1000)], Some(Some(&code)), None, euros(1000), at(50))
    }

    #[test]
    fn each_way_in_which_a_code_fails_has_its_own_word() {
        assert_eq!(coded(|_| ()).unwrap().unwrap().off, euros(200));
        assert_eq!(pick(&[], Some(None), None, euros(1000), at(50)), Err(Refusal::Unknown));
        assert_eq!(coded(|c| c.starts_at = at(51)), Err(Refusal::NotBegun));
        assert_eq!(coded(|c| c.ends_at = at(50)), Err(Refusal::Ended));
        assert_eq!(coded(|c| c.state = PromotionState::Stopped), Err(Refusal::Ended));
        assert_eq!(
            coded(|c| (c.state, c.ending) = (PromotionState::Ended, Some(Ending::UsedUp))),
            Err(Refusal::UsedUp)
        );
        assert_eq!(
            coded(|c| (c.state, c.ending) = (PromotionState::Ended, Some(Ending::Budget))),
            Err(Refusal::BudgetSpent)
        );
        assert_eq!(coded(|c| c.uses_left = Some(0)), Err(Refusal::UsedUp));
        assert_eq!(coded(|c| c.mine_left = Some(0)), Err(Refusal::MemberCap));
        assert_eq!(coded(|c| c.too_late = true), Err(Refusal::FirstOnly));
        assert_eq!(coded(|c| c.covers = false), Err(Refusal::NotForThis));
        assert_eq!(coded(|c| c.budget_left = Some(199)), Err(Refusal::BudgetSpent));
        assert_eq!(coded(|c| c.discount = candidate(0, 1000).discount), Err(Refusal::Smaller));
        let texts: std::collections::HashSet<_> = Refusal::ALL.iter().map(|refusal| refusal.text()).collect();
        assert_eq!(texts.len(), Refusal::ALL.len());
    }

    #[test]
    fn a_remembered_code_that_does_not_fit_is_no_mistake() {
        let kept = Candidate { covers: false, code: Some("NOEL".to_owned()), ..candidate(9, 2000) };
        let found = pick(&[candidate(1, 1000)], None, Some(&kept), euros(1000), at(50)).unwrap().unwrap();
        assert_eq!((found.number, found.code), (1, None));
        let better = Candidate { covers: true, ..kept };
        assert_eq!(pick(&[candidate(1, 1000)], None, Some(&better), euros(1000), at(50)).unwrap().unwrap().number, 9);
    }

    fn any_candidate() -> impl Strategy<Value = Candidate> {
        let left = || prop::option::of(-1i64..3);
        (1i64..50, 1i64..10_000, 0i64..100, 0i64..100, left(), left(), prop::option::of(0i64..2000), any::<[bool; 3]>())
            .prop_map(|(number, hundredths, starts, ends, uses_left, mine_left, budget_left, [late, covers, live])| {
                Candidate {
                    starts_at: at(starts),
                    ends_at: at(ends),
                    uses_left,
                    mine_left,
                    budget_left,
                    too_late: late,
                    covers,
                    state: if live { PromotionState::Active } else { PromotionState::Stopped },
                    ..candidate(number, hundredths)
                }
            })
    }

    proptest! {
        #[test]
        fn the_buyer_gets_the_most_that_any_open_promotion_takes_off(
            all in prop::collection::vec(any_candidate(), 0..8), code in prop::option::of(any_candidate()), list in 0i64..5000,
        ) {
            let (list, now) = (euros(list), at(50));
            // The naive model: all conditions at once, then the largest.
            let naive = |c: &Candidate| {
                let off = c.discount.off(list).minor();
                let holds = c.state.is_live() && c.starts_at <= now && now < c.ends_at && c.uses_left.is_none_or(|n| n > 0)
                    && c.mine_left.is_none_or(|n| n > 0) && !c.too_late && c.covers && off > 0 && c.budget_left.is_none_or(|n| n >= off);
                if holds { off } else { 0 }
            };
            let most = all.iter().map(naive).max().unwrap_or(0);
            let without = pick(&all, None, None, list, now).unwrap();
            prop_assert_eq!(without.map_or(0, |pick| pick.off.minor()), most);
            if let Some(code) = &code {
                let with = pick(&all, Some(Some(code)), None, list, now);
                let expected = naive(code);
                prop_assert_eq!(with.is_ok(), expected > most);
                if let Ok(Some(pick)) = with {
                    prop_assert_eq!(pick.off.minor(), expected);
                }
                let kept = pick(&all, None, Some(code), list, now).unwrap();
                prop_assert_eq!(kept.map_or(0, |pick| pick.off.minor()), most.max(expected));
            }
        }
    }
}
