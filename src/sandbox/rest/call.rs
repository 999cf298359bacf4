//! A request as its handler sees it, and what the handler answers.

use std::str::FromStr;

use serde_json::Value;

use crate::sandbox::refusal::{Refusal, invalid};
use crate::sandbox::state::File;

/// A request: who, the variable parts of the path, the query, the body and its files.
#[derive(Debug)]
pub(crate) struct Call {
    /// The calling application; 0 where the path's token is the right.
    pub(crate) app: u64,
    pub(crate) params: Vec<String>,
    pub(crate) query: String,
    pub(crate) body: Value,
    pub(crate) files: Vec<File>,
}

/// A granted request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// What a handler gives.
pub(crate) type Outcome = Result<Answer, Refusal>;

impl Answer {
    /// 200 with a body.
    pub(crate) fn ok(body: Value) -> Outcome {
        Ok(Self { status: 200, body })
    }

    /// 201 with a body.
    pub(crate) fn created(body: Value) -> Outcome {
        Ok(Self { status: 201, body })
    }

    /// 204.
    pub(crate) fn empty() -> Outcome {
        Ok(Self { status: 204, body: Value::Null })
    }
}

impl Call {
    /// The n-th variable part of the path.
    pub(crate) fn param(&self, n: usize) -> &str {
        self.params.get(n).map_or("", String::as_str)
    }

    /// The n-th variable part as snowflake.
    pub(crate) fn id(&self, n: usize) -> Result<u64, Refusal> {
        let text = self.param(n);
        text.parse().map_err(|_| invalid("id", "NUMBER_TYPE_COERCE", &format!("Value \"{text}\" is not snowflake.")))
    }

    /// A value of the query.
    pub(crate) fn query<T: FromStr>(&self, key: &str) -> Option<T> {
        let pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.filter(|(name, _)| name == key).find_map(|(_, value)| value.parse().ok())
    }
}
