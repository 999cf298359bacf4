//! What people do to tickets: each use case locks the ticket it changes in one awaited statement and leaves its writes for
//! the commit.
//!
//! Every change is audited, recorded in the event log and shown on the staff card; who else is told stands with each.

use super::files::{self, NewFile, RefusedFile, StoredFile};
use super::state::for_staff;
use super::store::{self, LockedRow, NewMessage, Trace};
use super::{Category, Deed, DisplayName, MessageKind, Priority, Reason, Sla, Stars, State, Ticket, TicketRules};
use crate::db::Tx;
use crate::domain::notifications::{self, Kind, Notice};
use crate::kernel::error::Cause;
use crate::kernel::text::{Body, Line};
use crate::kernel::{Error, GuildId, Locale, Result, UserId};
use jiff::Timestamp;

/// A ticket that doesn't exist and one that the actor may not see are the same.
pub(super) const UNSEEN: Error = Error::NotFound("ticket");

/// How urgent a ticket is at least whose opener holds a plan with priority support.
const BY_PLAN: Priority = Priority::High;

const TOO_MANY: Error = Error::Conflict("error-ticket-too-many");

/// A ticket to open.
#[derive(Debug, Clone)]
pub struct NewTicket {
    /// The guild.
    pub guild: GuildId,
    /// Who opens it: the one who acts.
    pub opener: UserId,
    /// His name.
    pub opener_name: DisplayName,
    /// His language.
    pub opener_locale: Locale,
    /// What it is about.
    pub subject: Line,
    /// The whole story.
    pub description: Body,
    /// What it is about, by kind.
    pub category: Category,
    /// How urgent it is.
    pub priority: Priority,
    /// Files that came along.
    pub files: Vec<NewFile>,
}

/// A ticket that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The ticket.
    pub ticket: Ticket,
    /// Files that were not kept.
    pub refused: Vec<RefusedFile>,
}

/// Which ticket, under which rules, when: what every step on an existing ticket starts from.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The guild.
    pub guild: GuildId,
    /// The ticket's number.
    pub number: i64,
    /// The rules.
    pub rules: &'a TicketRules,
    /// The time.
    pub now: Timestamp,
}

/// What somebody writes on a ticket.
#[derive(Debug, Clone)]
pub struct Post {
    /// His name.
    pub author_name: DisplayName,
    /// What he writes.
    pub body: Body,
    /// Files that came along.
    pub files: Vec<NewFile>,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The ticket as it is now.
    pub ticket: Ticket,
    /// Whether nobody had the ticket and its writer has it now.
    pub took: bool,
    /// The message's number in the database.
    pub message: i64,
    /// Files that were not kept.
    pub refused: Vec<RefusedFile>,
}

/// Opens a ticket with the guild's next number; the category's agent, where there is one, gets it at once and is told.
///
/// # Errors
/// [`Error::Conflict`] when a member has too many open tickets; as [`Tx::load`].
pub async fn create(tx: &mut Tx, new: NewTicket, rules: &TicketRules, now: Timestamp) -> Result<Opened> {
    let sla = Sla::start(rules.allowance(new.priority), now);
    let raised = Sla::start(rules.allowance(BY_PLAN), now);
    let row = store::insert(tx, &new, (&sla, (BY_PLAN, &raised)), rules.open_max, now).await?.ok_or(TOO_MANY)?;
    let LockedRow { ticket, message_id, stored_bytes } = row;
    let ticket = ticket.read()?;
    let opening = NewMessage {
        id: message_id,
        author: new.opener,
        author_name: &new.opener_name,
        kind: MessageKind::Opening,
        from_staff: false,
        body: new.description.as_str(),
    };
    let refused = write(tx, &ticket, &opening, (new.files, stored_bytes), Told { rules, now });
    trace(
        tx,
        &ticket,
        Deed::Created,
        None,
        Some(format!("{} {}", ticket.category.as_str(), ticket.priority.as_str())),
        now,
    );
    if let Some(agent) = ticket.assignee {
        trace(tx, &ticket, Deed::Assigned, None, Some(agent.to_string()), now);
        tell_agent(tx, &ticket, new.opener, now);
    }
    show(tx, &ticket, now);
    Ok(Opened { ticket, refused })
}

