//! How much comes off a price.
//!
//! ```text
//! discount = number "%" | amount currency      20 %   12,5%   5 €   $5   5 euros
//! ```
//! A bare number is neither: whoever typed it is asked which. What is left of a price is never less than [`least`]: nothing is
//! free, and the provider takes no smaller payment.

use crate::kernel::error::Problem;
use crate::kernel::money::NotMoney;
use crate::kernel::{Currency, Money, Percent};
use std::fmt;

/// What comes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// A part of the price.
    Percent(Percent),
    /// An amount, once an order.
    Amount(Money),
}

/// Words that people type for a sign.
const WORDS: [(&str, &str); 7] = [
    ("pour cent", "%"),
    ("pourcents", "%"),
    ("pourcent", "%"),
    ("percent", "%"),
    ("euros", "€"),
    ("euro", "€"),
    ("dollars", "$"),
];

/// The smallest payment that the provider takes in a currency, in minor units (Stripe, "Supported currencies: Minimum and
/// maximum charge amounts"); where that page names none, about as much as half a euro.
pub fn least(currency: Currency) -> i64 {
    match currency.code() {
        "czk" => 1_500,
        "mxn" => 1_000,
        "nok" | "sek" => 300,
        "dkk" => 250,
        "pln" => 200,
        "gbp" => 30,
        "clp" | "mad" => 500,
        "krw" => 700,
        "vnd" => 13_000,
        "xaf" | "xof" => 330,
        _ => 50,
    }
}

