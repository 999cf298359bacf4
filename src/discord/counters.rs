//! Figures of the Discord edge, for `/metrics`: plain counters, kept in memory.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// Adds one.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The number.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What has happened since the start.
#[derive(Debug, Default)]
pub struct Counters {
    /// Events heard from the gateway.
    pub events: Count,
    /// Frames that could not be read.
    pub unparsed: Count,
    /// Connections to the gateway that were tried.
    pub dials: Count,
    /// Connections that ended without our asking.
    pub disconnects: Count,
    /// Sessions that were taken up again.
    pub resumed: Count,
    /// Sessions that were begun.
    pub identified: Count,
    /// Typed commands that no session told and that were found in their channels.
    pub caught_up: Count,
    /// Channels that were not read to the end of what no session told.
    pub given_up: Count,
    /// Calls of people that were answered.
    pub calls: Count,
    /// Interactions that were put off because the answer took long.
    pub deferred: Count,
    /// Interactions that Discord had given up on when we acknowledged them.
    pub late: Count,
    /// Answers that could not be shown.
    pub lost_answers: Count,
    /// Typed commands that the bot may not delete.
    pub undeleted: Count,
    /// Other failed requests to Discord.
    pub failed_requests: Count,
    /// Calls that ended in a fault of ours.
    pub faults: Count,
    /// Calls that were cut off by the end of the program.
    pub cut_off: Count,
}

/// A figure with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Name, in Prometheus' style; ends in `_total` when it only grows.
    pub name: &'static str,
    /// What it counts.
    pub help: &'static str,
    /// Value.
    pub value: u64,
}

impl Counters {
    /// Every figure.
    pub fn samples(&self) -> Vec<Sample> {
        let sample = |name, help, count: &Count| Sample { name, help, value: count.get() };
        vec![
            sample("shellia_discord_events_total", "Events heard from the gateway.", &self.events),
            sample("shellia_discord_unparsed_frames_total", "Frames that could not be read.", &self.unparsed),
            sample("shellia_discord_dials_total", "Gateway connections tried.", &self.dials),
            sample("shellia_discord_disconnects_total", "Gateway connections that broke.", &self.disconnects),
            sample("shellia_discord_resumed_total", "Gateway sessions taken up again.", &self.resumed),
            sample("shellia_discord_identified_total", "Gateway sessions begun.", &self.identified),
            sample("shellia_discord_caught_up_total", "Missed typed commands found.", &self.caught_up),
            sample("shellia_discord_given_up_total", "Channels not read to the end after a gap.", &self.given_up),
            sample("shellia_discord_calls_total", "Calls of people answered.", &self.calls),
            sample(
                "shellia_discord_deferred_total",
                "Interactions put off because the answer took long.",
                &self.deferred,
            ),
            sample("shellia_discord_late_total", "Interactions acknowledged too late.", &self.late),
            sample("shellia_discord_lost_answers_total", "Answers that could not be shown.", &self.lost_answers),
            sample("shellia_discord_undeleted_total", "Typed commands the bot may not delete.", &self.undeleted),
            sample("shellia_discord_failed_requests_total", "Other failed requests.", &self.failed_requests),
            sample("shellia_discord_faults_total", "Calls that ended in a fault of ours.", &self.faults),
            sample("shellia_discord_cut_off_total", "Calls cut off by the end of the program.", &self.cut_off),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_own_name_and_its_value() {
        let counters = Counters::default();
        counters.late.add();
        let samples = counters.samples();
        let names: std::collections::HashSet<_> = samples.iter().map(|s| s.name).collect();
        assert_eq!(names.len(), samples.len());
        assert_eq!(samples.iter().map(|s| s.value).sum::<u64>(), 1);
    }
}
