//! What one role asks of the other: the questions, their answers, and the pass that each question carries.
//!
//! Maxis answers through a [`Desk`], which the HTTP edge serves; Shellia asks through a [`Peer`], which the HTTP edge implements.
//! It knows neither HTTP nor Discord. What it holds no question for can't be asked from afar: no refund, no payout, no role.

mod analytics;
mod denied;
pub mod effect;
pub mod events;
mod giveaways;
mod guild;
mod hmac;
pub mod kept;
pub mod pass;
mod peer;
pub mod plans;
mod shop;
mod status;
mod tagged;
pub mod wanted;

pub use analytics::{
    Analytics, BestSeller, DayFigures, GiveawayFigures, Money, Move, Mrr, Orders, PeriodFigures, PlanFigures,
    PromotionFigures, Report, Span, TicketFigures, Wanted, analytics, report,
};
pub use denied::{Denied, Why};
pub use events::{Amount, Batch, Bytestream, Event, EventKind, events};
pub use giveaways::{Giveaway, Giveaways, giveaways};
pub use guild::{GuildSettings, guild};
pub use pass::{Behalf, Question, Signer, Taken, Turned, Verifier};
pub use peer::{Failed, Peer, Request, Unreached, Unwired};
pub use plans::PlanDesk;
pub use shop::{
    Catalogue, ChangedBy, Named, Promotion, Promotions, Setting, Settings, Standing, Tickets, catalogue, promotions,
    settings, tickets,
};
pub use status::{Database, Discord, Outbox, Payments, State, Status, status};

use crate::kernel::{GuildId, Locale, UserId};
use async_trait::async_trait;
use std::time::Duration;

/// Who asks, and in which language he is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// On whose behalf it is asked.
    pub behalf: Behalf,
    /// His language.
    pub locale: Locale,
}

impl Asker {
    /// A person of a guild.
    pub const fn person(guild: GuildId, user: UserId, locale: Locale) -> Self {
        Self { behalf: Behalf::Person { guild, user }, locale }
    }

    /// The controller itself.
    pub const fn watch() -> Self {
        Self { behalf: Behalf::Watch, locale: Locale::Fr }
    }
}

/// Answers what the other role may ask of Maxis.
#[async_trait]
pub trait Desk: Send + Sync {
    /// How Maxis is.
    async fn status(&self) -> Status;

    /// A page of a guild's giveaways, below the number `before`.
    async fn giveaways(&self, asker: Asker, before: Option<i64>) -> Result<Giveaways, Denied>;

    /// Who answers what concerns plans.
    fn on_plans(&self) -> &dyn PlanDesk;

    /// Figures of a guild's shop over some days.
    async fn analytics(&self, asker: Asker, wanted: &Wanted) -> Result<Analytics, Denied>;

    /// The recap of some days; of the last whole week where none are named.
    async fn report(&self, asker: Asker, wanted: &Wanted) -> Result<Report, Denied>;

    /// A page of the promotions that run or will, below the number `before`.
    async fn promotions(&self, asker: Asker, before: Option<i64>) -> Result<Promotions, Denied>;

    /// How the tickets stand, and what some days brought.
    async fn tickets(&self, asker: Asker, wanted: &Wanted) -> Result<Tickets, Denied>;

    /// What the shop sells, by name, and what sentences are measured by.
    async fn catalogue(&self, asker: Asker) -> Result<Catalogue, Denied>;

    /// The settings that may be read from afar.
    async fn settings(&self, asker: Asker) -> Result<Settings, Denied>;

    /// The settings of the guild of an operator.
    async fn guild(&self, asker: Asker) -> Result<GuildSettings, Denied>;

    /// Somebody who bore a pass that our key signed was not let in, for this reason.
    async fn turned_away(&self, asker: Asker, why: Turned);

    /// The events behind a position, or from now on; where there are none, it waits for some so long.
    async fn events(&self, after: Option<&str>, wait: Duration) -> Result<Batch, Denied>;
}
