//! Processor time, from proc(5): unlike throughput it says the same on a busy machine, and it says what bounds a command.

use super::Outcome;
use super::server::Server;
use std::path::Path;
use std::time::Duration;

/// Length of a clock tick in proc(5), whatever the kernel's own is.
const TICK: Duration = Duration::from_millis(10);

/// Processor time since the start, of the benchmark itself, of its children that ended, and of the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spent {
    own: Duration,
    children: Duration,
    server: Duration,
}

/// What one command took of the processor.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Of whoever sends it.
    pub(crate) client: Duration,
    /// Of all of PostgreSQL's processes.
    pub(crate) server: Duration,
}

impl Spent {
    /// Reads the clocks.
    pub(crate) fn now(server: &Server) -> Outcome<Self> {
        let postmaster = server.postmaster()?;
        let mine = ticks(Path::new("/proc/self/stat"))?;
        let theirs = ticks(Path::new(&format!("/proc/{postmaster}/stat")))?;
        let mut of_server = theirs.own + theirs.children;
        for entry in std::fs::read_dir("/proc")?.flatten() {
            // A process may end while it is looked at; then its time is in its parent's.
            if let Ok(found) = ticks(&entry.path().join("stat"))
                && found.parent == postmaster
            {
                of_server += found.own;
            }
        }
        Ok(Self { own: mine.own, children: mine.children, server: of_server })
    }

    /// What each of `commands` took that this process carried out since.
    pub(crate) fn own(self, server: &Server, commands: usize) -> Outcome<Cost> {
        let now = Self::now(server)?;
        let each = u32::try_from(commands.max(1))?;
        Ok(Cost { client: (now.own - self.own) / each, server: now.server.saturating_sub(self.server) / each })
    }

    /// What each of `commands` took that children carried out since.
    pub(crate) fn of_children(self, server: &Server, commands: usize) -> Outcome<Cost> {
        let now = Self::now(server)?;
        let each = u32::try_from(commands.max(1))?;
        let client = (now.children - self.children) / each;
        Ok(Cost { client, server: now.server.saturating_sub(self.server) / each })
    }
}

/// Processor time of a process since its start.
pub(crate) fn of_process(pid: u32) -> Outcome<Duration> {
    Ok(ticks(Path::new(&format!("/proc/{pid}/stat")))?.own)
}

struct Ticks {
    parent: u32,
    own: Duration,
    children: Duration,
}

fn ticks(path: &Path) -> Outcome<Ticks> {
    let text = std::fs::read_to_string(path)?;
    // The name, in brackets, may hold anything; after it come the state and then numbers.
    let (_, rest) = text.rsplit_once(')').ok_or("a process without a name")?;
    let words: Vec<u32> = rest.split_whitespace().skip(1).map(|word| word.parse().unwrap_or(0)).collect();
    let word = |at: usize| words.get(at).copied().ok_or("a process without a clock");
    Ok(Ticks { parent: word(0)?, own: TICK * (word(10)? + word(11)?), children: TICK * (word(12)? + word(13)?) })
}
