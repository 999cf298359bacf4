//! The private PostgreSQL, started and killed for real.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use shellia::db::embedded::{Embedded, EmbeddedError, Options};
use tokio_postgres::{Client, NoTls};

/// Longer than anything here may take, shorter than a person's patience.
const PATIENCE: Duration = Duration::from_secs(20);

/// A data directory that PostgreSQL's user can enter.
fn open_directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
    directory
}

/// Durability is not what these tests are about, except where the server is killed: then the kernel keeps the data.
fn options(directory: &Path) -> Options {
    Options { settings: vec![("fsync".into(), "off".into())], ..Options::new(directory) }
}

async fn connect(url: &str) -> Client {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match tokio_postgres::connect(url, NoTls).await {
            Ok((client, connection)) => {
                tokio::spawn(connection);
                return client;
            }
            Err(error) if Instant::now() > deadline => panic!("no connection: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn count(client: &Client) -> i64 {
    client.query_one("SELECT count(*) FROM kept", &[]).await.unwrap().get(0)
}

async fn value(client: &Client, setting: &str) -> String {
    client.query_one(&format!("SHOW {setting}"), &[]).await.unwrap().get(0)
}

fn postmaster(embedded: &Embedded) -> i32 {
    let note = fs::read_to_string(embedded.home().join("cluster/postmaster.pid")).unwrap();
    note.lines().next().unwrap().parse().unwrap()
}

fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

/// Waits until nothing works in the cluster's directory any more: no server, no child of one.
async fn wait_until_empty(cluster: &Path) {
    let deadline = Instant::now() + PATIENCE;
    while processes_in(cluster) > 0 {
        assert!(Instant::now() < deadline, "PostgreSQL still runs");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn processes_in(cluster: &Path) -> usize {
    let links =
        fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| fs::read_link(entry.path().join("cwd")).ok());
    links.filter(|directory| directory == cluster).count()
}

#[tokio::test]
async fn a_fresh_start_makes_a_database_that_a_restart_keeps() {
    let directory = open_directory();
    let first = Embedded::start(options(directory.path())).await.unwrap();
    let client = connect(&first.admin_url()).await;
    client.batch_execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)").await.unwrap();
    assert_eq!(value(&client, "server_encoding").await, "UTF8");
    assert_eq!(value(&client, "data_checksums").await, "on");
    assert_eq!(value(&client, "listen_addresses").await, "127.0.0.1");
    let upper: String = client.query_one("SELECT upper('é')", &[]).await.unwrap().get(0);
    assert_eq!(upper, "É");
    let (port, password) = (first.port(), first.app_password().to_owned());
    let credentials = fs::metadata(first.home().join("credentials")).unwrap();
    assert_eq!(credentials.mode() & 0o777, 0o600);
    assert!(!format!("{first:?}").contains(&password));
    first.stop().await.unwrap();
    assert_eq!(processes_in(&directory.path().join("postgres/cluster")), 0);

    let begun = Instant::now();
    let second = Embedded::start(options(directory.path())).await.unwrap();
    eprintln!("started on an existing cluster in {:?}", begun.elapsed());
    assert_eq!((second.port(), second.app_password()), (port, password.as_str()));
    assert_eq!(count(&connect(&second.admin_url()).await).await, 1);
    second.stop().await.unwrap();
}

#[tokio::test]
async fn a_role_connects_with_any_password_and_no_other() {
    let directory = open_directory();
    let embedded = Embedded::start(options(directory.path())).await.unwrap();
    let client = connect(&embedded.admin_url()).await;
    client.batch_execute("CREATE ROLE visitor LOGIN PASSWORD 'a@b:c/d %é'").await.unwrap();
    let visitor = connect(&embedded.app_url("visitor", "a@b:c/d %é")).await;
    let user: String = visitor.query_one("SELECT current_user::text", &[]).await.unwrap().get(0);
    assert_eq!(user, "visitor");
    assert!(tokio_postgres::connect(&embedded.app_url("visitor", "wrong"), NoTls).await.is_err());
    embedded.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_start_on_the_same_directory_is_refused_with_the_holder() {
    let directory = open_directory();
    let first = Embedded::start(options(directory.path())).await.unwrap();
    let refused = Embedded::start(options(directory.path())).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::Busy { .. }), "{refused}");
    let told = refused.to_string();
    assert!(told.contains(&format!("in use by another process ({})", std::process::id())), "{told}");
    connect(&first.admin_url()).await;
    first.stop().await.unwrap();
    Embedded::start(options(directory.path())).await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_killed_comes_back_on_the_same_address_with_its_data() {
    let directory = open_directory();
    let embedded = Embedded::start(options(directory.path())).await.unwrap();
    let client = connect(&embedded.admin_url()).await;
    client.batch_execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)").await.unwrap();
    kill(postmaster(&embedded));
    let lost = client.query_one("SELECT pg_sleep(20)", &[]).await;
    assert!(lost.is_err());
    assert_eq!(count(&connect(&embedded.admin_url()).await).await, 1);
    embedded.stop().await.unwrap();
    assert_eq!(processes_in(&directory.path().join("postgres/cluster")), 0);
}

#[test]
fn a_server_dropped_without_stop_ends_and_can_be_started_again() {
    let directory = open_directory();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let embedded = first.block_on(Embedded::start(options(directory.path()))).unwrap();
    // The runtime goes first, as when a program ends by a panic: only the watchdog is left.
    drop(first);
    drop(embedded);
    runtime().block_on(async {
        let again = Embedded::start(options(directory.path())).await.unwrap();
        connect(&again.admin_url()).await;
        drop(again);
        wait_until_empty(&directory.path().join("postgres/cluster")).await;
    });
}

/// The other half of the next test: a process that holds a server until it is killed.
#[tokio::test]
async fn a_program_that_is_to_be_killed() {
    let Some(directory) = std::env::var_os(TO_BE_KILLED) else {
        return;
    };
    let embedded = Embedded::start(options(&PathBuf::from(directory))).await.unwrap();
    let client = connect(&embedded.admin_url()).await;
    client.batch_execute("CREATE TABLE IF NOT EXISTS kept (id int); INSERT INTO kept VALUES (1)").await.unwrap();
    println!("\nready");
    tokio::time::sleep(Duration::from_secs(60)).await;
}

const TO_BE_KILLED: &str = "SHELLIA_TEST_TO_BE_KILLED";

#[tokio::test]
async fn a_program_killed_leaves_no_server_and_loses_no_row() {
    let directory = open_directory();
    let cluster = directory.path().join("postgres/cluster");
    for round in 1..=3 {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "embedded::a_program_that_is_to_be_killed", "--nocapture"])
            .env(TO_BE_KILLED, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "ready"), "the program did not start in round {round}");
        program.kill().unwrap();
        program.wait().unwrap();
        // Twice the next start meets the server that is left; once the watchdog is given the time to end it.
        if round == 2 {
            wait_until_empty(&cluster).await;
        }
    }
    let embedded = Embedded::start(options(directory.path())).await.unwrap();
    assert_eq!(count(&connect(&embedded.admin_url()).await).await, 3);
    embedded.stop().await.unwrap();
    wait_until_empty(&cluster).await;
}

