//! The forms that complete a call where something is missing.

use super::args::{self, Raw};
use super::call::{Call, Way};
use super::spec::{Opt, Spec, Type};
use crate::app::App;
use crate::kernel::error::Error;
use crate::kernel::reply::{Action, Button, Form, Input, Reply, Shape, Style};
use crate::kernel::text::{BODY_MAX, LINE_MAX};
use crate::kernel::words::Speech;

/// The form that completes a call, when something is missing that a form asks for. Decided without waiting, because
/// Discord takes a form only as the first answer.
pub fn form_for(app: &App, call: &Call) -> Option<Form> {
    let spec = super::find(app.bot, &call.command)?;
    // Without a guild it will be refused: nobody should write for nothing.
    call.guild?;
    let lacks = args::missing(spec, &call.given);
    let askable = matches!(call.way, Way::Slash | Way::Button);
    if !askable || lacks.is_empty() || !lacks.iter().all(|opt| opt.in_form) {
        return None;
    }
    let say = app.words.speak(call.locale());
    let open = spec.options.iter().filter(|opt| opt.in_form && !call.given.iter().any(|(name, _)| name == opt.name));
    let inputs = open.map(|opt| input(&say, spec, opt)).collect();
    let title = say.t(&format!("form-{}", spec.name));
    Some(Form { action: known(spec, call), title, inputs })
}

/// The options already given that fit a button: texts stay out, so nothing personal gets in.
fn known(spec: &Spec, call: &Call) -> Action {
    let mut action = Action::new(spec.name);
    for (name, raw) in &call.given {
        let text = |ty: Type| matches!(ty, Type::Line | Type::Short(_) | Type::Price | Type::Body | Type::File);
        let short = spec.option(name).is_some_and(|opt| !text(opt.ty));
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

fn input(say: &Speech<'_>, spec: &Spec, opt: &'static Opt) -> Input {
    let max = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let shape = match opt.ty {
        Type::Body => Shape::Paragraph(max(BODY_MAX)),
        Type::Choice(codes) => Shape::Choice(
            codes.iter().map(|code| ((*code).to_owned(), say.t(&format!("choice-{code}")), false)).collect(),
        ),
        Type::Short(most) => Shape::Line(max(most)),
        Type::Price => Shape::Line(max(args::PRICE_MAX)),
        Type::Ticket
        | Type::Order
        | Type::Line
        | Type::Int(..)
        | Type::User
        | Type::Channel
        | Type::Role
        | Type::File
        | Type::Code
        | Type::Request
        | Type::Offer => Shape::Line(max(LINE_MAX)),
    };
    let hint = say.find(&format!("hint-{}-{}", spec.name, opt.name), &[]).unwrap_or_default();
    Input { option: opt.name, label: say.t(&format!("label-{}", opt.name)), hint, required: opt.required, shape }
}

/// In text, where something is missing or too long, offers the form that asks for it.
pub(super) fn offer_form(say: &Speech<'_>, spec: &Spec, call: &Call, error: &Error, reply: &mut Reply) {
    let ready = spec.options.iter().filter(|opt| opt.required && !opt.in_form);
    let named = ready.into_iter().all(|opt| call.given.iter().any(|(name, _)| name == opt.name));
    if matches!(error, Error::Argument { .. }) && spec.has_form() && named {
        let label = say.t("button-open-form");
        reply.buttons.push(Button::new(label, known(spec, call)).style(Style::Primary).emoji("📝"));
    }
}
