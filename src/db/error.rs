//! Turns the database's failures into the program's error.

use crate::kernel::{Error, error::Cause};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// What PostgreSQL says when it shuts down, starts up or ends our session: states that pass.
const PASSING: [&str; 5] = [
    "terminating connection",
    "the database system is",
    "connection closed",
    "too many connections",
    "remaining connection slots",
];

/// Maps a failed query; `what` says what we were doing.
pub(super) fn query_failed(what: &'static str, error: DieselError) -> Error {
    match &error {
        DieselError::NotFound => Error::NotFound(what),
        DieselError::DatabaseError(
            DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::SerializationFailure,
            _,
        ) => Error::Unavailable { what, cause: Cause::new(error) },
        DieselError::DatabaseError(_, info) if PASSING.iter().any(|text| info.message().contains(text)) => {
            Error::Unavailable { what, cause: Cause::new(error) }
        }
        DieselError::DatabaseError(_, info) => {
            // A message of PostgreSQL's names tables and rules; its details quote values, so they stay out.
            let text = format!("{} (constraint {})", info.message(), info.constraint_name().unwrap_or("none"));
            Error::Internal { what, cause: Cause::new(text) }
        }
        DieselError::InvalidCString(_)
        | DieselError::QueryBuilderError(_)
        | DieselError::DeserializationError(_)
        | DieselError::SerializationError(_)
        | DieselError::RollbackErrorOnCommit { .. }
        | DieselError::RollbackTransaction
        | DieselError::AlreadyInTransaction
        | DieselError::NotInTransaction
        | DieselError::BrokenTransactionManager
        | _ => Error::Internal { what, cause: Cause::new(error) },
    }
}

/// Maps a failure while committing: where the connection broke, nobody told whether it was kept.
pub(super) fn commit_failed(what: &'static str, error: DieselError) -> Error {
    let refused = matches!(error, DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _));
    match query_failed(what, error) {
        Error::Unavailable { what, cause } if !refused => Error::Unsure { what, cause },
        other => other,
    }
}

/// Whether a query failed because a row with that key exists in the named constraint.
pub(super) fn is_duplicate(error: &DieselError, constraint: &str) -> bool {
    matches!(error, DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info)
        if info.constraint_name() == Some(constraint))
}
