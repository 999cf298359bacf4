//! Delivers one notice: reads what it is about under the identity of whoever is told, then hands it to the courier.
//!
//! Nothing is written here except attachments' bytes; what became of the notice is `outbox`'s to write.

mod attachment;
mod card;
mod opener;
pub(super) mod shop;
mod staff;

pub(super) use attachment::give_up as give_up_files;

use crate::app::App;
use crate::commands::Audience;
use crate::domain::notifications::projection::Place;
use crate::domain::notifications::{Claimed, Kind, Outcome, Undelivered};
use crate::domain::shop::roles::Unkept;
use crate::kernel::{ChannelId, Error, GuildId, RoleId, UserId};
use jiff::Timestamp;
use std::time::Duration;

/// A delivery that came to an end.
pub(in crate::jobs) struct Delivered {
    /// How.
    pub outcome: Outcome,
    /// The card that was posted or edited.
    pub card: Option<Card>,
    /// Where a member was called in public.
    pub call: Option<Place>,
}

/// A card that shows a ticket.
pub(in crate::jobs) struct Card {
    /// Where it is.
    pub place: Place,
    /// When its ticket was read.
    pub read_at: Timestamp,
    /// The card notices that it covers.
    pub covered: Vec<i64>,
}

impl From<Outcome> for Delivered {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, card: None, call: None }
    }
}

/// A delivery that may work later.
pub(in crate::jobs) struct Undone {
    /// The word that staff see.
    pub why: &'static str,
    /// How long Discord asks to wait.
    pub after: Option<Duration>,
    /// What failed on our side, for the log.
    pub cause: Option<Error>,
}

impl Undone {
    pub(in crate::jobs) const fn later(why: &'static str, after: Option<Duration>) -> Self {
        Self { why, after, cause: None }
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self { why: "internal", after: None, cause: Some(error) }
    }
}

type Result<T = Delivered> = std::result::Result<T, Undone>;

/// Delivers a claimed notice.
pub(in crate::jobs) async fn deliver(app: &App, claimed: &Claimed) -> Result {
    match claimed.notice.kind {
        Kind::Card => card::deliver(app, claimed).await,
        Kind::Reply => opener::reply(app, claimed).await,
        Kind::StateChange => opener::state_change(app, claimed).await,
        Kind::SlaReminder => staff::reminder(app, claimed).await,
        Kind::SlaBreach => staff::breach(app, claimed).await,
        Kind::Assigned => staff::assigned(app, claimed).await,
        Kind::Attachment => attachment::deliver(app, claimed).await,
    }
}

/// Refuses to show what is staff's where everybody reads, or in a channel that isn't the guild's: it may have been opened, or
/// deleted, since it was chosen.
pub(in crate::jobs) async fn closed(app: &App, guild: GuildId, channel: ChannelId) -> Result<()> {
    if audience(app, guild, channel).await? == Audience::Everybody {
        tracing::warn!(%guild, %channel, "everybody can read the staff channel: nothing is posted there until it is closed");
        return Err(Undone::later("open", None));
    }
    Ok(())
}

/// Who reads a channel of the guild.
///
/// Errors: it isn't the guild's, or it isn't known whose it is: nothing about the guild's people is said there.
async fn audience(app: &App, guild: GuildId, channel: ChannelId) -> Result<Audience> {
    match app.inspector.audience(guild, channel).await {
        Ok(audience @ (Audience::Chosen | Audience::Everybody)) => Ok(audience),
        Ok(Audience::Hidden) => Err(Undone::later("no_access", None)),
        Ok(Audience::Elsewhere) => {
            tracing::warn!(%guild, %channel, "a channel that is set is none of the guild's: nothing is posted there");
            Err(Undone::later("gone", None))
        }
        Err(error) => {
            tracing::debug!(%guild, %channel, %error, "who reads a channel is not known for now");
            Err(Undone::later("later", None))
        }
    }
}

/// What a refusal in a channel means: an operator can put right what is missing there, so it is tried again.
fn in_channel(refusal: &Undelivered) -> Result {
    channel_refusal(refusal).map(Delivered::from)
}

/// The same for a notice that leaves no card.
fn channel_refusal(refusal: &Undelivered) -> Result<Outcome> {
    let (why, after) = match refusal {
        Undelivered::Later(after) => ("later", *after),
        Undelivered::NoAccess => ("no_access", None),
        Undelivered::NoPermission => ("no_permission", None),
        Undelivered::Gone => ("gone", None),
        Undelivered::Refused(code) => {
            tracing::error!(code, "Discord refused a message of ours");
            return Ok(Outcome::Failed("refused"));
        }
        Undelivered::DmShut | Undelivered::TooLarge => return Ok(Outcome::Failed("refused")),
    };
    Err(Undone::later(why, after))
}

/// The roles of a member; `None` for who is none any more.
async fn held(app: &App, guild: GuildId, user: UserId) -> Result<Option<Vec<RoleId>>> {
    match app.roles.held(guild, user).await {
        Ok(held) => Ok(Some(held)),
        Err(Unkept::Left) => Ok(None),
        Err(refusal) => Err(untold(guild, refusal)),
    }
}

/// Discord didn't tell of a member.
fn untold(guild: GuildId, refusal: Unkept) -> Undone {
    match refusal {
        Unkept::Later(after) => Undone::later("later", after),
        Unkept::NoAccess => Undone::later("no_access", None),
        Unkept::Left
        | Unkept::NoPermission
        | Unkept::TooLow
        | Unkept::NotByHand
        | Unkept::RoleGone
        | Unkept::Refused(_) => {
            tracing::error!(%guild, %refusal, "Discord didn't tell of a member");
            Undone::later("later", None)
        }
    }
}
