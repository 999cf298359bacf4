//! The program's parts as the commerce role builds them, without Discord and without limits.

use super::Outcome;
use super::server::Server;
use shellia::app::{
    App, Bot, Drafts, GuildCache, GuildPresets, Limits, News, PromotionRules, Rates, ShopRules, TicketRules,
};
use shellia::commands::Blind;
use shellia::db::Db;
use shellia::domain::notifications::Unwired;
use shellia::domain::payments::Gateway;
use shellia::domain::shop::roles;
use shellia::kernel::Clock;
use shellia::kernel::words::Words;
use std::num::NonZeroU32;
use std::sync::Arc;

/// With a pool of `connections` and a payment provider.
pub(crate) fn app(server: &Server, connections: usize, gateway: Arc<dyn Gateway>) -> Outcome<App> {
    let presets = GuildPresets { time_zone: "Europe/Paris".to_owned(), ..GuildPresets::default() };
    let any = Rates { member_per_minute: NonZeroU32::MAX, guild_per_minute: NonZeroU32::MAX };
    Ok(App {
        bot: Bot::Maxis,
        db: Db::new(&server.app_url(), connections)?,
        clock: Clock::new(),
        words: Words::new(),
        guilds: GuildCache::new(presets),
        drafts: Drafts::default(),
        limits: Limits::new(any),
        // Members of a benchmark have as many tickets as are measured.
        tickets: TicketRules { open_max: 0, ..TicketRules::default() },
        shop: ShopRules::default(),
        promotions: PromotionRules::default(),
        privacy: shellia::domain::privacy::PrivacyRules::default(),
        gateway,
        beacon: Arc::new(shellia::domain::giveaways::Unwired),
        peer: Arc::new(shellia::control::Unwired),
        pilot: Arc::default(),
        courier: Arc::new(Unwired),
        roles: Arc::new(roles::Unwired),
        news: News::default(),
        inspector: Arc::new(Blind),
    })
}
