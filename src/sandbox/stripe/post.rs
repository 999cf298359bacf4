//! Webhooks: who wants which events, what is on its way, and the switches that make the way a bad one.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::object::fresh_id;
use crate::sandbox::json::{list, number};

/// Attempts remembered for those who ask.
const KEPT: usize = 20_000;

/// Where events go.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) id: String,
    pub(crate) url: String,
    /// One, or two while the secret rotates.
    pub(crate) secrets: Vec<String>,
    /// Types of events; `*` is all.
    pub(crate) types: Vec<String>,
}

/// How the mail goes: switches for tests. [`Mail::default`] is Stripe on a good day.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Every event is sent this many times.
    pub copies: u32,
    /// Milliseconds that an event waits before it is sent.
    pub delay_ms: u64,
    /// What waits together is sent in the opposite order.
    pub reorder: bool,
    /// Nothing is sent; the events can still be listed.
    pub drop_all: bool,
    /// The next so many events are not sent.
    pub drop_next: u32,
    /// Events of these types are not sent.
    pub drop_types: Vec<String>,
    /// The signature is not that of the body.
    pub bad_signature: bool,
    /// The body is changed after it was signed.
    pub bad_body: bool,
    /// The events say that they come from live mode.
    pub livemode: bool,
    /// Seconds that the signature's time lies in the past; negative ones in the future.
    pub signature_age_s: i64,
    /// The signature's time is the sandbox's clock instead of the machine's.
    pub sandbox_time: bool,
    /// Milliseconds before the first new try; each later one waits twice as long.
    pub retry_ms: u64,
    /// Tries of one event.
    pub tries: u32,
    /// Events on their way to one endpoint at the same time; 1 keeps them strictly in order.
    pub at_once: usize,
    /// How long an endpoint may take to answer, in milliseconds.
    pub timeout_ms: u64,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            copies: 1,
            delay_ms: 0,
            reorder: false,
            drop_all: false,
            drop_next: 0,
            drop_types: Vec::new(),
            bad_signature: false,
            bad_body: false,
            livemode: false,
            signature_age_s: 0,
            sandbox_time: false,
            retry_ms: 1_000,
            tries: 12,
            at_once: 4,
            timeout_ms: 10_000,
        }
    }
}

impl Mail {
    /// Takes over what a body of `POST /stripe/sandbox/switches` names.
    pub(crate) fn read(&mut self, body: &Value) {
        let flag = |key: &str, now: bool| body.get(key).and_then(Value::as_bool).unwrap_or(now);
        let small = |key: &str, now: u32| number(body, key).and_then(|n| n.try_into().ok()).unwrap_or(now);
        let long = |key: &str, now: u64| number(body, key).unwrap_or(now);
        self.copies = small("copies", self.copies);
        self.delay_ms = long("delay_ms", self.delay_ms);
        self.reorder = flag("reorder", self.reorder);
        self.drop_all = flag("drop_all", self.drop_all);
        self.drop_next = small("drop_next", self.drop_next);
        if body.get("drop_types").is_some() {
            let types = list(body, "drop_types").iter().filter_map(Value::as_str);
            self.drop_types = types.map(str::to_owned).collect();
        }
        self.bad_signature = flag("bad_signature", self.bad_signature);
        self.bad_body = flag("bad_body", self.bad_body);
        self.livemode = flag("livemode", self.livemode);
        self.signature_age_s = body.get("signature_age_s").and_then(Value::as_i64).unwrap_or(self.signature_age_s);
        self.sandbox_time = flag("sandbox_time", self.sandbox_time);
        self.retry_ms = long("retry_ms", self.retry_ms);
        self.tries = small("tries", self.tries);
        self.at_once = number(body, "at_once").and_then(|n| n.try_into().ok()).unwrap_or(self.at_once);
        self.timeout_ms = long("timeout_ms", self.timeout_ms);
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        json!({
            "copies": self.copies, "delay_ms": self.delay_ms, "reorder": self.reorder, "drop_all": self.drop_all,
            "drop_next": self.drop_next, "drop_types": self.drop_types, "bad_signature": self.bad_signature,
            "bad_body": self.bad_body, "livemode": self.livemode, "signature_age_s": self.signature_age_s,
            "sandbox_time": self.sandbox_time, "retry_ms": self.retry_ms, "tries": self.tries,
            "at_once": self.at_once, "timeout_ms": self.timeout_ms,
        })
    }
}

