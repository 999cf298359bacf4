//! What a rule refused somebody is written down in his guild's audit, with who asked, for what, and why not.
//!
//! Who can't be one of that guild's people is written down all the same: the name is the pass's word. What a guild that isn't known here
//! was asked has no place to be written down; neither has what couldn't be read, nor what was refused because something was away.

use crate::app::App;
use crate::commands;
use crate::control::{Asker, Behalf};
use crate::domain::agent::{self, Refusal, Step};
use crate::kernel::error::Problem;
use crate::kernel::{Actor, Error, Locale, Result, System};

/// What is asked for, in a word, and with which plan.
pub(super) type Asked = (&'static str, Option<i64>);

/// Notes a refusal of the desk, where a rule is what refused it.
pub(super) async fn note(app: &App, asker: Asker, asked: Asked, error: &Error) {
    let word = || commands::told(&app.words.speak(Locale::default()), error).0;
    let why = match error {
        Error::NotAllowed(_) | Error::Conflict(_) => word(),
        // Of the guild that was asked; another one's plan is as good as none.
        Error::NotFound(_) if asked.1.is_some() => word(),
        Error::Argument { problem: Problem::OverCap { .. }, .. } => "over_cap",
        Error::Argument { problem: Problem::Rests(_) | Problem::AskedBefore(_), .. } => word(),
        // A slip of whoever asks, or something that is away.
        Error::NotFound(_)
        | Error::Argument { .. }
        | Error::TooMany { .. }
        | Error::Unavailable { .. }
        | Error::Unsure { .. }
        | Error::Internal { .. } => return,
    };
    write(app, asker, Refusal { what: asked.0, plan: asked.1, why }).await;
}

/// Notes that somebody whose pass was signed with our key wasn't let in.
pub(super) async fn turned_away(app: &App, asker: Asker, why: &'static str) {
    write(app, asker, Refusal { what: "door", plan: None, why }).await;
}

/// The answer stays what it is, whatever becomes of its line.
async fn write(app: &App, asker: Asker, refusal: Refusal) {
    if let Err(error) = written(app, asker, refusal).await {
        tracing::debug!(%error, "a refusal could not be written down");
    }
}

async fn written(app: &App, asker: Asker, refusal: Refusal) -> Result<()> {
    let Behalf::Person { guild, user } = asker.behalf else { return Ok(()) };
    if app.known_guild(guild).await?.is_none() {
        return Ok(());
    }
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    agent::refuse(&mut tx, Step { guild, by: user, now: app.clock.now() }, refusal).await?;
    tx.commit().await
}
