//! What is said of a ticket outside a conversation: to its opener by direct message, to the agent, in the staff channel.
//!
//! `jobs` reads the ticket as whoever is told and sends these. In direct messages Discord tells no guild, so there each
//! button names it. A ping stands where everybody reads: it holds nothing of the ticket.

use super::cards::{on, rating_buttons, title, view_button};
use super::phrases;
use crate::domain::tickets::{Message, State, Ticket, TicketRules};
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::{plain, unmasked};
use crate::kernel::words::Speech;
use crate::kernel::{GuildId, UserId};
use jiff::Timestamp;

/// Makes the buttons of a reply work in direct messages.
pub(in crate::commands) fn from_afar(mut reply: Reply, guild: GuildId) -> Reply {
    for button in &mut reply.buttons {
        let action = std::mem::replace(&mut button.action, Action::new(""));
        button.action = action.with("guild", guild);
    }
    reply
}

/// Tells the opener by direct message what staff answered.
pub fn staff_replied(say: &Speech<'_>, ticket: &Ticket, message: &Message) -> Reply {
    let name = plain(message.author_name.as_str());
    let mut card = Card::titled(title(say, ticket));
    card.body = unmasked(&message.body);
    card.footer = say.with("message-staff", &[("name", message.author_name.as_str().into())]);
    card.tone = Tone::Good;
    let text = say.with("notice-replied", &[("number", ticket.number.into()), ("name", (&name).into())]);
    let answer =
        Button::new(say.t("button-reply"), on("ticket_reply", ticket.number)).style(Style::Primary).emoji("💬");
    let close = Button::new(say.t("button-close"), on("ticket_close", ticket.number)).style(Style::Danger).emoji("🔒");
    let mut reply = Reply::private(text).card(card);
    if ticket.state != State::Closed {
        reply = reply.button(answer).button(view_button(say, ticket.number)).button(close);
    }
    from_afar(reply, ticket.guild)
}

/// Tells the opener by direct message that staff or the clock solved or closed his ticket.
pub fn state_changed(say: &Speech<'_>, ticket: &Ticket, rules: &TicketRules, now: Timestamp) -> Reply {
    let number = ("number", ticket.number.into());
    let text = match (ticket.state, &ticket.closing) {
        (State::Resolved, _) => say.with("notice-resolved", &[number]),
        (State::Closed, Some(closing)) if closing.by.is_none() => say.with("notice-closed-by-clock", &[number]),
        (State::Closed, _) => say.with("notice-closed", &[number]),
        (State::Open | State::InProgress | State::WaitingUser, _) => say.with("notice-goes-on", &[number]),
    };
    let mut card =
        Card::titled(title(say, ticket)).field(say.t("field-state"), phrases::own_state(say, ticket.state), true);
    if let Some(reason) = ticket.closing.as_ref().and_then(|closing| closing.reason.as_deref()) {
        card = card.field(say.t("field-reason"), plain(reason), false);
    }
    card.tone = Tone::Good;
    let mut reply = Reply::private(text).card(card);
    // Who is of the team isn't known here, and is told when he gives them.
    if ticket.awaits_stars() && !ticket.is_handled_by_opener(false) {
        reply.buttons.extend(rating_buttons(ticket.number));
    }
    reply = reply.button(view_button(say, ticket.number));
    if ticket.may_reopen(rules, now) {
        reply = reply.button(Button::new(say.t("button-reopen"), on("ticket_reopen", ticket.number)).emoji("🔓"));
    }
    from_afar(reply, ticket.guild)
}

/// Calls a person whose direct messages are shut, where everybody reads: a name and a button, nothing of the ticket.
pub fn ping(say: &Speech<'_>, user: UserId, number: i64) -> Reply {
    let text = say.with("notice-ping", &[("person", phrases::person(user).as_str().into())]);
    let open = Button::new(say.t("button-open-news"), on("ticket_view", number)).style(Style::Primary).emoji("📬");
    Reply::public(text).mention(user).button(open)
}

/// Tells an agent by direct message that he was given a ticket; without its content and without buttons, because in direct
/// messages nobody is staff.
pub fn assigned(say: &Speech<'_>, ticket: &Ticket) -> Reply {
    let category = phrases::category(say, ticket.category);
    let priority = phrases::priority(say, ticket.priority);
    let args = [("number", ticket.number.into()), ("category", (&category).into()), ("priority", (&priority).into())];
    Reply::private(say.with("notice-assigned", &args))
}

/// Reminds the staff channel of a ticket whose time will soon be up; calls the agent, if there is one.
pub fn sla_reminder(say: &Speech<'_>, ticket: &Ticket) -> Reply {
    let due = ticket.sla.due_at().map(phrases::ago).unwrap_or_default();
    to_staff(say, ticket, say.with("notice-sla-reminder", &[("number", ticket.number.into()), ("due", (&due).into())]))
}

/// Tells the staff channel that a ticket missed its time; calls the agent, if there is one.
pub fn sla_breach(say: &Speech<'_>, ticket: &Ticket) -> Reply {
    to_staff(say, ticket, say.with("notice-sla-breach", &[("number", ticket.number.into())]))
}

/// Tells the staff channel that a ticket is free again, because whoever had it isn't of the team any more. He is named and not
/// called.
pub fn agent_left(say: &Speech<'_>, ticket: &Ticket, agent: UserId) -> Reply {
    let person = phrases::person(agent);
    let args = [("person", (&person).into()), ("number", ticket.number.into())];
    free_to_staff(say, ticket, say.with("notice-agent-left", &args))
}

fn free_to_staff(say: &Speech<'_>, ticket: &Ticket, text: String) -> Reply {
    let claim = Button::new(say.t("button-claim"), on("ticket_claim", ticket.number)).emoji("🙋");
    Reply::public(text).button(claim.style(Style::Success)).button(view_button(say, ticket.number))
}

fn to_staff(say: &Speech<'_>, ticket: &Ticket, text: String) -> Reply {
    let Some(agent) = ticket.assignee else { return free_to_staff(say, ticket, text) };
    let reply = Reply::public(format!("{} {text}", phrases::person(agent))).mention(agent);
    reply.button(view_button(say, ticket.number))
}
