//! What somebody at the admin panel may ask: each opens a transaction as whoever it is, calls a domain, commits, and gives back a
//! value that becomes JSON as it is.
//!
//! It knows neither HTTP nor Discord's protocol: who somebody is at Discord, and what people and guilds are called, says [`SignIn`].
//! What is refused is an [`Error`]; the words for it are chosen at the edge.

pub mod deeds;
mod live;
mod me;
mod names;
mod outside;
mod places;
mod plain;
mod presence;
mod ranks;
mod rows;
mod sealed;
pub mod shop;
mod signing;
mod states;
pub mod team;
pub mod tickets;

pub use live::{Following, Happened, Heard, Over};
pub use me::{Guild, Me, OwnSession, OwnSessions, SessionView, User};
pub use outside::{Account, GuildNames, SignIn, Unsigned, Unwired};
pub use plain::unmarked;
pub use presence::{Doing, Here};
pub use rows::RowHappened;
pub use signing::{Begun, Entered, Knock, Tried, make_link};

use crate::app::App;
use crate::control::PlanDesk;
use crate::db::Tx;
use crate::domain::accounts;
use crate::domain::panel::{self, Session, Token, Via};
use crate::kernel::{Actor, Error, GuildId, Rank, Result, System};
use jiff::Timestamp;
use live::Live;
use names::Names;
use presence::Presence;
use ranks::Ranks;
use sealed::Seal;
use states::States;
use std::sync::{Arc, OnceLock};
use tokio_util::sync::CancellationToken;
use url::Url;

/// The panel, as one process serves it.
pub struct Panel {
    app: Arc<App>,
    outside: Arc<dyn SignIn>,
    /// Who takes the steps of Shellia's plans.
    plans: Arc<dyn PlanDesk>,
    /// Where browsers reach it, once that is known.
    base: OnceLock<Url>,
    states: States,
    /// Seals the words of previews.
    seal: Seal,
    ranks: Ranks,
    names: Names,
    presence: Presence,
    live: Live,
    stop: CancellationToken,
}

/// A member of staff who asks for something in his guild.
#[derive(Debug, Clone)]
pub struct Staff {
    /// His session.
    pub session: Session,
    /// The guild.
    pub guild: Arc<accounts::Guild>,
    /// What he is there now.
    pub rank: Rank,
    /// As whom his transactions act.
    pub actor: Actor,
}

/// Ends a transaction of which nothing stays, so that its connection is good for the next.
async fn undone<T>(tx: Tx, error: Error) -> Result<T> {
    tx.rollback().await?;
    Err(error)
}

impl Panel {
    /// A panel over what Maxis has at hand, whose open pages end with `stop`.
    pub fn new(app: Arc<App>, outside: Arc<dyn SignIn>, plans: Arc<dyn PlanDesk>, stop: CancellationToken) -> Self {
        let ranks = Ranks::new(app.news.listen());
        Self {
            app,
            outside,
            plans,
            base: OnceLock::new(),
            states: States::default(),
            seal: Seal::default(),
            ranks,
            names: Names::default(),
            presence: Presence::default(),
            live: Live::default(),
            stop,
        }
    }

    /// Says where browsers reach it; the first word counts.
    pub fn is_at(&self, base: Url) {
        self.base.set(base).unwrap_or_default();
    }

    /// Where browsers reach it, where that is known.
    pub fn base(&self) -> Option<&Url> {
        self.base.get()
    }

    /// What Maxis has at hand.
    pub const fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Whether one can sign in with Discord here.
    pub fn has_discord(&self) -> bool {
        self.base.get().is_some() && self.outside.is_on()
    }

    /// What ends it.
    pub const fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    async fn system(&self) -> Result<Tx> {
        self.app.db.begin(&Actor::system(System::Panel)).await
    }

    /// What is read in a transaction of somebody's, which ends in order whatever was found, so that its connection is good for the next.
    async fn reading<T>(&self, actor: &Actor, read: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.app.db.begin(actor).await?;
        match read(&mut tx).await {
            Ok(found) => {
                tx.end().await.map_err(Error::as_unavailable)?;
                Ok(found)
            }
            Err(error) => undone(tx, error).await,
        }
    }

    /// What is done in a transaction of somebody's, which is committed, or ends in order where it was refused.
    async fn writing<T>(&self, actor: &Actor, write: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.app.db.begin(actor).await?;
        match write(&mut tx).await {
            Ok(done) => {
                tx.commit().await?;
                Ok(done)
            }
            Err(error) => undone(tx, error).await,
        }
    }

    /// The session behind a token; that it is used is written down once a minute.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn session(&self, token: &Token) -> Result<Option<Session>> {
        let mut tx = self.system().await?;
        let session = panel::session(&mut tx, token, self.now()).await?;
        if let Some(session) = &session {
            panel::touch(&mut tx, session, self.now());
        }
        // That a session was used may be lost.
        tx.end().await.map_err(Error::as_unavailable)?;
        Ok(session)
    }

    /// The member of staff whose session this is, in a guild.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who was staff there until lately, [`Error::NotFound`] for anybody else; [`Error::Unavailable`]
    /// where Discord or the database doesn't answer.
    pub async fn staff(&self, session: Session, guild: GuildId) -> Result<Staff> {
        let none = Error::NotFound("guild");
        if session.via.guild().is_some_and(|only| only != guild) {
            return Err(none);
        }
        let guild = self.app.known_guild(guild).await?.ok_or(none)?;
        let rank = match session.via {
            // Who made the link has the machine: nobody else is asked.
            Via::Link(_) => Rank::Operator,
            Via::Discord => match self.ranks.of(self, &guild, session.user).await? {
                Some(rank) => rank,
                None if self.ranks.was_staff(guild.id, session.user) => return Err(Error::NotAllowed("panel")),
                None => return Err(Error::NotFound("guild")),
            },
        };
        let actor = Actor::staff(guild.id, session.user, rank);
        Ok(Staff { session, guild, rank, actor })
    }
}
