//! Ends a server that outlived the program that started it.
//!
//! The caller holds the lock of the data directory, so a running server on this cluster has no living owner. It is
//! ended rather than adopted: nobody could wait for a process that is not a child, and its settings may be old.

use std::{fs, path::Path, time::Duration};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::time::{Instant, sleep};

use super::{
    cluster::ignore_missing,
    error::{EmbeddedError, doing},
};

/// What to send, and how long to wait for the server to end.
const STEPS: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(10)),
    (Signal::QUIT, Duration::from_secs(5)),
    (Signal::KILL, Duration::from_secs(2)),
];

const POLL: Duration = Duration::from_millis(20);

/// Makes sure that no server runs on `cluster`.
pub(super) async fn clear(cluster: &Path) -> Result<(), EmbeddedError> {
    let note = cluster.join("postmaster.pid");
    let Some(pid) = fs::read_to_string(&note).ok().and_then(|text| first_number(&text)) else {
        return Ok(());
    };
    if test_kill_process(pid).is_err() {
        // PostgreSQL clears the note of a dead server itself, after it has looked for left-over children.
        return Ok(());
    }
    if !runs_on(pid, cluster) {
        // The number now belongs to another process (after a reboot, or in a new container), or to a zombie.
        // PostgreSQL would take it for a running server and refuse to start.
        return fs::remove_file(&note).or_else(ignore_missing).map_err(doing("removing an old postmaster.pid"));
    }
    tracing::warn!(pid = pid.as_raw_nonzero().get(), "ending a PostgreSQL that an earlier run left behind");
    for (signal, patience) in STEPS {
        // An error means that it has just ended, which the wait sees.
        kill_process(pid, signal).ok();
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if test_kill_process(pid).is_err() || !runs_on(pid, cluster) {
                return Ok(());
            }
            sleep(POLL).await;
        }
    }
    Err(EmbeddedError::DoesNotEnd { pid: pid.as_raw_nonzero().get().unsigned_abs() })
}

/// The first line of postmaster.pid; a single-user server writes its number with a minus sign.
fn first_number(text: &str) -> Option<Pid> {
    text.lines().next()?.trim().parse::<i32>().ok().and_then(|number| Pid::from_raw(number.abs()))
}

/// Whether process `pid` is a server on `cluster`: a postmaster works in its data directory.
fn runs_on(pid: Pid, cluster: &Path) -> bool {
    let Ok(cluster) = cluster.canonicalize() else {
        return false;
    };
    let pid = pid.as_raw_nonzero();
    if Path::new("/proc/self/cwd").exists() {
        return fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|directory| directory == cluster);
    }
    let listed = std::process::Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
    listed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(&cluster.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_number_of_another_process_is_not_mistaken_for_a_server() {
        let cluster = tempfile::tempdir().unwrap();
        let note = cluster.path().join("postmaster.pid");
        fs::write(&note, format!("{}\n/somewhere\n", std::process::id())).unwrap();
        clear(cluster.path()).await.unwrap();
        assert!(!note.exists());
    }

    #[tokio::test]
    async fn a_process_that_works_in_the_cluster_is_ended() {
        let cluster = tempfile::tempdir().unwrap();
        let mut child = tokio::process::Command::new("sleep").arg("60").current_dir(cluster.path()).spawn().unwrap();
        fs::write(cluster.path().join("postmaster.pid"), format!("{}\n", child.id().unwrap())).unwrap();
        let (ended, cleared) = tokio::join!(child.wait(), clear(cluster.path()));
        cleared.unwrap();
        assert!(!ended.unwrap().success());
    }
}
