//! What a person reads when something went wrong, and what the log gets.

use super::call::Way;
use super::spec::{Opt, Spec, Type};
use super::split;
use crate::kernel::error::{AskedBefore, Error, Problem, Rests};
use crate::kernel::money::NotMoney;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Locale, Rank};
use jiff::Timestamp;

/// Logs what an operator must know; a person's mistakes are not logged.
pub fn log(command: &str, error: &Error) {
    match error {
        Error::Unavailable { .. } => {
            tracing::warn!(command, %error, "a command could not be carried out for now")
        }
        Error::Unsure { .. } => {
            tracing::warn!(command, %error, "the connection broke while a command's change was committed")
        }
        Error::Internal { .. } => {
            tracing::error!(command, %error, "a command failed by a fault of ours")
        }
        Error::NotFound(_)
        | Error::Argument { .. }
        | Error::NotAllowed(_)
        | Error::Conflict(_)
        | Error::TooMany { .. } => {}
    }
}

/// The text for a person: what happened and what to do next.
pub(super) fn reply(say: &Speech<'_>, spec: &'static Spec, way: Way, error: &Error) -> Reply {
    let text = match error {
        Error::NotFound("order") if spec.rank.is_some() => say.t("error-order-not-found-staff"),
        Error::NotFound("order") => say.t("error-order-not-found"),
        Error::NotFound("item") => say.t("error-item-not-found"),
        Error::NotFound("catalogue") if spec.rank.is_some() => say.t("error-shop-not-found-staff"),
        Error::NotFound("catalogue") => say.t("error-shop-not-found"),
        Error::NotFound(_) => say.t("error-not-found"),
        // Nobody types what only a button asks for: it was forged, or is of another time.
        Error::Argument { problem: Problem::NotInRange { .. } | Problem::NotAnId, .. }
            if spec.hidden && !spec.has_form() =>
        {
            say.t("error-unknown-action")
        }
        Error::Argument { option, problem } => {
            let mut what = problem_text(say, option, problem);
            let instead = spec.option(option).is_some_and(|opt| takes_file_instead(spec, opt));
            if instead && matches!(problem, Problem::Missing) {
                what = format!("{what}\n{}", say.t("problem-or-attach"));
            }
            // Nobody types what has a button only, nor what he fills a form in for; and how it was typed is not what is in the way
            // of a promotion beside another.
            if spec.hidden || way == Way::Form || matches!(problem, Problem::Rests(_) | Problem::AskedBefore(_)) {
                return Reply::private(what);
            }
            let usage = usage(say, spec);
            say.with("error-argument", &[("problem", (&what).into()), ("usage", (&usage).into())])
        }
        Error::NotAllowed(_) if spec.rank == Some(Rank::Operator) => say.t("error-not-allowed-operator"),
        Error::NotAllowed(_) => say.t("error-not-allowed"),
        Error::Conflict(message) => say.t(message),
        Error::TooMany { retry_after_s } => {
            let seconds = i64::try_from(*retry_after_s).unwrap_or(i64::MAX);
            say.with("error-too-many", &[("seconds", seconds.into())])
        }
        Error::Unavailable { .. } => say.t("error-unavailable"),
        Error::Unsure { .. } => say.t("error-unsure"),
        Error::Internal { .. } => say.t("error-internal"),
    };
    Reply::private(text)
}

/// What an error is called among programs, and what a person reads who asked by another way than a command.
pub fn told(say: &Speech<'_>, error: &Error) -> (&'static str, String) {
    match error {
        Error::NotFound(_) => ("not_found", say.t("control-not-found")),
        Error::Argument { problem: Problem::Rests(found), .. } => ("error-promo-cooldown", rests(say, found)),
        Error::Argument { problem: Problem::AskedBefore(found), .. } => {
            ("error-promo-no-reduction", asked_before(say, found))
        }
        Error::Argument { option, problem } => (option, problem_text(say, option, problem)),
        Error::NotAllowed(_) => ("not_allowed", say.t("error-not-allowed-operator")),
        Error::Conflict(message) => (message, say.t(message)),
        Error::TooMany { retry_after_s } => {
            let seconds = i64::try_from(*retry_after_s).unwrap_or(i64::MAX);
            ("too_many", say.with("error-too-many", &[("seconds", seconds.into())]))
        }
        Error::Unavailable { .. } => ("unavailable", say.t("error-unavailable")),
        Error::Unsure { .. } => ("unsure", say.t("control-unsure")),
        Error::Internal { .. } => ("fault", say.t("error-internal")),
    }
}

/// Whether a file may come in the place of an option.
fn takes_file_instead(spec: &Spec, opt: &Opt) -> bool {
    opt.unless.iter().filter_map(|other| spec.option(other)).any(|other| other.ty == Type::File)
}

