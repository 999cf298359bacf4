//! What is asked and written in direct messages, where Discord tells no guild and nobody is known to be still a member.
//!
//! Which guild a person means is the edge's to say (a [`Home`]); here stands what may be asked of it from there, and what is said
//! to who only writes. What he writes is read by nobody: it is neither stored nor logged nor passed on.

use super::call::{Answer, Call};
use super::dispatch::{context, count};
use super::spec::{Opt, Type};
use super::tickets::{cards, phrases};
use super::{errors, help, refusal};
use crate::app::App;
use crate::domain::notifications;
use crate::domain::tickets::reading::{self, Cursor, Filter, Standing};
use crate::domain::tickets::{State, Ticket};
use crate::kernel::reply::{Button, Card, Reply, Style};
use crate::kernel::text::{plain, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Actor, GuildId, Result, System, UserId};

/// Tickets that are offered to somebody who writes.
const OFFERED: usize = 5;
/// Longest subject that is shown.
const SUBJECT_MAX: usize = 60;

/// The guild that a person means in direct messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The guild.
    pub guild: GuildId,
    /// Its name.
    pub name: String,
}

/// What somebody may choose about the messages that he gets there.
const ABOUT_MESSAGES: &str = "shop_reminders";

/// How somebody claims what he won, where the giveaway's channel can't be read; that he is still a member is asked then.
const CLAIM: &str = "giveaway_claim";

/// What somebody asks of his data: who left has the right to it still.
const OWN_DATA: [&str; 5] = ["privacy", "privacy_export", "privacy_erase", "privacy_ask", "privacy_withdraw"];

/// Whether a button in direct messages may run a command: what concerns a ticket or an order that exists, an answer that
/// waits, what he won, the messages that he gets, or what is kept of him. Each is the person's own or nothing.
pub fn reaches_from_afar(name: &str) -> bool {
    let concerns = |opt: &Opt| opt.required && matches!(opt.ty, Type::Ticket | Type::Order | Type::Request);
    name == ABOUT_MESSAGES
        || name == CLAIM
        || OWN_DATA.contains(&name)
        || super::all().any(|spec| spec.name == name && spec.options.iter().any(concerns))
}

/// Whether a command may be typed in direct messages: what a button may run, and the help.
pub fn typed_from_afar(app: &App, name: &str) -> bool {
    reaches_from_afar(name) || help::of(app.bot).name == name
}

/// The guild from which a person was told something last by direct message; `None` in a role that tells nobody.
///
/// # Errors
/// [`crate::kernel::Error::Unavailable`] when the database can't be reached.
pub async fn told_from(app: &App, user: UserId) -> Result<Option<GuildId>> {
    if !app.has_database() {
        return Ok(None);
    }
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    let guild = notifications::told_from(&mut tx, user).await?;
    tx.end().await?;
    Ok(guild)
}

/// Says that a command works on the server only.
pub fn only_there(app: &App, call: &Call, home: &Home) -> Answer {
    let say = app.words.speak(refusal::locale_of(app, call));
    Answer::say(Reply::private(say.with("error-only-there", &[("server", plain(&home.name).as_str().into())])))
}

/// Answers somebody who writes in direct messages without asking for a command: with his open tickets, else with how to open
/// one. `call` holds nothing of what he wrote; that he wasn't answered a moment ago is checked before. `None`: he asks too much.
pub async fn written(app: &App, call: &Call, home: Option<&Home>) -> Option<Reply> {
    count(app, call).ok()?;
    let Some(home) = home else {
        return Some(Reply::private(app.words.speak(refusal::locale_of(app, call)).t("afar-nowhere")));
    };
    match offer(app, call, home).await {
        Ok(reply) => Some(reply),
        Err(error) => {
            errors::log("direct message", &error);
            let say = app.words.speak(refusal::locale_of(app, call));
            Some(errors::reply(&say, help::of(app.bot), call.way, &error))
        }
    }
}

async fn offer(app: &App, call: &Call, home: &Home) -> Result<Reply> {
    let mut cx = context(app, call).await?;
    let (actor, now) = (cx.actor, cx.now);
    cx.tx = Some(app.db.begin(&actor).await?);
    let active = Filter { standing: Standing::Active, ..Filter::default() };
    let page = reading::list(cx.tx()?, home.guild, &active, Cursor::Newest, now).await?;
    super::once::finish(&mut cx)?.end().await?;
    let (say, name) = (cx.say, plain(&home.name));
    let server = ("server", name.as_str().into());
    if page.tickets.is_empty() {
        let Some(channel) = cx.guild.support_channel else {
            return Ok(Reply::private(say.with("afar-none", &[server])));
        };
        let channel = format!("<#{channel}>");
        return Ok(Reply::private(say.with("afar-none-channel", &[server, ("channel", (&channel).into())])));
    }
    let offered = page.tickets.iter().take(OFFERED);
    let lines: Vec<String> = offered.clone().map(|ticket| line(&say, ticket)).collect();
    let card = Card { body: lines.join("\n"), ..Card::default() };
    let mut reply = Reply::private(say.with("afar-tickets", &[server])).card(card);
    reply.buttons = offered.map(|ticket| answer_button(&say, ticket)).collect();
    Ok(reply)
}

fn line(say: &Speech<'_>, ticket: &Ticket) -> String {
    let subject = plain(&shorten(&ticket.subject, SUBJECT_MAX));
    format!("**#{}** {subject} · {}", ticket.number, phrases::own_state(say, ticket.state))
}

fn answer_button(say: &Speech<'_>, ticket: &Ticket) -> Button {
    let label = say.with("button-reply-to", &[("number", ticket.number.into())]);
    let button = Button::new(label, cards::on("ticket_reply", ticket.number)).emoji("💬");
    // Where staff wait for him, that is what to do.
    if ticket.state == State::WaitingUser { button.style(Style::Primary) } else { button }
}
