//! Each person's feed of events, made when somebody first looks at it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::sandbox::state::State;

/// Events a feed keeps for a page that comes back.
const KEPT: usize = 2_000;

/// One event of a feed.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) number: u64,
    pub(crate) kind: &'static str,
    pub(crate) data: Arc<Value>,
}

#[derive(Debug, Default)]
struct Feed {
    events: VecDeque<Event>,
    changed: watch::Sender<u64>,
}

/// All feeds, and the sign that something of the world changed.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    all: HashMap<u64, Feed>,
    last: u64,
    world: watch::Sender<u64>,
}

impl Feeds {
    /// Follows a person's feed from now on.
    pub(crate) fn follow(&mut self, user: u64) -> watch::Receiver<u64> {
        self.all.entry(user).or_default().changed.subscribe()
    }

    /// The events of a person after a number.
    pub(crate) fn after(&self, user: u64, number: u64) -> Vec<Event> {
        let events = self.all.get(&user).map(|feed| feed.events.iter());
        events.into_iter().flatten().filter(|event| event.number > number).cloned().collect()
    }

    /// The number of the latest event of all.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// Follows the changes of the world.
    pub(crate) fn world_changes(&self) -> watch::Receiver<u64> {
        self.world.subscribe()
    }

    fn push(&mut self, user: u64, kind: &'static str, data: &Arc<Value>) {
        let Some(feed) = self.all.get_mut(&user) else { return };
        self.last += 1;
        let number = self.last;
        feed.events.push_back(Event { number, kind, data: Arc::clone(data) });
        if feed.events.len() > KEPT {
            feed.events.pop_front();
        }
        feed.changed.send_replace(number);
    }
}

impl State {
    /// Tells one person.
    pub(crate) fn tell(&mut self, user: u64, kind: &'static str, data: Value) {
        self.feeds.push(user, kind, &Arc::new(data));
    }

    /// Tells everybody who sees a channel, or the one person of an ephemeral message.
    pub(crate) fn tell_watchers(&mut self, channel: u64, only: Option<u64>, kind: &'static str, data: Value) {
        if self.feeds.all.is_empty() {
            return;
        }
        let Some(found) = self.channels.get(&channel) else { return };
        let watching = self.feeds.all.keys().copied();
        let hearing: Vec<u64> = match only {
            Some(user) => vec![user],
            None => watching.filter(|user| self.sees(found, *user)).collect(),
        };
        let data = Arc::new(data);
        for user in hearing {
            self.feeds.push(user, kind, &data);
        }
    }

    /// Tells everybody that something of the world changed.
    pub(crate) fn tell_world(&mut self) {
        self.feeds.world.send_modify(|n| *n += 1);
        let data = Arc::new(json!({}));
        let users: Vec<u64> = self.feeds.all.keys().copied().collect();
        for user in users {
            self.feeds.push(user, "world", &data);
        }
    }
}
