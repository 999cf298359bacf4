//! Reads a typed command into the same list of options that a slash command brings.
//!
//! ```text
//! message = "!" [ space ] name { space argument } [ space rest ]
//! argument = key "=" value | value       key: an option's name
//! value = word | amount | '"' … '"' | '«' … '»' | '“' … '”'   inside quotes, \" is a quotation mark
//! ```
//! A command, an option and a choice may be named in any of our languages, with or without accents.
//! Options without a key fill the required options by position; an option of type *body* takes everything that follows,
//! line breaks included, without quotation marks around the whole of it; only choices written behind it (`priority=high`) are options still. One that is *whole* takes every
//! word up to the next key; an amount may hold spaces (`amount`). It decides nothing: what is missing or wrong is found by `args`.

use super::amount;
use super::args::Raw;
use super::spec::{Opt, Spec, Type};
use crate::kernel::error::{Error, Problem};
use crate::kernel::money::NotMoney;
use crate::kernel::text::{distance, folded};
use crate::kernel::words::Words;
use crate::kernel::{Currency, Locale, Money};

/// Letters from the start that a name must share with one of ours to be of its family.
const SHARED: usize = 6;
/// Letters that may be wrong in a name of at least so many.
const SLIPS: usize = 2;
const LONG: usize = 8;

