//! Tells staff: of times that run out in their channel, of an assignment by direct message.

use super::opener::seen;
use super::{Result, Undone, closed, held, in_channel, untold};
use crate::app::App;
use crate::commands::Audience;
use crate::commands::tickets::notices;
use crate::domain::accounts::{self, Guild};
use crate::domain::notifications::{Claimed, Outcome, Undelivered};
use crate::domain::tickets::{self, State, Step, Ticket};
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, Result as OurResult, UserId};

/// The time will soon be up.
pub(super) async fn reminder(app: &App, claimed: &Claimed) -> Result {
    in_staff_channel(app, claimed, notices::sla_reminder).await
}

/// The time is up.
pub(super) async fn breach(app: &App, claimed: &Claimed) -> Result {
    in_staff_channel(app, claimed, notices::sla_breach).await
}

async fn in_staff_channel(app: &App, claimed: &Claimed, say: fn(&Speech<'_>, &Ticket) -> Reply) -> Result {
    let guild = app.guild(claimed.notice.guild).await?;
    let (Some(channel), Some(ticket)) = (guild.staff_channel, ticket(app, claimed).await?) else {
        return Ok(Outcome::Unneeded.into());
    };
    if !ticket.state.counts_time() {
        return Ok(Outcome::Unneeded.into());
    }
    closed(app, guild.id, channel).await?;
    let reply = say(&app.words.speak(guild.locale), &ticket);
    match app.courier.post(channel, &reply, &format!("s-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Channel.into()),
        Err(refusal) => in_channel(&refusal),
    }
}

/// A ticket was given to somebody. What he is told holds nothing of it: he looks at it in the guild, where it is checked
/// who he is.
pub(super) async fn assigned(app: &App, claimed: &Claimed) -> Result {
    let (Some(agent), Some(ticket)) = (claimed.notice.recipient, ticket(app, claimed).await?) else {
        return Ok(Outcome::Unneeded.into());
    };
    let guild = app.guild(claimed.notice.guild).await?;
    match ticket.assignee {
        // Only an earlier try takes a ticket from who was given it, and its end was not written down.
        None => return told_free(app, claimed, &guild, &ticket, agent).await,
        Some(other) if other != agent => return Ok(Outcome::Unneeded.into()),
        Some(_) => {}
    }
    let ended = matches!(ticket.state, State::Resolved | State::Closed);
    if !is_staff(app, &guild, agent).await? {
        if ended {
            return Ok(Outcome::Unneeded.into());
        }
        let step = Step { guild: guild.id, number: ticket.number, rules: &app.tickets, now: app.clock.now() };
        let mut tx = app.db.begin(&Actor::for_operators(guild.id)).await?;
        tickets::leaving::free(&mut tx, &step, agent).await?;
        accounts::dismiss_agent(&mut tx, guild.id, agent);
        tx.commit().await?;
        app.guilds.forget(guild.id);
        return told_free(app, claimed, &guild, &ticket, agent).await;
    }
    let locale = app.guilds.languages.of(guild.id, agent).unwrap_or(guild.locale);
    let reply = notices::assigned(&app.words.speak(locale), &ticket);
    match app.courier.tell(agent, &reply, &format!("a-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Dm.into()),
        Err(Undelivered::Later(after)) => Err(Undone::later("later", after)),
        // The card names him anyway.
        Err(_) => Ok(Outcome::Unneeded.into()),
    }
}

/// Whether he is of the team, as Discord tells now.
async fn is_staff(app: &App, guild: &Guild, agent: UserId) -> Result<bool> {
    let Some(held) = held(app, guild.id, agent).await? else { return Ok(false) };
    if held.iter().any(|role| guild.ranks.contains_key(role)) {
        return Ok(true);
    }
    app.roles.manages(guild.id, agent, &held).await.map_err(|refusal| untold(guild.id, refusal))
}

/// Says in the staff channel that a ticket is free again, because its agent isn't of the team any more. Where it can't be said,
/// the card says that it is free.
async fn told_free(app: &App, claimed: &Claimed, guild: &Guild, ticket: &Ticket, agent: UserId) -> Result {
    let audience = match guild.staff_channel {
        Some(channel) => app.inspector.audience(guild.id, channel).await.map(|audience| Some((channel, audience))),
        None => Ok(None),
    };
    let audience = audience.map_err(|_| Undone::later("later", None))?;
    if let Some((channel, Audience::Chosen)) = audience {
        let reply = notices::agent_left(&app.words.speak(guild.locale), ticket, agent);
        if let Err(Undelivered::Later(after)) = app.courier.post(channel, &reply, &format!("u-{}", claimed.id)).await {
            return Err(Undone::later("later", after));
        }
    }
    Ok(Outcome::Freed.into())
}

/// The ticket as the staff channel may be told of it.
async fn ticket(app: &App, claimed: &Claimed) -> OurResult<Option<Ticket>> {
    let notice = claimed.notice;
    let mut tx = app.db.begin(&Actor::staff_channel(notice.guild)).await?;
    let found = seen(tickets::service::load(&mut tx, notice.guild, notice.ticket).await)?;
    tx.commit().await?;
    Ok(found)
}
