//! The command line: which role or subcommand, and how its outcome is told.

mod understand;
mod verify_draw;

use clap::{Parser, Subcommand, ValueEnum};
use shellia::config::{Draft, Problem, Role, Settings, Sources};
use shellia::kernel::Locale;
use shellia::kernel::words::Words;
use shellia::roles::{self, DemoOptions};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;
use tracing::Level;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Shellia and Maxis: commerce and support for a Discord community.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What this process runs.
    #[arg(long, value_enum, global = true)]
    role: Option<RoleName>,
    /// A settings file; `config/shellia.toml` is read if it is there.
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Runs both bots against a local Discord, with a database of their own: no account, no key.
    Demo {
        /// Prints one JSON line when ready.
        #[arg(long)]
        json: bool,
        /// Keeps the data there; without it, it goes with the demo.
        #[arg(long, value_name = "DIR")]
        data_dir: Option<PathBuf>,
        /// Port of the chat page; a free one without it.
        #[arg(long, value_name = "N")]
        port: Option<u16>,
    },
    /// Brings the database to the newest version, as its owner.
    Migrate,
    /// Names everything that would keep the role from working, with its remedy.
    Check,
    /// Prints every command as a Markdown table.
    Commands {
        /// Language of the table.
        #[arg(long, value_enum, default_value = "fr")]
        lang: Language,
    },
    /// Writes the file of a giveaway's draw, for one that is too large for Discord. With a private database, stop Maxis first.
    ExportDraw {
        /// The server's id.
        #[arg(value_name = "SERVER")]
        guild: u64,
        /// The giveaway's number.
        #[arg(value_name = "GIVEAWAY")]
        giveaway: i64,
        /// Where it is written; a file that is there is left as it is.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The open file, which names everybody who took part: not for everybody.
        #[arg(long)]
        open: bool,
    },
    /// Prints a link that lets an operator into the admin panel of a server, once, within 15 minutes. With a private database, stop
    /// Maxis first.
    AdminLink {
        /// The server's id.
        #[arg(long, value_name = "ID")]
        guild: u64,
        /// The operator's id.
        #[arg(long, value_name = "ID")]
        user: u64,
    },
    /// The audit of what Shellia asked to change.
    #[command(subcommand)]
    Audit(AuditTask),
    /// Reads sentences, a line each, and prints how each is understood, without doing anything.
    ///
    /// A line may be JSON: {"text":…,"context":[{"from":"operator|controller","text":…}]}. What is printed: docs/UNDERSTANDING.md.
    Understand {
        /// Prints a JSON line for each.
        #[arg(long)]
        json: bool,
        /// The time that counts as now, such as 2026-11-25T10:00:00+01:00; without it, the clock's.
        #[arg(long, value_name = "TIME")]
        now: Option<String>,
        /// The shop's time zone.
        #[arg(long, value_name = "ZONE", env = "SHELLIA_TIME_ZONE", default_value = "Europe/Paris")]
        tz: String,
    },
    /// Checks the file of a giveaway's draw, or an inclusion proof, by nothing but the file.
    ///
    /// Exit code: 0 it holds, 1 it doesn't, 2 it couldn't be looked at.
    VerifyDraw {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Language of the answer; without it, that of LANG, else French.
        #[arg(long, value_enum)]
        lang: Option<Language>,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum AuditTask {
    /// Checks that no entry was changed, taken out or put between. With a private database, stop Maxis first.
    ///
    /// Exit code: 0 it is whole, 1 it is broken or couldn't be looked at.
    Verify,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    /// Maxis.
    Commerce,
    /// Shellia.
    Controller,
    /// Both in one process.
    Both,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    Fr,
    En,
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::Fr => Self::Fr,
            Language::En => Self::En,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Commerce => Self::Commerce,
            RoleName::Controller => Self::Controller,
            RoleName::Both => Self::Both,
        }
    }
}

