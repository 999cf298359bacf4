//! The seal over what binds the application's login: policies, grants, triggers and functions as the migrations left them.
//!
//! The owner writes their digest as the comment of the schema `app`, which the login can read and not write. It finds what was
//! changed by hand afterwards and says nothing of what was wrong before. Names and conditions are printed by PostgreSQL, another
//! major version of which may print them otherwise; so a seal counts for the version that it was made by.

use crate::kernel::{Error, Result, error::Cause, error::Context};
use diesel::QueryableByName;
use diesel::sql_types::{Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

/// How a database's seal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// Everything is as it was sealed.
    Intact,
    /// There is none, or one of another version of PostgreSQL or of this digest.
    Missing,
    /// Something was changed since.
    Broken,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    present: String,
    #[diesel(sql_type = Nullable<Text>)]
    kept: Option<String>,
}

/// Looks at the seal.
///
/// # Errors
/// [`Error::Unavailable`] when the database can't be reached.
pub(super) async fn look(conn: &mut AsyncPgConnection) -> Result<Seal> {
    let Row { present, kept } = read(conn).await?;
    let version = |seal: &str| seal.rsplit_once(' ').map(|(version, _)| version.to_owned());
    Ok(match kept {
        Some(kept) if kept == present => Seal::Intact,
        Some(kept) if version(&kept) == version(&present) => Seal::Broken,
        Some(_) | None => Seal::Missing,
    })
}

/// Seals what is there now, as the owner.
///
/// # Errors
/// As [`look`].
pub(super) async fn set(conn: &mut AsyncPgConnection) -> Result<()> {
    let Row { present, .. } = read(conn).await?;
    write(conn, &format!("'{present}'")).await
}

/// Takes the seal off, as the owner, before something is changed that it will be set over again.
///
/// # Errors
/// As [`look`].
pub(super) async fn lift(conn: &mut AsyncPgConnection) -> Result<()> {
    write(conn, "null").await
}

async fn read(conn: &mut AsyncPgConnection) -> Result<Row> {
    let what = "looking at the database's seal";
    // For this transaction alone: the connection may be a pooler's.
    conn.batch_execute("begin; set local search_path to pg_catalog").await.unavailable(what)?;
    let row = diesel::sql_query(include_str!("digest.sql")).get_result(conn).await.unavailable(what)?;
    conn.batch_execute("rollback").await.unavailable(what)?;
    Ok(row)
}

async fn write(conn: &mut AsyncPgConnection, comment: &str) -> Result<()> {
    let there =
        "do $$ begin if to_regnamespace('app') is not null then comment on schema app is COMMENT; end if; end $$";
    conn.batch_execute(&there.replace("COMMENT", comment)).await.unavailable("sealing the database")
}

/// What a migration says of a database that was changed by hand.
pub(super) fn broken() -> Error {
    let cause = "policies, grants, triggers or functions were changed by hand since the last migration: undo it, or take it \
                 as it is with `comment on schema app is null` as the owner, and migrate again";
    Error::Internal { what: "running migrations", cause: Cause::new(cause) }
}
