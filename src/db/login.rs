//! Checks that the application's login is bound by row-level security, and makes that login in a private database.

use super::pool::connect;
use super::seal::{self, Seal};
use crate::kernel::{Result, error::Context};
use diesel::sql_types::{Nullable, Text};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use std::fmt;

/// Why a login may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginProblem {
    /// It is a superuser, so policies don't bind it.
    #[error("the database login is a superuser, so row-level security would not bind it")]
    Superuser,
    /// It has BYPASSRLS.
    #[error("the database login has BYPASSRLS, so row-level security would not bind it")]
    BypassesRls,
    /// It owns a table, a function, a schema or the database, or may act as an owner.
    #[error(
        "the database login owns tables, functions, a schema or the database, or may act as their owner, so it could switch \
         row-level security off"
    )]
    Owner,
    /// It has CREATEROLE.
    #[error("the database login has CREATEROLE, so it could make itself a member of the tables' owner")]
    MakesRoles,
    /// It has REPLICATION.
    #[error("the database login has REPLICATION, so it could copy every row past row-level security")]
    Replicates,
    /// It may read or write files of the server, run programs there, or read or write all data.
    #[error("the database login may read or write the server's files or all data, or run programs on the server")]
    ReachesServer,
    /// It isn't a member of `shellia_app`.
    #[error("the database login is no member of shellia_app, so it could not take a role")]
    NotAMember,
    /// The migrations have not run.
    #[error("the database has no tables of ours yet: run `shellia migrate` first")]
    NotMigrated,
    /// Row-level security is switched off, or not forced, for a table.
    #[error("row-level security is switched off, or not forced, for one of our tables")]
    Unprotected,
    /// It, everybody, or a role that it reaches has a privilege on a table that the migrations gave to none of our roles.
    #[error(
        "the database login, or everybody, has privileges of its own on one of our tables, or one of our roles may truncate it, \
         which row-level security does not bind"
    )]
    DirectGrant,
    /// A view that asks as its owner looks at a table.
    #[error("a view that the database login may use looks at our tables as its owner, past row-level security")]
    View,
    /// A function that acts as its owner.
    #[error("the database login may call a function that acts as its owner, past row-level security")]
    Definer,
    /// A trigger is switched off.
    #[error("a trigger of one of our tables is switched off")]
    TriggerOff,
    /// Something that binds the login isn't as the migrations left it.
    #[error("policies, grants, triggers or functions of ours were changed since the database was migrated")]
    Altered,
    /// Nothing says how the migrations left it.
    #[error("the database is not sealed, so nobody can tell whether its policies are those of the migrations")]
    Unsealed,
}

impl LoginProblem {
    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Superuser | Self::BypassesRls | Self::Owner | Self::NotAMember => {
                "as the owner, run: create role maxis_login login password '…' in role shellia_app; \
                 then put that login into DATABASE_URL and the owner's into MIGRATION_DATABASE_URL"
            }
            Self::MakesRoles => {
                "as a superuser, run: alter role … nocreaterole; or make a login of its own: \
                 create role maxis_login login password '…' in role shellia_app"
            }
            Self::Replicates => {
                "as a superuser, run: alter role … noreplication; or make a login of its own: \
                 create role maxis_login login password '…' in role shellia_app"
            }
            Self::ReachesServer => {
                "take the login out of pg_execute_server_program, pg_read_server_files, pg_write_server_files, \
                 pg_read_all_data and pg_write_all_data, with: revoke … from …"
            }
            Self::NotMigrated => "run `shellia migrate` with the owner's login in MIGRATION_DATABASE_URL",
            Self::Unprotected => {
                "as the owner, run for each table of ours: \
                 alter table … enable row level security, force row level security"
            }
            Self::DirectGrant => {
                "as the owner, run: revoke all on all tables in schema public from … (the login, shellia_app and public); \
                 and revoke truncate, trigger, references on all tables in schema public from maxis_member, maxis_staff, \
                 maxis_accounts, maxis_worker, maxis_payments, maxis_privacy; membership in shellia_app is all that the login needs"
            }
            Self::View => {
                "as its owner, run: alter view … set (security_invoker = true) on PostgreSQL 15 or newer; \
                 or revoke all on … from the login, from our roles and from public"
            }
            Self::Definer => {
                "as its owner, run: revoke execute on function … from public, and from the login and our roles"
            }
            Self::TriggerOff => "as the owner, run: alter table … enable trigger all",
            Self::Altered => {
                "undo the change; where it is meant, run as the owner: comment on schema app is null; \
                 and then `shellia migrate`, which takes what is there as it is"
            }
            Self::Unsealed => {
                "run `shellia migrate` with the owner's login in MIGRATION_DATABASE_URL; after PostgreSQL was upgraded too"
            }
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "superuser" => Self::Superuser,
            "bypasses" => Self::BypassesRls,
            "owner" => Self::Owner,
            "makes roles" => Self::MakesRoles,
            "replicates" => Self::Replicates,
            "reaches server" => Self::ReachesServer,
            "not migrated" => Self::NotMigrated,
            "no member" => Self::NotAMember,
            "direct" => Self::DirectGrant,
            "view" => Self::View,
            "definer" => Self::Definer,
            "trigger off" => Self::TriggerOff,
            _ => Self::Unprotected,
        }
    }
}

