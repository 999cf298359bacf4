//! Who is signed in, where he is staff, and his own sessions.

use super::Panel;
use crate::domain::accounts;
use crate::domain::panel::{self, Session, Token, Via};
use crate::kernel::error::Problem;
use crate::kernel::{Actor, Error, Locale, Rank, Result, System, UserId};
use futures_util::StreamExt;
use futures_util::stream::iter;
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many guilds are looked through for those in which somebody is staff.
const GUILDS: i64 = 200;
/// How many are looked at at once.
const AT_ONCE: usize = 8;

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelMe)]
pub struct Me {
    /// He.
    pub user: User,
    /// Where he is staff.
    pub guilds: Vec<Guild>,
    /// What every request bears in `X-CSRF` that changes something.
    pub csrf: String,
    /// His session.
    pub session: SessionView,
    /// His language: `fr` or `en`.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// Whether one can sign in with Discord here.
    pub discord: bool,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelUser)]
pub struct User {
    /// His id.
    pub id: String,
    /// His name.
    pub name: String,
    /// His picture on this host; none so far.
    pub avatar: Option<String>,
}

/// A guild in which he is staff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelGuild)]
pub struct Guild {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// His rank there: `support` or `operator`.
    pub rank: &'static str,
}

/// The session with which is asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelSession)]
pub struct SessionView {
    /// Its number.
    pub id: String,
    /// When it ends unless it is used.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// How it was opened: `discord` or `link`.
    pub via: &'static str,
}

/// His own sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelSessions)]
pub struct OwnSessions {
    /// They, the one last used first.
    pub sessions: Vec<OwnSession>,
}

/// One of his own sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOwnSession)]
pub struct OwnSession {
    /// Its number.
    pub id: String,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = String, format = DateTime)]
    pub seen_at: Timestamp,
    /// When it ends unless it is used.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// What its browser calls itself.
    pub browser: String,
    /// Whether it is the one with which is asked.
    pub current: bool,
}

impl Panel {
    /// Where somebody is staff.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where Discord or the database doesn't answer.
    pub(super) async fn guilds_of(&self, user: UserId, via: Via) -> Result<Vec<(Arc<accounts::Guild>, Rank)>> {
        if let Via::Link(guild) = via {
            let known = self.app.known_guild(guild).await?;
            return Ok(known.into_iter().map(|guild| (guild, Rank::Operator)).collect());
        }
        let mut tx = self.app.db.begin(&Actor::system(System::Accounts)).await?;
        let known = accounts::known(&mut tx, GUILDS).await?;
        tx.end().await?;
        let looked = iter(known).map(|guild| async move {
            let Some(guild) = self.app.known_guild(guild).await? else { return Ok(None) };
            let rank = self.ranks.of(self, &guild, user).await?;
            Ok(rank.map(|rank| (guild, rank)))
        });
        let found: Vec<Result<Option<_>>> = looked.buffered(AT_ONCE).collect().await;
        // A guild that can't be looked at keeps nobody from the others.
        let (mut guilds, mut failed) = (Vec::new(), None);
        for one in found {
            match one {
                Ok(Some(guild)) => guilds.push(guild),
                Ok(None) => {}
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if guilds.is_empty() => Err(error),
            _ => Ok(guilds),
        }
    }

    /// Who is signed in with a session.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where Discord or the database doesn't answer.
    pub async fn me(&self, session: &Session, token: &Token) -> Result<Me> {
        let found = self.guilds_of(session.user, session.via).await?;
        let mut guilds = Vec::new();
        for (guild, rank) in found {
            let name = self.guild_name(guild.id).await;
            guilds.push(Guild { id: guild.id.to_string(), name, rank: rank.as_str() });
        }
        Ok(Me {
            user: User { id: session.user.to_string(), name: session.name.clone(), avatar: None },
            guilds,
            csrf: token.csrf(),
            session: SessionView { id: session.id.to_string(), ends_at: session.ends_at, via: session.via.as_str() },
            locale: session.locale,
            discord: self.has_discord(),
        })
    }

    /// Somebody's own sessions.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn sessions(&self, session: &Session) -> Result<OwnSessions> {
        let mut tx = self.app.db.begin(&Actor::person(session.user)).await?;
        let own = panel::own(&mut tx, session.user, self.now()).await?;
        tx.end().await?;
        let view = |one: panel::Own| OwnSession {
            id: one.id.to_string(),
            made_at: one.made_at,
            seen_at: one.seen_at,
            ends_at: one.ends_at,
            browser: one.browser,
            current: one.id == session.id,
        };
        Ok(OwnSessions { sessions: own.into_iter().map(view).collect() })
    }

    /// Ends one of somebody's own sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] for any other.
    pub async fn end_session(&self, session: &Session, id: &str) -> Result<()> {
        let id = id.parse().map_err(|_| Error::Argument { option: "session", problem: Problem::NotAnId })?;
        let (actor, now) = (Actor::person(session.user), self.now());
        let ended = self.writing(&actor, async |tx| panel::end_own(tx, id, now).await).await;
        // Ended twice is ended.
        ended.map_err(Error::as_unavailable)?;
        self.session_ended(id);
        Ok(())
    }

    /// Ends the session with which is asked.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn sign_out(&self, session: &Session) -> Result<()> {
        let mut tx = self.system().await?;
        panel::end(&mut tx, session.id, self.now()).await?;
        tx.commit().await.map_err(Error::as_unavailable)?;
        self.session_ended(session.id);
        Ok(())
    }
}
