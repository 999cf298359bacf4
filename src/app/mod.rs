//! What every request of a role shares: database, clock, texts, guild settings, limits, and the ways out.
//!
//! It is passed as a value; nothing is global. What a role doesn't have is an `Unwired` implementation or a database that
//! answers "unavailable", never an `Option`.

mod drafts;
mod guilds;
mod languages;
mod limits;
mod news;

pub use drafts::Drafts;
pub use guilds::GuildCache;
pub use languages::Languages;
pub use limits::{Limits, Rates};
pub use news::{News, Told};

use crate::db::Db;
use crate::domain::accounts::Presets;
use crate::domain::notifications::Courier;
use crate::domain::payments::Gateway;
pub use crate::domain::promotions::PromotionRules;
pub use crate::domain::shop::ShopRules;
use crate::domain::shop::roles::RoleKeeper;
pub use crate::domain::tickets::TicketRules;
use crate::kernel::words::Words;
use crate::kernel::{Actor, Clock, Error, GuildId, Result, System};
use std::sync::Arc;

/// Which of the two bots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bot {
    /// The commerce bot.
    Maxis,
    /// The controller.
    Shellia,
}

/// What a role has at hand.
pub struct App {
    /// Which bot this is.
    pub bot: Bot,
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Texts.
    pub words: Words,
    /// Settings of guilds, kept for a short time.
    pub guilds: GuildCache,
    /// Request limits.
    pub limits: Limits,
    /// What was typed in commands that were refused.
    pub drafts: Drafts,
    /// Rules of tickets.
    pub tickets: TicketRules,
    /// Rules of promotions.
    pub promotions: PromotionRules,
    /// Rules of the shop.
    pub shop: ShopRules,
    /// The payment provider.
    pub gateway: Arc<dyn Gateway>,
    /// What carries notifications.
    pub courier: Arc<dyn Courier>,
    /// Gives and takes members' roles.
    pub roles: Arc<dyn RoleKeeper>,
    /// What Discord told of members and roles, until a job takes it up.
    pub news: News,
    /// Looks at permissions in Discord.
    pub inspector: Arc<dyn crate::commands::Inspector>,
}

impl App {
    /// The settings of a guild, a few seconds old at most; written with the presets the first time.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when the database can't be reached and nothing is kept.
    pub async fn guild(&self, guild: GuildId) -> Result<Arc<crate::domain::accounts::Guild>> {
        if let Some(kept) = self.guilds.get(guild) {
            return Ok(kept);
        }
        let mut tx = self.db.begin(&Actor::system_in(System::Accounts, guild)).await?;
        let loaded =
            crate::domain::accounts::load_or_create(&mut tx, guild, &self.guilds.presets, self.clock.now()).await?;
        let languages = &self.guilds.languages;
        if !languages.holds(guild) {
            // Once in the life of this process.
            languages.take(guild, crate::domain::accounts::languages(&mut tx, guild).await?);
        }
        // Written again where it was not kept.
        tx.commit().await.map_err(Error::as_unavailable)?;
        Ok(self.guilds.keep(loaded))
    }
}

impl App {
    /// Gives a guild's shop its default catalogue, once and for all.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when the database can't be reached.
    pub async fn open_shop(&self, guild: GuildId) -> Result<()> {
        if self.guilds.has_shop(guild) {
            return Ok(());
        }
        let step = crate::domain::shop::catalogue::Step { guild, now: self.clock.now() };
        let mut tx = self.db.begin(&Actor::system_in(System::Payments, guild)).await?;
        crate::domain::shop::catalogue::shop::load_once(&mut tx, step, &self.guilds.catalogue).await?;
        tx.commit().await?;
        self.guilds.keep_shop(guild);
        Ok(())
    }
}

/// The values that an installation presets for its guilds.
pub type GuildPresets = Presets;

impl App {
    /// Whether this role keeps data.
    pub fn has_database(&self) -> bool {
        self.bot == Bot::Maxis
    }

    /// The settings under which a call is answered; the presets in a role that keeps no data.
    ///
    /// # Errors
    /// As [`App::guild`].
    pub async fn settings_of(&self, guild: GuildId) -> Result<Arc<crate::domain::accounts::Guild>> {
        if self.has_database() { self.guild(guild).await } else { Ok(Arc::new(self.guilds.preset(guild))) }
    }
}
