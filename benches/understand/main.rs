//! `make bench`: how long a sentence takes to be understood, over the corpus of the tests.
//!
//! It prints one Markdown table and judges nothing: a slow machine fails no build. There is no database and no network.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use shellia::domain::decisions::{Catalogue, Grammar, Said, Speaker};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often each sentence is understood.
const ROUNDS: usize = 20;

fn main() -> ExitCode {
    match measure() {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("the benchmark could not be carried out: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let grammar = Grammar::new(Catalogue::default(), TimeZone::get("Europe/Paris")?);
    let now: Timestamp = "2026-11-25T10:00:00+01:00".parse()?;
    let mut all = Vec::new();
    for line in include_str!("../../tests/data/utterances.jsonl").lines() {
        let line: Value = serde_json::from_str(line)?;
        let context = line.get("context").and_then(Value::as_array).into_iter().flatten().map(said).collect::<Vec<_>>();
        all.push((text(&line), context));
    }
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        for (text, context) in &all {
            let begun = Instant::now();
            std::hint::black_box(grammar.understand(text, context, now));
            times.push(begun.elapsed());
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default();
    let shown = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1000.0);
    let total: Duration = times.iter().sum();
    Ok(format!(
        "# Sentences\n\n| sentences | median | p99 | slowest | a second |\n|---|---|---|---|---|\n| {} | {} | {} | {} | {:.0} |\n",
        all.len(),
        shown(at(50)),
        shown(at(99)),
        shown(times.last().copied().unwrap_or_default()),
        f64::from(u32::try_from(times.len())?) / total.as_secs_f64(),
    ))
}

fn text(of: &Value) -> String {
    of.get("text").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn said(of: &Value) -> Said {
    let ours = of.get("from").and_then(Value::as_str) == Some("controller");
    Said { from: if ours { Speaker::Controller } else { Speaker::Operator }, text: text(of) }
}
