//! Runs the compiled-in migrations as the owner, one process at a time.

use super::pool::connect;
use super::seal::{self, Seal};
use crate::kernel::{
    Error, Result,
    error::{Cause, Context},
};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Key of the advisory lock that serialises migrations: the letters "maxis" as a number.
const LOCK: i64 = 0x6d_61_78_69_73;

/// Brings the database to the newest version and seals it; returns the names of the migrations that ran.
///
/// # Errors
/// [`Error::Unavailable`] when the database can't be reached, [`Error::Internal`] when a migration fails, or must not run
/// because something that binds the login was changed by hand.
pub async fn migrate(owner_url: &str) -> Result<Vec<String>> {
    let _lock = lock(owner_url).await?;
    let mut seal = owner(owner_url).await?;
    let found = seal::look(&mut seal).await?;
    if with_harness(owner_url, names_of_pending).await?.is_empty() {
        // What was changed by hand is told by the check of the login, and never sealed in passing.
        if found == Seal::Missing {
            seal::set(&mut seal).await?;
        }
        return Ok(Vec::new());
    }
    if found == Seal::Broken {
        return Err(seal::broken());
    }
    // Lifted first: whoever stops in between finds none, and not a broken one.
    seal::lift(&mut seal).await?;
    let ran = with_harness(owner_url, |harness| {
        Ok(harness.run_pending_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    })
    .await?;
    seal::set(&mut seal).await?;
    Ok(ran)
}

/// Takes every migration back, the newest first; for tests.
///
/// # Errors
/// As [`migrate`].
pub async fn revert_all(owner_url: &str) -> Result<Vec<String>> {
    let _lock = lock(owner_url).await?;
    let reverted = with_harness(owner_url, |harness| {
        Ok(harness.revert_all_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    });
    reverted.await
}

/// Names the migrations that have not run yet.
///
/// # Errors
/// As [`migrate`].
pub async fn pending(owner_url: &str) -> Result<Vec<String>> {
    let _lock = lock(owner_url).await?;
    with_harness(owner_url, names_of_pending).await
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn names_of_pending(harness: &mut Harness) -> std::result::Result<Vec<String>, Failure> {
    Ok(harness.pending_migrations(MIGRATIONS)?.iter().map(|m| m.name().to_string()).collect())
}

async fn owner(owner_url: &str) -> Result<AsyncPgConnection> {
    connect(owner_url).await.unavailable("connecting as the database's owner")
}

/// Waits until no other process migrates; held until the connection closes, whatever happens.
async fn lock(owner_url: &str) -> Result<AsyncPgConnection> {
    let mut conn = owner(owner_url).await?;
    conn.batch_execute(&format!("select pg_advisory_lock({LOCK})")).await.unavailable("locking for migrations")?;
    Ok(conn)
}

async fn with_harness(
    owner_url: &str,
    work: impl FnOnce(&mut Harness) -> std::result::Result<Vec<String>, Failure> + Send + 'static,
) -> Result<Vec<String>> {
    let conn = owner(owner_url).await?;
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let _inside = runtime.enter();
        work(&mut AsyncMigrationHarness::new(conn))
    })
    .await
    .internal("running migrations")?
    .map_err(|cause| Error::Internal { what: "running migrations", cause: Cause::new(cause) })
}
