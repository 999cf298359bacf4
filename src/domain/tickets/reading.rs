//! What people look at: one ticket, pages of tickets, what fits while they type, the audit.
//!
//! Nothing changes, except that the audit says which member of staff read what.

use super::files::{Attachment, FileState};
use super::pages::{self, FileRow, MessageRow};
use super::service::{UNSEEN, staff_only};
use super::store::{self, Trace};
use super::{Category, Deed, DisplayName, Message, MessageKind, Priority, State, Ticket};
use crate::db::Tx;
use crate::domain::notifications::Delivery;
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use jiff::Timestamp;

/// Messages on a page of a ticket.
pub const MESSAGES_PER_PAGE: i64 = 5;
/// Tickets on a page of a list.
pub const TICKETS_PER_PAGE: usize = 10;
/// Lines on a page of the audit.
pub const LINES_PER_PAGE: i64 = 15;
/// Most suggestions while typing (Discord's limit).
pub const SUGGESTIONS: i64 = 25;

/// A ticket with a page of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The ticket.
    pub ticket: Ticket,
    /// What its opener's plan is called; `None` where it is known no more.
    pub plan_name: Option<String>,
    /// The messages of this page that the actor may see, oldest first.
    pub messages: Vec<Message>,
    /// How many messages he may see in all.
    pub total: i64,
    /// The page: 1 holds the newest messages.
    pub page: i64,
    /// What became of what the opener was told; for staff.
    pub deliveries: Vec<Delivery>,
    /// Whether who looks was called about it in public, which still stands there.
    pub called: bool,
}

impl View {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> i64 {
        self.total.max(1).saturating_add(MESSAGES_PER_PAGE - 1) / MESSAGES_PER_PAGE
    }
}

/// Looks at a ticket; that staff did is audited.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for a ticket that the actor can't see.
pub async fn view(tx: &mut Tx, guild: GuildId, number: i64, page: i64, now: Timestamp) -> Result<View> {
    let mut view = outline(tx, guild, number, page).await?;
    if view.page > view.pages() {
        // There is no such page: the last one.
        view = outline(tx, guild, number, view.pages()).await?;
    }
    if tx.actor().is_staff() {
        store::audit(tx, guild, Some(number), Trace { deed: Deed::Viewed, old: None, new: None }, now);
    }
    Ok(view)
}

/// Reads a ticket for a card or a notice, without a trace.
///
/// # Errors
/// [`crate::kernel::Error::NotFound`] for a ticket that the actor can't see.
pub async fn outline(tx: &mut Tx, guild: GuildId, number: i64, page: i64) -> Result<View> {
    let page = page.clamp(1, 1_000_000);
    let offset = (page - 1) * MESSAGES_PER_PAGE;
    let row = pages::view(tx, (guild, number), MESSAGES_PER_PAGE, offset).await?.ok_or(UNSEEN)?;
    let files: Vec<FileRow> = serde_json::from_value(row.files).internal("reading a ticket's files")?;
    let messages: Vec<MessageRow> = serde_json::from_value(row.messages).internal("reading a ticket's messages")?;
    let deliveries = serde_json::from_value(row.deliveries).internal("reading a ticket's deliveries")?;
    let messages = messages.into_iter().map(|message| read(message, &files)).collect::<Result<_>>()?;
    let (ticket, plan_name) = (row.ticket.read()?, row.plan_name);
    Ok(View { ticket, plan_name, messages, total: row.total, page, deliveries, called: row.called })
}

/// The message that a ticket was opened with, which may lie on another page than the one read.
///
/// # Errors
/// As [`outline`].
pub async fn opening(tx: &mut Tx, guild: GuildId, view: &View) -> Result<Option<Message>> {
    let is_opening = |message: &Message| message.kind == MessageKind::Opening;
    if let Some(found) = view.messages.iter().find(|message| is_opening(message)) {
        return Ok(Some(found.clone()));
    }
    let oldest = outline(tx, guild, view.ticket.number, view.pages()).await?;
    Ok(oldest.messages.into_iter().find(is_opening))
}

fn read(row: MessageRow, files: &[FileRow]) -> Result<Message> {
    let attachment = |file: &FileRow| Attachment {
        id: file.id,
        name: file.file_name.clone(),
        size: u64::try_from(file.size_bytes).unwrap_or(0),
        state: FileState::from_word(&file.state).unwrap_or(FileState::Failed),
    };
    Ok(Message {
        id: row.id,
        author: UserId::try_from(row.author_id).internal("reading a message")?,
        author_name: DisplayName::new(&row.author_name),
        kind: MessageKind::from_word(&row.kind).unwrap_or(MessageKind::Note),
        from_staff: row.from_staff,
        body: row.body,
        created_at: row.created_at,
        attachments: files.iter().filter(|file| file.message_id == row.id).map(attachment).collect(),
    })
}

/// Which states a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// All.
    #[default]
    Any,
    /// All but closed.
    Active,
    /// One.
    In(State),
}

/// Whose tickets a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assigned {
    /// Everybody's.
    #[default]
    Any,
    /// Those that nobody took.
    Nobody,
    /// Those of one member of staff.
    To(UserId),
}

/// What a list shows of all that the actor may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// States.
    pub standing: Standing,
    /// One priority only.
    pub priority: Option<Priority>,
    /// One category only.
    pub category: Option<Category>,
    /// Who has it.
    pub assigned: Assigned,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cursor {
    /// At the newest ticket.
    #[default]
    Newest,
    /// Below this number.
    Before(i64),
    /// Above this number.
    After(i64),
}

/// A page of a list, the newest ticket first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The tickets.
    pub tickets: Vec<Ticket>,
    /// Where the next older page begins, if there is one.
    pub older: Option<i64>,
    /// Where the next newer page ends, if there may be one.
    pub newer: Option<i64>,
}

