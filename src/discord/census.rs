//! Looks at who is in a guild: how many, since when somebody, and who is banned.

use super::calm::get;
use super::fault::{Fault, code};
use super::inspector::{ALL, DiscordInspector};
use crate::commands::Census;
use crate::domain::giveaways::milestones::Size;
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Error, GuildId, Result, UserId};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use twilight_http::routing::Route;

/// A guild that the bot is not in (Discord, "Opcodes and Status Codes: JSON").
const UNKNOWN_GUILD: u64 = 10004;

#[derive(Deserialize)]
struct Guild {
    approximate_member_count: Option<u32>,
}

#[derive(Deserialize)]
struct Member {
    joined_at: Option<String>,
}

impl Member {
    fn joined_at(self) -> Option<Timestamp> {
        self.joined_at.and_then(|at| at.parse().ok())
    }
}

type Asked<T> = std::result::Result<T, Fault>;

/// What came of a question, in time.
async fn in_time<T>(what: &'static str, question: impl Future<Output = Asked<T>>) -> Result<T> {
    match tokio::time::timeout(ALL, question).await.unavailable(what)? {
        Ok(answer) => Ok(answer),
        Err(fault) if [UNKNOWN_GUILD, code::MISSING_ACCESS].contains(&fault.code()) => Err(Error::NotFound("guild")),
        Err(fault) => Err(Error::Unavailable { what, cause: Cause::new(fault) }),
    }
}

/// Nothing, where there is none.
fn if_any<T>(answer: Asked<T>) -> Asked<Option<T>> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Fault::Refused { status: 404, code }) if code != UNKNOWN_GUILD => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[async_trait]
impl Census for DiscordInspector {
    async fn size(&self, guild: GuildId) -> Result<Option<Size>> {
        let (guild_id, user_id) = (guild.get(), self.me.get());
        let question = async {
            let found: Guild = get(&self.http, &Route::GetGuild { guild_id, with_counts: true }).await?;
            let me: Member = get(&self.http, &Route::GetMember { guild_id, user_id }).await?;
            let here_since = me.joined_at();
            Ok(found.approximate_member_count.map(|members| Size { members, here_since }))
        };
        in_time("counting a guild's members", question).await
    }

    async fn joined_at(&self, guild: GuildId, user: UserId) -> Result<Option<Timestamp>> {
        let route = Route::GetMember { guild_id: guild.get(), user_id: user.get() };
        let question = async { if_any(get::<Member>(&self.http, &route).await) };
        Ok(in_time("asking since when somebody is a member", question).await?.and_then(Member::joined_at))
    }

    async fn is_banned(&self, guild: GuildId, user: UserId) -> Result<bool> {
        let route = Route::GetBan { guild_id: guild.get(), user_id: user.get() };
        let question = async {
            match if_any(get::<IgnoredAny>(&self.http, &route).await) {
                Ok(found) => Ok(found.is_some()),
                // Whoever may not ban may not ask who is banned either.
                Err(fault) if fault.code() == code::MISSING_PERMISSIONS => Ok(false),
                Err(fault) => Err(fault),
            }
        };
        in_time("asking whether somebody is banned", question).await
    }
}
