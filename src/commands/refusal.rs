//! What is said of a call that is refused, and where.
//!
//! A typed command stands where others read. Where its text may be private, or its refusal tells how a ticket stands, both are
//! kept for the person behind his button and the message is deleted: nothing of it stays in public, and nothing that he wrote
//! is lost. Other refusals are said at once, in the channel.

use super::args::Raw;
use super::call::{Answer, Call, Way};
use super::dispatch::{Cx, stub, waits};
use super::forms::{offer_form, offer_reopening};
use super::spec::{Spec, Type};
use super::{errors, near, once, split};
use crate::app::App;
use crate::kernel::error::Problem;
use crate::kernel::reply::{Card, File, Reply, Visibility};
use crate::kernel::text::{clean, is_blank, plain, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Result};
use std::time::Duration;

/// How long it may take to learn whether the bot may delete a message.
const LOOK: Duration = Duration::from_secs(2);
/// Longest name of a file that is shown.
const NAME_MAX: usize = 60;

/// Longest text on a card; longer ones go into a file beside it (Discord, "Embed Limits": 4096, and 6000 for a whole message).
const CARD_MAX: usize = 4000;
/// How much of a longer one is shown all the same: as typed, before signs are escaped, which may double it.
const BEGINNING: usize = 1500;

/// Says a refusal at once; `surplus` tells that more was typed than any option takes.
///
/// Where text stays with it because nothing could be kept, its writer is told to delete it.
pub(super) fn say(app: &App, spec: &'static Spec, call: &Call, error: &Error, surplus: bool) -> Answer {
    errors::log(spec.name, error);
    let say = app.words.speak(locale_of(app, call));
    let mut reply = errors::reply(&say, spec, call.way, error);
    offer_reopening(&say, call, error, &mut reply);
    match call.way {
        Way::Text | Way::Direct => {
            reply.visibility = Visibility::Public;
            let stays =
                call.way == Way::Text && call.guild.is_some() && app.has_database() && holds_text(spec, call, surplus);
            if !stays {
                correct(app, &say, (spec, call), error, &mut reply);
            }
            offer_form(app, spec, call, error, &mut reply);
            if stays {
                reply.text = format!("{}\n{}", reply.text, say.t("refused-stays"));
            }
            // Whoever may not, and goes on asking, has read it: others wait for their answers in that channel.
            if let (Error::NotAllowed(_), Way::Text, Some(guild), false) = (error, call.way, call.guild, stays)
                && !app.limits.may_be_refused(guild, call.person.user)
            {
                return Answer::Nothing;
            }
            if let (Error::TooMany { retry_after_s }, Way::Text, Some(guild)) = (error, call.way, call.guild) {
                let told = app.limits.is_told(guild, call.person.user, stays, *retry_after_s);
                if !told || !stays && !app.limits.may_be_refused(guild, call.person.user) {
                    return Answer::Nothing;
                }
                // This notice speaks for whatever he types until then.
                let until = if stays { "refused-until-stays" } else { "refused-until" };
                reply.text = format!("{}\n{}", reply.text, say.t(until));
            }
        }
        Way::Form => give_back(app, &say, (spec, call), error, &mut reply),
        Way::Slash | Way::Button | Way::Page => quote(&say, (spec, call), &mut reply),
    }
    Answer::say(reply)
}

/// What a person is told whose typed command stays visible although it was to go: the bot may not delete it. Nothing where no
/// text came with it.
pub fn stays(app: &App, call: &Call) -> Option<String> {
    // What can't be read as a command was only to go because text came with it.
    let holds = super::find(app.bot, &call.command).is_none_or(|spec| holds_text(spec, call, false));
    holds.then(|| app.words.speak(locale_of(app, call)).t("refused-stays"))
}

/// Says so beforehand of a message with files, which is deleted only once they are copied, when nobody waits for an answer.
pub(super) async fn foretell(cx: &mut Cx<'_>, reply: &mut Reply) {
    let Some(place) = cx.removes else { return };
    let channels = [place.channel];
    let look = cx.app.inspector.look(cx.guild.id, &channels, &[]);
    // Where Discord doesn't tell, nothing is said.
    let Ok(Ok(seen)) = tokio::time::timeout(LOOK, look).await else { return };
    let lacks = seen.lacking.iter().any(|lacking| lacking.permissions.contains(&"MANAGE_MESSAGES"));
    // A thread's rights are its parent's, which isn't known here.
    if lacks && !seen.unknown_channels.contains(&place.channel) {
        reply.text = format!("{}\n{}", reply.text, cx.say.t("refused-stays"));
    }
}