/// One try to deliver an event.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The event's id.
    pub event: String,
    /// Its type.
    pub kind: String,
    /// The endpoint's id.
    pub endpoint: String,
    /// Counts up from 1.
    pub number: u32,
    /// What the endpoint answered; none when it did not.
    pub status: Option<u16>,
}

impl Attempt {
    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        json!({
            "event": self.event, "type": self.kind, "endpoint": self.endpoint, "number": self.number,
            "status": self.status,
        })
    }

    fn arrived(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// An event on its way to one endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) event: String,
    pub(crate) kind: String,
    pub(crate) endpoint: String,
    pub(crate) number: u32,
    due: Instant,
}

/// The post office.
#[derive(Debug, Clone, Default)]
pub(crate) struct Post {
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) mail: Mail,
    waiting: VecDeque<Letter>,
    travelling: Vec<String>,
    attempts: VecDeque<Attempt>,
    /// Events that an endpoint wanted and did not get so far: lost ones, and those under way.
    owed: BTreeSet<(String, String)>,
}

/// How long the post gathers letters before it sends them in the opposite order.
const GATHER: Duration = Duration::from_millis(100);

impl Post {
    /// Registers an endpoint; gives its id.
    pub(crate) fn register(&mut self, url: &str, secret: &str, types: &[String]) -> String {
        let id = fresh_id("we");
        let types = if types.is_empty() { vec!["*".to_owned()] } else { types.to_vec() };
        let endpoint = Endpoint { id: id.clone(), url: url.to_owned(), secrets: vec![secret.to_owned()], types };
        self.endpoints.push(endpoint);
        id
    }

    /// Gives an endpoint a second secret, beside which the first stays good.
    pub(crate) fn rotate(&mut self, id: &str, secret: &str) {
        for endpoint in self.endpoints.iter_mut().filter(|endpoint| endpoint.id == id) {
            endpoint.secrets.insert(0, secret.to_owned());
            endpoint.secrets.truncate(2);
        }
    }

    /// Ends the rotation: the old secret is no longer used.
    pub(crate) fn retire(&mut self, id: &str) {
        for endpoint in self.endpoints.iter_mut().filter(|endpoint| endpoint.id == id) {
            endpoint.secrets.truncate(1);
        }
    }

    /// Takes an endpoint away, with what is on its way there.
    pub(crate) fn remove(&mut self, id: &str) {
        self.endpoints.retain(|endpoint| endpoint.id != id);
        self.waiting.retain(|letter| letter.endpoint != id);
        self.owed.retain(|(_, endpoint)| endpoint != id);
    }

    fn wanted<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Endpoint> {
        self.endpoints.iter().filter(move |endpoint| endpoint.types.iter().any(|want| want == "*" || want == kind))
    }

    /// How many endpoints want a type of event.
    pub(crate) fn wanting(&self, kind: &str) -> usize {
        self.wanted(kind).count()
    }

