//! The transaction of a call: carried out once, its answer kept with the change and given again to a repeat.

use super::args::Args;
use super::dispatch::Cx;
use super::spec::Spec;
use crate::db::Tx;
use crate::domain::notifications::answers;
use crate::kernel::reply::Reply;
use crate::kernel::{Error, Result, error::Cause};

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
    let reply = match (spec.run)(cx, args).await {
        Ok(reply) => reply,
        Err(error @ (Error::Unavailable { .. } | Error::Internal { .. })) => return Err(error),
        Err(refusal) => {
            let earlier = if keeps { earlier(cx).await? } else { None };
            finish(cx)?.rollback().await?;
            return earlier.ok_or(refusal);
        }
    };
    if !keeps {
        finish(cx)?.end().await?;
        return Ok(reply);
    }
    if keep(cx, &reply).await? { Ok(reply) } else { repeated(cx).await }
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
    answers::keep(cx.tx()?, guild, user, request, reply, now)?;
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
