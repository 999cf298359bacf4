//! Coming, leaving, roles, and channels that go away: with the events they cause.

use serde_json::json;

use super::{Member, Overwrite, State};
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
        self.tell_bot_itself(guild, user, name, &data);
        self.tell_world();
    }

    /// A bot hears of its own changes without the members intent, too (Discord, "Gateway: List of Intents").
    fn tell_bot_itself(&mut self, guild: u64, user: u64, name: &'static str, data: &serde_json::Value) {
        let app = self.apps.values().find(|app| app.user == user).map(|app| app.id);
        let (Some(app), "GUILD_MEMBER_UPDATE") = (app, name) else { return };
        let mut hearers = self.hearers(&Reach::app(app, Some(guild)));
        hearers.retain(|hearer| hearer.intents & intents::GUILD_MEMBERS == 0);
        self.deliver(&hearers, name, data, false);
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

    /// Sets what a role or a member may do in a channel beside what it may do everywhere; `None`: nothing else.
    pub(crate) fn set_overwrite(&mut self, channel: u64, target: u64, new: Option<Overwrite>) {
        if let Some(found) = self.channels.get_mut(&channel) {
            found.overwrites.retain(|overwrite| overwrite.id != target);
            found.overwrites.extend(new);
        }
        self.dispatch_channel(channel, "CHANNEL_UPDATE");
    }

    /// Sets what a role allows, for everybody who holds it.
    pub(crate) fn permit(&mut self, guild: u64, role: u64, permissions: u64) -> Result<(), Refusal> {
        self.guild_mut(guild)?.roles.get_mut(&role).ok_or(Refusal::UNKNOWN_ROLE)?.permissions = permissions;
        self.tell_role(guild, role, "GUILD_ROLE_UPDATE");
        Ok(())
    }

    /// Drags a role to the place just above another, or to the bottom; those between move, and every moved one is told of.
    pub(crate) fn drag_role(&mut self, guild: u64, role: u64, above: Option<u64>) -> Result<(), Refusal> {
        let found = self.guild_mut(guild)?;
        if !found.roles.contains_key(&role) {
            return Err(Refusal::UNKNOWN_ROLE);
        }
        let mut order: Vec<u64> = found.roles.keys().copied().filter(|id| *id != role && *id != guild).collect();
        order.sort_by_key(|id| found.roles.get(id).map_or(0, |role| role.position));
        let place = above.and_then(|above| order.iter().position(|id| *id == above)).map_or(0, |at| at + 1);
        order.insert(place, role);
        let mut moved = Vec::new();
        for (position, id) in (1..).zip(order) {
            let Some(role) = found.roles.get_mut(&id) else { continue };
            if role.position != position {
                role.position = position;
                moved.push(id);
            }
        }
        for id in moved {
            self.tell_role(guild, id, "GUILD_ROLE_UPDATE");
        }
        Ok(())
    }

    /// Deletes a role as an administrator does.
    pub(crate) fn delete_role(&mut self, guild: u64, role: u64) -> Result<(), Refusal> {
        let found = self.guild_mut(guild)?;
        found.roles.remove(&role).ok_or(Refusal::UNKNOWN_ROLE)?;
        for member in found.members.values_mut() {
            member.roles.retain(|held| *held != role);
        }
        self.tell_role(guild, role, "GUILD_ROLE_DELETE");
        Ok(())
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
