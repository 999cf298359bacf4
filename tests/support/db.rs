//! A fresh, migrated PostgreSQL database for one test, cloned from a template that is made once per server.
//!
//! The server is named by `TEST_DATABASE_URL` (an owner's address; `make test` starts one). Without it a test fails: it is
//! never skipped.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use shellia::db;
use std::sync::atomic::{AtomicU32, Ordering};
use url::Url;

/// The application's login on the test server; it is worth nothing elsewhere.
const LOGIN: &str = "maxis_test_login";
const PASSWORD: &str = "test-only";
/// Serialises the making of the template over the processes of a test run.
const LOCK: i64 = 0x74_65_73_74;

/// One test's database.
pub struct Database {
    /// Address as the owner.
    pub owner_url: String,
    /// Address as the application's login.
    pub app_url: String,
}

impl Database {
    /// Clones the template.
    pub async fn fresh() -> Self {
        let server = server();
        let mut owner = db::connect(server.as_str()).await.expect("the test server answers");
        let template = template(&server, &mut owner).await;
        let name = unique();
        run(&mut owner, &format!("create database {name} template {template}")).await;
        Self { owner_url: at(&server, &name).to_string(), app_url: login(&server, &name).to_string() }
    }

    /// An empty database without any migration.
    pub async fn empty() -> Self {
        let server = server();
        let mut owner = db::connect(server.as_str()).await.expect("the test server answers");
        let name = unique();
        run(&mut owner, &format!("create database {name} template template0")).await;
        Self { owner_url: at(&server, &name).to_string(), app_url: login(&server, &name).to_string() }
    }

    /// Opens the database as the program does.
    pub fn open(&self) -> db::Db {
        db::Db::new(&self.app_url, 10).expect("the address is well formed")
    }

    /// A connection as the owner, to look behind the program's back.
    pub async fn owner(&self) -> AsyncPgConnection {
        db::connect(&self.owner_url).await.expect("the owner connects")
    }

    /// A bare connection as the application's login.
    pub async fn login(&self) -> AsyncPgConnection {
        db::connect(&self.app_url).await.expect("the login connects")
    }

    /// Counts rows as the owner, with `row_security` off.
    pub async fn count(&self, query: &str) -> i64 {
        count(&mut self.owner().await, query).await
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Runs a query whose one column is called `n`.
pub async fn count(conn: &mut AsyncPgConnection, query: &str) -> i64 {
    let row: Count = diesel::sql_query(query).get_result(conn).await.expect("the query runs");
    row.n
}

/// Runs statements.
pub async fn run(conn: &mut AsyncPgConnection, statements: &str) {
    conn.batch_execute(statements).await.unwrap_or_else(|error| panic!("{statements}: {error}"));
}

fn server() -> Url {
    let url =
        std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a PostgreSQL owner; `make test` sets it");
    Url::parse(&url).expect("TEST_DATABASE_URL is an address")
}

fn at(server: &Url, name: &str) -> Url {
    let mut url = server.clone();
    url.set_path(name);
    url
}

fn login(server: &Url, name: &str) -> Url {
    let mut url = at(server, name);
    url.set_username(LOGIN).expect("the address takes a login");
    url.set_password(Some(PASSWORD)).expect("the address takes a password");
    url
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    format!("t_{}_{now}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The template for the present migrations, made by whoever comes first.
async fn template(server: &Url, owner: &mut AsyncPgConnection) -> String {
    let name = format!("shellia_template_{:016x}", migrations_digest());
    run(owner, &format!("select pg_advisory_lock({LOCK})")).await;
    let made = format!("select count(*) as n from pg_database where datname = '{name}' and datistemplate");
    if count(owner, &made).await == 0 {
        run(owner, &format!("drop database if exists {name}")).await;
        run(owner, &format!("create database {name} template template0")).await;
        let url = at(server, &name);
        db::migrate(url.as_str()).await.expect("the migrations run");
        db::set_app_login(url.as_str(), LOGIN, PASSWORD).await.expect("the login is made");
        run(owner, &format!("alter database {name} is_template true")).await;
    }
    run(owner, &format!("select pg_advisory_unlock({LOCK})")).await;
    name
}

/// Changes whenever a migration does.
fn migrations_digest() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path().join("up.sql")).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(&file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}
