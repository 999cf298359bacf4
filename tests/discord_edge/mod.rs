//! The Discord edge against the local Discord, over real sockets: what it survives, and what it says about it.
//!
//! Most tests run Shellia's bot, who needs no database.

mod access;
mod answers;
mod gaps;
mod gateway;

use shellia::app::{App, Bot, Drafts, GuildCache, Limits, PromotionRules, Rates, TicketRules};
use shellia::config::{Secret, Shards};
use shellia::db::Db;
use shellia::discord::{Discord, Fatal, Options};
use shellia::domain::accounts::Presets;
use shellia::kernel::Clock;
use shellia::kernel::words::Words;
use shellia::sandbox::{self, Person, Sandbox, World};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const SHOP: &str = "La Boutique de Léa";
const PATIENCE: Duration = Duration::from_secs(20);
/// How the help begins.
const HELP: &str = "Chaque commande se tape avec";

async fn sandbox(world: World) -> Sandbox {
    let limits = sandbox::Limits::raised();
    Sandbox::start(sandbox::Options { limits, ..sandbox::Options::new(world) }).await.unwrap()
}

fn options(sandbox: &Sandbox, bot: Bot, data: &Path) -> Options {
    let token = match bot {
        Bot::Maxis => "sandbox-maxis",
        Bot::Shellia => "sandbox-shellia",
    };
    Options {
        token: Secret::new(token),
        api_url: Some(sandbox.url().parse().unwrap()),
        gateway_url: Some(sandbox.gateway_url().parse().unwrap()),
        shards: Shards::All,
        message_content: true,
        guild_members: false,
        data_dir: data.to_owned(),
    }
}

/// A database that isn't there.
fn nowhere() -> Db {
    Db::new("postgres://nobody@127.0.0.1:1/none", 1).unwrap()
}

/// A running bot.
struct Running {
    discord: Arc<Discord>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), Fatal>>,
}

impl Running {
    async fn shellia(options: Options) -> Self {
        Self::start(options, Bot::Shellia, nowhere()).await
    }

    /// Starts a bot without waiting for it.
    async fn start(options: Options, bot: Bot, db: Db) -> Self {
        let discord = Discord::connect(options).await.unwrap();
        let many = NonZeroU32::new(1_000_000).unwrap();
        let app = Arc::new(App {
            bot,
            db,
            clock: Clock::new(),
            words: Words::new(),
            guilds: GuildCache::new(Presets { time_zone: "Europe/Paris".to_owned(), ..Presets::default() }),
            drafts: Drafts::default(),
            limits: Limits::new(Rates { member_per_minute: many, guild_per_minute: many }),
            tickets: TicketRules { open_max: 0, ..TicketRules::default() },
            promotions: PromotionRules::default(),
            privacy: shellia::domain::privacy::PrivacyRules::default(),
            shop: shellia::domain::shop::ShopRules::default(),
            gateway: Arc::new(shellia::domain::payments::Unwired),
            beacon: Arc::new(shellia::domain::giveaways::Unwired),
            peer: Arc::new(shellia::control::Unwired),
            pilot: Arc::default(),
            courier: discord.courier(),
            roles: discord.roles(),
            news: shellia::app::News::default(),
            inspector: discord.inspector(),
        });
        let stop = CancellationToken::new();
        let task = tokio::spawn(discord.clone().run(app, stop.clone()));
        Self { discord, stop, task }
    }

    async fn ready(self) -> Self {
        until("the bot is ready", || self.discord.status().is_ready()).await;
        self
    }

    async fn halt(self) -> Result<(), Fatal> {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(5), self.task).await.expect("it ends within 5 s").unwrap()
    }

    /// Ends it without any farewell, as a crash would.
    async fn crash(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("in time: {what}"));
}

fn channel(sandbox: &Sandbox, name: &str) -> u64 {
    sandbox.channel_id(sandbox.guild_id(SHOP).unwrap(), name).unwrap()
}

fn person(sandbox: &Sandbox, name: &str) -> Person {
    sandbox.person_named(name).unwrap()
}

/// How many messages of a channel hold a text.
fn shown(sandbox: &Sandbox, channel: u64, text: &str) -> usize {
    sandbox.messages(channel).iter().filter(|message| message.to_string().contains(text)).count()
}
