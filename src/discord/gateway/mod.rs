//! The gateway: one task for each shard of this process, their sessions on disk, and the end of all of them.
//!
//! Processes that share the shards of one bot share nothing else; Discord's limit on beginning sessions is kept per process.

mod backoff;
mod behind;
mod ear;
mod frame;
mod progress;
mod seat;
mod session;
mod shard;
mod trouble;

pub(in crate::discord) use behind::Missed;
pub(in crate::discord) use frame::{Asked, Told};
pub use seat::State;
pub(in crate::discord) use seat::{Handling, Seat};

use super::Discord;
use super::calm::calmly;
use super::fault::Fault;
use crate::config::Shards;
use session::File;
use shard::Life;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use twilight_gateway::ShardId;
use twilight_gateway::queue::InMemoryQueue;
use twilight_model::gateway::CloseCode;
use twilight_model::gateway::connection_info::BotConnectionInfo;

/// How long to wait before a shard whose task failed is started anew.
const RESTART: Duration = Duration::from_secs(1);

/// Takes what people ask; it must not wait.
pub(super) trait Intake: Send + Sync {
    /// Takes something asked; it counts as handled once `handling` is dropped.
    fn take(self: Arc<Self>, asked: Asked, handling: Handling);

    /// Takes in what was told of members and roles.
    fn hear(&self, told: Told);

    /// Looks for commands among messages that may have been missed, and takes them; done once `handling` and all that was found
    /// because of it are dropped.
    fn catch_up(self: Arc<Self>, missed: Missed, handling: Handling);
}

/// Discord closed the gateway for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Discord closed shard {shard} for good: {} ({})", code, self.remedy())]
pub struct Fatal {
    /// The shard that was closed.
    pub shard: ShardId,
    /// Discord's code (Discord, "Opcodes and Status Codes: Gateway Close Event Codes").
    pub code: CloseCode,
}

impl Fatal {
    /// What an operator can do.
    pub const fn remedy(&self) -> &'static str {
        match self.code {
            CloseCode::AuthenticationFailed => {
                "the bot's token is wrong or was reset: copy it anew from the developer portal"
            }
            CloseCode::InvalidShard => "the shard plan doesn't fit: check SHARDS",
            CloseCode::ShardingRequired => {
                "the bot is in too many servers for so few shards: set SHARDS=all or a larger total"
            }
            CloseCode::DisallowedIntents => {
                "the bot asks for events that it is not allowed: check the intents in the developer portal"
            }
            _ => "this program and the gateway don't fit together: update the program",
        }
    }
}

/// Runs the shards until shutdown; what was heard may still be under way at the return.
///
/// # Errors
/// [`Fatal`] of the first shard that Discord closed for good; the others are ended then.
pub(super) async fn run(
    discord: &Arc<Discord>,
    intake: Arc<dyn Intake>,
    shutdown: CancellationToken,
) -> Result<(), Fatal> {
    let Some(info) = connection_info(discord, &shutdown).await else { return Ok(()) };
    let (numbers, total) = match discord.options().shards {
        Shards::All => (0..=info.shards.max(1) - 1, info.shards.max(1)),
        Shards::Part(part) => (part.first()..=part.last(), part.total()),
    };
    let limit = &info.session_start_limit;
    let reset_after = Duration::from_millis(limit.reset_after);
    // The library insists on a total that is no less than what remains.
    let most = limit.total.max(limit.remaining);
    let queue = InMemoryQueue::new(limit.max_concurrency.max(1), limit.remaining, reset_after, most);
    let base = discord.options().gateway_url.as_ref().map_or(info.url.as_str(), url::Url::as_str);
    let base = base.trim_end_matches('/').to_owned();
    let directory = discord.options().data_dir.join("discord");
    let ids = numbers.filter_map(|number| ShardId::new_checked(number, total));
    let bot = discord.user().get();
    let seats: Vec<Arc<Seat>> = ids.map(|id| Arc::new(Seat::new(id, File::of(&directory, bot, id)))).collect();
    discord.seat(seats.clone());
    let all = shutdown.child_token();
    let life = |seat: Arc<Seat>| Life {
        discord: discord.clone(),
        seat,
        intake: intake.clone(),
        queue: queue.clone(),
        base: base.clone(),
        shutdown: all.clone(),
    };
    let mut lives = JoinSet::new();
    let mut tasks = HashMap::new();
    for seat in seats {
        tasks.insert(lives.spawn(life(seat.clone()).live()).id(), seat);
    }
    let mut outcome = Ok(());
    while let Some(ended) = lives.join_next_with_id().await {
        match ended {
            Ok((_, Ok(()))) => {}
            Ok((_, Err(fatal))) => {
                tracing::error!(error = %fatal, "the gateway is closed for good");
                outcome = outcome.and(Err(fatal));
                all.cancel();
            }
            Err(error) => {
                tracing::error!(%error, "a shard's task failed by a fault of ours and is started anew");
                discord.counters().faults.add();
                tokio::time::sleep(RESTART).await;
                if let Some(seat) = tasks.remove(&error.id()) {
                    tasks.insert(lives.spawn(life(seat.clone()).live()).id(), seat);
                }
            }
        }
    }
    outcome
}

/// Writes the sessions a last time.
pub(super) async fn save(discord: &Discord) {
    for seat in discord.seats() {
        seat.save().await;
    }
}

/// Asks how to connect until Discord answers; `None` at shutdown.
async fn connection_info(discord: &Discord, shutdown: &CancellationToken) -> Option<BotConnectionInfo> {
    let mut backoff = backoff::Backoff::default();
    loop {
        let fault = match calmly(discord.http().gateway().authed()).await {
            Ok(response) => match response.model().await {
                Ok(info) if !info.url.is_empty() => return Some(info),
                Ok(_) | Err(_) => Fault::Unreachable,
            },
            Err(error) => Fault::of(&error),
        };
        discord.counters().failed_requests.add();
        let wait = backoff.after(Duration::ZERO);
        tracing::warn!(%fault, wait_s = wait.as_secs(), "Discord didn't tell where its gateway is; asking again");
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = shutdown.cancelled() => return None,
        }
    }
}
