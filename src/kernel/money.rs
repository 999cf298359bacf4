//! Money as whole minor units of a currency; never a float.
//!
//! All rounding of the program happens in [`super::Percent::of`] and [`Money::twelfth`]. What a currency's minor unit is follows Stripe's documentation
//! ("Supported currencies: Zero-decimal currencies"). Amounts of two currencies are never added up.

use std::str::FromStr;

/// The largest amount that Stripe takes, in minor units (Stripe, "Charges: amount").
pub const MOST_MINOR: i64 = 99_999_999;

/// The currencies in which a shop may ask: code, sign, digits after the decimal separator.
const CURRENCIES: [(&str, &str, u8); 20] = [
    ("aud", "A$", 2),
    ("brl", "R$", 2),
    ("cad", "CA$", 2),
    ("chf", "CHF", 2),
    ("clp", "CLP", 0),
    ("czk", "Kč", 2),
    ("dkk", "DKK", 2),
    ("eur", "€", 2),
    ("gbp", "£", 2),
    ("jpy", "¥", 0),
    ("krw", "₩", 0),
    ("mad", "MAD", 2),
    ("mxn", "MX$", 2),
    ("nok", "NOK", 2),
    ("pln", "zł", 2),
    ("sek", "SEK", 2),
    ("usd", "$", 2),
    ("vnd", "₫", 0),
    ("xaf", "FCFA", 0),
    ("xof", "F CFA", 0),
];

/// A currency that a shop may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: &'static str,
    sign: &'static str,
    digits: u8,
}

impl Currency {
    /// The euro.
    pub const EUR: Self = Self { code: "eur", sign: "€", digits: 2 };

    /// The ISO 4217 code in lower case, as Stripe writes it.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many digits its minor unit takes after the decimal separator; 0 for the yen.
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// Every currency.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES.iter().map(|(code, sign, digits)| Self { code, sign, digits: *digits })
    }
}

/// Text that is no amount, currency or percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    /// No number.
    #[error("not an amount")]
    NotANumber,
    /// Below zero, above [`MOST_MINOR`], or with more digits than the currency has.
    #[error("an amount that can't be")]
    OutOfRange,
    /// A currency that no shop asks.
    #[error("not a currency")]
    NotACurrency,
    /// Amounts of two currencies.
    #[error("two currencies")]
    TwoCurrencies,
    /// Three digits behind one separator: thousands for some, decimals for others.
    #[error("an amount of two meanings")]
    TwoMeanings {
        /// The whole amount, where they are thousands.
        thousands: i64,
        /// Hundredths, where they are decimals.
        cents: i64,
    },
}

impl FromStr for Currency {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let text = text.trim();
        if matches!(text.to_lowercase().as_str(), "euro" | "euros") {
            return Ok(Self::EUR);
        }
        let known = |one: &Self| one.code.eq_ignore_ascii_case(text) || one.sign.eq_ignore_ascii_case(text);
        Self::all().find(known).ok_or(NotMoney::NotACurrency)
    }
}

