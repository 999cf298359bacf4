//! Building a world: guilds, roles, channels, people, bots. Ids come from names, so they are the same at every start.

mod demo;

use std::collections::{BTreeMap, HashMap};

use super::clock::snowflake_at;
use super::gateway::intents;
use super::permissions::{EVERYDAY, VIEW_CHANNEL};
use super::state::{App, Channel, Guild, Member, Overwrite, Role, State, User};

/// Permission bits, for roles and overwrites of a world.
pub mod rights {
    pub use crate::sandbox::permissions::{
        ADMINISTRATOR, ATTACH_FILES, EMBED_LINKS, EVERYDAY, MANAGE_CHANNELS, MANAGE_GUILD, MANAGE_MESSAGES,
        MANAGE_ROLES, MANAGE_THREADS, MENTION_EVERYONE, MODERATE_MEMBERS, READ_MESSAGE_HISTORY, SEND_MESSAGES,
        USE_APPLICATION_COMMANDS, VIEW_CHANNEL,
    };
}

/// Where the ids of a world's things lie in time: from the first of January 2021, over three years.
const FIRST_MS: u64 = 1_609_459_200_000;
const SPAN_MS: u64 = 3 * 365 * 24 * 3600 * 1000;

/// Colours of the people's avatars.
const COLORS: [u64; 8] =
    [0x58_65_f2, 0x3b_a5_5d, 0xfa_a6_1a, 0xed_42_45, 0xeb_45_9e, 0x9b_59_b6, 0x1a_bc_9c, 0xe6_7e_22];

/// The kind of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text channel.
    Text,
    /// A category.
    Category,
    /// An announcement channel.
    Announcement,
}

/// A world to start a sandbox with.
#[derive(Debug, Clone, Default)]
pub struct World {
    users: BTreeMap<u64, User>,
    apps: BTreeMap<u64, App>,
    guilds: BTreeMap<u64, Guild>,
    channels: BTreeMap<u64, Channel>,
}

/// The same id for the same name, always.
pub(crate) fn stable_id(name: &str) -> u64 {
    // FNV-1a: short, and the same in every build, which the standard hasher does not promise.
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    snowflake_at(FIRST_MS + hash % SPAN_MS) | (hash >> 42)
}

impl World {
    /// An empty world.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a person with user name and display name; gives the user's id.
    pub fn person(&mut self, username: &str, name: &str) -> u64 {
        self.user(username, name, false)
    }

    fn user(&mut self, username: &str, name: &str, bot: bool) -> u64 {
        let id = stable_id(&format!("user/{username}"));
        let color = COLORS.get(self.users.len() % COLORS.len()).copied().unwrap_or_default();
        let user = User {
            id,
            username: username.to_owned(),
            global_name: name.to_owned(),
            bot,
            locale: "fr".to_owned(),
            color,
            dms_open: true,
            read: HashMap::new(),
        };
        self.users.insert(id, user);
        id
    }

    /// Sets the language of a person's client (`fr`, `en-US`).
    pub fn locale(&mut self, user: u64, locale: &str) {
        if let Some(user) = self.users.get_mut(&user) {
            user.locale = locale.to_owned();
        }
    }

    /// Adds an application with its bot and all privileged intents; gives the application's id.
    pub fn bot(&mut self, name: &str, token: &str, owner: u64) -> u64 {
        let user = self.user(name, name, true);
        let id = stable_id(&format!("app/{name}"));
        let app = App {
            id,
            name: name.to_owned(),
            user,
            owner,
            token: token.to_owned(),
            privileged: intents::PRIVILEGED,
            commands: Vec::new(),
            guild_commands: BTreeMap::new(),
        };
        self.apps.insert(id, app);
        id
    }

    /// Takes an application's privileged intents away.
    pub fn without_privileged_intents(&mut self, app: u64) {
        if let Some(app) = self.apps.get_mut(&app) {
            app.privileged = 0;
        }
    }

