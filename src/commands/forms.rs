//! The forms that complete a call where something is missing, and what was given before they opened.
//!
//! A form asks again for texts that were given, filled in. What it doesn't ask for comes back with it: in its action, where that
//! is short and not personal, else from a draft.

use super::args::{self, Raw};
use super::call::{Call, Way};
use super::refusal;
use super::spec::{Opt, Spec, Type};
use crate::app::{App, DraftValues};
use crate::domain::accounts::Guild;
use crate::kernel::error::Error;
use crate::kernel::reply::{Action, Button, Form, Input, Reply, Shape, Style};
use crate::kernel::text::{BODY_MAX, LINE_MAX};
use crate::kernel::words::Speech;
use crate::kernel::{GuildId, Rank};
use std::borrow::Cow;
use std::time::Duration;

/// The option of a button or form that names the request whose draft goes with it.
const TYPED: &str = "typed";
/// How long a form waits to know a person's rank: Discord waits three seconds for it.
const RANK_WITHIN: Duration = Duration::from_millis(700);
/// The longest action, in bytes, and what the longest names of a draft and of a guild take of it.
const ACTION_MAX: usize = 100;
const TYPED_LENGTH: usize = "&typed=18446744073709551615".len();
const GUILD_LENGTH: usize = "&guild=18446744073709551615".len();

/// The form that completes a call, when something is missing that a form asks for; a button asks for what may be left out, too,
/// so that what can't be undone is not done by a slip of the hand. Discord takes a form only as the first answer, so it waits
/// for nothing but a moment for the person's rank, where the command asks one: who may not do it should not write for nothing.
/// Where his rank isn't known by then, it is asked when the form is sent.
pub async fn form_for(app: &App, call: &Call) -> Option<Form> {
    let spec = super::find(app.bot, &call.command)?;
    // Without a guild it will be refused: nobody should write for nothing.
    let guild = call.guild?;
    if !asks(spec, call) {
        return None;
    }
    if let Some(needed) = spec.rank
        && is_below(app, guild, call, needed).await
    {
        return None;
    }
    open(app, spec, call)
}

/// Whether somebody is known not to have a rank. Nothing is written of a guild that isn't known: in direct messages it is
/// anybody's word.
async fn is_below(app: &App, guild: GuildId, call: &Call, needed: Rank) -> bool {
    let person = &call.person;
    if person.roles.is_empty() && !person.manages_guild {
        return true;
    }
    let has = |settings: &Guild| settings.actor(person).rank().is_some_and(|rank| rank >= needed);
    if !app.has_database() {
        return !has(&app.guilds.preset(guild));
    }
    match tokio::time::timeout(RANK_WITHIN, app.known_guild(guild)).await {
        Ok(Ok(Some(settings))) => !has(&settings),
        Ok(Ok(None)) => !has(&app.guilds.preset(guild)),
        Ok(Err(_)) | Err(_) => false,
    }
}

/// Whether something is missing that a form asks for.
fn asks(spec: &Spec, call: &Call) -> bool {
    let is_given = |opt: &Opt| call.given.iter().any(|(name, _)| name == opt.name);
    match call.way {
        Way::Button => spec.options.iter().any(|opt| opt.in_form && !is_given(opt)),
        Way::Slash => !args::missing(spec, &call.given).is_empty(),
        Way::Text | Way::Direct | Way::Form | Way::Page => false,
    }
}

