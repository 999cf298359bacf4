//! What staff do to tickets: the domain's use cases, so the same rules, notices and audit as by command.

use super::shape::{self, MessageView, TicketView};
use crate::commands;
use crate::db::Tx;
use crate::domain::notifications::answers::{self, ANSWERED_ONCE};
use crate::domain::tickets::{Category, DisplayName, Post, Priority, Reason, Step, desk, service};
use crate::kernel::error::{Cause, Problem};
use crate::kernel::reply::Reply;
use crate::kernel::text::Body;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::{Panel, Staff, undone};
use serde::Serialize;
use utoipa::ToSchema;

/// Most tickets that something is done to at once.
const AT_ONCE: usize = 100;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// An answer to the opener.
    Reply,
    /// A note among staff.
    Note,
}

/// Something to write.
#[derive(Debug, Clone)]
pub struct Write {
    /// What it says.
    pub body: String,
    /// The newest message that the writer saw; `None` where he doesn't ask who was faster.
    pub seen: Option<i64>,
    /// The key under which a repeat is known.
    pub key: Option<String>,
}

/// What came of writing.
#[derive(Debug)]
pub enum Written {
    /// It stands there.
    Done(MessageView),
    /// Somebody else of staff answered since; nothing was written.
    Meanwhile(MessageView),
}

/// What is done to a ticket.
#[derive(Debug, Clone)]
pub enum Act {
    /// Taken.
    Claim,
    /// Solved.
    Resolve,
    /// Opened again.
    Reopen,
    /// Given to somebody.
    Assign(UserId),
    /// Made that urgent.
    Priority(Priority),
    /// Said to be about that.
    Category(Category),
    /// Ended.
    Close(Option<Reason>),
}

/// Something to do to several tickets.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// Their numbers.
    pub numbers: Vec<i64>,
    /// What.
    pub act: Act,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelBulked)]
pub struct Bulked {
    /// Those to which it was done.
    pub done: Vec<i64>,
    /// The others, each with why not.
    pub refused: Vec<RefusedOne>,
}

/// A ticket to which something was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRefusedOne)]
pub struct RefusedOne {
    /// Its number.
    pub number: i64,
    /// Why: a word.
    pub error: String,
    /// Why: a sentence.
    pub text: String,
}

impl Act {
    /// Reads what is to be done and with what.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub fn read(what: &str, value: Option<&str>) -> Result<Self> {
        let wrong = |option, problem| Error::Argument { option, problem };
        let given = |option| value.ok_or_else(|| wrong(option, Problem::Missing));
        Ok(match what {
            "claim" => Self::Claim,
            "resolve" => Self::Resolve,
            "reopen" => Self::Reopen,
            "assign" => {
                let user = given("to")?.parse().ok().and_then(UserId::new);
                Self::Assign(user.ok_or_else(|| wrong("to", Problem::NotAnId))?)
            }
            "priority" => {
                let choices = || Problem::NotAChoice { choices: Priority::WORDS.to_vec() };
                Self::Priority(Priority::from_word(given("priority")?).ok_or_else(|| wrong("priority", choices()))?)
            }
            "category" => {
                let choices = || Problem::NotAChoice { choices: Category::WORDS.to_vec() };
                Self::Category(Category::from_word(given("category")?).ok_or_else(|| wrong("category", choices()))?)
            }
            "close" => {
                let reason = value.filter(|reason| !reason.trim().is_empty());
                let reason = reason.map(Reason::parse).transpose();
                Self::Close(reason.map_err(|problem| wrong("reason", problem))?)
            }
            _ => {
                let choices = vec!["claim", "assign", "priority", "category", "resolve", "close", "reopen"];
                return Err(wrong("do", Problem::NotAChoice { choices }));
            }
        })
    }
}

/// What came of writing within a transaction.
enum Put {
    /// The message stands there.
    Posted(i64),
    /// Somebody else of staff answered since.
    Meanwhile(desk::Letter),
}

async fn put(tx: &mut Tx, step: &Step<'_>, (meant, seen): (Meant, Option<i64>), post: Post) -> Result<Put> {
    if let (Meant::Reply, Some(seen)) = (meant, seen) {
        // Held first: who answers at the same time waits here, and is told.
        desk::hold(tx, step).await?;
        if let Some(letter) = desk::answered_meanwhile(tx, (step.guild, step.number), seen).await? {
            return Ok(Put::Meanwhile(letter));
        }
    }
    let posted = match meant {
        Meant::Reply => service::reply(tx, step, post).await?,
        Meant::Note => service::note(tx, step, post).await?,
    };
    Ok(Put::Posted(posted.message))
}

