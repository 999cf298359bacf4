//! Connects a bot to Discord and keeps its task.

use super::Failed;
use crate::app::App;
use crate::config::{Secret, Settings};
use crate::discord::{ConnectError, Discord, Options};
use crate::web::Metric;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Pauses between tries to reach Discord at start.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Connects, trying again while Discord can't be reached.
pub(super) async fn connect(
    settings: &Settings,
    token: Option<&Secret>,
    name: &'static str,
    stop: &CancellationToken,
) -> Result<Arc<Discord>, Failed> {
    let token = token.ok_or_else(|| Failed::new(format!("{name} is not set")))?;
    let mut pause = FIRST_PAUSE;
    loop {
        let tried = tokio::select! {
            tried = Discord::connect(Options::of(settings, token.clone())) => tried,
            () = stop.cancelled() => return Err(Failed::new("stopped before Discord was reached")),
        };
        match tried {
            Ok(discord) => return Ok(discord),
            Err(error @ ConnectError::Unreachable { .. }) => {
                tracing::warn!(%error, again_in_s = pause.as_secs(), "Discord was not reached");
            }
            Err(error) => return Err(Failed::new(format!("{name}: {error}"))),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return Err(Failed::new("stopped before Discord was reached")),
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// A bot that hears and answers.
pub(super) struct Bot {
    task: Option<JoinHandle<Result<(), crate::discord::Fatal>>>,
}

impl Bot {
    /// Starts hearing.
    pub(super) fn start(discord: Arc<Discord>, app: Arc<App>, stop: CancellationToken) -> Self {
        Self { task: Some(tokio::spawn(discord.run(app, stop))) }
    }

    /// Ends when Discord refuses the bot for good.
    pub(super) async fn broken(&mut self) -> Failed {
        let Some(task) = self.task.as_mut() else { return std::future::pending().await };
        let ended = task.await;
        self.task = None;
        match ended {
            Ok(Ok(())) => std::future::pending().await,
            Ok(Err(fatal)) => Failed::new(fatal.to_string()),
            Err(error) => Failed::new(format!("the gateway's task ended: {error}")),
        }
    }

    /// Waits for the end after the stop was called.
    pub(super) async fn ended(self) {
        if let Some(task) = self.task
            && let Ok(Err(fatal)) = task.await
        {
            tracing::warn!(%fatal, "Discord closed the gateway for good");
        }
    }
}

/// The figures of the Discord edge.
pub(super) fn metrics(discord: &Discord) -> Vec<Metric> {
    let mut metrics: Vec<Metric> =
        discord.counters().samples().into_iter().map(|s| Metric::new(s.name, s.help, s.value)).collect();
    let status = discord.status();
    let ready = status.shards.iter().filter(|shard| shard.state == crate::discord::State::Ready).count();
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    metrics.push(Metric::new("shellia_discord_shards", "Shards of this process.", number(status.shards.len())));
    metrics.push(Metric::new("shellia_discord_shards_ready", "Shards that hear events.", number(ready)));
    metrics.push(Metric::new(
        "shellia_discord_slash_only",
        "1 when typed commands are not heard.",
        u64::from(status.slash_only),
    ));
    metrics
}
