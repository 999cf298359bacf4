//! Reads a typed command into the same list of options that a slash command brings.
//!
//! ```text
//! message = "!" [ space ] name [ "@" which ] { space argument } [ space rest ]
//! argument = key "=" value | value       key: an option's name
//! value = word | amount | '"' … '"' | '«' … '»' | '“' … '”'   inside quotes, \" is a quotation mark
//! ```
//! A command, an option and a choice may be named in any of our languages, with or without accents.
//! Options without a key fill the required options by position, where a name may be of several words (`split`); an option of type *body* takes everything that follows,
//! line breaks included, without quotation marks around the whole of it; only choices written behind it (`priority=high`) are options still. One that is *whole* takes every
//! word up to the next key; an amount may hold spaces (`amount`). It decides nothing: what is missing or wrong is found by `args`.

use super::args::{self, Raw};
use super::spec::{Opt, Spec, Type};
use super::{amount, near, split};
use crate::kernel::error::{Error, Problem};
use crate::kernel::money::NotMoney;
use crate::kernel::text::folded;
use crate::kernel::until::Until;
use crate::kernel::words::Words;
use crate::kernel::{Currency, Locale, Money};

/// An id of Discord's has at least so many digits.
const NUMBER_MAX: usize = 15;
/// Most words of a length of time or a day.
const MOMENT_WORDS: usize = 3;

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
    // `maxis@eu`: which one is meant.
    let (name, at) = name.split_once('@').map_or((name, None), |(name, at)| (name, Some(at)));
    let name = folded(name);
    let Some(spec) = specs.iter().find(|spec| near::names(spec, words).contains(&name)) else {
        let meant = if slipped { Vec::new() } else { near::near(&name, specs, words) };
        return if meant.is_empty() { Read::Nothing } else { Read::Unknown(meant) };
    };
    match options(spec, rest, words) {
        Ok(given) => match at.filter(|at| !at.is_empty()) {
            None => Read::Command(spec, given),
            Some(at) if spec.option("at").is_some() => {
                let at = [("at".to_owned(), Raw::Text(at.to_owned()))];
                Read::Command(spec, at.into_iter().chain(given).collect())
            }
            Some(_) => Read::Nothing,
        },
        Err(error) => Read::Broken(spec, error),
    }
}

