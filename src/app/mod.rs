//! What every request of a role shares: database, clock, texts, guild settings, limits, and the ways out.
//!
//! It is passed as a value; nothing is global. What a role doesn't have is an `Unwired` implementation or a database that
//! answers "unavailable", never an `Option`.

mod drafts;
mod events;
mod guilds;
mod languages;
mod limits;
mod news;
mod talks;

pub use drafts::{Drafts, Values as DraftValues};
pub use events::told_events;
pub use guilds::GuildCache;
pub use languages::Languages;
pub use limits::{Limits, Rates};
pub use news::{Concerns, News, Told};
pub use talks::Talks;

use crate::commands::Seen;
use crate::control::Peer;
use crate::db::{Db, Tx};
use crate::domain::accounts::{self, Guild, Presets};
use crate::domain::giveaways::Beacon;
use crate::domain::notifications::Courier;
use crate::domain::payments::Gateway;
pub use crate::domain::privacy::PrivacyRules;
pub use crate::domain::promotions::PromotionRules;
pub use crate::domain::shop::ShopRules;
use crate::domain::shop::roles::{RoleKeeper, Unkept};
pub use crate::domain::tickets::TicketRules;
use crate::kernel::words::Words;
use crate::kernel::{Actor, ChannelId, Clock, Error, GuildId, Result, RoleId, System, UserId};
use crate::pilot::Pilot;
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
    /// What was given with commands that a form completes, or that were refused.
    pub drafts: Drafts,
    /// Rules of tickets.
    pub tickets: TicketRules,
    /// Rules of promotions.
    pub promotions: PromotionRules,
    /// How long what is kept where a guild didn't choose.
    pub privacy: PrivacyRules,
    /// Rules of the shop.
    pub shop: ShopRules,
    /// The payment provider.
    pub gateway: Arc<dyn Gateway>,
    /// The public randomness of draws.
    pub beacon: Arc<dyn Beacon>,
    /// What carries notifications.
    pub courier: Arc<dyn Courier>,
    /// Gives and takes members' roles.
    pub roles: Arc<dyn RoleKeeper>,
    /// The Maxis that Shellia pilots.
    pub peer: Arc<dyn Peer>,
    /// What Shellia keeps of each Maxis by its name.
    pub pilot: Arc<Pilot>,
    /// What Discord told of members and roles, until a job takes it up.
    pub news: News,
    /// Looks at permissions in Discord.
    pub inspector: Arc<dyn crate::commands::Inspector>,
}

impl App {
    /// The settings of a guild, a few seconds old at most; written with the presets the first time.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when the database can't be reached and nothing is kept, or when it isn't known
    /// which presets are a new guild's.
    pub async fn guild(&self, guild: GuildId) -> Result<Arc<Guild>> {
        if let Some(known) = self.known_guild(guild).await? {
            return Ok(known);
        }
        let presets = self.presets_of(guild).await?;
        let mut tx = self.db.begin(&Actor::system_in(System::Accounts, guild)).await?;
        let added = accounts::load_or_create(&mut tx, guild, &presets, self.clock.now()).await?;
        self.hear_languages(&mut tx, guild).await?;
        // Written again where it was not kept.
        tx.commit().await.map_err(Error::as_unavailable)?;
        Ok(self.guilds.keep(added))
    }

    /// The settings of a guild that was heard of before, a few seconds old at most; nothing is written of any other.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Unavailable`] when the database can't be reached and nothing is kept.
    pub async fn known_guild(&self, guild: GuildId) -> Result<Option<Arc<Guild>>> {
        if let Some(kept) = self.guilds.get(guild) {
            return Ok(Some(kept));
        }
        let mut tx = self.db.begin(&Actor::system_in(System::Accounts, guild)).await?;
        let loaded = accounts::load(&mut tx, guild).await?;
        if loaded.is_some() {
            self.hear_languages(&mut tx, guild).await?;
        }
        tx.end().await?;
        Ok(loaded.map(|loaded| self.guilds.keep(loaded)))
    }

    /// Takes in the languages of a guild's people, once in the life of this process.
    async fn hear_languages(&self, tx: &mut Tx, guild: GuildId) -> Result<()> {
        let languages = &self.guilds.languages;
        if !languages.holds(guild) {
            languages.take(guild, accounts::languages(tx, guild).await?);
        }
        Ok(())
    }

    /// The presets as far as they are a guild's: an installation names the channels and roles of one guild, and others come to it.
    async fn presets_of(&self, guild: GuildId) -> Result<Presets> {
        let mut presets = self.guilds.presets.clone();
        let channels: Vec<ChannelId> = [presets.support_channel, presets.staff_channel].into_iter().flatten().collect();
        let roles: Vec<RoleId> = presets.ranks.iter().map(|(role, _)| *role).collect();
        if channels.is_empty() && roles.is_empty() {
            return Ok(presets);
        }
        let seen = match self.inspector.look(guild, &channels, &roles).await {
            Ok(seen) => seen,
            // The bot isn't there, so nothing is known to be the guild's.
            Err(Error::NotFound(_)) => Seen { unknown_channels: channels, unknown_roles: roles, ..Seen::default() },
            Err(error) => return Err(error),
        };
        let own = |channel: &ChannelId| !seen.unknown_channels.contains(channel);
        presets.support_channel = presets.support_channel.filter(own);
        presets.staff_channel = presets.staff_channel.filter(own);
        presets.ranks.retain(|(role, _)| !seen.unknown_roles.contains(role));
        Ok(presets)
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

impl App {
    /// Whether somebody is no member of a guild: he left, or was banned.
    pub async fn has_left(&self, guild: GuildId, user: UserId) -> bool {
        self.standing_of(guild, user).await == Stands::Outside
    }

    /// What somebody is in a guild, before something is given to him. Where Discord doesn't tell, it isn't known that he is no
    /// member, and what is given waits for him.
    pub async fn standing_of(&self, guild: GuildId, user: UserId) -> Stands {
        match self.roles.is_bot(guild, user).await {
            Err(Unkept::Left) => Stands::Outside,
            Ok(true) => Stands::Bot,
            Ok(false)
            | Err(
                Unkept::NoPermission
                | Unkept::TooLow
                | Unkept::NotByHand
                | Unkept::RoleGone
                | Unkept::NoAccess
                | Unkept::Later(_)
                | Unkept::Refused(_),
            ) => Stands::Inside,
        }
    }
}

/// What somebody is in a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// A member, as far as can be known.
    Inside,
    /// A bot, which needs nothing.
    Bot,
    /// He left, was banned, or never came.
    Outside,
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
    pub async fn settings_of(&self, guild: GuildId) -> Result<Arc<Guild>> {
        if self.has_database() { self.guild(guild).await } else { Ok(Arc::new(self.guilds.preset(guild))) }
    }
}
