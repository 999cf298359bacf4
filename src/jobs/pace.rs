//! The pace of loops: how they wait, what they do after a failure, and how they end.

use crate::kernel::{Error, Result};
use std::collections::HashMap;
use std::time::Duration;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

/// Longest wait after a failure.
const LONGEST: Duration = Duration::from_secs(5);

/// Loops that run side by side.
#[derive(Default)]
pub(super) struct Loops {
    tasks: JoinSet<()>,
    names: HashMap<Id, &'static str>,
}

impl Loops {
    /// Starts a loop.
    pub(super) fn start(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let handle = self.tasks.spawn(task);
        self.names.insert(handle.id(), name);
    }

    /// Waits for the loops to end; what is left after `grace` is aborted and counted.
    pub(super) async fn stopped_within(mut self, grace: Duration) -> usize {
        let ended = async {
            while let Some(ended) = self.tasks.join_next_with_id().await {
                match ended {
                    Ok((id, ())) => drop(self.names.remove(&id)),
                    Err(error) => {
                        let name = self.names.remove(&error.id()).unwrap_or("unknown");
                        tracing::error!(name, %error, "a loop ended by a fault of ours");
                    }
                }
            }
        };
        let in_time = tokio::time::timeout(grace, ended).await;
        if in_time.is_err() {
            let left: Vec<&str> = self.names.values().copied().collect();
            tracing::warn!(?left, "loops did not stop in time");
        }
        self.tasks.abort_all();
        self.tasks.len()
    }
}

/// Runs `step` every `period`, or at once again while it says that more is to do; after failures it waits longer.
pub(super) async fn every<F>(
    what: &'static str,
    period: Duration,
    stop: &CancellationToken,
    mut step: impl FnMut() -> F,
) where
    F: Future<Output = Result<bool>>,
{
    let mut failures = Failures::new(what);
    while !stop.is_cancelled() {
        let wait = match step().await {
            Ok(more) => {
                failures.over();
                if more { Duration::ZERO } else { period }
            }
            Err(error) => failures.seen(&error).max(period),
        };
        if !sleep(wait, stop).await {
            return;
        }
    }
}

/// Sleeps; tells whether to go on.
pub(super) async fn sleep(wait: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(wait) => true,
    }
}

/// Failures in a row: the first is logged, the wait grows.
pub(super) struct Failures {
    what: &'static str,
    count: u32,
}

impl Failures {
    pub(super) const fn new(what: &'static str) -> Self {
        Self { what, count: 0 }
    }

    /// Counts a failure; returns how long to wait.
    pub(super) fn seen(&mut self, error: &Error) -> Duration {
        let what = self.what;
        match error {
            Error::Unavailable { .. } if self.count == 0 => tracing::warn!(what, %error, "a loop can't work for now"),
            Error::Unavailable { .. } => tracing::debug!(what, %error, "a loop still can't work"),
            _ => tracing::error!(what, %error, "a loop met a fault of ours"),
        }
        self.count = self.count.saturating_add(1);
        Duration::from_millis(250).saturating_mul(2_u32.saturating_pow(self.count.min(8))).min(LONGEST)
    }

    /// Whether the last try went well.
    pub(super) const fn none(&self) -> bool {
        self.count == 0
    }

    /// Forgets the failures after a success.
    pub(super) fn over(&mut self) {
        if self.count > 0 {
            tracing::info!(what = self.what, failures = self.count, "a loop works again");
        }
        self.count = 0;
    }
}