/// Runs what the command line asks for.
pub(crate) async fn run(cli: Cli) -> ExitCode {
    shellia::discord::install_tls();
    match cli.task {
        Some(Task::Commands { lang }) => {
            print!("{}", shellia::commands::help::table(&Words::new(), lang.into()));
            ExitCode::SUCCESS
        }
        Some(Task::Understand { json, now, tz }) => understand::run(json, now.as_deref(), &tz),
        Some(Task::VerifyDraw { file, lang }) => {
            let of_machine = || verify_draw::language_of(|name| std::env::var(name).ok());
            verify_draw::run(&file, lang.map_or_else(of_machine, Locale::from))
        }
        Some(Task::ExportDraw { guild, giveaway, file, open }) => {
            with_sources(cli.config, async |sources| export_draw(&sources, (guild, giveaway, open), &file).await).await
        }
        Some(Task::AdminLink { guild, user }) => {
            with_sources(cli.config, async |sources| admin_link(&sources, guild, user).await).await
        }
        Some(Task::Audit(AuditTask::Verify)) => {
            with_sources(cli.config, async |sources| verify_audit(&sources).await).await
        }
        Some(Task::Demo { json, data_dir, port }) => {
            log_to_stderr("warn", false);
            outcome(roles::demo(DemoOptions { json, data_dir, port }, stop_signal()).await)
        }
        Some(Task::Migrate) => with_sources(cli.config, async |sources| migrate(&sources).await).await,
        Some(Task::Check) => match cli.role {
            Some(role) => with_sources(cli.config, async |sources| check(role.into(), &sources).await).await,
            None => fail("which role? Use `shellia check --role commerce`, `controller` or `both`"),
        },
        None => match cli.role {
            Some(role) => with_sources(cli.config, async |sources| serve(role.into(), &sources).await).await,
            None => fail("which role? Use `shellia --role commerce`, `controller` or `both`"),
        },
    }
}

async fn with_sources(config: Option<PathBuf>, work: impl AsyncFnOnce(Sources) -> ExitCode) -> ExitCode {
    match Sources::of_this_process(config.as_deref()) {
        Ok(sources) => work(sources).await,
        Err(problems) => tell(&problems),
    }
}

async fn serve(role: Role, sources: &Sources) -> ExitCode {
    match Settings::draft(sources, role) {
        Draft { settings: Some(settings), problems, .. } if problems.is_empty() => {
            log_to_stderr(&settings.log.filter, settings.log.json);
            outcome(roles::run(role, settings, stop_signal()).await)
        }
        Draft { problems, .. } => tell(&problems),
    }
}

async fn migrate(sources: &Sources) -> ExitCode {
    let settings = match Settings::load(sources) {
        Ok(settings) => settings,
        Err(problems) => return tell(&problems),
    };
    log_to_stderr(&settings.log.filter, settings.log.json);
    match roles::migrate(&settings).await {
        Ok(ran) if ran.is_empty() => println!("The database is at the newest version."),
        Ok(ran) => println!("Migrated: {}", ran.join(", ")),
        Err(failed) => return fail(&failed.to_string()),
    }
    ExitCode::SUCCESS
}

async fn export_draw(sources: &Sources, (guild, giveaway, open): (u64, i64, bool), file: &Path) -> ExitCode {
    let settings = match Settings::load(sources) {
        Ok(settings) => settings,
        Err(problems) => return tell(&problems),
    };
    log_to_stderr(&settings.log.filter, settings.log.json);
    let unwritten = |error: std::io::Error| fail(&format!("{} could not be written: {error}", file.display()));
    let mut into = match std::fs::File::create_new(file) {
        Ok(into) => into,
        Err(error) => return unwritten(error),
    };
    let done = match roles::export_draw(&settings, guild, giveaway, open).await {
        Ok(bytes) => into.write_all(&bytes).map(|()| bytes.len()).map_err(unwritten),
        Err(failed) => Err(fail(&failed.to_string())),
    };
    match done {
        Ok(length) => {
            println!("{length} bytes in {}", file.display());
            ExitCode::SUCCESS
        }
        Err(code) => {
            // What is half written is nothing.
            drop(std::fs::remove_file(file));
            code
        }
    }
}

async fn admin_link(sources: &Sources, guild: u64, user: u64) -> ExitCode {
    let settings = match Settings::load(sources) {
        Ok(settings) => settings,
        Err(problems) => return tell(&problems),
    };
    log_to_stderr(&settings.log.filter, settings.log.json);
    match roles::admin_link(&settings, guild, user).await {
        Ok(link) => {
            println!("{link}");
            ExitCode::SUCCESS
        }
        Err(failed) => fail(&failed.to_string()),
    }
}

