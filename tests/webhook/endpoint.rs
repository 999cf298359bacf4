//! A Maxis with a webhook, and someone who signs deliveries as Stripe does.

use crate::support::link::Link;
use crate::support::maxis::Maxis;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use shellia::config::{Settings, Sources};
use shellia::kernel::Clock;
use shellia::roles::{Commerce, Running};
use shellia::sandbox::World;
use tokio_util::sync::CancellationToken;

/// The endpoint's present secret.
pub const SECRET: &str = "whsec_present";
/// The secret before it.
pub const FORMER: &str = "whsec_former";

/// A running Maxis whose endpoint is known.
pub struct Endpoint {
    maxis: Maxis,
    role: Commerce,
    /// Breaks Maxis' way to his database.
    pub link: Link,
    http: reqwest::Client,
}

impl Endpoint {
    /// With a test key and both secrets.
    pub async fn open() -> Self {
        let set = [
            ("STRIPE_SECRET_KEY", "sk_test_1"),
            ("STRIPE_WEBHOOK_SECRET", SECRET),
            ("STRIPE_WEBHOOK_SECRET_OLD", FORMER),
        ];
        Self::with(&set).await
    }

    /// With these settings.
    pub async fn with(set: &[(&str, &str)]) -> Self {
        let mut maxis = Maxis::prepare(World::two_guilds()).await;
        let link = Link::to(&maxis.database.app_url).await;
        maxis.set("DATABASE_URL", &link.through(&maxis.database.app_url));
        // Nobody is there: what the webhook leads to is no matter of these tests.
        maxis.set("STRIPE_API_URL", "http://127.0.0.1:9/stripe");
        for (name, value) in set {
            maxis.set(name, value);
        }
        let settings = Settings::load(&Sources::from_environment(maxis.environment())).expect("the settings are right");
        let role = Commerce::start(&settings, Clock::new(), &CancellationToken::new()).await.expect("Maxis starts");
        Self { maxis, role, link, http: reqwest::Client::builder().no_proxy().build().expect("a client") }
    }

    /// Sends a body with a signature header, and returns the status and the answer.
    pub async fn send(&self, header: Option<&str>, body: impl Into<Vec<u8>>) -> (u16, String) {
        let request = self.http.post(format!("http://{}/webhooks/stripe", self.role.address())).body(body.into());
        let request = match header {
            Some(header) => request.header("Stripe-Signature", header),
            None => request,
        };
        let response = request.send().await.expect("Maxis answers");
        (response.status().as_u16(), response.text().await.expect("a body"))
    }

    /// Sends an event, rightly signed, and returns the status.
    pub async fn deliver(&self, event: &Value) -> u16 {
        let body = event.to_string();
        self.send(Some(&header(&[SECRET], now(), body.as_bytes())), body).await.0
    }

    /// A figure of `/metrics`, by the end of its line.
    pub async fn figure(&self, word: &str) -> u64 {
        let text = reqwest::get(format!("http://{}/metrics", self.role.address())).await.expect("figures");
        let text = text.text().await.expect("figures");
        let line = text.lines().find(|line| line.contains(&format!("=\"{word}\"}}"))).expect("the figure");
        line.rsplit(' ').next().and_then(|value| value.parse().ok()).expect("a number")
    }

    /// Counts rows; the query's one column is called `n`.
    pub async fn count(&self, query: &str) -> i64 {
        self.maxis.database.count(query).await
    }

    /// How many events and tasks are kept.
    pub async fn kept(&self) -> (i64, i64) {
        let events = self.count("select count(*) as n from provider_events").await;
        (events, self.count("select count(*) as n from payment_tasks").await)
    }

    /// Ends everything.
    pub async fn close(self) {
        self.role.stop().await;
        self.maxis.sandbox.stop().await;
    }
}

/// The present time in seconds.
pub fn now() -> i64 {
    Clock::new().now().as_second()
}

/// One signature of the scheme.
pub fn signature(secret: &str, at: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The header of a delivery, with one signature for each secret.
pub fn header(secrets: &[&str], at: i64, body: &[u8]) -> String {
    let signatures = secrets.iter().map(|secret| format!(",v1={}", signature(secret, at, body)));
    format!("t={at}{}", signatures.collect::<String>())
}

/// An event in test mode.
pub fn event(id: &str, kind: &str, object: Value) -> Value {
    json!({
        "id": id, "object": "event", "api_version": "2026-09-30.endive", "created": now(), "livemode": false,
        "type": kind, "data": {"object": object}, "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null},
    })
}
