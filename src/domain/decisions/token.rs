//! Words, numbers and signs of a text, with their places in it.
//!
//! ```text
//! word    = letters, digits and "_" that begin with a letter; a French elision ("l", "jusqu") is a word of its own, an English
//!           contraction with "n't" is one word; a hyphen between words is nothing
//! number  = digits, with groups of three and decimals behind "," or "."
//! mention = "@name", "<@id>", "<#id>"
//! sign    = any other character that is no space
//! ```

use super::normal::{folded, lower};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// A number in digits.
    Number,
    /// A person, role or channel.
    Mention,
    /// Any other sign.
    Sign,
    /// Something between quotation marks, as one.
    Quote,
}

/// A word, number or sign.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Folded.
    pub(super) text: String,
    /// In lower case, with accents.
    pub(super) accented: String,
    /// Where it begins and ends in the clean text, in bytes.
    pub(super) span: (usize, usize),
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Hundredths, of a number; a number word has them as well.
    pub(super) hundredths: Option<i64>,
    /// Whether the number has two readings: `1,250`.
    pub(super) doubtful: bool,
    /// Whether something has taken it for its own.
    pub(super) taken: bool,
}

impl Token {
    /// A number without a fraction.
    pub(super) fn whole(&self) -> Option<i64> {
        self.hundredths.filter(|n| n % 100 == 0).map(|n| n / 100)
    }

    /// Whether it says what was done: "lancé", "arrêtée"; "crée" is no such form.
    pub(super) fn is_done(&self) -> bool {
        let ends = ["é", "ée", "és", "ées"].iter().any(|end| self.accented.ends_with(end));
        ends && !matches!(self.accented.as_str(), "crée" | "crées" | "agrée" | "agrées")
    }

    /// Whether it is one of these signs.
    pub(super) fn is_sign(&self, signs: &str) -> bool {
        self.kind == Kind::Sign && !self.text.is_empty() && signs.contains(self.text.as_str())
    }
}

/// French words that lose their vowel before another.
const ELIDED: [&str; 13] = ["l", "d", "n", "s", "t", "j", "m", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"];

/// The tokens of a clean text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(&(start, c)) = letters.get(at) {
        let next = letters.get(at + 1).map_or(' ', |(_, c)| *c);
        let before = at.checked_sub(1).and_then(|i| letters.get(i)).map_or(' ', |(_, c)| *c);
        if c.is_whitespace() && c != '\n' {
            glued = false;
            at += 1;
            continue;
        }
        if c == '-' && before.is_alphanumeric() && next.is_alphabetic() {
            at += 1;
            continue;
        }
        let (kind, length) = match c {
            '<' => mention(&letters, at).map_or((Kind::Sign, 1), |length| (Kind::Mention, length)),
            '@' if next.is_alphanumeric() => {
                (Kind::Mention, 1 + run(&letters, at + 1, |c| c.is_alphanumeric() || "_.-".contains(c)))
            }
            c if c.is_ascii_digit() => (Kind::Number, number(&letters, at)),
            // "18h30" is three tokens.
            c if c.is_alphabetic() && before.is_ascii_digit() && glued => {
                (Kind::Word, run(&letters, at, char::is_alphabetic))
            }
            c if c.is_alphabetic() => (Kind::Word, run(&letters, at, |c| c.is_alphanumeric() || c == '_')),
            _ => (Kind::Sign, 1),
        };
        let mut end_at = at + length;
        let mut end = letters.get(end_at).map_or(text.len(), |(i, _)| *i);
        let slice = |end: usize| text.get(start..end).unwrap_or_default();
        let mut word = folded(slice(end));
        // Contractions and elisions.
        if kind == Kind::Word && letters.get(end_at).is_some_and(|(_, c)| *c == '\'') {
            let after = run(&letters, end_at + 1, char::is_alphabetic);
            let tail_end = letters.get(end_at + 1 + after).map_or(text.len(), |(i, _)| *i);
            let tail = folded(slice(tail_end));
            if (tail.ends_with("n't") && after == 1) || tail == "aujourd'hui" {
                (end_at, end) = (end_at + 1 + after, tail_end);
                word = tail.replace("aujourd'hui", "aujourdhui");
            } else if after > 0
                && (ELIDED.contains(&word.as_str())
                    || matches!(tail.rsplit('\'').next(), Some("s" | "re" | "ll" | "d" | "ve" | "m")))
            {
                // The apostrophe is nothing; what follows is glued.
                push(&mut found, text, kind, word, (start, end), glued);
                at = end_at + 1;
                glued = true;
                continue;
            }
        }
        push(&mut found, text, kind, word, (start, end), glued);
        at = end_at;
        glued = true;
    }
    found
}

