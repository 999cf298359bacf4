//! A Maxis that answers what it was told to, behind the real door; and other things that may stand at its address.

use async_trait::async_trait;
use jiff::Timestamp;
use shellia::app::{App, told_events};
use shellia::config::Secret;
use shellia::control::plans::{Audit, Autonomy, Bound, Dial, NewPlan, Plan, PlanState, Plans, Switch};
use shellia::control::{
    Analytics, Asker, Batch, Catalogue, Database, Denied, Desk, Discord, Giveaways, GuildSettings, Outbox, Payments,
    PlanDesk, Promotions, Report, Settings, Signer, State, Status, Tickets, Turned, Verifier, Wanted, Why,
};
use shellia::kernel::{Clock, Locale};
use shellia::peer_http::HttpPeer;
use shellia::web::{self, Api, Check, Door, Metric, Probe, Rules, Server, Site, Streams, Tls};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

pub const KEY: &str = "the-key-of-both-machines";
/// How long the peer of a test waits.
const PATIENCE: Duration = Duration::from_millis(400);

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn healthy() -> Status {
    Status {
        state: State::Up,
        version: "0.1.0".to_owned(),
        now: at("2026-11-27T12:00:00Z"),
        since: at("2026-11-26T12:00:00Z"),
        discord: Discord { shards: 2, ready: 2, latency_ms: Some(41), slash_only: false },
        database: Database { ok: true, took_ms: 3, connections: 8, used: 1 },
        outbox: Some(Outbox { waiting: 5, due: 0, oldest_s: 0 }),
        payments: Payments { on: true, heard_at: Some(at("2026-11-27T11:58:00Z")) },
    }
}

/// What this desk knows nothing of; the real one answers it in `reads`.
fn untold() -> Denied {
    Denied { why: Why::NotFound, error: "untold".to_owned(), text: "untold".to_owned() }
}

/// Answers with this after a while.
pub struct Told {
    pub status: Mutex<Status>,
    pub after: Mutex<Duration>,
    /// Since when everything is stopped there.
    pub stopped: Mutex<Option<Timestamp>>,
    /// Whose events it tells, until when; none: nothing happens.
    pub log: Option<(Arc<App>, CancellationToken)>,
}

impl Default for Told {
    fn default() -> Self {
        let (status, after) = (Mutex::new(healthy()), Mutex::new(Duration::ZERO));
        Self { status, after, stopped: Mutex::new(None), log: None }
    }
}

#[async_trait]
impl Desk for Told {
    async fn status(&self) -> Status {
        let after = *self.after.lock().unwrap();
        tokio::time::sleep(after).await;
        self.status.lock().unwrap().clone()
    }

    async fn giveaways(&self, _: Asker, _: Option<i64>) -> Result<Giveaways, Denied> {
        Ok(Giveaways { giveaways: Vec::new() })
    }

    async fn analytics(&self, _: Asker, _: &Wanted) -> Result<Analytics, Denied> {
        Err(untold())
    }

    async fn report(&self, _: Asker, _: &Wanted) -> Result<Report, Denied> {
        Err(untold())
    }

    async fn promotions(&self, _: Asker, _: Option<i64>) -> Result<Promotions, Denied> {
        Err(untold())
    }

    async fn tickets(&self, _: Asker, _: &Wanted) -> Result<Tickets, Denied> {
        Err(untold())
    }

    async fn catalogue(&self, _: Asker) -> Result<Catalogue, Denied> {
        Err(untold())
    }

    async fn settings(&self, _: Asker) -> Result<Settings, Denied> {
        Err(untold())
    }

    async fn guild(&self, _: Asker) -> Result<GuildSettings, Denied> {
        Ok(GuildSettings { locale: Locale::Fr, time_zone: "Europe/Paris".to_owned() })
    }

    async fn turned_away(&self, _: Asker, _: Turned) {}

    async fn events(&self, after: Option<&str>, wait: Duration) -> Result<Batch, Denied> {
        if let Some((app, stop)) = &self.log {
            return told_events(app, after, wait, stop).await.map_err(|error| {
                let why =
                    if matches!(error, shellia::kernel::Error::Conflict(_)) { Why::Conflict } else { Why::Unavailable };
                Denied { why, error: error.to_string(), text: String::new() }
            });
        }
        tokio::time::sleep(wait).await;
        Ok(Batch { events: Vec::new(), reached: after.unwrap_or("1-0").to_owned() })
    }

    fn on_plans(&self) -> &dyn PlanDesk {
        self
    }
}

