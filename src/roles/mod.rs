//! Composition: builds what a role needs from settings, starts its tasks, stops them in order.
//!
//! The only place that knows all floors. `cfg(feature)` stands here and in `lib.rs` alone.

#[cfg(feature = "commerce")]
mod audit;
mod catalogue;
mod certificate;
mod check;
#[cfg(feature = "commerce")]
mod commerce;
#[cfg(feature = "controller")]
mod controller;
#[cfg(feature = "commerce")]
mod database;
#[cfg(all(feature = "commerce", feature = "controller", feature = "sandbox"))]
mod demo;
#[cfg(feature = "commerce")]
mod desk;
#[cfg(any(feature = "commerce", feature = "controller"))]
mod discord;
#[cfg(feature = "commerce")]
mod draws;
mod migrate;
#[cfg(feature = "commerce")]
mod panel;
#[cfg(feature = "commerce")]
mod payments;
#[cfg(feature = "commerce")]
mod webhook;

pub use check::check;
#[cfg(feature = "commerce")]
pub use commerce::Commerce;
#[cfg(feature = "controller")]
pub use controller::Controller;
#[cfg(feature = "controller")]
use controller::check_certificate;
#[cfg(feature = "commerce")]
pub use desk::{MaxisDesk, PlanRules};
pub use migrate::migrate;
#[cfg(feature = "commerce")]
use payments::check as check_payments;

use crate::config::{Role, Settings};
use std::future::Future;
#[cfg(any(feature = "commerce", feature = "controller"))]
use std::time::Duration;
#[cfg(any(feature = "commerce", feature = "controller"))]
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// How long a role may take to end, with all that it uses: Ctrl-C is promised to take less than five seconds, and what comes
/// behind it, such as removing the demo's data, takes its part.
#[cfg(any(feature = "commerce", feature = "controller"))]
const END: Duration = Duration::from_secs(4);
/// What of it is kept for the database, which ends last.
#[cfg(feature = "commerce")]
const DATABASE_END: Duration = Duration::from_millis(1200);

/// A program without the shop has no key to try.
#[cfg(not(feature = "commerce"))]
async fn check_payments(_: &Settings) -> Option<crate::config::Problem> {
    None
}

/// A program without Shellia expects no certificate of anybody.
#[cfg(not(feature = "controller"))]
fn check_certificate(_: &Settings) -> Option<crate::config::Problem> {
    None
}

/// Why a role could not start or go on, as one sentence with what to do; holds no secret.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(String);

impl Failed {
    /// A reason in words.
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }

    fn from_error<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

/// Runs a role until `stop`, then ends it in order.
///
/// # Errors
/// [`Failed`] when it can't start, or when Discord refuses it for good.
pub async fn run(role: Role, settings: Settings, stop: CancellationToken) -> Result<(), Failed> {
    tracing::info!(?role, version = env!("CARGO_PKG_VERSION"), "starting");
    match role {
        #[cfg(feature = "commerce")]
        Role::Commerce => {
            hold(commerce::Commerce::start(&settings, crate::kernel::Clock::new(), &stop).await?, stop).await
        }
        #[cfg(feature = "controller")]
        Role::Controller => {
            hold(controller::Controller::start(&settings, crate::kernel::Clock::new(), &stop).await?, stop).await
        }
        #[cfg(all(feature = "commerce", feature = "controller"))]
        Role::Both => {
            let settings = together(settings);
            let commerce = commerce::Commerce::start(&settings, crate::kernel::Clock::new(), &stop).await?;
            let settings = beside(settings, commerce.address());
            match controller::Controller::start(&settings, crate::kernel::Clock::new(), &stop).await {
                Ok(controller) => hold((commerce, controller), stop).await,
                Err(failed) => {
                    commerce.stop().await;
                    Err(failed)
                }
            }
        }
        #[cfg(not(all(feature = "commerce", feature = "controller")))]
        _ => {
            drop((settings, stop));
            Err(Failed::new(format!("this program was built without the role {role:?}")))
        }
    }
}

/// The settings of two roles in one process: where no key is set, they share one that nobody else knows.
#[cfg(all(feature = "commerce", feature = "controller"))]
fn together(mut settings: Settings) -> Settings {
    if settings.maxis.api_key.is_none() {
        let key = crate::config::Secret::new(format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>()));
        settings.maxis.api_key = Some(key.clone());
        settings.shellia.api_key = Some(key);
    }
    settings
}

/// The settings of Shellia beside a Maxis that listens there, unless she is to pilot another.
#[cfg(all(feature = "commerce", feature = "controller"))]
fn beside(mut settings: Settings, maxis: std::net::SocketAddr) -> Settings {
    if settings.shellia.maxis_api_url.is_none() {
        let host = if maxis.ip().is_unspecified() { std::net::Ipv4Addr::LOCALHOST.into() } else { maxis.ip() };
        let address = std::net::SocketAddr::new(host, maxis.port());
        settings.shellia.maxis_api_url = url::Url::parse(&format!("http://{address}/api")).ok();
        settings.shellia.maxis_name.clone_from(&settings.maxis.name);
    }
    settings
}

/// Runs the demo until `stop`.
///
/// # Errors
/// [`Failed`] when it can't start.
pub async fn demo(options: DemoOptions, stop: CancellationToken) -> Result<(), Failed> {
    #[cfg(all(feature = "commerce", feature = "controller", feature = "sandbox"))]
    return demo::run(options, stop).await;
    #[cfg(not(all(feature = "commerce", feature = "controller", feature = "sandbox")))]
    {
        drop((options, stop));
        Err(Failed::new("this program was built without the demo: it needs the features commerce, controller, sandbox"))
    }
}

