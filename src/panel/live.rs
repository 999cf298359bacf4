//! What happens to tickets, for all open pages at once: one reader of the event log, whose newest lines are kept in memory, so that a
//! page that lost its stream for a moment goes on where it was.
//!
//! It also looks which sessions were ended meanwhile, elsewhere too, and who went from a ticket without a word.

use super::presence::{Doing, Here};
use super::rows::{self, RowHappened};
use super::tickets::Person;
use super::{Panel, Staff};
use crate::commands;
use crate::db::Tx;
use crate::domain::notifications::events::{self, Line, Position};
use crate::domain::notifications::{self, ToldReply};
use crate::domain::panel::{self, Via};
use crate::domain::tickets::service;
use crate::kernel::{Actor, Error, GuildId, Result, System, UserId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use utoipa::ToSchema;

/// How often to look without being woken.
const POLL: Duration = Duration::from_secs(1);
/// Most lines at once.
const MOST: i64 = 500;
/// Lines that are kept for pages that come back.
const KEPT: usize = 5000;
/// How far a page may be behind.
const BEHIND: usize = 2048;
/// Streams of one session.
const STREAMS: usize = 8;

/// The words of the event log that pages are told, each with what it is to them.
const KINDS: [(&str, &str); 14] = [
    ("created", "opened"),
    ("replied", "replied"),
    ("noted", "noted"),
    ("claimed", "changed"),
    ("assigned", "changed"),
    ("resolved", "changed"),
    ("closed", "changed"),
    ("reopened", "changed"),
    ("rated", "changed"),
    ("priority_changed", "changed"),
    ("category_changed", "changed"),
    ("reminded", "changed"),
    ("breached", "changed"),
    ("erased", "changed"),
];

/// What happened to a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelEvent)]
pub struct Happened {
    /// `opened`, `replied`, `noted`, `changed` or `delivered`.
    pub kind: &'static str,
    /// The ticket's number.
    pub number: i64,
    /// Who did it; nobody: the clock.
    pub by: Option<Person>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What an open page hears.
#[derive(Debug, Clone)]
pub enum Heard {
    /// Something happened; its place, where the event log has one.
    Ticket(GuildId, Option<Position>, Happened),
    /// Something happened to a row of another page.
    Row(GuildId, Position, RowHappened),
    /// Who is at a ticket now.
    Presence(GuildId, i64, Vec<Here>),
}

/// Why a page hears nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Its session was ended.
    Revoked,
    /// Its person is no staff there any more.
    Role,
    /// Its session ran out.
    Expired,
}

impl Over {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Role => "role",
            Self::Expired => "expired",
        }
    }
}

#[derive(Default)]
struct Log {
    /// Behind which place lines are kept; `None` as long as nothing was read.
    start: Option<Position>,
    reached: Option<Position>,
    lines: VecDeque<(Position, Arc<Heard>)>,
}

/// What all open pages share.
pub(super) struct Live {
    heard: broadcast::Sender<Arc<Heard>>,
    // Never held over an await, as the two below.
    log: Mutex<Log>,
    // Whose each session is, and the guilds of its open pages.
    watched: Mutex<HashMap<i64, (UserId, Vec<GuildId>)>>,
    ended: Mutex<HashSet<i64>>,
}

impl Live {
    /// Who has a page of this guild open.
    pub(super) fn here(&self, guild: GuildId) -> HashSet<UserId> {
        let watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        watched.values().filter(|(_, open)| open.contains(&guild)).map(|(user, _)| *user).collect()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self {
            heard: broadcast::Sender::new(BEHIND),
            log: Mutex::default(),
            watched: Mutex::default(),
            ended: Mutex::default(),
        }
    }
}

/// An open page's way to what happens.
pub struct Following {
    /// What happens from now on.
    pub heard: broadcast::Receiver<Arc<Heard>>,
    /// What happened since it was here last.
    pub missed: Vec<Arc<Heard>>,
    /// Whether more happened than is known here: it must read its list anew.
    pub reset: bool,
    /// Where it stands.
    pub at: Option<Position>,
    panel: Arc<Panel>,
    session: i64,
    guild: GuildId,
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut watched = self.panel.live.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, open)) = watched.get_mut(&self.session) {
            if let Some(at) = open.iter().position(|guild| *guild == self.guild) {
                open.swap_remove(at);
            }
            if open.is_empty() {
                watched.remove(&self.session);
                self.panel.live.ended.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.session);
            }
        }
    }
}

