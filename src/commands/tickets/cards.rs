//! A ticket as cards and buttons: for the person who looks at it, and for the staff channel.
//!
//! What a viewer may see was decided when it was read; here it only gets its looks. Bodies keep their author's formatting but
//! no disguised links; subjects and names show as typed.

use super::phrases;
use crate::domain::notifications::Delivery;
use crate::domain::tickets::reading::View;
use crate::domain::tickets::{Attachment, FileState, Hands, Message, MessageKind, State, Ticket, TicketRules};
use crate::kernel::reply::{Action, Button, Card, File, Reply, Style, Tone};
use crate::kernel::text::{plain, shorten, unmasked};
use crate::kernel::words::Speech;
use crate::kernel::{Actor, UserId};
use jiff::Timestamp;

/// Characters that the bodies of one page may take together (Discord allows 6000 for all embeds of a message).
const BODIES_MAX: usize = 4000;
/// Characters of the newest message that the staff card shows.
const EXCERPT_MAX: usize = 600;
/// Characters of the opening that the staff card shows above a newer message.
const OPENING_MAX: usize = 300;
/// Files of one message that are named on its card.
const FILES_SHOWN: usize = 5;

/// A command on one ticket.
pub fn on(command: &str, number: i64) -> Action {
    Action::new(command).with("id", number)
}

/// The action that only the staff card carries: by it the card is found again in its channel.
pub fn card_action(number: i64) -> Action {
    on("ticket_note", number)
}

/// Number and subject.
pub fn title(say: &Speech<'_>, ticket: &Ticket) -> String {
    let subject = plain(&ticket.subject);
    say.with("ticket-title", &[("number", ticket.number.into()), ("subject", (&subject).into())])
}

const fn tone(ticket: &Ticket) -> Tone {
    match ticket.state {
        State::Open if ticket.sla.breached_at.is_some() => Tone::Alert,
        State::Open => Tone::Warning,
        State::InProgress | State::WaitingUser => Tone::Neutral,
        State::Resolved | State::Closed => Tone::Good,
    }
}

/// The facts of a ticket that its opener may see; whether it is his `own` who looks.
fn facts(say: &Speech<'_>, view: &View, own: bool) -> Card {
    let ticket = &view.ticket;
    let state = if own { phrases::own_state } else { phrases::state };
    let nobody = || say.t("ticket-unassigned");
    let mut card = Card::titled(title(say, ticket))
        .field(say.t("field-state"), state(say, ticket.state), true)
        .field(say.t("field-category"), phrases::category(say, ticket.category), true)
        .field(say.t("field-priority"), urgency(say, view), true)
        .field(say.t("field-created"), phrases::ago(ticket.created_at), true)
        .field(say.t("field-assignee"), ticket.assignee.map_or_else(nobody, phrases::person), true);
    card.tone = tone(ticket);
    if let Some(rating) = ticket.rating {
        card = card.field(say.t("field-rating"), phrases::stars(rating.stars.get()), true);
    }
    if let Some(closing) = &ticket.closing {
        card = card.field(say.t("field-closed"), closed(say, closing, ticket.opener.is_pseudonym()), false);
    } else if let Some(at) = ticket.auto_close_at {
        card = card.field(say.t("field-auto-close"), phrases::ago(at), true);
    }
    card
}

/// How urgent it is, and that this is the plan's doing where it is.
fn urgency(say: &Speech<'_>, view: &View) -> String {
    let priority = phrases::priority(say, view.ticket.priority);
    if !view.ticket.priority_by_plan {
        return priority;
    }
    let plan = plan(say, view);
    say.with("ticket-priority-by-plan", &[("priority", (&priority).into()), ("plan", (&plan).into())])
}

fn plan(say: &Speech<'_>, view: &View) -> String {
    phrases::plan(say, &view.ticket.plan, view.plan_name.as_deref())
}

fn closed(say: &Speech<'_>, closing: &crate::domain::tickets::Closing, erased: bool) -> String {
    let when = phrases::ago(closing.at);
    let by = closing.by.map_or_else(|| say.t("ticket-closed-by-clock"), phrases::person);
    let by = if erased { say.t("ticket-closed-erased") } else { by };
    let reason = closing.reason.as_deref().map(|reason| format!("\n> {}", plain(reason))).unwrap_or_default();
    format!("{when} · {by}{reason}")
}

