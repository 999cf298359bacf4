//! A Maxis whose events are those of a database, a link to it that breaks, and a Shellia that posts in channels of a test.

use super::stage::{KEY, Told, base};
use crate::support::app::unwired;
use crate::support::db::Database;
use async_trait::async_trait;
use jiff::Timestamp;
use shellia::app::App;
use shellia::config::Secret;
use shellia::control::{Peer, Signer, Verifier};
use shellia::db::Tx;
use shellia::domain::notifications::events::{self, Figures};
use shellia::domain::notifications::{Courier, Undelivered};
use shellia::jobs;
use shellia::kernel::reply::Reply;
use shellia::kernel::{Actor, ChannelId, Currency, GuildId, Locale, MessageId, Money, System, UserId};
use shellia::peer_http::HttpPeer;
use shellia::pilot::{Follow, Pilot, Piloted, Topic};
use shellia::web::{Api, Door, Pace, Rules, Server, Site, Streams};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub const PATIENCE: Duration = Duration::from_secs(120);

pub fn channel(id: u64) -> ChannelId {
    ChannelId::new(id).unwrap()
}

pub fn guild(id: u64) -> GuildId {
    GuildId::new(id).unwrap()
}

/// A Maxis on a database.
pub struct Shop {
    pub database: Database,
    pub app: Arc<App>,
    address: SocketAddr,
    running: Option<(Server, CancellationToken)>,
    pace: Pace,
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(Pace { alive: Duration::from_millis(300), longest: Duration::from_secs(2), ..Pace::default() }).await
    }

    pub async fn with(pace: Pace) -> Self {
        shellia::discord::install_tls();
        let database = Database::fresh().await;
        let app = unwired(&database);
        let mut shop = Self { database, app, address: "127.0.0.1:0".parse().unwrap(), running: None, pace };
        shop.start();
        shop
    }

    pub fn start(&mut self) {
        let verifier = Some(Verifier::new("maxis", &Secret::new(KEY), None, self.app.clock.now()));
        let often = NonZeroU32::new(1_000_000).unwrap();
        let door = Door::new(Rules {
            verifier,
            clock: self.app.clock.clone(),
            per_minute: often,
            per_key: often,
            allow: Vec::new(),
            proxies: Vec::new(),
        });
        let stop = CancellationToken::new();
        let desk = Arc::new(Told { log: Some((self.app.clone(), stop.clone())), ..Told::default() });
        let api = Arc::new(Api { door, desk, streams: Streams::new(self.pace) });
        let site = Site {
            role: "commerce",
            probe: Arc::new(super::stage::Silent),
            webhook: None,
            api: Some(api),
            panel: None,
            tls: None,
        };
        let server = Server::start(self.address, site).unwrap();
        self.address = server.address;
        self.running = Some((server, stop));
    }

    pub async fn stop(&mut self) {
        let (server, stop) = self.running.take().unwrap();
        stop.cancel();
        server.stop().await;
        // A program that ends takes its connections along: those that the server's threads opened are dead from here on.
        let parts = Arc::into_inner(unwired(&self.database)).unwrap();
        self.app = Arc::new(App { clock: self.app.clock.clone(), ..parts });
    }

    pub fn peer(&self, address: SocketAddr) -> Arc<dyn Peer> {
        let signer = Signer::new(&Secret::new(KEY), "maxis");
        let peer = HttpPeer::new(base(address), signer, self.app.clock.clone(), Duration::from_secs(5)).unwrap();
        Arc::new(peer.silent_for(Duration::from_secs(3)))
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub async fn begin(&self) -> Tx {
        self.app.db.begin(&Actor::system(System::Payments)).await.unwrap()
    }

    /// A sale of an order of that number, for as many cents.
    pub async fn sells(&self, guild: GuildId, order: i64) {
        self.tells(guild, "sale", order).await;
    }

    pub async fn tells(&self, guild: GuildId, kind: &'static str, order: i64) {
        let mut tx = self.begin().await;
        tell(&mut tx, guild, kind, order, self.app.clock.now());
        tx.commit().await.unwrap();
    }
}

