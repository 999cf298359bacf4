//! A transaction that carries an identity, and the only way to a query.
//!
//! The identity is set for the transaction alone (`set_config(…, is_local => true)`), so it can't reach the next user of the
//! pooled connection. The statement that opens the transaction travels with the first query, and the deferred writes travel
//! with the commit: a command that reads, decides and writes costs two network round trips. It is not a unit of work that
//! retries: a failed transaction is the caller's to repeat.

use super::error::{commit_failed, is_duplicate, query_failed};
use super::in_order::in_order;
use super::{Statement, Woken, sql};
use crate::kernel::actor::Kind;
use crate::kernel::{Actor, Error, Result, error::Cause};
use diesel::QueryResult;
use diesel::deserialize::FromSqlRow;
use diesel::expression::QueryMetadata;
use diesel::pg::Pg;
use diesel::query_builder::{AsQuery, AstPass, QueryFragment, QueryId};
use diesel::query_dsl::CompatibleType;
use diesel::sql_types::Text;
use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection};
use futures_util::future::{BoxFuture, join};
use futures_util::{FutureExt, TryStreamExt};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long one statement may run: what a person waits for, and what holds locks, must end.
const STATEMENT_TIMEOUT: &str = "15s";
/// How long an answer of the server is waited for: a little longer than it lets a statement run, so that only a server that
/// can't be heard is given up.
pub(super) const ANSWER: Duration = Duration::from_secs(20);

/// A write that waits for the commit.
struct Deferred {
    what: &'static str,
    query: Box<dyn QueryFragment<Pg> + Send>,
}

impl QueryFragment<Pg> for Deferred {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.query.walk_ast(out)
    }
}

impl QueryId for Deferred {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// An open transaction; dropped without [`Tx::commit`] or [`Tx::rollback`], its connection is closed and not reused.
pub struct Tx {
    conn: Option<Object<AsyncPgConnection>>,
    opening: Option<Statement>,
    aborted: bool,
    deferred: Vec<Deferred>,
    actor: Actor,
    answer: Duration,
    woken: Arc<Woken>,
    wakes_outbox: bool,
    wakes_payments: bool,
    wakes_events: bool,
}

impl Tx {
    pub(super) fn new(conn: Object<AsyncPgConnection>, actor: &Actor, answer: Duration, woken: Arc<Woken>) -> Self {
        Self {
            conn: Some(conn),
            opening: Some(opening(actor)),
            aborted: false,
            deferred: Vec::new(),
            actor: *actor,
            answer,
            woken,
            wakes_outbox: false,
            wakes_payments: false,
            wakes_events: false,
        }
    }

    /// Who acts in this transaction.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Loads all rows of a query.
    ///
    /// # Errors
    /// As [`crate::kernel::Error`] says; `what` names the step in the log.
    pub async fn load<'q, Q, U, ST>(&mut self, what: &'static str, query: Q) -> Result<Vec<U>>
    where
        Q: AsQuery + Send + 'q,
        Q::Query: QueryFragment<Pg> + QueryId + Send + 'q,
        Q::SqlType: CompatibleType<U, Pg, SqlType = ST>,
        U: FromSqlRow<ST, Pg> + Send + 'static,
        Pg: QueryMetadata<Q::SqlType>,
        ST: 'static,
    {
        let opening = self.opening.take();
        let conn = self.conn(what)?;
        let read = async {
            let mut conn = conn;
            let rows: Vec<_> = AsyncConnectionCore::load(&mut conn, query).await?.try_collect().await?;
            rows.iter()
                .map(|row| U::build_from_row(row).map_err(diesel::result::Error::DeserializationError))
                .collect::<QueryResult<Vec<U>>>()
        };
        let answered = timeout(self.answer, join(open(conn, opening), read)).await;
        let (opened, rows) = answered.map_err(|_| self.give_up(what))?;
        opened.map_err(|error| query_failed("opening a transaction", error))?;
        rows.map_err(|error| self.refused(what, error))
    }

