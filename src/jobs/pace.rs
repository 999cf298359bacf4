//! The pace of loops: how they wait, what they do after a failure, and how they end.

use crate::kernel::{Error, Result};
use futures_util::FutureExt;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

/// Longest wait after a failure.
const LONGEST: Duration = Duration::from_secs(5);

/// Wait before a loop that failed begins again.
const RESTART: Duration = Duration::from_secs(1);

/// Loops that run side by side.
#[derive(Default)]
pub(super) struct Loops {
    tasks: JoinSet<()>,
    names: HashMap<Id, &'static str>,
}

impl Loops {
    /// Starts a loop; one that ends before `stop`, by a fault of ours, begins again.
    pub(super) fn start<F>(&mut self, name: &'static str, stop: CancellationToken, job: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let watched = async move {
            loop {
                let ended = AssertUnwindSafe(job()).catch_unwind().await;
                if stop.is_cancelled() {
                    return;
                }
                tracing::error!(name, panicked = ended.is_err(), "a loop ended by a fault of ours and begins again");
                sleep(RESTART, &stop).await;
            }
        };
        let handle = self.tasks.spawn(watched);
        self.names.insert(handle.id(), name);
    }

    /// Waits for the loops to end; what is left after `grace` is aborted and counted.
    pub(super) async fn stopped_within(mut self, grace: Duration) -> usize {
        let ended = async {
            while let Some(ended) = self.tasks.join_next_with_id().await {
                let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
                self.names.remove(&id);
            }
        };
        if tokio::time::timeout(grace, ended).await.is_err() {
            let left: Vec<&str> = self.names.values().copied().collect();
            tracing::warn!(?left, "loops did not stop in time");
        }
        self.tasks.abort_all();
        self.names.len()
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
            Error::Unavailable { .. } | Error::Unsure { .. } if self.count == 0 => {
                tracing::warn!(what, %error, "a loop can't work for now")
            }
            Error::Unavailable { .. } | Error::Unsure { .. } => {
                tracing::debug!(what, %error, "a loop still can't work")
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::error::Cause;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn loops_that_do_not_stop_are_counted() {
        let stop = CancellationToken::new();
        let mut loops = Loops::default();
        let token = stop.clone();
        loops.start("good", stop.clone(), move || token.clone().cancelled_owned());
        loops.start("bad", stop.clone(), std::future::pending);
        stop.cancel();
        assert_eq!(loops.stopped_within(Duration::from_millis(50)).await, 1);
    }

    #[tokio::test]
    async fn a_loop_that_panics_begins_again() {
        let stop = CancellationToken::new();
        let begun = Arc::new(AtomicU32::new(0));
        let count = begun.clone();
        let mut loops = Loops::default();
        loops.start("bad", stop.clone(), move || {
            let count = count.clone();
            async move {
                count.fetch_add(1, Ordering::Relaxed);
                panic!("a fault of ours");
            }
        });
        let twice = async {
            while begun.load(Ordering::Relaxed) < 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), twice).await.unwrap();
        stop.cancel();
        assert_eq!(loops.stopped_within(Duration::from_secs(1)).await, 0);
    }

    #[test]
    fn after_failures_a_loop_waits_longer_up_to_a_limit() {
        let mut failures = Failures::new("test");
        let error = Error::Unavailable { what: "x", cause: Cause::new("y") };
        let waits: Vec<u128> = (0..6).map(|_| failures.seen(&error).as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 5000, 5000]);
        assert!(!failures.none());
        failures.over();
        assert!(failures.none());
    }
}
