//! A Maxis with its real desk and database behind the real door, and a Shellia who asks it over a socket.

use super::stage::{KEY, base};
use super::status::shellia_app;
use crate::analytics::world::Shop;
use crate::tickets::world::{guild, user};
use async_trait::async_trait;
use jiff::Timestamp;
use shellia::app::{App, Bot};
use shellia::commands::{self, Answer, Audience, Call, Census, Inspector, Raw, Seen, Way, text};
use shellia::config::Secret;
use shellia::control::{Asker, Signer, Verifier};
use shellia::domain::accounts::Person;
use shellia::domain::giveaways::milestones::Size;
use shellia::domain::shop::roles::{RoleKeeper, Unkept};
use shellia::kernel::reply::Reply;
use shellia::kernel::{ChannelId, GuildId, Locale, Result, RoleId, UserId};
use shellia::peer_http::HttpPeer;
use shellia::roles::{MaxisDesk, PlanRules};
use shellia::web::{Api, Check, Door, Metric, Probe, Rules, Server, Site, Streams};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Who are operators for Maxis, in every guild; the next one is support, and one more a plain member.
pub const OPERATOR: u64 = 22;
pub const SECOND: u64 = 23;
/// An operator until [`OUT`].
pub const STRAY: u64 = 24;
pub static OUT: AtomicBool = AtomicBool::new(false);
pub const SUPPORT: u64 = 20;
pub const MEMBER: u64 = 10;
/// Somebody who is no operator for Shellia either.
pub const STRANGER: u64 = 99;
/// The role by which Shellia knows her operators.
const PILOT: u64 = 9;

/// Discord, as far as Maxis asks about people: nobody else is in any guild.
struct People;

#[async_trait]
impl RoleKeeper for People {
    async fn held(&self, _: GuildId, user: UserId) -> Result<Vec<RoleId>, Unkept> {
        match user.get() {
            OPERATOR | SECOND => Ok(vec![RoleId::new(101).unwrap()]),
            STRAY if !OUT.load(Ordering::Relaxed) => Ok(vec![RoleId::new(101).unwrap()]),
            STRAY => Ok(Vec::new()),
            SUPPORT => Ok(vec![RoleId::new(100).unwrap()]),
            MEMBER => Ok(Vec::new()),
            _ => Err(Unkept::Left),
        }
    }

    async fn manages(&self, _: GuildId, _: UserId, _: &[RoleId]) -> Result<bool, Unkept> {
        Ok(false)
    }

    async fn give(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }

    async fn take(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }
}

#[async_trait]
impl Census for People {
    async fn size(&self, _: GuildId) -> Result<Option<Size>> {
        Ok(Some(Size { members: 1234, here_since: None }))
    }

    async fn joined_at(&self, _: GuildId, _: UserId) -> Result<Option<Timestamp>> {
        Ok(None)
    }

    async fn is_banned(&self, _: GuildId, _: UserId) -> Result<bool> {
        Ok(false)
    }
}

#[async_trait]
impl Inspector for People {
    async fn look(&self, _: GuildId, _: &[ChannelId], _: &[RoleId]) -> Result<Seen> {
        Ok(Seen::default())
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(Audience::Chosen)
    }
}

#[async_trait]
impl Probe for People {
    async fn checks(&self) -> Vec<Check> {
        Vec::new()
    }

    fn metrics(&self) -> Vec<Metric> {
        Vec::new()
    }
}

pub struct Real {
    /// Requests so far: each has an id of its own, as Discord's have.
    asked: AtomicU64,
    /// Where is typed.
    channel: AtomicU64,
    pub shop: Shop,
    /// Maxis himself, as his own pages ask him.
    pub desk: Arc<MaxisDesk>,
    pub server: Server,
    pub shellia: Arc<App>,
}