/// An amount of at least zero in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// The same currency, so many minor units that are no more than these.
    pub(super) fn part(self, minor: i64) -> Self {
        Self { minor: minor.min(self.minor), currency: self.currency }
    }

    /// Takes whole minor units.
    ///
    /// # Errors
    /// [`NotMoney::OutOfRange`] below zero and above [`MOST_MINOR`].
    pub fn new(minor: i64, currency: Currency) -> Result<Self, NotMoney> {
        if (0..=MOST_MINOR).contains(&minor) { Ok(Self { minor, currency }) } else { Err(NotMoney::OutOfRange) }
    }

    /// Nothing.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads an amount as people type it: `4,99`, `4.99`, `1 200`, `4,99 €`; without a currency, in `default`.
    ///
    /// # Errors
    /// [`NotMoney`], which says what is wrong.
    pub fn parse(typed: &str, default: Currency) -> Result<Self, NotMoney> {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{A0}' | '\u{202F}' | '\'');
        let (start, end) = match (typed.find(|c: char| c.is_ascii_digit()), typed.rfind(|c: char| c.is_ascii_digit())) {
            (Some(start), Some(end)) => (start, end),
            _ => return Err(NotMoney::NotANumber),
        };
        let (before, rest) = typed.split_at(start);
        let (number, after) = rest.split_at(end + 1 - start);
        if !number.chars().all(is_number) || (!before.trim().is_empty() && !after.trim().is_empty()) {
            return Err(NotMoney::NotANumber);
        }
        let sign = format!("{}{}", before.trim(), after.trim());
        if sign.starts_with('-') || sign.starts_with('−') {
            return Err(NotMoney::OutOfRange);
        }
        let currency = if sign.is_empty() { default } else { sign.parse()? };
        Self::new(minor_of(number, currency.digits)?, currency)
    }

    /// Whole minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// So many times this amount.
    ///
    /// # Errors
    /// [`NotMoney::OutOfRange`] above [`MOST_MINOR`].
    pub fn times(self, quantity: u32) -> Result<Self, NotMoney> {
        let minor = self.minor.checked_mul(i64::from(quantity)).ok_or(NotMoney::OutOfRange)?;
        Self::new(minor, self.currency)
    }

    /// This and another amount.
    ///
    /// # Errors
    /// [`NotMoney::TwoCurrencies`]; [`NotMoney::OutOfRange`] above [`MOST_MINOR`].
    pub fn plus(self, other: Self) -> Result<Self, NotMoney> {
        if self.currency != other.currency {
            return Err(NotMoney::TwoCurrencies);
        }
        Self::new(self.minor.saturating_add(other.minor), self.currency)
    }

    /// What stays after taking `other` away.
    ///
    /// # Errors
    /// [`NotMoney::TwoCurrencies`]; [`NotMoney::OutOfRange`] below zero.
    pub fn minus(self, other: Self) -> Result<Self, NotMoney> {
        if self.currency != other.currency {
            return Err(NotMoney::TwoCurrencies);
        }
        Self::new(self.minor.saturating_sub(other.minor), self.currency)
    }

    /// A twelfth of it, rounded half up to a minor unit: what a year's price is worth a month.
    pub const fn twelfth(self) -> Self {
        Self { minor: (self.minor + 6) / 12, currency: self.currency }
    }

    /// As a person reads it: `4,99 €` in French, `€4.99` in English.
    pub fn show(self, locale: super::Locale) -> String {
        self.currency.amount(self.minor.unsigned_abs(), locale)
    }
}

impl Currency {
    /// Whole and minor part of an amount, in digits.
    pub(super) fn parts(self, minor: u64) -> (String, String) {
        let digits = usize::from(self.digits);
        let mut whole = format!("{minor:0width$}", width = digits + 1);
        let cents = whole.split_off(whole.len().saturating_sub(digits));
        (whole, cents)
    }

    /// An amount of it as a person reads it.
    pub(super) fn amount(self, minor: u64, locale: super::Locale) -> String {
        let (whole, cents) = self.parts(minor);
        self.written(&whole, &cents, locale)
    }

    /// An amount in digits with its sign as a person reads it; without minor part where that is empty.
    pub(super) fn written(self, whole: &str, cents: &str, locale: super::Locale) -> String {
        let (separator, group) = match locale {
            super::Locale::Fr => (',', '\u{202F}'),
            super::Locale::En => ('.', ','),
        };
        let mut number = grouped(whole, group);
        if !cents.is_empty() {
            number.push(separator);
            number.push_str(cents);
        }
        match locale {
            super::Locale::Fr => format!("{number}\u{A0}{}", self.sign),
            super::Locale::En if self.sign.chars().all(|c| c.is_alphabetic() || c == ' ') => {
                format!("{}\u{A0}{number}", self.sign)
            }
            super::Locale::En => format!("{}{number}", self.sign),
        }
    }
}

fn grouped(whole: &str, group: char) -> String {
    let mut shown = String::with_capacity(whole.len() + 4);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(group);
        }
        shown.push(digit);
    }
    shown
}

/// Why three digits behind the last separator can't be read, where they can't: in a currency without decimals they are
/// thousands, and so they are behind several separators of one kind.
fn in_doubt(number: &str, digits: u8) -> Option<NotMoney> {
    let at = number.rfind([',', '.'])?;
    let (whole, behind) = (number.get(..at)?, number.get(at + 1..)?);
    let separator = number.get(at..=at)?;
    if digits == 0 || behind.len() != 3 || !behind.bytes().all(|b| b.is_ascii_digit()) || whole.contains(separator) {
        return None;
    }
    let is_group = whole.len() <= 3 && !whole.starts_with('0') && whole.bytes().all(|b| b.is_ascii_digit());
    let number = |text: String| text.parse().ok();
    let read = number(format!("{whole}{behind}")).zip(number(format!("{whole}{}", behind.get(..2)?)));
    Some(match read.filter(|_| is_group) {
        Some((thousands, cents)) => NotMoney::TwoMeanings { thousands, cents },
        None => NotMoney::OutOfRange,
    })
}

