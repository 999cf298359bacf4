//! Posts what belongs to a giveaway in its channel, once, and keeps its card.

use super::super::deliver::closed;
use super::{Result, Undone, begin, change};
use crate::app::App;
use crate::commands::Audience;
use crate::commands::giveaways::{called, cards, notices};
use crate::domain::giveaways::{Giveaway, State, Trouble, claims, entering, work};
use crate::domain::notifications::Undelivered;
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Error, MessageId, Result as OurResult, error::Cause};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// What a refusal in the giveaway's channel means.
pub(super) fn undone(refusal: &Undelivered) -> Undone {
    match refusal {
        Undelivered::Gone => Undone::Later(Some(Trouble::Gone)),
        Undelivered::NoAccess => Undone::Later(Some(Trouble::NoAccess)),
        Undelivered::NoPermission => Undone::Later(Some(Trouble::NoPermission)),
        Undelivered::Later(_) => Undone::Later(None),
        Undelivered::Refused(_) | Undelivered::TooLarge | Undelivered::DmShut => {
            tracing::error!(%refusal, "Discord refused a message of a giveaway");
            Undone::Later(None)
        }
    }
}

/// The same for every try to post the same message in the same channel: Discord knows a nonce by its author.
pub(super) fn nonce(giveaway: &Giveaway, step: &str, replaces: Option<MessageId>) -> String {
    let replaced = replaces.map_or(0, MessageId::get);
    let digest =
        Sha256::digest(format!("{}/{}/{step}/{replaced}/{}", giveaway.guild, giveaway.number, giveaway.posts_in()));
    let short = digest.iter().take(11).map(|byte| format!("{byte:02x}"));
    std::iter::once("g-".to_owned()).chain(short).collect()
}

/// The giveaway's texts: in the guild's language, since everybody reads them.
pub(super) async fn speech<'a>(app: &'a App, giveaway: &Giveaway) -> OurResult<Speech<'a>> {
    Ok(app.words.speak(app.guild(giveaway.guild).await?.locale))
}

/// Posts a message that bears the button of this step, or finds the one that was posted before.
pub(super) async fn once(
    app: &App,
    giveaway: &Giveaway,
    (step, replaces): (&str, Option<MessageId>),
    reply: &Reply,
) -> Result<MessageId> {
    match app.inspector.audience(giveaway.guild, giveaway.posts_in()).await {
        Ok(Audience::Chosen | Audience::Everybody) => {}
        Ok(Audience::Hidden) => return Err(Undone::Later(Some(Trouble::NoAccess))),
        Ok(Audience::Elsewhere) => return Err(Undone::Later(Some(Trouble::Gone))),
        Err(_) => return Err(Undone::Later(None)),
    }
    // An earlier try may have posted it and died before writing that down, longer ago than Discord keeps the nonce.
    if giveaway.attempts > 1 {
        let action = cards::fair_action(giveaway.number, step).to_string();
        let found = app.courier.find(giveaway.posts_in(), &action).await.map_err(|refusal| undone(&refusal))?;
        if let Some(message) = found.filter(|message| Some(*message) != replaces) {
            return Ok(message);
        }
    }
    let posted = app.courier.post(giveaway.posts_in(), reply, &nonce(giveaway, step, replaces)).await;
    posted.map_err(|refusal| undone(&refusal))
}

/// Posts the present terms.
pub(super) async fn terms(app: &App, giveaway: &Giveaway) -> Result<Option<Giveaway>> {
    let unreadable = || Error::Internal { what: "announcing a giveaway", cause: Cause::new("its terms can't be read") };
    let terms = giveaway.terms().ok_or_else(unreadable)?;
    let reply = notices::terms(&speech(app, giveaway).await?, giveaway, &terms);
    let step = notices::step_of("terms", giveaway.version);
    let message = once(app, giveaway, (&step, None), &reply).await?;
    Ok(change(app, giveaway, |giveaway| work::announced(giveaway, message)).await?)
}

