//! Discord: the only code that knows its wire format, its gateway and its limits.
//!
//! [`Discord::connect`] asks who we are; [`Discord::run`] hears people's calls, has `commands` answer them and shows the
//! answers. What a call means is decided below; nothing here opens a transaction.

mod answers;
mod calm;
mod census;
pub mod check;
mod counters;
pub mod courier;
mod fault;
mod gateway;
mod inbound;
mod inspector;
mod moment;
mod privileged;
mod reach;
mod readers;
mod register;
pub mod render;
mod rights;
mod role_names;
pub mod roles;
mod sign_in;

pub use counters::{Count, Counters, Sample};
pub use fault::Fault;
pub use gateway::{Fatal, State};

use crate::app::App;
use crate::commands::Inspector;
use crate::config::{Secret, Shards};
use crate::domain::notifications::Courier;
use crate::domain::shop::roles::RoleKeeper;
use crate::kernel::UserId;
use crate::panel::SignIn;
use gateway::Seat;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use twilight_http::Client;
use twilight_model::channel::message::AllowedMentions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, GuildMarker, UserMarker};
use url::Url;

/// How long one REST request may take.
const REQUEST: Duration = Duration::from_secs(8);
/// How long the answers under way may take once the program ends.
const DRAIN: Duration = Duration::from_secs(2);

/// What a connection needs to know.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bot's token.
    pub token: Secret,
    /// Base of the REST API; `None` for Discord itself.
    pub api_url: Option<Url>,
    /// Base of the gateway; `None` for what Discord answers.
    pub gateway_url: Option<Url>,
    /// The shards of this process.
    pub shards: Shards,
    /// Whether the text of messages is asked for.
    pub message_content: bool,
    /// Whether it is asked to hear of members.
    pub guild_members: bool,
    /// Where sessions are kept, in a directory `discord` below.
    pub data_dir: PathBuf,
}

impl Options {
    /// The options of the bot with this token.
    pub fn of(settings: &crate::config::Settings, token: Secret) -> Self {
        Self {
            token,
            api_url: settings.discord.api_url.clone(),
            gateway_url: settings.discord.gateway_url.clone(),
            shards: settings.discord.shards,
            message_content: settings.discord.message_content,
            guild_members: settings.discord.guild_members,
            data_dir: settings.database.data_dir.clone(),
        }
    }
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The token is refused.
    #[error("Discord refuses the bot's token: copy it anew from the developer portal")]
    BadToken,
    /// The address is none that can be asked.
    #[error("DISCORD_API_URL has no host")]
    BadAddress,
    /// Discord can't be reached for now.
    #[error("Discord can't be reached at {at}: check the network, DISCORD_API_URL and any proxy")]
    Unreachable {
        /// The host that was asked.
        at: String,
    },
    /// Discord answered something unexpected.
    #[error("Discord didn't say who this bot is: {0}")]
    Refused(Fault),
    /// A fault of ours.
    #[error(transparent)]
    Ours(#[from] crate::kernel::Error),
}

/// A bot's connection to Discord.
pub struct Discord {
    options: Options,
    http: Arc<Client>,
    application: Id<ApplicationMarker>,
    user: Id<UserMarker>,
    name: String,
    courier: Arc<courier::DiscordCourier>,
    inspector: Arc<inspector::DiscordInspector>,
    counters: Counters,
    rights: rights::Rights,
    // Never held over an await.
    seats: Mutex<Vec<Arc<Seat>>>,
    privileged: privileged::Privileged,
    under_way: AtomicUsize,
}

/// What a bot's connection is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The bot's name on Discord.
    pub name: String,
    /// The shards of this process; empty until the gateway's address is known.
    pub shards: Vec<Shard>,
    /// Whether only slash commands work, because the text of messages is not asked for or not allowed.
    pub slash_only: bool,
    /// Calls under way.
    pub under_way: usize,
}

/// A shard as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Its number.
    pub number: u32,
    /// How many there are over all processes.
    pub total: u32,
    /// What it is doing.
    pub state: State,
    /// The newest round-trip time, in milliseconds.
    pub latency_ms: Option<u64>,
}

impl Status {
    /// Whether every shard of this process hears events.
    pub fn is_ready(&self) -> bool {
        !self.shards.is_empty() && self.shards.iter().all(|shard| shard.state == State::Ready)
    }
}

/// Makes TLS usable for every client of the program; the first call counts, more do no harm.
pub fn install_tls() {
    // It fails when one is installed already, which is what we want.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
}

impl Discord {
    /// Asks Discord who this bot is.
    ///
    /// # Errors
    /// [`ConnectError`], which says what to do.
    pub async fn connect(options: Options) -> Result<Arc<Self>, ConnectError> {
        install_tls();
        let http = Arc::new(client(&options)?);
        let at = options.api_url.as_ref().and_then(Url::host_str).unwrap_or("discord.com").to_owned();
        let why = |fault: Fault| match fault {
            Fault::Unauthorized => ConnectError::BadToken,
            fault if fault.may_pass() => ConnectError::Unreachable { at: at.clone() },
            fault => ConnectError::Refused(fault),
        };
        let refused = |error: twilight_http::Error| why(Fault::of(&error));
        let unreadable = |_| why(Fault::Unreachable);
        let user = calm::calmly(http.current_user()).await.map_err(refused)?.model().await.map_err(unreadable)?;
        let application = calm::calmly(http.current_user_application()).await.map_err(refused)?;
        let application = application.model().await.map_err(unreadable)?;
        let courier = Arc::new(courier::DiscordCourier::new(http.clone(), options.api_url.as_ref())?);
        let alone = options.shards.is_whole();
        let inspector = Arc::new(inspector::DiscordInspector::new(http.clone(), user.id, alone));
        tracing::info!(bot = %user.id, "Discord knows this bot");
        Ok(Arc::new(Self {
            privileged: privileged::Privileged::new(options.message_content, options.guild_members),
            options,
            http,
            application: application.id,
            user: user.id,
            name: user.name,
            courier,
            inspector,
            counters: Counters::default(),
            rights: rights::Rights::default(),
            seats: Mutex::default(),
            under_way: AtomicUsize::new(0),
        }))
    }

