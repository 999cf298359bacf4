//! Checks that the application's login is bound by row-level security, and makes that login in a private database.

use super::pool::connect;
use crate::kernel::{Result, error::Context};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

/// Why a login may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginProblem {
    /// It is a superuser, so policies don't bind it.
    #[error("the database login is a superuser, so row-level security would not bind it")]
    Superuser,
    /// It has BYPASSRLS.
    #[error("the database login has BYPASSRLS, so row-level security would not bind it")]
    BypassesRls,
    /// It owns a table, or may act as an owner.
    #[error("the database login owns tables or may act as their owner, so it could switch row-level security off")]
    Owner,
    /// It isn't a member of `shellia_app`.
    #[error("the database login is no member of shellia_app, so it could not take a role")]
    NotAMember,
    /// The migrations have not run.
    #[error("the database has no tables of ours yet: run `shellia migrate` first")]
    NotMigrated,
}

impl LoginProblem {
    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Superuser | Self::BypassesRls | Self::Owner | Self::NotAMember => {
                "as the owner, run: create role maxis_login login password '…' in role shellia_app; \
                 then put that login into DATABASE_URL and the owner's into MIGRATION_DATABASE_URL"
            }
            Self::NotMigrated => "run `shellia migrate` with the owner's login in MIGRATION_DATABASE_URL",
        }
    }
}

#[derive(QueryableByName)]
struct Facts {
    #[diesel(sql_type = Bool)]
    superuser: bool,
    #[diesel(sql_type = Bool)]
    bypasses: bool,
    #[diesel(sql_type = Bool)]
    owner: bool,
    #[diesel(sql_type = Bool)]
    migrated: bool,
    #[diesel(sql_type = Bool)]
    member: bool,
}

/// Asks the database what the login may do; `None` when it is as it should be.
///
/// # Errors
/// [`crate::kernel::Error::Unavailable`] when the database can't be reached.
pub async fn check_login(url: &str) -> Result<Option<LoginProblem>> {
    let mut conn = connect(url).await.unavailable("connecting to the database")?;
    // A role that the login may switch to counts like the login itself.
    let facts: Facts = diesel::sql_query(
        "select bool_or(r.rolsuper) as superuser, bool_or(r.rolbypassrls) as bypasses, \
                exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                        where n.nspname = 'public' and c.relkind in ('r', 'p') \
                          and pg_has_role(current_user, c.relowner, 'MEMBER')) as owner, \
                to_regclass('public.tickets') is not null as migrated, \
                coalesce((select pg_has_role(current_user, a.oid, 'MEMBER') \
                          from pg_roles a where a.rolname = 'shellia_app'), false) as member \
         from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')",
    )
    .get_result(&mut conn)
    .await
    .unavailable("checking the database login")?;
    Ok(if facts.superuser {
        Some(LoginProblem::Superuser)
    } else if facts.bypasses {
        Some(LoginProblem::BypassesRls)
    } else if facts.owner {
        Some(LoginProblem::Owner)
    } else if !facts.migrated {
        Some(LoginProblem::NotMigrated)
    } else if !facts.member {
        Some(LoginProblem::NotAMember)
    } else {
        None
    })
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
