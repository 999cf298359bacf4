//! Runs the compiled-in migrations as the owner, one process at a time.

use super::pool::connect;
use crate::kernel::{
    Error, Result,
    error::{Cause, Context},
};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Key of the advisory lock that serialises migrations: the letters "maxis" as a number.
const LOCK: i64 = 0x6d_61_78_69_73;

/// Brings the database to the newest version; returns the names of the migrations that ran.
///
/// # Errors
/// [`Error::Unavailable`] when the database can't be reached, [`Error::Internal`] when a migration fails.
pub async fn migrate(owner_url: &str) -> Result<Vec<String>> {
    let ran = under_lock(owner_url, |harness| {
        Ok(harness.run_pending_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    });
    ran.await
}

/// Takes every migration back, the newest first; for tests.
///
/// # Errors
/// As [`migrate`].
pub async fn revert_all(owner_url: &str) -> Result<Vec<String>> {
    let reverted = under_lock(owner_url, |harness| {
        Ok(harness.revert_all_migrations(MIGRATIONS)?.iter().map(ToString::to_string).collect())
    });
    reverted.await
}

/// Names the migrations that have not run yet.
///
/// # Errors
/// As [`migrate`].
pub async fn pending(owner_url: &str) -> Result<Vec<String>> {
    let names = under_lock(owner_url, |harness| {
        Ok(harness.pending_migrations(MIGRATIONS)?.iter().map(|m| m.name().to_string()).collect())
    });
    names.await
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn under_lock(
    owner_url: &str,
    work: impl FnOnce(&mut Harness) -> std::result::Result<Vec<String>, Failure> + Send + 'static,
) -> Result<Vec<String>> {
    let mut conn = connect(owner_url).await.unavailable("connecting as the database's owner")?;
    // Held until the connection closes, whatever happens.
    conn.batch_execute(&format!("select pg_advisory_lock({LOCK})")).await.unavailable("locking for migrations")?;
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let _inside = runtime.enter();
        work(&mut AsyncMigrationHarness::new(conn))
    })
    .await
    .internal("running migrations")?
    .map_err(|cause| Error::Internal { what: "running migrations", cause: Cause::new(cause) })
}
