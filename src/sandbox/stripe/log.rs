//! The witness: every exchange of a program with the local Stripe. In memory only, bounded.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// Exchanges kept.
const KEPT: usize = 20_000;

/// One exchange.
#[derive(Debug, Clone, Default)]
pub struct StripeExchange {
    /// Counts up from 1.
    pub number: u64,
    /// `GET`, `POST`, `DELETE`.
    pub method: String,
    /// The path, from `/v1` on.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The body as it came: a form.
    pub form: String,
    /// The idempotency key.
    pub key: Option<String>,
    /// The status of the answer; 0 when the connection was cut.
    pub status: u16,
    /// The answer's JSON.
    pub response: Value,
    /// The answer was a fault on request.
    pub fault: bool,
    /// The answer is the stored one of an earlier request with the same key.
    pub replayed: bool,
}

impl StripeExchange {
    /// As the log's JSON.
    pub fn json(&self) -> Value {
        json!({
            "number": self.number, "method": self.method, "path": self.path, "query": self.query, "form": self.form,
            "key": self.key, "status": self.status, "response": self.response, "fault": self.fault,
            "replayed": self.replayed,
        })
    }
}

/// The last exchanges.
#[derive(Debug, Default)]
pub(crate) struct Log {
    all: VecDeque<StripeExchange>,
    last: u64,
}

impl Log {
    /// Keeps an exchange; the oldest goes when there are too many.
    pub(crate) fn add(&mut self, mut exchange: StripeExchange) {
        self.last += 1;
        exchange.number = self.last;
        self.all.push_back(exchange);
        if self.all.len() > KEPT {
            self.all.pop_front();
        }
    }

    /// Those after a number.
    pub(crate) fn since(&self, number: u64) -> Vec<StripeExchange> {
        self.all.iter().filter(|exchange| exchange.number > number).cloned().collect()
    }
}
