//! Settings of the local Stripe that Stripe's dashboard has, and a few that tests need.

use serde_json::{Value, json};

use crate::sandbox::json::{number, text};

/// A day in seconds.
pub(crate) const DAY: u64 = 24 * 3600;

/// What becomes of a subscription whose last try to be paid failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterRetries {
    /// It is cancelled.
    #[default]
    Cancel,
    /// It becomes `unpaid`.
    Unpaid,
    /// It stays `past_due`.
    PastDue,
}

/// How the local Stripe is set up.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Seconds that a renewal's invoice stays a draft.
    pub draft_s: u64,
    /// Seconds between the tries to be paid.
    pub retries_s: Vec<u64>,
    /// What comes after the last try.
    pub after_retries: AfterRetries,
    /// Seconds until a bank debit is settled.
    pub debit_s: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            draft_s: 3600,
            retries_s: vec![3 * DAY, 5 * DAY, 7 * DAY],
            after_retries: AfterRetries::Cancel,
            debit_s: 3 * DAY,
        }
    }
}

impl Rules {
    /// Takes over what a body of `POST /stripe/sandbox/rules` names.
    pub(crate) fn read(&mut self, body: &Value) -> Result<(), String> {
        self.draft_s = number(body, "draft_s").unwrap_or(self.draft_s);
        self.debit_s = number(body, "debit_s").unwrap_or(self.debit_s);
        if let Some(all) = body.get("retries_s").and_then(Value::as_array) {
            self.retries_s = all.iter().filter_map(Value::as_u64).collect();
        }
        self.after_retries = match text(body, "after_retries") {
            None => self.after_retries,
            Some("cancel") => AfterRetries::Cancel,
            Some("unpaid") => AfterRetries::Unpaid,
            Some("past_due") => AfterRetries::PastDue,
            Some(other) => return Err(format!("after_retries is cancel, unpaid or past_due, not {other}")),
        };
        Ok(())
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        let after = match self.after_retries {
            AfterRetries::Cancel => "cancel",
            AfterRetries::Unpaid => "unpaid",
            AfterRetries::PastDue => "past_due",
        };
        json!({
            "draft_s": self.draft_s, "retries_s": self.retries_s, "after_retries": after, "debit_s": self.debit_s,
        })
    }
}
