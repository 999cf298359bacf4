//! A sentence made ready for the grammar: clean, cut, without what is quoted, without whom it calls.

use super::catalogue::Catalogue;
use super::normal::{self, Clean};
use super::phrase::any_at;
use super::token::{self, Kind, Token};
use super::{spelled, spelling, words};

/// A sentence made ready.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// What a person sees of it.
    pub(super) clean: Clean,
    /// Its tokens; what stands between quotation marks is one.
    pub(super) tokens: Vec<Token>,
    /// Whether something is quoted that is no mere name.
    pub(super) quotes: bool,
    /// Whether it calls somebody else.
    pub(super) elsewhere: bool,
}

impl Sentence {
    /// Makes a text ready.
    pub(super) fn new(text: &str, catalogue: &Catalogue) -> Self {
        let clean = normal::clean(text);
        let tokens = token::tokens(&clean.text);
        let (mut tokens, quotes) = unquoted(tokens, catalogue);
        spelling::mend(&mut tokens, |word| catalogue.knows(word) || words::is_common(word));
        let mut tokens = spelled::join(tokens);
        let called = strip_address(&mut tokens);
        let elsewhere = calls_another(&tokens, catalogue)
            || (!called && tokens.first().is_some_and(|t| t.kind == Kind::Mention && !t.text.starts_with("<@")));
        // A mention of ours in Discord's form stands first and was taken for our name above.
        Self { clean, tokens, quotes, elsewhere }
    }

    /// What is shown of some tokens, as it was typed.
    pub(super) fn shown(&self, from: usize, to: usize) -> &str {
        let start = self.tokens.get(from).map_or(0, |token| token.span.0);
        let end = to.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(start, |token| token.span.1);
        self.clean.text.get(start..end).unwrap_or_default().trim()
    }

    /// The word at a place; nothing outside.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// Takes some tokens, so that nothing else reads them.
    pub(super) fn take(&mut self, from: usize, to: usize) {
        self.tokens.iter_mut().take(to).skip(from).for_each(|token| token.taken = true);
    }

    /// Whether all of some tokens are still to be read.
    pub(super) fn is_free(&self, from: usize, to: usize) -> bool {
        self.tokens.iter().take(to).skip(from).all(|token| !token.taken)
    }

    /// Whether any of these patterns is in it.
    pub(super) fn has(&self, patterns: &[&str]) -> bool {
        super::phrase::first(&self.tokens, patterns).is_some()
    }

    /// Every place of these patterns whose tokens are still to be read.
    pub(super) fn places(&self, patterns: &[&str]) -> Vec<(usize, usize)> {
        super::phrase::all(&self.tokens, patterns).into_iter().filter(|(from, to)| self.is_free(*from, *to)).collect()
    }

    /// Whether it asks: by its sign, or by the word with which it begins.
    pub(super) fn asks(&self) -> bool {
        self.tokens.iter().any(|token| token.is_sign("?"))
    }
}

/// Which mark closes one that opens.
fn closing(token: &Token, next: Option<&Token>) -> Option<&'static str> {
    match token.text.as_str() {
        "\"" => Some("\""),
        "«" => Some("»"),
        "`" => Some("`"),
        "~" if next.is_some_and(|t| t.glued && t.is_sign("~")) => Some("~"),
        "'" if !token.glued && next.is_some_and(|next| next.glued && next.kind == Kind::Word) => Some("'"),
        _ => None,
    }
}

/// Puts one token in the place of everything between quotation marks, and of every line behind `>`. A mark that is never closed
/// quotes all that follows; an apostrophe must be closed. A single name between marks is that name.
fn unquoted(tokens: Vec<Token>, catalogue: &Catalogue) -> (Vec<Token>, bool) {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut quotes = false;
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let line_starts = i == 0 || tokens.get(i - 1).is_some_and(|before| before.is_sign("\n"));
        let (inner, next) = if token.is_sign(">") && line_starts {
            let end = end_of_quoted_lines(&tokens, i);
            (tokens.get(i + 1..end), end)
        } else if let Some(close) = closing(token, tokens.get(i + 1)).filter(|_| token.kind == Kind::Sign) {
            match closed(&tokens, i, close) {
                Some(end) => (tokens.get(i + 1..end), end + 1),
                None if close == "'" => (None, i + 1),
                None => (tokens.get(i + 1..), tokens.len()),
            }
        } else {
            (None, i + 1)
        };
        match inner {
            Some([one]) if catalogue.plan(&one.text).is_some() => out.push(one.clone()),
            Some(inner) => {
                quotes = true;
                let from = inner.first().map_or(token.span.1, |first| first.span.0);
                let to = inner.last().map_or(from, |last| last.span.1);
                out.push(Token {
                    kind: Kind::Quote,
                    text: "\"".to_owned(),
                    span: (from, to),
                    capital: false,
                    glued: false,
                    hundredths: None,
                    ..token.clone()
                });
            }
            None => out.push(token.clone()),
        }
        i = next;
    }
    (out, quotes)
}