/// What staff see beside: who, plan, the clock.
fn staff_facts(say: &Speech<'_>, view: &View, own: bool) -> Card {
    let ticket = &view.ticket;
    let opener = format!("{} ({})", phrases::person(ticket.opener), plain(&ticket.opener_name));
    facts(say, view, own)
        .field(say.t("field-opener"), opener, true)
        .field(say.t("field-plan"), plan(say, view), true)
        .field(say.t("field-sla"), clock(say, ticket), true)
}

fn clock(say: &Speech<'_>, ticket: &Ticket) -> String {
    let late = ticket.sla.breached_at.map(|_| format!("⚠️ {} · ", say.t("sla-breached"))).unwrap_or_default();
    let stands = match (ticket.state, ticket.sla.hands) {
        (State::Resolved | State::Closed, _) => say.t("sla-ended"),
        (_, Hands::Running { due_at }) => phrases::ago(due_at),
        (_, Hands::Paused { left_ms }) => {
            let left = phrases::span(say, left_ms / 1000);
            say.with("sla-paused", &[("left", (&left).into())])
        }
    };
    format!("{late}{stands}")
}

/// Who looks at a ticket, when, under which rules.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// The rules.
    pub rules: &'a TicketRules,
    /// When.
    pub now: Timestamp,
}

impl Reader<'_> {
    fn is(&self, user: UserId) -> bool {
        self.actor.user() == Some(user)
    }
}

/// A ticket with a page of its messages and what the reader may do next.
pub fn view(say: &Speech<'_>, reader: &Reader<'_>, view: &View) -> Reply {
    let staff = reader.actor.is_staff();
    let ticket = &view.ticket;
    let own = reader.is(ticket.opener);
    let mut head = if staff { staff_facts(say, view, own) } else { facts(say, view, own) };
    // What he was told of the ticket itself, such as that it is closed, belongs to no message.
    if let Some(told) = view.deliveries.iter().rev().find(|delivery| delivery.message_id.is_none()) {
        head = head.field(say.t("field-delivery"), delivery_text(say, told), true);
    }
    let mut reply = Reply::private("").card(head);
    let rooms = share(&view.messages, BODIES_MAX);
    let mut cut = false;
    for (message, room) in view.messages.iter().zip(rooms) {
        cut |= message.body.chars().count() > room;
        let mut card = message_card(say, message, room);
        if staff {
            card.footer = delivery_line(say, message, &view.deliveries);
        }
        reply = reply.card(card);
    }
    if cut {
        reply.files.push(transcript(say, view));
        reply.text = say.t("ticket-cut");
    }
    reply.buttons = steps(say, reader, ticket);
    reply.buttons.extend(page_buttons(say, view));
    reply.buttons.extend(file_buttons(ticket.number, &view.messages));
    reply
}

/// Shares out room among bodies: short ones get what they need, long ones an equal part of the rest.
fn share(messages: &[Message], room: usize) -> Vec<usize> {
    let lengths: Vec<usize> = messages.iter().map(|message| message.body.chars().count()).collect();
    let mut order: Vec<usize> = lengths.clone();
    order.sort_unstable();
    let (mut left, mut open) = (room, order.len());
    let mut most = 0;
    for length in order {
        most = left / open.max(1);
        if length > most {
            break;
        }
        left = left.saturating_sub(length);
        open = open.saturating_sub(1);
        most = usize::MAX;
    }
    lengths.into_iter().map(|length| length.min(most)).collect()
}

fn message_card(say: &Speech<'_>, message: &Message, room: usize) -> Card {
    let name = plain(message.author_name.as_str());
    let (id, tone) = match (message.kind, message.from_staff) {
        (MessageKind::Note, _) => ("message-note", Tone::Internal),
        (_, true) => ("message-staff", Tone::Good),
        (_, false) => ("message-opener", Tone::Neutral),
    };
    let mut card = Card::titled(say.with(id, &[("name", (&name).into())]));
    card.tone = tone;
    card.body = format!("{}\n{}", phrases::ago(message.created_at), shorten(&unmasked(&message.body), room));
    if !message.attachments.is_empty() {
        card = card.field(say.t("field-files"), file_lines(say, &message.attachments), false);
    }
    card
}

