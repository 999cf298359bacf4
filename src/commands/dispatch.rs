//! The way of a call: limits, identity, options, one transaction, the answer.
//!
//! The transaction is committed before anything is said. A repeat of a request gets the first answer again. A private answer
//! to a typed command is kept and offered behind a button that only its asker can use.

use super::args::{self, Args, Raw};
use super::call::{Answer, Call, Way};
use super::errors;
use super::inspector::Lacking;
use super::spec::{Opt, Spec, Type};
use crate::app::App;
use crate::db::Tx;
use crate::domain::accounts::Guild;
use crate::domain::notifications::answers;
use crate::kernel::reply::{Action, Button, Form, Input, Reply, Shape, Style, Visibility};
use crate::kernel::text::{BODY_MAX, LINE_MAX};
use crate::kernel::words::Speech;
use crate::kernel::{Actor, ChannelId, Error, GuildId, Locale, Result, UserId, error::Cause};
use jiff::Timestamp;
use std::sync::Arc;

/// Longest action (Discord, "Component Reference: custom_id").
const ACTION_MAX: usize = 100;

/// What a command works with.
pub struct Cx<'a> {
    /// The role's shared parts.
    pub app: &'a App,
    /// Who acts.
    pub actor: Actor,
    /// The person.
    pub user: UserId,
    /// His name as the guild shows it.
    pub name: &'a str,
    /// The guild's settings.
    pub guild: Arc<Guild>,
    /// Texts in his language.
    pub say: Speech<'a>,
    /// The time of the call.
    pub now: Timestamp,
    /// Id of the request.
    pub request: &'a str,
    /// The channel where he asks.
    pub channel: ChannelId,
    /// How he asks.
    pub way: Way,
    /// What the bot lacks in Discord, for a command that inspects; `None` when Discord didn't tell.
    pub lacking: Option<Vec<Lacking>>,
    /// The transaction; `None` for a bot without a database.
    tx: Option<Tx>,
}

impl Cx<'_> {
    /// The transaction of this call.
    ///
    /// # Errors
    /// [`Error::Unavailable`] in a role that has no database.
    pub fn tx(&mut self) -> Result<&mut Tx> {
        let missing = || Error::Unavailable { what: "the database", cause: Cause::new("this role has none") };
        self.tx.as_mut().ok_or_else(missing)
    }

    /// Waits for something outside the database while holding no connection; comes before the first query of a command.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database can't be reached afterwards.
    pub async fn outside<T>(&mut self, work: impl Future<Output = T>) -> Result<T> {
        if let Some(tx) = self.tx.take() {
            tx.rollback().await?;
        }
        let done = work.await;
        self.tx = Some(self.app.db.begin(&self.actor).await?);
        Ok(done)
    }

    /// The person's language.
    pub const fn locale(&self) -> Locale {
        self.say.locale
    }
}

/// Answers a call. Failures become texts: an edge always has something to say.
pub async fn answer(app: &App, call: &Call) -> Answer {
    let Some(spec) = super::find(app.bot, &call.command) else {
        return Answer::say(Reply::private(app.words.speak(call.locale()).t("error-unknown-action")));
    };
    if let Some(form) = form_for(app, call) {
        return Answer::Ask(form);
    }
    match carry_out(app, spec, call).await {
        Ok(answer) => answer,
        Err(error) => refuse(app, spec, call, &error),
    }
}

/// Answers a typed command whose options can't be read; counts against the member's limit.
pub fn unread(app: &App, spec: &'static Spec, call: &Call, error: Error) -> Answer {
    refuse(app, spec, call, &count(app, call).err().unwrap_or(error))
}

/// Answers a typed name that is no command with the nearest one that is; counts against the member's limit.
pub fn unknown(app: &App, call: &Call, nearest: &'static Spec) -> Answer {
    match count(app, call) {
        Ok(()) => {
            let say = app.words.speak(locale_of(app, call));
            Answer::say(Reply::public(say.with("error-unknown-command", &[("command", nearest.name.into())])))
        }
        Err(error) => refuse(app, nearest, call, &error),
    }
}

fn count(app: &App, call: &Call) -> Result<()> {
    call.guild.map_or(Ok(()), |guild| app.limits.count(guild, call.person.user))
}

fn refuse(app: &App, spec: &'static Spec, call: &Call, error: &Error) -> Answer {
    errors::log(spec.name, error);
    let say = app.words.speak(locale_of(app, call));
    let mut reply = errors::reply(&say, spec, error);
    if call.way == Way::Text {
        reply.visibility = Visibility::Public;
        offer_form(&say, spec, call, error, &mut reply);
    }
    Answer::say(reply)
}

