//! Numbers in words, French and English: "vingt-cinq", "quatre-vingt-dix", "a hundred and fifty".
//!
//! A run of such words becomes one token, whose words stay. "un", "une", "a" and "one" alone are no numbers here: whoever counts
//! things reads them as one ([`count`]).

use super::token::{Kind, Token};

/// What a word adds up to.
const UNITS: [(&str, i64); 67] = [
    ("zero", 0),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("vingts", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("septante", 70),
    ("octante", 80),
    ("huitante", 80),
    ("nonante", 90),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("cent", 100),
    ("cents", 100),
    ("hundred", 100),
    ("mille", 1000),
    ("thousand", 1000),
    ("un", 1),
    ("une", 1),
    ("one", 1),
    ("a", 1),
    ("et", -1),
    ("and", -1),
    ("douzaine", 12),
    ("dozen", 12),
    ("trentaine", 30),
    ("dizaine", 10),
];

/// Words that belong to a number only within one.
const INNER: [&str; 7] = ["un", "une", "one", "a", "et", "and", "cents"];
/// Words that multiply what stands before them.
const TIMES: [&str; 5] = ["cent", "cents", "hundred", "mille", "thousand"];

fn unit(word: &str) -> Option<i64> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Joins each run of number words into one token with its value.
pub(super) fn join(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match run(&tokens, at, out.last()) {
            Some((length, value)) => {
                let part = tokens.get(at..at + length).unwrap_or_default();
                if let Some(joined) = merged(part, value) {
                    out.push(joined);
                }
                at += length;
            }
            None => {
                out.extend(tokens.get(at).cloned());
                at += 1;
            }
        }
    }
    out
}

fn merged(part: &[Token], value: i64) -> Option<Token> {
    let (first, last) = (part.first()?, part.last()?);
    let text = part.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
    let span = (first.span.0, last.span.1);
    Some(Token { text, span, hundredths: value.checked_mul(100), ..first.clone() })
}

/// The longest run of number words that begins here, and its value.
fn run(tokens: &[Token], at: usize, before: Option<&Token>) -> Option<(usize, i64)> {
    let word =
        |i: usize| tokens.get(i).filter(|token| token.kind == Kind::Word).map_or("", |token| token.text.as_str());
    let first = word(at);
    let begins = unit(first).is_some() && !INNER.contains(&first);
    // "a hundred", "une douzaine", and no other "a".
    let leads = matches!(first, "a" | "une" | "one")
        && matches!(word(at + 1), "hundred" | "thousand" | "dozen" | "douzaine" | "trentaine" | "dizaine");
    // "pour cent" and "per cent" are a sign.
    let is_sign =
        matches!(first, "cent" | "cents") && before.is_some_and(|token| matches!(token.text.as_str(), "pour" | "per"));
    if !(begins || leads) || is_sign {
        return None;
    }
    let (mut total, mut part, mut length) = (0i64, 0i64, 0);
    while let Some(value) = unit(word(at + length)) {
        let this = word(at + length);
        let next = unit(word(at + length + 1));
        if matches!(this, "et" | "and") {
            // "vingt et un", "a hundred and five": between two numbers, the first of which is a ten or a hundred.
            let small = next.is_some_and(|next| {
                next > 0 && next < 100 && (this == "and" && part >= 100 || next == 1 || next == 11)
            });
            if !small || part % 10 != 0 {
                break;
            }
            length += 1;
            continue;
        }
        if length > 0 && matches!(this, "a" | "dozen" | "douzaine") && !leads {
            break;
        }
        if TIMES.contains(&this) {
            if this == "cents" && part == 0 {
                break;
            }
            part = part.max(1).checked_mul(value)?;
            if value == 1000 {
                total += part;
                part = 0;
            }
        } else if matches!(this, "vingt" | "vingts") && part % 100 == 4 {
            // quatre-vingts
            part = part - 4 + 80;
        } else if matches!(this, "dozen" | "douzaine" | "trentaine" | "dizaine") {
            part = part.max(1).checked_mul(value)?;
        } else if part == 0 || fits(part, value) || (length == 1 && leads) {
            part += value;
        } else {
            break;
        }
        length += 1;
    }
    (length > 0).then_some((length, total + part))
}

/// Whether a smaller number may follow one: "vingt cinq", "soixante douze", "hundred five"; not "cinq six".
fn fits(part: i64, value: i64) -> bool {
    let below = |n: i64| value < n;
    match part % 100 {
        0 => part > 0 && below(100),
        60 | 80 => below(20),
        n if n % 10 == 0 && n >= 20 => below(10),
        10 => (7..10).contains(&value),
        70 | 90 => below(10),
        _ => false,
    }
}

/// How many a token says there are, with "un", "une", "a" and "one" for one.
pub(super) fn count(token: &Token) -> Option<i64> {
    token.whole().or_else(|| matches!(token.text.as_str(), "un" | "une" | "a" | "an" | "one").then_some(1))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn number_words_are_numbers() {
        for (typed, expected) in [
            ("vingt-cinq", 25),
            ("vingt et un", 21),
            ("soixante-dix", 70),
            ("soixante et onze", 71),
            ("quatre-vingts", 80),
            ("quatre-vingt-dix-sept", 97),
            ("deux cents", 200),
            ("mille deux cents", 1200),
            ("twenty-five", 25),
            ("a hundred and fifty", 150),
            ("two thousand", 2000),
            ("nonante", 90),
            ("dix-sept", 17),
            ("cent", 100),
            ("une douzaine", 12),
        ] {
            let found = join(tokens(typed));
            assert_eq!(found.first().and_then(Token::whole), Some(expected), "{typed}");
            assert_eq!(found.len(), 1, "{typed}");
        }
        let values = |typed: &str| join(tokens(typed)).iter().filter_map(Token::whole).collect::<Vec<_>>();
        assert_eq!(values("vingt pour cent"), [20]);
        assert_eq!(values("trois ou quatre et une promo a un plan"), [3, 4]);
        assert_eq!(values("cinq six"), [5, 6]);
    }
}
