//! The sandbox's Stripe: a local payment company, with state and with Stripe's rules, at `/stripe`.
//!
//! It keeps its objects as the JSON that its answers show. Programs reach it at `/stripe/v1/…` with the key
//! [`SECRET_KEY`]; people pay on `/stripe/pay/{session}` and manage their subscriptions on `/stripe/portal/{session}`;
//! tests hold [`Stripe`] or use `/stripe/sandbox/…`. `docs/SANDBOX.md` says what is imitated and what is not.

mod agenda;
mod api;
mod billing;
mod change;
mod checkout;
mod control;
mod courier;
mod deeds;
mod draft;
mod entry;
mod expand;
mod form;
mod handle;
mod idempotency;
mod log;
mod object;
mod page;
mod payments;
mod post;
mod prices;
mod refusal;
mod routes;
mod rules;
mod store;
mod subscriptions;
mod undo;

use serde_json::{Value, json};

pub(crate) use control::routes as control_routes;
pub(crate) use courier::run as run_courier;
pub use deeds::{Dispute, How};
pub(crate) use entry::entry;
pub use handle::Stripe;
pub use log::StripeExchange;
pub(crate) use page::routes as page_routes;
pub use post::{Attempt, Mail};
pub use rules::{AfterRetries, Rules};

use agenda::Agenda;
use idempotency::Keys;
use log::Log;
use object::{fresh_id, id_of};
use post::Post;
use refusal::Refusal;
use store::{Kind, Store};

use super::faults::Faults;

/// The key that programs show.
pub const SECRET_KEY: &str = "sk_test_sandbox";

/// The version of the API that the sandbox speaks.
pub const API_VERSION: &str = "2026-09-30.endive";

/// The request whose doing makes events.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cause {
    pub(crate) request: Option<String>,
    pub(crate) key: Option<String>,
}

/// Everything the local Stripe knows.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// The present moment, in seconds since the Unix epoch; while something due is done, the moment it was due.
    pub(crate) now: u64,
    /// `http://127.0.0.1:PORT/stripe`.
    pub(crate) base: String,
    pub(crate) store: Store,
    pub(crate) agenda: Agenda,
    pub(crate) rules: Rules,
    pub(crate) post: Post,
    pub(crate) keys: Keys,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) cause: Cause,
}

impl Books {
    /// Books without an entry.
    pub(crate) fn new(base: String) -> Self {
        Self { base, ..Self::default() }
    }

    /// The JSON of an object.
    pub(crate) fn get(&self, kind: Kind, id: &str) -> Result<Value, Refusal> {
        self.store.get(kind, id).cloned()
    }

    /// What the sandbox remembers beside an object.
    pub(crate) fn notes(&self, kind: Kind, id: &str) -> Value {
        self.store.row(kind, id).map(|row| row.notes.clone()).unwrap_or_default()
    }

    /// Remembers something beside an object.
    pub(crate) fn note(&mut self, kind: Kind, id: &str, key: &str, value: impl Into<Value>) {
        if let Ok(row) = self.store.row_mut(kind, id) {
            if !row.notes.is_object() {
                row.notes = json!({});
            }
            object::set(&mut row.notes, key, value);
        }
    }

    /// Keeps a new object and tells of it.
    pub(crate) fn add(&mut self, kind: Kind, object: Value, notes: Value, event: &str) -> Value {
        self.store.add(kind, object.clone(), notes);
        self.tell(event, &object);
        object
    }

    /// Changes an object; when something is otherwise afterwards, tells of it by the given events.
    pub(crate) fn change(
        &mut self,
        kind: Kind,
        id: &str,
        events: &[&str],
        act: impl FnOnce(&mut Value),
    ) -> Result<Value, Refusal> {
        let row = self.store.row_mut(kind, id)?;
        let before = row.object.clone();
        act(&mut row.object);
        let after = row.object.clone();
        let changed = object::changes(&before, &after);
        if !changed.is_empty() {
            for event in events {
                let previous = event.ends_with(".updated").then(|| changed.clone());
                self.tell_change(event, &after, previous);
            }
        }
        Ok(after)
    }

    /// Tells of an object by an event; an empty type tells nothing.
    pub(crate) fn tell(&mut self, event: &str, object: &Value) {
        self.tell_change(event, object, None);
    }

    fn tell_change(&mut self, event: &str, object: &Value, previous: Option<serde_json::Map<String, Value>>) {
        if event.is_empty() {
            return;
        }
        let mut data = json!({"object": object});
        if let Some(previous) = previous {
            object::set(&mut data, "previous_attributes", previous);
        }
        let event = json!({
            "id": fresh_id("evt"), "object": "event", "api_version": API_VERSION, "created": self.now, "data": data,
            "livemode": false, "pending_webhooks": self.post.wanting(event), "type": event,
            "request": {"id": self.cause.request, "idempotency_key": self.cause.key},
        });
        self.store.add(Kind::Event, event.clone(), Value::Null);
        self.post.send(&id_of(&event), object::own(&event, "type"));
    }
}
