//! What Stripe answers when it refuses: a status, a type, a code, a sentence, and the parameter at fault.
//!
//! Source: Stripe's API reference, "Errors" and "Error codes".

use std::borrow::Cow;

use serde_json::{Value, json};

/// A refused request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: u16,
    kind: &'static str,
    code: Option<Cow<'static, str>>,
    message: String,
    param: Option<String>,
    /// The request never came as far as being carried out, so no idempotency key keeps its answer.
    pub(crate) early: bool,
}

impl Refusal {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, kind, code: None, message: message.into(), param: None, early: false }
    }

    /// A request that can't be carried out: 400.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    /// An idempotency key used wrongly.
    pub(crate) fn key(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "idempotency_error", message).early()
    }

    /// The body of an error that a test asked for.
    pub(crate) fn requested(status: u16) -> Self {
        match status {
            429 => Self::new(429, "invalid_request_error", "Request rate limit exceeded.").code("rate_limit"),
            _ => Self::new(status, "api_error", "An unknown error occurred"),
        }
    }

    /// No key, or one that is not the sandbox's.
    pub(crate) fn unauthorized(given: Option<&str>) -> Self {
        let message = match given {
            None => "You did not provide an API key. You need to provide your API key in the Authorization header, \
                     using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
                .to_owned(),
            Some(key) => format!("Invalid API Key provided: {}", veiled(key)),
        };
        Self::new(401, "invalid_request_error", message).early()
    }

    /// A path that Stripe doesn't have.
    pub(crate) fn unknown_path(method: &str, path: &str) -> Self {
        let message = format!("Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs.");
        Self::new(404, "invalid_request_error", message).early()
    }

    /// The object that the path names is not there: 404.
    pub(crate) fn missing(noun: &str, id: &str) -> Self {
        let message = format!("No such {noun}: '{id}'");
        Self::new(404, "invalid_request_error", message).code("resource_missing").param("id")
    }

    /// The bank declined the card: 402.
    pub(crate) fn declined() -> Self {
        Self::new(402, "card_error", "Your card was declined.").code("card_declined")
    }

    /// There is nothing to pay with.
    pub(crate) fn no_method() -> Self {
        let message = "This customer has no attached payment source or default payment method. Please consider adding a \
                       default payment method.";
        Self::invalid(message).code("resource_missing")
    }

    /// A required parameter is missing.
    pub(crate) fn required(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}.")).code("parameter_missing").param(param)
    }

    /// A parameter that is not known here.
    pub(crate) fn unknown(param: &str) -> Self {
        let message = format!("Received unknown parameter: {param}");
        Self::invalid(message).code("parameter_unknown").param(param).early()
    }

    /// Adds Stripe's code.
    #[must_use]
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(Cow::Borrowed(code));
        self
    }

    /// Names the parameter at fault.
    #[must_use]
    pub(crate) fn param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    /// The object is missing where a parameter names it, not the path: 400.
    #[must_use]
    pub(crate) fn named_by(mut self, param: &str) -> Self {
        self.status = 400;
        self.param(param)
    }

    #[must_use]
    fn early(mut self) -> Self {
        self.early = true;
        self
    }

    /// What went wrong, for a person.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let mut error = json!({"type": self.kind, "message": self.message});
        if let Some(map) = error.as_object_mut() {
            if let Some(code) = &self.code {
                map.insert("doc_url".to_owned(), json!(format!("https://stripe.com/docs/error-codes/{code}")));
                map.insert("code".to_owned(), json!(code));
                if code == "card_declined" {
                    map.insert("decline_code".to_owned(), json!("generic_decline"));
                }
            }
            if let Some(param) = &self.param {
                map.insert("param".to_owned(), json!(param));
            }
        }
        json!({"error": error})
    }
}

/// A key as Stripe repeats it: its beginning and its end.
fn veiled(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let hidden = letters.len().saturating_sub(12);
    let shown = |(n, letter): (usize, &char)| if n >= 8 && n < 8 + hidden { '*' } else { *letter };
    letters.iter().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_reads_like_stripes() {
        let body = Refusal::missing("customer", "cus_1").named_by("customer").body();
        assert_eq!(body["error"]["code"], "resource_missing");
        assert_eq!(body["error"]["message"], "No such customer: 'cus_1'");
        assert_eq!(body["error"]["param"], "customer");
    }

    #[test]
    fn a_wrong_key_is_not_repeated_whole() {
        let body = Refusal::unauthorized(Some("sk_live_0123456789abcdef")).body();
        assert_eq!(body["error"]["message"], "Invalid API Key provided: sk_live_************cdef");
    }
}
