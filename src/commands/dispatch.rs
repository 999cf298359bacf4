//! The way of a call: limits, identity, options, one transaction (or several short ones of the command's own), the answer.
//!
//! What was done is committed before anything is said. A repeat of a request gets the first answer again. A private answer
//! to a typed command is kept and offered behind a button that only its asker can use.

use super::args::{self, Args, Raw};
use super::call::{Answer, Call, Way};
use super::forms::{self, form_for};
use super::inspector::Seen;
use super::spec::{Spec, Type};
use super::{errors, help, once, refusal, role_names};
use crate::app::App;
use crate::control::Peer;
use crate::db::Tx;
use crate::domain::accounts::Guild;
use crate::domain::notifications::projection::Place;
use crate::domain::notifications::removal;
use crate::kernel::error::{Cause, Problem};
use crate::kernel::reply::{Action, Button, Reply, Style, Visibility};
use crate::kernel::words::Speech;
use crate::kernel::{Actor, ChannelId, Error, Locale, Result, RoleId, UserId};
use jiff::Timestamp;
use std::sync::Arc;

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
    /// His roles, as Discord told them with the call; none in direct messages.
    pub roles: &'a [RoleId],
    /// When he came to the guild, where Discord told it with the call.
    pub joined_at: Option<Timestamp>,
    /// The guild's settings.
    pub guild: Arc<Guild>,
    /// Texts in his language.
    pub say: Speech<'a>,
    /// The person's language where it is to be written down with this call.
    pub(super) learns: Option<Locale>,
    /// The time of the call.
    pub now: Timestamp,
    /// Id of the request.
    pub request: &'a str,
    /// The channel where he asks.
    pub channel: ChannelId,
    /// How he asks.
    pub way: Way,
    /// The whole message of a typed command; empty for the other ways.
    pub typed: &'a str,
    /// What Discord tells of channels and roles, for a command that inspects; `None` when it didn't tell.
    pub seen: Option<Seen>,
    /// Whether the message whose button was pressed has served its purpose.
    pub spent: bool,
    /// The typed message to delete once its files are copied; queued with the answer that is kept.
    pub(super) removes: Option<Place>,
    /// The Maxis that Shellia asks; the first of several where none is named.
    pub(super) peer: Arc<dyn Peer>,
    /// The transaction; `None` for a bot without a database, and for a command that works outside.
    pub(super) tx: Option<Tx>,
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

    /// Makes sure that the guild's shop has its default catalogue; comes before the first query of a command that looks at it.
    ///
    /// # Errors
    /// As [`App::open_shop`].
    pub async fn shop(&mut self) -> Result<()> {
        let (app, guild) = (self.app, self.guild.id);
        if app.guilds.has_shop(guild) {
            return Ok(());
        }
        self.outside(app.open_shop(guild)).await?
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
        // What was left for the commit went with the transaction before.
        once::learn(self)?;
        Ok(done)
    }

    /// The person's language.
    pub const fn locale(&self) -> Locale {
        self.say.locale
    }
}

/// Answers a call. Failures become texts: an edge always has something to say.
pub async fn answer(app: &App, call: &Call) -> Answer {
    // Without a database nothing else knows what was asked: after a crash Discord tells the last minutes again.
    if !app.has_database() && !app.pilot.hears(once::heard(app, call)).await {
        return Answer::Nothing;
    }
    let Some(spec) = super::find(app.bot, &call.command) else {
        return Answer::say(Reply::private(app.words.speak(call.locale()).t("error-unknown-action")));
    };
    let bare = spec.bare.filter(|_| matches!(call.way, Way::Text | Way::Direct) && call.given.is_empty());
    let spec = bare.and_then(|name| super::find(app.bot, name)).unwrap_or(spec);
    if let Some(form) = form_for(app, call).await {
        return Answer::Ask(form);
    }
    let (call, lost) = forms::completed(app, spec, call);
    let carried_out = if lost { without_draft(app, spec, &call).await } else { carry_out(app, spec, &call).await };
    carried_out.unwrap_or_else(|error| refusal::say(app, spec, &call, &error, false))
}