    /// Loads the first row of a query, if there is one.
    ///
    /// # Errors
    /// As [`Tx::load`].
    pub async fn first<'q, Q, U, ST>(&mut self, what: &'static str, query: Q) -> Result<Option<U>>
    where
        Q: AsQuery + Send + 'q,
        Q::Query: QueryFragment<Pg> + QueryId + Send + 'q,
        Q::SqlType: CompatibleType<U, Pg, SqlType = ST>,
        U: FromSqlRow<ST, Pg> + Send + 'static,
        Pg: QueryMetadata<Q::SqlType>,
        ST: 'static,
    {
        Ok(self.load(what, query).await?.into_iter().next())
    }

    /// Runs a write now and tells how many rows it touched.
    ///
    /// # Errors
    /// As [`Tx::load`].
    pub async fn execute<'q, Q>(&mut self, what: &'static str, query: Q) -> Result<usize>
    where
        Q: QueryFragment<Pg> + QueryId + Send + 'q,
    {
        let opening = self.opening.take();
        let conn = self.conn(what)?;
        let write = async {
            let mut conn = conn;
            AsyncConnectionCore::execute_returning_count(&mut conn, query).await
        };
        let answered = timeout(self.answer, join(open(conn, opening), write)).await;
        let (opened, count) = answered.map_err(|_| self.give_up(what))?;
        opened.map_err(|error| query_failed("opening a transaction", error))?;
        count.map_err(|error| self.refused(what, error))
    }

    fn refused(&mut self, what: &'static str, error: diesel::result::Error) -> Error {
        self.aborted = true;
        query_failed(what, error)
    }

    /// Whether the server refused a query of it: then it answers no other, and can only be rolled back.
    pub const fn is_aborted(&self) -> bool {
        self.aborted
    }

    /// Leaves a write for the commit: it runs then, in order, without waiting for an answer in between.
    ///
    /// For writes whose row count is already certain, because the row was locked or is new.
    pub fn defer<Q>(&mut self, what: &'static str, query: Q)
    where
        Q: QueryFragment<Pg> + Send + 'static,
    {
        self.deferred.push(Deferred { what, query: Box::new(query) });
    }

    /// Runs the deferred writes now: for a query that must see them.
    ///
    /// # Errors
    /// As [`Tx::load`].
    pub async fn flush(&mut self) -> Result<()> {
        for write in std::mem::take(&mut self.deferred) {
            self.execute(write.what, write).await?;
        }
        Ok(())
    }

    /// Wakes the outbox's worker once this transaction is committed.
    pub fn wake_outbox(&mut self) {
        self.wakes_outbox = true;
    }

    /// Wakes the worker of the payment provider's tasks once this transaction is committed.
    pub fn wake_payments(&mut self) {
        self.wakes_payments = true;
    }

    /// Wakes who follows the event log once this transaction is committed.
    pub fn wake_events(&mut self) {
        self.wakes_events = true;
    }

    /// Runs the deferred writes and commits.
    ///
    /// # Errors
    /// As [`Tx::load`]; nothing of the transaction stays. [`Error::Unsure`]: the connection broke, and it may be kept or not.
    pub async fn commit(self) -> Result<()> {
        self.finish("").await.map(|_| ())
    }

    /// Commits like [`Tx::commit`], but tells apart that a row with the same key in `constraint` exists already.
    ///
    /// # Errors
    /// As [`Tx::commit`]. `Ok(false)`: the key exists, nothing was changed.
    pub async fn commit_once(self, constraint: &str) -> Result<bool> {
        self.finish(constraint).await
    }

    /// Commits what was deferred; without any, ends a transaction that only read, and nobody waits for the server's word.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn end(self) -> Result<()> {
        if !self.deferred.is_empty() {
            return self.commit().await;
        }
        tokio::spawn(async move {
            if let Err(error) = self.rollback().await {
                tracing::debug!(%error, "a transaction that only read did not end in order; its connection is closed");
            }
        });
        Ok(())
    }

    async fn finish(mut self, constraint: &str) -> Result<bool> {
        if self.opening.is_some() && self.deferred.is_empty() {
            self.release();
            return Ok(true);
        }
        let opening = self.opening.take();
        let deferred = std::mem::take(&mut self.deferred);
        let conn = self.conn("committing")?;
        let names: Vec<&'static str> = deferred.iter().map(|write| write.what).collect();
        let writes: Vec<BoxFuture<'_, QueryResult<usize>>> =
            deferred.into_iter().map(|write| execute(conn, write).boxed()).collect();
        // As a prepared statement like the writes: those wait for one another while one is new to the connection, and a plain
        // query would overtake them. Whatever overtook a write, or was overtaken by the commit, would stand outside the
        // transaction: hence in order, and the commit polled last.
        let commit = execute(conn, Deferred { what: "committing", query: Box::new(sql("COMMIT")) });
        let answered = timeout(self.answer, join(open(conn, opening), join(in_order(writes), commit))).await;
        // It may have been carried out: nobody heard.
        let unsure = |error| match error {
            Error::Unavailable { what, cause } => Error::Unsure { what, cause },
            other => other,
        };
        let (opened, (written, committed)) = answered.map_err(|_| unsure(self.give_up("committing")))?;
        opened.map_err(|error| commit_failed("opening a transaction", error))?;
        for (what, outcome) in names.into_iter().zip(written) {
            match outcome {
                Ok(_) => {}
                // PostgreSQL answered our COMMIT of a failed transaction by rolling back: the connection is clean.
                Err(error) if !constraint.is_empty() && is_duplicate(&error, constraint) => {
                    if committed.is_ok() {
                        self.release();
                    }
                    return Ok(false);
                }
                Err(error) => {
                    if committed.is_ok() {
                        self.release();
                    }
                    return Err(commit_failed(what, error));
                }
            }
        }
        committed.map_err(|error| commit_failed("committing", error))?;
        self.release();
        if self.wakes_outbox {
            self.woken.outbox.notify_one();
        }
        if self.wakes_payments {
            self.woken.payments.notify_one();
        }
        if self.wakes_events {
            self.woken.events.notify_waiters();
        }
        Ok(true)
    }

    /// Ends the transaction without keeping anything.
    ///
    /// # Errors
    /// As [`Tx::load`]; nothing stays in any case.
    pub async fn rollback(mut self) -> Result<()> {
        if self.opening.is_some() {
            self.release();
            return Ok(());
        }
        let conn = self.conn("rolling back")?;
        let answered = timeout(self.answer, batch(conn, "ROLLBACK")).await;
        answered.map_err(|_| self.give_up("rolling back"))?.map_err(|error| query_failed("rolling back", error))?;
        self.release();
        Ok(())
    }

    fn conn(&self, what: &'static str) -> Result<&AsyncPgConnection> {
        let gone = || Error::Unavailable { what, cause: Cause::new("the connection was given up") };
        self.conn.as_deref().ok_or_else(gone)
    }

    /// Closes a connection on which no answer came: what is still under way on it must not reach the next transaction.
    fn give_up(&mut self, what: &'static str) -> Error {
        self.close();
        Error::Unavailable { what, cause: Cause::new("the database did not answer in time") }
    }

    /// Takes the connection out of the pool and closes it: the server rolls back.
    fn close(&mut self) {
        if let Some(conn) = self.conn.take() {
            drop(Object::take(conn));
        }
    }

    /// Hands the connection, outside any transaction, back to the pool.
    fn release(&mut self) {
        drop(self.conn.take());
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        self.close();
    }
}

