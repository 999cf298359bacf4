//! The guild of the tickets' tests, with a shop.

pub use crate::tickets::world::*;
use async_trait::async_trait;
use shellia::commands::{FileRef, Raw};
use shellia::domain::notifications::{Courier, Undelivered};
use shellia::kernel::reply::Reply;
use shellia::kernel::{ChannelId, MessageId, RoleId, UserId};
use std::sync::Arc;

/// A world whose courier brings these bytes for any address.
pub async fn with_files(bytes: &'static [u8]) -> World {
    let mut world = World::new().await;
    Arc::get_mut(&mut world.app).unwrap().courier = Arc::new(Bytes(bytes));
    world
}

struct Bytes(&'static [u8]);

#[async_trait]
impl Courier for Bytes {
    async fn remove(&self, _: ChannelId, _: MessageId, _: Option<UserId>) -> Result<(), Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn post(&self, _: ChannelId, _: &Reply, _: &str) -> Result<MessageId, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn edit(&self, _: ChannelId, _: MessageId, _: &Reply) -> Result<(), Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn tell(&self, _: UserId, _: &Reply, _: &str) -> Result<MessageId, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn find(&self, _: ChannelId, _: &str) -> Result<Option<MessageId>, Undelivered> {
        Err(Undelivered::Later(None))
    }

    async fn fetch(&self, _: &str, max: u64) -> Result<Vec<u8>, Undelivered> {
        if self.0.len() as u64 > max { Err(Undelivered::TooLarge) } else { Ok(self.0.to_vec()) }
    }
}

/// A file as a slash command brings it.
pub fn file(name: &str, size: u64) -> Raw {
    let (name, content_type) = (name.to_owned(), "application/octet-stream".to_owned());
    Raw::File(FileRef { name, content_type, size, url: "https://cdn.discordapp.com/x".to_owned() })
}

/// Somebody who also holds a role.
pub fn with_role(mut who: Someone, role: u64) -> Someone {
    who.person.roles.push(RoleId::new(role).unwrap());
    who
}

/// The actions of a reply's buttons.
pub fn actions(reply: &Reply) -> Vec<String> {
    reply.buttons.iter().map(|button| button.action.to_string()).collect()
}

impl World {
    /// Adds a product of a kind that needs no second step.
    pub async fn sells(&self, name: &str, kind: &str, price: &str, more: &[(&str, Raw)]) {
        let mut given = vec![("name", t(name)), ("kind", t(kind)), ("price", t(price))];
        given.extend(more.iter().cloned());
        let reply = self.asks(&boss(), "product_add", &given).await;
        assert!(words(&reply).contains("est créé"), "{}", words(&reply));
    }

    /// Types a command and reads the answer, at once or behind its button.
    pub async fn hears(&self, who: &Someone, message: &str) -> String {
        let mut reply = said(self.types(who, message).await);
        if labels(&reply).iter().any(|label| label.contains("Lire la réponse")) {
            reply = self.presses(who, &reply, "Lire la réponse").await;
        }
        words(&reply)
    }

    /// Gives somebody a plan as an entitlement.
    pub async fn entitles(&self, who: &Someone, plan: &str) {
        let (guild, user) = (who.guild, who.person.user);
        crate::support::db::run(
            &mut self.database.owner().await,
            &format!(
                "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, \
                 updated_at) values ({guild}, {user}, 'plan', '{plan}', 'grant', 'grant/{user}/{plan}', now() - interval '1 day', \
                 now(), now())"
            ),
        )
        .await;
    }
}
