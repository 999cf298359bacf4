//! The transaction of a call: carried out once, its answer kept with the change and given again to a repeat.
//!
//! When the connection breaks while a change is committed, nobody told whether it was kept. [`settle`] finds out by the key
//! that both would hold, instead of guessing.

use super::args::Args;
use super::call::Call;
use super::dispatch::Cx;
use super::refusal;
use super::spec::Spec;
use crate::app::App;
use crate::db::Tx;
use crate::domain::accounts;
use crate::domain::notifications::{answers, removal};
use crate::kernel::reply::Reply;
use crate::kernel::{Error, Result, error::Cause};
use crate::pilot::Heard;
use std::time::Duration;

/// How long to find out what became of a commit: the person waits meanwhile, his interaction put off.
const PATIENCE: Duration = Duration::from_secs(10);
/// Waiting times between attempts to find out; the last one repeats.
const PAUSES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1)];

/// Runs the command in its transaction and commits; a repeat gets the answer that was kept.
///
/// A repeat is found when its answer can't be kept a second time, or when it is refused because the first was carried out;
/// looking for it beforehand would cost every command a round trip.
pub(super) async fn in_transaction(cx: &mut Cx<'_>, spec: &Spec, args: &Args, keeps: bool) -> Result<Reply> {
    if !cx.app.has_database() {
        return (spec.run)(cx, args).await;
    }
    let actor = cx.actor;
    cx.tx = Some(cx.app.db.begin(&actor).await?);
    learn(cx)?;
    let reply = match (spec.run)(cx, args).await {
        Ok(reply) => reply,
        Err(error @ (Error::Unavailable { .. } | Error::Unsure { .. } | Error::Internal { .. })) => return Err(error),
        Err(refusal) => {
            // What the database itself refused was refused before a repeat could be found.
            if cx.tx.as_ref().is_some_and(Tx::is_aborted) {
                finish(cx)?.rollback().await?;
                cx.tx = Some(cx.app.db.begin(&actor).await?);
            }
            let earlier = if keeps { earlier(cx).await? } else { None };
            finish(cx)?.rollback().await?;
            return earlier.ok_or(refusal);
        }
    };
    if !keeps {
        // Nothing was asked to be done, so nothing can be half known.
        finish(cx)?.end().await.map_err(Error::as_unavailable)?;
        learnt(cx);
        return Ok(reply);
    }
    if keep(cx, &reply).await? {
        learnt(cx);
        Ok(reply)
    } else {
        repeated(cx).await
    }
}

/// Has the person's language written down with what else is committed, where it is new.
pub(super) fn learn(cx: &mut Cx<'_>) -> Result<()> {
    let (guild, user) = (cx.guild.id, cx.user);
    if let Some(locale) = cx.learns {
        accounts::set_language(cx.tx()?, guild, user, locale);
    }
    Ok(())
}

fn learnt(cx: &Cx<'_>) {
    if let Some(locale) = cx.learns {
        cx.app.guilds.languages.written(cx.guild.id, cx.user, locale);
    }
}

/// Runs a command that works outside any transaction, and keeps its answer; a repeat gets the answer that was kept.
///
/// Such a command may be run again for the same request: so it is, when nobody told whether something of it was kept.
pub(super) async fn outside(cx: &mut Cx<'_>, spec: &Spec, args: &Args, keeps: bool) -> Result<Reply> {
    if keeps {
        cx.tx = Some(cx.app.db.begin(&cx.actor).await?);
        let before = earlier(cx).await?;
        finish(cx)?.end().await.map_err(Error::as_unavailable)?;
        if let Some(reply) = before {
            return Ok(reply);
        }
    }
    let reply = insist(cx, spec, args).await?;
    if !keeps {
        return Ok(reply);
    }
    match keep(cx, &reply).await {
        Ok(true) => Ok(reply),
        Ok(false) => repeated(cx).await,
        Err(Error::Unsure { .. }) => settle(cx, &reply).await,
        Err(error) => Err(error),
    }
}

/// Runs it until the database told what became of it.
async fn insist(cx: &mut Cx<'_>, spec: &Spec, args: &Args) -> Result<Reply> {
    for pause in PAUSES {
        tokio::time::sleep(pause).await;
        match (spec.run)(cx, args).await {
            Err(error @ Error::Unsure { .. }) => tracing::debug!(%error, "a command is run again"),
            outcome => return outcome,
        }
    }
    (spec.run)(cx, args).await
}

/// Finds out what became of a commit whose answer was lost: the answer that was kept with the change, else `nothing`.
///
/// It keeps `nothing` under the request's id. Only one row can stand there: if this one does, the lost commit can't come
/// through any more, however late it is; if it doesn't, the other stands, with the change.
///
/// # Errors
/// [`Error::Unsure`] when the database can't be asked in time.
pub(super) async fn settle(cx: &mut Cx<'_>, nothing: &Reply) -> Result<Reply> {
    let asking = async {
        let mut pauses = PAUSES.into_iter();
        let mut pause = Duration::ZERO;
        loop {
            pause = pauses.next().unwrap_or(pause);
            tokio::time::sleep(pause).await;
            match settle_once(cx, nothing).await {
                Ok(reply) => return reply,
                Err(error) => tracing::debug!(%error, "what became of a change can't be asked yet"),
            }
        }
    };
    let late = |_| Error::Unsure { what: "committing", cause: Cause::new("the database didn't tell in time") };
    tokio::time::timeout(PATIENCE, asking).await.map_err(late)
}

async fn settle_once(cx: &mut Cx<'_>, nothing: &Reply) -> Result<Reply> {
    // A transaction that an attempt before left behind is worth nothing.
    cx.tx = None;
    if keep(cx, nothing).await? { Ok(nothing.clone()) } else { repeated(cx).await }
}

/// The first answer to a request that has one.
async fn repeated(cx: &mut Cx<'_>) -> Result<Reply> {
    cx.tx = Some(cx.app.db.begin(&cx.actor).await?);
    let earlier = earlier(cx).await?;
    finish(cx)?.rollback().await?;
    earlier.ok_or(Error::NotFound("answer"))
}

/// Keeps an answer and commits; `false` when this request has one already.
pub(super) async fn keep(cx: &mut Cx<'_>, reply: &Reply) -> Result<bool> {
    if cx.tx.is_none() {
        cx.tx = Some(cx.app.db.begin(&cx.actor).await?);
    }
    let (guild, user, request, now) = (cx.guild.id, cx.user, cx.request, cx.now);
    let removes = cx.removes;
    let tx = cx.tx()?;
    answers::keep(tx, guild, user, request, reply, now)?;
    if let Some(place) = removes {
        removal::remove(tx, guild, place, now);
    }
    finish(cx)?.commit_once(answers::ANSWERED_ONCE).await
}

/// The answer that this request got before.
async fn earlier(cx: &mut Cx<'_>) -> Result<Option<Reply>> {
    let (guild, user, request) = (cx.guild.id, cx.user, cx.request);
    answers::kept(cx.tx()?, guild, user, request).await
}

pub(super) fn finish(cx: &mut Cx<'_>) -> Result<Tx> {
    let ended = || Error::Internal { what: "committing", cause: Cause::new("the transaction has ended") };
    cx.tx.take().ok_or_else(ended)
}

/// What is noted of a call before anything is done, where no database knows it.
pub(super) fn heard(app: &App, call: &Call) -> Heard {
    Heard {
        request: call.request.clone(),
        user: call.person.user,
        channel: call.channel,
        locale: refusal::locale_of(app, call),
        at: app.clock.now(),
        here: true,
    }
}