fn run(letters: &[(usize, char)], from: usize, is: impl Fn(char) -> bool) -> usize {
    letters.iter().skip(from).take_while(|(_, c)| is(*c)).count()
}

/// How long a mention in Discord's form is: `<@1>`, `<@!1>`, `<@&1>`, `<#1>`.
fn mention(letters: &[(usize, char)], at: usize) -> Option<usize> {
    let length = 1 + run(letters, at, |c| c != '>' && !c.is_whitespace());
    let closed = letters.get(at + length - 1).is_some_and(|(_, c)| *c == '>');
    let is = letters.get(at + 1).is_some_and(|(_, c)| matches!(c, '@' | '#' | ':'));
    (closed && is).then_some(length)
}

/// How many characters a number takes: groups of three behind a space belong to it, and decimals.
fn number(letters: &[(usize, char)], at: usize) -> usize {
    let digits = |from: usize| run(letters, from, |c| c.is_ascii_digit());
    let first = digits(at);
    let mut length = first;
    loop {
        let sep = letters.get(at + length).map_or('\n', |(_, c)| *c);
        let group = digits(at + length + 1);
        let is_part = match sep {
            ' ' | '\u{A0}' | '\u{202F}' => first <= 3 && group == 3,
            ',' | '.' => group > 0,
            _ => false,
        };
        if !is_part {
            return length;
        }
        length += 1 + group;
    }
}

fn push(found: &mut Vec<Token>, text: &str, kind: Kind, word: String, span: (usize, usize), glued: bool) {
    // A mark without its letter is nothing.
    if word.is_empty() {
        return;
    }
    let shown = text.get(span.0..span.1).unwrap_or_default();
    let parts: Vec<&str> = shown.split('.').collect();
    if kind == Kind::Number && parts.len() == 3 && parts.iter().any(|part| part.len() != 3) {
        // A date with dots is one with slashes.
        let mut from = span.0;
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                found.push(made(Kind::Sign, "/".to_owned(), "/", (from - 1, from), true));
            }
            found.push(made(Kind::Number, (*part).to_owned(), part, (from, from + part.len()), glued || i > 0));
            from += part.len() + 1;
        }
        return;
    }
    found.push(made(kind, word, shown, span, glued));
}

fn made(kind: Kind, text: String, shown: &str, span: (usize, usize), glued: bool) -> Token {
    let (hundredths, doubtful) = if kind == Kind::Number { value(&text) } else { (None, false) };
    let capital = shown.chars().next().is_some_and(char::is_uppercase);
    Token { kind, text, accented: lower(shown), span, glued, capital, hundredths, doubtful, taken: false }
}

/// Hundredths of a number in digits, and whether it has two readings. Three digits behind one separator are thousands.
fn value(text: &str) -> (Option<i64>, bool) {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = match text.rsplit_once([',', '.']) {
        Some((whole, part)) if part.len() != 3 => (whole, part),
        _ => (text.as_str(), ""),
    };
    let doubtful = text.chars().filter(|c| matches!(c, ',' | '.')).count() == 1 && part.is_empty();
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let part_value = match part.len() {
        0 => Some(0),
        1 => part.parse::<i64>().ok().map(|n| n * 10),
        2 => part.parse().ok(),
        _ => None,
    };
    let hundredths = whole.parse::<i64>().ok().and_then(|n| n.checked_mul(100)?.checked_add(part_value?));
    (hundredths, doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_text_is_cut_into_words_numbers_and_signs() {
        assert_eq!(
            words("N'oublie pas l'offre, don't-stop"),
            ["n", "oublie", "pas", "l", "offre", ",", "don't", "stop"]
        );
        assert_eq!(
            words("promo 12,5% 48h NOEL20 @bob <@!12>"),
            ["promo", "12,5", "%", "48", "h", "noel20", "@bob", "<@!12>"]
        );
        assert_eq!(
            words("le 31.12.2026, 1 000 membres"),
            ["le", "31", "/", "12", "/", "2026", ",", "1 000", "membres"]
        );
        assert_eq!(
            words("jusqu'à dimanche. Aujourd'hui, let's go"),
            ["jusqu", "a", "dimanche", ".", "aujourdhui", ",", "let", "s", "go"]
        );
    }

    #[test]
    fn numbers_are_exact() {
        for (typed, expected) in [
            ("12,5", (Some(1250), false)),
            ("4.99", (Some(499), false)),
            ("1 000 000", (Some(100_000_000), false)),
            ("1,250", (Some(125_000), true)),
            ("1.250,50", (Some(125_050), false)),
            ("3.14159", (None, false)),
        ] {
            assert_eq!(value(typed), expected, "{typed}");
        }
    }
}
