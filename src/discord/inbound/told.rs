//! What Discord tells of members and roles, handed on to whoever puts roles right.
//!
//! It comes by events, where the bot may hear them, and with every call: there a member's roles stand beside what he asks.

use super::Inbound;
use crate::commands::Call;
use crate::discord::gateway::Told;
use crate::domain::shop::roles::Moved;
use crate::kernel::{GuildId, RoleId, UserId};

impl Inbound {
    /// Takes in what an event told.
    pub(super) fn heard(&self, told: Told) {
        if !self.app.has_database() {
            return;
        }
        match told {
            Told::Roles(guild, gone) => self.changed(guild.get(), gone.and_then(|role| RoleId::new(role.get()))),
            Told::There(guild, roles) => {
                let roles = roles.iter().filter_map(|role| RoleId::new(role.get()));
                if let Some(guild) = GuildId::new(guild.get()) {
                    self.app.news.there(guild, roles.collect());
                }
            }
            Told::Role(guild, role) => {
                if let (Some(guild), Some(role)) = (GuildId::new(guild.get()), RoleId::new(role.get())) {
                    self.app.news.role(guild, role);
                }
            }
            // What the bot itself may do has changed.
            Told::Member { guild, user, .. } if user == self.discord.user() => self.changed(guild.get(), None),
            Told::Member { guild, user, roles, anew } => {
                let roles: Vec<RoleId> = roles.iter().filter_map(|role| RoleId::new(role.get())).collect();
                if let (Some(guild), Some(user)) = (GuildId::new(guild.get()), UserId::new(user.get())) {
                    self.app.news.member(Moved::new(guild, user, &roles, anew));
                }
            }
        }
    }

    /// Takes in the roles that came with a call in a guild.
    pub(super) fn present(&self, call: &Call) {
        if let (Some(guild), true) = (call.guild, self.app.has_database()) {
            self.app.news.member(Moved::new(guild, call.person.user, &call.person.roles, false));
        }
    }

    fn changed(&self, guild: u64, gone: Option<RoleId>) {
        if let Some(guild) = GuildId::new(guild) {
            self.app.news.roles(guild, gone);
        }
    }
}