/// Shows the giveaway on its card as it stands, edited only where it would differ; posted where there is none, and again where it
/// is gone, which is looked at each minute while members enter by it. Then it is looked at again at `next`.
pub(super) async fn card(app: &App, giveaway: &Giveaway, next: Option<Timestamp>) -> Result<()> {
    let say = speech(app, giveaway).await?;
    let mut tx = begin(app, giveaway).await?;
    let names = called(&mut tx, &[giveaway]).await?;
    let entries = match (giveaway.state, giveaway.entries) {
        (State::Drawing | State::Drawn | State::Done, Some(entries)) => u64::from(entries),
        _ => entering::crowd(&mut tx, giveaway.guild, giveaway.number).await?.0,
    };
    tx.end().await?;
    let (reply, shows) = cards::announcement(&say, giveaway, entries, &names);
    let message = match giveaway.card_message {
        Some(message) if giveaway.card_shows.as_ref() == Some(&shows) && !is_doubted(giveaway, app.clock.now()) => {
            message
        }
        Some(message) if giveaway.card_shows.as_ref() == Some(&shows) => {
            match app.courier.stands(giveaway.posts_in(), message).await {
                Ok(()) => message,
                Err(Undelivered::Gone) => once(app, giveaway, (cards::CARD, Some(message)), &reply).await?,
                Err(refusal) => return Err(undone(&refusal)),
            }
        }
        Some(message) => match app.courier.edit(giveaway.posts_in(), message, &reply).await {
            Ok(()) => message,
            Err(Undelivered::Gone) => once(app, giveaway, (cards::CARD, Some(message)), &reply).await?,
            Err(refusal) => return Err(undone(&refusal)),
        },
        None => once(app, giveaway, (cards::CARD, None), &reply).await?,
    };
    let seen_at = if is_doubted(giveaway, app.clock.now()) { Some(app.clock.now()) } else { giveaway.seen_at };
    change(app, giveaway, |giveaway| {
        work::shown(giveaway, message, shows);
        giveaway.seen_at = seen_at;
        giveaway.look_at = next;
    })
    .await?;
    Ok(())
}

/// Whether a card by which members enter was last seen so long ago that somebody may have deleted it since.
fn is_doubted(giveaway: &Giveaway, now: Timestamp) -> bool {
    let old = |seen: Timestamp| seen.checked_add(claims::LOOK).is_ok_and(|next| next <= now);
    giveaway.state == State::Open && giveaway.seen_at.is_none_or(old)
}

/// The card of a giveaway that nobody looks at again by itself; one that was never announced has none.
pub(super) async fn last_card(app: &App, giveaway: &Giveaway) -> Result<()> {
    if giveaway.card_message.is_some() {
        return card(app, giveaway, None).await;
    }
    change(app, giveaway, |giveaway| giveaway.look_at = None).await?;
    Ok(())
}

/// The card beside something else: where it can't be shown now, the rest goes on.
pub(super) async fn card_beside(app: &App, giveaway: &Giveaway) -> Result<()> {
    let now = giveaway.look_at;
    match card(app, giveaway, now).await {
        Ok(()) | Err(Undone::Later(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Tells staff that nothing can be posted in a giveaway's channel; `false` where they have no channel that can be used.
pub(super) async fn tell_staff_of(app: &App, giveaway: &Giveaway, trouble: Trouble) -> OurResult<bool> {
    let say = speech(app, giveaway).await?;
    let reply = notices::trouble(&say, giveaway, trouble);
    let step = format!("trouble-{}", trouble.as_str());
    to_staff(app, giveaway, &step, &reply).await
}

/// Posts in the staff channel; `false` where there is none that can be used now.
pub(super) async fn to_staff(app: &App, giveaway: &Giveaway, step: &str, reply: &Reply) -> OurResult<bool> {
    let Some(channel) = app.guild(giveaway.guild).await?.staff_channel else { return Ok(false) };
    if closed(app, giveaway.guild, channel).await.is_err() {
        return Ok(false);
    }
    Ok(app.courier.post(channel, reply, &nonce(giveaway, step, None)).await.is_ok())
}
