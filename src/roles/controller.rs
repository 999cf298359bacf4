//! The controller role: Shellia, with its HTTP server. It holds no shop data.

use super::discord::{Bot, connect, metrics};
use super::{END, Failed, Running, end_by};
use crate::app::{self, App, Drafts, GuildCache, GuildPresets, Limits, Rates};
use crate::config::{Problem, Settings};
use crate::control::{Peer, Signer, Unwired};
use crate::db::Db;
use crate::discord::Discord;
use crate::domain::promotions::PromotionRules;
use crate::domain::shop::ShopRules;
use crate::domain::tickets::TicketRules;
use crate::domain::{giveaways, payments};
use crate::kernel::words::Words;
use crate::kernel::{Clock, Locale, Rank, RoleId};
use crate::peer_http::{self, HttpPeer, Trust};
use crate::web::{self, Check, Metric, Probe};
use async_trait::async_trait;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A running Shellia.
pub struct Controller {
    server: web::Server,
    bot: Bot,
    stop: CancellationToken,
}

impl Controller {
    /// Starts Shellia; `stop` only ends a start that waits for Discord.
    ///
    /// # Errors
    /// [`Failed`] with what to do.
    pub async fn start(settings: &Settings, clock: Clock, stop: &CancellationToken) -> Result<Self, Failed> {
        let token = settings.shellia.discord_token.as_ref();
        let discord = connect(settings, token, "SHELLIA_DISCORD_TOKEN", stop).await?;
        let peer = peer(settings, &clock)?;
        let operator = settings.tickets.operator_role_id.and_then(|role| RoleId::new(role.get()));
        let app = Arc::new(App {
            bot: app::Bot::Shellia,
            db: Db::unwired(),
            clock,
            words: Words::new(),
            guilds: GuildCache::new(GuildPresets {
                locale: Locale::from_code(settings.locale.default.code()).unwrap_or_default(),
                time_zone: settings.locale.time_zone.iana_name().unwrap_or("Europe/Paris").to_owned(),
                ranks: operator.into_iter().map(|role| (role, Rank::Operator)).collect(),
                ..GuildPresets::default()
            }),
            drafts: Drafts::default(),
            limits: Limits::new(Rates::default()),
            tickets: TicketRules::default(),
            promotions: PromotionRules::default(),
            shop: ShopRules::default(),
            gateway: Arc::new(payments::Unwired),
            beacon: Arc::new(giveaways::Unwired),
            courier: discord.courier(),
            roles: discord.roles(),
            peer,
            news: app::News::default(),
            inspector: discord.inspector(),
        });
        let probe = Arc::new(Watch { discord: discord.clone() });
        let site = web::Site { role: "controller", probe, webhook: None, api: None, tls: None };
        let server = web::Server::start(settings.shellia.listen, site)
            .map_err(Failed::from_error("listening for HTTP (SHELLIA_LISTEN)"))?;
        let inner = CancellationToken::new();
        let bot = Bot::start(discord, app, inner.clone());
        tracing::info!(http = %server.address, "Shellia is ready");
        Ok(Self { server, bot, stop: inner })
    }

    /// Where its HTTP server listens.
    pub const fn address(&self) -> SocketAddr {
        self.server.address
    }
}

impl Running for Controller {
    async fn broken(&mut self) -> Failed {
        self.bot.broken().await
    }

    async fn stop(self) {
        let by = Instant::now() + END;
        self.stop.cancel();
        let tasks = async {
            tokio::join!(self.bot.ended(), self.server.stop());
        };
        end_by(by, Duration::ZERO, tasks, |_| std::future::ready(())).await;
    }
}

/// The way to Maxis; none is set: nothing can be asked.
fn peer(settings: &Settings, clock: &Clock) -> Result<Arc<dyn Peer>, Failed> {
    let shellia = &settings.shellia;
    let (Some(base), Some(key)) = (&shellia.maxis_api_url, &shellia.api_key) else { return Ok(Arc::new(Unwired)) };
    let signer = Signer::new(key, &shellia.maxis_name);
    let trust = trust(settings).map_err(Failed::from_error("reading MAXIS_API_CERT"))?;
    let peer = HttpPeer::trusting(base.clone(), signer, clock.clone(), peer_http::WHOLE, trust);
    Ok(Arc::new(peer.map_err(Failed::from_error("preparing the way to Maxis"))?))
}

/// Whose certificate Maxis must show.
fn trust(settings: &Settings) -> Result<Trust, peer_http::Unreadable> {
    settings.shellia.maxis_cert.as_deref().map_or(Ok(Trust::Web), Trust::of_file)
}

/// What is wrong with the file of the certificates that Shellia expects.
pub(super) fn check_certificate(settings: &Settings) -> Option<Problem> {
    let remedy =
        "Copy the file of MAXIS_TLS_CERT from the machine of Maxis, and check that the program's user may read it";
    trust(settings).err().map(|unreadable| Problem::new("MAXIS_API_CERT", unreadable.to_string(), remedy))
}

/// What `/ready` and `/metrics` look at.
struct Watch {
    discord: Arc<Discord>,
}

#[async_trait]
impl Probe for Watch {
    async fn checks(&self) -> Vec<Check> {
        vec![Check { name: "discord", ok: self.discord.status().is_ready() }]
    }

    fn metrics(&self) -> Vec<Metric> {
        metrics(&self.discord)
    }
}
