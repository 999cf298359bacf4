//! Writing on a ticket: answers and notes.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{ID, STAFF, TICKET, cards, files, name, refused_lines, step, suggest};
use crate::domain::tickets::{Post, State, service};
use crate::kernel::Result;
use crate::kernel::reply::{Button, Reply};
use futures_util::FutureExt;

pub(super) static REPLY: Spec = Spec {
    name: "ticket_reply",
    options: &[ID, Opt::required("message", Type::Body).in_form(), Opt::optional("file", Type::File)],
    run: |cx, args| reply(cx, args).boxed(),
    suggest: Some(suggest),
    ..TICKET
};

pub(super) static NOTE: Spec = Spec {
    name: "ticket_note",
    options: &[ID, Opt::required("message", Type::Body).in_form(), Opt::optional("file", Type::File)],
    run: |cx, args| note(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

fn post(cx: &Cx<'_>, args: &Args) -> Result<Post> {
    Ok(Post { author_name: name(cx), body: args.body("message")?.clone(), files: files(args) })
}

async fn reply(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (step, post) = (step(cx, args)?, post(cx, args)?);
    let posted = service::reply(cx.tx()?, &step, post).await?;
    let ticket = &posted.ticket;
    let thanks = ticket.opener == cx.user && ticket.state == State::Resolved;
    let id = match (ticket.opener == cx.user, thanks, posted.took) {
        (true, true, _) => "ticket-replied-resolved",
        (true, false, _) => "ticket-replied",
        (false, _, true) => "ticket-replied-staff-took",
        (false, _, false) => "ticket-replied-staff",
    };
    let text = cx.say.with(id, &[("number", ticket.number.into())]) + &refused_lines(cx, &posted.refused);
    let mut reply = Reply::private(text).button(cards::view_button(&cx.say, ticket.number));
    if thanks {
        let reopen = Button::new(cx.say.t("button-reopen"), cards::on("ticket_reopen", ticket.number));
        reply = reply.button(reopen.emoji("🔓"));
    }
    Ok(reply)
}

async fn note(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (step, post) = (step(cx, args)?, post(cx, args)?);
    let posted = service::note(cx.tx()?, &step, post).await?;
    let text = cx.say.with("ticket-noted", &[("number", posted.ticket.number.into())]);
    let text = text + &refused_lines(cx, &posted.refused);
    Ok(Reply::private(text).button(cards::view_button(&cx.say, posted.ticket.number)))
}
