//! Tells staff that somebody asked to be erased, and a member what became of it.

use super::Result;
use super::staff::post;
use super::told::tell;
use crate::app::App;
use crate::commands::privacy::notices;
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::privacy::{self, RequestKind, RequestState};
use crate::kernel::Actor;

/// Requests that are counted at most.
const COUNTED: i64 = 1000;

/// How many requests wait; nothing where all were decided meanwhile.
pub(super) async fn asked(app: &App, claimed: &ClaimedNotice) -> Result {
    let guild = claimed.notice.guild;
    let mut tx = app.db.begin(&Actor::for_operators(guild)).await?;
    let open = privacy::requests(&mut tx, guild, (false, i64::MAX), COUNTED).await?;
    tx.end().await?;
    let waiting: Vec<_> = open.into_iter().filter(|one| one.state == RequestState::Asked).collect();
    let Some(first) = waiting.iter().map(|one| one.due_at).min() else { return Ok(Outcome::Unneeded) };
    post(app, claimed, |say| notices::asked(say, waiting.len(), first)).await
}

/// What became of his request: who was erased has none any more.
pub(super) async fn told(app: &App, claimed: &ClaimedNotice) -> Result {
    let guild = claimed.notice.guild;
    let Some(user) = claimed.notice.recipient else { return Ok(Outcome::Unneeded) };
    let mut tx = app.db.begin(&Actor::member(guild, user)).await?;
    let own = privacy::own(&mut tx, guild, user).await?;
    tx.end().await?;
    let settings = app.guild(guild).await?;
    let newest = own.into_iter().find(|one| one.kind == RequestKind::Erasure);
    let heard = app.guilds.languages.of(guild, user);
    let locale = newest.as_ref().map(|one| one.locale).or(heard).unwrap_or(settings.locale);
    let say = app.words.speak(locale);
    let reply = match newest {
        None => {
            // The last thing that he is told in his language.
            let outcome = tell(app, claimed, user, &notices::erased(&say)).await;
            app.guilds.languages.forget(guild, user);
            return outcome;
        }
        Some(one) if one.state == RequestState::Refused => notices::refused(&say, &one),
        Some(_) => return Ok(Outcome::Unneeded),
    };
    tell(app, claimed, user, &reply).await
}