async fn verify_audit(sources: &Sources) -> ExitCode {
    let settings = match Settings::load(sources) {
        Ok(settings) => settings,
        Err(problems) => return tell(&problems),
    };
    log_to_stderr(&settings.log.filter, settings.log.json);
    let all = match roles::verify_audit(&settings).await {
        Ok(all) => all,
        Err(failed) => return fail(&failed.to_string()),
    };
    if all.is_empty() {
        println!("No entries yet.");
    }
    for one in &all {
        match one.broken {
            None => println!("Server {}: {} entries, whole.", one.guild, one.entries),
            Some(number) => println!("Server {}: {} entries, BROKEN at entry {number}.", one.guild, one.entries),
        }
    }
    if all.iter().any(|one| one.broken.is_some()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn check(role: Role, sources: &Sources) -> ExitCode {
    let problems = roles::check(role, Settings::draft(sources, role)).await;
    for slip in sources.slips() {
        eprintln!("{slip}");
    }
    if problems.is_empty() {
        println!("All is well.");
        return ExitCode::SUCCESS;
    }
    tell(&problems)
}

fn tell(problems: &[Problem]) -> ExitCode {
    for problem in problems {
        eprintln!("{problem}");
    }
    ExitCode::FAILURE
}

fn outcome(ended: Result<(), roles::Failed>) -> ExitCode {
    ended.map_or_else(|failed| fail(&failed.to_string()), |()| ExitCode::SUCCESS)
}

/// Tells why the program ends.
pub(crate) fn fail(why: &str) -> ExitCode {
    eprintln!("shellia: {why}");
    ExitCode::FAILURE
}

/// Logs go to standard error, so that standard output holds what was asked for.
///
/// Whatever the filter says, [`may_be_heard`] comes before it.
fn log_to_stderr(filter: &str, json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(filter));
    let ours = filter_fn(|about| may_be_heard(about.target(), *about.level()));
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = if json { lines.json().boxed() } else { lines.boxed() };
    // Fails only when a logger is set already, and none is.
    tracing_subscriber::registry().with(lines.with_filter(filter.and(ours))).try_init().unwrap_or_default();
}

/// Whether something may stand in the log at all, as a line or around one.
///
/// Libraries are heard at *info* at most: below it they tell statements, values and payloads, which hold what people wrote and
/// passwords. The client of Discord's API is heard less: it names the address of each request around its lines, and that of an
/// interaction holds a token with which whoever reads it may answer for fifteen minutes. What it warns of names none; what keeps
/// its rate limits does, and what it has to say the edge tells by itself.
fn may_be_heard(target: &str, level: Level) -> bool {
    match target.split("::").next().unwrap_or(target) {
        "twilight_http_ratelimiting" => false,
        "twilight_http" => level <= Level::WARN,
        "shellia" => true,
        _ => level <= Level::INFO,
    }
}

/// Is cancelled at Ctrl-C or when the service manager asks the program to end.
fn stop_signal() -> CancellationToken {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    tokio::spawn(async move {
        let ended = signal(SignalKind::terminate());
        match ended {
            Ok(mut ended) => tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            },
            Err(error) => {
                tracing::warn!(%error, "only Ctrl-C stops the program");
                tokio::signal::ctrl_c().await.unwrap_or_default();
            }
        }
        signalled.cancel();
    });
    stop
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_addresses_is_not_heard_and_what_is_ours_is() {
        for (target, level, expected) in [
            ("shellia::discord::answers", Level::TRACE, true),
            ("hyper::client", Level::INFO, true),
            ("hyper::client", Level::DEBUG, false),
            ("twilight_gateway::shard", Level::INFO, true),
            ("twilight_http::client", Level::INFO, false),
            ("twilight_http::response::future", Level::WARN, true),
            ("twilight_http_ratelimiting::actor", Level::WARN, false),
        ] {
            assert_eq!(may_be_heard(target, level), expected, "{target} at {level}");
        }
    }
}