/// Whole minor units of a typed number. The last comma or point with at most `digits` digits behind it is the decimal one.
pub(super) fn minor_of(number: &str, digits: u8) -> Result<i64, NotMoney> {
    if let Some(why) = in_doubt(number, digits) {
        return Err(why);
    }
    let (whole, cents) = match number.rfind([',', '.']) {
        // Three digits that are in no doubt are thousands.
        Some(at) if number.len() - at - 1 != 3 => (number.get(..at), number.get(at + 1..)),
        _ => (Some(number), Some("")),
    };
    let (whole, cents) = (whole.unwrap_or_default(), cents.unwrap_or_default());
    if cents.len() > usize::from(digits) || !cents.chars().all(|c| c.is_ascii_digit()) {
        return Err(NotMoney::OutOfRange);
    }
    let mut groups = whole.split(|c: char| !c.is_ascii_digit());
    let first = groups.next().unwrap_or_default().len();
    let rest: Vec<usize> = groups.map(str::len).collect();
    if !rest.is_empty() && (first == 0 || first > 3 || rest.iter().any(|len| *len != 3)) {
        return Err(NotMoney::NotANumber);
    }
    if !cents.is_empty() && whole.contains([',', '.']) && number.matches([',', '.']).count() > 1 {
        let decimal = number.chars().rev().find(|c| matches!(c, ',' | '.'));
        if decimal.is_some_and(|decimal| whole.contains(decimal)) {
            return Err(NotMoney::NotANumber);
        }
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let text = format!("{whole}{cents:0<width$}", width = usize::from(digits));
    text.parse().map_err(|_| NotMoney::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Locale;
    use proptest::prelude::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap()).unwrap()
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, minor) in [
            ("4,99", 499),
            ("4.99", 499),
            ("5", 500),
            ("1 200", 120_000),
            ("1.200,50", 120_050),
            ("1,200.50", 120_050),
            ("1\u{202F}200,5", 120_050),
        ] {
            assert_eq!(Money::parse(typed, Currency::EUR), Ok(money(minor, "eur")), "{typed}");
        }
        assert_eq!(Money::parse("4,99 €", Currency::EUR), Ok(money(499, "eur")));
        assert_eq!(Money::parse("$10", Currency::EUR), Ok(money(1000, "usd")));
        assert_eq!(Money::parse("500 JPY", Currency::EUR), Ok(money(500, "jpy")));
        assert_eq!(Money::parse("5 euros", Currency::EUR), Ok(money(500, "eur")));
        assert_eq!(Money::parse("1,200 JPY", Currency::EUR), Ok(money(1_200, "jpy")), "the yen has no decimals");
    }

    #[test]
    fn an_amount_of_two_meanings_is_not_guessed() {
        let two = |thousands, cents| Err(NotMoney::TwoMeanings { thousands, cents });
        for (typed, expected) in [
            ("9.999", two(9_999, 999)),
            ("9,999 €", two(9_999, 999)),
            ("1.200", two(1_200, 120)),
            ("123,456", two(123_456, 12_345)),
            ("0,999", Err(NotMoney::OutOfRange)),
            ("1234,567", Err(NotMoney::OutOfRange)),
            ("1 234,567", Err(NotMoney::OutOfRange)),
            ("1,234.567", Err(NotMoney::OutOfRange)),
        ] {
            assert_eq!(Money::parse(typed, Currency::EUR), expected, "{typed}");
        }
    }

    #[test]
    fn amounts_that_cannot_be_are_refused() {
        for typed in ["", "gratuit", "-5", "−5", "4,999,99", "1e9", "100000000000", "99999999999999999999"] {
            assert!(Money::parse(typed, Currency::EUR).is_err(), "{typed}");
        }
        assert_eq!(Money::parse("5,50", "jpy".parse().unwrap()), Err(NotMoney::OutOfRange));
        assert_eq!(money(1, "eur").plus(money(1, "usd")), Err(NotMoney::TwoCurrencies));
    }

    #[test]
    fn amounts_show_in_the_readers_way() {
        assert_eq!(money(499, "eur").show(Locale::Fr), "4,99\u{A0}€");
        assert_eq!(money(5, "eur").show(Locale::En), "€0.05");
        assert_eq!(money(1_234_567, "usd").show(Locale::En), "$12,345.67");
        assert_eq!(money(1_234_567, "eur").show(Locale::Fr), "12\u{202F}345,67\u{A0}€");
        assert_eq!(money(1200, "jpy").show(Locale::Fr), "1\u{202F}200\u{A0}¥");
        assert_eq!(money(990, "chf").show(Locale::En), "CHF\u{A0}9.90");
    }

    proptest! {
        #[test]
        fn what_is_shown_in_french_reads_back(minor in 0i64..=MOST_MINOR, at in 0usize..CURRENCIES.len()) {
            let amount = Money::new(minor, Currency::all().nth(at).unwrap()).unwrap();
            prop_assert_eq!(Money::parse(&amount.show(Locale::Fr), Currency::EUR), Ok(amount));
        }
    }
}