/// Lists tickets: a member's own, all of the guild for staff, which is audited.
///
/// # Errors
/// As [`Tx::load`].
pub async fn list(tx: &mut Tx, guild: GuildId, filter: &Filter, cursor: Cursor, now: Timestamp) -> Result<Page> {
    let one_more = i64::try_from(TICKETS_PER_PAGE).unwrap_or(10) + 1;
    let rows = pages::list(tx, guild, filter, cursor, one_more).await?;
    let mut tickets = rows.into_iter().map(store::TicketRow::read).collect::<Result<Vec<_>>>()?;
    let more = tickets.len() > TICKETS_PER_PAGE;
    tickets.truncate(TICKETS_PER_PAGE);
    if matches!(cursor, Cursor::After(_)) {
        tickets.reverse();
    }
    if tx.actor().is_staff() {
        store::audit(tx, guild, None, Trace { deed: Deed::Listed, old: None, new: None }, now);
    }
    let (first, last) = (tickets.first().map(|t| t.number), tickets.last().map(|t| t.number));
    let (newer, older) = match cursor {
        Cursor::Newest => (None, last.filter(|_| more)),
        Cursor::Before(_) => (first, last.filter(|_| more)),
        Cursor::After(_) => (first.filter(|_| more), last),
    };
    Ok(Page { tickets, older, newer })
}

/// A ticket that fits what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// Where it stands.
    pub state: State,
}

/// Which tickets are suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// A member's own; for staff the guild's active ones.
    Usual,
    /// Those of a member, or of the guild, that are solved or closed.
    Ended,
}

/// The tickets that fit what is being typed.
///
/// # Errors
/// As [`Tx::load`].
pub async fn suggest(tx: &mut Tx, guild: GuildId, among: Among, typed: &str) -> Result<Vec<Suggestion>> {
    let typed = typed.trim().trim_start_matches('#');
    let rows = match typed.parse::<i64>() {
        Ok(prefix) if prefix > 0 => pages::in_ranges(tx, guild, among, ranges(prefix), SUGGESTIONS).await?,
        Ok(_) => return Ok(Vec::new()),
        Err(_) => {
            let words = typed.to_lowercase().split_whitespace().take(8).map(str::to_owned).collect();
            pages::with_words(tx, guild, among, words, SUGGESTIONS).await?
        }
    };
    let read = |row: pages::HintRow| Suggestion {
        number: row.number,
        subject: row.subject,
        category: Category::from_word(&row.category).unwrap_or_default(),
        state: State::from_word(&row.state).unwrap_or(State::Closed),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The numbers that begin with the digits of `prefix`: 12, 120–129, 1200–1299 and so on.
fn ranges(prefix: i64) -> (Vec<i64>, Vec<i64>) {
    let (mut lows, mut highs) = (vec![prefix], vec![prefix]);
    let (mut low, mut width) = (prefix, 1i64);
    while let (Some(next), Some(wider)) = (low.checked_mul(10), width.checked_mul(10)) {
        let Some(high) = next.checked_add(wider - 1) else { break };
        (low, width) = (next, wider);
        lows.push(low);
        highs.push(high);
    }
    (lows, highs)
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Who; `None` where the clock acted.
    pub actor: Option<UserId>,
    /// What, by the word of [`Deed`].
    pub deed: Option<Deed>,
    /// What was there before.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Reads a page of a ticket's audit, the newest first, and tells which it is and whether there are more; that too is audited.
/// Where there is no such page, it is the last.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member; [`crate::kernel::Error::NotFound`] for a ticket that the actor can't
/// see.
pub async fn history(
    tx: &mut Tx,
    guild: GuildId,
    number: i64,
    page: i64,
    now: Timestamp,
) -> Result<(Vec<HistoryLine>, i64, bool)> {
    staff_only(tx, "ticket_history")?;
    let mut page = page.clamp(1, 1_000_000);
    let mut rows = pages::audit(tx, guild, number, LINES_PER_PAGE + 1, (page - 1) * LINES_PER_PAGE).await?;
    if rows.is_empty() && page > 1 {
        let last =
            pages::audit_lines(tx, guild, number).await?.max(1).saturating_add(LINES_PER_PAGE - 1) / LINES_PER_PAGE;
        page = last.min(page);
        rows = pages::audit(tx, guild, number, LINES_PER_PAGE + 1, (page - 1) * LINES_PER_PAGE).await?;
    }
    // A ticket has its first line from the moment it exists.
    if rows.is_empty() {
        return Err(UNSEEN);
    }
    let kept = usize::try_from(LINES_PER_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > kept;
    rows.truncate(kept);
    store::audit(tx, guild, Some(number), Trace { deed: Deed::HistoryRead, old: None, new: None }, now);
    let read = |row: pages::AuditRow| HistoryLine {
        actor: row.actor_id.and_then(pages::user),
        deed: Deed::from_word(&row.action),
        old: row.old_value,
        new: row.new_value,
        at: row.at.to_jiff(),
    };
    Ok((rows.into_iter().map(read).collect(), page, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_ranges_hold_exactly_the_numbers_with_that_prefix(prefix in 1i64..100_000, number in 1i64..10_000_000) {
            let (lows, highs) = ranges(prefix);
            let inside = lows.iter().zip(&highs).any(|(low, high)| (*low..=*high).contains(&number));
            prop_assert_eq!(inside, number.to_string().starts_with(&prefix.to_string()));
        }
    }

    #[test]
    fn ranges_end_where_numbers_do() {
        assert_eq!(ranges(i64::MAX), (vec![i64::MAX], vec![i64::MAX]));
        assert_eq!(ranges(1).0.len(), 19);
    }
}
