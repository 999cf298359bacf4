//! Sums of money: of any size, and below zero where more went out than came in.
//!
//! What is asked or paid at once is [`super::Money`]; this is what many of them add up to.

use super::{Currency, Locale};

/// A sum in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Balance {
    /// Whole minor units.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Balance {
    /// A sum of whole minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// As a person reads it: `1 204,99 €` in French, `€1,204.99` in English, with `−` before one below zero.
    pub fn show(self, locale: Locale) -> String {
        format!("{}{}", self.minus(), self.currency.amount(self.minor.unsigned_abs(), locale))
    }

    /// As on an axis: without minor units where there are none.
    pub fn short(self, locale: Locale) -> String {
        let (whole, cents) = self.currency.parts(self.minor.unsigned_abs());
        let cents = if cents.bytes().all(|digit| digit == b'0') { "" } else { &cents };
        format!("{}{}", self.minus(), self.currency.written(&whole, cents, locale))
    }

    /// As a decimal number for other programs: `-1204.99`, with the given separator and without grouping.
    pub fn decimal(self, separator: char) -> String {
        let (mut text, cents) = self.currency.parts(self.minor.unsigned_abs());
        if !cents.is_empty() {
            text.push(separator);
            text.push_str(&cents);
        }
        if self.minor < 0 { format!("-{text}") } else { text }
    }

    const fn minus(self) -> &'static str {
        if self.minor < 0 { "−" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_show_below_zero_and_above_what_can_be_paid_at_once() {
        let eur = |minor| Balance::new(minor, Currency::EUR);
        assert_eq!(eur(-499).show(Locale::Fr), "−4,99\u{A0}€");
        assert_eq!(eur(1_234_567_890).show(Locale::En), "€12,345,678.90");
        assert_eq!(eur(i64::MIN).decimal('.'), "-92233720368547758.08");
        assert_eq!(eur(-5).decimal(','), "-0,05");
        assert_eq!(Balance::new(1200, "jpy".parse().unwrap()).decimal(','), "1200");
    }

    #[test]
    fn an_axis_leaves_out_minor_units_that_say_nothing() {
        assert_eq!(Balance::new(5000, Currency::EUR).short(Locale::Fr), "50\u{A0}€");
        assert_eq!(Balance::new(250, Currency::EUR).short(Locale::En), "€2.50");
        assert_eq!(Balance::new(1200, "jpy".parse().unwrap()).short(Locale::En), "¥1,200");
    }
}
