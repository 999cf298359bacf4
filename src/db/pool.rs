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
/// How long a connection may be silent before the network is asked whether the other side is still there.
const SILENT: Duration = Duration::from_secs(30);
/// How long after that it is asked again, and how often before the connection counts as broken.
const ASKED_AGAIN: Duration = Duration::from_secs(10);
const ASKED: u32 = 3;
/// How long what was sent may stay unacknowledged before the connection counts as broken.
const UNHEARD: Duration = Duration::from_secs(20);

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
    let config = url.parse().map_err(|error| ConnectionError::InvalidConnectionUrl(format!("{error}")))?;
    let config = watched(config);
    let failed = |error: tokio_postgres::Error| ConnectionError::BadConnection(error_text(&error));
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await.map_err(failed)?;
        return AsyncPgConnection::try_from_client_and_connection(client, connection).await;
    }
    let tls = tokio_postgres_rustls::MakeRustlsConnect::new(tls_config());
    let (client, connection) = config.connect(tls).await.map_err(failed)?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

/// What the address doesn't say of how a server is noticed that can't be heard any more.
fn watched(mut config: Config) -> Config {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_keepalives_idle() == Config::new().get_keepalives_idle() {
        config.keepalives_idle(SILENT);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(ASKED_AGAIN);
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(ASKED);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNHEARD);
    }
    config
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_address_says_of_keepalives_counts() {
        let read = |url: &str| watched(url.parse().unwrap());
        let plain = read("postgres://db/maxis");
        assert_eq!((plain.get_keepalives(), plain.get_keepalives_idle()), (true, SILENT));
        assert_eq!((plain.get_keepalives_interval(), plain.get_keepalives_retries()), (Some(ASKED_AGAIN), Some(ASKED)));
        assert_eq!((plain.get_tcp_user_timeout(), plain.get_connect_timeout()), (Some(&UNHEARD), Some(&CONNECT)));
        let told =
            read("postgres://db/maxis?keepalives_idle=7&keepalives_retries=9&tcp_user_timeout=3&connect_timeout=2");
        assert_eq!((told.get_keepalives_idle(), told.get_keepalives_retries()), (Duration::from_secs(7), Some(9)));
        assert_eq!(told.get_tcp_user_timeout(), Some(&Duration::from_secs(3)));
        assert_eq!(told.get_connect_timeout(), Some(&Duration::from_secs(2)));
    }
}
