//! Latencies and rates, and how they are written in a report.

use super::cpu::Cost;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// What was measured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    /// How many a second.
    pub(crate) rate: f64,
    /// Latencies, in rising order.
    pub(crate) latencies: Vec<Duration>,
    /// Processor time of one.
    pub(crate) cost: Cost,
}

impl Figures {
    /// From how long each took, how many there were in a second, and what each cost.
    pub(crate) fn new(mut latencies: Vec<Duration>, rate: f64, cost: Cost) -> Self {
        latencies.sort_unstable();
        Self { rate, latencies, cost }
    }

    /// From how long each took, all of them together, and what each cost.
    pub(crate) fn of(latencies: Vec<Duration>, took: Duration, cost: Cost) -> Self {
        // Lossless: there are far fewer than 2^32.
        let done = u32::try_from(latencies.len()).unwrap_or(u32::MAX);
        Self::new(latencies, f64::from(done) / took.as_secs_f64(), cost)
    }

    /// The latency that so many percent don't pass.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let at = self.latencies.len() * percent / 100;
        self.latencies.get(at).or(self.latencies.last()).copied().unwrap_or_default()
    }
}

/// What misses its aim is marked.
pub(crate) const fn mark(good: bool) -> &'static str {
    if good { "" } else { " ❌" }
}

/// A duration in milliseconds.
pub(crate) struct Ms(pub(crate) Duration);

impl Display for Ms {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0.as_secs_f64() * 1000.0)
    }
}
