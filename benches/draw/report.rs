//! The report: every step with its time and memory, and the aims, as Markdown.

use crate::RUNS;
use crate::part::{Part, Step};
use crate::support::figures::{Ms, mark};
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// Longest draw over a million entrants.
const DRAWN: Duration = Duration::from_secs(2);
/// Most memory of it, in MiB: 500 MB.
const HELD: f64 = 476.8;

/// All that was measured.
#[derive(Debug)]
pub(crate) struct Report {
    entrants: u32,
    pub(crate) parts: Vec<(Part, Vec<Step>)>,
    pub(crate) files: Vec<(&'static str, u64)>,
}

impl Report {
    /// An empty report of draws over so many.
    pub(crate) const fn new(entrants: u32) -> Self {
        Self { entrants, parts: Vec::new(), files: Vec::new() }
    }
}

/// Lossless: what is told here is far less than 2^52.
fn mib(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        writeln!(f, "# Benchmark of the draw\n")?;
        writeln!(f, "{} entrants of weights 1 to 10, {cores} cores (a draw uses one). Each part in a", self.entrants)?;
        writeln!(
            f,
            "process of its own, the slowest of {RUNS} runs. Peak: the most that the process had held by then,"
        )?;
        writeln!(
            f,
            "its own text and the list included. Aims: the draw under {} s and 500 MB ({HELD} MiB); ❌ marks",
            DRAWN.as_secs()
        )?;
        writeln!(f, "what misses its aim.\n")?;
        writeln!(f, "| part | step | ms | peak MiB |\n|---|---|--:|--:|")?;
        for (part, steps) in &self.parts {
            for step in steps {
                writeln!(f, "| {} | {} | {} | {:.1} |", part.name(), step.name, Ms(step.took), mib(step.peak_kib))?;
            }
            let (all, peak) = (Step::all(steps), mib(steps.iter().map(|step| step.peak_kib).max().unwrap_or(0)));
            let aimed = *part == Part::Draw;
            let (soon, small) = (mark(!aimed || all < DRAWN), mark(!aimed || peak < HELD));
            writeln!(f, "| **{}** | in all | {}{soon} | {peak:.1}{small} |", part.name(), Ms(all))?;
        }
        writeln!(f)?;
        for (file, bytes) in &self.files {
            writeln!(f, "{file}: {:.1} MiB.", mib(bytes / 1024))?;
        }
        Ok(())
    }
}
