//! Parts of a hundred, as reductions and their ceiling name them. It is no fraction of anything but money.

use super::money::{Money, NotMoney, minor_of};
use std::fmt;

/// A percentage above 0 and below 100, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(u16);

impl Percent {
    /// Takes hundredths of a percent.
    ///
    /// # Errors
    /// [`NotMoney::OutOfRange`] outside 1..=9999: nothing off is no reduction, and everything off is a gift.
    pub fn from_hundredths(hundredths: i64) -> Result<Self, NotMoney> {
        u16::try_from(hundredths).ok().filter(|n| (1..10_000).contains(n)).map(Self).ok_or(NotMoney::OutOfRange)
    }

    /// Reads `20`, `20%`, `12,5 %`.
    ///
    /// # Errors
    /// [`NotMoney`], which says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, NotMoney> {
        let number = typed.trim().trim_end_matches(['%', '٪', '％']).trim();
        if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')) {
            return Err(NotMoney::NotANumber);
        }
        // No percentage has thousands.
        let hundredths = minor_of(number, 2).map_err(|why| match why {
            NotMoney::TwoMeanings { .. } => NotMoney::OutOfRange,
            other => other,
        })?;
        Self::from_hundredths(hundredths)
    }

    /// Hundredths of a percent.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// This part of an amount, rounded half up to a minor unit: the only rounding of the program.
    pub fn of(self, amount: Money) -> Money {
        let part = (i128::from(amount.minor()) * i128::from(self.0) + 5_000) / 10_000;
        amount.part(i64::try_from(part).unwrap_or(amount.minor()))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;
    use crate::kernel::money::MOST_MINOR;
    use proptest::prelude::*;

    #[test]
    fn percentages_stay_between_nothing_and_everything() {
        assert_eq!(Percent::parse("12,5 %").map(Percent::hundredths), Ok(1250));
        for typed in ["0", "100", "101", "-5", "abc", "", "%"] {
            assert!(Percent::parse(typed).is_err(), "{typed}");
        }
        let euros = |minor| Money::new(minor, Currency::EUR).unwrap();
        assert_eq!(Percent::parse("20%").unwrap().of(euros(499)), euros(100));
    }

    proptest! {
        #[test]
        fn a_part_is_within_half_a_unit_and_never_more_than_the_whole(minor in 0i64..=MOST_MINOR, hundredths in 1i64..10_000) {
            let part = Percent::from_hundredths(hundredths).unwrap().of(Money::new(minor, Currency::EUR).unwrap());
            let exact = i128::from(minor) * i128::from(hundredths);
            prop_assert!(part.minor() <= minor);
            prop_assert!((i128::from(part.minor()) * 10_000 - exact).abs() <= 5_000);
        }
    }
}