/// What a message holds.
#[derive(Debug)]
pub enum Read {
    /// No command of ours.
    Nothing,
    /// A name that we don't have; those of ours that may be meant, the nearest first.
    Unknown(Vec<&'static Spec>),
    /// A command with its options.
    Command(&'static Spec, Vec<(String, Raw)>),
    /// A command whose text can't be read.
    Broken(&'static Spec, Error),
}

/// Reads a message; `specs` are the commands that may be typed.
pub fn read(message: &str, specs: &[&'static Spec], words: &Words) -> Read {
    let Some(rest) = message.trim_start().strip_prefix('!') else {
        return Read::Nothing;
    };
    // A space after the mark is a slip of the finger; what follows must then be a command's name, else it is small talk.
    let slipped = rest.starts_with(char::is_whitespace);
    let rest = rest.trim_start();
    let name_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(name_end);
    let name = folded(name);
    let Some(spec) = specs.iter().find(|spec| names(spec, words).contains(&name)) else {
        let near = if slipped { Vec::new() } else { near(&name, specs, words) };
        return if near.is_empty() { Read::Nothing } else { Read::Unknown(near) };
    };
    match options(spec, rest, words) {
        Ok(given) => Read::Command(spec, given),
        Err(error) => Read::Broken(spec, error),
    }
}

/// Every name under which a command may be typed, folded.
pub(super) fn names(spec: &Spec, words: &Words) -> Vec<String> {
    let mut names = vec![spec.name.to_owned()];
    let id = format!("cmd-{}-name", spec.name);
    names.extend(Locale::ALL.iter().filter_map(|locale| words.speak(*locale).find(&id, &[])));
    names.iter().map(|name| folded(name)).collect()
}

/// Commands one of whose names differs by a slip, then those of the same family (`ticket_…`), one of whose names shares letters
/// from the start: those that share the most first, and among equals in the order of the help, which begins with the one that is used most.
fn near(name: &str, specs: &[&'static Spec], words: &Words) -> Vec<&'static Spec> {
    let alike = |other: &str| name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    // A slip in a long name: more than any start that is shared.
    let slip = |other: &str| name.chars().count() >= LONG && distance(name, other) <= SLIPS;
    let shared = |other: &str| if slip(other) { usize::MAX } else { alike(other) };
    let most = |spec: &Spec| names(spec, words).iter().map(|name| shared(name)).max().unwrap_or(0);
    let mut found: Vec<(usize, &'static Spec)> = specs.iter().map(|spec| (most(spec), *spec)).collect();
    found.retain(|(most, _)| *most >= SHARED);
    found.sort_by_key(|(most, _)| std::cmp::Reverse(*most));
    found.into_iter().map(|(_, spec)| spec).collect()
}

fn options(spec: &'static Spec, rest: &str, words: &Words) -> Result<Vec<(String, Raw)>, Error> {
    let mut given: Vec<(String, Raw)> = Vec::new();
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        if let Some((opt, value)) = keyed(spec, rest, words) {
            let (value, after) = worth(spec, value, (opt, &given), words)?;
            given.push((opt.name.to_owned(), Raw::Text(code_of(opt, value, words))));
            rest = after;
            continue;
        }
        let mut open = spec.options.iter().filter(|opt| opt.ty != Type::File);
        let next = open.find(|opt| positional(spec, opt) && !given.iter().any(|(name, _)| name == opt.name));
        let Some(opt) = next else {
            return Err(Error::Argument { option: spec.name, problem: Problem::Unknown });
        };
        if let Some((other, value, after)) = unmistakable(spec, rest, opt, &given) {
            given.push((other.name.to_owned(), Raw::Text(value)));
            rest = after;
            continue;
        }
        if opt.ty == Type::Body {
            let body = without_choices(spec, rest.trim_end(), words, &mut given);
            given.push((opt.name.to_owned(), Raw::Text(unquoted(body, opt))));
            break;
        }
        let (value, after) =
            if opt.whole { phrase(spec, rest, opt, words)? } else { worth(spec, rest, (opt, &given), words)? };
        given.push((opt.name.to_owned(), Raw::Text(code_of(opt, value, words))));
        rest = after;
    }
    Ok(given)
}

/// Whether an option can be given without its name: the required ones, an optional text at the end, the only one, and one
/// that takes every word.
fn positional(spec: &Spec, opt: &Opt) -> bool {
    let plain = matches!(opt.ty, Type::Body | Type::User | Type::Ticket | Type::Order | Type::Giveaway | Type::Int(..));
    opt.required || spec.options.len() == 1 || plain || opt.whole
}

/// A text without the quotation marks around the whole of it; those within are its own.
fn unquoted(body: &str, opt: &'static Opt) -> String {
    match take(body, opt) {
        Ok((text, "")) if body.starts_with(['"', '«', '“']) => text,
        _ => body.to_owned(),
    }
}

/// A text without the choices that follow it (`… priorité=haute`): those whose name and value are both ours and not given yet.
/// What else looks like an option is a part of the text.
fn without_choices<'a>(
    spec: &'static Spec,
    mut body: &'a str,
    words: &Words,
    given: &mut Vec<(String, Raw)>,
) -> &'a str {
    while let Some((before, last)) = body.rsplit_once(char::is_whitespace) {
        let Some((opt, value)) = keyed(spec, last, words) else { break };
        let Type::Choice(codes) = opt.ty else { break };
        let code = code_of(opt, value.to_owned(), words);
        if !codes.contains(&code.as_str()) || given.iter().any(|(name, _)| name == opt.name) {
            break;
        }
        given.push((opt.name.to_owned(), Raw::Text(code)));
        body = before.trim_end();
    }
    body
}

/// An option given by name at the start of `rest`, with what follows its `=`.
fn keyed<'a>(spec: &'static Spec, rest: &'a str, words: &Words) -> Option<(&'static Opt, &'a str)> {
    let (key, value) = rest.split_once('=')?;
    if key.is_empty() || key.chars().any(|c| c.is_whitespace() || c == '"') {
        return None;
    }
    let key = folded(key);
    let named = |opt: &&Opt| {
        let id = format!("opt-{}-name", opt.name);
        let says = |l: &Locale| words.speak(*l).find(&id, &[]).is_some_and(|name| folded(&name) == key);
        opt.name == key || Locale::ALL.iter().any(says)
    };
    spec.options.iter().find(named).map(|opt| (opt, value))
}

/// A choice's code for its word in any of our languages (`facturation` for `billing`); other values as they are.
fn code_of(opt: &Opt, value: String, words: &Words) -> String {
    let Type::Choice(codes) = opt.ty else {
        return value;
    };
    let typed = folded(&value);
    let says = |code: &&&str| {
        // `choice-CODE-also` holds further words for it, between commas.
        ["", "-also"].iter().any(|also| {
            let id = format!("choice-{code}{also}");
            let words = Locale::ALL.iter().filter_map(|locale| words.speak(*locale).find(&id, &[]));
            words.into_iter().any(|words| words.split(',').any(|word| folded(word.trim()) == typed))
        })
    };
    codes.iter().find(says).map_or(value, |code| (*code).to_owned())
}

/// An amount that may be left out, before a text: taken where a unit, decimals or the text's quotation marks show that it is
/// one. `5 pots cassés` is a text.
fn unmistakable<'a>(
    spec: &'static Spec,
    text: &'a str,
    next: &Opt,
    given: &[(String, Raw)],
) -> Option<(&'static Opt, String, &'a str)> {
    let open = |opt: &&Opt| opt.ty == Type::Amount && !given.iter().any(|(name, _)| name == opt.name);
    let amount = spec.options.iter().find(open).filter(|_| next.ty == Type::Body)?;
    let (value, after) = amount::take(text, |_| false)?;
    let marked = value.contains(|c: char| !c.is_ascii_digit() && c != ' ') || after.starts_with(['"', '«', '“']);
    let is_amount = match Money::parse(&value, Currency::EUR) {
        Ok(_) | Err(NotMoney::TwoMeanings { .. }) => marked,
        // Less than nothing is refused rather than taken for words.
        Err(_) => value.starts_with(['-', '−']),
    };
    is_amount.then_some((amount, value, after))
}

/// Takes an amount where one is expected, else one word or quoted text.
fn worth<'a>(
    spec: &'static Spec,
    text: &'a str,
    (opt, given): (&'static Opt, &[(String, Raw)]),
    words: &Words,
) -> Result<(String, &'a str), Error> {
    if !matches!(opt.ty, Type::Price | Type::Reduction | Type::Amount) {
        return take(text, opt);
    }
    let open = |other: &&Opt| {
        other.name != opt.name && positional(spec, other) && !given.iter().any(|(name, _)| name == other.name)
    };
    let number_follows = spec.options.iter().filter(open).any(|other| matches!(other.ty, Type::Int(..)));
    let ends = |rest: &str| !number_follows && (rest.is_empty() || keyed(spec, rest, words).is_some());
    amount::take(text, ends).map_or_else(|| take(text, opt), Ok)
}

/// Takes a quoted text, or every word before the next option that is named.
fn phrase<'a>(
    spec: &'static Spec,
    text: &'a str,
    opt: &'static Opt,
    words: &Words,
) -> Result<(String, &'a str), Error> {
    if text.starts_with(['"', '«', '“']) {
        return take(text, opt);
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let begins = !c.is_whitespace() && text.get(..at).is_none_or(|before| before.ends_with(char::is_whitespace));
        if begins && text.get(at..).is_some_and(|rest| keyed(spec, rest, words).is_some()) {
            break;
        }
        end = at + c.len_utf8();
    }
    let (value, after) = text.split_at(end);
    Ok((value.trim().to_owned(), after))
}

/// Takes one word or quoted text from the start.
fn take<'a>(text: &'a str, opt: &'static Opt) -> Result<(String, &'a str), Error> {
    let closing = match text.chars().next() {
        Some('"') => '"',
        Some('«') => '»',
        Some('“') => '”',
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            let (word, after) = text.split_at(end);
            return Ok((word.to_owned(), after.trim_start()));
        }
    };
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some((_, escaped)) if escaped == closing || escaped == '\\' => value.push(escaped),
                Some((_, other)) => value.extend(['\\', other]),
                None => break,
            }
        } else if c == closing {
            let after = text.get(at + c.len_utf8()..).unwrap_or_default();
            return Ok((value.trim().to_owned(), after.trim_start()));
        } else {
            value.push(c);
        }
    }
    Err(Error::Argument { option: opt.name, problem: Problem::UnclosedQuote })
}
