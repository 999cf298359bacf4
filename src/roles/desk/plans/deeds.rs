//! What is done at a commit: read from what is wanted, tried when a plan is made, done when it is committed.

use super::super::person::Operator;
use super::{giveaways, promotions, settings, shown};
use crate::app::App;
use crate::control::effect::Effect;
use crate::control::plans::Made;
use crate::control::wanted::Wanted;
use crate::db::Tx;
use crate::domain::accounts::{self, Change};
use crate::domain::agent;
use crate::domain::giveaways::draw::Reason;
use crate::domain::giveaways::milestones::{self, Milestone};
use crate::domain::giveaways::{NewGiveaway, remote};
use crate::domain::promotions::{NewPromotion, service};
use crate::kernel::{Actor, Error, Locale, Result, System, UserId};
use jiff::Timestamp;

/// A change, with all that it needs.
pub(super) enum Deed {
    /// Makes this promotion.
    Promotion(Box<NewPromotion>),
    /// Stops the promotion of this number.
    StopPromotion(i64),
    /// Makes this giveaway.
    Giveaway(Box<NewGiveaway>),
    /// Has a giveaway begin at so many members.
    Milestone(Box<Milestone>, crate::kernel::ChannelId),
    /// Ends the giveaway of this number, under this key.
    EndGiveaway(i64, String),
    /// Replaces a winner.
    Reroll(Reroll),
    /// Changes a setting.
    Setting(settings::New),
    /// Lets go on.
    Resume,
    /// Turns the dial up.
    Raise(agent::Autonomy),
}

/// A winner to replace.
pub(super) struct Reroll {
    /// The giveaway's number.
    pub(super) number: i64,
    /// Who; the only one who has nothing yet, where nobody is named.
    pub(super) user: Option<UserId>,
    /// Why.
    pub(super) reason: Reason,
    /// More words.
    pub(super) note: String,
    /// The caller's key.
    pub(super) key: String,
}

impl Deed {
    /// As whom it is done: giveaways are the payments duty's, since only Discord knows who may win.
    pub(super) fn actor(&self, by: &Operator) -> Actor {
        match self {
            Self::Giveaway(_) | Self::Milestone(..) | Self::EndGiveaway(..) | Self::Reroll(_) => {
                Actor::system_in(System::Payments, by.guild.id)
            }
            Self::Promotion(_) | Self::StopPromotion(_) | Self::Setting(_) | Self::Resume | Self::Raise(_) => by.actor,
        }
    }
}

/// Reads what is wanted; what was reckoned when it was planned is taken from its effect at the commit. `request` is the intent that
/// the domains know it by. Opens and ends transactions of its own, and asks Discord about channels.
///
/// # Errors
/// [`Error::Argument`] and [`Error::Conflict`] for what can't be meant.
pub(super) async fn prepare(
    app: &App,
    by: &Operator,
    locale: Locale,
    (wanted, planned): (&Wanted, Option<&Effect>),
    (request, now): (&str, Timestamp),
) -> Result<Deed> {
    match wanted {
        Wanted::Promotion(new) => {
            let planned = match planned {
                Some(Effect::Promotion(planned)) => Some(planned),
                _ => None,
            };
            let new = promotions::read(app, by, locale, (new, planned), (request, now)).await?;
            Ok(Deed::Promotion(Box::new(new)))
        }
        Wanted::StopPromotion(stop) => Ok(Deed::StopPromotion(stop.number)),
        Wanted::Giveaway(new) => {
            let planned = match planned {
                Some(Effect::Giveaway(planned)) => Some(planned),
                _ => None,
            };
            giveaways::read(app, by, (new, planned), (request, now)).await
        }
        Wanted::EndGiveaway(end) => Ok(Deed::EndGiveaway(end.number, request.to_owned())),
        Wanted::Reroll(reroll) => {
            let planned = match planned {
                Some(Effect::Reroll(planned)) => planned.user.parse().ok(),
                _ => None,
            };
            giveaways::reroll(reroll, planned, request)
        }
        Wanted::Setting(setting) => settings::read(app, by, setting).await.map(Deed::Setting),
        Wanted::Resume(_) => Ok(Deed::Resume),
        Wanted::Autonomy(wanted) => Ok(Deed::Raise(shown::dial(wanted.autonomy))),
    }
}

fn made(kind: &str, number: Option<i64>) -> Made {
    Made { kind: kind.to_owned(), number, state: None }
}

/// Does it in this transaction, and tells what was made.
///
/// # Errors
/// As the domains say.
pub(super) async fn act(app: &App, tx: &mut Tx, by: &Operator, deed: &Deed, now: Timestamp) -> Result<Made> {
    let guild = by.guild.id;
    let call = |key| remote::Call { guild, key, by: by.user, now };
    match deed {
        Deed::Promotion(new) => {
            let promotion = service::create(tx, new, &app.promotions, now).await?;
            Ok(made("promotion", Some(promotion.number)))
        }
        Deed::StopPromotion(number) => {
            let stopped = service::stop(tx, guild, *number, now).await.map_err(|error| match error {
                Error::NotFound(_) => Error::Conflict("error-promo-none"),
                other => other,
            })?;
            // Somebody else stopped it before: there is nothing to do, and nobody did it here.
            if stopped.ended_at != Some(now) {
                return Err(Error::Conflict("error-promo-over"));
            }
            Ok(made("promotion", Some(stopped.number)))
        }
        Deed::Giveaway(new) => {
            let giveaway = remote::create(tx, &call(&new.request), &new.title, new).await?;
            Ok(made("giveaway", Some(giveaway.number)))
        }
        Deed::Milestone(new, _) => {
            milestones::set(tx, (guild, by.user), new, now).await?;
            Ok(made("milestone", Some(i64::from(new.members))))
        }
        Deed::EndGiveaway(number, key) => {
            let ended = remote::end(tx, &call(key), *number).await.map_err(giveaways::missing)?;
            Ok(made("giveaway", Some(ended.number)))
        }
        Deed::Reroll(reroll) => {
            let who = (reroll.number, reroll.user);
            let asked = remote::reroll(tx, &call(&reroll.key), who, (reroll.reason, &reroll.note)).await;
            Ok(made("giveaway", Some(asked.map_err(giveaways::missing)?.number)))
        }
        Deed::Setting(new) => {
            let change: &Change = &new.change;
            accounts::update(tx, guild, change, now).await?;
            Ok(made("setting", None))
        }
        Deed::Resume => {
            agent::resume(tx, agent::Step { guild, by: by.user, now }).await?;
            Ok(made("resume", None))
        }
        Deed::Raise(autonomy) => {
            agent::raise(tx, agent::Step { guild, by: by.user, now }, *autonomy).await?;
            Ok(made("autonomy", None))
        }
    }
}

/// Tries it, and keeps nothing.
///
/// # Errors
/// As [`act`].
pub(super) async fn attempt(app: &App, by: &Operator, deed: &Deed, now: Timestamp) -> Result<()> {
    let mut tx = app.db.begin(&deed.actor(by)).await?;
    let tried = act(app, &mut tx, by, deed, now).await;
    tx.rollback().await?;
    tried.map(drop)
}
