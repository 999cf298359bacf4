//! An amount in typed text, where people write spaces: `5 €`, `1 234,50 €`, `CHF 5`, `20 %`.
//!
//! ```text
//! amount = [ unit space ] number { space group } [ space unit ]
//! group = three digits, the last one with its decimals or its unit
//! ```
//! Groups belong to it where decimals or a unit show so, or where nothing else could take them: `5 100` may be five and a
//! hundred. What the amount is worth is not decided here.

use crate::kernel::Currency;

/// Words for a unit beside the currencies' own signs and codes.
const UNITS: [&str; 10] = ["%", "٪", "％", "euro", "euros", "eur", "dollars", "pourcent", "percent", "pour cent"];

/// Takes an amount from the start of a text, in one piece; gives what follows it. `None` where none begins there; `ends` tells
/// whether nothing of what follows could be anything but the amount's.
pub(super) fn take(text: &str, ends: impl Fn(&str) -> bool) -> Option<(String, &str)> {
    let (first, rest) = word(text);
    let (mut amount, mut rest) = if is_unit(first) {
        let (number, after) = word(rest);
        (format!("{first} {number}"), after)
    } else {
        (first.to_owned(), rest)
    };
    let (before, number) = amount.split_at(amount.find(|c: char| c.is_ascii_digit())?);
    if !(matches!(before.trim(), "" | "-" | "−") || is_unit(before.trim())) {
        return None;
    }
    let number = number.to_owned();
    if let Some((groups, after)) = groups(&number, rest, ends) {
        amount.push_str(&groups);
        rest = after;
    }
    if amount.ends_with(|c: char| c.is_ascii_digit())
        && let Some((unit, after)) = unit(rest)
    {
        amount = format!("{amount} {unit}");
        rest = after;
    }
    Some((amount, rest))
}

/// Takes from the start of a text what was meant for an amount though it can't be read as one: `1,5O €`, `1.50EURO`, `cinquante
/// euros`, `1/2`, `+5€`, `la moitié`. A word that only begins with a digit is none: `2ème fois`.
pub(super) fn resembling(text: &str) -> Option<(String, &str)> {
    let (first, rest) = word(text);
    // A code in small or big letters may be a word of what follows; a sign or a word for a unit is none.
    if let Some((next, after)) = unit(rest)
        && (next.chars().any(|c| !c.is_alphanumeric()) || UNITS.contains(&next.to_lowercase().as_str()))
    {
        return Some((format!("{first} {next}"), after));
    }
    if let Some(part) = part(first, rest) {
        return Some(part);
    }
    let letters: Vec<char> = first.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let decimals = letters.iter().enumerate().any(|(at, c)| {
        matches!(c, ',' | '.') && at > 0 && letters.get(at + 1).is_some_and(|next| next.is_alphanumeric())
    });
    let sign = first.chars().any(|c| !c.is_alphanumeric() && is_unit(&c.to_string()));
    // With a sign it was meant for one, whatever stands before its number.
    let priced = sign && letters.iter().any(|c| c.is_numeric());
    let half = letters.len() == 3 && letters.get(1) == Some(&'/') && digit(2);
    (priced || digit(0) && (decimals || half)).then(|| (first.to_owned(), rest))
}

/// A part said by a word: `moitié du prix`, `la moitié`, `un tiers`.
fn part<'a>(first: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let is_half = |word: &str| matches!(word.to_lowercase().as_str(), "moitié" | "moitie" | "half");
    if is_half(first) {
        return Some((first.to_owned(), rest));
    }
    let (next, after) = word(rest);
    let named = matches!(first.to_lowercase().as_str(), "la" | "le" | "un" | "a");
    let third = matches!(next.to_lowercase().as_str(), "tiers" | "quart");
    (named && (is_half(next) || third)).then(|| (format!("{first} {next}"), after))
}

/// The groups of thousands that follow a number, where they are its own.
fn groups<'a>(number: &str, text: &'a str, ends: impl Fn(&str) -> bool) -> Option<(String, &'a str)> {
    if number.len() > 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (mut groups, mut rest, mut sure) = (String::new(), text, false);
    loop {
        let (next, after) = word(rest);
        let Some((digits, tail)) = next.split_at_checked(3) else { break };
        if !digits.bytes().all(|b| b.is_ascii_digit()) || !(tail.is_empty() || is_end(tail)) {
            break;
        }
        groups = format!("{groups} {next}");
        rest = after;
        // No count is written with a nought in front.
        sure |= !tail.is_empty() || digits.starts_with('0');
        if !tail.is_empty() {
            break;
        }
    }
    let is_one = !groups.is_empty() && (sure || unit(rest).is_some() || ends(rest));
    is_one.then_some((groups, rest))
}