/// The person's language as he was last heard, else the guild's where it is known without asking.
pub(super) fn locale_of(app: &App, call: &Call) -> Locale {
    // A sentence is answered in its own language, refused as well.
    let spoken = call.given.iter().find_map(|(name, raw)| match raw {
        Raw::Text(text) if name == "sentence" => super::maxis::tongue::of(text),
        _ => None,
    });
    let (user, languages) = (call.person.user, &app.guilds.languages);
    let own = || call.guild.map_or_else(|| languages.anywhere(user), |guild| languages.of(guild, user));
    let kept = || call.guild.and_then(|guild| app.guilds.get(guild)).map(|guild| guild.locale);
    spoken.or(call.person.locale).or_else(own).or_else(kept).unwrap_or_default()
}

/// Keeps a refusal that isn't for everybody, with what was typed.
///
/// # Errors
/// The refusal itself where it may be said at once; [`Error::Unavailable`] when it can't be kept.
pub(super) async fn hide(cx: &mut Cx<'_>, spec: &'static Spec, call: &Call, error: Error) -> Result<Answer> {
    if !is_private(cx, spec, call, &error) {
        return Err(error);
    }
    let reply = with_typed(cx, spec, call, &error);
    keep(cx, &reply, Some(spec)).await
}

/// Says that a typed name is no command, and which one is nearest; hidden with what was typed where that holds text.
///
/// # Errors
/// [`Error::Unavailable`] when it can't be kept.
pub(super) async fn unknown(cx: &mut Cx<'_>, nearest: &'static Spec, call: &Call) -> Result<Answer> {
    let typed = typed_name(call);
    let name = near::nearest_name(nearest, typed, &cx.say, &cx.app.words);
    let text = cx.say.with("error-unknown-command", &[("command", (&name).into())]);
    if call.way != Way::Text || !cx.app.has_database() || !holds_text(nearest, call, near::is_ours(typed)) {
        return Ok(Answer::say(Reply::public(text)));
    }
    let mut reply = Reply::private(text);
    show_typed(&cx.say, call, &mut reply);
    keep(cx, &reply, None).await
}

/// The name that was typed.
fn typed_name(call: &Call) -> &str {
    call.typed.trim_start().trim_start_matches('!').split_whitespace().next().unwrap_or_default()
}

/// Whether a typed name that is no command was meant for us beyond doubt.
pub(super) fn is_ours(call: &Call) -> bool {
    near::is_ours(typed_name(call))
}

async fn keep(cx: &mut Cx<'_>, reply: &Reply, spec: Option<&Spec>) -> Result<Answer> {
    // Where this request has an answer already, that one waits.
    once::keep(cx, reply).await.map_err(Error::as_unavailable)?;
    let mut stub = stub(cx, spec);
    foretell(cx, &mut stub).await;
    Ok(Answer::Say { reply: stub, remove_source: cx.removes.is_none() })
}

fn is_private(cx: &Cx<'_>, spec: &Spec, call: &Call, error: &Error) -> bool {
    let surplus = is_surplus(error);
    let waits = waits(cx.app, spec, call) || (surplus && call.way == Way::Text && cx.app.has_database());
    waits
        && match error {
            // Why a step isn't possible tells how a ticket stands.
            Error::Conflict(_) => true,
            Error::Argument { .. } | Error::NotFound(_) | Error::NotAllowed(_) => holds_text(spec, call, surplus),
            // Nothing can be kept, or too much would be.
            Error::TooMany { .. } | Error::Unavailable { .. } | Error::Unsure { .. } | Error::Internal { .. } => false,
        }
}

/// Whether more was typed than any option takes, or a quotation that doesn't end: it may be anything.
pub(super) const fn is_surplus(error: &Error) -> bool {
    matches!(error, Error::Argument { problem: Problem::Unknown | Problem::UnclosedQuote, .. })
}

/// Whether something was typed that may be private: where a command takes text, or more came than it takes, anything but the
/// ticket's number in front. Other numbers may be a telephone's, or a card's.
fn holds_text(spec: &Spec, call: &Call, surplus: bool) -> bool {
    let takes_text = spec.options.iter().any(|opt| matches!(opt.ty, Type::Line | Type::Body | Type::File));
    let mut words = call.typed.split_whitespace().skip(1).peekable();
    if spec.options.first().is_some_and(|opt| opt.ty == Type::Ticket) {
        words.next_if(|word| word.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit()));
    }
    (takes_text || surplus) && (words.next().is_some() || files(call).next().is_some())
}

