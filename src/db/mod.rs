//! The only owner of database connections: pool, transaction with its identity, migrations, login check, private server.
//!
//! Queries live in the domains' `store` modules; nothing here knows a ticket.

pub mod embedded;
mod error;
mod in_order;
mod login;
mod migrate;
mod pool;
mod seal;
mod statement;
mod tx;

pub use login::{LoginProblem, Unfit, check_login, set_app_login};
pub use migrate::{migrate, pending, revert_all};
pub use pool::connect;
pub use statement::{Statement, sql};
pub use tx::Tx;

use crate::kernel::{Actor, Error, Result, error::Cause};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::Pool;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long a transaction waits for a free connection before it answers "unavailable".
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(10);

/// The database, as the application's login sees it.
#[derive(Clone)]
pub struct Db {
    pool: Option<Pool<AsyncPgConnection>>,
    answer: Duration,
    woken: Arc<Woken>,
}

/// What this process's commits wake: the workers that would else look again only after a while.
#[derive(Debug, Default)]
struct Woken {
    outbox: Arc<Notify>,
    payments: Arc<Notify>,
    events: Arc<Notify>,
}

impl Db {
    /// Prepares a pool of at most `size` connections; connects when first used.
    ///
    /// # Errors
    /// [`Error::Internal`] when the address can't be read.
    pub fn new(url: &str, size: usize) -> Result<Self> {
        let pool = pool::build(url, size, WAIT_FOR_CONNECTION)?;
        Ok(Self { pool: Some(pool), answer: tx::ANSWER, woken: Arc::default() })
    }

    /// The same with another time for which an answer of the server is waited for.
    #[must_use]
    pub fn answering_within(self, answer: Duration) -> Self {
        Self { answer, ..self }
    }

    /// Stands in a role that keeps no data: every transaction is refused as unavailable.
    pub fn unwired() -> Self {
        Self { pool: None, answer: tx::ANSWER, woken: Arc::default() }
    }

    /// Takes a connection for a transaction that acts as `actor`.
    ///
    /// Nothing is sent yet: opening and identity travel with the first query.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had.
    pub async fn begin(&self, actor: &Actor) -> Result<Tx> {
        let refused = || Error::Unavailable { what: "the database", cause: Cause::new("this role has none") };
        let conn = self
            .pool
            .as_ref()
            .ok_or_else(refused)?
            .get()
            .await
            .map_err(|cause| Error::Unavailable { what: "connecting to the database", cause: Cause::new(cause) })?;
        Ok(Tx::new(conn, actor, self.answer, self.woken.clone()))
    }

    /// Wakes when this process committed an outbox row; other processes are seen by polling.
    pub fn outbox_written(&self) -> Arc<Notify> {
        self.woken.outbox.clone()
    }

    /// Wakes when this process committed a task for the payment provider.
    pub fn payments_asked(&self) -> Arc<Notify> {
        self.woken.payments.clone()
    }

    /// Wakes all who wait when this process committed lines of the event log.
    pub fn events_written(&self) -> Arc<Notify> {
        self.woken.events.clone()
    }

    /// Connections open and in use, for the metrics.
    pub fn usage(&self) -> (usize, usize) {
        let Some(pool) = &self.pool else { return (0, 0) };
        let status = pool.status();
        (status.size, status.size.saturating_sub(status.available))
    }

    /// Closes the pool: transactions under way end, new ones are refused.
    pub fn close(&self) {
        if let Some(pool) = &self.pool {
            pool.close();
        }
    }
}
