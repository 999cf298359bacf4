//! Why the private PostgreSQL could not be started or stopped, in words for the person who runs the program.

use std::{io, path::PathBuf, time::Duration};

/// The private PostgreSQL could not be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Another process holds the data directory.
    #[error(
        "the data directory {} is in use by {holder}; stop that program, or choose another directory with \
         --data-dir or SHELLIA_DATA_DIR", data_dir.display()
    )]
    Busy {
        /// The data directory.
        data_dir: PathBuf,
        /// The holder, as far as it is known.
        holder: String,
    },
    /// No server programs were found, and none were downloaded.
    #[error(
        "no PostgreSQL {wanted} found ({looked}){download}; install it (Debian, Ubuntu: `apt-get install {package}`), \
         name its directory in SHELLIA_PG_BIN, or set DATABASE_URL to a server of yours"
    )]
    NoServer {
        /// The version that was looked for.
        wanted: String,
        /// The package that brings it.
        package: String,
        /// Where it was looked for.
        looked: String,
        /// What came of downloading it: empty, or a text that starts with a comma.
        download: String,
    },
    /// The directory in SHELLIA_PG_BIN holds no usable server.
    #[error("SHELLIA_PG_BIN names {}, which {why}", directory.display())]
    UnusableDirectory {
        /// The directory that was named.
        directory: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The user who must run the server cannot reach its files.
    #[error(
        "PostgreSQL refuses to run as root, and {} is closed to the user {user} who would run it; open it with \
         `chmod o+x`, or choose another data directory", closed.display()
    )]
    Unreachable {
        /// The directory that is closed.
        closed: PathBuf,
        /// The user who would run the server.
        user: String,
    },
    /// The files belong to somebody else.
    #[error(
        "{} belongs to user id {owner}; start the program as that user or as root, or choose another data directory",
        cluster.display()
    )]
    ForeignFiles {
        /// The cluster directory.
        cluster: PathBuf,
        /// The user id that owns it.
        owner: u32,
    },
    /// The passwords of an existing database are gone or wrong.
    #[error("the passwords in {} don't open the database beside it; restore that file from a backup", file.display())]
    Credentials {
        /// The file that should hold them.
        file: PathBuf,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Its name.
        program: &'static str,
        /// The end of what it wrote.
        output: String,
    },
    /// The server ended while it was starting.
    #[error("PostgreSQL did not start: {output} (more in {})", log.display())]
    DidNotStart {
        /// The end of its log.
        output: String,
        /// Its log.
        log: PathBuf,
    },
    /// The server runs and does not answer.
    #[error("PostgreSQL did not answer within {within:?} (see {})", log.display())]
    NotReady {
        /// How long it was waited for.
        within: Duration,
        /// Its log.
        log: PathBuf,
    },
    /// A server did not end, even when killed.
    #[error("PostgreSQL (process {pid}) does not end; end it by hand")]
    DoesNotEnd {
        /// Its process id.
        pid: u32,
    },
    /// The server was reached and refused a statement of ours.
    #[error("preparing the private database failed")]
    Prepare(#[source] tokio_postgres::Error),
    /// A file or a process could not be used.
    #[error("{doing} failed: {source}")]
    Io {
        /// What was being done.
        doing: String,
        /// The system's answer.
        source: io::Error,
    },
    /// The task that looks after the server is gone.
    #[error("the task that looks after PostgreSQL ended")]
    Unattended,
}

/// Names what was being done when the system refused.
pub(super) fn doing(what: impl Into<String>) -> impl FnOnce(io::Error) -> EmbeddedError {
    move |source| EmbeddedError::Io { doing: what.into(), source }
}
