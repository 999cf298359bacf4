//! Looking at one ticket, at one of its files, at an answer that waits behind a button.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{ID, TICKET, cards, step, suggest};
use crate::domain::notifications::{answers, calls};
use crate::domain::tickets::{reading, service};
use crate::kernel::Result;
use crate::kernel::reply::{File, Reply};
use futures_util::FutureExt;

/// More pages than any conversation has.
const PAGES_MAX: i64 = 100_000;

pub(super) static VIEW: Spec = Spec {
    name: "ticket_view",
    writes: false,
    options: &[ID, Opt::optional("page", Type::Int(1, PAGES_MAX))],
    run: |cx, args| view(cx, args).boxed(),
    suggest: Some(suggest),
    ..TICKET
};

pub(super) static FILE: Spec = Spec {
    name: "ticket_file",
    writes: false,
    hidden: true,
    options: &[ID, Opt::required("file", Type::Int(1, i64::MAX))],
    run: |cx, args| file(cx, args).boxed(),
    ..TICKET
};

pub(super) static ANSWER: Spec = Spec {
    name: "answer",
    writes: false,
    hidden: true,
    options: &[Opt::required("request", Type::Request)],
    run: |cx, args| answer(cx, args).boxed(),
    ..TICKET
};

async fn view(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, now, number) = (cx.guild.id, cx.now, args.ticket("id")?);
    let page = args.int("page");
    let view = reading::view(cx.tx()?, guild, number, page.unwrap_or(1), now).await?;
    if view.called && view.ticket.opener == cx.user {
        // Whether he came by the call or not: the news is read.
        let user = cx.user;
        calls::answered(cx.tx()?, guild, number, user, now);
    }
    let reader = cards::Reader { actor: &cx.actor, rules: &cx.app.tickets, now };
    let mut reply = cards::view(&cx.say, &reader, &view);
    // Only a ticket's own page buttons name a page: the message that is replaced shows this ticket to this person.
    reply.replaces = cx.way == Way::Button && page.is_some();
    Ok(reply)
}

async fn file(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let id = args.int("file").unwrap_or_default();
    let found = service::read_file(cx.tx()?, &step, id).await?;
    let mut reply = Reply::private(cx.say.t("file-here"));
    reply.files.push(File { name: found.file_name, bytes: found.bytes });
    Ok(reply)
}

async fn answer(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, user) = (cx.guild.id, cx.user);
    let request = args.request("request").unwrap_or_default();
    let kept = answers::kept(cx.tx()?, guild, user, request).await?;
    if kept.is_none() {
        // Only what is there to be read is free.
        cx.app.limits.count(guild, user)?;
    }
    cx.spent = cx.way == Way::Button && kept.is_some();
    // Somebody else's answer and one that is gone look the same.
    Ok(kept.unwrap_or_else(|| Reply::private(cx.say.t("answer-gone"))))
}
