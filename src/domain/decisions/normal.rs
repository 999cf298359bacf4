//! Text made comparable: compatibility forms composed, what can't be seen removed, letters that look alike folded.
//!
//! The words that people type reach the grammar in one spelling, whatever keyboard, font or trick they come from. What is shown
//! again (a prize, a setting's value) is taken from [`Clean::text`], where case, accents and other scripts still stand.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without what can't be seen, and what was in it.
#[derive(Debug, Clone)]
pub(super) struct Clean {
    /// The text in its composed compatibility form.
    pub(super) text: String,
    /// Whether signs were in it that turn round what a person sees.
    pub(super) turned: bool,
}

/// Signs that change the direction of what follows (UAX #9).
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Signs that leave no mark, spaces apart.
fn is_unseen(c: char) -> bool {
    turns(c)
        || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// One sign for each family of signs.
fn sign(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | 'ʹ' | '´' | 'ˈ' | '′' | '‛' | '＇' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '＂' | '〝' | '〞' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        '‹' => '«',
        '›' => '»',
        '٪' => '%',
        '⁄' | '∕' => '/',
        '\u{2028}' | '\u{2029}' => '\n',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '०'..='९' => digit(c, '०'),
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    u32::from(c).checked_sub(u32::from(zero)).and_then(|n| char::from_digit(n, 10)).unwrap_or(c)
}

/// Makes a text comparable.
pub(super) fn clean(text: &str) -> Clean {
    let turned = text.chars().any(turns);
    let text = text.chars().filter(|c| !is_unseen(*c)).map(sign).nfkc().map(sign).filter(|c| !is_unseen(*c)).collect();
    Clean { text, turned }
}

/// A letter of another script that looks like a Latin one.
fn latin(c: char) -> char {
    match c {
        'а' | 'А' | 'α' | 'Α' | 'ɑ' | 'ᴀ' => 'a',
        'В' | 'в' | 'β' | 'Β' | 'ʙ' => 'b',
        'с' | 'С' | 'ϲ' | 'ᴄ' => 'c',
        'ԁ' | 'đ' | 'ᴅ' => 'd',
        'е' | 'Е' | 'ё' | 'Ё' | 'є' | 'ε' | 'Ε' | 'ᴇ' => 'e',
        'ƒ' => 'f',
        'ɡ' | 'ɢ' => 'g',
        'н' | 'Н' | 'Η' | 'һ' | 'ʜ' => 'h',
        'і' | 'І' | 'ї' | 'Ї' | 'ι' | 'Ι' | 'ı' | 'ɪ' => 'i',
        'ј' | 'Ј' | 'ᴊ' => 'j',
        'к' | 'К' | 'κ' | 'Κ' | 'ᴋ' => 'k',
        'ӏ' | 'Ӏ' | 'ł' | 'ʟ' => 'l',
        'м' | 'М' | 'Μ' | 'ᴍ' => 'm',
        'Ν' | 'η' | 'п' | 'ո' | 'ɴ' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | 'ø' | 'Ø' | 'օ' | 'ᴏ' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' | 'ᴘ' => 'p',
        'ԛ' => 'q',
        'г' | 'ʀ' => 'r',
        'ѕ' | 'Ѕ' | 'ꜱ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' | 'ᴛ' => 't',
        'υ' | 'ս' | 'ᴜ' => 'u',
        'ν' | 'ѵ' | 'ᴠ' => 'v',
        'ԝ' | 'ᴡ' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' | 'ү' | 'ʏ' => 'y',
        'Ζ' | 'ᴢ' => 'z',
        other => other,
    }
}

/// A text in lower case, Latin where it looks so; with its accents.
pub(super) fn lower(text: &str) -> String {
    text.chars().map(latin).flat_map(char::to_lowercase).collect()
}

/// A text in lower case without accents, Latin where it looks so.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).map(latin).flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_of_spelling_are_undone() {
        for (typed, plain) in [
            ("ｐｒｏｍｏ ２０％", "promo 20%"),
            ("pr\u{200B}om\u{200D}o", "promo"),
            ("рrоmо", "promo"),
            ("𝐩𝐫𝐨𝐦𝐨", "promo"),
            ("e\u{301}te\u{301}", "ete"),
            ("L’ŒUVRE", "l'oeuvre"),
            ("−50 %", "-50 %"),
            ("٢٠٪", "20%"),
        ] {
            assert_eq!(folded(&clean(typed).text), plain, "{typed}");
        }
        assert!(clean("pro\u{202E}mo").turned && !clean("pro\u{200B}mo").turned);
    }
}