/// Adds an answer: the opener's goes to staff, that of staff goes to the opener. The first of staff who answers a ticket that
/// nobody has gets it.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that the actor can't see, [`Error::Conflict`] when it is closed.
pub async fn reply(tx: &mut Tx, step: &Step<'_>, post: Post) -> Result<Posted> {
    let (author, LockedRow { ticket, message_id, stored_bytes }) = lock(tx, step).await?;
    let before = ticket.read()?;
    let from_staff = before.opener != author;
    let (old, free) = (before.state, before.assignee.is_none());
    let after = if from_staff {
        before.answered_by_staff(author, step.rules, step.now)?
    } else {
        before.answered_by_opener(step.rules, step.now)?
    };
    store::save(tx, &after);
    let body = post.body.as_str();
    let message = NewMessage {
        id: message_id,
        author,
        author_name: &post.author_name,
        kind: MessageKind::Reply,
        from_staff,
        body,
    };
    let refused = write(tx, &after, &message, (post.files, stored_bytes), Told { rules: step.rules, now: step.now });
    trace(tx, &after, Deed::Replied, Some(old.as_str().to_owned()), Some(after.state.as_str().to_owned()), step.now);
    let took = from_staff && free;
    if took {
        trace(tx, &after, Deed::Assigned, None, Some(author.to_string()), step.now);
    }
    if from_staff {
        tell_opener(tx, &after, Kind::Reply, Some(message_id), step.now);
    }
    show(tx, &after, step.now);
    Ok(Posted { ticket: after, took, message: message_id, refused })
}

/// Adds a note that only staff see; the ticket itself doesn't change, so nothing shows on the opener's side.
///
/// # Errors
/// [`Error::NotAllowed`] for a member, [`Error::NotFound`] for a ticket that the actor can't see.
pub async fn note(tx: &mut Tx, step: &Step<'_>, post: Post) -> Result<Posted> {
    staff_only(tx, "ticket_note")?;
    let (author, LockedRow { ticket, message_id, .. }) = lock(tx, step).await?;
    let ticket = ticket.read()?;
    ticket.not_erased()?;
    let body = post.body.as_str();
    let (author_name, kind) = (&post.author_name, MessageKind::Note);
    let message = NewMessage { id: message_id, author, author_name, kind, from_staff: true, body };
    // What staff attach doesn't use up the opener's room.
    let refused = write(tx, &ticket, &message, (post.files, 0), Told { rules: step.rules, now: step.now });
    trace(tx, &ticket, Deed::Noted, None, None, step.now);
    Ok(Posted { ticket, took: false, message: message_id, refused })
}

/// Takes a free ticket for the one who acts.
///
/// # Errors
/// As [`note`]; [`Error::Conflict`] when it is taken or closed.
pub async fn claim(tx: &mut Tx, step: &Step<'_>) -> Result<Ticket> {
    staff_only(tx, "ticket_claim")?;
    let (actor, row) = lock(tx, step).await?;
    let after = row.ticket.read()?.claimed_by(actor, step.rules, step.now)?;
    changed(tx, &after, Deed::Claimed, None, Some(actor.to_string()), step.now);
    Ok(after)
}

