//! Monthly recurring revenue: what a subscription is worth a month, and what kind of change a new worth is. Pure, but for
//! `store`, which keeps the changes.
//!
//! - A month's price counts as it is, a year's by its twelfth, rounded half up once ([`Money::twelfth`]). Twelve twelfths can
//!   differ from the year's price by up to six minor units: this measures, and what was paid stands in the ledger.
//! - Nothing counts before its first paid period: a trial is worth nothing.
//! - Past due still counts. Unpaid, paused, canceled and incomplete are worth nothing, and so is one whose order is in
//!   trouble or not known to be paid.

mod store;

pub(super) use store::{Seen, record};

use super::{Period, SubscriptionState};
use crate::kernel::Money;

super::kinds::words! {
    /// What kind of change of the monthly recurring revenue it is.
    Movement {
        /// A member pays for the first time.
        New = "new",
        /// It is worth more.
        Expansion = "expansion",
        /// It is worth less.
        Contraction = "contraction",
        /// It is worth nothing any more.
        Churn = "churn",
        /// A member who paid once pays again.
        Reactivation = "reactivation",
    }
}

/// A change of what one subscription is worth a month; both amounts are of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its kind.
    pub kind: Movement,
    /// What it was worth.
    pub before: Money,
    /// What it is worth.
    pub after: Money,
}

/// What a subscription is worth a month; `paid`: whether a period of it was ever paid.
pub fn worth(state: SubscriptionState, paid: bool, period: Period, price: Money) -> Money {
    let counts = match state {
        SubscriptionState::Active | SubscriptionState::PastDue => paid,
        SubscriptionState::Incomplete
        | SubscriptionState::IncompleteExpired
        | SubscriptionState::Trialing
        | SubscriptionState::Canceled
        | SubscriptionState::Unpaid
        | SubscriptionState::Paused => false,
    };
    match period {
        _ if !counts => Money::zero(price.currency()),
        Period::Month => price,
        Period::Year => price.twelfth(),
    }
}

/// The changes that lead from what was written down last of a subscription to what it is worth now; none where it is worth
/// the same. `known`: whether its member counted before, with this subscription or another.
///
/// Another currency is the end in the one and a beginning in the other, because amounts of two are never added up.
pub fn changes(last: Option<Money>, known: bool, now: Money) -> Vec<Change> {
    let begin = if known { Movement::Reactivation } else { Movement::New };
    let nothing = Money::zero(now.currency());
    match last {
        Some(before) if before.currency() != now.currency() => {
            let end = step(before, Money::zero(before.currency()), begin);
            end.into_iter().chain(step(nothing, now, Movement::Reactivation)).collect()
        }
        before => step(before.unwrap_or(nothing), now, begin).into_iter().collect(),
    }
}

fn step(before: Money, after: Money, begin: Movement) -> Option<Change> {
    let kind = match (before.minor(), after.minor()) {
        (before, after) if before == after => return None,
        (0, _) => begin,
        (_, 0) => Movement::Churn,
        (before, after) if before < after => Movement::Expansion,
        _ => Movement::Contraction,
    };
    Some(Change { kind, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;
    use proptest::prelude::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR).unwrap()
    }

    #[test]
    fn only_what_is_paid_for_counts() {
        let at = |state: &str, paid| {
            worth(SubscriptionState::from_word(state).unwrap(), paid, Period::Month, eur(999)).minor()
        };
        assert_eq!(at("active", true), 999);
        assert_eq!(at("past_due", true), 999);
        for (state, paid) in [
            ("trialing", false),
            ("trialing", true),
            ("active", false),
            ("past_due", false),
            ("unpaid", true),
            ("canceled", true),
            ("paused", true),
            ("incomplete", false),
            ("incomplete_expired", false),
        ] {
            assert_eq!(at(state, paid), 0, "{state}");
        }
    }

    #[test]
    fn a_year_counts_by_its_twelfth_rounded_half_up() {
        let year = |minor| worth(SubscriptionState::Active, true, Period::Year, eur(minor)).minor();
        assert_eq!([year(9590), year(4790), year(6), year(5), year(12)], [799, 399, 1, 0, 1]);
    }

    #[test]
    fn a_change_is_named_by_where_it_comes_from_and_leads_to() {
        let kind =
            |last: Option<i64>, known, now| changes(last.map(eur), known, eur(now)).first().map(|change| change.kind);
        assert_eq!(kind(None, false, 999), Some(Movement::New));
        assert_eq!(kind(None, true, 999), Some(Movement::Reactivation));
        assert_eq!(kind(Some(0), true, 999), Some(Movement::Reactivation));
        assert_eq!(kind(Some(499), true, 999), Some(Movement::Expansion));
        assert_eq!(kind(Some(999), true, 499), Some(Movement::Contraction));
        assert_eq!(kind(Some(999), true, 0), Some(Movement::Churn));
        assert_eq!(kind(Some(999), true, 999), None);
        assert_eq!(kind(None, false, 0), None);
    }

    #[test]
    fn another_currency_ends_the_one_and_begins_the_other() {
        let yen = Money::new(1500, "jpy".parse().unwrap()).unwrap();
        let found = changes(Some(eur(999)), true, yen);
        assert_eq!(
            found.iter().map(|change| change.kind).collect::<Vec<_>>(),
            [Movement::Churn, Movement::Reactivation]
        );
        assert!(found.iter().all(|change| change.before.currency() == change.after.currency()));
        assert_eq!(changes(Some(eur(999)), true, Money::zero(yen.currency())).len(), 1);
    }

    proptest! {
        #[test]
        fn changes_add_up_to_what_it_is_worth_and_a_second_look_finds_none(worths in proptest::collection::vec(0i64..=2000, 1..20)) {
            let (mut last, mut sum) = (None, 0);
            for now in worths {
                let now = eur(now / 3 * 3 % 1500);
                let found = changes(last, last.is_some(), now);
                prop_assert!(found.iter().all(|change| change.before != change.after));
                sum += found.iter().map(|change| change.after.minor() - change.before.minor()).sum::<i64>();
                if let Some(change) = found.last() {
                    last = Some(change.after);
                }
                prop_assert_eq!(sum, now.minor());
                prop_assert_eq!(changes(last, last.is_some(), now), vec![]);
            }
        }

        #[test]
        fn twelve_twelfths_are_within_six_units_of_the_year(minor in 0i64..=crate::kernel::money::MOST_MINOR) {
            prop_assert!((eur(minor).twelfth().minor() * 12 - minor).abs() <= 6);
        }
    }
}
