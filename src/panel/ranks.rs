//! What somebody is in a guild now: Discord's word on his roles, read against the guild's settings.
//!
//! It is remembered until the gateway tells of a change that concerns him, and for a short time where the gateway tells nothing. The
//! settings are never part of what is remembered.

use super::{Panel, Staff};
use crate::app::Concerns;
use crate::domain::accounts::{Guild, Person};
use crate::domain::panel::Via;
use crate::domain::shop::roles::Unkept;
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Rank, Result, RoleId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

/// How long Discord's word counts where the gateway would tell of a change.
const FRESH: Duration = Duration::from_secs(60);
/// How long it counts where it would not: with the second after which an open page is looked at again, less than five seconds.
const UNTOLD: Duration = Duration::from_millis(3500);
/// People of whom something is remembered at a time.
const MOST: usize = 10_000;

/// Discord's word.
#[derive(Debug, Clone)]
struct Standing {
    at: Instant,
    /// `None`: he is no member.
    roles: Option<Vec<RoleId>>,
    manages: bool,
}

#[derive(Default)]
struct Kept {
    standing: HashMap<(GuildId, UserId), Standing>,
    /// Who was staff at some time, so that it can be said that he isn't any more.
    staff: HashSet<(GuildId, UserId)>,
    /// Counts what was forgotten: an answer that was asked for before is not kept.
    forgotten: u64,
}

/// What is remembered.
pub(super) struct Ranks {
    // Never held over an await.
    kept: Mutex<Kept>,
    // Never held over an await.
    news: Mutex<Receiver<Concerns>>,
}

impl Ranks {
    /// Nothing yet; `news` tells what to forget.
    pub(super) fn new(news: Receiver<Concerns>) -> Self {
        Self { kept: Mutex::default(), news: Mutex::new(news) }
    }

    /// What is remembered, after what was told meanwhile is forgotten.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match news.try_recv() {
                Ok(Concerns::Member(guild, user)) => drop(kept.standing.remove(&(guild, user))),
                Ok(Concerns::Guild(guild)) => kept.standing.retain(|(of, _), _| *of != guild),
                // Too much to hear.
                Err(TryRecvError::Lagged(_)) => kept.standing.clear(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return kept,
            }
            kept.forgotten = kept.forgotten.wrapping_add(1);
        }
    }

    /// His rank in a guild; `None` for who is no staff there.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where Discord doesn't answer.
    pub(super) async fn of(&self, panel: &Panel, guild: &Guild, user: UserId) -> Result<Option<Rank>> {
        let standing = self.standing(panel, guild.id, user).await?;
        let rank = standing.roles.clone().and_then(|roles| guild.rank_of(&person(user, roles, standing.manages)));
        if rank.is_some() {
            self.kept().staff.insert((guild.id, user));
        }
        Ok(rank)
    }

    /// A member of staff as his commands know him: by his roles of now, or as the operator that his link makes him.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where Discord doesn't answer.
    pub(super) async fn person(&self, panel: &Panel, staff: &Staff) -> Result<Person> {
        let user = staff.session.user;
        if matches!(staff.session.via, Via::Link(_)) {
            return Ok(person(user, Vec::new(), true));
        }
        let standing = self.standing(panel, staff.guild.id, user).await?;
        Ok(person(user, standing.roles.unwrap_or_default(), standing.manages))
    }

    async fn standing(&self, panel: &Panel, guild: GuildId, user: UserId) -> Result<Standing> {
        let fresh = if panel.outside.hears_members() { FRESH } else { UNTOLD };
        let (known, before) = {
            let kept = self.kept();
            let known = kept.standing.get(&(guild, user)).filter(|known| known.at.elapsed() < fresh);
            (known.cloned(), kept.forgotten)
        };
        match known {
            Some(known) => Ok(known),
            None => self.ask(panel, (guild, user), before).await,
        }
    }

    async fn ask(&self, panel: &Panel, (guild, user): (GuildId, UserId), before: u64) -> Result<Standing> {
        // As old as the question.
        let at = Instant::now();
        let keeper = &panel.app.roles;
        let standing = match keeper.held(guild, user).await {
            Ok(roles) => {
                let manages = keeper.manages(guild, user, &roles).await.map_err(|untold| unavailable(&untold))?;
                Standing { at, roles: Some(roles), manages }
            }
            // Where the bot is not, nobody is staff.
            Err(Unkept::Left | Unkept::NoAccess) => Standing { at, roles: None, manages: false },
            Err(untold) => return Err(unavailable(&untold)),
        };
        let mut kept = self.kept();
        if kept.forgotten == before {
            if kept.standing.len() >= MOST {
                kept.standing.clear();
            }
            kept.standing.insert((guild, user), standing.clone());
        }
        Ok(standing)
    }

    /// Whether he was staff there at some time since this process began.
    pub(super) fn was_staff(&self, guild: GuildId, user: UserId) -> bool {
        self.kept().staff.contains(&(guild, user))
    }
}

fn person(user: UserId, roles: Vec<RoleId>, manages_guild: bool) -> Person {
    Person { user, name: String::new(), roles, manages_guild, locale: None, bot: false, joined_at: None }
}

fn unavailable(untold: &Unkept) -> Error {
    Error::Unavailable { what: "asking Discord about somebody at the panel", cause: Cause::new(untold.to_string()) }
}