/// Answers a call from direct messages, whose guild a button names and Discord doesn't vouch for: it must be one that is known
/// already, and the person is counted whatever he names.
pub async fn answer_from_afar(app: &App, call: &Call) -> Answer {
    let Some(spec) = super::find(app.bot, &call.command) else { return answer(app, call).await };
    match is_known(app, spec, call).await {
        Ok(()) => answer(app, call).await,
        Err(error) => refusal::say(app, spec, call, &error, false),
    }
}

async fn is_known(app: &App, spec: &Spec, call: &Call) -> Result<()> {
    app.limits.count_from_afar(call.person.user)?;
    let guild = call.guild.ok_or(Error::Conflict("error-only-in-guild"))?;
    let known = !app.has_database() || app.known_guild(guild).await?.is_some();
    let takes = |ty: Type| spec.options.iter().any(|opt| opt.ty == ty);
    match known {
        true => Ok(()),
        // As where the guild is known and has none of that number.
        false if takes(Type::Order) => Err(Error::NotFound("order")),
        false if takes(Type::Ticket) => Err(Error::NotFound("ticket")),
        false => Err(Error::Conflict("error-only-in-guild")),
    }
}

/// Gives back what was written in a form whose draft is gone; a repeat of one that was carried out gets the first answer.
async fn without_draft(app: &App, spec: &'static Spec, call: &Call) -> Result<Answer> {
    count(app, call)?;
    let mut cx = context(app, call).await?;
    let lost = refusal::with_typed(&cx, spec, call, &Error::Conflict("error-draft-gone"));
    let keeps = spec.writes && app.has_database();
    Ok(Answer::say(if keeps { once::settle(&mut cx, &lost).await? } else { lost }))
}

/// Answers a typed command whose options can't be read; counts against the member's limit.
pub async fn unread(app: &App, spec: &'static Spec, call: &Call, error: Error) -> Answer {
    let surplus = refusal::is_surplus(&error);
    let refusing = async {
        count(app, call)?;
        let mut cx = context(app, call).await?;
        refusal::hide(&mut cx, spec, call, error).await
    };
    refusing.await.unwrap_or_else(|error| refusal::say(app, spec, call, &error, surplus))
}

