//! Answers the control API: what Maxis tells of itself and of a guild's shop, to whom it may.

mod figures;
mod lists;
mod person;
mod plans;
mod refusals;
mod shop;

use plans::Lane;
pub use plans::PlanRules;
use refusals::Asked;

use crate::app::{App, told_events};
use crate::commands;
use crate::control::{
    self, Analytics, Asker, Batch, Behalf, Catalogue, Denied, Desk, Giveaways, GuildSettings, Promotions, Report,
    Settings, Status, Tickets, Turned, Wanted,
};
use crate::discord;
use crate::domain::{notifications, payments};
use crate::kernel::{Actor, Error, Result, System};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How long the database may take before it counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells what the bot's connection to Discord is doing.
type Connection = Box<dyn Fn() -> discord::Status + Send + Sync>;

/// Maxis' desk.
pub struct MaxisDesk {
    app: Arc<App>,
    connection: Connection,
    since: Timestamp,
    rules: PlanRules,
    lane: Lane,
    stop: CancellationToken,
}

impl MaxisDesk {
    /// A desk over what Maxis has at hand, served until `stop`; `connection` tells how Discord is reached.
    pub fn new(
        app: Arc<App>,
        connection: impl Fn() -> discord::Status + Send + Sync + 'static,
        rules: PlanRules,
        stop: CancellationToken,
    ) -> Self {
        let since = app.clock.now();
        Self { app, connection: Box::new(connection), since, rules, lane: Lane::new(), stop }
    }

    async fn asked(&self) -> Result<(notifications::Backlog, Option<Timestamp>)> {
        let mut tx = self.app.db.begin(&Actor::system(System::Outbox)).await?;
        let backlog = notifications::backlog(&mut tx, self.app.clock.now()).await?;
        tx.end().await?;
        let mut tx = self.app.db.begin(&Actor::system(System::Payments)).await?;
        let heard = payments::heard_at(&mut tx).await?;
        tx.end().await?;
        Ok((backlog, heard))
    }
}

impl MaxisDesk {
    /// What is answered where something could not be done; what an operator of the machine must know is logged.
    fn denied(&self, asker: Asker, error: &Error) -> Denied {
        commands::log("control", error);
        person::denied(&self.app, asker.locale, error)
    }

    /// What a person is answered; what a rule refused him is written down.
    async fn told<T: Send>(&self, asker: Asker, asked: Asked, answer: Result<T>) -> Result<T, Denied> {
        match answer {
            Ok(answer) => {
                // Nobody else is answered.
                if let Behalf::Person { guild, user } = asker.behalf {
                    self.lane.saw(guild, user, self.app.clock.now());
                }
                Ok(answer)
            }
            Err(error) => {
                refusals::note(&self.app, asker, asked, &error).await;
                Err(self.denied(asker, &error))
            }
        }
    }
}

fn number(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

#[async_trait]
impl Desk for MaxisDesk {
    async fn status(&self) -> Status {
        let began = Instant::now();
        let asked = match tokio::time::timeout(PATIENCE, self.asked()).await {
            Ok(Ok(asked)) => Some(asked),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database could not be asked for the status");
                None
            }
            Err(_) => None,
        };
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (connections, used) = self.app.db.usage();
        let size = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let told = (self.connection)();
        let ready: Vec<_> = told.shards.iter().filter(|shard| shard.state == discord::State::Ready).collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let works = asked.is_some() && told.is_ready();
        Status {
            state: if works { control::State::Up } else { control::State::Degraded },
            version: env!("CARGO_PKG_VERSION").to_owned(),
            now: self.app.clock.now(),
            since: self.since,
            discord: control::Discord {
                shards: count(told.shards.len()),
                ready: count(ready.len()),
                latency_ms: ready.iter().filter_map(|shard| shard.latency_ms).max(),
                slash_only: told.slash_only,
            },
            database: control::Database {
                ok: asked.is_some(),
                took_ms,
                connections: size(connections),
                used: size(used),
            },
            outbox: asked.map(|(backlog, _)| control::Outbox {
                waiting: number(backlog.waiting),
                due: number(backlog.due),
                oldest_s: number(backlog.oldest_s),
            }),
            payments: control::Payments { on: self.app.gateway.is_on(), heard_at: asked.and_then(|(_, heard)| heard) },
        }
    }

    async fn giveaways(&self, asker: Asker, before: Option<i64>) -> Result<Giveaways, Denied> {
        self.told(asker, ("giveaways", None), lists::giveaways(&self.app, asker, before).await).await
    }

    fn on_plans(&self) -> &dyn control::PlanDesk {
        self
    }

    async fn analytics(&self, asker: Asker, wanted: &Wanted) -> Result<Analytics, Denied> {
        self.told(asker, ("analytics", None), figures::analytics(&self.app, asker, wanted).await).await
    }

    async fn report(&self, asker: Asker, wanted: &Wanted) -> Result<Report, Denied> {
        self.told(asker, ("report", None), figures::report(&self.app, asker, wanted).await).await
    }

    async fn promotions(&self, asker: Asker, before: Option<i64>) -> Result<Promotions, Denied> {
        self.told(asker, ("promotions", None), shop::promotions(&self.app, asker, before).await).await
    }

    async fn tickets(&self, asker: Asker, wanted: &Wanted) -> Result<Tickets, Denied> {
        self.told(asker, ("tickets", None), figures::tickets(&self.app, asker, wanted).await).await
    }

    async fn catalogue(&self, asker: Asker) -> Result<Catalogue, Denied> {
        self.told(asker, ("catalogue", None), shop::catalogue(&self.app, asker).await).await
    }

    async fn settings(&self, asker: Asker) -> Result<Settings, Denied> {
        self.told(asker, ("settings", None), shop::settings(&self.app, asker).await).await
    }

    async fn guild(&self, asker: Asker) -> Result<GuildSettings, Denied> {
        self.told(asker, ("guild", None), person::settings(&self.app, asker).await).await
    }

    async fn turned_away(&self, asker: Asker, why: Turned) {
        refusals::turned_away(&self.app, asker, why.word()).await;
    }

    async fn events(&self, after: Option<&str>, wait: Duration) -> Result<Batch, Denied> {
        let read = told_events(&self.app, after, wait, &self.stop).await;
        read.map_err(|error| self.denied(Asker::watch(), &error))
    }
}
