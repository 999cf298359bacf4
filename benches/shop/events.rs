//! Events as Stripe sends them: the bodies of a purchase's events at the local Stripe, each with names of its own, signed.

use crate::support::{Failure, Outcome};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use shellia::kernel::Clock;
use std::fmt::Write as _;

/// The endpoint's secret.
pub(crate) const SECRET: &str = "whsec_benchmark";

/// What a purchase tells, in the order of its telling: two of the three are about the same payment.
const KINDS: [&str; 3] = ["payment_intent.succeeded", "charge.succeeded", "checkout.session.completed"];

/// The events of one purchase, to make others after.
#[derive(Debug)]
pub(crate) struct Example(Vec<Template>);

#[derive(Debug)]
struct Template {
    /// As it travels.
    body: String,
    /// The names in it that each event has of its own.
    names: Vec<String>,
}

impl Example {
    /// Takes the events of a purchase out of all that there were.
    pub(crate) fn of(events: &[Value]) -> Outcome<Self> {
        let template = |kind: &&str| {
            let event = events.iter().rev().find(|event| event.get("type").is_some_and(|found| *found == **kind));
            let event = event.ok_or_else(|| Failure::from(format!("the local Stripe told of no {kind}")))?;
            // Bodies are indented, as Stripe's own are.
            let places = ["/id", "/data/object/id", "/data/object/payment_intent"];
            let names = places.iter().filter_map(|place| event.pointer(place)?.as_str());
            let mut names: Vec<String> = names.map(str::to_owned).collect();
            names.dedup();
            Ok(Template { body: format!("{event:#}"), names })
        };
        Ok(Self(KINDS.iter().map(template).collect::<Outcome<_>>()?))
    }

    /// The requests of `count` events to an address, from the purchase with number `first` on.
    pub(crate) fn requests(&self, host: &str, first: usize, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|n| self.request(host, first + n / KINDS.len(), n % KINDS.len())).collect()
    }

    /// Mean size of a body in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.0.iter().map(|template| template.body.len()).sum::<usize>() / self.0.len().max(1)
    }

    fn request(&self, host: &str, purchase: usize, kind: usize) -> Vec<u8> {
        let body = self.0.get(kind).map(|template| template.fill(purchase)).unwrap_or_default();
        let at = Clock::new().now().as_second();
        let seal = seal(&format!("{at}.{body}"));
        let length = body.len();
        format!(
            "POST /webhooks/stripe HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json; charset=utf-8\r\n\
             User-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)\r\nStripe-Signature: t={at},v1={seal}\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

impl Template {
    /// The same with the names of another purchase.
    fn fill(&self, purchase: usize) -> String {
        // The same name becomes the same new name, so what belongs together still does.
        self.names
            .iter()
            .fold(self.body.clone(), |body, name| body.replace(name.as_str(), &format!("{name}x{purchase}")))
    }
}

/// HMAC-SHA256 in hexadecimal (Stripe, "Verify webhook signatures manually").
fn seal(text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut all, byte| {
        // Writing into a text can't fail.
        write!(all, "{byte:02x}").unwrap_or_default();
        all
    })
}