/// Gives a ticket to a member of staff, who is told unless he did it himself.
///
/// # Errors
/// As [`note`]; [`Error::Conflict`] when he has it already or it is closed.
pub async fn assign(tx: &mut Tx, step: &Step<'_>, agent: UserId) -> Result<Ticket> {
    staff_only(tx, "ticket_assign")?;
    let (actor, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let old = before.assignee.map(|agent| agent.to_string());
    let after = before.assigned_to(agent, step.rules, step.now)?;
    changed(tx, &after, Deed::Assigned, old, Some(agent.to_string()), step.now);
    tell_agent(tx, &after, actor, step.now);
    Ok(after)
}

/// Says that the solution was found; the opener is told.
///
/// # Errors
/// As [`note`]; [`Error::Conflict`] when it is solved or closed.
pub async fn resolve(tx: &mut Tx, step: &Step<'_>) -> Result<Ticket> {
    staff_only(tx, "ticket_resolve")?;
    let (actor, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let old = before.state;
    let after = before.resolved(step.rules, step.now)?;
    changed_state(tx, &after, Deed::Resolved, old, step.now);
    if after.opener != actor {
        tell_opener(tx, &after, Kind::StateChange, None, step.now);
    }
    Ok(after)
}

/// Ends a ticket; the opener is told when staff did it.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that the actor can't see, [`Error::Conflict`] when it is closed.
pub async fn close(tx: &mut Tx, step: &Step<'_>, reason: Option<&Reason>) -> Result<Ticket> {
    let (actor, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let old = before.state;
    let after = before.closed(actor, reason.map(|reason| reason.as_str().to_owned()), step.rules, step.now)?;
    changed_state(tx, &after, Deed::Closed, old, step.now);
    if after.opener != actor {
        tell_opener(tx, &after, Kind::StateChange, None, step.now);
    }
    Ok(after)
}

/// Opens a solved or closed ticket again.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that the actor can't see, [`Error::Conflict`] when it goes on anyway or it is too late.
pub async fn reopen(tx: &mut Tx, step: &Step<'_>) -> Result<Ticket> {
    let (actor, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let (old, own) = (before.state, before.opener == actor);
    let after = before.reopened(step.rules, step.now).map_err(|no| if own { no } else { for_staff(no) })?;
    changed_state(tx, &after, Deed::Reopened, old, step.now);
    Ok(after)
}

/// Gives the opener's stars; with those that he had given before.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that the actor can't see, [`Error::Conflict`] for anybody but the opener and when it
/// isn't the time.
pub async fn rate(tx: &mut Tx, step: &Step<'_>, stars: Stars) -> Result<Option<Stars>> {
    let (actor, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    before.may_be_rated_by(actor, tx.actor().is_staff())?;
    let old = before.rating.map(|rating| rating.stars);
    let after = before.rated(stars, step.rules, step.now)?;
    let was = old.map(|stars| stars.get().to_string());
    changed(tx, &after, Deed::Rated, was, Some(stars.get().to_string()), step.now);
    Ok(old)
}

/// Changes how urgent a ticket is.
///
/// # Errors
/// As [`note`]; [`Error::Conflict`] when it is closed or has that priority.
pub async fn set_priority(tx: &mut Tx, step: &Step<'_>, priority: Priority) -> Result<Ticket> {
    staff_only(tx, "ticket_priority")?;
    let (_, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let old = before.priority.as_str().to_owned();
    let after = before.with_priority(priority, step.rules, step.now)?;
    changed(tx, &after, Deed::PriorityChanged, Some(old), Some(priority.as_str().to_owned()), step.now);
    Ok(after)
}

/// Changes what a ticket is about.
///
/// # Errors
/// As [`note`]; [`Error::Conflict`] when it is closed or has that category.
pub async fn set_category(tx: &mut Tx, step: &Step<'_>, category: Category) -> Result<Ticket> {
    staff_only(tx, "ticket_category")?;
    let (_, row) = lock(tx, step).await?;
    let before = row.ticket.read()?;
    let old = before.category.as_str().to_owned();
    let after = before.with_category(category, step.rules, step.now)?;
    changed(tx, &after, Deed::CategoryChanged, Some(old), Some(category.as_str().to_owned()), step.now);
    Ok(after)
}

/// Loads a ticket that the actor may see, without a trace: for notices, not for people's look-ups.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that the actor can't see.
pub async fn load(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Ticket> {
    store::find(tx, guild, number).await?.ok_or(UNSEEN)?.read()
}

/// Loads the bytes of a file; what staff read is audited.
///
/// # Errors
/// [`Error::NotFound`] for a file that the actor can't see or that has no bytes here.
pub async fn read_file(tx: &mut Tx, step: &Step<'_>, file: i64) -> Result<StoredFile> {
    let found = files::stored(tx, step.guild, step.number, file).await?.ok_or(UNSEEN)?;
    if tx.actor().is_staff() {
        let trace = Trace { deed: Deed::FileRead, old: None, new: Some(file.to_string()) };
        store::audit(tx, step.guild, Some(step.number), trace, step.now);
    }
    Ok(found)
}

/// The same test as the commands' and the policies': a rule that stands at every floor.
pub(super) fn staff_only(tx: &Tx, what: &'static str) -> Result<()> {
    if tx.actor().is_staff() { Ok(()) } else { Err(Error::NotAllowed(what)) }
}

/// Locks the ticket of a step for the person who acts.
async fn lock(tx: &mut Tx, step: &Step<'_>) -> Result<(UserId, LockedRow)> {
    let nobody = || Error::Internal { what: "locking a ticket", cause: Cause::new("nobody acts") };
    let actor = tx.actor().user().ok_or_else(nobody)?;
    let row = store::lock(tx, step.guild, step.number).await?.ok_or(UNSEEN)?;
    Ok((actor, row))
}

struct Told<'a> {
    rules: &'a TicketRules,
    now: Timestamp,
}

/// Writes a message with its files; returns the files that were not kept.
fn write(
    tx: &mut Tx,
    ticket: &Ticket,
    message: &NewMessage<'_>,
    (files, stored): (Vec<NewFile>, i64),
    told: Told<'_>,
) -> Vec<RefusedFile> {
    let Told { rules, now } = told;
    store::add_message(tx, ticket, message, now);
    let sorted = files::sort(files, if message.from_staff { 0 } else { stored }, rules);
    for file in &sorted {
        store::add_file(tx, ticket, message, file, now);
    }
    if sorted.iter().any(|file| file.unfit.is_none()) {
        notice(tx, ticket, Kind::Attachment, (Some(message.id), None), now);
    }
    let refused = |file: files::Sorted| file.unfit.map(|why| RefusedFile { name: file.file.name, why });
    sorted.into_iter().filter_map(refused).collect()
}

fn changed_state(tx: &mut Tx, after: &Ticket, deed: Deed, old: State, now: Timestamp) {
    changed(tx, after, deed, Some(old.as_str().to_owned()), Some(after.state.as_str().to_owned()), now);
}

/// Saves a changed ticket with its traces and its card.
fn changed(tx: &mut Tx, after: &Ticket, deed: Deed, old: Option<String>, new: Option<String>, now: Timestamp) {
    store::save(tx, after);
    trace(tx, after, deed, old, new, now);
    show(tx, after, now);
}

fn trace(tx: &mut Tx, ticket: &Ticket, deed: Deed, old: Option<String>, new: Option<String>, now: Timestamp) {
    store::audit(tx, ticket.guild, Some(ticket.number), Trace { deed, old, new }, now);
    notifications::record(tx, ticket.guild, deed.as_str(), Some(ticket.number), now);
}

fn show(tx: &mut Tx, ticket: &Ticket, now: Timestamp) {
    notice(tx, ticket, Kind::Card, (None, None), now);
}

fn tell_opener(tx: &mut Tx, ticket: &Ticket, kind: Kind, message: Option<i64>, now: Timestamp) {
    notice(tx, ticket, kind, (message, Some(ticket.opener)), now);
}

fn tell_agent(tx: &mut Tx, ticket: &Ticket, by: UserId, now: Timestamp) {
    if ticket.assignee.is_some_and(|agent| agent != by) {
        notice(tx, ticket, Kind::Assigned, (None, ticket.assignee), now);
    }
}

fn notice(
    tx: &mut Tx,
    ticket: &Ticket,
    kind: Kind,
    (message, recipient): (Option<i64>, Option<UserId>),
    now: Timestamp,
) {
    notifications::queue(tx, Notice { guild: ticket.guild, kind, ticket: ticket.number, message, recipient }, now);
}
