//! The commerce role: Maxis, with its database, jobs and HTTP server.

use super::database::{self, Opened};
use super::desk::{MaxisDesk, PlanRules};
use super::discord::{Bot, connect, metrics};
use super::webhook::StripeWebhook;
use super::{DATABASE_END, END, Failed, Running, certificate, end_by, panel, payments};
use crate::app::{self, App, Drafts, GuildCache, GuildPresets, Limits, Rates};
use crate::config::Settings;
use crate::control::{self, Verifier};
use crate::discord::Discord;
use crate::domain::giveaways::Beacon;
use crate::domain::privacy::PrivacyRules;
use crate::domain::promotions::PromotionRules;
use crate::domain::tickets::TicketRules;
use crate::drand::Relays;
use crate::kernel::words::Words;
use crate::kernel::{Actor, ChannelId, Clock, Locale, Rank, RoleId, System};
use crate::web::{self, Api, Check, Door, Metric, Probe, Rules, Streams};
use async_trait::async_trait;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A running Maxis.
pub struct Commerce {
    app: Arc<App>,
    database: Opened,
    server: web::Server,
    bot: Bot,
    jobs: JoinHandle<usize>,
    stop: CancellationToken,
}

impl Commerce {
    /// Starts Maxis; `stop` only ends a start that waits for Discord.
    ///
    /// # Errors
    /// [`Failed`] with what to do.
    pub async fn start(settings: &Settings, clock: Clock, stop: &CancellationToken) -> Result<Self, Failed> {
        let database = database::open(settings).await?;
        match Self::start_on(settings, clock, stop, &database).await {
            Ok((app, server, bot, jobs, stop)) => Ok(Self { app, database, server, bot, jobs, stop }),
            Err(failed) => {
                database.close().await;
                Err(failed)
            }
        }
    }

    async fn start_on(
        settings: &Settings,
        clock: Clock,
        stop: &CancellationToken,
        database: &Opened,
    ) -> Result<(Arc<App>, web::Server, Bot, JoinHandle<usize>, CancellationToken), Failed> {
        let catalogue = super::catalogue::read(settings).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failed::new(all.join("\n"))
        })?;
        let token = settings.maxis.discord_token.as_ref();
        let discord = connect(settings, token, "MAXIS_DISCORD_TOKEN", stop).await?;
        let app = Arc::new(App {
            bot: app::Bot::Maxis,
            db: database.db.clone(),
            clock,
            words: Words::new(),
            guilds: GuildCache::new(presets(settings)).with_catalogue(catalogue),
            drafts: Drafts::default(),
            limits: Limits::new(rates(settings)),
            tickets: rules(settings),
            promotions: PromotionRules { cap_percent: settings.shop.promotion_cap_percent },
            privacy: privacy(settings),
            shop: payments::rules(settings),
            gateway: payments::gateway(settings)?,
            beacon: beacon(settings)?,
            courier: discord.courier(),
            roles: discord.roles(),
            peer: Arc::new(control::Unwired),
            pilot: Arc::default(),
            news: app::News::default(),
            inspector: discord.inspector(),
        });
        let webhook = Arc::new(StripeWebhook::new(app.clone(), &settings.stripe));
        let inner = CancellationToken::new();
        let desk = desk(settings, &app, &discord, &inner);
        let api = Arc::new(api(settings, &app, desk.clone()));
        let probe =
            Arc::new(Watch { app: app.clone(), discord: discord.clone(), webhook: webhook.clone(), api: api.clone() });
        let tls = certificate::shown(settings);
        let (panel, rooms) = panel::open(settings, &app, (&discord, desk), &inner)?;
        let site =
            web::Site { role: "commerce", probe, webhook: Some(webhook), api: Some(api), panel: Some(rooms), tls };
        let server = web::Server::start(settings.maxis.listen, site)
            .map_err(Failed::from_error("listening for HTTP (MAXIS_LISTEN, MAXIS_TLS_CERT)"))?;
        panel::reached(settings, &panel, server.address);
        let jobs = tokio::spawn(crate::jobs::run(app.clone(), inner.clone()));
        let bot = Bot::start(discord, app.clone(), inner.clone());
        let encrypted = certificate::shown(settings).is_some();
        tracing::info!(http = %server.address, encrypted, "Maxis is ready");
        Ok((app, server, bot, jobs, inner))
    }

    /// Where its HTTP server listens.
    pub const fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Has the card of every open ticket posted again, for a Discord that forgot the old ones.
    ///
    /// # Errors
    /// As [`crate::db::Tx::load`].
    pub async fn post_cards_again(&self) -> crate::kernel::Result<()> {
        crate::jobs::rebuild(&self.app, Some(self.app.clock.now())).await.map(drop)
    }

    /// Address of the application's database login; holds a password.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }
}

impl Running for Commerce {
    async fn broken(&mut self) -> Failed {
        self.bot.broken().await
    }

    async fn stop(self) {
        let by = Instant::now() + END;
        self.stop.cancel();
        let jobs = async {
            if let Err(error) = self.jobs.await {
                tracing::warn!(%error, "the jobs ended badly");
            }
        };
        // Each may take its whole time, so they end side by side; the database last, which they use to the end.
        let tasks = async {
            tokio::join!(self.bot.ended(), jobs, self.server.stop());
        };
        end_by(by, DATABASE_END, tasks, |by| self.database.close_by(by)).await;
    }
}

