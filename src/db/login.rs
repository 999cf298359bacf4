//! Checks that the application's login is bound by row-level security, and makes that login in a private database.

use super::pool::connect;
use crate::kernel::{Result, error::Context};
use diesel::sql_types::Text;
use diesel::{OptionalExtension, QueryableByName};
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
        }
    }
}

/// A problem that the database has.
#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    problem: String,
}

/// Each problem by name, the gravest first; a role that the login may switch to counts like the login itself. Our tables are
/// those that our roles may use: others may share the schema.
const FINDINGS: &str = "\
    with reached as (select * from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')), \
         owners as (select c.relowner as oid from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                    where n.nspname = 'public' and c.relkind in ('r', 'p', 'S', 'v', 'm') \
                    union select p.proowner from pg_proc p join pg_namespace n on n.oid = p.pronamespace \
                    where n.nspname = 'app' \
                    union select n.nspowner from pg_namespace n where n.nspname in ('public', 'app') \
                    union select d.datdba from pg_database d where d.datname = current_database()) \
    select f.problem from (values \
      (1, 'superuser', exists (select from reached where rolsuper)), \
      (2, 'bypasses', exists (select from reached where rolbypassrls)), \
      (3, 'owner', exists (select from reached join owners using (oid))), \
      (4, 'makes roles', exists (select from reached where rolcreaterole)), \
      (5, 'replicates', exists (select from reached where rolreplication)), \
      (6, 'reaches server', exists (select from reached where rolname in \
          ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'pg_read_all_data', \
           'pg_write_all_data'))), \
      (7, 'not migrated', to_regclass('public.tickets') is null), \
      (8, 'no member', not exists (select from reached where rolname = 'shellia_app')), \
      (9, 'unprotected', exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace \
          where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) \
            and exists (select from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee \
                        where r.rolname in ('maxis_member', 'maxis_staff', 'maxis_accounts', 'maxis_worker'))))) \
      f (rank, problem, holds) where f.holds order by f.rank limit 1";

/// Asks the database what the login may do; `None` when it is as it should be.
///
/// # Errors
/// [`crate::kernel::Error::Unavailable`] when the database can't be reached.
pub async fn check_login(url: &str) -> Result<Option<LoginProblem>> {
    let mut conn = connect(url).await.unavailable("connecting to the database")?;
    let found: Option<Finding> = diesel::sql_query(FINDINGS)
        .get_result(&mut conn)
        .await
        .optional()
        .unavailable("checking the database login")?;
    Ok(found.map(|found| match found.problem.as_str() {
        "superuser" => LoginProblem::Superuser,
        "bypasses" => LoginProblem::BypassesRls,
        "owner" => LoginProblem::Owner,
        "makes roles" => LoginProblem::MakesRoles,
        "replicates" => LoginProblem::Replicates,
        "reaches server" => LoginProblem::ReachesServer,
        "not migrated" => LoginProblem::NotMigrated,
        "no member" => LoginProblem::NotAMember,
        _ => LoginProblem::Unprotected,
    }))
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
