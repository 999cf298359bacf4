//! An `App` without Discord: commands are called as the edge would call them.

use super::db::Database;
use shellia::app::{App, Bot, Drafts, GuildCache, GuildPresets, Limits, Rates};
use shellia::commands::{Blind, Call, Raw, Way};
use shellia::domain::accounts::Person;
use shellia::domain::notifications::Unwired;
use shellia::domain::promotions::PromotionRules;
use shellia::domain::tickets::TicketRules;
use shellia::kernel::words::Words;
use shellia::kernel::{ChannelId, Clock, GuildId, Locale, Rank, RoleId, UserId};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const SHOP: u64 = 100;
pub const CLUB: u64 = 200;
pub const MARIE: u64 = 11;
pub const JEAN: u64 = 12;
pub const LEFT: u64 = 13;
pub const SAM: u64 = 14;
pub const NORA: u64 = 15;
pub const OLGA: u64 = 16;
/// The role that makes someone staff in both guilds.
pub const SUPPORT: u64 = 70;

/// A person in a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    pub user: u64,
    pub guild: Option<u64>,
    pub staff: bool,
}

/// Maxis' shared parts on a database, with nothing outside and without limits in the way.
pub fn unwired(database: &Database) -> Arc<App> {
    let many = NonZeroU32::new(1_000_000).unwrap();
    Arc::new(App {
        bot: Bot::Maxis,
        db: database.open(),
        clock: Clock::new(),
        words: Words::new(),
        guilds: GuildCache::new(presets()),
        drafts: Drafts::default(),
        limits: Limits::new(Rates { member_per_minute: many, guild_per_minute: many }),
        tickets: TicketRules { open_max: 0, ..TicketRules::default() },
        promotions: PromotionRules::default(),
        privacy: shellia::domain::privacy::PrivacyRules::default(),
        shop: shellia::domain::shop::ShopRules::default(),
        gateway: Arc::new(shellia::domain::payments::Unwired),
        beacon: Arc::new(shellia::domain::giveaways::Unwired),
        peer: Arc::new(shellia::control::Unwired),
        pilot: Arc::default(),
        courier: Arc::new(Unwired),
        roles: Arc::new(shellia::domain::shop::roles::Unwired),
        news: shellia::app::News::default(),
        inspector: Arc::new(Blind),
    })
}

pub fn presets() -> GuildPresets {
    GuildPresets {
        locale: Locale::Fr,
        time_zone: "Europe/Paris".to_owned(),
        staff_channel: ChannelId::new(5),
        support_channel: ChannelId::new(6),
        ranks: vec![(RoleId::new(SUPPORT).unwrap(), Rank::Support)],
    }
}

/// A new request of someone.
pub fn call(who: Who, command: &str, given: Vec<(String, Raw)>, way: Way) -> Call {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    // As somebody would have typed it, or nearly so.
    let typed = if way == Way::Text { format!("!{command} {given:?}") } else { String::new() };
    let roles = if who.staff { vec![RoleId::new(SUPPORT).unwrap()] } else { Vec::new() };
    Call {
        request: format!("r{}", NEXT.fetch_add(1, Ordering::Relaxed)),
        command: command.to_owned(),
        given,
        person: Person {
            user: UserId::new(who.user).unwrap(),
            name: format!("person {}", who.user),
            roles,
            manages_guild: false,
            locale: None,
            bot: false,
            joined_at: None,
        },
        guild: who.guild.and_then(GuildId::new),
        channel: ChannelId::new(9).unwrap(),
        way,
        typed,
    }
}
