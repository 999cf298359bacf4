//! Tells the opener of a ticket: by direct message, else by a ping that says nothing of the content. Who left is not called.
//!
//! Everything is read under the opener's own identity, so the database itself refuses what he may not know.

use super::{Delivered, Result, Undone, audience, held, in_channel};
use crate::app::App;
use crate::commands::tickets::notices;
use crate::domain::notifications::projection::Place;
use crate::domain::notifications::{Claimed, Outcome, Undelivered};
use crate::domain::tickets::{self, Message, State, Ticket};
use crate::kernel::reply::Reply;
use crate::kernel::{Actor, Error, Locale, Result as OurResult, UserId};

/// How many pages back a reply is looked for: it is nearly always among the newest messages.
const PAGES: i64 = 50;

/// Staff answered.
pub(super) async fn reply(app: &App, claimed: &Claimed) -> Result {
    let (Some(opener), Some(message)) = (claimed.notice.recipient, claimed.notice.message) else {
        return Ok(Outcome::Unneeded.into());
    };
    let Some((ticket, message)) = message_of(app, claimed, opener, message).await? else {
        return Ok(Outcome::Unneeded.into());
    };
    let say = app.words.speak(language(app, &ticket));
    tell(app, claimed, &ticket, &notices::staff_replied(&say, &ticket, &message)).await
}

/// The ticket was solved or closed.
pub(super) async fn state_change(app: &App, claimed: &Claimed) -> Result {
    let Some(opener) = claimed.notice.recipient else {
        return Ok(Outcome::Unneeded.into());
    };
    let Some(ticket) = ticket_of(app, claimed, opener).await? else {
        return Ok(Outcome::Unneeded.into());
    };
    // It may have gone on before we came to tell.
    if !matches!(ticket.state, State::Resolved | State::Closed) {
        return Ok(Outcome::Unneeded.into());
    }
    let say = app.words.speak(language(app, &ticket));
    let reply = notices::state_changed(&say, &ticket, &app.tickets, app.clock.now());
    tell(app, claimed, &ticket, &reply).await
}

async fn tell(app: &App, claimed: &Claimed, ticket: &Ticket, reply: &Reply) -> Result {
    match app.courier.tell(ticket.opener, reply, &format!("d-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Dm.into()),
        Err(Undelivered::DmShut) => ping(app, claimed, ticket).await,
        Err(Undelivered::Later(after)) => Err(Undone::later("later", after)),
        Err(refusal) => {
            tracing::error!(notice = claimed.id, %refusal, "Discord refused a direct message of ours");
            Ok(Outcome::Failed("refused").into())
        }
    }
}

/// Direct messages are shut: a mention where members ask for support, with a button that only shows things to him.
async fn ping(app: &App, claimed: &Claimed, ticket: &Ticket) -> Result {
    // Discord refuses a message to who shares no guild with us as it does one to who shut his (50007).
    if held(app, ticket.guild, ticket.opener).await?.is_none() {
        return Ok(Outcome::Failed("left").into());
    }
    let guild = app.guild(ticket.guild).await?;
    let Some(channel) = guild.support_channel else {
        return Ok(Outcome::Failed("dm_shut").into());
    };
    // Everybody may read it, but of no other guild.
    audience(app, guild.id, channel).await?;
    let say = app.words.speak(language(app, ticket));
    let reply = notices::ping(&say, ticket.opener, ticket.number);
    match app.courier.post(channel, &reply, &format!("p-{}", claimed.id)).await {
        Ok(message) => Ok(Delivered { call: Some(Place { channel, message }), ..Outcome::Ping.into() }),
        Err(refusal) => in_channel(&refusal),
    }
}

/// The ticket as its opener sees it; `None` when he doesn't.
async fn ticket_of(app: &App, claimed: &Claimed, opener: UserId) -> OurResult<Option<Ticket>> {
    let notice = claimed.notice;
    let mut tx = app.db.begin(&Actor::member(notice.guild, opener)).await?;
    let found = seen(tickets::service::load(&mut tx, notice.guild, notice.ticket).await)?;
    tx.commit().await?;
    Ok(found)
}

/// A message of the ticket as its opener sees it; `None` when he doesn't: then it is a note, or not his ticket.
async fn message_of(app: &App, claimed: &Claimed, opener: UserId, id: i64) -> OurResult<Option<(Ticket, Message)>> {
    let notice = claimed.notice;
    let mut tx = app.db.begin(&Actor::member(notice.guild, opener)).await?;
    let mut found = None;
    for page in 1..=PAGES {
        let Some(view) = seen(tickets::reading::outline(&mut tx, notice.guild, notice.ticket, page).await)? else {
            break;
        };
        let last = page >= view.pages();
        if let Some(message) = view.messages.into_iter().find(|message| message.id == id) {
            found = Some((view.ticket, message));
            break;
        }
        if last {
            break;
        }
    }
    tx.commit().await?;
    Ok(found)
}

/// The opener's language as he was last heard, else as he opened the ticket.
fn language(app: &App, ticket: &Ticket) -> Locale {
    app.guilds.languages.of(ticket.guild, ticket.opener).unwrap_or(ticket.opener_locale)
}

/// What isn't seen is nothing to tell.
pub(super) fn seen<T>(found: OurResult<T>) -> OurResult<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
