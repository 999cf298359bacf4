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
use crate::jobs;
use crate::kernel::words::Words;
use crate::kernel::{Clock, Locale, Rank, RoleId};
use crate::peer_http::{self, HttpPeer, Trust};
use crate::pilot::{Level, Pilot, Piloted};
use crate::web::{self, Check, Metric, Probe};
use async_trait::async_trait;
use jiff::Timestamp;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A running Shellia.
pub struct Controller {
    server: web::Server,
    bot: Bot,
    pilot: JoinHandle<usize>,
    kept: Arc<Pilot>,
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
        let operator = settings.tickets.operator_role_id.and_then(|role| RoleId::new(role.get()));
        let peers = peers(settings, &clock)?;
        let peer: Arc<dyn Peer> = match peers.first() {
            Some(first) => first.peer.clone(),
            None => Arc::new(Unwired),
        };
        let pilot = Pilot::open(peers, &settings.database.data_dir);
        let pilot = pilot.map_err(Failed::from_error("reading what Shellia keeps (SHELLIA_DATA_DIR)"))?;
        let pilot = Arc::new(pilot.reporting(settings.shellia.report_at));
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
            privacy: crate::domain::privacy::PrivacyRules::default(),
            shop: ShopRules::default(),
            gateway: Arc::new(payments::Unwired),
            beacon: Arc::new(giveaways::Unwired),
            courier: discord.courier(),
            roles: discord.roles(),
            peer,
            pilot: pilot.clone(),
            news: app::News::default(),
            inspector: discord.inspector(),
        });
        let kept = pilot.clone();
        let probe = Arc::new(Watch { discord: discord.clone(), pilot, clock: app.clock.clone() });
        let site = web::Site { role: "controller", probe, webhook: None, api: None, panel: None, tls: None };
        let server = web::Server::start(settings.shellia.listen, site)
            .map_err(Failed::from_error("listening for HTTP (SHELLIA_LISTEN)"))?;
        let inner = CancellationToken::new();
        let pilot = tokio::spawn(jobs::pilot::run(app.clone(), jobs::pilot::PACE, inner.clone()));
        let bot = Bot::start(discord, app, inner.clone());
        tracing::info!(http = %server.address, "Shellia is ready");
        Ok(Self { server, bot, pilot, kept, stop: inner })
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
        let pilot = async {
            if let Err(error) = self.pilot.await {
                tracing::warn!(%error, "following Maxis ended badly");
            }
        };
        let tasks = async {
            tokio::join!(self.bot.ended(), pilot, self.server.stop());
            // What was answered last: nobody is told after the restart that it wasn't.
            self.kept.save_answers().await;
        };
        end_by(by, Duration::ZERO, tasks, |_| std::future::ready(())).await;
    }
}

/// The ways to each Maxis, the one without a name of its own first; none is set: nothing can be asked.
fn peers(settings: &Settings, clock: &Clock) -> Result<Vec<Piloted>, Failed> {
    let shellia = &settings.shellia;
    let trust = trust(settings).map_err(Failed::from_error("reading MAXIS_API_CERT"))?;
    let first = shellia.maxis_api_url.iter().map(|url| (&shellia.maxis_name, url));
    let mut peers = Vec::new();
    for (name, base) in first.chain(shellia.peers.iter().map(|(name, url)| (name, url))) {
        let own = shellia.peer_keys.iter().find(|(of, _)| of == name).map(|(_, key)| key);
        let Some(key) = own.or(shellia.api_key.as_ref()) else { continue };
        let signer = Signer::new(key, name);
        let peer = HttpPeer::trusting(base.clone(), signer, clock.clone(), peer_http::WHOLE, trust.clone());
        let peer = Arc::new(peer.map_err(Failed::from_error("preparing the way to Maxis"))?);
        peers.push(Piloted { name: name.clone(), peer });
    }
    Ok(peers)
}

/// How each Maxis is, for `/metrics`.
fn piloted(pilot: &Pilot, now: Timestamp) -> Vec<Metric> {
    const HOURS: i64 = 30 * 24;
    let kept: Vec<_> = pilot.peers().iter().map(|one| (&one.name, pilot.kept(&one.name))).collect();
    let figure = |name, help, value: &dyn Fn(&crate::pilot::Kept) -> i64| -> Vec<Metric> {
        let value = |kept| u64::try_from(value(kept)).unwrap_or(0);
        kept.iter().map(|(maxis, kept)| Metric::new(name, help, value(kept)).label("maxis", maxis.as_str())).collect()
    };
    let at_least = |kept: &crate::pilot::Kept, levels: &[Level]| {
        i64::from(kept.watched.standing().is_some_and(|standing| levels.contains(&standing.level)))
    };
    let mut figures = figure("shellia_maxis_up", "1 where that Maxis answers.", &|kept| {
        at_least(kept, &[Level::Up, Level::Degraded])
    });
    figures.extend(figure("shellia_maxis_degraded", "1 where it answers and not everything works.", &|kept| {
        at_least(kept, &[Level::Degraded])
    }));
    figures.extend(figure(
        "shellia_maxis_answered_seconds",
        "Seconds of the last 30 days in which it answered.",
        &|kept| kept.watched.uptime(HOURS, now).answered_s,
    ));
    figures.extend(figure(
        "shellia_maxis_watched_seconds",
        "Seconds of the last 30 days in which it was watched.",
        &|kept| kept.watched.uptime(HOURS, now).watched_s,
    ));
    figures
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
    pilot: Arc<Pilot>,
    clock: Clock,
}

#[async_trait]
impl Probe for Watch {
    async fn checks(&self) -> Vec<Check> {
        vec![Check { name: "discord", ok: self.discord.status().is_ready() }]
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut figures = metrics(&self.discord);
        figures.extend(piloted(&self.pilot, self.clock.now()));
        figures
    }
}
