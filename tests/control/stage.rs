//! A Maxis that answers what it was told to, behind the real door; and other things that may stand at its address.

use async_trait::async_trait;
use jiff::Timestamp;
use shellia::config::Secret;
use shellia::control::{
    Asker, Batch, Database, Denied, Desk, Discord, Giveaways, GuildSettings, Outbox, Payments, Signer, State, Status, Verifier,
};
use shellia::kernel::{Clock, Locale};
use shellia::peer_http::HttpPeer;
use shellia::web::{self, Api, Check, Door, Metric, Probe, Rules, Server, Site, Streams};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
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

/// Answers with this after a while.
pub struct Told {
    pub status: Mutex<Status>,
    pub after: Mutex<Duration>,
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

    async fn guild(&self, _: Asker) -> Result<GuildSettings, Denied> {
        Ok(GuildSettings { locale: Locale::Fr, time_zone: "Europe/Paris".to_owned() })
    }

    async fn events(&self, after: Option<&str>, wait: Duration) -> Result<Batch, Denied> {
        tokio::time::sleep(wait).await;
        Ok(Batch { events: Vec::new(), reached: after.unwrap_or("1-0").to_owned() })
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
        shellia::discord::install_tls();
        let clock = Clock::new();
        let desk = Arc::new(Told { status: Mutex::new(healthy()), after: Mutex::new(Duration::ZERO) });
        // Signed in the second in which it began is late enough.
        let began = clock.now();
        let verifier = Some(Verifier::new("maxis", &Secret::new(KEY), None, began));
        let mut rules = Rules { verifier, clock: clock.clone(), per_minute: NonZeroU32::new(10_000).unwrap() };
        change(&mut rules, &clock);
        let api = Arc::new(Api { door: Door::new(rules), desk: desk.clone(), streams: Streams::default() });
        let site = Site { role: "commerce", probe: Arc::new(Silent), webhook: None, api: Some(api.clone()) };
        let server = Server::start("127.0.0.1:0".parse().unwrap(), site).unwrap();
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
