//! The ticket's card in the staff channel: posted once, then edited; posted again when it is gone or the channel changed.

use super::opener::seen;
use super::{Card, Delivered, Result, closed, in_channel};
use crate::app::App;
use crate::commands::tickets::cards;
use crate::domain::accounts::Guild;
use crate::domain::notifications::projection::{self, Place};
use crate::domain::notifications::{Claimed, Outcome, Undelivered};
use crate::domain::tickets;
use crate::kernel::reply::Reply;
use crate::kernel::{Actor, ChannelId, GuildId, MessageId, Result as OurResult};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// What a card shows, with what it stands for.
struct Sheet {
    reply: Reply,
    covered: Vec<i64>,
    place: Option<Place>,
    read_at: Timestamp,
}

pub(super) async fn deliver(app: &App, claimed: &Claimed) -> Result {
    let notice = claimed.notice;
    let guild = app.guild(notice.guild).await?;
    let Some(channel) = guild.staff_channel else {
        return Ok(Outcome::Unneeded.into());
    };
    closed(app, notice.guild, channel).await?;
    let Some(sheet) = read(app, &guild, notice.ticket).await? else {
        return Ok(Outcome::Unneeded.into());
    };
    match put(app, claimed, channel, &sheet).await {
        Ok(message) => {
            let place = Place { channel, message };
            let card = Card { place, read_at: sheet.read_at, covered: sheet.covered };
            Ok(Delivered { card: Some(card), ..Outcome::Channel.into() })
        }
        Err(refusal) => in_channel(&refusal),
    }
}

/// Edits the card where it is, else posts it.
async fn put(
    app: &App,
    claimed: &Claimed,
    channel: ChannelId,
    sheet: &Sheet,
) -> std::result::Result<MessageId, Undelivered> {
    let notice = claimed.notice;
    if let Some(place) = sheet.place.filter(|place| place.channel == channel) {
        match app.courier.edit(channel, place.message, &sheet.reply).await {
            Ok(()) => return Ok(place.message),
            Err(Undelivered::Gone) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    // An earlier try may have posted it and died before writing that down, longer ago than Discord keeps the nonce.
    if claimed.attempts > 1 {
        let action = cards::card_action(notice.ticket).to_string();
        if let Some(message) = app.courier.find(channel, &action).await? {
            app.courier.edit(channel, message, &sheet.reply).await?;
            return Ok(message);
        }
    }
    let nonce = nonce(notice.guild, notice.ticket, channel, sheet.place);
    app.courier.post(channel, &sheet.reply, &nonce).await
}

/// Reads the ticket as any member of staff sees it; `None` when there is no such ticket.
async fn read(app: &App, guild: &Guild, ticket: i64) -> OurResult<Option<Sheet>> {
    let read_at = app.clock.now();
    let mut tx = app.db.begin(&Actor::staff_channel(guild.id)).await?;
    let covered = projection::pending(&mut tx, guild.id, ticket).await?;
    let place = projection::place(&mut tx, guild.id, ticket).await?;
    let Some(view) = seen(tickets::reading::outline(&mut tx, guild.id, ticket, 1).await)? else {
        tx.commit().await?;
        return Ok(None);
    };
    let opening = tickets::reading::opening(&mut tx, guild.id, &view).await?;
    tx.commit().await?;
    let say = app.words.speak(guild.locale);
    Ok(Some(Sheet { reply: cards::staff_card(&say, &view, opening.as_ref()), covered, place, read_at }))
}

/// The same for every try to post the same card; another one once that card was written down and is gone.
fn nonce(guild: GuildId, ticket: i64, channel: ChannelId, replaces: Option<Place>) -> String {
    let replaced = replaces.map_or(0, |place| place.message.get());
    let digest = Sha256::digest(format!("{guild}/{ticket}/{channel}/{replaced}"));
    let short = digest.iter().take(11).map(|byte| format!("{byte:02x}"));
    std::iter::once("c-".to_owned()).chain(short).collect()
}
