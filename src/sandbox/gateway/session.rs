//! Sessions: what a bot's shard has heard, numbered, kept for a resume.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use super::wire::Frame;

/// Events a session keeps for a resume.
const KEPT: usize = 50_000;
/// Sessions of one bot and shard without a socket that are kept.
const ORPHANS: usize = 8;

/// Time between two identifies of a bot, for the concurrency of 1 that the sandbox gives; a little less than Discord's
/// 5 s, since a bot counts from its sending.
const IDENTIFY_EVERY: Duration = Duration::from_millis(4_500);

/// One event as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) seq: u64,
    pub(crate) name: &'static str,
    pub(crate) data: Arc<str>,
}

impl Sent {
    /// The dispatch as JSON text.
    pub(crate) fn text(&self) -> String {
        format!(r#"{{"t":"{}","s":{},"op":0,"d":{}}}"#, self.name, self.seq, self.data)
    }
}

/// The connection a session speaks over now.
#[derive(Debug, Clone)]
pub(crate) struct Socket {
    /// Tells connections apart.
    pub(crate) number: u64,
    pub(crate) out: UnboundedSender<Frame>,
}

/// A session of a bot's shard.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) app: u64,
    pub(crate) shard: (u64, u64),
    pub(crate) intents: u64,
    pub(crate) seq: u64,
    pub(crate) kept: VecDeque<Sent>,
    pub(crate) socket: Option<Socket>,
    /// Set by a switch: the next event waits and goes out after the one that follows.
    pub(crate) held: Option<Sent>,
}

impl Session {
    /// Numbers an event, keeps it, and sends it when somebody listens.
    pub(crate) fn push(&mut self, name: &'static str, data: &Arc<str>, reorder: bool) {
        self.seq += 1;
        let sent = Sent { seq: self.seq, name, data: Arc::clone(data) };
        self.kept.push_back(sent.clone());
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        match self.held.take() {
            Some(earlier) => {
                self.send(&sent);
                self.send(&earlier);
            }
            None if reorder && self.socket.is_some() => self.held = Some(sent),
            None => self.send(&sent),
        }
    }

    /// Sends an event as it stands; a socket that is gone is let go.
    pub(crate) fn send(&mut self, sent: &Sent) {
        let gone = self.socket.as_ref().is_some_and(|s| s.out.send(Frame::Text(sent.text())).is_err());
        if gone {
            self.socket = None;
        }
    }

    /// Whether everything after `seq` is still kept.
    pub(crate) fn replays_from(&self, seq: u64) -> bool {
        let oldest = self.kept.front().map_or(self.seq + 1, |sent| sent.seq);
        seq <= self.seq && seq + 1 >= oldest
    }
}

/// All sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    pub(crate) all: Vec<Session>,
    pub(crate) sockets: u64,
    pub(crate) close_at_once: bool,
    pub(crate) refuse_intents: bool,
    pub(crate) reorder: bool,
    /// How many shards bots are told to use.
    pub(crate) shards: u64,
    /// Identifies per application today, and the moment of the last.
    identified: HashMap<u64, (u64, Instant)>,
    identify_limit: bool,
}

impl Sessions {
    /// Sets what the sandbox was started with.
    pub(crate) fn start(&mut self, shards: u64, identify_limit: bool) {
        self.shards = shards.max(1);
        self.identify_limit = identify_limit;
    }

    /// Counts an identify; `false` when it comes too soon after the last.
    pub(crate) fn may_identify(&mut self, app: u64) -> bool {
        let now = Instant::now();
        let (count, last) = self.identified.entry(app).or_insert((0, now));
        let soon = *count > 0 && now.duration_since(*last) < IDENTIFY_EVERY;
        if soon && self.identify_limit {
            return false;
        }
        (*count, *last) = (*count + 1, now);
        true
    }

    /// How many sessions an application opened.
    pub(crate) fn identifies(&self, app: u64) -> u64 {
        self.identified.get(&app).map_or(0, |(count, _)| *count)
    }

    /// The session with this id.
    pub(crate) fn find(&mut self, id: &str) -> Option<&mut Session> {
        self.all.iter_mut().find(|session| session.id == id)
    }

    /// The session that speaks over this connection.
    pub(crate) fn on_socket(&mut self, number: u64) -> Option<&mut Session> {
        let on = |session: &&mut Session| session.socket.as_ref().is_some_and(|s| s.number == number);
        self.all.iter_mut().find(on)
    }

    /// A connection ended: its session waits for a resume, or is over when the bot said so.
    pub(crate) fn leave(&mut self, number: u64, over: bool) {
        if over {
            self.all.retain(|s| s.socket.as_ref().is_none_or(|socket| socket.number != number));
        } else if let Some(session) = self.on_socket(number) {
            session.socket = None;
        }
    }

    /// Adds a session and drops the oldest that nobody resumed.
    pub(crate) fn add(&mut self, session: Session) {
        let same = |s: &Session| s.app == session.app && s.shard == session.shard && s.socket.is_none();
        let orphans = self.all.iter().filter(|s| same(s)).count();
        if orphans >= ORPHANS
            && let Some(oldest) = self.all.iter().position(same)
        {
            self.all.remove(oldest);
        }
        self.all.push(session);
    }

    /// Whether an application has a live connection.
    pub(crate) fn connected(&self, app: u64) -> bool {
        self.all.iter().any(|s| s.app == app && s.socket.is_some())
    }
}
