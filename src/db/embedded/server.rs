//! One running server: the postmaster, and a watchdog that ends it should this program be killed.

use std::{
    fs::{self, File},
    io::{Read as _, Seek as _, SeekFrom},
    os::unix::fs::OpenOptionsExt,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::AsyncWriteExt as _,
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};
use tokio_postgres::{NoTls, error::SqlState};

use super::{
    account,
    binaries::Binaries,
    cluster::{Credentials, OWNER, last_lines},
    error::{EmbeddedError, doing},
    place::Home,
};

/// The database that the program uses.
pub(super) const DATABASE: &str = "shellia";

/// Settings for a small machine. Durability is PostgreSQL's own default: fsync and synchronous commits stay on.
/// The last five keep what people wrote out of the log: no errors (their texts quote values, and the program reports
/// them itself), no statements, no parameters, no row contents.
const SETTINGS: &[(&str, &str)] = &[
    ("listen_addresses", "127.0.0.1"),
    ("unix_socket_directories", ""),
    ("max_connections", "60"),
    ("shared_buffers", "64MB"),
    ("effective_cache_size", "256MB"),
    ("random_page_cost", "1.1"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
    ("min_wal_size", "32MB"),
    ("max_wal_size", "256MB"),
    ("password_encryption", "scram-sha-256"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    ("log_min_messages", "log"),
    ("log_min_error_statement", "panic"),
    ("log_statement", "none"),
    ("log_parameter_max_length_on_error", "0"),
    ("log_error_verbosity", "terse"),
];

/// Waits for the end of its input, which comes when this program dies in whatever way; then ends the server.
/// A line of input means that the server has ended in order. `$1` is the server's process, `$2` its cluster.
const WATCHDOG: &str = r#"
read -r word && exit 0
for attempt in 1 2 3; do
  read -r pid < "$2/postmaster.pid" && [ "$pid" = "$1" ] && break
  sleep 1
done
[ "$pid" = "$1" ] || exit 0
kill -INT "$1"
for second in 1 2 3 4 5; do
  sleep 1
  kill -0 "$1" || exit 0
done
kill -QUIT "$1"
"#;

/// A log larger than this is set aside at the next start.
const LARGEST_LOG: u64 = 10 * 1024 * 1024;

/// How long a fast shutdown may take at most before an immediate one.
pub(super) const FAST: Duration = Duration::from_secs(3);
const IMMEDIATE: Duration = Duration::from_millis(1500);

/// The lines of postmaster.pid between the process number and the status: data directory, start time, port,
/// socket directory, listen address, shared memory key.
const STATUS_AFTER_PID: usize = 6;

/// How everything is started: all that a restart needs again.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) home: Home,
    pub(super) binaries: Binaries,
    pub(super) credentials: Credentials,
    pub(super) settings: Vec<(String, String)>,
    pub(super) ready_within: Duration,
}

/// The postmaster and its watchdog. Dropped without `stop`, the watchdog ends the postmaster.
pub(super) struct Server {
    postmaster: Child,
    watchdog: Child,
    log_start: u64,
}

/// Why a server that was started is not there.
pub(super) enum NotUp {
    /// It ended by itself, and this is the end of its log.
    Ended(String),
    /// Trying again would not help.
    Hopeless(EmbeddedError),
}

impl Plan {
    /// Starts the postmaster on `port` and its watchdog. It is not ready yet.
    pub(super) fn spawn(&self, port: u16) -> Result<Server, EmbeddedError> {
        let (log, log_start) = self.open_log()?;
        let errors = log.try_clone().map_err(doing("opening the log twice"))?;
        let cluster = self.home.cluster();
        let mut command = self.command(self.binaries.directory.join("postgres"));
        command.arg("-D").arg(&cluster).arg("-c").arg(format!("port={port}"));
        let added = self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in SETTINGS.iter().copied().chain(added) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        let postmaster = command.stdout(log).stderr(errors).spawn().map_err(doing("starting postgres"))?;
        let pid = postmaster.id().unwrap_or_default().to_string();
        let watchdog = self
            .command("/bin/sh")
            .args(["-c", WATCHDOG, "shellia-watchdog", &pid])
            .arg(&cluster)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match watchdog {
            Ok(watchdog) => Ok(Server { postmaster, watchdog, log_start }),
            Err(error) => {
                signal(&postmaster, Signal::QUIT);
                Err(doing("starting the watchdog of postgres")(error))
            }
        }
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        account::command(program, self.home.account.as_ref(), &self.home.path)
    }

    /// Opens the log for adding; the length says where this start's lines begin.
    fn open_log(&self) -> Result<(File, u64), EmbeddedError> {
        let path = self.home.log();
        let length = |path| fs::metadata(path).map_or(0, |data| data.len());
        if length(&path) > LARGEST_LOG {
            fs::rename(&path, path.with_extension("log.old")).map_err(doing("setting the old log aside"))?;
        }
        let start = length(&path);
        let log = File::options().append(true).create(true).mode(0o600).open(&path);
        Ok((log.map_err(doing(format!("opening {}", path.display())))?, start))
    }

    /// Waits until the server is ready, recovery after a crash included, and makes the database if it is new.
    pub(super) async fn wait_until_ready(&self, server: &mut Server, port: u16) -> Result<(), NotUp> {
        let deadline = Instant::now() + self.ready_within;
        let mut pause = Duration::from_millis(5);
        while !self.says_ready(server) {
            if let Ok(Some(_)) = server.postmaster.try_wait() {
                return Err(NotUp::Ended(self.log_since(server.log_start)));
            }
            if Instant::now() > deadline {
                let (within, log) = (self.ready_within, self.home.log());
                return Err(NotUp::Hopeless(EmbeddedError::NotReady { within, log }));
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
        self.prepare(port).await.map_err(|error| {
            NotUp::Hopeless(match error.code() {
                Some(code) if *code == SqlState::INVALID_PASSWORD => {
                    EmbeddedError::Credentials { file: self.home.file("credentials") }
                }
                _ => EmbeddedError::Prepare(error),
            })
        })
    }

    /// Whether the note that the postmaster keeps is this one's and says that connections are let in.
    fn says_ready(&self, server: &Server) -> bool {
        let note = fs::read_to_string(self.home.cluster().join("postmaster.pid")).unwrap_or_default();
        let mut lines = note.lines().map(str::trim);
        let pid = lines.next().and_then(|line| line.parse().ok());
        pid.is_some() && pid == server.postmaster.id() && lines.nth(STATUS_AFTER_PID) == Some("ready")
    }

    /// Connects as the owner and makes the program's database where it is missing.
    async fn prepare(&self, port: u16) -> Result<(), tokio_postgres::Error> {
        let mut config = tokio_postgres::Config::new();
        config.host("127.0.0.1").port(port).user(OWNER).password(&self.credentials.owner).dbname("postgres");
        config.connect_timeout(Duration::from_secs(2));
        let (client, connection) = config.connect(NoTls).await?;
        // It ends with the client; its error reaches the client's calls too.
        let connection = tokio::spawn(connection);
        let found = client.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&DATABASE]).await?;
        if found.is_none() {
            client.batch_execute(&format!("CREATE DATABASE {DATABASE}")).await?;
        }
        drop(client);
        connection.await.unwrap_or(Ok(()))
    }

    fn log_since(&self, start: u64) -> String {
        let mut text = String::new();
        let read = File::open(self.home.log()).and_then(|mut log| {
            log.seek(SeekFrom::Start(start))?;
            log.read_to_string(&mut text)
        });
        match read {
            Ok(_) => last_lines(&text),
            Err(error) => format!("its log cannot be read: {error}"),
        }
    }
}

impl Server {
    /// Waits for the postmaster to end by itself.
    pub(super) async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.postmaster.wait().await
    }

    /// Ends the server: in order, as long as `in_order` lets it, then at once, then by force.
    pub(super) async fn stop(mut self, in_order: Duration) -> Result<(), EmbeddedError> {
        for (how, patience) in [(Signal::INT, in_order), (Signal::QUIT, IMMEDIATE), (Signal::KILL, IMMEDIATE)] {
            signal(&self.postmaster, how);
            if timeout(patience, self.postmaster.wait()).await.is_ok() {
                self.dismiss_watchdog().await;
                return Ok(());
            }
            tracing::warn!("PostgreSQL did not end within {patience:?}");
        }
        Err(EmbeddedError::DoesNotEnd { pid: self.postmaster.id().unwrap_or_default() })
    }

    /// Tells the watchdog that there is nothing left to watch.
    pub(super) async fn dismiss_watchdog(&mut self) {
        if let Some(mut input) = self.watchdog.stdin.take() {
            // It fails when the watchdog is gone, which is what is wanted.
            input.write_all(b"done\n").await.ok();
        }
        if timeout(IMMEDIATE, self.watchdog.wait()).await.is_err() {
            signal(&self.watchdog, Signal::KILL);
        }
    }
}

/// Sends a signal to a child that has not been waited for; one that has ended is left alone.
fn signal(child: &Child, signal: Signal) {
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // A child that has just ended is what was asked for.
        kill_process(pid, signal).ok();
    }
}