fn problem_text(say: &Speech<'_>, option: &str, problem: &Problem) -> String {
    let name = say.find(&format!("opt-{option}-name"), &[]).unwrap_or_else(|| option.to_owned());
    problem_of(say, &name, problem)
}

/// What is wrong with what is called so where it was typed.
pub fn problem_of(say: &Speech<'_>, name: &str, problem: &Problem) -> String {
    let option = ("option", name.into());
    match problem {
        Problem::Missing => say.with("problem-missing", &[option]),
        Problem::NotAnId => say.with("problem-not-an-id", &[option]),
        Problem::NotInRange { min, max } => {
            say.with("problem-range", &[option, ("min", (*min).into()), ("max", (*max).into())])
        }
        Problem::NotAChoice { choices } => {
            let word =
                |code: &&'static str| say.find(&format!("choice-{code}"), &[]).unwrap_or_else(|| (*code).to_owned());
            let list = choices.iter().map(word).collect::<Vec<_>>().join(", ");
            say.with("problem-choice", &[option, ("choices", (&list).into())])
        }
        Problem::NotKnown { nearest } if nearest.is_empty() => say.with("problem-not-known", &[option]),
        Problem::NotKnown { nearest } => {
            let list = nearest.join(", ");
            say.with("problem-not-known-near", &[option, ("nearest", (&list).into())])
        }
        Problem::Ambiguous { candidates } => {
            let list = candidates.join(", ");
            say.with("problem-ambiguous", &[option, ("candidates", (&list).into())])
        }
        Problem::NoSuchRole => say.with("problem-no-such-role", &[option]),
        Problem::WhichRole { roles } => {
            let list = roles.iter().map(|role| format!("<@&{role}> (`{role}`)")).collect::<Vec<_>>().join(", ");
            say.with("problem-which-role", &[option, ("roles", (&list).into())])
        }
        Problem::TooLong { max, found } => {
            let (max, found) = (i64::try_from(*max).unwrap_or(i64::MAX), i64::try_from(*found).unwrap_or(i64::MAX));
            say.with("problem-too-long", &[option, ("max", max.into()), ("found", found.into())])
        }
        Problem::Empty => say.with("problem-empty", &[option]),
        Problem::NotAPerson => say.with("problem-not-a-person", &[option]),
        Problem::NotACode => say.with("problem-not-a-code", &[option]),
        Problem::NotAPrice(NotMoney::NotANumber) => say.with("problem-price-number", &[option]),
        Problem::NotAPrice(NotMoney::OutOfRange) => say.with("problem-price-range", &[option]),
        Problem::NotAPrice(NotMoney::NotACurrency | NotMoney::TwoCurrencies) => {
            say.with("problem-price-currency", &[option])
        }
        Problem::NotAPrice(NotMoney::TwoMeanings { thousands, cents }) => {
            let point = if say.locale == Locale::Fr { ',' } else { '.' };
            let (thousands, cents) = (thousands.to_string(), format!("{}{point}{:02}", cents / 100, cents % 100));
            let args = [option, ("thousands", (&thousands).into()), ("cents", (&cents).into())];
            say.with("problem-price-two-meanings", &args)
        }
        Problem::NotAChannel => say.with("problem-not-a-channel", &[option]),
        Problem::NotARole => say.with("problem-not-a-role", &[option]),
        Problem::UnclosedQuote => say.with("problem-unclosed-quote", &[option]),
        Problem::Unknown => say.with("problem-unknown", &[option]),
        Problem::NoSuchOption { named } => say.with("problem-no-such-option", &[("named", (&plain(named)).into())]),
        Problem::Twice => say.with("problem-twice", &[option]),
        Problem::PercentOrAmount => say.with("problem-percent-or-amount", &[option]),
        Problem::NotADiscount => say.with("problem-discount", &[option]),
        Problem::NotAPromoCode { strange } if strange.is_empty() => say.with("problem-promo-code-length", &[option]),
        Problem::NotAPromoCode { strange } => say.with("problem-promo-code", &[option, ("strange", strange.into())]),
        Problem::NotATarget => say.with("problem-target", &[option]),
        Problem::NotADuration => say.with("problem-duration", &[option]),
        Problem::NotADate => say.with("problem-date", &[option]),
        Problem::TooCheap { least } => {
            let least = least.show(say.locale);
            say.with("problem-price-least", &[option, ("least", (&least).into())])
        }
        Problem::OnlyLeft { left } => say.with("problem-only-left", &[option, ("left", (*left).into())]),
        Problem::MemberLimit { left } => say.with("problem-member-limit", &[option, ("left", (*left).into())]),
        Problem::WhichVariant { variants, command } => {
            let list = variants.join(", ");
            say.with("problem-which-variant", &[("variants", (&list).into()), ("command", command.into())])
        }
        Problem::OverCap { cap, of: None } => say.with("problem-over-cap", &[option, ("cap", i64::from(*cap).into())]),
        Problem::OverCap { cap, of: Some((lowest, most)) } => {
            let cap = i64::from(*cap).into();
            say.with(
                "problem-over-cap-amount",
                &[option, ("cap", cap), ("lowest", lowest.into()), ("most", most.into())],
            )
        }
        Problem::Rests(found) => rests(say, found),
        Problem::AskedBefore(found) => asked_before(say, found),
        Problem::NotAnAmount { max } => {
            let example = match (max.currency().digits(), say.locale) {
                (0, _) => "150",
                (_, Locale::Fr) => "1,50",
                (_, Locale::En) => "1.50",
            };
            let max = max.show(say.locale);
            say.with("problem-amount", &[option, ("max", (&max).into()), ("example", example.into())])
        }
        Problem::AboveRank(found) => {
            let (cap, left) = (found.cap.show(say.locale), found.left.show(say.locale));
            say.with("problem-above-rank", &[("cap", (&cap).into()), ("left", (&left).into())])
        }
    }
}

