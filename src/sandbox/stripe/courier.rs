//! The courier: brings events to their endpoints, signed as Stripe signs them, and lets what is due happen in time.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use actix_web::web::Data;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::object::set;
use super::post::{Endpoint, Letter, Mail};
use super::store::Kind;
use crate::sandbox::Shared;

/// How long the courier sleeps at most; what is due happens at least that often.
const NAP: Duration = Duration::from_secs(1);

/// Runs until the server ends.
pub(crate) async fn run(shared: Data<Shared>) {
    // Another part of the process may have chosen already; any choice will do.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
    let client = match reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build() {
        Ok(client) => client,
        Err(error) => return tracing::error!(%error, "the sandbox can't send webhooks"),
    };
    loop {
        // Registered before looking, so that no letter is overlooked.
        let woken = shared.stripe_post.notified();
        let mut next = None;
        while let Some((letter, endpoint)) = shared.stripe_quietly(|books| {
            next = books.post.next();
            books.post.take(Instant::now())
        }) {
            tokio::spawn(bring(shared.clone(), client.clone(), letter, endpoint));
        }
        let nap = next.map_or(NAP, |due| due.saturating_duration_since(Instant::now()).min(NAP));
        // A letter that is due but must wait for others to arrive is no reason to turn in circles.
        let nap = nap.max(Duration::from_millis(5));
        drop(tokio::time::timeout(nap, woken).await);
    }
}

async fn bring(shared: Data<Shared>, client: reqwest::Client, letter: Letter, endpoint: Endpoint) {
    let written = shared.stripe_quietly(|books| {
        let event = books.store.get(Kind::Event, &letter.event).ok()?.clone();
        let seconds = if books.post.mail.sandbox_time { books.now } else { wall_clock() };
        Some((event, seconds, books.post.mail.clone()))
    });
    let Some((event, seconds, mail)) = written else { return };
    let (body, signature) = write(event, seconds, &mail, &endpoint.secrets);
    let sent = client
        .post(&endpoint.url)
        .timeout(Duration::from_millis(mail.timeout_ms))
        .header("Content-Type", "application/json; charset=utf-8")
        .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
        .header("Stripe-Signature", signature)
        .body(body)
        .send()
        .await;
    let status = sent.ok().map(|answer| answer.status().as_u16());
    shared.stripe_quietly(|books| books.post.came_back(letter, status));
    shared.stripe_post.notify_one();
}

/// The body and its signature, spoilt where a switch wants it.
fn write(mut event: Value, seconds: u64, mail: &Mail, secrets: &[String]) -> (String, String) {
    if mail.livemode {
        set(&mut event, "livemode", true);
    }
    let mut body = format!("{event:#}");
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_sub(mail.signature_age_s);
    let mut signature = format!("t={seconds}");
    for secret in secrets {
        let seal = seal(secret, &format!("{seconds}.{body}"));
        let seal = if mail.bad_signature { seal.chars().rev().collect() } else { seal };
        signature = format!("{signature},v1={seal}");
    }
    if mail.bad_body {
        body = body.replacen("\"object\": \"event\"", "\"object\": \"Event\"", 1);
    }
    (body, signature)
}

/// HMAC-SHA256 in hexadecimal.
pub(crate) fn seal(secret: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut all, byte| {
        // Writing into a text can't fail.
        write!(all, "{byte:02x}").unwrap_or_default();
        all
    })
}

fn wall_clock() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_that_of_the_known_example() {
        // RFC 4231, test case 2.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(seal("Jefe", "what do ya want for nothing?"), expected);
    }

    #[test]
    fn both_secrets_sign_while_one_follows_the_other() {
        let secrets = ["one".to_owned(), "two".to_owned()];
        let (body, signature) = write(serde_json::json!({"id": "evt_1"}), 7, &Mail::default(), &secrets);
        let expected = format!("t=7,v1={},v1={}", seal("one", &format!("7.{body}")), seal("two", &format!("7.{body}")));
        assert_eq!(signature, expected);
    }
}