/// What the reader keeps between two looks.
struct Reader {
    from: Option<Position>,
    delivered_since: Timestamp,
    delivered: HashSet<i64>,
    looked: Instant,
}

/// A line of the event log as pages are told it; who did it bears his number.
fn happened(line: &Line, actor: Option<UserId>) -> Option<Happened> {
    let (_, kind) = KINDS.iter().find(|(word, _)| *word == line.kind)?;
    let id = actor.map(|user| user.to_string());
    let by = id.map(|id| Person { name: id.clone(), id });
    Some(Happened { kind, number: line.ticket?, by, at: line.at })
}

impl Panel {
    /// Reads the event log until `stop`.
    pub async fn listen(self: Arc<Self>, stop: CancellationToken) {
        let written = self.app.db.events_written();
        let mut reader =
            Reader { from: None, delivered_since: self.now(), delivered: HashSet::new(), looked: Instant::now() };
        loop {
            // Registered before looking: what is written from here on wakes us.
            let woken = written.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            match self.look(&mut reader).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => commands::log("panel", &error),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = &mut woken => {}
                () = sleep(POLL) => {}
            }
        }
    }

    /// Looks once; whether more is there already.
    async fn look(&self, reader: &mut Reader) -> Result<bool> {
        let kinds: Vec<&str> = KINDS.iter().chain(&rows::KINDS).map(|(word, _)| *word).collect();
        let open = self.live.heard.receiver_count() > 0;
        let mut tx = self.app.db.begin(&Actor::system(System::Outbox)).await?;
        let page = events::after(&mut tx, reader.from, &kinds, MOST).await?;
        let told = if open { notifications::replies_told(&mut tx, reader.delivered_since).await? } else { Vec::new() };
        tx.end().await?;
        let Some(page) = page else {
            // Another database stands there now.
            reader.from = None;
            *self.live.log.lock().unwrap_or_else(PoisonError::into_inner) = Log::default();
            return Ok(true);
        };
        let actors = self.actors(&page.lines).await?;
        let heard_of = |line: &Line| {
            let (at, guild) = (line.position, line.guild);
            let ticket = happened(line, actors.get(&at.line()).copied());
            let ticket = ticket.map(|happened| Heard::Ticket(guild, Some(at), happened));
            let rows = rows::happened(line).into_iter().map(move |row| Heard::Row(guild, at, row));
            ticket.into_iter().chain(rows).map(move |heard| (at, Arc::new(heard)))
        };
        let (at, mut heard): (Vec<_>, Vec<_>) = page.lines.iter().flat_map(heard_of).unzip();
        // Where no page is open nobody is asked for: one that comes back asks then.
        for guild in self.followed() {
            heard = self.all_named(guild, &heard).await;
        }
        at.into_iter().zip(heard).for_each(|(at, heard)| self.tell(at, heard));
        reader.from = Some(page.reached);
        {
            let mut log = self.live.log.lock().unwrap_or_else(PoisonError::into_inner);
            log.start.get_or_insert(page.reached);
            log.reached = log.reached.max(Some(page.reached));
        }
        if open {
            self.tell_deliveries(reader, told);
        } else {
            reader.delivered_since = self.now();
        }
        if reader.looked.elapsed() >= POLL {
            reader.looked = Instant::now();
            self.look_at_sessions().await?;
            for (guild, number) in self.presence.sweep() {
                self.tell_presence((guild, number));
            }
        }
        Ok(page.more)
    }

    /// Keeps a line and tells it, in one: who begins to follow in between hears it once.
    fn tell(&self, position: Position, heard: Arc<Heard>) {
        let mut log = self.live.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.lines.push_back((position, heard.clone()));
        log.reached = log.reached.max(Some(position));
        // Nobody may be listening.
        self.live.heard.send(heard).map(drop).unwrap_or_default();
        while log.lines.len() > KEPT {
            log.start = log.lines.pop_front().map(|(gone, _)| gone);
        }
    }

    async fn actors(&self, lines: &[Line]) -> Result<HashMap<i64, UserId>> {
        if lines.is_empty() {
            return Ok(HashMap::new());
        }
        let mut tx = self.system().await?;
        let actors = notifications::actors(&mut tx, lines.iter().map(|line| line.position.line()).collect()).await?;
        tx.end().await?;
        Ok(actors)
    }

    /// The guilds of which a page is open.
    fn followed(&self) -> HashSet<GuildId> {
        let watched = self.live.watched.lock().unwrap_or_else(PoisonError::into_inner);
        watched.values().flat_map(|(_, open)| open).copied().collect()
    }

    fn tell_deliveries(&self, reader: &mut Reader, told: Vec<ToldReply>) {
        let newest = told.iter().map(|one| one.at).max();
        for one in &told {
            if reader.delivered.insert(one.id) {
                let happened = Happened { kind: "delivered", number: one.ticket, by: None, at: one.at };
                let heard = Arc::new(Heard::Ticket(one.guild, None, happened));
                self.live.heard.send(heard).map(drop).unwrap_or_default();
            }
        }
        if let Some(newest) = newest {
            // Clocks of several processes: a little is looked at again.
            let since = newest.checked_sub(jiff::SignedDuration::from_secs(3)).unwrap_or(newest);
            reader.delivered_since = since.max(reader.delivered_since);
            let still: HashSet<i64> = told.iter().map(|one| one.id).collect();
            reader.delivered.retain(|id| still.contains(id));
        }
    }

    async fn look_at_sessions(&self) -> Result<()> {
        let ids: Vec<i64> = self.live.watched.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut tx = self.system().await?;
        let alive: HashSet<i64> = panel::alive(&mut tx, ids.clone(), self.now()).await?.into_iter().collect();
        tx.end().await?;
        let mut ended = self.live.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.extend(ids.into_iter().filter(|id| !alive.contains(id)));
        Ok(())
    }

    /// Says at once that a session was ended, to its open pages.
    pub(super) fn session_ended(&self, id: i64) {
        if self.live.watched.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&id) {
            self.live.ended.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        }
    }

    /// Opens a page's way to what happens, from behind a position on.
    ///
    /// # Errors
    /// [`Error::TooMany`] for a session that has too many.
    pub fn follow(self: &Arc<Self>, staff: &Staff, after: Option<&str>) -> Result<Following> {
        let (session, guild, user) = (staff.session.id, staff.guild.id, staff.session.user);
        {
            let mut watched = self.live.watched.lock().unwrap_or_else(PoisonError::into_inner);
            let (_, open) = watched.entry(session).or_insert_with(|| (user, Vec::new()));
            if open.len() >= STREAMS {
                return Err(Error::TooMany { retry_after_s: 5 });
            }
            open.push(guild);
        }
        let log = self.live.log.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock, so that nothing falls between what was kept and what will be heard.
        let heard = self.live.heard.subscribe();
        let from: Option<Option<Position>> = after.map(|after| after.parse().ok());
        let known =
            |from: Position| log.start.is_some_and(|start| from >= start) && log.reached.is_some_and(|at| from <= at);
        let (missed, reset) = match from {
            None => (Vec::new(), false),
            Some(Some(from)) if known(from) => {
                let behind = log.lines.iter().filter(|(at, _)| *at > from);
                (behind.map(|(_, heard)| heard.clone()).collect(), false)
            }
            Some(_) => (Vec::new(), true),
        };
        Ok(Following { heard, missed, reset, at: log.reached, panel: self.clone(), session, guild })
    }

    /// Whether an open page may still be one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where that can't be known for now.
    pub async fn still(&self, staff: &Staff) -> Result<Option<Over>> {
        if self.live.ended.lock().unwrap_or_else(PoisonError::into_inner).contains(&staff.session.id) {
            let over = if staff.session.ends_at <= self.now() { Over::Expired } else { Over::Revoked };
            return Ok(Some(over));
        }
        if matches!(staff.session.via, Via::Link(_)) {
            return Ok(None);
        }
        let Some(guild) = self.app.known_guild(staff.guild.id).await? else { return Ok(Some(Over::Role)) };
        let rank = self.ranks.of(self, &guild, staff.session.user).await?;
        Ok(if rank.is_none() { Some(Over::Role) } else { None })
    }

    fn tell_presence(&self, (guild, number): (GuildId, i64)) {
        let heard = Arc::new(Heard::Presence(guild, number, self.presence.here((guild, number), None)));
        self.live.heard.send(heard).map(drop).unwrap_or_default();
    }

    /// Notes what somebody does at a ticket, and tells the others.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a ticket that isn't this guild's.
    pub async fn is_seen_at(&self, staff: &Staff, number: i64, doing: Doing) -> Result<()> {
        let read = async |tx: &mut Tx| service::load(tx, staff.guild.id, number).await;
        self.reading(&staff.actor, read).await?;
        let (whose, user) = ((staff.guild.id, number), staff.session.user);
        let name = self.member_name(staff.guild.id, user).await.unwrap_or_else(|| staff.session.name.clone());
        if self.presence.note(whose, (user, &name), doing) {
            self.tell_presence(whose);
        }
        Ok(())
    }
}
