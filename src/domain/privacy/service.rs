//! Use cases of requests: asking, taking back, deciding, reading.

use super::{BETWEEN_EXPORTS, Obstacle, Request, RequestKind, RequestState, TIME_TO_ANSWER, store};
use crate::db::Tx;
use crate::domain::notifications::{ShopKind, queue_person, record};
use crate::kernel::{Error, GuildId, Locale, Result, UserId};
use jiff::Timestamp;

/// Requests of one member that are looked at: the open one is among the newest.
const NEWEST: i64 = 20;

/// The word under which the event log tells that requests are other than they were.
const EVENT: &str = "privacy";

/// The requests of a member, the newest first. Acts as that member.
///
/// # Errors
/// As [`Tx::load`].
pub async fn own(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<Request>> {
    store::of(tx, guild, user, NEWEST).await
}

/// Writes down, at the commit, that a member gets a copy of his data. Acts as that member.
///
/// # Errors
/// [`Error::Conflict`] where he had one within the last hour.
pub async fn note_export(tx: &mut Tx, who: (GuildId, UserId), locale: Locale, now: Timestamp) -> Result<()> {
    let had = own(tx, who.0, who.1).await?.into_iter().find(|one| one.kind == RequestKind::Export);
    let next = had.and_then(|had| had.asked_at.checked_add(BETWEEN_EXPORTS).ok());
    if next.is_some_and(|next| next > now) {
        return Err(Error::Conflict("error-privacy-hourly"));
    }
    store::add(tx, who, (RequestKind::Export, locale), (now, now));
    Ok(())
}

/// Asks, at the commit, that a member is erased, and tells staff. Acts as that member; `obstacles` are what was found in his way.
///
/// # Errors
/// [`Error::Conflict`] where he asked already, or something must come to its end first.
pub async fn ask_erasure(
    tx: &mut Tx,
    who: (GuildId, UserId),
    (locale, obstacles): (Locale, &[Obstacle]),
    now: Timestamp,
) -> Result<Timestamp> {
    if !obstacles.is_empty() {
        return Err(Error::Conflict("error-privacy-obstacles"));
    }
    let all = own(tx, who.0, who.1).await?;
    if all.iter().any(|one| one.kind == RequestKind::Erasure && one.state.is_open()) {
        return Err(Error::Conflict("error-privacy-asked"));
    }
    let due = now.checked_add(TIME_TO_ANSWER).unwrap_or(now);
    store::add(tx, who, (RequestKind::Erasure, locale), (now, due));
    queue_person(tx, (who.0, ShopKind::PrivacyAsked), None, now);
    record(tx, who.0, EVENT, None, now);
    Ok(due)
}

/// Takes back what a member asked for. Acts as that member.
///
/// # Errors
/// [`Error::Conflict`] where nothing waits, or it was agreed to already.
pub async fn withdraw(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) -> Result<()> {
    if !store::withdraw(tx, guild, user).await? {
        return Err(Error::Conflict("error-privacy-not-asked"));
    }
    record(tx, guild, EVENT, None, now);
    Ok(())
}

/// At most `limit` of a guild's requests below a number, the newest first: the erasures that are open, or with `all` every request. Acts as an
/// operator.
///
/// # Errors
/// As [`Tx::load`].
pub async fn requests(tx: &mut Tx, guild: GuildId, (all, below): (bool, i64), limit: i64) -> Result<Vec<Request>> {
    store::page(tx, guild, (all, below), limit).await
}

/// One request. Acts as an operator.
///
/// # Errors
/// [`Error::Conflict`] where there is none of that number.
pub async fn request(tx: &mut Tx, guild: GuildId, id: i64) -> Result<Request> {
    store::one(tx, guild, id).await?.ok_or(Error::Conflict("error-privacy-none"))
}

/// Agrees to an erasure that waits; the worker carries it out after the commit. Acts as an operator.
///
/// # Errors
/// [`Error::Conflict`] where there is none of that number, it was decided before, or something is in its way.
pub async fn confirm(
    tx: &mut Tx,
    (guild, id): (GuildId, i64),
    (by, obstacles): (UserId, &[Obstacle]),
    now: Timestamp,
) -> Result<()> {
    waiting(tx, guild, id).await?;
    if !obstacles.is_empty() {
        return Err(Error::Conflict("error-privacy-obstacles-staff"));
    }
    if !store::decide(tx, (guild, id), (by, now), None).await? {
        return Err(Error::Conflict("error-privacy-decided"));
    }
    store::audit(tx, (guild, by), ("erasure_confirmed", format!("request/{id}")), None, now);
    record(tx, guild, EVENT, None, now);
    Ok(())
}

/// Refuses an erasure that waits, and tells the member why. Acts as an operator.
///
/// # Errors
/// [`Error::Conflict`] where there is none of that number, or it was decided before.
pub async fn refuse(
    tx: &mut Tx,
    (guild, id): (GuildId, i64),
    (by, reason): (UserId, &str),
    now: Timestamp,
) -> Result<()> {
    let request = waiting(tx, guild, id).await?;
    if !store::decide(tx, (guild, id), (by, now), Some(reason)).await? {
        return Err(Error::Conflict("error-privacy-decided"));
    }
    store::audit(tx, (guild, by), ("erasure_refused", format!("request/{id}")), None, now);
    record(tx, guild, EVENT, None, now);
    queue_person(tx, (guild, ShopKind::PrivacyTold), Some(request.user), now);
    Ok(())
}

async fn waiting(tx: &mut Tx, guild: GuildId, id: i64) -> Result<Request> {
    let found = request(tx, guild, id).await?;
    match (found.kind, found.state) {
        (RequestKind::Erasure, RequestState::Asked) => Ok(found),
        _ => Err(Error::Conflict("error-privacy-decided")),
    }
}
