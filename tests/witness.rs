//! Every route that the bots use, asked by the real REST client and judged by the outside witness.

mod channels;
mod commands;
mod interactions;
mod judge;
mod messages;
mod stripe;

use serde_json::Value;
use shellia::sandbox::Sandbox;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

use crate::sandbox::{Bot, sandbox};
use crate::support::witness;

/// The demo's guild and Maxis in it.
struct Scene {
    sandbox: Sandbox,
    bot: Bot,
    guild: Id<GuildMarker>,
}

impl Scene {
    async fn open() -> Self {
        let sandbox = sandbox().await;
        let bot = Bot::connect(&sandbox).await;
        let guild = Id::new(sandbox.guild_id("La Boutique de Léa").unwrap());
        Self { sandbox, bot, guild }
    }

    fn channel(&self, name: &str) -> Id<ChannelMarker> {
        Id::new(self.sandbox.channel_id(self.guild.get(), name).unwrap())
    }

    fn user(&self, name: &str) -> Id<UserMarker> {
        Id::new(self.sandbox.user_id(name).unwrap())
    }

    fn role(&self, name: &str) -> Id<RoleMarker> {
        Id::new(self.sandbox.role_id(self.guild.get(), name).unwrap())
    }

    /// Has everything judged, and ends.
    async fn close(self) {
        witness::judge(&self.sandbox).await;
        self.sandbox.stop().await;
    }
}

/// A model of twilight, from Discord's JSON.
fn model<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
