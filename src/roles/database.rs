//! Opens the database of the commerce role: the one in `DATABASE_URL`, else the private one.
//!
//! It refuses a login that row-level security doesn't bind.

use super::Failed;
use crate::config::Settings;
use crate::db::{self, Db, embedded};
use tokio::time::Instant;

/// The application's login in the private database.
const PRIVATE_LOGIN: &str = "maxis_login";

/// An open database, with the private server under it where there is one.
pub(super) struct Opened {
    /// The database.
    pub(super) db: Db,
    /// Address of the application's login; holds a password.
    pub(super) url: String,
    server: Option<embedded::Embedded>,
}

impl Opened {
    /// Closes the pool and stops the private server.
    pub(super) async fn close(self) {
        self.close_by(Instant::now() + super::END).await;
    }

    /// The same by a moment.
    pub(super) async fn close_by(self, by: Instant) {
        self.db.close();
        if let Some(server) = self.server
            && let Err(error) = server.stop_by(by).await
        {
            tracing::warn!(%error, "the private PostgreSQL did not stop in order; it recovers at the next start");
        }
    }
}

/// Opens the database, migrated and checked.
///
/// # Errors
/// [`Failed`] with what to do about it.
pub(super) async fn open(settings: &Settings) -> Result<Opened, Failed> {
    let size = usize::try_from(settings.database.pool_size).unwrap_or(usize::MAX);
    let Some(url) = &settings.database.url else {
        return open_private(settings, size).await;
    };
    if let Some(owner) = &settings.database.migration_url {
        db::migrate(owner.expose()).await.map_err(Failed::from_error("migrating the database"))?;
    }
    checked(url.expose()).await?;
    let db = Db::new(url.expose(), size).map_err(Failed::from_error("opening the database"))?;
    Ok(Opened { db, url: url.expose().to_owned(), server: None })
}

async fn open_private(settings: &Settings, size: usize) -> Result<Opened, Failed> {
    let mut options = embedded::Options::new(&settings.database.data_dir);
    options.bin_dir.clone_from(&settings.database.pg_bin);
    let server = embedded::Embedded::start(options).await.map_err(|error| Failed::new(error.to_string()))?;
    match prepare_private(&server, size).await {
        Ok((db, url)) => Ok(Opened { db, url, server: Some(server) }),
        Err(failed) => {
            if let Err(error) = server.stop().await {
                tracing::warn!(%error, "the private PostgreSQL did not stop in order");
            }
            Err(failed)
        }
    }
}

async fn prepare_private(server: &embedded::Embedded, size: usize) -> Result<(Db, String), Failed> {
    let owner = server.admin_url();
    db::migrate(&owner).await.map_err(Failed::from_error("migrating the private database"))?;
    db::set_app_login(&owner, PRIVATE_LOGIN, server.app_password())
        .await
        .map_err(Failed::from_error("making the application's login"))?;
    let url = server.app_url(PRIVATE_LOGIN, server.app_password());
    checked(&url).await?;
    let db = Db::new(&url, size).map_err(Failed::from_error("opening the private database"))?;
    Ok((db, url))
}

async fn checked(url: &str) -> Result<(), Failed> {
    match db::check_login(url).await.map_err(Failed::from_error("checking the database login"))? {
        None => Ok(()),
        Some(unfit) => Err(Failed::new(format!("{unfit}; {}", unfit.problem.remedy()))),
    }
}
