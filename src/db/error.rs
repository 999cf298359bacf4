//! Turns the database's failures into the program's error.

use crate::kernel::{Error, error::Cause};
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

/// What PostgreSQL says when it shuts down, starts up or ends our session: states that pass. The driver keeps the SQLSTATE to
/// itself but for a few kinds, so these are known by their text, which a server speaks in the language of its `lc_messages`;
/// only a superuser may change that (`db::login` warns of another than English).
const PASSING: [&str; 6] = [
    "terminating connection",
    "the database system is",
    "connection closed",
    "too many connections",
    "too many clients",
    "remaining connection slots",
];

/// What PostgreSQL says when it gave one statement up: it ran or waited too long, somebody ended it, or two waited for each
/// other. The transaction is over and nothing of it stays.
const GIVEN_UP: [&str; 2] = ["canceling statement", "deadlock detected"];

/// Rules of the database that say to a person what he can't do now: the constraint, and the text for him.
const REFUSALS: [(&str, &str); 4] = [
    ("canned_replies_have_a_title_each", "panel-canned-called-so"),
    ("erasure_underway", "error-privacy-underway"),
    ("erasure_of_recipient", "error-privacy-recipient"),
    ("erasure_of_holder", "error-privacy-holder"),
];

/// The text for a person where it was such a rule.
fn refusal(info: &dyn DatabaseErrorInformation) -> Option<&'static str> {
    let rule = info.constraint_name()?;
    REFUSALS.iter().find(|(name, _)| *name == rule).map(|(_, text)| *text)
}

fn says(info: &dyn DatabaseErrorInformation, texts: &[&str]) -> bool {
    texts.iter().any(|text| info.message().contains(text))
}

/// Whether the server itself says that nothing of the transaction stays, and trying again may help.
fn was_given_up(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => says(&**info, &GIVEN_UP),
        _ => false,
    }
}

/// Maps a failed query; `what` says what we were doing.
pub(super) fn query_failed(what: &'static str, error: DieselError) -> Error {
    match &error {
        DieselError::NotFound => Error::NotFound(what),
        _ if was_given_up(&error) => Error::Unavailable { what, cause: Cause::new(error) },
        DieselError::DatabaseError(DatabaseErrorKind::UnableToSendCommand | DatabaseErrorKind::ClosedConnection, _) => {
            Error::Unavailable { what, cause: Cause::new(error) }
        }
        DieselError::DatabaseError(_, info) if says(&**info, &PASSING) => {
            Error::Unavailable { what, cause: Cause::new(error) }
        }
        DieselError::DatabaseError(_, info) => refusal(&**info).map_or_else(
            || {
                // A message of PostgreSQL's names tables and rules; its details quote values, so they stay out.
                let text = format!("{} (constraint {})", info.message(), info.constraint_name().unwrap_or("none"));
                Error::Internal { what, cause: Cause::new(text) }
            },
            Error::Conflict,
        ),
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
    let refused = was_given_up(&error);
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
