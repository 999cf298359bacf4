//! Asks Discord for the roles of those who take part, once the end has come and before the list is frozen.
//!
//! All members a thousand at a time where Discord lists them, which asks for the *members* intent; else one after the other.

use super::{Result, Undone, begin};
use crate::app::App;
use crate::domain::giveaways::{Giveaway, weighing};
use crate::domain::shop::roles::Unkept;
use crate::kernel::{RoleId, UserId};
use futures_util::StreamExt;

/// Members of whom one after the other is asked in one step.
const ONE_BY_ONE: i64 = 40;
/// So many at the same time.
const AT_ONCE: usize = 4;

/// Members with their roles, and the account to which that came; `None`: nobody is left.
type Held = (Vec<(UserId, Vec<RoleId>)>, Option<UserId>);

/// What came of looking.
pub(super) enum Weighed {
    /// All who take part were looked at, or no role counts.
    All,
    /// Some were: the giveaway as it then stands, unless it has moved on.
    Some(Option<Box<Giveaway>>),
}

/// Looks at the next of those who take part.
pub(super) async fn step(app: &App, giveaway: &Giveaway) -> Result<Weighed> {
    let Some(above) = weighing::above(giveaway) else { return Ok(Weighed::All) };
    let listed = app.roles.members(giveaway.guild, above).await;
    let (held, to) = match listed {
        // The bot is a member itself: such a list is none, and nobody's chances are taken by it.
        Ok(held) if held.is_empty() && above == 0 => return Err(Undone::Later(None)),
        Ok(held) => {
            let to = held.last().map(|(user, _)| *user);
            (held, to)
        }
        Err(Unkept::NoAccess) => each(app, giveaway, above).await?,
        Err(_) => return Err(Undone::Later(None)),
    };
    let mut tx = begin(app, giveaway).await?;
    let weighed = weighing::weigh(&mut tx, giveaway, &held, to, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Weighed::Some(weighed.map(Box::new)))
}

/// Asks for one after the other.
async fn each(app: &App, giveaway: &Giveaway, above: i64) -> Result<Held> {
    let mut tx = begin(app, giveaway).await?;
    let users = weighing::next(&mut tx, giveaway, above, ONE_BY_ONE).await?;
    tx.end().await?;
    let to = users.last().copied();
    let (all, asked) = (users.len(), futures_util::stream::iter(users));
    let asked = asked.map(|user| async move { (user, app.roles.held(giveaway.guild, user).await) });
    let answers: Vec<_> = asked.buffered(AT_ONCE).collect().await;
    // Kept as far as there is no gap: the first of whom nothing is known is asked for again.
    let known = |(user, answer): (UserId, std::result::Result<Vec<RoleId>, Unkept>)| match answer {
        Ok(roles) => Some((user, roles)),
        Err(Unkept::Left) => Some((user, Vec::new())),
        Err(_) => None,
    };
    let held: Vec<_> = answers.into_iter().map_while(known).collect();
    match held.last() {
        None if all > 0 => Err(Undone::Later(None)),
        last => {
            let to = if held.len() < all { last.map(|(user, _)| *user) } else { to };
            Ok((held, to))
        }
    }
}
