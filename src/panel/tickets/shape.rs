//! The shapes in which tickets and messages are shown.

use crate::domain::tickets::desk::{Letter, Listed, Standing};
use crate::domain::tickets::{FileState, Rating as Stars, Ticket};
use crate::kernel::UserId;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPerson)]
pub struct Person {
    /// His id.
    pub id: String,
    /// His name; his id where none is known.
    pub name: String,
}

/// Names of people, looked up together.
pub(in crate::panel) type Names = HashMap<UserId, String>;

impl Person {
    pub(in crate::panel) fn of(user: UserId, names: &Names) -> Self {
        let id = user.to_string();
        Self { name: names.get(&user).cloned().unwrap_or_else(|| id.clone()), id }
    }
}

/// A ticket in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelRow)]
pub struct Row {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Who opened it.
    pub opener: Person,
    /// What the plan is called that he held.
    pub plan: Option<String>,
    /// Its category's word.
    pub category: &'static str,
    /// Its priority's word.
    pub priority: &'static str,
    /// Its state's word.
    pub state: &'static str,
    /// Who of staff has it.
    pub assignee: Option<Person>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it last changed for its opener.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    /// When its time ends, where it runs.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// How its time stands: `ok`, `soon`, `breached` or `stopped`.
    pub sla: &'static str,
    /// How many messages it has.
    pub messages: i64,
    /// Who wrote last: `member` or `staff`.
    pub last_from: &'static str,
    /// Whether its opener wrote last, and who looks hasn't seen it.
    pub unread: bool,
}

/// A ticket with all that is shown of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelTicket)]
pub struct TicketView {
    /// As in a list.
    #[serde(flatten)]
    pub row: Row,
    /// When staff first answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_response_at: Option<Timestamp>,
    /// When it was solved.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Timestamp>,
    /// How it was closed.
    pub closing: Option<Closing>,
    /// How satisfied its opener was.
    pub rating: Option<Rating>,
    /// When it closes by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub auto_close_at: Option<Timestamp>,
}

/// How a ticket was closed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelClosing)]
pub struct Closing {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom; nobody: by the clock.
    pub by: Option<Person>,
    /// Why.
    pub reason: Option<String>,
}

/// Stars.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRating)]
pub struct Rating {
    /// How many, one to five.
    pub stars: i16,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A message.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelMessage)]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// `opening`, `reply` or `note`.
    pub kind: &'static str,
    /// Who wrote it.
    pub author: Person,
    /// Whether it speaks for staff.
    pub from_staff: bool,
    /// What it says.
    pub body: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Files that came with it.
    pub files: Vec<FileView>,
    /// What became of telling the opener.
    pub delivery: Option<Delivery>,
}

/// A file of a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelFile)]
pub struct FileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// `kept`, `pending`, `failed` or `expired`.
    pub state: &'static str,
}

/// What became of telling somebody.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelDelivery)]
pub struct Delivery {
    /// `waiting`, `delivered` or `failed`.
    pub state: &'static str,
    /// How, or why not: a word.
    pub why: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// A line of what was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelLine)]
pub struct Line {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who; nobody: the clock.
    pub by: Option<Person>,
    /// What: a word.
    pub deed: String,
    /// What was there before.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
    /// All of it as a sentence.
    pub text: String,
}

/// Everybody whom a ticket names and whose name doesn't stand with it.
pub(super) fn people(ticket: &Ticket) -> impl Iterator<Item = UserId> {
    let closed_by = ticket.closing.as_ref().and_then(|closing| closing.by);
    [ticket.assignee, closed_by].into_iter().flatten()
}

/// The people of several tickets.
pub(in crate::panel) fn people_of(listed: &[Listed]) -> BTreeSet<UserId> {
    listed.iter().flat_map(|one| people(&one.ticket)).collect()
}

pub(in crate::panel) fn row(listed: &Listed, names: &Names, now: Timestamp) -> Row {
    let ticket = &listed.ticket;
    let sla = match Standing::of(ticket, now) {
        Standing::Breached => "breached",
        Standing::Soon => "soon",
        Standing::Fine => "ok",
        Standing::Stopped => "stopped",
    };
    Row {
        number: ticket.number,
        subject: ticket.subject.clone(),
        opener: Person { id: ticket.opener.to_string(), name: ticket.opener_name.clone() },
        plan: listed.plan_name.clone(),
        category: ticket.category.as_str(),
        priority: ticket.priority.as_str(),
        state: ticket.state.as_str(),
        assignee: ticket.assignee.map(|agent| Person::of(agent, names)),
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        due_at: ticket.sla.due_at(),
        sla,
        messages: listed.messages,
        last_from: if listed.from_staff { "staff" } else { "member" },
        unread: listed.unread,
    }
}

pub(super) fn ticket(listed: &Listed, names: &Names, now: Timestamp) -> TicketView {
    let ticket = &listed.ticket;
    let closing = ticket.closing.as_ref().map(|closing| Closing {
        at: closing.at,
        by: closing.by.map(|by| {
            if by == ticket.opener {
                Person { id: by.to_string(), name: ticket.opener_name.clone() }
            } else {
                Person::of(by, names)
            }
        }),
        reason: closing.reason.clone(),
    });
    let rating = ticket.rating.map(|Stars { stars, at }| Rating { stars: stars.get(), at });
    TicketView {
        row: row(listed, names, now),
        first_response_at: ticket.first_response_at,
        resolved_at: ticket.resolved_at,
        closing,
        rating,
        auto_close_at: ticket.auto_close_at,
    }
}

pub(super) fn message(letter: Letter) -> MessageView {
    let Letter { message, told } = letter;
    let file = |file: crate::domain::tickets::Attachment| FileView {
        id: file.id.to_string(),
        name: file.name,
        size: file.size,
        state: match file.state {
            FileState::Stored => "kept",
            FileState::Pending => "pending",
            FileState::Refused => "failed",
            FileState::Failed => "expired",
        },
    };
    let delivery = told.map(|told| Delivery {
        state: match told.state.as_str() {
            "done" => "delivered",
            "failed" => "failed",
            _ => "waiting",
        },
        why: told.outcome,
        at: told.at,
    });
    MessageView {
        id: message.id.to_string(),
        kind: message.kind.as_str(),
        author: Person { id: message.author.to_string(), name: message.author_name.as_str().to_owned() },
        from_staff: message.from_staff,
        body: message.body,
        created_at: message.created_at,
        files: message.attachments.into_iter().map(file).collect(),
        delivery,
    }
}