pub fn tell(tx: &mut Tx, guild: GuildId, kind: &'static str, order: i64, now: Timestamp) {
    let amount = Some(Money::new(order, Currency::EUR).unwrap());
    events::tell(tx, guild, kind, Figures { order: Some(order), amount, number: None }, now);
}

/// A way to an address that breaks so many times, each time after some bytes of the answer.
pub struct Breaking {
    pub address: SocketAddr,
    left: Arc<AtomicUsize>,
}

impl Breaking {
    pub async fn to(address: SocketAddr, times: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let left = Arc::new(AtomicUsize::new(times));
        let breaking = Self { address: listener.local_addr().unwrap(), left: left.clone() };
        tokio::spawn(async move {
            let mut seed = 7_u64;
            while let Ok((near, _)) = listener.accept().await {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let bytes = usize::try_from((seed >> 33) % 1_500).unwrap();
                tokio::spawn(lead(near, address, bytes, left.clone()));
            }
        });
        breaking
    }

    /// How often it will break still.
    pub fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }
}

async fn lead(near: TcpStream, to: SocketAddr, mut bytes: usize, left: Arc<AtomicUsize>) {
    let Ok(far) = TcpStream::connect(to).await else { return };
    let ((mut from_near, mut to_near), (mut from_far, mut to_far)) = (near.into_split(), far.into_split());
    let there = async {
        let _ended = tokio::io::copy(&mut from_near, &mut to_far).await;
    };
    let back = async {
        let mut part = [0; 4096];
        loop {
            let read = match from_far.read(&mut part).await {
                Ok(0) | Err(_) => return,
                Ok(read) => read,
            };
            let breaks = left.load(Ordering::Relaxed) > 0;
            let passed = if breaks { read.min(bytes) } else { read };
            if to_near.write_all(&part[..passed]).await.is_err() {
                return;
            }
            bytes -= passed.min(bytes);
            if breaks && bytes == 0 {
                left.fetch_sub(1, Ordering::Relaxed);
                return;
            }
        }
    };
    // However it ends, both sides are closed.
    tokio::select! {
        () = there => {}
        () = back => {}
    }
}

/// What a post meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meets {
    Refusal(Undelivered),
    /// It is there, and nobody heard.
    LostAnswer,
}

#[derive(Default)]
struct Posts {
    all: Vec<(ChannelId, String)>,
    nonces: HashMap<String, MessageId>,
    meets: HashMap<ChannelId, Vec<Meets>>,
    tries: usize,
    /// Messages with buttons, as they stand.
    cards: Vec<(ChannelId, MessageId, Reply)>,
    /// What the next edits meet, the last first.
    edits: Vec<Undelivered>,
}

/// Channels, with Discord's rule of nonces. They outlive any Shellia.
#[derive(Default)]
pub struct Channels(Mutex<Posts>);

impl Channels {
    /// What can be read in a channel.
    pub fn read(&self, channel: ChannelId) -> Vec<String> {
        let posts = self.0.lock().unwrap();
        posts.all.iter().filter(|(of, _)| *of == channel).map(|(_, text)| text.clone()).collect()
    }

    /// The next posts in a channel meet these, the last first.
    pub fn meets(&self, channel: ChannelId, meets: Vec<Meets>) {
        self.0.lock().unwrap().meets.insert(channel, meets);
    }

    /// A reply stands in a channel from now on.
    pub fn shows(&self, channel: ChannelId, reply: &Reply) -> MessageId {
        let mut posts = self.0.lock().unwrap();
        let id = MessageId::new(1_000 + u64::try_from(posts.cards.len()).unwrap()).unwrap();
        posts.cards.push((channel, id, reply.clone()));
        id
    }

    /// A reply as it stands now.
    pub fn shown(&self, id: MessageId) -> Reply {
        let posts = self.0.lock().unwrap();
        posts.cards.iter().find(|(_, of, _)| *of == id).unwrap().2.clone()
    }

    /// The next edits meet these, the last first.
    pub fn edits_meet(&self, meet: Vec<Undelivered>) {
        self.0.lock().unwrap().edits = meet;
    }

    pub fn tries(&self) -> usize {
        self.0.lock().unwrap().tries
    }

