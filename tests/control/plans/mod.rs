//! Plans through the control API: a whole Maxis over real sockets, with a local Discord that says who is an operator, and PostgreSQL.

mod caps;
mod chain;
mod dial;
mod kinds;
mod lost;
mod people;
mod promotions;
mod refused;
mod stop;

use crate::support::db::run;
use crate::support::maxis::{CLUB, Maxis, SHOP};
use jiff::SignedDuration;
use shellia::config::{Secret, Settings, Sources};
use shellia::control::plans::{self, NewPlan, Plan};
use shellia::control::wanted::{
    Wanted, WantedEnd, WantedGiveaway, WantedOff, WantedPromotion, WantedPromotionStop, WantedResume,
};
use shellia::control::{Asker, Failed, Signer, Why};
use shellia::kernel::{Clock, GuildId, Locale, UserId};
use shellia::peer_http::HttpPeer;
use shellia::roles::{Commerce, Running};
use shellia::sandbox::World;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use url::Url;

pub const KEY: &str = "the-key-of-both-machines";

/// A Maxis with two operators in the shop, Léa and Sam, and one in the club, Paul.
pub struct Shop {
    pub maxis: Maxis,
    pub commerce: Commerce,
    pub clock: Clock,
    pub peer: HttpPeer,
    pub guild: GuildId,
}

impl Shop {
    pub async fn open() -> Self {
        Self::open_by(Maxis::prepare(World::two_guilds()).await).await
    }

    /// The same with settings that were changed.
    pub async fn open_by(mut maxis: Maxis) -> Self {
        maxis.set("MAXIS_API_KEY", KEY);
        maxis.set("MAXIS_API_PER_MINUTE", "1000000");
        maxis.set("MAXIS_API_KEY_PER_MINUTE", "1000000");
        let clock = Clock::new();
        let settings = Settings::load(&Sources::from_environment(maxis.environment())).expect("the settings are right");
        let commerce = Commerce::start(&settings, clock.clone(), &CancellationToken::new()).await.expect("it starts");
        maxis.online().await;
        let guild = GuildId::new(maxis.sandbox.guild_id(SHOP).unwrap()).unwrap();
        let base = Url::parse(&format!("http://{}/api", commerce.address())).unwrap();
        let peer = peer(base, &clock);
        let shop = Self { maxis, commerce, clock, peer, guild };
        shop.roles("sam", &["Support", "Admin"]);
        // Guilds are known once somebody spoke with the bot there.
        shop.maxis.person("lea", "boutique").uses("help", serde_json::json!({})).await;
        shop.maxis.person_in(CLUB, "paul", "salon").uses("help", serde_json::json!({})).await;
        shop
    }

    /// Gives somebody these roles in the shop, and no others.
    pub fn roles(&self, username: &str, names: &[&str]) {
        let guild = self.guild.get();
        let roles = names.iter().map(|name| self.maxis.sandbox.role_id(guild, name).unwrap()).collect();
        self.maxis.sandbox.set_member(guild, self.user(username).get(), Some(roles), true).unwrap();
    }

    pub fn user(&self, username: &str) -> UserId {
        UserId::new(self.maxis.sandbox.person_named(username).unwrap().id()).unwrap()
    }

    /// Somebody of the shop asks.
    pub fn by(&self, username: &str) -> Asker {
        Asker::person(self.guild, self.user(username), Locale::Fr)
    }

    /// Somebody of the club asks.
    pub fn of_club(&self, username: &str) -> Asker {
        let club = GuildId::new(self.maxis.sandbox.guild_id(CLUB).unwrap()).unwrap();
        Asker::person(club, self.user(username), Locale::Fr)
    }

    pub fn channel(&self, name: &str) -> String {
        self.maxis.sandbox.channel_id(self.guild.get(), name).unwrap().to_string()
    }

    pub async fn makes(&self, who: &str, key: &str, wanted: Wanted) -> Result<Plan, Failed> {
        plans::make_plan(&self.peer, self.by(who), &NewPlan { key: key.to_owned(), wanted }).await
    }

    pub async fn approves(&self, who: &str, plan: &Plan) -> Result<Plan, Failed> {
        plans::approve_plan(&self.peer, self.by(who), plan.number, &plan.digest).await
    }

    pub async fn commits(&self, who: &str, plan: &Plan) -> Result<Plan, Failed> {
        plans::commit_plan(&self.peer, self.by(who), plan.number, &plan.digest).await
    }

    pub async fn reads(&self, who: &str, number: i64) -> Result<Plan, Failed> {
        plans::plan(&self.peer, self.by(who), number).await
    }

    /// A plan that Léa made and Sam approved.
    pub async fn approved(&self, key: &str, wanted: Wanted) -> Plan {
        let made = self.makes("lea", key, wanted).await.unwrap();
        self.approves("sam", &made).await.unwrap()
    }

    pub async fn count(&self, query: &str) -> i64 {
        self.maxis.database.count(query).await
    }

    /// Promotions and giveaways that there are.
    pub async fn things(&self) -> (i64, i64) {
        let promotions = self.count("select count(*) as n from promotions").await;
        (promotions, self.count("select count(*) as n from giveaways").await)
    }

    pub async fn does(&self, statements: &str) {
        run(&mut self.maxis.database.owner().await, statements).await;
    }

    pub fn passes(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }

    pub async fn close(self) {
        self.commerce.stop().await;
        self.maxis.sandbox.stop().await;
    }
}

/// Shellia's way to an address.
pub fn peer(base: Url, clock: &Clock) -> HttpPeer {
    let signer = Signer::new(&Secret::new(KEY), "maxis");
    HttpPeer::new(base, signer, clock.clone(), Duration::from_secs(20)).unwrap()
}

/// Why Maxis said no: the kind and the word.
pub fn why<T: std::fmt::Debug>(asked: Result<T, Failed>) -> (Why, String) {
    match asked.unwrap_err() {
        Failed::Denied(denied) => (denied.why, denied.error),
        Failed::Unreached(unreached) => panic!("{unreached}"),
    }
}

/// A conflict's word.
pub fn conflict<T: std::fmt::Debug>(asked: Result<T, Failed>) -> String {
    let (why, word) = why(asked);
    assert_eq!(why, Why::Conflict, "{word}");
    word
}

/// So many hundredths of a percent off something for so many hours.
pub fn off(hundredths: u16, target: &str, hours: u32) -> WantedPromotion {
    WantedPromotion {
        off: WantedOff::PercentHundredths(hundredths),
        target: target.to_owned(),
        ends: WantedEnd::Minutes(hours * 60),
        billing: None,
        first_purchase: false,
        code: None,
        max_uses: None,
        per_member: None,
        budget: None,
        reason: None,
    }
}

/// 20 % off the plan Pro for two days.
pub fn twenty() -> Wanted {
    Wanted::Promotion(off(2_000, "plan/pro", 48))
}

/// A giveaway for two days.
pub fn gift(prize: &str, channel: &str) -> WantedGiveaway {
    WantedGiveaway {
        prize: prize.to_owned(),
        winners: 1,
        ends: WantedEnd::Minutes(48 * 60),
        channel: Some(channel.to_owned()),
        milestone_members: None,
    }
}

pub fn stop_promotion(number: i64) -> Wanted {
    Wanted::StopPromotion(WantedPromotionStop { number })
}

pub fn resume() -> Wanted {
    Wanted::Resume(WantedResume {})
}