async fn execute(conn: &AsyncPgConnection, write: Deferred) -> QueryResult<usize> {
    let mut conn = conn;
    AsyncConnectionCore::execute_returning_count(&mut conn, write).await
}

async fn batch(conn: &AsyncPgConnection, statement: &str) -> QueryResult<()> {
    let mut conn = conn;
    SimpleAsyncConnection::batch_execute(&mut conn, statement).await
}

async fn open(conn: &AsyncPgConnection, opening: Option<Statement>) -> QueryResult<()> {
    let Some(identity) = opening else { return Ok(()) };
    let set = async {
        let mut conn = conn;
        AsyncConnectionCore::execute_returning_count(&mut conn, identity).await
    };
    let (begun, set) = join(batch(conn, "BEGIN"), set).await;
    begun.and(set.map(|_| ()))
}

/// The statement that sets a transaction's identity; it follows its beginning.
fn opening(actor: &Actor) -> Statement {
    let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let (role, rank, duty) = match actor.kind() {
        Kind::Member => ("maxis_member", "", ""),
        Kind::Staff(rank) => ("maxis_staff", rank.as_str(), ""),
        Kind::System(duty) => match duty {
            crate::kernel::System::Accounts | crate::kernel::System::Panel => ("maxis_accounts", "", duty.as_str()),
            crate::kernel::System::Outbox | crate::kernel::System::Schedule => ("maxis_worker", "", duty.as_str()),
            crate::kernel::System::Payments => ("maxis_payments", "", duty.as_str()),
            crate::kernel::System::Privacy => ("maxis_privacy", "", duty.as_str()),
        },
    };
    sql("select set_config('role', ?, true), set_config('app.guild_id', ?, true), \
         set_config('app.user_id', ?, true), set_config('app.rank', ?, true), set_config('app.duty', ?, true), \
         set_config('statement_timeout', ?, true)")
    .bind::<Text, _>(role)
    .bind::<Text, _>(number(actor.guild().map(crate::kernel::GuildId::as_i64)))
    .bind::<Text, _>(number(actor.user().map(crate::kernel::UserId::as_i64)))
    .bind::<Text, _>(rank)
    .bind::<Text, _>(duty)
    .bind::<Text, _>(STATEMENT_TIMEOUT)
}
