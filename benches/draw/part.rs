//! The parts of the benchmark: what a bot does with a giveaway that ended, and what somebody does who checks its file.

use crate::support::{Failure, Outcome};
use shellia::domain::giveaways::draw::{
    Commitment, Entries, Entry, Event, Hex, Id, Looked, Post, Ranked, Source, Terms, Transcript, look,
};
use shellia::sandbox::Beacon;
use std::fmt::{self, Display, Formatter};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

/// The files that a draw leaves: open, and for everybody.
pub(crate) const FILES: [&str; 2] = ["open.json", "blinded.json"];

const ENDS_AT: u64 = 1_800_000_000;
const WINNERS: u32 = 10;

/// A process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// From the list to the winners.
    Draw,
    /// The same, and both files.
    Files,
    /// The check of the open file.
    CheckOpen,
    /// The check of the other.
    CheckBlinded,
}

impl Part {
    /// Every part; the files are written before they are checked.
    pub(crate) const ALL: [Self; 4] = [Self::Draw, Self::Files, Self::CheckOpen, Self::CheckBlinded];

    /// Its name on a command line and in the report.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Draw => "draw",
            Self::Files => "draw and files",
            Self::CheckOpen => "check of the open file",
            Self::CheckBlinded => "check of the blinded file",
        }
    }

    /// Does it in this process.
    pub(crate) fn run(self, entrants: u32, directory: &Path) -> Outcome<Vec<Step>> {
        let mut steps = Vec::new();
        match self {
            Self::Draw => drop(draw(entrants, &mut steps)?),
            Self::Files => {
                let ranked = draw(entrants, &mut steps)?;
                let open = step(&mut steps, "open file", || write(&ranked, &directory.join(FILES[0])))?;
                drop(ranked);
                step(&mut steps, "blinded file", || {
                    Ok::<_, Failure>(std::fs::write(directory.join(FILES[1]), open.blinded().to_json()?)?)
                })?;
            }
            Self::CheckOpen => check(entrants, &directory.join(FILES[0]), &mut steps)?,
            Self::CheckBlinded => check(entrants, &directory.join(FILES[1]), &mut steps)?,
        }
        Ok(steps)
    }
}

/// A step of a part: how long it took, and the most memory that the process had held at its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) took: Duration,
    pub(crate) peak_kib: u64,
}

impl Step {
    /// How long all of them took.
    pub(crate) fn all(steps: &[Self]) -> Duration {
        steps.iter().map(|step| step.took).sum()
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.name, self.took.as_micros(), self.peak_kib)
    }
}

impl FromStr for Step {
    type Err = Failure;

    fn from_str(line: &str) -> Outcome<Self> {
        let mut fields = line.split('\t');
        let mut field = || fields.next().ok_or("a step without its figures");
        let (name, micros, peak) = (field()?, field()?, field()?);
        Ok(Self { name: name.to_owned(), took: Duration::from_micros(micros.parse()?), peak_kib: peak.parse()? })
    }
}

/// The most memory that this process ever held; proc(5), `VmHWM` in kB.
fn peak_kib() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("a status without memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

fn step<T, E: Into<Failure>>(steps: &mut Vec<Step>, name: &str, run: impl FnOnce() -> Result<T, E>) -> Outcome<T> {
    let start = Instant::now();
    let made = run().map_err(Into::into)?;
    steps.push(Step { name: name.to_owned(), took: start.elapsed(), peak_kib: peak_kib()? });
    Ok(made)
}

fn at(second: u64) -> Post {
    Post { channel: Id(5), message: Id((second * 1000 - 1_420_070_400_000) << 22) }
}

/// Draws among entrants of weights 1 to 10; the list, as it comes from the database, is there before the first step.
fn draw(entrants: u32, steps: &mut Vec<Step>) -> Outcome<Ranked> {
    let beacon = Beacon::from_seed(b"measure");
    let source = Source::sandbox(Hex(beacon.public_key()), ENDS_AT).ok_or("no round")?;
    let proof = Hex(beacon.sign(source.round().ok_or("no round")?)).to_string();
    let terms = Terms { guild: Id(1), giveaway: 1, ends_at: ENDS_AT, winners: WINNERS, source };
    let entry =
        |n: u32| Entry { user: Id(1_000_000_000_000_000_000 + u64::from(n) * 7_919_000_000), weight: n % 10 + 1 };
    let list: Vec<Entry> = (0..entrants).map(entry).collect();
    let (announced, committed) = (at(ENDS_AT - 60), at(ENDS_AT));
    let salt = Hex([7; 32]);

    let entries = step(steps, "list", || Entries::new(list))?;
    let frozen = step(steps, "freeze", || Ok::<_, Failure>(entries.freeze(&salt)))?;
    drop(entries);
    let commitment = step(steps, "commit", || Commitment::of(&terms, announced, &frozen).map(|made| made.digest()))?;
    let ranked = step(steps, "rank", || Ranked::new(terms, announced, frozen, committed, &proof))?;
    if ranked.posted().digest != commitment {
        return Err("the draw has another commitment".into());
    }
    Ok(ranked)
}

fn write(ranked: &Ranked, path: &Path) -> Outcome<Transcript> {
    let mut log = ranked.log();
    log.write(ENDS_AT + 6, Id::BOT, Event::Drawn { winners: log.standing().first() }, String::new())?;
    let open = ranked.transcript(&log).ok_or("a list without accounts")?;
    std::fs::write(path, open.to_json()?)?;
    Ok(open)
}

fn check(entrants: u32, path: &Path, steps: &mut Vec<Step>) -> Outcome<()> {
    let bytes = step(steps, "read", || std::fs::read(path))?;
    match step(steps, "check", || look(&bytes))? {
        Looked::Draw(found) if found.entries == entrants && found.winners.len() == usize::try_from(WINNERS)? => Ok(()),
        Looked::Draw(_) | Looked::Proof(..) => Err("the file says something else than was drawn".into()),
    }
}
