//! Lists of tickets: a member's own, all of the guild for staff.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{CATEGORY, PRIORITY, TICKET, cards, phrases};
use crate::domain::tickets::{Assigned, Category, Cursor, Filter, Priority, Standing, State, Ticket, reading};
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::{plain, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result, UserId};
use futures_util::FutureExt;

/// States and groups of states that a list may be asked for.
const STATES: [&str; 7] = ["active", "all", "open", "in_progress", "waiting_user", "resolved", "closed"];

pub(super) static LIST: Spec = Spec {
    name: "ticket_list",
    writes: false,
    options: &[
        Opt::optional("state", Type::Choice(&STATES)),
        Opt::optional("priority", PRIORITY),
        Opt::optional("category", CATEGORY),
        Opt::optional("assignee", Type::Choice(&["me", "nobody"])),
        Opt::optional("before", Type::Ticket),
        Opt::optional("after", Type::Ticket),
    ],
    run: |cx, args| list(cx, args).boxed(),
    ..TICKET
};

/// Options that a page's buttons carry on.
const CARRIED: [&str; 4] = ["state", "priority", "category", "assignee"];

fn filter(args: &Args, staff: bool, user: UserId) -> Filter {
    let standing = match args.choice("state") {
        // Staff first want to see what is to do, members what they had.
        None if staff => Standing::Active,
        None | Some("all") => Standing::Any,
        Some("active") => Standing::Active,
        Some(word) => State::from_word(word).map_or(Standing::Any, Standing::In),
    };
    let assigned = match args.choice("assignee") {
        Some("me") => Assigned::To(user),
        Some("nobody") => Assigned::Nobody,
        Some(_) | None => Assigned::Any,
    };
    Filter {
        standing,
        priority: args.choice("priority").and_then(Priority::from_word),
        category: args.choice("category").and_then(Category::from_word),
        assigned,
    }
}

async fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let staff = cx.actor.is_staff();
    let filter = filter(args, staff, cx.user);
    let cursor = match (args.ticket("before").ok(), args.ticket("after").ok()) {
        (Some(_), Some(_)) => return Err(Error::Conflict("error-list-before-or-after")),
        (Some(before), None) => Cursor::Before(before),
        (None, Some(after)) => Cursor::After(after),
        (None, None) => Cursor::Newest,
    };
    let (guild, now) = (cx.guild.id, cx.now);
    let page = reading::list(cx.tx()?, guild, &filter, cursor, now).await?;
    let mut reply = Reply::private("");
    // Only a page's own buttons carry a cursor: the message that is replaced is a page of this list.
    reply.replaces = cx.way == Way::Button && cursor != Cursor::Newest;
    if page.tickets.is_empty() && cursor == Cursor::Newest {
        return Ok(empty(cx, &filter, staff));
    }
    let mut card = Card::titled(cx.say.t(if staff { "list-title-staff" } else { "list-title" }));
    card.body =
        page.tickets.iter().map(|ticket| line(&cx.say, ticket, (staff, cx.user))).collect::<Vec<_>>().join("\n");
    if card.body.is_empty() {
        card.body = cx.say.t("list-end");
    }
    reply = reply.card(card);
    for ticket in &page.tickets {
        let label = format!("#{}", ticket.number);
        let view = Button::new(label, cards::on("ticket_view", ticket.number));
        reply = reply.button(view.emoji(phrases::state_emoji(ticket.state)));
    }
    if page.tickets.is_empty() {
        reply = reply.button(Button::new(cx.say.t("button-newest-tickets"), unturned(args)).emoji("⏮️"));
    }
    if let Some(after) = page.newer {
        reply = reply.button(turn(cx, args, ("button-newer-tickets", "◀️"), ("after", after)));
    }
    if let Some(before) = page.older {
        reply = reply.button(turn(cx, args, ("button-older-tickets", "▶️"), ("before", before)));
    }
    Ok(reply)
}

fn empty(cx: &Cx<'_>, filter: &Filter, staff: bool) -> Reply {
    if staff || *filter != Filter::default() {
        return Reply::private(cx.say.t("list-none-fits"));
    }
    let open = Button::new(cx.say.t("button-ticket-create"), Action::new("ticket_create"));
    Reply::private(cx.say.t("list-empty")).button(open.style(Style::Primary).emoji("🎫"))
}

fn turn(cx: &Cx<'_>, args: &Args, (label, emoji): (&str, &str), (option, number): (&str, i64)) -> Button {
    Button::new(cx.say.t(label), unturned(args).with(option, number)).emoji(emoji)
}

/// The same list from its newest ticket on.
fn unturned(args: &Args) -> Action {
    let mut action = Action::new("ticket_list");
    for name in CARRIED {
        if let Some(code) = args.choice(name) {
            action = action.with(name, code);
        }
    }
    action
}

fn line(say: &Speech<'_>, ticket: &Ticket, (staff, reader): (bool, UserId)) -> String {
    let state = if ticket.opener == reader { phrases::own_state } else { phrases::state };
    let subject = plain(&shorten(&ticket.subject, 60));
    let mut line = format!(
        "{} **#{}** {} {subject} · {} · {}",
        phrases::priority_emoji(ticket.priority),
        ticket.number,
        phrases::category_emoji(ticket.category),
        state(say, ticket.state),
        phrases::ago(ticket.updated_at),
    );
    if staff {
        line.push_str(&format!(" · {}", phrases::person(ticket.opener)));
        if let Some(agent) = ticket.assignee {
            line.push_str(&format!(" → {}", phrases::person(agent)));
        }
        if ticket.sla.breached_at.is_some() && ticket.state.counts_time() {
            line.push_str(" · ⚠️");
        }
    }
    line
}