#[tokio::test]
async fn a_data_directory_under_a_closed_home_works() {
    // What mktemp makes is 0700: closed, like /root.
    let closed = tempfile::tempdir().unwrap();
    let data_dir = closed.path().join("data");
    let first = Embedded::start(options(&data_dir)).await.unwrap();
    let client = connect(&first.admin_url()).await;
    client.batch_execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)").await.unwrap();
    let home = first.home().to_owned();
    first.stop().await.unwrap();
    let second = Embedded::start(options(&data_dir)).await.unwrap();
    assert_eq!(second.home(), home);
    assert_eq!(count(&connect(&second.admin_url()).await).await, 1);
    second.stop().await.unwrap();
    if !home.starts_with(&data_dir) {
        fs::remove_dir_all(&home).unwrap();
        // The parent stays when another installation lives in it.
        fs::remove_dir(home.parent().unwrap()).ok();
    }
}

#[tokio::test]
async fn a_directory_without_server_programs_is_named() {
    let directory = open_directory();
    let bin_dir = Some(directory.path().join("none"));
    let error = Embedded::start(Options { bin_dir, ..options(directory.path()) }).await.unwrap_err();
    let told = error.to_string().replace(&directory.path().display().to_string(), "DIR");
    assert_eq!(told, "SHELLIA_PG_BIN names DIR/none, which does not hold the programs `postgres` and `initdb`");
}

#[tokio::test]
async fn a_setting_that_postgresql_refuses_is_shown() {
    let directory = open_directory();
    let settings = vec![("shared_buffers".into(), "none".into())];
    let error = Embedded::start(Options { settings, ..Options::new(directory.path()) }).await.unwrap_err();
    assert!(error.to_string().contains("invalid value for parameter \"shared_buffers\""), "{error}");
    Embedded::start(options(directory.path())).await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn lost_passwords_are_told_and_nothing_is_made_anew() {
    let directory = open_directory();
    Embedded::start(options(directory.path())).await.unwrap().stop().await.unwrap();
    let file = directory.path().join("postgres/credentials");
    fs::write(&file, "owner 0\napp 0\n").unwrap();
    let wrong = Embedded::start(options(directory.path())).await.unwrap_err();
    assert!(matches!(wrong, EmbeddedError::Credentials { .. }), "{wrong}");
    fs::remove_file(&file).unwrap();
    let lost = Embedded::start(options(directory.path())).await.unwrap_err();
    assert!(matches!(lost, EmbeddedError::Credentials { .. }), "{lost}");
    assert!(directory.path().join("postgres/cluster/PG_VERSION").exists());
    wait_until_empty(&directory.path().join("postgres/cluster")).await;
}