/// The control API; without a key its door stays shut.
fn api(settings: &Settings, app: &Arc<App>, desk: Arc<MaxisDesk>) -> Api {
    let maxis = &settings.maxis;
    let now = app.clock.now();
    let verifier = maxis.api_key.as_ref().map(|key| Verifier::new(&maxis.name, key, maxis.api_key_old.as_ref(), now));
    let often = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MAX);
    let door = Door::new(Rules {
        verifier,
        clock: app.clock.clone(),
        per_minute: often(maxis.api_per_minute),
        per_key: often(maxis.gate.key_per_minute),
        allow: maxis.gate.allow.clone(),
        proxies: maxis.gate.proxies.clone(),
    });
    Api { door, desk, streams: Streams::default() }
}

/// What answers at the control API, and takes the steps of plans for the admin panel too.
fn desk(settings: &Settings, app: &Arc<App>, discord: &Arc<Discord>, stop: &CancellationToken) -> Arc<MaxisDesk> {
    let rules =
        PlanRules { budget_minor: settings.plans.budget_minor, small_budget_minor: settings.plans.small_budget_minor };
    let discord = discord.clone();
    Arc::new(MaxisDesk::new(app.clone(), move || discord.status(), rules, stop.clone()))
}

/// What a guild starts with, from the settings.
fn presets(settings: &Settings) -> GuildPresets {
    let tickets = &settings.tickets;
    let role = |id: Option<std::num::NonZeroU64>, rank| id.and_then(|id| RoleId::new(id.get())).map(|id| (id, rank));
    let channel = |id: Option<std::num::NonZeroU64>| id.and_then(|id| ChannelId::new(id.get()));
    let ranks = [role(tickets.support_role_id, Rank::Support), role(tickets.operator_role_id, Rank::Operator)];
    GuildPresets {
        locale: Locale::from_code(settings.locale.default.code()).unwrap_or_default(),
        time_zone: settings.locale.time_zone.iana_name().unwrap_or("Europe/Paris").to_owned(),
        support_channel: channel(tickets.channel_id),
        staff_channel: channel(tickets.staff_channel_id),
        ranks: ranks.into_iter().flatten().collect(),
    }
}

/// The way to the public randomness.
fn beacon(settings: &Settings) -> Result<Arc<dyn Beacon>, Failed> {
    let key = settings.draws.sandbox_key.as_deref().map(str::parse).transpose();
    let key = key.map_err(Failed::from_error("reading DRAND_SANDBOX_KEY"))?;
    if key.is_some() {
        tracing::warn!("draws are made with a sandbox's beacon: they prove nothing");
    }
    let relays = Relays::new(settings.draws.relays.clone(), key);
    Ok(Arc::new(relays.map_err(Failed::from_error("preparing the way to drand"))?))
}

fn rates(settings: &Settings) -> Rates {
    let rate = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MAX);
    Rates {
        member_per_minute: rate(settings.limits.member_commands_per_minute),
        guild_per_minute: rate(settings.limits.guild_commands_per_minute),
    }
}

fn rules(settings: &Settings) -> TicketRules {
    let tickets = &settings.tickets;
    let hours = tickets.sla_hours;
    TicketRules {
        sla_hours: [hours.critical, hours.high, hours.medium, hours.low],
        reminder_percent: tickets.reminder_percent,
        auto_close_days: tickets.auto_close_days,
        reopen_days: tickets.reopen_days,
        open_max: tickets.open_max,
        attachment_max_bytes: tickets.attachments.max_bytes,
        attachment_types: tickets.attachments.types.clone(),
        attachment_quota_bytes: tickets.attachments.member_quota_bytes,
        attachment_days: tickets.attachments.days,
    }
}

fn privacy(settings: &Settings) -> PrivacyRules {
    let kept = settings.privacy;
    PrivacyRules { ticket_days: kept.ticket_days, audit_days: kept.audit_days, event_days: kept.event_days }
}

/// What `/ready` and `/metrics` look at.
struct Watch {
    app: Arc<App>,
    discord: Arc<Discord>,
    webhook: Arc<StripeWebhook>,
    api: Arc<Api>,
}

#[async_trait]
impl Probe for Watch {
    async fn checks(&self) -> Vec<Check> {
        let database = match self.app.db.begin(&Actor::system(System::Accounts)).await {
            Ok(mut tx) => {
                let asked = tx.execute("checking the database", crate::db::sql("select 1 from guilds limit 1")).await;
                asked.is_ok() && tx.commit().await.is_ok()
            }
            Err(_) => false,
        };
        vec![Check { name: "database", ok: database }, Check { name: "discord", ok: self.discord.status().is_ready() }]
    }

    fn metrics(&self) -> Vec<Metric> {
        let mut figures = metrics(&self.discord);
        let (open, used) = self.app.db.usage();
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        figures.push(Metric::new("shellia_database_connections", "Database connections open.", number(open)));
        figures.push(Metric::new("shellia_database_connections_used", "Database connections in use.", number(used)));
        figures.extend(self.webhook.metrics());
        figures.extend(self.api.door.metrics());
        figures
    }
}