impl Discount {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem::PercentOrAmount`] for a bare number; [`Problem::NotInRange`] for a percentage outside 1 to 99 that isn't
    /// between two of them; [`Problem::NotAPrice`] for an amount of two meanings; [`Problem::NotADiscount`] for what is neither.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        use unicode_normalization::UnicodeNormalization;
        let mut text: String = typed.nfkc().collect::<String>().trim().to_lowercase();
        for (word, sign) in WORDS {
            text = text.replace(word, sign);
        }
        if text.ends_with(['%', '٪']) {
            let all_or_more = text.chars().any(|c| c.is_ascii_digit());
            return Percent::parse(&text.replace(' ', "")).map(Self::Percent).map_err(|why| match why {
                NotMoney::OutOfRange if all_or_more => Problem::NotInRange { min: 1, max: 99 },
                _ => Problem::NotADiscount,
            });
        }
        let is_bare = text.chars().any(|c| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ','));
        if is_bare {
            return Err(Problem::PercentOrAmount);
        }
        match Money::parse(&text, Currency::EUR) {
            Ok(amount) if !amount.is_zero() => Ok(Self::Amount(amount)),
            Err(why @ NotMoney::TwoMeanings { .. }) => Err(Problem::NotAPrice(why)),
            Ok(_) | Err(_) => Err(Problem::NotADiscount),
        }
    }

    /// What comes off a price; nothing where the price is too small, or in another currency than the amount.
    ///
    /// Never so much that less than [`least`] is left, and never more for a lower price.
    pub fn off(self, list: Money) -> Money {
        let wanted = match self {
            Self::Percent(percent) => percent.of(list),
            Self::Amount(amount) if amount.currency() == list.currency() => amount,
            Self::Amount(_) => Money::zero(list.currency()),
        };
        let most = list.minor().saturating_sub(least(list.currency())).max(0);
        Money::new(wanted.minor().min(most), list.currency()).unwrap_or(Money::zero(list.currency()))
    }

    /// The same, with the largest part of a price that it may take off.
    pub const fn capped(self, cap: Percent) -> Capped {
        Capped { discount: self, cap }
    }

    /// As a person reads it: `20 %`, `5,00 €`.
    pub fn show(self, locale: crate::kernel::Locale) -> String {
        match (self, locale) {
            (Self::Percent(percent), crate::kernel::Locale::Fr) => {
                format!("{}\u{A0}%", percent.to_string().replace('.', ","))
            }
            (Self::Percent(percent), crate::kernel::Locale::En) => format!("{percent}%"),
            (Self::Amount(amount), locale) => amount.show(locale),
        }
    }
}

/// A discount with the largest part of a price that it may take off: an amount that was little beside the prices for which it
/// was made may be much beside a lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capped {
    discount: Discount,
    cap: Percent,
}

impl Capped {
    /// What comes off a price, as [`Discount::off`]; of an amount, the cap of this price at most. A percentage was held to the
    /// cap when it was promised, and is the same part of every price.
    pub fn off(self, list: Money) -> Money {
        let off = self.discount.off(list);
        match self.discount {
            Discount::Percent(_) => off,
            Discount::Amount(_) => {
                let most = self.cap.of(list);
                if most.minor() < off.minor() { most } else { off }
            }
        }
    }
}

impl fmt::Display for Discount {
    /// As the audit keeps it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Amount(amount) => write!(f, "{} {}", amount.minor(), amount.currency().code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::money::MOST_MINOR;
    use proptest::prelude::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR).unwrap()
    }

    fn percent(hundredths: i64) -> Discount {
        Discount::Percent(Percent::from_hundredths(hundredths).unwrap())
    }

    #[test]
    fn discounts_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("20%", percent(2000)),
            ("20 %", percent(2000)),
            ("12,5 %", percent(1250)),
            ("２０％", percent(2000)),
            ("20 pour cent", percent(2000)),
            ("5 €", Discount::Amount(euros(500))),
            ("4,99€", Discount::Amount(euros(499))),
            ("5 euros", Discount::Amount(euros(500))),
            ("$10", Discount::Amount(Money::new(1000, "usd".parse().unwrap()).unwrap())),
        ] {
            assert_eq!(Discount::parse(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_discount_says_why() {
        for typed in ["0 %", "100 %", "101 %", "1000000%"] {
            assert_eq!(Discount::parse(typed), Err(Problem::NotInRange { min: 1, max: 99 }), "{typed}");
        }
        let twice = NotMoney::TwoMeanings { thousands: 9_999, cents: 999 };
        assert_eq!(Discount::parse("9.999 €"), Err(Problem::NotAPrice(twice)));
        for typed in ["20", "12,5", " 5 "] {
            assert_eq!(Discount::parse(typed), Err(Problem::PercentOrAmount), "{typed}");
        }
        for typed in ["", "%", "gratuit", "-5 €", "-20 %", "0 €", "5 pommes", "NaN", "1e3 %", "99999999999999999999 €"]
        {
            assert_eq!(Discount::parse(typed), Err(Problem::NotADiscount), "{typed}");
        }
    }

    #[test]
    fn nothing_becomes_free() {
        assert_eq!(percent(2000).off(euros(499)), euros(100));
        assert_eq!(percent(9999).off(euros(499)), euros(449));
        assert_eq!(Discount::Amount(euros(500)).off(euros(499)), euros(449));
        assert_eq!(percent(5000).off(euros(50)), euros(0));
        assert_eq!(percent(5000).off(euros(0)), euros(0));
        assert_eq!(Discount::Amount(euros(500)).off(Money::new(900, "usd".parse().unwrap()).unwrap()).minor(), 0);
    }

    fn any_discount() -> impl Strategy<Value = Discount> {
        prop_oneof![(1i64..10_000).prop_map(percent), (1i64..=MOST_MINOR).prop_map(|n| Discount::Amount(euros(n)))]
    }

    #[test]
    fn an_amount_takes_no_more_than_the_cap_of_a_lower_price() {
        let cap = Percent::from_hundredths(3_000).unwrap();
        let six = Discount::Amount(euros(600)).capped(cap);
        for (list, off) in [(2_000, 600), (10_000, 600), (1_999, 600), (1_000, 300), (700, 210), (60, 10), (50, 0)] {
            assert_eq!(six.off(euros(list)), euros(off), "{list}");
        }
        assert_eq!(percent(4_000).capped(cap).off(euros(700)), euros(280), "what was promised under a higher cap");
    }

    proptest! {
        #[test]
        fn a_capped_amount_keeps_to_its_part_of_every_price(amount in 1i64..=MOST_MINOR, cap in 1i64..10_000, list in 0i64..=MOST_MINOR) {
            let (plain, cap) = (Discount::Amount(euros(amount)), Percent::from_hundredths(cap).unwrap());
            let off = plain.capped(cap).off(euros(list)).minor();
            prop_assert!(off <= cap.of(euros(list)).minor() && off <= plain.off(euros(list)).minor());
        }

        #[test]
        fn a_discount_is_never_below_nothing_and_never_the_whole_price(discount in any_discount(), list in 0i64..=MOST_MINOR) {
            let off = discount.off(euros(list)).minor();
            prop_assert!(off >= 0);
            prop_assert!(off == 0 || list - off >= least(Currency::EUR));
        }

        #[test]
        fn a_dearer_thing_never_gets_less_off(discount in any_discount(), a in 0i64..100_000, b in 0i64..100_000) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(discount.off(euros(low)).minor() <= discount.off(euros(high)).minor());
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = Discount::parse(&text);
        }
    }
}
