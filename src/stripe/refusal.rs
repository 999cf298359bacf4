//! What an answer of Stripe that is no success means for us (Stripe, "Errors" and "Advanced error handling").

use crate::domain::payments::Refused;
use serde::Deserialize;
use std::time::Duration;

/// The longest code that is taken over.
const LONGEST: usize = 60;

#[derive(Deserialize)]
struct Body {
    error: Fault,
}

/// The message is left out on purpose: it quotes what was sent.
#[derive(Deserialize)]
struct Fault {
    code: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// Turns an answer with another status than 2xx into our reason.
pub(super) fn read(status: u16, retry_after: Option<Duration>, body: &[u8]) -> Refused {
    let fault = serde_json::from_slice::<Body>(body).ok().map(|body| body.error);
    let (code, kind) = fault.map_or((None, None), |fault| (word(fault.code), word(fault.kind)));
    match (status, code.as_deref()) {
        // Stripe replays a 5xx under the same key; whether the thing was done must be looked up.
        (500.., _) => Refused::Fault,
        // 409: a request with the same key, or another change of the same object, is under way.
        (409 | 429, _) | (_, Some("lock_timeout" | "idempotency_key_in_use")) => Refused::Later(retry_after),
        (404, _) | (_, Some("resource_missing")) => Refused::Missing,
        (400..=499, _) if kind.as_deref() == Some("card_error") => {
            Refused::Card(code.unwrap_or_else(|| "card_error".to_owned()))
        }
        (400..=499, _) => {
            Refused::No(code.or(kind).filter(|_| status != 401).unwrap_or_else(|| format!("http_{status}")))
        }
        _ => Refused::Strange("an answer that is neither a success nor an error"),
    }
}

/// A code as Stripe writes them; anything else might be a text about somebody.
fn word(text: Option<String>) -> Option<String> {
    let is_word = |text: &String| {
        let fits = (1..=LONGEST).contains(&text.len());
        fits && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.filter(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(code: &str) -> Refused {
        Refused::No(code.to_owned())
    }

    #[test]
    fn every_answer_has_one_meaning() {
        let body = |kind: &str, code: &str| {
            format!(r#"{{"error":{{"type":"{kind}","code":"{code}","message":"Marie's card 4242 …","param":"x"}}}}"#)
        };
        let invalid = |code: &str| body("invalid_request_error", code);
        let wait = Some(Duration::from_secs(7));
        for (status, answer, meaning) in [
            (500, body("api_error", ""), Refused::Fault),
            (503, "<html>".to_owned(), Refused::Fault),
            (429, invalid("rate_limit"), Refused::Later(wait)),
            (409, body("idempotency_error", "idempotency_key_in_use"), Refused::Later(wait)),
            (409, String::new(), Refused::Later(wait)),
            (400, invalid("lock_timeout"), Refused::Later(wait)),
            (404, invalid("resource_missing"), Refused::Missing),
            (404, String::new(), Refused::Missing),
            (400, invalid("resource_missing"), Refused::Missing),
            (402, body("card_error", "card_declined"), Refused::Card("card_declined".to_owned())),
            (400, invalid("charge_already_refunded"), no("charge_already_refunded")),
            (400, r#"{"error":{"type":"idempotency_error","message":"…"}}"#.to_owned(), no("idempotency_error")),
            (400, body("x", "Marie Dupont"), no("x")),
            (400, "nothing".to_owned(), no("http_400")),
            (401, r#"{"error":{"type":"invalid_request_error"}}"#.to_owned(), no("http_401")),
            (302, String::new(), Refused::Strange("an answer that is neither a success nor an error")),
        ] {
            assert_eq!(read(status, wait, answer.as_bytes()), meaning, "{status} {answer}");
        }
    }
}
