//! The private PostgreSQL that is measured: as `shellia` starts it, in a directory that goes with the benchmark.

use super::{Failure, Outcome};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use shellia::db;
use shellia::db::embedded::{Embedded, Options};
use std::path::{Path, PathBuf};

/// The application's login.
pub(crate) const LOGIN: &str = "maxis_login";

/// What is set otherwise than in production, stated in the report. Nothing that touches durability.
pub(crate) const RAISED: &[(&str, &str)] = &[];

/// A running server with migrated tables and the application's login.
pub(crate) struct Server {
    embedded: Embedded,
    directory: tempfile::TempDir,
    bin: PathBuf,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Server {
    /// Makes and starts it.
    pub(crate) async fn start() -> Outcome<Self> {
        // On the disk of the build, because the usual place of temporary files may be memory, which keeps nothing.
        let directory = tempfile::tempdir_in(concat!(env!("CARGO_TARGET_TMPDIR")))?;
        let settings = RAISED.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let embedded = Embedded::start(Options { settings, ..Options::new(directory.path()) }).await?;
        let mut server = Self { embedded, directory, bin: PathBuf::new() };
        db::migrate(&server.owner_url()).await?;
        db::set_app_login(&server.owner_url(), LOGIN, server.password()).await?;
        server.bin = PathBuf::from(server.word("select setting as word from pg_config where name = 'BINDIR'").await?);
        Ok(server)
    }

    /// Address as the owner.
    pub(crate) fn owner_url(&self) -> String {
        self.embedded.admin_url()
    }

    /// Address as the application's login.
    pub(crate) fn app_url(&self) -> String {
        self.embedded.app_url(LOGIN, self.password())
    }

    pub(crate) fn password(&self) -> &str {
        self.embedded.app_password()
    }

    pub(crate) fn port(&self) -> u16 {
        self.embedded.port()
    }

    /// A directory for files that go with the benchmark.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The server's log.
    pub(crate) fn log(&self) -> PathBuf {
        self.embedded.home().join("postgres.log")
    }

    /// Process number of the server's first process.
    pub(crate) fn postmaster(&self) -> Outcome<u32> {
        let note = std::fs::read_to_string(self.embedded.home().join("cluster/postmaster.pid"))?;
        Ok(note.lines().next().unwrap_or_default().trim().parse()?)
    }

    /// A program beside the server's own, such as pgbench.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// A connection as the owner.
    pub(crate) async fn owner(&self) -> Outcome<AsyncPgConnection> {
        Ok(db::connect(&self.owner_url()).await?)
    }

    /// Runs statements as the owner.
    pub(crate) async fn run(&self, statements: &str) -> Outcome<()> {
        let done = self.owner().await?.batch_execute(statements).await;
        done.map_err(|error| Failure::from(format!("{error} in: {statements}")))
    }

    /// Asks as the owner for one text called `word`.
    pub(crate) async fn word(&self, query: &str) -> Outcome<String> {
        let row: Word = diesel::sql_query(query).get_result(&mut self.owner().await?).await?;
        Ok(row.word)
    }

    /// Asks as the owner for one number called `number`.
    pub(crate) async fn number(&self, query: &str) -> Outcome<i64> {
        let row: Number = diesel::sql_query(query).get_result(&mut self.owner().await?).await?;
        Ok(row.number)
    }

    /// What the server calls itself.
    pub(crate) async fn version(&self) -> Outcome<String> {
        self.word("select split_part(version(), ' on ', 1) as word").await
    }

    /// Stops it and leaves its data, for a role that starts it by itself.
    pub(crate) async fn leave(self) -> Outcome<tempfile::TempDir> {
        self.embedded.stop().await?;
        Ok(self.directory)
    }

    /// Stops it and removes its data.
    pub(crate) async fn stop(self) -> Outcome<()> {
        self.leave().await?.close()?;
        Ok(())
    }
}
