//! A private PostgreSQL in the data directory, for installations without a `DATABASE_URL`.
//!
//! It is found on the machine or downloaded, made once, reachable on loopback only with generated passwords, and
//! lives as long as this program: stopped with it, ended by a watchdog when the program is killed, started again
//! when it dies alone, and recovered at the next start. As root, it runs as an unprivileged user.
//!
//! It knows nothing of tables or of the application's role: migrations run through `admin_url`.

mod account;
mod binaries;
mod cluster;
mod download;
mod error;
mod orphan;
mod place;
mod server;

use std::{
    fmt,
    fs::{File, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep},
};

pub use error::EmbeddedError;

use binaries::{Binaries, OLDEST, Places};
use cluster::{Credentials, OWNER};
use error::doing;
use place::Home;
use server::{DATABASE, NotUp, Plan, Server};

/// What of the time to stop is kept for stopping by force.
const FORCE: Duration = Duration::from_millis(400);
/// How long a start is tried again while a port is taken or the children of a killed server are still there.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pauses between starts of a server that keeps dying.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The directory in the home that holds downloaded servers, one directory for each major version.
const DOWNLOADS: &str = "server";

/// How to start the private PostgreSQL.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program's data directory; made when missing.
    pub data_dir: PathBuf,
    /// The directory of the server programs; none: they are looked for.
    pub bin_dir: Option<PathBuf>,
    /// Whether server programs may be downloaded when none are found.
    pub may_download: bool,
    /// How long to wait for the first answer; recovery after a crash takes its time.
    pub ready_within: Duration,
    /// Settings of PostgreSQL, laid over this module's own.
    pub settings: Vec<(String, String)>,
}

impl Options {
    /// The usual options for a data directory.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            bin_dir: None,
            may_download: true,
            ready_within: Duration::from_secs(120),
            settings: Vec::new(),
        }
    }
}

/// A running private PostgreSQL. Dropped without `stop`, it ends a moment later.
pub struct Embedded {
    port: u16,
    home: PathBuf,
    credentials: Credentials,
    stop: oneshot::Sender<Duration>,
    keeper: JoinHandle<Result<(), EmbeddedError>>,
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("port", &self.port).field("home", &self.home).finish_non_exhaustive()
    }
}

impl Embedded {
    /// Starts the private PostgreSQL of `options.data_dir` and waits until it answers.
    ///
    /// # Errors
    /// Everything that keeps it from running, in words for the person who starts the program.
    pub async fn start(options: Options) -> Result<Self, EmbeddedError> {
        let data_dir = place::open_data_dir(&options.data_dir)?;
        let lock = lock(&data_dir)?;
        let home = Home::find_or_make(&data_dir)?;
        let credentials = Credentials::read_or_make(&home)?;
        let places = Places::of_this_machine(&home.file(DOWNLOADS));
        let binaries = find_binaries(&places, &home, &options).await?;
        if cluster::version(&home).is_none() {
            cluster::make(&home, &binaries, &credentials).await?;
        }
        let Options { settings, ready_within, .. } = options;
        let plan = Plan { home, binaries, credentials, settings, ready_within };
        orphan::clear(&plan.home.cluster()).await?;
        let (server, port) = bring_up(&plan).await?;
        let (stop, stopped) = oneshot::channel();
        let (home, credentials) = (plan.home.path.clone(), plan.credentials.clone());
        let keeper = tokio::spawn(keep(plan, server, port, stopped, lock));
        Ok(Self { port, home, credentials, stop, keeper })
    }

    /// The connection string of the cluster's owner, a superuser: for migrations only. It holds the password.
    pub fn admin_url(&self) -> String {
        self.app_url(OWNER, &self.credentials.owner)
    }

    /// The connection string of a role of this cluster. It holds the password.
    pub fn app_url(&self, role: &str, password: &str) -> String {
        let (role, password) = (percent_encoded(role), percent_encoded(password));
        format!("postgres://{role}:{password}@127.0.0.1:{}/{DATABASE}", self.port)
    }

    /// A password made with the cluster and kept beside it, for the application's role.
    pub fn app_password(&self) -> &str {
        &self.credentials.app
    }

    /// The TCP port on loopback; it stays the same while this value lives.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory that holds the cluster and its log.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Stops the server: in order, and by force when that takes more than a few seconds.
    ///
    /// # Errors
    /// The server could not be ended.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        self.stop_within(server::FAST).await
    }

    /// The same so that it has ended at a moment: what isn't in order shortly before is stopped by force.
    ///
    /// # Errors
    /// As [`Self::stop`].
    pub async fn stop_by(self, by: Instant) -> Result<(), EmbeddedError> {
        let left = by.saturating_duration_since(Instant::now());
        self.stop_within(left.saturating_sub(FORCE).min(server::FAST)).await
    }

    async fn stop_within(self, patience: Duration) -> Result<(), EmbeddedError> {
        // The keeper may have ended by itself; its result says how.
        self.stop.send(patience).ok();
        self.keeper.await.unwrap_or(Err(EmbeddedError::Unattended))
    }
}