fn file_lines(say: &Speech<'_>, files: &[Attachment]) -> String {
    let line = |file: &Attachment| {
        let state = match file.state {
            FileState::Stored => phrases::size(say, file.size),
            FileState::Pending => say.t("file-pending"),
            FileState::Refused => say.t("file-refused"),
            FileState::Failed => say.t("file-failed"),
        };
        format!("📎 {} · {state}", plain(&shorten(&file.name, 60)))
    };
    let mut lines: Vec<String> = files.iter().take(FILES_SHOWN).map(line).collect();
    if files.len() > FILES_SHOWN {
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

/// What became of telling the opener of a message.
fn delivery_line(say: &Speech<'_>, message: &Message, deliveries: &[Delivery]) -> String {
    let own = deliveries.iter().rev().find(|delivery| delivery.message_id == Some(message.id));
    own.map(|delivery| delivery_text(say, delivery)).unwrap_or_default()
}

fn delivery_text(say: &Speech<'_>, delivery: &Delivery) -> String {
    let outcome = delivery.outcome.as_deref();
    match (delivery.state.as_str(), outcome) {
        ("done", Some("dm")) => say.t("delivery-dm"),
        ("done", Some("ping")) => say.t("delivery-ping"),
        ("done", _) => say.t("delivery-done"),
        ("failed", why) => {
            let why = reason(say, why);
            say.with("delivery-failed", &[("why", (&why).into())])
        }
        (_, why) if delivery.attempts > 1 => {
            let why = reason(say, why);
            say.with("delivery-retried", &[("attempts", i64::from(delivery.attempts).into()), ("why", (&why).into())])
        }
        _ => say.t("delivery-pending"),
    }
}

fn reason(say: &Speech<'_>, word: Option<&str>) -> String {
    let known = word.and_then(|word| say.find(&format!("delivery-why-{}", word.replace('_', "-")), &[]));
    known.unwrap_or_else(|| say.t("delivery-why-unknown"))
}

/// The whole texts of a page, where the cards had to shorten them.
fn transcript(say: &Speech<'_>, view: &View) -> File {
    let mut text = String::new();
    for message in &view.messages {
        let kind = if message.kind == MessageKind::Note { say.t("transcript-note") } else { String::new() };
        text.push_str(&format!(
            "{} · {}{kind}\n{}\n\n",
            message.created_at,
            message.author_name.as_str(),
            message.body
        ));
    }
    File { name: format!("ticket-{}-{}.txt", view.ticket.number, view.page), bytes: text.into_bytes() }
}

fn button(say: &Speech<'_>, (label, emoji): (&str, &str), action: Action) -> Button {
    Button::new(say.t(label), action).emoji(emoji)
}

/// What the reader may do with the ticket as it stands.
pub fn steps(say: &Speech<'_>, reader: &Reader<'_>, ticket: &Ticket) -> Vec<Button> {
    let number = ticket.number;
    let staff = reader.actor.is_staff();
    let mut buttons = Vec::new();
    if ticket.state != State::Closed {
        buttons.push(button(say, ("button-reply", "💬"), on("ticket_reply", number)).style(Style::Primary));
    }
    if staff {
        if ticket.assignee.is_none() && ticket.state != State::Closed {
            buttons.push(button(say, ("button-claim", "🙋"), on("ticket_claim", number)));
        }
        buttons.push(button(say, ("button-note", "🗒️"), on("ticket_note", number)));
        if !matches!(ticket.state, State::Resolved | State::Closed) {
            buttons.push(button(say, ("button-resolve", "✅"), on("ticket_resolve", number)).style(Style::Success));
        }
    }
    if ticket.state != State::Closed {
        buttons.push(button(say, ("button-close", "🔒"), on("ticket_close", number)).style(Style::Danger));
    }
    if ticket.may_reopen(reader.rules, reader.now) {
        buttons.push(button(say, ("button-reopen", "🔓"), on("ticket_reopen", number)));
    }
    if reader.is(ticket.opener) && ticket.awaits_stars() && !ticket.is_handled_by_opener(staff) {
        buttons.extend(rating_buttons(number));
    }
    buttons
}

/// One button for each number of stars.
pub fn rating_buttons(number: i64) -> Vec<Button> {
    let star = |stars: i16| Button::new(stars.to_string(), on("ticket_rate", number).with("stars", stars)).emoji("⭐");
    (1..=5).map(star).collect()
}

/// The button that shows a ticket.
pub fn view_button(say: &Speech<'_>, number: i64) -> Button {
    button(say, ("button-view", "👁️"), on("ticket_view", number))
}

fn page_buttons(say: &Speech<'_>, view: &View) -> Vec<Button> {
    let to = |page: i64| on("ticket_view", view.ticket.number).with("page", page);
    let mut buttons = Vec::new();
    if view.page < view.pages() {
        buttons.push(button(say, ("button-older", "◀️"), to(view.page + 1)));
    }
    if view.page > 1 {
        buttons.push(button(say, ("button-newer", "▶️"), to(view.page - 1)));
    }
    buttons
}

/// A button for each file whose bytes are here.
fn file_buttons(number: i64, messages: &[Message]) -> Vec<Button> {
    let stored =
        messages.iter().flat_map(|message| &message.attachments).filter(|file| file.state == FileState::Stored);
    let show = |file: &Attachment| {
        Button::new(shorten(&file.name, 60), on("ticket_file", number).with("file", file.id)).emoji("📎")
    };
    stored.take(10).map(show).collect()
}

fn excerpt(message: &Message, room: usize) -> String {
    let name = plain(message.author_name.as_str());
    format!("**{name}** · {}\n{}", phrases::ago(message.created_at), shorten(&unmasked(&message.body), room))
}

/// The ticket's card in the staff channel: facts, how it began, the newest message, what could not be delivered, and what to
/// do.
pub fn staff_card(say: &Speech<'_>, view: &View, opening: Option<&Message>) -> Reply {
    let ticket = &view.ticket;
    let mut card = staff_facts(say, view, false);
    let newest = view.messages.iter().rev().find(|message| message.kind != MessageKind::Note);
    let opening = opening.filter(|opening| newest.is_none_or(|newest| newest.id != opening.id));
    let began = opening.map(|opening| excerpt(opening, OPENING_MAX));
    let shown: Vec<String> = began.into_iter().chain(newest.map(|newest| excerpt(newest, EXCERPT_MAX))).collect();
    card.body = shown.join("\n\n");
    if let Some(message) = newest.filter(|message| !message.attachments.is_empty()) {
        card = card.field(say.t("field-files"), file_lines(say, &message.attachments), false);
    }
    if let Some(failed) = view.deliveries.iter().rev().find(|delivery| delivery.state == "failed") {
        card = card.field(say.t("field-delivery"), delivery_text(say, failed), false);
    }
    let number = ticket.number;
    let mut reply = Reply::public("").card(card);
    if ticket.state != State::Closed {
        if ticket.assignee.is_none() {
            reply = reply.button(button(say, ("button-claim", "🙋"), on("ticket_claim", number)).style(Style::Success));
        }
        reply = reply.button(button(say, ("button-reply", "💬"), on("ticket_reply", number)).style(Style::Primary));
    }
    reply.button(button(say, ("button-note", "🗒️"), card_action(number))).button(view_button(say, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tickets::DisplayName;
    use proptest::prelude::*;

    fn message(length: usize) -> Message {
        Message {
            id: 1,
            author: UserId::new(5).unwrap(),
            author_name: DisplayName::new("Marie"),
            kind: MessageKind::Reply,
            from_staff: false,
            body: "é".repeat(length),
            created_at: Timestamp::UNIX_EPOCH,
            attachments: Vec::new(),
        }
    }

    #[test]
    fn short_messages_are_whole_beside_a_long_one() {
        let messages: Vec<Message> = [10, 4000, 20, 3000].into_iter().map(message).collect();
        assert_eq!(share(&messages, 4000), vec![10, 1985, 20, 1985]);
        assert_eq!(share(&messages[..1], 4000), vec![10]);
        assert_eq!(share(&[], 4000), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn shares_never_pass_the_room_nor_the_need(lengths in prop::collection::vec(0usize..4001, 0..6)) {
            let messages: Vec<Message> = lengths.iter().copied().map(message).collect();
            let shares = share(&messages, 4000);
            prop_assert!(shares.iter().sum::<usize>() <= 4000);
            prop_assert!(shares.iter().zip(&lengths).all(|(share, need)| share <= need));
            let fits = lengths.iter().sum::<usize>() <= 4000;
            prop_assert_eq!(shares == lengths, fits);
        }
    }
}
