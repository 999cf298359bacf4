//! A shop whose members ask by commands and pay at a provider in memory.

use crate::payments::provider::{Fault, Provider};
use crate::payments::shop;
use crate::support::db::{Database, run};
use shellia::app::{App, Bot, GuildCache};
use shellia::commands::{self, Answer, Call, Raw, Way, text};
use shellia::domain::accounts::{Person, Presets};
use shellia::jobs::payments;
use shellia::kernel::reply::Reply;
use shellia::kernel::{ChannelId, Clock, GuildId, Locale, Rank, RoleId, UserId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use crate::tickets::world::{labels, n, said, t, timeless, words};

pub const GUILD: u64 = 7;
pub const MARIE: u64 = 10;
pub const JEAN: u64 = 11;
pub const PAUL: u64 = 20;
pub const BOSS: u64 = 22;
const SUPPORT: u64 = 100;
const OPERATOR: u64 = 101;

pub struct World {
    pub app: Arc<App>,
    pub provider: Arc<Provider>,
    pub database: Database,
    requests: AtomicU64,
}

pub fn someone(id: u64) -> Person {
    let (name, role) = match id {
        MARIE => ("Marie", None),
        JEAN => ("Jean", None),
        PAUL => ("Paul", RoleId::new(SUPPORT)),
        BOSS => ("Chef", RoleId::new(OPERATOR)),
        _ => ("Quelqu’un", None),
    };
    Person {
        user: UserId::new(id).unwrap(),
        name: name.to_owned(),
        roles: role.into_iter().collect(),
        manages_guild: false,
        locale: Some(Locale::Fr),
        bot: false,
        joined_at: None,
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A shop that can't take payments.
    pub async fn without_payments() -> Self {
        Self::with(|app| app.gateway = Arc::new(shellia::domain::payments::Unwired)).await
    }

    /// A shop with other parts.
    pub async fn with(change: impl FnOnce(&mut App)) -> Self {
        let database = Database::fresh().await;
        let clock = Clock::new();
        let provider = Arc::new(Provider::new(clock.clone()));
        let parts = Arc::into_inner(shop::app(&database, provider.clone(), clock)).unwrap();
        let ranks =
            vec![(RoleId::new(SUPPORT).unwrap(), Rank::Support), (RoleId::new(OPERATOR).unwrap(), Rank::Operator)];
        let presets = Presets { time_zone: "Europe/Paris".into(), ranks: ranks.clone(), ..Presets::default() };
        let mut app = App { bot: Bot::Maxis, guilds: GuildCache::new(presets), ..parts };
        change(&mut app);
        let mut owner = database.owner().await;
        run(&mut owner, &shop::rows(GUILD)).await;
        run(&mut owner, MORE).await;
        for (role, rank) in ranks {
            let row = format!("insert into staff_roles values ({GUILD}, {role}, '{}')", rank.as_str());
            run(&mut owner, &row).await;
        }
        drop(owner);
        Self { app: Arc::new(app), provider, database, requests: AtomicU64::new(1000) }
    }

    pub fn call(&self, who: u64, command: &str, given: &[(&str, Raw)]) -> Call {
        Call {
            request: self.requests.fetch_add(1, Ordering::Relaxed).to_string(),
            command: command.to_owned(),
            given: given.iter().map(|(name, raw)| ((*name).to_owned(), raw.clone())).collect(),
            person: someone(who),
            guild: GuildId::new(GUILD),
            channel: ChannelId::new(50).unwrap(),
            way: Way::Slash,
            typed: String::new(),
        }
    }

    pub async fn answer(&self, call: &Call) -> Reply {
        said(commands::answer(&self.app, call).await)
    }

    pub async fn asks(&self, who: u64, command: &str, given: &[(&str, Raw)]) -> Reply {
        self.answer(&self.call(who, command, given)).await
    }

    /// The call of a button.
    pub fn press(&self, who: u64, reply: &Reply, label: &str) -> Call {
        let found = reply.buttons.iter().find(|button| button.label == label);
        let action = &found.unwrap_or_else(|| panic!("no button {label} in {:?}", labels(reply))).action;
        let given: Vec<_> = action.options.iter().map(|(name, value)| (name.as_str(), t(value))).collect();
        Call { way: Way::Button, ..self.call(who, &action.command, &given) }
    }

    pub async fn presses(&self, who: u64, reply: &Reply, label: &str) -> Reply {
        self.answer(&self.press(who, reply, label)).await
    }

    /// Types a command; gets what everybody sees.
    pub async fn types(&self, who: u64, message: &str) -> Answer {
        let specs: Vec<_> = commands::of(Bot::Maxis).filter(|spec| !spec.hidden).collect();
        let text::Read::Command(spec, given) = text::read(message, &specs, &self.app.words) else {
            panic!("{message}")
        };
        let call = Call { way: Way::Text, typed: message.to_owned(), given, ..self.call(who, spec.name, &[]) };
        commands::answer(&self.app, &call).await
    }

    /// Types a command and opens the answer that waits.
    pub async fn says(&self, who: u64, message: &str) -> Reply {
        let stub = said(self.types(who, message).await);
        self.presses(who, &stub, "Lire la réponse").await
    }

    /// Asks for an item and agrees.
    pub async fn buys(&self, who: u64, item: &str) -> Reply {
        let offer = self.asks(who, "buy", &[("item", t(item))]).await;
        self.presses(who, &offer, "J’accepte, payer").await
    }

    /// Buys, pays, and lets the worker do the rest.
    pub async fn owns(&self, who: u64, item: &str) -> Reply {
        let reply = self.buys(who, item).await;
        let at = self.provider.state.lock().unwrap().sessions.len() - 1;
        assert!(self.provider.pay(at, true));
        let verified = self.presses(who, &reply, "J’ai payé").await;
        self.work().await;
        verified
    }

    pub async fn work(&self) {
        for _ in 0..3 {
            payments::work_off(&self.app).await.unwrap();
        }
    }

    pub fn fault(&self, fault: Fault) {
        self.provider.state.lock().unwrap().faults.push(fault);
    }

    pub async fn count(&self, query: &str) -> i64 {
        self.database.count(query).await
    }

    pub fn wait_hours(&self, hours: i64) {
        self.app.clock.advance(jiff::SignedDuration::from_hours(hours));
    }
}

/// A file, a hidden plan, a removed plan and a plan that costs nothing, beside what the engine's tests sell.
const MORE: &str = "
    insert into shops (guild_id, loaded_at, updated_at) values (7, now(), now());
    insert into plans (guild_id, code, name, level, hidden, archived, created_at, updated_at) values
      (7, 'founder', 'Fondateur', 9, true, false, now(), now()), (7, 'old', 'Ancienne', 1, false, true, now(), now()),
      (7, 'free', 'Gratuite', 0, false, false, now(), now());
    insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'file', 'Guide', 'file', now(), now());
    insert into product_contents (guild_id, product, file_name, content_type, bytes, updated_at)
      values (7, 'file', 'guide.pdf', 'application/pdf', 'x', now());
    insert into variants (guild_id, product, code, name) values (7, 'file', 'standard', 'Standard');
    insert into prices (guild_id, item, currency, amount_minor, updated_at) values
      (7, 'plan/founder/month', 'eur', 349, now()), (7, 'plan/old/month', 'eur', 499, now()), (7, 'plan/free/month', 'eur', 0, now()),
      (7, 'plan/ultra/month', 'eur', 2999, now()), (7, 'product/file/standard', 'eur', 0, now());";