fn open(app: &App, spec: &'static Spec, call: &Call) -> Option<Form> {
    let given = given(app, spec, call);
    let all: Vec<(String, Raw)> = given.all().map(|(name, raw)| ((*name).to_owned(), raw.clone())).collect();
    if !args::missing(spec, &all).iter().all(|opt| opt.in_form) {
        return None;
    }
    let asked_anew = |(name, _): &&(&'static str, Raw)| spec.option(name).is_some_and(|opt| opt.in_form);
    let drafted = given.draft.iter().any(|value| !asked_anew(&value));
    let (mut action, over) = pack(spec, &given.fixed, drafted);
    if drafted || !over.iter().all(|value| asked_anew(&value)) {
        let request = named_draft(call).unwrap_or(&call.request);
        if named_draft(call).is_none() || !over.is_empty() {
            app.drafts.keep(call.person.user, request, given.draft.iter().chain(&over).cloned().collect());
        }
        action = action.with(TYPED, request);
    }
    let say = app.words.speak(call.locale());
    let left =
        spec.options.iter().filter(|opt| opt.in_form && !action.options.iter().any(|(name, _)| name == opt.name));
    let first =
        |opt: &Opt| all.iter().find(|(name, _)| name == opt.name).map(|(_, raw)| shown(raw)).unwrap_or_default();
    let inputs = left.map(|opt| input(&say, spec, opt, first(opt))).collect();
    let title = say.t(&format!("form-{}", spec.name));
    Some(Form { action, title, inputs })
}

/// What a call gives to a form.
struct Given {
    /// What the form needn't ask for.
    fixed: DraftValues,
    /// What it asks for again.
    again: DraftValues,
    /// What the call's draft holds beside it.
    draft: DraftValues,
}

impl Given {
    fn all(&self) -> impl Iterator<Item = &(&'static str, Raw)> {
        self.fixed.iter().chain(&self.again).chain(&self.draft)
    }
}

fn given(app: &App, spec: &'static Spec, call: &Call) -> Given {
    let mut given = Given { fixed: Vec::new(), again: Vec::new(), draft: Vec::new() };
    for (name, raw) in &call.given {
        let Some(opt) = spec.option(name) else { continue };
        let fits = args::fits(opt, raw);
        if opt.in_form && (is_text(opt) || !fits) {
            given.again.push((opt.name, raw.clone()));
        } else if fits {
            // What can't be used would be refused again, after all the writing.
            given.fixed.push((opt.name, raw.clone()));
        }
    }
    let draft = named_draft(call).and_then(|request| app.drafts.of(call.person.user, request)).unwrap_or_default();
    let is_new =
        |(name, _): &(&'static str, Raw)| spec.option(name).is_some() && !given.all().any(|(had, _)| had == name);
    given.draft = draft.into_iter().filter(is_new).collect();
    given
}

/// A call with what its draft holds beside it; and whether it is a form whose draft is gone.
pub(super) fn completed<'a>(app: &App, spec: &Spec, call: &'a Call) -> (Cow<'a, Call>, bool) {
    let Some(request) = named_draft(call) else { return (Cow::Borrowed(call), false) };
    let draft = app.drafts.of(call.person.user, request);
    let lost = draft.is_none() && call.way == Way::Form;
    let mut call = call.clone();
    call.given.retain(|(name, _)| name != TYPED);
    let is_new =
        |(name, _): &(&'static str, Raw)| spec.option(name).is_some() && !call.given.iter().any(|(had, _)| had == name);
    let new: DraftValues = draft.unwrap_or_default().into_iter().filter(is_new).collect();
    call.given.extend(new.into_iter().map(|(name, raw)| (name.to_owned(), raw)));
    (Cow::Owned(call), lost)
}

/// The request whose draft goes with a call.
fn named_draft(call: &Call) -> Option<&str> {
    call.given.iter().find_map(|(name, raw)| match raw {
        Raw::Text(request) if name == TYPED => Some(request.as_str()),
        _ => None,
    })
}

/// Whether an option takes what may be personal: it never stands in an action.
const fn is_text(opt: &Opt) -> bool {
    matches!(opt.ty, Type::Line | Type::Short(_) | Type::Price | Type::Amount | Type::Body)
}

/// The action of a form or its button with what it can carry of these values, beside a draft where there is one; and what is
/// left for that draft.
fn pack(spec: &Spec, values: &DraftValues, drafted: bool) -> (Action, DraftValues) {
    let room = if super::reaches_from_afar(spec.name) { ACTION_MAX - GUILD_LENGTH } else { ACTION_MAX };
    let within = |room: usize| {
        let (mut action, mut over) = (Action::new(spec.name), Vec::new());
        for (name, raw) in values {
            let value = carried(raw).filter(|_| spec.option(name).is_some_and(|opt| !is_text(opt)));
            let longer = value.map(|value| action.clone().with(name, value));
            match longer.filter(|longer| longer.to_string().len() <= room) {
                Some(longer) => action = longer,
                None => over.push((*name, raw.clone())),
            }
        }
        (action, over)
    };
    let (action, over) = within(room);
    if drafted || !over.is_empty() { within(room - TYPED_LENGTH) } else { (action, over) }
}

/// A value as an action carries it.
fn carried(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) if text.contains(['&', '=']) => None,
        Raw::File(_) => None,
        Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::Member(_) => Some(shown(raw)),
    }
}

