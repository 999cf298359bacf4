//! Opens connections, with TLS where the address asks for it, and pools them.

use crate::kernel::{Result, error::Context};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use futures_util::FutureExt;
use std::time::Duration;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};

/// How long opening one connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Builds a pool of at most `size` connections that waits at most `wait` for a free one.
pub(super) fn build(url: &str, size: usize, wait: Duration) -> Result<Pool<AsyncPgConnection>> {
    url.parse::<Config>().internal("reading the database address")?;
    let mut config = ManagerConfig::default();
    // A broken connection is seen without asking; a test query would cost every command a round trip.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(|url| {
        let url = url.to_owned();
        async move { connect(&url).await }.boxed()
    });
    let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
    Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(wait))
        .create_timeout(Some(CONNECT))
        .recycle_timeout(Some(CONNECT))
        .runtime(deadpool::Runtime::Tokio1)
        .build()
        .internal("building the connection pool")
}

/// Opens one connection outside any pool: for migrations and checks.
///
/// # Errors
/// What the driver says; the address is never part of it.
pub async fn connect(url: &str) -> ConnectionResult<AsyncPgConnection> {
    let config: Config = url.parse().map_err(|error| ConnectionError::InvalidConnectionUrl(format!("{error}")))?;
    let failed = |error: tokio_postgres::Error| ConnectionError::BadConnection(error_text(&error));
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await.map_err(failed)?;
        return AsyncPgConnection::try_from_client_and_connection(client, connection).await;
    }
    let tls = tokio_postgres_rustls::MakeRustlsConnect::new(tls_config());
    let (client, connection) = config.connect(tls).await.map_err(failed)?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

fn error_text(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn tls_config() -> rustls::ClientConfig {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()
}