/// A moment that Discord shows in the reader's own time (Discord, "Message formatting: Timestamps").
fn moment(at: Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

/// Which promotion another one must rest from, and until when.
fn rests(say: &Speech<'_>, rests: &Rests) -> String {
    let name = plain(rests.called.as_deref().unwrap_or(&rests.target));
    let target = match rests.target.split_once('/') {
        Some((kind, _)) => say.with(&format!("promo-target-{kind}"), &[("name", (&name).into())]),
        None => say.t(&format!("promo-target-{}", rests.target)),
    };
    let (over, rested) = (moment(rests.over), moment(rests.rested));
    let args = [
        ("number", rests.promotion.into()),
        ("target", (&target).into()),
        ("over", (&over).into()),
        ("rested", (&rested).into()),
        ("way", if rests.by_code { "code" } else { "all" }.into()),
    ];
    say.with(if rests.live { "error-promo-has-one" } else { "error-promo-cooldown" }, &args)
}

/// Of which item as little was asked before, and when that is forgotten.
fn asked_before(say: &Speech<'_>, asked: &AskedBefore) -> String {
    let called = plain(&asked.called);
    let item = match asked.item.rsplit_once('/') {
        Some((_, "month")) => format!("{called} · {}", say.t("buy-monthly")),
        Some((_, "year")) => format!("{called} · {}", say.t("buy-yearly")),
        Some(_) | None => called,
    };
    let (lowest, price) = (asked.lowest.show(say.locale), asked.price.show(say.locale));
    let args = [("item", (&item).into()), ("lowest", (&lowest).into()), ("price", (&price).into())];
    let what = say.with("error-promo-no-reduction", &args);
    let then = match asked.from.map(moment) {
        Some(from) => say.with("error-promo-reduces-from", &[("from", (&from).into())]),
        None => say.t("error-promo-reduces-later"),
    };
    format!("{what} {then}")
}

/// A command's name in the reader's language; other languages' names are understood too.
pub(super) fn name(say: &Speech<'_>, spec: &Spec) -> String {
    say.find(&format!("cmd-{}-name", spec.name), &[]).unwrap_or_else(|| spec.name.to_owned())
}

/// How a command is typed, such as `!ticket_reply <id> <message>`.
pub(super) fn usage(say: &Speech<'_>, spec: &Spec) -> String {
    let mut usage = format!("!{}", name(say, spec));
    let (body, short): (Vec<_>, Vec<_>) =
        spec.options.iter().filter(|opt| opt.ty != Type::File).partition(|opt| opt.ty == Type::Body);
    let (required, optional): (Vec<_>, Vec<_>) = short.into_iter().partition(|opt| opt.required);
    let mut all = required.iter().chain(&optional).chain(&body).peekable();
    while let Some(opt) = all.next() {
        usage.push(' ');
        usage.push_str(&typed(say, opt, all.peek().is_some()));
    }
    usage
}

/// An option as it is typed; a line that others follow stands in quotes, without which it ends after a word.
fn typed(say: &Speech<'_>, opt: &Opt, followed: bool) -> String {
    let name = say.find(&format!("opt-{}-name", opt.name), &[]).unwrap_or_else(|| opt.name.to_owned());
    match (opt.required, opt.ty) {
        (true, _) if followed && split::is_name(opt) => format!("\"<{name}>\""),
        (true, _) => format!("<{name}>"),
        (false, Type::Body) => format!("[{name}]"),
        (false, _) if opt.whole => format!("[{name}]"),
        (false, _) => format!("[{name}=…]"),
    }
}
