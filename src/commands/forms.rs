//! The forms that complete a call where something is missing.

use super::args::{self, Raw};
use super::call::{Call, Way};
use super::refusal;
use super::spec::{Opt, Spec, Type};
use crate::app::App;
use crate::kernel::error::Error;
use crate::kernel::reply::{Action, Button, Form, Input, Reply, Shape, Style};
use crate::kernel::text::{BODY_MAX, LINE_MAX};
use crate::kernel::words::Speech;

/// The form that completes a call, when something is missing that a form asks for; a button asks for what may be left out, too,
/// so that what can't be undone is not done by a slip of the hand. Decided without waiting, because
/// Discord takes a form only as the first answer.
pub fn form_for(app: &App, call: &Call) -> Option<Form> {
    let spec = super::find(app.bot, &call.command)?;
    // Without a guild it will be refused: nobody should write for nothing.
    call.guild?;
    let lacks = args::missing(spec, &call.given);
    let open = spec.options.iter().filter(|opt| opt.in_form && !call.given.iter().any(|(name, _)| name == opt.name));
    let open: Vec<&'static Opt> = open.collect();
    let asks = match call.way {
        Way::Button => !open.is_empty(),
        Way::Slash => !lacks.is_empty(),
        Way::Text | Way::Direct | Way::Form => false,
    };
    if !asks || !lacks.iter().all(|opt| opt.in_form) {
        return None;
    }
    let say = app.words.speak(call.locale());
    let draft = draft(app, call);
    let inputs = open.into_iter().map(|opt| input(&say, spec, opt, &draft)).collect();
    let title = say.t(&format!("form-{}", spec.name));
    Some(Form { action: known(spec, call), title, inputs })
}

/// The option of a button that names the request in which its form was first typed.
const TYPED: &str = "typed";

fn is_text(opt: &Opt) -> bool {
    matches!(opt.ty, Type::Line | Type::Body)
}

/// What the person typed before, for the form of a button that names that request.
fn draft(app: &App, call: &Call) -> Vec<(&'static str, String)> {
    let request = call.given.iter().find_map(|(name, raw)| match raw {
        Raw::Text(request) if name == TYPED => Some(request.as_str()),
        _ => None,
    });
    request.map(|request| app.drafts.of(call.person.user, request)).unwrap_or_default()
}

/// Keeps what was typed for the form; gives the action that opens it.
fn keep_draft(app: &App, spec: &'static Spec, call: &Call) -> Action {
    let given = |opt: &Opt| {
        call.given.iter().find_map(|(name, raw)| match raw {
            Raw::Text(text) if name == opt.name => Some(text.clone()),
            _ => None,
        })
    };
    let asked = || spec.options.iter().filter(|opt| opt.in_form && is_text(opt));
    let mut texts: Vec<(&'static str, String)> = asked().filter_map(|opt| Some((opt.name, given(opt)?))).collect();
    if texts.is_empty()
        && let Some((_, rest)) = call.typed.trim_start().split_once(char::is_whitespace)
    {
        // It could not be told apart: all of it goes where there is room.
        let room = asked().find(|opt| opt.ty == Type::Body);
        texts.extend(room.map(|opt| (opt.name, rest.trim().to_owned())).filter(|(_, rest)| !rest.is_empty()));
    }
    let action = known(spec, call);
    if texts.is_empty() {
        return action;
    }
    app.drafts.keep(call.person.user, &call.request, texts);
    action.with(TYPED, &call.request)
}

/// The options already given that fit a button: texts stay out, so nothing personal gets in.
fn known(spec: &Spec, call: &Call) -> Action {
    let mut action = Action::new(spec.name);
    for (name, raw) in &call.given {
        // What can't be used would be refused again, after all the writing.
        let short = spec.option(name).is_some_and(|opt| !is_text(opt) && opt.ty != Type::File && args::fits(opt, raw));
        match raw {
            Raw::Int(number) if short => action = action.with(name, number),
            Raw::Id(id) if short => action = action.with(name, id),
            Raw::Text(text) if short && !text.contains(['&', '=']) => action = action.with(name, text),
            Raw::Member(person) if short => action = action.with(name, person.user),
            Raw::Int(_) | Raw::Id(_) | Raw::Member(_) | Raw::Text(_) | Raw::File(_) => {}
        }
    }
    action
}

fn input(say: &Speech<'_>, spec: &Spec, opt: &'static Opt, draft: &[(&'static str, String)]) -> Input {
    let max = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let shape = match opt.ty {
        Type::Body => Shape::Paragraph(max(opt.max.unwrap_or(BODY_MAX))),
        Type::Choice(codes) => Shape::Choice(
            codes.iter().map(|code| ((*code).to_owned(), say.t(&format!("choice-{code}")), false)).collect(),
        ),
        Type::Short(most) => Shape::Line(max(most)),
        Type::Price => Shape::Line(max(args::PRICE_MAX)),
        Type::Ticket
        | Type::Line
        | Type::Int(..)
        | Type::User
        | Type::Channel
        | Type::Role
        | Type::File
        | Type::Code
        | Type::Request => Shape::Line(max(LINE_MAX)),
    };
    let hint = say.find(&format!("hint-{}-{}", spec.name, opt.name), &[]).unwrap_or_default();
    let value = draft.iter().find(|(name, _)| *name == opt.name).map(|(_, text)| text.clone()).unwrap_or_default();
    Input { option: opt.name, label: say.t(&format!("label-{}", opt.name)), value, hint, required: opt.required, shape }
}

/// Where only reopening helps, offers that.
pub(super) fn offer_reopening(say: &Speech<'_>, call: &Call, error: &Error, reply: &mut Reply) {
    let id = call.given.iter().find(|(name, _)| name == "id").and_then(|(_, raw)| raw.number());
    if let (Error::Conflict("error-ticket-closed"), Some(id)) = (error, id) {
        let action = Action::new("ticket_reopen").with("id", id);
        reply.buttons.push(Button::new(say.t("button-reopen"), action).emoji("🔓"));
    }
}

/// In text, where something is missing or too long, offers the form that asks for it.
pub(super) fn offer_form(app: &App, spec: &'static Spec, call: &Call, error: &Error, reply: &mut Reply) {
    let say = app.words.speak(refusal::locale_of(app, call));
    let ready = spec.options.iter().filter(|opt| opt.required && !opt.in_form);
    let named =
        ready.into_iter().all(|opt| call.given.iter().any(|(name, raw)| name == opt.name && args::fits(opt, raw)));
    if matches!(error, Error::Argument { .. }) && spec.has_form() && named {
        let label = say.t("button-open-form");
        let action = keep_draft(app, spec, call);
        reply.buttons.push(Button::new(label, action).style(Style::Primary).emoji("📝"));
    }
}
