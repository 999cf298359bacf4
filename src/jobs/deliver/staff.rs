//! Tells staff: of times that run out in their channel, of an assignment by direct message.

use super::opener::seen;
use super::{Result, Undone, closed, in_channel};
use crate::app::App;
use crate::commands::tickets::notices;
use crate::domain::notifications::{Claimed, Outcome, Undelivered};
use crate::domain::tickets::{self, Ticket};
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, Result as OurResult};

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
    if ticket.assignee != Some(agent) {
        return Ok(Outcome::Unneeded.into());
    }
    let guild = app.guild(claimed.notice.guild).await?;
    let locale = app.guilds.languages.of(guild.id, agent).unwrap_or(guild.locale);
    let reply = notices::assigned(&app.words.speak(locale), &ticket);
    match app.courier.tell(agent, &reply, &format!("a-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Dm.into()),
        Err(Undelivered::Later(after)) => Err(Undone::later("later", after)),
        // The card names him anyway.
        Err(_) => Ok(Outcome::Unneeded.into()),
    }
}

/// The ticket as the staff channel may be told of it.
async fn ticket(app: &App, claimed: &Claimed) -> OurResult<Option<Ticket>> {
    let notice = claimed.notice;
    let mut tx = app.db.begin(&Actor::staff_channel(notice.guild)).await?;
    let found = seen(tickets::service::load(&mut tx, notice.guild, notice.ticket).await)?;
    tx.commit().await?;
    Ok(found)
}
