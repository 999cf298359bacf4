//! Moving a ticket on: claim, assign, resolve, close, reopen, stars, priority, category.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{CATEGORY, ID, PRIORITY, STAFF, TICKET, cards, named_agent, phrases, step, suggest, suggest_ended};
use crate::domain::tickets::{Category, Priority, Reason, Stars, Ticket, service};
use crate::kernel::Result;
use crate::kernel::error::{Error, Problem};
use crate::kernel::reply::{Button, Reply};
use crate::kernel::words::Arg;
use futures_util::FutureExt;

pub(super) static CLOSE: Spec = Spec {
    name: "ticket_close",
    options: &[ID, Opt::optional("reason", Type::Body).in_form().at_most(Reason::MAX)],
    run: |cx, args| close(cx, args).boxed(),
    suggest: Some(suggest),
    ..TICKET
};

pub(super) static REOPEN: Spec = Spec {
    name: "ticket_reopen",
    options: &[ID],
    run: |cx, args| reopen(cx, args).boxed(),
    suggest: Some(suggest_ended),
    ..TICKET
};

pub(super) static RATE: Spec = Spec {
    name: "ticket_rate",
    options: &[ID, Opt::required("stars", Type::Int(Stars::MIN, Stars::MAX))],
    run: |cx, args| rate(cx, args).boxed(),
    suggest: Some(suggest_ended),
    ..TICKET
};

pub(super) static CLAIM: Spec = Spec {
    name: "ticket_claim",
    options: &[ID],
    run: |cx, args| claim(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

pub(super) static ASSIGN: Spec = Spec {
    name: "ticket_assign",
    options: &[ID, Opt::required("agent", Type::User)],
    run: |cx, args| assign(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

pub(super) static RESOLVE: Spec = Spec {
    name: "ticket_resolve",
    options: &[ID],
    run: |cx, args| resolve(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

pub(super) static PRIORITY_CHANGE: Spec = Spec {
    name: "ticket_priority",
    options: &[ID, Opt::required("priority", PRIORITY)],
    run: |cx, args| set_priority(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

pub(super) static CATEGORY_CHANGE: Spec = Spec {
    name: "ticket_category",
    options: &[ID, Opt::required("category", CATEGORY)],
    run: |cx, args| set_category(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

/// A text about a ticket with a button to look at it.
fn done(cx: &Cx<'_>, id: &str, ticket: &Ticket, args: &[(&str, Arg<'_>)]) -> Reply {
    let mut all = vec![("number", ticket.number.into())];
    all.extend_from_slice(args);
    Reply::private(cx.say.with(id, &all)).button(cards::view_button(&cx.say, ticket.number))
}

fn with_reopen(cx: &Cx<'_>, reply: Reply, ticket: &Ticket) -> Reply {
    if !ticket.may_reopen(&cx.app.tickets, cx.now) {
        return reply;
    }
    let reopen = Button::new(cx.say.t("button-reopen"), cards::on("ticket_reopen", ticket.number));
    reply.button(reopen.emoji("🔓"))
}

async fn close(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let wrong = |problem| Error::Argument { option: "reason", problem };
    let reason = args.body_if("reason").map(|body| Reason::parse(body.as_str())).transpose().map_err(wrong)?;
    let ticket = service::close(cx.tx()?, &step, reason.as_ref()).await?;
    if ticket.opener != cx.user {
        return Ok(with_reopen(cx, done(cx, "ticket-closed-staff", &ticket, &[]), &ticket));
    }
    if ticket.is_handled_by_opener(cx.actor.is_staff()) {
        return Ok(with_reopen(cx, done(cx, "ticket-closed-own", &ticket, &[]), &ticket));
    }
    let mut reply = Reply::private(cx.say.with("ticket-closed", &[("number", ticket.number.into())]));
    reply.buttons = cards::rating_buttons(ticket.number);
    Ok(with_reopen(cx, reply, &ticket))
}

async fn reopen(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let ticket = service::reopen(cx.tx()?, &step).await?;
    Ok(done(cx, "ticket-reopened", &ticket, &[]))
}

async fn rate(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let given = args.int("stars").ok_or(Error::Argument { option: "stars", problem: Problem::Missing })?;
    let stars = Stars::new(given).map_err(|problem| Error::Argument { option: "stars", problem })?;
    let before = service::rate(cx.tx()?, &step, stars).await?;
    let shown = phrases::stars(stars.get());
    let mut args = vec![("number", step.number.into()), ("stars", (&shown).into())];
    let Some(before) = before.filter(|before| *before != stars) else {
        return Ok(Reply::private(cx.say.with("ticket-rated", &args)));
    };
    let before = phrases::stars(before.get());
    args.push(("before", (&before).into()));
    Ok(Reply::private(cx.say.with("ticket-rated-anew", &args)))
}

async fn claim(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let ticket = service::claim(cx.tx()?, &step).await?;
    let reply = Button::new(cx.say.t("button-reply"), cards::on("ticket_reply", ticket.number)).emoji("💬");
    Ok(done(cx, "ticket-claimed", &ticket, &[]).button(reply))
}

async fn assign(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let agent = named_agent(cx, args)?.ok_or(Error::Argument { option: "agent", problem: Problem::Missing })?;
    let ticket = service::assign(cx.tx()?, &step, agent).await?;
    let shown = phrases::person(agent);
    Ok(done(cx, "ticket-assigned", &ticket, &[("agent", (&shown).into())]))
}

async fn resolve(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let ticket = service::resolve(cx.tx()?, &step).await?;
    let text = if ticket.opener == cx.user { "ticket-resolved-own" } else { "ticket-resolved" };
    Ok(with_reopen(cx, done(cx, text, &ticket, &[]), &ticket))
}

async fn set_priority(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let priority = args.choice("priority").and_then(Priority::from_word);
    let priority = priority.ok_or(Error::Argument { option: "priority", problem: Problem::Missing })?;
    let ticket = service::set_priority(cx.tx()?, &step, priority).await?;
    let shown = phrases::priority(&cx.say, priority);
    Ok(done(cx, "ticket-priority-changed", &ticket, &[("priority", (&shown).into())]))
}

async fn set_category(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let category = args.choice("category").and_then(Category::from_word);
    let category = category.ok_or(Error::Argument { option: "category", problem: Problem::Missing })?;
    let ticket = service::set_category(cx.tx()?, &step, category).await?;
    let shown = phrases::category(&cx.say, category);
    Ok(done(cx, "ticket-category-changed", &ticket, &[("category", (&shown).into())]))
}
