//! A guild with a member and an agent, and workers that can be started and killed.

use super::courier::{FakeCourier, Members};
use crate::support::beacon::FakeBeacon;
use crate::support::db::{Database, count, run};
use jiff::SignedDuration;
use shellia::app::{App, Bot, Drafts, GuildCache, Limits, PromotionRules, Rates, TicketRules};
use shellia::commands::Blind;
use shellia::db::Tx;
use shellia::domain::accounts::Presets;
use shellia::domain::tickets::{Category, DisplayName, NewFile, NewTicket, Post, Priority, Step, Ticket, service};
use shellia::jobs;
use shellia::kernel::text::{Body, Line};
use shellia::kernel::words::Words;
use shellia::kernel::{Actor, ChannelId, Clock, GuildId, Locale, Rank, UserId};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits for what should happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct World {
    pub database: Database,
    pub app: Arc<App>,
    pub courier: Arc<FakeCourier>,
    pub members: Arc<Members>,
    pub beacon: Arc<FakeBeacon>,
    pub guild: GuildId,
    pub marie: UserId,
    pub agent: UserId,
    pub staff_channel: ChannelId,
    pub support_channel: ChannelId,
}

/// A running process' worth of jobs.
pub struct Worker {
    stop: CancellationToken,
    task: JoinHandle<usize>,
}

impl Worker {
    /// Ends it as a signal does.
    pub async fn stop(self) {
        self.stop.cancel();
        assert_eq!(self.task.await.unwrap(), 0, "every loop stops in time");
    }

    /// Ends it as `kill -9` does: whatever it was doing stays half done.
    pub async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

pub fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

pub fn channel(id: u64) -> ChannelId {
    ChannelId::new(id).unwrap()
}

impl World {
    pub async fn new() -> Self {
        let presets = Presets {
            locale: Locale::Fr,
            time_zone: "Europe/Paris".into(),
            support_channel: Some(channel(100)),
            staff_channel: Some(channel(200)),
            ranks: Vec::new(),
        };
        Self::with(presets).await
    }

    pub async fn with(presets: Presets) -> Self {
        let database = Database::fresh().await;
        let courier = Arc::new(FakeCourier::default());
        let members = Arc::new(Members::default());
        let clock = Clock::new();
        let beacon = Arc::new(FakeBeacon::new(clock.clone()));
        let app = Arc::new(App {
            bot: Bot::Maxis,
            db: database.open(),
            clock,
            words: Words::new(),
            guilds: GuildCache::new(presets),
            drafts: Drafts::default(),
            limits: Limits::new(Rates::default()),
            tickets: TicketRules { open_max: 0, ..TicketRules::default() },
            promotions: PromotionRules::default(),
            privacy: shellia::domain::privacy::PrivacyRules::default(),
            shop: shellia::domain::shop::ShopRules::default(),
            gateway: Arc::new(shellia::domain::payments::Unwired),
            beacon: beacon.clone(),
            peer: Arc::new(shellia::control::Unwired),
            pilot: Arc::default(),
            courier: courier.clone(),
            roles: members.clone(),
            news: shellia::app::News::default(),
            inspector: Arc::new(Blind),
        });
        let guild = GuildId::new(7).unwrap();
        app.guild(guild).await.unwrap();
        Self {
            database,
            app,
            courier,
            members,
            beacon,
            guild,
            marie: user(50),
            agent: user(60),
            staff_channel: channel(200),
            support_channel: channel(100),
        }
    }

    pub fn start(&self) -> Worker {
        let stop = CancellationToken::new();
        Worker { task: tokio::spawn(jobs::run(self.app.clone(), stop.clone())), stop }
    }

    pub fn pass(&self, time: SignedDuration) {
        self.app.clock.advance(time);
    }

    pub async fn as_marie(&self) -> Tx {
        self.app.db.begin(&Actor::member(self.guild, self.marie)).await.unwrap()
    }

    pub async fn as_agent(&self) -> Tx {
        self.app.db.begin(&Actor::staff(self.guild, self.agent, Rank::Support)).await.unwrap()
    }

    pub fn step(&self, number: i64) -> Step<'_> {
        Step { guild: self.guild, number, rules: &self.app.tickets, now: self.app.clock.now() }
    }

    pub async fn marie_opens(&self, subject: &str) -> Ticket {
        self.marie_opens_with(subject, Vec::new()).await
    }

    pub async fn marie_opens_with(&self, subject: &str, files: Vec<NewFile>) -> Ticket {
        let new = NewTicket {
            guild: self.guild,
            opener: self.marie,
            opener_name: DisplayName::new("Marie"),
            opener_locale: Locale::Fr,
            subject: Line::parse(subject).unwrap(),
            description: Body::parse("Ma carte est refusée").unwrap(),
            category: Category::Billing,
            priority: Priority::High,
            files,
        };
        let mut tx = self.as_marie().await;
        let opened = service::create(&mut tx, new, &self.app.tickets, self.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        opened.ticket
    }

    pub async fn agent_replies(&self, number: i64, text: &str) {
        let mut tx = self.as_agent().await;
        service::reply(&mut tx, &self.step(number), post("Nina", text)).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn agent_notes(&self, number: i64, text: &str) {
        let mut tx = self.as_agent().await;
        service::note(&mut tx, &self.step(number), post("Nina", text)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Runs statements as the owner.
    pub async fn behind(&self, statements: &str) {
        run(&mut self.database.owner().await, statements).await;
    }

    /// Waits until a count is as expected; fails when it isn't in time.
    pub async fn until(&self, query: &str, expected: i64) {
        let mut owner = self.database.owner().await;
        let started = Instant::now();
        loop {
            let found = count(&mut owner, query).await;
            if found == expected {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{query}: {found}, not {expected}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until the courier was called so often.
    pub async fn until_calls(&self, calls: usize) {
        let started = Instant::now();
        while self.courier.calls() < calls {
            assert!(started.elapsed() < PATIENCE, "{} calls, not {calls}", self.courier.calls());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until nothing is left to deliver.
    pub async fn until_idle(&self) {
        self.until("select count(*) as n from outbox where state = 'pending'", 0).await;
    }

    /// How many notices of a kind ended in a way.
    pub async fn ended(&self, kind: &str, outcome: &str) -> i64 {
        let query = format!(
            "select count(*) as n from outbox where kind = '{kind}' and outcome = '{outcome}' and done_at is not null"
        );
        self.database.count(&query).await
    }
}

pub fn post(name: &str, text: &str) -> Post {
    Post { author_name: DisplayName::new(name), body: Body::parse(text).unwrap(), files: Vec::new() }
}