/// A refusal for the person alone, with what he typed, so that he can copy it.
pub(super) fn with_typed(cx: &Cx<'_>, spec: &'static Spec, call: &Call, error: &Error) -> Reply {
    let say = &cx.say;
    let mut reply = errors::reply(say, spec, call.way, error);
    offer_reopening(say, call, error, &mut reply);
    if matches!(call.way, Way::Text | Way::Direct) {
        correct(cx.app, say, (spec, call), error, &mut reply);
    }
    match call.way {
        Way::Text => {
            offer_form(cx.app, spec, call, error, &mut reply);
            show_typed(say, call, &mut reply);
        }
        // There it stands still.
        Way::Direct => offer_form(cx.app, spec, call, error, &mut reply),
        Way::Form => give_back(cx.app, say, (spec, call), error, &mut reply),
        Way::Slash | Way::Button | Way::Page => quote(say, (spec, call), &mut reply),
    }
    reply
}

/// Adds what was typed with the quotation marks that a name of several words needs, where that is what was wrong.
fn correct(app: &App, say: &Speech<'_>, (spec, call): (&'static Spec, &Call), error: &Error, reply: &mut Reply) {
    if let Some(right) = split::corrected(spec, &call.typed, error, &app.words) {
        reply.text = format!("{}\n{}", reply.text, say.with("refused-quotes", &[("command", (&right).into())]));
    }
}

/// Adds what was typed.
fn show_typed(say: &Speech<'_>, call: &Call, reply: &mut Reply) {
    let card = whole(say, "refused-typed", &clean(&call.typed), reply);
    reply.cards.push(with_files(say, call, card));
}

/// Names the files that came with it.
fn with_files(say: &Speech<'_>, call: &Call, card: Card) -> Card {
    let names: Vec<String> = files(call).map(|name| plain(&shorten(name, NAME_MAX))).collect();
    if names.is_empty() { card } else { card.field(say.t("refused-files"), names.join("\n"), false) }
}

/// Adds what was written in a form, and the form again, filled in.
fn give_back(app: &App, say: &Speech<'_>, (spec, call): (&'static Spec, &Call), error: &Error, reply: &mut Reply) {
    let Some(text) = written(say, spec, call) else { return };
    offer_form(app, spec, call, error, reply);
    let card = whole(say, "refused-written", &text, reply);
    reply.cards.push(card);
}

/// Adds what was written with a slash command, which Discord shows no more once it is sent, or what a button brought. A name or a
/// number alone is given again in a moment.
fn quote(say: &Speech<'_>, (spec, call): (&'static Spec, &Call), reply: &mut Reply) {
    let is_long = |(name, raw): &(String, Raw)| {
        matches!(raw, Raw::Text(_)) && spec.option(name).is_some_and(|opt| opt.ty == Type::Body)
    };
    if !call.given.iter().any(is_long) {
        return;
    }
    let Some(text) = written(say, spec, call) else { return };
    let card = whole(say, "refused-written", &text, reply);
    reply.cards.push(with_files(say, call, card));
}

/// The texts that a form asks for, as they were given; each with its name where they are several.
fn written(say: &Speech<'_>, spec: &Spec, call: &Call) -> Option<String> {
    let written = |(name, raw): &(String, Raw)| match (spec.option(name), raw) {
        (Some(opt), Raw::Text(text)) if opt.in_form && opt.is_typed() && !is_blank(text) => {
            Some((say.t(&format!("label-{}", opt.name)), clean(text)))
        }
        _ => None,
    };
    let written: Vec<(String, String)> = call.given.iter().filter_map(written).collect();
    match written.as_slice() {
        [] => None,
        [(_, text)] => Some(text.clone()),
        several => {
            Some(several.iter().map(|(label, text)| format!("{label} :\n{text}")).collect::<Vec<_>>().join("\n\n"))
        }
    }
}

/// A card with a text as it was typed; one that is too long for it goes into a file of the reply, too, to the last letter.
fn whole(say: &Speech<'_>, title: &str, text: &str, reply: &mut Reply) -> Card {
    let mut card = Card::titled(say.t(title));
    card.body = plain(text);
    if card.body.chars().count() > CARD_MAX {
        card.body = format!("{}\n\n{}", plain(&shorten(text, BEGINNING)), say.t("refused-in-file"));
        reply.files.push(File { name: say.t("refused-file-name"), bytes: text.as_bytes().to_vec() });
    }
    card
}

/// The names of the files that came with it.
fn files(call: &Call) -> impl Iterator<Item = &str> {
    call.given.iter().filter_map(|(_, raw)| match raw {
        Raw::File(file) => Some(file.name.as_str()),
        Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::Member(_) => None,
    })
}
