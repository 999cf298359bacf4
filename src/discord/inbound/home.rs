//! The guild that a person means who writes in direct messages: the only one that the bot serves, else the one from which he was
//! told something last. What he may do there from here is `commands::afar`'s to say.
//!
//! How many guilds there are is asked for over REST: after a resumed session the gateway tells of none, and with several processes
//! only of this one's.

use super::Inbound;
use crate::commands::{self, Home};
use crate::discord::calm::{calmly, get};
use crate::discord::fault::Fault;
use crate::kernel::{GuildId, UserId};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use twilight_http::routing::Route;

/// How long it counts which guild is the only one, and what a guild is called.
const FRESH: Duration = Duration::from_secs(60);

/// Guilds, as they were last asked for.
#[derive(Debug, Default)]
pub(super) struct Homes {
    // Held while it is asked for: many who write at once ask once.
    only: Mutex<Option<(Instant, Option<Home>)>>,
    // As above. One entry for each guild that told somebody something.
    names: Mutex<HashMap<GuildId, (Instant, String)>>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Inbound {
    /// The guild that a person means; `None` where that isn't known.
    pub(super) async fn home(&self, user: UserId) -> Option<Home> {
        if let Some(only) = self.only_guild().await {
            return Some(only);
        }
        let guild = match commands::told_from(&self.app, user).await {
            Ok(guild) => guild?,
            Err(error) => {
                tracing::warn!(%error, "which server a person means could not be looked up");
                return None;
            }
        };
        Some(Home { guild, name: self.name_of(guild).await? })
    }

    async fn name_of(&self, guild: GuildId) -> Option<String> {
        let mut names = self.homes.names.lock().await;
        if let Some((_, name)) = names.get(&guild).filter(|(at, _)| at.elapsed() < FRESH) {
            return Some(name.clone());
        }
        let route = Route::GetGuild { guild_id: guild.get(), with_counts: false };
        match get::<Named>(self.discord.http(), &route).await {
            Ok(Named { name }) => {
                names.insert(guild, (Instant::now(), name.clone()));
                Some(name)
            }
            // Gone from there, or Discord doesn't answer.
            Err(fault) => {
                tracing::debug!(%guild, %fault, "a server's name could not be asked for");
                None
            }
        }
    }

    async fn only_guild(&self) -> Option<Home> {
        let mut kept = self.homes.only.lock().await;
        if let Some((_, only)) = kept.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            return only.clone();
        }
        match self.ask_for_guilds().await {
            Ok(only) => kept.insert((Instant::now(), only)).1.clone(),
            Err(fault) => {
                tracing::debug!(%fault, "how many servers there are could not be asked for");
                None
            }
        }
    }

    /// The only guild; `None` where there are several, or none.
    async fn ask_for_guilds(&self) -> Result<Option<Home>, Fault> {
        let response = calmly(self.discord.http().current_user_guilds().limit(2)).await;
        let response = response.map_err(|error| Fault::of(&error))?;
        let guilds = response.model().await.map_err(|_| Fault::Unreachable)?;
        let [only] = guilds.as_slice() else { return Ok(None) };
        Ok(GuildId::new(only.id.get()).map(|guild| Home { guild, name: only.name.clone() }))
    }
}
