//! Patterns over tokens, written as text in the tables of this module.
//!
//! ```text
//! pattern = element { " " element }
//! element = alternative { "|" alternative } [ "?" ]        with "?" it may be absent
//! alternative = part { "+" part }                          several tokens in a row
//! part        = word            that word, folded
//!             | start "~"       any word that begins so
//!             | "#"             a number
//!             | "@"             a mention
//!             | "_"             any one token that is no sign
//!             | ".."            up to four tokens that are no signs, as few as will do
//! ```

use super::token::{Kind, Token};

/// The most tokens that `..` stands for.
const GAP: usize = 4;

/// Where a pattern ends that begins at a token; `None` where it isn't there.
pub(super) fn at(tokens: &[Token], start: usize, pattern: &str) -> Option<usize> {
    let (element, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    if element.is_empty() {
        return Some(start);
    }
    if element == ".." {
        return (0..=GAP)
            .take_while(|gap| {
                tokens.get(start..start + gap).is_some_and(|run| run.iter().all(|t| t.kind != Kind::Sign))
            })
            .find_map(|gap| at(tokens, start + gap, rest));
    }
    let (element, optional) = element.strip_suffix('?').map_or((element, false), |element| (element, true));
    let with = element.split('|').find_map(|one| run(tokens, start, one).and_then(|end| at(tokens, end, rest)));
    if with.is_none() && optional { at(tokens, start, rest) } else { with }
}

/// Where the words of an alternative end that begins at a token.
fn run(tokens: &[Token], start: usize, one: &str) -> Option<usize> {
    one.split('+').try_fold(start, |here, word| tokens.get(here).filter(|token| is(token, word)).map(|_| here + 1))
}

fn is(token: &Token, one: &str) -> bool {
    match one {
        "#" => token.hundredths.is_some(),
        "@" => token.kind == Kind::Mention,
        "_" => token.kind != Kind::Sign,
        _ => match one.strip_suffix('~') {
            Some(start) => token.kind == Kind::Word && token.text.starts_with(start),
            None => token.text == one,
        },
    }
}

/// The first place of any of these patterns: where it begins and ends.
pub(super) fn first(tokens: &[Token], patterns: &[&str]) -> Option<(usize, usize)> {
    (0..tokens.len()).find_map(|start| any_at(tokens, start, patterns).map(|end| (start, end)))
}

/// Where the longest of these patterns ends that begins at a token.
pub(super) fn any_at(tokens: &[Token], start: usize, patterns: &[&str]) -> Option<usize> {
    patterns.iter().filter_map(|pattern| at(tokens, start, pattern)).max()
}

/// Every place of any of these patterns.
pub(super) fn all(tokens: &[Token], patterns: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        match any_at(tokens, start, patterns) {
            Some(end) if end > start => {
                found.push((start, end));
                start = end;
            }
            _ => start += 1,
        }
    }
    found
}

/// Whether any of these patterns ends just before a token.
pub(super) fn ends_at(tokens: &[Token], end: usize, patterns: &[&str]) -> Option<usize> {
    (end.saturating_sub(10)..end).find(|start| patterns.iter().any(|pattern| at(tokens, *start, pattern) == Some(end)))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn a_pattern_is_found_where_its_words_stand() {
        let here = tokens("n'oublie surtout pas de lancer 20 promos");
        for (pattern, expected) in [
            ("oublie|oubliez .. pas de|d", Some((1, 5))),
            ("promo~", Some((7, 8))),
            ("lancer une? #", Some((5, 7))),
            ("pas que", None),
            ("_ pas", Some((2, 4))),
        ] {
            assert_eq!(first(&here, &[pattern]), expected, "{pattern}");
        }
        assert_eq!(ends_at(&here, 5, &["pas de"]), Some(3));
    }
}