impl Panel {
    fn step<'a>(&'a self, staff: &Staff, number: i64) -> Step<'a> {
        Step { guild: staff.guild.id, number, rules: &self.app.tickets, now: self.now() }
    }

    /// Writes an answer or a note; a repeat under the same key finds what the first wrote.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a ticket that isn't this guild's, [`Error::Conflict`] for one that is closed, [`Error::Argument`].
    pub async fn write(&self, staff: &Staff, number: i64, meant: Meant, write: Write) -> Result<Written> {
        let body = Body::parse(&write.body).map_err(|problem| Error::Argument { option: "body", problem })?;
        let (guild, user) = (staff.guild.id, staff.session.user);
        let name = self.member_name(guild, user).await.unwrap_or_else(|| staff.session.name.clone());
        let word = if meant == Meant::Reply { "reply" } else { "note" };
        let request = write.key.as_ref().map(|key| format!("panel:{number}:{word}:{key}"));
        if let Some(request) = &request
            && let Some(before) = self.written_before(staff, number, request).await?
        {
            return Ok(Written::Done(before));
        }
        let step = self.step(staff, number);
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let post = Post { author_name: DisplayName::new(&name), body, files: Vec::new() };
        let message = match put(&mut tx, &step, (meant, write.seen), post).await {
            Ok(Put::Posted(message)) => message,
            Ok(Put::Meanwhile(letter)) => {
                tx.rollback().await?;
                return Ok(Written::Meanwhile(shape::message(letter)));
            }
            Err(error) => return undone(tx, error).await,
        };
        let kept = match &request {
            Some(request) => {
                let id = Reply::private(message.to_string());
                if let Err(error) = answers::keep(&mut tx, guild, user, request, &id, self.now()) {
                    return undone(tx, error).await;
                }
                // What became of it is found by the key.
                tx.commit_once(ANSWERED_ONCE).await.map_err(Error::as_unavailable)?
            }
            None => tx.commit().await.map(|()| true)?,
        };
        if let (false, Some(request)) = (kept, &request) {
            let before = self.written_before(staff, number, request).await?;
            let gone = || Error::Internal { what: "repeating a message", cause: Cause::new("the first is gone") };
            return before.map(Written::Done).ok_or_else(gone);
        }
        let read = async |tx: &mut Tx| desk::letter(tx, (guild, number), message).await;
        Ok(Written::Done(shape::message(self.reading(&staff.actor, read).await?)))
    }

    async fn written_before(&self, staff: &Staff, number: i64, request: &str) -> Result<Option<MessageView>> {
        let (guild, user) = (staff.guild.id, staff.session.user);
        let read = async |tx: &mut Tx| {
            let kept = answers::kept(tx, guild, user, request).await?;
            match kept.and_then(|reply| reply.text.parse().ok()) {
                Some(id) => desk::letter(tx, (guild, number), id).await.map(Some),
                None => Ok(None),
            }
        };
        Ok(self.reading(&staff.actor, read).await?.map(shape::message))
    }

    /// Does something to a ticket, which it gives back.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a ticket that isn't this guild's, [`Error::Conflict`] where it doesn't fit how the ticket stands.
    pub async fn act(&self, staff: &Staff, number: i64, act: &Act) -> Result<TicketView> {
        self.do_to(staff, number, act).await?;
        self.after(staff, number).await
    }

    async fn do_to(&self, staff: &Staff, number: i64, act: &Act) -> Result<()> {
        if let Act::Assign(agent) = act
            && self.takes_tickets(staff, *agent).await?.is_none()
        {
            return Err(Error::Conflict("error-agent-not-staff"));
        }
        let step = self.step(staff, number);
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let after = match act {
            Act::Claim => service::claim(&mut tx, &step).await,
            Act::Resolve => service::resolve(&mut tx, &step).await,
            Act::Reopen => service::reopen(&mut tx, &step).await,
            Act::Assign(agent) => service::assign(&mut tx, &step, *agent).await,
            Act::Priority(priority) => service::set_priority(&mut tx, &step, *priority).await,
            Act::Category(category) => service::set_category(&mut tx, &step, *category).await,
            Act::Close(reason) => service::close(&mut tx, &step, reason.as_ref()).await,
        };
        match after {
            Ok(_) => tx.commit().await,
            Err(error) => undone(tx, error).await,
        }
    }

    /// Does something to several tickets, each by itself.
    ///
    /// # Errors
    /// [`Error::Argument`] for too many; [`Error::Unavailable`] where the database can't be reached.
    pub async fn bulk(&self, staff: &Staff, bulk: &Bulk, locale: Locale) -> Result<Bulked> {
        if bulk.numbers.len() > AT_ONCE {
            let problem = Problem::NotInRange { min: 1, max: i64::try_from(AT_ONCE).unwrap_or(i64::MAX) };
            return Err(Error::Argument { option: "numbers", problem });
        }
        let say = self.app.words.speak(locale);
        let mut bulked = Bulked { done: Vec::new(), refused: Vec::new() };
        for &number in &bulk.numbers {
            match self.do_to(staff, number, &bulk.act).await {
                Ok(()) => bulked.done.push(number),
                Err(error @ (Error::Internal { .. } | Error::Unavailable { .. })) if bulked.done.is_empty() => {
                    return Err(error);
                }
                Err(error) => {
                    commands::log("panel", &error);
                    let (word, text) = commands::told(&say, &error);
                    let text = if matches!(error, Error::NotFound(_)) { say.t("panel-no-ticket") } else { text };
                    bulked.refused.push(RefusedOne { number, error: word.to_owned(), text });
                }
            }
        }
        Ok(bulked)
    }
}