    /// Sends an event to all who want it.
    pub(crate) fn send(&mut self, event: &str, kind: String) {
        let wanted: Vec<String> = self.wanted(&kind).map(|endpoint| endpoint.id.clone()).collect();
        self.owed.extend(wanted.iter().map(|endpoint| (event.to_owned(), endpoint.clone())));
        if wanted.is_empty() || self.loses(&kind) {
            return;
        }
        let now = Instant::now();
        let gathered = self.waiting.iter().map(|letter| letter.due).find(|due| self.mail.reorder && *due > now);
        let gather = if self.mail.reorder { GATHER } else { Duration::ZERO };
        let due = gathered.unwrap_or(now + gather + Duration::from_millis(self.mail.delay_ms));
        for endpoint in wanted {
            for _ in 0..self.mail.copies {
                let (event, kind, endpoint) = (event.to_owned(), kind.clone(), endpoint.clone());
                self.waiting.push_back(Letter { event, kind, endpoint, number: 1, due });
            }
        }
    }

    fn loses(&mut self, kind: &str) -> bool {
        if self.mail.drop_all || self.mail.drop_types.iter().any(|lost| lost == kind) {
            return true;
        }
        let lost = self.mail.drop_next > 0;
        self.mail.drop_next = self.mail.drop_next.saturating_sub(1);
        lost
    }

    /// Sends an event once more, as the dashboard's "resend" does; false when it is unknown or nobody wants it.
    pub(crate) fn resend(&mut self, event: &str, kind: &str) -> bool {
        let endpoints: Vec<String> = self.wanted(kind).map(|endpoint| endpoint.id.clone()).collect();
        for endpoint in &endpoints {
            let (event, kind, endpoint) = (event.to_owned(), kind.to_owned(), endpoint.clone());
            self.waiting.push_back(Letter { event, kind, endpoint, number: 1, due: Instant::now() });
        }
        !endpoints.is_empty()
    }

    /// Takes the next letter that may go now, with its endpoint.
    pub(crate) fn take(&mut self, now: Instant) -> Option<(Letter, Endpoint)> {
        let busy = |endpoint: &str| self.travelling.iter().filter(|one| *one == endpoint).count() >= self.mail.at_once;
        let ready = |letter: &Letter| letter.due <= now && !busy(&letter.endpoint);
        let place =
            if self.mail.reorder { self.waiting.iter().rposition(ready) } else { self.waiting.iter().position(ready) };
        let letter = self.waiting.remove(place?)?;
        let endpoint = self.endpoints.iter().find(|endpoint| endpoint.id == letter.endpoint)?.clone();
        self.travelling.push(letter.endpoint.clone());
        Some((letter, endpoint))
    }

    /// When the next letter may go.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.waiting.iter().map(|letter| letter.due).min()
    }

    /// Notes what became of a letter; what did not arrive is tried again later.
    pub(crate) fn came_back(&mut self, letter: Letter, status: Option<u16>) {
        if let Some(place) = self.travelling.iter().position(|one| *one == letter.endpoint) {
            self.travelling.swap_remove(place);
        }
        let Letter { event, kind, endpoint, number, .. } = letter.clone();
        let attempt = Attempt { event, kind, endpoint, number, status };
        if attempt.arrived() {
            self.owed.remove(&(attempt.event.clone(), attempt.endpoint.clone()));
        } else if number < self.mail.tries && self.endpoints.iter().any(|known| known.id == letter.endpoint) {
            let wait = self.mail.retry_ms.saturating_mul(1 << number.saturating_sub(1).min(16));
            let due = Instant::now() + Duration::from_millis(wait);
            self.waiting.push_back(Letter { number: number + 1, due, ..letter });
        }
        self.attempts.push_back(attempt);
        if self.attempts.len() > KEPT {
            self.attempts.pop_front();
        }
    }

    /// Whether nothing is on its way and nothing waits.
    pub(crate) fn idle(&self) -> bool {
        self.waiting.is_empty() && self.travelling.is_empty()
    }

    /// How many endpoints still lack an event.
    pub(crate) fn lacking(&self, event: &str) -> usize {
        let first = (event.to_owned(), String::new());
        self.owed.range(first..).take_while(|(owed, _)| owed == event).count()
    }

    /// The tries so far, the oldest first.
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.attempts.iter().cloned().collect()
    }
}
