//! The report: every figure beside its aim, as Markdown.

use crate::ask::Asked;
use crate::support::figures::{Figures, Ms, mark};
use crate::support::server::RAISED;
use std::fmt::{self, Display, Formatter};

/// One question, so many at a time, beside pgbench on its statements.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) asked: Asked,
    pub(crate) workers: usize,
    pub(crate) program: Figures,
    pub(crate) bare: Figures,
}

/// All that was measured.
#[derive(Debug)]
pub(crate) struct Report {
    server: String,
    orders: u64,
    pub(crate) lines: Vec<Line>,
}

impl Report {
    /// An empty report on a server with so many orders.
    pub(crate) fn new(server: &str, orders: u64) -> Self {
        Self { server: server.to_owned(), orders, lines: Vec::new() }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let changed: Vec<String> = RAISED.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let changed = if changed.is_empty() { "none".to_owned() } else { changed.join(", ") };
        writeln!(f, "# Benchmark of the control API\n")?;
        writeln!(
            f,
            "{}, the private server's own settings (changed: {changed}), {} orders over",
            self.server, self.orders
        )?;
        writeln!(
            f,
            "a year; {cores} cores, shared by server, Maxis, sandbox and sender. ❌ marks what misses its aim, which is"
        )?;
        writeln!(
            f,
            "meant for one question at a time. Processor time of one answer in µs: of the sender with the sandbox,"
        )?;
        writeln!(f, "and of the server. One at a time asks ten times a second (of the state as fast as it can);")?;
        writeln!(
            f,
            "its ratio is that of the medians. Eight at a time are held up by the fifty requests a second that Discord allows a bot.\n"
        )?;
        writeln!(
            f,
            "| question | at a time | answers/s | p50 ms | p99 ms | pgbench/s | p50 ms | p99 ms | ratio | sender | server | pgbench's server |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        for line in &self.lines {
            let (program, bare) = (&line.program, &line.bare);
            let p99 = program.percentile(99);
            let good = line.workers > 1 || p99 < line.asked.aim();
            let (median, bare_median) = (program.percentile(50), bare.percentile(50));
            let ratio = match line.workers {
                1 => bare_median.as_secs_f64() / median.as_secs_f64(),
                _ => program.rate / bare.rate,
            };
            write!(f, "| {} | {} | {:.0} | ", line.asked.name(), line.workers, program.rate)?;
            write!(f, "{} | {}{} | ", Ms(median), Ms(p99), mark(good))?;
            write!(f, "{:.0} | {} | {} | ", bare.rate, Ms(bare_median), Ms(bare.percentile(99)))?;
            write!(f, "{:.2} | {} | ", ratio, program.cost.client.as_micros())?;
            writeln!(f, "{} | {} |", program.cost.server.as_micros(), bare.cost.server.as_micros())?;
        }
        writeln!(f)
    }
}
