//! Who is behind a question: what Discord and the guild's settings say of him now, whatever the pass claims.
//!
//! The pass says who; whether he may is decided here each time, so that a role that was taken away, or a controller that names
//! anybody it likes, gets no further than an operator of that guild.

use crate::app::App;
use crate::commands;
use crate::control::{Asker, Behalf, Denied, GuildSettings, Why};
use crate::domain::accounts::{Guild, Person};
use crate::domain::shop::roles::Unkept;
use crate::kernel::error::Cause;
use crate::kernel::{Actor, Error, GuildId, Locale, Rank, Result, UserId};
use std::sync::Arc;

/// An operator of a guild who stands behind a question.
pub(super) struct Operator {
    /// The guild.
    pub(super) guild: Arc<Guild>,
    /// He.
    pub(super) user: UserId,
    /// His identity.
    pub(super) actor: Actor,
}

/// The operator behind a question.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody else, [`Error::NotFound`] for a guild that this Maxis doesn't know, [`Error::Unavailable`]
/// where Discord or the database doesn't answer.
pub(super) async fn operator(app: &App, asker: Asker) -> Result<Operator> {
    const NOT: Error = Error::NotAllowed("control");
    let Behalf::Person { guild, user } = asker.behalf else { return Err(NOT) };
    let guild = app.known_guild(guild).await?.ok_or(Error::NotFound("guild"))?;
    let roles = match app.roles.held(guild.id, user).await {
        Ok(roles) => roles,
        Err(Unkept::Left) => return Err(NOT),
        Err(untold) => return Err(unavailable(&untold)),
    };
    let mut person =
        Person { user, name: String::new(), roles, manages_guild: false, locale: None, bot: false, joined_at: None };
    if guild.rank_of(&person) != Some(Rank::Operator) {
        person.manages_guild =
            app.roles.manages(guild.id, user, &person.roles).await.map_err(|untold| unavailable(&untold))?;
    }
    if guild.rank_of(&person) != Some(Rank::Operator) {
        return Err(NOT);
    }
    let actor = guild.actor(&person);
    Ok(Operator { guild, user, actor })
}

/// An operator for whom Discord vouched a while ago.
///
/// # Errors
/// As [`operator`].
pub(super) async fn vouched(app: &App, guild: GuildId, user: UserId) -> Result<Operator> {
    let guild = app.known_guild(guild).await?.ok_or(Error::NotFound("guild"))?;
    let actor = Actor::staff(guild.id, user, Rank::Operator);
    Ok(Operator { guild, user, actor })
}

/// What Shellia needs to know of the operator's guild.
///
/// # Errors
/// As [`operator`].
pub(super) async fn settings(app: &App, asker: Asker) -> Result<GuildSettings> {
    let guild = operator(app, asker).await?.guild;
    Ok(GuildSettings { locale: guild.locale, time_zone: guild.time_zone.clone() })
}

fn unavailable(untold: &Unkept) -> Error {
    Error::Unavailable { what: "asking Discord about an operator", cause: Cause::new(untold.to_string()) }
}

/// What is said to the person and to the program where something isn't done.
pub(super) fn denied(app: &App, locale: Locale, error: &Error) -> Denied {
    let (word, text) = commands::told(&app.words.speak(locale), error);
    let why = match error {
        Error::NotFound(_) => Why::NotFound,
        Error::Argument { .. } => Why::BadInput,
        Error::NotAllowed(_) => Why::NotAllowed,
        Error::Conflict(_) => Why::Conflict,
        Error::TooMany { .. } => Why::TooMany,
        Error::Unavailable { .. } => Why::Unavailable,
        Error::Unsure { .. } | Error::Internal { .. } => Why::Fault,
    };
    Denied { why, error: word.to_owned(), text }
}