    /// Registers the commands, hears and answers calls until shutdown, then lets what is under way end.
    ///
    /// # Errors
    /// [`Fatal`] when Discord closes the gateway for good.
    pub async fn run(self: Arc<Self>, app: Arc<App>, shutdown: CancellationToken) -> Result<(), Fatal> {
        let registering = tokio::spawn(register::keep_registered(self.clone(), app.clone(), shutdown.clone()));
        let intake = inbound::Inbound::new(self.clone(), app);
        let outcome = gateway::run(&self, intake.clone(), shutdown).await;
        registering.abort();
        let left = intake.drain(DRAIN).await;
        if left > 0 {
            tracing::warn!(
                left,
                "calls under way were cut off; those that Discord tells again are answered after a restart"
            );
        }
        gateway::save(&self).await;
        outcome
    }

    /// What carries notifications.
    pub fn courier(&self) -> Arc<dyn Courier> {
        self.courier.clone()
    }

    /// What gives and takes roles.
    pub fn roles(&self) -> Arc<dyn RoleKeeper> {
        Arc::new(roles::DiscordRoles::new(self.http.clone(), self.user))
    }

    /// What signs people in to the admin panel, with the application's OAuth2 secret.
    ///
    /// # Errors
    /// [`ConnectError::Ours`] when the HTTP client can't be built.
    pub fn sign_in(self: &Arc<Self>, secret: Option<Secret>) -> Result<Arc<dyn SignIn>, ConnectError> {
        Ok(Arc::new(sign_in::DiscordSignIn::new(self.clone(), secret)?))
    }

    /// What looks at permissions.
    pub fn inspector(&self) -> Arc<dyn Inspector> {
        self.inspector.clone()
    }

    /// The bot's own account.
    pub fn user_id(&self) -> Option<UserId> {
        UserId::new(self.user.get())
    }

    /// Figures for `/metrics`.
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// What the connection is doing.
    pub fn status(&self) -> Status {
        let shard = |seat: &Arc<Seat>| {
            let (state, latency_ms) = seat.look();
            Shard { number: seat.id.number(), total: seat.id.total(), state, latency_ms }
        };
        Status {
            name: self.name.clone(),
            shards: self.seats().iter().map(shard).collect(),
            slash_only: !self.privileged.reads_messages(),
            under_way: self.under_way.load(Ordering::Relaxed),
        }
    }

    const fn options(&self) -> &Options {
        &self.options
    }

    const fn http(&self) -> &Arc<Client> {
        &self.http
    }

    const fn rights(&self) -> &rights::Rights {
        &self.rights
    }

    /// Takes in that a guild's channels or roles, or the bot's own, have changed.
    fn changed(&self, guild: Id<GuildMarker>) {
        self.inspector.forget(guild);
    }

    const fn user(&self) -> Id<UserMarker> {
        self.user
    }

    fn token(&self) -> String {
        self.options.token.expose().to_owned()
    }

    const fn gateway_is_set(&self) -> bool {
        self.options.gateway_url.is_some()
    }

    fn seats(&self) -> Vec<Arc<Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn seat(&self, seats: Vec<Arc<Seat>>) {
        *self.seats.lock().unwrap_or_else(PoisonError::into_inner) = seats;
    }

    const fn privileged(&self) -> &privileged::Privileged {
        &self.privileged
    }
}

/// The REST client: rate limits kept, nobody mentioned unless a reply names him.
fn client(options: &Options) -> Result<Client, ConnectError> {
    let mut builder = Client::builder()
        .token(options.token.expose().to_owned())
        .timeout(REQUEST)
        .default_allowed_mentions(AllowedMentions::default());
    if let Some(url) = &options.api_url {
        let (host, plain) = proxy(url).ok_or(ConnectError::BadAddress)?;
        builder = builder.proxy(host, plain);
    }
    Ok(builder.build())
}

/// Host, port and path of another API, and whether it speaks plain HTTP. The client adds `/api/v10` by itself.
fn proxy(url: &Url) -> Option<(String, bool)> {
    let host = url.host_str()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/api/v10").or_else(|| path.strip_suffix("/api")).unwrap_or(path);
    Some((format!("{host}{port}{path}"), url.scheme() == "http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_api_is_named_without_the_part_that_the_client_adds() {
        for (url, expected) in [
            ("http://127.0.0.1:9000", ("127.0.0.1:9000", true)),
            ("http://127.0.0.1:9000/api/", ("127.0.0.1:9000", true)),
            ("http://127.0.0.1:9000/api/v10", ("127.0.0.1:9000", true)),
            ("https://proxy.example/discord/api", ("proxy.example/discord", false)),
            ("https://[::1]:8443/", ("[::1]:8443", false)),
        ] {
            let (host, plain) = proxy(&url.parse().unwrap()).unwrap();
            assert_eq!((host.as_str(), plain), expected, "{url}");
        }
    }
}