fn options(spec: &'static Spec, rest: &str, words: &Words) -> Result<Vec<(String, Raw)>, Error> {
    let mut given: Vec<(String, Raw)> = Vec::new();
    let mut rest = rest.trim_start();
    if let Some(named) = stranger(spec, rest, words) {
        return Err(Error::Argument { option: spec.name, problem: Problem::NoSuchOption { named } });
    }
    while !rest.is_empty() {
        if let Some((opt, value)) = keyed(spec, rest, words) {
            let (value, after) = worth(spec, value, (opt, &given), words)?;
            given.push((opt.name.to_owned(), Raw::Text(code_of(opt, value, words))));
            rest = after;
            continue;
        }
        let mut open = spec.options.iter().filter(|opt| opt.ty != Type::File);
        let next = open.find(|opt| positional(spec, opt) && !given.iter().any(|(name, _)| name == opt.name));
        if let Some((choice, code, after)) = chosen(spec, rest, (next, &given), words) {
            given.push((choice.name.to_owned(), Raw::Text(code)));
            rest = after;
            continue;
        }
        let Some(opt) = next else {
            return Err(Error::Argument { option: spec.name, problem: Problem::Unknown });
        };
        if let Some(all) = split::read(spec, rest, (opt, &given), words) {
            let (all, after) = all;
            given.extend(all);
            rest = after;
            continue;
        }
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

/// A name with a value behind it (`trial=yes`) that is none of the command's options, where no text could hold it: taken as a part of
/// another option's value, it would be that one that is said to be wrong.
fn stranger(spec: &'static Spec, rest: &str, words: &Words) -> Option<String> {
    let holds_text = spec.options.iter().any(|opt| opt.ty == Type::Body || opt.whole);
    if holds_text || rest.contains(['"', '«', '“']) {
        return None;
    }
    let is_name = |name: &str| name.chars().count() > 2 && name.chars().all(|c| c.is_alphabetic() || c == '_');
    rest.split_whitespace().find_map(|word| {
        let (name, value) = word.split_once('=')?;
        let strange = is_name(name) && !value.is_empty() && keyed(spec, word, words).is_none();
        strange.then(|| name.to_owned())
    })
}

/// A word of an option that has few, given without the option's name where what comes next by position can't be that word:
/// `!promo_list all`.
fn chosen<'a>(
    spec: &'static Spec,
    rest: &'a str,
    (next, given): (Option<&'static Opt>, &[(String, Raw)]),
    words: &Words,
) -> Option<(&'static Opt, String, &'a str)> {
    let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
    let takes = |opt: &Opt| {
        let fits = args::fits(opt, &Raw::Text(code_of(opt, word.to_owned(), words)));
        fits || opt.ty == Type::Body || opt.whole || split::is_name(opt)
    };
    if next.is_some_and(takes) {
        return None;
    }
    let open = |opt: &&Opt| !positional(spec, opt) && !given.iter().any(|(name, _)| name == opt.name);
    let says = |opt: &'static Opt| {
        // What takes several is named: a bare word is too little to say what is meant.
        let Type::Choice(codes) = opt.ty else { return None };
        let code = code_of(opt, word.to_lowercase(), words);
        codes.contains(&code.as_str()).then_some((opt, code))
    };
    let mut found = spec.options.iter().filter(open).filter_map(says);
    let (opt, code) = found.next()?;
    // A word of two options says neither.
    found.next().is_none().then(|| (opt, code, after.trim_start()))
}

/// Whether an option can be given without its name: the required ones, an optional text at the end, the only one, and one
/// that takes every word.
pub(super) fn positional(spec: &Spec, opt: &Opt) -> bool {
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
pub(super) fn keyed<'a>(spec: &'static Spec, rest: &'a str, words: &Words) -> Option<(&'static Opt, &'a str)> {
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
pub(super) fn code_of(opt: &Opt, value: String, words: &Words) -> String {
    let Some(codes) = opt.ty.codes() else {
        return value;
    };
    if let (Type::Choices(_), Some((first, rest))) = (opt.ty, value.split_once(',')) {
        let (first, rest) = (first.trim().to_owned(), rest.trim().to_owned());
        return format!("{},{}", code_of(opt, first, words), code_of(opt, rest, words));
    }
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

/// What stands in the place of another option and can't be that one. The number of an order where a person is asked for; an
/// amount that may be left out, before a text: taken where a unit, decimals or the text's quotation marks show that it is
/// one. `5 pots cassés` is a text. What was meant for an amount and can't be read is taken as well: it is refused, where as a part
/// of the text it would stand for no amount at all.
fn unmistakable<'a>(
    spec: &'static Spec,
    text: &'a str,
    next: &Opt,
    given: &[(String, Raw)],
) -> Option<(&'static Opt, String, &'a str)> {
    let is_open = |opt: &Opt| !given.iter().any(|(name, _)| name == opt.name);
    if next.ty == Type::User {
        // A person's id has more digits than any number of ours.
        let (word, after) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        let digits = word.strip_prefix('#').unwrap_or(word);
        let order = spec.options.iter().find(|opt| opt.ty == Type::Order && opt.instead && is_open(opt))?;
        let is_number = (1..NUMBER_MAX).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        return is_number.then(|| (order, digits.to_owned(), after.trim_start()));
    }
    let open = |opt: &&Opt| opt.ty == Type::Amount && is_open(opt);
    let amount = spec.options.iter().find(open).filter(|_| next.ty == Type::Body)?;
    if text.starts_with(['"', '«', '“']) {
        let (value, after) = take(text, amount).ok()?;
        return is_amount_alone(&value).then_some((amount, value, after));
    }
    let resembling = || amount::resembling(text).map(|(value, after)| (amount, value, after));
    let Some((value, after)) = amount::take(text, |_| false) else { return resembling() };
    let marked = value.contains(|c: char| !c.is_ascii_digit() && c != ' ') || after.starts_with(['"', '«', '“']);
    let is_amount = match Money::parse(&value, Currency::EUR) {
        Ok(_) | Err(NotMoney::TwoMeanings { .. }) => marked,
        // Less than nothing is refused rather than taken for words, and a part of a hundred is read by who asks for it.
        Err(_) => value.starts_with(['-', '−']) || value.contains(['%', '٪', '％']),
    };
    if is_amount { Some((amount, value, after)) } else { resembling() }
}

/// Whether what stands between quotation marks is an amount and nothing else.
fn is_amount_alone(value: &str) -> bool {
    let unmarked = value.chars().all(|c| c.is_ascii_digit() || c == ' ');
    let found = amount::take(value, str::is_empty).filter(|_| !unmarked).filter(|(_, rest)| rest.is_empty());
    let read = found.is_some_and(|(found, _)| found.contains('%') || Money::parse(&found, Currency::EUR).is_ok());
    read || amount::resembling(value).is_some_and(|(_, rest)| rest.is_empty())
}

/// Takes an amount or a length of time where one is expected, with its spaces, else one word or quoted text.
pub(super) fn worth<'a>(
    spec: &'static Spec,
    text: &'a str,
    (opt, given): (&'static Opt, &[(String, Raw)]),
    words: &Words,
) -> Result<(String, &'a str), Error> {
    if opt.ty == Type::Duration {
        return moment(text).map_or_else(|| take(text, opt), Ok);
    }
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

/// Takes the longest length of time or day that stands at the start: `7 jours`, `24/12 18h`.
pub(super) fn moment(text: &str) -> Option<(String, &str)> {
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).take(MOMENT_WORDS);
    let all = ends.chain([text.len()]).filter_map(|end| text.split_at_checked(end)).take(MOMENT_WORDS);
    let found = all.filter(|(value, _)| Until::parse(value).is_ok()).last();
    found.map(|(value, after)| (value.to_owned(), after.trim_start()))
}

/// Takes a quoted text, or every word before the next option that is named.
pub(super) fn phrase<'a>(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Bot;

    #[test]
    fn the_number_of_an_order_may_stand_for_its_buyer() {
        let find = super::super::find(Bot::Maxis, "order_find").unwrap();
        let given = |typed: &str| {
            let given = options(find, typed, &Words::new()).unwrap();
            given.into_iter().map(|(name, raw)| (name, raw.number().unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(given("1"), [("order".to_owned(), 1)]);
        assert_eq!(given("#12"), [("order".to_owned(), 12)]);
        assert_eq!(given("<@80351110224678912> 7"), [("member".to_owned(), 0), ("below".to_owned(), 7)]);
        assert_eq!(given("80351110224678912")[0].0, "member");
    }
}