    /// Adds a guild with its owner as first member; gives its id.
    pub fn guild(&mut self, name: &str, owner: u64) -> u64 {
        let id = stable_id(&format!("guild/{name}"));
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            color: 0,
            permissions: EVERYDAY,
            position: 0,
            hoist: false,
            mentionable: false,
            bot: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "fr".to_owned(),
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::new(),
        };
        self.guilds.insert(id, guild);
        self.join(id, owner, &[]);
        id
    }

    /// The id of the guild of that name.
    pub fn guild_id(&self, name: &str) -> Option<u64> {
        self.guilds.iter().find(|(_, guild)| guild.name == name).map(|(id, _)| *id)
    }

    /// Adds a role above those that are there; gives its id.
    pub fn role(&mut self, guild: u64, name: &str, color: u64, permissions: u64) -> u64 {
        self.new_role(guild, name, color, permissions, None)
    }

    /// The id of a guild's role of that name.
    pub fn role_named(&self, guild: u64, name: &str) -> Option<u64> {
        self.guilds.get(&guild)?.roles.values().find(|role| role.name == name).map(|role| role.id)
    }

    fn new_role(&mut self, guild: u64, name: &str, color: u64, permissions: u64, bot: Option<u64>) -> u64 {
        let id = stable_id(&format!("role/{guild}/{name}"));
        let Some(guild) = self.guilds.get_mut(&guild) else { return 0 };
        let position = guild.roles.values().map(|role| role.position + 1).max().unwrap_or(1);
        let role = Role {
            id,
            name: name.to_owned(),
            color,
            permissions,
            position,
            hoist: bot.is_none(),
            mentionable: false,
            bot,
        };
        guild.roles.insert(id, role);
        id
    }

    /// Adds a channel at the end; gives its id.
    pub fn channel(&mut self, guild: u64, name: &str, kind: Kind) -> u64 {
        let id = stable_id(&format!("channel/{guild}/{name}"));
        let inside = self.channels.values().filter(|channel| channel.guild == Some(guild));
        let position = inside.map(|channel| channel.position + 1).max().unwrap_or(0);
        let kind = match kind {
            Kind::Text => 0,
            Kind::Category => 4,
            Kind::Announcement => 5,
        };
        let channel = Channel { id, kind, guild: Some(guild), name: name.to_owned(), position, ..Channel::default() };
        self.channels.insert(id, channel);
        id
    }

    /// Sets a channel's topic.
    pub fn topic(&mut self, channel: u64, topic: &str) {
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.topic = Some(topic.to_owned());
        }
    }

    /// Sets a channel's overwrite for a role or a user.
    pub fn overwrite(&mut self, channel: u64, target: u64, allow: u64, deny: u64) {
        let role = self.guilds.values().any(|guild| guild.roles.contains_key(&target));
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.overwrites.retain(|overwrite| overwrite.id != target);
            channel.overwrites.push(Overwrite { id: target, role, allow, deny });
        }
    }

    /// Shows a channel to some roles only; give the bots' roles too.
    pub fn only_for(&mut self, channel: u64, roles: &[u64]) {
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        self.overwrite(channel, guild.unwrap_or(0), 0, VIEW_CHANNEL);
        for role in roles {
            self.overwrite(channel, *role, VIEW_CHANNEL, 0);
        }
    }

    /// Makes a user a member of a guild.
    pub fn join(&mut self, guild: u64, user: u64, roles: &[u64]) {
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        let member = Member { user, roles: roles.to_vec(), nick: None, joined_ms: FIRST_MS + SPAN_MS, present: true };
        found.members.insert(user, member);
    }

    /// Lets a bot into a guild with a role of its own above those that are there; gives that role's id.
    pub fn install(&mut self, guild: u64, app: u64, permissions: u64) -> u64 {
        let Some(found) = self.apps.get(&app) else { return 0 };
        let (name, user) = (found.name.clone(), found.user);
        let role = self.new_role(guild, &name, 0, permissions, Some(user));
        self.join(guild, user, &[role]);
        role
    }

    /// Adds `count` members named `prefix1`, `prefix2`, …; gives their ids.
    pub fn crowd(&mut self, guild: u64, prefix: &str, count: usize) -> Vec<u64> {
        let mut ids = Vec::new();
        for n in 1..=count {
            let id = self.person(&format!("{prefix}{n}"), &format!("{prefix} {n}"));
            self.join(guild, id, &[]);
            ids.push(id);
        }
        ids
    }

    /// The state a sandbox starts with.
    pub(crate) fn build(self, base: &str) -> State {
        State {
            base: base.to_owned(),
            users: self.users,
            apps: self.apps,
            guilds: self.guilds,
            channels: self.channels,
            ..State::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_the_same_ids_at_every_start() {
        let (one, other) = (World::demo(), World::demo());
        assert!(one.users.keys().eq(other.users.keys()));
        assert!(one.channels.keys().eq(other.channels.keys()));
        assert_eq!(one.users.len(), 16);
    }
}
