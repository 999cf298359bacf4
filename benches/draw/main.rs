//! `make bench`: a draw over a million entrants, and the check of its files, in time and memory.
//!
//! It prints one Markdown report and judges nothing: a slow machine fails no build. `--quick` takes 100 000 entrants. Each part
//! runs in a process of its own, since the most memory that a process ever held is all that the kernel tells of it; the parts are
//! started again by this program with `--part`. There is no database and no sandbox but its beacon's signature. Then 10 000 members
//! enter a giveaway, through the sandbox and with a database (`--quick`: 1 000; `--entries`: nothing else); that part fails where an
//! entry is lost.

mod entries;
mod part;
mod report;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each uses what it needs")]
mod support;

use part::{Part, Step};
use report::Report;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use support::{Failure, Outcome};

/// Entrants of a draw.
const FULL: u32 = 1_000_000;
/// Entrants with `--quick`.
const QUICK: u32 = 100_000;
/// How often each part is run; the slowest counts.
const RUNS: usize = 3;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    let done = match args.iter().skip_while(|arg| *arg != "--part").collect::<Vec<_>>().as_slice() {
        [_, name, entrants, directory, ..] => child(name, entrants, Path::new(directory)),
        _ => all(args.iter().any(|arg| arg == "--quick"), args.iter().any(|arg| arg == "--entries")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the benchmark could not be carried out: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn all(quick: bool, entries_alone: bool) -> Outcome<()> {
    if !entries_alone {
        parent(if quick { QUICK } else { FULL })?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let measured = runtime.block_on(entries::measure(if quick { entries::QUICK } else { entries::FULL }))?;
    print!("{measured}");
    Ok(())
}

fn parent(entrants: u32) -> Outcome<()> {
    let directory = tempfile::tempdir()?;
    let mut report = Report::new(entrants);
    for part in Part::ALL {
        let mut slowest: Vec<Step> = Vec::new();
        for run in 1..=RUNS {
            eprintln!("{}: run {run} of {RUNS}", part.name());
            let steps = ask(part, entrants, directory.path())?;
            if Step::all(&steps) > Step::all(&slowest) {
                slowest = steps;
            }
        }
        report.parts.push((part, slowest));
    }
    for file in part::FILES {
        report.files.push((file, std::fs::metadata(directory.path().join(file))?.len()));
    }
    print!("{report}");
    Ok(())
}

/// Runs a part in a process of its own.
fn ask(part: Part, entrants: u32, directory: &Path) -> Outcome<Vec<Step>> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--part", part.name(), &entrants.to_string()])
        .arg(directory)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", part.name(), output.status).into());
    }
    String::from_utf8(output.stdout)?.lines().map(str::parse).collect()
}

fn child(name: &str, entrants: &str, directory: &Path) -> Outcome<()> {
    let part = Part::ALL.into_iter().find(|part| part.name() == name).ok_or("there is no such part")?;
    for step in part.run(entrants.parse()?, directory)? {
        println!("{step}");
    }
    Ok::<(), Failure>(())
}
