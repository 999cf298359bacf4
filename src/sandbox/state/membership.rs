//! Coming, leaving, roles, and channels that go away: with the events they cause.

use serde_json::json;

use super::{Member, State};
use crate::sandbox::gateway::{Reach, intents};
use crate::sandbox::json::sid;
use crate::sandbox::refusal::Refusal;

impl State {
    /// Changes a member and tells everybody.
    pub(crate) fn set_member(
        &mut self,
        guild: u64,
        user: u64,
        change: impl FnOnce(&mut Member),
    ) -> Result<(), Refusal> {
        let found = self.guild_mut(guild)?;
        let member = found.members.get_mut(&user).filter(|member| member.present);
        change(member.ok_or(Refusal::UNKNOWN_MEMBER)?);
        self.tell_member(guild, user, "GUILD_MEMBER_UPDATE");
        Ok(())
    }

    fn tell_member(&mut self, guild: u64, user: u64, name: &'static str) {
        let Some(found) = self.guilds.get(&guild) else { return };
        let Some(member) = found.member(user) else { return };
        let mut data = self.member_json(found, member);
        if let Some(map) = data.as_object_mut() {
            map.insert("guild_id".to_owned(), sid(guild));
        }
        self.dispatch(&Reach::guild(guild, intents::GUILD_MEMBERS), name, &data);
        self.tell_world();
    }

    /// Lets a user join, with the roles he is given; one who comes back starts anew.
    pub(crate) fn join(&mut self, guild: u64, user: u64, roles: Vec<u64>) -> Result<(), Refusal> {
        let joined_ms = self.clock.now_ms();
        let bot = self.users.get(&user).ok_or(Refusal::UNKNOWN_USER)?.bot;
        let found = self.guild_mut(guild)?;
        if found.member(user).is_some() {
            return Ok(());
        }
        found.members.insert(user, Member { user, roles, nick: None, joined_ms, present: true });
        if bot {
            self.tell_bot_joined(guild, user);
        }
        self.tell_member(guild, user, "GUILD_MEMBER_ADD");
        Ok(())
    }

    fn tell_bot_joined(&mut self, guild: u64, user: u64) {
        let app = self.apps.values().find(|app| app.user == user).map(|app| app.id);
        let Some(found) = self.guilds.get(&guild) else { return };
        let data = self.guild_create(found, user, true);
        let reach = Reach { only: app, ..Reach::guild(guild, intents::GUILDS) };
        self.dispatch(&reach, "GUILD_CREATE", &data);
    }

    /// Lets a user leave.
    pub(crate) fn leave(&mut self, guild: u64, user: u64) -> Result<(), Refusal> {
        self.guild(guild)?.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
        let data = json!({"guild_id": sid(guild), "user": self.user_json(user)});
        let app = self.apps.values().find(|app| app.user == user).map(|app| app.id);
        if app.is_some() {
            let reach = Reach { only: app, ..Reach::guild(guild, intents::GUILDS) };
            self.dispatch(&reach, "GUILD_DELETE", &json!({"id": sid(guild)}));
        }
        if let Some(member) = self.guild_mut(guild)?.members.get_mut(&user) {
            member.present = false;
        }
        self.dispatch(&Reach::guild(guild, intents::GUILD_MEMBERS), "GUILD_MEMBER_REMOVE", &data);
        self.tell_world();
        Ok(())
    }

    /// Deletes a channel with its threads and messages.
    pub(crate) fn remove_channel(&mut self, id: u64) {
        let threads: Vec<u64> =
            self.channels.values().filter(|c| c.thread.is_some() && c.parent == Some(id)).map(|c| c.id).collect();
        for thread in threads {
            self.remove_channel(thread);
        }
        let Some(found) = self.channels.get(&id) else { return };
        let data = match &found.thread {
            Some(_) => json!({
                "id": sid(id), "guild_id": found.guild.map(sid), "parent_id": found.parent.map(sid), "type": found.kind,
            }),
            None => self.channel_json(found),
        };
        let name = if found.thread.is_some() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        if let Some(guild) = found.guild {
            self.dispatch(&Reach::guild(guild, intents::GUILDS), name, &data);
        }
        self.channels.remove(&id);
        for message in self.messages.remove(&id).into_iter().flatten() {
            for attachment in message.1.attachments {
                self.blobs.remove(&attachment.id);
            }
        }
        self.tell_world();
    }

    /// Tells bots that a role appeared or changed.
    pub(crate) fn tell_role(&mut self, guild: u64, role: u64, name: &'static str) {
        let found = self.guilds.get(&guild).and_then(|g| g.roles.get(&role));
        let data = found.map_or(
            json!({"guild_id": sid(guild), "role_id": sid(role)}),
            |role| json!({"guild_id": sid(guild), "role": role.json()}),
        );
        self.dispatch(&Reach::guild(guild, intents::GUILDS), name, &data);
        self.tell_world();
    }
}
