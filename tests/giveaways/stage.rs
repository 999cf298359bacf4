//! A guild whose giveaways are seen to by workers that can be killed, before a Discord and a beacon that keep their rules.

use super::world::new_giveaway;
use crate::notices::world::World;
use jiff::{SignedDuration, Timestamp};
use shellia::domain::giveaways::draw::{Verified, verify};
use shellia::domain::giveaways::entering::{self, Entrant};
use shellia::domain::giveaways::{Beacon, Giveaway, NewGiveaway, SourceKind, places, reading, service};
use shellia::kernel::reply::Reply;
use shellia::kernel::{Actor, ChannelId, Error, Locale, System, UserId};

/// Where giveaways are announced.
pub fn channel() -> ChannelId {
    ChannelId::new(50).unwrap()
}

pub fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

/// What a stage is set for.
pub struct Stage {
    pub world: World,
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        world
            .behind(
                "insert into plans (guild_id, code, name, created_at, updated_at) values (7, 'pro', 'Pro', now(), now()) \
                   on conflict do nothing; \
                 insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'cle', 'Clé', 'key', now(), now()); \
                 insert into variants (guild_id, product, code, name) values (7, 'cle', 'standard', 'Standard'); \
                 insert into product_keys (guild_id, product, variant, secret, added_at) \
                   select 7, 'cle', 'standard', 'K-' || n, now() from generate_series(1, 500) n;",
            )
            .await;
        Self { world }
    }

    pub fn now(&self) -> Timestamp {
        self.world.app.clock.now()
    }

    /// A giveaway of two days by the sandbox's beacon, made with these changes.
    pub async fn makes(&self, change: impl FnOnce(&mut NewGiveaway)) -> i64 {
        let key = self.world.beacon.sandbox_key().map(|key| key.to_string());
        let ends_at = self.now().checked_add(SignedDuration::from_hours(48)).unwrap();
        let mut new = NewGiveaway { source: SourceKind::Sandbox, source_value: key, ends_at, ..new_giveaway() };
        change(&mut new);
        let mut tx = self.world.app.db.begin(&Actor::system_in(System::Payments, self.world.guild)).await.unwrap();
        let made = service::create(&mut tx, &new, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        made.number
    }

    pub async fn until_state(&self, number: i64, state: &str) {
        let query = format!("select count(*) as n from giveaways where number = {number} and state = '{state}'");
        self.world.until(&query, 1).await;
    }

    /// Waits until nothing is left to do for it by itself, now.
    pub async fn until_over(&self, number: i64) {
        let query = format!(
            "select count(*) as n from giveaways where number = {number} and state = 'done' and look_at is null"
        );
        self.world.until(&query, 1).await;
    }

    pub async fn enter(&self, number: i64, users: impl IntoIterator<Item = u64>) {
        for id in users {
            let who = Entrant { user: user(id), roles: Vec::new(), joined_at: None };
            let mut tx = self.world.app.db.begin(&Actor::system_in(System::Payments, self.world.guild)).await.unwrap();
            entering::enter(&mut tx, self.world.guild, number, who, self.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    pub async fn giveaway(&self, number: i64) -> Giveaway {
        let mut tx = self.world.app.db.begin(&Actor::system_in(System::Payments, self.world.guild)).await.unwrap();
        let found = reading::one(&mut tx, self.world.guild, number).await.unwrap();
        tx.commit().await.unwrap();
        found
    }

    /// Lets time pass until its end has just come.
    pub async fn pass_to_end(&self, number: i64) {
        let left = self.giveaway(number).await.ends_at.duration_since(self.now());
        self.world.pass(left + SignedDuration::from_millis(10));
    }

    /// Lets it end, be committed to and be drawn, and its winners be named, while workers run.
    pub async fn draw(&self, number: i64) {
        self.pass_to_end(number).await;
        let committed = format!(
            "select count(*) as n from giveaways where number = {number} and commitment_message_id is not null"
        );
        self.world.until(&committed, 1).await;
        self.world.pass(SignedDuration::from_secs(8));
        let drawn = format!(
            "select count(*) as n from giveaways where number = {number} and state in ('drawn', 'done') and told > 0"
        );
        self.world.until(&drawn, 1).await;
    }

    /// Who has the places, in their order.
    pub async fn holders(&self, number: i64) -> Vec<u64> {
        let mut tx = self.world.app.db.begin(&Actor::system_in(System::Payments, self.world.guild)).await.unwrap();
        let holders = reading::holders(&mut tx, self.world.guild, number, 1_000).await.unwrap();
        tx.commit().await.unwrap();
        holders.iter().map(|holder| holder.user.get()).collect()
    }

    pub async fn claim(&self, number: i64, id: u64) -> Result<(), Error> {
        let mut tx = self.world.app.db.begin(&Actor::system_in(System::Payments, self.world.guild)).await.unwrap();
        match places::claim(&mut tx, (self.world.guild, number), (user(id), Locale::Fr), false, self.now()).await {
            Ok(_) => tx.commit().await,
            Err(error) => {
                tx.rollback().await.unwrap();
                Err(error)
            }
        }
    }

    /// Everything that can be read in the channel.
    pub fn said(&self) -> Vec<Reply> {
        self.world.courier.shown(channel())
    }

    /// How many messages of the channel hold a text.
    pub fn saying(&self, text: &str) -> usize {
        self.said().iter().filter(|reply| reply.text.contains(text)).count()
    }

    /// The file that was posted of a draw.
    pub fn file(&self, number: i64) -> Vec<u8> {
        let name = format!("giveaway-{number}.json");
        let said = self.said();
        let mut files = said.iter().flat_map(|reply| &reply.files).filter(|file| file.name == name);
        let file = files.next().expect("the draw's file was posted").bytes.clone();
        assert!(files.next().is_none(), "it was posted once");
        file
    }

    /// Checks the file that was posted, by what was posted: gives who won.
    pub async fn verified(&self, number: i64) -> Vec<u64> {
        // A second program from the description alone says the same.
        super::witness::agree(&[(format!("giveaway-{number}"), self.file(number))]);
        let Verified { winners, terms_digest, commitment, head, .. } =
            verify(&self.file(number)).expect("the draw holds");
        for digest in [terms_digest, commitment, head] {
            assert_eq!(self.saying(&digest.to_string()), 1, "{digest} stands in one message");
        }
        winners.iter().map(|winner| winner.user.0).collect()
    }
}
