//! Guilds and who is who in them: settings, the roles that make someone staff, rank.
//!
//! Members and their roles are Discord's; they are read from each payload and not kept here.

mod service;
mod store;

pub use service::{
    dismiss_agent, known, languages, load, load_or_create, set_agent, set_language, set_rank_roles, update,
};

use crate::kernel::{Actor, ChannelId, GuildId, Locale, Rank, RoleId, UserId};
use jiff::Timestamp;
use std::collections::HashMap;

/// A guild's settings, with what decides a person's rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guild {
    /// The guild.
    pub id: GuildId,
    /// Language of what is said to nobody in particular.
    pub locale: Locale,
    /// IANA name of the shop's time zone.
    pub time_zone: String,
    /// Where members ask for support.
    pub support_channel: Option<ChannelId>,
    /// Where staff get cards.
    pub staff_channel: Option<ChannelId>,
    /// Roles that give a rank.
    pub ranks: HashMap<RoleId, Rank>,
    /// Who gets a new ticket of a category, by the category's code.
    pub agents: HashMap<String, UserId>,
}

/// The values a guild starts with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presets {
    /// Language.
    pub locale: Locale,
    /// IANA name of the time zone.
    pub time_zone: String,
    /// Where members ask for support.
    pub support_channel: Option<ChannelId>,
    /// Where staff get cards.
    pub staff_channel: Option<ChannelId>,
    /// Roles that give a rank.
    pub ranks: Vec<(RoleId, Rank)>,
}

/// A person as a Discord payload describes him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// His account.
    pub user: UserId,
    /// His name as the guild shows it.
    pub name: String,
    /// His roles in the guild.
    pub roles: Vec<RoleId>,
    /// Whether Discord says that he may manage the guild (owner, *Administrator* or *Manage Server*).
    pub manages_guild: bool,
    /// His language, where Discord tells it.
    pub locale: Option<Locale>,
    /// Whether it is a program.
    pub bot: bool,
    /// When he came to the guild, where Discord tells it.
    pub joined_at: Option<Timestamp>,
}

impl Guild {
    /// The highest rank that a person's roles and permissions give him.
    pub fn rank_of(&self, person: &Person) -> Option<Rank> {
        let by_role = person.roles.iter().filter_map(|role| self.ranks.get(role)).max().copied();
        if person.manages_guild { Some(Rank::Operator) } else { by_role }
    }

    /// The identity with which a person acts in this guild.
    pub fn actor(&self, person: &Person) -> Actor {
        match self.rank_of(person) {
            Some(rank) => Actor::staff(self.id, person.user, rank),
            None => Actor::member(self.id, person.user),
        }
    }
}

/// What an operator changes; `None` leaves a setting as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Language.
    pub locale: Option<Locale>,
    /// IANA name of the time zone, checked.
    pub time_zone: Option<String>,
    /// Where members ask for support.
    pub support_channel: Option<ChannelId>,
    /// Where staff get cards.
    pub staff_channel: Option<ChannelId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guild() -> Guild {
        let role = |n| RoleId::new(n).unwrap();
        Guild {
            id: GuildId::new(1).unwrap(),
            locale: Locale::Fr,
            time_zone: "Europe/Paris".into(),
            support_channel: None,
            staff_channel: None,
            ranks: HashMap::from([(role(10), Rank::Support), (role(11), Rank::Operator)]),
            agents: HashMap::new(),
        }
    }

    fn person(roles: &[u64], manages_guild: bool) -> Person {
        Person {
            user: UserId::new(5).unwrap(),
            name: "x".into(),
            roles: roles.iter().filter_map(|r| RoleId::new(*r)).collect(),
            manages_guild,
            locale: None,
            bot: false,
            joined_at: None,
        }
    }

    #[test]
    fn the_highest_rank_counts_and_no_role_means_member() {
        assert_eq!(guild().rank_of(&person(&[99], false)), None);
        assert_eq!(guild().rank_of(&person(&[10], false)), Some(Rank::Support));
        assert_eq!(guild().rank_of(&person(&[11, 10], false)), Some(Rank::Operator));
        assert_eq!(guild().rank_of(&person(&[], true)), Some(Rank::Operator));
        assert!(!guild().actor(&person(&[99], false)).is_staff());
    }
}