fn end_of_quoted_lines(tokens: &[Token], from: usize) -> usize {
    let all = tokens.iter().skip(from).take(3).filter(|token| token.is_sign(">")).count() == 3;
    let end = tokens.iter().skip(from).position(|token| token.is_sign("\n")).filter(|_| !all);
    end.map_or(tokens.len(), |end| from + end)
}

fn closed(tokens: &[Token], open: usize, close: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open + 1) {
        if token.kind != Kind::Sign {
            continue;
        }
        if close == "»" && token.text == "«" {
            depth += 1;
        }
        let ends = token.text == close && (close != "'" || token.glued);
        if ends && depth == 0 {
            return Some(i);
        }
        depth = depth.saturating_sub(usize::from(ends));
    }
    None
}

/// Takes away our names where they only call us; whether there was one.
fn strip_address(tokens: &mut Vec<Token>) -> bool {
    let is_ours = |token: &Token| {
        matches!(token.text.as_str(), "shellia" | "maxis" | "@shellia" | "@maxis") || token.text.starts_with("<@")
    };
    let mut called = false;
    // "hey Shellia," and "@Shellia !": greetings may stand before.
    let lead = tokens
        .iter()
        .take_while(|token| words::GREETINGS.contains(&token.text.as_str()) || token.is_sign("!,"))
        .count();
    if tokens.get(lead).is_some_and(is_ours)
        || tokens.get(lead).is_some_and(|token| token.text.starts_with("@maxis") || token.text.starts_with("@shellia"))
    {
        let behind = tokens
            .iter()
            .skip(lead + 1)
            .take_while(|token| token.is_sign(",:") || token.text.starts_with('@') && token.glued)
            .count();
        // "Maxis est en ligne ?" speaks of it.
        let speaks = any_at(tokens, lead + 1, words::SPEAKS_OF).is_some();
        if !speaks {
            tokens.drain(..lead + 1 + behind);
            called = true;
        }
    }
    let ends = tokens.iter().rposition(|token| !token.is_sign("!?."));
    if let Some(last) = ends.filter(|last| *last > 0 && tokens.get(*last).is_some_and(is_ours)) {
        let comma = tokens.get(last - 1).is_some_and(|token| token.is_sign(","));
        let said = tokens.get(last).is_some_and(|token| token.text.starts_with('@'));
        if comma || said {
            tokens.drain(if comma { last - 1 } else { last }..=last);
            called = true;
        }
    }
    called
}

/// Whether it begins by calling somebody whose name we don't bear: "Marie, …", "Paul tu peux …", "@bob …".
fn calls_another(tokens: &[Token], catalogue: &Catalogue) -> bool {
    let mut lead = 0;
    loop {
        let greets = tokens.get(lead).is_some_and(|token| {
            token.kind == Kind::Sign
                || words::GREETINGS.contains(&token.text.as_str())
                || words::FILLERS.contains(&token.text.as_str())
        });
        match any_at(tokens, lead, words::LONG_FILLERS) {
            Some(end) if end > lead => lead = end,
            _ if greets => lead += 1,
            _ => break,
        }
    }
    let Some(name) = tokens.get(lead) else { return false };
    if name.kind == Kind::Mention {
        return true;
    }
    let is_name = name.kind == Kind::Word
        && name.capital
        && name.hundredths.is_none()
        && !words::is_common(&name.text)
        && !catalogue.knows(&name.text);
    let called = tokens.get(lead + 1).is_some_and(|token| token.is_sign(","))
        || any_at(tokens, lead + 1, &["peux|pourrais|peut|can|could|tu|please|stp"]).is_some();
    is_name && called
}