impl Real {
    /// Serves what a shop holds, from the time at which its clock stands.
    pub fn serve(mut shop: Shop) -> Self {
        shellia::discord::install_tls();
        let app = Arc::get_mut(&mut shop.world.app).unwrap();
        app.roles = Arc::new(People);
        app.inspector = Arc::new(People);
        let app = shop.app().clone();
        let status = || shellia::discord::Status {
            name: "Maxis".to_owned(),
            shards: Vec::new(),
            slash_only: false,
            under_way: 0,
        };
        let verifier = Some(Verifier::new("maxis", &Secret::new(KEY), None, app.clock.now()));
        let often = NonZeroU32::new(1_000_000).unwrap();
        let door = Door::new(Rules {
            verifier,
            clock: app.clock.clone(),
            per_minute: often,
            per_key: often,
            allow: Vec::new(),
            proxies: Vec::new(),
        });
        let rules = PlanRules { budget_minor: 10_000, small_budget_minor: 2_000 };
        let desk = Arc::new(MaxisDesk::new(app.clone(), status, rules, CancellationToken::new()));
        let api = Arc::new(Api { door, streams: Streams::default(), desk: desk.clone() });
        let site =
            Site { role: "commerce", probe: Arc::new(People), webhook: None, api: Some(api), panel: None, tls: None };
        let server = Server::start("127.0.0.1:0".parse().unwrap(), site).unwrap();
        let signer = Signer::new(&Secret::new(KEY), "maxis");
        let peer = HttpPeer::new(base(server.address), signer, app.clock.clone(), Duration::from_secs(20)).unwrap();
        let shellia = App { clock: app.clock.clone(), peer: Arc::new(peer), ..shellia_app(Arc::default()) };
        let shellia = Arc::new(shellia);
        Self { asked: AtomicU64::new(0), channel: AtomicU64::new(50), shop, desk, server, shellia }
    }

    /// Somebody of a guild whom Shellia takes for an operator types something; gets what she says.
    pub async fn types(&self, who: u64, guild_id: u64, locale: Locale, message: &str) -> Reply {
        self.asks(who, guild_id, locale, message).await.expect("an answer")
    }

    /// The same where she may say nothing.
    pub async fn asks(&self, who: u64, guild_id: u64, locale: Locale, message: &str) -> Option<Reply> {
        let specs: Vec<_> = commands::of(Bot::Shellia).filter(|spec| !spec.hidden).collect();
        let (command, given) = match text::read(message, &specs, &self.shellia.words) {
            text::Read::Command(spec, given) => (spec.name, given),
            // What calls her by mention comes as the edge hands it in.
            text::Read::Nothing => ("shellia", vec![("sentence".to_owned(), Raw::Text(message.to_owned()))]),
            other => panic!("{message}: {other:?}"),
        };
        self.calls(who, guild_id, locale, Way::Text, (command, given)).await
    }

    /// Types what she says nothing to.
    pub async fn types_nothing(&self, who: u64, messages: &[&str]) {
        for message in messages {
            assert!(self.asks(who, 7, Locale::Fr, message).await.is_none(), "{message}");
        }
    }

    /// What comes bears the ids of what came.
    pub fn tells_again(&self) {
        self.asked.store(0, Ordering::Relaxed);
    }

    /// What comes is typed in another channel, where nothing was said before.
    pub fn goes_elsewhere(&self) {
        self.channel.fetch_add(1, Ordering::Relaxed);
    }

    /// Presses a button.
    pub async fn presses(&self, who: u64, reply: &Reply, label: &str) -> Reply {
        let button = reply.buttons.iter().find(|button| button.label == label).unwrap_or_else(|| panic!("{reply:?}"));
        let given = button.action.options.iter().map(|(name, value)| (name.clone(), Raw::Text(value.clone())));
        self.calls(who, 7, Locale::Fr, Way::Button, (&button.action.command, given.collect())).await.expect("an answer")
    }

    async fn calls(
        &self,
        who: u64,
        guild_id: u64,
        locale: Locale,
        way: Way,
        (command, given): (&str, Vec<(String, Raw)>),
    ) -> Option<Reply> {
        let call = Call {
            request: self.asked.fetch_add(1, Ordering::Relaxed).to_string(),
            command: command.to_owned(),
            given,
            person: Person {
                user: user(who),
                name: "Léa".to_owned(),
                roles: RoleId::new(PILOT).into_iter().filter(|_| who != STRANGER).collect(),
                manages_guild: false,
                locale: Some(locale),
                bot: false,
                joined_at: None,
            },
            guild: Some(guild(guild_id)),
            channel: ChannelId::new(self.channel.load(Ordering::Relaxed)).unwrap(),
            way,
            typed: String::new(),
        };
        let answer = commands::answer(&self.shellia, &call).await;
        // As the edge does once it is shown.
        self.shellia.pilot.answers(&call.request);
        match answer {
            Answer::Say { reply, .. } => Some(reply),
            Answer::Nothing => None,
            other @ Answer::Ask(_) => panic!("{other:?}"),
        }
    }
}

/// Somebody of a guild.
pub fn asker(guild_id: u64, who: u64) -> Asker {
    Asker::person(guild(guild_id), user(who), Locale::Fr)
}
