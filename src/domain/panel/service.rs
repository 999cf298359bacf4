//! Use cases of sessions. All act as the system's *panel* duty, but for what a person sees and does of his own.

use super::store::{self, OwnRow, SessionRow};
use super::{LASTS, LINK_LASTS, LONGEST, NOTED, NewSession, Own, Session, SignIn, Token, Via};
use crate::db::Tx;
use crate::kernel::error::{Cause, Context};
use crate::kernel::text::{clean, shorten};
use crate::kernel::{Error, GuildId, Locale, Result, UserId};
use jiff::{SignedDuration, Timestamp};

/// How long it is kept that there was a session or a link.
const OLD: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long the audit of sign-ins is kept.
const AUDIT: SignedDuration = SignedDuration::from_hours(400 * 24);
/// Longest name of a person and of a browser, in characters.
const NAME: usize = 100;
const BROWSER: usize = 100;

fn one_line(text: &str, max: usize) -> String {
    shorten(&clean(text).split_whitespace().collect::<Vec<_>>().join(" "), max)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

fn earlier(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(at)
}

/// When a session made then and used now ends.
fn ends(made: Timestamp, now: Timestamp) -> Timestamp {
    later(now, LASTS).min(later(made, LONGEST))
}

/// Opens a session; its number.
///
/// # Errors
/// As [`Tx::load`].
pub async fn open(tx: &mut Tx, token: &Token, new: NewSession, now: Timestamp) -> Result<i64> {
    let name = one_line(&new.name, NAME);
    let name = if name.is_empty() { "?".to_owned() } else { name };
    let browser = one_line(&new.browser, BROWSER);
    let avatar =
        new.avatar.filter(|hash| hash.len() <= 100 && hash.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    let new = NewSession { name, browser, avatar, ..new };
    let added = store::add(tx, token.digest(), &new, (now, ends(now, now))).await?;
    let none = || Error::Internal { what: "opening a session", cause: Cause::new("no row came back") };
    added.map(|row| row.id).ok_or_else(none)
}

/// The session behind a token; `None` where there is none, or none any more.
///
/// # Errors
/// As [`Tx::load`].
pub async fn session(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<Option<Session>> {
    store::find(tx, token.digest(), now).await?.map(read).transpose()
}

fn read(row: SessionRow) -> Result<Session> {
    const WHAT: &str = "reading a session";
    let guild = row.guild_id.map(GuildId::try_from).transpose().internal(WHAT)?;
    Ok(Session {
        id: row.id,
        user: UserId::try_from(row.user_id).internal(WHAT)?,
        name: row.name,
        avatar: row.avatar,
        locale: Locale::from_code(&row.locale).unwrap_or_default(),
        via: guild.map_or(Via::Discord, Via::Link),
        browser: row.browser,
        made_at: row.made_at.to_jiff(),
        seen_at: row.seen_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
    })
}

/// Notes at the commit that a session is used, once a minute at most; whether there is something to commit.
pub fn touch(tx: &mut Tx, session: &Session, now: Timestamp) -> bool {
    if now.duration_since(session.seen_at) < NOTED {
        return false;
    }
    store::touch(tx, session.id, now, ends(session.made_at, now));
    true
}

/// Ends a session.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn end(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    store::end(tx, id, now).await.map(drop)
}

/// A person's sessions, the newest in use first, a hundred at most. Acts as he.
///
/// # Errors
/// As [`Tx::load`].
pub async fn own(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<Vec<Own>> {
    let read = |row: OwnRow| Own {
        id: row.id,
        browser: row.browser,
        made_at: row.made_at.to_jiff(),
        seen_at: row.seen_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
    };
    Ok(store::own(tx, user, now).await?.into_iter().map(read).collect())
}

/// Ends one of a person's own sessions. Acts as he.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub async fn end_own(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    if store::end(tx, id, now).await? > 0 { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Those of these sessions that go on.
///
/// # Errors
/// As [`Tx::load`].
pub async fn alive(tx: &mut Tx, ids: Vec<i64>, now: Timestamp) -> Result<Vec<i64>> {
    Ok(store::alive(tx, ids, now).await?.into_iter().map(|row| row.id).collect())
}

/// Makes a one-time link at the commit.
pub fn make_link(tx: &mut Tx, token: &Token, whom: (GuildId, UserId), now: Timestamp) {
    store::add_link(tx, token.digest(), whom, (now, later(now, LINK_LASTS)));
}

/// Uses a one-time link: into which guild, as whom; `None` where it was used, is too old or was never made.
///
/// # Errors
/// As [`Tx::load`].
pub async fn take_link(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<Option<(GuildId, UserId)>> {
    const WHAT: &str = "reading a link";
    let Some(row) = store::take_link(tx, token.digest(), now).await? else { return Ok(None) };
    let guild = GuildId::try_from(row.guild_id).internal(WHAT)?;
    Ok(Some((guild, UserId::try_from(row.user_id).internal(WHAT)?)))
}

/// Notes a try to sign in at the commit.
pub fn note(tx: &mut Tx, tried: &SignIn, now: Timestamp) {
    store::note(tx, tried, now);
}

/// Forgets at the commit what is long over.
pub fn sweep(tx: &mut Tx, now: Timestamp) {
    store::sweep(tx, earlier(now, OLD), earlier(now, AUDIT));
}
