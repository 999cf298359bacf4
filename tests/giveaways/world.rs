//! A guild in whose database giveaways are made, entered and ended; Discord is not connected.

use crate::support::app::{SHOP, unwired};
use crate::support::db::{Database, run};
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use shellia::app::App;
use shellia::db::Tx;
use shellia::domain::giveaways::entering::{self, Entered, Entrant};
use shellia::domain::giveaways::service::{self, Step};
use shellia::domain::giveaways::{Also, Giveaway, NewGiveaway, Prize, Requirements, SourceKind, reading, work};
use shellia::kernel::{Actor, ChannelId, GuildId, MessageId, Result, RoleId, System, UserId};
use std::sync::Arc;

/// The guild.
pub const GUILD: u64 = 7;
/// Another one.
pub const GUILD_ELSEWHERE: u64 = SHOP;

pub struct World {
    pub app: Arc<App>,
    pub database: Database,
}

pub fn guild(id: u64) -> GuildId {
    GuildId::new(id).unwrap()
}

pub fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

pub fn role(id: u64) -> RoleId {
    RoleId::new(id).unwrap()
}

/// A giveaway of two days, by a public beacon.
pub fn new_giveaway() -> NewGiveaway {
    NewGiveaway {
        guild: guild(GUILD),
        request: "r1".to_owned(),
        host: user(22),
        channel: ChannelId::new(50).unwrap(),
        title: "Un jeu".to_owned(),
        description: String::new(),
        winners: 1,
        prize: Prize::Hand,
        also: Also::default(),
        requirements: Requirements::default(),
        claim_hours: 48,
        source: SourceKind::Quicknet,
        source_value: None,
        salt: "ab".repeat(32),
        secret: None,
        starts_at: Timestamp::UNIX_EPOCH,
        // Two days from now, by the world that makes it.
        ends_at: Timestamp::MAX,
    }
}

/// The giveaway as it stands.
pub async fn made(tx: &mut Tx, number: i64) -> Giveaway {
    reading::one(tx, guild(GUILD), number).await.unwrap()
}

impl World {
    pub async fn new() -> Self {
        let database = Database::fresh().await;
        let app = unwired(&database);
        let world = Self { app, database };
        world
            .run(
                "insert into guilds (guild_id, created_at, updated_at) values (7, now(), now()), (100, now(), now()); \
                 insert into plans (guild_id, code, name, created_at, updated_at) values (7, 'pro', 'Pro', now(), now());",
            )
            .await;
        world
    }

    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub fn pass(&self, time: SignedDuration) {
        self.app.clock.advance(time);
    }

    /// Runs statements as the owner.
    pub async fn run(&self, statements: &str) {
        run(&mut self.database.owner().await, statements).await;
    }

    /// A transaction of the duty that changes giveaways.
    pub async fn system(&self, id: u64) -> Tx {
        self.app.db.begin(&Actor::system_in(System::Payments, guild(id))).await.unwrap()
    }

    /// Runs statements as the login in that duty.
    pub async fn as_payments(&self, statements: &str) -> std::result::Result<(), String> {
        use diesel_async::SimpleAsyncConnection;
        let identity =
            "begin; select set_config('role', 'maxis_payments', true), set_config('app.duty', 'payments', true);";
        let done = self.database.login().await.batch_execute(&format!("{identity} {statements}; commit")).await;
        done.map_err(|error| error.to_string())
    }

    /// Makes a giveaway; without an end of its own, it ends in two days.
    pub async fn makes(&self, new: NewGiveaway) -> Result<Giveaway> {
        let two_days = self.now().checked_add(SignedDuration::from_hours(48)).unwrap();
        let ends_at = if new.ends_at == Timestamp::MAX { two_days } else { new.ends_at };
        let mut tx = self.system(GUILD).await;
        match service::create(&mut tx, &NewGiveaway { ends_at, ..new }, self.now()).await {
            Ok(giveaway) => tx.commit().await.map(|()| giveaway),
            Err(error) => {
                tx.rollback().await.unwrap();
                Err(error)
            }
        }
    }

    /// Announces a giveaway as the program does.
    pub async fn announces(&self, number: i64) {
        let mut tx = self.system(GUILD).await;
        let seen = made(&mut tx, number).await;
        let message = MessageId::new(1).unwrap();
        let announced = work::change(&mut tx, &seen, self.now(), |giveaway| {
            work::announced(giveaway, message);
            work::shown(giveaway, message, "x".to_owned());
        });
        announced.await.unwrap().expect("it stands as it was seen");
        tx.commit().await.unwrap();
    }

    /// Makes and announces a giveaway; gives its number.
    pub async fn opens(&self, new: NewGiveaway) -> i64 {
        let number = self.makes(new).await.unwrap().number;
        self.announces(number).await;
        number
    }

    pub async fn enters(&self, number: i64, who: Entrant) -> Result<Entered> {
        let mut tx = self.system(GUILD).await;
        let entered = entering::enter(&mut tx, guild(GUILD), number, who, self.now()).await;
        end(tx, entered).await
    }

    pub async fn leaves(&self, number: i64, id: u64) -> Result<bool> {
        let mut tx = self.system(GUILD).await;
        let left = entering::leave(&mut tx, guild(GUILD), number, user(id), self.now()).await;
        end(tx, left.map(|(_, gone)| gone)).await
    }

    /// Staff change a giveaway.
    pub async fn staff(
        &self,
        number: i64,
        request: &'static str,
        change: impl for<'a> FnOnce(&'a mut Tx, Step<'static>) -> BoxFuture<'a, Result<Giveaway>>,
    ) -> Result<Giveaway> {
        let step = Step { guild: guild(GUILD), number, by: user(22), request, now: self.now() };
        let mut tx = self.system(GUILD).await;
        let changed = change(&mut tx, step).await;
        end(tx, changed).await
    }
}

async fn end<T>(tx: Tx, done: Result<T>) -> Result<T> {
    match done {
        Ok(value) => tx.commit().await.map(|()| value),
        Err(error) => {
            tx.rollback().await.unwrap();
            Err(error)
        }
    }
}
