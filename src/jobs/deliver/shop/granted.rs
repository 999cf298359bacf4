//! Tells a member what staff gave him by hand or took back, read under his own identity, as it stands now.

use super::Result;
use super::told::tell;
use crate::app::App;
use crate::commands::purchases::granted;
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::shop::Source;
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::entitlements::{self, Entitlement, What};
use crate::kernel::{Actor, Result as OurResult};

/// What was given or taken in the transaction that wrote the notice bears its time. Nothing is told of what he has otherwise all the
/// same, nor of what was taken back before it was told.
pub(super) async fn granted(app: &App, claimed: &ClaimedNotice) -> Result {
    let notice = claimed.notice;
    let (guild, Some(user)) = (notice.guild, notice.recipient) else { return Ok(Outcome::Unneeded) };
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::member(guild, user)).await?;
    let held = entitlements::of(&mut tx, guild, user).await?;
    let by_hand = |one: &&Entitlement| matches!(one.source, Source::Grant | Source::Prize);
    let of_then = |one: &&Entitlement| match one.revoked_at {
        Some(at) => at == claimed.created_at,
        None => one.source == Source::Grant && one.starts_at == claimed.created_at && one.is_active(now),
    };
    let found = held.iter().filter(by_hand).find(of_then);
    let has_it = |of: &Entitlement| held.iter().any(|one| one.what == of.what && one.is_active(now));
    let Some(found) = found.filter(|found| found.revoked_at.is_none() || !has_it(found)) else {
        tx.end().await?;
        return Ok(Outcome::Unneeded);
    };
    let plan = match &found.what {
        What::Plan(code) => Some(code.as_str()),
        What::Role(_) => None,
    };
    let called = names(&mut tx, guild, plan.iter().map(|code| format!("plan/{code}")).collect()).await?;
    tx.end().await?;
    let plan = plan.map(|code| called.plan(code));
    let locale = locale(app, claimed).await?;
    let say = app.words.speak(locale);
    let reply = match found.revoked_at {
        Some(_) => granted::taken(&say, guild, plan),
        None => granted::given(&say, guild, plan, found.ends_at),
    };
    tell(app, claimed, user, &reply).await
}

/// His language where he used a command before, else the guild's.
async fn locale(app: &App, claimed: &ClaimedNotice) -> OurResult<crate::kernel::Locale> {
    let notice = claimed.notice;
    let own = notice.recipient.and_then(|user| app.guilds.languages.of(notice.guild, user));
    match own {
        Some(locale) => Ok(locale),
        None => Ok(app.guild(notice.guild).await?.locale),
    }
}
