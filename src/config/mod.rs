//! Settings as plain data: what was asked for, checked, with every problem told at once.
//!
//! It reads text (defaults, a file, `.env`, the environment) and makes `Settings`. It connects to nothing and
//! keeps nothing global: the environment is handed in.

mod gate;
mod keys;
mod nearest;
mod problem;
mod read;
mod role;
mod secret;
mod sections;
mod shards;
mod sources;
#[cfg(test)]
mod tests;
mod validate;

use std::{net::SocketAddr, num::NonZeroU64, path::PathBuf};

use url::Url;

pub use gate::Gate;
pub use keys::{KEYS, Key};
pub use problem::Problem;
pub use role::{NotARole, Role};
pub use secret::Secret;
pub use shards::{NotAShardPlan, ShardPlan, Shards};
pub use sources::Sources;

use read::Reader;

/// Everything that can be set. Printing it shows no secret.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How Discord is reached.
    pub discord: Discord,
    /// The commerce role.
    pub maxis: Maxis,
    /// The controller role.
    pub shellia: Shellia,
    /// Where data lives.
    pub database: Database,
    /// Support tickets.
    pub tickets: Tickets,
    /// Language and time zone.
    pub locale: Locale,
    /// How much one person or guild may ask.
    pub limits: Limits,
    /// Payments.
    pub stripe: Stripe,
    /// The shop.
    pub shop: Shop,
    /// What Shellia may change with whose approval.
    pub plans: Plans,
    /// How long what is kept.
    pub privacy: Privacy,
    /// Where the randomness of draws comes from.
    pub draws: Draws,
    /// What is written to the log.
    pub log: Log,
}

/// How Discord is reached.
#[derive(Debug, Clone)]
pub struct Discord {
    /// Base of the REST API; none: Discord itself.
    pub api_url: Option<Url>,
    /// Base of the gateway; none: what Discord answers.
    pub gateway_url: Option<Url>,
    /// The shards of this process.
    pub shards: Shards,
    /// Whether the message-content intent is asked for.
    pub message_content: bool,
    /// Whether the server-members intent is asked for.
    pub guild_members: bool,
}

/// Settings of the commerce role.
#[derive(Debug, Clone)]
pub struct Maxis {
    /// Token of the Maxis bot.
    pub discord_token: Option<Secret>,
    /// Key that signs requests to the control API; none: it is shut.
    pub api_key: Option<Secret>,
    /// The key before it, while one follows the other.
    pub api_key_old: Option<Secret>,
    /// Requests to the control API that one address may make in a minute.
    pub api_per_minute: u32,
    /// Who may come near the control API, and with which certificate it is served.
    pub gate: Gate,
    /// The name to which requests are bound.
    pub name: String,
    /// Address of the HTTP server.
    pub listen: SocketAddr,
}

/// Settings of the controller role.
#[derive(Debug, Clone)]
pub struct Shellia {
    /// Token of the Shellia bot.
    pub discord_token: Option<Secret>,
    /// Where Maxis answers; none: no Maxis is piloted.
    pub maxis_api_url: Option<Url>,
    /// The name of the Maxis that answers there.
    pub maxis_name: String,
    /// The certificates of which that Maxis must show one, or one that they vouch for; none: those of the web.
    pub maxis_cert: Option<PathBuf>,
    /// Key that signs what is asked of it.
    pub api_key: Option<Secret>,
    /// Further ones, each by its name.
    pub peers: Vec<(String, Url)>,
    /// The keys of those that have one of their own.
    pub peer_keys: Vec<(String, Secret)>,
    /// Address of the HTTP server.
    pub listen: SocketAddr,
    /// When the weekly recap is posted.
    pub report_at: crate::kernel::WeekTime,
}

/// Where data lives.
#[derive(Debug, Clone)]
pub struct Database {
    /// Connection string of the application's login; none: a private PostgreSQL in `data_dir`.
    pub url: Option<Secret>,
    /// Connection string of the owner, for migrations.
    pub migration_url: Option<Secret>,
    /// Directory of the private PostgreSQL and of the attachments.
    pub data_dir: PathBuf,
    /// Directory of PostgreSQL's server programs; none: they are looked for.
    pub pg_bin: Option<PathBuf>,
    /// Connections that this process may hold.
    pub pool_size: u32,
}

/// Settings of support tickets; the four ids preset `/setup`.
#[derive(Debug, Clone)]
pub struct Tickets {
    /// Channel in which members open tickets.
    pub channel_id: Option<NonZeroU64>,
    /// Channel in which staff sees tickets.
    pub staff_channel_id: Option<NonZeroU64>,
    /// Role that answers tickets.
    pub support_role_id: Option<NonZeroU64>,
    /// Role that also changes settings.
    pub operator_role_id: Option<NonZeroU64>,
    /// Days of silence after which a ticket that waits for the member closes; 0: never.
    pub auto_close_days: u32,
    /// Days during which the member may reopen; 0: never.
    pub reopen_days: u32,
    /// Open tickets that a member may have at once; 0: any number.
    pub open_max: u32,
    /// Part of the time to resolution, in percent, after which staff is reminded.
    pub reminder_percent: u8,
    /// Hours to resolution.
    pub sla_hours: SlaHours,
    /// What is kept of attachments.
    pub attachments: Attachments,
}

/// Hours to resolution by priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlaHours {
    /// Critical tickets.
    pub critical: u32,
    /// High priority.
    pub high: u32,
    /// Medium priority.
    pub medium: u32,
    /// Low priority.
    pub low: u32,
}

/// What is kept of attachments.
#[derive(Debug, Clone)]
pub struct Attachments {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Content types that are kept; `image/*` stands for every image. Lower case.
    pub types: Vec<String>,
    /// What one member may keep in all, in bytes.
    pub member_quota_bytes: u64,
    /// Days after which an attachment is removed.
    pub days: u32,
}