/// It has no plans.
fn none<T>() -> Result<T, Denied> {
    Err(Denied { why: Why::NotFound, error: "not_found".to_owned(), text: String::new() })
}

#[async_trait]
impl PlanDesk for Told {
    async fn make_plan(&self, _: Asker, _: NewPlan) -> Result<Plan, Denied> {
        none()
    }

    async fn plans(&self, _: Asker, _: Option<PlanState>, _: Option<i64>) -> Result<Plans, Denied> {
        none()
    }

    async fn plan(&self, _: Asker, _: i64) -> Result<Plan, Denied> {
        none()
    }

    async fn approve_plan(&self, _: Asker, _: i64, _: Bound) -> Result<Plan, Denied> {
        none()
    }

    async fn reject_plan(&self, _: Asker, _: i64) -> Result<Plan, Denied> {
        none()
    }

    async fn commit_plan(&self, _: Asker, _: i64, _: Bound) -> Result<Plan, Denied> {
        none()
    }

    async fn stop_plans(&self, _: Asker) -> Result<Switch, Denied> {
        none()
    }

    async fn plan_switch(&self, _: Asker) -> Result<Switch, Denied> {
        let stopped_at = *self.stopped.lock().unwrap();
        let switch = |at| Switch { stopped: true, stopped_at: Some(at), stopped_by: None, autonomy: Autonomy::Approve };
        stopped_at.map_or_else(none, |at| Ok(switch(at)))
    }

    async fn set_autonomy(&self, _: Asker, _: Dial) -> Result<Switch, Denied> {
        none()
    }

    async fn audit(&self, _: Asker, _: Option<i64>) -> Result<Audit, Denied> {
        none()
    }
}

pub struct Silent;

#[async_trait]
impl Probe for Silent {
    async fn checks(&self) -> Vec<Check> {
        Vec::new()
    }

    fn metrics(&self) -> Vec<Metric> {
        Vec::new()
    }
}

/// A Maxis with the real door.
pub struct Maxis {
    pub server: Server,
    pub api: Arc<Api>,
    pub desk: Arc<Told>,
    pub clock: Clock,
}

impl Maxis {
    pub fn start() -> Self {
        Self::with(|_, _| {})
    }

    pub fn with(change: impl FnOnce(&mut Rules, &Clock)) -> Self {
        Self::at("127.0.0.1:0", None, change)
    }

    /// Where it listens, and with which certificate.
    pub fn at(listen: &str, tls: Option<Tls>, change: impl FnOnce(&mut Rules, &Clock)) -> Self {
        shellia::discord::install_tls();
        let clock = Clock::new();
        let desk = Arc::new(Told::default());
        // Signed in the second in which it began is late enough.
        let began = clock.now();
        let verifier = Some(Verifier::new("maxis", &Secret::new(KEY), None, began));
        let many = NonZeroU32::new(10_000).unwrap();
        let mut rules = Rules {
            verifier,
            clock: clock.clone(),
            per_minute: many,
            per_key: many,
            allow: Vec::new(),
            proxies: Vec::new(),
        };
        change(&mut rules, &clock);
        let api = Arc::new(Api { door: Door::new(rules), desk: desk.clone(), streams: Streams::default() });
        let site =
            Site { role: "commerce", probe: Arc::new(Silent), webhook: None, api: Some(api.clone()), panel: None, tls };
        let server = Server::start(listen.parse().unwrap(), site).unwrap();
        Self { server, api, desk, clock }
    }

    pub fn base(&self) -> Url {
        base(self.server.address)
    }

    /// What the figures say of a reason.
    pub fn counted(&self, label: &str) -> u64 {
        let text = web::render(&self.api.door.metrics());
        let line = text.lines().find(|line| !line.starts_with('#') && line.contains(label));
        line.and_then(|line| line.rsplit(' ').next()).map_or(0, |n| n.parse().unwrap())
    }
}

pub fn base(address: SocketAddr) -> Url {
    Url::parse(&format!("http://{address}/api")).unwrap()
}

/// Shellia's way to what stands at an address.
pub fn peer(base: Url, key: &str, clock: &Clock) -> HttpPeer {
    shellia::discord::install_tls();
    HttpPeer::new(base, Signer::new(&Secret::new(key), "maxis"), clock.clone(), PATIENCE).unwrap()
}

/// Something that answers every request with these bytes.
pub async fn says(answer: &'static str) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            let _read = socket.read(&mut asked).await;
            let _written = socket.write_all(answer.as_bytes()).await;
        }
    });
    base(address)
}
