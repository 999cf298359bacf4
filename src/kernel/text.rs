//! Text that people type, made harmless once at the edge.
//!
//! It is put into Unicode's composed form; control characters, bidirectional overrides and invisible fillers go;
//! accents, emoji (with their joiners) and line breaks stay. Length is counted in characters as Discord counts them.
//! What to say about a bad text is not decided here.

use super::error::Problem;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest subject, in characters (Discord's limit of an autocomplete choice's name).
pub const LINE_MAX: usize = 100;
/// Longest body, in characters (Discord's limit of a form's text input).
pub const BODY_MAX: usize = 4000;

/// Whether a character changes the direction of what follows it (UAX #9, explicit formatting characters).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character leaves no mark of its own.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Makes typed text harmless; keeps what a person can see.
pub fn clean(typed: &str) -> String {
    let kept = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = kept
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .filter(|c| !is_bidi_control(*c) && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}'))
        .nfc()
        .collect();
    text.trim().to_owned()
}

/// A text whose letters, digits and signs of full width are as keyboards for Latin letters write them.
pub fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// A text as it is compared: in lower case and without accents, which not everybody types.
pub fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A name as it is compared: folded, without spaces, and with the apostrophe that keyboards have.
pub fn same(name: &str) -> String {
    let kept = folded(name).replace(['’', '‘'], "'");
    kept.chars().filter(|c| !is_invisible(*c)).collect()
}

/// The number of letters to add, drop or change to make one text of another (Levenshtein), one row at a time.
pub fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        let mut left = i + 1;
        for ((diagonal, above), other) in row.iter().zip(row.iter().skip(1)).zip(b.chars()) {
            left = (diagonal + usize::from(letter != other)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Whether a person sees nothing of a text.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

fn checked(text: String, max: usize) -> Result<String, Problem> {
    if is_blank(&text) {
        return Err(Problem::Empty);
    }
    let found = text.chars().count();
    if found > max {
        return Err(Problem::TooLong { max, found });
    }
    Ok(text)
}

/// One line of checked text: a subject, a reason, a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// Checks a line of at most [`LINE_MAX`] characters; line breaks become spaces.
    ///
    /// # Errors
    /// [`Problem::Empty`] without a visible character, [`Problem::TooLong`] over the limit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Self::within(typed, LINE_MAX)
    }

    /// Checks a line as [`Line::parse`], of at most `max` characters instead.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn within(typed: &str, max: usize) -> Result<Self, Problem> {
        let joined = clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        checked(joined, max.min(LINE_MAX)).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checked text of several lines: a description, a reply, a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Checks a text of at most [`BODY_MAX`] characters.
    ///
    /// # Errors
    /// [`Problem::Empty`] without a visible character, [`Problem::TooLong`] over the limit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        checked(clean(typed), BODY_MAX).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shortens to `max` characters for display, with an ellipsis; never cuts inside a character a person sees as one.
pub fn shorten(text: &str, max: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += grapheme.chars().count();
        if used > max {
            break;
        }
        short.push_str(grapheme);
    }
    short.push('…');
    short
}

/// Escapes Discord's Markdown, for a line that must show as typed.
pub fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '[' | ']' | '(' | ')' | '#' | '<' | '@') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Keeps a person's own formatting but disarms links that show another text than their address.
pub fn unmasked(text: &str) -> String {
    text.replace("](", "]\\(")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn distance_counts_changed_letters() {
        for (a, b, expected) in [("", "", 0), ("a", "", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("été", "ete", 2)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn full_width_is_read_as_latin_keyboards_write_it() {
        assert_eq!(narrow("１０％　５ €　ｆｉｎ ２，５０"), "10% 5 € fin 2,50");
        assert_eq!(narrow("é ٪ 漢字"), "é ٪ 漢字");
    }

    #[test]
    fn folding_forgets_case_and_accents_only() {
        assert_eq!(folded("Ticket_FERMÉ"), "ticket_ferme");
        assert_eq!(folded("a-ß_1"), "a-ß_1");
    }

    #[test]
    fn what_people_see_survives() {
        for text in ["Paiement refusé", "👩‍👩‍👧‍👦 ❤️ 🇫🇷", "ligne 1\nligne 2", "שלום"] {
            assert_eq!(Body::parse(text).map(|b| b.as_str().to_owned()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn tricks_are_removed() {
        assert_eq!(clean("a\0b\u{202E}c\u{200B}d\u{7}"), "abcd");
        assert_eq!(Line::parse("  a\n b ").map(|l| l.0), Ok("a b".to_owned()));
        assert_eq!(Body::parse("\u{200B}\u{2800} \n\u{3164}"), Err(Problem::Empty));
        assert_eq!(Line::parse(&"é".repeat(101)), Err(Problem::TooLong { max: 100, found: 101 }));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in ".{0,200}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn shortening_keeps_the_limit(text in "\\PC{0,300}", max in 1usize..200) {
            prop_assert!(shorten(&text, max).chars().count() <= max.max(1));
        }
    }
}