/// The file of a giveaway's draw as it was posted, or with `open` the one that names everybody.
///
/// # Errors
/// [`Failed`] with what to do.
pub async fn export_draw(settings: &Settings, guild: u64, giveaway: i64, open: bool) -> Result<Vec<u8>, Failed> {
    let Some(guild) = crate::kernel::GuildId::new(guild) else {
        return Err(Failed::new("0 is no server's id: copy it in Discord, with the developer mode on"));
    };
    #[cfg(feature = "commerce")]
    return draws::export(settings, guild, giveaway, open).await;
    #[cfg(not(feature = "commerce"))]
    {
        let _unused = (settings, guild, giveaway, open);
        Err(Failed::new("this program was built without the role commerce, which has the draws"))
    }
}

/// Makes a link that lets an operator into the admin panel of a server, once: the address to open.
///
/// # Errors
/// [`Failed`] with what to do.
pub async fn admin_link(settings: &Settings, guild: u64, user: u64) -> Result<String, Failed> {
    let (Some(guild), Some(user)) = (crate::kernel::GuildId::new(guild), crate::kernel::UserId::new(user)) else {
        return Err(Failed::new("0 is no server's or person's id: copy it in Discord, with the developer mode on"));
    };
    #[cfg(feature = "commerce")]
    return panel::link(settings, guild, user).await;
    #[cfg(not(feature = "commerce"))]
    {
        let _unused = (settings, guild, user);
        Err(Failed::new("this program was built without the role commerce, which has the admin panel"))
    }
}

/// What the check of a server's audit finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditFound {
    /// The server.
    pub guild: u64,
    /// How many entries it has.
    pub entries: i64,
    /// The first entry that isn't what it was, isn't there, or shouldn't be; `None`: it is whole.
    pub broken: Option<i64>,
}

/// Walks the audit of every server, from its first entry to its last.
///
/// # Errors
/// [`Failed`] with what to do.
pub async fn verify_audit(settings: &Settings) -> Result<Vec<AuditFound>, Failed> {
    #[cfg(feature = "commerce")]
    return audit::verify(settings).await;
    #[cfg(not(feature = "commerce"))]
    {
        let _unused = settings;
        Err(Failed::new("this program was built without the role commerce, which has the audit"))
    }
}

/// How to run the demo.
#[derive(Debug, Clone, Default)]
pub struct DemoOptions {
    /// Whether to print one JSON line instead of text.
    pub json: bool,
    /// Where its data lives; `None` for a directory that goes with the demo.
    pub data_dir: Option<std::path::PathBuf>,
    /// Port of the chat page; `None` for a free one.
    pub port: Option<u16>,
}

/// Something that runs and can be stopped in order.
pub trait Running: Send {
    /// Ends when it can't go on, with the reason.
    fn broken(&mut self) -> impl Future<Output = Failed> + Send;
    /// Stops it in order.
    fn stop(self) -> impl Future<Output = ()> + Send;
}

impl<A: Running, B: Running> Running for (A, B) {
    async fn broken(&mut self) -> Failed {
        tokio::select! {
            failed = self.0.broken() => failed,
            failed = self.1.broken() => failed,
        }
    }

    async fn stop(self) {
        tokio::join!(self.0.stop(), self.1.stop());
    }
}

/// Ends tasks, and then what they use, both by one moment: however long the tasks take, `own` is kept for the rest.
#[cfg(any(feature = "commerce", feature = "controller"))]
async fn end_by<U: Future<Output = ()>>(
    by: Instant,
    own: Duration,
    tasks: impl Future<Output = ()>,
    used: impl FnOnce(Instant) -> U,
) {
    let first = by.checked_sub(own).unwrap_or(by);
    if timeout_at(first, tasks).await.is_err() {
        tracing::warn!("tasks did not stop in time; what they held is taken up again at the next start");
    }
    if timeout_at(by, used(by)).await.is_err() {
        tracing::warn!("the end took too long; what is left ends by itself");
    }
}

/// Tells the service manager that the role is ready, waits for the stop, and stops.
#[cfg(any(feature = "commerce", feature = "controller"))]
async fn hold<R: Running>(mut running: R, stop: CancellationToken) -> Result<(), Failed> {
    // Fails only where no service manager listens.
    sd_notify::notify(&[sd_notify::NotifyState::Ready]).unwrap_or_default();
    let broken = tokio::select! {
        failed = running.broken() => Some(failed),
        () = stop.cancelled() => None,
    };
    sd_notify::notify(&[sd_notify::NotifyState::Stopping]).unwrap_or_default();
    running.stop().await;
    broken.map_or(Ok(()), Err)
}

#[cfg(all(test, feature = "commerce"))]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[tokio::test]
    async fn one_deadline_holds_for_all_that_ends_and_the_last_has_its_part_of_it() {
        assert!(END < Duration::from_secs(5) && DATABASE_END < END);
        let began = Instant::now();
        let (by, own) = (began + Duration::from_millis(300), Duration::from_millis(200));
        let told = AtomicBool::new(false);
        let used = |until: Instant| {
            told.store(until == by && Instant::now() < by, Ordering::Relaxed);
            std::future::pending::<()>()
        };
        let ended = end_by(by, own, std::future::pending(), used);
        tokio::time::timeout(Duration::from_secs(20), ended).await.unwrap();
        assert!(told.load(Ordering::Relaxed), "what is used was asked to end in time");
        assert!(Instant::now() >= by);
        // What ends at once isn't waited for.
        let by = Instant::now() + Duration::from_secs(60);
        end_by(by, own, std::future::ready(()), |_| std::future::ready(())).await;
        assert!(Instant::now() < by);
    }
}
