//! The witness: every REST exchange with a bot, for those who judge from outside. In memory only, bounded.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::json::sid;

/// Exchanges kept.
const KEPT: usize = 20_000;

/// One exchange.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Counts up from 1.
    pub number: u64,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path under `/api/v10`.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The path's pattern; empty when no route matched.
    pub route: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// The request's JSON; `null` when it had none.
    pub request: Value,
    /// The answer's JSON; `null` when it had none.
    pub response: Value,
    /// The calling application; 0 when the path's token was the right.
    pub app: u64,
    /// The answer was a fault on request.
    pub fault: bool,
}

impl Exchange {
    pub(crate) fn new(method: &str, path: &str, query: &str) -> Self {
        Self {
            number: 0,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            route: "",
            status: 0,
            request: Value::Null,
            response: Value::Null,
            app: 0,
            fault: false,
        }
    }

    /// As the log's JSON.
    pub(crate) fn json(&self) -> Value {
        let bot = if self.app == 0 { Value::Null } else { sid(self.app) };
        json!({
            "number": self.number, "method": self.method, "path": self.path, "query": self.query, "route": self.route,
            "status": self.status, "request": self.request, "response": self.response, "bot": bot, "fault": self.fault,
        })
    }
}

/// The last exchanges.
#[derive(Debug, Default)]
pub(crate) struct Log {
    all: VecDeque<Exchange>,
    last: u64,
}

impl Log {
    /// Keeps an exchange; the oldest goes when there are too many.
    pub(crate) fn add(&mut self, mut exchange: Exchange) {
        self.last += 1;
        exchange.number = self.last;
        self.all.push_back(exchange);
        if self.all.len() > KEPT {
            self.all.pop_front();
        }
    }

    /// Those after a number.
    pub(crate) fn since(&self, number: u64) -> Vec<Exchange> {
        self.all.iter().filter(|exchange| exchange.number > number).cloned().collect()
    }
}
