//! Idempotency keys: the same request again gets the first one's answer, for a day.
//!
//! Source: Stripe's API reference, "Idempotent requests".

use std::collections::HashMap;

use serde_json::Value;

use super::refusal::Refusal;
use super::rules::DAY;

/// Longest key.
const LONGEST: usize = 255;

/// A request that was made under a key.
#[derive(Debug, Clone)]
struct Kept {
    path: String,
    form: String,
    since: u64,
    /// None while it is being carried out.
    answer: Option<(u16, Value, String)>,
}

/// A stored answer: status, body, and the id of the request that it answered first.
pub(crate) type Replay = (u16, Value, String);

/// All keys of the last day.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    all: HashMap<String, Kept>,
}

impl Keys {
    /// Begins a request under a key: gives the stored answer when there is one.
    pub(crate) fn begin(&mut self, now: u64, key: &str, path: &str, form: &str) -> Result<Option<Replay>, Refusal> {
        if key.len() > LONGEST {
            let message = format!("Idempotency keys can be at most {LONGEST} characters long.");
            return Err(Refusal::key(400, message));
        }
        self.all.retain(|_, kept| kept.since + DAY > now);
        match self.all.get(key) {
            None => {
                let kept = Kept { path: path.to_owned(), form: form.to_owned(), since: now, answer: None };
                self.all.insert(key.to_owned(), kept);
                Ok(None)
            }
            Some(kept) if kept.path != path => Err(Refusal::key(
                400,
                format!(
                    "Keys for idempotent requests can only be used for the same endpoint they were first used for \
                     ('{path}' vs '{}'). Try using a key other than '{key}' if you meant to execute a different request.",
                    kept.path
                ),
            )),
            Some(kept) if kept.form != form => Err(Refusal::key(
                400,
                format!(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. \
                     Try using a key other than '{key}' if you meant to execute a different request."
                ),
            )),
            Some(Kept { answer: None, .. }) => Err(Refusal::key(
                409,
                format!(
                    "There is currently another in-progress request using this Idempotent Key (that probably means you \
                     submitted twice, and the other request is still going through): {key}. Please try again later."
                ),
            )
            .code("idempotency_key_in_use")),
            Some(kept) => Ok(kept.answer.clone()),
        }
    }

    /// Keeps the answer of a key.
    pub(crate) fn keep(&mut self, key: &str, status: u16, body: &Value, request: &str) {
        if let Some(kept) = self.all.get_mut(key) {
            kept.answer = Some((status, body.clone(), request.to_owned()));
        }
    }

    /// Forgets a key whose request was not carried out.
    pub(crate) fn release(&mut self, key: &str) {
        if self.all.get(key).is_some_and(|kept| kept.answer.is_none()) {
            self.all.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_replays_for_a_day_and_fits_one_request() {
        let mut keys = Keys::default();
        assert_eq!(keys.begin(0, "k", "/v1/refunds", "a=1"), Ok(None));
        assert_eq!(keys.begin(1, "k", "/v1/refunds", "a=1").unwrap_err().status, 409);
        keys.keep("k", 500, &json!({}), "req_1");
        assert_eq!(keys.begin(2, "k", "/v1/refunds", "a=1").unwrap().unwrap().0, 500);
        assert_eq!(keys.begin(2, "k", "/v1/refunds", "a=2").unwrap_err().status, 400);
        assert_eq!(keys.begin(2, "k", "/v1/coupons", "a=1").unwrap_err().status, 400);
        assert_eq!(keys.begin(DAY, "k", "/v1/refunds", "a=2"), Ok(None));
        assert!(keys.begin(0, &"k".repeat(256), "/", "").is_err());
    }
}