/// Answers a typed name that is no command with the nearest one that the person may use; else with the help where it was meant
/// for us beyond doubt, and not at all where it may be another bot's. Counts against the member's limit.
pub async fn unknown(app: &App, call: &Call, near: &[&'static Spec]) -> Answer {
    let refusing = async {
        count(app, call)?;
        let mut cx = context(app, call).await?;
        match near.iter().find(|spec| may(&cx, spec)) {
            Some(meant) => refusal::unknown(&mut cx, meant, call).await,
            None if refusal::is_ours(call) => refusal::unknown(&mut cx, help::of(app.bot), call).await,
            None => Ok(Answer::Nothing),
        }
    };
    match refusing.await {
        Ok(answer) => answer,
        Err(error) if refusal::is_ours(call) => refusal::say(app, help::of(app.bot), call, &error, true),
        Err(_) => Answer::Nothing,
    }
}

pub(super) fn count(app: &App, call: &Call) -> Result<()> {
    call.guild.map_or(Ok(()), |guild| app.limits.count(guild, call.person.user))
}

/// Whether a call's private answer waits behind a button: it was typed where others read.
pub(super) fn waits(app: &App, spec: &Spec, call: &Call) -> bool {
    call.way == Way::Text && spec.visibility == Visibility::Private && app.has_database()
}

pub(super) async fn carry_out(app: &App, spec: &'static Spec, call: &Call) -> Result<Answer> {
    // Whoever opens an answer was counted when he asked for it.
    match call.guild {
        _ if spec.opens_answer() || (spec.urgent)(call) => {}
        Some(guild) if spec.crowd => app.limits.count_one_of_many(guild, call.person.user)?,
        _ => count(app, call)?,
    }
    let mut cx = context(app, call).await?;
    if waits(app, spec, call) {
        cx.removes = message_with_files(call);
    }
    match attempt(&mut cx, spec, call).await {
        Ok(answer) => Ok(answer),
        Err(error) => refusal::hide(&mut cx, spec, call, error).await,
    }
}

async fn attempt(cx: &mut Cx<'_>, spec: &'static Spec, call: &Call) -> Result<Answer> {
    let app = cx.app;
    if !may(cx, spec) {
        return Err(Error::NotAllowed(spec.name));
    }
    if let Some(opt) = args::missing(spec, &call.given).first() {
        return Err(Error::Argument { option: opt.name, problem: Problem::Missing });
    }
    let with_roles = role_names::resolved(app, spec, call, cx.guild.id).await?;
    let args = Args::check(spec, &with_roles.given)?;
    cx.seen = inspect(app, spec, &cx.guild, &args).await;
    let waits = waits(app, spec, call);
    // What waits must be kept; a change is answered once.
    let keeps = (waits || spec.writes) && app.has_database();
    let run = if spec.outside {
        once::outside(cx, spec, &args, keeps).await
    } else {
        once::in_transaction(cx, spec, &args, keeps).await
    };
    let reply = match run {
        // What ran outside any transaction has found out by itself.
        Err(lost @ Error::Unsure { .. }) if keeps && !spec.outside => {
            errors::log(spec.name, &lost);
            let nothing = refusal::with_typed(cx, spec, call, &Error::Conflict("error-not-done"));
            once::settle(cx, &nothing).await?
        }
        outcome => outcome?,
    };
    let remove_source = cx.spent || (waits && cx.removes.is_none());
    let mut reply = if !waits || reply.visibility == Visibility::Public { reply } else { stub(cx, Some(spec)) };
    refusal::foretell(cx, &mut reply).await;
    Ok(Answer::Say { reply, remove_source })
}

/// The message of a typed command that brought files, which go with it: its request bears its id.
fn message_with_files(call: &Call) -> Option<Place> {
    let brings_files = call.given.iter().any(|(_, raw)| matches!(raw, Raw::File(_)));
    brings_files.then(|| place(call)).flatten()
}

fn place(call: &Call) -> Option<Place> {
    Some(Place { channel: call.channel, message: call.request.parse().ok()? })
}

/// Has a typed message deleted later, because it could not be at once.
///
/// # Errors
/// As [`crate::db::Tx::commit`].
pub async fn remove_later(app: &App, call: &Call) -> Result<()> {
    let (Some(guild), Some(place), true) = (call.guild, place(call), app.has_database()) else { return Ok(()) };
    let mut tx = app.db.begin(&Actor::member(guild, call.person.user)).await?;
    removal::remove(&mut tx, guild, place, app.clock.now());
    tx.commit().await
}

/// What a command works with: who asks, where, in which language; its transaction is not begun.
///
/// # Errors
/// [`Error::Conflict`] outside a guild; as [`App::settings_of`].
pub(super) async fn context<'a>(app: &'a App, call: &'a Call) -> Result<Cx<'a>> {
    let guild = call.guild.ok_or(Error::Conflict("error-only-in-guild"))?;
    let settings = app.settings_of(guild).await?;
    let (user, languages) = (call.person.user, &app.guilds.languages);
    let learns = call.person.locale.filter(|locale| app.has_database() && languages.hear(guild, user, *locale));
    let locale = call.person.locale.or_else(|| languages.of(guild, user)).unwrap_or(settings.locale);
    let say = app.words.speak(locale);
    Ok(Cx {
        app,
        actor: settings.actor(&call.person),
        user: call.person.user,
        name: &call.person.name,
        roles: &call.person.roles,
        joined_at: call.person.joined_at,
        say: if call.way == Way::Page { say.on_a_page() } else { say },
        learns,
        guild: settings,
        now: app.clock.now(),
        request: &call.request,
        channel: call.channel,
        way: call.way,
        typed: &call.typed,
        seen: None,
        spent: false,
        removes: None,
        peer: app.peer.clone(),
        tx: None,
    })
}

/// Whether his rank allows the command.
fn may(cx: &Cx<'_>, spec: &Spec) -> bool {
    spec.rank.is_none_or(|needed| cx.actor.rank().is_some_and(|rank| rank >= needed))
}

/// Asks Discord about the channels and roles that will count, before any transaction is open.
async fn inspect(app: &App, spec: &Spec, guild: &Guild, args: &Args) -> Option<Seen> {
    let has = |name: &str| spec.options.iter().any(|opt| opt.name == name);
    // One that is named replaces the one that is kept under the same name.
    let kept = [("support_channel", guild.support_channel), ("staff_channel", guild.staff_channel)];
    let kept = kept.into_iter().filter(|(name, _)| has(name) && args.channel(name).is_none());
    let kept = kept.map(|(_, channel)| channel);
    let named = spec.options.iter().map(|opt| args.channel(opt.name));
    let mut channels: Vec<ChannelId> = named.chain(kept).flatten().collect();
    // Whoever names a role must know whether it reads what staff read.
    channels.extend(guild.staff_channel.filter(|_| !has("staff_channel")));
    channels.sort_unstable();
    channels.dedup();
    let mut roles: Vec<RoleId> = spec.options.iter().filter_map(|opt| args.role(opt.name)).collect();
    let asks_of_channels = spec.options.iter().any(|opt| opt.ty == Type::Channel);
    if !spec.inspects || (roles.is_empty() && !asks_of_channels) {
        return None;
    }
    if asks_of_channels {
        roles.extend(guild.ranks.keys().copied());
    }
    roles.sort_unstable();
    roles.dedup();
    match app.inspector.look(guild.id, &channels, &roles).await {
        Ok(seen) => Some(seen),
        Err(error) => {
            errors::log(spec.name, &error);
            None
        }
    }
}

/// What everybody may see of a private answer: that there is one, for whom, and to which command, if it is one.
pub(super) fn stub(cx: &Cx<'_>, spec: Option<&Spec>) -> Reply {
    let open = Action::new("answer").with("request", cx.request);
    // He is named and not notified: he has just asked.
    let person = format!("<@{}>", cx.user);
    let mut args = vec![("person", (&person).into())];
    // As he typed it: what answers may be a part of it that has no name for people.
    let typed = cx.typed.trim_start().trim_start_matches('!').split_whitespace().next().unwrap_or_default();
    let is_name = !typed.is_empty() && typed.chars().all(|c| c.is_alphanumeric() || c == '_');
    let command = spec.filter(|_| is_name).map(|_| typed.to_owned());
    args.extend(command.as_ref().map(|command| ("command", command.into())));
    let id = if command.is_some() { "answer-waits-to" } else { "answer-waits" };
    Reply::public(cx.say.with(id, &args))
        .button(Button::new(cx.say.t("button-open-answer"), open).style(Style::Primary).emoji("📬"))
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
    let (Some(suggest), Some(_), Some(_)) = (spec.suggest, call.guild, spec.option(option)) else {
        return Ok(Vec::new());
    };
    if !app.limits.may_suggest(call.person.user) {
        return Ok(Vec::new());
    }
    let mut cx = context(app, call).await?;
    if !may(&cx, spec) {
        return Ok(Vec::new());
    }
    cx.tx = Some(app.db.begin(&cx.actor).await?);
    let choices = suggest(&mut cx, option, typed).await?;
    once::finish(&mut cx)?.end().await?;
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