/// Takes the data directory for this process. The lock goes when the file is closed, in whatever way.
fn lock(data_dir: &Path) -> Result<File, EmbeddedError> {
    let path = data_dir.join("postgres.lock");
    let what = || format!("locking {}", path.display());
    let mut file =
        File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(doing(what()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Whoever holds the lock may be writing its number right now.
            file.read_to_string(&mut holder).ok();
            let holder = match holder.trim() {
                "" => "another process".to_owned(),
                pid => format!("another process ({pid})"),
            };
            return Err(EmbeddedError::Busy { data_dir: data_dir.to_owned(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(doing(what())(error)),
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(doing(what()))?;
    Ok(file)
}

async fn find_binaries(places: &Places, home: &Home, options: &Options) -> Result<Binaries, EmbeddedError> {
    let wanted = cluster::version(home);
    if let Some(directory) = &options.bin_dir {
        return binaries::named(directory, wanted);
    }
    if let Some(found) = places.find(wanted) {
        return Ok(found);
    }
    let refused = if options.may_download {
        match download::download(&home.file(DOWNLOADS), wanted).await {
            Ok(binaries) => return Ok(binaries),
            Err(why) => format!(", and downloading it failed ({why})"),
        }
    } else {
        String::new()
    };
    let package = wanted.map_or("postgresql".into(), |major| format!("postgresql-{major}"));
    let wanted = wanted.map_or(format!("{OLDEST} or newer"), |major| major.to_string());
    Err(EmbeddedError::NoServer { wanted, package, looked: places.describe(), download: refused })
}

/// Starts the server and waits for it, on another port when the first one is taken meanwhile.
async fn bring_up(plan: &Plan) -> Result<(Server, u16), EmbeddedError> {
    let deadline = Instant::now() + PATIENCE;
    let last_port = plan.home.file("port");
    let mut wish = std::fs::read_to_string(&last_port).ok().and_then(|text| text.trim().parse().ok());
    loop {
        let port = free_port(wish.take())?;
        let mut server = plan.spawn(port)?;
        match plan.wait_until_ready(&mut server, port).await {
            Ok(()) => {
                std::fs::write(&last_port, port.to_string()).map_err(doing("noting the port"))?;
                return Ok((server, port));
            }
            Err(NotUp::Ended(output)) if is_passing(&output) && Instant::now() < deadline => {
                server.dismiss_watchdog().await;
                sleep(FIRST_PAUSE).await;
            }
            Err(NotUp::Ended(output)) => {
                server.dismiss_watchdog().await;
                return Err(EmbeddedError::DidNotStart { output, log: plan.home.log() });
            }
            Err(NotUp::Hopeless(error)) => {
                server.stop(server::FAST).await?;
                return Err(error);
            }
        }
    }
}

/// The same port as last time where it is free, so that a person's own tools find the database again.
fn free_port(wish: Option<u16>) -> Result<u16, EmbeddedError> {
    let listen = |port| TcpListener::bind(("127.0.0.1", port)).and_then(|listener| listener.local_addr());
    let address = wish.map_or_else(|| listen(0), |port| listen(port).or_else(|_| listen(0)));
    Ok(address.map_err(doing("finding a free port"))?.port())
}

/// Reasons that go away: a port taken at the same moment, children of a killed server that are still ending.
fn is_passing(output: &str) -> bool {
    ["could not bind", "could not create any TCP/IP sockets", "still in use", "postmaster.pid"]
        .iter()
        .any(|reason| output.contains(reason))
}

/// Looks after the server until it is told to stop, and starts it again on the same port should it die.
///
/// It holds the lock until the server has ended.
async fn keep(
    plan: Plan,
    mut server: Server,
    port: u16,
    mut stop: oneshot::Receiver<Duration>,
    lock: File,
) -> Result<(), EmbeddedError> {
    let mut pause = FIRST_PAUSE;
    loop {
        let started = Instant::now();
        tokio::select! {
            // A dropped sender is a dropped `Embedded`: the same.
            patience = &mut stop => {
                let result = server.stop(patience.unwrap_or(server::FAST)).await;
                drop(lock);
                return result;
            }
            status = server.ended() => {
                let how = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                tracing::error!(how, "the private PostgreSQL ended by itself; starting it again");
            }
        }
        server.dismiss_watchdog().await;
        pause = if started.elapsed() > LONGEST_PAUSE { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        server = tokio::select! {
            _ = &mut stop => return Ok(()),
            again = start_again(&plan, port, pause) => again,
        };
    }
}

/// Starts the server until that works; whether it then stays up is the caller's to see.
async fn start_again(plan: &Plan, port: u16, pause: Duration) -> Server {
    loop {
        sleep(pause).await;
        let cleared = orphan::clear(&plan.home.cluster()).await;
        match cleared.and_then(|()| plan.spawn(port)) {
            Ok(server) => return server,
            Err(error) => {
                tracing::error!(%error, "the private PostgreSQL could not be started again")
            }
        }
    }
}

/// 48 random letters and digits: 192 bits.
fn random_text() -> String {
    rand::random::<[u8; 24]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Text as it may stand in a connection string.
fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_machine_without_postgresql_is_told_what_to_install() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home { path: directory.path().to_owned(), account: None };
        let options = Options { may_download: false, ..Options::new(directory.path()) };
        let told = async || find_binaries(&Places::default(), &home, &options).await.unwrap_err().to_string();
        insta::assert_snapshot!(told().await, @"no PostgreSQL 14 or newer found (PATH, pg_config); install it (Debian, Ubuntu: `apt-get install postgresql`), name its directory in SHELLIA_PG_BIN, or set DATABASE_URL to a server of yours");
        std::fs::create_dir(home.cluster()).unwrap();
        std::fs::write(home.cluster().join("PG_VERSION"), "16\n").unwrap();
        insta::assert_snapshot!(told().await, @"no PostgreSQL 16 found (PATH, pg_config); install it (Debian, Ubuntu: `apt-get install postgresql-16`), name its directory in SHELLIA_PG_BIN, or set DATABASE_URL to a server of yours");
    }

    #[test]
    fn a_password_may_hold_anything() {
        assert_eq!(percent_encoded("a-b_c.d~0"), "a-b_c.d~0");
        assert_eq!(percent_encoded("@:/ é%"), "%40%3A%2F%20%C3%A9%25");
    }
}