/// A value as it stands in an input; a file stands in none.
fn shown(raw: &Raw) -> String {
    match raw {
        Raw::Text(text) => text.clone(),
        Raw::Int(number) => number.to_string(),
        Raw::Id(id) => id.to_string(),
        Raw::Member(person) => person.user.to_string(),
        Raw::File(_) => String::new(),
    }
}

/// Keeps for the form what was typed, and what its button can't carry; gives that button's action.
fn keep_draft(app: &App, spec: &'static Spec, call: &Call, error: &Error) -> Action {
    let refused = |opt: &Opt| matches!(error, Error::Argument { option, .. } if *option == opt.name);
    let (mut fixed, mut draft) = (Vec::new(), Vec::new());
    for (name, raw) in &call.given {
        let Some(opt) = spec.option(name) else { continue };
        // A form that was filled opens again as it was.
        let again = opt.in_form && (is_text(opt) || call.way == Way::Form || refused(opt) || !args::fits(opt, raw));
        match raw {
            Raw::Text(_) if again => draft.push((opt.name, raw.clone())),
            // It goes with the typed message.
            Raw::File(_) if call.way == Way::Text => {}
            raw if args::fits(opt, raw) => fixed.push((opt.name, raw.clone())),
            Raw::Text(_) | Raw::Int(_) | Raw::Id(_) | Raw::Member(_) | Raw::File(_) => {}
        }
    }
    let mut asked = spec.options.iter().filter(|opt| opt.in_form);
    let told_apart = |opt: &Opt| opt.is_typed() && call.given.iter().any(|(name, _)| name == opt.name);
    if !asked.clone().any(told_apart)
        && let Some((_, rest)) = call.typed.trim_start().split_once(char::is_whitespace)
        && let Some(room) = asked.find(|opt| opt.ty == Type::Body)
        && !rest.trim().is_empty()
    {
        // It could not be told apart: all of it goes where there is room.
        draft.push((room.name, Raw::Text(rest.trim().to_owned())));
    }
    let (action, over) = pack(spec, &fixed, !draft.is_empty());
    draft.extend(over);
    if draft.is_empty() {
        return action;
    }
    app.drafts.keep(call.person.user, &call.request, draft);
    action.with(TYPED, &call.request)
}

fn input(say: &Speech<'_>, spec: &Spec, opt: &'static Opt, value: String) -> Input {
    let max = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let shape = match opt.ty {
        Type::Body => Shape::Paragraph(max(opt.max.unwrap_or(BODY_MAX))),
        Type::Choice(codes) | Type::Choices(codes) => Shape::Choice(
            codes.iter().map(|code| ((*code).to_owned(), say.t(&format!("choice-{code}")), *code == value)).collect(),
        ),
        Type::Short(most) => Shape::Line(max(most)),
        Type::Price | Type::Amount => Shape::Line(max(args::PRICE_MAX)),
        Type::Ticket
        | Type::Order
        | Type::Giveaway
        | Type::Line
        | Type::Int(..)
        | Type::User
        | Type::Channel
        | Type::Role
        | Type::File
        | Type::Code
        | Type::Reduction
        | Type::Duration
        | Type::PromoCode
        | Type::Target
        | Type::Request
        | Type::Offer => Shape::Line(max(LINE_MAX)),
    };
    let hint = say.find(&format!("hint-{}-{}", spec.name, opt.name), &[]).unwrap_or_default();
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

/// Offers the form: to who typed, where something is missing or can't be used; to who sent it, as he had filled it.
pub(super) fn offer_form(app: &App, spec: &'static Spec, call: &Call, error: &Error, reply: &mut Reply) {
    let say = app.words.speak(refusal::locale_of(app, call));
    let ready = spec.options.iter().filter(|opt| opt.required && !opt.in_form);
    let named =
        ready.into_iter().all(|opt| call.given.iter().any(|(name, raw)| name == opt.name && args::fits(opt, raw)));
    let helps = match (call.way, error) {
        // It may be done already.
        (_, Error::Unsure { .. }) => false,
        // What a form can't take: it would lead back to itself.
        (_, Error::Conflict("error-shop-content-is-file")) => false,
        (Way::Form, _) | (_, Error::Argument { .. }) => true,
        _ => false,
    };
    if helps && spec.has_form() && named {
        let label = say.t("button-open-form");
        let action = keep_draft(app, spec, call, error);
        reply.buttons.push(Button::new(label, action).style(Style::Primary).emoji("📝"));
    }
}
