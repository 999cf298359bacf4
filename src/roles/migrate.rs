//! The subcommand `migrate`: brings the database to the newest version, as its owner.

use super::Failed;
use crate::config::Settings;
use crate::db::{self, embedded};

/// Migrates the database of `MIGRATION_DATABASE_URL`, else of `DATABASE_URL`, else the private one; returns what ran.
///
/// # Errors
/// [`Failed`] with what to do.
pub async fn migrate(settings: &Settings) -> Result<Vec<String>, Failed> {
    let database = &settings.database;
    if let Some(owner) = database.migration_url.as_ref().or(database.url.as_ref()) {
        return db::migrate(owner.expose()).await.map_err(Failed::from_error("migrating the database"));
    }
    let mut options = embedded::Options::new(&database.data_dir);
    options.bin_dir.clone_from(&database.pg_bin);
    let server = embedded::Embedded::start(options).await.map_err(|error| Failed::new(error.to_string()))?;
    let ran = db::migrate(&server.admin_url()).await.map_err(Failed::from_error("migrating the private database"));
    server.stop().await.map_err(|error| Failed::new(error.to_string()))?;
    ran
}