/// The form that completes a call, when something is missing that a form asks for. Decided without waiting, because
/// Discord takes a form only as the first answer.
pub fn form_for(app: &App, call: &Call) -> Option<Form> {
    let spec = super::find(app.bot, &call.command)?;
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
        let short = spec.option(name).is_some_and(|opt| !matches!(opt.ty, Type::Line | Type::Body | Type::File));
        let before = action.clone();
        match raw {
            Raw::Int(number) if short => action = action.with(name, number),
            Raw::Id(id) if short => action = action.with(name, id),
            Raw::Text(text) if short && !text.contains(['&', '=']) => action = action.with(name, text),
            Raw::Member(person) if short => action = action.with(name, person.user),
            Raw::Int(_) | Raw::Id(_) | Raw::Member(_) | Raw::Text(_) | Raw::File(_) => {}
        }
        // What doesn't fit is asked again.
        if action.to_string().len() > ACTION_MAX {
            action = before;
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
        Type::Ticket
        | Type::Line
        | Type::Int(..)
        | Type::User
        | Type::Channel
        | Type::Role
        | Type::File
        | Type::Reduction
        | Type::Duration
        | Type::PromoCode
        | Type::Target
        | Type::Request => Shape::Line(max(LINE_MAX)),
    };
    let hint = say.find(&format!("hint-{}-{}", spec.name, opt.name), &[]).unwrap_or_default();
    Input { option: opt.name, label: say.t(&format!("label-{}", opt.name)), hint, required: opt.required, shape }
}

/// In text, where something is missing or too long, offers the form that asks for it.
fn offer_form(say: &Speech<'_>, spec: &Spec, call: &Call, error: &Error, reply: &mut Reply) {
    let ready = spec.options.iter().filter(|opt| opt.required && !opt.in_form);
    let named = ready.into_iter().all(|opt| call.given.iter().any(|(name, _)| name == opt.name));
    if matches!(error, Error::Argument { .. }) && spec.has_form() && named {
        let label = say.t("button-open-form");
        reply.buttons.push(Button::new(label, known(spec, call)).style(Style::Primary).emoji("📝"));
    }
}

/// The person's language, else the guild's where it is known without asking.
fn locale_of(app: &App, call: &Call) -> Locale {
    let kept = call.guild.and_then(|guild| app.guilds.get(guild)).map(|guild| guild.locale);
    call.person.locale.or(kept).unwrap_or_default()
}

async fn carry_out(app: &App, spec: &'static Spec, call: &Call) -> Result<Answer> {
    let guild = call.guild.ok_or(Error::Conflict("error-only-in-guild"))?;
    app.limits.count(guild, call.person.user)?;
    let settings = app.settings_of(guild).await?;
    let actor = settings.actor(&call.person);
    if spec.rank.is_some_and(|needed| actor.rank().is_none_or(|rank| rank < needed)) {
        return Err(Error::NotAllowed(spec.name));
    }
    if let Some(opt) = args::missing(spec, &call.given).first() {
        return Err(Error::Argument { option: opt.name, problem: crate::kernel::error::Problem::Missing });
    }
    let args = Args::check(spec, &call.given)?;
    let mut cx = Cx {
        app,
        actor,
        user: call.person.user,
        name: &call.person.name,
        say: app.words.speak(call.person.locale.unwrap_or(settings.locale)),
        guild: settings,
        now: app.clock.now(),
        request: &call.request,
        channel: call.channel,
        way: call.way,
        lacking: inspect(app, spec, guild, &args).await,
        tx: None,
    };
    // A private answer to a typed command waits behind a button; a change is answered once.
    let waits = call.way == Way::Text && spec.visibility == Visibility::Private && app.has_database();
    let keeps = (waits || spec.writes) && app.has_database();
    let reply = match in_transaction(&mut cx, spec, &args, keeps).await {
        // Why a step isn't possible tells how a ticket stands. What was typed stays, so that it isn't lost.
        Err(error @ Error::Conflict(_)) if waits => {
            let refusal = errors::reply(&cx.say, spec, &error);
            keep(&mut cx, &refusal).await?;
            return Ok(Answer::say(stub(&cx.say, &call.request)));
        }
        outcome => outcome?,
    };
    if !waits || reply.visibility == Visibility::Public {
        return Ok(Answer::Say { reply, remove_typed: waits });
    }
    Ok(Answer::Say { reply: stub(&cx.say, &call.request), remove_typed: true })
}

/// Asks Discord what the bot lacks, before any transaction is open.
async fn inspect(app: &App, spec: &Spec, guild: GuildId, args: &Args) -> Option<Vec<Lacking>> {
    if !spec.inspects {
        return None;
    }
    let kept = app.guilds.get(guild);
    let kept = kept.iter().flat_map(|guild| [guild.support_channel, guild.staff_channel]);
    let named = spec.options.iter().map(|opt| args.channel(opt.name));
    let mut channels: Vec<ChannelId> = named.chain(kept).flatten().collect();
    channels.sort_unstable();
    channels.dedup();
    match app.inspector.lacking(guild, &channels).await {
        Ok(lacking) => Some(lacking),
        Err(error) => {
            errors::log(spec.name, &error);
            None
        }
    }
}

