//! The report: every figure beside its aim, as Markdown.

use crate::ask::Asked;
use crate::streams::{A_SECOND, Live};
use crate::support::figures::{Figures, Ms, mark};
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// The longest a page may wait for a word of what happened, at the 99th percentile.
const SOON: Duration = Duration::from_secs(1);

/// The longest that a browser may take to paint the newest page of a long ticket.
const PAINTED: Duration = Duration::from_millis(100);

/// One question, so many at a time.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) asked: Asked,
    pub(crate) workers: usize,
    pub(crate) figures: Figures,
}

/// All that was measured.
#[derive(Debug)]
pub(crate) struct Report {
    server: String,
    pub(crate) tickets: i64,
    pub(crate) messages: i64,
    pub(crate) lines: Vec<Line>,
    /// From pressing the long ticket until a browser painted it, the shortest first.
    pub(crate) paint: Option<Vec<Duration>>,
    pub(crate) live: Option<Live>,
}

impl Report {
    /// An empty report on a server.
    pub(crate) fn new(server: &str) -> Self {
        Self { server: server.to_owned(), tickets: 0, messages: 0, lines: Vec::new(), paint: None, live: None }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        writeln!(f, "# Benchmark of the admin panel\n")?;
        writeln!(
            f,
            "{}, {} tickets and {} messages of one guild, row-level security on; {cores} cores, shared by server, Maxis,",
            self.server, self.tickets, self.messages
        )?;
        writeln!(
            f,
            "sandbox and browsers. ❌ marks what misses its aim, which is meant for one question at a time. Processor time"
        )?;
        writeln!(f, "of PostgreSQL for one answer in µs.\n")?;
        writeln!(f, "| question | at a time | answers/s | p50 ms | p95 ms | p99 ms | aim | server |")?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|---|--:|")?;
        for Line { asked, workers, figures } in &self.lines {
            let (percent, aim) = asked.aim();
            let good = aim.is_none_or(|aim| *workers > 1 || figures.percentile(percent) < aim);
            let aim = aim.map_or_else(|| "—".to_owned(), |aim| format!("p{percent} under {} ms", aim.as_millis()));
            write!(f, "| {} | {workers} | {:.0} | ", asked.name(), figures.rate)?;
            let at = |percent| Ms(figures.percentile(percent));
            write!(f, "{} | {} | {} | {aim}{} | ", at(50), at(95), at(99), mark(good))?;
            writeln!(f, "{} |", figures.cost.server.as_micros())?;
        }
        if let Some(paint) = &self.paint {
            let at = |percent: usize| paint.get((paint.len() * percent / 100).min(paint.len().saturating_sub(1)));
            let at = |percent| at(percent).copied().unwrap_or_default();
            writeln!(
                f,
                "\nFrom pressing the long ticket in the list until Chromium painted its newest page, {} times: p50 {} ms, p95 {} ms{}.",
                paint.len(),
                Ms(at(50)),
                Ms(at(95)),
                mark(at(95) < PAINTED)
            )?;
        }
        let Some(live) = &self.live else { return writeln!(f) };
        let at = |percent| live.delays.percentile(percent);
        writeln!(
            f,
            "\n{} open pages, {} changes at {A_SECOND} a second, from asking for one to hearing of it:\n",
            live.pages, live.changes
        )?;
        writeln!(f, "| heard | missed | p50 ms | p99 ms | MiB before | pages open | afterwards |")?;
        writeln!(f, "|--:|--:|--:|--:|--:|--:|--:|")?;
        write!(f, "| {} | {} | ", live.delays.latencies.len(), live.missed)?;
        write!(f, "{} | {}{} | ", Ms(at(50)), Ms(at(99)), mark(at(99) < SOON && live.missed == 0))?;
        writeln!(f, "{} | {} | {} |\n", live.before, live.open, live.after)
    }
}
