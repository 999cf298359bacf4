//! Permissions, computed as Discord's documentation "Permissions" prescribes: owner, administrator, roles, overwrites.

use super::state::{Channel, Guild, Overwrite, State};

pub(crate) const KICK_MEMBERS: u64 = 1 << 1;
/// All rights, past every overwrite.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Make, change and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Change the guild.
pub const MANAGE_GUILD: u64 = 1 << 5;
pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
/// See a channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete the messages of others.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Send embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Attach files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Mention everybody and every role.
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const CHANGE_NICKNAME: u64 = 1 << 26;
pub(crate) const MANAGE_NICKNAMES: u64 = 1 << 27;
/// Give and take roles below one’s own.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Archive, lock and see all threads.
pub const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Send members to time out.
pub const MODERATE_MEMBERS: u64 = 1 << 40;

/// Every permission bit that Discord names today.
pub(crate) const ALL: u64 = (1 << 53) - 1;

/// What a direct message channel allows.
const IN_DIRECT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_APPLICATION_COMMANDS;

/// What an ordinary member of a new guild may do.
pub const EVERYDAY: u64 =
    IN_DIRECT | CHANGE_NICKNAME | CREATE_PUBLIC_THREADS | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;

impl State {
    /// What a user may do in a guild, channels aside; nothing for one who is no member.
    pub(crate) fn guild_permissions(&self, guild: &Guild, user: u64) -> u64 {
        let Some(member) = guild.member(user) else { return 0 };
        if guild.owner == user {
            return ALL;
        }
        let mut bits = guild.roles.get(&guild.id).map_or(0, |role| role.permissions);
        for role in &member.roles {
            bits |= guild.roles.get(role).map_or(0, |role| role.permissions);
        }
        if bits & ADMINISTRATOR != 0 { ALL } else { bits }
    }

    /// What a user may do in a channel; a thread asks its parent.
    pub(crate) fn permissions(&self, channel: &Channel, user: u64) -> u64 {
        let Some(guild_id) = channel.guild else {
            return if channel.recipients.contains(&user) { IN_DIRECT } else { 0 };
        };
        let Some(guild) = self.guilds.get(&guild_id) else { return 0 };
        let base = self.guild_permissions(guild, user);
        if base == 0 || base & ADMINISTRATOR != 0 {
            return base;
        }
        let holder = match (&channel.thread, channel.parent) {
            (Some(_), Some(parent)) => self.channels.get(&parent).unwrap_or(channel),
            _ => channel,
        };
        let bits = self.overwritten(base, guild, &holder.overwrites, user);
        if let Some(thread) = &channel.thread {
            let private = channel.kind == 12 && bits & MANAGE_THREADS == 0;
            if private && !thread.members.contains(&user) {
                return 0;
            }
        }
        // Without sight of the channel no other right holds in it.
        if bits & VIEW_CHANNEL == 0 { 0 } else { bits }
    }

    fn overwritten(&self, base: u64, guild: &Guild, overwrites: &[Overwrite], user: u64) -> u64 {
        let mut bits = base;
        let everyone = overwrites.iter().filter(|o| o.role && o.id == guild.id);
        for overwrite in everyone {
            bits = bits & !overwrite.deny | overwrite.allow;
        }
        let roles = guild.member(user).map_or(&[][..], |member| member.roles.as_slice());
        let (mut allow, mut deny) = (0, 0);
        for overwrite in overwrites.iter().filter(|o| o.role && roles.contains(&o.id)) {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
        bits = bits & !deny | allow;
        for overwrite in overwrites.iter().filter(|o| !o.role && o.id == user) {
            bits = bits & !overwrite.deny | overwrite.allow;
        }
        bits
    }

    /// Whether a user sees a channel.
    pub(crate) fn sees(&self, channel: &Channel, user: u64) -> bool {
        self.permissions(channel, user) & VIEW_CHANNEL != 0
    }

    /// The height of a user's highest role; the owner stands above all.
    pub(crate) fn rank(&self, guild: &Guild, user: u64) -> i64 {
        if guild.owner == user {
            return i64::MAX;
        }
        let roles = guild.member(user).map_or(&[][..], |member| member.roles.as_slice());
        roles.iter().filter_map(|id| guild.roles.get(id)).map(|role| role.position).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::world::{Kind, World};

    #[test]
    fn a_members_overwrite_wins_over_roles_and_those_over_everyone() {
        let mut world = World::new();
        let owner = world.person("o", "O");
        let guild = world.guild("g", owner);
        let (quiet, loud) = (world.role(guild, "quiet", 0, 0), world.role(guild, "loud", 0, 0));
        let (one, two) = (world.person("1", "1"), world.person("2", "2"));
        world.join(guild, one, &[quiet, loud]);
        world.join(guild, two, &[quiet, loud]);
        let channel = world.channel(guild, "c", Kind::Text);
        world.overwrite(channel, guild, 0, SEND_MESSAGES);
        world.overwrite(channel, quiet, 0, SEND_MESSAGES | EMBED_LINKS);
        world.overwrite(channel, loud, SEND_MESSAGES, 0);
        world.overwrite(channel, two, 0, SEND_MESSAGES);
        let state = world.build("");
        let bits = |user: u64| state.permissions(state.channel(channel).unwrap(), user);
        assert_eq!(bits(one) & (SEND_MESSAGES | EMBED_LINKS), SEND_MESSAGES);
        assert_eq!(bits(two) & SEND_MESSAGES, 0);
        assert_eq!(bits(owner), ALL);
        assert_eq!(bits(7), 0);
    }
}