/// Language and time zone where nobody has chosen.
#[derive(Debug, Clone)]
pub struct Locale {
    /// The language.
    pub default: Language,
    /// The time zone, one of the IANA database.
    pub time_zone: jiff::tz::TimeZone,
}

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// The language's code: `fr` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// How much may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Commands of one member in a minute.
    pub member_commands_per_minute: u32,
    /// Commands of one guild in a minute.
    pub guild_commands_per_minute: u32,
}

/// Payments.
#[derive(Debug, Clone)]
pub struct Stripe {
    /// Base of the API, without `/v1`.
    pub api_url: Url,
    /// Secret key of the account; none: no payments.
    pub secret_key: Option<Secret>,
    /// Signing secret of the webhook endpoint; none: the endpoint is shut.
    pub webhook_secret: Option<Secret>,
    /// The signing secret before it, while the two are rolled over.
    pub webhook_secret_old: Option<Secret>,
    /// Whether Stripe Tax works out the tax.
    pub tax: bool,
}

/// The shop.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Where the provider's pages lead back to.
    pub return_url: Url,
    /// Days for which a plan goes on after a renewal was due and not paid.
    pub grace_days: u32,
    /// Minutes for which a checkout can be paid.
    pub checkout_minutes: u32,
    /// Largest refund of staff below operator, in minor units.
    pub refund_cap_minor: i64,
    /// Largest discount of a promotion, in percent.
    pub promotion_cap_percent: u8,
    /// File of the catalogue that a new shop begins with; none: the compiled-in one.
    pub catalogue: Option<PathBuf>,
}

/// What Shellia may change with whose approval.
#[derive(Debug, Clone, Copy)]
pub struct Plans {
    /// What a promotion may cost that one operator approves, in minor units.
    pub budget_minor: i64,
    /// What a small one may cost that needs nobody where the dial says so, in minor units.
    pub small_budget_minor: i64,
}

/// How long what is kept where a guild didn't choose.
#[derive(Debug, Clone, Copy)]
pub struct Privacy {
    /// Days after its end for which a ticket keeps its words; 0: without limit.
    pub ticket_days: u32,
    /// Days for which the audit of tickets and shop is kept; 0: without limit.
    pub audit_days: u32,
    /// Days for which the names of the payment provider's events are kept; 0: without limit.
    pub event_days: u32,
}

/// Where the randomness of draws comes from.
#[derive(Debug, Clone)]
pub struct Draws {
    /// Bases of drand's relays, the first asked first.
    pub relays: Vec<Url>,
    /// The public key of a sandbox's beacon in hexadecimal; none: drand's own network.
    pub sandbox_key: Option<String>,
}

/// What is written to the log.
#[derive(Debug, Clone)]
pub struct Log {
    /// tracing's filter.
    pub filter: String,
    /// Whether each line is a JSON object.
    pub json: bool,
}

/// The settings of a role as far as they can be read, with everything that is wrong.
#[derive(Debug)]
pub struct Draft {
    /// The settings; one that can't be read counts as unset or has its default. `None` where the file can't be read at all.
    pub settings: Option<Settings>,
    /// What can't be read, then what the role lacks.
    pub problems: Vec<Problem>,
    unread: Vec<&'static str>,
}

impl Draft {
    /// Whether a setting, by its name in the environment, was given and could not be read.
    pub fn is_unread(&self, name: &str) -> bool {
        is_unread(&self.unread, name)
    }
}

fn is_unread(unread: &[&'static str], name: &str) -> bool {
    KEYS.iter().any(|key| key.env == name && unread.contains(&key.toml))
}

impl Settings {
    /// Reads and checks every setting; what a role needs is `validate`'s question.
    pub fn load(sources: &Sources) -> Result<Self, Vec<Problem>> {
        let (settings, reader) = Self::read(sources);
        match settings {
            Some(settings) if reader.problems.is_empty() => Ok(settings),
            _ => Err(reader.problems),
        }
    }

    /// Reads every setting for a role and finds everything that is wrong: what can't be read and what the role lacks.
    pub fn draft(sources: &Sources, role: Role) -> Draft {
        let (settings, reader) = Self::read(sources);
        let settings = settings.filter(|_| sources::is_legible(sources));
        let Reader { mut problems, unread, .. } = reader;
        if let Some(settings) = &settings {
            problems.extend(settings.validate_read(role, &unread));
        }
        Draft { settings, problems, unread }
    }

    fn read(sources: &Sources) -> (Option<Self>, Reader) {
        let mut problems = Vec::new();
        let layers = sources.merge(&mut problems);
        let mut reader = Reader::new(layers, problems);
        (Self::assemble(&mut reader), reader)
    }

    /// Each part is read before any is missed, so that all problems are kept.
    fn assemble(r: &mut Reader) -> Option<Self> {
        let discord = Discord::read(r);
        let maxis = Maxis::read(r);
        let shellia = Shellia::read(r);
        let database = Database::read(r);
        let tickets = Tickets::read(r);
        let locale = Locale::read(r);
        let limits = Limits::read(r);
        let stripe = Stripe::read(r);
        let shop = Shop::read(r);
        let plans = Plans::read(r);
        let privacy = Privacy::read(r);
        let draws = Draws::read(r);
        let log = Log::read(r);
        Some(Self {
            discord: discord?,
            maxis: maxis?,
            shellia: shellia?,
            database: database?,
            tickets: tickets?,
            locale: locale?,
            limits: limits?,
            stripe: stripe?,
            shop: shop?,
            plans: plans?,
            privacy: privacy?,
            draws: draws?,
            log: log?,
        })
    }
}