    /// Waits until so many can be read.
    pub async fn holds(&self, channel: ChannelId, count: usize) -> Vec<String> {
        let reached = async {
            while self.read(channel).len() < count {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, reached).await.is_err() {
            panic!("{} of {count} posts: {:?}", self.read(channel).len(), self.read(channel).last());
        }
        self.read(channel)
    }
}

#[async_trait]
impl Courier for Channels {
    async fn post(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId, Undelivered> {
        let mut posts = self.0.lock().unwrap();
        posts.tries += 1;
        assert!(nonce.len() <= 25, "Discord takes no longer one");
        let met = posts.meets.get_mut(&channel).and_then(Vec::pop);
        if let Some(Meets::Refusal(refusal)) = met {
            return Err(refusal);
        }
        let next = MessageId::new(u64::try_from(posts.nonces.len()).unwrap() + 1).unwrap();
        // Discord knows a nonce by its author, whatever the channel.
        let known = posts.nonces.get(nonce).copied();
        if known.is_none() {
            posts.nonces.insert(nonce.to_owned(), next);
            let titles = reply.cards.iter().map(|card| format!("[{}]", card.title));
            let lines = std::iter::once(reply.text.clone()).chain(titles).filter(|line| !line.is_empty());
            posts.all.push((channel, lines.collect::<Vec<_>>().join("\n")));
        }
        match met {
            Some(Meets::LostAnswer) => Err(Undelivered::Later(None)),
            _ => Ok(known.unwrap_or(next)),
        }
    }

    async fn edit(&self, channel: ChannelId, message: MessageId, reply: &Reply) -> Result<(), Undelivered> {
        let mut posts = self.0.lock().unwrap();
        if let Some(met) = posts.edits.pop() {
            return Err(met);
        }
        let found = posts.cards.iter_mut().find(|(at, id, _)| (*at, *id) == (channel, message));
        found.ok_or(Undelivered::Gone)?.2 = reply.clone();
        Ok(())
    }

    async fn tell(&self, _: UserId, _: &Reply, _: &str) -> Result<MessageId, Undelivered> {
        Err(Undelivered::DmShut)
    }

    async fn remove(&self, _: ChannelId, _: MessageId, _: Option<UserId>) -> Result<(), Undelivered> {
        Err(Undelivered::Gone)
    }

    async fn find(&self, channel: ChannelId, action: &str) -> Result<Option<MessageId>, Undelivered> {
        let posts = self.0.lock().unwrap();
        let has = |reply: &Reply| reply.buttons.iter().any(|button| button.action.to_string() == action);
        let found = posts.cards.iter().rev().find(|(at, _, reply)| *at == channel && has(reply));
        Ok(found.map(|(_, id, _)| *id))
    }

    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, Undelivered> {
        Err(Undelivered::Gone)
    }
}

/// A Shellia that runs.
pub struct Shellia {
    pub app: Arc<App>,
    stop: CancellationToken,
    task: JoinHandle<usize>,
}

impl Shellia {
    /// Starts with what is kept in a directory.
    pub fn start(peers: Vec<Piloted>, channels: &Arc<Channels>, directory: &Path, pace: Duration) -> Self {
        let pilot = Arc::new(Pilot::open(peers, directory).unwrap());
        let app = Arc::new(App { courier: channels.clone(), ..super::status::shellia_app(pilot) });
        let stop = CancellationToken::new();
        let task = tokio::spawn(jobs::pilot::run(app.clone(), pace, stop.clone()));
        Self { app, stop, task }
    }

    /// Ends in order.
    pub async fn stop(self) {
        self.stop.cancel();
        assert_eq!(self.task.await.unwrap(), 0, "every loop stops in time");
    }

    /// Ends as a crash does: nothing more is written.
    pub async fn dies(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }

    pub fn follows(&self, of: u64, at: u64, topics: &[Topic]) {
        let topics = topics.iter().copied().collect();
        let follow = Follow { guild: guild(of), channel: channel(at), topics, locale: Locale::Fr, ended: None };
        self.app.pilot.change("maxis", |kept| kept.follow(follow)).unwrap();
    }

    /// Waits until the stream of events stands.
    pub async fn listens(&self) {
        let listens = async {
            while self.app.pilot.kept("maxis").after.is_none() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, listens).await.expect("the events are followed");
    }
}