/// Runs the command in its transaction and commits; a repeat gets the answer that was kept.
///
/// A repeat is found when its answer can't be kept a second time, or when it is refused because the first was carried out;
/// looking for it beforehand would cost every command a round trip.
async fn in_transaction(cx: &mut Cx<'_>, spec: &Spec, args: &Args, keeps: bool) -> Result<Reply> {
    if !cx.app.has_database() {
        return (spec.run)(cx, args).await;
    }
    let actor = cx.actor;
    cx.tx = Some(cx.app.db.begin(&actor).await?);
    let reply = match (spec.run)(cx, args).await {
        Ok(reply) => reply,
        Err(error @ (Error::Unavailable { .. } | Error::Internal { .. })) => return Err(error),
        Err(refusal) => {
            let earlier = if keeps { earlier(cx).await? } else { None };
            finish(cx)?.rollback().await?;
            return earlier.ok_or(refusal);
        }
    };
    if !keeps {
        finish(cx)?.end().await?;
        return Ok(reply);
    }
    if keep(cx, &reply).await? {
        return Ok(reply);
    }
    cx.tx = Some(cx.app.db.begin(&actor).await?);
    let earlier = earlier(cx).await?;
    finish(cx)?.rollback().await?;
    earlier.ok_or(Error::NotFound("answer"))
}

/// Keeps an answer and commits; `false` when this request has one already.
async fn keep(cx: &mut Cx<'_>, reply: &Reply) -> Result<bool> {
    if cx.tx.is_none() {
        cx.tx = Some(cx.app.db.begin(&cx.actor).await?);
    }
    let (guild, user, request, now) = (cx.guild.id, cx.user, cx.request, cx.now);
    answers::keep(cx.tx()?, guild, user, request, reply, now)?;
    finish(cx)?.commit_once(answers::ANSWERED_ONCE).await
}

/// The answer that this request got before.
async fn earlier(cx: &mut Cx<'_>) -> Result<Option<Reply>> {
    let (guild, user, request) = (cx.guild.id, cx.user, cx.request);
    answers::kept(cx.tx()?, guild, user, request).await
}

fn finish(cx: &mut Cx<'_>) -> Result<Tx> {
    let ended = || Error::Internal { what: "committing", cause: Cause::new("the transaction has ended") };
    cx.tx.take().ok_or_else(ended)
}

/// What everybody may see of a private answer: that there is one.
fn stub(say: &Speech<'_>, request: &str) -> Reply {
    let open = Action::new("answer").with("request", request);
    Reply::public(say.t("answer-waits"))
        .button(Button::new(say.t("button-open-answer"), open).style(Style::Primary).emoji("📬"))
}

/// Suggests values for the option that a person is typing; nothing when it can't.
pub async fn suggest(app: &App, call: &Call, option: &str, typed: &str) -> Vec<(String, String)> {
    match try_suggest(app, call, option, typed).await {
        Ok(choices) => choices,
        Err(error) => {
            errors::log("suggest", &error);
            Vec::new()
        }
    }
}

async fn try_suggest(app: &App, call: &Call, option: &str, typed: &str) -> Result<Vec<(String, String)>> {
    let spec = super::find(app.bot, &call.command).ok_or(Error::NotFound("command"))?;
    let (Some(suggest), Some(guild)) = (spec.suggest, call.guild) else {
        return Ok(Vec::new());
    };
    let settings = app.settings_of(guild).await?;
    let actor = settings.actor(&call.person);
    if spec.rank.is_some_and(|needed| actor.rank().is_none_or(|rank| rank < needed)) {
        return Ok(Vec::new());
    }
    let mut cx = Cx {
        app,
        actor,
        user: call.person.user,
        name: &call.person.name,
        say: app.words.speak(call.person.locale.unwrap_or(settings.locale)),
        guild: settings,
        now: app.clock.now(),
        request: &call.request,
        channel: call.channel,
        way: call.way,
        lacking: None,
        tx: Some(app.db.begin(&actor).await?),
    };
    let choices = suggest(&mut cx, option, typed).await?;
    finish(&mut cx)?.end().await?;
    Ok(choices)
}

#[cfg(test)]
mod tests {
    #[test]
    fn answering_can_be_spawned() {
        fn sendable<T: Send>(_: Option<T>) {}
        fn answering(app: &super::App, call: &super::Call) {
            sendable(Some(super::answer(app, call)));
        }
        let _: fn(&super::App, &super::Call) = answering;
    }
}