/// Whether this may stand behind the last group: decimals, a unit, or both.
fn is_end(tail: &str) -> bool {
    let decimals = tail.strip_prefix([',', '.']).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    match decimals {
        Some(rest) => rest.len() + 1 < tail.len() && (rest.is_empty() || is_unit(rest)),
        None => is_unit(tail),
    }
}

/// A unit at the start of a text; some are two words.
fn unit(text: &str) -> Option<(String, &str)> {
    let (one, rest) = word(text);
    let (other, after) = word(rest);
    let both = format!("{one} {other}");
    if !other.is_empty() && is_unit(&both) {
        return Some((both, after));
    }
    is_unit(one).then(|| (one.to_owned(), rest))
}

/// A currency's sign or code, or a word for a unit. A code in small letters may be a word of what follows.
fn is_unit(text: &str) -> bool {
    let of_currency = || text.parse::<Currency>().is_ok() && !text.chars().any(char::is_lowercase);
    UNITS.contains(&text.to_lowercase().as_str()) || of_currency() || matches!(text, "Kč" | "zł")
}

/// The first word and what follows it.
fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (word, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_keeps_its_spaces_and_takes_nothing_else() {
        for (typed, amount, rest) in [
            ("5 € produit abîmé", "5 €", "produit abîmé"),
            ("1 234,50 € motif", "1 234,50 €", "motif"),
            ("1\u{202F}234,50\u{A0}€ motif", "1 234,50 €", "motif"),
            ("1 234,50€ motif", "1 234,50€", "motif"),
            ("1 234 567 €", "1 234 567 €", ""),
            ("1 234 567", "1 234 567", ""),
            ("5 100 motif", "5", "100 motif"),
            ("1 000 motif", "1 000", "motif"),
            ("5 100 € motif", "5 100 €", "motif"),
            ("5,50 100", "5,50", "100"),
            ("5€ 100", "5€", "100"),
            ("5 euros 100", "5 euros", "100"),
            ("20 % tout", "20 %", "tout"),
            ("20 pour cent tout", "20 pour cent", "tout"),
            ("5000 F CFA motif", "5000 F CFA", "motif"),
            ("CHF 5 motif", "CHF 5", "motif"),
            ("$5 motif", "$5", "motif"),
            ("5 mad motif", "5", "mad motif"),
            ("-5 motif", "-5", "motif"),
            ("9.999 €", "9.999 €", ""),
        ] {
            assert_eq!(take(typed, str::is_empty), Some((amount.to_owned(), rest)), "{typed}");
        }
        for typed in ["", "gratuit", "€", "motif 5 €", "\"20 %\" tout", "n°5 €"] {
            assert_eq!(take(typed, str::is_empty), None, "{typed}");
        }
        for (typed, amount, rest) in [
            ("1,5O € geste", "1,5O €", "geste"),
            ("1.50EURO geste", "1.50EURO", "geste"),
            ("5O€ geste", "5O€", "geste"),
            ("cinquante euros", "cinquante euros", ""),
            ("1/2 geste", "1/2", "geste"),
            ("+5€ geste", "+5€", "geste"),
            ("(5€) geste", "(5€)", "geste"),
            (".50€ geste", ".50€", "geste"),
            ("１０％ geste", "１０％", "geste"),
            ("５ € geste", "５ €", "geste"),
            ("+1.50 geste", "+1.50", "geste"),
            ("cinquante pour cent geste", "cinquante pour cent", "geste"),
            ("moitié du prix", "moitié", "du prix"),
            ("La moitié", "La moitié", ""),
            ("un tiers du prix", "un tiers", "du prix"),
        ] {
            assert_eq!(resembling(typed), Some((amount.to_owned(), rest)), "{typed}");
        }
        for typed in [
            "",
            "2ème fois",
            "24h sans réponse",
            "v1.2 cassée",
            "12/05 colis perdu",
            "Reçu 5 €",
            "3, 4 et 5",
            "Non.",
            "(3e fois)",
            "Un problème",
        ] {
            assert_eq!(resembling(typed), None, "{typed}");
        }
        // Where a number may follow, it is not swallowed.
        assert_eq!(take("5 100", |_| false), Some(("5".to_owned(), "100")));
    }
}
