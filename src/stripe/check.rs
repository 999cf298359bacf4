//! Whether Stripe takes the key, for the subcommand `check`; nothing is changed there.

use crate::config::Problem;
use crate::domain::payments::{Gateway, Refused};
use jiff::Timestamp;

const KEY: &str = "STRIPE_SECRET_KEY";

/// Asks for the newest events, which every key that works for us may read; none when payment is off.
pub async fn check(gateway: &dyn Gateway, now: Timestamp) -> Option<Problem> {
    let refused = gateway.events(now, None).await.err()?;
    let (what, remedy) = match refused {
        Refused::Off => return None,
        Refused::No(code) if code == "http_401" => (
            "is a key that Stripe doesn't know".to_owned(),
            "Copy it again from Stripe's page Developers, API keys; one that was rolled no longer works",
        ),
        refused if refused.may_pass() => (
            format!("can't be tried, because Stripe doesn't answer ({refused})"),
            "Check that this machine reaches Stripe, and try again",
        ),
        refused => (
            format!("is a key that Stripe doesn't let read events ({refused})"),
            "Give a restricted key the rights that the README names under \"Run it on Discord\"",
        ),
    };
    Some(Problem::new(KEY, what, remedy))
}
