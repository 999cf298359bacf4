//! What is said of a call that is refused, and where.
//!
//! A typed command stands where others read. Where its text may be private, or its refusal tells how a ticket stands, both are
//! kept for the person behind his button and the message is deleted: nothing of it stays in public, and nothing that he wrote
//! is lost. Other refusals are said at once, in the channel.

use super::args::Raw;
use super::call::{Answer, Call, Way};
use super::dispatch::{Cx, stub, waits};
use super::forms::offer_form;
use super::spec::{Spec, Type};
use super::{errors, once};
use crate::app::App;
use crate::kernel::reply::{Card, Reply, Visibility};
use crate::kernel::text::{clean, plain, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Result};

/// Longest name of a file that is shown.
const NAME_MAX: usize = 60;

/// Says a refusal at once.
pub(super) fn say(app: &App, spec: &'static Spec, call: &Call, error: &Error) -> Answer {
    errors::log(spec.name, error);
    let say = app.words.speak(locale_of(app, call));
    let mut reply = errors::reply(&say, spec, error);
    if call.way == Way::Text {
        reply.visibility = Visibility::Public;
        offer_form(&say, spec, call, error, &mut reply);
    }
    Answer::say(reply)
}

/// The person's language, else the guild's where it is known without asking.
pub(super) fn locale_of(app: &App, call: &Call) -> Locale {
    let kept = call.guild.and_then(|guild| app.guilds.get(guild)).map(|guild| guild.locale);
    call.person.locale.or(kept).unwrap_or_default()
}

/// Keeps a refusal that isn't for everybody, with what was typed.
///
/// # Errors
/// The refusal itself where it may be said at once; [`Error::Unavailable`] when it can't be kept.
pub(super) async fn hide(cx: &mut Cx<'_>, spec: &'static Spec, call: &Call, error: Error) -> Result<Answer> {
    if !is_private(cx, spec, call, &error) {
        return Err(error);
    }
    let reply = with_typed(&cx.say, spec, call, &error);
    // Where this request has an answer already, that one waits.
    once::keep(cx, &reply).await.map_err(Error::as_unavailable)?;
    Ok(Answer::Say { reply: stub(cx), remove_source: cx.removes.is_none() })
}

fn is_private(cx: &Cx<'_>, spec: &Spec, call: &Call, error: &Error) -> bool {
    waits(cx.app, spec, call)
        && match error {
            // Why a step isn't possible tells how a ticket stands.
            Error::Conflict(_) => true,
            Error::Argument { .. } | Error::NotFound(_) | Error::NotAllowed(_) => holds_text(spec, call),
            // Nothing can be kept, or too much would be.
            Error::TooMany { .. } | Error::Unavailable { .. } | Error::Unsure { .. } | Error::Internal { .. } => false,
        }
}

/// Whether something was typed that may be private: in a command that takes text, anything but a number.
fn holds_text(spec: &Spec, call: &Call) -> bool {
    let takes_text = spec.options.iter().any(|opt| matches!(opt.ty, Type::Line | Type::Body | Type::File));
    let mut words = call.typed.split_whitespace().skip(1);
    let number = |word: &str| word.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit());
    takes_text && (!words.all(number) || files(call).next().is_some())
}

/// A refusal for the person alone, with what he typed, so that he can copy it.
pub(super) fn with_typed(say: &Speech<'_>, spec: &'static Spec, call: &Call, error: &Error) -> Reply {
    let mut reply = errors::reply(say, spec, error);
    if call.way != Way::Text {
        return reply;
    }
    offer_form(say, spec, call, error, &mut reply);
    let mut card = Card::titled(say.t("refused-typed"));
    card.body = plain(&clean(&call.typed));
    let names: Vec<String> = files(call).map(|name| plain(&shorten(name, NAME_MAX))).collect();
    if !names.is_empty() {
        card = card.field(say.t("refused-files"), names.join("\n"), false);
    }
    reply.card(card)
}

/// The names of the files that came with it.
fn files(call: &Call) -> impl Iterator<Item = &str> {
    call.given.iter().filter_map(|(_, raw)| match raw {
        Raw::File(file) => Some(file.name.as_str()),
        Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::Member(_) => None,
    })
}