/// A login that may not be used, and what about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Why.
    pub problem: LoginProblem,
    /// The role, table, view or function that it is about, where it is one.
    pub about: Option<String>,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.about {
            Some(about) => write!(f, "{} ({about})", self.problem),
            None => self.problem.fmt(f),
        }
    }
}

/// A problem that the database has.
#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    problem: String,
    #[diesel(sql_type = Nullable<Text>)]
    about: Option<String>,
}

/// Asks the database what the login may do; `None` when it is as it should be.
///
/// # Errors
/// [`crate::kernel::Error::Unavailable`] when the database can't be reached.
pub async fn check_login(url: &str) -> Result<Option<Unfit>> {
    let mut conn = connect(url).await.unavailable("connecting to the database")?;
    let found: Option<Finding> = diesel::sql_query(include_str!("findings.sql"))
        .get_result(&mut conn)
        .await
        .optional()
        .unavailable("checking the database login")?;
    if let Some(Finding { problem, about }) = found {
        return Ok(Some(Unfit { problem: LoginProblem::from_word(&problem), about }));
    }
    let sealed = match seal::look(&mut conn).await? {
        Seal::Intact => None,
        Seal::Broken => Some(LoginProblem::Altered),
        Seal::Missing => Some(LoginProblem::Unsealed),
    };
    warn_of_language(&mut conn).await?;
    Ok(sealed.map(|problem| Unfit { problem, about: None }))
}

#[derive(QueryableByName)]
struct Language {
    #[diesel(sql_type = Text)]
    locale: String,
}

/// Passing states of the server are known by its English words (`db::error`).
async fn warn_of_language(conn: &mut AsyncPgConnection) -> Result<()> {
    let spoken: Language = diesel::sql_query("select current_setting('lc_messages') as locale")
        .get_result(conn)
        .await
        .unavailable("asking for the database's language")?;
    if !is_english(&spoken.locale) {
        tracing::warn!(
            locale = %spoken.locale,
            "the database's messages are not in English, so a time-out of its is taken for a fault; as a superuser, run: \
             alter role … set lc_messages to 'C', for the application's login"
        );
    }
    Ok(())
}

/// Whether a locale's messages are PostgreSQL's own.
fn is_english(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    let own = ["", "c", "posix"].contains(&locale.split('.').next().unwrap_or_default());
    own || locale.starts_with("en")
}

/// Makes the login `name` with this password, or gives it the password; for the private database.
///
/// # Errors
/// [`crate::kernel::Error::Unavailable`] when the database can't be reached or refuses.
pub async fn set_app_login(owner_url: &str, name: &str, password: &str) -> Result<()> {
    let mut conn = connect(owner_url).await.unavailable("connecting as the database's owner")?;
    // DDL takes no parameters: format() quotes both values in the server.
    let made: Made = diesel::sql_query(
        "select format(case when exists (select from pg_roles where rolname = $1) \
                       then 'alter role %1$I login password %2$L' \
                       else 'create role %1$I login password %2$L in role shellia_app' end, $1, $2) as statement",
    )
    .bind::<Text, _>(name)
    .bind::<Text, _>(password)
    .get_result(&mut conn)
    .await
    .unavailable("preparing the application's login")?;
    conn.batch_execute(&made.statement).await.unavailable("making the application's login")
}

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    statement: String,
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn english_is_known_by_its_locale() {
        for locale in ["C", "C.UTF-8", "POSIX", "", "en_US.UTF-8", "en_GB", "English_United States.1252"] {
            assert!(is_english(locale), "{locale}");
        }
        for locale in ["fr_FR.UTF-8", "de_DE", "cs_CZ.UTF-8"] {
            assert!(!is_english(locale), "{locale}");
        }
    }
}
